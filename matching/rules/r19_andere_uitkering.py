"""R19: somebody gets another uitkering or a pensioen, and the dienst does not set it off, or not all of it."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import LETTER, PERSON, STOPS


@rule(
    rule_id="R19",
    title="Andere uitkering of pensioen",
    version="2",
    view="verdienste",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NADEEL,
    route=Route.NUDGE_THEN_TASK,
    grondslagen=(pw("15", 1), pw("32", 1, "b"), pw("53a", 1)),
    valid_from=date(2026, 1, 1),
    uitleg=(
        "Spreekt als er een uitkering van UWV of de SVB of een pensioen is dat doorgaat en dat niet in het verrekende "
        "inkomen kan zitten, op dezelfde manier bekeken als loon bij R18. Zwijgt over wat de dienst zelf betaalt, over "
        "wat gestopt is en over maanden van voor de bijstand."
    ),
    # Not its first day: a correction of that is the same income.
    told_once_per=("dossiernummer", "persoon_sleutel", "inkomen_sleutel"),
    feitdatum="aanvang",
    bericht="andere_uitkering",
    seen="De {rol} heeft sinds {aanvang} ander inkomen ({soort}), volgens {bekend_bij}. "
    "De dienst verrekent dat niet of niet helemaal.",
    task="Ga na over welke periode betaald is, en of het een voorschot of een nabetaling is.",
    effect="inkomen_erbij",
    suppressors=(
        *STOPS, "gemeld_inkomen",
        *PERSON, "partner_elders", "koppeling_onzeker", "inkomen_onduidelijk",
        *LETTER,
    ),
)  # fmt: skip
def andere_uitkering() -> pl.Expr:
    """What the dienst pays itself (bijstand, IOAW, IOAZ, Bbz) is not in the view."""
    return pl.col("loopt") & pl.col("niet_verrekend") & pl.col("soort").is_in(["uitkering", "AOW of Anw", "pensioen"])
