"""R30: a right that may not be used. Present and off: its purpose has no ground in law yet."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import rule


@rule(
    rule_id="R30",
    title="Mogelijk recht dat niet wordt gebruikt",
    version="1",
    view="administratie",
    doel=Doel.NIET_GEBRUIK,
    richting=Richting.VOORDEEL,
    route=Route.TASK,
    grondslagen=(pw("24a"), pw("36"), pw("31", 2)),
    valid_from=date(2026, 1, 1),
    uitleg=(
        "Spreekt nooit: deze regel staat uit tot de Wet proactieve dienstverlening SZW geldt. Dan wijst hij een gezin "
        "met een kind en een partner zonder recht op bijstand aan, dat recht kan hebben op de ophoging van artikel 24a."
    ),
    told_once_per=("dossiernummer",),
    feitdatum="norm_sinds",
    seen="De dienst kent een kind, en een partner zonder recht op bijstand.",
    task="Ga na of er recht is op de ophoging van artikel 24a, een vrijlating of individuele inkomenstoeslag.",
)
def mogelijk_recht() -> pl.Expr:
    """Of the three rights the catalogue names only this one can be seen in the dienst's own data."""
    return pl.col("partner_zonder_recht") & pl.col("kind_bekend")
