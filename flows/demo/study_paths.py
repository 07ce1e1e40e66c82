"""When courses begin and end: with the school year, one after the other, or with a stop in between.

``people``, as the functions take them, have ``nr``, ``leeftijd``, ``groep`` (student, bbl, klant, telt, nooit or vrij)
and ``begin`` (of the uitkering); the rows they give have ``soort``, ``opleiding``, ``aanvang`` and ``einde`` as well.
"""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from flows.demo.numbers import Ints
from flows.demo.opleidingen import HOGER, courses, years_of

Days = npt.NDArray[np.datetime64]
Kinds = npt.NDArray[np.str_]

#: Share of who studies that stopped in the past months, and that began a course of the mbo in mid-year.
_LATELY, _MID_YEAR = 0.03, 0.15
#: Who stopped long ago, and up to which age that is looked at.
_STOPPED = {"vrij": (0.08, 30), "klant": (0.35, 30), "telt": (0.06, 35)}
_EARLIER = {"student": 0.6, "bbl": 0.3, "vrij": 0.25, "klant": 0.0, "telt": 0.0, "nooit": 0.0}
_BEFORE = {"hbo": "bol", "wo": "hbo", "bol": "bol", "bbl": "bol"}
#: A stop counts as long ago from so many days on: well past a summer.
_LONG_AGO = 130


def running(people: pl.DataFrame, kinds: Kinds, vandaag: date, rng: np.random.Generator) -> pl.DataFrame:
    """Courses that run: begun with a school year, of the mbo now and then in between; few stopped lately."""
    course = courses(kinds, rng)
    year = _school_years(kinds, np.full(len(kinds), vandaag, "datetime64[D]"))
    years = np.minimum(rng.integers(0, years_of(course)), people["leeftijd"].to_numpy() - 16)
    began = _begin_of(kinds, year - years)
    room = np.maximum(0, (np.datetime64(vandaag) - began).astype(np.int64) // 30 - 2)
    later = np.isin(kinds, ["bol", "bbl"]) & (rng.random(len(kinds)) < _MID_YEAR)
    months = np.where(later, rng.integers(0, room + 1), 0)
    began = (began.astype("datetime64[M]") + months).astype("datetime64[D]")
    ended = np.datetime64(vandaag) - rng.integers(1, 121, len(kinds)).astype("timedelta64[D]")
    lately = (people["groep"] == "vrij").to_numpy() & (rng.random(len(kinds)) < _LATELY) & (ended > began)
    return people.with_columns(
        pl.Series("soort", kinds), pl.Series("opleiding", course), pl.Series("aanvang", began),
        einde=pl.when(pl.Series(lately)).then(pl.Series(ended)),
    )  # fmt: skip


def earlier(now: pl.DataFrame, vandaag: date, rng: np.random.Generator) -> pl.DataFrame:
    """The course before: the next one follows at once, after the summer, or weeks after the diploma."""
    chance = pl.Series(rng.random(len(now)))
    rows = now.filter(
        chance < pl.col("groep").replace_strict(_EARLIER, return_dtype=pl.Float64),
        pl.col("soort").is_in(list(_BEFORE)),
        pl.col("aanvang") > vandaag - timedelta(days=730),
        pl.col("leeftijd") > 18,  # noqa: PLR2004
    )
    higher = rows["soort"].is_in(HOGER).to_numpy()
    summer = np.where(higher, 32, 1)
    diploma = np.where(higher, 43, 12) + rng.integers(0, 16, len(rows))
    days = np.choose(rng.choice(3, len(rows), p=[0.4, 0.35, 0.25]), [np.ones(len(rows), np.int64), summer, diploma])
    kinds = rows["soort"].replace_strict(_BEFORE, return_dtype=pl.String).to_numpy().astype("U8")
    return _ended(rows, kinds, rows["aanvang"].to_numpy() - days.astype("timedelta64[D]"), rng)


def stopped(people: pl.DataFrame, vandaag: date, rng: np.random.Generator) -> pl.DataFrame:
    """Who really stopped, long ago; a belanghebbende before the uitkering began, some of them the day before."""
    share, oldest = (pl.col("groep").replace_strict({g: _STOPPED[g][n] for g in _STOPPED}, default=0) for n in (0, 1))
    chance = pl.Series(rng.random(len(people)))
    rows = people.filter(chance < share, pl.col("leeftijd").is_between(20, oldest))
    count = len(rows)
    kinds = rng.choice(["bol", "hbo"], count)
    days = np.datetime64(vandaag) - rng.integers(_LONG_AGO, 500, count).astype("timedelta64[D]")
    year_end = _begin_of(kinds, _school_years(kinds, days)) - np.timedelta64(1, "D")
    ended = np.where(rng.random(count) < 0.5, days, year_end)  # noqa: PLR2004
    before = np.where(rng.random(count) < 0.4, 1, rng.integers(1, 200, count))  # noqa: PLR2004
    client = (rows["groep"] == "klant").to_numpy()
    begin = rows["begin"].fill_null(vandaag).to_numpy() - before.astype("timedelta64[D]")
    recent = pl.col("einde") > vandaag - timedelta(days=1000)
    return _ended(rows, kinds, np.where(client, begin, ended), rng).filter(recent)


def _ended(people: pl.DataFrame, kinds: Kinds, ended: Days, rng: np.random.Generator) -> pl.DataFrame:
    """Courses of these kinds that took about two years."""
    began = _begin_of(kinds, _school_years(kinds, ended) - 1)
    return people.with_columns(
        pl.Series("soort", kinds), pl.Series("opleiding", courses(kinds, rng)), pl.Series("aanvang", began),
        pl.Series("einde", ended),
    )  # fmt: skip


def _begin_of(kinds: Kinds, years: Ints) -> Days:
    """When a school year begins: 1 August, in higher education 1 September."""
    month = np.where(np.isin(kinds, HOGER), 8, 7)
    return ((years - 1970) * 12 + month).astype("datetime64[M]").astype("datetime64[D]")


def _school_years(kinds: Kinds, days: Days) -> Ints:
    """The year in which the school year of each day began."""
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return year - (days < _begin_of(kinds, year))
