"""The log of processings (Logboek Dataverwerkingen): what is done with whose data, written before the run goes on.

Each step of a run is a span, and each person in it a line of their own below that. A step that is done again, after a
kill or by hand, is another processing and has lines of its own: the log says what was done, not what came of it.
Employees are never in it; who looked is in the audit log.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from typer import Exit

from contracts.errors import AwayError, BusyError, CasebookError, SettingsError
from contracts.finding import Finding
from contracts.logregel import (
    Attributes,
    Betrokkene,
    Logregel,
    Resource,
    Soort,
    Span,
    Status,
    current,
    going_on,
    now_ms,
)
from contracts.verwerkingen import Activiteit, verwerking
from flows.casebook import kept_casebook
from flows.secret import made_once, secret
from flows.settings import Workplace
from store.casebook import Casebook
from store.logboek import Logboek, Pseudonyms, subject_lines
from store.subject import Subject, key_of

if TYPE_CHECKING:
    from store.warehouse import Warehouse

_ZONE: Final = ZoneInfo("Europe/Amsterdam")
_KEY_BYTES, _KEY_LENGTH = 32, 32
#: The facts of a finding that name a person by their key.
PERSON_FACTS: Final = frozenset({"persoon_sleutel", "bewoner_sleutel", "partner_sleutel", "kind_sleutel"})


def logboek_of(work: Workplace) -> Logboek:
    """The log of a work folder.

    Raises:
        SettingsError: its secret is too short to be one.
    """
    return Logboek(work.logboek, Pseudonyms(_key(work).encode()))


def _key(work: Workplace) -> str:
    """The secret by which persons are named; of its own, so that who has the person keys can't read the log."""
    path = work.folder / "gegevens" / "logboek_sleutel"
    key = secret("logboek_sleutel") or made_once(path, _KEY_BYTES)
    if len(key) < _KEY_LENGTH:
        raise SettingsError(
            "The secret of the log of processings is too short or damaged.", where="logboek_sleutel",
            todo="Put it back from the backup: with another one nobody's lines are found again.",
        )  # fmt: skip
    return key


@cache
def _resource() -> Resource:
    return Resource(attributes={"service.name": "tijdig", "service.version": version("tijdig")})


@dataclass(frozen=True)
class Step:
    """An action that goes on."""

    book: Logboek
    span: Span
    naam: str
    uri: str
    begin: int

    @property
    def day(self) -> date:
        """The day on which it began, as the clock here shows it."""
        return datetime.fromtimestamp(self.begin / 1000, UTC).astimezone(_ZONE).date()

    def about(self, betrokkenen: Iterable[Betrokkene]) -> None:
        """Write down whose data are used in it; returns when that is on disk."""
        lines = self._lines(betrokkenen)
        if lines:
            self.book.write(self.day, self.span.trace_id, lines)

    def about_all(self, warehouse: "Warehouse", relation: str = "betrokkene") -> int:
        """The same for a whole relation of the warehouse, with a ``persoon_sleutel`` a row; returns how many."""
        like = self._line(self.span.child(), Status.UNSET)
        return self.book.write_all(warehouse.con, relation, self.day, like)

    def ended(self, status: Status) -> None:
        """Write down how it ended."""
        self.book.write(self.day, self.span.trace_id, [self._line(self.span, status).line()])

    def whole(self, betrokkenen: Iterable[Betrokkene]) -> list[str]:
        """All lines of an action that was short: about whom, and that it ended well."""
        return [*self._lines(betrokkenen), self._line(self.span, Status.UNSET).line()]

    def _lines(self, betrokkenen: Iterable[Betrokkene]) -> list[str]:
        like = self._line(self.span.child(), Status.UNSET)
        return subject_lines(self.book, like, dict.fromkeys(betrokkenen))

    def _line(self, span: Span, status: Status) -> Logregel:
        return Logregel(
            trace_id=span.trace_id, span_id=span.span_id, parent_span_id=span.parent_span_id, name=self.naam,
            status=status, start_time=self.begin, end_time=max(self.begin, now_ms()), resource=_resource(),
            attributes=Attributes(processing_activity_id=self.uri),
        )  # fmt: skip


@contextmanager
def processing(work: Workplace, activiteit: Activiteit, naam: str) -> Iterator[Step]:
    """An action with data of persons: a step of what goes on, or the first of a run.

    Args:
        work: the work folder.
        activiteit: what it is for.
        naam: what is done, in a few Dutch words without anybody in it.

    Yields:
        The step, to say whose data are used. Outgoing calls meanwhile name it.
    """
    above = current()
    span = above.child() if above else Span.new()
    step = Step(
        logboek_of(work), span, naam, verwerking(activiteit).uri(work.settings.logboek.register_adres), now_ms()
    )
    status = Status.ERROR
    try:
        with going_on(span):
            yield step
        status = Status.UNSET
    except (CasebookError, Exit) as error:
        # What was asked for is not there or not allowed: that is no fault of ours, says the standard.
        status = Status.ERROR if isinstance(error, BusyError | AwayError) else Status.UNSET
        raise
    finally:
        step.ended(status)


@contextmanager
def handling(
    work: Workplace, signaal_id: str, naam: str, activiteit: Activiteit = Activiteit.CONTACT
) -> Iterator[Casebook]:
    """The casebook for an action with one finding: whom it is about is written down first.

    Raises:
        CasebookError: there is no such finding, or no night was run.
    """
    with kept_casebook(work) as casebook:
        finding = Finding.model_validate(casebook.get(signaal_id).inhoud)
        with processing(work, activiteit, naam) as step:
            step.about(in_finding(finding))
            yield casebook


def in_finding(finding: Finding) -> Iterator[Betrokkene]:
    """Whom a finding is about: the belanghebbende of the dossier, and who is in its facts by their key."""
    yield Betrokkene(Soort.DOSSIER, finding.dossiernummer)
    for name, value in finding.feiten.items():
        if name in PERSON_FACTS and isinstance(value, str):
            yield Betrokkene(Soort.PERSOON, value)


def in_findings(findings: Iterable[Finding]) -> Iterator[Betrokkene]:
    """Whom findings are about."""
    for finding in findings:
        yield from in_finding(finding)


def in_dossiers(dossiers: Iterable[str]) -> Iterator[Betrokkene]:
    """The belanghebbenden of dossiers."""
    return (Betrokkene(Soort.DOSSIER, dossiernummer) for dossiernummer in dossiers)


def known_as(work: Workplace, who: Subject) -> list[Betrokkene]:
    """Every way in which lines may name somebody: by the BRP, as the dienst knows them, and by their dossiers."""
    # The dienst's own key: see matching/sql/huishouden.sql and betrokkene.sql.
    numbers = (*who.anummers, *((who.bsn,) if who.bsn is not None else ()))
    keys = (*who.sleutels, *(key_of(work.sleutel, f"bsn|{number}") for number in numbers))
    return [*(Betrokkene(Soort.PERSOON, key) for key in keys), *in_dossiers(who.dossiers)]


def looks(work: Workplace) -> Callable[[str, Finding], None]:
    """What the pages of the worklist call at each look and each deed: it is on disk before they answer.

    All looks of a day are in one file: each is a trace of two lines or a few more.
    """
    book, uri = logboek_of(work), verwerking(Activiteit.CONTACT).uri(work.settings.logboek.register_adres)

    def look(naam: str, finding: Finding) -> None:
        step = Step(book, Span.new(), naam, uri, now_ms())
        book.add(step.day, "werklijst", step.whole(in_finding(finding)))

    return look
