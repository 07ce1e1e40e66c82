"""R13: a belanghebbende or partner has died. A person calls; every notice of the household stops."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import rule


@rule(
    rule_id="R13",
    title="Overlijden belanghebbende of partner",
    version="1",
    view="belanghebbende",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NEUTRAAL,
    route=Route.URGENT_TASK,
    grondslagen=(pw("11"), pw("21")),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de inwoner of de partner volgens de BRP overleden is. Niets houdt dit tegen: een consulent belt, "
        "en alle andere berichten aan het huishouden stoppen."
    ),
    told_once_per=("dossiernummer", "persoon_sleutel"),
    feitdatum="gestorven_op",
    seen="De {rol} is overleden op {gestorven_op}.",
    task="Neem persoonlijk contact op met de nabestaanden en stop andere berichten.",
    suppressors=(),
)
def overlijden() -> pl.Expr:
    """The uitkering of a person ends with their death; nothing stands in the way of a careful call."""
    return pl.col("overleden")
