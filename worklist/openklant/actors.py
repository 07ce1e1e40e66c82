"""Who gets a task in Open Klant: found by all four codes, and made once where there is none.

Open Klant takes the same actor twice, so whoever makes one holds its row in the casebook.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from contracts.message import ChannelError
from notifications.delivery import Patience
from store.casebook import Casebook
from worklist.openklant.answers import ActorThere
from worklist.openklant.client import Client, NotSentError, RefusedError, UnclearError
from worklist.openklant.settings import Actor, OpenKlant
from worklist.openklant.texts import actor_body


@dataclass(frozen=True)
class Actors:
    """The actors of our tasks."""

    casebook: Casebook
    client: Client
    settings: OpenKlant
    patience: Patience
    now: Callable[[], datetime]
    sleep: Callable[[float], None]

    def of(self, row: sa.Row[Any]) -> list[str]:
        """The uuids of who gets a task: always the department or group, and its consulent where named.

        Raises:
            NotSentError, RefusedError, UnclearError: they are not known now.
            ChannelError: we are refused, or the department is not active there.
        """
        found = [self._known(actor) for actor in self._wanted(row)]
        if found[0] is None:
            raise ChannelError(
                "The department of our tasks is not active in Open Klant.", where="[openklant.eenheid]",
                todo="Make it active there, or name another.",
            )  # fmt: skip
        return [uuid for uuid in found if uuid is not None]

    def forget(self, row: sa.Row[Any]) -> None:
        """Look them up anew next time."""
        self.casebook.forget_actors([_sleutel(self.settings, actor) for actor in self._wanted(row)])

    def _wanted(self, row: sa.Row[Any]) -> list[Actor]:
        named = self.settings.medewerkers.get(row.consulent_id or "")
        return [self.settings.eenheid, *([named] if named is not None else [])]

    def _known(self, actor: Actor) -> str | None:
        """The uuid of an actor; None = it is there, and not active."""
        sleutel = _sleutel(self.settings, actor)
        for turn in range(self.patience.in_a_row + 1):
            if (known := self.casebook.actor_there(sleutel)) is not None:
                return known
            poging = self.casebook.claim_actor(sleutel, self.now(), self.patience.settle)
            if poging is not None:
                return self._found_or_made(actor, sleutel, poging)
            if turn < self.patience.in_a_row:
                self.sleep(self.patience.pause * 2**turn)
        raise UnclearError("actor-in-the-making")

    def _found_or_made(self, actor: Actor, sleutel: str, poging: int) -> str | None:
        try:
            there = self._look_up(actor) or self._made(actor, sleutel, poging)
        except (NotSentError, RefusedError, ChannelError):
            self.casebook.keep_actor(sleutel, poging, None)
            raise
        active = min((str(one.uuid) for one in there if one.indicatie_actief), default=None)
        self.casebook.keep_actor(sleutel, poging, active)
        return active

    def _made(self, actor: Actor, sleutel: str, poging: int) -> list[ActorThere]:
        with suppress(UnclearError):  # what came of it is looked up, as after every answer
            self.client.make("actoren", actor_body(actor))
        there = self._look_up(actor)
        if not there:
            self.casebook.keep_actor(sleutel, poging, None, unsure=True)
            raise UnclearError("actor-not-there")
        return there

    def _look_up(self, actor: Actor) -> list[ActorThere]:
        codes = actor_body(actor)["actoridentificator"]
        params = {f"actoridentificator{name[0].upper()}{name[1:]}": said for name, said in codes.items()}
        listed = self.client.listed("actoren", params, ActorThere)
        fits = [
            one for one in listed
            if one.actoridentificator is not None and one.actoridentificator.model_dump(by_alias=True) == codes
        ]  # fmt: skip
        if listed and not fits:
            raise UnclearError("answer-does-not-fit")
        return fits


def _sleutel(settings: OpenKlant, actor: Actor) -> str:
    """An actor of one Open Klant; another address has others."""
    parts = (
        settings.adres,
        actor.code_objecttype,
        actor.code_register,
        actor.code_soort_object_id,
        actor.identificator,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
