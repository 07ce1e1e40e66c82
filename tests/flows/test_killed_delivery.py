"""A delivery that is killed (SIGKILL) at each thing it does, and then done again: exactly one of each."""

import json
import shutil
from datetime import timedelta
from itertools import count

import pytest

from flows import mailroom, steps
from flows.settings import Workplace
from store.casebook import Casebook
from tests.flows.killed import Deliveries, killed_everywhere
from tests.notifications.notify_server import KEY, Notify
from tests.notifications.smtp_server import MailServer
from tests.world import DAY, anummer, town

pytestmark = pytest.mark.slow

NEXT = DAY + timedelta(days=1)


def two_letters_and_a_name_that_can_not_be_printed():
    world = town().person(2, house=1, datum_aanvang_adreshouding="20261020")
    for house in (7, 8):
        world.uitkering(house, house=house).person(house, house=house)
        world.person(100 + house, house=house, datum_aanvang_adreshouding="20261020")
    return world.change("brp_persoon", "anummer", anummer(8), geslachtsnaam="\U0001f600")


@pytest.fixture(scope="module")
def deliveries():
    with Deliveries() as started:
        yield started


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A work folder with a night that was recorded, and nothing of it delivered."""
    work = Workplace(tmp_path_factory.mktemp("nacht"))
    two_letters_and_a_name_that_can_not_be_printed().write_all(work.leveringen)
    sources = steps.take_in_all(work, DAY)
    steps.decide_and_record(work, DAY, steps.find(work, DAY), unusable=sources.unusable)
    return work.folder


@pytest.fixture
def fresh(base, tmp_path):
    """A copy of a work folder each time it is asked for."""
    numbers = count()

    def _fresh(of=base, settings=None):
        folder = tmp_path / str(next(numbers))
        shutil.copytree(of, folder)
        if settings is not None:
            (folder / "tijdig.toml").write_text(settings)
        return Workplace(folder)

    return _fresh


def state(work):
    """What humans and printer see: letters, their state, tasks, and what lies in the print folders."""
    with Casebook.at(work.casebook) as casebook:
        letters = [
            (row.kenmerk, row.status, row.inhoud_hash is not None)
            for day in (DAY, NEXT)
            for row in casebook.letters_made_on(day)
        ]
        tasks = [(row.taak_id, row.status, row.reden) for day in (DAY, NEXT) for row in casebook.tasks_of(day)]
    printed = {
        str(path.relative_to(work.folder)): path.read_bytes()
        for path in work.folder.glob("uitvoer/*/*/*")
        if path.is_file()
    }
    hidden = [path.name for path in work.folder.glob("uitvoer/*/.*")]
    assert hidden == []
    return sorted(letters), sorted(tasks), printed


@pytest.mark.parametrize(("what", "every"), [("deliver", 1), ("night", 9)])
def test_letters_lie_in_the_print_folder_once_wherever_it_is_killed(deliveries, fresh, what, every):
    undisturbed = fresh()
    deliveries(undisturbed.folder, DAY, what=what)
    wanted = state(undisturbed)
    letters, tasks, printed = wanted
    assert [status for _, status, _ in letters].count("bezig") == 2
    assert ([reden for _, _, reden in tasks], len(printed)) == (["geen_brief_mogelijk"], 3)

    def check(work, step):
        assert state(work) == wanted, f"killed at step {step}"

    assert killed_everywhere(deliveries, fresh, check, what=what, every=every) > 15


def test_what_the_printer_said_counts_once_wherever_it_is_killed(deliveries, fresh):
    done = fresh()
    deliveries(done.folder, DAY)
    manifest = (done.uitvoer(DAY) / mailroom.PRINT_FOLDER / "manifest.jsonl").read_text().splitlines()
    done.postbewijzen.mkdir()
    (done.postbewijzen / "a.jsonl").write_text(
        "".join(json.dumps({name: json.loads(line)[name] for name in ("kenmerk", "sha256")} | {"gepost_op": "2026-11-04"}) + "\n" for line in manifest)
    )  # fmt: skip

    def check(work, step):
        with Casebook.at(work.casebook) as casebook:
            posted = [row for row in casebook.letters_made_on(DAY) if row.status == "bevestigd"]
            logs = [[one.wat for one in casebook.attempts_of(row.kenmerk)] for row in posted]
        assert logs == [["verstuur", "bevestig"]] * 2, f"killed at step {step}"
        assert [path.name for path in work.postbewijzen.iterdir()] == ["a.jsonl.verwerkt"]

    assert killed_everywhere(deliveries, lambda: fresh(done.folder), check) > 5


def test_a_letter_that_is_not_true_any_more_is_out_wherever_it_is_killed(deliveries, fresh):
    gone = fresh()
    deliveries(gone.folder, DAY)
    town().uitkering(7, house=7).person(7, house=7).uitkering(8, house=8).person(8, house=8).write_all(
        gone.leveringen, NEXT
    )
    sources = steps.take_in_all(gone, NEXT)
    steps.decide_and_record(gone, NEXT, steps.find(gone, NEXT), unusable=sources.unusable)
    with Casebook.at(gone.casebook) as casebook:
        assert [row.status for row in casebook.to_withdraw()] == ["in_te_trekken"] * 2

    def check(work, step):
        letters, _, printed = state(work)
        assert [status for _, status, _ in letters].count("ingetrokken") == 2, f"killed at step {step}"
        assert [name for name in printed if name.endswith(".pdf")] == []

    assert killed_everywhere(deliveries, lambda: fresh(gone.folder), check, day=NEXT) > 5


NOTIFY = """
opzoeken_na_minuten = 0
kanalen = {{brief = "notifynl"}}
[kanaal.notifynl]
adres = "{}"
"""


@pytest.fixture
def mailed(base, tmp_path_factory):
    """A work folder of which the night was recorded with letters for a channel."""

    def _mailed(settings, **preference):
        work = Workplace(tmp_path_factory.mktemp("kanaal"))
        (work.folder / "tijdig.toml").write_text(settings)
        world = two_letters_and_a_name_that_can_not_be_printed()
        for number in (1, 7):
            world.preference(number, **preference)
        world.write_all(work.leveringen)
        sources = steps.take_in_all(work, DAY)
        steps.decide_and_record(work, DAY, steps.find(work, DAY), unusable=sources.unusable)
        return work.folder

    return _mailed


def test_notify_has_each_letter_once_wherever_it_is_killed(deliveries, fresh, mailed, monkeypatch):
    with Notify() as notify:
        monkeypatch.setenv("TIJDIG_NOTIFYNL_SLEUTEL", KEY)
        recorded = mailed(NOTIFY.format(notify.url))
        with Deliveries() as started:

            def make():
                notify.messages.clear()
                return fresh(recorded)

            def check(work, step):
                letters, tasks, _ = state(work)
                sent = sorted(kenmerk for kenmerk, status, _ in letters if status == "bezig")
                assert notify.references() == sent, f"killed at step {step}"
                assert len(sent) == 2
                assert [reden for _, _, reden in tasks] == ["geen_brief_mogelijk"]

            assert killed_everywhere(started, make, check) > 10


def test_a_mail_server_has_no_mail_twice_and_a_human_has_what_is_not_sure(fresh, mailed):
    with MailServer() as server, Deliveries() as started:
        recorded = mailed(
            f"""
            opzoeken_na_minuten = 0
            kanalen = {{email = "smtp"}}
            [kanaal.smtp]
            server = "127.0.0.1"
            poort = {server.port}
            beveiligd = false
            afzender = "post@voorbeeld-sdd.example"
            """,
            kanaal="EMAIL", emailadres="een.ander@voorbeeld.example", emailadres_geverifieerd_op="2026-01-05",
        )  # fmt: skip

        def make():
            server.texts.clear()
            return fresh(recorded)

        def check(work, step):
            with Casebook.at(work.casebook) as casebook:
                mails = [row for row in casebook.letters_made_on(DAY) if row.vorm == "email"]
                called = {row.dossiernummer for row in casebook.tasks_of(DAY) if row.reden == "bezorging_onzeker"}
            assert {row.status for row in mails} <= {"bevestigd", "handmatig"}, f"killed at step {step}"
            assert {row.dossiernummer for row in mails if row.status == "handmatig"} == called
            there = [next(row.kenmerk for row in mails if row.kenmerk.encode() in text) for text in server.texts]
            assert len(there) == len(set(there)), "nothing goes twice"
            assert {row.kenmerk for row in mails if row.status == "bevestigd"} <= {*there}, "nothing is lost"

        assert killed_everywhere(started, make, check) > 10
