import hashlib
import json
import shutil
from pathlib import Path

import pytest
from pydantic import ValidationError

from contracts.message import Letter
from contracts.notice import NoticeError
from notifications.channels.print_folder import publish, withdraw


def letter(number, pdf=b"%PDF-1.7 brief", postcode="1234AB"):
    return Letter(kenmerk=f"N-{number:08}", pdf=pdf, postcode=postcode, bericht="kostendeler_erbij", versie="1.1")


THREE = [letter(2), letter(1, pdf=b"%PDF-1.7 eerste"), letter(3)]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "uitvoer" / "berichten"


def contents(folder):
    """Every file under the parent folder, so a temporary folder left behind shows too."""
    return {
        str(path.relative_to(folder.parent)): path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()
    }


def test_a_pdf_a_letter_and_a_manifest(folder):
    offered = publish(folder, THREE)
    assert offered["N-00000001"] == (hashlib.sha256(b"%PDF-1.7 eerste").hexdigest(), "1.1")
    assert sorted(offered) == ["N-00000001", "N-00000002", "N-00000003"]
    names = {"N-00000001.pdf", "N-00000002.pdf", "N-00000003.pdf", "manifest.jsonl"}
    assert contents(folder).keys() == {f"berichten/{name}" for name in names}
    lines = [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()]
    assert [line["kenmerk"] for line in lines] == ["N-00000001", "N-00000002", "N-00000003"]
    assert lines[0] == {
        "kenmerk": "N-00000001", "bestand": "N-00000001.pdf",
        "sha256": hashlib.sha256(b"%PDF-1.7 eerste").hexdigest(),
        "paginas": 1, "postcodegebied": "1234", "bericht": "kostendeler_erbij", "versie": "1.1",
    }  # fmt: skip


def test_the_letters_of_the_postcode_stay_out_of_the_manifest(folder):
    publish(folder, [letter(1, postcode="1234 XZ")])
    assert "XZ" not in (folder / "manifest.jsonl").read_text()


def test_a_night_without_letters_has_an_empty_manifest(folder):
    publish(folder, [])
    assert contents(folder) == {"berichten/manifest.jsonl": b""}


def test_publishing_the_same_set_again_in_another_order_changes_nothing(folder):
    publish(folder, THREE)
    before, moment = contents(folder), folder.stat().st_mtime_ns
    publish(folder, [*reversed(THREE), THREE[0]])
    assert contents(folder) == before
    assert folder.stat().st_mtime_ns == moment


def test_publishing_another_set_replaces_the_first(folder):
    publish(folder, THREE)
    publish(folder, [letter(4)])
    assert contents(folder).keys() == {"berichten/N-00000004.pdf", "berichten/manifest.jsonl"}


def test_a_pdf_that_was_damaged_is_mended(folder):
    publish(folder, THREE)
    before = contents(folder)
    (folder / "N-00000002.pdf").write_bytes(b"%PDF-")
    publish(folder, THREE)
    assert contents(folder) == before


def test_two_different_letters_with_one_kenmerk_are_refused(folder):
    with pytest.raises(NoticeError, match="N-00000001"):
        publish(folder, [letter(1), letter(1, pdf=b"%PDF-1.7 anders")])
    assert not folder.exists()


def test_a_folder_with_a_receipt_of_the_printer_is_not_replaced(folder):
    publish(folder, THREE)
    (folder / "ontvangst.txt").write_text("gepost")
    assert len(publish(folder, THREE)) == 3
    with pytest.raises(NoticeError, match="picked up"):
        publish(folder, [letter(4)])
    assert withdraw(folder, ["N-00000001"]) == []
    assert (folder / "N-00000001.pdf").exists()


@pytest.mark.parametrize("kenmerk", ["123456782", "N-../../x", "N-abc"])
def test_a_file_name_is_an_opaque_reference(kenmerk):
    with pytest.raises(ValidationError):
        Letter(kenmerk=kenmerk, pdf=b"%PDF-", postcode="1234AB", bericht="b", versie="1.1")


