"""What happened with a task and in its household, in Dutch sentences and in the order of the days."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from contracts.dutch import calendar_date
from contracts.message import STAND_ZIN, named
from contracts.outcome import UITKOMST_ZIN, Uitkomst
from contracts.work import DAAD_ZIN, Bezwaar, Daad
from store.casebook import Casebook
from worklist import words
from worklist.page import local

_BEZWAAR = {Bezwaar.GEGROND: "gegrond", Bezwaar.ONGEGROND: "ongegrond"}


class Moment(NamedTuple):
    """Something that happened.

    Attributes:
        dag: the day.
        tijd: the time of day, where it is known.
        zin: what, Dutch.
        woorden: what somebody wrote beside it.
    """

    dag: date
    tijd: str | None
    zin: str
    woorden: str | None


class Question(NamedTuple):
    """A question to a colleague, and the answers.

    Attributes:
        volgnr: its number.
        aan: who was asked: a role.
        zin: who asked whom, and when.
    """

    volgnr: int
    aan: str
    zin: str
    vraag: str
    antwoorden: tuple[Moment, ...]


def history(
    casebook: Casebook, row: sa.Row[Any], events: Iterable[sa.Row[Any]], names: Mapping[str, str]
) -> list[Moment]:
    """Deeds, notices and contacts, the newest first. Of a letter that only a restricted group may know: nothing.

    Args:
        casebook: where it is kept.
        row: the task.
        events: what was done with it.
        names: how colleagues are called.
    """
    done = list(events)
    found = [*_deeds(done, names), *_notices(casebook, row), *_talks(casebook, row, done, names)]
    return sorted(found, key=lambda one: (one.dag, one.tijd or ""))[::-1]


def questions(events: Iterable[sa.Row[Any]], names: Mapping[str, str]) -> list[Question]:
    """The questions on a task with their answers, the oldest first."""
    done = list(events)
    return [
        Question(
            one.volgnr, one.naar,
            f"{_who(one, names)} vroeg aan {words.ADVISEUR_NAAM[one.naar]} op "
            f"{calendar_date(local(one.moment).date())}:",
            one.tekst or "", tuple(_deed(answer, names) for answer in done if answer.antwoord_op == one.volgnr),
        )
        for one in done if one.wat == Daad.GEVRAAGD
    ]  # fmt: skip


def last_deed(events: Iterable[sa.Row[Any]], names: Mapping[str, str]) -> Moment | None:
    """What was done last."""
    done = list(events)
    return _deed(done[-1], names) if done else None


def _deeds(events: Iterable[sa.Row[Any]], names: Mapping[str, str]) -> Iterator[Moment]:
    for one in events:
        yield _deed(one, names)


def _deed(one: sa.Row[Any], names: Mapping[str, str]) -> Moment:
    return _at(one.moment, f"{_who(one, names)} {DAAD_ZIN[Daad(one.wat)]}{_to(one, names)}.", one.tekst or None)


def _to(one: sa.Row[Any], names: Mapping[str, str]) -> str:
    match Daad(one.wat):
        case Daad.OVERGEDRAGEN:
            return f" aan {names.get(one.naar, f'team {one.naar}')}"
        case Daad.GEVRAAGD:
            return f": {words.ADVISEUR_NAAM[one.naar]}"
        case Daad.UITGESTELD:
            return f" tot {calendar_date(one.tot)}"
        case Daad.BEZWAAR:
            return f": {_BEZWAAR[Bezwaar(one.naar)]}, op {calendar_date(one.tot)}"
        case _:
            return ""


def _notices(casebook: Casebook, row: sa.Row[Any]) -> Iterator[Moment]:
    sent = casebook.notices_of(row.dossiernummer)
    about = casebook.tells_of([one.kenmerk for one in sent])
    for one in sent:
        if not row.beperkt and any(finding.beperkt for finding in about.get(one.kenmerk, ())):
            continue
        what = f"Tijdig maakte {named(one.bericht)}, kenmerk {one.kenmerk}."
        yield Moment(one.nacht, None, f"{what} {STAND_ZIN[one.status]}", None)


def _talks(
    casebook: Casebook, row: sa.Row[Any], events: Iterable[sa.Row[Any]], names: Mapping[str, str]
) -> Iterator[Moment]:
    """Contacts that were noted elsewhere: those of this task stand among its deeds."""
    own = {(one.door, _naive(one.moment)) for one in events if one.wat == Daad.CONTACT}
    for talk in casebook.talks_of(row.dossiernummer):
        if talk.moment is None or (talk.beperkt and not row.beperkt) or (talk.door, _naive(talk.moment)) in own:
            continue
        yield _at(
            talk.moment, f"{names.get(talk.door, talk.door)} had contact over een signaal van {talk.regel}.", None
        )


def _naive(moment: datetime) -> datetime:
    return local(moment).replace(tzinfo=None)


def _at(moment: datetime, sentence: str, said: str | None) -> Moment:
    here = local(moment)
    return Moment(here.date(), f"{here:%H.%M}", sentence, said)


def _who(one: sa.Row[Any], names: Mapping[str, str]) -> str:
    return names.get(one.door, one.door)


class Ending(NamedTuple):
    """How a task ended."""

    dag: date
    zin: str
    wie: str
    feitdatum: date | None
    effect_cent: int | None
    woorden: str


def endings(rows: Iterable[sa.Row[Any]], taak_id: str, names: Mapping[str, str]) -> list[Ending]:
    """How a task ended, the newest first."""
    return [
        Ending(
            local(one.moment).date(), UITKOMST_ZIN[Uitkomst(one.uitkomst)], _who(one, names), one.feitdatum,
            one.effect_cent, one.toelichting,
        )
        for one in rows if one.taak_id == taak_id
    ][::-1]  # fmt: skip
