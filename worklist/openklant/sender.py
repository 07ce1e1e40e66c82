"""Putting tasks in Open Klant, each exactly once, and reading back what became of them.

The rule is that of the notices: write down that something is about to leave, send it, look it up. Nothing is sent that
was not looked up just before; what has no clear answer is looked up and never sent again at once; what can't be settled
is for a human. See ``docs/besluiten/0050-open-klant.md``.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from contracts.message import ChannelError, Uitslag
from notifications.delivery import Lot, Patience
from store.casebook import Casebook
from store.casebook.book import as_utc
from store.casebook.internetaken import INTERNETAAK, KLANTCONTACT, Claim, Found
from worklist.openklant.actors import Actors
from worklist.openklant.answers import InterneTaak, Onderwerp
from worklist.openklant.client import Client, NotSentError, RefusedError, RequestError, UnclearError
from worklist.openklant.settings import OpenKlant
from worklist.openklant.texts import contact_body, digest, task_body


class Teruggelezen(StrEnum):
    """What was read back of a task."""

    DAAR_AFGEHANDELD = "daar_afgehandeld"
    """Closed there while it is open here: it asks for its outcome."""
    HIER_AFGEHANDELD = "hier_afgehandeld"
    """Closed here, and now there too."""
    HEROPEND = "heropend"
    WEG = "weg"
    """Thrown away there."""
    WACHT = "wacht"


class _GiveUpError(Exception):
    """It was sent as often as may be."""


class _OvertakenError(Exception):
    """Another process has it in hand, or it is no longer wanted."""


@dataclass
class _Try:
    """A task in hand.

    Attributes:
        row: as it was read.
        claim: what makes it ours.
        sure: it surely is not there.
    """

    row: sa.Row[Any]
    claim: Claim
    sure: bool
    contacten: list[UUID] = field(default_factory=list)
    taken: list[InterneTaak] = field(default_factory=list)


@dataclass(frozen=True)
class Sender:
    """A run over the tasks for Open Klant.

    Attributes:
        casebook: where the tasks are.
        client: what talks to Open Klant.
        settings: where it is, and who gets the tasks.
        patience: how long to wait; ``settle`` is longer than any request may take.
        now: the clock.
        sleep: waits so many seconds.
    """

    casebook: Casebook
    client: Client
    settings: OpenKlant
    patience: Patience = field(default_factory=Patience)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep

    # -- putting it there --------------------------------------------------------------------------------------

    def run(self) -> Counter[Lot]:
        """Put there what is to be put there, and settle what may be there.

        Raises:
            ChannelError: Open Klant refuses us; everything waits.
        """
        self.casebook.make_internetaken(self.settings.nummers_vanaf, self.now())
        done: Counter[Lot] = Counter()
        in_trouble = 0
        for row in self.casebook.to_put_there():
            lot = self._early(row)
            if lot is None:
                lot = self._one(row) if in_trouble < self.patience.trouble else Lot.WACHT
                in_trouble = in_trouble + 1 if lot is Lot.WACHT else 0
            done[lot] += 1
        return done

    def _early(self, row: sa.Row[Any]) -> Lot | None:
        """Whether it is too early to look: somebody, or Open Klant, may be at work on it still."""
        if row.status == "klaar" or self.now() - as_utc(row.laatste_poging) >= self.patience.settle:
            return None
        return Lot.INGEHAALD if row.status == "bezig" else Lot.WACHT

    def _one(self, row: sa.Row[Any]) -> Lot:
        claim = self.casebook.claim(row, self.now())
        if claim is None:
            return Lot.INGEHAALD
        one = _Try(row, claim, sure=row.status == "klaar")
        try:
            return self._put(one)
        except _OvertakenError:
            return self._let_go(one, Lot.INGEHAALD, Uitslag.NIET_GEVONDEN, None)
        except _GiveUpError:
            self.casebook.let_go(claim, "handmatig", Uitslag.NIET_GEVONDEN, "tried-too-often", self.now())
            return Lot.NAAR_MENS
        except RequestError as error:
            return self._let_go(one, Lot.WACHT, Uitslag.ONBEKEND, error.code)
        except ChannelError:
            self._let_go(one, Lot.WACHT, Uitslag.ONBEKEND, "refuses-us")
            raise

    def _let_go(self, one: _Try, lot: Lot, uitslag: Uitslag, code: str | None) -> Lot:
        self.casebook.let_go(one.claim, "klaar" if one.sure else "onbekend", uitslag, code, self.now())
        return lot

    def _put(self, one: _Try) -> Lot:
        """Look it up, and make what is not there."""
        self._look_up(one)
        if one.taken:
            return self._adopt(one, Lot.TERUGGEVONDEN)
        # Nothing of ours can still be on its way: what is not there now surely is not there.
        one.sure = True
        if not one.row.gewenst:
            raise _OvertakenError
        actoren = self.actors.of(one.row)
        if not one.contacten:
            body = contact_body(one.row, self.settings, numbered=self.client.numbered)
            self._make(one, KLANTCONTACT, "maak-klantcontact", body)
            if not one.contacten:
                raise UnclearError("klantcontact-not-there")
            one.sure = not one.taken
        if not one.taken:
            # Whoever looks sees the same first one.
            body = task_body(
                one.row, self.settings, one.contacten[0], actoren, numbered=self.client.numbered
            )  # fmt: skip
            self._make(one, INTERNETAAK, "internetaken", body)
            if not one.taken:
                raise UnclearError("internetaak-not-there")
        return self._adopt(one, Lot.VERSTUURD)

    def _make(self, one: _Try, wat: str, path: str, body: Mapping[str, Any]) -> None:
        """Make a part of it, and look up what came of that, whatever the answer was."""
        if self.casebook.offered_there(one.claim.taak_id, wat) >= self.patience.tries:
            raise _GiveUpError
        if not self.casebook.about_to_send(one.claim, wat, digest(body), self.now()):
            raise _OvertakenError
        one.sure = False
        uitslag, code = Uitslag.AANGENOMEN, None
        try:
            self.client.make(path, body)
        except UnclearError as error:
            uitslag, code = Uitslag.ONBEKEND, error.code
        except RefusedError as error:
            # What was refused may be an actor that is not there any more.
            one.sure = True
            self.actors.forget(one.row)
            self._answered(one, wat, Uitslag.GEWEIGERD, error.code)
            raise
        except (NotSentError, ChannelError):
            one.sure = True
            self._answered(one, wat, Uitslag.NIET_VERSTUURD, None)
            raise
        self._answered(one, wat, uitslag, code)
        self._look_up(one)

    def _answered(self, one: _Try, wat: str, uitslag: Uitslag, code: str | None) -> None:
        self.casebook.answered_there(one.claim, wat, uitslag, code, self.now())

    def _look_up(self, one: _Try) -> None:
        """By our own id to the klantcontact, and from there to the InterneTaak."""
        params = {
            "onderwerpobjectidentificatorObjectId": one.row.taak_id,
            "onderwerpobjectidentificatorCodeRegister": self.settings.code_register,
        }
        listed = self.client.listed("onderwerpobjecten", params, Onderwerp)
        ours = [
            about.klantcontact.uuid for about in listed
            if about.klantcontact is not None and (codes := about.onderwerpobjectidentificator) is not None
            and (codes.object_id, codes.code_register) == (one.row.taak_id, self.settings.code_register)
        ]  # fmt: skip
        if len(ours) != len(listed):
            raise UnclearError("answer-does-not-fit")
        one.contacten = sorted(set(ours))
        one.taken = [taak for contact in one.contacten for taak in self._tasks_of(contact)]

    def _tasks_of(self, klantcontact: UUID) -> list[InterneTaak]:
        listed = self.client.listed("internetaken", {"klantcontact__uuid": str(klantcontact)}, InterneTaak)
        if any(taak.aanleidinggevend_klantcontact.uuid != klantcontact for taak in listed):
            raise UnclearError("answer-does-not-fit")
        return listed

    def _adopt(self, one: _Try, lot: Lot) -> Lot:
        """It is there; ours is the first where somebody made more of them."""
        first = min(one.taken, key=lambda taak: (taak.nummer != one.row.nummer, taak.uuid))
        code = "more-than-one" if len(one.taken) > 1 else "no-number" if not first.nummer else None
        contact = str(first.aanleidinggevend_klantcontact.uuid)
        self.casebook.is_there(one.claim, Found(contact, str(first.uuid), first.nummer[:10], code), self.now())
        return lot

    @property
    def actors(self) -> Actors:
        """Who gets the tasks."""
        return Actors(self.casebook, self.client, self.settings, self.patience, self.now, self.sleep)

    # -- reading back ------------------------------------------------------------------------------------------

    def read_back(self) -> Counter[Teruggelezen]:
        """What was closed there asks for its outcome here; what was closed here is closed there.

        Raises:
            ChannelError: Open Klant refuses us.
        """
        seen: Counter[Teruggelezen] = Counter()
        in_trouble = 0
        for row in self.casebook.there():
            try:
                found = self._read(row) if in_trouble < self.patience.trouble else Teruggelezen.WACHT
                in_trouble = 0 if found is not Teruggelezen.WACHT else in_trouble
            except RequestError:
                # It is asked again, and what was changed shows then.
                in_trouble, found = in_trouble + 1, Teruggelezen.WACHT
            if found is not None:
                seen[found] += 1
        return seen

    def _read(self, row: sa.Row[Any]) -> Teruggelezen | None:
        uuid = UUID(row.internetaak_uuid)
        there = self.client.one("internetaken", uuid, InterneTaak)
        if there is None:
            self.casebook.gone_there(row.taak_id, self.now())
            return Teruggelezen.WEG
        if there.uuid != uuid:
            raise UnclearError("answer-does-not-fit")
        closed = there.status == "verwerkt"
        if not row.gewenst:
            if not closed:
                self.client.change("internetaken", uuid, {"status": "verwerkt"})
            return Teruggelezen.HIER_AFGEHANDELD if self.casebook.both_closed(row.taak_id, self.now()) else None
        if closed and not row.gesloten:
            op = there.afgehandeld_op or self.now()
            new = self.casebook.closed_there(row.taak_id, op, self.now())
            return Teruggelezen.DAAR_AFGEHANDELD if new else None
        if closed:
            # Opened again here after it was closed on both sides.
            self.client.change("internetaken", uuid, {"status": "te_verwerken", "afgehandeldOp": None})
        return Teruggelezen.HEROPEND if self.casebook.open_there(row.taak_id, self.now()) else None
