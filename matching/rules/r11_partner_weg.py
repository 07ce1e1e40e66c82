"""R11: a couple for the dienst, of whom one left or whose marriage ended. A person calls; no letter to the old home."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Uitzondering, pw
from contracts.tables import Doel
from matching.rule import Variant, rule
from matching.suppressors import STOPS

_TASK = "Bel ieder apart en schrijf niet naar het oude adres: misschien is het daar niet veilig. "


@rule(
    rule_id="R11",
    title="Partner weg of verbintenis beëindigd",
    version="2",
    view="partner",
    doel=Doel.ACTUALISEREN,
    grondslagen=(pw("3"), pw("21", onderdeel="a"), pw("22a", 1)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de dienst een paar betaalt en de twee niet meer op één adres staan, of hun huwelijk of "
        "partnerschap tijdens de uitkering eindigde. Zwijgt als er een overleden is, en als de vertrokken partner "
        "bij een instelling of op een massa-adres staat. Geeft altijd een taak en nooit een brief."
    ),
    uitzonderingen=(
        Uitzondering(pw("3", 4, "a"), "wie getrouwd waren en samen blijven wonen houden de norm van een paar"),
    ),
    told_once_per=("dossiernummer", "partner_sleutel"),
    feitdatum="einde_op",
    varies_by="einde",
    variants={
        "vertrokken": Variant(
            Richting.GEMENGD,
            Route.TASK,
            seen="De partner en de belanghebbende staan sinds {einde_op} niet meer op één adres.",
            task=_TASK + "Ga na of het tijdelijk is en wat ieder nu nodig heeft.",
            effect="partner_weg",
        ),
        "ontbonden": Variant(
            Richting.GEMENGD,
            Route.TASK,
            seen="Het huwelijk of partnerschap is op {einde_op} beëindigd. Zij staan nog op één adres.",
            task=_TASK + "Zolang zij samen wonen verandert de norm niet vanzelf. Vraag wat er nodig is.",
        ),
    },
    suppressors=(
        *STOPS, "bewoner_in_onderzoek", "relatie_in_onderzoek", "gemeld_partner", "gemeld_tijdelijk_elders",
        "tijdelijk_elders", "geheim", "koppeling_onzeker",
    ),
)  # fmt: skip
def partner_weg() -> pl.Expr:
    """Who live apart are no longer a household (article 3). Who died is R13's."""
    return pl.col("dienst_partner") & pl.col("einde").is_not_null()
