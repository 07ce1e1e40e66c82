"""The uitkeringen themselves: law, leefvorm, kostendelersnorm, period, income, consulent.

A person is a ``nr`` here, an address a ``woning``, and dates are dates; ``tables_dienst`` turns them into
what is delivered.
"""

from datetime import date

import numpy as np
import polars as pl

from flows.demo.numbers import Ints, stream

_COUPLES = {"09": 0.70, "08": 0.15, "04": 0.10, "03": 0.05}
_PARTNER_WITHOUT_RIGHT, _BLOCKED, _KNOWS_BAG, _EMPTY_COUNT = 0.04, 0.01, 0.40, 0.5
#: How the postcode is typed: as the BAG does, in small letters, with a space.
POSTCODE_STYLES = {"1234AB": 0.88, "1234ab": 0.08, "1234 AB": 0.04}
#: 8 % have part-time income a month, 489 euro in the middle (Divosa factsheet parttime werk).
_INCOME, _INCOME_CENTS = 0.08, 48_900
_IOAW, _IOAW_FROM, _BBZ = 0.08, 50, 0.004
_CONSULENTEN = 40

_COLUMNS = (
    "uitkering_id", "dossiernummer", "nr", "partner_nr", "huishouden", "woning", "wetcode", "leefvorm",
    "aantal_kostendelers", "partner_rechthebbend", "datum_aanvang_uitkering", "datum_einde_uitkering",
    "reden_beeindiging", "indicatie_blokkering", "lopend_bezwaar", "lopend_onderzoek", "laatste_contact_leefsituatie",
    "consulent_id", "met_bag", "postcode_stijl", "inkomsten", "jong", "in_inrichting", "norm_21_vanaf", "norm_anders",
    "verlaagd_bij_besluit",
)  # fmt: skip


def uitkeringen(persons: pl.DataFrame, households: pl.DataFrame, peildatum: date, seed: int) -> pl.DataFrame:
    """One row an uitkering: those that run, and the finished ones of the households called ``gewezen``.

    Beside columns of the contract: ``nr`` and ``partner_nr`` (persons), ``huishouden``, ``woning`` (where
    the dienst thinks they live), ``met_bag`` and ``postcode_stijl`` (how it wrote that down), ``inkomsten``
    (cents a month), ``jong`` (under 21), ``in_inrichting`` (the norm is the one for who stays there),
    ``norm_21_vanaf`` (the day from which the norm from 21 on is planned), ``norm_anders`` (which norm the
    dienst uses in its place: see ``tables_dienst``) and ``verlaagd_bij_besluit``.
    """
    rng = stream(seed, "uitkeringen")
    heads = persons.filter(pl.col("plaats") == "hoofd", pl.col("soort").is_in(["bijstand", "gewezen"])).select(
        "nr", "partner_nr", "huishouden", "woning", "soort", "leeftijd"
    )
    heads = heads.join(households.select("huishouden", "vorm"), on="huishouden", maintain_order="left")
    return (
        pl.concat(
            [heads, _drawn(len(heads), rng), _periods(heads, peildatum, rng), _spoken(len(heads), peildatum, seed)],
            how="horizontal",
        )
        .join(_counted(persons), on="huishouden", how="left", maintain_order="left")
        .with_columns(
            _kostendelersnorm(),
            _law(),
            _leefvorm(),
            pl.when(pl.col("partner_nr").is_not_null()).then("partner_rechthebbend"),
            pl.when(pl.col("datum_einde_uitkering").is_not_null()).then(pl.lit("01")).alias("reden_beeindiging"),
            pl.lit("2").alias("lopend_bezwaar"),
            pl.lit("2").alias("lopend_onderzoek"),
            jong=pl.col("leeftijd") < 21,  # noqa: PLR2004
            in_inrichting=pl.lit(value=False),
            norm_21_vanaf=pl.lit(None, pl.Date),
            norm_anders=pl.lit(None, pl.String),
            verlaagd_bij_besluit=pl.lit("2"),
        )
        .select(_COLUMNS)
        .sort("uitkering_id")
    )


