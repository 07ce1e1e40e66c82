"""Errors that say what is wrong, where, and what to do. They never hold a value of a person."""

from pathlib import Path


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
