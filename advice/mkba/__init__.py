"""What one case is worth: three ways to deal with a difference, beside each other, always as a band.

It is about a difference and never about a person: no score, no ranking, no trait. In words: ``docs/mkba.md``.
"""

from advice.mkba.case import MOST_AHEAD, MOST_BEFORE, Geval
from advice.mkba.compute import mkba
from advice.mkba.many import Alike, Opgeteld, mkba_of_many
from advice.mkba.result import (
    PARTIJEN,
    Band,
    Berekend,
    Drijver,
    Kansen,
    Kant,
    Mkba,
    NietBerekend,
    Omslag,
    Post,
    Regel,
    Scenario,
    Soort,
    Uitkomst,
    Verschil,
)

__all__ = [
    "MOST_AHEAD", "MOST_BEFORE", "PARTIJEN", "Alike", "Band", "Berekend", "Drijver", "Geval", "Kansen", "Kant", "Mkba",
    "NietBerekend", "Omslag", "Opgeteld", "Post", "Regel", "Scenario", "Soort", "Uitkomst", "Verschil", "mkba",
    "mkba_of_many",
]  # fmt: skip
