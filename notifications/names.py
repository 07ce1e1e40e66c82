"""How the BRP wants a person named: greeting, running text, envelope, initials, address lines.

Source of the rules: the features *adressering* and *naam* of Haal Centraal BRP bevragen, on elements of the
Logisch Ontwerp. A title or predicate (02.20) is in the name wherever those rules put it. The official salutation
("Hoogwelgeboren heer") goes with "Geachte" only: with "Beste" it would be a joke, and "Beste heer Van den Aedel" is
warm and right. Published versions differ in one thing; of a jonkheer whose partner's name comes first the later one
is followed: "J.A. de Boer-jonkheer van den Aedel".
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from contracts.notice import Recipient, Representative
from notifications.postal import Place, read_postcode

_GREETED = {"M": "heer", "V": "mevrouw"}
_IN_TEXT = {"M": "de heer", "V": "mevrouw"}
_BY_HOUSE_NUMBER = {"to": "t/o ", "by": "bij "}
_BOX = re.compile(r"(postbus|antwoordnummer) +([0-9]+)", re.IGNORECASE)
_NO_NAME = "heer, mevrouw"
_OFFICIAL: Final = "Geachte"


class _Title(NamedTuple):
    """A title or predicate: its form for a man and for a woman, and its style (None = a Hoogheid of either)."""

    man: str
    vrouw: str | None
    stijl: str | None = "hoogwelgeboren"
    predicaat: bool = False

    def form(self, sex: str | None) -> str | None:
        return {"M": self.man, "V": self.vrouw}.get(sex or "")

    def style(self, sex: str | None) -> str | None:
        """``hoogwelgeboren heer``; None where nobody of this sex is addressed so."""
        if self.stijl is None:
            return "hoogheid"
        word = {"M": "heer", "V": "vrouwe"}.get(sex or "")
        return word and f"{self.stijl} {word}"


_PAIRS: Final = (
    (("B", "BS"), _Title("baron", "barones")),
    (("G", "GI"), _Title("graaf", "gravin", "hooggeboren")),
    (("H", "HI"), _Title("hertog", "hertogin")),
    (("M", "MI"), _Title("markies", "markiezin")),
    (("P", "PS"), _Title("prins", "prinses", None)),
    (("JH", "JV"), _Title("jonkheer", "jonkvrouw", predicaat=True)),
    (("R",), _Title("ridder", None)),
)
#: By code (02.20). The form follows the sex of who bears it, not the code: that may be of before a change of sex.
_TITLES: Final = {code: title for codes, title in _PAIRS for code in codes}
#: Titles of a husband or partner that a woman may bear beside his name, in her form: the *hoffelijkheidstitel*.
_BY_COURTESY: Final = frozenset({"B", "G", "H", "M", "P"})


class Partner(NamedTuple):
    """A partner's name and the day the relation began (06.10, eight digits, may be partial or absent)."""

    voorvoegsel: str | None
    geslachtsnaam: str | None
    datum_sluiting: str | None


class _Surname(NamedTuple):
    """A surname with its voorvoegsel and the title or predicate that goes before both; empty where there is none."""

    prefix: str
    name: str
    title: str = ""
    predicaat: bool = False

    def written(self, *, capital: bool = False, title: bool = True) -> str:
        prefix = self.prefix[:1].upper() + self.prefix[1:] if capital else self.prefix
        return " ".join(filter(None, (self.title if title else "", prefix, self.name)))


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
    """``Beste mevrouw Van Dijk``, without comma; ``Beste heer, mevrouw`` where there is no usable name.

    With ``Geachte`` who has a title or predicate is greeted by its style instead: ``Hoogwelgeboren heer``.
    """
    style = _style(recipient) if greeting == _OFFICIAL else None
    if style is not None:
        return style.capitalize()
    return f"{greeting} {_named(recipient, _GREETED, _plain(recipient)) or _NO_NAME}"


