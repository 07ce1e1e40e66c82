"""Open findings as they stand: since when each is known that asks for something, and why the others wait.

A finding that is left lying is the dienst's to answer for (Boetebesluit 2a lid 2 onder d), so it is told of by age.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from advice.policy import Alarm, Beleid
from contracts.finding import WAITS, Finding, NoAction, Reden

Plaats = Literal["nudge", "taak", "wacht"]


@dataclass(frozen=True)
class Standing:
    """An open finding: what is done with it, why where it is not what its rule asks, and the night it last opened."""

    finding: Finding
    advies: str
    reden: Reden | None
    sinds: date


@dataclass(frozen=True)
class Age:
    """The findings of which this is the last alarm they passed, by where they are."""

    alarm: Alarm
    aantallen: Mapping[Plaats, int]


@dataclass(frozen=True)
class Waiting:
    """How many wait for one reason; ``uiterlijk`` is the first day by which one of them must have been acted on."""

    reden: Reden
    aantal: int
    uiterlijk: date


def waits(one: Standing, beleid: Beleid) -> Reden | None:
    """Why a finding comes on a later night; None = it is a letter or a task, or nothing comes of it.

    What a shut source holds back may stand under another reason: the one for which it would be a task.
    """
    if one.advies != "geen_actie":
        return None
    if one.reden in {*WAITS, Reden.BRON_NIET_BRUIKBAAR}:
        return one.reden
    again = beleid.advise(one.finding)
    return Reden.BRON_NIET_BRUIKBAAR if isinstance(again, NoAction) and again.wacht else None


def place(one: Standing, beleid: Beleid) -> Plaats | None:
    """Where a finding is that somebody must do something about; None = nobody must, or a shut source holds it."""
    match one.advies:
        case "nudge":
            return "nudge"
        case "taak":
            return "taak"
        case _:
            return "wacht" if waits(one, beleid) in WAITS else None


def suppressed(one: Standing, beleid: Beleid) -> bool:
    """Whether nothing comes of a finding, for a reason that does not pass by waiting."""
    return one.advies == "geen_actie" and waits(one, beleid) is None


def alarm(one: Standing, peildatum: date, beleid: Beleid) -> Alarm | None:
    """The last alarm that a finding passed about which somebody must do something."""
    return None if place(one, beleid) is None else beleid.alarm(one.sinds, peildatum)


def ages(standing: Iterable[Standing], peildatum: date, beleid: Beleid) -> tuple[Age, ...]:
    """Each alarm of the policy, in its order, with how many passed it and no later one; also where none did."""
    found = Counter((alarm(one, peildatum, beleid), place(one, beleid)) for one in standing)
    places: Sequence[Plaats] = ("nudge", "taak", "wacht")
    return tuple(Age(each, {where: found[each, where] for where in places}) for each in beleid.alarmen)


def waiting(standing: Iterable[Standing], beleid: Beleid) -> tuple[Waiting, ...]:
    """How many wait, by reason: the most first."""
    terms: dict[Reden, list[date]] = {}
    for one in standing:
        if (reden := waits(one, beleid)) is not None:
            terms.setdefault(reden, []).append(beleid.uiterlijk(one.finding))
    order = sorted(terms, key=lambda reden: (-len(terms[reden]), reden))
    return tuple(Waiting(reden, len(terms[reden]), min(terms[reden])) for reden in order)
