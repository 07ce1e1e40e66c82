"""The comparisons and their ordered levels: the words of the weights file, the report and the explanation.

A level is a small number, and a higher one agrees more. Missing on either side is no level: it says nothing.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Comparison:
    """One comparison.

    Attributes:
        name: as in the weights file.
        levels: their names, from 0 on.
        ordered: the levels among which agreeing more never weighs less, from low to high.
        by_value: the levels whose weight follows how many register persons have the value agreed on.
        contradiction: the highest level that keeps a pair from being linked automatically; -1 where none does.
    """

    name: str
    levels: tuple[str, ...]
    ordered: tuple[int, ...]
    by_value: tuple[int, ...] = ()
    contradiction: int = -1


#: In the order in which they are explained.
COMPARISONS = (
    Comparison("geslachtsnaam", ("anders", "lijkt", "bijna", "gelijk", "beide gelijk"), (0, 1, 2, 3, 4), (3, 4)),
    Comparison(
        "voornaam", ("andere letter", "andere naam", "zelfde letter", "bijna", "gelijk"), (0, 1, 2, 3, 4), (4,), 1
    ),
    Comparison("voorletters", ("anders", "deel", "gelijk"), (0, 1, 2), (), 0),
    Comparison(
        "geboortedatum",
        ("anders", "jaar", "twee delen", "gewisseld", "jaar, rest onbekend", "jaar en maand, dag onbekend", "gelijk"),
        (0, 1, 2, 3, 6), (6,), 3,
    ),
    Comparison("adres", ("anders", "wijk", "postcode", "nummer", "gelijk"), (0, 1, 2, 3, 4), (2, 3, 4)),
    Comparison("geslacht", ("anders", "gelijk"), (0, 1), (), 0),
)  # fmt: skip
NAMES = tuple(comparison.name for comparison in COMPARISONS)
#: Jaro-Winkler similarity from which two surnames are nearly the same, or alike, and two first names nearly the same.
NEAR, ALIKE, NEAR_FIRST = 0.92, 0.84, 0.9
#: What stands for missing while numpy works.
MISSING = -1
