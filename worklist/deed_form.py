"""What a form about a task is: who may use it, what it asks, and what it does."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from contracts.work import Daad, Recht, User
from store.casebook import Deed
from worklist.forms import Invoer
from worklist.guard import Opened
from worklist.services import Services

#: Does the deed; false = this very form was handled before.
Act = Callable[[Deed], bool]
#: The template of a form without fields.
PLAIN = "daad.html.j2"


@dataclass(frozen=True)
class Asking:
    """Who looks at a form, and of which task.

    Attributes:
        services: what the pages are given.
        user: who.
        found: the task, with what they may do with it.
        events: what was done with it before.
    """

    services: Services
    user: User
    found: Opened
    events: list[sa.Row[Any]]


def _nothing(_: Asking, __: Mapping[str, str]) -> dict[str, Any]:
    return {}


def _always(_: Asking) -> bool:
    return True


@dataclass(frozen=True)
class Form:
    """One deed as a form.

    Attributes:
        daad: what it is.
        titel: the heading of its page.
        knop: what stands on its button.
        uitleg: what happens then, Dutch.
        read: what was typed, read; None where something does not fit.
        template: its fields.
        recht: what somebody must be allowed to.
        status: of which tasks it can be done.
        shows: what its fields need, by what was typed.
        begins: what stands in its fields at first, by the address.
        fits: whether it means something for this task.
        listed: whether it has a button on the page of the task.
    """

    daad: Daad
    titel: str
    knop: str
    uitleg: str
    read: Callable[[Invoer, Asking], Act | None]
    template: str = PLAIN
    recht: Recht = Recht.DOEN
    status: tuple[str, ...] = ("open",)
    shows: Callable[[Asking, Mapping[str, str]], dict[str, Any]] = field(default=_nothing)
    begins: Callable[[Asking, Mapping[str, str]], dict[str, str]] = field(default=_nothing)
    fits: Callable[[Asking], bool] = field(default=_always)
    listed: bool = True

    def open_to(self, asking: Asking) -> bool:
        """Whether this user can do it now."""
        here = asking.found
        return here.may(self.recht) and here.row.status in self.status and self.fits(asking)


def new_number() -> str:
    """A number for a form: the same form sent twice counts once."""
    return secrets.token_hex(16)
