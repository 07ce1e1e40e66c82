"""Every message on file as a made-up inwoner would get it: to look at, to judge, to lay out."""

from datetime import date
from typing import Final

from contracts.errors import TijdigError
from contracts.notice import House, Notice, Recipient
from notifications import template
from notifications.compose import Mark, Part, compose, compose_email, compose_several, compose_sms

MARK: Final = Mark("N-4F7K2M9Q", date(2026, 11, 23))
READER: Final = Recipient(
    voornamen="Johanna Maria", voorvoegsel="van", geslachtsnaam="Dijk", geslachtsaanduiding="V",
    aanduiding_naamgebruik="E", straatnaam="Lindelaan", huisnummer="12", huisletter="B",
    postcode="1234AB", woonplaats="Voorbeeldstad",
)  # fmt: skip
_FACTS: Final = {
    "sinds": date(2026, 11, 3),
    "leverdatum": date(2026, 11, 22),
    "reageer_voor": date(2026, 12, 12),
    "eerder": date(2026, 10, 24),
}
#: What a letter about several things tells of here: a bundle of as much as it ever tells, from two sources.
_PARTS: Final = {
    "bundel": ("verhuisd_buiten_gebied", "kostendeler_erbij", "andere_uitkering"),
    "herinnering": ("verhuisd_binnen_gebied",),
}


def example(bericht: str, house: House) -> Notice:
    """A letter or an e-mail, complete.

    Args:
        bericht: the id of a template that is no SMS.
        house: how the dienst presents itself.

    Raises:
        NoticeError: there is no such template, or it can't be filled in.
        TijdigError: it declares a fact of which there is no example.
    """
    text = template.load(bericht)
    if text.vorm == "email":
        return compose_email(bericht, READER, _facts(bericht), house, MARK)
    if text.regel is None:
        parts = [Part(name, _facts(name)) for name in _PARTS[bericht]]
        return compose_several(bericht, READER, parts, _facts(bericht), house, MARK)
    return compose(bericht, READER, _facts(bericht), house, kenmerk=MARK.kenmerk, datum=MARK.datum)


def example_sms(bericht: str, house: House) -> str:
    """The text of an SMS; errors as those of ``example``."""
    return compose_sms(bericht, _facts(bericht), house, MARK)


def _facts(bericht: str) -> dict[str, str | date]:
    declared = template.load(bericht).feiten
    if unknown := sorted(declared.keys() - _FACTS.keys()):
        raise TijdigError(
            f"There is no example of {unknown}.", where=bericht, todo="Give one in flows/example_notice.py."
        )
    return {name: _FACTS[name] for name in declared}
