"""A backup put back elsewhere goes on where it was, nothing goes twice without a human, and a bad one is refused."""

import json
import shutil
import sqlite3
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from contracts.errors import BusyError, CasebookError, TijdigError
from flows import backup, steps
from flows.alone import one_keeper, one_night
from flows.backup import Backup, put_back, take_backup, verified
from flows.bewaking.alerts import Loop
from flows.bewaking.state import read
from flows.casebook import open_casebook
from flows.chosen import read_kenmerken
from flows.cli import app
from flows.mailroom import PRINT_FOLDER, deliver
from flows.settings import Workplace
from store.casebook import Casebook
from store.casebook.tables import BY_HAND_HELD, metadata
from tests.first_night import begin, decide
from tests.flows.test_warehouse_herbouw import MOMENTS, held
from tests.world import DAY, town

NEXT = DAY + timedelta(days=1)
NOW = datetime(2026, 11, 3, 5, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
#: What a restore adds, and what follows from it.
OF_RESTORE = {"audit", "audit_head", "notice_hold"}


def whole_night(work, day):
    decide(work, day)
    deliver(work, day, usable=True)
    steps.clear_deliveries(work, day)


def first_town():
    """A town in which somebody moved in with a client: a letter."""
    made = town().person(70, house=70).uitkering(70, house=70)
    return made.person(71, house=70, datum_aanvang_adreshouding="20261020")


def bigger_town():
    """The next night it happened to another client too."""
    made = first_town().person(72, house=72).uitkering(72, house=72)
    return made.person(73, house=72, datum_aanvang_adreshouding="20261021")


def next_night(work):
    bigger_town().write_all(work.leveringen, NEXT)
    whole_night(work, NEXT)


@pytest.fixture
def work(tmp_path):
    place = Workplace(tmp_path / "werk")
    place.folder.mkdir()
    begin(place, DAY, first_town(), whole_night)
    return place


@pytest.fixture
def made(work, tmp_path):
    return take_backup(work, tmp_path / "backups", NOW)


def record(work, *, but=OF_RESTORE):
    with open_casebook(work) as casebook, casebook._engine.connect() as con:
        return {
            name: sorted(
                ({k: v for k, v in row._mapping.items() if k not in MOMENTS} for row in con.execute(sa.select(table))),
                key=repr,
            )
            for name, table in metadata.tables.items()
            if name not in but
        }  # fmt: skip


def letters(work):
    """The letters that lie in a print folder, by night."""
    return {
        path.parent.parent.name: sorted(read_kenmerken(path))
        for path in sorted(work.folder.glob(f"uitvoer/*/{PRINT_FOLDER}/manifest.jsonl"))
    }  # fmt: skip


# --- there and back -----------------------------------------------------------------------------------------------


def test_after_a_restore_everything_is_as_it_was_and_nothing_may_leave(work, made, tmp_path):
    other = Workplace(tmp_path / "nieuw")
    put_back(made, other, LATER)
    assert record(other) == record(work)
    assert held(other) == held(work)
    assert other.sleutel == work.sleutel
    assert letters(work)[DAY.isoformat()]
    assert letters(other) == {}
    with open_casebook(other) as casebook:
        assert casebook.held().sinds == NOW
        assert casebook.verify().breuk is None
        assert [row.wat for row in casebook.lines_about(made.name)] == ["backup_teruggezet", "backup_gemaakt"]


def test_the_next_night_finds_the_same_in_both_and_its_letters_go_once_freed(work, made, tmp_path):
    other = Workplace(tmp_path / "nieuw")
    put_back(made, other, LATER)
    next_night(work)
    next_night(other)
    mine, theirs = record(work), record(other)
    for table in ("finding", "history", "task", "receipt", "told", "night"):
        assert theirs[table] == mine[table], table
    assert [row["kenmerk"] for row in theirs["outbox"]] == [row["kenmerk"] for row in mine["outbox"]]
    assert letters(other) == {}
    assert letters(work)[NEXT.isoformat()]
    with open_casebook(other) as casebook:
        casebook.free_notices("K. de Wit", LATER)
    deliver(other, NEXT, usable=True)
    assert letters(other) == {NEXT.isoformat(): letters(work)[NEXT.isoformat()]}


def test_what_went_after_the_backup_does_not_go_again(work, made, tmp_path):
    """An old backup: the night after it was delivered in the folder that is lost."""
    next_night(work)
    went = tmp_path / "manifest.jsonl"
    shutil.copy(work.uitvoer(NEXT) / PRINT_FOLDER / "manifest.jsonl", went)
    gone = sorted(read_kenmerken(went))
    assert gone
    other = Workplace(tmp_path / "nieuw")
    put_back(made, other, LATER)
    next_night(other)
    said = (
        CliRunner().invoke(app, ["notices", "vastgehouden", "--map", str(other.folder)], catch_exceptions=False).output
    )
    assert "Vastgehouden door beheer. Wat er sinds 03-11-2026 06:00 ging, weet Tijdig niet." in said
    assert all(f"{kenmerk}  04-11-2026  printmap" in said for kenmerk in gone)
    freed = CliRunner().invoke(
        app, ["notices", "vrijgeven", "--map", str(other.folder), "--door", "K. de Wit", "--al-verstuurd", str(went)],
        catch_exceptions=False,
    )  # fmt: skip
    assert "De berichten zijn vrij." in freed.output
    assert "Hier niet bekend" not in freed.output
    done = deliver(other, NEXT, usable=True)
    assert (done.gepubliceerd, letters(other).get(NEXT.isoformat(), [])) == (0, [])
    with open_casebook(other) as casebook:
        for kenmerk in gone:
            row = casebook.notice(kenmerk)
            assert (row.status, row.bevestigd_op) == ("bevestigd", DAY)
            assert [one.code for one in casebook.attempts_of(kenmerk)] == ["voor_terugzetten"]


def test_a_letter_that_lay_there_and_did_not_go_is_made_again_when_somebody_says_so(work, made, tmp_path):
    other = Workplace(tmp_path / "nieuw")
    put_back(made, other, LATER)
    lay = letters(work)[DAY.isoformat()]
    lost = tmp_path / "verloren.txt"
    lost.write_text(f"{lay[0]}\n\nN-ONBEKEND0\n", encoding="utf-8")
    freed = CliRunner().invoke(
        app, ["notices", "vrijgeven", "--map", str(other.folder), "--door", "K. de Wit", "--opnieuw", str(lost)],
        catch_exceptions=False,
    )  # fmt: skip
    assert "Opnieuw te maken: 1 brief." in freed.output
    assert "  N-ONBEKEND0" in freed.output
    deliver(other, DAY, usable=True)
    assert letters(other) == {DAY.isoformat(): [lay[0]]}


def test_while_messages_are_held_a_delivery_says_so_and_does_nothing(work):
    with open_casebook(work) as casebook:
        casebook.hold_notices(NOW, BY_HAND_HELD, "K. de Wit", NOW)
    before = record(work, but=set())
    done = deliver(work, DAY, usable=True)
    (trouble,) = done.storingen
    assert trouble.wat.startswith("Messages are held: what left since 2026-11-03 06:00")
    assert done.model_copy(update={"storingen": ()}) == type(done)()
    assert record(work, but=set()) == before


def test_who_frees_what_is_not_held_or_says_both_is_refused(work):
    with open_casebook(work) as casebook:
        with pytest.raises(CasebookError, match="No messages are held"):
            casebook.free_notices("K. de Wit", NOW)
        casebook.hold_notices(NOW, BY_HAND_HELD, "K. de Wit", NOW)
        with pytest.raises(CasebookError, match="to have left and to be made again"):
            casebook.free_notices("K. de Wit", NOW, {"N-ABCDEF": DAY}, ["N-ABCDEF"])
        with pytest.raises(CasebookError, match="Nobody is named"):
            casebook.free_notices(" ", NOW)
        assert casebook.held() is not None
        casebook.free_notices("K. de Wit", NOW)
        assert casebook.held() is None


def test_two_holds_are_one_since_the_first(work):
    with open_casebook(work) as casebook:
        casebook.hold_notices(LATER, BY_HAND_HELD, "K. de Wit", LATER)
        casebook.hold_notices(NOW, BY_HAND_HELD, "K. de Wit", LATER)
        assert casebook.held().sinds == NOW
        casebook.free_notices("K. de Wit", LATER)
        assert casebook.held() is None


@pytest.mark.parametrize(
    ("line", "means"),
    [
        ("N-4F7K2M9QAB", {"N-4F7K2M9QAB": None}), (" N-4F7K2M9QAB ; 2026-11-04 ", {"N-4F7K2M9QAB": date(2026, 11, 4)}),
        ('{"kenmerk": "N-4F7K2M9QAB", "paginas": 1}', {"N-4F7K2M9QAB": None}), ("\n", {}),
    ],
)  # fmt: skip
def test_a_list_of_notices(tmp_path, line, means):
    path = tmp_path / "lijst.txt"
    path.write_text(line, encoding="utf-8")
    assert read_kenmerken(path) == means


@pytest.mark.parametrize("line", ["Jansen", "N-4F7K2M9QAB;gisteren", '{"naam": "x"}', "{", "[]", '{"kenmerk": 3}'])
def test_a_line_that_names_no_notice_is_refused_without_repeating_it(tmp_path, line):
    path = tmp_path / "lijst.txt"
    path.write_text(f"N-4F7K2M9QAB\n{line}", encoding="utf-8")
    with pytest.raises(CasebookError, match="Line 2 names no notice") as refused:
        read_kenmerken(path)
    assert line not in str(refused.value)


def test_a_list_that_is_not_there(tmp_path):
    with pytest.raises(CasebookError, match="list of notices can't be read"):
        read_kenmerken(tmp_path / "lijst.txt")


# --- what is in it --------------------------------------------------------------------------------------------------


def test_what_is_in_it_and_who_may_read_it(work, made):
    said = Backup.read(made)
    assert {"gegevens/casebook.sqlite", "gegevens/sleutel"} <= said.bestanden.keys()
    assert any(name.startswith("gegevens/snapshots/") for name in said.bestanden)
    assert "gegevens/sleutel" in said.geheimen
    for name in said.bestanden:
        assert not name.startswith(("leveringen/", "gegevens/warehouse", "gegevens/prefect/"))
        assert f"/{PRINT_FOLDER}/" not in name
        assert not name.endswith((".slot", "-wal", "-shm"))
    assert {path.stat().st_mode & 0o777 for path in made.rglob("*") if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in [made, *made.rglob("*")] if path.is_dir()} == {0o700}
    assert [path.name for path in made.parent.iterdir()] == [made.name]


def test_it_is_taken_while_others_write(work, tmp_path):
    """Each line of the log that is in it has the one before it."""
    stop, counts = threading.Event(), []

    def write():
        with open_casebook(work) as casebook:
            while not stop.is_set():
                casebook.note("anna", "taak_bekeken", "T-1", NOW)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            folder = take_backup(work, tmp_path / "backups", NOW + timedelta(seconds=number))
            with Casebook.at(folder / "gegevens" / "casebook.sqlite") as casebook:
                chain = casebook.verify()
            assert chain.breuk is None
            counts.append(chain.regels)
    finally:
        stop.set()
        writer.join()
    assert counts == sorted(counts)


def test_it_waits_for_a_night_and_says_so_when_that_lasts_too_long(work, tmp_path):
    with one_night(work.folder), pytest.raises(BusyError):
        take_backup(work, tmp_path / "backups", NOW, patience=0)
    assert list((tmp_path / "backups").iterdir()) == []


def test_what_a_killed_one_left_goes_with_the_next(work, tmp_path):
    half = tmp_path / "backups" / "tijdig-backup-20261101T000000Z.nieuw"
    half.mkdir(parents=True)
    (half / "tijdig.toml").write_text("")
    made = take_backup(work, tmp_path / "backups", NOW)
    assert list((tmp_path / "backups").iterdir()) == [made]


def test_nothing_to_back_up(tmp_path):
    with pytest.raises(TijdigError, match="nothing to back up"):
        take_backup(Workplace(tmp_path), tmp_path / "backups", NOW)


def test_a_backup_that_fails_halfway_leaves_nothing(work, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_copy_snapshot", full)
    with pytest.raises(OSError, match="No space"):
        take_backup(work, tmp_path / "backups", NOW)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_and_retention_never_go_on_at_once_and_one_that_fails_is_told(work, tmp_path, monkeypatch):
    from flows import retention

    monkeypatch.setattr(backup, "_copy_all", lambda *_: pytest.fail("it began"))
    command = ["backup", "--map", str(work.folder), "--naar", str(tmp_path / "b"), "--wacht", "0"]
    with one_keeper(work.folder, 0.0):
        assert isinstance(CliRunner().invoke(app, command).exception, BusyError)
    with one_night(work.folder):
        assert isinstance(CliRunner().invoke(app, command).exception, BusyError)
    known = read(work.bewaking)
    assert known.runs[Loop.BACKUP].stand == "mislukt"
    assert len(known.meldingen) == 2
    assert list((tmp_path / "b").iterdir()) == []
    monkeypatch.setattr(retention, "_PATIENCE", 0.0)
    monkeypatch.setattr(retention, "run_retention", lambda *_, **__: pytest.fail("it began"))
    with one_keeper(work.folder, 0.0), pytest.raises(BusyError):
        retention.retention.fn(work.folder, DAY)


# --- what is refused ------------------------------------------------------------------------------------------------


def test_a_folder_with_something_in_it_is_left(made, tmp_path):
    other = tmp_path / "bezet"
    other.mkdir()
    (other / "iets").write_text("van een ander")
    with pytest.raises(TijdigError, match="something in this work folder"):
        put_back(made, Workplace(other), LATER)
    assert [path.name for path in other.iterdir()] == ["iets"]


def _shorten(folder):
    path = folder / "gegevens" / "casebook.sqlite"
    path.write_bytes(path.read_bytes()[:-1])


def _remove(folder):
    (folder / "gegevens" / "sleutel").unlink()


def _add(folder):
    (folder / "gegevens" / "erbij").write_text("x")


def _garble(folder):
    (folder / backup.MANIFEST).write_text("{")


def _newer_format(folder):
    _say_else(folder, formaat=2)


def _newer_casebook(folder):
    _change_casebook(folder, "update alembic_version set version_num = '9999'")


def _broken_log(folder):
    _change_casebook(folder, "drop trigger audit_update", "update audit set wie = 'niemand' where volgnr = 1")


def _lost_rows(folder):
    _change_casebook(folder, "delete from finding")


def _other_layout(folder):
    (said,) = folder.glob("gegevens/snapshots/*/inhoud.json")
    said.write_text(json.dumps(json.loads(said.read_text()) | {"inrichting": 1}))
    _seal(folder, said)


def _outside(folder):
    said = json.loads((folder / backup.MANIFEST).read_text())
    (folder.parent / "buiten").write_text("x")
    said["bestanden"]["../buiten"] = {"sha256": "0", "bytes": 1}
    (folder / backup.MANIFEST).write_text(json.dumps(said))


def _say_else(folder, **said):
    path = folder / backup.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | said))


