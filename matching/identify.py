"""Who the rows of a night are about: the fact views' way into ``matching.linking``.

``koppel_rij`` (whom sources name), ``koppel_persoon`` (whom the BRP knows) and ``koppel_paar`` (who is named at an
address, beside who lives there) go in; ``koppel_gevonden`` (what the comparisons say) and ``koppel_mogelijk``
(everybody who fits nearly as well) come out. Links are made anew each night with pinned weights; nothing is learned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from contracts.decision import Decision
from store.warehouse import Warehouse

if TYPE_CHECKING:
    from matching.linking.linker import Linked

_DECISION = {"volgnr": pl.Int64, "links_sleutel": pl.String, "rechts_sleutel": pl.String, "inhoud": pl.String,
             "zelfde": pl.Boolean}  # fmt: skip


@dataclass(frozen=True)
class Sides:
    """What is linked to what.

    Attributes:
        register: ``koppel_persoon``.
        rows: ``koppel_rij``; ``op_adres``: to be looked for among ``pairs``, others among everybody.
        pairs: ``id``, ``register_id``.
        apart: ``id``, ``register_id``: pairs of which a human said that they are two persons.
    """

    register: pl.DataFrame
    rows: pl.DataFrame
    pairs: pl.DataFrame
    apart: pl.DataFrame


def require_weights(version: str) -> None:
    """See that there are such weights, before a night does anything.

    Raises:
        ParameterError: there are not.
    """
    from matching.linking.weights import Weights  # noqa: PLC0415

    Weights.load(version)


def keep_decisions(warehouse: Warehouse, decisions: Sequence[Decision]) -> None:
    """Bring decisions into the warehouse connection as the temporary table ``besluit``."""
    warehouse.keep("besluit", pl.DataFrame([one.model_dump() for one in decisions], schema=_DECISION))


def read_sides(warehouse: Warehouse) -> Sides:
    """What the views say is to be linked."""
    return Sides(
        register=warehouse.read("select * from koppel_persoon order by id"),
        rows=warehouse.read("select * from koppel_rij order by id"),
        pairs=warehouse.read("select id, register_id from koppel_paar order by all"),
        apart=warehouse.read("select id, register_id from koppel_besluit where not zelfde order by all"),
    )


def identify(sides: Sides, version: str | None = None) -> "Linked":
    """Link each row to a register person, or to nobody.

    Args:
        sides: of ``read_sides``.
        version: of the weights; default this release's.

    Raises:
        ParameterError: there are no such weights.
    """
    # Most commands do not link.
    from matching.linking.linker import Linked, linked  # noqa: PLC0415
    from matching.linking.weights import PINNED, Weights  # noqa: PLC0415

    weights = Weights.load(version or PINNED)
    others = linked(sides.register, sides.rows.filter(~pl.col("op_adres")), weights, apart=sides.apart)
    named = linked(
        sides.register, sides.rows.filter("op_adres"), weights, pairs=sides.pairs, apart=sides.apart
    )  # fmt: skip
    return Linked(
        links=pl.concat([others.links, named.links]).sort("id"),
        near=pl.concat([others.near, named.near]).sort("id", "register_id"),
        waterfall=others.waterfall,
    )
