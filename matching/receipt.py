"""Makes the receipt of each finding: its rule's grounds on that night, and the rows of the sources behind it."""

from collections.abc import Collection, Iterable
from importlib.metadata import version
from typing import Any

import polars as pl

from contracts.finding import Finding
from contracts.receipt import Grounds, LawText, Receipt, SourceRows, fingerprint
from contracts.tables import TABLES
from matching.facts.dossier_facts import parameters_behind
from matching.rule import Reading, Rule
from matching.views import VIEWS, ViewParameters, view_sql
from store.warehouse import Warehouse


def make_receipts(
    warehouse: Warehouse,
    rules: Iterable[Rule],
    findings: Collection[Finding],
    parameters: ViewParameters,
    herziening_maanden: int,
) -> dict[str, Receipt]:
    """The receipts of findings of one night: signaal_id -> receipt.

    Args:
        warehouse: with the views of that night (``build_views``).
        rules: those that made the findings.
        findings: what they found, at one peildatum and stand.
        parameters: of the views.
        herziening_maanden: of their effects.
    """
    by_id = {rule.rule_id: rule for rule in rules}
    names = {finding.regel for finding in findings}
    grounds = {name: grounds_of(by_id[name], parameters, herziening_maanden) for name in names}
    rows = _rows_behind(warehouse, findings, parameters)
    programma = version("tijdig")
    return {
        finding.signaal_id: Receipt(
            signaal=finding,
            gronden=grounds[finding.regel],
            rijen=tuple(
                found
                for found in rows.get(finding.dossiernummer, ())
                if found.bron in by_id[finding.regel].every_source
            ),
            programma=programma,
        )
        for finding in findings
    }


def grounds_of(rule: Rule, parameters: ViewParameters, herziening_maanden: int) -> Grounds:
    """The texts of the law, dated values and settings that a rule decides by with these parameters."""
    columns = VIEWS[rule.view].columns()
    behind = sorted({name for column in rule.tests for name in parameters_behind(columns[column])})
    settings = {name: _setting(parameters, name) for name in behind if name not in parameters.waarden}
    if any(variant.effect for variant in rule.variants.values()):
        settings["herziening_maanden"] = herziening_maanden
    values = {(used.naam, used.geldig_van): used for name in behind for used in parameters.waarden.get(name, ())}
    return Grounds(
        grondslagen=tuple(map(LawText.of, rule.grondslagen)),
        waarden=tuple(values[key] for key in sorted(values)),
        instellingen=settings,
    )


def _setting(parameters: ViewParameters, name: str) -> int | str | tuple[str, ...]:
    """A setting as a receipt names it; addresses, and whom to call elsewhere, by a hash."""
    if name == "koppelgewichten":
        return _weights(parameters.koppelgewichten)
    value: Any = getattr(parameters, name)
    return fingerprint(value) if name in ("instellingen", "overdracht") else value


def _weights(version_or_file: str | None) -> str:
    from matching.linking.weights import PINNED, Weights  # noqa: PLC0415 - most commands do not link

    weights = Weights.load(version_or_file or PINNED)
    return f"{weights.versie} ({fingerprint(weights.model_dump_json())})"


def _rows_behind(
    warehouse: Warehouse, findings: Collection[Finding], parameters: ViewParameters
) -> dict[str, tuple[SourceRows, ...]]:
    dossiers = {finding.dossiernummer for finding in findings}
    stand = next((finding.stand for finding in findings), 0)
    return source_rows(warehouse, dossiers, Reading(parameters.peildatum, stand), parameters.sleutel)


def source_rows(
    warehouse: Warehouse, dossiers: Collection[str], reading: Reading, sleutel: str
) -> dict[str, tuple[SourceRows, ...]]:
    """Dossiernummer -> the rows that facts about it can rest on, by table.

    Args:
        warehouse: with the views of that reading.
        dossiers: which; one without a running uitkering has none.
        reading: what the views were made from.
        sleutel: the secret that rows are named with.
    """
    params = {"stand": reading.stand, "peildatum": reading.peildatum, "sleutel": sleutel, "dossiers": sorted(dossiers)}
    frame = warehouse.read(view_sql("bronrij"), params)
    tables = frame.group_by("dossiernummer", "tabel", maintain_order=True).agg(pl.col("rij"))
    found: dict[str, tuple[SourceRows, ...]] = {}
    for dossiernummer, tabel, rijen in tables.iter_rows():
        one_table = SourceRows(bron=TABLES[tabel].bron, tabel=tabel, rijen=tuple(rijen))
        found[dossiernummer] = (*found.get(dossiernummer, ()), one_table)
    return found
