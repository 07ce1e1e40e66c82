"""Who may read /metrics of the worklist: a monitor with the token, or this machine where nobody else can call."""

import pytest
from fastapi.testclient import TestClient

from flows.casebook import open_casebook
from flows.serve_worklist import application_of
from flows.settings import Workplace

TOKEN = "t" * 32


@pytest.fixture
def get(tmp_path, monkeypatch):
    """Ask for the page, from an address and with headers; with the settings of a dienst where ``adres`` is given."""
    monkeypatch.setenv("TIJDIG_WERKLIJST_SLEUTEL", "k" * 64)

    def asked(client="127.0.0.1", token=None, adres=None, **headers):
        if token is not None:
            monkeypatch.setenv("TIJDIG_METINGEN_TOEGANG", token)
        if adres is not None:
            (tmp_path / "tijdig.toml").write_text(f'[werklijst]\nadres = "https://{adres}"\n', encoding="utf-8")
        work = Workplace(tmp_path)
        with open_casebook(work) as casebook:
            there = TestClient(
                application_of(work, casebook), base_url=f"https://{adres or 'localhost'}", client=(client, 5)
            )
            return there.get("/metrics", headers=headers)

    return asked


def test_on_this_machine_it_is_there(get):
    answer = get()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert 'tijdig_casebook_up{gemeente="Voorbeeldstad"} 1.0' in answer.text


@pytest.mark.parametrize(
    "asked",
    [
        {"client": "10.0.0.9"},  # elsewhere
        {"adres": "werklijst.dienst.example"},  # behind a proxy everybody seems to be here
        {"x-forwarded-for": "10.0.0.9"},
        {"token": TOKEN},  # none given
        {"token": TOKEN, "authorization": "Bearer no"},
        {"token": TOKEN, "authorization": TOKEN},
        {"authorization": "Bearer None", "client": "10.0.0.9"},
        {"authorization": "Bearer ", "client": "10.0.0.9"},
    ],
)
def test_for_others_it_is_not_there(get, asked):
    answer = get(**asked)
    assert answer.status_code == 404
    assert "tijdig_" not in answer.text


def test_with_the_token_it_is_there_from_anywhere(get):
    answer = get(client="10.0.0.9", token=TOKEN, adres="werklijst.dienst.example", authorization=f"Bearer {TOKEN}")
    assert "tijdig_casebook_up" in answer.text
