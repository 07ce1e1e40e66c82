"""How the BRP wants a person named: greeting, running text, envelope, initials, address lines.

Source of the rules: the features *adressering* and *naam* of Haal Centraal BRP bevragen, on elements of the
Logisch Ontwerp. Noble titles and predicates (02.20) are not among them yet: such a person is named without.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from contracts.notice import Recipient

_GREETED = {"M": "heer", "V": "mevrouw"}
_IN_TEXT = {"M": "de heer", "V": "mevrouw"}
_BY_HOUSE_NUMBER = {"to": "t/o ", "by": "bij "}
_POSTCODE = re.compile(r"([1-9]\d{3}) ?([A-Za-z]{2})")
_NO_NAME = "heer, mevrouw"


class Partner(NamedTuple):
    """A partner's name and the day the relation began (06.10, eight digits, may be partial or absent)."""

    voorvoegsel: str | None
    geslachtsnaam: str | None
    datum_sluiting: str | None


class _Surname(NamedTuple):
    prefix: str
    name: str


def first_partner(partners: Iterable[Partner]) -> Partner | None:
    """The partner whose name counts: of the oldest running relation, and an unknown date comes first."""
    return min(partners, key=lambda partner: partner.datum_sluiting or "", default=None)


def initials(voornamen: str | None) -> str:
    """One letter and a full stop a voornaam; a voornaam of one letter has no full stop (``S.Q``, ``J P``)."""
    names = _clean(voornamen).split()
    letters = [name if len(name) == 1 else f"{name[0]}." for name in names]
    # Two letters without a full stop between them would read as one name.
    return "".join(letter if letter.endswith(".") else f"{letter} " for letter in letters).strip()


def full_name(recipient: Recipient) -> str:
    """Voornamen, voorvoegsel and own geslachtsnaam, as on the persoonslijst."""
    parts = (recipient.voornamen, recipient.voorvoegsel, recipient.geslachtsnaam)
    return " ".join(filter(None, map(_clean, parts)))


def salutation(recipient: Recipient, greeting: str) -> str:
    """``Beste mevrouw Van Dijk``, without comma; ``Beste heer, mevrouw`` where there is no usable name."""
    return f"{greeting} {_named(recipient, _GREETED) or _NO_NAME}"


def running_name(recipient: Recipient) -> str | None:
    """``mevrouw Van Dijk`` or ``de heer Van Dijk`` within a sentence; None where there is no usable name."""
    return _named(recipient, _IN_TEXT)


def written_name(recipient: Recipient) -> str | None:
    """``J. van Dijk``, without a word for the sex; None where there is no usable name."""
    letters = initials(recipient.voornamen)
    surname = _surname(recipient, capital=not letters)
    return surname and f"{letters} {surname}".strip()


def addressee(recipient: Recipient) -> str | None:
    """The first line on the envelope: ``Mevrouw J. van Dijk``; None where there is no usable name."""
    word = _IN_TEXT.get(recipient.geslachtsaanduiding or "", "")
    name = written_name(recipient)
    return name and f"{word.capitalize()} {name}".strip()


def address_lines(recipient: Recipient) -> tuple[str, str] | None:
    """Street line and ``1234 AB  PLAATS`` (two spaces); None where the address is not whole.

    A puntadres (street ``.``) is not whole: post does not arrive there.
    """
    street, number, town = map(_clean, (recipient.straatnaam, recipient.huisnummer, recipient.woonplaats))
    postcode = _POSTCODE.fullmatch(_clean(recipient.postcode))
    if street in ("", ".") or not number or town in ("", ".") or postcode is None:
        return None
    digits, letters = postcode.groups()
    return street_line(recipient), f"{digits} {letters.upper()}  {town.upper()}"


def street_line(recipient: Recipient) -> str:
    """Street, ``t/o`` or ``bij``, huisnummer, huisletter and toevoeging: ``Cronus 555 B73c``, ``Dam 9-2``."""
    letter, extra = _clean(recipient.huisletter), _clean(recipient.huisnummertoevoeging)
    near = _BY_HOUSE_NUMBER.get(recipient.aanduiding_bij_huisnummer or "", "")
    joint = "-" if not letter and extra[:1].isdigit() else " "
    line = f"{_clean(recipient.straatnaam)} {near}{_clean(recipient.huisnummer)}{joint}{letter}{extra}"
    return line.strip()


def _named(recipient: Recipient, words: dict[str, str]) -> str | None:
    """The name after its word for the sex, or after the initials where the sex is unknown."""
    word = words.get(recipient.geslachtsaanduiding or "")
    if word is None:
        return written_name(recipient)
    surname = _surname(recipient, capital=True)
    return surname and f"{word} {surname}"


def _surname(recipient: Recipient, *, capital: bool) -> str | None:
    """The surname by naamgebruik E, P, V or N; None where a name that it needs is not there."""
    own = _part(recipient.voorvoegsel, recipient.geslachtsnaam)
    partner = _part(recipient.partner_voorvoegsel, recipient.partner_geslachtsnaam)
    # Without a partner's name the other three fall back on the own name.
    usage = recipient.aanduiding_naamgebruik if partner else "E"
    parts = {"P": (partner,), "V": (partner, own), "N": (own, partner)}.get(usage or "", (own,))
    known = [part for part in parts if part]
    if len(known) < len(parts):
        return None
    first = known[0].prefix
    prefixes = [first[:1].upper() + first[1:] if capital else first, *(part.prefix for part in known[1:])]
    return "-".join(f"{prefix} {part.name}".strip() for prefix, part in zip(prefixes, known, strict=True))


def _part(voorvoegsel: str | None, geslachtsnaam: str | None) -> _Surname | None:
    name = _clean(geslachtsnaam)
    # A single "." is how the BRP writes that there is no surname, or that it is unknown.
    return _Surname(_clean(voorvoegsel), name) if name not in ("", ".") else None


def _clean(value: str | None) -> str:
    """One line, single spaces, composed letters: registers send ``e`` with a loose accent and tabs too."""
    return " ".join(unicodedata.normalize("NFC", value or "").split())
