"""Casebooks with rows by chance, written straight into the tables: for counting, at any size."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from contracts.desk import Bevinding, Steekproefsoort
from contracts.finding import Richting, Route
from contracts.outcome import Levensfase, Uitkomst, Waarom
from contracts.work import Bezwaar
from store.casebook import Casebook, tables

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
RULES = ("R01", "R14", "R18", "R20", "R23", "R24", "R26", "R29", "R99")
REASONS = ("rust", "massa_adres", "al_gemeld", "studeert")


@dataclass
class Rows:
    """The rows of each table, as they are written."""

    finding: list[dict] = field(default_factory=list)
    history: list[dict] = field(default_factory=list)
    task: list[dict] = field(default_factory=list)
    outbox: list[dict] = field(default_factory=list)
    told: list[dict] = field(default_factory=list)
    objection: list[dict] = field(default_factory=list)
    sample: list[dict] = field(default_factory=list)
    sample_outcome: list[dict] = field(default_factory=list)
    night: list[dict] = field(default_factory=list)

    def write(self, casebook: Casebook) -> None:
        with casebook._writing() as con:
            for name, rows in vars(self).items():
                for start in range(0, len(rows), 5_000):
                    con.execute(getattr(tables, name).insert(), rows[start : start + 5_000])


def rows_by_chance(seed: int, count: int, first: date, days: int, dossiers: int) -> Rows:
    """So many findings over so many days, with whatever can become of one."""
    made, chance = Rows(), Random(seed)
    made.night += [{"peildatum": first + timedelta(days=d), "bijgewerkt_op": NOW, "tellingen": {}} for d in range(days)]
    for number in range(count):
        _finding(made, chance, number, first, days, f"D-{chance.randrange(dossiers)}")
    for nummer, night in enumerate(made.night):
        _sample(made, chance, nummer + 1, night["peildatum"])
    return made


def effect(chance: Random) -> dict | None:
    low = chance.choice((-28_389, -14_194, -10_000, 0, 10_000, 30_000))
    high = chance.choice((low, 0, 5_000, 30_000))
    low, high = sorted((low, high))
    months = chance.choice((12, 12, 12, 3))
    return chance.choice(
        (None, *[{"laagste": low, "hoogste": high, "tot_herziening": [low * months, high * months]}] * 4)
    )


def _finding(made: Rows, chance: Random, number: int, first: date, days: int, dossier: str) -> None:
    key, seen = f"S-{number:07}", first + timedelta(days=chance.randrange(days))
    happened = chance.choice(
        (None, *[seen - timedelta(days=chance.choice((-40, 0, 1, 3, 10, 59, 60, 61, 95, 400)))] * 5)
    )
    advice = chance.choice(("nudge", "taak", "geen_actie"))
    row = {
        "signaal_id": key, "regel": chance.choice(RULES), "regelversie": chance.choice("12"), "dossiernummer": dossier,
        "richting": chance.choice(list(Richting)).value, "feitdatum": happened, "advies": advice,
        "reden": chance.choice(REASONS) if advice == "geen_actie" else None, "status": "nieuw", "eerste_nacht": seen,
        "laatste_nacht": seen, "gesloten_op": None, "heropend": 0, "beperkt": number % 11 == 0,
        "inhoud": {"effect": effect(chance), "route": chance.choice(list(Route)).value},
    }  # fmt: skip
    made.finding.append(row)
    made.history.append(_move(key, None, Levensfase.NIEUW, Waarom.GEVONDEN, seen))
    if advice == "taak":
        made.task.append({
            "taak_id": f"T-{key}", "signaal_id": key, "soort": "contact", "dossiernummer": dossier, "spoed": False,
            "status": "open", "nacht": seen, "geheim": False, "versie": 1, "regel": row["regel"], "beperkt": False,
            "richting": row["richting"],
        })  # fmt: skip
    if advice == "nudge":
        _notice(made, chance, number, key, dossier, seen)
    _life(made, chance, key, seen)
    if chance.random() < 0.1:
        made.objection.append({
            "signaal_id": key, "regel": row["regel"], "regelversie": row["regelversie"], "door": "J", "moment": NOW,
            "uitkomst": chance.choice(list(Bezwaar)).value, "datum": seen + timedelta(days=chance.randrange(60)),
        })  # fmt: skip


def _notice(made: Rows, chance: Random, number: int, key: str, dossier: str, seen: date) -> None:
    status = chance.choice(
        ("bevestigd", "bevestigd", "bezig", "onbekend", "klaar", "mislukt", "ingetrokken", "niet_ingetrokken")
    )
    night = seen + timedelta(days=chance.choice((0, 0, 3, 31)))
    made.outbox.append({
        "kenmerk": f"N-{number:07}", "signaal_id": key, "soort": chance.choice(("brief", "herinnering")), "kanaal": "printmap",
        "vorm": "brief", "aan": "inwoner", "bericht": "b", "dossiernummer": dossier, "status": status, "nacht": night,
        "pogingen": 1, "bevestigd_op": night + timedelta(days=1) if status == "bevestigd" else None,
    })  # fmt: skip
    made.told.append({"kenmerk": f"N-{number:07}", "signaal_id": key})


def _life(made: Rows, chance: Random, key: str, seen: date) -> None:
    """Up to four moves after the first; any order can happen."""
    state, day = Levensfase.NIEUW, seen
    for _ in range(chance.randrange(5)):
        day += timedelta(days=chance.choice((0, 1, 5, 30)))
        why = chance.choice((Waarom.NOG_STEEDS, Waarom.CONTACT, Waarom.AFGEROND, Waarom.WEG, Waarom.TERUG))
        to = {
            Waarom.NOG_STEEDS: Levensfase.LOPEND, Waarom.CONTACT: Levensfase.BEANTWOORD,
            Waarom.AFGEROND: Levensfase.AFGESLOTEN, Waarom.WEG: Levensfase.VERVALLEN, Waarom.TERUG: Levensfase.HEROPEND,
        }[why]  # fmt: skip
        said = chance.choice(list(Uitkomst)).value if why is Waarom.AFGEROND else None
        made.history.append(_move(key, state, to, why, day, said))
        state = to


def _move(key: str, van: str | None, naar: str, why: str, day: date, uitkomst: str | None = None) -> dict:
    empty = dict.fromkeys(("feitdatum", "moment", "tot"))
    door = "C-01" if uitkomst or why == Waarom.CONTACT else None
    return empty | {
        "signaal_id": key, "van": van, "naar": naar, "waarom": why, "nacht": day, "door": door, "uitkomst": uitkomst,
    }  # fmt: skip


def _sample(made: Rows, chance: Random, nummer: int, night: date) -> None:
    made.sample.append({
        "nummer": nummer, "nacht": night, "soort": chance.choice(list(Steekproefsoort)).value, "dossiernummer": f"D-{nummer}",
        "signaal_id": None, "reden": None,
    })  # fmt: skip
    if chance.random() < 0.8:
        made.sample_outcome.append({
            "nummer": nummer, "uitkomst": chance.choice(list(Bevinding)).value, "door": "C-01", "moment": NOW,
            "toelichting": None,
        })  # fmt: skip


def by_key(rows: Iterable[dict], key: str) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found
