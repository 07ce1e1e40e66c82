"""R27: somebody lives at the address of an institution and the norm is another, or the other way round."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Uitzondering, pw
from contracts.tables import Doel
from matching.rule import Variant, rule
from matching.suppressors import STOPS


@rule(
    rule_id="R27",
    title="Verblijf in inrichting begint of eindigt",
    version="1",
    view="belanghebbende",
    doel=Doel.ACTUALISEREN,
    grondslagen=(pw("1", None, "f"), pw("13", 2, "a"), pw("23")),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als iemand op het adres van een instelling woont en de norm niet die van artikel 23 is, of andersom. "
        "Welke adressen instellingen zijn, staat in de instellingen van de dienst. Zwijgt als de norm onbekend is."
    ),
    uitzonderingen=(
        Uitzondering(pw("23"), "wie er tijdelijk verblijft en de woning aanhoudt: geen bron zegt dat, dus een vraag"),
    ),
    told_once_per=("dossiernummer", "persoon_sleutel", "inrichting", "adres_sinds_geschreven"),
    feitdatum="adres_sinds",
    varies_by="inrichting",
    variants={
        "begint": Variant(
            richting=Richting.GEMENGD,
            route=Route.TASK,
            seen="De {rol} staat sinds {adres_sinds} ingeschreven op het adres van een instelling.",
            task="Vraag of dit een inrichting is, of het verblijf tijdelijk is en of de woning wordt aangehouden.",
            effect="inrichting_in",
        ),
        "eindigt": Variant(
            richting=Richting.GEMENGD,
            route=Route.TASK,
            seen="De norm is die voor een inrichting. Sinds {adres_sinds} woont de inwoner op een ander adres.",
            task="Vraag of het verblijf in de inrichting voorbij is en bereken dan de norm voor het nieuwe adres.",
            effect="inrichting_uit",
        ),
    },
    suppressors=(*STOPS, "gemeld_opname", "gemeld_verhuizing"),
)
def inrichting() -> pl.Expr:
    """Which of the two it is, the view says; where the norm is not known, neither."""
    return pl.col("inrichting").is_not_null()
