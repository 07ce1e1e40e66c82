"""What is known of the households of a night's findings, for advice: read for those few dossiers."""

from collections.abc import Collection

from store.warehouse import Warehouse

_READ = """
select dossiernummer, gedetineerd, kind_elders, wil_gebeld, hulp_bij_lezen, wil_email, mobiel,
    vertegenwoordiger_bereikbaar
from omstandigheid where dossiernummer in (select unnest($dossiers::text[]))
"""


def read_households(warehouse: Warehouse, dossiers: Collection[str]) -> dict[str, dict[str, bool | None]]:
    """Dossiernummer -> what the view ``omstandigheid`` says of it; one without a running uitkering is left out."""
    rows = warehouse.read(_READ, {"dossiers": sorted(dossiers)}).iter_rows(named=True)
    return {row.pop("dossiernummer"): row for row in rows}
