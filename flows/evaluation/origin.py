"""Where a finding comes from: the source without which its rule would not have spoken."""

from functools import cache
from typing import Final

from contracts.registers import Herkomst
from contracts.tables import Bron
from matching.rule import Rule, all_rules

#: Views of the dienst's own administration: the BRP says in them who somebody is, and not that something changed.
_OWN: Final = frozenset({"administratie", "achterstand"})


def origin_of(rule: Rule) -> Herkomst:
    """The source of the change. One that saw the same besides (``also_seen_by``) does not count."""
    if rule.view in _OWN:
        return Herkomst.EIGEN_ORGANISATIE
    if Bron.DUO in rule.sources:
        return Herkomst.DUO
    return Herkomst.IB if Bron.IB in rule.sources else Herkomst.BRP


@cache
def _origins() -> dict[str, Herkomst]:
    return {rule.rule_id: origin_of(rule) for rule in all_rules()}


def origin(regel: str) -> Herkomst:
    """The origin of what a rule found; of one that this release does not know nobody can say."""
    return _origins().get(regel, Herkomst.ONBEKEND)


@cache
def _titles() -> dict[str, str]:
    return {rule.rule_id: rule.title for rule in all_rules()}


def title(regel: str) -> str:
    """``R01 Kostendeler erbij``."""
    return f"{regel} {_titles().get(regel, '(regel van een andere versie)')}"
