"""``tijdig mkba``: what three ways to deal with one difference cost whom, for a consulent, manager or jurist."""

from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import field_validator
from rich.console import Console

from advice.mkba import Berekend, Geval, Kant, mkba
from contracts.bands import bands_on
from contracts.errors import TijdigError
from contracts.finding import Finding
from contracts.parameters import refuse_unseen
from contracts.verwerkingen import Activiteit
from flows import present_mkba, present_signaal
from flows.facts_file import fitting, read_facts
from flows.logboek import handling
from flows.mkba_chart import chart
from flows.settings import Workplace

Beperkt = Annotated[bool, typer.Option("--beperkt", help="Ook van een signaal dat maar een beperkte groep mag kennen.")]
console = Console()
_EXAMPLE = "tijdig mkba --voorbeeld"


class _Feiten(Geval):
    """A case as people write it: amounts in euro."""

    @field_validator("per_maand", mode="before")
    @classmethod
    def _in_cents(cls, ends: Any) -> Any:  # noqa: ANN401 - whatever the file says
        if not isinstance(ends, list) or not all(isinstance(end, int | float) for end in ends):
            return ends
        return tuple(Decimal(str(end)) * 100 for end in ends)


def tell_mkba(  # noqa: PLR0913, PLR0917 - each is an option
    signaal_id: Annotated[str | None, typer.Argument(help="Een signaal_id uit signalen.jsonl.")] = None,
    feiten: Annotated[
        Path | None, typer.Option(help="Een verzonnen geval in een bestand (YAML); zie --voorbeeld.", dir_okay=False)
    ] = None,
    map_: Annotated[Path, typer.Option("--map", help="Werkmap.", file_okay=False)] = Path(),
    kant: Annotated[Kant, typer.Option(help="Van wie getoond wordt wat het verschil maakt.")] = Kant.SAMEN,
    posten: Annotated[bool, typer.Option("--posten", help="Toon ook elke post.")] = False,  # noqa: FBT002
    als_json: Annotated[bool, typer.Option("--json", help="Als JSON, met bedragen in centen.")] = False,  # noqa: FBT002
    svg: Annotated[Path | None, typer.Option(help="Schrijf de grafiek als plaatje.", dir_okay=False)] = None,
    beperkt: Beperkt = False,  # noqa: FBT002
    voorbeeld: Annotated[bool, typer.Option("--voorbeeld", help="Toon een bestand met een geval.")] = False,  # noqa: FBT002
) -> None:
    """Vergelijk wat drie manieren van omgaan met één verschil kosten, en voor wie.

    Niets doen, repressief handhaven of sociaal handhaven; elk bedrag met zijn
    bandbreedte. Het gaat over een verschil en nooit over een mens.

    Voorbeeld: [bold]tijdig mkba SIGNAAL-ID --svg mkba.svg[/bold]
    Een verzonnen geval: [bold]tijdig mkba --voorbeeld > geval.yaml[/bold], pas aan,
    en dan [bold]tijdig mkba --feiten geval.yaml[/bold]
    """
    if voorbeeld:
        typer.echo(resources.files("flows").joinpath("mkba_voorbeeld.yaml").read_text(encoding="utf-8"), nl=False)
        return
    if (signaal_id is None) is (feiten is None):
        raise TijdigError(
            "Name one finding, or a file with a case.", where="mkba", todo="Give a signaal_id or --feiten."
        )
    work = Workplace(map_)
    if feiten:
        case: Geval | None = as_case(read_facts(feiten, _EXAMPLE), feiten.name)
    else:
        case = _of_finding(work, str(signaal_id), beperkt=beperkt)
    if case is None:
        present_signaal.restricted(console)
        return
    found = mkba(case, bands_on(case.peildatum))
    if isinstance(found, Berekend) and work.settings.productie:
        refuse_unseen(found.gebruikt)
    if als_json:
        typer.echo(found.model_dump_json(indent=2))
    else:
        present_mkba.outcome(console, found, kant, items=posten)
    if svg is not None and isinstance(found, Berekend):
        svg.write_text(str(chart(found)), encoding="utf-8")


def as_case(facts: object, where: str) -> Geval:
    """A case as people write it, with amounts in euro.

    Raises:
        TijdigError: it does not fit.
    """
    todo = f"Amounts are in euro, the lowest first; see `{_EXAMPLE}`."
    return fitting(_Feiten, facts, where, todo)


def _of_finding(work: Workplace, signaal_id: str, *, beperkt: bool) -> Geval | None:
    """The case of a finding; None where only few may know of it."""
    with handling(work, signaal_id, "kosten en baten uitrekenen", Activiteit.VERANTWOORDING) as casebook:
        finding = Finding.model_validate(casebook.get(signaal_id).inhoud)
    if finding.beperkt and not beperkt:
        return None
    settings = work.settings
    return Geval.of(
        finding, herziening_maanden=settings.herziening_maanden, horizon_maanden=settings.mkba_horizon_maanden
    )
