"""R07: a child turns 18. The inwoner hears of it before the day, for much ends then and some of it outside bijstand."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Uitzondering, pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import LETTER, PERSON, STOPS


@rule(
    rule_id="R07",
    title="Kind wordt 18",
    version="2",
    view="kind",
    doel=Doel.ACTUALISEREN,
    richting=Richting.GEMENGD,
    route=Route.NUDGE,
    grondslagen=(pw("4", 1), pw("20"), pw("31", 2), pw("34", 3)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als een kind op het adres van de inwoner binnenkort 18 wordt en de dienst met een kind onder de "
        "18 rekent. Na de verjaardag spreekt de regel nog zolang de dienst een eenoudergezin kent en er geen kind "
        "onder de 18 meer is. Zwijgt over een paar van wie een kind 18 is, want hun norm en vermogensgrens blijven "
        "gelijk, en als er een jonger kind woont."
    ),
    uitzonderingen=(
        Uitzondering(pw("34", 3), "een jonger kind blijft thuis: leefvorm en vermogensgrens blijven gelijk"),
    ),
    told_once_per=("dossiernummer", "kind_18_op"),
    feitdatum="kind_18_op",
    bericht="kind_wordt_18",
    seen="Een kind op het adres wordt 18 op {kind_18_op}. De dienst rekent met een kind onder de 18.",
    task="Bespreek wat er verandert: leefvorm, vermogensgrens, kinderbijslag, en wat het kind zelf kan aanvragen.",
    effect="kind_weg",
    suppressors=(
        *STOPS, "bewoner_in_onderzoek", "relatie_in_onderzoek", "gemeld_kind", "ander_kind",
        "rouw", *PERSON, "koppeling_onzeker",
        *LETTER, "verjaardag_18_geweest",
    ),
)  # fmt: skip
def kind_wordt_18() -> pl.Expr:
    """A child of 18 is nobody's ten laste komend kind: without another one a parent is an alleenstaande (article 4).

    From the birthday on it is a difference only where the dienst still takes them for one parent with children. Where
    another child under 18 has left the last word is R09's.
    """
    announced = ~pl.col("kind_18_bereikt") & pl.col("dienst_met_kind")
    overdue = pl.col("kind_18_bereikt") & pl.col("eenoudergezin") & ~pl.col("jonger_kind_thuis")
    return (
        pl.col("woont_op_adres")
        & pl.col("kind_18_nabij")
        & (announced | (overdue & ~pl.col("minderjarig_kind_elders")))
    )