def test_withdrawing_takes_out_pdf_and_manifest_line(folder):
    publish(folder, THREE)
    assert withdraw(folder, ["N-00000003", "N-00000001"]) == ["N-00000001", "N-00000003"]
    assert contents(folder).keys() == {"berichten/N-00000002.pdf", "berichten/manifest.jsonl"}
    assert withdraw(folder, ["N-00000001"]) == ["N-00000001"], "taken out before: certainly not there"
    # What is left is what publishing that one letter gives.
    left = contents(folder)
    publish(folder, [letter(2)])
    assert contents(folder) == left


def test_withdrawing_from_a_folder_that_is_gone_takes_out_nothing(folder):
    assert withdraw(folder, ["N-00000001"]) == []


class Killed(BaseException):
    """The process stops here: no except or finally of ours runs after a real kill either."""


@pytest.fixture
def kill_at(monkeypatch):
    """Kill at the n-th change on disk; a write is cut off half way."""
    real_write = Path.write_bytes

    def _kill_at(step):
        count = 0

        def counted(change, half=None):
            def changing(*args, **kwargs):
                nonlocal count
                count += 1
                if count == step:
                    if half:
                        half(*args)
                    raise Killed
                return change(*args, **kwargs)

            return changing

        half_written = lambda path, data: real_write(path, data[: len(data) // 2])  # noqa: E731
        monkeypatch.setattr(Path, "write_bytes", counted(real_write, half_written))
        for name in ("mkdir", "rename", "replace", "unlink"):
            monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
        monkeypatch.setattr(shutil, "rmtree", counted(shutil.rmtree))

    yield _kill_at
    monkeypatch.undo()


def run_until_killed(kill_at, monkeypatch, step, work):
    kill_at(step)
    try:
        work()
    except Killed:
        return True
    finally:
        monkeypatch.undo()
    return False


@pytest.mark.parametrize("earlier", [None, [letter(1), letter(9)]], ids=["first", "replacing"])
def test_killed_at_any_step_a_rerun_leaves_each_letter_exactly_once(folder, kill_at, monkeypatch, earlier):
    publish(folder, THREE)
    wanted = contents(folder)
    for step in range(1, 40):
        shutil.rmtree(folder.parent)
        if earlier is not None:
            publish(folder, earlier)
        killed = run_until_killed(kill_at, monkeypatch, step, lambda: publish(folder, THREE))
        publish(folder, THREE)
        assert contents(folder) == wanted, f"killed at step {step}"
        if not killed:
            break
    assert not killed
    assert step > 6  # a folder, four files and a rename at least, so the steps were really counted


def test_killed_at_any_step_withdrawing_can_be_done_again(folder, kill_at, monkeypatch):
    publish(folder, [letter(2)])
    wanted = contents(folder)
    gone = ["N-00000001", "N-00000003"]
    for step in range(1, 40):
        shutil.rmtree(folder.parent)
        publish(folder, THREE)
        killed = run_until_killed(kill_at, monkeypatch, step, lambda: withdraw(folder, gone))
        # Also what an earlier call took out is certainly not there any more.
        assert withdraw(folder, gone) == gone
        assert contents(folder) == wanted, f"killed at step {step}"
        if not killed:
            break
    assert not killed
    assert step > 4


def test_a_temporary_folder_left_by_a_killed_run_is_cleared_away(folder):
    half = folder.with_name(".berichten.nieuw")
    half.mkdir(parents=True)
    (half / "N-00000009.pdf").write_bytes(b"%PDF")
    publish(folder, THREE)
    assert not half.exists()
    assert len(contents(folder)) == 4


def test_an_old_set_that_stepped_aside_comes_back_for_a_withdrawal(folder):
    publish(folder, THREE)
    folder.rename(folder.with_name(".berichten.oud"))
    assert withdraw(folder, ["N-00000001"]) == ["N-00000001"]
    assert len(contents(folder)) == 3