def _drawn(count: int, rng: np.random.Generator) -> pl.DataFrame:
    """What chance decides for each uitkering; the order of the numbers says nothing about who it is."""
    number = (rng.permutation(count) + 100_001).astype(str)
    income = np.round(_INCOME_CENTS * rng.lognormal(0, 0.4, count)).astype(np.int64)
    return pl.DataFrame(
        {
            "uitkering_id": np.char.add("U", number),
            "dossiernummer": np.char.add("D-", number),
            "paarvorm": rng.choice(list(_COUPLES), count, p=list(_COUPLES.values())),
            "partner_rechthebbend": np.where(rng.random(count) < _PARTNER_WITHOUT_RIGHT, "2", "1"),
            "indicatie_blokkering": np.where(rng.random(count) < _BLOCKED, "1", "2"),
            "consulent_id": rng.choice([f"C-{nth:02d}" for nth in range(1, _CONSULENTEN + 1)], count),
            "met_bag": rng.random(count) < _KNOWS_BAG,
            "postcode_stijl": rng.choice(list(POSTCODE_STYLES), count, p=list(POSTCODE_STYLES.values())),
            "inkomsten": np.where(rng.random(count) < _INCOME, income, 0),
            "kans_leeg": rng.random(count),
            "kans_wet": rng.random(count),
        }
    )


def _periods(heads: pl.DataFrame, peildatum: date, rng: np.random.Generator) -> pl.DataFrame:
    """Began after the 18th birthday; a finished one ended in the past two years."""
    adult_days = np.maximum(7, (heads["leeftijd"].to_numpy() - 18) * 365)
    finished = (heads["soort"] == "gewezen").to_numpy()
    ended = rng.integers(20, 700, len(heads))
    lasted: Ints = np.clip(rng.exponential(6 * 365, len(heads)), 40, 7_000).astype(np.int64)
    began = np.where(finished, ended, 0) + np.minimum(lasted, adult_days)
    return pl.DataFrame(
        {
            "datum_aanvang_uitkering": np.datetime64(peildatum) - began.astype("timedelta64[D]"),
            "datum_einde_uitkering": np.datetime64(peildatum) - ended.astype("timedelta64[D]"),
        }
    ).with_columns(pl.when(pl.Series(finished)).then("datum_einde_uitkering"))


def _spoken(count: int, peildatum: date, seed: int) -> pl.DataFrame:
    """The dienst spoke with everybody within the past ten months."""
    days = stream(seed, "gesprekken").integers(10, 300, count)
    return pl.DataFrame({"laatste_contact_leefsituatie": np.datetime64(peildatum) - days.astype("timedelta64[D]")})


def _counted(persons: pl.DataFrame) -> pl.DataFrame:
    """Per household with bijstand the kostendelers, and how many belanghebbenden there are."""
    return (
        persons.filter(pl.col("soort") == "bijstand")
        .group_by("huishouden")
        .agg(
            kostendelers=(pl.col("rol") == "KOSTENDELER").sum().cast(pl.Int64),
            belanghebbenden=pl.col("plaats").is_in(["hoofd", "partner"]).sum().cast(pl.Int64),
        )
    )


def _kostendelersnorm() -> pl.Expr:
    """The count of Pw 22a includes the belanghebbende(n); without kostendelers it is 0 or simply empty."""
    none = pl.when(pl.col("kans_leeg") < _EMPTY_COUNT).then(0)
    counted = pl.col("kostendelers") + pl.col("belanghebbenden")
    return pl.when(pl.col("kostendelers") > 0).then(counted).otherwise(none).alias("aantal_kostendelers")


def _law() -> pl.Expr:
    without = pl.col("kostendelers").fill_null(0) == 0
    ioaw = without & (pl.col("leeftijd") >= _IOAW_FROM) & (pl.col("kans_wet") < _IOAW)
    bbz = without & (pl.col("kans_wet") > 1 - _BBZ)
    return pl.when(ioaw).then(pl.lit("IOAW")).when(bbz).then(pl.lit("BBZ")).otherwise(pl.lit("PW")).alias("wetcode")


def _leefvorm() -> pl.Expr:
    """CdLeefvorm: 01 alleenstaande, 02 eenoudergezin; 03, 04, 08 and 09 are all couples."""
    form = pl.col("vorm")
    chosen = pl.when(form == "alleen").then(pl.lit("01")).when(form == "eenouder").then(pl.lit("02"))
    return chosen.otherwise("paarvorm").alias("leefvorm")
