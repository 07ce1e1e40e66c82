"""The pages in a real browser: with and without script, by keyboard, on a desk and a phone, and held against axe.

Needs Chromium at ``/usr/bin/chromium`` (or where ``CHROMIUM`` says); without one these tests are skipped.
"""

import os
import socket
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from tests.worklist.desk import ANNA, TODAY, Desk
from tests.worklist.test_sessions import KEPT, PASSWORD, Door

sync_api = pytest.importorskip("playwright.sync_api")
axe_playwright = pytest.importorskip("axe_playwright_python.sync_playwright")

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no Chromium at {CHROMIUM}"),
]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
#: 1280 pixels at 400 %.
NARROW = {"width": 320, "height": 800}
SOON = f"{TODAY:%Y}-12-01"


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def served(app):
    """An application over HTTP, on a free port of this machine."""
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


@pytest.fixture
def address(desk):
    """Where the pages are."""
    with served(desk.app) as address:
        yield address


def opens(browser, address, **how):
    """A page that fails the test at any error of its own, and at anything a strict CSP refuses."""
    context = browser.new_context(**{"viewport": DESK, "locale": "nl-NL", "base_url": address} | how)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda said: page.wrong.append(said.text) if "Security Policy" in said.text else None)
    return page


def shows(page, text):
    """Wait until a page says this."""
    sync_api.expect(page.get_by_text(text).first).to_be_visible()


def walk(page, desk: Desk):
    """A morning: the list, a task, and everything that is done with it."""
    page.goto("/")
    page.get_by_role("link", name="Kostendeler erbij, dossier D-100").click()
    page.get_by_role("button", name="Oppakken").click()
    shows(page, "U heeft de taak opgepakt.")
    page.get_by_role("link", name="Lees de brief").click()
    shows(page, "Voorbeeld van de brief")
    page.get_by_role("link", name="Terug naar de taak").click()

    page.get_by_role("link", name="Een collega vragen").click()
    page.get_by_label("De jurist").check()
    page.get_by_label("Wat is uw vraag?").fill("Telt een huurder mee?")
    page.get_by_role("button", name="Een collega vragen").click()
    shows(page, "Er is nog geen antwoord.")

    page.get_by_role("link", name="Contact noteren").click()
    page.get_by_role("button", name="Contact noteren").click()
    page.get_by_role("link", name="Schrijf kort op wat er is besproken.").click()
    sync_api.expect(page.locator("#tekst")).to_be_focused()
    page.get_by_label("Wat is er besproken?").fill("Gebeld <b>en</b> uitgelegd.")
    page.get_by_role("button", name="Contact noteren").click()
    shows(page, "Gebeld <b>en</b> uitgelegd.")

    page.get_by_role("link", name="Uitstellen").click()
    page.get_by_label("Tot welke dag kan de taak wachten?").fill(SOON)
    page.get_by_label("Waarom kan de taak wachten?").fill("Wacht op het huurcontract.")
    page.get_by_role("button", name="Uitstellen").click()
    shows(page, "Uitgesteld tot 1 december 2026")

    page.get_by_role("link", name="Overdragen").click()
    page.get_by_label("Aan wie draagt u de taak over?").select_option(label="Bram Bakker")
    page.get_by_label("Wat moet de ander weten?").fill("Ik ben morgen vrij.")
    page.get_by_role("button", name="Overdragen").click()
    shows(page, "De taak is overgedragen.")

    page.get_by_role("link", name="Afronden").click()
    page.get_by_label("De administratie is aangepast.").check()
    page.get_by_label("Wat verandert er per maand, in euro?").fill("-85,50")
    page.get_by_text("De drie vragen beantwoorden").click()
    page.get_by_label("Nee, dat kon de inwoner niet weten").check()
    page.get_by_label("Context en perspectief").fill("Dacht dat de gemeente het doorgaf.")
    page.get_by_label("Maatschappelijke impact").fill("Nu nog klein.")
    page.get_by_role("button", name="Afronden").click()
    shows(page, "De taak is afgerond. Dank u wel.")
    assert page.get_by_role("link", name="Afronden").count() == 0
    assert [one.wat for one in desk.casebook.events_of(desk.task("anna"))] == [
        "opgepakt", "gevraagd", "contact", "uitgesteld", "overgedragen", "afgerond"
    ]  # fmt: skip
    assert desk.casebook.outcomes_of("S-R01-anna")[0].effect_cent == -8_550


