"""Errors that say what is wrong, where, and what to do. They never hold a value of a person."""

from pathlib import Path
from traceback import extract_tb
from typing import Final

#: Where our own code is.
_ROOT: Final = Path(__file__).parents[1]


class TijdigError(Exception):
    """An error a beheerder can act on.

    Args:
        what: what is wrong.
        where: the file, table, rule or setting it is about; never a value from a row.
        todo: what the reader can do about it.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: str | Path, todo: str) -> None:
        super().__init__(f"{what} [{where}] {todo}")
        self.what = what
        self.where = str(where)
        self.todo = todo


class UnforeseenError(TijdigError):
    """An error that nobody foresaw: its kind and the lines where it rose, without its text, which may hold somebody.

    Attributes:
        kind: the name of what was raised.
        may_pass: whether it may be over when the same is tried again.
    """

    exit_code = 1

    def __init__(self, kind: str, where: str, *, may_pass: bool) -> None:
        """Say what is known."""
        super().__init__(
            f"Unforeseen: {kind}.", where=where,
            todo="Run it again. If it stays, tell the makers of Tijdig this kind and place.",
        )  # fmt: skip
        self.kind, self.may_pass = kind, may_pass

    @classmethod
    def of(cls, error: Exception, *, may_pass: bool) -> "UnforeseenError":
        """That of an error that was caught: where it left our own code, and where it rose."""
        frames = extract_tb(error.__traceback__)
        own = [frame for frame in frames if _is_own(Path(frame.filename))]
        lines = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in (*own[-1:], *frames[-1:])]
        return cls(type(error).__name__, " > ".join(dict.fromkeys(lines)), may_pass=may_pass)


class DeliveryError(TijdigError):
    """A delivery that can't be taken in; warehouse and casebook stay as they were."""


class RuleError(TijdigError):
    """A rule, view or text that does not fit; raised when it loads, before any night."""


class ParameterError(TijdigError):
    """A dated value that does not exist on the day asked for."""


class NormError(TijdigError):
    """A household for which the law names no norm, or that lacks a fact the norm needs."""


class SettingsError(TijdigError):
    """A setting that is missing or does not fit."""


class CasebookError(TijdigError):
    """Something asked of the casebook that is not there or not allowed."""


class BusyError(CasebookError):
    """Others kept the casebook busy; nothing was changed, and the same thing again can go well."""


class AwayError(CasebookError):
    """The database of the casebook does not answer; nothing was changed, and it may be back soon."""


class DiskError(TijdigError):
    """A disk that is full, can't be written or does not answer; the same thing again can go well."""


class PolicyError(TijdigError):
    """A policy that does not fit, or none on the day asked for; raised before any night."""


def _is_own(path: Path) -> bool:
    return path.is_relative_to(_ROOT) and "site-packages" not in path.relative_to(_ROOT).parts


def kind_of(error: BaseException) -> str:
    """The name of what was raised at first."""
    return error.kind if isinstance(error, UnforeseenError) else type(error).__name__
