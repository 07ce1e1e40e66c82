"""Which cases are worth talking about, by ground; nothing of who it is about decides it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from contracts.finding import Richting
from contracts.leerdialoog import DAGEN, KEREN, UITSTEL, Grond
from contracts.outcome import Waarom
from contracts.work import Bezwaar, Daad
from store.casebook.book import Book, known_since
from store.casebook.evaluation.parts import OTHERWISE
from store.casebook.tables import OPEN, finding, history, objection, task, task_event

#: signaal_id and dossiernummer of each case.
_Cases = sa.Select[tuple[str, str]]
#: Few may know of something in this dossier, or the address is secret: now or on any night before.
_SHIELDED: Final = sa.union(
    sa.select(finding.c.dossiernummer).where(finding.c.beperkt),
    sa.select(task.c.dossiernummer).where(sa.or_(task.c.geheim, task.c.beperkt)),
)


class Leerdialoog(Book):
    """Reading which cases a ground holds for."""

    def worth_discussing(self, since: date, today: date) -> Mapping[Grond, Mapping[str, str]]:
        """Ground -> signaal_id -> dossiernummer, since a night; a shielded dossier is in none.

        Args:
            since: what happened before is no ground.
            today: how long something stands open is counted until then.
        """
        grounds = {
            Grond.VAAK_TERUG: _often(since), Grond.ANDERS_BESLIST: _otherwise(since),
            Grond.BEZWAAR_GEGROND: _objected(since), Grond.LANG_IN_TWIJFEL: _in_doubt(since, today),
        }  # fmt: skip
        found = {grond: self._all(query) for grond, query in grounds.items()}
        return {grond: {row.signaal_id: row.dossiernummer for row in rows} for grond, rows in found.items()}

    def objections_to(self, signaal_id: str) -> list[sa.Row[Any]]:
        """What came of each bezwaar that goes back to a finding, the oldest first."""
        here = sa.select(objection).where(objection.c.signaal_id == signaal_id)
        return self._all(here.order_by(objection.c.datum, objection.c.volgnr))


def _cases(condition: sa.ColumnElement[bool]) -> _Cases:
    return (
        sa.select(finding.c.signaal_id, finding.c.dossiernummer)
        .where(condition, finding.c.dossiernummer.not_in(_SHIELDED))
        .order_by(finding.c.signaal_id)
    )


def _often(since: date) -> _Cases:
    """The newest of each kind in a dossier where that kind came so often; each time it came back counts."""
    kind = (finding.c.dossiernummer, finding.c.regel)
    newest = sa.func.row_number().over(
        partition_by=kind, order_by=(finding.c.eerste_nacht.desc(), finding.c.signaal_id)
    )
    again = sa.func.sum(finding.c.heropend).over(partition_by=kind)
    times = sa.func.count().over(partition_by=kind) + again
    every = (
        sa.select(finding.c.signaal_id, newest.label("plek"), times.label("keren"))
        .where(finding.c.laatste_nacht >= since)
        .subquery()
    )
    chosen = sa.select(every.c.signaal_id).where(every.c.plek == 1, every.c.keren >= KEREN)
    return _cases(finding.c.signaal_id.in_(chosen))


def _otherwise(since: date) -> _Cases:
    """What somebody said of it last is not what the rule expects; where nothing was to change nothing is expected."""
    place = sa.func.row_number().over(partition_by=history.c.signaal_id, order_by=history.c.volgnr.desc())
    said = (
        sa.select(history.c.signaal_id, history.c.nacht, history.c.uitkomst, place.label("plek"))
        .where(history.c.waarom == Waarom.AFGEROND)
        .subquery()
    )
    otherwise = sa.select(said.c.signaal_id).where(
        said.c.plek == 1, said.c.nacht >= since, said.c.uitkomst.in_(OTHERWISE)
    )
    return _cases(sa.and_(finding.c.richting != Richting.NEUTRAAL, finding.c.signaal_id.in_(otherwise)))


def _objected(since: date) -> _Cases:
    right = sa.select(objection.c.signaal_id).where(objection.c.uitkomst == Bezwaar.GEGROND, objection.c.datum >= since)
    return _cases(finding.c.signaal_id.in_(right))


def _in_doubt(since: date, today: date) -> _Cases:
    """Open for so long, postponed so often, or a colleague was asked."""
    lies = sa.and_(finding.c.status.in_(OPEN), known_since().element <= today - timedelta(days=DAGEN))
    waited = _with(Daad.UITGESTELD).having(sa.func.count() >= UITSTEL)
    doubted = sa.or_(lies, finding.c.signaal_id.in_(waited), finding.c.signaal_id.in_(_with(Daad.GEVRAAGD)))
    return _cases(sa.and_(finding.c.laatste_nacht >= since, doubted))


def _with(daad: Daad) -> sa.Select[tuple[str]]:
    """The findings with this deed on one of their tasks."""
    return (
        sa.select(task.c.signaal_id)
        .join(task_event, task_event.c.taak_id == task.c.taak_id)
        .where(task_event.c.wat == daad)
        .group_by(task.c.signaal_id)
    )
