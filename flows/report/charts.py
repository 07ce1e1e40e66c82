"""Charts as inline SVG: no script, no file, and text that keeps its size on a phone.

Lengths across are percentages of the chart and heights are pixels, so a chart follows the width of the page
while its text does not shrink. Colours and patterns are the page's style sheet (classes ``vul-...``); every
chart says in words what it shows. ``Markup.format`` escapes what comes from data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from markupsafe import Markup

#: A part that is there stays visible, however small: share of the whole chart, in percent.
_SMALLEST = 1.2
#: Pixels: a line of text, a bar, the room below it. Characters of a label that fit a line on a phone.
_LINE, _BAR, _GAP, _LABEL = 18, 12, 14, 42

_FRAME = Markup(
    '<svg class="grafiek" role="img" aria-labelledby="{name}-titel {name}-uitleg" width="100%" '
    'height="{height}">'
    '<title id="{name}-titel">{title}</title><desc id="{name}-uitleg">{description}</desc>{body}</svg>'
)
_RECT = Markup('<rect class="vul-{fill}" x="{x}%" y="{y}" width="{width}%" height="{height}" rx="2" />')
_TEXT = Markup('<text class="{kind}" x="{x}%" y="{y}">{text}</text>')


@dataclass(frozen=True)
class Bar:
    """One value of a chart. ``text`` is the value as people read it; ``fill`` names a class of the page."""

    label: str
    value: float
    text: str
    fill: str


def bar_chart(name: str, title: str, bars: Sequence[Bar], *, largest: float | None = None) -> Markup:
    """Horizontal bars below their labels, each with its value at the end of the line.

    Args:
        name: unique on the page; the ids of title and description start with it.
        title: what the chart shows.
        bars: from top to bottom.
        largest: the value of a full bar, for charts that share a scale; default the largest here.
    """
    scale = max((bar.value for bar in bars), default=0) if largest is None else largest
    rows, top = [], 0
    for bar in bars:
        row, height = _bar_row(bar, top, 100 * bar.value / scale if scale else 0)
        rows.append(row)
        top += height
    return frame(name, title, _said(bars), Markup().join(rows), top)


def _bar_row(bar: Bar, top: int, percent: float) -> tuple[Markup, int]:
    """A bar and the pixels it takes; ``percent`` of its track, which leaves room for the value."""
    lines = wrap(bar.label, _LABEL) or [""]
    texts = [
        _TEXT.format(kind="naam", x=0, y=top + place * _LINE - 4, text=line)
        for place, line in enumerate(lines, start=1)
    ]
    y, track = top + len(lines) * _LINE + 1, 0.8
    width = max(percent, _SMALLEST) * track if bar.value > 0 else 0
    body = [
        rect("spoor", 0, y, 100 * track, _BAR),
        rect(bar.fill, 0, y, width, _BAR),
        _TEXT.format(kind="waarde", x=100, y=y + _BAR - 2, text=bar.text),
    ]
    return Markup().join([*texts, *body]), len(lines) * _LINE + _BAR + _GAP


def stacked_bar(name: str, title: str, parts: Sequence[Bar], *, height: int = 22) -> Markup:
    """One bar of which each part has its share of the whole; an empty track where there is nothing."""
    x, body = 0.0, [rect("spoor", 0, 0, 100, height)]
    for part, width in zip(parts, shares([part.value for part in parts]), strict=True):
        if width:
            body.append(rect(part.fill, x, 0, width, height))
        x += width
    return frame(name, title, _said(parts), Markup().join(body), height)


def shares(values: Sequence[float]) -> list[float]:
    """Percentages that sum to 100 (or all 0); a value above 0 gets a visible share."""
    total = sum(values)
    seen = [max(100 * value / total, _SMALLEST) if value > 0 else 0.0 for value in values]
    return [100 * width / sum(seen) if width else 0.0 for width in seen]


def meter(value: float, largest: float) -> Markup:
    """A small bar beside a number in a table; it is silent, because the number says it all."""
    width = max(100 * value / largest, _SMALLEST) if largest and value > 0 else 0
    bar = rect("spoor", 0, 0, 100, 8) + rect("meter", 0, 0, width, 8)
    return Markup('<svg class="meter" aria-hidden="true" width="100%" height="8">{}</svg>').format(bar)


def swatch(fill: str) -> Markup:
    """The mark of a fill, for a legend."""
    bar = rect(fill, 0, 0, 100, 14)
    return Markup('<svg class="staal" aria-hidden="true" width="14" height="14">{}</svg>').format(bar)


def rect(fill: str, x: float, y: int, width: float, height: int) -> Markup:
    """A filled rectangle: percent across, pixels down."""
    return _RECT.format(fill=fill, x=round(x, 2), y=y, width=round(width, 2), height=height)


def frame(name: str, title: str, said: Sequence[str], body: Markup, height: int) -> Markup:
    """A chart of so many pixels with what it shows, in words."""
    return _FRAME.format(name=name, title=title, description=f"{'; '.join(said)}.", body=body, height=height)


def _said(bars: Sequence[Bar]) -> list[str]:
    return [f"{bar.label}: {bar.text}" for bar in bars]
