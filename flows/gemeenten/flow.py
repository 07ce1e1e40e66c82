"""The nights of several gemeenten as one Prefect flow: each is the flow ``nightly`` in a process of a Dask worker.

What goes over the wire is a name, folders and a day there, and counts or an error back. Rows stay where they are.
"""

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import dask
import distributed
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture, as_completed
from prefect_dask.task_runners import DaskTaskRunner

from contracts.errors import SettingsError, TijdigError
from flows.bewaking.alerts import Loop, of_error
from flows.bewaking.artifacts import show_gemeenten
from flows.bewaking.watch import said, tell
from flows.gemeenten import overview
from flows.gemeenten.outcome import SomeFailedError, Stand, Uitslag
from flows.gemeenten.separate import require_separate
from flows.gemeenten.settings import Member, Together, together
from flows.memory import sharing
from flows.nightly import ZONE, nightly
from flows.prefect_here import keep_private
from flows.progress import show
from flows.report.model import NightReport
from flows.secret import secrets_in
from flows.steps import find_deliveries

#: Of what a worker may use DuckDB gets this part; the rest is for Python, polars and the letters.
_DUCKDB_SHARE: Final = 0.6
#: A night that its worker did not survive is run again on another one, this many times.
_AGAIN: Final = 3
_CONNECT_SECONDS: Final = 15
_MEBIBYTE: Final = 2**20
#: Dask by itself stops a worker that uses too much, and the night with it; DuckDB has its own limit and goes to disk.
_CONFIG: Final[dict[str, Any]] = {
    "distributed.scheduler.allowed-failures": _AGAIN,
    "distributed.worker.memory.terminate": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.target": False,
}


