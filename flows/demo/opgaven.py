"""From work to inkomstenopgaven: what an employer declared over a month or four weeks, and when UWV knew.

An opgave is known within a month after its period. Some are wrong at first and corrected in a later delivery: the
same opgave again, with another amount. Chance here depends on the person and the period, so that every delivery
tells the same story.
"""

from datetime import date, timedelta

import polars as pl

from flows.demo import tables_dienst
from flows.demo.numbers import spread
from flows.demo.rhythm import Round
from flows.demo.town import Town
from flows.demo.werk import MAAND, VIER_WEKEN, WERK_COLUMNS

#: The bijstand itself, which the dienst declares too.
BIJSTAND = "43"
_DIENST = ("900000043L01", "Sociale Dienst Voorbeeldstad")
_A_MONDAY = date(2025, 12, 29)
_LONGEST_WAIT = timedelta(days=90)
_CORRECTED, _TOO_MUCH, _TOO_LITTLE = 0.06, 1.6, 0.6
_TAKEN_BACK, _CENTS_BACK = 0.5, 2_500
#: Most opgaven are the same each month; the others are up to so much less.
_STEADY, _LESS = 0.7, 0.03
#: Below this nothing is withheld where the loonheffingskorting is applied; the rest are rough shares.
_UNTAXED, _TAX_ABOVE, _TAX_WITHOUT, _HOURLY = 90_000, 0.5, 0.36, 1_550


def opgaven(town: Town, ronde: Round, settled: date) -> pl.DataFrame:
    """The opgaven that became known in ``ronde``, the last version of each.

    A wrong amount is too high only where it is right again by ``settled``, before the first night looks.

    Returns:
        The columns of ``WERK_COLUMNS`` with ``van`` and ``tot`` of the period, ``loon`` and ``ingehouden`` (cents),
        ``negatief`` (an amount that is taken back) and ``correctie``.
    """
    rows = pl.concat([town.werk, _bijstand(town)]).join(_periods(ronde), on="tijdvak", maintain_order="left")
    days_over = (pl.col("van") - pl.col("einde")).dt.total_days().fill_null(0)
    rows = rows.with_columns(nummer=_number(), negatief=days_over > 0)
    inside = ~pl.col("negatief") & (pl.col("tot") >= pl.col("aanvang"))
    rows = rows.filter(inside | (days_over.is_between(1, 31) & (_chance(51) < _TAKEN_BACK)))
    known = [each.filter(pl.col("bekend") > ronde.na, pl.col("bekend") <= ronde.tot) for each in _versions(rows)]
    one = ("nr", "loonheffingennummer", "volgnummer", "van")
    newest = pl.concat(known).sort("correctie").unique(one, keep="last", maintain_order=True)
    return _amounts(newest, settled).sort(*one)


def _bijstand(town: Town) -> pl.DataFrame:
    """The bijstand itself as income of the belanghebbende and of the partner, half each."""
    paid = (
        tables_dienst.uitkeringsperiode(town)
        .filter(pl.col("datum_aanvang_periode") <= str(town.dag))
        .group_by("uitkering_id")
        .agg(netto=pl.col("betaalbaar_bedrag_cent").last().cast(pl.Int64))
    )
    rows = town.uitkering.join(paid, on="uitkering_id", maintain_order="left").filter(pl.col("netto") > 0)
    persons = rows.with_columns(nr=pl.concat_list("nr", "partner_nr").list.drop_nulls()).with_columns(
        netto=pl.col("netto") // pl.col("nr").list.len()
    )
    declared = persons.explode("nr").with_columns(
        aanvang="datum_aanvang_uitkering", einde="datum_einde_uitkering", loonheffingennummer=pl.lit(_DIENST[0]),
        volgnummer=pl.lit(1), naam_werkgever=pl.lit(_DIENST[1]), soort_ikv=pl.lit(BIJSTAND), tijdvak=pl.lit(MAAND),
        korting=pl.lit(True), wacht=None,
    )  # fmt: skip
    return declared.select(pl.col(name).cast(dtype) for name, dtype in WERK_COLUMNS.items())


