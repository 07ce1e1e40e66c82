"""A chart of weights as SVG: how much each level of each comparison speaks for a pair or against it.

It stands beside the weights file as a file of its own, so it has a width, a ground and all its colours itself.
"""

from itertools import accumulate

from markupsafe import Markup

from matching.linking.levels import COMPARISONS
from matching.linking.waterfall import COLOURS, bits
from matching.linking.weights import Level, Weights

#: Pixels: a line, the whole width, where bars begin and end, and where their weight ends.
_LINE, _WIDTH, _LEFT, _RIGHT, _VALUE = 22, 760, 240, 670, 744
_FRAME = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
    'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13"><title>{title}</title><desc>{words}</desc>'
    '<rect width="100%" height="100%" fill="#ffffff" />{body}'
    '<line x1="{zero}" x2="{zero}" y1="{top}" y2="{bottom}" stroke="#5b6470" /></svg>'
)
_HEAD = Markup('<text x="16" y="{y}" font-weight="bold">{text}</text>')
_BAR = Markup(
    '<text x="28" y="{text_y}">{label}</text>'
    '<rect fill="{colour}" x="{x}" y="{y}" width="{width}" height="14" rx="2" />'
    '<text x="{value_x}" y="{text_y}" text-anchor="end">{value}</text>'
)
_SPARSE = "* geschat uit weinig paren"


def weights_chart(weights: Weights) -> Markup:
    """A bar a level, under the name of its comparison; left of the line speaks against, right of it for."""
    title = f"Gewicht per vergelijking en niveau, in bits (versie {weights.versie})"
    tables = [(c.name, weights.vergelijkingen[c.name]) for c in COMPARISONS]
    values = [level.gewicht for _, levels in tables for level in levels]
    low, high = min(0, *values), max(0, *values)
    per_unit = (_RIGHT - _LEFT) / max(high - low, 1)
    zero = round(_LEFT - low * per_unit, 1)
    starts = accumulate((len(levels) + 1 for _, levels in tables), initial=1)
    groups = [
        _group(name, levels, start, zero, per_unit) for (name, levels), start in zip(tables, starts, strict=False)
    ]
    lines = sum(len(levels) + 1 for _, levels in tables)
    notes = [_HEAD.format(y=20, text=title), Markup('<text x="16" y="{y}">{text}</text>').format(
        y=(lines + 1) * _LINE + 20, text=_SPARSE
    )]  # fmt: skip
    return _FRAME.format(
        width=_WIDTH, height=(lines + 2) * _LINE + 10, title=title, words=_words(weights), zero=zero,
        top=_LINE + 8, bottom=(lines + 1) * _LINE + 4, body=Markup().join([*notes, *groups]),
    )  # fmt: skip


def _group(name: str, levels: tuple[Level, ...], start: int, zero: float, per_unit: float) -> Markup:
    bars = [_bar(level, start + place, zero, per_unit) for place, level in enumerate(levels, start=1)]
    return Markup().join([_HEAD.format(y=start * _LINE + 20, text=name), *bars])


def _bar(level: Level, line: int, zero: float, per_unit: float) -> Markup:
    size = abs(level.gewicht) * per_unit
    return _BAR.format(
        label=level.naam, value=bits(level.gewicht) + ("*" if level.opmerking == "weinig paren" else ""),
        colour=COLOURS["voor" if level.gewicht >= 0 else "tegen"], y=line * _LINE + 8, text_y=line * _LINE + 20,
        x=round(zero - (size if level.gewicht < 0 else 0), 1), width=round(size, 1), value_x=_VALUE,
    )  # fmt: skip


def _words(weights: Weights) -> str:
    """The chart in words."""
    return "; ".join(
        f"{c.name}: {', '.join(f'{level.naam} {bits(level.gewicht)}' for level in weights.vergelijkingen[c.name])}"
        for c in COMPARISONS
    )
