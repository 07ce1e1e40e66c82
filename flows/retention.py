"""Retention: what is past its term is destroyed, in register, casebook, files and logs; how much is written down.

The order: the casebook first, as what it keeps decides what of the register is needed; then the register, which gets a
new file; then files; then the casebook again, written anew so that no byte of what went is left. Killed anywhere, the
next run goes on.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from prefect import flow

from contracts.retention import Soort, retention_on
from contracts.verwerkingen import Activiteit
from flows.alone import one_keeper
from flows.bewaking.alerts import Loop
from flows.bewaking.hooks import on_crashed, on_failure
from flows.bewaking.watch import watched
from flows.casebook import has_casebook, open_casebook
from flows.logboek import in_dossiers, processing
from flows.old_files import Arrived, arrived, count_files, old_files, remove
from flows.outputs import replace_file
from flows.prefect_here import keep_private
from flows.present import today
from flows.settings import Workplace
from flows.steps import open_warehouse
from flows.task import night_task
from store import destroy, snapshot
from store.casebook import Casebook
from store.casebook.retention import Run, Running
from store.destroy import Needed

#: So many seconds it waits for a backup that is being made.
_PATIENCE: Final = 3_600.0
#: The destruction log, without personal data.
LOG: Final = "vernietiging.jsonl"
Counts = dict[tuple[Soort, str], int]


@dataclass(frozen=True)
class Place:
    """A work folder on a day, with its terms."""

    work: Workplace
    run: Run
    came: Arrived = arrived

    @classmethod
    def on(cls, work: Workplace, day: date, now: datetime, came: Arrived = arrived) -> "Place":
        """The same, by the policy of that day."""
        return cls(work, Run(retention_on(day), day, now), came)

    def needed(self, casebook: Casebook) -> Needed:
        """What of the register is still needed, once the casebook has done with what is past its term there."""
        run = self.run
        over = casebook.findings_over(run.before(Soort.SIGNAAL), running(self))
        return Needed(
            casebook.kept_dossiers(over), run.before(Soort.REGISTER), run.before(Soort.REGISTER_GESCHIEDENIS)
        )  # fmt: skip


def planned(place: Place) -> Counts:
    """How many of each kind are past their term; nothing is changed."""
    found: Counts = {}
    with open_casebook(place.work) as casebook:
        if place.work.warehouse.exists():
            needed = place.needed(casebook)
            with open_warehouse(place.work) as warehouse:
                found |= destroy.due(warehouse, needed)
        found |= casebook.due(place.run, running(place))
        for soort, paths in _files(place, casebook).items():
            found[soort, "bestanden"] = count_files(paths)
    return found


def running(place: Place) -> Running:
    """What the register says of whom may not go yet."""
    if not place.work.warehouse.exists():
        return Running()
    with open_casebook(place.work) as casebook:
        asked = casebook.requests_in_force()
    with open_warehouse(place.work) as warehouse:
        objects = warehouse.read(
            "select dossiernummer from uitkering where tot is null and peil_tot is null and lopend_bezwaar = '1'"
        )
        known = warehouse.read(_KNOWN, {
            "sleutel": place.work.sleutel, "dossiers": [one.dossiernummer for one in asked if one.dossiernummer],
            "sleutels": [one.persoon_sleutel for one in asked if one.persoon_sleutel],
        })  # fmt: skip
    names = frozenset(known.to_series())
    held = (one.verzoek_id for one in asked if {one.dossiernummer, one.persoon_sleutel} & names)
    return Running(frozenset(objects.to_series()), frozenset(held))


#: Which of some dossiers and person keys the register still holds.
_KNOWN: Final = (
    "select dossiernummer as naam from uitkering where list_contains($dossiers, dossiernummer) union "
    "select substr(sha256($sleutel || '|' || anummer), 1, 16) as naam from brp_persoon "
    "where list_contains($sleutels, naam)"
)


def clear_casebook(place: Place) -> None:
    """Destroy what is past its term in the casebook."""
    known = running(place)
    with open_casebook(place.work) as casebook:
        over = casebook.findings_over(place.run.before(Soort.SIGNAAL), known)
        with processing(place.work, Activiteit.VERNIETIGING, "signalen vernietigen") as step:
            step.about(in_dossiers(sorted(casebook.dossiers_of_findings(over))))
            casebook.destroy(place.run, known)
        casebook.forget_cards()


def clear_register(place: Place) -> None:
    """Give the register a new file without what is not needed, and a snapshot that holds no more than that."""
    path = place.work.warehouse
    destroy.discard(destroy.beside(path))
    if not path.exists() and snapshot.newest(place.work.snapshots) is None:
        return
    _clear_rows(place, path)
    # Also where nothing was due: a run that was killed here left the snapshot of before.
    with open_warehouse(place.work) as warehouse:
        snapshot.keep(warehouse, place.work.snapshots, datetime.now(UTC))


def _clear_rows(place: Place, path: Path) -> None:
    with open_casebook(place.work) as casebook:
        needed = place.needed(casebook)
        with open_warehouse(place.work) as warehouse:
            due = destroy.due(warehouse, needed)
            if not due:
                return
            with processing(place.work, Activiteit.VERNIETIGING, "registerrijen vernietigen") as step:
                step.about_all(warehouse, destroy.leaving(warehouse, place.work.sleutel))
                destroy.rebuild(warehouse, needed)
            begun = [casebook.begin_destruction(*key, count, place.run) for key, count in due.items()]
            warehouse.con.execute("checkpoint")
            # While the old one is held, so that nobody writes to it.
            destroy.replace(path)
        for volgnr in begun:
            casebook.destroyed_elsewhere(volgnr)


def clear_files(place: Place) -> None:
    """Remove files that are past their term."""
    with open_casebook(place.work) as casebook:
        for soort, paths in _files(place, casebook).items():
            volgnr = casebook.begin_destruction(soort, "bestanden", count_files(paths), place.run)
            for path in paths:
                remove(path)
            casebook.destroyed_elsewhere(volgnr)


def settle(place: Place) -> None:
    """Write the casebook anew, and the destruction log beside it.

    Raises:
        CasebookError: somebody has the casebook open, so old bytes may be left.
    """
    with open_casebook(place.work) as casebook:
        casebook.all_destroyed()
        lines = [
            {
                "moment": row.moment.isoformat(), "soort": row.soort, "wat": row.wat, "aantal": row.aantal,
                "van_voor": row.van_voor.isoformat(), "beleid": row.beleid, "stand": row.stand,
            }
            for row in casebook.destructions()
        ]  # fmt: skip
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        replace_file(place.work.folder / "gegevens" / LOG, text)
        casebook.scrub()


def _files(place: Place, casebook: Casebook) -> Mapping[Soort, list[Path]]:
    nights = casebook.nights_with_open_letters()
    return old_files(place.work, place.run.beleid, place.run.today, nights, place.came)


@flow(
    name="retention", log_prints=False, persist_result=False, validate_parameters=True, timeout_seconds=4 * 3600,
    on_failure=[on_failure], on_crashed=[on_crashed],
)  # fmt: skip
def retention(werkmap: Path = Path(), dag: date | None = None) -> dict[str, int]:
    """Destroy what is past its term in one work folder.

    Args:
        werkmap: the work folder.
        dag: the day to judge by; default today in Amsterdam.

    Returns:
        How many rows and files of each kind went.

    Raises:
        TijdigError: register or casebook is in use; what was done stays done.
    """
    keep_private()
    work = Workplace(werkmap)
    if not has_casebook(work):
        return {}
    day = dag or today()
    with watched(work, Loop.BEWAARTERMIJN, day) as watch:
        with one_keeper(work.folder, _PATIENCE):
            gone = run_retention(Place.on(work, day, datetime.now(UTC)), as_step=True)
        watch.ended((), gone)
    return gone


def run_retention(place: Place, *, as_step: bool = False) -> dict[str, int]:
    """The same, as plain functions or as steps of a flow."""
    with open_casebook(place.work) as casebook:
        before = {row.volgnr for row in casebook.destructions()}
    steps = (clear_casebook, clear_register, clear_files, clear_casebook, settle)
    for step in steps:
        (night_task(step) if as_step else step)(place)
    with open_casebook(place.work) as casebook:
        new = [row for row in casebook.destructions() if row.volgnr not in before]
    return added_up((row.soort, row.aantal) for row in new)


def by_kind(counts: Counts) -> dict[str, int]:
    """How many of each kind."""
    return added_up((soort, count) for (soort, _), count in counts.items())


def added_up(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The counts of each name, added up."""
    found: dict[str, int] = {}
    for name, count in pairs:
        found[name] = found.get(name, 0) + count
    return found
