"""R03, R05 and R25: a birthday at which another norm holds comes near."""

from datetime import date, timedelta

import polars as pl

from flows.demo.candidates import ALONE, COUPLE, YOUNG_ALONE
from flows.demo.key import GEEN_ACTIE, GESLOTEN, NUDGE, TAAK, Dag, Expected
from flows.demo.numbers import years_before
from flows.demo.planting import NO_FINDING, plant
from flows.demo.studie import enrol
from flows.demo.town import Town

_ADULT, _SHARING, _AOW = 21, 27, 67
#: How long before the day a rule speaks, as the settings have it; six months is at least 181 days.
_ADULT_DAYS, _SHARING_DAYS, _AOW_DAYS = 60, 56, 181
_OVER_HALF_A_YEAR = 190
_OLDEST_STUDENT = 35
_OLD_ALONE = ALONE & (pl.col("leeftijd") >= 40)  # noqa: PLR2004
_OLD_COUPLE = COUPLE & (pl.col("leeftijd") >= 40)  # noqa: PLR2004


def turning(town: Town, persons: pl.Series, years: int, days: list[date]) -> None:
    """Let each of ``persons`` reach an age in years on one of ``days``, in turn."""
    born = [years_before(days[nth % len(days)], years) for nth in range(len(persons))]
    town.change("persoon", persons, geboren=pl.Series(born), geboortedatum=[f"{day:%Y%m%d}" for day in born])


def _spread(town: Town, most: int) -> list[date]:
    """Days from next week on, at most so many days from the first night."""
    return [town.dag + timedelta(days=days) for days in range(7, most, 5)]


def _joined(
    town: Town,
    dossiers: pl.DataFrame,
    days: list[date],
    rol: str | None = "JONGER_DAN_27",
    oldest: int | None = None,
) -> pl.DataFrame:
    """Somebody who turns 27 on one of ``days`` comes to live with each; the dienst knows them as ``rol``."""
    newcomers = town.move_in(dossiers, oldest=oldest)
    turning(town, newcomers["nr"], _SHARING, days)
    if rol:
        town.know(newcomers, rol)
    return newcomers


@plant(10, Dag.GISTEREN)
def medebewoner_wordt_27(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst knows a housemate as too young to count, for less than two months more."""
    _joined(town, dossiers, _spread(town, _SHARING_DAYS))
    return [Expected("R03", NUDGE, dossiers)]


@plant(10, Dag.VANDAAG)
def nieuwe_huisgenoot_wordt_27(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Somebody the dienst does not know, and who does not count yet."""
    _joined(town, dossiers, _spread(town, _SHARING_DAYS), rol=None)
    return [Expected("R03", NUDGE, dossiers)]


def _wordt_27_na_vandaag(town: Town, dossiers: pl.DataFrame) -> None:
    _joined(town, dossiers, [town.dag + timedelta(days=1 + _SHARING_DAYS)])


@plant(4, Dag.VANDAAG, before=_wordt_27_na_vandaag)
def medebewoner_wordt_27_in_zicht(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """From this night on the birthday is near enough."""
    return [Expected("R03", NUDGE, dossiers)]


@plant(16, Dag.GISTEREN)
def medebewoner_werd_27(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The birthday went by and the dienst still knows them as too young: no letter about what is to come."""
    _joined(town, dossiers, [town.dag - timedelta(days=40)])
    return [Expected("R03", TAAK, dossiers, "verjaardag_geweest")]


@plant(4, Dag.GISTEREN)
def medebewoner_wordt_27_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst of a housemate, which has not dealt with it yet."""
    _joined(town, dossiers, _spread(town, _SHARING_DAYS), rol=None)
    town.report(dossiers, "HUISGENOOT_IN", "ONTVANGEN")
    return [Expected("R03", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(4, Dag.GISTEREN)
def onbekende_wordt_morgen_27(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Unknown to the dienst, and 27 tomorrow."""
    newcomers = _joined(town, dossiers, [town.dag + timedelta(days=1)], rol=None)
    town.change("persoon", newcomers["nr"], datum_aanvang_adreshouding=f"{town.dag.year - 2}0401")
    return [Expected("R03", NUDGE, dossiers)]


@plant(4, Dag.VANDAAG, again="onbekende_wordt_morgen_27")
def onbekende_is_27(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The birthday was told beforehand: from today a consulent looks at it, and there is no second letter."""
    return [Expected("R03", GESLOTEN, dossiers), Expected("R01", TAAK, dossiers, "verjaardag_geweest")]


@plant(4, Dag.GISTEREN)
def medebewoner_wordt_later_27(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """One day too far away for the last of the nights."""
    _joined(town, dossiers, [town.dag + timedelta(days=3 + _SHARING_DAYS)])
    return NO_FINDING


@plant(4, Dag.GISTEREN)
def student_wordt_27(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A student does not count at 27 either."""
    enrol(town, _joined(town, dossiers, _spread(town, _SHARING_DAYS), rol="STUDENT", oldest=_OLDEST_STUDENT)["nr"])
    return NO_FINDING


@plant(4, Dag.GISTEREN)
def huurder_wordt_27(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Nor does who pays a proper rent."""
    _joined(town, dossiers, _spread(town, _SHARING_DAYS), rol="COMMERCIELE_RELATIE")
    return NO_FINDING


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


@plant(20, Dag.GISTEREN, who=YOUNG_ALONE, before=_wordt_21)
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
