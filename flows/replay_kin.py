"""Who is certainly how old, and who belongs to whom, in raw BRP tables of a replay."""

from datetime import date

import polars as pl


def has_reached(age: int, column: str, day: date) -> pl.Expr:
    """Whether somebody born on the date in ``column`` certainly has this age on ``day``; never null.

    Born on 29 February counts from 1 March in other years.
    """
    return (_last_day(column).dt.strftime("%Y%m%d") <= _birthday(age, day)).fill_null(value=False)


def is_younger(age: int, column: str, day: date) -> pl.Expr:
    """Whether somebody born on the date in ``column`` certainly is younger on ``day``; never null."""
    return (_first_day(column).dt.strftime("%Y%m%d") > _birthday(age, day)).fill_null(value=False)


def whole_date(column: str) -> pl.Expr:
    """The date of 8 digits as ISO text; null where it is partial, unknown or none."""
    return pl.when(~_is_partial(column)).then(_first_day(column).dt.strftime("%Y-%m-%d"))


def resolve(relatie: pl.DataFrame, persoon: pl.DataFrame) -> pl.DataFrame:
    """Relations of which the other is in the set: anummer, ander (an A-nummer), soort, datum_ontbinding.

    The other is found by A-nummer; where that is missing by a BSN that only one person has.
    """
    known = persoon.select(_op_anummer="anummer", gerelateerde_anummer="anummer")
    by_bsn = persoon.filter(pl.col("burgerservicenummer").is_unique()).select(
        _op_bsn="anummer", gerelateerde_burgerservicenummer="burgerservicenummer"
    )
    # An A-nummer that is there but not in the set is somebody else: no second guess by BSN.
    other = pl.when(pl.col("gerelateerde_anummer").is_null()).then("_op_bsn").otherwise("_op_anummer")
    return (
        relatie.join(known, on="gerelateerde_anummer", how="left")
        .join(by_bsn, on="gerelateerde_burgerservicenummer", how="left")
        .select("anummer", "soort", "datum_ontbinding", ander=other)
        .drop_nulls("ander")
    )


def couples(kin: pl.DataFrame, housed: pl.DataFrame) -> pl.DataFrame:
    """Partners who are together and live at one address: ``anummer``, ``partner``, each couple both ways.

    Somebody with two partners on paper is put in one couple, with the lowest A-nummer.
    """
    together = kin.filter(pl.col("soort") == "partner", pl.col("datum_ontbinding").is_null())
    home = housed.select("anummer", "adres_sleutel")
    pairs = (
        together.join(home, on="anummer")
        .join(home.rename({"anummer": "ander"}), on=["ander", "adres_sleutel"])
        .select(a=pl.min_horizontal("anummer", "ander"), b=pl.max_horizontal("anummer", "ander"))
        .filter(pl.col("a") != pl.col("b"))
        .sort("a", "b")
        .unique("a", keep="first", maintain_order=True)
        .unique("b", keep="first", maintain_order=True)
    )
    pairs = pairs.join(pairs.select(a="b"), on="a", how="anti")
    return pl.concat([pairs.select(anummer="a", partner="b"), pairs.select(anummer="b", partner="a")])


def parents_of(kin: pl.DataFrame) -> pl.DataFrame:
    """Parent and child from either's persoonslijst: ``ouder``, ``kind``, each pair once."""
    down = kin.filter(pl.col("soort") == "kind").select(ouder="anummer", kind="ander")
    up = kin.filter(pl.col("soort").is_in(["ouder1", "ouder2"])).select(ouder="ander", kind="anummer")
    return pl.concat([down, up]).unique()


def _birthday(age: int, day: date) -> str:
    """The birth date of who turns ``age`` on ``day``, as 8 digits to compare as text."""
    return f"{day.year - age:04d}{day:%m%d}"


def _is_partial(column: str) -> pl.Expr:
    return pl.col(column).str.ends_with("00")


def _first_day(column: str) -> pl.Expr:
    """The earliest day a date of 8 digits can mean; null where the year is unknown or it is no date."""
    value = pl.col(column)
    text = value.str.replace(r"^(\d{4})0000$", "${1}0101").str.replace(r"^(\d{6})00$", "${1}01")
    return pl.when(value.str.contains(r"^\d{8}$"), ~value.str.starts_with("0000")).then(
        text.str.to_date("%Y%m%d", strict=False)
    )


def _last_day(column: str) -> pl.Expr:
    first = _first_day(column)
    return (
        pl.when(pl.col(column).str.ends_with("0000"))
        .then(first.dt.offset_by("1y").dt.offset_by("-1d"))
        .when(_is_partial(column))
        .then(first.dt.month_end())
        .otherwise(first)
    )
