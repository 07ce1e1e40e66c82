"""The desk sample of a night (E21): which suppressed findings and which households without finding are looked at.

Who is chosen follows from a hash of the night, the kind, the id and a secret of the work folder: not from an order of
rows, not from what is known of anybody, and nobody can foresee or steer it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import sqrt
from typing import Final

from contracts.desk import Steekproefsoort

#: A dossier that was in a sample is in none for so many days.
REST = timedelta(days=365)


def seed(secret: str) -> str:
    """The seed of the samples of a work folder, from which its secret can't be told."""
    return hashlib.sha256(f"steekproef|{secret}".encode()).hexdigest()


def prefix(zaad: str, peildatum: date, soort: Steekproefsoort) -> str:
    """What stands before an id when it is hashed: ``sha256(prefix || id)`` is its rank, the smallest first."""
    return f"{zaad}|{peildatum.isoformat()}|{soort}|"


def resting_since(peildatum: date) -> date:
    """The first night of which the samples still count: a dossier that was in one of them is in none tonight."""
    return peildatum - REST + timedelta(days=1)


def choose(candidates: Mapping[str, str], size: int, before: str, resting: Iterable[str] = ()) -> list[str]:
    """The ids that are looked at, in the order of their hash; of a dossier one.

    Args:
        candidates: id -> dossiernummer.
        size: how many at most.
        before: see ``prefix``.
        resting: dossiers that were looked at not long ago.
    """
    taken, chosen = set(resting), list[str]()
    for one in sorted(candidates, key=lambda key: (hashlib.sha256((before + key).encode()).digest(), key)):
        if len(chosen) >= size:
            break
        if candidates[one] not in taken:
            taken.add(candidates[one])
            chosen.append(one)
    return chosen


#: Of a normal distribution 95 percent lies within so many standard deviations.
_Z: Final = 1.959964


def wilson(hits: int, seen: int) -> tuple[float, float]:
    """The 95 percent confidence interval of a share by Wilson (1927); it holds near 0 and 1 too.

    Args:
        hits: how many of them.
        seen: how many in all; at least one.
    """
    share, square = hits / seen, _Z * _Z
    middle = share + square / (2 * seen)
    half = _Z * sqrt(share * (1 - share) / seen + square / (4 * seen * seen))
    whole = 1 + square / seen
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
