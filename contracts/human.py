"""What a human typed: signed by who typed it, and without a number that may be a BSN."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, StringConstraints

#: Names that are nobody's: what is signed so was not typed by a human.
MACHINES: Final = frozenset({
    "tijdig", "systeem", "system", "computer", "machine", "automatisch", "nacht", "nightly", "prefect", "cron", "ai",
    "root",
})  # fmt: skip
_LONGEST: Final = 2_000
_NUMBER: Final = re.compile(r"(?<!\d)\d{3}[ .-]?\d{3}[ .-]?\d{2,3}(?!\d)")


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
