"""The open findings of a casebook for advice, and what its ages and waits come to for the report."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from advice.policy import Beleid
from advice.standing import Standing, ages, waiting
from contracts.finding import REDEN_ZIN, Finding, Reden
from flows.report.model import AgeLine, WaitLine


def standing_of(row: sa.Row[Any]) -> Standing:
    """A row of ``Casebook.standing`` as advice knows it."""
    reden = Reden(row.reden) if row.reden else None
    return Standing(Finding.model_validate(row.inhoud), row.advies, reden, row.bekend_sinds)


def age_lines(standing: Sequence[Standing], peildatum: date, beleid: Beleid) -> Iterator[AgeLine]:
    """A line for each alarm of the policy, also where nothing passed it."""
    for age in ages(standing, peildatum, beleid):
        counts = age.aantallen
        yield AgeLine(
            alarm=age.alarm.naam, waarom=age.alarm.waarom, brief=counts["nudge"], taak=counts["taak"],
            wacht=counts["wacht"],
        )  # fmt: skip


def wait_lines(standing: Sequence[Standing], beleid: Beleid) -> Iterator[WaitLine]:
    """A line for each reason for which something waits; of what has no place also its first term."""
    for one in waiting(standing, beleid):
        term = one.uiterlijk if one.reden is Reden.CAPACITEIT else None
        yield WaitLine(reden=one.reden, zin=REDEN_ZIN[one.reden], aantal=one.aantal, uiterlijk=term)
