"""Who studies, and who stopped: the one place that knows. DUO and the Inlichtingenbureau tell parts of it.

It agrees with what the dienst knows. Housemates known as STUDENT or BBL follow such a course now; a belanghebbende
follows at most one that leaves bijstand possible; and nobody who counts as kostendeler, or may turn up as one,
follows a course that would change that.
"""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from flows.demo.households import HOSTEL
from flows.demo.numbers import Ints, stream
from flows.demo.opleidingen import BEURS, HOGER, OPLEIDINGEN, chosen_kinds, courses, years_of
from flows.demo.town import Town

Days = npt.NDArray[np.datetime64]
Kinds = npt.NDArray[np.str_]

STUDIEFINANCIERING, WTOS = "studiefinanciering", "wtos"
_COLUMNS = {"nr": pl.Int64, "opleiding": pl.Int64, "aanvang": pl.Date, "einde": pl.Date, "steun": pl.String}
_YOUNGEST, _OLDEST = 17, 35
_BEURS, _WTOS, _BEURS_UNTIL = 0.85, 0.60, 30
#: Shares within a group: belanghebbenden who study, kostendelers with a course that changes nothing, stopped lately.
_CLIENT, _COUNTED, _LATELY = 0.006, 0.02, 0.03
#: Who stopped long ago, and up to which age that is looked at.
_STOPPED = {"vrij": (0.08, 30), "klant": (0.35, 30), "telt": (0.06, _OLDEST)}
_EARLIER = {"student": 0.6, "bbl": 0.3, "vrij": 0.25, "klant": 0.0, "telt": 0.0}
_BEFORE = {"hbo": "bol", "wo": "hbo", "bol": "bol", "bbl": "bol"}
#: A stop counts as long ago from so many days on: well past a summer.
_LONG_AGO = 130


def studies(town: Town, vandaag: date, seed: int) -> pl.DataFrame:
    """Every course of an inwoner of 17 to 35 that runs on ``vandaag`` or ran in the years before.

    Returns:
        ``nr``, ``opleiding`` (see ``OPLEIDINGEN``), ``aanvang``, ``einde`` (the last day; null = goes on) and
        ``steun`` (studiefinanciering, wtos or null), ordered by person and time.
    """
    rng = stream(seed, "studie")
    people = _people(town)
    kinds = _kinds(people, rng)
    running = _running(people.filter(kinds != ""), kinds[kinds != ""], vandaag, rng)
    stopped = _stopped(people.filter(kinds == ""), vandaag, rng)
    rows = pl.concat([running, _earlier(running, vandaag, rng), stopped], how="diagonal")
    return _supported(rows, rng).select(_COLUMNS).sort("nr", "aanvang")


def enrol(town: Town, persons: pl.Series) -> None:
    """Let ``persons`` begin a full-time course at a hogeschool on the first day of this month."""
    first = OPLEIDINGEN.filter(soort="hbo")["opleiding"][0]
    rows = pl.DataFrame({"nr": persons}).with_columns(
        opleiding=pl.lit(first),
        aanvang=pl.lit(town.dag.replace(day=1)),
        einde=pl.lit(None, pl.Date),
        steun=pl.lit(None, pl.String),
    )
    town.append("studie", rows)


def _people(town: Town) -> pl.DataFrame:
    """Who may study, with the group that decides what: ``begin`` is when the uitkering of a belanghebbende began."""
    role = pl.col("rol")
    known = {"STUDENT": "student", "BBL": "bbl", "JONGER_DAN_27": "vrij"}
    counted = role.is_not_null() | pl.col("nr").is_in(town.movable) | (pl.col("soort") == HOSTEL)
    client = (pl.col("soort") == "bijstand") & pl.col("plaats").is_in(["hoofd", "partner"])
    group = (
        pl.when(role.is_in(list(known)))
        .then(role.replace_strict(known, default=None))
        .when(counted)
        .then(pl.lit("telt"))
        .when(client)
        .then(pl.lit("klant"))
        .otherwise(pl.lit("vrij"))
    )
    begin = town.uitkering.select("huishouden", begin="datum_aanvang_uitkering")
    return (
        town.people(
            pl.col("leeftijd").is_between(_YOUNGEST, _OLDEST),
            pl.col("burgerservicenummer").is_not_null() & pl.col("reden_opschorting").is_null(),
        )
        .join(begin, on="huishouden", how="left", maintain_order="left")
        .select("nr", "leeftijd", "geboren", "begin", groep=group)
    )


