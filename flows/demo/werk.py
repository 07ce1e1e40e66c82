"""Who works beside an uitkering: the one place that knows. UWV and the Inlichtingenbureau tell parts of it.

It agrees with what the dienst knows: whoever has income that is set off has work, or another benefit, that pays
just that, and nobody else with a running uitkering has any. Whose uitkering ended lately found work.
"""

from datetime import date, timedelta

import numpy as np
import polars as pl

from flows.demo.numbers import Ints, stream

#: Made-up employers; a number is 9 digits, L and 2 digits.
_EMPLOYERS = (
    "Schoonmaakbedrijf De Blinkende Ruit", "Supermarkt De Volle Mand", "Thuiszorg Nabij", "Uitzendbureau Vandaag",
    "Distributiecentrum Havenzicht", "Restaurant De Gouden Lepel", "Kwekerij Groenrijk", "Bakkerij Zonneveld",
    "Taxibedrijf Snel", "Kinderopvang Het Nest", "Bouwbedrijf Steenhuis", "Callcenter Hallo", "Hotel Aan Zee",
    "Postverdeling Rapid", "Sociale werkplaats Samen", "Pizzeria Napoli",
)  # fmt: skip
_PAYER = "Uitvoering Werknemersverzekeringen Voorbeeld"
_SICK = "31"
#: Kinds of inkomstenverhouding: mostly the ordinary one.
_WAGES = {"15": 0.86, "11": 0.06, "13": 0.08}
_PARTNER, _TWO_JOBS, _RENEWED, _BENEFIT, _NO_DISCOUNT, _WEEKS = 0.3, 0.2, 0.15, 0.1, 0.1, 0.25
_FOUND_WORK, _LATELY = 0.6, 110
_FULL_TIME = 165_000

MAAND, VIER_WEKEN = "maand", "4 weken"
WERK_COLUMNS = {
    "nr": pl.Int64, "loonheffingennummer": pl.String, "volgnummer": pl.Int64, "naam_werkgever": pl.String,
    "soort_ikv": pl.String, "aanvang": pl.Date, "einde": pl.Date, "tijdvak": pl.String, "netto": pl.Int64,
    "korting": pl.Boolean, "wacht": pl.Int64,
}  # fmt: skip


def jobs(uitkering: pl.DataFrame, vandaag: date, seed: int) -> pl.DataFrame:
    """Every inkomstenverhouding of a belanghebbende or partner, and of whose uitkering ended lately.

    Returns:
        ``nr``; ``loonheffingennummer``, ``volgnummer``, ``naam_werkgever`` and ``soort_ikv``; ``aanvang`` and
        ``einde`` (the last day; null = goes on); ``tijdvak`` (maand or 4 weken); ``netto`` (cents a month) and
        ``korting`` (the loonheffingskorting is applied, so that so little is not taxed); ``wacht`` (days before an
        opgave is known, besides the five that it always takes; null = as chance has it).
    """
    rng = stream(seed, "werk")
    running = _split(_with_income(uitkering, rng), rng)
    rows = pl.concat([running, _found_work(uitkering, vandaag, rng)])
    rows = rows.with_columns(*_drawn(len(rows), vandaag, rng)).with_columns(
        aanvang=pl.col("begon").fill_null(pl.col("aanvang"))
    )
    one = ("nr", "loonheffingennummer")
    rows = _renewed(rows, vandaag, rng).sort(*one, "aanvang", maintain_order=True)
    numbered = rows.with_columns(volgnummer=pl.int_range(1, pl.len() + 1).over(one), wacht=None)
    return numbered.select(_typed())


def _with_income(uitkering: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Who of a household with income earns it."""
    rows = uitkering.filter(pl.col("datum_einde_uitkering").is_null(), pl.col("inkomsten") > 0)
    partner = pl.Series(rng.random(len(rows)) < _PARTNER) & rows["partner_nr"].is_not_null()
    return rows.select(
        nr=pl.when(partner).then("partner_nr").otherwise("nr"), netto="inkomsten", begon=pl.lit(None, pl.Date)
    )


def _split(rows: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Some have two jobs that pay it together."""
    two = pl.Series(rng.random(len(rows)) < _TWO_JOBS)
    most = pl.when(two).then(pl.col("netto") * 3 // 5).otherwise("netto")
    second = rows.filter(two).with_columns(pl.col("netto") - pl.col("netto") * 3 // 5)
    return pl.concat([rows.with_columns(netto=most), second])


def _found_work(uitkering: pl.DataFrame, vandaag: date, rng: np.random.Generator) -> pl.DataFrame:
    """Whose uitkering ended lately: a job that began up to ten days before, sometimes the reason."""
    ended = uitkering.filter(pl.col("datum_einde_uitkering") > vandaag - timedelta(days=_LATELY))
    rows = ended.filter(pl.Series(rng.random(len(ended)) < _FOUND_WORK))
    days = pl.lit(pl.Series(rng.integers(0, 11, len(rows))))
    return rows.select(
        "nr",
        netto=pl.Series(np.round(_FULL_TIME * rng.lognormal(0, 0.2, len(rows))), dtype=pl.Int64),
        begon=pl.col("datum_einde_uitkering") - pl.duration(days=days),
    )


def _drawn(count: int, vandaag: date, rng: np.random.Generator) -> list[pl.Series]:
    """What chance decides for each; work began before this year, so that the dienst set it off all year."""
    benefit = rng.random(count) < _BENEFIT
    which = rng.integers(0, len(_EMPLOYERS), count)
    days = rng.integers(1, 1_500, count)
    began = np.datetime64(date(vandaag.year, 1, 1)) - days.astype("timedelta64[D]")
    wages = rng.choice(list(_WAGES), count, p=list(_WAGES.values()))
    return [
        pl.Series("loonheffingennummer", np.where(benefit, "900000900L01", _number(which))),
        pl.Series("naam_werkgever", np.where(benefit, _PAYER, np.array(_EMPLOYERS)[which])),
        pl.Series("soort_ikv", np.where(benefit, _SICK, wages)),
        pl.Series("aanvang", began),
        pl.Series("tijdvak", np.where(rng.random(count) < _WEEKS, VIER_WEKEN, MAAND)),
        pl.Series("korting", rng.random(count) >= _NO_DISCOUNT),
    ]


def _renewed(rows: pl.DataFrame, vandaag: date, rng: np.random.Generator) -> pl.DataFrame:
    """Some contracts ended a few months ago and were followed by the next one with the same employer."""
    rows = rows.with_columns(einde=pl.lit(None, pl.Date))
    again = pl.Series(rng.random(len(rows)) < _RENEWED) & rows["begon"].is_null()
    ends = pl.lit(pl.Series(rng.integers(50, 140, len(rows))))
    last = (pl.lit(vandaag) - pl.duration(days=ends)).dt.month_end()
    first = rows.with_columns(einde=pl.when(again).then(last))
    second = first.filter(again).with_columns(aanvang=pl.col("einde") + timedelta(days=1), einde=pl.lit(None, pl.Date))
    return pl.concat([first, second])


def _number(employer: Ints) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    return np.array([f"90{1000 + nth:07d}L{1 + nth % 3:02d}" for nth in range(len(_EMPLOYERS))])[employer]


def _typed() -> list[pl.Expr]:
    return [pl.col(name).cast(dtype) for name, dtype in WERK_COLUMNS.items()]
