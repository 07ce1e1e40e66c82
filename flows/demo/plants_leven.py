"""R02, R13, R14 and R17: somebody leaves, dies or moves, or the address is being looked into."""

import polars as pl

from flows.demo.candidates import ALONE, COUPLE, ONE_KOSTENDELER
from flows.demo.key import GEEN_ACTIE, NUDGE, TAAK, Dag, Expected
from flows.demo.planting import plant
from flows.demo.town import Town

_LANDEN = {"belgie": "5010", "turkije": "6043"}
#: Category 08 in onderzoek: all of it, the address, the street; 089999 = found not to live there.
_ONDERZOEK = ("080000", "081000", "081100", "081110", "089999")


def kostendelers(town: Town, dossiers: pl.DataFrame) -> pl.Series:
    """The persons the dienst counts as kostendelers of these dossiers."""
    sharing = town.medebewoner.filter(pl.col("rol") == "KOSTENDELER")
    return sharing.filter(pl.col("uitkering_id").is_in(dossiers["uitkering_id"].implode()))["nr"]


@plant(30, Dag.VANDAAG, who=ONE_KOSTENDELER)
def kostendeler_verhuisd(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The kostendeler went to live elsewhere in town."""
    leaving = kostendelers(town, dossiers)
    town.move(leaving, town.empty_homes(len(leaving)))
    return [Expected("R02", TAAK, dossiers, "ambtshalve_voorstel")]


@plant(4, Dag.VANDAAG, who=ONE_KOSTENDELER)
def kostendeler_overleden(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The kostendeler died, a few days ago: not now."""
    town.die(kostendelers(town, dossiers))
    return [Expected("R02", GEEN_ACTIE, dossiers, "overlijden")]


@plant(4, Dag.VANDAAG, who=ONE_KOSTENDELER)
def kostendeler_naar_buitenland(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The kostendeler left the country."""
    town.emigrate(kostendelers(town, dossiers), _LANDEN["belgie"])
    return [Expected("R02", TAAK, dossiers, "ambtshalve_voorstel")]


@plant(4, Dag.GISTEREN, who=ONE_KOSTENDELER)
def kostendeler_weg_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst that the kostendeler left."""
    leaving = kostendelers(town, dossiers)
    town.move(leaving, town.empty_homes(len(leaving)))
    town.report(dossiers, "HUISGENOOT_UIT", "ONTVANGEN")
    return [Expected("R02", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(14, Dag.VANDAAG, who=ALONE)
def belanghebbende_overleden(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende died."""
    town.die(dossiers["nr"])
    return [Expected("R13", TAAK, dossiers, "spoed")]


@plant(4, Dag.VANDAAG, who=COUPLE)
def partner_overleden(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The partner died."""
    town.die(dossiers["partner_nr"])
    return [Expected("R13", TAAK, dossiers, "spoed")]


@plant(3, Dag.VANDAAG, who=COUPLE)
def partner_overleden_en_huisgenoot(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Somebody came to live with the one who is left: now is not the time to write about that."""
    town.die(dossiers["partner_nr"])
    town.move_in(dossiers)
    return [Expected("R13", TAAK, dossiers, "spoed"), Expected("R01", GEEN_ACTIE, dossiers, "overlijden")]


@plant(46, Dag.VANDAAG)
def verhuisd(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The household moved within the two gemeenten and the dienst still has the old address."""
    town.move_household(dossiers, town.empty_homes(len(dossiers)))
    return [Expected("R14", NUDGE, dossiers)]


@plant(10, Dag.VANDAAG)
def verhuisd_bij_een_ander(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The household moved in with somebody of 27 or older: one letter, about the new address."""
    hosts = dossiers.select(nr=pl.Series(town.newcomers(len(dossiers)), dtype=pl.Int64))
    homes = hosts.join(town.persoon.select("nr", "woning"), on="nr", maintain_order="left")["woning"]
    town.move_household(dossiers, homes)
    return [Expected("R14", NUDGE, dossiers), Expected("R01", NUDGE, dossiers)]


@plant(4, Dag.VANDAAG, who=ONE_KOSTENDELER)
def verhuisd_zonder_kostendeler(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The household moved and the kostendeler stayed behind."""
    homes = town.empty_homes(len(dossiers))
    town.move_household(dossiers, homes, staying=kostendelers(town, dossiers))
    return [Expected("R14", NUDGE, dossiers), Expected("R02", TAAK, dossiers, "ambtshalve_voorstel")]


@plant(5, Dag.GISTEREN)
def verhuizing_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst about the new address."""
    town.move_household(dossiers, town.empty_homes(len(dossiers)))
    town.report(dossiers, "VERHUIZING", "IN_BEHANDELING")
    return [Expected("R14", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(
    5, Dag.VANDAAG, before=lambda town, dossiers: town.change("persoon", dossiers["nr"], indicatie_geheim="7")
)  # fmt: skip
def verhuisd_naar_geheim_adres(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The new address is secret."""
    town.move_household(dossiers, town.empty_homes(len(dossiers)))
    return [Expected("R14", TAAK, dossiers, "geheim")]


def _investigate(town: Town, persons: pl.Series) -> None:
    codes = [_ONDERZOEK[nth % len(_ONDERZOEK)] for nth in range(len(persons))]
    town.change("persoon", persons, vp_aanduiding_in_onderzoek=codes, vp_datum_ingang_onderzoek=town.recent(1)[0])


@plant(14, Dag.VANDAAG, who=ALONE)
def adres_in_onderzoek(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The gemeente looks into whether the belanghebbende lives there: help, no letter."""
    _investigate(town, dossiers["nr"])
    return [Expected("R17", TAAK, dossiers, "hulp")]


@plant(3, Dag.VANDAAG, who=COUPLE)
def partner_in_onderzoek(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The same for the partner."""
    _investigate(town, dossiers["partner_nr"])
    return [Expected("R17", TAAK, dossiers, "hulp")]


@plant(2, Dag.VANDAAG)
def onderzoek_en_huisgenoot(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Somebody moved in at an address that is being looked into."""
    _investigate(town, dossiers["nr"])
    town.move_in(dossiers)
    return [Expected("R17", TAAK, dossiers, "hulp"), Expected("R01", GEEN_ACTIE, dossiers, "in_onderzoek")]


@plant(2, Dag.VANDAAG)
def onderzoek_en_verhuisd(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The new address is being looked into."""
    town.move_household(dossiers, town.empty_homes(len(dossiers)))
    _investigate(town, dossiers["nr"])
    return [Expected("R17", TAAK, dossiers, "hulp"), Expected("R14", GEEN_ACTIE, dossiers, "in_onderzoek")]
