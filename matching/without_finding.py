"""Households with a running uitkering in which nothing is found, for the desk sample: chosen in the database."""

from collections.abc import Collection
from datetime import date

from store.warehouse import Warehouse

# The rank of each dossier is that of ``advice.sample``. Also who is not found in the BRP can be missed.
_READ = """
select dossiernummer
from (
    select distinct dossiernummer from uitkering_op($stand::int, $peildatum::date)
    where loopt(datum_aanvang_uitkering, datum_einde_uitkering, $peildatum::date)
)
where dossiernummer not in (select unnest($anders::text[]))
order by sha256($voor || dossiernummer), dossiernummer
limit $aantal
"""


def choose_without_finding(
    warehouse: Warehouse, peildatum: date, size: int, before: str, others: Collection[str]
) -> list[str]:
    """The dossiers that are looked at, in the order of ``sha256(before || dossiernummer)``.

    Args:
        warehouse: as it is on this night.
        peildatum: the night.
        size: how many at most.
        before: what stands before a dossiernummer when it is hashed.
        others: dossiers that are left out: something was found there, or they were looked at not long ago.
    """
    params = {
        "stand": warehouse.stand(), "peildatum": peildatum, "anders": sorted(others), "voor": before, "aantal": size,
    }  # fmt: skip
    return list(warehouse.read(_READ, params)["dossiernummer"])
