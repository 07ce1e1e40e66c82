"""What a human answers to the three questions of the drietrapstoets.

No code can make one: it is signed by who typed it, and only the rooms where somebody types may import this module
(the protected contract in ``pyproject.toml``; ``tests/contracts/test_oordeel.py`` reads every file for it).
"""

from enum import StrEnum

from pydantic import AwareDatetime, ConfigDict
from pydantic.dataclasses import dataclass

from contracts.human import Mens, Woorden


class Bewust(StrEnum):
    """The answer to the first question."""

    JA = "ja"
    NEE = "nee"
    ONBEKEND = "onbekend"


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
