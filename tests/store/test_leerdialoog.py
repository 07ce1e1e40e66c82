"""Which cases a ground holds for: beside plain Python over the very rows, and deed by deed, in both databases."""

from collections import defaultdict
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import count

import pytest

from contracts.finding import ContactTask, Finding, NoAction, Reden, Richting, Route, Verdict
from contracts.leerdialoog import DAGEN, GROND_ZIN, KEREN, UITSTEL, Grond
from contracts.outcome import Uitkomst, Waarom
from contracts.work import Bezwaar
from store.casebook import OPEN, Casebook, Deed
from tests.postgres import database
from tests.store.casebook_rows import NOW, by_key, rows_by_chance

START = date(2026, 9, 20)
TODAY = START + timedelta(days=90)
OTHERWISE = {"al_bekend", "geen_gevolg", "bron_klopt_niet", "anders"}


# -- beside plain Python -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows():
    made = rows_by_chance(seed=11, count=500, first=START, days=80, dossiers=120)
    life = by_key(made.history, "signaal_id")
    for number, row in enumerate(made.finding):
        row["heropend"], row["beperkt"] = number % 7 == 0, number % 41 == 0
        row["laatste_nacht"] = life[row["signaal_id"]][-1]["nacht"]
        row["status"] = life[row["signaal_id"]][-1]["naar"]
    for number, row in enumerate(made.task):
        row["geheim"] = number % 29 == 0
    return made


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request, rows, tmp_path_factory):
    with ExitStack() as stack:
        path = tmp_path_factory.mktemp("filled") / "casebook.sqlite"
        casebook = Casebook.at(path) if request.param == "sqlite" else Casebook(stack.enter_context(database()))
        rows.write(stack.enter_context(casebook))
        yield casebook


def plain(rows, since):
    """The same, one row after the other."""
    shielded = {row["dossiernummer"] for row in rows.finding if row["beperkt"]}
    shielded |= {row["dossiernummer"] for row in rows.task if row["geheim"]}
    findings = {row["signaal_id"]: row for row in rows.finding}
    life, kinds, found = by_key(rows.history, "signaal_id"), defaultdict(list), {grond: set() for grond in Grond}
    for key, row in findings.items():
        moves = life[key]
        if row["laatste_nacht"] >= since:
            kinds[row["dossiernummer"], row["regel"]].append(row)
        closed = [move for move in moves if move["waarom"] == Waarom.AFGEROND]
        last = closed[-1] if closed else None
        if last and last["nacht"] >= since and last["uitkomst"] in OTHERWISE and row["richting"] != "neutraal":
            found[Grond.ANDERS_BESLIST].add(key)
        opened = max(move["nacht"] for move in moves if move["naar"] in {"nieuw", "heropend"})
        if row["laatste_nacht"] >= since and row["status"] in OPEN and (TODAY - opened).days >= DAGEN:
            found[Grond.LANG_IN_TWIJFEL].add(key)
    for same in kinds.values():
        if len(same) + sum(row["heropend"] for row in same) >= KEREN:
            newest = min(same, key=lambda row: (-row["eerste_nacht"].toordinal(), row["signaal_id"]))
            found[Grond.VAAK_TERUG].add(newest["signaal_id"])
    for row in rows.objection:
        if row["uitkomst"] == "gegrond" and row["datum"] >= since:
            found[Grond.BEZWAAR_GEGROND].add(row["signaal_id"])
    dossiers = {key: row["dossiernummer"] for key, row in findings.items()}
    return {
        grond: {key: dossiers[key] for key in keys if dossiers[key] not in shielded} for grond, keys in found.items()
    }


@pytest.mark.parametrize("since", [START, START + timedelta(days=45)])
def test_the_grounds_are_those_of_the_rows(filled, rows, since):
    found, expected = filled.worth_discussing(since, TODAY), plain(rows, since)
    assert found == expected
    assert all(len(expected[grond]) > 3 for grond in Grond)


# -- deed by deed ------------------------------------------------------------------------------------------

CALL = ContactTask(soort="contact")
_numbers = count(1)


def a_finding(name, dossier=None, **more):
    return Finding.model_validate({
        "signaal_id": f"S-R01-{name}", "regel": "R01", "regelversie": "4", "dossiernummer": dossier or f"D-{name}",
        "consulent_id": None, "richting": Richting.NADEEL, "route": Route.TASK, "bericht": None, "feitdatum": START,
        "gezien": "", "taak": "", "feiten": {}, "onderdrukkers": (), "bronnen": (), "peildatum": START, "stand": 1,
        **more,
    })  # fmt: skip


def night(casebook, day, *findings, advice=CALL):
    casebook.record(day, list(findings), {one.signaal_id: advice for one in findings})


