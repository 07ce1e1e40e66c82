"""R14: the belanghebbende has moved within the work area and the dienst still has the old address."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import LETTER, PERSON, STOPS


@rule(
    rule_id="R14",
    title="Verhuisd binnen het werkgebied",
    version="2",
    view="belanghebbende",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NEUTRAAL,
    route=Route.NUDGE,
    grondslagen=(pw("53a", 1), pw("27")),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de inwoner volgens de BRP op een ander adres in het werkgebied woont dan de dienst weet. Zwijgt "
        "bij een briefadres, en als beide adressen op een andere manier geschreven zijn maar dezelfde woning zijn."
    ),
    told_once_per=("dossiernummer", "persoon_sleutel", "adres_sinds_geschreven"),
    feitdatum="adres_sinds",
    bericht="verhuisd_binnen_gebied",
    seen="De inwoner staat sinds {adres_sinds} op een nieuw adres ingeschreven.",
    task="Neem het nieuwe adres over uit de BRP en vraag wie daar nog meer wonen.",
    suppressors=(
        *STOPS, "gemeld_verhuizing", "naar_massa_adres", "instelling",
        *PERSON, *LETTER,
    ),
)  # fmt: skip
def verhuisd_binnen_gebied() -> pl.Expr:
    """Both sides have an address and they are not one dwelling; a briefadres or a place without a key says nothing."""
    return (pl.col("rol") == "belanghebbende") & pl.col("woont") & pl.col("in_werkgebied") & ~pl.col("adres_gelijk")
