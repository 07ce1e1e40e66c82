"""What the Inlichtingenbureau delivers in a round, as its two tables: signals, and income as UWV knows it.

Each delivery holds what is new or changed since the one before. Only what overlaps an uitkering is in it.
"""

from datetime import date

import polars as pl

from contracts.tables import TABLES
from flows.demo.dirt_monthly import spoil_table
from flows.demo.identity import with_identity
from flows.demo.numbers import spread
from flows.demo.opgaven import BIJSTAND, opgaven
from flows.demo.rhythm import Round
from flows.demo.samenloop import date8, overlapping, sign, with_bsn
from flows.demo.signals import samenloopsignalen
from flows.demo.town import Town

_OPEN_ENDS = {"99991231": 0.6, "99991230": 0.9}
_OWN_PERIOD, _MONTHLY_VT = 0.3, 0.1


def ib_tables(town: Town, ronde: Round, settled: date) -> dict[str, pl.DataFrame]:
    """The tables of one delivery, all text, each sorted.

    Args:
        town: as it is when the delivery is made.
        ronde: which delivery.
        settled: the last day of the rounds before the first night; see ``opgaven``.
    """
    income = overlapping(town, opgaven(town, ronde, settled), "van", "tot")
    return {
        "ib_samenloopsignaal": samenloopsignalen(town, ronde, income),
        "inkomsten_uwv": _inkomsten(town, income, ronde.dag.month),
    }


def _inkomsten(town: Town, income: pl.DataFrame, maand: int) -> pl.DataFrame:
    style = spread(pl.col("nr") + pl.col("volgnummer"), 61)
    open_end = pl.lit(None, pl.String)
    for code, share in reversed(_OPEN_ENDS.items()):
        open_end = pl.when(style < share).then(pl.lit(code)).otherwise(open_end)
    # For some the data of each opgave are a period of their own without an end: those periods overlap.
    own = (style < _OWN_PERIOD) & ~pl.col("negatief")
    period = pl.when(own).then(pl.max_horizontal("aanvang", "van")).otherwise("aanvang")
    rows = with_identity(town, with_bsn(town, income, "nr", "burgerservicenummer")).with_columns(
        datum_aanvang_ikv=date8("aanvang"),
        datum_einde_ikv=date8("einde").fill_null(open_end),
        datum_aanvang_periode=period.dt.strftime("%Y%m%d"),
        datum_einde_periode=date8("einde").fill_null(open_end),
        volgnummer_ikv="volgnummer",
        datum_aanvang_opgave=date8("van"),
        datum_einde_opgave=date8("tot"),
        loon_lb_cent="loon",
        loon_lb_teken=sign(),
        ingehouden_lb_cent="ingehouden",
        vakantietoeslag_cent=pl.when(style < _MONTHLY_VT).then(pl.col("loon") * 8 // 108).otherwise(0),
        verloonde_uren=pl.when(pl.col("soort_ikv") != BIJSTAND).then("uren"),
        loonheffingskorting_toegepast=pl.when("korting").then(pl.lit("1")).otherwise(pl.lit("2")),
    )
    text = rows.sort("burgerservicenummer", "datum_aanvang_opgave", maintain_order=True).cast(pl.String)
    bijstand = (pl.col("soort_ikv") == BIJSTAND) & pl.col("datum_einde_uitkering").is_null()
    return spoil_table("inkomsten_uwv", text, bijstand, maand).select(TABLES["inkomsten_uwv"].delivered)
