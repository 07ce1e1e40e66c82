"""The policy: every row of it, every pair of circumstances, and what a file that does not fit is told."""

from datetime import date, timedelta
from importlib import resources
from itertools import combinations

import pytest
import yaml

from advice.circumstances import CIRCUMSTANTIAL
from advice.policy import policy_on, read, versions
from contracts.errors import PolicyError
from contracts.finding import ContactTask, NoAction, Nudge, Reden, Richting, Route
from flows.steps import require_whole
from matching.suppressors import SUPPRESSORS
from tests.advice.made import BELEID, LETTERS, NIGHT, finding, verdict

TASKS = (Route.TASK, Route.PROPOSAL, Route.HELP_TASK, Route.BACKLOG)

#: What holds -> what becomes of a letter, of a task, of what few may know, and of what can't wait, in that order:
#: ``-`` nothing, ``=`` as if it did not hold, ``@`` a letter to who acts for them, else the kind of the task.
TABLE = """
beperking                -                    -                    -        -
bezwaar_verwerking       -                    -                    -        -
bewering_gegrond         -                    -                    -        -
bewering                 bewering             bewering             beperkt  bewering
afgedaan                 -                    -                    -        -
overlijden               -                    -                    -        =
in_onderzoek             -                    -                    -        =
bewoner_in_onderzoek     -                    -                    -        =
relatie_in_onderzoek     -                    -                    -        =
lopend_onderzoek         -                    -                    -        =
te_lang_geleden          -                    -                    -        =
telt_lang_mee            -                    -                    -        =
gemeld_in                -                    -                    -        =
gemeld_uit               -                    -                    -        =
gemeld_partner           -                    -                    -        =
gemeld_kind              -                    -                    -        =
gemeld_verhuizing        -                    -                    -        =
gemeld_inkomen           -                    -                    -        =
gemeld_studie            -                    -                    -        =
gemeld_verblijf_buitenland -                  -                    -        =
gemeld_detentie          -                    -                    -        =
gemeld_opname            -                    -                    -        =
gemeld_leefsituatie      -                    -                    -        =
gemeld_tijdelijk_elders  -                    -                    -        =
studeert                 -                    -                    -        =
aantal_bekend            -                    -                    -        =
rouw_wacht               -                    -                    -        =
ander_kind               -                    -                    -        =
tijdelijk_elders         -                    -                    -        =
echtgenoot               -                    -                    -        =
al_bekeken               -                    -                    -        =
norm_ingepland           -                    -                    -        =
verlaagd_bij_besluit     -                    -                    -        =
massa_adres              -                    -                    -        =
gedetineerd              beperkt              beperkt              =        =
lopend_bezwaar           overleg_jurist       overleg_jurist       beperkt  =
koppeling_onzeker        controleer_koppeling controleer_koppeling beperkt  =
signaal_onzeker          controleer_koppeling controleer_koppeling beperkt  =
bekende_onzeker          controleer_koppeling controleer_koppeling beperkt  =
geheim                   contact              =                    =        =
vertegenwoordiger_onbereikbaar contact        =                    =        =
vertegenwoordiger        @                    =                    =        =
rouw                     contact              =                    =        =
partner_elders           contact              =                    =        =
kind_elders              contact              =                    =        =
wil_gebeld               contact              =                    =        =
hulp_bij_lezen           contact              =                    =        =
geen_berichten           contact              =                    =        =
geblokkeerd              contact              =                    =        =
andere_regeling          contact              =                    =        =
gegevens_onvolledig      contact              =                    =        =
naar_massa_adres         contact              =                    =        =
instelling               contact              =                    =        =
inkomen_onduidelijk      contact              =                    =        =
studeert_misschien       contact              =                    =        =
datum_onzeker            contact              =                    =        =
verjaardag_geweest       contact              =                    =        =
verjaardag_geweest_hier  contact              =                    =        =
verjaardag_18_geweest    contact              =                    =        =
geen_brief_mogelijk      contact              =                    =        =
eerder_afgedaan          contact              =                    =        =
bron_dicht               -                    -                    -        =
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
#: What no letter may ever be sent beside (the first rule of the product).
NEVER = {"geheim", "gedetineerd", "overlijden"}


def advise(route, *names, holds=True):
    held = [verdict(name, holds) for name in names]
    return BELEID.advise(finding("a", route, Richting.NADEEL, *held))


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
@pytest.mark.parametrize("holds", [True, None], ids=["geldt", "onbekend"])
def test_every_row(row, holds):
    name, *wanted = row
    columns = [
        (LETTERS, wanted[0]),
        (TASKS, wanted[1]),
        ([Route.RESTRICTED_TASK], wanted[2]),
        ([Route.URGENT_TASK], wanted[3]),
    ]
    for routes, what in columns:
        for route in routes:
            advice = advise(route, name, holds=holds)
            if what == "=":
                assert advice == advise(route)
            elif what == "@":
                letter = Nudge(bericht="kostendeler_erbij", aan="vertegenwoordiger")
                assert advice == (letter if holds else ContactTask(soort="contact", reden=BELEID.reden(name)))
            elif what == "-":
                assert isinstance(advice, NoAction)
                assert advice.reden is BELEID.reden(name)
            else:
                assert advice == ContactTask(soort=what, reden=BELEID.reden(name))


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_what_does_not_hold_changes_nothing(row):
    assert all(advise(route, row[0], holds=False) == advise(route) for route in Route)


def test_the_table_above_is_whole():
    assert sorted(row[0] for row in ROWS) == sorted(BELEID.tested)
    assert {*SUPPRESSORS, *CIRCUMSTANTIAL} == BELEID.tested
    require_whole(BELEID)


@pytest.mark.parametrize("route", Route)
def test_each_pair_of_circumstances_has_one_way_with_a_reason_whatever_the_order(route):
    alone = {name: advise(route, name) for name in BELEID.tested}
    plain = advise(route)
    for one, other in combinations(sorted(BELEID.tested), 2):
        advice = advise(route, one, other)
        assert advise(route, other, one) == advice
        assert not isinstance(advice, Nudge), f"a letter beside {one} and {other}"
        if plain in (alone[one], alone[other]) and "bron_dicht" not in (one, other):
            # One that is not in the way leaves it to the other.
            assert advice == (alone[other] if alone[one] == plain else alone[one])
        else:
            # Beside anything else a letter to who acts for them is a call to them.
            acts = {Reden.VERTEGENWOORDIGER} & {BELEID.reden(one), BELEID.reden(other)}
            assert advice.reden in {alone[one].reden, alone[other].reden} | acts
        if isinstance(alone[one], NoAction) or isinstance(alone[other], NoAction):
            assert isinstance(advice, NoAction), (one, other)


def test_no_letter_beside_what_must_never_see_one():
    for route in LETTERS:
        for name in NEVER:
            for other in BELEID.tested:
                for holds in (True, None):
                    assert not isinstance(advise(route, name, other, holds=holds), Nudge)


def test_a_source_that_is_shut_leaves_what_was_decided_to_be_seen():
    assert advise(Route.NUDGE, "bron_dicht", "geheim") == NoAction(reden=Reden.GEHEIM, wacht=True)
    assert advise(Route.NUDGE, "bron_dicht", "studeert") == NoAction(reden=Reden.STUDEERT)
    assert advise(Route.NUDGE, "bron_dicht") == NoAction(reden=Reden.BRON_NIET_BRUIKBAAR, wacht=True)


# -- terms and ages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("route", "feit", "term"),
    [
        (Route.NUDGE, date(2026, 10, 1), date(2026, 11, 30)),  # 60 days
        (Route.BACKLOG, date(2026, 10, 1), date(2026, 11, 26)),  # eight weeks
        (Route.NUDGE, date(2027, 1, 15), date(2027, 1, 15)),  # a day to come is its own term
        (Route.TASK, None, date(2027, 1, 2)),  # 60 days from tonight
    ],
)
def test_by_when_somebody_must_have_done_something(route, feit, term):
    assert BELEID.uiterlijk(finding("a", route, feitdatum=feit)) == term


@pytest.mark.parametrize(
    ("since", "alarm"),
    [
        (NIGHT - timedelta(days=29), None),
        (NIGHT - timedelta(days=30), "30 dagen"),
        (NIGHT - timedelta(days=49), "30 dagen"),
        (NIGHT - timedelta(days=50), "50 dagen"),
        (date(2026, 6, 4), "50 dagen"),
        (date(2026, 6, 3), "5 maanden"),
    ],
)
def test_how_old_a_signal_is_told_by_its_last_alarm(since, alarm):
    found = BELEID.alarm(since, NIGHT)
    assert (found and found.naam) == alarm


# -- files that do not fit ----------------------------------------------------------------------------------


@pytest.fixture
def content():
    return yaml.safe_load(resources.files("advice").joinpath("beleid", "2026-1.yaml").read_text(encoding="utf-8"))


def refused(content, match):
    with pytest.raises(PolicyError, match=match) as caught:
        read(yaml.safe_dump(content), "x.yaml")
    assert "advice/beleid/x.yaml" in str(caught.value)


def test_a_question_that_is_left_out(content):
    del content["vragen"][0]
    refused(content, r"vraag: .*missing \['nudge'\]")


def test_a_circumstance_that_is_there_twice(content):
    content["omstandigheden"][3]["als"].append("overlijden")
    refused(content, r"als: twice \['overlijden'\]")


def test_a_way_out_that_nobody_wrote_down(content):
    content["omstandigheden"][0]["uitweg"] = "ergens"
    refused(content, r"uitwegen: .*missing \['ergens'\]")


def test_a_consequence_that_does_not_exist(content):
    content["uitwegen"]["stil"]["brief"] = "boete"
    refused(content, r"uitwegen\.stil\.brief")


def test_a_task_never_becomes_a_call_in_place_of_a_letter(content):
    content["uitwegen"]["bellen"]["taak"] = "bellen"
    refused(content, "only a letter becomes a call")


def test_what_few_may_know_never_leaves_them(content):
    content["uitwegen"]["jurist"]["beperkt"] = "overleg_jurist"
    refused(content, "stays with them")


def test_a_letter_after_which_nobody_calls(content):
    del content["vragen"][0]["bellen_na_dagen"]
    refused(content, "after how many days somebody calls")


def test_a_task_with_a_reminder(content):
    content["vragen"][2]["herinnering_na_dagen"] = 10
    refused(content, "after how many days somebody calls")


def test_alarms_out_of_order(content):
    content["alarmen"].reverse()
    refused(content, "youngest age first")


def test_an_alarm_without_an_age(content):
    del content["alarmen"][0]["dagen"]
    refused(content, "dagen or maanden")


def test_a_key_that_means_nothing(content):
    content["sanctie"] = "nooit"
    refused(content, "sanctie")


def test_no_yaml():
    with pytest.raises(PolicyError, match="no YAML"):
        read("vragen: [", "x.yaml")


def test_a_suppressor_the_policy_does_not_name(content):
    content["omstandigheden"][-1]["als"] = ["iets_anders"]
    with pytest.raises(PolicyError, match=r"eerder_afgedaan.*iets_anders"):
        require_whole(read(yaml.safe_dump(content), "x.yaml"))


def test_a_suppressor_under_another_reason(content):
    first = next(row for row in content["omstandigheden"] if row["als"] == ["geheim"])
    first["reden"] = "geblokkeerd"
    with pytest.raises(PolicyError, match=r"\['geheim'\]"):
        require_whole(read(yaml.safe_dump(content), "x.yaml"))


def test_a_night_before_any_policy():
    first = versions()[0].geldig_vanaf
    assert policy_on(first) is versions()[0]
    with pytest.raises(PolicyError, match="No policy on"):
        policy_on(first - timedelta(days=1))
