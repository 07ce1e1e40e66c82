"""``tijdig language``: what the language gate says of a message or a text, for who writes or approves letters."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from contracts.errors import TijdigError
from contracts.notice import House
from flows import present_language
from flows.present_language import Judged
from flows.preview_samples import sample_emails, sample_letters, sample_texts
from flows.settings import Workplace
from notifications import template
from notifications.language import Allowed, aanhef_of, judge, judge_notice, lines_of

console = Console()
_FAILS = 1


def tell_language(
    tekst: Annotated[
        str | None, typer.Argument(help="Een bericht op naam, een tekstbestand, of - om te lezen wat u intypt.")
    ] = None,
    map_: Annotated[
        Path, typer.Option("--map", help="Werkmap: haar instelling `huis` staat in de berichten.", file_okay=False)
    ] = Path(),
) -> None:
    """Toets of een tekst gewone taal is: kort, warm, zonder dreiging, belofte of naam van een ander.

    Zonder TEKST: alle berichten in een tabel. In een bestand staat tussen twee
    alinea's een lege regel; de naam in de aanhef mag in de tekst staan.

    Uitkomst 0: de tekst mag zo; 1: er staat iets in de weg; 2: er is niets te lezen.

    Voorbeeld: [bold]tijdig language kostendeler_erbij[/bold]
    of: [bold]tijdig language brief.txt[/bold]
    """
    house = Workplace(map_).settings.huis
    known = {one.naam: one for one in _on_file(house)}
    if tekst is None:
        judged = [*known.values()]
        present_language.table(console, judged)
    else:
        judged = [known[tekst] if tekst in known else _text(tekst, house)]
        present_language.one(console, judged[0])
    if not all(one.verdict.clear for one in judged):
        raise typer.Exit(_FAILS)


def _on_file(house: House) -> Iterator[Judged]:
    """Every message on file, each as a made-up inwoner would get it."""
    for sample in (*sample_letters(house), *sample_emails(house)):
        text = template.load(sample.notice.bericht)
        yield Judged(text.bericht, text.vorm, f"{text.versie}", judge_notice(sample.notice, house))
    for bericht, words in sample_texts(house).items():
        verdict = judge((words,), Allowed.of_house(house))
        yield Judged(bericht, "sms", f"{template.load(bericht).versie}", verdict)


def _text(name: str, house: House) -> Judged:
    text = _read(name)
    if not text.strip():
        raise TijdigError("There is no text.", where=name, todo="Write what the letter says, then try again.")
    allowed = Allowed.of_house(house).with_reader(aanhef_of(text))
    return Judged("invoer" if name == "-" else name, "tekst", "", judge(lines_of(text), allowed))


def _read(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        todo = "Name a text file, or a message; `tijdig language` lists them."
        raise TijdigError("There is no such message or file.", where=name, todo=todo) from error
    except UnicodeDecodeError as error:
        raise TijdigError("A file is no plain text.", where=name, todo="Save it as plain text in UTF-8.") from error
