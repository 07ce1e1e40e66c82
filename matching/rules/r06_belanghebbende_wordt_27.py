"""R06: a belanghebbende or partner turns 27: a part of their loon may stay, and a study takes no right away."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import STOPS


@rule(
    rule_id="R06",
    title="Belanghebbende wordt 27",
    version="1",
    view="belanghebbende",
    doel=Doel.ACTUALISEREN,
    richting=Richting.VOORDEEL,
    route=Route.TASK,
    grondslagen=(pw("31", 5), pw("31", 2, "n"), pw("13", 2, "c")),
    valid_from=date(2026, 1, 1),
    uitleg=(
        "Spreekt van twee maanden voor tot een half jaar na de 27e verjaardag van de inwoner of de partner, als de "
        "dienst inkomen verrekent of als deze partner nu geen recht heeft. Of er al een vrijlating is, staat in geen "
        "administratie: dat kijkt de consulent na. Zwijgt als er geen inkomen is en iedereen recht heeft."
    ),
    told_once_per=("dossiernummer", "persoon_sleutel", "leeftijd_27_op"),
    feitdatum="leeftijd_27_op",
    seen="De {rol} wordt 27 op {leeftijd_27_op}. Vanaf dan kan een deel van het loon vrij blijven en sluit een studie "
    "bijstand niet meer uit.",
    task="Ga na of een deel van het inkomen vanaf die dag vrij blijft, en of een partner zonder recht nu recht heeft.",
    effect="vrijlating",
    suppressors=STOPS,
)
def belanghebbende_wordt_27() -> pl.Expr:
    """Only who has income that is set off, or was without right, has something to gain.

    Whether a vrijlating is applied is not in the administration: the finding ends a while after the birthday.
    """
    return pl.col("leeftijd_27_nabij") & (pl.col("inkomen_verrekend") | pl.col("zonder_recht"))
