"""Who acts for inwoners of the town: offices with a made-up name and, for most, a whole postal address."""

import polars as pl

#: What the last digit of a reference says: of those without one the dienst has the reference and nothing else.
_SOORT = {0: "MENTOR", 2: "BEWINDVOERDER", 3: "CURATOR", 4: "BEWINDVOERDER", 5: "GEMACHTIGDE", 6: "BEWINDVOERDER",
    8: "BEWINDVOERDER", 9: "BEWINDVOERDER"}  # fmt: skip
#: Of this one the postcode is not known.
_NOT_WHOLE = 8
_NAMES = ("De Haven", "Het Anker", "De Linde", "Zonnehof", "De Brug", "Het Kompas", "De Sleutel", "Waterland")
#: One that can be written to, and one of which nothing is known.
REACHABLE, UNKNOWN = "BW-1002", "BW-1001"


def offices(references: pl.Series) -> pl.DataFrame:
    """The table of who acts for somebody, for these references (``BW-1002``); sorted by reference."""
    number = pl.col("verwijzing").str.slice(3).cast(pl.Int64)
    last = number % 10
    rows = references.drop_nulls().unique().sort().to_frame("verwijzing")
    return rows.with_columns(soort=last.replace_strict(_SOORT, default=None, return_dtype=pl.String)).filter(
        pl.col("soort").is_not_null()
    ).select(
        "verwijzing",
        "soort",
        naam=pl.format("Kantoor {} Voorbeeld", pl.lit(pl.Series(_NAMES)).gather(number % len(_NAMES))),
        ter_attentie_van=pl.when(last % 2 == 0).then(pl.format("team {}", last)),
        straatnaam_of_postbus=pl.when(last % 3 == 0).then(pl.lit("Kantoorlaan")).otherwise(pl.lit("Postbus")),
        huisnummer=number - 900,
        huisletter=pl.lit(None, pl.String),
        huisnummertoevoeging=pl.lit(None, pl.String),
        postcode=pl.when(last != _NOT_WHOLE).then(pl.lit("1234ZZ")),
        woonplaats=pl.lit("Voorbeeldstad"),
        datum_einde=pl.lit(None, pl.String),
    )  # fmt: skip
