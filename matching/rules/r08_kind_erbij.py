"""R08: a child was born or came to live here and the dienst does not know of it; that may be worth money."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Uitzondering, pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import LETTER, PERSON, STOPS


@rule(
    rule_id="R08",
    title="Kind geboren of komt inwonen",
    version="2",
    view="kind",
    doel=Doel.ACTUALISEREN,
    richting=Richting.VOORDEEL,
    route=Route.NUDGE_THEN_TASK,
    grondslagen=(pw("4", 1), pw("20", 2), pw("34", 3)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als een kind onder de 18 van de inwoner of de partner op het adres staat en de dienst geen kind "
        "kent. Zwijgt over een volgend kind, en bij een paar dat allebei 21 of ouder is: dan verandert de bijstand "
        "niet. Alleen een kind dat leeft en er ingeschreven staat telt; overleed er kort geleden een kind, dan "
        "gaat er nooit een brief."
    ),
    uitzonderingen=(
        Uitzondering(pw("4", 1), "co-ouderschap: wie de kinderbijslag krijgt vraagt de brief"),
    ),
    told_once_per=("dossiernummer", "kind_sleutel"),
    feitdatum="kind_sinds",
    bericht="kind_erbij",
    seen="Er staat sinds {kind_sinds} een kind onder de 18 op het adres ingeschreven. De dienst kent geen kind.",
    task="Ga na of het kind ten laste komt, ook bij co-ouderschap, en pas leefvorm en vermogensgrens aan.",
    effect="kind_erbij",
    suppressors=(
        *STOPS, "bewoner_in_onderzoek", "relatie_in_onderzoek", "massa_adres", "instelling", "gemeld_kind",
        "rouw", *PERSON, "koppeling_onzeker", *LETTER,
    ),
)  # fmt: skip
def kind_erbij() -> pl.Expr:
    """The first child under 18: a further one changes nothing in article 20 or 34.

    Nor does a child change anything for a couple in which both are 21: only below that age is their norm higher.
    """
    return (
        pl.col("woont_op_adres")
        & pl.col("minderjarig")
        & ~pl.col("kind_bekend")
        & ~pl.col("dienst_met_kind")
        & (~pl.col("leefvorm_paar") | pl.col("iemand_onder_21"))
    )
