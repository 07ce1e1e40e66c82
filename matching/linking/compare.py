"""Levels of agreement of each candidate pair; the engine is loaded when there is a pair to compare."""

import polars as pl

from matching.linking.levels import NAMES


def compare(register: pl.DataFrame, rows: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The level of every comparison for every pair.

    Args:
        register: standardised records: the whole register, for it also says how common a value is.
        rows: standardised records.
        pairs: ``id`` and ``register_id``; other columns are kept.

    Returns:
        ``pairs`` with, for each comparison in ``NAMES``, its level (null: missing on a side) and ``<name>_aantal``:
        how many register persons have the value agreed on (0: not said).
    """
    if pairs.is_empty():
        return pairs.with_columns(
            *(pl.lit(None, pl.Int8).alias(name) for name in NAMES),
            *(pl.lit(0, pl.Int64).alias(f"{name}_aantal") for name in NAMES),
        )
    # pandas and recordlinkage take a second to load, and on most nights of a small gemeente nobody is compared.
    from matching.linking.levels_of_pairs import levels_of  # noqa: PLC0415

    return levels_of(register, rows, pairs)
