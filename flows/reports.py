"""``tijdig report``: what the dienst tells of itself, and what it writes down for that."""

import typer

from flows import registers

app = typer.Typer(
    no_args_is_help=True, help="Verslagen: de evaluatie van een maand, en wat de dienst daarvoor bijhoudt."
)
app.add_typer(registers.elders, name="elders")
app.add_typer(registers.klacht, name="klacht")
