"""R01: somebody of 27 or older lives at the address and the dienst does not know them. Letter, or nothing."""

from datetime import timedelta

import polars as pl

from flows.demo.candidates import ALONE
from flows.demo.households import CARE_HOME, HOSTEL
from flows.demo.key import GEEN_ACTIE, GESLOTEN, NUDGE, Dag, Expected
from flows.demo.planting import plant
from flows.demo.town import Town

_TWO_HUNDRED = (
    "Hoogenbandt tot Rozenburg en Waterland-Grootenhuis van Kastanjedaal Bovenkerk en Nieuwstraten tot "
    "Vierpolders Lindenhout-Watergang van Achterbroek en Zevenheuvelen tot Oosterwold-Meerendonk van Hazels"
)
#: Names that break a program which takes a name for markup, for code, or for something short.
HOSTILE_NAMES = (
    "<Onbekend> & </Onbemind>",
    "Rente @ 100%",
    '#read("x")',
    _TWO_HUNDRED,
    'Aanhaling"s; teken',
    "Łukaszewicz-Ŵynn",
    "d'Ârtagnan",
    "$naam_$ *vet* {{ x }}",
)
_UNKNOWN_IN_MASS = 1


@plant(60, Dag.VANDAAG)
def huisgenoot_erbij(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The plain case."""
    town.move_in(dossiers)
    return [Expected("R01", NUDGE, dossiers)]


@plant(10, Dag.MORGEN, again="huisgenoot_erbij")
def huisgenoot_weer_weg(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The housemate of yesterday has left: the household is as it was."""
    # Who lives there but belongs to another household came in yesterday.
    belongs = dossiers.select("woning", thuis="huishouden")
    guests = town.persoon.join(belongs, on="woning", maintain_order="left").filter(
        pl.col("huishouden") != pl.col("thuis")
    )
    town.move(guests["nr"], town.empty_homes(len(guests)))
    return [Expected("R01", GESLOTEN, dossiers)]


@plant(5, Dag.MORGEN)
def huisgenoot_erbij_morgen(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The plain case, a day later."""
    town.move_in(dossiers)
    return [Expected("R01", NUDGE, dossiers)]


@plant(4, Dag.VANDAAG)
def twee_huisgenoten_erbij(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Two persons, two findings, one letter."""
    town.move_in(dossiers, each=2)
    return [Expected("R01", NUDGE, dossiers)] * 2


def _name_them(town: Town, dossiers: pl.DataFrame) -> None:
    town.change("persoon", dossiers["nr"], geslachtsnaam=list(HOSTILE_NAMES), voorvoegsel=None)


@plant(len(HOSTILE_NAMES), Dag.VANDAAG, who=ALONE, before=_name_them, scaled=False)
def vreemde_naam(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """An odd name is no problem."""
    town.move_in(dossiers)
    return [Expected("R01", NUDGE, dossiers)]


@plant(8, Dag.VANDAAG, before=lambda town, dossiers: town.report(dossiers, "HUISGENOOT_IN", "AFGEWEZEN"))
def melding_afgewezen(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A melding that was turned down says nothing about the one who moves in now."""
    town.move_in(dossiers)
    return [Expected("R01", NUDGE, dossiers)]


@plant(8, Dag.GISTEREN)
def huisgenoot_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst, which has not dealt with it yet."""
    half = len(dossiers) // 2
    town.report(dossiers[:half], "HUISGENOOT_IN", "IN_BEHANDELING")
    town.report(dossiers[half:], "HUISGENOOT_IN", "ONTVANGEN")
    town.move_in(dossiers)
    return [Expected("R01", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(16, Dag.GISTEREN)
def huisgenoot_in_onderzoek(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Whether the housemate lives there is being looked into."""
    town.move_in(dossiers, vp_aanduiding_in_onderzoek="081000", vp_datum_ingang_onderzoek=f"{town.dag.year - 1}0915")
    return [Expected("R01", GEEN_ACTIE, dossiers, "in_onderzoek")]


@plant(20, Dag.GISTEREN, who=ALONE)
def aantal_bekend(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst counts a kostendeler but did not write down who it is."""
    town.change("uitkering", dossiers["uitkering_id"], aantal_kostendelers=2)
    town.move_in(dossiers, datum_aanvang_adreshouding=f"{town.dag.year - 2}0401")
    return [Expected("R01", GEEN_ACTIE, dossiers, "aantal_bekend")]


@plant(20, Dag.GISTEREN, who=ALONE)
def massa_adres(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Clients in the care home and in the hostel; the dienst knows all others there but one."""
    for place, clients in ((CARE_HOME, dossiers[::2]), (HOSTEL, dossiers[1::2])):
        residents = town.people(pl.col("soort") == place)["nr"]
        home = town.people(pl.col("soort") == place)["woning"][0]
        town.change("persoon", clients["nr"], woning=home, datum_aanvang_adreshouding=f"{town.dag.year - 1}0601")
        town.change("uitkering", clients["uitkering_id"], woning=home)
        others = pl.concat([residents[_UNKNOWN_IN_MASS:], clients["nr"]]).alias("nr").to_frame()
        known = clients.select("uitkering_id", wie="nr").join(others, how="cross").filter(pl.col("nr") != pl.col("wie"))
        town.know(known, "COMMERCIELE_RELATIE", datum_aanvang=town.dag - timedelta(days=400))
    return [Expected("R01", GEEN_ACTIE, dossiers, "massa_adres")] * _UNKNOWN_IN_MASS
