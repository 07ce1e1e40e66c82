"""The casebook (SQLAlchemy; an SQLite file by default): the record of findings, tasks, letters and nights.

A night is written in one transaction with unique keys, so a night that is run again, or was killed halfway,
ends with the same findings, tasks and letters. What became of a finding is history that only grows.
"""

from store.casebook.audit import Audit, Chain
from store.casebook.evaluation import Evaluation
from store.casebook.hold import Hold
from store.casebook.internetaken import Internetaken
from store.casebook.known import Known
from store.casebook.leerdialoog import Leerdialoog
from store.casebook.letters import Letters
from store.casebook.life import Life
from store.casebook.links import Links
from store.casebook.measures import Measures
from store.casebook.nights import NightResult, Nights
from store.casebook.oordelen import Oordelen
from store.casebook.outbox import ON_PAPER, Outbox, Way
from store.casebook.overview import Overview
from store.casebook.receipts import Receipts
from store.casebook.registers import Registers
from store.casebook.reminders import Load, Reminders
from store.casebook.retention import Retention
from store.casebook.rights import Rights
from store.casebook.samples import Sampled, Samples
from store.casebook.sessions import Sessions
from store.casebook.tables import (
    FINDING_STATUSES,
    INTERNETAAK_STATUSES,
    INWONER,
    LINK,
    LIVE,
    NOTICE_STATUSES,
    OPEN,
    PRINT,
    REMINDER,
    REPRESENTATIVE,
    TASK_STATUSES,
    finding,
    history,
    receipt,
)
from store.casebook.work import Deed, Listed, NotOpenError, OvertakenError, Work


class Casebook(
    Work,
    Audit,
    Sessions,
    Reminders,
    Nights,
    Letters,
    Outbox,
    Hold,
    Links,
    Life,
    Receipts,
    Known,
    Oordelen,
    Samples,
    Registers,
    Evaluation,
    Leerdialoog,
    Internetaken,
    Rights,
    Overview,
    Retention,
    Measures,
):
    """A connection to the casebook."""


__all__ = [
    "FINDING_STATUSES",
    "INTERNETAAK_STATUSES",
    "INWONER",
    "LINK",
    "LIVE",
    "NOTICE_STATUSES",
    "ON_PAPER",
    "OPEN",
    "PRINT",
    "REMINDER",
    "REPRESENTATIVE",
    "TASK_STATUSES",
    "Casebook",
    "Chain",
    "Deed",
    "Listed",
    "Load",
    "NightResult",
    "NotOpenError",
    "OvertakenError",
    "Sampled",
    "Way",
    "finding",
    "history",
    "receipt",
]  # fmt: skip