@pytest.mark.parametrize(
    "how",
    [{}, {"java_script_enabled": False}, {"viewport": PHONE}],
    ids=["with script", "without script", "on a phone"],
)
def test_a_morning_of_work(browser, address, desk, how):
    page = opens(browser, address, **how)
    walk(page, desk)
    assert page.wrong == []


def tab_to(page, name):
    """Go on with the tab key until something with this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "(() => { const e = document.activeElement; return (e.labels && e.labels[0] || e).innerText || ''; })()"
        )
        if here.strip().startswith(name):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    pytest.fail(f"nothing named {name} gets the focus")


def test_by_keyboard_alone(browser, address, desk):
    page = opens(browser, address)
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Naar de inhoud"
    page.keyboard.press("Enter")
    tab_to(page, "Kostendeler erbij, dossier D-100")
    page.keyboard.press("Enter")
    page.wait_for_url("**/taken/*")
    tab_to(page, "Afronden")
    page.keyboard.press("Enter")
    page.wait_for_url("**/afronden")
    tab_to(page, "Afronden")
    page.keyboard.press("Enter")
    page.wait_for_selector(".foutenlijst")
    assert page.evaluate("document.activeElement.className").endswith("foutenlijst")
    tab_to(page, "Kies hoe het eindigde.")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "uitkomst"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Afronden")
    page.keyboard.press("Enter")
    page.wait_for_url("**gedaan=afgerond*")
    assert desk.casebook.outcomes_of("S-R01-anna")[0].uitkomst == "al_bekend"


def test_the_filter_changes_the_list_alone_and_the_address(browser, address):
    page = opens(browser, address)
    page.goto("/?bak=team")
    page.evaluate("window.same = true")
    page.get_by_text("Zoeken en filteren").click()
    page.get_by_label("Soort werk").select_option(label="Helpen met de inschrijving")
    page.get_by_role("button", name="Toon taken").click()
    page.wait_for_url("**soort=hulp*")
    assert page.locator(".taak").count() == 1
    assert page.locator("#gevonden").inner_text() == "1 taak gevonden"
    assert page.evaluate("window.same")
    page.reload()
    assert page.locator(".taak").count() == 1
    assert page.wrong == []


def test_a_double_click_counts_once(browser, address, desk):
    page = opens(browser, address)
    page.goto(f"/taken/{desk.task('anna')}")
    page.get_by_role("button", name="Oppakken").dblclick()
    page.wait_for_url("**gedaan=*")
    assert [one.wat for one in desk.casebook.events_of(desk.task("anna"))] == ["opgepakt"]


def test_two_windows_close_the_same_task(browser, address, desk):
    first, second = opens(browser, address), opens(browser, address)
    second.context.add_cookies([{"name": "wie", "value": "bram", "url": address}])
    for page in (first, second):
        page.goto(f"/taken/{desk.task('anna')}/afronden")
        page.get_by_label("De dienst wist dit al.").check()
        page.get_by_label("Toelichting").fill("Mijn verhaal.")
    second.get_by_role("button", name="Afronden").click()
    second.wait_for_url("**gedaan=afgerond")
    first.get_by_role("button", name="Afronden").click()
    first.wait_for_selector(".getypt")
    shows(first, "Bram Bakker rondde de taak af.")
    assert first.locator(".getypt").first.inner_text() == "Mijn verhaal."


def test_a_session_that_ended_halfway_goes_on_in_the_same_window(browser, address, desk):
    page = opens(browser, address)
    page.goto(f"/taken/{desk.task('anna')}/contact")
    page.get_by_label("Wat is er besproken?").fill("Een lang verhaal.")
    desk.at(None)
    page.get_by_role("button", name="Contact noteren").click()
    shows(page, "U bent niet meer ingelogd")
    desk.token = "sessie-2"
    desk.at(ANNA)
    page.get_by_role("button", name="Ik ben weer ingelogd: ga verder").click()
    sync_api.expect(page.get_by_label("Wat is er besproken?")).to_have_value("Een lang verhaal.")
    page.get_by_role("button", name="Contact noteren").click()
    page.wait_for_url("**gedaan=contact")
    assert desk.casebook.events_of(desk.task("anna"))[0].tekst == "Een lang verhaal."


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_logging_in_to_logging_out(browser, desk, script):
    desk.casebook.keep_account(ANNA, KEPT)
    with served(Door(desk.casebook).app) as address:
        page = opens(browser, address, java_script_enabled=script)
        page.goto("/?bak=team")
        page.get_by_label("Gebruikersnaam").fill("anna")
        page.get_by_label("Wachtwoord").fill("vergeten")
        page.get_by_role("button", name="Inloggen").click()
        page.wait_for_selector("[role=alert]")
        if script:
            assert problems(page, axe_playwright.Axe(), "log in") == []
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("button", name="Inloggen").click()
        page.get_by_role("link", name="Kostendeler erbij, dossier D-100").click()
        page.get_by_role("button", name="Oppakken").click()
        shows(page, "U heeft de taak opgepakt.")
        page.get_by_role("button", name="Uitloggen").click()
        page.get_by_label("Gebruikersnaam").wait_for()
        page.goto("/")
        page.get_by_label("Gebruikersnaam").wait_for()
        assert page.wrong == []


def every_page(desk):
    """The address of each kind of page, and who looks at it."""
    task = desk.task("anna")
    desk.send("anna", "vragen", "a" * 32, aan="jurist", tekst="Telt een huurder mee?")
    desk.send("laat", "afronden", "b" * 32, uitkomst="aangepast", toelichting="Klaar.")
    forms = ("oppakken", "overdragen", "vragen", "uitstellen", "contact", "afronden", "heropenen")
    closed = desk.task("laat")
    return [
        ("anna", "/"), ("anna", "/?bak=team&soort=hulp"), ("anna", "/?bak=uitgesteld"), ("anna", "/?bak=onzin&gedaan=afgerond"),
        ("anna", f"/taken/{task}"), ("anna", f"/taken/{closed}"), ("anna", f"/taken/{task}/brief"),
        *(("anna", f"/taken/{task}/{form}") for form in forms), ("anna", f"/taken/{closed}/bezwaar"),
        ("joost", f"/taken/{task}"), ("joost", f"/taken/{task}/antwoorden"), ("bea", f"/taken/{closed}/heropenen"),
        ("anna", "/taken/T-NIETS"),
    ]  # fmt: skip


@pytest.mark.parametrize("view", [DESK, PHONE, NARROW], ids=["desk", "phone", "400 %"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(browser, address, desk, view):
    page = opens(browser, address, viewport=view)
    checker = axe_playwright.Axe()
    found = []
    for who, path in every_page(desk):
        page.context.add_cookies([{"name": "wie", "value": who, "url": address}])
        page.goto(path)
        found += problems(page, checker, path)
    page.context.add_cookies([{"name": "wie", "value": "anna", "url": address}])
    for form in ("afronden", "overdragen"):
        page.goto(f"/taken/{desk.task('anna')}/{form}")
        page.locator("main form button").click()
        page.wait_for_selector(".foutenlijst")
        found += problems(page, checker, f"{form}, with errors")
        assert (
            page.locator("details:not([open])").evaluate_all("all => all.forEach(one => { one.open = true; })") is None
        )
        found += problems(page, checker, f"{form}, all open")
    assert found == []
    assert page.wrong == []


def problems(page, checker, where):
    """What axe finds (WCAG 2.2 A and AA, and good practice), what is too wide, and what is too small to hit."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, nav a, .knop, summary')]
        .filter(e => e.checkVisibility()).map(e => [e.innerText || e.name, e.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.width < 24 || box.height < 24) && box.width !== 22.4).map(([name]) => name)"""
    )
    results = checker.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    said = [f"{where}: {one['id']}: {one['nodes'][0]['html'][:120]}" for one in results.response["violations"]]
    return [
        *said,
        *([f"{where}: {wide} px too wide"] if wide > 0 else []),
        *(f"{where}: small: {one}" for one in small),
    ]


def test_the_checks_of_a_page_find_what_is_wrong(browser):
    page = browser.new_page(viewport=PHONE)
    page.set_content(
        "<html><body><img src='x.png'><button style='width:9px;height:9px;padding:0'>x</button><p style='width:900px'>wide"
    )
    found = " ".join(problems(page, axe_playwright.Axe(), "here"))
    assert "image-alt" in found
    assert "px too wide" in found
    assert "here: small: x" in found
    page.close()


def test_without_the_style_a_page_is_plain_and_works(browser, desk, tmp_path):
    bare = Desk(desk.casebook, stijl=tmp_path)
    page = bare.get("/").text
    assert "htmx" not in page
    assert page.count('rel="stylesheet"') == 1
