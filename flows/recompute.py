"""Computes findings again from what was known when they were made, and says in what they differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from advice.circumstances import as_circumstanced
from advice.policy import policy_on
from contracts.errors import CasebookError, TijdigError
from contracts.receipt import Difference, Receipt, grounds_differ, receipts_differ
from contracts.verwerkingen import Activiteit
from flows.casebook import kept_casebook
from flows.logboek import processing
from flows.progress import show
from flows.settings import Workplace
from flows.steps import open_warehouse, view_parameters
from matching.effect import Effects
from matching.receipt import grounds_of, make_receipts
from matching.rule import Reading, Rule, all_rules
from matching.views import ViewParameters, build_views, keep_subjects, read_view
from store.warehouse import Warehouse


@dataclass(frozen=True)
class Recomputed:
    """A receipt, and what computing it again comes to.

    Attributes:
        then: the receipt as it was kept.
        hash: the hash that was kept with it.
        now: the receipt of today's rules, values, settings and weights over what was known then; None = not found.
        differs: where the two differ.
    """

    then: Receipt
    hash: str
    now: Receipt | None
    differs: tuple[Difference, ...]

    @property
    def intact(self) -> bool:
        """Whether the kept receipt is still what was hashed."""
        return self.then.hash == self.hash

    @property
    def equal(self) -> bool:
        """Whether it comes out the same, to the last sign, and nobody changed what was kept."""
        return self.intact and self.now is not None and self.now.hash == self.hash


def recompute_one(work: Workplace, signaal_id: str) -> list[Recomputed]:
    """Every kept receipt of one finding, computed again; the newest last.

    Raises:
        CasebookError: there is no such finding, or no receipt of it.
    """
    with kept_casebook(work) as casebook:
        casebook.get(signaal_id)
        rows = casebook.receipts_of(signaal_id)
    if not rows:
        raise CasebookError(
            "No receipt was kept of this finding.", where=signaal_id, todo="Run the night again; it makes one."
        )
    return list(_again(work, rows))


def recompute_all(work: Workplace, peildatum: date | None = None) -> Iterator[Recomputed]:
    """Every receipt of a night, or of all nights, computed again; the views are made once for each night.

    Raises:
        CasebookError: none was kept.
    """
    with kept_casebook(work) as casebook:
        rows = casebook.receipts_on(peildatum)
    if not rows:
        raise CasebookError(
            "No receipt was kept.", where=str(peildatum or "casebook"),
            todo="Name a night on which something was decided, or the last one.",
        )  # fmt: skip
    yield from _again(work, rows)


def _again(work: Workplace, rows: Iterable[sa.Row[Any]]) -> Iterator[Recomputed]:
    kept = sorted(((Receipt.model_validate(row.inhoud), row.hash) for row in rows), key=lambda pair: _moment(pair[0]))
    with open_warehouse(work) as warehouse:
        for (peildatum, stand), group in groupby(kept, key=lambda pair: _moment(pair[0])):
            show(f"Herrekenen: {peildatum} ...")
            parameters, receipts = view_parameters(work, peildatum), list(group)
            with processing(work, Activiteit.VERANTWOORDING, "signalen narekenen") as step:
                night = _Night(warehouse, parameters, work.settings.herziening_maanden, stand)
                keep_subjects(warehouse, parameters, stand=stand)
                step.about_all(warehouse)
                found = night.find({receipt.signaal.signaal_id: receipt for receipt, _ in receipts})
            for receipt, digest in receipts:
                now = found.get(receipt.signaal.signaal_id)
                yield Recomputed(receipt, digest, now, tuple(night.differences(receipt, now)))


def _moment(receipt: Receipt) -> tuple[date, int]:
    return receipt.signaal.peildatum, receipt.signaal.stand


class _Night:
    """The views of one day as known at one stand, under the rules and settings of now."""

    def __init__(self, warehouse: Warehouse, parameters: ViewParameters, months: int, stand: int) -> None:
        self._warehouse, self._parameters, self._months, self._stand = warehouse, parameters, months, stand
        self._bron = {taken.levering_id: taken.bron for taken in warehouse.deliveries()}
        if stand > warehouse.stand():
            raise TijdigError(
                "The warehouse does not hold what was known then.", where=warehouse.path.name,
                todo="Put back the warehouse of that night; one that was made anew numbers its deliveries again.",
            )  # fmt: skip
        norms = build_views(warehouse, parameters, stand=stand)
        self._effects = Effects.read(warehouse, norms, months)

    def find(self, kept: dict[str, Receipt]) -> dict[str, Receipt]:
        """What today's rules make of the findings of these receipts: signaal_id -> receipt."""
        rules = [rule for rule in all_rules() if rule.rule_id in {one.signaal.regel for one in kept.values()}]
        views = {name: read_view(self._warehouse, name) for name in {rule.view for rule in rules}}
        reading = self._reading(kept.values())
        found = [one for rule in rules for one in rule.find(views[rule.view], reading, self._effects)]
        again = [as_circumstanced(one, kept[one.signaal_id].signaal) for one in found if one.signaal_id in kept]
        receipts = make_receipts(self._warehouse, rules, again, self._parameters, self._months)
        beleid = policy_on(self._parameters.peildatum).kenmerk
        return {key: receipt.about(receipt.signaal, beleid) for key, receipt in receipts.items()}

    def _reading(self, kept: Iterable[Receipt]) -> Reading:
        """What the night read, from the deliveries its findings name."""
        named = {levering for receipt in kept for levering in receipt.signaal.bronnen}
        unknown = named - self._bron.keys()
        if unknown:
            raise TijdigError(
                f"The warehouse does not know {len(unknown)} of the deliveries of then.",
                where=self._warehouse.path.name, todo="Put back the warehouse of that night.",
            )  # fmt: skip
        return Reading(self._parameters.peildatum, self._stand, {self._bron[levering]: levering for levering in named})

    def differences(self, then: Receipt, now: Receipt | None) -> Iterator[Difference]:
        """Where a receipt differs from today's; where it is not found any more, what changed under its rule."""
        if now is not None:
            yield from receipts_differ(then, now)
            return
        rule = _rule(then.signaal.regel)
        if rule is not None:
            yield from grounds_differ(then.gronden, grounds_of(rule, self._parameters, self._months))
        version = None if rule is None else rule.version
        if version != then.signaal.regelversie:
            yield Difference("signaal", "regelversie", then.signaal.regelversie, version)


def _rule(rule_id: str) -> Rule | None:
    return next((rule for rule in all_rules() if rule.rule_id == rule_id), None)
