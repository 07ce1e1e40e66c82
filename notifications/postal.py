"""A Dutch postal address as whoever prints and posts asks for it, whatever way it was written down.

The norms are those of NotifyNL: three to six lines, of which the last is ``1234 AB  PLAATS`` (two spaces), and none
that begins with a character that means something else to a machine.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

FEWEST, MOST = 3, 6
_NEVER_FIRST: Final = frozenset('@()=[]"\\/,<>~')
_COUNTRY: Final = frozenset({"nederland", "netherlands", "the netherlands", "holland"})
_POSTCODE: Final = r"([1-9][0-9]{3}) ?([A-Za-z]{2})"
_BEFORE_TOWN: Final = re.compile(rf"{_POSTCODE}[ ,]+(\S.*)")
_AFTER_TOWN: Final = re.compile(rf"(\S.*?)[ ,]+{_POSTCODE}")
_LAST_LINE: Final = re.compile(r"[1-9][0-9]{3} [A-Z]{2}  \S.*")


class Place(NamedTuple):
    """A postcode as ``1234 AB``, and its town as it was written."""

    postcode: str
    plaats: str

    @property
    def line(self) -> str:
        """The last line of an address: two spaces before the town, in capitals."""
        return f"{self.postcode}  {self.plaats.upper()}"


def read_postcode(text: str) -> str | None:
    """``1234 AB`` of ``1234ab``; None where ``text`` is something else."""
    found = re.fullmatch(_POSTCODE, text)
    return found and f"{found[1]} {found[2].upper()}"


def place_of(lines: Iterable[str]) -> Place | None:
    """Postcode and town of an address, on one line in either order or on two; None where they are not there."""
    return _split(_without_country(lines))[1]


def as_postal_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines of an address with postcode and town as one last line and without the country.

    Spaces and empty lines that say nothing are left out. Without a Dutch postcode the lines stay as they are.
    """
    above, place = _split(_without_country(lines))
    return (*above, place.line) if place else above


def is_postal(lines: Sequence[str]) -> bool:
    """Whether ``lines`` as they are make a Dutch postal address that can be printed and posted."""
    return (
        FEWEST <= len(lines) <= MOST
        and _LAST_LINE.fullmatch(lines[-1]) is not None
        and all(line and line[0] not in _NEVER_FIRST for line in lines)
    )


def _without_country(lines: Iterable[str]) -> tuple[str, ...]:
    found = tuple(line for line in (" ".join(line.split()) for line in lines) if line)
    return found[:-1] if found and found[-1].casefold() in _COUNTRY else found


def _split(lines: tuple[str, ...]) -> tuple[tuple[str, ...], Place | None]:
    """What stands above postcode and town, and those two."""
    if not lines:
        return (), None
    if (before := _BEFORE_TOWN.fullmatch(lines[-1])) is not None:
        return lines[:-1], Place(f"{before[1]} {before[2].upper()}", before[3])
    if (after := _AFTER_TOWN.fullmatch(lines[-1])) is not None:
        return lines[:-1], Place(f"{after[2]} {after[3].upper()}", after[1])
    postcode = read_postcode(lines[-2]) if len(lines) > 1 else None
    return (lines[:-2], Place(postcode, lines[-1])) if postcode else (lines, None)
