"""What DUO knows on a day as the two tables of its delivery, cut the way DUO cuts.

An enrolment is cut where a school year ends (31 July, in higher education 31 August), studiefinanciering at
31 July and 31 December. A course that is over shows its end only in deliveries after that day.
"""

from datetime import date

import polars as pl

from contracts.tables import TABLES
from flows.demo.dirt_monthly import spoil_table
from flows.demo.identity import with_identity
from flows.demo.numbers import spread
from flows.demo.opleidingen import HOGER, OPLEIDINGEN
from flows.demo.studie import STUDIEFINANCIERING
from flows.demo.town import Town

#: How many school years before the running one are delivered.
_YEARS_BACK = 2
_SCHOOLS = 6
_OPEN_END, _BPV_DAYS, _ADULT = 0.2, 60, "18y"


def duo_inschrijving(town: Town, dag: date) -> pl.DataFrame:
    """One row a person, course and school year, all text, sorted by person and time."""
    rows = inschrijvingen(town, dag).with_columns(
        pl.when(pl.col("open")).then(None).otherwise("rij_einde").alias("datum_einde_deelname"),
        datum_aanvang_deelname="rij_aanvang",
        datum_inschrijving=pl.when("hoger").then("rij_aanvang").otherwise("aanvang"),
        datum_uitschrijving=pl.when(pl.col("hoger") & ~pl.col("open")).then("rij_einde").otherwise("einde"),
        leerjaar=pl.when(soort="vo").then(pl.col("schooljaar") - pl.col("schooljaar").min().over("nr") + 4),
        bpv_datum_aanvang=pl.when(leerweg_mbo="BBL").then(
            pl.col("aanvang") + pl.duration(days=(spread(pl.col("nr"), 41) * _BPV_DAYS).cast(pl.Int64))
        ),
        bpv_datum_einde_werkelijk=pl.when(leerweg_mbo="BBL").then("einde"),
    )
    return _delivered(town, "duo_inschrijving", rows)


def duo_studiefinanciering(town: Town, dag: date) -> pl.DataFrame:
    """One row a person and period of studiefinanciering or WTOS, all text, sorted by person and time."""
    beurs = pl.col("steun") == STUDIEFINANCIERING
    code = (spread(pl.col("nr"), 42) * 4).cast(pl.Int64).cast(pl.String)
    more = pl.when(spread(pl.col("nr"), 43) < 0.4).then(pl.lit("1")).otherwise(pl.lit("2"))  # noqa: PLR2004
    rows = toekenningen(town, dag).with_columns(
        datum_aanvang_toekenning="rij_aanvang",
        datum_einde_toekenning="rij_einde",
        toekenning_basisbeurs=pl.when(beurs).then(code),
        indicatie_aanvullende_beurs=pl.when(beurs).then(more).otherwise(pl.lit("0")),
        status_partnertoeslag=pl.lit(None, pl.String),
        status_eenoudertoeslag=pl.lit(None, pl.String),
        indicatie_wtos_18plus=pl.when(beurs).then(pl.lit("2")).otherwise(pl.lit("1")),
    )
    return _delivered(town, "duo_studiefinanciering", rows)


def inschrijvingen(town: Town, dag: date) -> pl.DataFrame:
    """Enrolments as DUO knows them on ``dag``, a row a school year: ``rij_aanvang`` and ``rij_einde``."""
    courses = _known(town, dag)
    first = pl.max_horizontal(_school_year(pl.col("aanvang")), _school_year(pl.lit(dag)) - _YEARS_BACK)
    last = _school_year(pl.col("einde").fill_null(dag))
    rows = _exploded(courses, first, last, "schooljaar")
    year, month = pl.col("schooljaar"), _month()
    running = pl.col("einde").is_null() & (pl.col("schooljaar") == last)
    return rows.with_columns(
        rij_aanvang=pl.max_horizontal("aanvang", pl.date(year, month, 1)),
        rij_einde=pl.min_horizontal("einde", pl.date(year + 1, month, 1).dt.offset_by("-1d")),
        open=running & (spread(pl.col("nr"), 44) < _OPEN_END),
    )


