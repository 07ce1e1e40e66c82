"""The desk samples in the casebook: kept once, answered once, and nothing comes of them but counts."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from contracts.desk import Bevinding, Steekproefsoort
from contracts.errors import CasebookError
from contracts.finding import Finding, NoAction, Reden, Richting, Route
from contracts.outcome import Uitkomst
from store.casebook import Casebook, Sampled, tables

NIGHT = date(2026, 11, 3)
NOW = datetime(2026, 11, 5, 9, tzinfo=UTC)
ONDERDRUKT, ZONDER = Steekproefsoort


def found(name: str, route: Route = Route.NUDGE_THEN_TASK) -> Finding:
    return Finding(
        signaal_id=f"S-{name}", regel="R01", regelversie="1", dossiernummer=f"D-{name}", consulent_id="C-01",
        richting=Richting.NADEEL, route=route, bericht="kostendeler_erbij", feitdatum=NIGHT, gezien="", taak="",
        feiten={}, onderdrukkers=(), bronnen=(), peildatum=NIGHT, stand=1,
    )  # fmt: skip


def night(casebook, number, *findings):
    day = NIGHT + timedelta(days=number)
    casebook.record(day, findings, {f.signaal_id: NoAction(reden=Reden.STUDEERT) for f in findings})
    return day


@pytest.fixture
def casebook(tmp_path):
    """A casebook with one suppressed finding, and the samples of its night: 1 is of it, 2 of a dossier without."""
    with Casebook.at(tmp_path / "casebook.sqlite") as opened:
        night(opened, 0, found("a"))
        opened.draw(NIGHT, [Sampled(ONDERDRUKT, "D-a", "S-a", Reden.STUDEERT), Sampled(ZONDER, "D-b")])
        yield opened


def everything(casebook, *but):
    with casebook._engine.connect() as con:
        return {
            name: list(con.execute(sa.select(table)))
            for name, table in tables.metadata.tables.items()
            if name not in but
        }


def test_a_sample_says_what_and_why(casebook):
    rows = [(r.nummer, r.nacht, r.soort, r.dossiernummer, r.signaal_id, r.regel, r.reden) for r in casebook.samples()]
    assert rows == [
        (1, NIGHT, "onderdrukt", "D-a", "S-a", "R01", "studeert"),
        (2, NIGHT, "zonder_signaal", "D-b", None, None, None),
    ]
    assert [row.nummer for row in casebook.samples(NIGHT)] == [1, 2]
    assert casebook.samples(NIGHT + timedelta(days=1)) == []
    assert (casebook.has_sample(NIGHT), casebook.has_sample(NIGHT + timedelta(days=1))) == (True, False)


def test_a_dossier_can_not_be_in_the_sample_of_a_night_twice_and_then_none_is_kept(casebook):
    with pytest.raises(sa.exc.IntegrityError):
        casebook.draw(NIGHT, [Sampled(ZONDER, "D-c"), Sampled(ZONDER, "D-b")])
    assert [row.dossiernummer for row in casebook.samples()] == ["D-a", "D-b"]


def test_who_was_in_a_sample_is_known_from_that_night_on(casebook):
    later = NIGHT + timedelta(days=9)
    casebook.draw(later, [Sampled(ZONDER, "D-c")])
    assert casebook.sampled_since(NIGHT) == {"D-a", "D-b", "D-c"}
    assert casebook.sampled_since(NIGHT + timedelta(days=1)) == {"D-c"}
    assert casebook.sampled_since(later + timedelta(days=1)) == frozenset()


def test_dossiers_with_findings_are_those_of_open_ones_and_of_what_few_may_know(casebook):
    night(casebook, 1, found("a"), found("r", Route.RESTRICTED_TASK), found("s", Route.RESTRICTED_TASK))
    assert casebook.dossiers_with_findings() == {"D-a", "D-r", "D-s"}
    assert casebook.restricted_dossiers() == {"D-r", "D-s"}
    casebook.close("S-r", Uitkomst.GEEN_GEVOLG, door="C-01", now=NOW)
    night(casebook, 2)
    night(casebook, 3, found("r", Route.RESTRICTED_TASK))
    assert casebook.get("S-s").status == "vervallen"
    assert casebook.dossiers_with_findings() == casebook.restricted_dossiers() == {"D-r"}


def test_a_dossier_that_few_may_know_of_by_now_is_marked(casebook):
    assert [row.beperkt for row in casebook.samples()] == [False, False]
    night(casebook, 1, found("a"), found("b", Route.RESTRICTED_TASK))
    assert [row.beperkt for row in casebook.samples()] == [False, True]


def test_an_answer_is_kept_and_moves_nothing_else(casebook):
    before = everything(casebook, "sample_outcome")
    casebook.note_outcome(1, Bevinding.GEMIST, door="C-01", now=NOW, toelichting="De studie was al gestopt.")
    assert everything(casebook, "sample_outcome") == before
    row, other = casebook.samples()
    assert (row.uitkomst, row.door, row.toelichting) == ("gemist", "C-01", "De studie was al gestopt.")
    assert (other.uitkomst, other.door, other.toelichting) == (None, None, None)


def test_a_second_answer_is_refused_with_what_to_do_and_the_first_stays(casebook):
    casebook.note_outcome(2, Bevinding.TERECHT, door="C-01", now=NOW)
    with pytest.raises(CasebookError, match=r"has its answer.*tijdig steekproef toon --alles"):
        casebook.note_outcome(2, Bevinding.GEMIST, door="C-02", now=NOW)
    assert [(row.uitkomst, row.door) for row in casebook.samples()] == [(None, None), ("terecht", "C-01")]


@pytest.mark.parametrize(
    ("nummer", "door", "words", "told"),
    [
        (9, "C-01", None, r"No sample with this number.*tijdig steekproef toon"),
        (1, " ", None, "Nobody is named"),
        (1, "C-01", "x" * 501, r"too long.*500 characters"),
        (1, "C-01", "Van 900000012 klopt het niet.", "number of a person"),
        (1, "C-01", "Bel 06-12 34 56 78.", "number of a person"),
    ],
)
def test_what_does_not_fit_is_refused(casebook, nummer, door, words, told):
    with pytest.raises(CasebookError, match=told) as refused:
        casebook.note_outcome(nummer, Bevinding.TERECHT, door=door, now=NOW, toelichting=words)
    assert "900000012" not in str(refused.value)
    assert {row.uitkomst for row in casebook.samples()} == {None}


def test_words_may_name_days_and_amounts(casebook):
    words = "Sinds 1-9-2026 is de norm € 1.345,67; zie ook 2026."
    casebook.note_outcome(1, Bevinding.NIET_TE_ZEGGEN, door="C-01", now=NOW, toelichting=words)
    assert casebook.samples()[0].toelichting == words


def test_the_counts_are_those_of_the_nights_asked_for(casebook):
    later = NIGHT + timedelta(days=1)
    casebook.draw(later, [Sampled(ZONDER, "D-c"), Sampled(ZONDER, "D-d")])
    casebook.note_outcome(1, Bevinding.GEMIST, door="C-01", now=NOW)
    casebook.note_outcome(3, Bevinding.TERECHT, door="C-01", now=NOW)
    assert casebook.sample_counts(NIGHT, later) == {
        (ONDERDRUKT, Bevinding.GEMIST): 1, (ZONDER, None): 2, (ZONDER, Bevinding.TERECHT): 1,
    }  # fmt: skip
    assert casebook.sample_counts(later, later) == {(ZONDER, None): 1, (ZONDER, Bevinding.TERECHT): 1}
    assert casebook.sample_counts(later + timedelta(days=1), date.max) == {}


@pytest.mark.parametrize("kind", ["soort", "uitkomst"])
def test_the_database_itself_knows_no_other_words(casebook, kind):
    wrong = (
        tables.sample.insert().values(nacht=NIGHT, soort="anders", dossiernummer="D-z")
        if kind == "soort"
        else tables.sample_outcome.insert().values(nummer=1, uitkomst="bewust", door="C-01", moment=NOW)
    )
    with pytest.raises(sa.exc.IntegrityError), casebook._engine.begin() as con:
        con.execute(wrong)
