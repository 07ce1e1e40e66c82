"""R20, R21 and R22: what other organisations know of a belanghebbende, as the Inlichtingenbureau passes it on."""

from datetime import date, timedelta

import polars as pl

from flows.demo.candidates import ALONE, ORDINARY
from flows.demo.elders import ANDERE_GEMEENTE, DETENTIE, VERMOGEN, facts
from flows.demo.key import GEEN_ACTIE, TAAK, Dag, Expected
from flows.demo.planting import NO_FINDING, plant
from flows.demo.rhythm import months_before
from flows.demo.town import Town

#: Uitkeringen that ran on the last day of the tax year before this one, and in all weeks the plants are about.
_SINCE_LONG = pl.col("datum_aanvang_uitkering") < date(2025, 7, 1)
_LONG, LONG_ALONE = ORDINARY & _SINCE_LONG, ALONE & _SINCE_LONG
#: Days ago: heard of in the delivery that comes today, and in one of those before the first night.
_NOW, _EARLIER = timedelta(days=15), timedelta(days=45)
#: Pw 34 lid 3 a for 2025: 7,770 euro.
_GRENS = 777_000


def _elsewhere(town: Town, dossiers: pl.DataFrame, since: date, until: date | None, heard: timedelta) -> None:
    town.append("elders", facts(
        dossiers, signaalsoort=ANDERE_GEMEENTE, bron="GEMEENTE", bronkenmerk="9911", aanvang=since, einde=until,
        bekend_op=town.dag - heard,
    ))  # fmt: skip


@plant(14, Dag.VANDAAG, who=_LONG)
def dubbele_bijstand_loopt(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Another gemeente has paid for ten weeks, and has no end."""
    _elsewhere(town, dossiers, town.dag - timedelta(days=70), None, _NOW)
    return [Expected("R20", TAAK, dossiers)]


@plant(10, Dag.VANDAAG, who=_LONG)
def dubbele_bijstand_voorbij(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Another gemeente paid for a month and a day."""
    began = months_before(town.dag, 3).replace(day=1)
    _elsewhere(town, dossiers, began, months_before(town.dag, 2).replace(day=1), _NOW)
    return [Expected("R20", TAAK, dossiers)]


@plant(8, Dag.VANDAAG, who=_LONG)
def overlap_na_verhuizing(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Another gemeente paid for a month to the day."""
    began = months_before(town.dag, 3).replace(day=1)
    _elsewhere(town, dossiers, began, months_before(town.dag, 2).replace(day=1) - timedelta(days=1), _NOW)
    return NO_FINDING


@plant(8, Dag.VANDAAG, who=_LONG)
def einddatum_nog_niet_verwerkt(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Another gemeente has paid for two weeks: the end may be on its way."""
    _elsewhere(town, dossiers, town.dag - _NOW, None, _NOW)
    return NO_FINDING


def _heard_under_its_old_number(town: Town, dossiers: pl.DataFrame) -> None:
    _elsewhere(town, dossiers, town.dag - timedelta(days=120), None, _EARLIER)


@plant(20, Dag.GISTEREN, who=_LONG & (pl.col("inkomsten") == 0), before=_heard_under_its_old_number)
def dossier_overgedragen(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dossier got another number since: the signal no longer says by itself who it is about."""
    new = dossiers.with_columns(pl.format("{}-N", "dossiernummer").alias("dossiernummer"))
    town.change("uitkering", dossiers["uitkering_id"], dossiernummer=new["dossiernummer"])
    renamed = pl.col("dossiernummer").replace(dossiers["dossiernummer"], new["dossiernummer"])
    town.vordering = town.vordering.with_columns(renamed)
    return [Expected("R20", TAAK, new, "koppeling_onzeker")]


def detained(town: Town, dossiers: pl.DataFrame, days: int | None) -> None:
    """Each belanghebbende is detained since two weeks; ``days`` is for how long, None = still."""
    since = town.dag - _NOW
    until = None if days is None else since + timedelta(days=days)
    town.append("elders", facts(dossiers, signaalsoort=DETENTIE, bron="DJI_JUSTID", aanvang=since, einde=until))


@plant(12, Dag.VANDAAG, who=LONG_ALONE)
def in_detentie(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Detained two weeks ago, and still."""
    detained(town, dossiers, None)
    return [Expected("R21", TAAK, dossiers)]


@plant(10, Dag.VANDAAG, who=_LONG)
def korte_detentie(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Detained for five days."""
    detained(town, dossiers, 5)
    return [Expected("R21", TAAK, dossiers)]


@plant(20, Dag.VANDAAG, who=_LONG, before=lambda town, dossiers: town.report(dossiers, "DETENTIE", "ONTVANGEN"))
def detentie_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst, which has not dealt with it yet."""
    detained(town, dossiers, None)
    return [Expected("R21", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(8, Dag.VANDAAG, who=_LONG, before=lambda town, dossiers: town.report(dossiers, "DETENTIE", "AFGEWEZEN"))
def detentie_uitgezonderd(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst was told, and found an exception (Pw 13 lid 3)."""
    detained(town, dossiers, None)
    return NO_FINDING


def _balances(town: Town, dossiers: pl.DataFrame, jaar: int, *cents: int | None) -> None:
    """One account for each amount, on the last day of a tax year."""
    last = date(jaar, 12, 31)
    for number, amount in enumerate(cents):
        account = pl.format("R{}-{}", "nr", pl.lit(number))
        town.append("elders", facts(
            dossiers, signaalsoort=VERMOGEN, bron="BELASTINGDIENST", bronkenmerk=account, aanvang=last, einde=last,
            bekend_op=town.dag - _NOW, bedrag_cent=amount, bedragsoort="SALDO", belastingjaar=str(jaar),
        ))  # fmt: skip


@plant(20, Dag.VANDAAG, who=LONG_ALONE)
def vermogen_boven_grens(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Two accounts that are together above the grens, and neither by itself."""
    _balances(town, dossiers, town.dag.year - 1, _GRENS - 100_000, 250_000)
    return [Expected("R22", TAAK, dossiers)]


@plant(8, Dag.VANDAAG, who=LONG_ALONE)
def vermogen_op_de_grens(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Exactly the grens of that year."""
    _balances(town, dossiers, town.dag.year - 1, _GRENS - 100_000, 100_000)
    return NO_FINDING


@plant(8, Dag.VANDAAG, who=LONG_ALONE & (pl.col("datum_aanvang_uitkering") < date(2023, 1, 1)))
def vermogen_te_oud(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Far above the grens, and at least sixteen months ago."""
    _balances(town, dossiers, town.dag.year - 3, 3 * _GRENS)
    return NO_FINDING


@plant(8, Dag.VANDAAG, who=LONG_ALONE)
def saldo_onbekend(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """One account above the grens and one that nobody gave the balance of, which may be a debt."""
    _balances(town, dossiers, town.dag.year - 1, 2 * _GRENS, None)
    return NO_FINDING
