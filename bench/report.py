"""The monthly evaluation over five years of a dienst of the size of the Drechtsteden: 8,000 uitkeringen.

    python -m bench.report [--uitkeringen 8000] [--jaren 5] [--per-uitkering 1.5] [--runs 3]

A made-up casebook: each uitkering has so many findings a year, with letters, tasks, answers, endings, bezwaren,
samples, complaints and signals from elsewhere. Timed is all that ``tijdig report`` does after Python has started:
counting, masking, the MKBA added up, page and files. The reference reads every row of findings and history once, in
SQL, in the same minutes: no report over them can take less.
"""

import argparse
import contextlib
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import sqlalchemy as sa

from bench.worklist import postgresql
from contracts.finding import EffectBereik, Finding, Reden, Richting, Route, Stap, Verdict
from contracts.outcome import Levensfase, Uitkomst, Waarom
from contracts.registers import BY_HAND, Eldersoort, Klachtonderwerp, Klachtuitkomst
from flows.evaluation.files import write
from flows.evaluation.make import evaluation
from flows.settings import Settings
from store.casebook import Casebook, tables
from store.casebook.evaluation import Month, Period

NOW = datetime(2026, 12, 31, 12, tzinfo=UTC)
LAST = date(2026, 12, 31)
GOAL_SECONDS = 60.0
#: Rule, direction, route, share of what is found, and the change per month in cents.
RULES = (
    ("R01", Richting.NADEEL, Route.NUDGE_THEN_TASK, 22, (-28_389, 0)),
    ("R02", Richting.VOORDEEL, Route.PROPOSAL, 12, (0, 28_389)),
    ("R08", Richting.VOORDEEL, Route.NUDGE_THEN_TASK, 5, (0, 9_500)),
    ("R14", Richting.NEUTRAAL, Route.NUDGE, 12, None),
    ("R17", Richting.NEUTRAAL, Route.HELP_TASK, 4, None),
    ("R18", Richting.NADEEL, Route.NUDGE_THEN_TASK, 20, (-64_000, -12_000)),
    ("R23", Richting.GEMENGD, Route.TASK, 4, (-141_946, 0)),
    ("R25", Richting.VOORDEEL, Route.NUDGE, 6, (10_000, 16_000)),
    ("R26", Richting.VOORDEEL, Route.PROPOSAL, 9, (4_000, 28_389)),
    ("R31", Richting.NEUTRAAL, Route.BACKLOG, 6, None),
)
ENDS = [*[Uitkomst.AANGEPAST] * 9, *[Uitkomst.GEEFT_ZELF_DOOR] * 6, *[Uitkomst.AL_BEKEND] * 2, *Uitkomst]
HELD_BACK = (Reden.AL_GEMELD, Reden.STUDEERT, Reden.MASSA_ADRES, Reden.RUST, Reden.IN_ONDERZOEK, Reden.AANTAL_BEKEND)
BATCH = 5_000


@dataclass(frozen=True)
class Size:
    """How large a dienst, and over how many years."""

    uitkeringen: int = 8_000
    jaren: int = 5
    per_uitkering: float = 1.5

    @property
    def first(self) -> date:
        """The first night."""
        return date(LAST.year - self.jaren + 1, 1, 1)

    @property
    def nights(self) -> int:
        """How many nights."""
        return (LAST - self.first).days + 1


