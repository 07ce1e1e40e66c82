"""Sums of products in which every quantity stands at most once, and exactly how high they can get.

Such a formula is a straight line in each quantity by itself, so its extremes lie at ends of the bands. All amounts are
exact: decimals that are never rounded (``exact``), which is checked.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from itertools import combinations
from math import prod
from typing import Final

#: Quantities multiplied with each other; none is below zero.
Product = frozenset[str]
#: One way in which a lever can stand: quantities and their value.
Setting = Mapping[str, Decimal]
_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)


def exact() -> AbstractContextManager[Context]:
    """Decimals without rounding in this block: what would be rounded is an error."""
    return localcontext(Context(prec=5000, traps=[Inexact, InvalidOperation]))


@dataclass(frozen=True)
class Formula:
    """A sum of products, each with its factor."""

    products: Mapping[Product, Decimal] = field(default_factory=dict)

    @classmethod
    def of(cls, name: str) -> "Formula":
        """One quantity."""
        return cls({frozenset([name]): _ONE})

    @classmethod
    def number(cls, value: int) -> "Formula":
        """A number."""
        return cls({frozenset(): Decimal(value)})

    def __add__(self, other: "Formula") -> "Formula":
        """The sum."""
        return _collect([*self.products.items(), *other.products.items()])

    def __neg__(self) -> "Formula":
        """The same with another sign."""
        return Formula({product: -factor for product, factor in self.products.items()})

    def __sub__(self, other: "Formula") -> "Formula":
        """The difference."""
        return self + -other

    def __mul__(self, other: "Formula") -> "Formula":
        """The product.

        Raises:
            ValueError: a quantity would stand twice in it, and the formula no longer be straight in it.
        """
        found = []
        for left, factor in self.products.items():
            for right, by in other.products.items():
                if left & right:
                    raise ValueError(f"squared: {', '.join(sorted(left & right))}")
                found.append((left | right, factor * by))
        return _collect(found)

    def times(self, factor: Decimal) -> "Formula":
        """The same, so many times."""
        return Formula({product: one * factor for product, one in self.products.items()})

    def at(self, setting: Setting) -> "Formula":
        """What is left of it when some quantities are known."""
        return _collect(_put(product, factor, setting) for product, factor in self.products.items())

    def value(self, setting: Setting) -> Decimal:
        """What it comes to when every quantity is known."""
        return sum((f * prod(map(setting.__getitem__, p), start=_ONE) for p, f in self.products.items()), start=_ZERO)


def _collect(products: Iterable[tuple[Product, Decimal]]) -> Formula:
    found: dict[Product, Decimal] = {}
    for product, factor in products:
        found[product] = found.get(product, _ZERO) + factor
    return Formula({product: factor for product, factor in found.items() if factor})


def _put(product: Product, factor: Decimal, setting: Setting) -> tuple[Product, Decimal]:
    known = product & setting.keys()
    return product - known, factor * prod(map(setting.__getitem__, known), start=_ONE)


@dataclass(frozen=True)
class Lever:
    """Something that is not known exactly, and what it moves: one quantity, or several that move together.

    Attributes:
        name: of what it is.
        base: where it stands in the base.
        settings: from its low end to its high end, with every bend between them; in between, each of its quantities
            is a straight line.
    """

    name: str
    base: Setting
    settings: tuple[Setting, ...]


def base_of(levers: Iterable[Lever]) -> dict[str, Decimal]:
    """Every quantity in the base."""
    return {name: value for lever in levers for name, value in lever.base.items()}


def highest(formula: Formula, levers: Iterable[Lever]) -> tuple[Decimal, dict[str, Decimal]]:
    """The highest value of a formula within all bands, and where it is reached.

    A setting that is nowhere better than another of the same lever is left out; what is then still undecided is tried,
    best chance first, as long as it can beat what was found.

    Raises:
        ValueError: two quantities of one lever are multiplied: the formula is not straight in that lever.
    """
    reached = base_of(levers := tuple(levers))
    bent = [lever.name for lever in levers if any(len(p & lever.base.keys()) > 1 for p in formula.products)]
    if bent:
        raise ValueError(f"not straight in {', '.join(bent)}")
    left = {lever.name: lever.settings for lever in levers}
    best = _search(formula, left, {}, None)
    assert best is not None  # nothing was to be beaten
    return best[0], reached | best[1]


def lowest(formula: Formula, levers: Iterable[Lever]) -> tuple[Decimal, dict[str, Decimal]]:
    """The lowest value of a formula within all bands, and where it is reached."""
    value, reached = highest(-formula, levers)
    return -value, reached


_Found = tuple[Decimal, dict[str, Decimal]]


def _search(
    formula: Formula, left: dict[str, tuple[Setting, ...]], chosen: dict[str, Decimal], beat: Decimal | None
) -> _Found | None:
    formula, left, chosen = _decided(formula, left, chosen)
    limits = _limits(left)
    if beat is not None and _most(formula, limits) <= beat:
        return None
    if not left:
        return formula.value({}), chosen
    name = max(left, key=lambda one: (_spread(formula, left[one], limits), one))
    rest = {other: settings for other, settings in left.items() if other != name}
    ways = [(formula.at(setting), setting) for setting in left[name]]
    best: _Found | None = None
    for way, setting in sorted(ways, key=lambda one: _most(one[0], limits), reverse=True):
        found = _search(way, rest, chosen | dict(setting), best[0] if best else beat)
        best = found or best
    return best


def _decided(
    formula: Formula, left: dict[str, tuple[Setting, ...]], chosen: dict[str, Decimal]
) -> tuple[Formula, dict[str, tuple[Setting, ...]], dict[str, Decimal]]:
    """Leave out what can't be best, and fill in every lever of which one setting is left; until nothing changes."""
    left, chosen, changed = dict(left), dict(chosen), True
    while changed:
        changed, limits = False, _limits(left)
        for name, settings in list(left.items()):
            kept = _kept(formula, settings, limits)
            changed |= len(kept) < len(settings)
            left[name] = kept
            if len(kept) == 1:
                formula, chosen = formula.at(kept[0]), chosen | dict(kept[0])
                del left[name]
                changed = True
    return formula, left, chosen