def _kinds(people: pl.DataFrame, rng: np.random.Generator) -> Kinds:
    count, group = len(people), people["groep"].to_numpy()
    chance = rng.random(count)
    drawn = {
        "vrij": chosen_kinds(people["leeftijd"].to_numpy(), rng),
        "student": rng.choice(["bol", "hbo", "wo"], count, p=[0.25, 0.5, 0.25]),
        "bbl": np.full(count, "bbl"),
        "klant": np.where(chance < _CLIENT, rng.choice(["bbl", "deeltijd", "los"], count), ""),
        "telt": np.where(chance < _COUNTED, "los", ""),
    }
    return np.select([group == name for name in drawn], list(drawn.values()), "")


def _running(people: pl.DataFrame, kinds: Kinds, vandaag: date, rng: np.random.Generator) -> pl.DataFrame:
    """Courses that run: begun with a school year, of the mbo now and then in between; few stopped lately."""
    course = courses(kinds, rng)
    year = _school_years(kinds, np.full(len(kinds), vandaag, "datetime64[D]"))
    years = np.minimum(rng.integers(0, years_of(course)), people["leeftijd"].to_numpy() - 16)
    began = _begin_of(kinds, year - years)
    room = np.maximum(0, (np.datetime64(vandaag) - began).astype(np.int64) // 30 - 2)
    later = np.isin(kinds, ["bol", "bbl"]) & (rng.random(len(kinds)) < 0.15)  # noqa: PLR2004
    months = np.where(later, rng.integers(0, room + 1), 0)
    began = (began.astype("datetime64[M]") + months).astype("datetime64[D]")
    ended = np.datetime64(vandaag) - rng.integers(1, 121, len(kinds)).astype("timedelta64[D]")
    lately = (people["groep"] == "vrij").to_numpy() & (rng.random(len(kinds)) < _LATELY) & (ended > began)
    return people.with_columns(
        pl.Series("soort", kinds), pl.Series("opleiding", course), pl.Series("aanvang", began),
        einde=pl.when(pl.Series(lately)).then(pl.Series(ended)),
    )  # fmt: skip


def _earlier(running: pl.DataFrame, vandaag: date, rng: np.random.Generator) -> pl.DataFrame:
    """The course before: the next one follows at once, after the summer, or weeks after the diploma."""
    chance = pl.Series(rng.random(len(running)))
    rows = running.filter(
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


def _stopped(people: pl.DataFrame, vandaag: date, rng: np.random.Generator) -> pl.DataFrame:
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


def _supported(rows: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    chance = pl.Series(rng.random(len(rows)))
    young = pl.col("geboren").dt.offset_by(f"{_BEURS_UNTIL}y") > pl.col("aanvang")
    beurs = pl.col("soort").is_in(BEURS) & young & (chance < _BEURS)
    wtos = (pl.col("soort") == "vo") & (pl.col("leeftijd") > _YOUNGEST) & (chance < _WTOS)
    steun = pl.when(beurs).then(pl.lit(STUDIEFINANCIERING)).when(wtos).then(pl.lit(WTOS))
    return rows.with_columns(steun=steun)


def _begin_of(kinds: Kinds, years: Ints) -> Days:
    """When a school year begins: 1 August, in higher education 1 September."""
    month = np.where(np.isin(kinds, HOGER), 8, 7)
    return ((years - 1970) * 12 + month).astype("datetime64[M]").astype("datetime64[D]")


def _school_years(kinds: Kinds, days: Days) -> Ints:
    """The year in which the school year of each day began."""
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return year - (days < _begin_of(kinds, year))
