"""R12: the law names a tie between two who live together. What it means here only a person can say."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Uitzondering, pw
from contracts.tables import Doel
from matching.rule import Variant, rule
from matching.suppressors import STOPS

_TASK = (
    "Vraag hoe het gaat en hoe zij wonen. Uit dit gegeven alleen volgt niets. "
    "Kijk ook naar zorg voor elkaar, familie en een huurcontract."
)


@rule(
    rule_id="R12",
    title="Wettelijk aanwijspunt gezamenlijke huishouding",
    version="1",
    view="aanwijspunt",
    doel=Doel.ACTUALISEREN,
    grondslagen=(pw("3", 3), pw("3", 4, "a"), pw("3", 4, "b")),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de dienst de inwoner alleenstaand kent en op het adres iemand staat met wie de inwoner "
        "getrouwd was, in de twee jaar voor deze uitkering samen bijstand kreeg, of een kind heeft. De regel trekt "
        "geen conclusie en noemt nooit een bedrag. Zwijgt over ouder en kind, en over wie de dienst als huurder, "
        "tijdelijk of anders uitgezonderd kent."
    ),
    uitzonderingen=(
        Uitzondering(pw("3", 2, "a"), "familie in de eerste graad, een oud-pleegkind, of iemand met zorgbehoefte"),
        Uitzondering(pw("3", 3), "wie een zakelijk contract heeft deelt misschien geen huishouden"),
    ),
    told_once_per=("dossiernummer", "bewoner_sleutel"),
    feitdatum="samen_sinds",
    varies_by="aanwijspunt",
    variants={
        "gehuwd": Variant(
            Richting.GEMENGD,
            Route.TASK,
            seen="Sinds {samen_sinds} staan hier twee mensen die eerder getrouwd waren of samen bijstand kregen.",
            task=_TASK,
        ),
        "kind": Variant(
            Richting.GEMENGD,
            Route.TASK,
            seen="Sinds {samen_sinds} staan hier de twee ouders van een kind.",
            task=_TASK,
        ),
    },
    suppressors=(
        *STOPS, "bewoner_in_onderzoek", "relatie_in_onderzoek", "massa_adres", "gemeld_partner",
        "al_bekeken", "instelling", "koppeling_onzeker",
    ),
)  # fmt: skip
def aanwijspunt() -> pl.Expr:
    """Article 3 lid 4 a and b; not for parent and child (lid 2 a). Whom the dienst takes for the partner is no news."""
    return pl.col("dienst_alleen") & ~pl.col("eerste_graad")
