"""What no view can say, on nights of the demo: what a consulent closed (O03), and a source that did not come (O05)."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from contracts.outcome import Uitkomst
from flows import steps
from flows.demo.generate import PEILDATUM, generate, nights_of
from flows.settings import Workplace
from store.casebook import Casebook

pytestmark = pytest.mark.slow
GISTEREN, VANDAAG = nights_of(PEILDATUM, 2).values()
#: The first night on which the deliveries of today are too old.
TE_LAAT = VANDAAG + timedelta(days=4)
NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)


def night(work, day):
    sources = steps.take_in_all(work, day)
    steps.decide_and_record(work, day, steps.find(work, day), unusable=sources.unusable)
    with Casebook.at(work.casebook) as casebook:
        return {row.signaal_id: row for row in casebook.open_findings()}


def holding(row, code):
    return [v["naam"] for v in row.inhoud["onderdrukkers"] if v["code"] == code and v["geldt"]]


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    place = Workplace(tmp_path_factory.mktemp("afgedaan"))
    generate(place.leveringen, inwoners=8_000, huishoudens=800)
    return place


@pytest.fixture(scope="module")
def nights(work):
    """Thirty findings are closed after the first night, for two nights; then no delivery comes for four days."""
    first = night(work, GISTEREN)
    closed = sorted(key for key, row in first.items() if row.advies != "geen_actie")[:30]
    with Casebook.at(work.casebook) as casebook:
        for key in closed:
            casebook.close(key, Uitkomst.GEEN_GEVOLG, door="C-01", now=NOW, tot=TE_LAAT)
    second = night(work, VANDAAG)
    with Casebook.at(work.casebook) as casebook:
        told = casebook.tasks_of(VANDAAG) + casebook.letters_made_on(VANDAAG)
        done = {key: casebook.get(key) for key in closed}
    return first, second, done, {row.signaal_id for row in told}


def test_what_was_closed_is_told_to_nobody(nights):
    _, second, done, told = nights
    assert len(done) == 30
    states = Counter((row.status, row.advies, row.reden) for row in done.values() if row.status != "vervallen")
    assert states == {("afgesloten", "geen_actie", "afgedaan"): sum(states.values())}
    assert sum(states.values()) >= 20
    assert all("afgedaan" in holding(row, "O03") for row in done.values() if row.status != "vervallen")
    assert not set(done) & told
    assert not set(done) & set(second)


def test_while_a_source_is_too_old_nothing_is_told_and_nothing_lapses(work, nights):
    _, second, done, _ = nights
    third = night(work, TE_LAAT)
    assert set(second) <= set(third)
    late = {row.dossiernummer for row in third.values() if holding(row, "O05")}
    assert len(late) >= 20
    with Casebook.at(work.casebook) as casebook:
        assert (casebook.closed_on(TE_LAAT), casebook.letters_made_on(TE_LAAT)) == ([], [])
        assert {row.spoed for row in casebook.tasks_of(TE_LAAT)} <= {True}
    again = [third[key] for key in done if key in third]
    assert len(again) >= 20, "their term is over"
    assert {(row.status, row.advies) for row in again} == {("heropend", "geen_actie")}
    assert all(holding(row, "O03") == ["eerder_afgedaan"] for row in again)
