"""The demo: make Voorbeeldstad, run its nights, and hold what was found against the answer key."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from contracts.dutch import calendar_date, number
from contracts.errors import TijdigError
from flows import present
from flows.casebook import open_casebook
from flows.demo.accounts import TEAMS, make_accounts
from flows.demo.generate import PEILDATUM, generate, nights_of
from flows.demo.key import read_key
from flows.progress import shown_on, step
from flows.report.model import NightReport
from flows.settings import SETTINGS_FILE, Workplace

RunNight = Callable[[Workplace, date], NightReport]

#: Settings of a work folder with made-up people: with real ones nothing would be kept.
_SETTINGS = """\
# Instellingen van deze werkmap. Wat hier niet staat, heeft een standaardwaarde.
# De inwoners van Voorbeeldstad zijn verzonnen.

# Van deze bronnen wordt een levering verwacht. Is er een te oud of niet volledig, dan gaat er geen brief uit
# die erop steunt.
verwachte_bronnen = ["uitkeringsgegevens", "brp", "ib", "duo"]

# Zoveel dagen blijven de bestanden van een levering staan nadat een nacht ze heeft ingenomen. Zo kunt u erin
# kijken, en `tijdig check` erop proberen. De standaardwaarde is 0: dan zijn ze aan het eind van de nacht weg.
leveringen_bewaren_dagen = 30

# Geen grens aan brieven en taken per nacht: zo laat het voorbeeld alles zien. Standaard zijn het er 250 en 10 per
# consulent; wat er meer is, wacht op volgorde van de wettelijke termijn.
brieven_per_nacht = 0
taken_per_consulent_per_nacht = 0

# Adressen van instellingen; zonder huisnummer is het de hele postcode.
instellingen = [{postcode = "1241AA"}]

