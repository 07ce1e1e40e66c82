"""``tijdig report leerdialoog``: cases for the intervisie of consulenten, handhavers and jurists."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from contracts.dutch import number
from contracts.finding import Finding
from contracts.leerdialoog import GROND_ZIN, Grond
from contracts.verwerkingen import Activiteit
from flows.casebook import kept_casebook
from flows.leerdialoog.draw import drawn, letter
from flows.leerdialoog.sheet import Blad, sheet
from flows.logboek import in_findings, processing
from flows.outputs import replace_file
from flows.report.template import fill
from flows.settings import Workplace
from matching.rule import all_rules
from store.casebook import Casebook
from worklist.known import toetsen_of

console = Console()
_YEAR: Final = timedelta(days=365)
#: Fewer than this are not told by their number.
_FEW: Final = 10


def leerdialoog(
    aantal: Annotated[int, typer.Option(help="Hoeveel casussen per grond.", min=1, max=20)] = 2,
    sinds: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Vanaf deze nacht; standaard een jaar.")
    ] = None,
    zaad: Annotated[
        int | None, typer.Option(help="Het lot; standaard het jaar en de maand van de laatste nacht.", min=0)
    ] = None,
    uit: Annotated[
        Path | None,
        typer.Option(help="Waar de bladen komen; standaard uitvoer/leerdialoog.html in de werkmap.", dir_okay=False),
    ] = None,
    map_: Annotated[Path, typer.Option("--map", help="Werkmap van de nachten.", file_okay=False)] = Path(),
) -> None:
    """Trek casussen om van te leren, en maak er bladen van zonder namen of nummers.

    Vier gronden: vaak terug, anders beslist, bezwaar gegrond, lang in twijfel. Het lot
    kiest; afgeschermde dossiers doen nooit mee. Een casus per bladzijde.

    Voorbeeld: [bold]tijdig report leerdialoog --aantal 2 --uit leerdialoog.html[/bold]
    """
    work = Workplace(map_)
    with kept_casebook(work) as casebook, processing(work, Activiteit.EVALUATIE, "casussen trekken") as step:
        last = casebook.last_recorded()
        since, seed = sinds.date() if sinds else last - _YEAR, 100 * last.year + last.month if zaad is None else zaad
        cases = casebook.worth_discussing(since, last)
        chosen = list(drawn(casebook, cases, aantal, seed))
        step.about(in_findings(found for _, found in chosen))
        sheets = _sheets(casebook, chosen, last)
    # In the work folder its term of keeping is heeded.
    place = work.folder / "uitvoer" / "leerdialoog.html" if uit is None else uit
    place.parent.mkdir(parents=True, exist_ok=True)
    replace_file(place, page(sheets, seed, since, last))
    _tell(cases, sheets, place)


def page(sheets: list[Blad], seed: int, since: date, last: date) -> str:
    """The sheets as HTML, one a printed page."""
    return fill("leerdialoog.html.j2", bladen=sheets, zaad=seed, sinds=since, tot=last)


def _sheets(casebook: Casebook, chosen: Sequence[tuple[Grond, Finding]], last: date) -> list[Blad]:
    toetsen = toetsen_of(casebook, [found for _, found in chosen], last)
    rules = {rule.rule_id: rule for rule in all_rules()}
    return [
        sheet(casebook, found, toetsen[found.signaal_id], grond, letter(place), rules)
        for place, (grond, found) in enumerate(chosen)
    ]


def _tell(cases: Mapping[Grond, Mapping[str, str]], sheets: list[Blad], uit: Path) -> None:
    for grond, found in cases.items():
        many = f"minder dan {_FEW}" if 0 < len(found) < _FEW else number(len(found))
        got = sum(one.grond == GROND_ZIN[grond] for one in sheets)
        _say(f"{GROND_ZIN[grond]} {got} getrokken, uit {many}.")
    _say(f"{number(len(sheets))} bladen: {uit}" if sheets else f"Er is geen casus om over te praten: {uit}")
    _say("Gepseudonimiseerd, niet anoniem: na het gesprek weg ermee.")


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