def running_name(recipient: Recipient) -> str | None:
    """``mevrouw Van Dijk`` or ``de heer Van Dijk`` within a sentence; None where there is no usable name.

    A title takes the place of that word: ``barones van den Aedel``.
    """
    names = _surnames(recipient)
    if names and names[0].title:
        return _joined(names)
    return _named(recipient, _IN_TEXT, names)


def written_name(recipient: Recipient) -> str | None:
    """``J. van Dijk``, without a word for the sex; None where there is no usable name.

    A title stands after the initials, a predicate before them: ``J. baron van Dijk``, ``Jonkheer J. van Dijk``.
    """
    name = _written(recipient)
    return name and name[:1].upper() + name[1:]


def addressee(recipient: Recipient) -> str | None:
    """The first line on the envelope: ``Mevrouw J. van Dijk``; None where there is no usable name.

    Who is addressed by a style keeps it here, whatever the greeting: ``De hoogwelgeboren heer J. baron van Dijk``.
    """
    style = _style(recipient)
    word = f"de {style}" if style else _IN_TEXT.get(recipient.geslachtsaanduiding or "", "")
    name = _written(recipient) if style else written_name(recipient)
    line = name and f"{word} {name}".strip()
    return line and line[:1].upper() + line[1:]


def address_lines(recipient: Recipient) -> tuple[str, str] | None:
    """Street line and ``1234 AB  PLAATS`` (two spaces); None where the address is not whole.

    A puntadres (street ``.``) is not whole: post does not arrive there. Nor does it at a place without an address.
    """
    street, number, town = map(_clean, (recipient.straatnaam, recipient.huisnummer, recipient.woonplaats))
    postcode = read_postcode(_clean(recipient.postcode))
    if street in ("", ".") or not number or town in ("", ".") or postcode is None:
        return None
    return street_line(recipient), Place(postcode, town).line


def representative_lines(who: Representative) -> tuple[str, ...] | None:
    """Name, who reads it, street or postbus, and ``1234 AB  PLAATS``; None where the address is not whole."""
    name, reader, street = map(_clean, (who.naam, who.ter_attentie_van, who.straatnaam_of_postbus))
    at = Recipient(
        straatnaam=street, huisnummer=who.huisnummer, huisletter=who.huisletter, postcode=who.postcode,
        huisnummertoevoeging=who.huisnummertoevoeging, woonplaats=who.woonplaats,
    )  # fmt: skip
    if not _clean(who.huisnummer) and (box := _BOX.fullmatch(street)) is not None:
        at = at.model_copy(update={"straatnaam": box[1], "huisnummer": box[2]})
    lines = address_lines(at)
    if not name or lines is None:
        return None
    return (name, *([f"t.a.v. {reader}"] if reader else []), *lines)


def place_lines(recipient: Recipient) -> tuple[str, ...]:
    """Where somebody stays as the BRP writes it, also where no letter can go: a place without an address, or abroad.

    Without a postcode the second line is the town, or the gemeente that the caller gives for it.
    """
    if recipient.regels_buitenland:
        return tuple(filter(None, map(_clean, recipient.regels_buitenland)))
    spot, town = _clean(recipient.locatiebeschrijving), _clean(recipient.woonplaats).upper()
    return address_lines(recipient) or tuple(filter(None, (spot or street_line(recipient), town)))


def street_line(recipient: Recipient) -> str:
    """Street, ``t/o`` or ``bij``, huisnummer, huisletter and toevoeging: ``Cronus 555 B73c``, ``Dam 9-2``."""
    letter, extra = _clean(recipient.huisletter), _clean(recipient.huisnummertoevoeging)
    near = _BY_HOUSE_NUMBER.get(recipient.aanduiding_bij_huisnummer or "", "")
    joint = "-" if not letter and extra[:1].isdigit() else " "
    line = f"{_clean(recipient.straatnaam)} {near}{_clean(recipient.huisnummer)}{joint}{letter}{extra}"
    return line.strip()


