"""R21: somebody was or is detained. Only a restricted group hears of it, and never by letter."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Artikel, Uitzondering, pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import STOPS


@rule(
    rule_id="R21",
    title="Detentie",
    version="1",
    view="signaal_ib",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NADEEL,
    route=Route.RESTRICTED_TASK,
    grondslagen=(pw("13", 1, "a"), Artikel("UAVG", "31")),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als het Inlichtingenbureau een detentie doorgeeft die met de uitkering samenloopt. Zwijgt als de "
        "dienst een melding over die dagen al heeft afgehandeld. Alleen een beperkte groep medewerkers ziet dit; er "
        "gaat nooit een brief."
    ),
    uitzonderingen=(
        Uitzondering(pw("13", 3), "straf of maatregel buiten een inrichting, of zorg volgens de Wvggz of de Wzd"),
    ),
    told_once_per=("dossiernummer", "feit_sleutel"),
    feitdatum="samenloop_sinds",
    effect="uitkering_stopt",
    seen="Er is een gegeven van een andere organisatie, vanaf {samenloop_sinds}.",
    task=(
        "Ga na of artikel 13 lid 1 onder a geldt of een uitzondering van lid 3. Vraag ook naar de woning: lopen er "
        "vaste lasten door en is hulp nodig om de woning te houden?"
    ),
    suppressors=(*STOPS, "gemeld_detentie", "signaal_onzeker"),
)
def detentie() -> pl.Expr:
    """No right on days of detention (article 13); what was reported and dealt with is known."""
    return (pl.col("soort") == "DETENTIE") & ~pl.col("al_afgehandeld")
