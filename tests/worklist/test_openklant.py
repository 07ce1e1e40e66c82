"""An Open Klant that misbehaves, over real HTTP: no task is lost, and none is there twice."""

import logging
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from shutil import copy

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.message import ChannelError
from contracts.outcome import Uitkomst
from contracts.work import Afronding
from notifications.delivery import Lot, Patience
from store.casebook import Casebook, Deed
from tests.worklist import openklant_server as fault
from tests.worklist.openklant_server import NEW, OLD, OpenKlant
from tests.worklist.tasks import NIGHT, WORKLIST, Clock, fill, log, options, sender, states
from worklist.openklant import Client, Teruggelezen
from worklist.openklant import OpenKlant as OpenKlantSettings


@pytest.fixture(params=[OLD, NEW])
def klant(request):
    with OpenKlant(request.param) as server:
        yield server


@pytest.fixture
def new():
    with OpenKlant(NEW) as server:
        yield server


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A casebook without anything: making its tables takes longer than most of what is done here."""
    path = tmp_path_factory.mktemp("leeg") / "casebook.sqlite"
    Casebook.at(path).__exit__()
    return path


@pytest.fixture
def fresh(empty, tmp_path):
    """Opens a copy of it."""
    with ExitStack() as opened:
        yield lambda name="casebook": opened.enter_context(Casebook.at(copy(empty, tmp_path / f"{name}.sqlite")))


@pytest.fixture
def casebook(fresh):
    return fresh()


def close(casebook, taak_id, *, form="a"):
    row = casebook.task(taak_id)
    deed = Deed(taak_id, row.versie, "C-01", form * 32, datetime(2026, 11, 4, tzinfo=UTC))
    assert casebook.finish(deed, Afronding(uitkomst=Uitkomst.GEEN_GEVOLG))


def reopen(casebook, taak_id, *, form="b"):
    row = casebook.task(taak_id)
    deed = Deed(taak_id, row.versie, "B-01", form * 32, datetime(2026, 11, 5, tzinfo=UTC))
    assert casebook.open_again(deed, "Toch nog.")


# --- what goes there ------------------------------------------------------------------------------------


def test_each_task_goes_once_with_the_department_and_the_page_where_to_read_on(klant, casebook):
    taken = fill(casebook, 3)
    assert sender(casebook, klant).run() == {Lot.VERSTUURD: 3}
    assert sender(casebook, klant).run() == {}
    assert (klant.about(), klant.wrong, states(casebook)) == (taken, [], ["bevestigd"] * 3)
    (afdeling,) = klant.actoren
    assert afdeling["actoridentificator"] == {
        "objectId": "sdd", "codeObjecttype": "afd", "codeRegister": "obj", "codeSoortObjectId": "idf",
    }  # fmt: skip
    links = sorted(taak["toelichting"].rsplit(" ", 1)[1] for taak in klant.taken)
    assert links == [f"{WORKLIST}/taken/{taak_id}" for taak_id in taken]
    assert [taak["toegewezenAanActoren"] for taak in klant.taken] == [[{"uuid": afdeling["uuid"]}]] * 3


def test_nothing_that_is_sent_says_whom_or_what_it_is_about(new, casebook):
    fill(casebook, 1)
    sender(casebook, new).run()
    said = f"{new.contacten} {new.taken}"
    assert not [word for word in ("D-0", "R01", "kostendeler", "iemand extra", "C-01") if word in said]
    assert "betrokkene" not in said
    assert new.contacten[0]["vertrouwelijk"] is True


def test_the_day_of_a_contact_is_that_of_the_task_and_not_of_the_fact(new, casebook):
    fill(casebook, 1)
    sender(casebook, new).run()
    assert new.contacten[0]["plaatsgevondenOp"] == "2026-11-03T00:00:00+01:00"


def test_a_task_of_a_night_that_lies_ahead_was_made_when_it_went(new, casebook):
    fill(casebook, 1)
    clock = Clock(datetime(2026, 11, 2, 12, tzinfo=UTC))
    sender(casebook, new, clock).run()
    assert new.contacten[0]["plaatsgevondenOp"] == "2026-11-02T13:00:00+01:00"


@pytest.mark.parametrize("few", ["beperkt", "geheim"])
def test_what_is_for_a_few_people_only_does_not_go(new, casebook, few):
    fill(casebook, 3, **{few: {1}})
    assert sender(casebook, new).run() == {Lot.VERSTUURD: 2}
    shut = [row.taak_id for row in casebook.tasks_of(NIGHT) if row.dossiernummer == "D-1"]
    assert (len(shut), casebook.internetaak_of(shut[0])) == (1, None)


def test_the_newer_generation_gets_our_numbers_and_the_older_gives_its_own(klant, casebook):
    (taak_id,) = fill(casebook, 1)
    sender(casebook, klant, nummers_vanaf=5_000_000_007).run()
    row = casebook.internetaak_of(taak_id)
    assert row.nummer == "5000000007"
    if klant.version == OLD:
        assert "referentienummer" not in klant.taken[0]
        assert row.nummer_daar == klant.taken[0]["nummer"] != row.nummer
    else:
        ours = {"nummer": "5000000007", "referentienummer": "5000000007"}
        assert ours.items() <= klant.taken[0].items()
        assert ours.items() <= klant.contacten[0].items()
        assert row.nummer_daar == "5000000007"


def test_a_consulent_who_is_known_there_gets_it_by_name_too(new, casebook):
    fill(casebook, 2)
    mdw = {"C-01": {"identificator": "c01@voorbeeld.example", "naam": "Consulent 1"}}
    sender(casebook, new, medewerkers=mdw).run()
    assert [one["soortActor"] for one in new.actoren] == ["organisatorische_eenheid", "medewerker"]
    assert new.actoren[1]["actoridentificator"] == {
        "objectId": "c01@voorbeeld.example", "codeObjecttype": "mdw", "codeRegister": "msei",
        "codeSoortObjectId": "email",
    }  # fmt: skip
    assert [len(taak["toegewezenAanActoren"]) for taak in new.taken] == [2, 2]


def test_an_actor_is_the_same_only_by_all_four_codes_and_of_two_the_same_one_is_taken(new, casebook):
    ours = {"objectId": "sdd", "codeObjecttype": "afd", "codeRegister": "obj", "codeSoortObjectId": "idf"}
    for codes in (ours | {"codeObjecttype": "grp"}, ours, ours):
        new.make("actoren", {"naam": "Er al", "soortActor": "organisatorische_eenheid", "actoridentificator": codes})
    fill(casebook, 2)
    sender(casebook, new).run()
    first = min(one["uuid"] for one in new.actoren[1:])
    assert ([taak["toegewezenAanActoren"] for taak in new.taken], len(new.actoren)) == ([[{"uuid": first}]] * 2, 3)


def test_a_department_that_is_not_active_there_stops_everything(new, casebook):
    codes = {"objectId": "sdd", "codeObjecttype": "afd", "codeRegister": "obj", "codeSoortObjectId": "idf"}
    new.make(
        "actoren",
        {
            "naam": "Er al",
            "soortActor": "organisatorische_eenheid",
            "indicatieActief": False,
            "actoridentificator": codes,
        },
    )
    fill(casebook, 2)
    with pytest.raises(ChannelError, match="not active"):
        sender(casebook, new).run()
    assert (len(new.actoren), new.contacten, states(casebook)) == (1, [], ["klaar"] * 2)


def test_an_actor_that_was_thrown_away_there_is_made_again(new, casebook):
    fill(casebook, 1)
    sender(casebook, new).run()
    new.actoren.clear()
    fill(casebook, 2)
    clock = Clock()
    assert sender(casebook, new, clock).run() == {Lot.WACHT: 1}
    assert sender(casebook, new, clock).run() == {Lot.VERSTUURD: 1}
    assert (len(new.actoren), len(new.taken)) == (1, 2)


# --- when it goes wrong ---------------------------------------------------------------------------------


@pytest.mark.parametrize("first", fault.FAULTS)
@pytest.mark.parametrize("step", [0, 1, 2], ids=["actor", "klantcontact", "internetaak"])
def test_after_a_fault_the_task_is_there_once(klant, casebook, first, step):
    taken = fill(casebook, 1)
    klant.faults.extend([*[fault.OK] * step, first])
    clock = Clock()
    sender(casebook, klant, clock).run()
    clock.later(minutes=11)
    sender(casebook, klant, clock).run()
    assert (klant.about(), len(klant.contacten), len(klant.actoren)) == (taken, 1, 1)
    assert (states(casebook), klant.wrong) == (["bevestigd"], [])


@pytest.mark.parametrize("first", [fault.DROPS_BEFORE, fault.FAILS_BEFORE, fault.MOVED])
def test_what_may_be_there_waits_and_is_looked_up_before_it_is_sent_again(new, casebook, first):
    fill(casebook, 1)
    new.faults.extend([fault.OK, fault.OK, first])
    clock = Clock()
    assert sender(casebook, new, clock).run() == {Lot.WACHT: 1}
    assert states(casebook) == ["onbekend"]
    asked, posted = len(new.asked), len(new.posted)
    clock.later(minutes=9)
    assert sender(casebook, new, clock).run() == {Lot.WACHT: 1}
    assert (len(new.asked), len(new.posted)) == (asked, posted), "it may be at work on it still"
    clock.later(minutes=2)
    assert sender(casebook, new, clock).run() == {Lot.VERSTUURD: 1}
    assert new.asked[asked] == "onderwerpobjecten"


@pytest.mark.parametrize(
    "first", [fault.DROPS_AFTER, fault.FAILS_AFTER, fault.UNIQUE_AFTER, fault.CONFLICT_AFTER, fault.NONSENSE_AFTER]
)
def test_what_turns_out_to_be_there_is_taken_for_ours_at_once(new, casebook, first):
    taken = fill(casebook, 1)
    new.faults.extend([fault.OK, first, first])
    assert sender(casebook, new).run() == {Lot.VERSTUURD: 1}
    assert (new.about(), len(new.posted)) == (taken, 3)


def test_an_internetaak_that_is_there_already_is_found_by_our_id(klant, casebook, fresh):
    taken = fill(casebook, 2)
    sender(casebook, klant).run()
    restored = fresh("restored")
    assert fill(restored, 2) == taken
    assert sender(restored, klant).run() == {Lot.TERUGGEVONDEN: 2}
    assert states(restored) == ["bevestigd"] * 2
    assert klant.about() == taken


def test_too_many_is_waited_for_as_long_as_it_asks(new, casebook):
    fill(casebook, 1)
    new.faults.append(fault.TOO_MANY)
    clock = Clock()
    assert sender(casebook, new, clock).run() == {Lot.VERSTUURD: 1}
    assert clock.waited == [2.0]


def test_a_server_that_is_not_there_loses_nothing_and_is_left_alone_after_three(casebook):
    with OpenKlant() as gone:
        pass
    taken = fill(casebook, 5)
    clock = Clock()
    assert sender(casebook, gone, clock).run() == {Lot.WACHT: 5}
    assert states(casebook) == ["klaar"] * 5
    assert sum(len(log(casebook, taak_id)) > 0 for taak_id in taken) == 3
    with OpenKlant() as back:
        assert sender(casebook, back, clock).run() == {Lot.VERSTUURD: 5}
        assert back.about() == taken


@pytest.mark.parametrize("lie", fault.LIES)
def test_an_answer_that_does_not_fit_never_means_that_it_is_not_there(klant, casebook, lie):
    taken = fill(casebook, 1)
    klant.faults.extend([fault.OK, fault.OK, fault.DROPS_AFTER])
    clock = Clock()
    klant.lies.extend([fault.TELLS] * 5 + [lie] * 6)
    for _ in range(8):
        sender(casebook, klant, clock).run()
        clock.later(minutes=11)
    assert (klant.about(), states(casebook)) == (taken, ["bevestigd"])
    assert klant.posted.count("internetaken") == 1


def test_what_keeps_failing_is_tried_three_times_and_then_a_human_looks(new, casebook):
    fill(casebook, 1)
    new.faults.extend([fault.OK, *[fault.FAILS_BEFORE] * 9])
    clock = Clock()
    for _ in range(6):
        sender(casebook, new, clock).run()
        clock.later(minutes=11)
    assert (new.posted.count("maak-klantcontact"), states(casebook)) == (3, ["handmatig"])
    assert casebook.internetaken_with_a_human() == ["7000000001"]


def test_what_it_refuses_is_tried_three_times_too_and_its_words_are_nowhere(new, casebook, caplog):
    (taak_id,) = fill(casebook, 1)
    new.faults.extend([fault.OK, *[fault.REFUSES] * 9])
    clock = Clock()
    with caplog.at_level(logging.DEBUG):
        lots = [sender(casebook, new, clock).run() for _ in range(4)]
    assert lots == [{Lot.WACHT: 1}] * 3 + [{Lot.NAAR_MENS: 1}]
    assert "werklijst" not in caplog.text
    assert {row.code for row in casebook.pogingen_of(taak_id)} == {None, "400", "tried-too-often"}


def test_a_number_that_somebody_else_has_is_for_a_human(new, casebook):
    fill(casebook, 1)
    new.taken.append({"uuid": "0" * 8, "nummer": "7000000001", "aanleidinggevendKlantcontact": {"uuid": "1"}})
    clock = Clock()
    for _ in range(5):
        sender(casebook, new, clock).run()
        clock.later(minutes=11)
    assert (states(casebook), len(new.taken), len(new.contacten)) == (["handmatig"], 1, 1)


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_token_that_may_not_do_this_stops_the_channel_and_loses_nothing(new, casebook, step):
    taken = fill(casebook, 3)
    new.faults.extend([*[fault.OK] * step, fault.FORBIDS])
    with pytest.raises(ChannelError, match="refuses us \\(403\\)"):
        sender(casebook, new).run()
    assert states(casebook) == ["klaar"] * 3
    assert sender(casebook, new).run() == {Lot.VERSTUURD: 3}
    assert (new.about(), len(new.contacten)) == (taken, 3)


def test_a_wrong_address_stops_it_too(new, casebook):
    fill(casebook, 1)
    with pytest.raises(ChannelError, match="404"):
        sender(casebook, new, adres=new.url + "/elders").run()
    assert states(casebook) == ["klaar"]


def test_two_that_somebody_else_made_are_told_and_one_is_ours(new, casebook, fresh):
    fill(casebook, 1)
    sender(casebook, new).run()
    sent = ("gevraagdeHandeling", "aanleidinggevendKlantcontact", "toegewezenAanActoren", "status")
    twin = {name: new.taken[0][name] for name in sent}
    new.make("internetaken", twin | {"nummer": "12", "referentienummer": "12"})
    restored = fresh("restored")
    (taak_id,) = fill(restored, 1)
    assert sender(restored, new).run() == {Lot.TERUGGEVONDEN: 1}
    assert restored.internetaak_of(taak_id).internetaak_uuid == new.taken[0]["uuid"]
    assert restored.odd_internetaken() == ["7000000001"]
    assert casebook.odd_internetaken() == []


def test_one_without_a_number_there_is_told(casebook):
    with OpenKlant(OLD) as old:
        old._number = lambda: ""
        fill(casebook, 1)
        assert sender(casebook, old).run() == {Lot.VERSTUURD: 1}
    assert casebook.odd_internetaken() == ["7000000001"]


# --- a second process -----------------------------------------------------------------------------------


def test_what_another_process_has_in_hand_is_left_to_it(new, casebook):
    fill(casebook, 1)
    clock = Clock()
    casebook.make_internetaken(1, clock.now())
    (row,) = casebook.to_put_there()
    assert casebook.claim(row, clock.now()) is not None
    assert casebook.claim(row, clock.now()) is None
    assert sender(casebook, new, clock).run() == {Lot.INGEHAALD: 1}
    assert new.posted == []
    clock.later(minutes=11)
    assert sender(casebook, new, clock).run() == {Lot.VERSTUURD: 1}


def test_a_process_that_was_overtaken_sends_nothing_more(new, casebook):
    fill(casebook, 1)
    clock = Clock()

    class _Slow(Client):
        def make(self, path, body):
            super().make(path, body)
            if path == "actoren":
                clock.later(minutes=11)
                assert sender(casebook, new, clock).run() == {Lot.VERSTUURD: 1}

    assert sender(casebook, new, clock, client=_Slow).run() == {Lot.INGEHAALD: 1}
    assert (new.posted.count("maak-klantcontact"), new.posted.count("internetaken"), states(casebook)) == (
        1, 1, ["bevestigd"],
    )  # fmt: skip


# --- what becomes of it ---------------------------------------------------------------------------------


def test_a_task_that_is_closed_there_asks_for_its_outcome_here(klant, casebook):
    (taak_id,) = fill(casebook, 1)
    sender(casebook, klant).run()
    assert sender(casebook, klant).read_back() == {}
    klant.closes(0, "2026-11-05T09:30:00+01:00")
    assert sender(casebook, klant).read_back() == {Teruggelezen.DAAR_AFGEHANDELD: 1}
    assert sender(casebook, klant).read_back() == {}
    row = casebook.internetaak_of(taak_id)
    assert row.daar_afgehandeld_op.replace(tzinfo=None) == datetime(2026, 11, 5, 8, 30)  # noqa: DTZ001
    assert casebook.task(taak_id).status == "open"
    close(casebook, taak_id)
    assert sender(casebook, klant).read_back() == {Teruggelezen.HIER_AFGEHANDELD: 1}
    assert (sender(casebook, klant).read_back(), klant.changed) == ({}, [])


def test_a_closed_task_there_without_a_moment_is_closed_now(new, casebook):
    (taak_id,) = fill(casebook, 1)
    sender(casebook, new).run()
    new.closes(0, None)
    clock = Clock()
    sender(casebook, new, clock).read_back()
    assert casebook.internetaak_of(taak_id).daar_afgehandeld_op.replace(tzinfo=UTC) == clock.now()


@pytest.mark.parametrize("first", [fault.OK, *fault.FAULTS])
def test_a_task_that_is_closed_here_is_closed_there_whatever_it_answers(klant, casebook, first):
    (taak_id,) = fill(casebook, 1)
    sender(casebook, klant).run()
    close(casebook, taak_id)
    klant.faults.append(first)
    for _ in range(3):
        sender(casebook, klant).read_back()
    assert (klant.taken[0]["status"], casebook.internetaak_of(taak_id).gesloten) == ("verwerkt", True)
    assert log(casebook, taak_id).count(("sluit", "bezorgd")) == 1
    assert sender(casebook, klant).read_back() == {}


def test_a_task_that_lapses_before_it_went_never_goes(new, casebook):
    fill(casebook, 1)
    casebook.make_internetaken(1, Clock().now())
    casebook.record(NIGHT, [], {})
    assert (sender(casebook, new).run(), new.posted) == ({}, [])


def test_a_task_that_lapses_when_it_may_be_there_is_looked_up_and_closed(new, casebook):
    fill(casebook, 1)
    clock = Clock()
    new.faults.extend([fault.OK, fault.OK, fault.DROPS_AFTER])
    new.lies.extend([fault.TELLS] * 5 + [fault.FAILS])
    assert sender(casebook, new, clock).run() == {Lot.WACHT: 1}
    casebook.record(NIGHT, [], {})
    clock.later(minutes=11)
    assert sender(casebook, new, clock).run() == {Lot.TERUGGEVONDEN: 1}
    assert sender(casebook, new, clock).read_back() == {Teruggelezen.HIER_AFGEHANDELD: 1}
    assert [taak["status"] for taak in new.taken] == ["verwerkt"]


def test_a_task_that_is_opened_again_here_is_opened_there_and_no_second_one_is_made(klant, casebook):
    (taak_id,) = fill(casebook, 1)
    sender(casebook, klant).run()
    close(casebook, taak_id)
    sender(casebook, klant).read_back()
    reopen(casebook, taak_id)
    assert sender(casebook, klant).run() == {}
    assert sender(casebook, klant).read_back() == {Teruggelezen.HEROPEND: 1}
    assert [(taak["status"], taak["afgehandeldOp"]) for taak in klant.taken] == [("te_verwerken", None)]
    assert sender(casebook, klant).read_back() == {}


def test_a_task_that_is_opened_again_there_asks_for_no_outcome_any_more(new, casebook):
    (taak_id,) = fill(casebook, 1)
    sender(casebook, new).run()
    new.closes(0)
    sender(casebook, new).read_back()
    new.taken[0] |= {"status": "te_verwerken", "afgehandeldOp": None}
    assert sender(casebook, new).read_back() == {Teruggelezen.HEROPEND: 1}
    assert casebook.internetaak_of(taak_id).daar_afgehandeld_op is None


def test_a_task_that_becomes_one_for_a_few_people_is_closed_there(new, casebook):
    fill(casebook, 1)
    sender(casebook, new).run()
    with casebook._engine.begin() as con:
        con.exec_driver_sql("update task set geheim = 1")
    assert sender(casebook, new).read_back() == {Teruggelezen.HIER_AFGEHANDELD: 1}
    assert new.taken[0]["status"] == "verwerkt"


def test_a_task_that_was_thrown_away_there_is_not_made_again_but_told(new, casebook):
    fill(casebook, 1)
    sender(casebook, new).run()
    new.taken.clear()
    assert sender(casebook, new).read_back() == {Teruggelezen.WEG: 1}
    assert (sender(casebook, new).run(), new.taken) == ({}, [])
    assert casebook.internetaken_with_a_human() == ["7000000001"]


@pytest.mark.parametrize("lie", fault.LIES)
def test_a_strange_answer_closes_nothing(new, casebook, lie):
    (taak_id,) = fill(casebook, 1)
    sender(casebook, new).run()
    new.lies.append(lie)
    assert sender(casebook, new).read_back() == {Teruggelezen.WACHT: 1}
    row = casebook.internetaak_of(taak_id)
    assert (row.status, row.daar_afgehandeld_op) == ("bevestigd", None)


# --- whatever happens -----------------------------------------------------------------------------------


class _Killed(BaseException):
    """The process stops here."""


def dying(after):
    """A client whose process is gone after so many requests; half of them arrive."""

    class _Dying(Client):
        left = after

        def _send(self, *args):
            _Dying.left -= 1
            if _Dying.left < 0 and after % 2:
                raise _Killed
            done = super()._send(*args)
            if _Dying.left < 0:
                raise _Killed
            return done

    return _Dying


@pytest.mark.slow
@given(
    version=st.sampled_from([OLD, NEW]),
    faults=st.lists(st.sampled_from([fault.OK, *(one for one in fault.FAULTS if one != fault.SLOW)]), max_size=12),
    lies=st.lists(st.sampled_from([fault.TELLS, *fault.LIES]), max_size=12),
    kills=st.lists(st.none() | st.integers(0, 12), min_size=6, max_size=6),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_it_does_nothing_is_there_twice_and_nothing_is_lost(
    empty, tmp_path_factory, version, faults, lies, kills
):
    path = tmp_path_factory.mktemp("x") / "casebook.sqlite"
    with OpenKlant(version) as klant, Casebook.at(copy(empty, path)) as casebook:
        taken = fill(casebook, 3)
        klant.faults.extend(faults)
        klant.lies.extend(lies)
        clock = Clock()
        for after in [*kills, *[None] * 12]:
            with suppress(_Killed):
                sender(casebook, klant, clock, client=Client if after is None else dying(after)).run()
            assert len(klant.about()) == len(set(klant.about()))
            clock.later(minutes=11)
        assert (len(klant.actoren), klant.wrong) == (1, [])
        for taak_id in taken:
            row = casebook.internetaak_of(taak_id)
            assert row.status == ("bevestigd" if taak_id in klant.about() else "handmatig")


def test_the_shapes_refuse_what_the_published_ones_do():
    with OpenKlant(NEW) as klant:
        for path, body in [
            ("internetaken", {"gevraagdeHandeling": "x" * 201}), ("actoren", {"naam": "x"}),
            ("maak-klantcontact", {}), ("PATCH", {"status": "klaar"}),
        ]:  # fmt: skip
            with pytest.raises(fault._RefusedError):
                klant.check(path, body)
        assert len(klant.wrong) == 4
        jsonschema.Draft202012Validator.check_schema(fault.shapes(NEW)["internetaken"])


# --- the settings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "adres", ["http://openklant.example", "ftp://x", "https://x.example/api/v1/", "http://127.0.0.1.evil.example"]
)
def test_an_open_line_is_only_for_this_machine(new, adres):
    with pytest.raises(ValueError, match="adres"):
        options(new, adres=adres)


@pytest.mark.parametrize("token", [None, "", "met een spatie", "r\negel"])
def test_without_a_token_it_does_not_open_and_does_not_repeat_it(new, token):
    with pytest.raises(ChannelError, match="TIJDIG_OPENKLANT_SLEUTEL") as refused:
        Client.connect(options(new), lambda _: token)
    assert not token or token not in str(refused.value)


def test_nothing_is_on_its_way_longer_than_it_is_left_alone(new):
    """Who takes over finds that nothing of the one before can still arrive: three tries, and waiting as long as may be."""
    waits = OpenKlantSettings.model_fields["wacht_seconden"].metadata
    (longest,) = [one.le for one in waits if hasattr(one, "le")]
    assert timedelta(seconds=3 * longest + 2 * 30) < Patience().settle
