from datetime import date

import pytest

from contracts.notice import House, Notice, Recipient
from notifications.compose import Mark, Part, compose, compose_several


@pytest.fixture
def recipient() -> Recipient:
    """A made-up inwoner."""
    return Recipient(
        voornamen="Johanna Maria", voorvoegsel="van", geslachtsnaam="Dijk", geslachtsaanduiding="V",
        aanduiding_naamgebruik="E", straatnaam="Lindelaan", huisnummer="12", huisletter="B",
        postcode="1234AB", woonplaats="Voorbeeldstad",
    )  # fmt: skip


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def facts() -> dict[str, str | date]:
    return {
        "sinds": date(2026, 11, 3),
        "leverdatum": date(2026, 11, 22),
        "reageer_voor": date(2026, 12, 12),
    }


@pytest.fixture
def make(facts, house, recipient):
    """Compose a notice in which only the given values differ; one about several things tells of three or of one."""
    parts = {
        "bundel": [Part(name, facts) for name in ("verhuisd_buiten_gebied", "kostendeler_erbij", "andere_uitkering")],
        "misschien_meer": [Part(name, facts) for name in ("kind_erbij", "aow_nadert")],
        "binnenkort": [Part(name, facts) for name in ("medebewoner_wordt_27", "kind_wordt_18", "aow_nadert")],
        "herinnering": [Part("verhuisd_binnen_gebied", facts)],
    }
    own = {"reageer_voor": facts["reageer_voor"]}
    declared = dict.fromkeys(parts, own) | {"herinnering": own | {"eerder": date(2026, 10, 24)}}

    ours = house

    def _make(
        bericht: str = "kostendeler_erbij", kenmerk: str = "N-4F7K2M9Q", house: House = ours, **person: str | None
    ) -> Notice:
        who = recipient.model_copy(update=person)
        if bericht in parts:
            mark = Mark(kenmerk, date(2026, 11, 23))
            return compose_several(bericht, who, parts[bericht], declared[bericht], house, mark)
        return compose(bericht, who, facts, house, kenmerk=kenmerk, datum=date(2026, 11, 23))

    return _make
