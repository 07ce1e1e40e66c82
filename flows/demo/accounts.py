"""The people at the dienst of Voorbeeldstad, in four teams. All are made up."""

import secrets
from typing import Final

from contracts.work import Rol, User
from store.casebook import Casebook
from worklist.auth.passwords import hash_password

#: As the settings of the demo divide them.
TEAMS: Final = {
    team: tuple(f"C-{nth:02d}" for nth in range(first, first + 10))
    for team, first in (("Noord", 1), ("Oost", 11), ("Zuid", 21), ("West", 31))
}
_FIRST: Final = ("Amina", "Bas", "Cora", "Daan", "Elif", "Frank", "Griet", "Hamza", "Ilse", "Jan")
_LAST: Final = ("Bakker", "Demir", "Vermeer", "de Wit")
_SYLLABLES: Final = ("ba", "do", "fi", "ka", "lu", "me", "no", "pi", "ra", "se", "ti", "vo", "wa", "zu")


def people() -> list[User]:
    """Each consulent, a teamleider a team, and one of each other role."""
    found: list[User] = []
    for last, (team, members) in zip(_LAST, TEAMS.items(), strict=True):
        found += [
            User(gebruiker=one.lower(), naam=f"{first} {last}", rollen=frozenset({Rol.CONSULENT}), team=team,
                 consulent_id=one)
            for first, one in zip(_FIRST, members, strict=True)
        ]  # fmt: skip
        leads = f"teamleider-{team.lower()}"
        found.append(User(gebruiker=leads, naam=f"Teamleider {team}", rollen=frozenset({Rol.TEAMLEIDER}), team=team))
    for rol, naam in (
        (Rol.JURIST, "Jurist"), (Rol.HANDHAVER, "Handhaver"), (Rol.BEHEERDER, "Beheerder"),
        (Rol.BEPERKT, "Beperkte groep"),
    ):  # fmt: skip
        found.append(User(gebruiker=rol.value, naam=naam, rollen=frozenset({rol})))
    return found


def new_password() -> str:
    """Twelve letters that can be typed, from some 45 bits of chance."""
    return "-".join("".join(secrets.choice(_SYLLABLES) for _ in range(4)) for _ in range(3))


def make_accounts(casebook: Casebook) -> str:
    """An account for each of them, with one password; returns it. Who was logged in has to log in again."""
    password = new_password()
    kept = hash_password(password)
    for user in people():
        casebook.keep_account(user, kept)
    return password
