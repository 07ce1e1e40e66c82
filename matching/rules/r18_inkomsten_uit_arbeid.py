"""R18: somebody has work, and the dienst does not set off what they earn, or not all of it."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import LETTER, PERSON, STOPS


@rule(
    rule_id="R18",
    title="Inkomsten uit arbeid",
    version="2",
    view="verdienste",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NADEEL,
    route=Route.NUDGE_THEN_TASK,
    grondslagen=(pw("31", 1), pw("31", 2, "n"), pw("32", 1, "b"), pw("53a", 1)),
    valid_from=date(2026, 1, 1),
    uitleg=(
        "Spreekt als er loon is dat doorgaat en dat niet in het verrekende inkomen kan zitten: de laagste maand zonder "
        "loonheffing en vakantietoeslag, min de hoogste vrijlating, is samen met het andere inkomen van het huishouden "
        "meer dan wat verrekend wordt en de drempel. Zwijgt over werk dat gestopt is, over maanden van voor de "
        "bijstand en over het inkomen van een kind. Bij inkomen van een onbekende soort gaat er geen brief uit."
    ),
    # Not its first day: a correction of that is the same income.
    told_once_per=("dossiernummer", "persoon_sleutel", "inkomen_sleutel"),
    feitdatum="aanvang",
    bericht="werk_begonnen",
    seen="De {rol} heeft sinds {aanvang} werk of ander inkomen, volgens {bekend_bij}. "
    "De dienst verrekent dat niet of niet helemaal.",
    task="Vraag naar loonstroken en uren, en ga na welk deel van het loon vrij blijft.",
    effect="inkomen_erbij",
    suppressors=(
        *STOPS, "gemeld_inkomen",
        *PERSON, "partner_elders", "koppeling_onzeker", "inkomen_onduidelijk",
        *LETTER,
    ),
)  # fmt: skip
def inkomsten_uit_arbeid() -> pl.Expr:
    """Work that goes on. Income of which nobody says what it is may be work too: a person asks."""
    return pl.col("loopt") & pl.col("niet_verrekend") & (pl.col("soort").is_null() | (pl.col("soort") == "loon"))
