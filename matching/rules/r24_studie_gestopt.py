"""R24: a belanghebbende or partner stopped studying and less is still paid, perhaps for that; worth money to them."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import STOPS


@rule(
    rule_id="R24",
    title="Studie gestopt",
    version="1",
    view="opleiding",
    doel=Doel.ACTUALISEREN,
    richting=Richting.VOORDEEL,
    route=Route.TASK,
    grondslagen=(pw("28"), pw("33", 2)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de inwoner of de partner volgens DUO zeker gestopt is en de dienst nog inkomen verrekent of de "
        "norm bij besluit heeft verlaagd. Of dat door de studie komt, staat niet in de gegevens: de consulent ziet "
        "dat. Zwijgt als een opleiding aansluit, en als de dienst een melding hierover heeft verwerkt."
    ),
    told_once_per=("dossiernummer", "persoon_sleutel", "veranderd_op"),
    feitdatum="veranderd_op",
    seen="De opleiding van de {rol} is gestopt op {veranderd_op}. De dienst verrekent inkomen of verlaagde de norm.",
    task="Ga na of er nog studie-inkomen wordt verrekend, of een verlaging loopt die kan stoppen.",
    effect="verrekening_stopt",
    suppressors=(*STOPS, "gemeld_studie", "koppeling_onzeker"),
)
def studie_gestopt() -> pl.Expr:
    """The administration shows that income is set off or the norm lowered: a person sees whether this is why."""
    return (
        pl.col("rol").is_in(("belanghebbende", "partner"))
        & (pl.col("verandering") == "stop")
        & (pl.col("geeft_recht") != "nee")
        & (pl.col("inkomen_verrekend") | pl.col("verlaging_mogelijk"))
        & ~pl.col("studie_verwerkt")
    )
