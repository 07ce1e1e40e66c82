"""What the console shows of the drietrapstoets: the questions, the facts, the guide, and what a human answered."""

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from rich.console import Console

from advice.gesprek import Gesprek
from contracts.dutch import calendar_date
from contracts.toets import VRAAG_ZIN, Feit, Toets, Vraag
from flows.report.words import listed, source_name


def questions(console: Console, toets: Toets, gids: Gesprek, answers: Iterable[sa.Row[Any]]) -> None:
    """The three questions with what is known, how to talk about it, and the answers that are there."""
    _say(console, f"Drietrapstoets van {toets.signaal_id}, met wat bekend is op {calendar_date(toets.op)}.")
    for number, (vraag, feiten) in enumerate(toets.per_vraag(), start=1):
        _say(console, "", f"{number}. {VRAAG_ZIN[vraag]}", *map(_fact, feiten))
    _say(console, "", *_guide(gids), "", *judged(answers))
    _say(
        console,
        "Dit zijn feiten. Antwoorden doet alleen een mens, na het gesprek:",
        f"  tijdig signaal oordeel {toets.signaal_id} --bewust ja|nee|onbekend --context ... --impact ... --door WIE",
    )


def judged(answers: Iterable[sa.Row[Any]]) -> Iterator[str]:
    """What humans answered, the oldest first; nothing where nobody did."""
    for row in answers:
        yield f"Oordeel van {row.door} na de nacht van {calendar_date(row.na_nacht)}:"
        yield f"  {VRAAG_ZIN[Vraag.KON_WETEN]} Bewust: {row.bewust}."
        yield f"  {VRAAG_ZIN[Vraag.CONTEXT]} {row.context}"
        yield f"  {VRAAG_ZIN[Vraag.IMPACT]} {row.impact}"


def _fact(feit: Feit) -> str:
    sources = [source_name(bron) for bron in feit.bronnen]
    rests_on = f"; {', '.join(feit.leveringen)}" if feit.leveringen else ""
    return f"   {'-' if feit.bekend else '?'} {feit.zin} [{listed(sources)}{rests_on}]"


def _guide(gids: Gesprek) -> Iterator[str]:
    yield f"Gesprek: {gids.titel.lower()}"
    for what, lines in (
        ("Begin", gids.begin), ("Wat de inwoner eraan heeft", gids.voordeel), ("Vraag", gids.vragen),
        ("Een vergissing mag", gids.vergissing), ("Let op", gids.let_op),
    ):  # fmt: skip
        yield f"   {what}:"
        yield from (f"     {line}" for line in lines)


def _say(console: Console, *lines: str) -> None:
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
