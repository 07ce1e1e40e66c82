"""What the Inlichtingenbureau signals about the housemates of who has an uitkering, from BRP and DUO.

It knows registers only. So it signals what the dienst knows already, what Tijdig sees in the BRP as well, and a
summer between two courses as an end and a start.
"""

from datetime import timedelta

import polars as pl

from flows.demo.opleidingen import OPLEIDINGEN, UITGEZONDERD
from flows.demo.rhythm import Round
from flows.demo.town import Town

_AGE, _OPEN_SUMMER = 27, timedelta(days=1)
_FACT = ("uitkering_id", "nr", "betreft", "signaalreden", "bron", "aanvang")


def housemate_signals(town: Town, ronde: Round) -> pl.DataFrame:
    """Facts of ``ronde`` about housemates of 27 and older, or who turned 27.

    Returns:
        ``uitkering_id``, ``nr`` (of the belanghebbende), ``betreft`` (``nr`` of the housemate), ``signaalreden``,
        ``bron`` and ``aanvang`` (the day it happened).
    """
    mates = _housemates(town)
    found = [_birthdays(town, mates), _arrived(town, mates), _left(mates), *_studying(town, mates)]
    rows = pl.concat([each.select(_FACT) for each in found])
    return rows.filter(pl.col("aanvang") > ronde.na, pl.col("aanvang") <= ronde.tot).sort(*_FACT[:4])


def _housemates(town: Town) -> pl.DataFrame:
    """Who lives, or belongs, with each belanghebbende: a row a dossier and housemate, but for the partner.

    ``eigen`` says whether they are of the household; ``thuis`` is the belanghebbende's dwelling.
    """
    client = town.people(pl.col("functie_adres") == "W").select("nr", thuis="woning")
    running = town.uitkering.filter(pl.col("datum_einde_uitkering").is_null())
    dossiers = running.select("uitkering_id", "nr", "partner_nr", eigen_huis="huishouden").join(client, on="nr")
    others = town.people(pl.col("burgerservicenummer").is_not_null()).select(
        "huishouden", "woning", "functie_adres", betreft="nr", sinds=_day("datum_aanvang_adreshouding"),
        geboren=_day("geboortedatum"), weg=_day("datum_aanvang_adres_buitenland"), overleden=_day("datum_overlijden"),
    )  # fmt: skip
    mine = dossiers.join(others, left_on="eigen_huis", right_on="huishouden").with_columns(eigen=pl.lit(True))
    here = dossiers.join(others, left_on="thuis", right_on="woning").filter(
        pl.col("huishouden") != pl.col("eigen_huis")
    )
    here = here.with_columns(eigen=pl.lit(False), woning="thuis")
    rows = pl.concat([mine, here.drop("huishouden")], how="diagonal")
    other = (pl.col("betreft") != pl.col("nr")) & pl.col("betreft").ne_missing(pl.col("partner_nr"))
    return rows.filter(other, pl.col("geboren").is_not_null()).with_columns(
        wordt_27=pl.col("geboren").dt.offset_by(f"{_AGE}y")
    )


def _day(column: str) -> pl.Expr:
    """A date of the register where it is known as a whole."""
    return pl.col(column).str.to_date("%Y%m%d", strict=False)


def _at_home() -> pl.Expr:
    return (pl.col("woning") == pl.col("thuis")) & (pl.col("functie_adres") == "W") & pl.col("overleden").is_null()


def _fact(rows: pl.DataFrame, reden: str, bron: str, aanvang: str) -> pl.DataFrame:
    return rows.with_columns(pl.col(aanvang).alias("aanvang"), signaalreden=pl.lit(reden), bron=pl.lit(bron))


def _birthdays(town: Town, mates: pl.DataFrame) -> pl.DataFrame:
    """Who turned 27 and follows no course that day."""
    return _fact(_without_course(town, mates.filter(_at_home()), "wordt_27"), "27E_VERJAARDAG", "RVIG", "wordt_27")


def _arrived(town: Town, mates: pl.DataFrame) -> pl.DataFrame:
    """Who came to live there from another household and follows no course."""
    rows = mates.filter(_at_home(), ~pl.col("eigen"), pl.col("sinds") >= pl.col("wordt_27"))
    return _fact(_without_course(town, rows, "sinds"), "INWONING", "RVIG", "sinds")


def _left(mates: pl.DataFrame) -> pl.DataFrame:
    """Who belonged to the household and lives elsewhere now."""
    moved = mates.filter(pl.col("eigen"), pl.col("woning") != pl.col("thuis"))
    abroad = mates.filter(pl.col("eigen"), pl.col("weg").is_not_null()).with_columns(sinds="weg")
    rows = pl.concat([moved, abroad]).filter(pl.col("sinds") >= pl.col("wordt_27"))
    return _fact(rows, "VERTREK", "RVIG", "sinds")


def _studying(town: Town, mates: pl.DataFrame) -> list[pl.DataFrame]:
    """Who of 27 or older began a course, or ended one without going on the next day."""
    rows = mates.filter(_at_home()).join(_exempting(town), left_on="betreft", right_on="wie")
    next_day = _exempting(town).select(betreft="wie", vervolg="aanvang")
    ended = rows.with_columns(vervolg=pl.col("einde") + _OPEN_SUMMER).filter(pl.col("einde") >= pl.col("wordt_27"))
    ended = ended.join(next_day, on=["betreft", "vervolg"], how="anti")
    before = _exempting(town).select(betreft="wie", aanvang=pl.col("einde") + _OPEN_SUMMER)
    began = rows.filter(pl.col("aanvang") >= pl.col("wordt_27")).join(before, on=["betreft", "aanvang"], how="anti")
    return [_fact(began, "START_STUDIE", "DUO", "aanvang"), _fact(ended, "EINDE_STUDIE", "DUO", "einde")]


def _without_course(town: Town, mates: pl.DataFrame, day: str) -> pl.DataFrame:
    courses = _exempting(town).with_columns(pl.col("einde").fill_null(pl.date(9999, 12, 31)))
    during = mates.join(courses, left_on="betreft", right_on="wie").filter(pl.col(day).is_between("aanvang", "einde"))
    return mates.join(during, on=["uitkering_id", "betreft"], how="anti")


def _exempting(town: Town) -> pl.DataFrame:
    courses = OPLEIDINGEN.select("opleiding", "soort").filter(pl.col("soort").is_in(UITGEZONDERD))
    return town.studie.join(courses, on="opleiding").select("aanvang", "einde", wie="nr")