# Welke consulenten in welk team werken.
[teams]
{teams}
"""


@dataclass(frozen=True)
class Score:
    """How a night did against the answer key, over (regel, dossiernummer, advies, reden)."""

    gepland: int
    gevonden: int
    goed: int

    @property
    def recall(self) -> float:
        """Share of the planted findings that were found as planted."""
        return self.goed / self.gepland if self.gepland else 1.0

    @property
    def precision(self) -> float:
        """Share of what was found that the key holds."""
        return self.goed / self.gevonden if self.gevonden else 1.0


@dataclass(frozen=True)
class Size:
    """Which demo gemeente: the same size gives the same gemeente."""

    inwoners: int = 120_000
    huishoudens: int = 6_300
    zaad: int = 2026
    dagen: int = 2


def run_demo(work: Workplace, console: Console, run_night: RunNight, size: Size) -> list[Score]:
    """Make the demo gemeente, run its nights in ``work``, and return how each did against the answer key.

    Raises:
        TijdigError: the work folder holds a demo of another size, or other people's deliveries.
    """
    _make(work, console, size)
    _settle(work)
    key = read_key(work.leveringen / "antwoordsleutel.csv")
    nights = nights_of(PEILDATUM, size.dagen)
    scores: list[tuple[str, Score]] = []
    for name, peildatum in nights.items():
        if _is_past(work, peildatum):
            console.print(f"De nacht van {calendar_date(peildatum)} is al gedraaid.", highlight=False)
        else:
            present.night(console, run_night(work, peildatum), work.uitvoer(peildatum))
        scores.append((name, score(key.filter(pl.col("dag") == name), work.uitvoer(peildatum))))
    _show_scores(console, scores)
    _next_steps(console, work, max(nights.values()))
    _open_worklist(console, work)
    return [result for _, result in scores]


def _is_past(work: Workplace, peildatum: date) -> bool:
    """Whether a later night was recorded: the casebook only goes forward."""
    with open_casebook(work) as casebook:
        last = casebook.last_night()
    return last is not None and peildatum < last


def _make(work: Workplace, console: Console, size: Size) -> None:
    marker = work.leveringen / "voorbeeldstad.json"
    wanted = asdict(size)
    if marker.is_file() and json.loads(marker.read_text(encoding="utf-8")) == wanted:
        console.print("Voorbeeldstad staat er al.")
        return
    if work.leveringen.is_dir() and any(work.leveringen.iterdir()):
        raise TijdigError(
            "This work folder already holds other deliveries.", where=work.leveringen,
            todo="Choose an empty folder with --map, or remove leveringen/, gegevens/ and uitvoer/ (make clean).",
        )  # fmt: skip
    title = (
        f"Voorbeeldstad maken: {number(size.inwoners)} inwoners, {number(size.huishoudens)} huishoudens met bijstand"
    )
    with shown_on(console), step(title):
        generate(
            work.leveringen,
            inwoners=size.inwoners,
            huishoudens=size.huishoudens,
            seed=size.zaad,
            peildatum=PEILDATUM,
            dagen=size.dagen,
        )
        marker.write_text(json.dumps(wanted), encoding="utf-8")


def _settle(work: Workplace) -> None:
    """Write the settings of the demo; those that are there already stay as they are."""
    path = work.folder / SETTINGS_FILE
    if not path.exists():
        teams = "\n".join(f"{team} = {json.dumps(members)}" for team, members in TEAMS.items())
        path.write_text(_SETTINGS.replace("{teams}", teams), encoding="utf-8")


def score(expected: pl.DataFrame, folder: Path) -> Score:
    """Compare what a night newly found and closed with the rows of the answer key for it; each counts once."""
    planted = Counter(
        (row["regel"], row["dossiernummer"], row["advies"], row["reden"] or None)
        for row in expected.iter_rows(named=True)
    )
    found = Counter(
        (line["regel"], line["dossiernummer"], line["advies"], line["reden"])
        for line in (*_everywhere(folder, "signalen.jsonl"), *map(_closed, _everywhere(folder, "gesloten.jsonl")))
    )
    return Score(planted.total(), found.total(), (planted & found).total())


def _everywhere(folder: Path, name: str) -> Iterator[dict[str, str | None]]:
    """Also what only a restricted group may know: in the demo everybody is made up."""
    return (line for path in sorted(folder.rglob(name)) for line in _lines(path))


def _lines(path: Path) -> list[dict[str, str | None]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _closed(line: dict[str, str | None]) -> dict[str, str | None]:
    """A finding that closed, as the answer key writes it."""
    return line | {"advies": "gesloten", "reden": None}


def _show_scores(console: Console, scores: list[tuple[str, Score]]) -> None:
    table = Table("nacht", title="Vergeleken met de antwoordsleutel", title_justify="left", title_style="bold")
    for name in ("gepland", "gevonden", "recall", "precisie"):
        table.add_column(name, justify="right")
    for name, result in scores:
        table.add_row(
            name, str(result.gepland), str(result.gevonden), f"{result.recall:.3f}", f"{result.precision:.3f}"
        )
    console.print(table)


def _open_worklist(console: Console, work: Workplace) -> None:
    """Make the accounts of the demo, and tell how to open the worklist."""
    if work.settings.productie or work.settings.werklijst.oidc is not None:
        return
    with open_casebook(work) as casebook:
        casebook.set_teams(work.settings.teams)
        password = make_accounts(casebook)
    console.print(
        f"\nWerklijst:   tijdig worklist --map {work.folder}\n"
        "             en dan http://localhost:8080 in de browser\n"
        "Inloggen:    c-01 (tot en met c-40), teamleider-noord, jurist, handhaver, beheerder of beperkt\n"
        f"Wachtwoord:  {password}",
        highlight=False, soft_wrap=True,
    )  # fmt: skip


def _next_steps(console: Console, work: Workplace, last: date) -> None:
    folder = work.uitvoer(last)
    lines = _lines(folder / "signalen.jsonl")
    example = lines[0]["signaal_id"] if lines else "SIGNAAL-ID"
    console.print(
        f"\nBrieven:     {folder / 'berichten'}\nTaken:       {folder / 'taken.jsonl'}\n"
        f"Uitleg:      tijdig explain {example} --map {work.folder}",
        highlight=False, soft_wrap=True,
    )  # fmt: skip