def _named(recipient: Recipient, words: dict[str, str], names: tuple[_Surname, ...] | None) -> str | None:
    """The name after its word for the sex, or after the initials where the sex is unknown."""
    word = words.get(recipient.geslachtsaanduiding or "")
    if names is None:
        return None
    if word is None:
        letters = initials(recipient.voornamen)
        return f"{letters} {_joined(names, capital=not letters)}".strip()
    return f"{word} {_joined(names, capital=True)}"


def _written(recipient: Recipient) -> str | None:
    """As ``written_name``, with a small letter where it begins with a title or predicate."""
    letters, names = initials(recipient.voornamen), _surnames(recipient)
    if names is None:
        return None
    first = names[0]
    before = first.title if first.predicaat else ""
    name = _joined(names, capital=not (letters or first.title), title=not before)
    return " ".join(filter(None, (before, letters, name)))


def _joined(names: tuple[_Surname, ...], *, capital: bool = False, title: bool = True) -> str:
    first, *others = names
    return "-".join([first.written(capital=capital, title=title), *(name.written() for name in others)])


def _surnames(recipient: Recipient) -> tuple[_Surname, ...] | None:
    """The surnames by naamgebruik E, P, V or N in their order; None where one that it needs is not there."""
    own = _part(recipient.voorvoegsel, recipient.geslachtsnaam, _own_title(recipient), recipient)
    partner = _part(
        recipient.partner_voorvoegsel, recipient.partner_geslachtsnaam, _courtesy_title(recipient), recipient
    )
    parts = {"P": (partner,), "V": (partner, own), "N": (own, partner)}.get(_usage(recipient), (own,))
    known = tuple(part for part in parts if part)
    return known if len(known) == len(parts) else None


def _plain(recipient: Recipient) -> tuple[_Surname, ...] | None:
    """The surnames without titles and predicates."""
    names = _surnames(recipient)
    return names and tuple(name._replace(title="", predicaat=False) for name in names)


def _usage(recipient: Recipient) -> str:
    """The naamgebruik that can be followed: without a partner's name it is always the own name."""
    partner = _clean(recipient.partner_geslachtsnaam)
    return recipient.aanduiding_naamgebruik or "E" if partner not in ("", ".") else "E"


def _style(recipient: Recipient) -> str | None:
    """How a noble person is addressed, by courtesy before by own right; None for anybody else."""
    title = _courtesy_title(recipient) or _own_title(recipient)
    return title and title.style(recipient.geslachtsaanduiding)


def _own_title(recipient: Recipient) -> _Title | None:
    """The own title or predicate; None where the person does not bear one now."""
    title = _TITLES.get(recipient.adellijke_titel_predicaat or "")
    if title is None or _usage(recipient) == "P":
        return None
    # A woman has no predicate while she has a partner, nor with the name of the one she had.
    own_name = (recipient.aanduiding_naamgebruik or "E") == "E"
    lost = recipient.geslachtsaanduiding == "V" and (recipient.heeft_partner or not own_name)
    return None if title.predicaat and lost else title


def _courtesy_title(recipient: Recipient) -> _Title | None:
    """The title of the partner that a woman bears in her own form, beside the partner's name."""
    code = recipient.partner_adellijke_titel_predicaat
    may = recipient.geslachtsaanduiding == "V" and code in _BY_COURTESY and _usage(recipient) in ("P", "V", "N")
    return _TITLES[code] if may and code else None


def _part(
    voorvoegsel: str | None, geslachtsnaam: str | None, title: _Title | None, of: Recipient
) -> _Surname | None:  # fmt: skip
    name = _clean(geslachtsnaam)
    form = title.form(of.geslachtsaanduiding) if title else None
    # A single "." is how the BRP writes that there is no surname, or that it is unknown.
    if name in ("", "."):
        return None
    return _Surname(_clean(voorvoegsel), name, form or "", bool(form and title and title.predicaat))


def _clean(value: str | None) -> str:
    """One line, single spaces, composed letters: registers send ``e`` with a loose accent and tabs too."""
    return " ".join(unicodedata.normalize("NFC", value or "").split())
