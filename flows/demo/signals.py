"""The samenloopsignalen of a round: income (UWV), study (DUO), housemates (BRP and DUO) and the rest."""

from collections.abc import Sequence

import polars as pl

from contracts.tables import TABLES
from flows.demo.dirt_monthly import spoil_table
from flows.demo.identity import with_identity
from flows.demo.kostendelers import housemate_signals
from flows.demo.numbers import spread
from flows.demo.opgaven import BIJSTAND
from flows.demo.opleidingen import HOGER
from flows.demo.rhythm import Round
from flows.demo.samenloop import date8, new_in, overlapping, sign, with_bsn
from flows.demo.studie import STUDIEFINANCIERING
from flows.demo.tables_duo import inschrijvingen, toekenningen
from flows.demo.town import Town
from flows.demo.werk import VIER_WEKEN

#: Share of the people with income whom the dienst gets OIB for.
_OIB = 0.7
_SIGNAL = {
    "signaalsoort": pl.String, "signaalreden": pl.String, "betreft": pl.Int64, "bron": pl.String,
    "bronkenmerk": pl.String, "aanvang": pl.Date, "einde": pl.Date, "bedrag_cent": pl.Int64,
    "bedrag_teken": pl.String, "bedrag_periode": pl.String, "bedragsoort": pl.String, "tags": pl.String,
    "belastingjaar": pl.String, "is_correctie": pl.String, "samenloop_van": pl.Date, "samenloop_tot": pl.Date,
}  # fmt: skip


def samenloopsignalen(town: Town, ronde: Round, income: pl.DataFrame) -> pl.DataFrame:
    """Everything new or changed in ``ronde``, all text.

    Args:
        town: as it is when the delivery is made.
        ronde: which delivery.
        income: opgaven with the uitkering they overlap, as ``overlapping`` gives them.
    """
    kinds = [*_about_income(income), *_about_study(town, ronde), _about_elders(town, ronde), _housemates(town, ronde)]
    rows = pl.concat([_signals(kind) for kind in kinds])
    rows = with_bsn(town, with_bsn(town, rows, "nr", "burgerservicenummer"), "betreft", "betreft_burgerservicenummer")
    rows = (
        with_identity(town, rows, "betreft", "betreft_")
        .with_columns(
            leveringsdatum=pl.lit(f"{ronde.dag:%Y%m%d}"),
            peilmaand=pl.lit(ronde.peilmaand),
            datum_aanvang_feit=date8("aanvang"),
            datum_einde_feit=date8("einde"),
            datum_aanvang_samenloop=date8("samenloop_van"),
            datum_einde_samenloop=date8("samenloop_tot"),
        )
        .cast(pl.String)
    )
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
        bedrag_teken=sign(),
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
        new_in(overlapping(town, rows, "rij_aanvang", "rij_einde"), ronde).with_columns(
            aanvang="rij_aanvang", einde="rij_einde", signaalsoort=pl.lit(soort), bron=pl.lit("DUO")
        )
        for soort, rows in found.items()
    ]


def _about_elders(town: Town, ronde: Round) -> pl.DataFrame:
    rows = overlapping(town, town.elders, "aanvang", "einde")
    return new_in(rows.with_columns(gehoord=pl.coalesce("bekend_op", "samenloop_van")), ronde, "gehoord")


def _housemates(town: Town, ronde: Round) -> pl.DataFrame:
    kind = {"signaalsoort": pl.lit("KOSTENDELERS"), "einde": pl.lit(None, pl.Date)}
    rows = housemate_signals(town, ronde).with_columns(**kind)
    return overlapping(town, rows, "aanvang", "einde")


def _signals(rows: pl.DataFrame) -> pl.DataFrame:
    """The columns of a signal; what ``rows`` has not is empty, and it corrects nothing."""
    empty = [pl.lit(None, dtype).alias(name) for name, dtype in _SIGNAL.items() if name not in rows.columns]
    columns = [pl.col(name).cast(dtype) for name, dtype in _SIGNAL.items()]
    rows = rows.with_columns(empty).select("nr", "dossiernummer", "gemeentecode", "datum_einde_uitkering", *columns)
    return rows.with_columns(pl.col("is_correctie").fill_null("2"))
