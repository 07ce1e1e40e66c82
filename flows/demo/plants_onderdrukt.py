"""Suppressors that hold for nearly every rule: what the dienst is doing already, a death in the home, long ago."""

from datetime import date, timedelta

import polars as pl

from flows.demo.candidates import COUPLE
from flows.demo.key import GEEN_ACTIE, TAAK, Dag, Expected
from flows.demo.planting import Prepare, plant
from flows.demo.town import Town

_OVER_FIVE_YEARS = timedelta(days=2_000)
_GROWN = date(1975, 5, 5)


def _at_the_dienst(**columns: str) -> Prepare:
    """What the dienst has written down with these uitkeringen from the first day on."""
    return lambda town, dossiers: town.change("uitkering", dossiers["uitkering_id"], **columns)


@plant(20, Dag.VANDAAG, before=_at_the_dienst(indicatie_blokkering="1"))
def betaling_geblokkeerd(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """O04: somebody is dealing with this inwoner already, so a person calls."""
    town.move_in(dossiers)
    return [Expected("R01", TAAK, dossiers, "geblokkeerd")]


@plant(20, Dag.VANDAAG, before=_at_the_dienst(wetcode="IOAW"))
def andere_regeling(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """W01: what is paid is no bijstand, and the letter would say that it is."""
    town.move_in(dossiers)
    return [Expected("R01", TAAK, dossiers, "andere_regeling")]


@plant(20, Dag.VANDAAG, before=_at_the_dienst(lopend_bezwaar="1"))
def bezwaar_loopt(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """O07: a jurist says first what may be done."""
    town.move_household(dossiers, town.empty_homes(len(dossiers)))
    return [Expected("R14", TAAK, dossiers, "lopend_bezwaar")]


@plant(20, Dag.GISTEREN, before=_at_the_dienst(lopend_onderzoek="1"))
def dienst_onderzoekt(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """O07: nothing is done while the dienst looks into the right to the uitkering."""
    town.move_in(dossiers)
    return [Expected("R01", GEEN_ACTIE, dossiers, "lopend_onderzoek")]


@plant(20, Dag.GISTEREN)
def lang_geleden(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """O11: they have lived together for over five years, and nobody ever noticed."""
    since = f"{town.dag - _OVER_FIVE_YEARS:%Y%m%d}"
    town.change("persoon", dossiers["nr"], datum_aanvang_adreshouding=since)
    town.move_in(dossiers, datum_aanvang_adreshouding=since, geboren=_GROWN, geboortedatum=f"{_GROWN:%Y%m%d}")
    return [Expected("R01", GEEN_ACTIE, dossiers, "te_lang_geleden")]


def _tenant(town: Town, dossiers: pl.DataFrame) -> None:
    town.know(town.move_in(dossiers), "COMMERCIELE_RELATIE")


@plant(20, Dag.GISTEREN, before=_tenant)
def huurder_overleden(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """O09: the tenant died a few days ago and somebody else came: now is not the time."""
    tenants = dossiers.select("uitkering_id").join(
        town.medebewoner.filter(pl.col("rol") == "COMMERCIELE_RELATIE"), on="uitkering_id", maintain_order="left"
    )
    town.die(tenants.unique("uitkering_id", keep="last", maintain_order=True)["nr"])
    town.move_in(dossiers)
    return [Expected("R01", GEEN_ACTIE, dossiers, "overlijden")]


def _partner_out(town: Town, dossiers: pl.DataFrame) -> None:
    town.change("persoon", dossiers["partner_nr"], in_brp=False)


@plant(20, Dag.VANDAAG, who=COUPLE, before=_partner_out)
def partner_niet_in_brp(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """G01: the partner the dienst names is not in the extract, and may be anything."""
    town.move_in(dossiers)
    return [Expected("R01", TAAK, dossiers, "gegevens_onvolledig")]
