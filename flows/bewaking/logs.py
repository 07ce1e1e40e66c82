"""Lines of JSON that say what a run does: for a machine to read, and with nobody in them.

Each has ``moment``, ``run``, ``loop``, ``over`` (the day) and ``wat``; where it fits ``stap``, ``seconden``,
``aantallen`` and ``fout`` (``soort``, ``wat``, ``waar``). Of an error nobody foresaw only its kind: its text may hold
a value of somebody.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from contracts.errors import TijdigError, UnforeseenError
from flows.settings import Workplace

#: The folder has a term: see contracts/bewaartermijnen.
_SUFFIX: Final = ".jsonl"


def _nowhere(_: str) -> None:
    """Nothing is written."""


@dataclass(frozen=True)
class RunLog:
    """The log of one run; what it can't write is not written, as a log ends no night.

    Attributes:
        run_id: the number of the run.
        loop: what kind it is.
        over: the day it judges by.
        write: takes a line.
    """

    run_id: str
    loop: str
    over: date
    write: Callable[[str], None] = _nowhere

    @classmethod
    def of(cls, work: Workplace, run_id: str, loop: str, over: date) -> "RunLog":
        """As the settings say."""
        chosen = work.settings.logs
        if chosen.vorm == "tekst":
            return cls(run_id, loop, over)
        return cls(run_id, loop, over, _to_stderr if chosen.waarheen == "stderr" else _to_folder(work))

    def line(self, wat: str, **more: Any) -> None:  # noqa: ANN401 - counts, a step, an error
        """Write one line."""
        said = {
            "moment": datetime.now(UTC).isoformat(timespec="milliseconds"), "run": self.run_id, "loop": self.loop,
            "over": self.over.isoformat(), "wat": wat,
        }  # fmt: skip
        self.write(json.dumps(said | {key: value for key, value in more.items() if value not in (None, "", {})}))

    def begins(self, name: str) -> None:
        """A step begins."""
        self.line("stap_begint", stap=name)

    def ends(self, name: str, seconds: float) -> None:
        """A step ended well."""
        self.line("stap_klaar", stap=name, seconden=round(seconds, 3))

    def failed(self, error: BaseException, stap: str) -> None:
        """The run ends by an error."""
        self.line("mislukt", stap=stap, fout=said_of(error))

    def done(self, aantallen: Mapping[str, int]) -> None:
        """The run ended well."""
        self.line("klaar", aantallen=dict(aantallen))


def said_of(error: BaseException) -> dict[str, str]:
    """What a line says of an error."""
    if isinstance(error, UnforeseenError):
        return {"soort": error.kind, "waar": error.where}
    if isinstance(error, TijdigError):
        return {"soort": type(error).__name__, "wat": error.what, "waar": error.where}
    return {"soort": type(error).__name__}


def _to_stderr(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _to_folder(work: Workplace) -> Callable[[str], None]:
    def write(line: str) -> None:
        path = work.logs / f"{datetime.now(UTC).date().isoformat()}{_SUFFIX}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            _to_stderr(json.dumps({"wat": "log_niet_te_schrijven", "fout": {"soort": type(error).__name__}}))

    return write