@task(name="nacht", task_run_name="nacht-{naam}", persist_result=False, cache_policy=NO_CACHE)
def night_of(bestand: Path, naam: str, peildatum: date) -> Uitslag:
    """The night of one gemeente, in whatever process this runs: with its own secrets, and its share of the memory."""
    keep_private()
    (member,) = together(bestand).chosen((naam,))
    started = perf_counter()
    try:
        _require_folder(member)
        member.require_codes()
    except SettingsError as error:
        _tell_own(member, peildatum, error)
        return Uitslag.failed(naam, error, str(member.work.folder))
    named = nightly.with_options(flow_run_name=f"nightly-{naam}")
    with secrets_in(member.geheimen), sharing(_share()):
        state: State[NightReport] = named(werkmap=member.work.folder, peildatum=peildatum, return_state=True)
    found = state.result(raise_on_failure=False)
    seconds = round(perf_counter() - started, 2)
    if isinstance(found, BaseException):
        return Uitslag.failed(naam, found, str(member.work.folder), seconden=seconds)
    return Uitslag.of(naam, found, seconden=seconds, geheugen_mib=peak_memory() // _MEBIBYTE)


def _tell_own(member: Member, peildatum: date, error: SettingsError) -> None:
    """Tell the beheerder of a gemeente why its night did not begin, where its settings say how."""
    found = of_error(Loop.NACHT, peildatum, error)
    with suppress(SettingsError), said(), secrets_in(member.geheimen):
        if found and member.work.folder.is_dir() and member.work.settings:
            tell(member.work, Loop.NACHT, [found])


def _require_folder(member: Member) -> None:
    if not member.work.folder.is_dir():
        raise SettingsError(
            "This gemeente has no work folder.", where=member.work.folder,
            todo="Make it with its tijdig.toml, or mend `map` in gemeenten.toml.",
        )  # fmt: skip


def _share() -> int | None:
    """What DuckDB may use in this worker; None outside of one, or where its cluster sets no limit."""
    try:
        limit = distributed.get_worker().memory_manager.memory_limit
    except ValueError:
        return None
    return int(limit * _DUCKDB_SHARE) if limit else None


def peak_memory() -> int:
    """The most bytes this process had in memory; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - not on every system

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


@flow(name="nachten", log_prints=False, persist_result=False)
def nachten(bestand: Path, namen: tuple[str, ...], peildatum: date) -> list[Uitslag]:
    """The nights of these gemeenten, in this order, as many at the same time as there are workers."""
    futures = {naam: night_of.submit(bestand, naam, peildatum) for naam in namen}
    names = {future: naam for naam, future in futures.items()}
    done: dict[str, Uitslag] = {}
    show(_progress(done, namen))
    for future in as_completed(list(futures.values())):
        naam = names[future]
        done[naam] = _outcome(naam, future, bestand)
        show(_progress(done, namen))
    return [done[naam] for naam in namen]


def _outcome(naam: str, future: PrefectFuture[Uitslag], bestand: Path) -> Uitslag:
    """What a worker said; of one that disappeared again and again, that."""
    came: object
    try:
        came = future.result(raise_on_failure=False)
    except (distributed.KilledWorker, distributed.client.FutureCancelledError):
        came = TijdigError(
            "The process of this night disappeared, and so did the ones after it.", where=naam,
            todo="See whether the machine has memory enough; set a lower `geheugen`, or fewer workers.",
        )  # fmt: skip
    if isinstance(came, Uitslag):
        return came
    assert isinstance(came, BaseException)  # a task ends with its result, or with what was raised
    return Uitslag.failed(naam, came, str(together(bestand).chosen((naam,))[0].work.folder))


def _progress(done: dict[str, Uitslag], namen: Sequence[str]) -> str:
    failed = sum(one.fout is not None for one in done.values())
    return f"Gemeenten: {len(done)} van {len(namen)} klaar" + (f", {failed} niet gelukt" if failed else "") + " ..."


@flow(name="gemeenten", log_prints=False, persist_result=False)
def gemeenten(
    bestand: Path = Path("gemeenten.toml"),
    peildatum: date | None = None,
    alleen: tuple[str, ...] = (),
    workers: int | None = None,
    cluster: str | None = None,
) -> list[Uitslag]:
    """The same night for each gemeente of a file; one that fails stops no other. The overview of the day says of each.

    Args:
        bestand: ``gemeenten.toml``, or the folder it is in.
        peildatum: the day to judge by; default today in Amsterdam.
        alleen: only these; default all.
        workers: so many nights at the same time; default what the file says.
        cluster: the scheduler of a Dask cluster that is there already, as ``tcp://host:8786``.

    Raises:
        SettingsError: the file does not fit, gemeenten are not strictly apart, or the cluster is not there.
        SomeFailedError: all that could be done is done, and some have no night.
    """
    keep_private()
    file = together(bestand.resolve())
    chosen = file.chosen(alleen)
    require_separate(file.members)
    day = peildatum or datetime.now(ZONE).date()
    namen = tuple(member.naam for member in in_turn(chosen, day))
    with dask.config.set(_CONFIG):
        runner = _existing(cluster) if cluster else _local(file, min(workers or file.settings.workers, len(chosen)))
        # Its type has no parameter, as Prefect asks.
        named = nachten.with_options(task_runner=runner)  # type: ignore[arg-type]
        outcomes = named(file.file, namen, day)
    show_gemeenten(overview.rows_of(outcomes), day)
    page = overview.write(outcomes, overview.page_in(file.overviews, day).parent, day)
    if any(one.stand is Stand.MISLUKT for one in outcomes):
        raise SomeFailedError(outcomes, page)
    return outcomes


def in_turn(members: Iterable[Member], day: date) -> list[Member]:
    """The order of a run: who still has to wait for a delivery goes last, for that takes a worker; the largest first.

    A large one that begins late is what a whole run waits for at its end.
    """
    return sorted(members, key=lambda member: (_waits(member, day), -_size(member), member.naam))


def _waits(member: Member, day: date) -> bool:
    """Whether the night of a gemeente would begin with waiting, by the days in the manifests that are there."""
    try:
        settings = member.work.settings
    except SettingsError:
        return False
    if settings.nacht.until is None or day != datetime.now(ZONE).date():
        return False
    first = day - timedelta(days=settings.nacht.hoogstens_dagen_oud)
    there = {
        delivery.manifest.bron for delivery in find_deliveries(member.work, day)[0]
        if delivery.manifest.peildatum >= first
    }  # fmt: skip
    return not there.issuperset(settings.nacht.wacht_op or settings.verwachte_bronnen)


def _size(member: Member) -> int:
    """How much work a gemeente is, roughly, in bytes."""
    work = member.work
    files = [work.warehouse, *work.leveringen.rglob("*")]
    size = 0
    for path in files:
        # What can't be looked at, or is taken away meanwhile, is for its own night to say.
        with suppress(OSError):
            size += path.stat().st_size if path.is_file() else 0
    return size


def _local(file: Together, workers: int) -> DaskTaskRunner:
    """Processes of this machine, each with its share of the memory and one night at a time."""
    together_may = file.settings.geheugen or distributed.system.MEMORY_LIMIT
    limit = dask.utils.parse_bytes(together_may) // workers
    return DaskTaskRunner(
        cluster_class=distributed.LocalCluster,
        cluster_kwargs={
            "n_workers": workers, "threads_per_worker": 1, "processes": True, "memory_limit": limit,
            "dashboard_address": None, "silence_logs": "CRITICAL",
        },
    )  # fmt: skip


def _existing(address: str) -> DaskTaskRunner:
    """A cluster that is there: looked at first, for a night needs a worker of one thread."""
    try:
        with distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            threads = [worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values()]
    except (OSError, ValueError):
        raise SettingsError(
            "There is no Dask cluster here.", where=address, todo="Give the address of its scheduler: tcp://host:8786."
        ) from None
    if not threads or any(count != 1 for count in threads):
        raise SettingsError(
            f"This cluster has {len(threads)} workers; each needs one thread.", where=address,
            todo="Start them with `dask worker --nthreads 1`: a worker runs one night at a time.",
        )  # fmt: skip
    return DaskTaskRunner(address=address)
