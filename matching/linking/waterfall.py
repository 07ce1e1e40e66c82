"""A waterfall chart as SVG: how the comparisons of a pair add up to its weight.

Lengths across are percentages and heights are pixels, so the chart follows the width of the page while its text does
not shrink. The fills are classes of the page's style sheet, with colours of their own where there is none.
"""

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from matching.linking.explain import Explanation

#: Pixels a line; percent of the width for the words before the bars.
_LINE, _WORDS = 26, 44
_FRAME = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="waterval" role="img" width="100%" height="{height}" '
    'font-family="sans-serif" font-size="13"><title>{title}</title><desc>{words}</desc>{body}</svg>'
)
_ROW = Markup(
    '<text x="0" y="{text_y}">{label}</text>'
    '<rect class="vul-{fill}" fill="{colour}" x="{x}%" y="{y}" width="{width}%" height="14" rx="2" />'
    '<text x="100%" y="{text_y}" text-anchor="end">{value}</text>'
)
#: What speaks for a pair, against it, and the sum.
COLOURS = {"voor": "#2c7a5b", "tegen": "#b5532a", "som": "#5b6470"}


def waterfall(explanation: Explanation, title: str = "Gewicht per vergelijking, in bits") -> Markup:
    """The chart of one pair: the start, a step a comparison, and the total."""
    steps = [(f"{line.vergelijking}: {line.niveau}", line.gewicht) for line in explanation.lines if line.gewicht]
    return chart([("kans vooraf", explanation.start), *steps], title)


def chart(steps: Sequence[tuple[str, int]], title: str) -> Markup:
    """Steps (a label and millibits) that each begin where the one before ended, and their sum."""
    ends, total = [0], 0
    for _, size in steps:
        total += size
        ends.append(total)
    spans = [*pairwise(ends), (0, total)]
    labels = [*steps, ("samen", total)]
    low, high = min(ends), max(ends)
    rows = [
        _row(place, label, size, span, (low, high))
        for place, ((label, size), span) in enumerate(zip(labels, spans, strict=True))
    ]
    words = "; ".join(f"{label} {bits(size)}" for label, size in labels)
    return _FRAME.format(height=_LINE * len(rows), title=title, words=words, body=Markup().join(rows))


def bits(millibits: int) -> str:
    """``-3,5``: millibits as Dutch people write bits."""
    return f"{millibits / 1000:+.1f}".replace(".", ",")


def _row(place: int, label: str, size: int, span: tuple[int, int], scale: tuple[int, int]) -> Markup:
    low, high = scale
    per_unit = (88 - _WORDS) / max(high - low, 1)
    fill = "som" if label == "samen" else "voor" if size >= 0 else "tegen"
    return _ROW.format(
        label=label, value=bits(size), fill=fill, colour=COLOURS[fill], y=place * _LINE + 6,
        text_y=place * _LINE + 18, x=round(_WORDS + (min(span) - low) * per_unit, 2),
        width=round(max((max(span) - min(span)) * per_unit, 0.3), 2),
    )  # fmt: skip
