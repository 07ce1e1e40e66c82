"""``tijdig metrics`` and ``tijdig waakhond``."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.bewaking.alerts import ALERT_NAAM
from flows.bewaking.metrics import metrics_text, write_metrics
from flows.bewaking.watchdog import look
from flows.settings import Workplace

console = Console()
#: A run is missing, or a mail could not go.
NOT_WELL = 1

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]


def tell_metrics(
    map_: Map = Path(),
    naar: Annotated[Path | None, typer.Option(help="Schrijf ze in dit bestand; standaard naar het scherm.")] = None,
) -> None:
    """Toon de metingen voor een monitor, in de vorm van Prometheus. Er staat niemand in.

    Voorbeeld: [bold]tijdig metrics --naar /var/lib/node_exporter/textfile/tijdig.prom[/bold]
    """
    work, now = Workplace(map_), datetime.now(UTC)
    if naar is None:
        sys.stdout.write(metrics_text(work, now))
    else:
        write_metrics(work, now, naar)
        _say(f"Geschreven: {naar}")


def tell_watchdog(map_: Map = Path()) -> None:
    """Kijk of de runs er zijn geweest. Zo niet, dan krijgt de beheerder een e-mail.

    Zet dit in een rooster buiten Prefect: cron of een timer van systemd.

    Uitkomst 0: alles is er geweest; 1: een run is uitgebleven of halverwege gestopt, of een e-mail kan niet weg.

    Voorbeeld: [bold]tijdig waakhond --map /srv/tijdig/voorbeeldstad[/bold]
    """
    found, mail = look(Workplace(map_))
    for one in found:
        _say(f"{ALERT_NAAM[one.soort]}: {one.wat}", f"  doen: {one.doen}")
    if mail:
        _say(f"De e-mail aan de beheerder kan niet weg: {mail}")
    if found or mail:
        raise typer.Exit(NOT_WELL)
    _say("Alle runs zijn er geweest.")


def _say(*lines: str) -> None:
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
