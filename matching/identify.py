"""Who the rows of a night are about: the fact views' way into ``matching.linking``.

Makes ``koppel_gevonden`` (what the comparisons say) out of ``koppel_rij``, ``koppel_persoon`` and ``koppel_paar``, and
keeps what humans decided as ``besluit``. Links are made anew each night with pinned weights; nothing is learned.
"""

from collections.abc import Sequence

import polars as pl

from contracts.decision import Decision
from matching.linking.linker import SCHEMA, link
from matching.linking.weights import PINNED, Weights
from store.warehouse import Warehouse

_DECISION = {"volgnr": pl.Int64, "links_sleutel": pl.String, "rechts_sleutel": pl.String, "inhoud": pl.String,
             "zelfde": pl.Boolean}  # fmt: skip


def keep_decisions(warehouse: Warehouse, decisions: Sequence[Decision]) -> None:
    """Bring decisions into the warehouse connection as the temporary table ``besluit``."""
    warehouse.keep("besluit", pl.DataFrame([one.model_dump() for one in decisions], schema=_DECISION))


def identify(warehouse: Warehouse, version: str | None = None) -> None:
    """Make ``koppel_gevonden``: a row a ``koppel_rij`` with the columns of ``matching.linking.linker.SCHEMA``.

    Args:
        warehouse: with ``koppel_rij``, ``koppel_persoon``, ``koppel_paar`` and ``koppel_besluit``.
        version: of the weights; default this release's.

    Raises:
        ParameterError: there are no such weights.
    """
    weights = Weights.load(version or PINNED)
    rows = warehouse.read("select * from koppel_rij order by id")
    found = [pl.DataFrame(schema=SCHEMA)]
    if rows.height:
        register = warehouse.read("select * from koppel_persoon order by id")
        apart = warehouse.read("select id, register_id from koppel_besluit where not zelfde")
        housemates, others = rows.filter("op_adres"), rows.filter(~pl.col("op_adres"))
        if housemates.height:
            pairs = warehouse.read("select id, register_id from koppel_paar")
            found.append(link(register, housemates, weights, pairs=pairs, apart=apart))
        if others.height:
            found.append(link(register, others, weights, apart=apart))
    warehouse.keep("koppel_gevonden", pl.concat(found))
