"""Traps about the belanghebbende's own address and its spelling."""

from datetime import timedelta

import polars as pl

from flows.demo.candidates import ALONE, WITH_BAG
from flows.demo.dwellings import special_places
from flows.demo.key import Dag, Expected
from flows.demo.planting import NO_FINDING, plant
from flows.demo.town import Town

_ZEROS = "0" * 16


@plant(10, Dag.GISTEREN, who=WITH_BAG)
def dienst_zonder_bag(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """One dwelling: the BRP has BAG ids and the dienst has none."""
    town.change("uitkering", dossiers["uitkering_id"], met_bag=False)
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=WITH_BAG)
def brp_zonder_bag(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The other way round."""
    household = town.people(pl.col("huishouden").is_in(dossiers["huishouden"].implode()))
    town.change("persoon", household["nr"], met_bag=False)
    town.change("uitkering", dossiers["uitkering_id"], met_bag=True)
    return NO_FINDING


@plant(10, Dag.GISTEREN)
def postcode_anders_getypt(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Small letters and a space are the same postcode."""
    town.change("uitkering", dossiers["uitkering_id"], postcode_stijl="1234 ab", met_bag=False)
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=ALONE)
def bag_nullen(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """BAG ids of zeros on several addresses: they name no dwelling."""
    others = town.people(pl.col("nr").is_in(town.newcomers(len(dossiers))))
    homes = pl.concat([dossiers["woning"], others["woning"]])
    town.change("woningen", homes, adresseerbaar_object_id=_ZEROS, nummeraanduiding_id=_ZEROS)
    town.change("uitkering", dossiers["uitkering_id"], met_bag=False)
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=ALONE)
def woonboot(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A place without an address can't be compared with anything."""
    _settle(town, dossiers, locatiebeschrijving="Woonboot 'De Goede Hoop'")
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=ALONE)
def puntadres(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Street ``.``: the gemeente knows no address. Several people with a point do not live together."""
    _settle(town, dossiers, straatnaam=".")
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=ALONE)
def klant_niet_in_brp(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The extract does not hold the belanghebbende: nothing is known, so nothing is said."""
    town.change("persoon", dossiers["nr"], in_brp=False)
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=ALONE)
def onderzoek_historie(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """58....: an earlier address was looked into."""
    town.change("persoon", dossiers["nr"], vp_aanduiding_in_onderzoek="581100", vp_datum_ingang_onderzoek="20190412")
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=ALONE)
def onderzoek_afgerond(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The address was looked into, and that is over."""
    town.change(
        "persoon", dossiers["nr"], vp_aanduiding_in_onderzoek="080000",
        vp_datum_ingang_onderzoek="20250310", vp_datum_einde_onderzoek="20250602",
    )  # fmt: skip
    return NO_FINDING


@plant(10, Dag.GISTEREN, who=ALONE & (pl.col("leeftijd") > 30))  # noqa: PLR2004
def eerdere_uitkering(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """An uitkering of years ago, at an address of years ago, beside the one that runs."""
    chosen = pl.col("uitkering_id").is_in(dossiers["uitkering_id"].implode())
    start = pl.col("datum_aanvang_uitkering")
    earlier = town.uitkering.filter(chosen).with_columns(
        pl.format("{}-1", "uitkering_id").alias("uitkering_id"),
        pl.format("{}-1", "dossiernummer").alias("dossiernummer"),
        pl.Series("woning", town.empty_homes(len(dossiers)), dtype=pl.Int64),
        datum_aanvang_uitkering=start - timedelta(days=900),
        datum_einde_uitkering=start - timedelta(days=200),
        reden_beeindiging=pl.lit("01"),
    )
    town.append("uitkering", earlier)
    return NO_FINDING


def _settle(town: Town, dossiers: pl.DataFrame, **columns: str) -> None:
    """Register each client at such a place, with somebody else; half of the dossiers have an old address."""
    places = special_places(int(town.woningen["woning"].max()) + 1, len(dossiers), **columns)  # type: ignore[arg-type]
    town.append("woningen", places)
    town.move(dossiers["nr"], places["woning"])
    town.move(town.newcomers(len(dossiers)), places["woning"])
    town.change("uitkering", dossiers["uitkering_id"][1::2], woning=None)
