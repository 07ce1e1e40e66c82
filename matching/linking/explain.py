"""Why a row is linked to a register person or not: level by level, as data. No value of a person is in it."""

from dataclasses import dataclass

import polars as pl

from contracts.errors import TijdigError
from matching.linking.candidates import candidates, given
from matching.linking.compare import compare
from matching.linking.decide import GUARDS
from matching.linking.levels import COMPARISONS
from matching.linking.linker import link
from matching.linking.standard import standardise
from matching.linking.weights import Weights
from store.scratch import scratch


@dataclass(frozen=True)
class Line:
    """One comparison of a pair: its level and what that weighs, in millibits; ``onbekend`` where a side is empty."""

    vergelijking: str
    niveau: str
    gewicht: int


@dataclass(frozen=True)
class Explanation:
    """A pair, and what became of the row.

    Attributes:
        start: what any pair starts with, in millibits.
        lines: one a comparison.
        total: start and lines together.
        best_id: the register person that fits the row best, by the comparisons.
        rival: the weight of the best other candidate of the row; None where there is none.
        band: what became of the row, as ``link`` says it.
        linked_id: the person it was linked to, or is asked about; None in band geen.
        guard: why a heavy best candidate is not linked automatically, a Dutch sentence; empty where nothing spoke.
    """

    start: int
    lines: tuple[Line, ...]
    total: int
    best_id: int
    rival: int | None
    band: str
    linked_id: int | None
    guard: str


def explain(  # noqa: PLR0913 - a pair, where it comes from and how it is weighed
    register: pl.DataFrame,
    rows: pl.DataFrame,
    row: int,
    person: int,
    weights: Weights,
    *,
    memory: str = "2GB",
    pairs: pl.DataFrame | None = None,
) -> Explanation:
    """Why ``row`` of ``rows`` is linked to ``person`` of ``register`` or not.

    ``pairs`` are whom each row can be, where that is known; see ``link``.

    Raises:
        TijdigError: there is no such row or person.
    """
    known, asked = standardise(register), standardise(rows)
    one, other = asked.filter(id=row), known.filter(id=person)
    for found, name in ((one, "row"), (other, "register person")):
        if found.is_empty():
            raise TijdigError(f"There is no such {name}.", where="linking explain", todo="Name a number that exists.")
    weighed = weights.weigh(compare(known, one, _pairs(known, one, person, pairs, memory)), known.height)
    pair = weighed.filter(register_id=person).row(0, named=True)
    others = weighed.filter(pl.col("register_id") != person)["gewicht"]
    best = weighed.sort(["gewicht", "register_id"], descending=[True, False]).row(0, named=True)
    outcome = link(register, rows.filter(id=row), weights, memory=memory, pairs=pairs).row(0, named=True)
    return Explanation(
        start=weights.start(known.height), lines=_lines(pair), total=pair["gewicht"], best_id=best["register_id"],
        rival=max(others.to_list(), default=None), band=outcome["band"], linked_id=outcome["register_id"],
        guard=GUARDS.get(outcome["wacht"] or "", ""),
    )  # fmt: skip


def _pairs(
    known: pl.DataFrame, one: pl.DataFrame, person: int, pairs: pl.DataFrame | None, memory: str
) -> pl.DataFrame:
    """The row's candidates, and the person asked about also where no pass found it."""
    if pairs is None:
        with scratch(memory=memory) as con:
            found = candidates(con, known, one).pairs
    else:
        found = given(pairs, one).pairs
    asked = pl.DataFrame({"id": one["id"], "register_id": [person], "ronde": [None]}, schema=found.schema)
    return pl.concat([found, asked]).unique(["id", "register_id"], keep="first", maintain_order=True)


def _lines(pair: dict[str, int]) -> tuple[Line, ...]:
    return tuple(
        Line(c.name, "onbekend" if pair[c.name] is None else c.levels[pair[c.name]], pair[f"{c.name}_gewicht"])
        for c in COMPARISONS
    )
