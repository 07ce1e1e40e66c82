"""The charts of a simulation, drawn like those of the other pages: percent across, pixels down, words for all of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from markupsafe import Markup

from advice.simulation import Band, Gevoeligheid, Maat, Simulatie, Tegen, Wereld
from advice.simulation.result import HOOFD
from flows.simulation.words import MAAT, WERELD, amount, ends

#: Pixels: a line of text, a bar, the room below it.
_LINE, _BAR, _GAP = 18, 12, 14
#: What stays free at both ends, in percent, so that a dot is never cut.
_EDGE: Final = 2
_ROW: Final = _LINE + _BAR + _GAP
#: Parameters that a chart shows.
DRIJVERS: Final = 10
_FILL: Final = {Wereld.NIETS: "grijs", Wereld.REPRESSIEF: "oker", Wereld.TIJDIG: "vol"}

_FRAME = Markup(
    '<svg class="grafiek" role="img" aria-labelledby="{name}-titel {name}-uitleg" width="100%" height="{height}">'
    '<title id="{name}-titel">{title}</title><desc id="{name}-uitleg">{words}</desc>{body}</svg>'
)
_TEXT = Markup('<text class="{kind}" x="{x}%" y="{y}">{text}</text>')
_RECT = Markup('<rect class="vul-{fill}" x="{x}%" y="{y}" width="{width}%" height="{height}" rx="2" />')
_LIJN = Markup('<line class="{kind}" x1="{x}%" x2="{x}%" y1="{top}" y2="{bottom}" />')
_STIP = Markup('<circle class="stip" cx="{x}%" cy="{y}" r="5" />')


def worlds_chart(found: Simulatie, maat: Maat) -> Markup:
    """One measure in the three worlds, in an average year."""
    bands = [(wereld, found.uitkomst(wereld, maat)) for wereld in Wereld]
    most = max(band.midden for _, band in bands)
    rows = []
    for place, (wereld, band) in enumerate(bands):
        texts = _texts(WERELD[wereld], [amount(maat, band.midden)], place * _ROW)
        width = round(100 * band.midden / most, 2) if most else 0
        rows += [*texts, *_bars([("spoor", 0, 100), (_FILL[wereld], 0, width)], place * _ROW + _LINE)]
    words = [f"{WERELD[wereld]}: {amount(maat, band.midden)}, {ends(maat, band)}" for wereld, band in bands]
    return _frame(f"werelden-{maat}", f"{MAAT[maat].capitalize()}, in een jaar", words, rows, len(bands) * _ROW)


def differences_chart(found: Simulatie, tegen: Tegen) -> Markup:
    """What is more and less with Tijdig, in euro: a line from the 5th to the 95th percentile, a dot in the middle."""
    bands = [(maat, found.verschil(tegen, maat)) for maat in HOOFD]
    scale = _Scale(end for _, band in bands for end in (band.laag, band.hoog))
    rows: list[Markup] = []
    for place, (maat, band) in enumerate(bands):
        rows += _difference(maat, band, scale, place * _ROW)
    words = [f"{MAAT[maat]}: {amount(maat, band.midden)}, {ends(maat, band)}" for maat, band in bands]
    title = f"Tijdig min {WERELD[tegen]}, euro in een jaar; links van de lijn is minder"
    return _frame(f"verschil-{tegen}", title, words, rows, len(bands) * _ROW)


def tornado(found: Simulatie, tegen: Tegen, maat: Maat) -> Markup:
    """What a difference becomes when one parameter stands low or high: the ones that matter most."""
    drivers = found.drijvers(tegen, maat)[:DRIJVERS]
    if not drivers:
        return Markup()
    scale = _Scale(end for one in drivers for end in (one.laag, one.basis, one.hoog))
    rows: list[Markup] = []
    for place, one in enumerate(drivers):
        rows += _driver(one, scale, place * (_ROW + _LINE))
    title = f"{MAAT[maat].capitalize()}, Tijdig min {WERELD[tegen]}, in een jaar: wat het verschil maakt"
    words = [*_said(drivers), f"met alles in de basis {amount(maat, drivers[0].basis)}"]
    return _frame(f"gevoelig-{tegen}-{maat}", title, words, rows, len(drivers) * (_ROW + _LINE))


class _Scale:
    """Values to percent of the width, zero among them."""

    def __init__(self, values: Iterable[float]) -> None:
        ends_ = [0.0, *values]
        self.low, self.high = min(ends_), max(ends_)

    def at(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(_EDGE + share * (100 - 2 * _EDGE), 2)


def _difference(maat: Maat, band: Band, scale: _Scale, top: int) -> Iterator[Markup]:
    yield from _texts(MAAT[maat], [amount(maat, band.midden)], top)
    low, high = scale.at(band.laag), scale.at(band.hoog)
    yield from _bars([("spoor", 0, 100), ("licht", low, high)], top + _LINE)
    yield _line("nul", scale.at(0), top + _LINE)
    yield _STIP.format(x=scale.at(band.midden), y=top + _LINE + 1 + _BAR // 2)


def _driver(one: Gevoeligheid, scale: _Scale, top: int) -> Iterator[Markup]:
    """From the base to where it goes when the parameter is low, and when it is high."""
    yield from _texts(one.parameter, _two_ends(one), top)
    bar, base = top + 2 * _LINE, scale.at(one.basis)
    # The longer one lies below, where both go the same way.
    halves = sorted(((one.laag, "licht"), (one.hoog, "oker")), key=lambda half: -abs(half[0] - one.basis))
    parts = [(fill, min(base, scale.at(value)), max(base, scale.at(value))) for value, fill in halves]
    yield from _bars([("spoor", 0, 100), *parts], bar)
    yield _line("nul", scale.at(0), bar)
    yield _line("basis", base, bar)


def _two_ends(one: Gevoeligheid) -> list[str]:
    return ["", f"laag {amount(one.maat, one.laag)}, hoog {amount(one.maat, one.hoog)}"]


def _texts(name: str, values: Sequence[str], top: int) -> Iterator[Markup]:
    """A name at the left, and values at the right, the first beside the name and each other a line below."""
    yield _TEXT.format(kind="naam", x=0, y=top + _LINE - 4, text=name)
    for line, value in enumerate(values, start=1):
        if value:
            yield _TEXT.format(kind="waarde", x=100, y=top + line * _LINE - 4, text=value)


def _bars(parts: Iterable[tuple[str, float, float]], y: int) -> Iterator[Markup]:
    for fill, left, right in parts:
        yield _RECT.format(fill=fill, x=left, y=y + 1, width=round(right - left, 2), height=_BAR)


def _line(kind: str, x: float, y: int) -> Markup:
    return _LIJN.format(kind=kind, x=x, top=y - 2, bottom=y + _BAR + 4)


def _frame(name: str, title: str, words: Sequence[str], rows: Iterable[Markup], height: int) -> Markup:
    return _FRAME.format(name=name, title=title, words=f"{'; '.join(words)}.", height=height, body=Markup().join(rows))


def _said(drivers: Sequence[Gevoeligheid]) -> Iterator[str]:
    for one in drivers:
        yield f"{one.parameter}: laag {amount(one.maat, one.laag)}, hoog {amount(one.maat, one.hoog)}"
