"""R15, R16, R27 and R28: the belanghebbende lives elsewhere, is gone, stays in an institution, or has a briefadres."""

import polars as pl

from flows.demo.candidates import ALONE, COUPLE
from flows.demo.dwellings import CITY, other_dwellings
from flows.demo.key import GEEN_ACTIE, GESLOTEN, NUDGE, TAAK, Dag, Expected
from flows.demo.planting import NO_FINDING, plant
from flows.demo.town import Town

#: A gemeente of another dienst; and a street of institutions, whose postcode the demo's settings name.
ELSEWHERE = ("9911", "Buitenweg", "1251AA", "Elders")
INSTITUTION = (CITY, "Zorghof", "1241AA", "Voorbeeldstad")
_BELGIE, _ONBEKEND = "5010", "0000"


def _homes(town: Town, count: int, place: tuple[str, str, str, str]) -> pl.Series:
    """Build ``count`` dwellings after those that are at this place already."""
    start = int(town.woningen["woning"].max()) + 1  # type: ignore[arg-type]
    there = town.woningen.filter(pl.col("postcode") == place[2]).height
    homes = other_dwellings(start - there, there + count, *place).tail(count)
    town.append("woningen", homes)
    return homes["woning"]


@plant(30, Dag.VANDAAG)
def verhuisd_naar_elders(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The household moved to a gemeente of another dienst."""
    town.move_household(dossiers, _homes(town, len(dossiers), ELSEWHERE))
    return [Expected("R15", NUDGE, dossiers)]


@plant(4, Dag.VANDAAG)
def verhuizing_naar_elders_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst of that move."""
    town.move_household(dossiers, _homes(town, len(dossiers), ELSEWHERE))
    town.report(dossiers, "VERHUIZING", "ONTVANGEN")
    return [Expected("R15", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(4, Dag.VANDAAG, before=lambda town, dossiers: town.wish(dossiers, geheim=True))
def verhuisd_naar_elders_geheim(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Where they live now is nobody's business."""
    town.move_household(dossiers, _homes(town, len(dossiers), ELSEWHERE))
    return [Expected("R15", TAAK, dossiers, "geheim")]


@plant(20, Dag.VANDAAG, who=ALONE)
def naar_buitenland(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende left the country."""
    town.emigrate(dossiers["nr"], _BELGIE)
    return [Expected("R16", TAAK, dossiers)]


@plant(20, Dag.GISTEREN, who=ALONE)
def onbekend_vertrokken(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The gemeente struck the belanghebbende off, for nobody knows where they are."""
    town.emigrate(dossiers["nr"], _ONBEKEND)
    return [Expected("R16", TAAK, dossiers, "hulp")]


@plant(6, Dag.VANDAAG, again="onbekend_vertrokken")
def inschrijving_hersteld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The registration of some of them is put right the next day: as if nothing happened."""
    gone = ("land_adres_buitenland", "datum_aanvang_adres_buitenland", "datum_opschorting", "reden_opschorting")
    town.change("persoon", dossiers["nr"], **dict.fromkeys(gone))
    town.change("persoon", dossiers["nr"], functie_adres="W")
    town.move(dossiers["nr"], dossiers["woning"], datum_aanvang_adreshouding="20180401")
    return [Expected("R16", GESLOTEN, dossiers)]


@plant(
    20, Dag.VANDAAG, who=ALONE, before=lambda town, dossiers: town.report(dossiers, "VERBLIJF_BUITENLAND", "ONTVANGEN")
)
def naar_buitenland_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst of a stay abroad."""
    town.emigrate(dossiers["nr"], _BELGIE)
    return [Expected("R16", GEEN_ACTIE, dossiers, "al_gemeld")]


def _stay_in_institution(town: Town, dossiers: pl.DataFrame) -> None:
    """Let the belanghebbende live in an institution; the dienst has that address."""
    homes = _homes(town, len(dossiers), INSTITUTION)
    town.move(dossiers["nr"], homes)
    town.change("uitkering", dossiers["uitkering_id"], woning=homes, met_bag=False)


@plant(16, Dag.VANDAAG, who=ALONE)
def naar_instelling(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst has the new address and not yet the norm that goes with it."""
    _stay_in_institution(town, dossiers)
    return [Expected("R27", TAAK, dossiers)]


@plant(20, Dag.VANDAAG, who=ALONE)
def verhuisd_naar_instelling(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst has neither the address nor the norm."""
    town.move(dossiers["nr"], _homes(town, len(dossiers), INSTITUTION))
    return [Expected("R27", TAAK, dossiers), Expected("R14", TAAK, dossiers, "instelling")]


@plant(20, Dag.GISTEREN, who=ALONE, before=lambda town, dossiers: town.report(dossiers, "OPNAME", "IN_BEHANDELING"))
def naar_instelling_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst of the stay."""
    _stay_in_institution(town, dossiers)
    return [Expected("R27", GEEN_ACTIE, dossiers, "al_gemeld")]


def _known_in_institution(town: Town, dossiers: pl.DataFrame) -> None:
    _stay_in_institution(town, dossiers)
    town.change("uitkering", dossiers["uitkering_id"], in_inrichting=True)


@plant(10, Dag.VANDAAG, who=ALONE, before=_known_in_institution)
def weer_thuis(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende is home again and the norm is still the one for an inrichting."""
    homes = town.empty_homes(len(dossiers))
    town.move(dossiers["nr"], homes)
    town.change("uitkering", dossiers["uitkering_id"], woning=pl.Series(homes))
    return [Expected("R27", TAAK, dossiers)]


@plant(8, Dag.GISTEREN, who=ALONE, before=_known_in_institution)
def in_instelling(_town: Town, _dossiers: pl.DataFrame) -> list[Expected]:
    """Address and norm are both those of an institution."""
    return NO_FINDING


@plant(20, Dag.GISTEREN, who=ALONE)
def klant_op_briefadres(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """No home; half of them get their post elsewhere than the dienst thinks."""
    town.change("persoon", dossiers["nr"], functie_adres="B", datum_aanvang_adreshouding=town.recent(len(dossiers)))
    away = dossiers[::2]
    town.change("persoon", away["nr"], woning=town.empty_homes(len(away)))
    return [Expected("R28", TAAK, dossiers)]


@plant(4, Dag.GISTEREN, who=COUPLE)
def partner_op_briefadres(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The partner has no home of their own in the BRP."""
    since = town.recent(len(dossiers))
    town.change("persoon", dossiers["partner_nr"], functie_adres="B", datum_aanvang_adreshouding=since)
    return [Expected("R28", TAAK, dossiers)]
