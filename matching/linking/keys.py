"""The keys of the blocking passes: two records are candidates when they share one.

A key is one number. So a register of a million is held against the keys of a few thousand rows in a sixth of a second,
and only the keys that a row has too are kept.
"""

from collections.abc import Iterator, Mapping

import polars as pl

#: Pass -> the parts that two records share in it. The order says which pass is named where several find a pair.
PASSES = {
    "bsn": ("bsn",),
    "datum+letter": ("datum", "letter"),
    "datum+klank": ("datum", "klank"),
    "datum+postcode": ("datum", "postcode"),
    "datum gewisseld+letter": ("jaar", "dag_en_maand", "letter"),
    "datum+letters gewisseld": ("datum", "letters"),
    "jaar+maand+klank+letter": ("jaar", "maand", "klank", "letter"),
    "maand+dag+klank+letter": ("maand", "dag", "klank", "letter"),
    "jaar+naam+letter": ("jaar", "stam", "letter"),
    "namen in enige volgorde": ("namen",),
    "cijfers+huisnummer+letters": ("cijfers_alleen", "huisnummer", "letters"),
    "postcode+klank": ("cijfers", "klank"),
    "postcode+voornaam": ("cijfers", "voornaam"),
    "adres": ("cijfers", "huisnummer"),
    "datum+huisnummer": ("datum", "huisnummer"),
}
#: Parts that a record with two surnames has twice: it has a key for each.
TWICE = ("klank", "stam", "namen")
#: Records of which the keys are made at once: the numbers of a whole register take a sixth of a gigabyte.
_AT_ONCE = 250_000
_NUMBERS = ("bsn", "datum", "jaar", "maand", "dag", "huisnummer")
_TEXTS = ("stam", "stam2", "klank", "klank2", "voornaam", "postcode", "cijfers")
#: An odd number without pattern: 2 to the power 64 divided by the golden ratio.
_SPREAD = 0x9E37_79B9_7F4A_7C15


def keys(records: pl.DataFrame, only: pl.DataFrame | None = None) -> pl.DataFrame:
    """Keys of records: ``id``, ``ronde`` (the number of the pass, from 1) and ``sleutel``; in no order.

    A record that misses a part of a key does not have it.

    Args:
        records: standardised records.
        only: keys of the other side; what is not among them is left out.
    """
    wanted = {ronde: pl.col("sleutel").is_not_null() for ronde, _ in _keys()}
    if only is not None:
        wanted = {
            ronde: pl.col("sleutel").is_in(only.filter(ronde=ronde)["sleutel"].unique().implode()) for ronde in wanted
        }
    slices = records.iter_slices(_AT_ONCE) if records.height else [records]
    return pl.concat(_found(several, wanted) for several in slices)


def _found(records: pl.DataFrame, wanted: Mapping[int, pl.Expr]) -> pl.DataFrame:
    numbered = parts(records).lazy()
    every = [
        numbered.select("id", ronde=pl.lit(ronde, pl.Int8), sleutel=_mixed(ronde, columns)).filter(wanted[ronde])
        for ronde, columns in _keys()
    ]
    return pl.concat(every).collect()


def _keys() -> Iterator[tuple[int, tuple[str, ...]]]:
    """The number of each pass and the parts of each of its keys."""
    for ronde, first in enumerate(PASSES.values(), start=1):
        yield ronde, first
        second = tuple(part + "2" if part in TWICE else part for part in first)
        if second != first:
            yield ronde, second


def parts(records: pl.DataFrame) -> pl.DataFrame:
    """The parts of keys of each record (``id``) as numbers; null where it does not have one."""
    low, high = (both("dag", "maand").cast(pl.UInt64) for both in (pl.min_horizontal, pl.max_horizontal))
    numbers = records.lazy().select(
        pl.col("id"), pl.col(_NUMBERS).cast(pl.UInt64), *(_number(name, pl.col(name)) for name in _TEXTS),
        _number("letter", pl.col("voorletters").str.slice(0, 1)), _number("begin", pl.col("stam").str.slice(0, 1)),
        _number("cijfers_alleen", pl.col("cijfers").str.slice(0, 4)),
        pl.when(pl.col("datum").is_not_null()).then(low * 100 + high).alias("dag_en_maand"),
    )  # fmt: skip
    # What may have changed places is added up, for a sum does not mind.
    return numbers.with_columns(
        letters=pl.col("letter") + pl.col("begin"),
        namen=pl.col("stam") + pl.col("voornaam"),
        namen2=pl.col("stam2") + pl.col("voornaam"),
    ).collect()


def _number(name: str, text: pl.Expr) -> pl.Expr:
    return pl.when(text.is_not_null()).then(text.hash()).alias(name)


def _mixed(ronde: int, columns: tuple[str, ...]) -> pl.Expr:
    """One number of a pass and its parts, which wraps around; null where a part is."""
    first, *others = (pl.col(column) for column in columns)
    mixed = first ^ pl.lit(ronde * _SPREAD % 2**64, pl.UInt64)
    for other in others:
        mixed = (mixed * pl.lit(_SPREAD, pl.UInt64)) ^ other
    return mixed
