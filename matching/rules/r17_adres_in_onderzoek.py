"""R17: the gemeente is looking into where somebody lives. A consulent offers help; nothing else goes out."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Artikel, pw
from contracts.tables import Doel
from matching.rule import rule


@rule(
    rule_id="R17",
    title="Adres in onderzoek",
    version="1",
    view="belanghebbende",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NEUTRAAL,
    route=Route.HELP_TASK,
    grondslagen=(Artikel("Wet BRP", "2.22"), pw("53a", 1)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt zolang de gemeente onderzoekt of de inwoner of de partner echt op het adres woont. Een consulent "
        "biedt hulp aan; andere signalen over het huishouden wachten. Een afgesloten onderzoek telt niet."
    ),
    told_once_per=("dossiernummer", "persoon_sleutel", "onderzoek_sinds"),
    feitdatum="onderzoek_sinds",
    seen="De gemeente onderzoekt sinds {onderzoek_sinds} het adres van de {rol}.",
    task="Bel en help om de inschrijving te herstellen. Een onderzoek betekent niet dat iemand iets fout deed.",
    suppressors=("overlijden", "lopend_onderzoek", "lopend_bezwaar"),
)
def adres_in_onderzoek() -> pl.Expr:
    """An open investigation of the address (category 08); ended and historical ones do not count."""
    return pl.col("in_onderzoek")
