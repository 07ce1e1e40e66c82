"""The life of a finding: what moves it, what a human may do with it, and that its history only grows."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from advice.circumstances import PLAIN, Circumstances, circumstantial
from advice.policy import policy_on
from advice.route import advise
from contracts.errors import CasebookError
from contracts.finding import Finding, Reden, Richting, Route, Verdict
from contracts.outcome import Uitkomst
from store.casebook import OPEN, Casebook, tables

FIRST = date(2026, 11, 3)
NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
HAPPENED = date(2026, 10, 20)
ID = "S-R01-a"


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def found(number: int, name: str = "a", feitdatum: date | None = HAPPENED) -> Finding:
    return Finding(
        signaal_id=f"S-R01-{name}", regel="R01", regelversie="1", dossiernummer=f"D-{name}", consulent_id="C-01",
        richting=Richting.NADEEL, route=Route.NUDGE_THEN_TASK, bericht="kostendeler_erbij", feitdatum=feitdatum,
        gezien="Er staat iemand extra.", taak="Kijk.", feiten={}, onderdrukkers=(), bronnen=("brp-1",),
        peildatum=day(number), stand=1,
    )  # fmt: skip


@pytest.fixture
def casebook(tmp_path):
    with Casebook.at(tmp_path / "casebook.sqlite") as opened:
        yield opened


def night(casebook, number, *findings, shut=False):
    """A night as the flow runs it, without letters being made."""
    unusable = frozenset({"R01"}) if shut else frozenset()
    now = Circumstances(
        day(number), unusable=unusable, closings=casebook.closings(before=day(number)), letters=casebook.sent(),
        answered=casebook.answered(), last_letter=casebook.last_letters(), households={each.dossiernummer: PLAIN for each in findings},
    )  # fmt: skip
    beleid = policy_on(FIRST)
    tested = [circumstantial(each, now, beleid.vraag(each.route).kolom) for each in findings]
    return casebook.record(day(number), tested, advise(tested, now, beleid), unusable=unusable)


def close(casebook, uitkomst=Uitkomst.GEEN_GEVOLG, tot=None):
    casebook.close(ID, uitkomst, door="C-01", now=NOW, tot=tot)


def status(casebook):
    row = casebook.get(ID)
    return row.status, row.advies, row.reden


def life(casebook):
    return [(row.van, row.naar, row.waarom, (row.nacht - FIRST).days) for row in casebook.life_of(ID)]


def offered(casebook, number=0):
    casebook.offered({row.kenmerk: ("0" * 64, "1.1") for row in casebook.letters_of(day(number))}, NOW)


# --- the nights -----------------------------------------------------------------------------------------


def test_from_new_to_gone_and_back(casebook):
    night(casebook, 0, found(0))
    night(casebook, 1, found(1))
    night(casebook, 2, found(2))
    night(casebook, 3)
    night(casebook, 5, found(5))
    night(casebook, 6, found(6))
    assert life(casebook) == [
        (None, "nieuw", "gevonden", 0),
        ("nieuw", "lopend", "nog_steeds", 1),
        ("lopend", "vervallen", "weg", 3),
        ("vervallen", "heropend", "terug", 5),
        ("heropend", "lopend", "nog_steeds", 6),
    ]


def test_what_is_told_of_a_day_to_come_is_announced_until_it_comes(casebook):
    for number in range(4):
        night(casebook, number, found(number, feitdatum=day(3)))
    assert [naar for _, naar, _, _ in life(casebook)] == ["nieuw", "aangekondigd", "lopend"]


def test_what_nobody_heard_of_is_not_announced(casebook):
    for number in range(2):
        night(casebook, number, found(number, feitdatum=day(9)), shut=True)
    assert status(casebook) == ("lopend", "geen_actie", "bron_niet_bruikbaar")


def test_where_a_source_is_shut_nothing_lapses_and_what_was_closed_stays_closed(casebook):
    night(casebook, 0, found(0))
    close(casebook)
    night(casebook, 1, shut=True)
    assert status(casebook)[0] == "afgesloten"
    night(casebook, 2, found(2), shut=True)
    assert status(casebook) == ("afgesloten", "geen_actie", "afgedaan")


def together(number: int, bericht: str) -> tuple[Finding, Finding]:
    """Two findings of one household, of which the older heads the letter."""
    other = found(number, "b").model_copy(update={"dossiernummer": "D-a", "bericht": bericht})
    return found(number), other


@pytest.mark.parametrize(("other", "bericht"), [("aow_nadert", "bundel"), ("kostendeler_erbij", "kostendeler_erbij")])
def test_one_letter_tells_of_both_and_what_is_the_same_is_said_once(casebook, other, bericht):
    for number in (0, 1, 21):
        night(casebook, number, *together(number, other))
        offered(casebook, number)
    assert [row.bericht for row in casebook.letters_made_on(day(0))] == [bericht]
    assert casebook.sent() == {"S-R01-a": (day(0),), "S-R01-b": (day(0),)}


@pytest.mark.parametrize("reden", [Reden.GEHEIM, Reden.LOPEND_BEZWAAR, Reden.KOPPELING_ONZEKER])  # their names too
def test_where_a_source_is_shut_an_open_task_stays_open_and_is_not_given_again(casebook, reden):
    held = Verdict(naam=reden.value, code="X", reden=reden, geldt=True)
    for number, shut in enumerate((False, True, False)):
        night(casebook, number, found(number).model_copy(update={"onderdrukkers": (held,)}), shut=shut)
        assert [(task.status, task.nacht) for task in casebook.about(ID)[0]] == [("open", FIRST)]
        assert status(casebook)[1:] == ("taak", reden)


def test_where_a_source_is_shut_a_death_still_ends_a_task(casebook):
    held = Verdict(naam="geheim", code="X", reden=Reden.GEHEIM, geldt=True)
    died = Verdict(naam="overlijden", code="O09", reden=Reden.OVERLIJDEN, geldt=True)
    night(casebook, 0, found(0).model_copy(update={"onderdrukkers": (held,)}))
    night(casebook, 1, found(1).model_copy(update={"onderdrukkers": (died, held)}), shut=True)
    assert [task.status for task in casebook.about(ID)[0]] == ["vervallen"]
    assert status(casebook)[1:] == ("geen_actie", "overlijden")


def test_a_night_run_again_writes_no_history_and_counts_the_same(casebook):
    night(casebook, 0, found(0))
    night(casebook, 1)
    first = night(casebook, 2, found(2))
    before = life(casebook)
    again = night(casebook, 2, found(2))
    assert (life(casebook), again.heropend) == (before, first.heropend)
    assert first.heropend == casebook.get(ID).heropend == 1


def test_a_finding_is_known_since_the_night_it_last_opened(casebook):
    night(casebook, 0, found(0), found(0, "b"))
    night(casebook, 3, found(3, "b"))
    assert known(casebook) == {"b": 0}, "what is gone is known no more"
    night(casebook, 5, found(5), found(5, "b"))
    night(casebook, 9, found(9), found(9, "b"))
    assert known(casebook) == {"a": 5, "b": 0}
    assert known(casebook, by=4) == {"b": 0}
    close(casebook, tot=day(12))
    assert known(casebook) == {"b": 0}
    night(casebook, 12, found(12), found(12, "b"))
    assert known(casebook) == {"a": 12, "b": 0}
    assert [((row.bekend_sinds - FIRST).days, row.signaal_id) for row in casebook.tasks_of(day(12))] == [(12, ID)]


def known(casebook, by=None):
    rows = casebook.standing() if by is None else casebook.standing(known_by=day(by))
    return {row.inhoud["signaal_id"].removeprefix("S-R01-"): (row.bekend_sinds - FIRST).days for row in rows}


# --- what a human does ----------------------------------------------------------------------------------


def test_who_answered_has_answered_until_the_difference_is_gone(casebook):
    night(casebook, 0, found(0))
    casebook.answer(ID, door="C-01", now=NOW)
    night(casebook, 1, found(1))
    assert status(casebook)[0] == "beantwoord"
    night(casebook, 2)
    assert [naar for _, naar, _, _ in life(casebook)] == ["nieuw", "beantwoord", "vervallen"]


def test_what_was_closed_goes_on_existing_and_nobody_hears_of_it_for_its_term(casebook):
    night(casebook, 0, found(0))
    close(casebook, tot=day(10))
    for number in (1, 9):
        night(casebook, number, found(number))
        assert status(casebook) == ("afgesloten", "geen_actie", "afgedaan")
        assert casebook.letters_made_on(day(number)) == casebook.tasks_of(day(number)) == []
    assert casebook.open_findings() == []
    result = night(casebook, 10, found(10))
    assert (result.heropend, status(casebook)) == (1, ("heropend", "taak", "eerder_afgedaan"))
    assert [row.soort for row in casebook.tasks_of(day(10))] == ["contact"], "a person looks; no second letter"
    assert casebook.letters_made_on(day(10)) == []
    night(casebook, 11, found(11))
    assert (status(casebook)[0], casebook.tasks_of(day(11))) == ("lopend", [])


def test_without_a_term_it_stays_closed_until_a_human_opens_it(casebook):
    night(casebook, 0, found(0))
    close(casebook, Uitkomst.BRON_KLOPT_NIET)
    night(casebook, 5_000, found(5_000))
    assert status(casebook)[0] == "afgesloten"
    casebook.reopen(ID, door="C-02", now=NOW)
    assert (casebook.get(ID).status, casebook.get(ID).heropend) == ("heropend", 1)
    night(casebook, 5_001, found(5_001))
    assert status(casebook) == ("lopend", "taak", "eerder_afgedaan")


@pytest.mark.parametrize("other", [date(2026, 10, 21), None])
def test_it_is_closed_for_that_fact_only(casebook, other):
    night(casebook, 0, found(0))
    close(casebook)
    night(casebook, 1, found(1, feitdatum=other))
    assert status(casebook) == ("heropend", "taak", "eerder_afgedaan")


def test_what_was_closed_and_is_gone_has_lapsed_and_is_closed_again_when_it_comes_back_in_its_term(casebook):
    night(casebook, 0, found(0))
    close(casebook, tot=day(10))
    assert night(casebook, 1).gesloten == 1
    assert [row.signaal_id for row in casebook.closed_on(day(1))] == [ID]
    night(casebook, 2, found(2))
    assert status(casebook) == ("afgesloten", "geen_actie", "afgedaan")
    assert [naar for _, naar, _, _ in life(casebook)] == ["nieuw", "afgesloten", "vervallen", "afgesloten"]
    assert [row.uitkomst for row in casebook.life_of(ID)] == [None, "geen_gevolg", None, None]


def test_an_outcome_can_be_noted_after_the_difference_went(casebook):
    night(casebook, 0, found(0))
    night(casebook, 1)
    close(casebook, Uitkomst.AANGEPAST)
    row = casebook.life_of(ID)[-1]
    assert (row.van, row.naar, row.uitkomst, casebook.get(ID).status) == (
        "vervallen",
        "vervallen",
        "aangepast",
        "vervallen",
    )


def test_closing_ends_the_task_and_takes_back_a_letter_without_asking_anybody_to_call(casebook):
    night(casebook, 0, found(0), found(0, "b"))
    offered(casebook)
    close(casebook)
    (kenmerk,) = [row.kenmerk for row in casebook.to_withdraw()]
    casebook.could_not_withdraw(kenmerk, day(1))
    tasks, letters = casebook.about(ID)
    assert (tasks, [letter.status for letter in letters]) == ([], ["niet_ingetrokken"])
    assert [letter.status for letter in casebook.about("S-R01-b")[1]] == ["bezig"]


def test_a_task_that_was_done_is_done_and_comes_back_when_the_finding_does(casebook):
    night(casebook, 0, found(0, feitdatum=None))
    casebook.to_human(casebook.letters_made_on(FIRST)[0].kenmerk)
    close(casebook, tot=day(3))
    assert [task.status for task in casebook.about(ID)[0]] == ["afgerond"]
    night(casebook, 3, found(3, feitdatum=None))
    assert [(task.status, task.nacht, task.reden) for task in casebook.about(ID)[0]] == [
        ("open", day(3), "eerder_afgedaan")
    ]


@pytest.mark.parametrize("deed", ["answer", "close", "reopen"])
def test_a_deed_after_a_night_leaves_that_night_as_it_was_when_it_is_run_again(casebook, deed):
    night(casebook, 0, found(0))
    if deed == "answer":
        casebook.answer(ID, door="C-01", now=NOW)
    else:
        close(casebook)
    if deed == "reopen":
        casebook.reopen(ID, door="C-01", now=NOW)
    before = life(casebook), status(casebook), casebook.tasks_of(FIRST), casebook.letters_made_on(FIRST)
    night(casebook, 0, found(0))
    assert (life(casebook), status(casebook), casebook.tasks_of(FIRST), casebook.letters_made_on(FIRST)) == before


def test_what_does_not_fit_is_refused_with_what_to_do(casebook):
    with pytest.raises(CasebookError, match=r"No finding with this id"):
        casebook.answer(ID, door="C-01", now=NOW)
    night(casebook, 0, found(0))
    for door in ("", " ", "x" * 41):
        with pytest.raises(CasebookError, match="Nobody is named"):
            casebook.answer(ID, door=door, now=NOW)
    with pytest.raises(CasebookError, match=r"nieuw: it can't become heropend.* `tijdig signaal toon`"):
        casebook.reopen(ID, door="C-01", now=NOW)
    with pytest.raises(CasebookError, match="not after the last night"):
        close(casebook, tot=FIRST)
    close(casebook)
    for deed in (casebook.answer, lambda *_, **__: close(casebook)):
        with pytest.raises(CasebookError, match="This finding is afgesloten"):
            deed(ID, door="C-01", now=NOW)
    assert [naar for _, naar, _, _ in life(casebook)] == ["nieuw", "afgesloten"], "a refused deed leaves nothing"


# --- whatever happens -----------------------------------------------------------------------------------

_DEEDS = st.sampled_from(["found", "found", "moved", "gone", "shut", "again", "answer", "close", "forever", "reopen"])


def _live(casebook, deeds):
    """One finding through nights and deeds; a deed that does not fit is refused. Yields the last night after each."""
    last = (0, (found(0),), False)
    night(casebook, 0, found(0))
    for deed in deeds:
        number = last[0]
        if deed in ("found", "moved", "gone", "shut"):
            feitdatum = HAPPENED + timedelta(days=number if deed == "moved" else 0)
            last = number + 1, () if deed == "gone" else (found(number + 1, feitdatum=feitdatum),), deed == "shut"
        if deed in ("found", "moved", "gone", "shut", "again"):
            night(casebook, last[0], *last[1], shut=last[2])
        else:
            _try(casebook, deed, day(number + 2))
        yield last


def _try(casebook, deed, tot):
    try:
        if deed == "answer":
            casebook.answer(ID, door="C-01", now=NOW)
        elif deed == "reopen":
            casebook.reopen(ID, door="C-01", now=NOW)
        else:
            close(casebook, tot=None if deed == "forever" else tot)
    except CasebookError:
        pass


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(_DEEDS, max_size=12))
def test_whatever_happens_history_is_a_chain_and_nobody_is_told_what_was_closed(deeds):
    with Casebook("sqlite://") as casebook:
        seen = []
        for number, last, _ in _live(casebook, deeds):
            rows = casebook.life_of(ID)
            assert rows[: len(seen)] == seen, "history only grows"
            seen = rows
            assert [row.van for row in rows] == [None, *(row.naar for row in rows[:-1])]
            now = casebook.get(ID)
            assert now.status == rows[-1].naar
            if now.status == "afgesloten" and last and not rows[-1].door:
                assert now.reden == Reden.AFGEDAAN
            if now.status in OPEN and now.laatste_nacht == day(number) and not rows[-1].door:
                assert now.reden != Reden.AFGEDAAN
            tasks, letters = casebook.about(ID)
            assert len(letters) <= 1
            assert now.status in OPEN or not [task for task in tasks if task.status == "open"]


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(_DEEDS, max_size=10))
def test_whatever_happened_the_last_night_run_again_changes_nothing(deeds):
    with Casebook("sqlite://") as casebook:
        number, last, shut = [(0, (found(0),), False), *_live(casebook, deeds)][-1]
        before = _everything(casebook)
        night(casebook, number, *last, shut=shut)
        assert _everything(casebook) == before


def _everything(casebook):
    with casebook._engine.connect() as con:
        return {name: list(con.execute(sa.select(table))) for name, table in tables.metadata.tables.items()}
