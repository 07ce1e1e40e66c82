"""The charts of an evaluation: bars come from the report of a night; here are columns by month and bands of amounts.

As there: lengths across are percentages, heights are pixels, colours and patterns are classes of the page, and every
chart says in words what it shows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from markupsafe import Markup

from advice.mkba import Band
from contracts.dutch import number
from flows.evaluation.model import Grafiek
from flows.mkba_chart import Scale
from flows.report.charts import Bar, bar_chart, frame, rect

#: Pixels: the height of the columns, of a line of text, and of a band with the room around it. Characters of a label
#: that fit a line on a phone.
_TALL, _LINE, _GAP, _LABEL = 120, 18, 26, 42
#: Percent: room for the scale beside the columns; how much of its place a column takes.
_LEFT, _FILL = 9.0, 0.7
#: So many labels fit below the columns on a phone.
_LABELS: Final = 7
_TEXT = Markup('<text class="{kind}" x="{x}%" y="{y}" text-anchor="{anchor}">{text}</text>')
_LINE_ACROSS = Markup('<line class="as" x1="{x}%" x2="100%" y1="{y}" y2="{y}" />')
_LINE_DOWN = Markup('<line class="as" x1="{x}%" x2="{x}%" y1="{top}" y2="{bottom}" />')
_MARK = Markup('<line class="streep" x1="{x1}%" x2="{x2}%" y1="{y}" y2="{y}" />')
_BAND = Markup('<line class="band-{fill}" x1="{low}%" x2="{high}%" y1="{y}" y2="{y}" />')
_DOT = Markup('<circle class="punt-{fill}" cx="{base}%" cy="{y}" r="5" />')


@dataclass(frozen=True)
class Column:
    """One month: its column, and a mark above it where there is one. None = not told, and nothing is drawn."""

    label: str
    value: int | None
    text: str
    mark: int | None = None


@dataclass(frozen=True)
class BandRow:
    """One band of amounts in cents; ``text`` is what people read, ``fill`` names a class of the page.

    ``dot``: the base means something, and is drawn.
    """

    label: str
    band: Band
    text: str
    fill: str
    dot: bool = True


def bars(name: str, title: str, of: Sequence[Bar]) -> tuple[Grafiek, ...]:
    """Bars below each other, as in the report of a night; no chart where there is nothing to draw."""
    return (Grafiek(title, bar_chart(name, title, of)),) if of else ()


def column_chart(name: str, title: str, columns: Sequence[Column], fill: str = "vol") -> Grafiek:
    """Columns side by side on one scale from nothing, with the values of the scale left of them.

    Args:
        name: unique on the page.
        title: what the chart shows.
        columns: from left to right.
        fill: the class of the columns.
    """
    top = _ceiling(max((max(one.value or 0, one.mark or 0) for one in columns), default=0))
    width = (100 - _LEFT) / max(len(columns), 1)
    body = [*_scale(top)]
    for place, one in enumerate(columns):
        body += _column(one, _LEFT + place * width, width, top, fill)
    step = -(-len(columns) // _LABELS)
    for place, one in enumerate(columns):
        if place % step == 0:
            x = round(_LEFT + (place + 0.5) * width, 2)
            body.append(_TEXT.format(kind="maand", x=x, y=_TALL + 2 * _LINE, anchor="middle", text=one.label))
    said = [f"{one.label}: {one.text}" for one in columns]
    return Grafiek(title, frame(name, title, said, Markup().join(body), _TALL + 2 * _LINE + 8))


def _scale(top: int) -> Iterator[Markup]:
    for value in (0, top // 2, top):
        y = _height(value, top)
        yield _LINE_ACROSS.format(x=_LEFT, y=y)
        yield _TEXT.format(kind="maand", x=_LEFT - 1.5, y=y + 5, anchor="end", text=number(value))


def _column(one: Column, x: float, width: float, top: int, fill: str) -> Iterator[Markup]:
    inside = x + width * (1 - _FILL) / 2
    if one.value:
        y = _height(one.value, top)
        yield rect(fill, inside, y, width * _FILL, _height(0, top) - y)
    if one.mark is not None:
        ends_at = inside + width * _FILL
        yield _MARK.format(x1=round(inside, 2), x2=round(ends_at, 2), y=_height(one.mark, top))


def _height(value: int, top: int) -> int:
    """How far from the top of the chart a value is."""
    return _LINE // 2 + round(_TALL * (1 - value / top))


def _ceiling(largest: int) -> int:
    """An even round number that is not below the largest."""
    power = 2
    while power * 10 < largest:
        power *= 10
    return next(step * power for step in range(1, 11) if step * power >= largest)


def band_chart(name: str, title: str, rows: Sequence[BandRow]) -> Grafiek:
    """For each row its label, its amounts, and a line from low to high; all on one scale, on which zero is marked."""
    scale = Scale(min(0, *(row.band.laag for row in rows)), max(0, *(row.band.hoog for row in rows)), 1, 99)
    body, top = [], 0
    for row in rows:
        drawn, height = _band_row(row, scale, top)
        body.append(drawn)
        top += height
    zero = _LINE_DOWN.format(x=scale.at(0), top=0, bottom=top)
    label = _TEXT.format(kind="maand", x=_inside(scale.at(0)), y=top + 14, anchor="middle", text="€ 0")
    said = [f"{row.label}: {row.text}" for row in rows]
    return Grafiek(title, frame(name, title, said, Markup().join([zero, *body, label]), top + _LINE))


def _band_row(row: BandRow, scale: Scale, top: int) -> tuple[Markup, int]:
    """A row, and the pixels it takes."""
    texts = [("naam", line) for line in wrap(row.label, _LABEL)] + [("bedrag", row.text)]
    body = [
        _TEXT.format(kind=kind, x=2, y=top + place * _LINE, anchor="start", text=text)
        for place, (kind, text) in enumerate(texts, start=1)
    ]
    y, (low, base, high) = top + len(texts) * _LINE + 10, map(scale.at, (row.band.laag, row.band.basis, row.band.hoog))
    body.append(_BAND.format(fill=row.fill, low=low, high=high, y=y))
    if row.dot:
        body.append(_DOT.format(fill=row.fill, base=base, y=y))
    return Markup().join(body), len(texts) * _LINE + _GAP


def _inside(x: float) -> float:
    return min(max(x, 3), 97)
