"""The ages at which another norm holds: 18, 21 and the AOW age."""

from datetime import date
from enum import IntEnum

from contracts.parameters import Values, parameter
from contracts.partial_date import PartialDate, last_birth

_AOW = "aow_leeftijd"


class Leeftijd(IntEnum):
    """Which norms hold for a person, youngest first."""

    KIND = 0
    JONG = 18
    VOLWASSEN = 21
    AOW = 65


#: How an age is said in a calculation.
IN_WORDS = {
    Leeftijd.KIND: "jonger dan 18",
    Leeftijd.JONG: "18, 19 of 20 jaar",
    Leeftijd.VOLWASSEN: "21 tot de AOW-leeftijd",
    Leeftijd.AOW: "vanaf de AOW-leeftijd",
}


def aow_reached(born: date, values: Values) -> bool:
    """Whether somebody born on a day has the AOW age on the day of the values.

    Who is younger than the AOW age ever was needs no table: the age only goes up (7a lid 2 AOW).

    Raises:
        ParameterError: the AOW age of who was born then is not known yet.
    """
    lowest = min(value.waarde for value in parameter(_AOW).waarden)
    if born > last_birth(values.day, lowest):
        return False
    return born <= last_birth(values.day, values.value(_AOW, born).waarde)


def last_aow_birth(day: date) -> date:
    """The last day of birth of who has the AOW age on a day; everybody born earlier has it too."""
    ends = ((value, last_birth(day, value.waarde)) for value in parameter(_AOW).waarden)
    return max(min(born, value.geldig_tot or born) for value, born in ends if value.geldig_van <= born)


def possible_ages(born: PartialDate, values: Values) -> tuple[Leeftijd, ...]:
    """Every age class that a birth date, whole or partial, leaves open; youngest first.

    Raises:
        ParameterError: as above.
    """
    oldest = Leeftijd.AOW if born.earliest is None else _age(born.earliest, values)
    youngest = Leeftijd.KIND if born.latest is None else _age(born.latest, values)
    return tuple(age for age in Leeftijd if youngest <= age <= oldest)


def _age(born: date, values: Values) -> Leeftijd:
    if aow_reached(born, values):
        return Leeftijd.AOW
    for age in (Leeftijd.VOLWASSEN, Leeftijd.JONG):
        if born <= last_birth(values.day, age * 12):
            return age
    return Leeftijd.KIND
