"""The files of a night in ``uitvoer/<peildatum>/``: references, dates and codes; no BSN, name or address."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import sqlalchemy as sa

from advice.policy import Alarm, Beleid, policy_on
from advice.standing import Standing, alarm, waits
from contracts.desk import STEEKPROEF_ZIN, Steekproefsoort
from contracts.finding import REDEN_ZIN, Finding, Reden
from contracts.toets import VRAAG_ZIN, Toets
from flows.standing import standing_of
from store.casebook import Casebook
from store.disk import put
from worklist.known import toetsen_of

#: The folder of what only a restricted group may know.
RESTRICTED = "beperkt"


def write_outputs(folder: Path, casebook: Casebook, peildatum: date, rejected: pl.DataFrame) -> None:
    """Write ``signalen``, ``taken``, ``alarmen``, ``gesloten``, ``steekproef`` (``.jsonl``) and ``afkeur.csv``.

    Safe to repeat. What only a restricted group may know is in files of the same names in ``beperkt/``, which its owner
    alone can open. Those are there on every night, so that they say nothing by being there; in a sample it never is.
    """
    apart = folder / RESTRICTED
    folder.mkdir(parents=True, exist_ok=True)
    apart.mkdir(mode=0o700, exist_ok=True)
    beleid = policy_on(peildatum)
    alarms = [(one, line) for one in _old(casebook, peildatum, beleid) if (line := _alarm(one, peildatum, beleid))]
    for target in (folder, apart):
        _jsonl(target / "signalen.jsonl", map(_signaal, _of(casebook.findings_of(peildatum), target)))
        _jsonl(target / "taken.jsonl", _taken(casebook, list(_of(casebook.tasks_of(peildatum), target)), peildatum))
        _jsonl(target / "alarmen.jsonl", (line for one, line in alarms if one.finding.beperkt is _few(target)))
        _jsonl(target / "gesloten.jsonl", map(_gesloten, _of(casebook.closed_on(peildatum), target)))
    _jsonl(folder / "steekproef.jsonl", map(sample_line, _of(casebook.samples(peildatum), folder)))
    replace_file(folder / "afkeur.csv", rejected.write_csv(separator=";"))


def _of(rows: Iterable[sa.Row[Any]], folder: Path) -> Iterator[sa.Row[Any]]:
    """The rows that belong in this folder."""
    return (row for row in rows if row.beperkt is _few(folder))


def _few(folder: Path) -> bool:
    """Whether a folder is that of what few may know."""
    return folder.name == RESTRICTED


def _old(casebook: Casebook, peildatum: date, beleid: Beleid) -> list[Standing]:
    """The open findings that may have passed an alarm, the oldest first."""
    youngest = max((each.since(peildatum) for each in beleid.alarmen), default=date.min)
    known = [standing_of(row) for row in casebook.standing(known_by=youngest)]
    return sorted(known, key=lambda one: (one.sinds, one.finding.signaal_id))


def replace_file(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old text or the new one; a run makes it again where that is needed."""
    put(path, text, settled=False)


def _jsonl(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    replace_file(path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def _signaal(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "signaal_id": row.signaal_id,
        "regel": row.regel,
        "regelversie": row.regelversie,
        "dossiernummer": row.dossiernummer,
        "richting": row.richting,
        "feitdatum": _iso(row.feitdatum),
        "advies": row.advies,
        "reden": row.reden,
        "effect": _effect(row.inhoud.get("effect")),
        "bronnen": row.inhoud["bronnen"],
    }


def _effect(effect: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The range in cents; how it came about stands with the finding."""
    return None if effect is None else {name: effect[name] for name in ("laagste", "hoogste", "tot_herziening")}


def _alarm(one: Standing, peildatum: date, beleid: Beleid) -> dict[str, Any] | None:
    """A finding that passed an alarm; None = it did not, or nothing comes of it."""
    passed, found = alarm(one, peildatum, beleid), one.finding
    if passed is None:
        return None
    return {
        "alarm": passed.naam,
        "bekend_sinds": _iso(one.sinds),
        "signaal_id": found.signaal_id,
        "dossiernummer": found.dossiernummer,
        "consulent_id": found.consulent_id,
        "regel": found.regel,
        "richting": found.richting,
        "advies": one.advies,
        "wacht_op": waits(one, beleid),
        "uiterlijk": _iso(beleid.uiterlijk(found)),
    }


def _taken(casebook: Casebook, rows: Sequence[sa.Row[Any]], peildatum: date) -> Iterator[dict[str, Any]]:
    """Tasks, each with what is known for the three questions a consulent asks."""
    toetsen = toetsen_of(casebook, (Finding.model_validate(row.inhoud) for row in rows), peildatum)
    beleid = policy_on(peildatum)
    for row in rows:
        passed = beleid.alarm(row.bekend_sinds, peildatum)
        yield {**_taak(row, passed), "toets": _toets(toetsen[row.signaal_id])}


def _toets(toets: Toets) -> dict[str, Any]:
    """The questions with their facts, and which conversation guide goes with it; the answers are no part of it."""
    vragen = [
        {"vraag": VRAAG_ZIN[vraag], "feiten": [feit.model_dump(mode="json") for feit in feiten]}
        for vraag, feiten in toets.per_vraag()
    ]
    return {"op": _iso(toets.op), "vragen": vragen, "gids": toets.gids}


def _taak(row: sa.Row[Any], passed: Alarm | None) -> dict[str, Any]:
    return {
        "taak_id": row.taak_id,
        "signaal_id": row.signaal_id,
        "dossiernummer": row.dossiernummer,
        "consulent_id": row.consulent_id,
        "soort": row.soort,
        "spoed": row.spoed,
        "reden": row.reden,
        "regel": row.regel,
        "richting": row.richting,
        "feitdatum": _iso(row.feitdatum),
        "uiterlijk": _iso(row.uiterlijk),
        "bekend_sinds": _iso(row.bekend_sinds),
        "alarm": passed.naam if passed else None,
        "gezien": row.inhoud["gezien"],
        "vraag": row.inhoud["taak"],
        "toelichting": REDEN_ZIN[Reden(row.reden)] if row.reden else None,
        "status": row.status,
    }


def _gesloten(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "signaal_id": row.signaal_id,
        "regel": row.regel,
        "dossiernummer": row.dossiernummer,
        "gesloten_op": _iso(row.gesloten_op),
    }


def sample_line(row: sa.Row[Any]) -> dict[str, Any]:
    """What is looked at and why, as ``steekproef.jsonl`` has it."""
    return {
        "nummer": row.nummer,
        "nacht": row.nacht.isoformat(),
        "soort": row.soort,
        "dossiernummer": row.dossiernummer,
        "signaal_id": row.signaal_id,
        "regel": row.regel,
        "reden": row.reden,
        "vraag": STEEKPROEF_ZIN[Steekproefsoort(row.soort)],
        "toelichting": REDEN_ZIN[Reden(row.reden)] if row.reden else None,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
