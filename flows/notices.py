"""``tijdig notices``: the messages to inwoners."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape

from contracts.dutch import calendar_date
from contracts.errors import SettingsError
from contracts.message import STAND_ZIN
from contracts.verwerkingen import Activiteit
from flows.casebook import kept_casebook
from flows.chosen import read_kenmerken
from flows.contact_history import as_json, history_of, told
from flows.logboek import in_dossiers, processing
from flows.prefect_here import prepare_prefect
from flows.present import today
from flows.productie import require_ready
from flows.report.words import counted
from flows.secret import secret
from flows.settings import Workplace
from store.casebook.tables import BY_HAND_HELD

ZONE: Final = ZoneInfo("Europe/Amsterdam")
app = typer.Typer(no_args_is_help=True, help="De berichten aan inwoners: brief, e-mail en sms.")
console = Console()

Map = Annotated[Path, typer.Option("--map", help="Werkmap met leveringen/, gegevens/ en uitvoer/.", file_okay=False)]
Formulier = Annotated[
    bool, typer.Option("--formulier", help="Met het antwoordformulier, ook als dat in de instellingen uit staat.")
]


@app.command()
def preview(
    map_: Annotated[Path, typer.Option("--map", help="Waarheen.", file_okay=False)] = Path("uitvoer", "voorbeelden"),
    werkmap: Annotated[
        Path, typer.Option(help="Werkmap; haar tijdig.toml zegt hoe de dienst zich voorstelt.", file_okay=False)
    ] = Path(),
    *,
    formulier: Formulier = False,
) -> None:
    """Maak van elk bericht een voorbeeld, in elke vorm, en een bladzijde om ze naast elkaar te bekijken.

    Alle mensen erin zijn verzonnen.

    Voorbeeld: [bold]tijdig notices preview --map voorbeelden --formulier[/bold]
    """
    from flows.preview import write_preview  # noqa: PLC0415 - the layouts are loaded when they are needed

    house = Workplace(werkmap).settings.huis
    page = write_preview(map_, house.model_copy(update={"antwoordformulier": formulier or house.antwoordformulier}))
    console.print(f"Open {page} in een browser.", highlight=False, soft_wrap=True)


@app.command()
def deliver(map_: Map = Path()) -> None:
    """Bezorg wat klaarligt: haal terug wat niet meer waar is, publiceer, verstuur, en vraag na wat onzeker is.

    De nacht doet dit ook. Vaker kan geen kwaad: elk bericht gaat één keer.

    Voorbeeld: [bold]tijdig notices deliver --map /srv/tijdig/voorbeeldstad[/bold]
    """
    work = Workplace(map_)
    require_ready(work, today())
    prepare_prefect(work)
    from flows.delivery import delivery  # noqa: PLC0415 - Prefect reads its settings when it is imported

    done = delivery(werkmap=work.folder)
    _say(f"{counted(done.gepubliceerd, 'brief ligt', 'brieven liggen')} in de printmap van de laatste nacht.")
    if done.gepost:
        _say(f"Van {counted(done.gepost, 'brief', 'brieven')} is bevestigd dat hij gepost is.")
    for kanaal, lots in done.per_kanaal.items():
        for lot, count in sorted(lots.items()):
            _say(f"{kanaal}: {counted(count, 'bericht', 'berichten')} {lot.replace('_', ' ')}.")
    if done.bezorgd or done.niet_bezorgd:
        _say(f"Nagevraagd: {done.bezorgd} bezorgd, {done.niet_bezorgd} niet; daarvoor is er een taak.")
    for lot, count in sorted(done.openklant.taken.items()):
        _say(f"Open Klant: {counted(count, 'taak', 'taken')} {lot.replace('_', ' ')}.")
    for stand, count in sorted(done.openklant.gelezen.items()):
        _say(f"Open Klant nagelezen: {counted(count, 'taak', 'taken')} {stand.replace('_', ' ')}.")
    for trouble in done.storingen:
        console.print(f"[bold yellow]Let op:[/] {escape(trouble.wat)} ({escape(trouble.waar)}) {escape(trouble.doen)}")
    if done.storingen:
        raise typer.Exit(3)


@app.command()
def stand(map_: Map = Path()) -> None:
    """Toon hoeveel berichten er zijn, per kanaal en per status.

    Voorbeeld: [bold]tijdig notices stand[/bold]
    """
    with kept_casebook(Workplace(map_)) as casebook:
        counts = casebook.counts()
    for (kanaal, status), count in sorted(counts.items()):
        _say(f"{kanaal:<10} {status:<17} {count:>7}  {STAND_ZIN[status]}")
    if not counts:
        _say("Er is nog geen bericht.")


@app.command()
def toon(
    wie: Annotated[str, typer.Argument(help="Een dossiernummer, of het kenmerk van een bericht.")],
    map_: Map = Path(),
    als_json: Annotated[bool, typer.Option("--json", help="Als JSON.")] = False,  # noqa: FBT002
) -> None:
    """Toon de contactgeschiedenis van een dossier: elk bericht en hoever het kwam, en elk gesprek.

    Voorbeeld: [bold]tijdig notices toon N-4F7K2M9QAB[/bold]
    """
    work = Workplace(map_)
    with kept_casebook(work) as casebook, processing(work, Activiteit.BERICHTEN, "contactgeschiedenis tonen") as step:
        found = history_of(casebook, wie)
        step.about(in_dossiers([found["dossiernummer"]]))
    if als_json:
        typer.echo(as_json(found))
        return
    for line in told(found):
        _say(line)


@app.command()
def gepost(
    nacht: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="De nacht van de printmap.")],
    op: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="De dag van posten; standaard vandaag.")
    ] = None,
    map_: Map = Path(),
) -> None:
    """Bevestig dat u de brieven van een nacht zelf op de post deed: alle die in de printmap lagen en niet terug zijn.

    Voorbeeld: [bold]tijdig notices gepost --nacht 2026-11-03[/bold]
    """
    from flows.mailroom import posted_by_hand  # noqa: PLC0415

    day = op.date() if op else None
    count, on = posted_by_hand(Workplace(map_), nacht.date(), day)
    _say(f"{counted(count, 'brief is', 'brieven zijn')} gepost op {calendar_date(on)}.")


@app.command()
def vasthouden(
    sinds: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d"], help="Vanaf wanneer niet bekend is wat er al ging."),
    ],
    door: Annotated[str, typer.Option(help="Wie dit beslist.")],
    map_: Map = Path(),
) -> None:
    """Houd alle berichten vast tot iemand ze vrijgeeft. Na `tijdig restore` gebeurt dit vanzelf.

    Voorbeeld: [bold]tijdig notices vasthouden --sinds 2026-11-03 --door "K. de Wit"[/bold]
    """
    moment = sinds.replace(tzinfo=ZONE)
    with kept_casebook(Workplace(map_)) as casebook:
        casebook.hold_notices(moment, BY_HAND_HELD, door, datetime.now(UTC))
    _say("Er gaat niets meer uit, tot iemand de berichten vrijgeeft: tijdig notices vrijgeven.")


@app.command()
def vastgehouden(map_: Map = Path()) -> None:
    """Toon sinds wanneer berichten vastgehouden worden, en welke wachten. Leg die naast wat er al ging.

    Voorbeeld: [bold]tijdig notices vastgehouden[/bold]
    """
    with kept_casebook(Workplace(map_)) as casebook:
        held, rows = casebook.held(), casebook.waiting_notices()
    if held is None:
        _say("Er worden geen berichten vastgehouden.")
        return
    _say(
        f"Vastgehouden door {held.door}. "
        f"Wat er sinds {held.sinds.astimezone(ZONE):%d-%m-%Y %H:%M} ging, weet Tijdig niet."
    )
    for row in rows:
        lot = "gaat nog" if row.inhoud_hash is None else "ging mogelijk al"
        _say(f"{row.kenmerk}  {row.nacht:%d-%m-%Y}  {row.kanaal:<10} {row.dossiernummer:<14} {lot}")
    _say(f"{counted(len(rows), 'bericht wacht', 'berichten wachten')}.")


@app.command()
def vrijgeven(
    door: Annotated[str, typer.Option(help="Wie dit beslist.")],
    al_verstuurd: Annotated[
        list[Path] | None,
        typer.Option(
            help="Wat al ging en niet nog eens mag: regels `kenmerk` of `kenmerk;2026-11-04`, of manifest.jsonl van "
            "een printmap. Mag vaker.",
            dir_okay=False,
        ),
    ] = None,
    opnieuw: Annotated[
        list[Path] | None,
        typer.Option(help="Brieven die klaarlagen en zeker niet gingen: die worden opnieuw gemaakt.", dir_okay=False),
    ] = None,
    map_: Map = Path(),
) -> None:
    """Laat vastgehouden berichten weer gaan. Wat al ging, gaat niet nog eens als u het noemt.

    Voorbeeld: [bold]tijdig notices vrijgeven --door "K. de Wit" --al-verstuurd gegaan.txt[/bold]
    """
    with kept_casebook(Workplace(map_)) as casebook:
        held = casebook.held()
        day = held.sinds.astimezone(ZONE).date() if held else None
        gone = {kenmerk: one or day for path in al_verstuurd or () for kenmerk, one in read_kenmerken(path).items()}
        again = {kenmerk for path in opnieuw or () for kenmerk in read_kenmerken(path)}
        freed = casebook.free_notices(door, datetime.now(UTC), {k: d for k, d in gone.items() if d}, again)
    _say("De berichten zijn vrij. Ze gaan met de volgende nacht, of nu met: tijdig notices deliver.")
    _say(
        f"Al gegaan, en niet nog eens: {counted(freed.gegaan, 'bericht', 'berichten')}. "
        f"Opnieuw te maken: {counted(freed.opnieuw, 'brief', 'brieven')}."
    )
    if freed.onbekend:
        _say("Hier niet bekend, of al afgehandeld. Laat een consulent kijken of iemand gebeld moet worden:")
    for kenmerk in freed.onbekend:
        _say(f"  {kenmerk}")


@app.command()
def luister(
    map_: Map = Path(),
    adres: Annotated[str, typer.Option(help="Waarop te luisteren.")] = "127.0.0.1",
    poort: Annotated[int, typer.Option(min=1, max=65535)] = 8087,
) -> None:
    """Luister naar wat NotifyNL terugmeldt: POST /notifynl. Zet hem achter uw eigen https. Stop met Ctrl-C.

    Het geheim staat in TIJDIG_NOTIFYNL_TERUGMELDSLEUTEL, en bij NotifyNL als bearer token.
    """
    import uvicorn  # noqa: PLC0415

    from flows.callback import callback_app  # noqa: PLC0415

    key = secret("notifynl_terugmeldsleutel")
    if not key or len(key) < 16:  # noqa: PLR2004
        raise SettingsError(
            "The secret for callbacks is missing, or too short.", where="TIJDIG_NOTIFYNL_TERUGMELDSLEUTEL",
            todo="Set one of at least 16 characters.",
        )  # fmt: skip
    with kept_casebook(Workplace(map_)):
        pass  # there is one, and of this release
    _say(f"Luistert op http://{adres}:{poort}/notifynl. Stop met Ctrl-C.")
    uvicorn.run(callback_app(Workplace(map_), key), host=adres, port=poort, log_level="warning", access_log=False)


def _say(line: str) -> None:
    console.print(line, highlight=False, soft_wrap=True, markup=False)
