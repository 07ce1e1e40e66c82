"""Who shares costs: the housemates of article 19a, counted without a guess."""

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.finding import Stap
from contracts.law import Artikel, pw
from contracts.parameters import Values
from matching.norm.facts import Medebewoner, Opleiding, Verwantschap
from matching.norm.result import step

_STUDY = {
    Opleiding.STUDIEFINANCIERING: "volgt onderwijs waarvoor studiefinanciering kan bestaan",
    Opleiding.WTOS: "volgt onderwijs waarvoor een tegemoetkoming (WTOS) kan bestaan",
    Opleiding.BBL: "volgt een opleiding in de beroepsbegeleidende leerweg",
    Opleiding.BUITENLAND: "volgt vergelijkbaar onderwijs buiten Nederland",
}


@dataclass(frozen=True)
class Meetelling:
    """Whether a housemate shares costs: yes, no or unknown (None), the step that says so, and what is unknown."""

    telt: bool | None
    stap: Stap
    onbekend: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Exception:
    """A reason not to count somebody: whether it holds, its article, how it is said, which facts are unknown."""

    holds: bool | None
    article: Artikel
    said: str
    unknown: tuple[str, ...] = ()


def judge(who: str, mate: Medebewoner, values: Values) -> Meetelling:
    """Hold a housemate against every exception of 19a; ``who`` is how they are called, never a name."""
    exceptions = tuple(_exceptions(mate, values))
    for one in exceptions:
        if one.holds:
            return Meetelling(telt=False, stap=step(f"{who} {one.said}", "telt niet mee", one.article))
    unknown = tuple(name for one in exceptions if one.holds is None for name in one.unknown)
    outcome, counts = ("onbekend of deze meetelt", None) if unknown else ("telt mee", True)
    said = f"van {who} is onbekend: {', '.join(unknown)}" if unknown else f"{who}: geen uitzondering"
    return Meetelling(telt=counts, stap=step(said, outcome, pw("19a", 1)), onbekend=unknown)


def _exceptions(mate: Medebewoner, values: Values) -> Iterator[_Exception]:
    age = values.whole("kostendelersleeftijd")
    yield _Exception(
        _not(mate.geboortedatum.reached_age(age, values.day)), pw("19a", 1), f"is jonger dan {age}", ("geboortedatum",)
    )
    yield _Exception(_not(mate.hoofdverblijf), pw("19a", 1), "heeft hier geen hoofdverblijf", ("hoofdverblijf",))
    yield _commercial(mate)
    yield _Exception(
        mate.zelfde_verhuurder, pw("19a", 1, "c"), "huurt zakelijk van dezelfde verhuurder", ("zelfde verhuurder",)
    )
    yield _Exception(
        None if mate.opleiding is None else mate.opleiding in _STUDY, pw("19a", 1, "d"),
        _STUDY.get(mate.opleiding or Opleiding.GEEN, ""), ("opleiding",),
    )  # fmt: skip
    until = mate.uitzondering_tot
    yield _Exception(
        until is not None and values.day <= until,
        pw("18", 1),
        f"valt tot en met {until} onder een uitzondering van de gemeente",
    )


def _commercial(mate: Medebewoner) -> _Exception:
    """Onderdeel b: a commercial contract, unless with family in the first or second degree."""
    stranger = None if mate.verwantschap is None else mate.verwantschap is Verwantschap.GEEN
    asked = {"zakelijke afspraak": mate.zakelijk, "verwantschap": stranger}
    unknown = tuple(name for name, answer in asked.items() if answer is None)
    return _Exception(
        _both(mate.zakelijk, stranger), pw("19a", 1, "b"), "woont hier op een zakelijke afspraak", unknown
    )  # fmt: skip


def _not(answer: bool | None) -> bool | None:  # noqa: FBT001 - an answer of three values
    return None if answer is None else not answer


def _both(one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001 - as above
    if one is False or other is False:
        return False
    return None if one is None or other is None else True
