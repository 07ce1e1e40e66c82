"""R09: no child under 18 lives here any more and the dienst counts on one. Why, nobody knows: a person calls."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Uitzondering, pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import STOPS


@rule(
    rule_id="R09",
    title="Kind vertrokken",
    version="1",
    view="kind",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NADEEL,
    route=Route.TASK,
    grondslagen=(pw("4", 1), pw("34", 3), pw("53a", 1)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de dienst een eenoudergezin kent, een kind onder de 18 elders staat en er op het adres geen "
        "kind onder de 18 meer is. Zwijgt bij een paar, en zolang er misschien nog een kind onder de 18 woont. "
        "Geeft altijd een taak en nooit een brief: waarom een kind weg is weet niemand, en na een overlijden wacht "
        "de regel een jaar."
    ),
    uitzonderingen=(
        Uitzondering(pw("4", 1), "het kind is tijdelijk elders, zoals bij een uithuisplaatsing: dat vraagt een mens"),
    ),
    told_once_per=("dossiernummer", "kind_18_op"),
    feitdatum="vertrokken_op",
    seen="Op het adres staat geen kind onder de 18 ingeschreven; de laatste wijziging was op {vertrokken_op}. "
    "De dienst rekent met een eenoudergezin.",
    task="Bel, met zorg: waarom het kind elders staat is niet bekend. Ga na waar het woont en wie ervoor zorgt.",
    effect="kind_weg",
    suppressors=(
        *STOPS,
        "bewoner_in_onderzoek",
        "relatie_in_onderzoek",
        "gemeld_kind",
        "rouw_wacht",
        "koppeling_onzeker",
    ),
)
def kind_vertrokken() -> pl.Expr:
    """Without a child under 18 a parent is an alleenstaande (article 4); a couple stays a couple.

    One finding a household, about the youngest child that lives elsewhere.
    """
    return (
        pl.col("adres_bekend") & pl.col("jongste_elders") & ~pl.col("minderjarig_kind_thuis") & pl.col("eenoudergezin")
    )
