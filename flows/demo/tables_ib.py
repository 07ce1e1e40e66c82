"""What the Inlichtingenbureau delivers in a round, as its two tables: signals, and income as UWV knows it.

Each delivery holds what is new or changed since the one before. Only what overlaps an uitkering is in it.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from contracts.tables import TABLES
from flows.demo.dirt_monthly import spoil_table
from flows.demo.dwellings import CITY
from flows.demo.kostendelers import housemate_signals
from flows.demo.numbers import spread
from flows.demo.opgaven import BIJSTAND, opgaven
from flows.demo.opleidingen import HOGER
from flows.demo.rhythm import Round
from flows.demo.studie import STUDIEFINANCIERING
from flows.demo.tables_duo import inschrijvingen, toekenningen
from flows.demo.town import Town
from flows.demo.werk import VIER_WEKEN

#: Share of the people with income whom the dienst gets OIB for.
_OIB = 0.7
_OPEN_ENDS = {"99991231": 0.6, "99991230": 0.9}
_SIGNAL = {
    "signaalsoort": pl.String, "signaalreden": pl.String, "betreft": pl.Int64, "bron": pl.String,
    "bronkenmerk": pl.String, "aanvang": pl.Date, "einde": pl.Date, "bedrag_cent": pl.Int64,
    "bedrag_teken": pl.String, "bedrag_periode": pl.String, "bedragsoort": pl.String, "tags": pl.String,
    "is_correctie": pl.String, "samenloop_van": pl.Date, "samenloop_tot": pl.Date,
}  # fmt: skip


def ib_tables(town: Town, ronde: Round, settled: date) -> dict[str, pl.DataFrame]:
    """The tables of one delivery, all text, each sorted.

    Args:
        town: as it is when the delivery is made.
        ronde: which delivery.
        settled: the last day of the rounds before the first night; see ``opgaven``.
    """
    income = _overlapping(town, opgaven(town, ronde, settled), "van", "tot")
    return {
        "ib_samenloopsignaal": _samenloopsignalen(town, ronde, income),
        "inkomsten_uwv": _inkomsten(town, income),
    }


def _overlapping(town: Town, rows: pl.DataFrame, van: str, tot: str) -> pl.DataFrame:
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


def _inkomsten(town: Town, income: pl.DataFrame) -> pl.DataFrame:
    style = spread(pl.col("nr") + pl.col("volgnummer"), 61)
    open_end = pl.lit(None, pl.String)
    for code, share in reversed(_OPEN_ENDS.items()):
        open_end = pl.when(style < share).then(pl.lit(code)).otherwise(open_end)
    # The data of a period changed at the turn of the year for some; earlier and later periods overlap.
    changed = pl.max_horizontal("aanvang", pl.col("van").dt.truncate("1y"))
    rows = _with_bsn(town, income, "nr", "burgerservicenummer").with_columns(
        datum_aanvang_ikv=_text("aanvang"),
        datum_einde_ikv=_text("einde").fill_null(open_end),
        datum_aanvang_periode=pl.when(style < 0.3).then(_text("van")).otherwise(changed.dt.strftime("%Y%m%d")),  # noqa: PLR2004
        datum_einde_periode=_text("einde").fill_null(open_end),
        volgnummer_ikv="volgnummer",
        datum_aanvang_opgave=_text("van"),
        datum_einde_opgave=_text("tot"),
        loon_lb_cent="loon",
        loon_lb_teken=_sign(),
        ingehouden_lb_cent="ingehouden",
        vakantietoeslag_cent=pl.when(style < 0.1).then(pl.col("loon") * 8 // 108).otherwise(0),  # noqa: PLR2004
        verloonde_uren=pl.when(pl.col("soort_ikv") != BIJSTAND).then("uren"),
        loonheffingskorting_toegepast=pl.when("korting").then(pl.lit("1")).otherwise(pl.lit("2")),
    )
    text = rows.sort("burgerservicenummer", "datum_aanvang_opgave", maintain_order=True).cast(pl.String)
    bijstand = (pl.col("soort_ikv") == BIJSTAND) & pl.col("datum_einde_uitkering").is_null()
    return spoil_table("inkomsten_uwv", text, bijstand).select(TABLES["inkomsten_uwv"].delivered)


def _samenloopsignalen(town: Town, ronde: Round, income: pl.DataFrame) -> pl.DataFrame:
    kinds = [*_about_income(income), *_about_study(town, ronde), _about_elders(town, ronde), _housemates(town, ronde)]
    rows = pl.concat([_signals(kind) for kind in kinds])
    rows = _with_bsn(town, _with_bsn(town, rows, "nr", "burgerservicenummer"), "betreft", "betreft_burgerservicenummer")
    rows = rows.with_columns(
        leveringsdatum=pl.lit(f"{ronde.dag:%Y%m%d}"),
        peilmaand=pl.lit(ronde.peilmaand),
        datum_aanvang_feit=_text("aanvang"),
        datum_einde_feit=_text("einde"),
        datum_aanvang_samenloop=_text("samenloop_van"),
        datum_einde_samenloop=_text("samenloop_tot"),
        belastingjaar=pl.lit(None, pl.String),
    ).cast(pl.String)
    rows = rows.sort("dossiernummer", "signaalsoort", "datum_aanvang_feit", "bronkenmerk", maintain_order=True)
    known = (pl.col("signaalsoort") == "OIB") & pl.col("datum_einde_uitkering").is_null()
    return spoil_table("ib_samenloopsignaal", rows, known).select(TABLES["ib_samenloopsignaal"].delivered)


def _about_income(income: pl.DataFrame) -> Sequence[pl.DataFrame]:
    """INKOMEN where an inkomstenverhouding begins; OIB for what was paid, for a part of the people."""
    mark = pl.format("{}-{}", "loonheffingennummer", "volgnummer")
    wages = income.filter(pl.col("soort_ikv") != BIJSTAND).with_columns(bron=pl.lit("UWV"), bronkenmerk=mark)
    new = pl.col("aanvang") >= pl.col("van")
    begun = wages.filter(new, ~pl.col("correctie"), ~pl.col("negatief"))
    weeks, two_digits = pl.col("tijdvak") == VIER_WEKEN, spread(pl.col("nr"), 62) < 0.5  # noqa: PLR2004
    period = pl.when(weeks & two_digits).then(pl.lit("05")).when(weeks).then(pl.lit("4"))
    oib = wages.filter(spread(pl.col("nr"), 63) < _OIB).with_columns(
        signaalsoort=pl.lit("OIB"),
        signaalreden=pl.when(new).then(pl.lit("NIEUWE_IKV")),
        aanvang="van",
        einde="tot",
        bedrag_cent=pl.col("loon") - pl.col("ingehouden"),
        bedrag_teken=_sign(),
        bedrag_periode=period.when(two_digits).then(pl.lit("06")).otherwise(pl.lit("6")),
        bedragsoort=pl.lit("INDICATIEF_NETTO"),
        tags=pl.when(spread(pl.col("nr"), 64) < 0.1).then(pl.lit("Bereken-VT-en-EPS")),  # noqa: PLR2004
        is_correctie=pl.when("correctie").then(pl.lit("1")).otherwise(pl.lit("2")),
    )
    started = begun.with_columns(
        signaalsoort=pl.lit("INKOMEN"), signaalreden=pl.lit("NIEUWE_IKV"),
        samenloop_van=pl.max_horizontal("aanvang", "datum_aanvang_uitkering"),
        samenloop_tot=pl.min_horizontal("einde", "datum_einde_uitkering"),
    )  # fmt: skip
    return oib, started


def _about_study(town: Town, ronde: Round) -> Sequence[pl.DataFrame]:
    """INSCHRIJVING_HO and STUDIEFINANCIERING of a belanghebbende or partner, as DUO delivers them: cut."""
    enrolled = inschrijvingen(town, ronde.tot).filter(pl.col("soort").is_in(HOGER))
    granted = toekenningen(town, ronde.tot).filter(steun=STUDIEFINANCIERING)
    found = {"INSCHRIJVING_HO": enrolled.with_columns(bronkenmerk="brin"), "STUDIEFINANCIERING": granted}
    return [
        _new(_overlapping(town, rows, "rij_aanvang", "rij_einde"), ronde).with_columns(
            aanvang="rij_aanvang", einde="rij_einde", signaalsoort=pl.lit(soort), bron=pl.lit("DUO")
        )
        for soort, rows in found.items()
    ]


def _about_elders(town: Town, ronde: Round) -> pl.DataFrame:
    return _new(_overlapping(town, town.elders, "aanvang", "einde"), ronde)


def _housemates(town: Town, ronde: Round) -> pl.DataFrame:
    rows = housemate_signals(town, ronde).with_columns(
        signaalsoort=pl.lit("KOSTENDELERS"), einde=pl.lit(None, pl.Date)
    )  # fmt: skip
    return _overlapping(town, rows, "aanvang", "einde")


def _new(rows: pl.DataFrame, ronde: Round) -> pl.DataFrame:
    return rows.filter(pl.col("samenloop_van") > ronde.na, pl.col("samenloop_van") <= ronde.tot)


def _signals(rows: pl.DataFrame) -> pl.DataFrame:
    """The columns of a signal; what ``rows`` has not is empty, and it corrects nothing."""
    empty = [pl.lit(None, dtype).alias(name) for name, dtype in _SIGNAL.items() if name not in rows.columns]
    columns = [pl.col(name).cast(dtype) for name, dtype in _SIGNAL.items()]
    return rows.with_columns(empty).select(
        "nr", "dossiernummer", "gemeentecode", "datum_einde_uitkering", *columns
    ).with_columns(pl.col("is_correctie").fill_null("2"))  # fmt: skip


def _with_bsn(town: Town, rows: pl.DataFrame, person: str, name: str) -> pl.DataFrame:
    numbers = town.persoon.select(pl.col("nr").alias(person), pl.col("burgerservicenummer").alias(name))
    return rows.join(numbers, on=person, how="left", maintain_order="left")


def _text(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime("%Y%m%d")


def _sign() -> pl.Expr:
    """A minus where it is taken back; a plus is written by some only."""
    return pl.when("negatief").then(pl.lit("-")).when(spread(pl.col("nr"), 65) < 0.5).then(pl.lit("+"))  # noqa: PLR2004
