"""``tijdig rules``: the rules of the catalogue, for a jurist."""

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table

from contracts.errors import TijdigError
from contracts.tables import Doel
from flows.rule_page import case_books, directions, rule_named, section
from matching.rule import all_rules

app = typer.Typer(no_args_is_help=True, help="De regels: wanneer ze spreken, op welke wet, en met welke gevallen.")
console = Console()

Regel = Annotated[str, typer.Argument(help="Een regel, zoals R01.")]
_SAID = {True: "ja", False: "nee", None: "onbekend"}


@app.command("list")
def list_rules() -> None:
    """Toon alle regels met hun wet en richting."""
    table = Table("regel", "", "richting", "wet")
    for rule in all_rules():
        off = "" if rule.doel is Doel.ACTUALISEREN else " (uit)"
        table.add_row(rule.rule_id, rule.title + off, directions(rule), ", ".join(map(str, rule.grondslagen)))
    console.print(table)


@app.command()
def show(regel: Regel) -> None:
    """Toon één regel: wanneer die spreekt en zwijgt, de wet, wat die leest, wat in de weg kan staan, de teksten.

    Voorbeeld: [bold]tijdig rules show R01[/bold]
    """
    rule = rule_named(regel)
    console.print(Markdown("\n".join([f"# {rule.rule_id} {rule.title}", "", *section(rule)])))


@app.command()
def cases(regel: Regel) -> None:
    """Toon de gevallen van een regel: wat er aan de hand is, en of er dan een signaal is.

    Voorbeeld: [bold]tijdig rules cases R01[/bold]
    """
    rule = rule_named(regel)
    if rule.rule_id not in case_books():
        raise TijdigError(
            "The case books are not here.", where="tests/rules",
            todo="They come with the source, not with a release: run this from a checkout, or see docs/regels.md.",
        )  # fmt: skip
    book = case_books()[rule.rule_id]
    console.print(f"Gegeven: {_told(book['given'])}", highlight=False)
    table = Table("geval", "anders is", "signaal?", title=f"{rule.rule_id} {rule.title}", title_justify="left")
    for case in book["cases"]:
        found = _SAID[case["finding"]] + (f" ({case['richting']})" if "richting" in case else "")
        table.add_row(case["naam"], _told(case.get("verschil", {})), found)
    console.print(table)


def _told(facts: dict[str, Any]) -> str:
    return ", ".join(f"{name} {_SAID[v] if v is None or isinstance(v, bool) else v}" for name, v in facts.items())
