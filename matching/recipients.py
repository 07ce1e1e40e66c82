"""Who a letter goes to: read for the few dossiers of a night, at the moment their letters are made."""

from collections.abc import Collection
from datetime import date
from typing import Any

from contracts.notice import Recipient, Representative
from matching.views import view_sql
from store.warehouse import Warehouse


def read_recipients(warehouse: Warehouse, dossiers: Collection[str], peildatum: date) -> dict[str, Recipient]:
    """Dossiernummer -> the belanghebbende's name and BRP address; a dossier that can't be found is left out."""
    found = _read(warehouse, "ontvanger", dossiers, peildatum)
    return {dossiernummer: Recipient.model_validate(row) for dossiernummer, row in found.items()}


def read_representatives(warehouse: Warehouse, dossiers: Collection[str], peildatum: date) -> dict[str, Representative]:
    """Dossiernummer -> who acts for the belanghebbende; one for whom nobody acts now is left out."""
    found = _read(warehouse, "vertegenwoordiger", dossiers, peildatum)
    return {dossiernummer: Representative.model_validate(row) for dossiernummer, row in found.items()}


def _read(warehouse: Warehouse, view: str, dossiers: Collection[str], peildatum: date) -> dict[str, dict[str, Any]]:
    if not dossiers:
        return {}
    params = {"stand": warehouse.stand(), "peildatum": peildatum, "dossiers": sorted(dossiers)}
    rows = warehouse.read(view_sql(view), params).iter_rows(named=True)
    return {row.pop("dossiernummer"): row for row in rows}
