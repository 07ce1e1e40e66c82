"""From a case to bands, drivers and break-even: exact until the end, where cents are rounded half-up, once."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Final, Literal

from advice.mkba.case import Geval
from advice.mkba.formula import Formula, Lever, base_of, exact, highest, lowest
from advice.mkba.levers import ONGEMELD, levers_of, unless
from advice.mkba.model import Costs, scenarios
from advice.mkba.result import (
    PARTIJEN,
    Band,
    Berekend,
    Drijver,
    Kansen,
    Kant,
    Mkba,
    NietBerekend,
    Omslag,
    Regel,
    Scenario,
    Uitkomst,
    Verschil,
)
from contracts.bands import Bands
from contracts.parameters import Values

TERMIJN: Final = "uit_eigen_beweging_dagen"
_OTHERS: Final[tuple[Literal[Scenario.GEEN, Scenario.REPRESSIEF], ...]] = (Scenario.GEEN, Scenario.REPRESSIEF)


def mkba(case: Geval, parameters: Bands) -> Mkba:
    """What three ways to deal with one difference cost the inwoner, the dienst and the rest of society.

    Args:
        case: the difference; nothing of a person is in it, and nothing is said of one.
        parameters: the bands of the day.

    Returns:
        Bands in cents, or why they can't be worked out.

    Raises:
        ParameterError: a parameter is missing or does not fit the model.
    """
    why_not = case.waarom_niet()
    if why_not is not None:
        return NietBerekend(geval=case, waarom=why_not)
    law = Values(parameters.day)
    with exact():
        levers = levers_of(case, parameters)
        costs = scenarios(case, law.whole(TERMIJN))
        totals = {scenario: totals_of(of) for scenario, of in costs.items()}
        return Berekend(
            geval=case,
            uitkomsten=tuple(_outcome(scenario, of, totals[scenario], levers) for scenario, of in costs.items()),
            verschillen=tuple(_difference(totals, other, kant, levers) for other in _OTHERS for kant in Kant),
            omslagen=tuple(_break_even(totals, kant, levers) for kant in Kant),
            gebruikt=(*parameters.used, *law.used),
        )


def totals_of(costs: Costs) -> dict[Kant, Formula]:
    """What each party bears, and all together: what moves between them is gone there."""
    of = {partij: _sum(f for (_, one), f in costs.items() if one is partij) for partij in PARTIJEN}
    return of | {Kant.SAMEN: _sum(of.values())}


def _sum(formulas: Iterable[Formula]) -> Formula:
    return sum(formulas, start=Formula())


def _outcome(scenario: Scenario, costs: Costs, totals: Mapping[Kant, Formula], levers: tuple[Lever, ...]) -> Uitkomst:
    lines = (
        Regel(post=post, soort=post.soort, partij=partij, band=band_of(formula, levers))
        for (post, partij), formula in sorted(costs.items(), key=lambda one: _place(*one[0]))
    )
    return Uitkomst(
        scenario=scenario, posten=tuple(lines), totaal={kant: band_of(total, levers) for kant, total in totals.items()}
    )


def _place(post: object, partij: Kant) -> tuple[int, int]:
    return list(type(post)).index(post), list(Kant).index(partij)  # type: ignore[call-overload]


def band_of(formula: Formula, levers: tuple[Lever, ...]) -> Band:
    """What a formula comes to within all bands, in whole cents."""
    low, _ = lowest(formula, levers)
    high, _ = highest(formula, levers)
    return Band(laag=cents(low), basis=cents(formula.value(base_of(levers))), hoog=cents(high))


def cents(amount: Decimal) -> int:
    """Half-up on whole cents, the same for a cost and a benefit, so that what moves still adds up to nothing."""
    rounded = floor(abs(amount) * 2 + 1) // 2
    return -rounded if amount < 0 else rounded


# -- what makes the difference ---------------------------------------------------------------------------


def _difference(
    totals: Mapping[Scenario, Mapping[Kant, Formula]],
    other: Literal[Scenario.GEEN, Scenario.REPRESSIEF],
    kant: Kant,
    levers: tuple[Lever, ...],
) -> Verschil:
    formula = totals[Scenario.SOCIAAL][kant] - totals[other][kant]
    drivers = (_driver(formula, lever, levers) for lever in levers)
    moving = sorted((one for one in drivers if one.zwaai), key=lambda one: (-one.zwaai, one.naam))
    return Verschil(met=other, kant=kant, band=band_of(formula, levers), drijvers=tuple(moving))


def _driver(formula: Formula, lever: Lever, levers: tuple[Lever, ...]) -> Drijver:
    base = base_of(levers)
    found = [formula.value(base | dict(setting)) for setting in lever.settings]
    return Drijver(naam=lever.name, laag=cents(min(found)), hoog=cents(max(found)))


# -- break-even ------------------------------------------------------------------------------------------


def _break_even(totals: Mapping[Scenario, Mapping[Kant, Formula]], kant: Kant, levers: tuple[Lever, ...]) -> Omslag:
    formula = totals[Scenario.SOCIAAL][kant] - totals[Scenario.GEEN][kant]
    never, always = (formula.at(_chance(Decimal(chance))) for chance in (0, 1))
    others = tuple(lever for lever in levers if lever.name != ONGEMELD)
    base = tuple(Lever(lever.name, lever.base, (lever.base,)) for lever in others)
    return Omslag(
        kant=kant,
        basis=_no_more_than_nothing(never, always, base),
        zeker=_no_more_than_nothing(never, always, others),
        zeker_niet=_no_more_than_nothing(-never, -always, others),
    )


def _chance(chance: Decimal) -> Mapping[str, Decimal]:
    return {ONGEMELD: chance, unless(ONGEMELD): 1 - chance}


def _no_more_than_nothing(never: Formula, always: Formula, levers: tuple[Lever, ...]) -> Kansen | None:
    """The chances at which a cost is zero or less wherever the levers stand.

    The highest cost is the highest of many straight lines in the chance, so those chances lie side by side. From both
    ends of what is left the line that is highest there is followed to where it is zero: each line needs it once.

    Args:
        never: the cost if the chance is 0.
        always: the cost if it is 1.
        levers: everything else.
    """
    low, high = Fraction(0), Fraction(1)
    for _ in range(_LINES):
        line = next((found for at in (low, high) if (found := _above(never, always, levers, at))), None)
        if line is None:
            return Kansen(van=low, tot=high)
        at_0, at_1 = line
        if at_0 == at_1:
            return None
        zero = at_0 / (at_0 - at_1)
        low, high = (max(low, zero), high) if at_0 > at_1 else (low, min(high, zero))
        if low > high:
            return None
    raise AssertionError("the lines of a cost did not come to an end")


#: More than the lines that can bound a cost in any case: each corner of the bands gives one, and few are ever highest.
_LINES: Final = 10_000


def _above(
    never: Formula, always: Formula, levers: tuple[Lever, ...], at: Fraction
) -> tuple[Fraction, Fraction] | None:
    """The line that is highest at a chance, by its ends; None where that is not above zero."""
    part, whole = Decimal(at.numerator), Decimal(at.denominator)
    value, where = highest(never.times(whole - part) + always.times(part), levers)
    return (Fraction(never.value(where)), Fraction(always.value(where))) if value > 0 else None
