"""R06, R18 and R19: who turns 27 and earns something, and income the dienst does not set off."""

from datetime import date, timedelta

import polars as pl

from flows.demo.candidates import ALONE, COUPLE, ORDINARY
from flows.demo.key import GEEN_ACTIE, GESLOTEN, NUDGE, TAAK, Dag, Expected
from flows.demo.planting import NO_FINDING, plant
from flows.demo.plants_leeftijd import turning
from flows.demo.rhythm import months_before
from flows.demo.town import Town
from flows.demo.werk import MAAND, VIER_WEKEN

#: Cents a month, net; a vrijlating is at most a quarter of it.
_NETTO, _LITTLE, _MUCH, _THREE_QUARTERS = 60_000, 4_000, 150_000, 45_000
_MONTHS, _LONG_AGO = 4, 300
#: Old enough for a child of ten.
_GROWN = 32
_TWENTY_SEVEN, _DAYS_BEFORE, _DAYS_AFTER, _OVER = 27, 60, 100, 190
#: Whom the dienst has known for over a year: all that UWV tells of them is about days with bijstand.
_KNOWN = pl.col("datum_aanvang_uitkering") < date(2025, 1, 1)
_NO_INCOME = ORDINARY & _KNOWN & (pl.col("inkomsten") == 0)
NO_INCOME_ALONE = _NO_INCOME & ALONE & (pl.col("leeftijd") >= _GROWN)
_NO_INCOME_COUPLE = COUPLE & _KNOWN & (pl.col("inkomsten") == 0)
_WITH_INCOME = ORDINARY & _KNOWN & (pl.col("inkomsten") > 0)
_OLDEST = 35
_YOUNGER = ALONE & _KNOWN & (pl.col("inkomsten") == 0) & (pl.col("leeftijd") <= _OLDEST)
_YOUNGER_COUPLE = COUPLE & _KNOWN & (pl.col("leeftijd") <= _OLDEST)

_EMPLOYER = ("900002001L01", "Fietsenmakerij De Ketting")
_UWV = ("900000900L01", "Uitvoering Werknemersverzekeringen Voorbeeld")
_SVB = ("900000901L01", "Volksverzekeringen Voorbeeld")
_FUND = ("900000902L01", "Pensioenfonds Voorbeeld")
_DIENST = ("900000043L01", "Sociale Dienst Voorbeeldstad")
_WAGES, _WW, _ZW, _ANW, _SURVIVOR, _IOAW, _NO_CODE = "15", "33", "31", "24", "57", "34", "99"


def earn(
    town: Town,
    persons: pl.Series,
    soort: str | None = _WAGES,
    payer: tuple[str, str] = _EMPLOYER,
    **columns: str | int | date,
) -> None:
    """Let each of ``persons`` (numbers) have income of this ``soort``, the same for all.

    It is 600 euro net a month, from four months ago on and without an end, unless other ``columns`` of ``town.werk``
    say otherwise.
    """
    usual = {
        "loonheffingennummer": payer[0], "naam_werkgever": payer[1], "volgnummer": 1, "soort_ikv": soort,
        "aanvang": months_before(town.dag, _MONTHS).replace(day=1), "tijdvak": MAAND, "netto": _NETTO, "korting": True,
    }  # fmt: skip
    said = (pl.lit(value).alias(name) for name, value in (usual | columns).items())
    town.append("werk", pl.DataFrame({"nr": persons}).with_columns(said))


# --- R18 --------------------------------------------------------------------------------------------------------


