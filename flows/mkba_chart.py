"""The chart of an MKBA as SVG: a line from low to high for each scenario and side, with the base as a dot.

Lengths across are percentages and heights are pixels, so the chart follows the width it gets while its text does not
shrink. It has colours of its own, and says in words what it shows.
"""

from collections.abc import Iterator
from math import floor, log10
from typing import Final

from markupsafe import Markup

from advice.mkba import Band, Berekend, Kant, Scenario
from flows.mkba_words import KANT, SCENARIO, ends, subject, whole

#: Pixels: a line of text, the room above the first row.
_LINE: Final = 22
_TOP: Final = 84
#: Percent of the width: where the drawing begins and ends; the words stand left of it, the numbers right.
_LEFT, _RIGHT = 25, 74
_COLOURS: Final = {Scenario.GEEN: "#5b6470", Scenario.REPRESSIEF: "#b5532a", Scenario.SOCIAAL: "#2c7a5b"}
#: Round steps of the scale, and about how many of them.
_ROUND: Final = (1, 2, 5, 10)
_TICKS: Final = 8

_FRAME = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="mkba" role="img" width="100%" height="{height}" '
    'font-family="sans-serif" font-size="13" fill="#1f2933"><title>{title}</title><desc>{words}</desc>'
    '<rect width="100%" height="100%" fill="#ffffff" />{body}</svg>'
)
_TEXT = Markup('<text x="{x}%" y="{y}" text-anchor="{anchor}" font-weight="{weight}">{text}</text>')
_TICK = Markup('<line x1="{x}%" x2="{x}%" y1="{top}" y2="{bottom}" stroke="{colour}" stroke-width="1" />')
_ROW = Markup(
    '<line x1="{low}%" x2="{high}%" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="5" stroke-linecap="round" '
    'stroke-opacity="0.45" /><circle cx="{base}%" cy="{y}" r="5.5" fill="{colour}" stroke="#ffffff" />'
)


def chart(found: Berekend) -> Markup:
    """Four groups of three lines: what each scenario costs the inwoner, the dienst, others and all together."""
    bands = [outcome.totaal[kant] for kant in Kant for outcome in found.uitkomsten]
    scale = Scale(min(0, *(band.laag for band in bands)), max(0, *(band.hoog for band in bands)))
    height = _TOP + (len(Kant) * (len(Scenario) + 1)) * _LINE + _LINE
    months = found.geval.horizon_maanden
    title = f"Wat het kost in euro's, {months} maanden vooruit"
    body = Markup().join([
        _text(0, 16, title, weight="bold"), _text(0, 36, subject(found.geval)),
        _text(0, 56, "Rechts van nul kost het, links ervan levert het op. De stip is de basis."),
        *_ticks(scale, height - _LINE), *_groups(found, scale),
    ])  # fmt: skip
    return _FRAME.format(height=height, title=title, words="; ".join(_words(found)), body=body)


class Scale:
    """Cents to percent of the width: from where the drawing begins to where it ends."""

    def __init__(self, low: int, high: int, left: float = _LEFT, right: float = _RIGHT) -> None:
        """The lowest and highest amount, and where they stand."""
        self.low, self.high = low, max(high, low + 1)
        self.left, self.right = left, right

    def at(self, cents: float) -> float:
        """Where an amount stands."""
        share = (cents - self.low) / (self.high - self.low)
        return round(self.left + share * (self.right - self.left), 2)

    def ticks(self) -> Iterator[int]:
        """Round amounts, zero among them."""
        rough = (self.high - self.low) / _TICKS
        power = 10 ** floor(log10(max(rough, 1)))
        step = max(1, next(one * power for one in _ROUND if one * power >= rough or one == _ROUND[-1]))
        first = -(-self.low // step)
        yield from (place * step for place in range(first, self.high // step + 1))


def _ticks(scale: Scale, bottom: int) -> Iterator[Markup]:
    for cents in scale.ticks():
        colour = "#1f2933" if cents == 0 else "#d5dae0"
        yield _TICK.format(x=scale.at(cents), top=_TOP - 8, bottom=bottom, colour=colour)
        yield _text(scale.at(cents), bottom + 16, whole(cents), anchor="middle")


def _groups(found: Berekend, scale: Scale) -> Iterator[Markup]:
    y = _TOP
    for kant in Kant:
        yield _text(0, y + 5, KANT[kant].capitalize(), weight="bold")
        for outcome in found.uitkomsten:
            y += _LINE
            yield from _row(outcome.scenario, outcome.totaal[kant], scale, y)
        y += _LINE


def _row(scenario: Scenario, band: Band, scale: Scale, y: int) -> Iterator[Markup]:
    yield _text(1, y + 4, SCENARIO[scenario])
    low, base, high = (scale.at(cents) for cents in (band.laag, band.basis, band.hoog))
    yield _ROW.format(low=low, base=base, high=high, y=y, colour=_COLOURS[scenario])
    yield _text(100, y + 4, f"{whole(band.basis)} ({ends(band)})", anchor="end")


def _text(x: float, y: int, text: str, *, anchor: str = "start", weight: str = "normal") -> Markup:
    return _TEXT.format(x=x, y=y, anchor=anchor, weight=weight, text=text)


def _words(found: Berekend) -> Iterator[str]:
    for kant in Kant:
        for outcome in found.uitkomsten:
            band = outcome.totaal[kant]
            yield f"{KANT[kant]}, {SCENARIO[outcome.scenario]}: {whole(band.basis)}, {ends(band)}"
