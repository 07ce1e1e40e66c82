"""Whatever comes in over HTTP, a page comes back: never an error of our own, and never a line of it that runs."""

import tempfile
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from contracts.work import Filter
from tests.worklist.desk import PEOPLE, Desk, opened
from tests.worklist.reading import assert_sound
from worklist.desk import FORMS
from worklist.forms import Invoer, clean
from worklist.listing import read_filter

NAMES = ("csrf", "versie", "formulier", "naar", "aan", "tekst", "vraag", "tot", "uitkomst", "datum", "feitdatum", "effect",
         "toelichting", "terugmelding", "bewust", "context", "impact")  # fmt: skip
SOUND = {
    "csrf": ["sessie-1"], "versie": [str(place) for place in range(1, 40)], "naar": ["p:bram", "t:Zuid"],
    "aan": ["jurist"], "tot": ["2026-12-01"], "uitkomst": ["aangepast", "gegrond", "bron_klopt_niet"],
    "bewust": ["ja", ""], "vraag": ["1"], "datum": ["2026-11-01"], "effect": ["-1,50"],
}  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["<script>alert(1)</script>", "' or 1=1 --", "\x00", "\ud800", "é" * 5_000, "{{ 7*7 }}"]),
)
FAST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def open_desk():
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as casebook:
        desk = Desk(casebook)
        with TestClient(desk.app, follow_redirects=False) as client:
            desk.client = client
            yield desk


def encoded(fields):
    """As a browser sends it, but also what no browser does: a lone half of a character."""
    return "&".join(
        f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in fields.items()
    ).encode()


def value_of(name):
    return st.one_of(WORDS, st.sampled_from(SOUND.get(name, ["0" * 32, "1" * 32])))


@FAST
@given(
    who=st.sampled_from([*PEOPLE, None]), name=st.sampled_from(["anna", "laat", "zuid", "geheim", "los"]),
    deed=st.sampled_from([*FORMS]), fields=st.fixed_dictionaries({}, optional={name: value_of(name) for name in NAMES}),
)  # fmt: skip
def test_any_form(open_desk, who, name, deed, fields):
    desk = open_desk.at(who)
    answer = desk.client.post(f"/taken/{desk.task(name)}/{deed}", content=encoded(fields))
    assert answer.status_code in {303, 401, 403, 404, 409, 422}
    if answer.status_code != 303:
        assert_sound(answer)


@FAST
@given(
    body=st.binary(max_size=400),
    kind=st.sampled_from(["application/x-www-form-urlencoded", "multipart/form-data", "text/plain", ""]),
)
def test_any_body(open_desk, body, kind):
    desk = open_desk.at(PEOPLE[0])
    answer = desk.client.post(f"/taken/{desk.task('bram')}/contact", content=body, headers={"content-type": kind})
    assert answer.status_code in {400, 403, 409, 422}
    assert_sound(answer)


@FAST
@given(
    who=st.sampled_from(PEOPLE),
    fields=st.fixed_dictionaries({}, optional={
        # An address has an end: the client refuses one of more than 65,536 characters itself.
        **dict.fromkeys((*Filter.model_fields, "gedaan", "vraag"), WORDS.map(lambda text: text[:1_000])),
        "bak": st.sampled_from(["mijn", "team", "klaar", "vragen", "x"]), "pagina": st.sampled_from(["1", "99999", "-1", "1e9"]),
    }),
)  # fmt: skip
def test_any_filter(open_desk, who, fields):
    answer = open_desk.at(who).client.get(f"/?{encoded(fields).decode()}")
    assert answer.status_code == 200
    assert_sound(answer)
    assert "<script>alert" not in answer.text


@FAST
@given(path=st.text(max_size=80), how=st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"]))
def test_any_address(open_desk, path, how):
    sent = quote(path.encode("utf-8", "surrogatepass"), safe="/")
    for start in ("/", "/taken/", "/stijl/", f"/taken/{open_desk.task('anna')}/"):
        answer = open_desk.at(PEOPLE[0]).client.request(how, start + sent.lstrip("/"))
        assert answer.status_code < 500


@FAST
@given(fields=st.dictionaries(st.sampled_from([*Filter.model_fields]), WORDS))
def test_a_filter_is_always_one(fields):
    chosen, dropped = read_filter(fields, Filter().bak)
    assert isinstance(chosen, Filter)
    assert set(dropped) <= set(fields)


@FAST
@given(text=st.text())
def test_clean_text_stays_as_it_is(text):
    once = clean(text)
    assert clean(once) == once
    once.encode()
    assert "\x00" not in once


@FAST
@given(whole=st.integers(0, 9_999), cents=st.integers(0, 99), less=st.booleans())
def test_an_amount_comes_back_as_it_was_written(whole, cents, less):
    dutch = f"{whole:,}".replace(",", ".")
    typed = Invoer({"effect": f"{'-' if less else ''}{dutch},{cents:02}"})
    assert typed.euros("effect") == (whole * 100 + cents) * (-1 if less else 1)
    assert typed.fouten == {}
