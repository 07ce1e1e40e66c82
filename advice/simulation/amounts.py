"""What a change is worth: cents per day by kind of change, for one who is alone and for a couple.

From the dated norms of one day, for all years: norms of years to come are not known. No household has kostendelers,
other income or a norm for who is under 21 before the change, unless the change is about just that.
"""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from advice.simulation.kinds import SOORTEN
from contracts.parameters import Values

_DAYS: Final = 365
_MONTHS: Final = 12
_BASE, _PER_PERSON = 40, 30  # the percentages in the formula of 22a lid 1
Norm = Callable[[str], int]
#: Cents per month for one who is alone and for a couple.
Pair = tuple[int, int]


def per_maand(values: Values, knobs: Mapping[str, float]) -> Mapping[str, Pair]:
    """Kind of change -> what it is worth per month, above zero whichever way it goes.

    Raises:
        ParameterError: a norm has no value on the day.
    """
    norm = _norms(values)
    one, two = norm("a21a"), norm("a21b")
    all_of_it, nothing = (one, two), (0, 0)
    shared = (one - _shared(two, 2), two - 2 * _shared(two, 3))
    extra = (two - one, two - one)

    def income(name: str) -> Pair:
        cents = round(knobs[name])
        return min(cents, one), min(cents, two)

    return {
        "huisgenoot_erbij": shared, "huisgenoot_weg": shared, "huisgenoot_wordt_27": shared,
        "huisgenoot_begint_studie": shared, "huisgenoot_stopt_studie": shared,
        "inwoner_wordt_21": (one - norm("a20_1a"), two - norm("a20_1c")),
        "kind_geboren": nothing, "verhuisd_binnen": nothing,
        "partner_met_inkomen": all_of_it, "partner_zonder_inkomen": extra, "partner_weg": extra,
        "verhuisd_buiten": all_of_it, "naar_buitenland": all_of_it, "detentie": all_of_it, "erfenis": all_of_it,
        "inwoner_begint_studie": all_of_it,
        "werk_begint": income("inkomsten_per_maand"), "werk_eindigt": income("inkomsten_per_maand"),
        "andere_uitkering": income("andere_uitkering_per_maand"),
        "naar_inrichting": (one - norm("a23_1a") - norm("a23_2a"), two - norm("a23_1b") - norm("a23_2b")),
    }  # fmt: skip


def per_dag(values: Values, knobs: Mapping[str, float]) -> NDArray[np.int64]:
    """Cents per day: a row for each kind of ``SOORTEN``, a column for one who is alone and one for a couple."""
    months = per_maand(values, knobs)
    return np.array([[a_day(cents) for cents in months[soort.naam]] for soort in SOORTEN], dtype=np.int64)


def a_day(month: int) -> int:
    """A day is a 365th part of a year; half a cent goes up."""
    return (2 * month * _MONTHS + _DAYS) // (2 * _DAYS)


def _shared(couple: int, persons: int) -> int:
    """The norm of each of so many who share: ((40% + A x 30%) / A) x B, half a cent goes up (22a lid 1)."""
    parts, whole = couple * (_BASE + persons * _PER_PERSON), 100 * persons
    return (2 * parts + whole) // (2 * whole)


def _norms(values: Values) -> Norm:
    return lambda code: values.whole(f"norm_{code}")