@plant(10, Dag.GISTEREN, who=_NO_INCOME, before=lambda town, dossiers: earn(town, dossiers["nr"]))
def werk_niet_bekend(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Work for four months, and nothing is set off."""
    return [Expected("R18", NUDGE, dossiers)]


@plant(4, Dag.VANDAAG, again="werk_niet_bekend")
def werk_alsnog_verrekend(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """From today the dienst sets it off."""
    town.change("uitkering", dossiers["uitkering_id"], inkomsten=_NETTO)
    return [Expected("R18", GESLOTEN, dossiers)]


def _for_long(town: Town, dossiers: pl.DataFrame) -> None:
    earn(town, dossiers["nr"], aanvang=town.dag - timedelta(days=_LONG_AGO), tijdvak=VIER_WEKEN)


@plant(4, Dag.GISTEREN, who=_NO_INCOME, before=_for_long)
def werk_per_vier_weken(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Paid every four weeks, for long."""
    return [Expected("R18", NUDGE, dossiers)]


@plant(4, Dag.GISTEREN, who=_NO_INCOME_COUPLE, before=lambda town, dossiers: earn(town, dossiers["partner_nr"]))
def werk_van_partner(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The partner works."""
    return [Expected("R18", NUDGE, dossiers)]


def _partner_apart(town: Town, dossiers: pl.DataFrame) -> None:
    earn(town, dossiers["partner_nr"])
    town.move(dossiers["partner_nr"], town.empty_homes(len(dossiers)))


@plant(20, Dag.GISTEREN, who=_NO_INCOME_COUPLE, before=_partner_apart)
def werk_van_vertrokken_partner(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The partner works and lives elsewhere now: no letter tells the one of the other's work."""
    return [Expected("R18", TAAK, dossiers, "partner_elders"), Expected("R11", TAAK, dossiers)]


@plant(4, Dag.GISTEREN, who=_WITH_INCOME, before=lambda town, dossiers: earn(town, dossiers["nr"], netto=_MUCH))
def werk_erbij(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Work beside what the dienst sets off already: only the new one is told of."""
    return [Expected("R18", NUDGE, dossiers)]


@plant(8, Dag.VANDAAG, who=_NO_INCOME)
def werk_nieuw_in_levering(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The delivery of today tells of it."""
    earn(town, dossiers["nr"], wacht=0)
    return [Expected("R18", NUDGE, dossiers)]


def _report_work(town: Town, dossiers: pl.DataFrame) -> None:
    earn(town, dossiers["nr"])
    town.report(dossiers, "INKOMEN", "ONTVANGEN")


@plant(12, Dag.GISTEREN, who=_NO_INCOME, before=_report_work)
def werk_al_gemeld(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The inwoner told of it, and the dienst has not dealt with that yet."""
    return [Expected("R18", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(12, Dag.GISTEREN, who=_NO_INCOME, before=lambda town, dossiers: earn(town, dossiers["nr"], None))
def inkomen_zonder_soort(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Nobody says what kind of income it is."""
    return [Expected("R18", TAAK, dossiers, "inkomen_onduidelijk")]


@plant(10, Dag.GISTEREN, who=_NO_INCOME, before=lambda town, dossiers: earn(town, dossiers["nr"], _NO_CODE))
def inkomen_onbekende_code(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A code that is in no published list is not interpreted."""
    return [Expected("R18", TAAK, dossiers, "inkomen_onduidelijk")]


@plant(4, Dag.GISTEREN, who=_NO_INCOME, before=lambda town, dossiers: earn(town, dossiers["nr"], netto=_LITTLE))
def werk_onder_drempel(_: Town, __: pl.DataFrame) -> list[Expected]:
    """Too little to ask about."""
    return NO_FINDING


def _ended(town: Town, dossiers: pl.DataFrame) -> None:
    last = months_before(town.dag, 1).replace(day=1) - timedelta(days=1)
    earn(town, dossiers["nr"], einde=last)


@plant(4, Dag.GISTEREN, who=_NO_INCOME, before=_ended)
def werk_gestopt(_: Town, __: pl.DataFrame) -> list[Expected]:
    """Work that is over, sometimes with a last settlement: today register and dienst agree."""
    return NO_FINDING


def _began_bijstand_lately(town: Town, dossiers: pl.DataFrame) -> None:
    earn(town, dossiers["nr"])
    town.change("uitkering", dossiers["uitkering_id"], datum_aanvang_uitkering=town.dag - timedelta(days=8))


@plant(4, Dag.GISTEREN, who=_NO_INCOME, before=_began_bijstand_lately)
def werk_van_voor_de_bijstand(_: Town, __: pl.DataFrame) -> list[Expected]:
    """All that UWV tells is about months before the bijstand began (Pw 32 lid 1 b)."""
    return NO_FINDING


def _leave_a_quarter(town: Town, dossiers: pl.DataFrame) -> None:
    earn(town, dossiers["nr"])
    town.change("uitkering", dossiers["uitkering_id"], inkomsten=_THREE_QUARTERS)


@plant(4, Dag.GISTEREN, who=_NO_INCOME, before=_leave_a_quarter)
def werk_met_vrijlating(_: Town, __: pl.DataFrame) -> list[Expected]:
    """A quarter of the loon is left out (Pw 31 lid 2 n): the rest is set off."""
    return NO_FINDING


# --- R19 --------------------------------------------------------------------------------------------------------


@plant(10, Dag.GISTEREN, who=_NO_INCOME, before=lambda town, dossiers: earn(town, dossiers["nr"], _WW, _UWV))
def andere_uitkering(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """An uitkering of UWV that is not set off."""
    return [Expected("R19", NUDGE, dossiers)]


@plant(4, Dag.GISTEREN, who=_NO_INCOME_COUPLE, before=lambda town, dossiers: earn(
    town, dossiers["partner_nr"], _ZW, _UWV
))  # fmt: skip
def ziektewet_van_partner(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The partner is ill and is paid by UWV."""
    return [Expected("R19", NUDGE, dossiers)]


@plant(4, Dag.GISTEREN, who=_NO_INCOME, before=lambda town, dossiers: earn(town, dossiers["nr"], _ANW, _SVB))
def nabestaandenuitkering(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """An uitkering of the SVB."""
    return [Expected("R19", NUDGE, dossiers)]


@plant(4, Dag.GISTEREN, who=_NO_INCOME, before=lambda town, dossiers: earn(town, dossiers["nr"], _SURVIVOR, _FUND))
def pensioen(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A pensioen of a fund."""
    return [Expected("R19", NUDGE, dossiers)]


def _report_benefit(town: Town, dossiers: pl.DataFrame) -> None:
    earn(town, dossiers["nr"], _WW, _UWV)
    town.report(dossiers, "INKOMEN", "IN_BEHANDELING")


@plant(10, Dag.GISTEREN, who=_NO_INCOME, before=_report_benefit)
def andere_uitkering_al_gemeld(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The inwoner told of it, and the dienst is at it."""
    return [Expected("R19", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(4, Dag.GISTEREN, who=_NO_INCOME, before=lambda town, dossiers: earn(town, dossiers["nr"], _IOAW, _DIENST))
def uitkering_van_de_dienst_zelf(_: Town, __: pl.DataFrame) -> list[Expected]:
    """What the dienst pays comes back as income, under another code than that of the bijstand."""
    return NO_FINDING


# --- R06 --------------------------------------------------------------------------------------------------------


def _with_income(town: Town, dossiers: pl.DataFrame, days: list[date]) -> None:
    turning(town, dossiers["nr"], _TWENTY_SEVEN, days)
    earn(town, dossiers["nr"])
    town.change("uitkering", dossiers["uitkering_id"], inkomsten=_NETTO)


def _wordt_27(town: Town, dossiers: pl.DataFrame) -> None:
    _with_income(town, dossiers, [town.dag + timedelta(days=days) for days in range(5, _DAYS_BEFORE, 5)])


@plant(12, Dag.GISTEREN, who=_YOUNGER, before=_wordt_27)
def wordt_27_met_inkomen(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """27 within two months, with loon that is set off."""
    return [Expected("R06", TAAK, dossiers)]


@plant(4, Dag.GISTEREN, who=_YOUNGER, before=lambda town, dossiers: _with_income(
    town, dossiers, [town.dag - timedelta(days=_DAYS_AFTER)]
))  # fmt: skip
def werd_27_met_inkomen(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """27 since three months: nobody can see whether a part of the loon is left out by now."""
    return [Expected("R06", TAAK, dossiers)]


def _without_right(town: Town, dossiers: pl.DataFrame) -> None:
    turning(town, dossiers["partner_nr"], _TWENTY_SEVEN, [town.dag + timedelta(days=_DAYS_BEFORE - 20)])
    town.change("uitkering", dossiers["uitkering_id"], partner_rechthebbend="2")


@plant(4, Dag.GISTEREN, who=_YOUNGER_COUPLE, before=_without_right)
def partner_zonder_recht_wordt_27(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The partner has no right, perhaps for a study: from 27 on that is no reason any more."""
    return [Expected("R06", TAAK, dossiers)]


@plant(4, Dag.GISTEREN, who=_YOUNGER, before=lambda town, dossiers: turning(
    town, dossiers["nr"], _TWENTY_SEVEN, [town.dag + timedelta(days=_DAYS_BEFORE - 20)]
))  # fmt: skip
def wordt_27_zonder_inkomen(_: Town, __: pl.DataFrame) -> list[Expected]:
    """Nothing to gain."""
    return NO_FINDING


@plant(4, Dag.GISTEREN, who=_YOUNGER, before=lambda town, dossiers: _with_income(
    town, dossiers, [town.dag - timedelta(days=_OVER), town.dag + timedelta(days=3 + _DAYS_BEFORE)]
))  # fmt: skip
def wordt_niet_nu_27(_: Town, __: pl.DataFrame) -> list[Expected]:
    """Too long ago, or too far away for the last of the nights."""
    return NO_FINDING
