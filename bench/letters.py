"""Letters a second and peak memory, beside a bare Typst loop over the same content; and the language gate by itself.

    python -m bench.letters [--letters 10000] [--runs 3]

Both sides use every core and run in a process of their own, one after the other. The reference lays out the same
content by the same template and throws the PDF away. Tijdig composes each letter from facts and register names, holds
it against the language gate, lays it out, looks at it as a printer will, writes it to disk and waits until it is there,
puts the folder in place and notes all of it in the casebook. What counts is the ratio.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Row

from bench.country import Measured
from contracts.finding import Finding, Nudge, Richting, Route
from contracts.notice import House, Notice, Recipient
from contracts.tables import Bron
from flows.demo.name_lists import SURNAMES
from flows.post import Writer, letters
from notifications.channels.print_folder import publish
from notifications.language import judge_notice
from notifications.letter import render
from store.casebook import Casebook

GOAL, GATE_MS = 0.70, 3.0
NIGHT = date(2026, 11, 3)
#: The messages, and the rule of each.
_MESSAGES = (
    ("kostendeler_erbij", "R01"), ("medebewoner_wordt_27", "R03"), ("kind_wordt_18", "R07"), ("kind_erbij", "R08"),
    ("verhuisd_binnen_gebied", "R14"), ("werk_begonnen", "R18"),
)  # fmt: skip


def people(count: int) -> dict[str, Recipient]:
    """Made-up recipients, the same each time, by dossiernummer."""
    surnames = [word for text in SURNAMES.values() for word in text.split() if word.isalpha() and word[0].isupper()]
    chance = Random(2026)  # noqa: S311 - no secret
    return {
        f"D-{number:06}": Recipient(
            voornamen=chance.choice(("Johanna Maria", "Mohammed", "Kees", "Sjoerd Albert", "Fatima")),
            voorvoegsel=chance.choice((None, None, "van", "van der", "de")),
            geslachtsnaam=chance.choice(surnames), geslachtsaanduiding=chance.choice(("M", "V", "O")),
            aanduiding_naamgebruik="E", straatnaam=chance.choice(("Lindelaan", "Dorpsstraat", "Van Goghstraat")),
            huisnummer=str(chance.randrange(1, 400)), postcode=f"{chance.randrange(1000, 9999)}AB",
            woonplaats="Voorbeeldstad",
        )
        for number in range(count)
    }  # fmt: skip


def finding(number: int) -> Finding:
    """One finding of one dossier; the days differ, as they do on a night."""
    bericht, regel = _MESSAGES[number % len(_MESSAGES)]
    return Finding(
        signaal_id=f"S-{regel}-{number:06}", regel=regel, regelversie="1", dossiernummer=f"D-{number:06}",
        consulent_id="C-01", richting=Richting.NADEEL, route=Route.NUDGE_THEN_TASK, bericht=bericht,
        feitdatum=NIGHT - timedelta(days=number % 90), gezien="", taak="", feiten={}, onderdrukkers=(),
        bronnen=("brp-1",), peildatum=NIGHT, stand=1,
    )  # fmt: skip


def prepared(casebook: Casebook, count: int) -> tuple[Writer, list[Row[Any]]]:
    """A night that was recorded with so many letters, and what is needed to write them."""
    found = [finding(number) for number in range(count)]
    casebook.record(NIGHT, found, {f.signaal_id: Nudge(bericht=str(f.bericht), brief=f.signaal_id) for f in found})
    rows = casebook.letters_of(NIGHT)
    received = dict.fromkeys(Bron, NIGHT - timedelta(days=1))
    told = casebook.tells_of([row.kenmerk for row in rows])
    return Writer(House(), people(count), {}, received, told, casebook.sent()), rows


def notices(writer: Writer, rows: list[Row[Any]]) -> Iterator[Notice]:
    """The content of each letter."""
    return (writer.notice(row) for row in rows)


def product(count: int) -> dict[str, float]:
    """Tijdig: from recorded rows to a published folder that the casebook knows of."""
    with tempfile.TemporaryDirectory() as folder, Casebook.at(Path(folder) / "casebook.sqlite") as casebook:
        writer, rows = prepared(casebook, count)
        started = time.perf_counter()
        offered = publish(Path(folder) / "berichten", letters(writer, casebook, rows))
        casebook.offered(offered, datetime.now(UTC))
        took = time.perf_counter() - started
        assert len(offered) == count, "a letter was handed to a human: the bench is about letters"
    return {"seconds": took}


def reference(count: int) -> dict[str, float]:
    """A bare loop: the same content by the same template, on as many threads."""
    with tempfile.TemporaryDirectory() as folder, Casebook.at(Path(folder) / "casebook.sqlite") as casebook:
        writer, rows = prepared(casebook, count)
        content = list(notices(writer, rows))
    started = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(lambda notice: len(render(notice, writer.house)), content):
            pass
    return {"seconds": time.perf_counter() - started}


def gate(count: int) -> dict[str, float]:
    """The language gate by itself, on one core: milliseconds a letter."""
    with tempfile.TemporaryDirectory() as folder, Casebook.at(Path(folder) / "casebook.sqlite") as casebook:
        writer, rows = prepared(casebook, count)
        content = list(notices(writer, rows))
    times = []
    for notice in content:
        started = time.perf_counter()
        judge_notice(notice, writer.house)
        times.append((time.perf_counter() - started) * 1e3)
    times.sort()
    return {"mean": statistics.mean(times), "p99": times[len(times) * 99 // 100], "slowest": times[-1]}


def measured(what: str, count: int) -> Measured:
    """One side in a process of its own.

    Raises:
        SystemExit: it failed.
    """
    started = time.perf_counter()
    command = [sys.executable, "-m", "bench.letters", "--only", what, "--letters", str(count)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{what} failed with status {status}")
    seconds = time.perf_counter() - started
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 2**20, json.loads(printed))


def main() -> None:
    """Run the sides in turn and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=("product", "reference", "gate"))
    chosen = parser.parse_args()
    if chosen.only:
        print(json.dumps({"product": product, "reference": reference, "gate": gate}[chosen.only](chosen.letters)))
        return
    print("| letters | bare Typst (a second) | Tijdig (a second) | share (>= 0.7) | peak bare, Tijdig (GiB) |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for _ in range(chosen.runs):
        bare, ours = measured("reference", chosen.letters), measured("product", chosen.letters)
        rates = [chosen.letters / side.said["seconds"] for side in (bare, ours)]
        share = rates[1] / rates[0]
        missed = "" if share >= GOAL else ", missed"
        print(
            f"| {chosen.letters:,} | {rates[0]:.0f} | {rates[1]:.0f} | **{share:.2f}{missed}** "
            f"| {bare.peak:.2f}, {ours.peak:.2f} |"
        )
    said = measured("gate", chosen.letters).said
    print(
        f"\nLanguage gate (goal under {GATE_MS:g} ms a letter): mean {said['mean']:.2f} ms, "
        f"99 of 100 under {said['p99']:.2f} ms, slowest {said['slowest']:.1f} ms (the first reads the lists)."
    )


if __name__ == "__main__":
    main()
