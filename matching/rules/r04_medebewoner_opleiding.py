"""R04: a housemate whom the dienst counts studies, or one it does not count for a study has stopped."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import GEEN_KOSTENDELER, pw
from contracts.tables import Doel
from matching.rule import Variant, rule
from matching.suppressors import STOPS

#: As whom the dienst knows a housemate who does not count because of a study.
_STUDYING = ("STUDENT", "BBL")


@rule(
    rule_id="R04",
    title="Medebewoner start of stopt opleiding",
    version="1",
    view="opleiding",
    doel=Doel.ACTUALISEREN,
    grondslagen=(pw("19a", 1, "d"), pw("22a", 1), pw("53a", 1)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als een medebewoner die de dienst meetelt volgens DUO een opleiding volgt of binnenkort begint, of "
        "als een medebewoner die de dienst als student of BBL kent zeker gestopt is. Zwijgt in de zomer, bij een "
        "nieuwe inschrijving of andere opleiding die aansluit, en over een opleiding die nooit recht geeft."
    ),
    uitzonderingen=GEEN_KOSTENDELER,
    told_once_per=("dossiernummer", "bewoner_sleutel", "bekend_sinds", "verandering"),
    feitdatum="veranderd_op",
    varies_by="verandering",
    variants={
        "start": Variant(
            richting=Richting.VOORDEEL,
            route=Route.PROPOSAL,
            seen="Een medebewoner volgt vanaf {veranderd_op} een opleiding. De dienst telt deze persoon nog mee.",
            task="Bereken de norm zonder deze medebewoner en stel de inwoner een aanpassing voor.",
            effect="kostendeler_weg",
        ),
        "stop": Variant(
            richting=Richting.NADEEL,
            route=Route.TASK,
            seen="De opleiding van een medebewoner is gestopt op {veranderd_op}. De dienst telt deze persoon niet mee.",
            task="Vraag de inwoner of er iets veranderd is in wie er meetelt. Noem de opleiding niet.",
            effect="kostendeler_erbij",
        ),
    },
    suppressors=(*STOPS, "bewoner_in_onderzoek", "massa_adres", "instelling", "gemeld_studie", "koppeling_onzeker"),
)
def medebewoner_opleiding() -> pl.Expr:
    """Only who reached kostendelersleeftijd; an education that never gives a right changes nothing (19a lid 1 d)."""
    started = (
        (pl.col("verandering") == "start") & (pl.col("geeft_recht") == "ja") & (pl.col("bekende_rol") == "KOSTENDELER")
    )
    stopped = (
        (pl.col("verandering") == "stop") & (pl.col("geeft_recht") != "nee") & pl.col("bekende_rol").is_in(_STUDYING)
    )
    return (
        (pl.col("rol") == "medebewoner")
        & pl.col("kostendelersleeftijd_bereikt")
        & pl.col("belanghebbende_21")
        & (started | stopped)
    )
