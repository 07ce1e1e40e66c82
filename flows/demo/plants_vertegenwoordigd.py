"""R01 where somebody acts for the belanghebbende to whom a letter can go."""

import polars as pl

from flows.demo.key import NUDGE, Dag, Expected
from flows.demo.planting import plant
from flows.demo.representatives import REACHABLE
from flows.demo.town import Town


@plant(20, Dag.VANDAAG, before=lambda town, dossiers: town.wish(dossiers, bewindvoerder=REACHABLE))
def brief_aan_vertegenwoordiger(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A bewindvoerder with a whole address: the letter goes there."""
    town.move_in(dossiers)
    return [Expected("R01", NUDGE, dossiers)]
