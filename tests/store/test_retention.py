"""Retention of the casebook, in SQLite and in PostgreSQL: what is over loses its person, and the log stays sound."""

from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa

from contracts.rechten import Verzoeksoort
from contracts.registers import Elders, EldersAfgehandeld, Klacht, KlachtAfgehandeld
from contracts.retention import Soort, retention_on
from store.casebook import Sampled
from store.casebook.anonymous import half_month
from store.casebook.retention import Run, Running
from store.casebook.tables import metadata
from tests.store.test_rights import FIRST, NOW, ask, found, night

LATER = date(2029, 6, 3)


def run(day=LATER):
    return Run(retention_on(day), day, datetime.combine(day, time(), UTC))


def everything(casebook):
    with casebook._engine.connect() as con:
        return {name: [tuple(row) for row in con.execute(sa.select(table))] for name, table in metadata.tables.items()}


@pytest.fixture
def worked(anywhere):
    """Two findings of which one is gone, with all that people wrote about it."""
    night(anywhere, 0, found(0), found(0, "b", dossier="D-b"))
    (letter,) = [row for row in anywhere.letters_of(FIRST) if row.dossiernummer == "D-a"]
    anywhere.offered({letter.kenmerk: ("0" * 64, "1")}, NOW)
    anywhere.confirm_posted({letter.kenmerk: ("0" * 64, FIRST)}, NOW)
    anywhere.answer("S-R01-a", door="C-01", now=NOW)
    night(anywhere, 1, found(1, "b", dossier="D-b"))
    # It was posted: it can't be taken back, and nobody needs to call who had contact.
    anywhere.could_not_withdraw(letter.kenmerk, FIRST)
    anywhere.draw(FIRST, [Sampled("onderdrukt", "D-a", "S-R01-a", "al_gemeld")])
    elders = Elders(herkomst="samenleving", soort="inkomen", dossiernummer="D-a", ontvangen_op=FIRST, door="C-01", moment=NOW, toelichting="Woorden.")  # fmt: skip
    number = anywhere.note_elders(elders)
    anywhere.end_elders(number, EldersAfgehandeld(op=FIRST, door="C-01", moment=NOW, uitkomst="geen_gevolg"))
    klacht = anywhere.note_klacht(
        Klacht(onderwerp="toon", ontvangen_op=FIRST, door="C-01", moment=NOW, toelichting="Boos.")
    )
    anywhere.end_klacht(klacht, KlachtAfgehandeld(op=FIRST, door="C-01", moment=NOW, uitkomst="opgelost"))
    return anywhere


def test_what_is_over_loses_its_person_and_its_words_and_what_runs_keeps_them(worked):
    before = everything(worked)
    worked.destroy(run(), Running())
    worked.scrub()
    after = everything(worked)
    text = str(after)
    assert "D-a" not in text
    assert "S-R01-a" not in text
    assert not [word for word in ("Woorden", "Boos", "Gezien. ") if word in text]
    assert "S-R01-b" in text
    for table in ("finding", "history", "outbox", "told", "sample", "elsewhere", "complaint"):
        assert len(after[table]) == len(before[table]), table
    assert worked.due(run(), Running()) == {}
    assert worked.verify().breuk is None


def test_after_the_term_of_figures_the_lines_go_too(worked):
    worked.destroy(run(), Running())
    worked.destroy(run(date(2033, 1, 1)), Running())
    after = everything(worked)
    assert [row[0] for row in after["finding"]] == ["S-R01-b"]
    assert {row[1] for row in after["history"]} == {"S-R01-b"}


def test_a_request_that_holds_is_kept_as_long_as_the_register_knows_who_it_is_of(worked):
    made = ask(worked, Verzoeksoort.GEEN_BERICHTEN, dossier="D-z", key="0123456789abcdef")
    worked.destroy(run(), Running(verzoeken=frozenset({made.verzoek_id})))
    assert worked.request(made.verzoek_id)
    worked.destroy(run(), Running())
    assert worked.requests() == []


def test_a_bezwaar_that_runs_holds_a_dossier(worked):
    worked.destroy(run(), Running(dossiers=frozenset({"D-a"})))
    assert worked.get("S-R01-a").dossiernummer == "D-a"


def test_the_audit_log_is_shortened_and_stays_sound(worked):
    for number in range(5):
        worked.note("anna", "taak_bekeken", f"T-{number}", NOW)
    worked.destroy(run(date(2031, 1, 1)), Running())
    assert worked.lines_about("T-0") == []
    chain = worked.verify()
    assert (chain.breuk, chain.regels) == (None, 1)
    worked.note("anna", "taak_bekeken", "T-9", NOW)
    assert worked.verify().breuk is None
    with pytest.raises(sa.exc.DatabaseError, match="only added to"), worked._engine.begin() as con:
        con.execute(sa.text("delete from audit"))
    # Years later once more.
    worked.destroy(run(date(2036, 1, 1)), Running())
    assert worked.verify().breuk is None


@pytest.mark.parametrize(
    ("day", "seen", "then"),
    [
        (date(2026, 10, 20), date(2026, 11, 3), date(2026, 10, 15)),
        (date(2026, 11, 1), date(2026, 11, 3), date(2026, 11, 3)),
        (date(2026, 12, 30), date(2026, 11, 3), date(2026, 12, 15)),
        (date(2026, 11, 20), date(2026, 11, 18), date(2026, 11, 19)),
        (None, date(2026, 11, 3), None),
    ],
)
def test_the_day_of_a_fact_becomes_half_a_month_on_the_same_side_of_its_night(day, seen, then):
    assert half_month(day, seen) == then


def test_every_kind_of_the_casebook_can_be_past_its_term(worked):
    worked.note("anna", "ingelogd", "inloggen", NOW)
    worked.claim_reminder("C-01", FIRST)
    asked = ask(worked, Verzoeksoort.INZAGE)
    worked.settle_request(asked.verzoek_id, gegrond=True, door="C-01", waarom="", now=NOW)
    kinds = {soort for soort, _ in worked.due(run(), Running())}
    assert kinds >= {Soort.SIGNAAL, Soort.VERZOEK, Soort.STEEKPROEF, Soort.ELDERS, Soort.KLACHT, Soort.HERINNERING}
