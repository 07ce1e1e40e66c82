"""What decides how somebody hears of it: what they asked for, detention, a child that is placed elsewhere."""

import polars as pl

from flows.demo.candidates import ALONE
from flows.demo.key import TAAK, Dag, Expected
from flows.demo.planting import plant
from flows.demo.plants_elders import LONG_ALONE, detained
from flows.demo.plants_inkomen import NO_INCOME_ALONE, earn
from flows.demo.plants_kind import lives_elsewhere
from flows.demo.town import Town


@plant(20, Dag.VANDAAG, who=ALONE, before=lambda town, dossiers: town.wish(dossiers, kanaal="BELLEN"))
def wil_gebeld_worden(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """P03: they asked to be called."""
    town.move_in(dossiers)
    return [Expected("R01", TAAK, dossiers, "wil_gebeld")]


@plant(20, Dag.VANDAAG, who=ALONE, before=lambda town, dossiers: town.wish(dossiers, hulp=True))
def vroeg_hulp_bij_lezen(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """P04: they asked for help with reading."""
    town.move_in(dossiers)
    return [Expected("R01", TAAK, dossiers, "hulp_bij_lezen")]


@plant(10, Dag.VANDAAG, who=LONG_ALONE)
def gedetineerd_en_huisgenoot(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """P01: somebody moves in with who was detained two weeks ago: no letter, and few may see it."""
    detained(town, dossiers, None)
    town.move_in(dossiers)
    return [Expected("R21", TAAK, dossiers), Expected("R01", TAAK, dossiers, "gedetineerd")]


def _works_and_has_a_child_elsewhere(town: Town, dossiers: pl.DataFrame) -> None:
    lives_elsewhere(town, dossiers)
    earn(town, dossiers["nr"])


@plant(10, Dag.GISTEREN, who=NO_INCOME_ALONE, before=_works_and_has_a_child_elsewhere)
def werk_en_kind_uit_huis(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """P02: no cheerful letter about work where a child lives with neither parent."""
    return [Expected("R18", TAAK, dossiers, "kind_elders")]
