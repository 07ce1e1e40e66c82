"""What the console shows of an MKBA: bands, what makes the difference, break-even, and what is not sure."""

from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Column, Table

from advice.mkba import Band, Berekend, Kant, Mkba, NietBerekend, Scenario, Verschil
from contracts.dutch import calendar_date
from contracts.parameters import Status
from flows.mkba_words import KANT, OMSLAG, POST, SCENARIO, break_even, ends, subject, whole

#: Drivers that are shown.
_DRIVERS = 6
_OTHERS = (Scenario.GEEN, Scenario.REPRESSIEF)


def outcome(console: Console, found: Mkba, kant: Kant, *, items: bool) -> None:
    """An MKBA, with the drivers of one side; ``items`` = every item too. Or why there is none."""
    if isinstance(found, NietBerekend):
        _say(console, f"Van dit verschil kan geen MKBA gemaakt worden. {found.waarom}")
        return
    _say(console, *_about(found))
    tables = [_totals(found), *([_items(found)] if items else []), _differences(found)]
    _show(console, tables)
    _say(console, *_break_even(found))
    _show(console, [_drivers(found.verschil(other, kant)) for other in _compared(found)])
    _say(console, *_unsure(found))


def _show(console: Console, tables: list[Table]) -> None:
    for table in tables:
        console.print(table)
        console.print()


def _break_even(found: Berekend) -> Iterator[str]:
    yield f"Omslag. {OMSLAG}"
    yield from (f"- {KANT[one.kant]}: {break_even(one)}." for one in found.omslagen)
    yield ""


def _about(found: Berekend) -> Iterator[str]:
    case = found.geval
    yield subject(case)
    since, ahead = calendar_date(case.peildatum), case.horizon_maanden
    yield f"Geteld vanaf {since}, {ahead} maanden vooruit, met wat al voorbij is."
    yield "Boven nul kost het, onder nul levert het op. Hele euro's; onder elk bedrag de bandbreedte."
    if not case.te_veel:
        yield "Repressief handhaven kijkt niet naar wat een inwoner misloopt: het is hier gelijk aan geen interventie."
    yield ""


def _totals(found: Berekend) -> Table:
    table = _table("Wat het kost, en wie", "", *(SCENARIO[one.scenario] for one in found.uitkomsten))
    for kant in Kant:
        table.add_row(KANT[kant], *(_cell(one.totaal[kant]) for one in found.uitkomsten))
    return table


def _items(found: Berekend) -> Table:
    table = _table("Elke post", "post, voor wie", *(SCENARIO[scenario] for scenario in Scenario))
    bands = {(one.scenario, line.post, line.partij): line for one in found.uitkomsten for line in one.posten}
    for post, partij in sorted({key[1:] for key in bands}, key=_place):
        cells = [bands.get((scenario, post, partij)) for scenario in Scenario]
        name = f"{POST[post]}\n[dim]{KANT[partij]}, {post.soort}[/dim]"
        table.add_row(name, *(_cell(cell.band) if cell else "" for cell in cells))
    return table


def _place(key: tuple[object, object]) -> tuple[int, int]:
    post, partij = key
    return list(POST).index(post), list(KANT).index(partij)  # type: ignore[arg-type]


def _differences(found: Berekend) -> Table:
    others = _compared(found)
    names = (f"min {SCENARIO[other]}" for other in others)
    table = _table("Sociaal handhaven min het andere: onder nul is het goedkoper", "", *names)
    for kant in Kant:
        table.add_row(KANT[kant], *(_cell(found.verschil(other, kant).band) for other in others))
    return table


def _compared(found: Berekend) -> tuple[Scenario, ...]:
    """Where too little is paid, repressief handhaven is the same as doing nothing."""
    return _OTHERS if found.geval.te_veel else (Scenario.GEEN,)


def _drivers(found: Verschil) -> Table:
    title = f"Wat het verschil met {SCENARIO[found.met]} maakt ({KANT[found.kant]})"
    table = _table(title, "parameter", "verschil als alleen dit verandert")
    for one in found.drijvers[:_DRIVERS]:
        table.add_row(one.naam, f"{whole(one.laag)} tot {whole(one.hoog)}")
    left = len(found.drijvers) - _DRIVERS
    table.caption = f"En {left} die minder uitmaken; zie --json." if left > 0 else None
    return table


def _unsure(found: Berekend) -> Iterator[str]:
    unsure = [one.naam for one in found.gebruikt if one.status is not Status.GEZIEN]
    yield f"{len(unsure)} van de {len(found.gebruikt)} parameters zijn nog te bevestigen; zie docs/mkba.md."
    yield "Dit gaat over geld en over één verschil. Het zegt niets over de inwoner, en beslist niets."


def _cell(band: Band) -> str:
    return f"{whole(band.basis)}\n[dim]{ends(band)}[/dim]"


def _table(title: str, first: str, *numbers: str) -> Table:
    columns = (Column(first), *(Column(name, justify="right") for name in numbers))
    return Table(
        *columns, title=title, title_justify="left", title_style="bold", caption_justify="left", box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0), show_edge=False,
    )  # fmt: skip


def _say(console: Console, *lines: str) -> None:
    console.print("\n".join(lines), markup=False, highlight=False)
