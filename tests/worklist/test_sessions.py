"""Logging in and out: what a browser gets, what ends a session, and what does not come in."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from store.casebook.tables import session
from tests.worklist.desk import ANNA, BRAM, RULES, TODAY, opened, until
from worklist.app import create_app
from worklist.auth import Entrance, guard
from worklist.auth.entrance import within
from worklist.auth.limits import Limiter
from worklist.auth.passwords import fits, hash_password
from worklist.auth.sessions import Times
from worklist.services import Services

PASSWORD = "kalme-fiets-op-straat"
KEPT = hash_password(PASSWORD)
KEY = "k" * 64
STRANGER = "http://elders.example"


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self):
        self.moment = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

    def now(self):
        return self.moment

    def steady(self):
        return self.moment.timestamp()

    def later(self, **much):
        self.moment += timedelta(**much)


class Door:
    """The worklist with its way in, and a browser in front of it."""

    def __init__(self, casebook, *, local=True, **more):
        self.clock, self.casebook = Clock(), casebook
        self.base = "http://localhost" if local else "https://werklijst.example"
        entrance = Entrance(
            casebook=casebook, key=KEY, now=self.clock.now, hosts=("localhost", "werklijst.example"), local=local,
            times=Times(longest=8 * 3600, idle=1800), steady=self.clock.steady, **more,
        )  # fmt: skip
        browsers = entrance.browsers
        services = Services(
            casebook=casebook, today=lambda: TODAY, now=self.clock.now, identify=browsers.identify, csrf=browsers.csrf,
            csrf_ok=browsers.csrf_ok, collegas=casebook.accounts, regels=RULES, geldt_tot=until,
            look=lambda naam, found: None,
        )  # fmt: skip
        self.app = guard(create_app(services), entrance)
        self.client = self.browser()

    def browser(self):
        """Another browser."""
        return TestClient(self.app, base_url=self.base, follow_redirects=False)

    def log_in(self, name="anna", password=PASSWORD, client=None, **more):
        client = client or self.client
        token = field(client.get("/inloggen").text, "csrf")
        return client.post("/inloggen", data={"gebruiker": name, "wachtwoord": password, "csrf": token} | more)

    def cookie(self):
        return {one.name: one.value for one in self.client.cookies.jar}.get("tijdig")


def field(html, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    return found[1] if found else None


@pytest.fixture
def door(tmp_path):
    with opened(tmp_path) as casebook:
        casebook.keep_account(ANNA, KEPT)
        casebook.keep_account(BRAM)
        yield Door(casebook)


def task_of(door):
    rows, _ = door.casebook.about("S-R01-anna")
    return rows[0].taak_id


def audit(door):
    return [(row.wie, row.wat) for row in door.casebook.lines_about("inloggen")]


def test_nobody_sees_a_task_before_logging_in_and_then_goes_where_they_were_going(door):
    asked = f"/taken/{task_of(door)}"
    sent = door.client.get(asked)
    assert (sent.status_code, sent.headers["location"]) == (303, f"/inloggen?naar={asked}")
    page = door.client.get(sent.headers["location"])
    assert field(page.text, "naar") == asked
    entered = door.log_in(naar=asked)
    assert (entered.status_code, entered.headers["location"]) == (303, asked)
    shown = door.client.get(asked)
    assert shown.status_code == 200
    assert "Anna Jansen" in shown.text
    assert audit(door) == [("anna", "ingelogd")]


@pytest.mark.parametrize(
    ("name", "password"), [("anna", "mis"), ("niemand", PASSWORD), ("bram", ""), ("bram", PASSWORD), ("", "")]
)
def test_a_wrong_password_an_unknown_name_and_an_account_of_the_sign_on_read_the_same(door, name, password):
    refused = door.log_in(name, password)
    assert refused.status_code == 400
    assert "horen niet bij elkaar" in refused.text
    assert door.cookie() is None
    assert door.client.get("/").status_code == 303
    (line,) = audit(door)
    assert line == (name if name in ("anna", "bram") else "onbekend", "inloggen_geweigerd")


def test_the_cookie_says_nothing_and_no_script_or_other_site_gets_it(door):
    (kept,) = [one for one in door.log_in().headers.get_list("set-cookie") if one.startswith("tijdig=")]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(kept.split("; "))
    assert "Secure" not in kept
    assert re.fullmatch(r"tijdig=[\w-]{43}", kept.split("; ")[0])
    with door.casebook._engine.connect() as con:
        (row,) = con.execute(session.select())
    assert door.cookie() not in str(row), "who reads the table can't log in with it"


def test_outside_this_machine_the_cookie_goes_over_https_only(tmp_path):
    with opened(tmp_path) as casebook:
        casebook.keep_account(ANNA, KEPT)
        door = Door(casebook, local=False)
        answer = door.log_in()
        (kept,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith("__Host-tijdig=")]
        assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(kept.split("; "))
        assert "Domain" not in kept
        assert answer.headers["strict-transport-security"].startswith("max-age=63072000")


def test_logging_in_gives_another_number_and_the_old_one_is_worth_nothing(door):
    door.log_in()
    first = door.cookie()
    door.log_in()
    assert door.cookie() != first
    with door.browser() as other:
        other.cookies.set("tijdig", first)
        assert other.get("/").status_code == 303


def test_a_number_that_somebody_put_into_a_browser_is_not_taken_over(door):
    door.client.cookies.set("tijdig", "van-iemand-anders", domain="localhost.local")
    answer = door.log_in()
    assert "van-iemand-anders" not in str(answer.headers.get_list("set-cookie"))


def test_who_logs_out_is_out_everywhere(door):
    door.log_in()
    copied = door.cookie()
    token = field(door.client.get("/").text, "csrf")
    left = door.client.post("/uitloggen", data={"csrf": token})
    assert left.headers["location"] == "/inloggen?uit=ja"
    assert "U bent uitgelogd" in door.client.get(left.headers["location"]).text
    with door.browser() as other:
        other.cookies.set("tijdig", copied)
        assert other.get("/").status_code == 303
    assert audit(door)[0] == ("anna", "uitgelogd")


def test_nobody_is_logged_out_by_a_form_that_is_not_theirs(door):
    door.log_in()
    assert door.client.post("/uitloggen", data={"csrf": "f" * 64}).status_code == 403
    assert door.client.get("/").status_code == 200


@pytest.mark.parametrize(("steps", "still"), [([29] * 15, True), ([31], False), ([29] * 17, False)])
def test_a_session_ends_after_half_an_hour_of_nothing_and_after_eight_hours(door, steps, still):
    door.log_in()
    answers = []
    for minutes in steps:
        door.clock.later(minutes=minutes)
        answers.append(door.client.get("/").status_code)
    assert (answers[-1] == 200) is still


def test_nothing_that_was_typed_is_lost_when_a_session_ends(door):
    door.log_in()
    path = f"/taken/{task_of(door)}/contact"
    page = door.client.get(path).text
    typed = {name: field(page, name) for name in ("csrf", "versie", "formulier")}
    typed["tekst"] = "Mevrouw belt <morgen> terug."
    door.clock.later(minutes=45)
    expired = door.client.post(path, data=typed)
    assert expired.status_code == 401
    assert "Mevrouw belt &lt;morgen&gt; terug." in expired.text
    door.log_in()
    again = door.client.post(path, data=typed)
    assert again.status_code == 403
    assert "Mevrouw belt &lt;morgen&gt; terug." in again.text
    typed["csrf"] = field(again.text, "csrf")
    assert door.client.post(path, data=typed).status_code == 303
    assert [row.tekst for row in door.casebook.events_of(task_of(door))] == ["Mevrouw belt <morgen> terug."]


def test_every_form_asks_the_token_of_its_session(door):
    door.log_in()
    task = task_of(door)
    paths = ("oppakken", "terugleggen", "overdragen", "vragen", "uitstellen", "contact", "afronden", "bezwaar")
    for path in paths:
        data = {"versie": "1", "formulier": "0" * 32, "tekst": "Tekst."}
        for token in ("", "f" * 64):
            answer = door.client.post(f"/taken/{task}/{path}", data=data | {"csrf": token})
            assert answer.status_code in {403, 404, 409}, path
    assert door.casebook.events_of(task) == []


def test_the_token_of_one_session_is_not_that_of_another(door):
    door.log_in()
    token = field(door.client.get("/").text, "csrf")
    with door.browser() as other:
        door.log_in(client=other)
        assert other.post("/uitloggen", data={"csrf": token}).status_code == 403


def test_a_form_to_log_in_needs_the_token_that_came_with_it(door):
    door.client.get("/inloggen")
    sent = {"gebruiker": "anna", "wachtwoord": PASSWORD, "csrf": "f" * 64}
    assert door.client.post("/inloggen", data=sent).status_code == 403
    with door.browser() as other:
        assert other.post("/inloggen", data=sent).status_code == 403
    assert door.cookie() is None


@pytest.mark.parametrize(
    "headers",
    [{"Origin": STRANGER}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"}],
)
def test_what_another_site_sends_is_refused_whatever_is_in_it(door, headers):
    door.log_in()
    token = field(door.client.get("/").text, "csrf")
    assert door.client.post("/uitloggen", data={"csrf": token}, headers=headers).status_code == 403
    assert door.client.get("/", headers=headers).status_code == 200


def test_ten_tries_of_an_account_are_enough_for_a_quarter_of_an_hour(door):
    tried = [door.log_in(password="mis").status_code for _ in range(11)]
    assert tried == [400] * 10 + [429]
    refused = door.log_in()
    assert refused.status_code == 429, "also with the right password"
    assert "Wacht 15 minuten" in refused.text
    assert refused.headers["retry-after"] == "900"
    door.clock.later(minutes=15, seconds=1)
    assert door.log_in().status_code == 303


def test_thirty_tries_from_an_address_are_enough_whatever_the_name(door):
    tried = [door.log_in(f"naam-{nth}", "mis").status_code for nth in range(31)]
    assert tried == [400] * 30 + [429]


def test_who_logs_in_has_their_tries_again(door):
    for _ in range(9):
        door.log_in(password="mis")
    assert door.log_in().status_code == 303
    assert door.log_in(password="mis").status_code == 400


def test_addresses_are_known_no_longer_than_they_count_and_never_as_they_are():
    clock = Clock()
    limits = Limiter(clock.steady, window=900)
    limits.wait("adres 192.0.2.7", 30)
    assert len(limits) == 1
    assert "192.0.2.7" not in repr(limits._tries)
    clock.later(seconds=900)
    assert len(limits) == 0


@pytest.mark.parametrize(
    "path",
    [
        "//elders.example",
        "https://elders.example",
        "/\\elders.example",
        "javascript:alert(1)",
        "",
        None,
        "/a\nb",
        "/a b",
    ],
)
def test_after_logging_in_nobody_is_sent_elsewhere(path):
    assert within(path) == "/"


def test_a_path_within_is_kept():
    assert within("/taken/T-1?gedaan=oppakken") == "/taken/T-1?gedaan=oppakken"


@pytest.mark.parametrize("path", ["/", "/inloggen", "/bestaat-niet", "/taken/T-NIETS"])
def test_every_answer_has_its_headers(door, path):
    for logged_in in (False, True):
        if logged_in:
            door.log_in()
        headers = door.client.get(path).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert (policy["script-src"], policy["style-src"]) == ("'self'", "'self'")
        assert policy["img-src"] == "'self' data:"
        assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == ("'none'", "'none'", "'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "camera=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers


def test_under_another_name_there_is_no_answer(door):
    assert door.client.get("/inloggen", headers={"Host": "elders.example"}).status_code == 400


def test_an_account_that_changes_has_to_log_in_again(door):
    door.log_in()
    door.casebook.keep_account(ANNA, KEPT)
    assert door.client.get("/").status_code == 200
    door.casebook.keep_account(ANNA.model_copy(update={"team": "Zuid"}), KEPT)
    assert door.client.get("/").status_code == 303


def test_a_password_is_kept_as_a_hash_of_its_own():
    again = hash_password(PASSWORD)
    assert again != KEPT
    assert again.split("$")[:4] == ["scrypt", "32768", "8", "1"]
    assert fits(PASSWORD, again)
    assert not fits(PASSWORD + " ", again)
    assert not fits("", None)
    assert not fits("", "")
    assert not fits(PASSWORD, "md5$1$1$1$x$y")


def test_a_name_that_is_not_known_takes_as_long(monkeypatch):
    made = []
    from worklist.auth import passwords

    real = passwords.hashlib.scrypt
    monkeypatch.setattr(
        passwords.hashlib, "scrypt", lambda *a, **k: made.append((k["n"], k["r"], k["p"])) or real(*a, **k)
    )
    fits("x", None)
    fits("x", KEPT)
    assert made == [(32768, 8, 1), (32768, 8, 1)]
