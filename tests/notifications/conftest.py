from datetime import date

import pytest

from contracts.notice import House, Notice, Recipient
from notifications.compose import compose


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
    """Compose a notice in which only the given values differ."""

    def _make(bericht: str = "kostendeler_erbij", kenmerk: str = "N-4F7K2M9Q", **person: str | None) -> Notice:
        who = recipient.model_copy(update=person)
        return compose(bericht, who, facts, house, kenmerk=kenmerk, datum=date(2026, 11, 23))

    return _make
