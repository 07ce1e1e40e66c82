"""Who a letter goes to: read for the few dossiers of a night, at the moment their letters are made."""

from collections.abc import Collection
from datetime import date

from contracts.notice import Recipient
from matching.views import view_sql
from store.warehouse import Warehouse


def read_recipients(warehouse: Warehouse, dossiers: Collection[str], peildatum: date) -> dict[str, Recipient]:
    """Dossiernummer -> the belanghebbende's name and BRP address; a dossier that can't be found is left out."""
    params = {"stand": warehouse.stand(), "peildatum": peildatum, "dossiers": sorted(dossiers)}
    rows = warehouse.read(view_sql("ontvanger"), params).iter_rows(named=True)
    return {row.pop("dossiernummer"): Recipient.model_validate(row) for row in rows}
