"""R23: a belanghebbende or partner follows, or soon begins, a course of the bol or of higher education."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import STOPS


@rule(
    rule_id="R23",
    title="Belanghebbende gaat studeren",
    version="1",
    view="opleiding",
    doel=Doel.ACTUALISEREN,
    richting=Richting.GEMENGD,
    route=Route.TASK,
    grondslagen=(pw("13", 2, "c"), pw("33", 2), pw("36b")),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de inwoner of de partner volgens DUO een opleiding in de bol of het hoger onderwijs volgt of "
        "binnenkort begint. Zwijgt over BBL en deeltijd, en als de dienst een melding hierover heeft verwerkt. Of een "
        "trajectafspraak of de onderwijsroute van de inburgering dit toestaat, staat niet in de gegevens."
    ),
    told_once_per=("dossiernummer", "persoon_sleutel", "veranderd_op"),
    feitdatum="veranderd_op",
    seen="De {rol} volgt vanaf {veranderd_op} een opleiding.",
    task=(
        "Ga na of dit past in het traject of de inburgering. Onder de 27: bestaat er nog recht? "
        "Vanaf 27: verreken de studiefinanciering en wijs op de studietoeslag."
    ),
    effect="uitkering_stopt",
    suppressors=(*STOPS, "gemeld_studie", "koppeling_onzeker"),
)
def belanghebbende_studeert() -> pl.Expr:
    """BBL and a part-time course leave bijstand as it is; so does a study the dienst has dealt with."""
    return (
        pl.col("rol").is_in(("belanghebbende", "partner"))
        & (pl.col("verandering") == "start")
        & pl.col("vorm").is_in(("voltijd", "bol of ho"))
        & ~pl.col("studie_verwerkt")
    )
