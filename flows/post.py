"""From a row of the outbox to the message as it goes: names, addresses and words meet here, and are not kept."""

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Row

from advice.route import reading_order
from contracts.finding import Finding
from contracts.logregel import Betrokkene
from contracts.message import Email, Letter, Message, Sms
from contracts.notice import House, Notice, NoticeError, NoUsableAddress, Recipient, Representative
from contracts.tables import Bron
from contracts.verwerkingen import Activiteit
from flows.logboek import in_dossiers, in_findings, processing
from flows.progress import show
from flows.settings import Workplace
from flows.steps import open_warehouse
from matching.recipients import read_recipients, read_representatives
from notifications.compose import (
    Mark,
    Part,
    compose,
    compose_email,
    compose_representative,
    compose_several,
    compose_sms,
)
from notifications.html import render_html
from notifications.language import require_clear, require_clear_sms
from notifications.letter import pages, render
from notifications.plain import render_plain
from notifications.preflight import require_postable
from notifications.template import load as load_template
from notifications.template import version
from store.casebook import REPRESENTATIVE, Casebook

#: So many letters are made before the first of them is written: what is made ahead costs memory.
_AHEAD = 64
#: ``1234 AB``: with these the last line of an address begins, as it is printed.
_POSTCODE = 7


@dataclass(frozen=True)
class Writer:
    """What is needed to write the notices of some rows of the outbox.

    Attributes:
        house: how the dienst presents itself.
        recipients: by dossiernummer, as the registers have them on the night.
        representatives: by dossiernummer, who acts for the inwoner.
        received: the day of the newest delivery of each source.
        told: kenmerk -> the findings of which it tells.
        nights: signaal_id -> the nights of the notices that tell of it.
    """

    house: House
    recipients: Mapping[str, Recipient]
    representatives: Mapping[str, Representative]
    received: Mapping[Bron, date]
    told: Mapping[str, Sequence[Finding]]
    nights: Mapping[str, tuple[date, ...]]

    @classmethod
    def of(cls, work: Workplace, casebook: Casebook, peildatum: date, rows: Sequence[Row[Any]]) -> "Writer":
        """Read it, once for all these rows; without rows nothing is opened."""
        if not rows:
            return cls(work.settings.huis, {}, {}, {}, {}, {})
        with processing(work, Activiteit.BERICHTEN, "naam en adres lezen") as log, open_warehouse(work) as warehouse:
            recipients = read_recipients(warehouse, {row.dossiernummer for row in rows}, peildatum)
            acted_for = {row.dossiernummer for row in rows if row.aan == REPRESENTATIVE}
            representatives = read_representatives(warehouse, acted_for, peildatum)
            received = {bron: taken.geleverd_op.date() for bron, taken in warehouse.newest().items()}
            told = casebook.tells_of([row.kenmerk for row in rows])
            log.about(_betrokkenen(rows, told))
        return cls(work.settings.huis, recipients, representatives, received, told, casebook.sent())

    def write(self, row: Row[Any]) -> Message:
        """The message of a row.

        Raises:
            NoticeError: it can't be made.
        """
        match row.vorm:
            case "email":
                return self._email(row)
            case "sms":
                return self._sms(row)
            case _:
                return self.letter(row)

    def letter(self, row: Row[Any]) -> Letter:
        """The letter of a row.

        Raises:
            NoticeError: it can't be made.
        """
        notice = self.notice(row)
        require_clear(notice, self.house)
        pdf, paginas = render(notice, self.house), pages(notice)
        require_postable(pdf, notice.kenmerk, paginas)
        return Letter(
            kenmerk=notice.kenmerk, bericht=notice.bericht, versie=notice.versie, pdf=pdf, paginas=paginas,
            postcode=notice.adresregels[-1][:_POSTCODE],
        )  # fmt: skip

    def notice(self, row: Row[Any]) -> Notice:
        """The content of the letter of a row.

        Raises:
            NoticeError: it can't be made.
        """
        recipient = self._recipient(row)
        return self._to_office(row, recipient) if row.aan == REPRESENTATIVE else self._notice(row, recipient)

    def _office(self, row: Row[Any]) -> Representative:
        return self.representatives.get(row.dossiernummer, Representative())

    def _email(self, row: Row[Any]) -> Email:
        recipient = self._recipient(row)
        aan = _verified(recipient.emailadres, row)
        notice = compose_email(row.bericht, recipient, self._declared(row), self.house, Mark(row.kenmerk, row.nacht))
        require_clear(notice, self.house)
        return Email(
            kenmerk=notice.kenmerk, bericht=notice.bericht, versie=notice.versie, aan=aan, onderwerp=notice.titel,
            tekst=render_plain(notice, self.house), html=render_html(notice, self.house),
        )  # fmt: skip

    def _sms(self, row: Row[Any]) -> Sms:
        aan = _verified(self._recipient(row).mobiel, row)
        text = compose_sms(row.bericht, self._declared(row), self.house, Mark(row.kenmerk, row.nacht))
        require_clear_sms(text, self.house, row.bericht)
        return Sms(kenmerk=row.kenmerk, bericht=row.bericht, versie=version(row.bericht), aan=aan, tekst=text)

    def _to_office(self, row: Row[Any], client: Recipient) -> Notice:
        newest = max(self.received[_bron(f)] for f in self._findings(row))
        known = {"leverdatum": newest, "reageer_voor": self._facts(row)["reageer_voor"]}
        return compose_representative(
            row.bericht, self._office(row), client, known, self.house, Mark(row.kenmerk, row.nacht)
        )

    def _recipient(self, row: Row[Any]) -> Recipient:
        return self.recipients.get(row.dossiernummer, Recipient())

    def _findings(self, row: Row[Any]) -> list[Finding]:
        return sorted(self.told[row.kenmerk], key=reading_order)

    def _facts(self, row: Row[Any]) -> dict[str, date]:
        """The facts of a notice itself: by when to answer, and when the first one about it went."""
        answer_by = row.nacht + timedelta(days=self.house.reactietermijn_dagen)
        first = min(self.nights[f.signaal_id][0] for f in self._findings(row))
        return {"reageer_voor": answer_by, "eerder": first}

    def _declared(self, row: Row[Any]) -> dict[str, date]:
        known = self._facts(row)
        return {name: known[name] for name in load_template(row.bericht).feiten}

    def _notice(self, row: Row[Any], recipient: Recipient) -> Notice:
        own = self._facts(row)
        # Two housemates who came on one day are one sentence.
        said = dict.fromkeys(
            (str(f.bericht), f.feitdatum or row.nacht, self.received[_bron(f)]) for f in self._findings(row)
        )
        parts = [
            Part(bericht, {"sinds": sinds, "leverdatum": leverdatum, "reageer_voor": own["reageer_voor"]})
            for bericht, sinds, leverdatum in said
        ]
        if load_template(row.bericht).regel is not None:
            return compose(row.bericht, recipient, parts[0].facts, self.house, kenmerk=row.kenmerk, datum=row.nacht)
        mark = Mark(row.kenmerk, row.nacht)
        return compose_several(row.bericht, recipient, parts, self._declared(row), self.house, mark)


