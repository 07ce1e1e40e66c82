"""The sheet of one case: what happened when, facts and answers, without anybody in it.

Days are counted from the night that saw it first, and only the month of that night is told. Of what is known for the
drietrapstoets only kinds that are named here go along, and nothing with a digit: that may be a date, an amount or a
number of somebody. Words that somebody typed never do.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any, Final

import sqlalchemy as sa

from contracts.dutch import calendar_date
from contracts.finding import EffectBereik, Finding
from contracts.leerdialoog import GROND_ZIN, Grond
from contracts.message import STAND_ZIN, named
from contracts.outcome import UITKOMST_ZIN, WAAROM_ZIN, Uitkomst, Waarom
from contracts.toets import VRAAG_ZIN, Feit, FeitSoort, Toets
from contracts.work import DAAD_ZIN, Daad
from flows.leerdialoog.questions import questions
from flows.report.words import capital
from matching.rule import Rule
from store.casebook import Casebook
from store.casebook.book import as_utc

#: Deeds with a task that say that it was not plain; the others are in the life of the finding too.
_TOLD: Final = (Daad.GEVRAAGD, Daad.GEANTWOORD, Daad.UITGESTELD, Daad.OVERGEDRAGEN)
#: Kinds of facts that go along. What happened on a day stands among what happened; how much it is about is coarser.
_FACTS: Final[frozenset[FeitSoort]] = frozenset({
    "brief", "bezorging", "buiten_tijdig", "gesprek", "contact", "melding", "ook_gezien", "vertegenwoordiger",
    "wil_gebeld", "hulp_bij_lezen", "richting", "effect",
})  # fmt: skip
#: An alarm is named by its days, which are those of the policy.
_WITH_DIGITS: Final[frozenset[FeitSoort]] = frozenset({"alarm"})
#: Cents per month up to which an amount is told no more exactly than this.
_AMOUNTS: Final = ((10_000, "minder dan € 100"), (50_000, "€ 100 tot € 500"))
_MORE: Final = "€ 500 of meer"
#: What stands for a value of the case.
BLANK: Final = "…"


@dataclass(frozen=True)
class Gebeurd:
    """Something that happened, days after the night that saw it first (below zero: before)."""

    dag: int
    wat: str


@dataclass(frozen=True)
class Blad:
    """A sheet; everything in it is Dutch and can be read aloud.

    Attributes:
        naam: ``A``, ``B``, ... in the order of the pages, which says nothing.
        grond: why it was among those to draw from, as a sentence.
        regel: the rule, by id and title.
        gezien: what such a rule sees, with a blank for each value; empty where it is not known.
        maand: the month in which it was seen first.
        gebeurd: in the order of the days.
        feiten: question of the drietrapstoets -> what was known.
        antwoorden: what colleagues answered to the first question.
        vragen: who -> what they can ask each other.
    """

    naam: str
    grond: str
    regel: str
    gezien: str
    maand: str
    gebeurd: tuple[Gebeurd, ...]
    feiten: tuple[tuple[str, tuple[str, ...]], ...]
    antwoorden: tuple[str, ...]
    vragen: tuple[tuple[str, tuple[str, ...]], ...]


def sheet(casebook: Casebook, found: Finding, toets: Toets, grond: Grond, naam: str, rules: Mapping[str, Rule]) -> Blad:
    """The sheet of a finding."""
    first: date = casebook.get(found.signaal_id).eerste_nacht
    rule = rules.get(found.regel)
    return Blad(
        naam=naam, grond=GROND_ZIN[grond], regel=f"{found.regel} {rule.title if rule else ''}".strip(),
        gezien=_seen(found, rule), maand=month(first),
        gebeurd=tuple(sorted(_happened(casebook, found, first), key=lambda one: one.dag)),
        feiten=tuple((VRAAG_ZIN[vraag], tuple(_facts(feiten, found.effect))) for vraag, feiten in toets.per_vraag()),
        antwoorden=tuple(_answers(casebook.oordelen_of(found.signaal_id))), vragen=tuple(questions(grond)),
    )  # fmt: skip


def month(day: date) -> str:
    """``november 2026``."""
    return calendar_date(day).partition(" ")[2]


def _seen(found: Finding, rule: Rule | None) -> str:
    """The sentence this finding was told in, with blanks; nothing where its rule speaks otherwise now."""
    variants = () if rule is None else rule.variants.values()
    fitting = [one.seen for one in variants if re.fullmatch(_pattern(one.seen), found.gezien)]
    return _filled(fitting[0], BLANK) if fitting else ""


def _pattern(sentence: str) -> str:
    return "".join(
        re.escape(text) + ("(?:.*)" if name is not None else "") for text, name, _, _ in Formatter().parse(sentence)
    )


def _filled(sentence: str, value: str) -> str:
    return "".join(text + (value if name is not None else "") for text, name, _, _ in Formatter().parse(sentence))


# -- what happened ---------------------------------------------------------------------------------------


def _happened(casebook: Casebook, found: Finding, first: date) -> Iterator[Gebeurd]:
    def on(day: date, wat: str) -> Gebeurd:
        return Gebeurd((day - first).days, wat)

    if found.feitdatum is not None:
        yield on(found.feitdatum, "De dag van het feit, volgens de bron.")
    for move in casebook.life_of(found.signaal_id):
        yield on(as_utc(move.moment).date() if move.moment else move.nacht, _moved(move))
    tasks, letters = casebook.about(found.signaal_id)
    for letter in letters:
        yield on(letter.nacht, f"{capital(named(letter.bericht))}. {STAND_ZIN[letter.status]}")
    for deed in (deed for task in tasks for deed in casebook.events_of(task.taak_id)):
        if deed.wat in _TOLD:
            yield on(as_utc(deed.moment).date(), f"Een medewerker {DAAD_ZIN[Daad(deed.wat)]}.")
    for objection in casebook.objections_to(found.signaal_id):
        yield on(objection.datum, f"Er was een uitkomst van een bezwaar: {objection.uitkomst}.")


def _moved(move: sa.Row[Any]) -> str:
    said = WAAROM_ZIN[Waarom(move.waarom)]
    return f"{said} {UITKOMST_ZIN[Uitkomst(move.uitkomst)]}" if move.uitkomst else said


# -- what was known, and what was answered ---------------------------------------------------------------


def _facts(feiten: Iterable[Feit], effect: EffectBereik | None) -> Iterator[str]:
    """What was known, as far as it says nothing exact; what happened on a day stands among what happened."""
    for feit in feiten:
        if feit.soort == "effect" and effect is not None:
            yield f"Per maand gaat het om {_about(effect)}."
        elif feit.soort in _WITH_DIGITS or (feit.soort in _FACTS and not re.search(r"\d", feit.zin)):
            yield feit.zin


def _about(effect: EffectBereik) -> str:
    most = max(abs(effect.laagste), abs(effect.hoogste))
    return next((words for cents, words in _AMOUNTS if most < cents), _MORE)


def _answers(rows: Iterable[sa.Row[Any]]) -> Iterator[str]:
    """Of what humans answered only what can be ticked: yes, no, not known."""
    for row in rows:
        yield f"Op de eerste vraag antwoordde een collega: {row.bewust}."
