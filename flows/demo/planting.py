"""Plants: small functions that change the town on one day and say what the night must find because of it.

A plant without findings is a *trap*: something that looks like a finding and is none. Each plant gets
dossiers of its own, so that one never disturbs another.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import polars as pl

from contracts.errors import SettingsError
from flows.demo.candidates import ORDINARY, candidates
from flows.demo.key import TRAP_COLUMNS, Dag, Expected
from flows.demo.numbers import stream
from flows.demo.town import Town

Run = Callable[[Town, pl.DataFrame], list[Expected]]
Prepare = Callable[[Town, pl.DataFrame], None]

#: The number of huishoudens the amounts of the plants are meant for.
_SIZE = 6_300
NO_FINDING: list[Expected] = []


@dataclass(frozen=True)
class Plant:
    """What ``run`` plants in ``amount`` dossiers (at the default size), and from which night on."""

    val: str
    run: Run
    dag: Dag
    amount: int
    who: pl.Expr
    before: Prepare | None
    again: str | None
    scaled: bool

    def count(self, huishoudens: int) -> int:
        """How many dossiers in a town of this size: at least one."""
        return max(1, round(self.amount * huishoudens / _SIZE)) if self.scaled else self.amount


PLANTS: dict[str, Plant] = {}


def plants() -> list[Plant]:
    """Every plant by module, in the order of its file: whatever was imported first, the town is the same."""
    return sorted(PLANTS.values(), key=lambda each: each.run.__module__)


def plant(
    amount: int,
    dag: Dag,
    *,
    who: pl.Expr = ORDINARY,
    before: Prepare | None = None,
    again: str | None = None,
    scaled: bool = True,
) -> Callable[[Run], Run]:
    """Register a function as a plant; its name is the ``val`` in the key.

    Args:
        amount: dossiers at the default size; smaller towns get fewer, but at least one.
        dag: the first night on which it is there.
        who: which dossiers it may choose from.
        before: what must be so from the first day on.
        again: the plant whose dossiers it takes over instead of choosing new ones.
        scaled: False if the amount is the same for every size.
    """

    def register(run: Run) -> Run:
        PLANTS[run.__name__] = Plant(run.__name__, run, dag, amount, who, before, again, scaled)
        return run

    return register


@dataclass
class Garden:
    """The plants of one town: their dossiers, and the lines of the key so far."""

    seed: int
    dossiers: dict[str, pl.DataFrame]
    key: list[pl.DataFrame] = field(default_factory=list)
    traps: list[pl.DataFrame] = field(default_factory=list)

    def taken(self) -> pl.Series:
        """The dossiers (``uitkering_id``) that a plant has."""
        return pl.concat([chosen["uitkering_id"] for chosen in self.dossiers.values()])

    def prepare(self, town: Town) -> None:
        """Make so what must be so from the first day on."""
        for found in plants():
            if found.before and found.val in self.dossiers:
                town.rng = stream(self.seed, f"vooraf {found.val}")
                found.before(town, self.dossiers[found.val])

    def grow(self, town: Town, dag: Dag) -> None:
        """Run the plants of this day."""
        for found in (each for each in plants() if each.dag is dag):
            town.rng = stream(self.seed, found.val)
            dossiers = self.dossiers[found.val]
            expected = found.run(town, dossiers)
            self.key += [each.rows(dag, found.val) for each in expected]
            if not expected:
                lines = dossiers.select(pl.lit(dag.value).alias("dag"), "dossiernummer", pl.lit(found.val).alias("val"))
                self.traps.append(lines.select(TRAP_COLUMNS))


def lay_out(town: Town, huishoudens: int, seed: int, days: Iterable[Dag]) -> Garden:
    """Give each plant of these days its dossiers.

    Raises:
        SettingsError: the town has too few dossiers of the kind a plant needs.
    """
    everybody = candidates(town)
    free = everybody[stream(seed, "dossiers").permutation(len(everybody))]
    wanted = [found for found in plants() if found.dag in set(days)]
    chosen: dict[str, pl.DataFrame] = {}
    # Who is choosy comes first; who takes over comes last.
    for found in sorted(wanted, key=lambda each: (each.again is not None, each.who is ORDINARY)):
        count = found.count(huishoudens)
        pool = chosen[found.again] if found.again else free.filter(found.who)
        if len(pool) < count:
            raise SettingsError(
                f"Plant {found.val} needs {count} dossiers and {len(pool)} are left.",
                where="huishoudens",
                todo="Ask for more huishoudens.",
            )
        chosen[found.val] = pool.head(count)
        if not found.again:
            free = free.join(pool.head(count), on="uitkering_id", how="anti", maintain_order="left")
    return Garden(seed, chosen)
