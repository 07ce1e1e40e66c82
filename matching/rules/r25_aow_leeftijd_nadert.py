"""R25: a belanghebbende or partner gets AOW soon. Who applies in time is not without income."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Artikel, pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import LETTER, PERSON, STOPS


@rule(
    rule_id="R25",
    title="AOW-leeftijd nadert",
    version="2",
    view="belanghebbende",
    doel=Doel.ACTUALISEREN,
    richting=Richting.VOORDEEL,
    route=Route.NUDGE,
    grondslagen=(pw("22"), pw("47a"), Artikel("AOW", "7a")),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt vooraf, als de inwoner of de partner binnenkort de AOW-leeftijd bereikt. Het signaal stopt op de dag "
        "zelf. Zwijgt als de geboortedatum niet helemaal bekend is, of als de AOW-leeftijd nog niet vaststaat."
    ),
    told_once_per=("dossiernummer", "persoon_sleutel", "aow_op"),
    feitdatum="aow_op",
    bericht="aow_nadert",
    seen="De {rol} bereikt de AOW-leeftijd op {aow_op}.",
    task="Help met de aanvraag van AOW, vraag of een aanvulling nodig is en spreek af wanneer de bijstand stopt.",
    effect="wordt_aow",
    suppressors=(*STOPS, *PERSON, "partner_elders", *LETTER),
)  # fmt: skip
def aow_leeftijd_nadert() -> pl.Expr:
    """An announcement: it ends on the day itself, from which the norms of article 22 hold."""
    return pl.col("aow_nadert")
