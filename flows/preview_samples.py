"""One example of every notice, for made-up people: the same on every day and on every machine."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from typing import Final, NamedTuple

from contracts.notice import House, Notice, Recipient, Representative
from notifications.compose import (
    Mark,
    Part,
    compose,
    compose_email,
    compose_representative,
    compose_several,
    compose_sms,
)
from notifications.template import Template, berichten, load

#: The day on every example.
DAY: Final = date(2026, 11, 23)
_HAPPENED: Final = date(2026, 11, 3)
_COMES: Final = date(2027, 1, 18)
#: What is told before it happens, and the last talk of a year ago.
_SINCE: Final = {
    "aow_nadert": _COMES, "kind_wordt_18": _COMES, "medebewoner_wordt_27": _COMES,
    "klopt_dit_nog": date(2025, 11, 10),
}  # fmt: skip
_PARTS: Final = {
    "bundel": ("verhuisd_buiten_gebied", "kostendeler_erbij", "andere_uitkering"),
    "misschien_meer": ("kind_erbij", "aow_nadert"),
    "binnenkort": ("medebewoner_wordt_27", "kind_wordt_18"),
    "herinnering": ("kostendeler_erbij",),
}


class Persona(NamedTuple):
    """A made-up inwoner, and in Dutch what is special about them."""

    wat: str
    recipient: Recipient


PERSONAS: Final = (
    Persona(
        "een naam met een voorvoegsel",
        Recipient(
            voornamen="Johanna Maria", voorvoegsel="van", geslachtsnaam="Dijk", geslachtsaanduiding="V",
            aanduiding_naamgebruik="E", straatnaam="Lindelaan", huisnummer="12", huisletter="B",
            postcode="1234AB", woonplaats="Voorbeeldstad",
        ),
    ),
    Persona(
        "een lange dubbele naam, en een woonboot",
        Recipient(
            voornamen="Maria Elisabeth Theodora", voorvoegsel="van den", geslachtsnaam="Nieuwenhuijzen Kruseman",
            geslachtsaanduiding="V", aanduiding_naamgebruik="V", partner_voorvoegsel="van der",
            partner_geslachtsnaam="Meulen-Postma", heeft_partner=True, straatnaam="Burgemeester Van Voorbeeldsingel",
            huisnummer="118", huisnummertoevoeging="2", aanduiding_bij_huisnummer="to",
            postcode="1234ZZ", woonplaats="Voorbeeldstad",
        ),
    ),
    Persona(
        "geslacht onbekend",
        Recipient(
            voornamen="Robin", geslachtsnaam="Öztürk", geslachtsaanduiding="O", aanduiding_naamgebruik="E",
            straatnaam="Dorpsplein", huisnummer="4", postcode="1235CD", woonplaats="Voorbeelddorp",
        ),
    ),
    Persona(
        "een naam van één lettergreep",
        Recipient(
            voornamen="Theo", geslachtsnaam="Bos", geslachtsaanduiding="M", aanduiding_naamgebruik="E",
            straatnaam="Kerkstraat", huisnummer="301", huisnummertoevoeging="hs", postcode="1236EF",
            woonplaats="Voorbeeldstad",
        ),
    ),
)  # fmt: skip


OFFICE: Final = Representative(
    naam="Bewindkantoor Voorbeeld", ter_attentie_van="team 3", straatnaam_of_postbus="Postbus", huisnummer="42",
    postcode="1234AD", woonplaats="Voorbeeldstad",
)  # fmt: skip


class Sample(NamedTuple):
    """An example: a letter or e-mail, and what is special about its reader."""

    notice: Notice
    wie: str


def sample_letters(house: House) -> Iterator[Sample]:
    """Every letter, each for the next of the made-up people; last those to who acts for one of them."""
    for place, (bericht, persona) in enumerate(zip(berichten(), cycle(PERSONAS), strict=False), start=1):
        yield Sample(_letter(load(bericht), persona.recipient, house, _mark(place)), persona.wat)

    client = PERSONAS[0].recipient
    for place, bericht in enumerate(berichten(aan="vertegenwoordiger"), start=41):
        made = compose_representative(bericht, OFFICE, client, _facts(load(bericht), house), house, _mark(place))
        yield Sample(made, "een kantoor dat voor een inwoner optreedt")


def sample_emails(house: House) -> Iterator[Sample]:
    """Every e-mail, likewise."""
    for place, (bericht, persona) in enumerate(zip(berichten("email"), cycle(PERSONAS), strict=False), start=51):
        facts = _facts(load(bericht), house)
        yield Sample(compose_email(bericht, persona.recipient, facts, house, _mark(place)), persona.wat)


def sample_texts(house: House) -> dict[str, str]:
    """Every SMS: the id of its template and its text."""
    return {bericht: sample_text(bericht, house) for bericht in berichten("sms")}


def sample_text(bericht: str, house: House) -> str:
    """One SMS.

    Raises:
        NoticeError: with the names of this dienst it can't be sent.
    """
    return compose_sms(bericht, _facts(load(bericht), house), house, _mark(81))


def _letter(template: Template, recipient: Recipient, house: House, mark: Mark) -> Notice:
    facts, bericht = _facts(template, house), template.bericht
    if template.regel is not None:
        return compose(bericht, recipient, facts, house, kenmerk=mark.kenmerk, datum=mark.datum)
    parts = [Part(name, _facts(load(name), house)) for name in _PARTS[bericht]]
    return compose_several(bericht, recipient, parts, facts, house, mark)


def _facts(template: Template, house: House) -> dict[str, date]:
    days = {
        "sinds": _SINCE.get(template.bericht, _HAPPENED),
        "leverdatum": DAY - timedelta(days=1),
        "eerder": DAY - timedelta(days=30),
        "reageer_voor": DAY + timedelta(days=house.reactietermijn_dagen),
    }
    # Whom it is about comes from the client.
    return {name: days[name] for name in template.feiten if name != "client"}


def _mark(place: int) -> Mark:
    return Mark(f"N-VOORBEELD{place:02}", DAY)
