"""The check of the lock file: what is known fails, what was accepted does not until its day, and no answer is said."""

import importlib.util
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 29)


def load():
    path = ROOT / "deploy" / "vulnerabilities.py"
    spec = importlib.util.spec_from_file_location("vulnerabilities", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


audit = load()
BAD = {
    "name": "bad", "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "aliases": ["GHSA-a"], "fix_versions": ["1.1"]}],
}  # fmt: skip
GOOD = {"name": "good", "version": "2.0", "vulns": []}
NOT_ASKED = {"name": "own", "skip_reason": "Dependency not found"}


def accepted(until, **other):
    return [
        audit.Accepted(**{"package": "bad", "id": "GHSA-a", "reason": "that part is not used", "until": until} | other)
    ]


def judged(*packages, accepted=()):
    return audit.judge({"dependencies": list(packages)}, list(accepted), TODAY)


def test_what_is_known_fails_and_says_in_which_version_it_is_mended():
    verdict = judged(BAD, GOOD)
    assert verdict.fails
    assert verdict.lines == (
        "Vulnerabilities: 2 packages asked, 1 known.", "  KNOWN: bad 1.0 PYSEC-1, mended in 1.1",
    )  # fmt: skip


def test_where_nothing_is_known_all_is_well():
    assert judged(GOOD) == audit.Verdict(("Vulnerabilities: 1 packages asked, 0 known.",), False)


@pytest.mark.parametrize("packages", [(), (NOT_ASKED,), (NOT_ASKED, NOT_ASKED)])
def test_no_answer_is_no_good_news(packages):
    """pip-audit itself ends well and says that nothing is known where every package was passed over."""
    verdict = judged(*packages)
    assert (verdict.fails, "nothing could be asked" in verdict.lines[0]) == (False, True)
    assert audit.judge(None, [], TODAY) == verdict


def test_what_was_passed_over_is_counted():
    assert judged(GOOD, NOT_ASKED).lines == ("Vulnerabilities: 1 packages asked, 1 could not be asked, 0 known.",)


def test_what_was_accepted_does_not_fail_up_to_its_day():
    assert not judged(BAD, accepted=accepted(TODAY)).fails
    over = judged(BAD, accepted=accepted(date(2026, 11, 28)))
    assert over.fails
    assert "which is over" in over.lines[1]


def test_another_package_or_another_id_is_not_accepted_by_it():
    assert judged(BAD, accepted=accepted(TODAY, package="good")).fails
    assert judged(BAD, accepted=accepted(TODAY, id="GHSA-b")).fails


def test_nothing_is_accepted_without_a_reason():
    with pytest.raises(ValueError, match="give a reason"):
        accepted(TODAY, reason="")


def test_the_list_can_be_read():
    assert all(one.until for one in audit.accepted_in(audit.ACCEPTED))


def test_a_service_that_does_not_answer_gives_nothing(monkeypatch):
    def broke(*_, **__):
        return subprocess.CompletedProcess([], 1, stdout="", stderr="Traceback ... ConnectionError")

    monkeypatch.setattr(subprocess, "run", broke)
    assert audit.ask(audit.LOCK) is None


def test_each_lock_is_asked_about_once_a_day(tmp_path, monkeypatch):
    lock, kept, asked = tmp_path / "requirements.lock", tmp_path / "dist" / "kept.json", []
    lock.write_text("a==1")
    monkeypatch.setattr(audit, "ask", lambda path: asked.append(path.read_text()) or {"dependencies": [GOOD]})
    for _ in range(2):
        assert audit.asked_today(lock, kept, TODAY) == {"dependencies": [GOOD]}
    assert audit.asked_today(lock, kept, date(2026, 11, 30)) is not None
    lock.write_text("a==2")
    audit.asked_today(lock, kept, date(2026, 11, 30))
    assert asked == ["a==1", "a==1", "a==2"]


def test_the_list_of_materials_holds_every_locked_package(tmp_path):
    """As the Makefile makes it, of a part of the lock; each with its version and its hashes."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (arguments,) = re.findall(r"cyclonedx_py (requirements .*?) -o", makefile)
    whole = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lock = tmp_path / "requirements.lock"
    lock.write_text(whole[: whole.index("\nanyio==") + 1])
    made = tmp_path / "sbom.json"
    words = [str(lock) if word == "requirements.lock" else word for word in arguments.split()]
    subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", *words, "-o", str(made)], cwd=ROOT, check=True, capture_output=True
    )
    found = json.loads(made.read_text(encoding="utf-8"))
    assert found["bomFormat"] == "CycloneDX"
    assert found["metadata"]["component"]["name"] == "tijdig"
    locked = set(re.findall(r"^([a-z0-9._-]+)==([^ \\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE))
    assert {(one["name"], one["version"]) for one in found["components"]} == locked
    assert len(locked) > 3
