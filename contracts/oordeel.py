"""What a human answers to the three questions of the drietrapstoets.

No code can make one: it is signed by who typed it, and only the rooms where somebody types may import this module
(the protected contract in ``pyproject.toml``; ``tests/contracts/test_oordeel.py`` reads every file for it).
"""

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, AwareDatetime, ConfigDict, StringConstraints
from pydantic.dataclasses import dataclass

#: Names that are nobody's: what is signed so was not typed by a human.
MACHINES: Final = frozenset({
    "tijdig", "systeem", "system", "computer", "machine", "automatisch", "nacht", "nightly", "prefect", "cron", "ai",
    "root",
})  # fmt: skip
_LONGEST: Final = 2_000
_NUMBER: Final = re.compile(r"(?<!\d)\d{3}[ .-]?\d{3}[ .-]?\d{2,3}(?!\d)")


class Bewust(StrEnum):
    """The answer to the first question."""

    JA = "ja"
    NEE = "nee"
    ONBEKEND = "onbekend"


def _of_a_human(door: str) -> str:
    if door.casefold() in MACHINES:
        raise ValueError("signed by a machine")
    return door


def _without_number(text: str) -> str:
    if _NUMBER.search(text):
        raise ValueError("holds a number that may be a BSN")
    return text


Mens = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40), AfterValidator(_of_a_human)
]
Woorden = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=_LONGEST), AfterValidator(_without_number)
]


@dataclass(frozen=True, kw_only=True, config=ConfigDict(hide_input_in_errors=True))
class Oordeel:
    """The judgement of a consulent about one finding. Checked whenever one is made: there is no way around it.

    Attributes:
        bewust: whether the inwoner could know what was expected.
        context: in words, what could reasonably be expected in these circumstances.
        impact: in words, what it costs, what a solution does and what happens if nobody does anything.
        door: who answers.
        moment: when.
    """

    bewust: Bewust
    context: Woorden
    impact: Woorden
    door: Mens
    moment: AwareDatetime
