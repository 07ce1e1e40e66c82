"""R28: somebody has a briefadres and no home in the BRP. A consulent asks where they stay and what they need."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Artikel, pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import STOPS


@rule(
    rule_id="R28",
    title="Briefadres",
    version="1",
    view="belanghebbende",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NEUTRAAL,
    route=Route.TASK,
    grondslagen=(pw("27"), Artikel("Wet BRP", "2.23")),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de inwoner of de partner alleen een briefadres heeft. Zwijgt als de dienst de norm al verlaagde: "
        "dan weet de dienst dat er geen woning is. Wat het voor het bedrag betekent, bepaalt de gemeente."
    ),
    told_once_per=("dossiernummer", "persoon_sleutel", "adres_sinds_geschreven"),
    feitdatum="adres_sinds",
    seen="De {rol} heeft sinds {adres_sinds} alleen een briefadres.",
    task="Vraag waar de {rol} verblijft en welke hulp nodig is; kijk daarna welke norm bij de woonkosten past.",
    suppressors=(*STOPS, "gemeld_verhuizing", "geheim"),
)
def briefadres() -> pl.Expr:
    """A norm that the dienst has set lower (article 27) says that it knows; an unknown norm says nothing."""
    return pl.col("alleen_briefadres") & ~pl.col("norm_verlaagd").fill_null(value=False)
