"""Words that colleagues typed, and whether they can be given: not where they may say something of somebody else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from contracts.work import ROL_NAAM, Rol, User
from store.casebook.book import as_utc

_ZONE: Final = ZoneInfo("Europe/Amsterdam")
_NUMBER: Final = re.compile(r"(?:\d[ .-]?){8,}")
_WORD: Final = re.compile(r"[^\W\d_]+|\d+", re.UNICODE)
HELD_BACK: Final = "Hier staat tekst die misschien ook over iemand anders gaat. Een medewerker kijkt dat eerst na."
#: What an employee is called whose role is not known any more.
EMPLOYEE: Final = "een medewerker"


@dataclass
class Words:
    """What is held back on the way, and how employees are called.

    Attributes:
        others: names and numbers of people who are connected with who asks, in small letters.
        own: the numbers of who asks.
        roles: how an employee is called: by what they are, never by name (see besluit 0055).
        held: what was held back: where it stands, and the text, for who looks at it.
    """

    others: frozenset[str]
    own: frozenset[str]
    roles: Mapping[str, str]
    held: list[tuple[str, str]] = field(default_factory=list)

    def typed(self, where: str, text: str | None, *, about_me: bool) -> str | None:
        """Words as they can be given: as they are, or that somebody looks at them first."""
        if not text or not text.strip():
            return None
        if about_me and not self._names_somebody(text):
            return text
        self.held.append((where, text))
        return HELD_BACK

    def who(self, door: str | None) -> str:
        """An employee by what they are."""
        return self.roles.get(door or "", EMPLOYEE)

    def _names_somebody(self, text: str) -> bool:
        numbers = {"".join(filter(str.isdigit, found)) for found in _NUMBER.findall(text)}
        return bool(numbers - self.own) or any(word.casefold() in self.others for word in _WORD.findall(text))


def roles_of(accounts: list[User]) -> dict[str, str]:
    """Who somebody is to the sign-on, and in the administration -> what they are."""
    found: dict[str, str] = {}
    for user in accounts:
        name = " en ".join(ROL_NAAM[rol] for rol in Rol if rol in user.rollen and rol is not Rol.BEPERKT)
        said = f"een {name}" if name else EMPLOYEE
        found |= {user.gebruiker: said} | ({user.consulent_id: said} if user.consulent_id else {})
    return found


def day(value: date | datetime | None) -> str | None:
    """A day, or the day and time in Amsterdam of a moment, for JSON."""
    if isinstance(value, datetime):
        return as_utc(value).astimezone(_ZONE).isoformat(timespec="minutes")
    return None if value is None else value.isoformat()
