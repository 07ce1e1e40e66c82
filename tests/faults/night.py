"""A whole night without Prefect, and everything that came of it, to lay beside a night in which nothing went wrong.

A test of a fault gives two work folders the same: same deliveries, same secrets. In one nothing happens; the other meets
its fault, is run again when that is over, and must come to the same.
"""

import re
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from contracts.errors import TijdigError
from contracts.logregel import Logregel
from flows import mailroom
from flows.alone import one_night
from flows.bewaking.alerts import Loop
from flows.bewaking.watch import watched
from flows.casebook import kept_casebook
from flows.logboek import logboek_of
from flows.settings import Workplace
from flows.steps import open_warehouse
from flows.summary import Night
from store import snapshot
from store.casebook.tables import metadata
from store.destroy import all_tables
from store.faults import told_plainly
from tests.world import DAY, town

NEXT = DAY + timedelta(days=1)
#: When something was done, how long it took, and how much this very run added: of two nights that differs.
MOMENTS = {
    "moment", "bijgewerkt_op", "laatste_poging", "besloten_op", "gemaakt_op", "stappen", "bijgekomen",
}  # fmt: skip
#: Numbers of PostgreSQL: one that was given out in a transaction that broke is given out to nobody else.
SKIPPED = {"volgnr", "nummer"}
#: What a run leaves beside a file that it is about to put in its place.
HALF = (".nieuw", ".leeg", ".oud", ".deel", "tijdelijk", ".wal", ".duckdb.tmp")


def first_day():
    """Somebody came to live with client 1, and client 7 has two letters to come; client 8 a task."""
    world = town().person(2, house=1, datum_aanvang_adreshouding="20261020")
    for house in (7, 8):
        world.uitkering(house, house=house).person(house, house=house)
        world.person(100 + house, house=house, datum_aanvang_adreshouding="20261020")
    return world.preference(8, geheimhouding="1")


def second_day():
    """The housemate of client 1 is gone again, so that a finding closes and a letter is taken back."""
    world = first_day()
    gone = world.rows["brp_persoon"][-5]
    return world.without("brp_persoon", "anummer", gone["anummer"])


def plainly(function):
    """What a task of the flow does, without Prefect around it."""
    return function


def night(work, day, as_step=plainly):
    """One night, step by step as ``nightly`` does.

    Args:
        work: the work folder.
        day: the day to judge by.
        as_step: around each step, where Prefect has its task.
    """
    # Prefect reads its settings when it is imported: not before a test that needs its own set them.
    from flows import nightly

    def step(task):
        return as_step(task.__wrapped__)

    with told_plainly(), one_night(work.folder), watched(work, Loop.NACHT, day) as watch:
        sources = step(nightly.take_in)(work, day)
        found = step(nightly.find)(work, day)
        result = step(nightly.decide)(work, day, found, unusable=sources.unusable)
        step(nightly.sample)(work, day)
        delivered = mailroom.deliver(work, day, usable=sources.may_print, as_step=as_step)
        step(nightly.cards)(work, day, usable=sources.may_print)
        summary = step(nightly.report)(work, Night(day, sources, found, result, [], delivered))
        step(nightly.clear)(work, day)
        watch.ended((), {})
    return summary


def deliver(work, world, day):
    """The deliveries of a day, and the secrets that make its ids the same in every folder."""
    secrets = work.folder / "gegevens"
    secrets.mkdir(parents=True, exist_ok=True)
    for name in ("sleutel", "logboek_sleutel"):
        (secrets / name).write_text(f"{name:a<40}"[:40])
    world.write_all(work.leveringen, day)
    return work


def undisturbed(folder, world, day=DAY):
    """What comes of a night in which nothing goes wrong."""
    work = deliver(Workplace(folder), world, day)
    night(work, day)
    return outcome(work)


def copy_of(work, folder):
    """The same work folder elsewhere."""
    shutil.copytree(work.folder, folder)
    return Workplace(folder)


def outcome(work):
    """Everything a night leaves, without the moments at which it was done; and nothing half.

    Returns:
        Rows of casebook and warehouse, the bytes of every file in ``uitvoer/`` but the page, and what is left of the
        deliveries.
    """
    nothing_is_half(work)
    return {"casebook": record(work), "warehouse": held(work), "uitvoer": files(work), "leveringen": left(work)}


def told_to_people(outcome):
    """Of an outcome what inwoner and consulent see: findings with their state, tasks, letters and the print folders.

    For a night that ended well without one of its sources: that is another night than one with it.
    """
    findings = [
        {key: row[key] for key in ("signaal_id", "status", "advies", "reden")} for row in outcome["casebook"]["finding"]
    ]
    return {
        "finding": findings, "casebook": {name: outcome["casebook"][name] for name in ("task", "outbox", "told")},
        "berichten": {name: data for name, data in outcome["uitvoer"].items() if "/berichten/" in name},
    }  # fmt: skip


def record(work):
    """Every row of the casebook, without the moments; its audit log is whole."""
    with kept_casebook(work) as casebook, closing(casebook._engine.connect()) as con:
        assert casebook.verify().breuk is None
        return {name: sorted(map(_timeless, con.execute(sa.select(table)).mappings()), key=repr) for name, table in metadata.tables.items()}  # fmt: skip


def _timeless(row):
    told = {key: value for key, value in row.items() if key not in MOMENTS | SKIPPED}
    # The counts of a night know when they were made, and by how many seconds.
    return {key: _timeless(value) if isinstance(value, dict) else value for key, value in told.items()}


def held(work):
    """Every row of the warehouse, without the moment at which a delivery was read."""
    with open_warehouse(work, read_only=True) as warehouse:
        return {
            name: sorted(warehouse.read(f"from {name}").drop("ingelezen_op", strict=False).rows(), key=repr)
            for name in all_tables(warehouse.con)
        }


def files(work):
    """Name -> bytes of every file in ``uitvoer/``, the letters among them; the page says how long things took."""
    found = {str(path.relative_to(work.folder)): path for path in work.folder.glob("uitvoer/**/*") if path.is_file()}
    return {name: _unnumbered(path.read_bytes()) for name, path in found.items() if path.suffix != ".html"}


def _unnumbered(data: bytes) -> bytes:
    return re.sub(rb'"nummer": \d+', b'"nummer": 0', data)


def left(work):
    """What still lies in ``leveringen/``."""
    return sorted(str(path.relative_to(work.folder)) for path in work.leveringen.rglob("*") if path.is_file())


def nothing_is_half(work):
    """No file that was to take the place of another, no lock, a log of whole lines, and a snapshot to rebuild from."""
    # In the log of processings a killed run may leave half of a file: nobody reads it, and it goes with its day.
    half = [
        path.name for path in work.folder.rglob("*") if path.name.endswith(HALF) and work.logboek not in path.parents
    ]
    assert not half, half
    with one_night(work.folder):
        pass
    for line in logboek_of(work).lines():
        Logregel.model_validate_json(line)
    assert snapshot.verified(_only(work.snapshots))


def _only(folder: Path):
    (one,) = folder.iterdir()
    return one


def differences(one, other, path=""):
    """Where two outcomes differ, by the names on the way there."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from differences(one.get(key), other.get(key), f"{path} {key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{path} {number}")
    elif one != other:
        yield path.strip()


def same(one, other):
    """Hold two outcomes against each other."""
    found = list(differences(one, other))
    assert not found, found


def told(error: TijdigError) -> tuple[str, str]:
    """What a beheerder reads: each of the three is there, and nobody is in it."""
    assert error.what
    assert error.where
    assert error.todo
    assert error.exit_code == 2
    return error.what, error.where