class Filler:
    """The rows of a made-up casebook, written in pieces."""

    def __init__(self, con: sa.Connection, seed: int) -> None:
        self.con, self.chance = con, Random(seed)  # noqa: S311 - no secret
        self.rows: dict[str, list[dict[str, object]]] = {}

    def add(self, table: str, **row: object) -> None:
        """One row; written when there are enough."""
        self.rows.setdefault(table, []).append(row)

    def flush(self, *, least: int = 0) -> None:
        """Write what there is, in the order in which tables lean on each other."""
        if sum(map(len, self.rows.values())) <= least:
            return
        for table in tables.metadata.sorted_tables:
            if rows := self.rows.pop(table.name, None):
                self.con.execute(table.insert(), rows)

    def finding(self, number: int, size: Size) -> None:
        """One finding with all that becomes of it."""
        regel, richting, route, _, amounts = self.chance.choices(RULES, weights=[rule[3] for rule in RULES])[0]
        # Detection gets quicker over the years.
        seen = size.first + timedelta(days=self.chance.randrange(size.nights))
        delay = 45 - 7 * (seen.year - size.first.year)
        ahead = regel == "R25"
        happened = (
            seen + timedelta(days=60) if ahead else seen - timedelta(days=int(self.chance.expovariate(1 / delay)))
        )
        key, dossier = f"S-{regel}-{number:07}", f"D-{self.chance.randrange(size.uitkeringen):05}"
        version = "1" if seen.year < LAST.year else "2"
        found = _finding(key, regel, version, dossier, richting, route, happened, seen, amounts)
        held = self.chance.random() < 0.18
        advies = "geen_actie" if held else "nudge" if route in (Route.NUDGE, Route.NUDGE_THEN_TASK) else "taak"
        reden = self.chance.choice(HELD_BACK) if held else None
        self.add(
            "finding", signaal_id=key, regel=regel, regelversie=version, dossiernummer=dossier, richting=richting,
            feitdatum=happened, advies=advies, reden=reden, status=Levensfase.LOPEND, eerste_nacht=seen,
            laatste_nacht=seen, gesloten_op=None, heropend=0, beperkt=False, inhoud=found.model_dump(mode="json"),
        )  # fmt: skip
        self.moved(key, None, Levensfase.NIEUW, Waarom.GEVONDEN, seen)
        if advies == "nudge":
            self.letter(number, key, dossier, seen)
        if advies == "taak":
            self.add(
                "task", taak_id=f"T-{number:07}", signaal_id=key, soort="contact", dossiernummer=dossier, spoed=False,
                status="afgerond", nacht=seen, geheim=False, versie=1, regel=regel, richting=richting, beperkt=False,
            )  # fmt: skip
        self.life(key, regel, version, seen, held=held)

    def letter(self, number: int, key: str, dossier: str, seen: date) -> None:
        """A letter, most of them posted, some taken back."""
        status = self.chance.choices(("bevestigd", "ingetrokken", "mislukt"), (94, 4, 2))[0]
        self.add(
            "outbox", kenmerk=f"N-{number:07}", signaal_id=key, soort="brief", kanaal="printmap", vorm="brief",
            aan="inwoner", bericht="kostendeler_erbij", dossiernummer=dossier, status=status, nacht=seen, pogingen=1,
            bevestigd_op=seen + timedelta(days=1) if status == "bevestigd" else None,
        )  # fmt: skip
        self.add("told", kenmerk=f"N-{number:07}", signaal_id=key)

    def life(self, key: str, regel: str, version: str, seen: date, *, held: bool) -> None:
        """Contact, and an end by somebody or by itself; what is held back goes away in the end."""
        day, state = seen, Levensfase.NIEUW
        if not held and self.chance.random() < 0.55:
            day += timedelta(days=1 + int(self.chance.expovariate(1 / 9)))
            self.moved(key, state, Levensfase.BEANTWOORD, Waarom.CONTACT, day, door="C-01")
            state = Levensfase.BEANTWOORD
        day += timedelta(days=1 + int(self.chance.expovariate(1 / 14)))
        if not held and self.chance.random() < 0.7:
            end = self.chance.choice(ENDS)
            self.moved(key, state, Levensfase.AFGESLOTEN, Waarom.AFGEROND, day, door="C-01", uitkomst=end)
            state = Levensfase.AFGESLOTEN
        if self.chance.random() < 0.9:
            self.moved(key, state, Levensfase.VERVALLEN, Waarom.WEG, day + timedelta(days=3))
        if self.chance.random() < 0.004:
            self.add(
                "objection", signaal_id=key, regel=regel, regelversie=version, datum=day, door="J-1", moment=NOW,
                uitkomst=self.chance.choice(("gegrond", "ongegrond", "ongegrond")),
            )  # fmt: skip

    def moved(self, key: str, van: str | None, naar: str, why: str, day: date, **more: object) -> None:
        """A line of the history."""
        empty = dict.fromkeys(("feitdatum", "door", "moment", "uitkomst", "tot"))
        self.add(
            "history", **{**empty, "signaal_id": key, "van": van, "naar": naar, "waarom": why, "nacht": day, **more}
        )

    def night(self, day: date, number: int) -> None:
        """A night, its samples, and now and then something written down by hand."""
        self.add("night", peildatum=day, bijgewerkt_op=NOW, tellingen={})
        for soort in ("onderdrukt", "zonder_signaal"):
            number += 1
            self.add(
                "sample",
                nummer=number,
                nacht=day,
                soort=soort,
                dossiernummer=f"X-{number}",
                signaal_id=None,
                reden=None,
            )
            if self.chance.random() < 0.9:
                seen = self.chance.choices(("terecht", "gemist", "niet_te_zeggen"), (93, 2, 5))[0]
                self.add("sample_outcome", nummer=number, uitkomst=seen, door="C-01", moment=NOW, toelichting=None)
        hand = {"ontvangen_op": day, "toelichting": None, "door": "C-01", "moment": NOW, "afgehandeld_op": day}
        hand |= {"afgehandeld_door": "C-01", "afgehandeld_moment": NOW}
        if self.chance.random() < 0.5:
            self.add(
                "elsewhere", herkomst=self.chance.choice(BY_HAND), soort=self.chance.choice(list(Eldersoort)),
                uitkomst=self.chance.choice(ENDS), dossiernummer=None, **hand,
            )  # fmt: skip
        if self.chance.random() < 0.06:
            subject, end = self.chance.choice(list(Klachtonderwerp)), self.chance.choice(list(Klachtuitkomst))
            self.add("complaint", onderwerp=subject, uitkomst=end, **hand)


