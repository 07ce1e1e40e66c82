"""Who studies, and who stopped: the one place that knows. DUO and the Inlichtingenbureau tell parts of it.

It agrees with what the dienst knows. Housemates known as STUDENT or BBL follow such a course now; a belanghebbende
follows at most one that leaves bijstand possible; nobody who counts as kostendeler follows a course that would change
that; and who may turn up as somebody's housemate never studied.
"""

from datetime import date

import numpy as np
import polars as pl

from flows.demo.households import HOSTEL
from flows.demo.numbers import stream
from flows.demo.opleidingen import BEURS, OPLEIDINGEN, chosen_kinds
from flows.demo.study_paths import Kinds, earlier, running, stopped
from flows.demo.town import Town

STUDIEFINANCIERING, WTOS = "studiefinanciering", "wtos"
_COLUMNS = {"nr": pl.Int64, "opleiding": pl.Int64, "aanvang": pl.Date, "einde": pl.Date, "steun": pl.String}
_YOUNGEST, _OLDEST = 17, 35
_BEURS, _WTOS, _BEURS_UNTIL = 0.85, 0.60, 30
#: Shares within a group: belanghebbenden who study, and kostendelers with a course that changes nothing.
_CLIENT, _COUNTED = 0.006, 0.02


def studies(town: Town, vandaag: date, seed: int) -> pl.DataFrame:
    """Every course of an inwoner of 17 to 35 that runs on ``vandaag`` or ran in the years before.

    Returns:
        ``nr``, ``opleiding`` (see ``OPLEIDINGEN``), ``aanvang``, ``einde`` (the last day; null = goes on) and
        ``steun`` (studiefinanciering, wtos or null), ordered by person and time.
    """
    rng = stream(seed, "studie")
    people = _people(town)
    kinds = _kinds(people, rng)
    now = running(people.filter(kinds != ""), kinds[kinds != ""], vandaag, rng)
    ended = stopped(people.filter(kinds == ""), vandaag, rng)
    rows = pl.concat([now, earlier(now, vandaag, rng), ended], how="diagonal")
    rows = _supported(rows, rng).select(pl.col(name).cast(dtype) for name, dtype in _COLUMNS.items())
    return rows.sort("nr", "aanvang")


def enrol(
    town: Town, persons: pl.Series, soort: str = "hbo", aanvang: date | None = None, einde: date | None = None
) -> None:
    """Let ``persons`` follow a course of this ``soort``, from the first day of this month unless told otherwise."""
    first = OPLEIDINGEN.filter(soort=soort)["opleiding"][0]
    rows = pl.DataFrame({"nr": persons}).with_columns(
        opleiding=pl.lit(first),
        aanvang=pl.lit(aanvang or town.dag.replace(day=1)),
        einde=pl.lit(einde, pl.Date),
        steun=pl.lit(None, pl.String),
    )
    town.append("studie", rows)


def _people(town: Town) -> pl.DataFrame:
    """Who may study, with the group that decides what: ``begin`` is when the uitkering of a belanghebbende began."""
    role = pl.col("rol")
    known = {"STUDENT": "student", "BBL": "bbl", "JONGER_DAN_27": "vrij"}
    counted = role.is_not_null() | (pl.col("soort") == HOSTEL)
    client = (pl.col("soort") == "bijstand") & pl.col("plaats").is_in(["hoofd", "partner"])
    group = (
        pl.when(pl.col("nr").is_in(town.movable))
        .then(pl.lit("nooit"))
        .when(role.is_in(list(known)))
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


def _supported(rows: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    chance = pl.Series(rng.random(len(rows)))
    young = pl.col("geboren").dt.offset_by(f"{_BEURS_UNTIL}y") > pl.col("aanvang")
    beurs = pl.col("soort").is_in(BEURS) & young & (chance < _BEURS)
    wtos = (pl.col("soort") == "vo") & (pl.col("leeftijd") > _YOUNGEST) & (chance < _WTOS)
    steun = pl.when(beurs).then(pl.lit(STUDIEFINANCIERING)).when(wtos).then(pl.lit(WTOS))
    return rows.with_columns(steun=steun)
