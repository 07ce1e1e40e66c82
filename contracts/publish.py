"""Writes the contracts out for people who make or judge a delivery: standards to load, and deliveries to copy."""

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

import polars as pl

from contracts.delivery import DeliveryKind, Manifest, describe_file, write_manifest
from contracts.examples import examples
from contracts.publish_json_schema import json_schema
from contracts.publish_odcs import odcs
from contracts.publish_odcs_columns import SUFFIX
from contracts.tables import Bron, TableContract, tables_in_order, tables_of

#: The day the example deliveries are about, and when they were handed over: fixed, so that they are always the same.
PEILDATUM: Final = date(2026, 11, 3)
GELEVERD_OP: Final = datetime(2026, 11, 3, 2, 0, tzinfo=timezone(timedelta(hours=1)))
VOORBEELDEN: Final = "voorbeelden"


def export(folder: Path) -> list[Path]:
    """Write every contract and an example delivery of every source into ``folder``; the same files each time.

    ``<table>.odcs.yaml`` is the Open Data Contract Standard, ``<table>.schema.json`` JSON Schema of one row, and
    ``voorbeelden/<bron>/`` a full delivery that ``tijdig check`` accepts. Files that are there already are replaced.

    Args:
        folder: where to; made where it does not exist.

    Returns:
        Every file that was written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(folder / name, text) for table in tables_in_order() for name, text in _published(table)]
    for bron in Bron:
        written += write_example(folder / VOORBEELDEN / bron, bron)
    return written


def write_example(folder: Path, bron: Bron) -> list[Path]:
    """Write the example rows of ``bron`` as a full delivery: a CSV file for each table, then ``levering.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = tables_of(bron)
    files = [_write(folder / f"{table.name}.csv", example_csv(table)) for table in tables]
    described = [
        describe_file(table.name, path, len(examples(table))) for table, path in zip(tables, files, strict=True)
    ]
    manifest = Manifest(
        bron=bron,
        peildatum=PEILDATUM,
        geleverd_op=GELEVERD_OP,
        soort=DeliveryKind.VOLLEDIG,
        bestanden=tuple(described),
    )
    return [*files, write_manifest(folder, manifest)]


def example_csv(table: TableContract) -> str:
    """The example rows of ``table`` as the text of a CSV file: ``;`` between, nothing where a value is empty."""
    frame = pl.DataFrame(examples(table), schema=dict.fromkeys(table.delivered, pl.String))
    return frame.write_csv(separator=";")


def _published(table: TableContract) -> list[tuple[str, str]]:
    schema = json.dumps(json_schema(table), indent=2, ensure_ascii=False)
    return [(f"{table.name}{SUFFIX}", odcs(table).to_yaml()), (f"{table.name}.schema.json", f"{schema}\n")]


def _write(path: Path, text: str) -> Path:
    """Put a whole file in its place at once: who reads along sees the old one or the new one."""
    new = path.with_name(f"{path.name}.nieuw")
    new.write_text(text, encoding="utf-8", newline="\n")
    new.replace(path)
    return path
