"""What the console shows of a simulation: the warning, the worlds beside each other, and what makes the difference."""

from rich import box
from rich.console import Console
from rich.table import Column, Table

from advice.simulation import Maat, Simulatie, Wereld
from advice.simulation.result import ANDERE
from contracts.dutch import number
from flows.simulation.words import (
    GEEN_METING,
    GENOEMD,
    MAAT,
    WERELD,
    amount,
    less_or_more,
    rounded,
    turning,
    unconfirmed,
)

#: Parameters that are named with a difference.
_DRIVERS = 2


def outcome(console: Console, found: Simulatie) -> None:
    """The whole outcome, within eighty columns."""
    plan, unsure = found.plan, unconfirmed(found)
    _say(console, f"{GEEN_METING}. {len(unsure)} van de {len(found.gebruikt)} parameters zijn nog te bevestigen.", "")
    console.print(_worlds(found))
    changes = number(rounded(found.wijzigingen))
    _say(
        console, f"{number(plan.huishoudens)} huishoudens, {changes} wijzigingen in een jaar, {plan.jaren} jaar;",
        f"het midden van {plan.trekkingen} trekkingen, met hieronder de 5e en de 95e van de 100.", "",
    )  # fmt: skip
    for tegen in ANDERE:
        _say(console, f"Met Tijdig, tegenover {WERELD[tegen]}, in een jaar:")
        for maat in GENOEMD:
            _say(console, f"- {MAAT[maat]}: {less_or_more(maat, found.verschil(tegen, maat))}")
            names = ", ".join(one.parameter for one in found.drijvers(tegen, maat)[:_DRIVERS])
            console.print(f"  [dim]vooral: {names}[/dim]", highlight=False)
        _say(console, "")
    turned = list(turning(found))
    _say(console, *(["Eén parameter kan het teken omkeren:", *(f"- {one}" for one in turned), ""] if turned else []))


def _worlds(found: Simulatie) -> Table:
    columns = (Column("in een jaar"), *(Column(WERELD[wereld], justify="right") for wereld in Wereld))
    table = Table(*columns, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for maat in Maat:
        table.add_row(MAAT[maat], *(amount(maat, found.uitkomst(wereld, maat).midden) for wereld in Wereld))
    return table


def _say(console: Console, *lines: str) -> None:
    if lines:
        console.print("\n".join(lines), markup=False, highlight=False)
