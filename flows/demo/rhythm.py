"""When the Inlichtingenbureau and DUO deliver: once a month, and on the second night of the demo once more."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

#: Days between the last fact a monthly delivery of the Inlichtingenbureau knows and the delivery itself.
_PROCESSING = timedelta(days=3)


@dataclass(frozen=True)
class Round:
    """One monthly delivery of the Inlichtingenbureau: what became known after ``na``, up to and including ``tot``.

    Three dates that stay apart: ``dag`` is when it is delivered, ``tot`` how far the sources could be read, and
    ``peilmaand`` the month that the gemeente handed in its uitkeringen for.
    """

    dag: date
    na: date
    tot: date

    @property
    def peilmaand(self) -> str:
        """The month before the delivery, as ``2026-09``."""
        return f"{self.dag.replace(day=1) - timedelta(days=1):%Y-%m}"


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier; the last day of that month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def ib_rounds(vandaag: date) -> tuple[Round, ...]:
    """Two rounds before the first night, and one that arrives on ``vandaag``."""
    days = [months_before(vandaag, months) for months in (3, 2, 1, 0)]
    return tuple(Round(now, before - _PROCESSING, now - _PROCESSING) for before, now in pairwise(days))


def duo_days(vandaag: date) -> tuple[date, ...]:
    """One delivery before the first night, and one that arrives on ``vandaag``."""
    return months_before(vandaag, 1), vandaag
