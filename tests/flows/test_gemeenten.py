"""Several gemeenten in one run, on a real Dask cluster of processes: apart, whatever happens to one of them."""

import csv
import json
import os
import signal
import sqlite3
import threading
import time
import warnings
from datetime import UTC, date, datetime
from types import SimpleNamespace

import duckdb
import psutil
import pytest

from flows.alone import one_night
from flows.gemeenten.outcome import SomeFailedError, Stand
from flows.settings import Workplace
from store.casebook import Casebook
from tests.faults.night import nothing_is_half
from tests.flows.test_artifacts import ask
from tests.flows.test_bewaking import body, mails, settings_text
from tests.notifications.smtp_server import MailServer
from tests.world import DAY, EACH, alone, anummer, bsn

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect"), pytest.mark.filterwarnings("ignore")]

CONTACT = '{naam = "Dienst Zes", telefoon = "14 0666"}'
NAMES = [f"g{number}" for number in range(7)]


def town(number):
    """Client 1 of this gemeente has a housemate whom the dienst does not know: one letter."""
    return alone().person(2, house=1, datum_aanvang_adreshouding="20261020").moved(EACH * number)


def surname(number):
    return f"Achternaam{'abcdefghi'[number]}"


def make(folder, number, naam=None):
    """A work folder with deliveries about one gemeente, in which no number or name is that of another."""
    world = town(number)
    world.rows["brp_persoon"] = [row | {"geslachtsnaam": surname(number)} for row in world.rows["brp_persoon"]]
    work = Workplace(folder / (naam or f"g{number}"))
    world.write_all(work.leveringen)
    (work.folder / "tijdig.toml").write_text(
        f'gemeente = "Gemeente {number}"\nwerkgebied = ["9901", "98{number:02}"]\n'
    )
    return work


def listed(folder, numbers):
    lines = ["workers = 2"]
    for number in numbers:
        # 9901, where all of them live, can't be of each: the settings name it, and the list a code of its own.
        work = folder / f"g{number}" / "tijdig.toml"
        work.write_text(work.read_text().replace('"9901", ', ""))
        lines += [f"[gemeente.g{number}]", f'codes=["98{number:02}"]']
    (folder / "gemeenten.toml").write_text("\n".join(lines) + "\n")
    return folder


def run(folder, **how):
    from flows.gemeenten.flow import gemeenten

    try:
        outcomes = gemeenten(folder, DAY, **how)
    except SomeFailedError as error:
        outcomes = error.outcomes
    return {one.naam: one for one in outcomes}


def letters(work):
    return sorted(path.name for path in work.uitvoer(DAY).glob("berichten/*.pdf"))


def found(work):
    """What a night found, without the ids that each gemeente makes with a key of its own."""
    lines = (work.uitvoer(DAY) / "signalen.jsonl").read_text().splitlines()
    return sorted((line["regel"], line["dossiernummer"], line["advies"]) for line in map(json.loads, lines))


@pytest.fixture(scope="module")
def cluster():
    """A Dask cluster that is there already: two workers of one thread."""
    import distributed

    with (
        warnings.catch_warnings(),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL", memory_limit="4GiB"
        ) as started,
    ):
        warnings.simplefilter("ignore")
        yield started.scheduler_address


def test_the_largest_goes_first_and_who_has_to_wait_for_a_delivery_last(tmp_path, monkeypatch):
    from flows.gemeenten.flow import in_turn
    from flows.gemeenten.settings import together

    for number in range(4):
        make(tmp_path, number)
    listed(tmp_path, range(4))
    (tmp_path / "g2" / "leveringen" / "groot.csv").write_bytes(b"x" * 10_000)
    # Nothing of today is there for either; only g0 was told to wait for it.
    with (tmp_path / "g0" / "tijdig.toml").open("a") as settings:
        settings.write('[nacht]\nwacht_tot = "06:00"\n')
    (tmp_path / "g0" / "leveringen" / "groter.csv").write_bytes(b"x" * 20_000)
    (tmp_path / "g3" / "tijdig.toml").write_text("kapot")
    later = date(2026, 12, 1)
    monkeypatch.setattr(
        "flows.gemeenten.flow.datetime", SimpleNamespace(now=lambda _: datetime(2026, 12, 1, 3, tzinfo=UTC))
    )
    assert [one.naam for one in in_turn(together(tmp_path).members, later)] == ["g2", "g1", "g3", "g0"]
    assert in_turn(together(tmp_path).members, DAY)[0].naam == "g0", "a night of another day never waits"


