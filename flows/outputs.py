"""The files of a night in ``uitvoer/<peildatum>/``: references, dates and codes; no BSN, name or address."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import sqlalchemy as sa

from contracts.finding import REDEN_ZIN, Reden
from store.casebook import Casebook

#: The folder of what only a restricted group may know.
RESTRICTED = "beperkt"


def write_outputs(folder: Path, casebook: Casebook, peildatum: date, rejected: pl.DataFrame) -> None:
    """Write ``signalen.jsonl``, ``taken.jsonl``, ``gesloten.jsonl`` and ``afkeur.csv``; safe to repeat.

    What only a restricted group may know is in files of the same names in ``beperkt/``, which its owner alone can open.
    Those are there on every night, so that they say nothing by being there.
    """
    apart = folder / RESTRICTED
    folder.mkdir(parents=True, exist_ok=True)
    apart.mkdir(mode=0o700, exist_ok=True)
    for target in (folder, apart):
        _jsonl(target / "signalen.jsonl", map(_signaal, _of(casebook.findings_of(peildatum), target)))
        _jsonl(target / "taken.jsonl", map(_taak, _of(casebook.tasks_of(peildatum), target)))
        _jsonl(target / "gesloten.jsonl", map(_gesloten, _of(casebook.closed_on(peildatum), target)))
    replace_file(folder / "afkeur.csv", rejected.write_csv(separator=";"))


def _of(rows: Iterable[sa.Row[Any]], folder: Path) -> Iterator[sa.Row[Any]]:
    """The rows that belong in this folder."""
    return (row for row in rows if row.beperkt is (folder.name == RESTRICTED))


def replace_file(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old text or the new one, never half of either."""
    beside = path.with_name(path.name + ".nieuw")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)  # noqa: PTH105


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


def _taak(row: sa.Row[Any]) -> dict[str, Any]:
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


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