def _betrokkenen(rows: Sequence[Row[Any]], told: Mapping[str, Sequence[Finding]]) -> Iterator[Betrokkene]:
    """To whom these notices go, and whom the findings they tell of are about."""
    yield from in_dossiers(row.dossiernummer for row in rows)
    for findings in told.values():
        yield from in_findings(findings)


def _verified(aan: str | None, row: Row[Any]) -> str:
    if aan is None:
        raise NoUsableAddress(
            "There is no verified way to reach the recipient in this form.", where=row.kenmerk,
            todo="Make a contact task.",
        )  # fmt: skip
    return aan


def _bron(finding: Finding) -> Bron:
    return load_template(str(finding.bericht)).bron


def letters(writer: Writer, casebook: Casebook, rows: Sequence[Row[Any]]) -> Iterator[Letter]:
    """The letters of these rows, in their order, made a few at a time; one that can't be made is given to a human."""

    def made(row: Row[Any]) -> Letter | NoticeError:
        try:
            return writer.letter(row)
        except NoticeError as error:
            return error

    # The layout of a letter is made outside the interpreter, so threads use every core.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        coming = (pool.submit(made, row) for row in rows)
        ahead = deque(islice(coming, _AHEAD))
        for number, row in enumerate(rows, start=1):
            show(f"Brief {number} van {len(rows)} ...")
            letter = ahead.popleft().result()
            ahead.extend(islice(coming, 1))
            if isinstance(letter, NoticeError):
                casebook.to_human(row.kenmerk, letter.reden)
            else:
                yield letter
