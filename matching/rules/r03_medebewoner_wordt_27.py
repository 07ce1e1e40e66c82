"""R03: a housemate reaches kostendelersleeftijd. The inwoner hears of it before the day on which the norm changes."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import GEEN_KOSTENDELER, pw
from contracts.tables import Bron, Doel
from matching.rule import rule
from matching.suppressors import LETTER, PERSON, STOPS

#: As whom the dienst knows a housemate who counts from that birthday on; any other role stays what it is.
_TOO_YOUNG = ("KIND", "JONGER_DAN_27")


@rule(
    rule_id="R03",
    title="Medebewoner wordt 27",
    version="3",
    view="huishouden",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NADEEL,
    route=Route.NUDGE,
    grondslagen=(pw("19a", 1), pw("22a", 1), pw("53a", 1)),
    valid_from=date(2023, 1, 1),
    uitleg=(
        "Spreekt vooraf, als een medebewoner binnenkort de leeftijd bereikt vanaf welke die meetelt. Kent de dienst "
        "de medebewoner als kind of als te jong, dan blijft het signaal tot de dienst dat aanpast. Zwijgt over wie de "
        "dienst in een andere rol kent, over wie volgens DUO zeker een opleiding volgt die recht geeft, en zolang de "
        "inwoner zelf jonger is dan 21 jaar."
    ),
    uitzonderingen=GEEN_KOSTENDELER,
    told_once_per=("dossiernummer", "persoon_sleutel", "kostendelersleeftijd_op"),
    feitdatum="kostendelersleeftijd_op",
    bericht="medebewoner_wordt_27",
    seen="Een medebewoner bereikt op {kostendelersleeftijd_op} de leeftijd vanaf welke die meetelt.",
    task="Ga na of de medebewoner vanaf die dag meetelt: huur, studie, zorg of partner.",
    effect="kostendeler_erbij",
    also_seen_by={"ib_gezien": Bron.IB, "studeert": Bron.DUO, "studeert_misschien": Bron.DUO},
    suppressors=(
        *STOPS, "bewoner_in_onderzoek", "massa_adres", "instelling", "gemeld_in", "echtgenoot", "studeert",
        *PERSON, "koppeling_onzeker", "studeert_misschien",
        *LETTER, "verjaardag_geweest",
    ),
)  # fmt: skip
def medebewoner_wordt_27() -> pl.Expr:
    """Whom the dienst knows stays a finding until it counts them; somebody unknown is R01's from the birthday on."""
    announced = pl.col("bekende_rol").is_null() & ~pl.col("kostendelersleeftijd_bereikt")
    return (
        pl.col("woont_op_adres")
        & (announced | pl.col("bekende_rol").is_in(_TOO_YOUNG))
        & pl.col("kostendelersleeftijd_nabij")
        & pl.col("belanghebbende_21")
    )
