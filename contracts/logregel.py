"""A line of the Logboek Dataverwerkingen (Logius, LDV): exactly the fields that the standard publishes.

Source: "Logboek dataverwerkingen", component Logboek (interface) and component Applicatie. ``trace_id`` is 16 bytes,
``span_id`` and ``parent_span_id`` 8, in hexadecimals; times are milliseconds since 1970; a line names no person or one.
Fields that are optional there and have nothing to say are left out.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Annotated, Any, Final, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

ACTIVITY: Final = "dpl.core.processing_activity_id"
SUBJECT: Final = "dpl.core.data_subject_id"
SUBJECT_TYPE: Final = "dpl.core.data_subject_id_type"
_TRACE_BYTES, _SPAN_BYTES = 16, 8


def _not_all_zeros(value: str) -> str:
    if not value.strip("0"):
        raise ValueError("all zeros names nothing (W3C Trace Context)")
    return value


TraceId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$"), AfterValidator(_not_all_zeros)]
SpanId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$"), AfterValidator(_not_all_zeros)]


class Status(StrEnum):
    """How an action ended: without a fault of ours, said to be well, or by one."""

    UNSET = "Unset"
    OK = "Ok"
    ERROR = "Error"


class Soort(StrEnum):
    """What the pseudonym of a betrokkene was made of."""

    PERSOON = "persoonssleutel"
    DOSSIER = "dossiernummer"


class Betrokkene(NamedTuple):
    """A person as Tijdig knows them: by a person key, or as the belanghebbende of a dossier. No BSN, no name."""

    soort: Soort
    waarde: str


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, hide_input_in_errors=True)


class Attributes(_Part):
    """What was done, and about whom; a line of a whole run is about nobody."""

    processing_activity_id: Annotated[str, Field(alias=ACTIVITY, pattern=r"^[a-z][a-z0-9+.-]*:\S+$")]
    data_subject_id: Annotated[str | None, Field(alias=SUBJECT, pattern=r"^[0-9a-f]{32}$")] = None
    data_subject_id_type: Annotated[Soort | None, Field(alias=SUBJECT_TYPE)] = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.data_subject_id is None) is not (self.data_subject_id_type is None):
            raise ValueError("a person and the type of their id go together")
        return self


class Resource(_Part):
    """Which program wrote it."""

    attributes: dict[str, str]


class Logregel(_Part):
    """One action: a step of a run, or what was done with one person in it."""

    trace_id: TraceId
    span_id: SpanId
    parent_span_id: SpanId | None = None
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    status: Status
    start_time: Annotated[int, Field(ge=0)]
    end_time: Annotated[int, Field(ge=0)]
    resource: Resource
    attributes: Attributes

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        if self.end_time < self.start_time:
            raise ValueError("it ended before it began")
        return self

    def line(self) -> str:
        """It as one line of JSON, without what has nothing to say."""
        return self.model_dump_json(by_alias=True, exclude_none=True)


class Span(NamedTuple):
    """Where an action stands: its trace, itself, and what it is part of."""

    trace_id: str
    span_id: str
    parent_span_id: str | None = None

    @classmethod
    def new(cls) -> Self:
        """The first of a new trace."""
        return cls(secrets.token_hex(_TRACE_BYTES), secrets.token_hex(_SPAN_BYTES))

    def child(self) -> "Span":
        """A part of it."""
        return Span(self.trace_id, secrets.token_hex(_SPAN_BYTES), self.span_id)

    @property
    def traceparent(self) -> str:
        """The header of W3C Trace Context, level 1: version 00, sampled."""
        return f"00-{self.trace_id}-{self.span_id}-01"


_CURRENT: ContextVar[Span | None] = ContextVar("span", default=None)


def current() -> Span | None:
    """The action that is going on; None = none that is written down."""
    return _CURRENT.get()


@contextmanager
def going_on(span: Span) -> Iterator[None]:
    """While this action goes on it is what outgoing calls name, and what further actions are part of."""
    before = _CURRENT.set(span)
    try:
        yield
    finally:
        _CURRENT.reset(before)


def traceparent() -> str:
    """The header for an outgoing call; outside every action that of a new trace."""
    return (current() or Span.new()).traceparent


def now_ms() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def to_dict(line: str) -> dict[str, Any]:
    """A line, held against the fields of the standard.

    Raises:
        ValueError: it does not fit.
    """
    return Logregel.model_validate_json(line).model_dump(mode="json", by_alias=True, exclude_none=True)