def _finding(  # noqa: PLR0913, PLR0917 - all that differs
    key: str, regel: str, version: str, dossier: str, richting: Richting, route: Route, happened: date, seen: date,
    amounts: tuple[int, int] | None,
) -> Finding:  # fmt: skip
    """A finding as large as a real one: with the suppressors it was tested for and the steps of its amount."""
    steps = tuple(
        Stap(wat=f"Stap {step} van de norm", uitkomst="€ 1.419,46", artikel="Participatiewet art. 22a")
        for step in range(6)
    )
    effect = None
    if amounts is not None:
        low, high = amounts
        effect = EffectBereik(laagste=low, hoogste=high, tot_herziening=(12 * low, 12 * high), stappen=steps)
    tested = tuple(Verdict(naam=reden, code="O02", reden=reden, geldt=False) for reden in list(Reden)[:16])
    return Finding(
        signaal_id=key, regel=regel, regelversie=version, dossiernummer=dossier, consulent_id="C-01", richting=richting,
        route=route, bericht="kostendeler_erbij" if route in (Route.NUDGE, Route.NUDGE_THEN_TASK) else None,
        feitdatum=happened, gezien="Er staat iemand extra op het adres ingeschreven.", taak="Kijk wie er woont.",
        feiten={f"kolom_{number}": number for number in range(12)}, onderdrukkers=tested, effect=effect,
        bronnen=("brp-1", "uitkeringsgegevens-1"), peildatum=seen, stand=1,
    )  # fmt: skip


def fill(casebook: Casebook, size: Size) -> int:
    """Write the casebook; returns how many findings it has."""
    count = round(size.uitkeringen * size.jaren * size.per_uitkering)
    with casebook._writing() as con:  # noqa: SLF001 - faster than night by night
        made = Filler(con, 2026)
        for number in range(size.nights):
            made.night(size.first + timedelta(days=number), 2 * number)
        for number in range(count):
            made.finding(number, size)
            made.flush(least=BATCH)
        made.flush()
    return count


@contextlib.contextmanager
def sqlite() -> Iterator[str]:
    """A file that goes afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/casebook.sqlite"


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def read_all(casebook: Casebook) -> None:
    """Each finding with its JSON and each line of the history, read once by the database."""
    for table, column in ((tables.finding, tables.finding.c.inhoud), (tables.history, tables.history.c.waarom)):
        query = sa.select(sa.func.max(sa.func.length(sa.cast(column, sa.Text)))).select_from(table)
        casebook._all(query)  # noqa: SLF001


def middle(times: list[float]) -> float:
    """The median."""
    return sorted(times)[len(times) // 2]


def report(casebook: Casebook, period: Period) -> None:
    """All that is made of a period."""
    with tempfile.TemporaryDirectory() as folder:
        write(evaluation(casebook, Settings(), period, NOW), Path(folder))


def show(name: str, casebook: Casebook, size: Size, runs: int) -> None:
    """Measure and print a line for one month, and one for all years."""
    last, first = Month.of(LAST), Month.of(size.first)
    for what, period in (("one month", Period(last, last)), (f"{size.jaren} years", Period(first, last))):
        took = middle([seconds(partial(report, casebook, period)) for _ in range(runs)])
        reference = middle([seconds(partial(read_all, casebook)) for _ in range(runs)])
        missed = "" if took <= GOAL_SECONDS else ", missed"
        print(f"| {name} | {what} | {reference:.2f} | {took:.1f}{missed} |", flush=True)


def main() -> None:
    """Fill a casebook in each database, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--uitkeringen", type=int, default=Size.uitkeringen)
    parser.add_argument("--jaren", type=int, default=Size.jaren)
    parser.add_argument("--per-uitkering", type=float, default=Size.per_uitkering)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="make the casebook here, and measure nothing")
    chosen = parser.parse_args()
    size = Size(chosen.uitkeringen, chosen.jaren, chosen.per_uitkering)
    if chosen.keep:
        with Casebook.at(chosen.keep) as casebook:
            fill(casebook, size)
        return
    print(f"| database | period | every row read once (s) | report (s, goal {GOAL_SECONDS:.0f}) |")
    print("| --- | --- | ---: | ---: |")
    for name, place in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        with place() as url, Casebook(url) as casebook:
            count = fill(casebook, size)
            show(f"{name}, {count:,} findings", casebook, size, chosen.runs)
    print(f"\nPeak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


if __name__ == "__main__":
    main()