def toekenningen(town: Town, dag: date) -> pl.DataFrame:
    """Studiefinanciering and WTOS on ``dag``, a row for January to July and for August to December of each year.

    From the month of the course, or the month after the 18th birthday; up to the end of the month of its end, or
    else of the year.
    """
    adult = pl.col("geboren").dt.offset_by(_ADULT).dt.offset_by("1mo").dt.truncate("1mo")
    courses = _known(town, dag).filter(pl.col("steun").is_not_null()).with_columns(
        steun_van=pl.max_horizontal(pl.col("aanvang").dt.truncate("1mo"), adult),
        steun_tot=pl.col("einde").dt.month_end().fill_null(date(dag.year, 12, 31)),
    ).filter(pl.col("steun_van") <= pl.col("steun_tot"))  # fmt: skip
    oldest = 2 * (dag.year - _YEARS_BACK)
    rows = _exploded(courses, pl.max_horizontal(_season("steun_van"), oldest), _season("steun_tot"), "seizoen")
    year, autumn = pl.col("seizoen") // 2, pl.col("seizoen") % 2
    end = pl.when(autumn == 1).then(pl.date(year, 12, 31)).otherwise(pl.date(year, 7, 31))
    return rows.with_columns(
        rij_aanvang=pl.max_horizontal("steun_van", pl.date(year, 1 + 7 * autumn, 1)),
        rij_einde=pl.min_horizontal("steun_tot", end),
    )


def _known(town: Town, dag: date) -> pl.DataFrame:
    """Courses that began by ``dag``, with the course's facts and the person's; an end after ``dag`` is not known."""
    persons = town.persoon.select(
        "nr", "burgerservicenummer", "geboren",
        los=(pl.col("soort") == "gewoon") & ~pl.col("woning").is_in(town.uitkering["woning"].implode()),
    )  # fmt: skip
    school = 1 + (pl.col("nr") * 7 + pl.col("opleiding") * 3) % _SCHOOLS
    letters = {"vo": "VO", "bol": "MB", "bbl": "MB", "hbo": "HB", "wo": "WO", "deeltijd": "HB", "los": "WO"}
    return (
        town.studie.filter(pl.col("aanvang") <= dag)
        .join(OPLEIDINGEN, on="opleiding", maintain_order="left")
        .join(persons, on="nr", maintain_order="left")
        .with_columns(
            brin=pl.format("9{}{}", school, pl.col("soort").replace_strict(letters)),
            einde=pl.when(pl.col("einde") <= dag).then("einde"),
            hoger=pl.col("soort").is_in(HOGER),
        )
    )


def _exploded(rows: pl.DataFrame, first: pl.Expr, last: pl.Expr, name: str) -> pl.DataFrame:
    """A row for each number from ``first`` up to and including ``last``."""
    return (
        rows.with_columns(pl.int_ranges(first, last + 1).alias(name)).filter(pl.col(name).list.len() > 0).explode(name)
    )


def _month() -> pl.Expr:
    """The month in which a school year begins."""
    return pl.when("hoger").then(9).otherwise(8)


def _school_year(day: pl.Expr) -> pl.Expr:
    """The year in which the school year of ``day`` began."""
    return day.dt.year() - (day.dt.month() < _month()).cast(pl.Int32)


def _season(column: str) -> pl.Expr:
    """Twice the year, and one more from August on."""
    return pl.col(column).dt.year() * 2 + (pl.col(column).dt.month() > 7).cast(pl.Int32)  # noqa: PLR2004


def _delivered(town: Town, table: str, rows: pl.DataFrame) -> pl.DataFrame:
    rows = with_identity(town, rows).sort("burgerservicenummer", "rij_aanvang", maintain_order=True)
    text = rows.with_columns(pl.selectors.date().dt.strftime("%Y%m%d"), pl.selectors.integer().cast(pl.String))
    return spoil_table(table, text, pl.col("los")).select(TABLES[table].delivered)
