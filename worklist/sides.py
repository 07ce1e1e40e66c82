"""What a register says beside what the dienst has, with dates and sources, for somebody who knows no column names."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from advice.toets import UNTOLD
from contracts.dutch import calendar_date, euro, number
from contracts.finding import Finding
from contracts.publish_words import BRON_NAAM
from contracts.tables import Bron
from worklist.services import RuleText

#: Columns that hold the number of something: they tell nobody anything.
_KEYS: Final = ("_sleutel", "_geschreven", "_id", "dossiernummer")
#: How a link came about, which its task says in words.
_LINK: Final = "koppel_"
_EMPTY: Final = "leeg = "
_NAME: Final = 3


class Fact(NamedTuple):
    """One thing: what it is, and what it says."""

    wat: str
    waarde: str


class Source(NamedTuple):
    """A source that a finding rests on, and its delivery."""

    naam: str
    levering: str


class Sides(NamedTuple):
    """Both sides, and on what they rest."""

    register: list[Fact]
    dienst: list[Fact]
    bronnen: list[Source]


def sides(finding: Finding, text: RuleText | None) -> Sides:
    """The facts of a finding, told apart by who says them. Of a housemate's study nothing is told."""
    told: dict[bool, list[Fact]] = {True: [], False: []}
    for name, fact in _facts(finding, text):
        told[text is not None and name in text.van_dienst].append(fact)
    untold = _untold(finding)
    delivered = [one for one in finding.bronnen if one.partition("-")[0] not in untold]
    return Sides(told[False], told[True], [_source(one) for one in delivered])


def _facts(finding: Finding, text: RuleText | None) -> Iterator[tuple[str, Fact]]:
    """What can be told, in the order of the words of the rule."""
    said = text.kolommen if text else {}
    for name in sorted(finding.feiten, key=list(said).index if finding.feiten.keys() <= said.keys() else str):
        if not name.endswith(_KEYS) and not name.startswith(_LINK) and name not in UNTOLD:
            what, _, more = (said.get(name) or name.replace("_", " ")).partition("; ")
            empty = more.rpartition(_EMPTY)[2] if _EMPTY in more else "niet bekend"
            label = what.replace(", in centen", "")
            yield name, Fact(_capital(label), shown(name, finding.feiten[name], empty))


def shown(name: str, value: str | int | bool | None, empty: str) -> str:  # noqa: FBT001
    """The value of a column of a fact view as Dutch text writes it; ``empty`` is said where there is none."""
    if value is None:
        return _capital(empty)
    if isinstance(value, bool):
        return "Ja" if value else "Nee"
    if isinstance(value, int):
        return euro(value) if name.endswith("_cent") else number(value)
    try:
        return calendar_date(date.fromisoformat(value))
    except ValueError:
        return _capital(_words(value))


def _words(code: str) -> str:
    """A code as words; a short one in capitals, such as UWV, is a name."""
    return code.replace("_", " ").lower() if len(code) > _NAME and code.isupper() else code.replace("_", " ")


def _untold(finding: Finding) -> set[str]:
    return {bron.value for column, bron in UNTOLD.items() if finding.feiten.get(column) is not None}


def _source(levering: str) -> Source:
    bron = levering.partition("-")[0]
    known = {one.value: naam for one, naam in BRON_NAAM.items()}
    return Source(known.get(bron, bron), levering)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def register_of(finding: Finding) -> str:
    """The register that a finding rests on: whom to tell where it is wrong."""
    delivered = [levering.partition("-")[0] for levering in finding.bronnen]
    return next((bron for bron in delivered if bron != Bron.UITKERINGSGEGEVENS), Bron.BRP.value)
