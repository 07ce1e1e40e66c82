"""Makes the pictures of the handbook from the demo gemeente: python docs/plaatjes/maak.py (or make pictures).

Everybody in them is made up. The demo is made in a folder that is thrown away, unless --map names one of
`tijdig demo`; then its passwords are new afterwards. Needs Chromium: /usr/bin/chromium, or where CHROMIUM says.
"""

import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.text import Text

from flows import present
from flows.casebook import open_casebook
from flows.demo.accounts import make_accounts
from flows.demo.generate import PEILDATUM
from flows.serve_worklist import application_of
from flows.settings import Workplace

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
_COLOURS = 64
_WIDTH, _HEIGHT = 1200, 760
_COLUMNS = 120


class Picture(NamedTuple):
    """A page of the worklist: its path below the task (None = the list), and what is done and shown there."""

    naam: str
    path: str | None
    show: Callable[[Page], Any] | None = None
    height: int = _HEIGHT
    width: int = 1200


def _to(selector: str) -> Callable[[Page], None]:
    """Scroll there."""

    def scroll(page: Page) -> None:
        page.locator(selector).first.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top - 24)")

    return scroll


def _closing(page: Page) -> None:
    """Open the three questions of the form that closes a task, and go there."""
    page.locator("details.blok").last.evaluate("one => { one.open = true }")
    _to("details.blok >> nth=-1")(page)


PICTURES = (
    Picture("werklijst-lijst", None),
    Picture("werklijst-taak", "", height=1480),
    Picture("werklijst-gesprek", "", _to("#k-gesprek"), 610, 860),
    Picture("werklijst-drie-vragen", "", _to("#k-drie"), 700, 860),
    Picture("werklijst-contact", "/contact", height=590, width=860),
    Picture("werklijst-afronden", "/afronden", height=600, width=860),
    Picture("werklijst-oordeel", "/afronden", _closing, 800, 860),
)


def main(
    map_: Annotated[Path | None, typer.Option("--map", help="Werkmap van een demo; standaard een nieuwe.")] = None,
) -> None:
    """Maak de plaatjes van het handboek opnieuw."""
    with tempfile.TemporaryDirectory(prefix="tijdig-plaatjes-") as fresh:
        folder = map_ or Path(fresh)
        if map_ is None:
            _tijdig(folder, "demo", "--huishoudens", "550", "--inwoners", "6500")
        _console_pictures(Path(fresh) / "eigendorp")
        work = Workplace(folder)
        # The pages count from the day of the demo, whenever this runs.
        present.today = lambda: PEILDATUM
        with open_casebook(work) as casebook:
            password = make_accounts(casebook)
            with _served(application_of(work, casebook)) as address, sync_playwright() as started:
                browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT}, locale="nl-NL")
                _worklist_pictures(page, address, password)
                page.goto((work.uitvoer(PEILDATUM) / "verslag.html").resolve().as_uri())
                _keep(page, "verslag-boven", 900)
                browser.close()


def _tijdig(folder: Path, *words: str) -> str:
    """What a command prints, run in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"COLUMNS": str(_COLUMNS)}
    done = subprocess.run(
        [sys.executable, "-c", "from flows.cli import main; main()", *words],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode > 1:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


def _console_pictures(folder: Path) -> None:
    """What a beheerder sees who begins: the work folder is made, and the doctor says what is missing."""
    made = _tijdig(folder, "init", "--gemeente", "Eigendorp", "--werkgebied", "9901")
    _draw("init", "tijdig init --gemeente Eigendorp --werkgebied 9901", made)
    _draw("doctor", "tijdig doctor", _tijdig(folder, "doctor"))


def _draw(naam: str, command: str, output: str) -> None:
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), legacy_windows=False)
    console.print(Text(f"$ {command}", style="bold"))
    console.print(Text(output.rstrip()))
    # Without the id that differs each time, and without fonts from elsewhere.
    svg = console.export_svg(title="tijdig", unique_id=f"tijdig-{naam}")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    (HERE / f"{naam}.svg").write_text(svg, encoding="utf-8")


def _worklist_pictures(page: Page, address: str, password: str) -> None:
    page.goto(f"{address}/inloggen")
    page.fill("#gebruiker", "c-01")
    _keep(page, "werklijst-inloggen", 430, 860)
    page.fill("#wachtwoord", password)
    page.click("main button[type=submit]")
    page.goto(f"{address}/?bak=team&regel=R01")
    certain = page.locator("li.taak", has_not_text="koppeling")
    task = certain.locator(".taak__titel a").first.get_attribute("href")
    page.goto(f"{address}{task}")
    if page.locator("text=Oppakken").count():  # where these were made before they have it already
        page.click("text=Oppakken")
    for one in PICTURES:
        page.set_viewport_size({"width": _WIDTH, "height": one.height})
        page.goto(address if one.path is None else f"{address}{task}{one.path}")
        if one.show is not None:
            one.show(page)
        _keep(page, one.naam, one.height, one.width)


def _keep(page: Page, naam: str, height: int, width: int = _WIDTH) -> None:
    """Keep what the window shows, in few colours: a page has no more."""
    page.set_viewport_size({"width": _WIDTH, "height": height})
    page.wait_for_timeout(200)
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    image = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(HERE / f"{naam}.png", optimize=True)


@contextmanager
def _served(app: Any) -> Iterator[str]:
    """The worklist on a free port of this machine."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://localhost:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


if __name__ == "__main__":
    typer.run(main)
