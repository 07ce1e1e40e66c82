"""Sends the log of processings on by OTLP over HTTP, as JSON: what is not acknowledged stays and is sent again.

The files of the log are the spool: of each it is noted how many bytes were acknowledged, after the other side said so.
A span that is sent twice, because a process was killed between the two, has the same ids: it is one there.

Source: OpenTelemetry protocol 1.x, OTLP/HTTP with the JSON encoding of protobuf (ids in hexadecimals, times in
nanoseconds as text). A 200 counts only where it is an answer of this protocol and no span was rejected.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl
import requests
from pydantic import BaseModel, ConfigDict

from contracts.logregel import ACTIVITY, SUBJECT, SUBJECT_TYPE, Status
from contracts.message import ChannelError, Secrets
from flows.logboek import logboek_of
from flows.settings import LogboekInstellingen, Workplace
from flows.trouble import Trouble
from notifications.reached import asked_to_wait
from store.logboek import Logboek, whole_size

#: So much of a file goes at a time: some four thousand lines.
_CHUNK: Final = 2 * 2**20
_TRIES, _PAUSE = 3, 1.0
_DONE: Final = 200
#: What passes by itself, by the standard: too many, or something in between has no answer.
_PASSES: Final = (429, 502, 503, 504)
_CODE: Final = {str(Status.UNSET): 0, str(Status.OK): 1, str(Status.ERROR): 2}
_INTERNAL: Final = 1
#: Where a beheerder looks when lines wait.
OTLP: Final = "[logboek] otlp"
_ATTRIBUTES: Final = (ACTIVITY, SUBJECT, SUBJECT_TYPE)
_SERVICE: Final = ("service.name", "service.version")
_SCHEMA: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "trace_id": pl.String, "span_id": pl.String, "parent_span_id": pl.String, "name": pl.String, "status": pl.String,
    "start_time": pl.Int64, "end_time": pl.Int64,
    "resource": pl.Struct({"attributes": pl.Struct(dict.fromkeys(_SERVICE, pl.String))}),
    "attributes": pl.Struct(dict.fromkeys(_ATTRIBUTES, pl.String)),
}  # fmt: skip


class Sent(BaseModel):
    """What was sent on. Counts only.

    Attributes:
        regels: so many lines were acknowledged now.
        wachten: so many files hold lines that were not.
        storingen: why.
    """

    model_config = ConfigDict(frozen=True)

    regels: int = 0
    wachten: int = 0
    storingen: tuple[Trouble, ...] = ()


def send_on(work: Workplace, geheim: Secrets, sleep: Callable[[float], None] = time.sleep) -> Sent:
    """Send what was not acknowledged yet; where no address is set nothing is done.

    Args:
        work: the work folder.
        geheim: gives the secrets; ``logboek_otlp_sleutel`` goes along as a bearer token.
        sleep: waits so many seconds.
    """
    settings = work.settings.logboek
    if settings.otlp is None:
        return Sent()
    book, count = logboek_of(work), 0
    troubles: tuple[Trouble, ...] = ()
    with requests.Session() as session:
        if key := geheim("logboek_otlp_sleutel"):
            session.headers["Authorization"] = f"Bearer {key}"
        try:
            for lines in _send_files(book, _Other(session, settings, sleep)):
                count += lines
        except ChannelError as error:
            troubles = (Trouble.of(error),)
    return Sent(regels=count, wachten=len(book.unsent()), storingen=troubles)


def _send_files(book: Logboek, other: "_Other") -> Iterator[int]:
    for path, begin in book.unsent():
        for text, end in _chunks(path, begin):
            other.take(as_request(text))
            book.acknowledged(path, end)
            yield text.count(b"\n")


def _chunks(path: Path, begin: int) -> Iterator[tuple[bytes, int]]:
    """The whole lines of a file from a byte on, some at a time, each with where it ends."""
    end = whole_size(path)
    with path.open("rb") as file:
        file.seek(begin)
        while begin < end:
            text = file.read(min(_CHUNK, end - begin))
            if not text.endswith(b"\n"):
                text += file.readline()
            begin += len(text)
            yield text, begin


def as_request(text: bytes) -> bytes:
    """Lines of the log as the body of a request (``ExportTraceServiceRequest``), by resource."""
    rows = pl.read_ndjson(text, schema=_SCHEMA)
    return b'{"resourceSpans":[' + b",".join(map(_of_resource, rows.partition_by("resource"))) + b"]}"


def _of_resource(rows: pl.DataFrame) -> bytes:
    named = rows["resource"][0]["attributes"]
    resource = {"attributes": [{"key": key, "value": {"stringValue": said}} for key, said in named.items()]}
    spans = ",".join(_spans(rows).write_ndjson().splitlines())
    scope = '{"scope":{"name":"tijdig"},"spans":[' + spans + "]}"
    return ('{"resource":' + json.dumps(resource) + ',"scopeSpans":[' + scope + "]}").encode()


def _spans(rows: pl.DataFrame) -> pl.DataFrame:
    """One row a span, with the names of the protocol."""
    attributes = [
        pl.struct(key=pl.lit(name), value=pl.struct(stringValue=pl.col("attributes").struct.field(name)))
        for name in _ATTRIBUTES
    ]
    said = pl.element().struct.field("value").struct.field("stringValue").is_not_null()
    return rows.select(
        traceId="trace_id", spanId="span_id", parentSpanId=pl.col("parent_span_id").fill_null(""), name="name",
        kind=pl.lit(_INTERNAL), startTimeUnixNano=_nano("start_time"), endTimeUnixNano=_nano("end_time"),
        status=pl.struct(code=pl.col("status").replace_strict(_CODE, return_dtype=pl.Int8)),
        attributes=pl.concat_list(attributes).list.filter(said),
    )  # fmt: skip


def _nano(column: str) -> pl.Expr:
    return (pl.col(column) * 1_000_000).cast(pl.String)


@dataclass(frozen=True)
class _Other:
    """The log elsewhere."""

    session: requests.Session
    settings: LogboekInstellingen
    sleep: Callable[[float], None]

    def take(self, body: bytes) -> None:
        """Hand in spans, and again where that can help.

        Raises:
            ChannelError: they were not acknowledged.
        """
        why, wait = "", 0.0
        for turn in range(_TRIES):
            if turn:
                self.sleep(max(wait, _PAUSE * 2 ** (turn - 1)))
            try:
                response = self._post(body)
            except requests.RequestException:
                why = "gives no answer"
                continue
            if response.status_code not in _PASSES:
                _require_taken(response)
                return
            why, wait = f"is too busy ({response.status_code})", asked_to_wait(response)
        raise _untaken(why, "See whether it runs; the next night, or `tijdig logboek verstuur`, tries again.")

    def _post(self, body: bytes) -> requests.Response:
        # Who sends us elsewhere would get the token too.
        return self.session.post(
            f"{str(self.settings.otlp).rstrip('/')}/v1/traces", data=body, allow_redirects=False,
            headers={"Content-Type": "application/json"}, timeout=self.settings.wacht_seconden,
        )  # fmt: skip


def _require_taken(response: requests.Response) -> None:
    """Refuse what is no acknowledgement of everything.

    Raises:
        ChannelError: it is not.
    """
    if response.status_code != _DONE:
        raise _untaken(f"refuses us ({response.status_code})", "Check its address and the secret logboek_otlp_sleutel.")
    try:
        said = response.json()
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise _untaken("answers with something else", "Check the address: it is to be that of an OTLP receiver.")
    partial = said.get("partialSuccess") or {}
    if not isinstance(partial, dict) or str(partial.get("rejectedSpans") or "0") != "0":
        raise _untaken("rejects some of them", "See in its own log why; nothing counts as sent until it takes all.")


def _untaken(why: str, todo: str) -> ChannelError:
    return ChannelError(f"Lines of the log wait: the log elsewhere {why}.", where=OTLP, todo=todo)
