"""What the casebook knows for the drietrapstoets, and the judgements it keeps: signed by a human, and only added to."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from contracts.errors import CasebookError
from contracts.finding import ContactTask, Finding, NoAction, Nudge, Reden, Richting, Route
from contracts.oordeel import Oordeel
from contracts.outcome import Uitkomst
from contracts.toets import Afronding, Bekend, Toets
from store.casebook import Casebook, tables

FIRST = date(2026, 11, 3)
NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
CALL = ContactTask(soort="contact", uiterlijk=date(2026, 12, 19))


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def found(name="a", regel="R01", dossier="D-1", *, few=False) -> Finding:
    return Finding(
        signaal_id=f"S-{regel}-{name}", regel=regel, regelversie="1", dossiernummer=dossier, consulent_id=None,
        richting=Richting.NADEEL, route=Route.RESTRICTED_TASK if few else Route.NUDGE_THEN_TASK,
        bericht="kostendeler_erbij", feitdatum=FIRST, gezien="", taak="", feiten={}, onderdrukkers=(), bronnen=(),
        peildatum=FIRST, stand=1,
    )  # fmt: skip


def letter(head: Finding) -> Nudge:
    return Nudge(bericht="kostendeler_erbij", brief=head.signaal_id)


@pytest.fixture
def casebook(tmp_path):
    with Casebook.at(tmp_path / "casebook.sqlite") as opened:
        yield opened


def night(casebook, number, **advice):
    """A night with findings by name (``a``, ``b`` ...) and what is done with each; the rest is gone."""
    given = {key: value for key, value in advice.items() if value is not None}
    casebook.record(day(number), [f for f, _ in given.values()], {f.signaal_id: does for f, does in given.values()})


def told(casebook, signaal_id):
    return [(b.nacht, b.bericht, b.status, b.regels) for b in casebook.known_of([signaal_id])[signaal_id].brieven]


# --- what it knows ----------------------------------------------------------------------------------------


def test_of_a_finding_without_anything_it_knows_the_night(casebook):
    a = found()
    night(casebook, 0, a=(a, NoAction(reden=Reden.RUST)))
    assert casebook.known_of([a.signaal_id, "S-none"]) == {
        a.signaal_id: Bekend(eerste_nacht=FIRST, bekend_sinds=FIRST, open=True)
    }
    assert casebook.known_of([]) == {}


def test_the_letters_of_the_household_are_known_each_once_with_what_they_tell_of(casebook):
    a, b, other = found(), found(regel="R18"), found("c", dossier="D-2")
    night(casebook, 0, a=(a, letter(a)), b=(b, letter(a)), c=(other, letter(other)))
    assert (
        told(casebook, a.signaal_id)
        == told(casebook, b.signaal_id)
        == [(FIRST, "kostendeler_erbij", "klaar", ("R01", "R18"))]
    )
    assert told(casebook, other.signaal_id) == [(FIRST, "kostendeler_erbij", "klaar", ("R01",))]
    casebook.offered({row.kenmerk: ("0" * 64, "1.1") for row in casebook.letters_of(FIRST)}, NOW)
    assert [status for _, _, status, _ in told(casebook, a.signaal_id)] == ["bezig"]


def test_a_letter_that_was_taken_back_or_could_not_be_made_told_nobody(casebook):
    a, b = found(), found("b", dossier="D-2")
    night(casebook, 0, a=(a, letter(a)), b=(b, letter(b)))
    casebook.to_human(next(row.kenmerk for row in casebook.letters_made_on(FIRST) if row.dossiernummer == "D-2"))
    night(casebook, 1, b=(b, letter(b)))
    known = casebook.known_of([a.signaal_id, b.signaal_id])
    assert [one.brieven for one in known.values()] == [(), ()]
    assert [one.open for one in known.values()] == [False, True]


def test_a_letter_about_what_few_may_know_is_known_to_them_alone(casebook):
    a, b = found(), found(regel="R18")
    night(casebook, 0, a=(a, letter(a)), b=(b, letter(a)))
    few = found(regel="R18", few=True)
    night(casebook, 1, a=(a, Nudge(bericht="kostendeler_erbij")), b=(few, ContactTask(soort="beperkt")))
    with casebook._engine.begin() as con:  # as if it was posted before it became so
        con.execute(tables.outbox.update().values(status="bezig"))
    assert told(casebook, a.signaal_id) == [(FIRST, "kostendeler_erbij", "bezig", ("R01",))]
    assert told(casebook, few.signaal_id) == [(FIRST, "kostendeler_erbij", "bezig", ("R01", "R18"))]


def test_contact_how_it_ended_and_that_it_came_back_are_known(casebook):
    a = found()
    night(casebook, 0, a=(a, CALL))
    assert casebook.known_of([a.signaal_id])[a.signaal_id].uiterlijk == date(2026, 12, 19)
    casebook.answer(a.signaal_id, door="C-01", now=NOW)
    casebook.close(a.signaal_id, Uitkomst.AL_BEKEND, door="C-01", now=NOW)
    night(casebook, 1)
    night(casebook, 2, a=(a, CALL))
    assert casebook.known_of([a.signaal_id])[a.signaal_id] == Bekend(
        eerste_nacht=FIRST, bekend_sinds=day(2), open=True, contacten=(FIRST,),
        afgerond=(Afronding(nacht=FIRST, uitkomst=Uitkomst.AL_BEKEND),), uiterlijk=date(2026, 12, 19),
    )  # fmt: skip


# --- what a human answers ---------------------------------------------------------------------------------


def toets(signaal_id="S-R01-a") -> Toets:
    return Toets(signaal_id=signaal_id, op=FIRST, kon_weten=(), context=(), impact=(), gids="huisgenoot")


def signed(bewust="nee", door="C-01") -> Oordeel:
    return Oordeel(bewust=bewust, context="Dacht dat het vanzelf ging.", impact="Nu nog klein.", door=door, moment=NOW)


def kept(casebook, signaal_id="S-R01-a"):
    return [(row.bewust, row.door, row.na_nacht) for row in casebook.oordelen_of(signaal_id)]


def test_a_judgement_is_kept_beside_what_lay_there_and_another_comes_after_it(casebook):
    night(casebook, 0, a=(found(), CALL))
    casebook.keep_oordeel(signed(), toets())
    first = casebook.oordelen_of("S-R01-a")
    assert (first[0].context, first[0].impact) == ("Dacht dat het vanzelf ging.", "Nu nog klein.")
    assert first[0].toets == toets().model_dump(mode="json")
    night(casebook, 1, a=(found(), CALL))
    casebook.keep_oordeel(signed("onbekend", "C-02"), toets())
    assert kept(casebook) == [("nee", "C-01", FIRST), ("onbekend", "C-02", day(1))]
    assert casebook.oordelen_of("S-R01-a")[:1] == first
    assert kept(casebook, "S-R01-b") == []


def test_a_night_leaves_judgements_alone_and_they_change_nothing_of_it(casebook):
    night(casebook, 0, a=(found(), CALL))
    before = casebook.get("S-R01-a"), casebook.tasks_of(FIRST), casebook.life_of("S-R01-a")
    casebook.keep_oordeel(signed("ja"), toets())
    night(casebook, 0, a=(found(), CALL))
    assert (casebook.get("S-R01-a"), casebook.tasks_of(FIRST), casebook.life_of("S-R01-a")) == before
    assert kept(casebook) == [("ja", "C-01", FIRST)]


@pytest.mark.parametrize(
    "made",
    [
        None,
        {"bewust": "ja", "context": "x", "impact": "x", "door": "C-01", "moment": NOW},
        SimpleNamespace(bewust="ja", context="x", impact="x", door="C-01", moment=NOW),
    ],
)
def test_what_no_human_signed_is_refused_whatever_it_looks_like(casebook, made):
    night(casebook, 0, a=(found(), CALL))
    with pytest.raises(CasebookError, match="no judgement of a human"):
        casebook.keep_oordeel(made, toets())
    assert kept(casebook) == []


def test_a_judgement_whose_name_was_wiped_is_refused(casebook):
    night(casebook, 0, a=(found(), CALL))
    wiped = signed()
    object.__setattr__(wiped, "door", " ")
    with pytest.raises(CasebookError, match="Nobody is named"):
        casebook.keep_oordeel(wiped, toets())
    with pytest.raises(CasebookError, match="No finding with this id"):
        casebook.keep_oordeel(signed(), toets("S-R01-b"))
    assert kept(casebook) == []


@pytest.mark.parametrize(
    "other", [{"door": None}, {"door": "  "}, {"bewust": "wel"}, {"bewust": None}, {"context": " "}]
)
def test_the_database_itself_refuses_one_without_a_human_or_an_answer(casebook, other):
    night(casebook, 0, a=(found(), CALL))
    row = {
        "signaal_id": "S-R01-a",
        "bewust": "ja",
        "context": "x",
        "impact": "x",
        "door": "C-01",
        "moment": NOW,
        "na_nacht": FIRST,
        "toets": {},
    }
    with pytest.raises(sa.exc.IntegrityError), casebook._engine.begin() as con:
        con.execute(tables.oordeel.insert().values({**row, **other}))
