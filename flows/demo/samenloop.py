"""Facts beside uitkeringen: in which days the two overlap, and in which delivery that is new."""

import polars as pl

from flows.demo.dwellings import CITY
from flows.demo.numbers import spread
from flows.demo.rhythm import Round
from flows.demo.town import Town

_PLUS = 0.5


def overlapping(town: Town, rows: pl.DataFrame, van: str, tot: str) -> pl.DataFrame:
    """Add the uitkering of each person (``nr``) and the days both last; without such days the row is gone."""
    head = town.uitkering.with_columns(wie="nr")
    both = pl.concat([head, head.with_columns(wie="partner_nr").filter(pl.col("wie").is_not_null())])
    homes = town.woningen.select("woning", gemeentecode="gemeente")
    known = both.join(homes, on="woning", how="left", maintain_order="left").select(
        "uitkering_id", "dossiernummer", "datum_aanvang_uitkering", "datum_einde_uitkering",
        pl.col("gemeentecode").fill_null(CITY), nr="wie",
    )  # fmt: skip
    on = ["nr", "uitkering_id"] if "uitkering_id" in rows.columns else ["nr"]
    return (
        rows.join(known, on=on, maintain_order="left")
        .with_columns(
            samenloop_van=pl.max_horizontal(van, "datum_aanvang_uitkering"),
            samenloop_tot=pl.min_horizontal(tot, "datum_einde_uitkering"),
        )
        .filter((pl.col("samenloop_van") <= pl.col("samenloop_tot")).fill_null(value=True))
    )


def new_in(rows: pl.DataFrame, ronde: Round, op: str = "samenloop_van") -> pl.DataFrame:
    """The rows whose overlap began in this round; or whose day ``op`` is in it."""
    return rows.filter(pl.col(op) > ronde.na, pl.col(op) <= ronde.tot)


def with_bsn(town: Town, rows: pl.DataFrame, person: str, name: str) -> pl.DataFrame:
    """Add the BSN of ``person`` (a column that holds a ``nr``) as ``name``."""
    numbers = town.persoon.select(pl.col("nr").alias(person), pl.col("burgerservicenummer").alias(name))
    return rows.join(numbers, on=person, how="left", maintain_order="left")


def date8(column: str) -> pl.Expr:
    """A date as a register writes it."""
    return pl.col(column).dt.strftime("%Y%m%d")


def sign() -> pl.Expr:
    """A minus where it is taken back; a plus is written by some only."""
    return pl.when("negatief").then(pl.lit("-")).when(spread(pl.col("nr"), 65) < _PLUS).then(pl.lit("+"))
