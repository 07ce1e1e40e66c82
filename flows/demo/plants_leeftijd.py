"""R05 and R25: a birthday at which another norm holds comes near."""

from datetime import date, timedelta

import polars as pl

from flows.demo.candidates import ALONE, COUPLE, YOUNG_ALONE
from flows.demo.key import GEEN_ACTIE, NUDGE, TAAK, Dag, Expected
from flows.demo.numbers import years_before
from flows.demo.planting import NO_FINDING, plant
from flows.demo.town import Town

_ADULT, _AOW = 21, 67
#: How long before the day a rule speaks, as the settings have it; six months is at least 181 days.
_ADULT_DAYS, _AOW_DAYS = 60, 181
_OVER_HALF_A_YEAR = 190
_OLD_ALONE = ALONE & (pl.col("leeftijd") >= 40)  # noqa: PLR2004
_OLD_COUPLE = COUPLE & (pl.col("leeftijd") >= 40)  # noqa: PLR2004


def turning(town: Town, persons: pl.Series, years: int, days: list[date]) -> None:
    """Let each of ``persons`` reach an age in years on one of ``days``, in turn."""
    born = [years_before(days[nth % len(days)], years) for nth in range(len(persons))]
    town.change("persoon", persons, geboren=pl.Series(born), geboortedatum=[f"{day:%Y%m%d}" for day in born])


def _spread(town: Town, most: int) -> list[date]:
    """Days from next week on, at most so many days from the first night."""
    return [town.dag + timedelta(days=days) for days in range(7, most, 5)]


def _wordt_21(town: Town, dossiers: pl.DataFrame) -> None:
    turning(town, dossiers["nr"], _ADULT, _spread(town, _ADULT_DAYS))


@plant(16, Dag.GISTEREN, who=YOUNG_ALONE, before=_wordt_21)
def wordt_21(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """21 within two months, with the norm of who is younger."""
    return [Expected("R05", TAAK, dossiers, "ambtshalve_voorstel")]


def _wordt_21_na_vandaag(town: Town, dossiers: pl.DataFrame) -> None:
    turning(town, dossiers["nr"], _ADULT, [town.dag + timedelta(days=1 + _ADULT_DAYS)])


@plant(8, Dag.VANDAAG, who=YOUNG_ALONE, before=_wordt_21_na_vandaag)
def wordt_21_in_zicht(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """From this night on the birthday is near enough."""
    return [Expected("R05", TAAK, dossiers, "ambtshalve_voorstel")]


@plant(4, Dag.GISTEREN, who=YOUNG_ALONE, before=_wordt_21)
def wordt_21_al_ingepland(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst has planned the norm from 21 on."""
    birthdays = dossiers.select("nr", "uitkering_id").join(town.persoon.select("nr", "geboren"), on="nr")
    vanaf = [day.replace(year=day.year + _ADULT) for day in birthdays["geboren"]]
    town.change("uitkering", birthdays["uitkering_id"], norm_21_vanaf=pl.Series(vanaf))
    return [Expected("R05", GEEN_ACTIE, dossiers, "norm_ingepland")]


def _wordt_21_later(town: Town, dossiers: pl.DataFrame) -> None:
    turning(town, dossiers["nr"], _ADULT, [town.dag + timedelta(days=3 + _ADULT_DAYS)])


@plant(4, Dag.GISTEREN, who=YOUNG_ALONE, before=_wordt_21_later)
def wordt_21_nog_niet(_: Town, __: pl.DataFrame) -> list[Expected]:
    """One day too far away for the last of the nights."""
    return NO_FINDING


def _krijgt_aow(town: Town, dossiers: pl.DataFrame) -> None:
    turning(town, dossiers["nr"], _AOW, _spread(town, _AOW_DAYS))


@plant(14, Dag.GISTEREN, who=_OLD_ALONE, before=_krijgt_aow)
def krijgt_aow(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """AOW within half a year."""
    return [Expected("R25", NUDGE, dossiers)]


@plant(6, Dag.GISTEREN, who=_OLD_COUPLE, before=lambda town, dossiers: turning(
    town, dossiers["partner_nr"], _AOW, _spread(town, _AOW_DAYS)
))  # fmt: skip
def partner_krijgt_aow(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The same for the partner."""
    return [Expected("R25", NUDGE, dossiers)]


def _krijgt_aow_geheim(town: Town, dossiers: pl.DataFrame) -> None:
    _krijgt_aow(town, dossiers)
    town.change("persoon", dossiers["nr"], indicatie_geheim="7")


@plant(4, Dag.GISTEREN, who=_OLD_ALONE, before=_krijgt_aow_geheim)
def krijgt_aow_geheim(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """AOW within half a year, at a secret address."""
    return [Expected("R25", TAAK, dossiers, "geheim")]


def _krijgt_later_aow(town: Town, dossiers: pl.DataFrame) -> None:
    turning(town, dossiers["nr"], _AOW, [town.dag + timedelta(days=_OVER_HALF_A_YEAR)])


@plant(4, Dag.GISTEREN, who=_OLD_ALONE, before=_krijgt_later_aow)
def krijgt_later_aow(_: Town, __: pl.DataFrame) -> list[Expected]:
    """AOW in more than half a year."""
    return NO_FINDING


@plant(4, Dag.GISTEREN, who=_OLD_ALONE, before=_krijgt_aow)
def krijgt_aow_deels_bekend(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The register knows the year of birth only: which day nobody can say."""
    known = town.people(pl.col("nr").is_in(dossiers["nr"].implode()))
    town.change("persoon", known["nr"], geboortedatum=known["geboren"].dt.strftime("%Y0000"))
    return NO_FINDING
