"""R31: somebody reported a change and the dienst has not dealt with it. That is the dienst's own backlog."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Artikel, pw
from contracts.tables import Doel
from matching.rule import rule


@rule(
    rule_id="R31",
    title="Melding nog niet verwerkt",
    version="2",
    view="achterstand",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NEUTRAAL,
    route=Route.BACKLOG,
    grondslagen=(pw("53a", 1), Artikel("Awb", "3:2")),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als een melding van de inwoner of de partner na de ingestelde termijn nog niet verwerkt is. Het is "
        "een taak voor de dienst zelf: de inwoner deed al wat nodig is en krijgt geen brief."
    ),
    told_once_per=("dossiernummer", "melding_id"),
    feitdatum="ontvangen_op",
    seen="De dienst ontving op {ontvangen_op} een melding ({onderwerp}), en die is nog niet verwerkt.",
    task="Verwerk de melding, of leg vast waarop zij wacht.",
    suppressors=("lopend_onderzoek",),
)
def melding_wacht() -> pl.Expr:
    """Nothing about the inwoner stands in the way of doing the dienst's own work."""
    return pl.col("wacht_te_lang")
