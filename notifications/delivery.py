"""Sending what lies in the outbox by a channel that takes one message at a time: each exactly once, or to a human.

The rule: write down that it is about to leave, send, write down the answer. What was begun and has no clear answer may
have left. Such a message is looked up, and only where the channel does not know it is it sent again; what can't be
settled is never sent twice but given to a human. See ``docs/besluiten/0047-delivered-exactly-once.md``.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from contracts.message import Answer, Channel, ChannelError, Message, Uitslag
from contracts.notice import NoticeError
from store.casebook import Casebook
from store.casebook.book import as_utc
from store.casebook.tables import ASKED, SENT_IT

_NOT_SENT = {"uitslag": Uitslag.NIET_VERSTUURD}
#: From a row of the outbox to the message as it goes; raises NoticeError where it can't be made.
Writer = Callable[[sa.Row[Any]], Message]


@dataclass(frozen=True)
class Patience:
    """How long to wait, and how often to try.

    Attributes:
        settle: so long after a message may have left it is looked up: the channel may be at work on it still.
        give_up: so long after that it is given to a human; Notify forgets after seven days.
        tries: so often a message is sent at most, over all runs.
        in_a_row: so often one is tried in a run when it surely did not leave.
        pause: the first wait between those, in seconds; each next one is twice as long.
        trouble: after so many messages in a row that did not leave the channel is left alone until the next run.
    """

    settle: timedelta = timedelta(minutes=10)
    give_up: timedelta = timedelta(days=6)
    tries: int = 3
    in_a_row: int = 3
    pause: float = 1.0
    trouble: int = 3


class Lot(StrEnum):
    """What a run did with a message."""

    VERSTUURD = "verstuurd"
    TERUGGEVONDEN = "teruggevonden"
    WACHT = "wacht"
    NAAR_MENS = "naar_mens"
    INGEHAALD = "ingehaald"
    """It was taken back, or another run is at it."""


@dataclass(frozen=True)
class Sender:
    """A run of one channel over the outbox.

    Attributes:
        casebook: where the outbox is.
        channel: what sends.
        write: makes the message of a row.
        peildatum: the last night: what it made is sent, and tasks are of that night.
        patience: how long to wait.
        now: the clock.
        sleep: waits so many seconds.
    """

    casebook: Casebook
    channel: Channel
    write: Writer
    peildatum: date
    patience: Patience = Patience()
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep

    def run(self) -> Counter[Lot]:
        """Send what is to be sent, and settle what may have left.

        Raises:
            ChannelError: the channel refuses us; what was not sent waits.
        """
        done: Counter[Lot] = Counter()
        in_trouble = 0
        for row in self.casebook.to_send(self.channel.naam, self.peildatum):
            lot = self._one(row, may_send=in_trouble < self.patience.trouble)
            in_trouble = in_trouble + 1 if lot is Lot.WACHT else 0
            done[lot] += 1
        return done

    def reconcile(self) -> Counter[Uitslag]:
        """Ask about each message the channel accepted and said no more of.

        Raises:
            ChannelError: the channel refuses us.
        """
        said: Counter[Uitslag] = Counter()
        if not self.channel.kan_opzoeken:
            return said
        for row in self.casebook.awaited(self.channel.naam):
            answer = self.channel.look_up(row.kenmerk, row.extern_id)
            said[answer.uitslag] += 1
            if answer.uitslag in (Uitslag.BEZORGD, Uitslag.NIET_BEZORGD):
                self._settle(row, ASKED, answer)
            elif self._waited(row) > self.patience.give_up:
                self._to_human(row)
        return said

    def _one(self, row: sa.Row[Any], *, may_send: bool) -> Lot:
        if row.pogingen:
            looked = self._look_up(row)
            if looked is not None:
                return looked
            # It is known now that it did not leave.
            row = self._again(row)
        if not may_send:
            return Lot.WACHT
        try:
            message = self.write(row)
        except NoticeError as error:
            self.casebook.to_human(row.kenmerk, error.reden)
            return Lot.NAAR_MENS
        return self._send(row, message)

    def _look_up(self, row: sa.Row[Any]) -> Lot | None:
        """Settle a message that was offered before; None = it did not leave, and may be sent."""
        may_have_left = row.inhoud_hash is not None
        if not self.channel.kan_opzoeken:
            return self._to_human(row) if may_have_left else None
        if may_have_left and self._waited(row) < self.patience.settle:
            return Lot.WACHT
        answer = self.channel.look_up(row.kenmerk, row.extern_id)
        # A channel forgets: what it does not know after so long may have been delivered all the same.
        too_late = may_have_left and self._waited(row) > self.patience.give_up
        if too_late and answer.uitslag in (Uitslag.ONBEKEND, Uitslag.NIET_GEVONDEN):
            return self._to_human(row)
        if answer.uitslag is Uitslag.ONBEKEND:
            # What surely did not leave before is no less sure now that the channel does not answer.
            self._settle(row, ASKED, answer if may_have_left else answer.model_copy(update=_NOT_SENT))
            return Lot.WACHT
        self._settle(row, ASKED, answer)
        if answer.uitslag is not Uitslag.NIET_GEVONDEN:
            return Lot.TERUGGEVONDEN
        tried = self.casebook.may_have_left(row.kenmerk)
        return self._to_human(row) if tried >= self.patience.tries else None

    def _to_human(self, row: sa.Row[Any]) -> Lot:
        self.casebook.give_up(row.kenmerk, self.now(), self.peildatum)
        return Lot.NAAR_MENS

    def _send(self, row: sa.Row[Any], message: Message) -> Lot:
        """Send it; where it surely did not leave, a few times more."""
        wait = 0.0
        for turn in range(self.patience.in_a_row):
            if turn:
                self.sleep(max(wait, self.patience.pause * 2 ** (turn - 1)))
                looked = self._look_up(self._again(row))
                if looked is Lot.WACHT:
                    continue
                if looked is not None:
                    return looked
                row = self._again(row)
            if not self.casebook.begin(row, message, self.now()):
                return Lot.INGEHAALD
            answer = self._handed_in(row, message)
            if answer.uitslag is not Uitslag.NIET_VERSTUURD:
                return Lot.WACHT if answer.uitslag is Uitslag.ONBEKEND else Lot.VERSTUURD
            wait = answer.wacht
        return Lot.WACHT

    def _handed_in(self, row: sa.Row[Any], message: Message) -> Answer:
        try:
            answer = self.channel.send(message)
        except ChannelError:
            self._settle(row, SENT_IT, Answer(uitslag=Uitslag.NIET_VERSTUURD))
            raise
        self._settle(row, SENT_IT, answer)
        return answer

    def _settle(self, row: sa.Row[Any], wat: str, answer: Answer) -> None:
        self.casebook.settle(row.kenmerk, wat, answer, self.now(), self.peildatum)

    def _again(self, row: sa.Row[Any]) -> sa.Row[Any]:
        """The row as it is now."""
        found = self.casebook.notice(row.kenmerk)
        assert found is not None  # a row of the outbox is never removed in a run
        return found

    def _waited(self, row: sa.Row[Any]) -> timedelta:
        """Since it was last sent; a clock that was ahead then, and was put right, keeps nothing waiting for years."""
        last: datetime | None = row.laatste_poging
        if last is None:
            return timedelta.max
        return abs(self.now() - as_utc(last))
