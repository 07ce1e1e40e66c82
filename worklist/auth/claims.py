"""From what a sign-on says of somebody to who they are here."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from contracts.work import Rol, User

_LONGEST: Final = 40
_LONGEST_NAME: Final = 80


class Claims(BaseModel):
    """Which claim says what.

    Attributes:
        gebruiker: who somebody is, for good; a number, as it stands in what they do.
        naam: how they are called.
        rollen: their roles or groups: a list, or one.
        team: their team.
        consulent_id: how the administration of the dienst knows them.
        vertaling: what the sign-on calls a role -> the role here; what is not in it is no role.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    gebruiker: str = "sub"
    naam: str = "name"
    rollen: str = "groups"
    team: str = "team"
    consulent_id: str = "consulent_id"
    vertaling: Mapping[str, Rol] = Field(default_factory=dict)


def user_of(said: Mapping[str, Any], claims: Claims) -> User:
    """Who somebody is here; without a role that is known they have none."""
    groups = said.get(claims.rollen, ())
    groups = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
    gebruiker = str(said.get(claims.gebruiker) or said["sub"])
    if len(gebruiker) > _LONGEST:
        # Some sign-ons have longer ones than a log wants to hold.
        gebruiker = f"u-{hashlib.sha256(gebruiker.encode()).hexdigest()[:32]}"
    return User(
        gebruiker=gebruiker,
        naam=(_text(said.get(claims.naam)) or gebruiker)[:_LONGEST_NAME],
        rollen=frozenset(claims.vertaling[one] for one in groups if isinstance(one, str) and one in claims.vertaling),
        team=_text(said.get(claims.team)),
        consulent_id=_text(said.get(claims.consulent_id)),
    )


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
