"""R02: a kostendeler the dienst counts no longer lives at the address; that is worth money to the inwoner."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Bron, Doel
from matching.rule import rule
from matching.suppressors import STOPS


@rule(
    rule_id="R02",
    title="Kostendeler weg",
    version="2",
    view="huishouden",
    doel=Doel.ACTUALISEREN,
    richting=Richting.VOORDEEL,
    route=Route.PROPOSAL,
    grondslagen=(pw("21"), pw("22a", 1), pw("53a", 1)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als iemand die de dienst als kostendeler meetelt, niet meer op het adres woont: verhuisd, "
        "vertrokken, uitgeschreven of overleden. Alleen afwezig zijn is niet genoeg: de BRP moet zeggen waar die "
        "persoon bleef."
    ),
    told_once_per=("dossiernummer", "bewoner_sleutel", "bekend_sinds"),
    feitdatum="vertrokken_op",
    seen="De medebewoner is {vertrek} (per {vertrokken_op}). De dienst telt deze persoon nog mee.",
    task="Bereken de norm zonder deze medebewoner en stel de inwoner een aanpassing voor.",
    effect="kostendeler_weg",
    also_seen_by={"ib_gezien": Bron.IB},
    suppressors=(*STOPS, "bewoner_in_onderzoek", "massa_adres", "gemeld_uit", "bekende_onzeker"),
)
def kostendeler_weg() -> pl.Expr:
    """Who left is known to be elsewhere, abroad, dead or gone from a full delivery; absence alone is not enough."""
    return (
        ~pl.col("woont_op_adres")
        & (pl.col("bekende_rol") == "KOSTENDELER")
        & pl.col("vertrek").is_not_null()
        & pl.col("adres_bekend")
    )
