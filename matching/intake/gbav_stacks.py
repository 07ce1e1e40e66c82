"""Occurrences of a category: how the rows of a persoonslijst form stacks.

Column ``CC.H`` says what the *next* row holds for category ``CC``: ``51`` to ``64`` is an older occurrence of
the same stack, ``CC`` itself starts a new stack (for categories that repeat), empty ends it.
"""

import polars as pl

from matching.intake.gbav_elements import ELEMENTS, IDENTITY, REPEATED


def stack(rows: pl.DataFrame, category: str) -> pl.DataFrame:
    """The occurrences of one category, each with its place.

    A row that holds something though no link announced it is not lost: where it is about somebody else it
    starts a stack, otherwise it is an older occurrence.

    Args:
        rows: as ``read_rows`` gives them.
        category: two digits.

    Returns:
        Filled occurrences: ``lijst``, ``stapel``, ``volgnummer`` (0 = current, then ever older), and the
        elements by the names they get.
    """
    told = pl.col(f"{category}.H").shift(1).over("lijst")
    first = pl.int_range(pl.len()).over("lijst") == 0
    starts = first | told.eq_missing(pl.lit(category))
    if category in REPEATED:
        who = [pl.col(f"{category}.{element}") for element in IDENTITY]
        other = pl.any_horizontal(value.ne_missing(value.shift(1).over("lijst")) for value in who)
        starts |= told.is_null() & _filled(rows, category) & other
    return (
        rows.with_columns(stapel=starts.cum_sum())
        .with_columns(volgnummer=pl.int_range(pl.len()).over("stapel"))
        .filter(_filled(rows, category))
        .select("lijst", "stapel", "volgnummer", *_renamed(category))
    )


def count_broken_links(rows: pl.DataFrame) -> int:
    """Links that do not fit the next row of their list, over the categories that are read.

    A link is broken when it announces nothing that is there, when its code is not one of its category, and
    when a filled row was not announced.
    """
    return sum(rows.select(_is_broken(rows, category).sum()).item() for category in ELEMENTS)


def _is_broken(rows: pl.DataFrame, category: str) -> pl.Expr:
    link = pl.col(f"{category}.H")
    known = [str(int(category) + 50), category] if category in REPEATED else [str(int(category) + 50)]
    next_filled = _filled(rows, category).shift(-1, fill_value=False).over("lijst")
    return pl.when(link.is_null()).then(next_filled).otherwise(~(link.is_in(known) & next_filled))


def _filled(rows: pl.DataFrame, category: str) -> pl.Expr:
    link = f"{category}.H"
    cells = [name for name in rows.columns if name.startswith(f"{category}.") and name != link]
    return pl.any_horizontal(pl.col(cells).is_not_null())


def _renamed(category: str) -> list[pl.Expr]:
    return [pl.col(f"{category}.{element}").alias(name) for element, name in ELEMENTS[category].items()]
