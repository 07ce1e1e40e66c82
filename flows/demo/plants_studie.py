"""R04, R23, R24, and R01 and R03 about a student: what DUO tells."""

from datetime import date, timedelta

import polars as pl

from flows.demo.candidates import ALONE, COUPLE
from flows.demo.key import GEEN_ACTIE, NUDGE, TAAK, Dag, Expected
from flows.demo.planting import NO_FINDING, plant
from flows.demo.plants_leeftijd import turning
from flows.demo.studie import enrol
from flows.demo.town import Town

_YOUNG, _MIDDLE, _SHARING = 28, 45, 27
#: Nobody this old studies unless a plant says so.
_OLD_ALONE = ALONE & (pl.col("leeftijd") > 35)  # noqa: PLR2004
#: And whose uitkering began before any study that ended lately.
_LONG_ALONE = _OLD_ALONE & (pl.col("datum_aanvang_uitkering") < date(2025, 1, 1)) & (pl.col("inkomsten") == 0)
_INCOME = 45_000


def _ago(town: Town, days: int) -> date:
    return town.dag - timedelta(days=days)


def _begun(town: Town) -> date:
    """The first day of a month, so long ago that DUO told of it before the first night."""
    return _ago(town, 100).replace(day=1)


def _over(town: Town, persons: pl.Series, soort: str = "hbo", ended: int = 140) -> None:
    """A course of nearly two years that ended so many days ago; after 140 no summer can make it go on."""
    enrol(town, persons, soort, _ago(town, ended + 700), _ago(town, ended))


def _mate(town: Town, dossiers: pl.DataFrame, rol: str | None, years: int = _YOUNG) -> pl.Series:
    """Somebody of so many years has lived with each for long, and the dienst knows them as ``rol``: their ``nr``."""
    since = date(town.dag.year - 2, 4, 1)
    mates = town.move_in(dossiers, datum_aanvang_adreshouding=f"{since:%Y%m%d}")
    turning(town, mates["nr"], years, [_ago(town, 200)])
    if rol:
        town.know(mates, rol, datum_aanvang=since, vastgesteld_op=since + timedelta(days=14))
    if rol == "KOSTENDELER":
        town.change("uitkering", dossiers["uitkering_id"], aantal_kostendelers=2)
    return mates["nr"]


def _mates_of(town: Town, dossiers: pl.DataFrame) -> pl.Series:
    return town.medebewoner.filter(pl.col("uitkering_id").is_in(dossiers["uitkering_id"].implode()))["nr"]


# -- R04 -------------------------------------------------------------------------------------------------


def _kostendeler(town: Town, dossiers: pl.DataFrame) -> None:
    _mate(town, dossiers, "KOSTENDELER")


