"""Rows that name somebody without a burgerservicenummer that can be one: kept where they may be about who is kept.

Data minimisation goes by number. A row without one is linked to the persons in the warehouse as a night would, and
stays only when somebody whose rows are kept fits it best, or nearly as well. A stranger who is much like one of them
is kept with that: about one in a hundred and fifty.
"""

from collections.abc import Mapping

import polars as pl

from contracts.over_wie import OverWie
from contracts.tables import TableContract
from store.staging import Staging


def keep_named(staging: Staging, table: TableContract, params: Mapping[str, object], version: str | None) -> None:
    """Add rows without a usable number to the rows of ``table`` that are kept, by whom they name.

    Args:
        staging: after ``mark_kept`` for this table.
        table: the contract; only those whose rows say who they are about have such rows.
        params: as for ``mark_kept``.
        version: of the weights; None = this release's.
    """
    if not issubclass(table.schema, OverWie):
        return
    rows = staging.nameless(table)
    if rows.is_empty():
        return
    from matching.linking.linker import linked  # noqa: PLC0415 - it takes a second to load, and few files need it
    from matching.linking.weights import PINNED, Weights  # noqa: PLC0415

    register = staging.register(params)
    found = linked(register, rows.drop("rijen"), Weights.load(version or PINNED))
    wanted = register.filter("gezocht").select(register_id="id")
    about = found.near.join(wanted, on="register_id", how="semi")
    # A birth date that is known in part fits many: then a question is not enough.
    whole = pl.col("geboortedatum").str.contains(r"^\d{6}(0[1-9]|[12]\d|3[01])$")
    likely = found.links.filter(band="automatisch")["id"]
    fits = rows.filter(whole | pl.col("id").is_in(likely.implode())).join(about, on="id", how="semi")
    staging.also_keep(fits["rijen"].explode())
