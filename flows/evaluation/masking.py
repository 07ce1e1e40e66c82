"""What may be told of a number: below 10 only that it is, from 10 on in tens, rounded down.

So whoever subtracts one number on the page from another, or from that of another month, learns a whole range and never
a small number. Within a table that is checked as well: whoever adds up what the totals leave open must still find five
values or more for each small number, else totals are left out, those of columns first. In words:
``docs/besluiten/0051-monthly-evaluation.md``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from contracts.dutch import number

#: Below this a number is masked; numbers from here on are told in steps of it.
STEP: Final = 10
#: So many values a masked number must be able to have for whoever knows the table.
_ROOM: Final = 5
#: Amounts are told in steps of this: cents.
_EUROS: Final = 100_000


@dataclass(frozen=True)
class Shown:
    """A number as it is told: what a reader knows is that it lies from ``low`` to ``high``.

    ``low`` and ``high`` of a total that is left out are those of nothing known.
    """

    low: int
    high: int
    left_out: bool = False

    @property
    def masked(self) -> bool:
        """Whether it is too small to tell."""
        return 0 < self.low < STEP

    @property
    def text(self) -> str:
        """As people read it."""
        if self.left_out:
            return "niet getoond"
        return f"minder dan {STEP}" if self.masked else number(self.low)

    @property
    def value(self) -> str:
        """As a file has it."""
        if self.left_out:
            return ""
        return f"<{STEP}" if self.masked else str(self.low)


def shown(count: int) -> Shown:
    """A number, told."""
    if count < STEP:
        return Shown(min(count, 1), STEP - 1 if count else 0)
    floor = count // STEP * STEP
    return Shown(floor, floor + STEP - 1)


def amount(cents: int, count: int) -> int | None:
    """An amount of so many findings in cents, in steps of a thousand euro; None = too few to tell."""
    if count < STEP:
        return None
    return (2 * cents + _EUROS) // (2 * _EUROS) * _EUROS


@dataclass(frozen=True)
class Sheet:
    """A table of numbers as it is told, with its totals.

    Attributes:
        cells: by row and column.
        rows: the total of each row; empty where a table has one column.
        columns: the total of each column.
        whole: of everything.
    """

    cells: tuple[tuple[Shown, ...], ...]
    rows: tuple[Shown, ...]
    columns: tuple[Shown, ...]
    whole: Shown


def sheet(counts: Sequence[Sequence[int]]) -> Sheet:
    """A table of numbers, told so that its totals give no small number away."""
    told = Sheet(
        cells=tuple(tuple(map(shown, row)) for row in counts),
        rows=tuple(shown(sum(row)) for row in counts),
        columns=tuple(shown(sum(column)) for column in zip(*counts, strict=True)),
        whole=shown(sum(map(sum, counts))),
    )
    return next(one for one in _less_and_less(told) if _has_room(one) or one.whole.left_out)


def _less_and_less(told: Sheet) -> Iterator[Sheet]:
    """A table with all its totals, without those of columns, without those of rows too, and without any."""
    yield told
    yield (no_columns := replace(told, columns=_left_out(told.columns)))
    yield (no_rows := replace(no_columns, rows=_left_out(told.rows)))
    yield replace(no_rows, whole=Shown(0, 0, left_out=True))


def _left_out(totals: tuple[Shown, ...]) -> tuple[Shown, ...]:
    return tuple(Shown(0, 0, left_out=True) for _ in totals)


def _has_room(told: Sheet) -> bool:
    """Whether every masked cell can still have enough values for whoever knows the rest of the table."""
    known = _Known(told)
    known.narrow()
    masked = [key for key, cell in known.cells.items() if cell.masked]
    return all(known.high[key] - known.low[key] + 1 >= _ROOM for key in masked)


class _Known:
    """What somebody can know of each number of a table: its lowest and highest value."""

    def __init__(self, told: Sheet) -> None:
        size = (range(len(told.cells)), range(len(told.columns)))
        self.cells = {(r, c): told.cells[r][c] for r in size[0] for c in size[1]}
        numbers = self.cells | {(r, -1): told.rows[r] for r in size[0]} | {(-1, c): told.columns[c] for c in size[1]}
        numbers[-1, -1] = told.whole
        most = sum(cell.high for cell in self.cells.values())
        self.low = {key: 0 if one.left_out else one.low for key, one in numbers.items()}
        self.high = {key: most if one.left_out else one.high for key, one in numbers.items()}
        # Every sum: the total, and what it is of.
        self.sums = [((r, -1), [(r, c) for c in size[1]]) for r in size[0]]
        self.sums += [((-1, c), [(r, c) for r in size[0]]) for c in size[1]]
        self.sums += [((-1, -1), [(r, -1) for r in size[0]]), ((-1, -1), [(-1, c) for c in size[1]])]

    def narrow(self) -> None:
        """Until nothing more follows."""
        changed = True
        while changed:
            changed = False
            for total, parts in self.sums:
                changed |= self._narrow(total, parts)

    def _narrow(self, total: tuple[int, int], parts: Sequence[tuple[int, int]]) -> bool:
        low, high = sum(self.low[key] for key in parts), sum(self.high[key] for key in parts)
        changed = self._set(total, low, high)
        for key in parts:
            others_low, others_high = low - self.low[key], high - self.high[key]
            changed |= self._set(key, self.low[total] - others_high, self.high[total] - others_low)
            low, high = others_low + self.low[key], others_high + self.high[key]
        return changed

    def _set(self, key: tuple[int, int], low: int, high: int) -> bool:
        before = self.low[key], self.high[key]
        self.low[key], self.high[key] = max(before[0], low), min(before[1], high)
        return (self.low[key], self.high[key]) != before


def share(part: Shown, whole: Shown) -> str:
    """About how large a part is, in whole percents of what is told; a dash where either is too small to tell."""
    if part.masked or part.left_out or whole.left_out or whole.low < STEP:
        return "–"
    if part.low == whole.low:
        return "(bijna) alle"
    return f"ongeveer {(200 * part.low + whole.low) // (2 * whole.low)} %"


def widest(numbers: Iterable[Shown]) -> int:
    """The largest of some numbers as far as it is told: the scale of a chart."""
    return max((one.low for one in numbers if not one.masked), default=0)