def _change_casebook(folder, *statements):
    path = folder / "gegevens" / "casebook.sqlite"
    with sqlite3.connect(path) as con:
        for statement in statements:
            con.execute(statement)
    _seal(folder, path)


def _seal(folder, path):
    """As if it had been so when the backup was made."""
    said = json.loads((folder / backup.MANIFEST).read_text())
    name = str(path.relative_to(folder))
    said["bestanden"][name] = {"sha256": backup.snapshot.sha256_of(path), "bytes": path.stat().st_size}
    (folder / backup.MANIFEST).write_text(json.dumps(said))


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (_shorten, "gegevens/casebook.sqlite is not as it was written"), (_remove, "gegevens/sleutel is missing"),
        (_add, "gegevens/erbij is too many"), (_garble, "manifest is damaged"), (_newer_format, "format 2"),
        (_newer_casebook, "version 9999"), (_broken_log, "audit log in the backup does not fit from line 1"),
        (_lost_rows, "casebook is not sound"), (_other_layout, "layout 1"), (_outside, "buiten is missing"),
    ],
)  # fmt: skip
def test_a_backup_that_is_not_right_is_refused_and_nothing_is_left(work, made, tmp_path, harm, says):
    with open_casebook(work) as casebook:
        casebook.note("anna", "taak_bekeken", "T-1", NOW)
    harm(made)
    other = tmp_path / "nieuw"
    with pytest.raises(TijdigError, match=says) as refused:
        put_back(made, Workplace(other), LATER)
    assert refused.value.todo
    assert not other.exists()
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("nieuw")) == []


