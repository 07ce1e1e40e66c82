"""``tijdig shadow``: try rules on days that have been, before they are used."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from contracts.dutch import calendar_date, number
from contracts.errors import RuleError
from contracts.finding import REDEN_ZIN, Reden
from contracts.tables import Doel
from flows import present
from flows.progress import shown_on
from flows.report.words import counted
from flows.rule_page import rule_named
from flows.settings import Workplace
from matching.rule import Rule, all_rules, rules_in

if TYPE_CHECKING:
    from flows.shadow import Tried

console = Console()
_DAY = "%Y-%m-%d"


def try_rules(
    van: Annotated[datetime, typer.Option(formats=[_DAY], help="Eerste dag.")],
    tot: Annotated[datetime, typer.Option(formats=[_DAY], help="Laatste dag.")],
    regels: Annotated[
        str | None, typer.Option(help="Zoals R01,R18; of een map met regelbestanden; standaard alle regels.")
    ] = None,
    map_: Annotated[Path, typer.Option("--map", help="Werkmap.", file_okay=False)] = Path(),
    innemen: Annotated[  # noqa: FBT002 - typer makes it an option
        bool, typer.Option("--innemen", help="Neem eerst in wat er in leveringen/ ligt, zonder nacht.")
    ] = False,
    als_json: Annotated[bool, typer.Option("--json", help="Alleen de aantallen, als JSON.")] = False,  # noqa: FBT002
) -> None:
    """Probeer regels uit op dagen die geweest zijn, zonder enig gevolg: er wordt niets vastgelegd.

    Met --innemen kan het ook voor de eerste nacht: leveringen gaan dan het pakhuis in, en verder gebeurt er niets.
    Telt wat de regels gevonden hadden, wat ervan gekomen was, en hoeveel dagen voordat de dienst het zelf wist.
    Brieven van andere regels tellen niet mee voor de rust tussen twee brieven.

    Voorbeeld: [bold]tijdig shadow --regels R01,R18 --van 2026-10-01 --tot 2026-11-01[/bold]
    """
    from flows.shadow import shadow  # noqa: PLC0415 - the night's rooms take a second to load

    present.require_order(van.date(), tot.date())
    rules = chosen(regels)
    work = Workplace(map_)
    with shown_on(Console(stderr=True) if als_json else console):
        if innemen:
            _take_in(work, tot.date())
        tried = shadow(work, rules, van.date(), tot.date())
    if als_json:
        typer.echo(json.dumps(asdict(tried), default=str, ensure_ascii=False, indent=2))
        return
    _show(tried)


def _take_in(work: Workplace, tot: date) -> None:
    """Take in what was delivered, as a night would, and make nothing of it."""
    from flows.alone import one_night  # noqa: PLC0415
    from flows.steps import clear_deliveries, take_in_all  # noqa: PLC0415

    with one_night(work.folder):
        take_in_all(work, tot)
        clear_deliveries(work, tot)


def _show(tried: "Tried") -> None:
    days = counted(tried.dagen, "dag", "dagen")
    console.print(
        f"Van {calendar_date(tried.van)} tot en met {calendar_date(tried.tot)} ({days} bekend): "
        f"signalen bij {counted(tried.huishoudens, 'huishouden', 'huishoudens')}. Er is niets vastgelegd.",
        highlight=False,
    )
    found = _table("Wat de regels gevonden hadden", "signalen", "huishoudens", "brief", "taak", "niets")
    known = _table("Wat later voorbij was", "voorbij", "door de dienst", "dagen later (mediaan)")
    reasons = _table("Waarom het geen brief was, of niets", "aantal")
    for line in tried.regels:
        what = f"{line.regel} {line.titel} ({_directions(line.richting)})"
        counts = (line.signalen, line.huishoudens, line.brieven, line.taken, line.geen_actie)
        found.add_row(what, *map(number, counts))
        if line.voorbij:
            days_later = "-" if line.dagen_eerder is None else number(line.dagen_eerder)
            known.add_row(what, number(line.voorbij), number(line.door_dienst), days_later)
        for reden, count in line.redenen.items():
            reasons.add_row(f"{line.regel} {REDEN_ZIN[Reden(reden)]}", number(count))
    for table in (found, known, reasons):
        if table.row_count:
            console.print(table)


def chosen(regels: str | None) -> tuple[Rule, ...]:
    """The rules that are meant: by their ids, or those of a folder; default every rule that may be used.

    Raises:
        TijdigError: there is no such rule, or its purpose has no ground in law.
    """
    if regels is None:
        return tuple(rule for rule in all_rules() if rule.doel is Doel.ACTUALISEREN)
    folder = Path(regels)
    named = () if folder.is_dir() else map(rule_named, regels.split(","))
    rules = rules_in(folder) if folder.is_dir() else tuple({rule.rule_id: rule for rule in named}.values())
    for rule in rules:
        if rule.doel is not Doel.ACTUALISEREN:
            raise RuleError(
                "A rule with this purpose may not be used, nor tried on people.", where=rule.rule_id,
                todo="Leave it out until the law allows it.",
            )  # fmt: skip
    return rules


def _directions(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{richting} {number(count)}" for richting, count in counts.items()) or "-"


def _table(title: str, *counts: str) -> Table:
    table = Table("", title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for name in counts:
        table.add_column(name, justify="right", no_wrap=True)
    return table
