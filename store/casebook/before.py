"""The casebook as it was before a night, and what the night makes of each finding because of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from contracts.finding import UNANSWERED, WAITS, Advice, ContactTask, Finding, NoAction, Nudge, Reden
from contracts.outcome import Levensfase, Waarom
from store.casebook.book import lock_findings
from store.casebook.tables import OPEN, TAKEN_BACK, WITH_A_HUMAN, finding, history, outbox, task, told

#: Advice that means "not now": no reason to take something back.
_NOT_NOW = WAITS | {Reden.BRON_NIET_BRUIKBAAR}

_FAILED = sa.select(task.c.signaal_id, task.c.reden).where(
    task.c.soort == "contact",
    task.c.reden.in_(
        (Reden.NIET_BEZORGD, Reden.BEZORGING_ONZEKER, Reden.GEEN_BRIEF_MOGELIJK, Reden.BRIEF_NIET_DUIDELIJK)
    ),
)


@dataclass(frozen=True)
class Before:
    """The casebook as it was before a night.

    Attributes:
        peildatum: the night.
        findings: every finding, by id.
        letters: the status of the last letter that tells of a finding, by its id.
        handled: findings that a human did something with after this very night, which is run again; or since the night
            looked at what humans said.
        begun: findings that this very night opened again before.
        read_before: letters of earlier nights are not taken back.
        failed: why a human was to call instead of a notice, by the id of a finding.
    """

    peildatum: date
    findings: Mapping[str, sa.Row[Any]]
    letters: Mapping[str, str]
    handled: frozenset[str]
    begun: frozenset[str]
    read_before: date | None = None
    failed: Mapping[str, Reden] = field(default_factory=dict)

    @classmethod
    def read(
        cls, con: sa.Connection, peildatum: date, read_before: date | None = None, mark: int | None = None
    ) -> "Before":
        """Read it in the transaction of the night, which no human comes between from here on."""
        lock_findings(con, sa.true())
        letters = sa.select(told.c.signaal_id, outbox.c.status).join(outbox).order_by(outbox.c.nacht, outbox.c.kenmerk)
        later = history.c.volgnr > mark if mark is not None else sa.false()
        since = list(con.execute(sa.select(history).where(sa.or_(history.c.nacht >= peildatum, later))))
        return cls(
            peildatum=peildatum,
            findings={row.signaal_id: row for row in con.execute(sa.select(finding))},
            letters={row.signaal_id: row.status for row in con.execute(letters)},
            handled=frozenset(row.signaal_id for row in since if row.door and row.naar != Levensfase.VERVALLEN),
            begun=frozenset(
                row.signaal_id for row in since if row.naar == Levensfase.HEROPEND and row.nacht >= peildatum
            ),
            read_before=read_before,
            failed={row.signaal_id: Reden(row.reden) for row in con.execute(_FAILED)},
        )

    def decides(self, row: sa.Row[Any]) -> bool:
        """Whether the night decided something about a finding: it is new, came back, or has another advice."""
        old = self.findings.get(row.signaal_id)
        if old is None:
            return True
        then, now = old.status in OPEN, row.status in OPEN
        return (then, old.advies, old.reden) != (now, row.advies, row.reden)

    def keeps(self, f: Finding, new: Advice) -> bool:
        """Whether a finding keeps the advice it has, whatever tonight's would be."""
        old = self.findings[f.signaal_id]
        if f.signaal_id in self.handled:
            return True
        if old.status not in OPEN:
            return False
        if isinstance(new, NoAction) and (new.reden in _NOT_NOW or (old.advies == "taak" and new.wacht)):
            return bool(old.advies != "geen_actie")
        if self.letters.get(f.signaal_id) in WITH_A_HUMAN:
            # Who never had it did not keep silent either: why somebody calls stays what it is.
            return isinstance(new, Nudge) or (isinstance(new, ContactTask) and new.reden in UNANSWERED)
        # Unless it was a task to look into what the inwoner said, which has its answer.
        talked = old.status == Levensfase.BEANTWOORD and old.advies == "taak" and old.reden != Reden.BEWERING
        return isinstance(new, Nudge) and talked

    def call_again(self, known: Iterable[Finding], advice: Mapping[str, Advice]) -> dict[str, Advice]:
        """A call for each finding that comes back after its notice failed: no second notice goes about it."""
        back = (
            f.signaal_id
            for f in known
            if self.findings[f.signaal_id].status not in OPEN and self.letters.get(f.signaal_id) in WITH_A_HUMAN
        )
        return {
            key: ContactTask(soort="contact", reden=self.failed.get(key, Reden.GEEN_BRIEF_MOGELIJK))
            for key in back
            if isinstance(advice[key], Nudge) or advice[key].reden in UNANSWERED
        }

    def was_told(self, key: str) -> bool:
        """Whether a letter that was not taken back tells of a finding."""
        return self.letters.get(key, TAKEN_BACK[0]) not in TAKEN_BACK

    def overtaken(self, known: Iterable[Finding], advice: Mapping[str, Advice], kept: set[str]) -> list[str]:
        """Findings whose task or letter no longer fits tonight's advice."""
        keys = (f.signaal_id for f in known if f.signaal_id not in kept)
        return [key for key in keys if self.findings[key].advies not in ("geen_actie", advice[key].advies)]

    def gone(self, found: Iterable[Finding], unusable: Collection[str]) -> list[str]:
        """Findings that held, were not found tonight, and are of a rule that could see."""
        here = {f.signaal_id for f in found}
        held = ((key, row) for key, row in self.findings.items() if row.status != Levensfase.VERVALLEN)
        return sorted(key for key, row in held if row.regel not in unusable and key not in here)

    def phase(self, f: Finding, *, done: bool, told: bool) -> tuple[Levensfase, Waarom]:
        """Where a finding that was known and is found again is in its life, and why.

        Args:
            f: the finding.
            done: a human closed it, and that still holds.
            told: it has a letter or a task.
        """
        old = self.findings[f.signaal_id]
        was = Levensfase(old.status)
        if f.signaal_id in self.handled or was is Levensfase.BEANTWOORD:
            return was, Waarom.NOG_STEEDS
        if done:
            return Levensfase.AFGESLOTEN, Waarom.NOG_AFGEDAAN
        if was not in OPEN:
            back = Waarom.TERUG if was is Levensfase.VERVALLEN else Waarom.TERMIJN_VOORBIJ
            return Levensfase.HEROPEND, back
        new = was is Levensfase.NIEUW and old.eerste_nacht == self.peildatum
        if new or (was is Levensfase.HEROPEND and f.signaal_id in self.begun):
            return was, Waarom.NOG_STEEDS
        if told and f.feitdatum is not None and f.feitdatum > self.peildatum:
            return Levensfase.AANGEKONDIGD, Waarom.DAG_KOMT
        return Levensfase.LOPEND, Waarom.NOG_STEEDS


def parts(values: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    """Pieces of a list that fit in one statement."""
    return (values[start : start + size] for start in range(0, len(values), size))
