"""Extremes of formulas, held against trying every corner."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.mkba.formula import Formula, Lever, exact, highest, lowest

A, B = Formula.of("a"), Formula.of("b")


def lever(name, low, high, base=None):
    at = [{name: Decimal(low)}, {name: Decimal(high)}]
    return Lever(name, {name: Decimal(low if base is None else base)}, tuple(at))


def test_sums_and_products():
    total = (A + B) * Formula.of("c") - A
    assert total.value({"a": Decimal(2), "b": Decimal(3), "c": Decimal(4)}) == 18
    assert total.at({"c": Decimal(1)}) == B  # what cancels is gone


def test_a_quantity_that_would_be_squared_is_refused():
    with pytest.raises(ValueError, match="squared: a"):
        (A + B) * A


def test_two_quantities_of_one_lever_are_never_multiplied():
    tied = Lever("x", {"a": Decimal(0), "b": Decimal(1)}, ({"a": Decimal(0), "b": Decimal(1)},))
    with pytest.raises(ValueError, match="not straight in x"):
        highest(A * B, [tied])


def test_what_can_not_be_exact_is_an_error():
    with exact(), pytest.raises(ArithmeticError):
        Decimal(1) / 3


def test_settings_that_are_the_same_count_once():
    same = {"a": Decimal(2)}
    assert highest(A, [Lever("a", same, (same, dict(same), dict(same)))]) == (2, same)


@st.composite
def formulas(draw):
    """A formula in six quantities, of which e and f move together and bend once."""
    names = ("a", "b", "c", "d")
    levers = [lever(name, *sorted(draw(st.tuples(st.integers(0, 5), st.integers(0, 5))))) for name in names]
    bends = sorted(draw(st.sets(st.integers(0, 6), min_size=2, max_size=3)))
    tied = tuple({"e": Decimal(at), "f": Decimal(min(at, 2))} for at in bends)
    levers.append(Lever("tied", tied[0], tied))
    products = draw(
        st.dictionaries(
            st.frozensets(st.sampled_from((*names, "e")), max_size=4) | st.frozensets(st.sampled_from((*names, "f"))),
            st.integers(-9, 9).map(Decimal), max_size=8,
        )
    )  # fmt: skip
    return Formula({product: factor for product, factor in products.items() if factor}), levers


@given(formulas())
def test_the_extremes_are_those_of_the_corners_and_are_reached(both):
    formula, levers = both
    corners = [
        {name: value for setting in corner for name, value in setting.items()}
        for corner in product(*(one.settings for one in levers))
    ]
    values = [formula.value(corner) for corner in corners]
    for extreme, found in ((max(values), highest(formula, levers)), (min(values), lowest(formula, levers))):
        assert found[0] == extreme
        assert formula.value(found[1]) == extreme
