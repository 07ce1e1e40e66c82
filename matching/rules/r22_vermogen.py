"""R22: the balances of a tax year were above the vermogensgrens. A consulent asks what lies behind them."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Uitzondering, pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import STOPS


@rule(
    rule_id="R22",
    title="Vermogen boven grens",
    version="2",
    view="signaal_ib",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NADEEL,
    route=Route.TASK,
    grondslagen=(pw("34", 1), pw("34", 3)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als alle saldi van 31 december samen hoger zijn dan de vermogensgrens van die dag bij de leefvorm van "
        "die dag. Zwijgt bij IOAW en IOAZ, als een saldo onbekend is, en als 31 december langer geleden is dan de "
        "instelling vermogen_hoogstens_maanden zegt. Er gaat geen brief."
    ),
    uitzonderingen=(
        Uitzondering(pw("34", 2, "c"), "wat tijdens de bijstand is gespaard"),
        Uitzondering(pw("34", 2, "e"), "een vergoeding van immateriële schade"),
        Uitzondering(pw("34", 1), "schulden gaan van de bezittingen af"),
    ),
    told_once_per=("dossiernummer", "feit_sleutel"),
    feitdatum="vermogen_op",
    seen="Op {vermogen_op} waren de saldi samen {boven_grens_euro} euro hoger dan de vermogensgrens van toen.",
    task="Vraag hoe het nu is: gespaard tijdens de bijstand, een schadevergoeding, schulden? Het gegeven is oud.",
    suppressors=(*STOPS, "signaal_onzeker"),
)
def vermogen() -> pl.Expr:
    """A balance of long ago says nothing about now; what may be kept (article 34 lid 2) stands in no register."""
    return (pl.col("soort") == "VERMOGEN") & pl.col("boven_grens") & pl.col("vermogen_recent")