# -- seven in one run -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seven(prefect, tmp_path_factory):
    """Seven gemeenten run once, and two that can't: one with a broken delivery, one with broken settings."""
    folder = tmp_path_factory.mktemp("zeven")
    for number in range(9):
        make(folder, number)
    listed(folder, range(9))
    # All of them live in 9901, of which gemeente 6 is. Only gemeente 0 asked to hear of that.
    (folder / "g6" / "tijdig.toml").write_text('gemeente = "Gemeente 6"\nwerkgebied = ["9901"]\n')
    text = (folder / "gemeenten.toml").read_text().replace('codes=["9806"]', f'codes=["9901"]\ncontact={CONTACT}')
    (folder / "gemeenten.toml").write_text(text.replace("[gemeente.g0]", "[gemeente.g0]\nwarme_overdracht = true"))
    for path in (folder / "g7" / "leveringen").rglob("*.csv"):
        path.write_text("niets;van;dit\n")
    (folder / "g8" / "tijdig.toml").write_text("werkgebied = \n")
    return folder, run(folder)


def test_each_has_its_night_and_the_ones_that_can_not_stop_nobody(seven):
    folder, outcomes = seven
    assert {naam: one.stand for naam, one in outcomes.items() if naam in NAMES} == dict.fromkeys(NAMES, Stand.GELUKT)
    counts = {naam: (outcomes[naam].nieuw, outcomes[naam].brieven, outcomes[naam].taken) for naam in NAMES}
    assert counts == dict.fromkeys(NAMES, (2, 1, 0)) | {"g0": (2, 1, 1), "g6": (1, 1, 0)}
    assert all(one.geheugen_mib > 50 and one.seconden > 0 for one in outcomes.values() if one.fout is None)
    broken, unreadable = outcomes["g7"], outcomes["g8"]
    assert (broken.stand, "sha256" in broken.fout.wat) == (Stand.MISLUKT, True)
    assert (unreadable.stand, unreadable.fout.wat) == (Stand.MISLUKT, "Settings are no valid TOML.")
    assert unreadable.fout.waar.endswith("g8/tijdig.toml")
    for naam in NAMES:
        work = Workplace(folder / naam)
        assert (work.uitvoer(DAY) / "verslag.html").is_file()
        assert len(letters(work)) == 1
    assert not (folder / "g8" / "gegevens" / "casebook.sqlite").exists()


def test_who_moved_to_one_that_takes_part_is_called_together_and_that_one_hears_nothing(seven):
    folder, _ = seven
    (task,) = map(json.loads, (folder / "g0" / "uitvoer" / DAY.isoformat() / "taken.jsonl").read_text().splitlines())
    assert (task["regel"], task["dossiernummer"]) == ("R15", "D-1")
    assert "samen met de inwoner te bellen met Dienst Zes, 14 0666." in task["vraag"]
    assert found(Workplace(folder / "g1")) == [("R01", f"D-{EACH + 1}", "nudge"), ("R15", f"D-{EACH + 1}", "nudge")]
    assert found(Workplace(folder / "g6")) == [("R01", f"D-{6 * EACH + 1}", "nudge")]


def test_no_row_name_number_id_or_key_of_one_is_in_another(seven):
    folder, _ = seven
    own = {number: identities(Workplace(folder / f"g{number}"), number) for number in range(7)}
    for number in range(7):
        text = everything(folder / f"g{number}")
        # The search can find: what is its own is there.
        assert {f"D-{EACH * number + 1}", f"U-{EACH * number + 1}", bsn(EACH * number + 1), surname(number)} <= text
        others = set().union(*(own[other] for other in own if other != number))
        assert not others & text, f"of another gemeente in g{number}"
    shared = everything(folder, deep=False)
    assert "g3" in shared
    assert not set().union(*own.values()) & shared, "somebody in what the shared service reads"


def identities(work, number):
    """All that names somebody or something of this gemeente."""
    people = [EACH * number + 1, EACH * number + 2]
    names = {f"{kind}-{people[0]}" for kind in "DU"} | {surname(number), work.sleutel}
    names |= {make_(one) for one in people for make_ in (bsn, anummer)}
    names.add((work.folder / "gegevens" / "logboek_sleutel").read_text().strip())
    with Casebook.at(work.casebook) as casebook:
        for row in casebook.findings_of(DAY):
            facts = row.inhoud["feiten"]
            names |= {row.signaal_id, *(facts[name] for name in facts if name.endswith("_sleutel") and facts[name])}
        names |= {row.kenmerk for row in casebook.letters_made_on(DAY)}
    assert len(names) >= 12
    return names