def test_a_path_out_of_the_folder_is_never_written(made, tmp_path):
    """Also where such a file is there."""
    said = json.loads((made / backup.MANIFEST).read_text())
    said["bestanden"] = {"gegevens/../../buiten": {"sha256": "0", "bytes": 1}}
    shutil.rmtree(made)
    made.mkdir()
    (made / backup.MANIFEST).write_text(json.dumps(said))
    with pytest.raises(TijdigError):
        verified(made)


def test_an_older_casebook_in_a_backup_goes_along(work, made, tmp_path):
    from tests.store.test_migrations import first_release

    path = made / "gegevens" / "casebook.sqlite"
    path.unlink()
    first_release(f"sqlite:///{path}")
    _seal(made, path)
    other = Workplace(tmp_path / "nieuw")
    put_back(made, other, LATER)
    with open_casebook(other) as casebook:
        assert casebook.held().sinds == NOW
        # No number in Open Klant is given out twice.
        (last,) = casebook._all(sa.select(metadata.tables["internetaak_nummer"].c.laatste))
    old = json.loads((backup.Path(__file__).parents[1] / "store" / "casebook_0001.json").read_text())
    assert last.laatste == old["internetaak_nummer"][0]["laatste"] + 100_000


def test_as_commands(work, tmp_path):
    runner, to = CliRunner(), tmp_path / "backups"
    done = runner.invoke(app, ["backup", "--map", str(work.folder), "--naar", str(to)], catch_exceptions=False)
    assert done.exit_code == 0
    (folder,) = to.iterdir()
    assert str(folder) in done.output.replace("\n", "")
    assert "Bewaar hem even veilig" in done.output
    other = tmp_path / "leeg"
    other.mkdir()
    done = runner.invoke(app, ["restore", str(folder), "--map", str(other)], catch_exceptions=False)
    assert done.exit_code == 0
    assert "tijdig notices vrijgeven" in done.output
    assert Workplace(other).warehouse.exists()
