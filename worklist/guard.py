"""Who asks, and what they may do with the task they ask for. What somebody may not see is not there for them."""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Final

import sqlalchemy as sa
from fastapi import Depends, HTTPException, Request

from contracts.finding import Finding
from contracts.work import Recht, Taak, User, rights
from worklist import page
from worklist.forms import read_form

_TASK: Final = re.compile(r"[A-Za-z0-9-]{1,40}")


class LoginNeededError(Exception):
    """Nobody is logged in; what was typed must come back after that."""


@dataclass(frozen=True)
class Opened:
    """A task that somebody may see.

    Attributes:
        row: the task, with what is known of its finding.
        taak: what decides who may see it.
        rechten: what this user may do with it.
    """

    row: sa.Row[Any]
    taak: Taak
    rechten: frozenset[Recht]

    @property
    def finding(self) -> Finding:
        """Its finding, as it was last found."""
        return Finding.model_validate(self.row.inhoud)

    def may(self, recht: Recht) -> bool:
        """Whether this user may do this with it."""
        return recht in self.rechten


Typed = Annotated[dict[str, str], Depends(read_form)]


def somebody(request: Request) -> User:
    """Who sends this request.

    Raises:
        LoginNeededError: nobody is logged in.
    """
    user = page.of(request).services.identify(request)
    if user is None:
        raise LoginNeededError
    request.state.user = user
    return user


Somebody = Annotated[User, Depends(somebody)]


def opened(request: Request, user: User, taak_id: str) -> Opened:
    """A task, for who may see it.

    Raises:
        HTTPException: it is not there, or not for them: 404, so that nobody learns which.
    """
    casebook = page.of(request).services.casebook
    row = casebook.task(taak_id) if _TASK.fullmatch(taak_id) else None
    if row is not None:
        taak = casebook.scope_of(row)
        found = rights(user, taak)
        if Recht.ZIEN in found:
            return Opened(row, taak, found)
    raise HTTPException(404)
