"""R26: the norm that the dienst uses is lower than the law gives by what the dienst itself knows."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Artikel, Uitzondering, pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import STOPS


@rule(
    rule_id="R26",
    title="Te lage norm in eigen administratie",
    version="2",
    view="administratie",
    doel=Doel.ACTUALISEREN,
    richting=Richting.VOORDEEL,
    route=Route.PROPOSAL,
    grondslagen=(pw("20"), pw("21"), pw("22"), pw("22a"), pw("23"), pw("24"), Artikel("Awb", "3:2")),
    valid_from=date(2024, 1, 1),
    uitleg=(
        "Spreekt als de gebruikte norm meer dan een cent lager is dan de laagste norm die volgt uit wat de dienst zelf "
        "weet en de BRP bevestigt. Zwijgt als iets daarvan niet vaststaat, als het dezelfde norm zonder "
        "vakantietoeslag is, kort na de halfjaarlijkse wijziging van de bedragen, en over wie 21 werd: dat is R05."
    ),
    uitzonderingen=(
        Uitzondering(pw("27"), "een verlaging omdat er geen of weinig woonkosten zijn"),
        Uitzondering(pw("28"), "een verlaging voor wie net van school komt"),
        Uitzondering(pw("18", 2), "een verlaging bij besluit"),
    ),
    told_once_per=("dossiernummer", "norm_sinds"),
    feitdatum="norm_sinds",
    seen=(
        "De gebruikte norm is {norm_bedrag_cent} per maand. Op de bekende gegevens is dat ten minste "
        "{norm_laagste_cent}."
    ),
    task="Ga na of een besluit de norm verlaagt (artikel 18, 27 of 28). Zo niet, zet de aanpassing klaar.",
    effect="norm_te_laag",
    suppressors=(*STOPS, "verlaagd_bij_besluit"),
)
def te_lage_norm() -> pl.Expr:
    """Both readings, of the dienst and of the register, have to give more: the lowest of the two counts."""
    return (
        (pl.col("norm_laagste_cent") - pl.col("norm_bedrag_cent") > 1)
        & ~pl.col("norm_gelijk")
        & ~pl.col("norm_nog_vorige")
        & ~pl.col("jongerennorm_voorbij")
    )