def everything(folder, *, deep=True):
    """Every word in every file and every table of the databases."""
    text = []
    for path in folder.rglob("*") if deep else [p for p in folder.glob("*") if p.is_file()]:
        if path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as con:
                tables = con.execute("select table_schema, table_name from information_schema.tables").fetchall()
                text += [str(con.execute(f'select * from "{schema}"."{name}"').fetchall()) for schema, name in tables]
        elif path.suffix == ".sqlite":
            with sqlite3.connect(path) as con:
                text += list(con.iterdump())
        elif path.is_file() and path.suffix not in (".pdf", ".sqlite-wal", ".sqlite-shm"):
            text.append(path.read_text(encoding="utf-8", errors="replace"))
        elif path.suffix == ".pdf":
            text.append(pdf_text(path))
        text.append(str(path.relative_to(folder)))
    words = "\n".join(text)
    for sign in "'\"(),;:=[]{}|/.<>":
        words = words.replace(sign, " ")
    return set(words.split())


def pdf_text(path):
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return " ".join(page.extract_text() or "" for page in pdf.pages)


def test_prefect_knows_a_run_for_each_by_its_name_and_nobody_in_it(seven, prefect):
    import urllib.request

    folder, _ = seven
    body = json.dumps({"flow_runs": {"name": {"like_": "nightly-g"}}, "limit": 200}).encode()
    request = urllib.request.Request(f"{prefect}/flow_runs/filter", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        runs = [one for one in json.load(answer) if one["parameters"]["werkmap"].startswith(str(folder))]
    assert {(one["name"], one["state_type"]) for one in runs} == {
        *((f"nightly-{naam}", "COMPLETED") for naam in NAMES), ("nightly-g7", "FAILED"),
    }  # fmt: skip
    assert {tuple(sorted(one["parameters"])) for one in runs} == {("peildatum", "werkmap")}
    assert not any(surname(number) in json.dumps(runs) for number in range(9))


# -- who hears of it ------------------------------------------------------------------------------------


def test_who_has_no_night_is_told_to_its_own_beheerder_and_the_run_ends_as_failed(cluster, tmp_path, prefect):
    from flows.gemeenten.flow import gemeenten

    for number in range(3):
        make(tmp_path, number)
    listed(tmp_path, range(3))
    with MailServer() as server:
        for naam, more in (("g0", "productie = true\n"), ("g1", "")):
            path = tmp_path / naam / "tijdig.toml"
            path.write_text(more + path.read_text() + settings_text(server))
        # Others are told of another code than it works for.
        path.write_text(path.read_text().replace("9801", "9855"))
        with pytest.raises(SomeFailedError, match=r"no night: g0, g1\..*overzicht\.html"):
            gemeenten(tmp_path, DAY, cluster=cluster)
        told = {mail["Subject"].split(":")[0]: body(mail) for mail in mails(server)}
    assert told.keys() == {"Tijdig Gemeente 0", "Tijdig Gemeente 1"}
    assert "Productie kan niet beginnen" in told["Tijdig Gemeente 0"]
    assert "not those of its own settings" in told["Tijdig Gemeente 1"]
    with (tmp_path / "overzicht" / DAY.isoformat() / "overzicht.csv").open(newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    assert {line["gemeente"]: line["stand"] for line in lines} == {"g0": "mislukt", "g1": "mislukt", "g2": "gelukt"}


def test_a_server_of_several_shows_totals_only_and_not_what_a_rule_found_in_one(seven, prefect):
    folder, _ = seven
    runs = {one["id"]: one for one in ask(prefect, "flow_runs") if str(folder) in json.dumps(one["parameters"])}
    shown = [one for one in ask(prefect, "artifacts") if one["flow_run_id"] in runs and one["key"]]
    assert [one["key"] for one in shown] == ["gemeenten-overzicht"]
    rows = json.loads(shown[0]["data"])
    assert {row["gemeente"]: row["stand"] for row in rows} == dict.fromkeys(NAMES, "goed") | dict.fromkeys(
        ("g7", "g8"), "mislukt"
    )
    assert "R01" not in json.dumps(shown)
    (whole,) = [one for one in runs.values() if "bestand" in one["parameters"] and one["parent_task_run_id"] is None]
    assert whole["state_type"] == "FAILED"


# -- faults ---------------------------------------------------------------------------------------------


def worker_at(path, seconds=120):
    """The process of this machine that holds a file open, once there is one."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for process in psutil.Process().children(recursive=True):
            try:
                if any(opened.path == str(path) for opened in process.open_files()):
                    return process.pid
            except psutil.Error:
                continue
        time.sleep(0.02)
    raise AssertionError("no worker came to this gemeente")


def test_a_worker_that_is_killed_while_it_works_is_followed_by_another_and_each_letter_is_there_once(cluster, tmp_path):
    works = [make(tmp_path, number) for number in (0, 1)]
    listed(tmp_path, (0, 1))
    killed = []

    def kill():
        slot = works[1].folder / "gegevens" / "nacht.slot"
        killed.append(worker_at(slot))
        os.kill(killed[0], signal.SIGKILL)
        # And the next one, when the night stands in the casebook and its letter is being made.
        while not (works[1].casebook.exists() and nights(works[1])):
            time.sleep(0.02)
        killed.append(worker_at(slot))
        os.kill(killed[1], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    outcomes = run(tmp_path, cluster=cluster)
    killer.join(timeout=60)
    assert len(set(killed)) == 2
    assert {naam: (one.stand, one.fout) for naam, one in outcomes.items()} == dict.fromkeys(
        ("g0", "g1"), (Stand.GELUKT, None)
    )
    undisturbed, disturbed = works
    moved = [(regel, dossier.replace("-1", f"-{EACH + 1}"), advies) for regel, dossier, advies in found(undisturbed)]
    assert found(disturbed) == moved
    assert [len(letters(work)) for work in works] == [1, 1]
    # Rows name people by keys of each gemeente: what they say beside that is the same.
    assert told(disturbed) == told(undisturbed)
    nothing_is_half(disturbed)


def told(work):
    """Findings, tasks and notices of a night: what became of each."""
    with Casebook.at(work.casebook) as casebook:
        assert casebook.verify().breuk is None
        return (
            [(row.regel, row.advies, row.reden, row.status) for row in casebook.findings_of(DAY)],
            [(row.soort, row.reden, row.status) for row in casebook.tasks_of(DAY)],
            [(row.bericht, row.status, row.pogingen) for row in casebook.letters_made_on(DAY)],
        )


def test_a_night_whose_workers_disappear_again_and_again_is_said_to_have_failed(tmp_path):
    import distributed

    from flows.gemeenten.flow import _outcome

    make(tmp_path, 0)
    lost = SimpleNamespace(result=_raise(distributed.KilledWorker("nacht", None, 3)))
    said = _outcome("g0", lost, listed(tmp_path, (0,)) / "gemeenten.toml")
    assert (said.stand, said.fout.wat) == (
        Stand.MISLUKT, "The process of this night disappeared, and so did the ones after it.",
    )  # fmt: skip
    assert "geheugen" in said.fout.doen


def _raise(error):
    def raising(**_):
        raise error

    return raising


def nights(work):
    try:
        with sqlite3.connect(work.casebook, timeout=5) as con:
            return con.execute("select count(*) from finding").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def test_two_runs_at_once_never_run_one_gemeente_twice_at_the_same_time(cluster, tmp_path):
    work = make(tmp_path, 0)
    listed(tmp_path, (0,))
    said = []
    runs = [threading.Thread(target=lambda: said.append(run(tmp_path, cluster=cluster))) for _ in range(2)]
    for one in runs:
        one.start()
    for one in runs:
        one.join(timeout=300)
    stands = [outcomes["g0"].stand for outcomes in said]
    assert Stand.GELUKT in stands
    assert len(stands) == 2
    assert set(stands) <= {Stand.GELUKT, Stand.BEZIG}
    assert len(letters(work)) == 1


def test_a_gemeente_whose_night_runs_already_is_said_to_be_busy_and_the_other_goes_on(cluster, tmp_path):
    works = [make(tmp_path, number) for number in (0, 1)]
    listed(tmp_path, (0, 1))
    with one_night(works[0].folder):
        outcomes = run(tmp_path, cluster=cluster)
    assert (outcomes["g0"].stand, outcomes["g0"].fout.wat) == (Stand.BEZIG, "A night runs here already.")
    assert outcomes["g1"].stand is Stand.GELUKT
    assert not works[0].uitvoer(DAY).exists()


def test_a_cluster_that_is_not_there_or_has_workers_of_more_threads_is_refused(tmp_path):
    import distributed

    from contracts.errors import SettingsError

    make(tmp_path, 0)
    listed(tmp_path, (0,))
    with (
        pytest.raises(SettingsError, match="each needs one thread"),
        distributed.LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None) as wide,
    ):
        run(tmp_path, cluster=wide.scheduler_address)
    assert not (tmp_path / "g0" / "gegevens").exists()