@plant(14, Dag.VANDAAG, who=ALONE, before=_kostendeler)
def kostendeler_gaat_studeren(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst counts a housemate of whom DUO says from this night on that they study."""
    enrol(town, _mates_of(town, dossiers))
    return [Expected("R04", TAAK, dossiers, "ambtshalve_voorstel")]


@plant(
    8, Dag.GISTEREN, who=ALONE,
    before=lambda town, dossiers: enrol(
        town, _mate(town, dossiers, "KOSTENDELER", _MIDDLE), "bbl", _begun(town)
    ),
)  # fmt: skip
def kostendeler_volgt_bbl(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """BBL has no age."""
    return [Expected("R04", TAAK, dossiers, "ambtshalve_voorstel")]


def _gestopt(town: Town, dossiers: pl.DataFrame) -> None:
    half = (len(dossiers) + 1) // 2
    _over(town, _mate(town, dossiers[:half], "STUDENT"))
    _over(town, _mate(town, dossiers[half:], "BBL"), "bbl")


@plant(14, Dag.GISTEREN, who=ALONE, before=_gestopt)
def medebewoner_stopt_opleiding(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Whom the dienst does not count for a study that is over."""
    return [Expected("R04", TAAK, dossiers)]


@plant(
    8, Dag.GISTEREN, who=ALONE,
    before=lambda town, dossiers: enrol(town, _mate(town, dossiers, "KOSTENDELER"), "wo", _begun(town)),
)  # fmt: skip
def kostendeler_studeert_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told of it, and the dienst has not dealt with that yet."""
    town.report(dossiers, "STUDIE", "ONTVANGEN")
    return [Expected("R04", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(
    4, Dag.GISTEREN, who=ALONE,
    before=lambda town, dossiers: enrol(town, _mate(town, dossiers, "KOSTENDELER"), "deeltijd", _begun(town)),
)  # fmt: skip
def kostendeler_volgt_deeltijd(_: Town, __: pl.DataFrame) -> list[Expected]:
    """An education that never gives a right."""
    return NO_FINDING


@plant(
    4, Dag.GISTEREN, who=ALONE,
    before=lambda town, dossiers: enrol(town, _mate(town, dossiers, "KOSTENDELER"), "los", _begun(town)),
)  # fmt: skip
def kostendeler_als_extraneus(_: Town, __: pl.DataFrame) -> list[Expected]:
    """Examinations only."""
    return NO_FINDING


def _zomer(town: Town, dossiers: pl.DataFrame) -> None:
    autumn = date(_ago(town, 40).year, 9, 1)
    autumn = autumn if autumn <= _ago(town, 40) else autumn.replace(year=autumn.year - 1)
    students = _mate(town, dossiers, "STUDENT")
    enrol(town, students, "hbo", autumn.replace(year=autumn.year - 2), autumn.replace(month=6, day=30))
    enrol(town, students, "hbo", autumn)


@plant(4, Dag.GISTEREN, who=ALONE, before=_zomer)
def student_had_zomer(_: Town, __: pl.DataFrame) -> list[Expected]:
    """Enrolled again after the summer."""
    return NO_FINDING


def _vervolg(town: Town, dossiers: pl.DataFrame) -> None:
    students = _mate(town, dossiers, "STUDENT")
    _over(town, students, "bol", ended=150)
    enrol(town, students, "hbo", _ago(town, 100))


@plant(4, Dag.GISTEREN, who=ALONE, before=_vervolg)
def student_volgt_andere_opleiding(_: Town, __: pl.DataFrame) -> list[Expected]:
    """The next course began seven weeks after the diploma."""
    return NO_FINDING


@plant(
    4, Dag.GISTEREN, who=ALONE, before=lambda town, dossiers: _over(town, _mate(town, dossiers, "STUDENT"), ended=40)
)
def student_pas_uitgeschreven(_: Town, __: pl.DataFrame) -> list[Expected]:
    """A course may still follow."""
    return NO_FINDING


# -- R01 and R03 -----------------------------------------------------------------------------------------


@plant(14, Dag.VANDAAG)
def onbekende_student(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Unknown to the dienst, and a student by DUO."""
    newcomers = town.move_in(dossiers)["nr"]
    turning(town, newcomers, _YOUNG, [_ago(town, 200)])
    enrol(town, newcomers, "hbo", _begun(town))
    return [Expected("R01", GEEN_ACTIE, dossiers, "studeert")]


@plant(6, Dag.VANDAAG)
def onbekende_volgt_bbl(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The same in BBL, at any age."""
    enrol(town, town.move_in(dossiers)["nr"], "bbl", _begun(town))
    return [Expected("R01", GEEN_ACTIE, dossiers, "studeert")]


@plant(20, Dag.VANDAAG)
def onbekende_studeert_misschien(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """At an evening school, which may give a right, or enrolled in June and gone since summer."""
    half = (len(dossiers) + 1) // 2
    enrol(town, town.move_in(dossiers[:half])["nr"], "vo", _begun(town))
    _over(town, town.move_in(dossiers[half:])["nr"], ended=40)
    return [Expected("R01", TAAK, dossiers, "studie_onzeker")]


@plant(4, Dag.VANDAAG)
def onbekende_volgt_deeltijd(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Beside work: no exception."""
    enrol(town, town.move_in(dossiers)["nr"], "deeltijd", _begun(town))
    return [Expected("R01", NUDGE, dossiers)]


def _wordt_27(town: Town, dossiers: pl.DataFrame) -> None:
    students = _mate(town, dossiers, "JONGER_DAN_27")
    turning(town, students, _SHARING, [town.dag + timedelta(days=30)])
    enrol(town, students, "wo", _begun(town))


@plant(4, Dag.GISTEREN, who=ALONE, before=_wordt_27)
def jonge_student_wordt_27(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst knows a housemate as too young, and by DUO they will not count at 27 either."""
    return [Expected("R03", GEEN_ACTIE, dossiers, "studeert")]


# -- R23 -------------------------------------------------------------------------------------------------


@plant(14, Dag.VANDAAG, who=_OLD_ALONE)
def klant_gaat_studeren(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A belanghebbende begins a full-time course."""
    enrol(town, dossiers["nr"])
    return [Expected("R23", TAAK, dossiers)]


@plant(6, Dag.VANDAAG, who=COUPLE)
def partner_gaat_studeren(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A partner does."""
    enrol(town, dossiers["partner_nr"], "bol")
    return [Expected("R23", TAAK, dossiers)]


@plant(
    6, Dag.GISTEREN, who=_OLD_ALONE, before=lambda town, dossiers: enrol(town, dossiers["nr"], "bol", _begun(town))
)  # fmt: skip
def klant_studeert_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """They told the dienst, which has not dealt with it yet."""
    town.report(dossiers, "STUDIE", "IN_BEHANDELING")
    return [Expected("R23", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(
    4, Dag.GISTEREN, who=_OLD_ALONE, before=lambda town, dossiers: enrol(town, dossiers["nr"], "hbo", _begun(town))
)  # fmt: skip
def klant_studeert_verwerkt(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """They told the dienst, and it has."""
    town.report(dossiers, "STUDIE", "VERWERKT")
    return NO_FINDING


def _werkt_ernaast(town: Town, dossiers: pl.DataFrame) -> None:
    half = (len(dossiers) + 1) // 2
    enrol(town, dossiers["nr"][:half], "bbl", _begun(town))
    enrol(town, dossiers["nr"][half:], "deeltijd", _begun(town))


@plant(6, Dag.GISTEREN, who=_OLD_ALONE, before=_werkt_ernaast)
def klant_studeert_naast_werk(_: Town, __: pl.DataFrame) -> list[Expected]:
    """BBL, or part-time without studiefinanciering."""
    return NO_FINDING


# -- R24 -------------------------------------------------------------------------------------------------


def _klant_stopt(town: Town, dossiers: pl.DataFrame, inkomsten: int = 0, verlaagd: str = "2") -> None:
    town.change("uitkering", dossiers["uitkering_id"], inkomsten=inkomsten, verlaagd_bij_besluit=verlaagd)
    _over(town, dossiers["nr"])


@plant(
    14, Dag.GISTEREN, who=_LONG_ALONE, before=lambda town, dossiers: _klant_stopt(town, dossiers, inkomsten=_INCOME)
)  # fmt: skip
def klant_stopt_en_inkomen_loopt(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The study is over, and income is still set off."""
    return [Expected("R24", TAAK, dossiers)]


@plant(
    8, Dag.GISTEREN, who=_LONG_ALONE, before=lambda town, dossiers: _klant_stopt(town, dossiers, verlaagd="1")
)  # fmt: skip
def klant_stopt_en_verlaging_loopt(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The study is over, and the norm is lower by a decision."""
    return [Expected("R24", TAAK, dossiers)]


@plant(
    6, Dag.GISTEREN, who=_LONG_ALONE, before=lambda town, dossiers: _klant_stopt(town, dossiers, inkomsten=_INCOME)
)  # fmt: skip
def klant_stopt_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """They told the dienst, which has not dealt with it yet."""
    town.report(dossiers, "STUDIE", "ONTVANGEN")
    return [Expected("R24", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(4, Dag.GISTEREN, who=_LONG_ALONE, before=_klant_stopt)
def klant_stopt_zonder_inkomen(_: Town, __: pl.DataFrame) -> list[Expected]:
    """The study is over, and nothing is set off."""
    return NO_FINDING


def _klant_leert_verder(town: Town, dossiers: pl.DataFrame) -> None:
    town.change("uitkering", dossiers["uitkering_id"], inkomsten=_INCOME)
    _over(town, dossiers["nr"], ended=150)
    enrol(town, dossiers["nr"], "bbl", _ago(town, 100))


@plant(4, Dag.GISTEREN, who=_LONG_ALONE, before=_klant_leert_verder)
def klant_leert_verder(_: Town, __: pl.DataFrame) -> list[Expected]:
    """A next course within two months: nothing stopped."""
    return NO_FINDING
