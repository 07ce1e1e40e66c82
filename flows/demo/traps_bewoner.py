"""Traps about housemates: people at or near the address who must not become a finding."""

from datetime import timedelta

import numpy as np
import polars as pl

from flows.demo.candidates import ALONE, FINISHED, ONE_KOSTENDELER, WITHOUT_SUFFIX, YOUNG_ALONE
from flows.demo.key import Dag, Expected
from flows.demo.numbers import years_before
from flows.demo.planting import NO_FINDING, plant
from flows.demo.studie import enrol
from flows.demo.town import Town

_AGE, _OLDEST_STUDENT = 27, 35


@plant(10, Dag.GISTEREN)
def bewoner_van_26(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """27 in a few months, and not soon."""
    born = years_before(town.dag + timedelta(days=100), _AGE)
    town.move_in(dossiers, geboren=born, geboortedatum=f"{born:%Y%m%d}")
    return NO_FINDING


@plant(10, Dag.GISTEREN)
def leeftijd_deels_bekend(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Born somewhere in a year whose people are 26 or 27 now."""
    town.move_in(dossiers, geboortedatum=f"{town.dag.year - _AGE}0000")
    return NO_FINDING


@plant(10, Dag.GISTEREN)
def leeftijd_onbekend(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """No date of birth at all."""
    town.move_in(dossiers, geboortedatum="00000000")
    return NO_FINDING


@plant(10, Dag.GISTEREN)
def briefadres_bij_klant(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Gets post there and lives elsewhere."""
    town.move_in(dossiers, functie_adres="B")
    return NO_FINDING


@plant(10, Dag.VANDAAG)
def bekende_student(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst knows already, and students do not count; DUO says the same."""
    newcomers = town.move_in(dossiers, oldest=_OLDEST_STUDENT)
    enrol(town, newcomers["nr"])
    town.know(newcomers, "STUDENT")
    return NO_FINDING


@plant(10, Dag.VANDAAG)
def bekende_huurder(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst knows already, and who pays a proper rent does not count."""
    town.know(town.move_in(dossiers), "COMMERCIELE_RELATIE")
    return NO_FINDING


@plant(10, Dag.VANDAAG, who=FINISHED)
def beeindigde_uitkering(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Who has no uitkering any more may live with whom they like."""
    town.move_in(dossiers)
    return NO_FINDING


@plant(10, Dag.VANDAAG, who=YOUNG_ALONE)
def klant_onder_21(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The kostendelersnorm begins at 21 (Pw 22a)."""
    town.move_in(dossiers)
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=ALONE)
def kostendeler_afgesloten(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst closed the line of a kostendeler who left long ago."""
    past = dossiers.select("uitkering_id", nr=pl.Series(town.newcomers(len(dossiers)), dtype=pl.Int64))
    begin, end = town.dag - timedelta(days=900), town.dag - timedelta(days=300)
    town.know(past, "KOSTENDELER", datum_aanvang=begin, datum_einde=end, vastgesteld_op=begin)
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=WITHOUT_SUFFIX)
def buren_tegenover(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """``to``: a place opposite that number is not that dwelling."""
    _neighbours(town, dossiers, aanduiding_bij_huisnummer="to")
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=WITHOUT_SUFFIX)
def buren_naast(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """``by``: a place near that number is not that dwelling."""
    _neighbours(town, dossiers, aanduiding_bij_huisnummer="by")
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=WITHOUT_SUFFIX)
def buren_andere_letter(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The client lives at A, the neighbour at B, and neither has BAG ids."""
    _neighbours(town, dossiers, huisletter="B")
    _respell(town, dossiers, huisletter="A")
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=WITHOUT_SUFFIX)
def buren_andere_toevoeging(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The same with a toevoeging."""
    _neighbours(town, dossiers, huisnummertoevoeging="2")
    _respell(town, dossiers, huisnummertoevoeging="1")
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=ONE_KOSTENDELER & pl.col("bag"))
def bag_bij_een_bewoner(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """One address, with BAG ids for the client and without for the kostendeler: still one dwelling."""
    sharing = town.medebewoner.filter(pl.col("rol") == "KOSTENDELER")
    sharing = sharing.filter(pl.col("uitkering_id").is_in(dossiers["uitkering_id"].implode()))
    town.change("persoon", sharing["nr"], met_bag=False)
    return NO_FINDING


def _neighbours(town: Town, dossiers: pl.DataFrame, **columns: str) -> None:
    """Build a dwelling that differs from the client's in ``columns`` only, and let somebody live there."""
    first = int(town.woningen["woning"].max()) + 1  # type: ignore[arg-type]
    homes = np.arange(first, first + len(dossiers))
    beside = dossiers.select("woning").join(town.woningen, on="woning", maintain_order="left")
    beside = beside.with_columns(
        pl.Series("woning", homes),
        adresseerbaar_object_id=pl.lit(None, pl.String),
        nummeraanduiding_id=pl.lit(None, pl.String),
        **{name: pl.lit(value) for name, value in columns.items()},
    )
    town.append("woningen", beside)
    town.move(town.newcomers(len(dossiers)), homes)


def _respell(town: Town, dossiers: pl.DataFrame, **columns: str) -> None:
    town.change("woningen", dossiers["woning"], adresseerbaar_object_id=None, nummeraanduiding_id=None, **columns)
