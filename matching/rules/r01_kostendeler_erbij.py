"""R01: somebody of kostendelersleeftijd lives at the address whom the dienst does not know."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import GEEN_KOSTENDELER, pw
from contracts.tables import Bron, Doel
from matching.rule import rule
from matching.suppressors import LETTER, PERSON, STOPS


@rule(
    rule_id="R01",
    title="Kostendeler erbij",
    version="4",
    view="huishouden",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NADEEL,
    route=Route.NUDGE_THEN_TASK,
    grondslagen=(pw("19a", 1), pw("22a", 1), pw("53a", 1)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als op het adres van de inwoner iemand van de kostendelersleeftijd ingeschreven staat die de dienst "
        "in geen enkele rol kent. Zwijgt over wie de dienst al kent, ook als huurder of student, over wie volgens DUO "
        "zeker een opleiding volgt die recht geeft, en zolang de inwoner zelf jonger is dan 21 jaar."
    ),
    uitzonderingen=GEEN_KOSTENDELER,
    told_once_per=("dossiernummer", "bewoner_sleutel", "bewoner_sinds_geschreven"),
    feitdatum="bewoner_sinds",
    bericht="kostendeler_erbij",
    seen="Er staat sinds {bewoner_sinds} iemand extra op het adres ingeschreven.",
    task="Ga na of de bewoner meetelt: huur, studie, zorg of partner.",
    effect="kostendeler_erbij",
    also_seen_by={"ib_gezien": Bron.IB, "studeert": Bron.DUO, "studeert_misschien": Bron.DUO},
    suppressors=(
        *(name for name in STOPS if name != "te_lang_geleden"), "telt_lang_mee",
        "bewoner_in_onderzoek", "massa_adres", "instelling", "gemeld_in", "echtgenoot", "studeert", "aantal_bekend",
        *PERSON, "koppeling_onzeker", "studeert_misschien",
        *LETTER, "verjaardag_geweest_hier",
    ),
)  # fmt: skip
def kostendeler_erbij() -> pl.Expr:
    """Article 22a counts housemates of kostendelersleeftijd where the belanghebbende is 21 or older.

    Whoever the dienst knows in any role (partner, student, tenant ...) was looked at already; who studies by DUO does
    not count. Of who turned that age while living here R03 has told beforehand: no second letter.
    """
    return (
        pl.col("woont_op_adres")
        & pl.col("bekende_rol").is_null()
        & pl.col("kostendelersleeftijd_bereikt")
        & pl.col("belanghebbende_21")
    )