def _kept(formula: Formula, settings: tuple[Setting, ...], limits: "_Limits") -> tuple[Setting, ...]:
    """The settings without those that another one beats or equals, whatever the rest turns out to be."""
    beaten: set[int] = set()
    for (place, one), (other_place, other) in combinations(enumerate(settings), 2):
        if beaten.isdisjoint((place, other_place)):
            gain = _change(formula, one, other)
            if _most(gain, limits) <= 0:
                beaten.add(other_place)
            elif _most(-gain, limits) <= 0:
                beaten.add(place)
    return tuple(setting for place, setting in enumerate(settings) if place not in beaten)


def _change(formula: Formula, before: Setting, after: Setting) -> Formula:
    """What a formula gains when a lever moves; no product holds more than one of its quantities."""
    moved = {name: after[name] - before[name] for name in after}
    gained: dict[Product, Decimal] = {}
    for product, factor in formula.products.items():
        for name in product & moved.keys():
            rest = product - {name}
            gained[rest] = gained.get(rest, _ZERO) + factor * moved[name]
    return Formula({product: factor for product, factor in gained.items() if factor})


_Limits = Mapping[str, tuple[Decimal, Decimal]]


def _limits(left: Mapping[str, tuple[Setting, ...]]) -> _Limits:
    """Lowest and highest of each quantity by itself."""
    return {
        quantity: (min(one[quantity] for one in settings), max(one[quantity] for one in settings))
        for settings in left.values()
        for quantity in settings[0]
    }


def _most(formula: Formula, limits: _Limits) -> Decimal:
    """No setting gives more than this: each product at its own best."""
    total = _ZERO
    for product, factor in formula.products.items():
        end, most = 1 if factor > 0 else 0, factor
        for quantity in product:
            most *= limits[quantity][end]
        total += most
    return total


def _spread(formula: Formula, settings: tuple[Setting, ...], limits: _Limits) -> Decimal:
    """How much the outcome could move with one lever, at most."""
    change = _change(formula, settings[0], settings[-1])
    return max(_most(change, limits), _most(-change, limits))