def _periods(ronde: Round) -> pl.DataFrame:
    """Every month and every four weeks that can become known in ``ronde``."""
    start, end = ronde.na - _LONGEST_WAIT, ronde.tot
    months = pl.date_range(start.replace(day=1), end, "1mo", eager=True)
    first = _A_MONDAY + timedelta(days=28 * ((start - _A_MONDAY).days // 28))
    weeks = pl.date_range(first, end, "28d", eager=True)
    return pl.concat(
        [
            pl.DataFrame({"van": months, "tot": months.dt.month_end()}).with_columns(tijdvak=pl.lit(MAAND)),
            pl.DataFrame({"van": weeks, "tot": weeks.dt.offset_by("27d")}).with_columns(tijdvak=pl.lit(VIER_WEKEN)),
        ]
    ).filter(pl.col("tot") <= end)


def _number() -> pl.Expr:
    """A number of its own for each opgave, to draw chance from."""
    day = pl.col("van").dt.epoch("d").cast(pl.Int64)
    return pl.col("nr") * 7_919 + pl.col("volgnummer") * 104_729 + pl.col("loonheffingennummer").str.slice(5, 4).cast(
        pl.Int64
    ) * 611_953 + day  # fmt: skip


def _chance(salt: int) -> pl.Expr:
    return spread(pl.col("nummer"), salt)


def _versions(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """Each opgave as it was declared first, and those that were corrected once more."""
    wages = pl.col("soort_ikv") != BIJSTAND
    days = pl.when(wages).then(pl.col("wacht").fill_null((_chance(52) * 26).cast(pl.Int64))).otherwise(3)
    rows = rows.with_columns(
        eerst=pl.col("tot") + pl.duration(days=5 + days),
        fout=wages & ~pl.col("negatief") & (_chance(53) < _CORRECTED),
    ).with_columns(later=pl.col("eerst") + pl.duration(days=20 + (_chance(54) * 25).cast(pl.Int64)))
    return [
        rows.with_columns(bekend="eerst", correctie=pl.lit(False)),
        rows.filter("fout").with_columns(bekend="later", correctie=pl.lit(True)),
    ]


def _amounts(rows: pl.DataFrame, settled: date) -> pl.DataFrame:
    """The amounts of each opgave: by the days of the period in which the work lasted."""
    start, end = pl.max_horizontal("van", "aanvang"), pl.min_horizontal("tot", "einde")
    share = (end - start).dt.total_days() + 1
    period = (pl.col("tot") - pl.col("van")).dt.total_days() + 1
    weeks = pl.when(pl.col("tijdvak") == VIER_WEKEN).then(12 / 13).otherwise(1.0)
    bijstand = pl.col("soort_ikv") == BIJSTAND
    steady = pl.when(bijstand | (_chance(55) < _STEADY)).then(1.0).otherwise(1 - _chance(56) * _LESS)
    wrong = pl.when(pl.col("later") <= settled).then(_TOO_MUCH).otherwise(_TOO_LITTLE)
    factor = pl.when(pl.col("fout") & ~pl.col("correctie")).then(wrong).otherwise(1.0)
    paid = pl.when("negatief").then(_CENTS_BACK).otherwise(pl.col("netto") * weeks * steady * factor * share / period)
    taxed = pl.max_horizontal(pl.col("netto") - _UNTAXED, 0) * _TAX_ABOVE / pl.col("netto")
    tax = pl.when("korting").then(taxed).otherwise(_TAX_WITHOUT / (1 - _TAX_WITHOUT))
    tax = pl.when(bijstand | pl.col("negatief")).then(0.0).otherwise(tax)
    netto = paid.round().cast(pl.Int64)
    rows = rows.with_columns(ingehouden=(netto * tax).round().cast(pl.Int64), loon=netto)
    return rows.with_columns(loon=pl.col("loon") + pl.col("ingehouden"), uren=pl.col("loon") // _HOURLY)
