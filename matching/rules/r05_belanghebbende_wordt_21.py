"""R05: a belanghebbende turns 21 and the norm is still the one for who is younger; that is worth money to them."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import STOPS


@rule(
    rule_id="R05",
    title="Belanghebbende wordt 21",
    version="1",
    view="belanghebbende",
    doel=Doel.ACTUALISEREN,
    richting=Richting.VOORDEEL,
    route=Route.PROPOSAL,
    grondslagen=(pw("20"), pw("21"), pw("22a", 1)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de inwoner of de partner binnenkort 21 wordt, of dat al is, en de norm nog die voor iemand onder "
        "de 21 is. Zwijgt zodra de norm een andere is, en als de dienst de nieuwe norm al klaargezet heeft."
    ),
    told_once_per=("dossiernummer", "persoon_sleutel", "leeftijd_21_op"),
    feitdatum="leeftijd_21_op",
    seen="De {rol} wordt 21 op {leeftijd_21_op}. De norm is nog die voor iemand onder de 21.",
    task="Bereken de norm vanaf die dag, ook met medebewoners, en zet de aanpassing klaar.",
    effect="wordt_21",
    suppressors=(*STOPS, "norm_ingepland"),
)
def belanghebbende_wordt_21() -> pl.Expr:
    """From the 21st birthday the norms of article 21 or 22a hold; it stays a finding until the norm is another."""
    return pl.col("leeftijd_21_nabij") & pl.col("jongerennorm")