def deed(casebook, name):
    (row,), _ = casebook.about(f"S-R01-{name}")
    return Deed(row.taak_id, row.versie, "anna", f"{next(_numbers):032x}", NOW)


def grounds(casebook, today=START):
    found = casebook.worth_discussing(START, today)
    return {grond: set(cases) for grond, cases in found.items() if cases}


def test_nothing_happened_is_no_ground(anywhere):
    night(anywhere, START, a_finding("a"))
    assert grounds(anywhere) == {}


def test_long_open_is_from_the_night_it_last_opened(anywhere):
    night(anywhere, START, a_finding("a"))
    assert grounds(anywhere, START + timedelta(days=DAGEN - 1)) == {}
    assert grounds(anywhere, START + timedelta(days=DAGEN)) == {Grond.LANG_IN_TWIJFEL: {"S-R01-a"}}


def test_postponed_often_or_a_question_to_a_colleague_is_doubt(anywhere):
    night(anywhere, START, a_finding("a"), a_finding("b"), a_finding("c"))
    for place in range(UITSTEL):
        assert grounds(anywhere) == {}
        anywhere.postpone(deed(anywhere, "a"), START + timedelta(days=3 + place), "")
    anywhere.ask(deed(anywhere, "b"), "jurist", "Telt dit mee?")
    assert grounds(anywhere) == {Grond.LANG_IN_TWIJFEL: {"S-R01-a", "S-R01-b"}}


def test_otherwise_is_what_was_said_last(anywhere):
    night(anywhere, START, a_finding("a"), a_finding("b"), a_finding("n", richting=Richting.NEUTRAAL))
    for name in "abn":
        anywhere.close(f"S-R01-{name}", Uitkomst.AL_BEKEND, door="anna", now=NOW)
    assert grounds(anywhere) == {Grond.ANDERS_BESLIST: {"S-R01-a", "S-R01-b"}}
    anywhere.reopen("S-R01-a", door="anna", now=NOW)
    anywhere.close("S-R01-a", Uitkomst.AANGEPAST, door="anna", now=NOW)
    assert grounds(anywhere) == {Grond.ANDERS_BESLIST: {"S-R01-b"}}


def test_only_a_bezwaar_that_was_right_is_a_ground(anywhere):
    night(anywhere, START, a_finding("a"), a_finding("b"))
    anywhere.note_objection(deed(anywhere, "a"), Bezwaar.GEGROND, START)
    anywhere.note_objection(deed(anywhere, "b"), Bezwaar.ONGEGROND, START)
    assert grounds(anywhere) == {Grond.BEZWAAR_GEGROND: {"S-R01-a"}}
    assert [row.uitkomst for row in anywhere.objections_to("S-R01-b")] == ["ongegrond"]


def test_the_same_kind_often_in_a_dossier_is_one_case(anywhere):
    night(anywhere, START, a_finding("a", "D-1"), a_finding("b", "D-1"), a_finding("x", "D-2"))
    assert grounds(anywhere) == {}
    night(anywhere, START + timedelta(days=1), a_finding("c", "D-1"), a_finding("x", "D-2"))
    assert grounds(anywhere) == {Grond.VAAK_TERUG: {"S-R01-c"}}


def test_a_dossier_that_few_may_know_of_is_in_no_ground_with_any_of_its_cases(anywhere):
    secret = Verdict(naam="geheim", code="O06", reden=Reden.GEHEIM, geldt=True)
    night(
        anywhere, START, a_finding("a", "D-1"), a_finding("few", "D-1", route=Route.RESTRICTED_TASK),
        a_finding("b", "D-2"), a_finding("hid", "D-2", onderdrukkers=(secret,)), a_finding("c", "D-3"),
    )  # fmt: skip
    # Gone the next night: the dossier stays shielded.
    night(anywhere, START + timedelta(days=1), *(a_finding(name, f"D-{place}") for place, name in enumerate("abc", 1)))
    for name in "abc":
        anywhere.close(f"S-R01-{name}", Uitkomst.GEEN_GEVOLG, door="anna", now=NOW)
    assert grounds(anywhere) == {Grond.ANDERS_BESLIST: {"S-R01-c"}}


def test_what_was_before_is_no_ground(anywhere):
    night(anywhere, START, a_finding("a"), advice=NoAction(reden=Reden.RUST))
    anywhere.close("S-R01-a", Uitkomst.AL_BEKEND, door="anna", now=NOW)
    later = START + timedelta(days=1)
    assert not any(anywhere.worth_discussing(later, later + timedelta(days=99)).values())


def test_every_ground_has_a_sentence():
    assert set(GROND_ZIN) == set(Grond)
