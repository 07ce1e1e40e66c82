"""The units for a single machine: systemd takes them, they run without rights, and their commands are there."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.commands import require_command

FOLDER = Path(__file__).parents[2] / "deploy" / "systemd"
SERVICES = sorted(FOLDER.glob("*.service"))


def unit(path):
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str
    read.read_string(path.read_text(encoding="utf-8"))
    return read


def test_there_is_a_worklist_and_each_run_has_its_timer():
    timed = ("nacht", "bezorging", "waakhond", "maand", "bewaartermijnen", "backup")
    assert {path.name for path in FOLDER.iterdir()} == {
        "tijdig-werklijst@.service", *(f"tijdig-{one}@.{kind}" for one in timed for kind in ("service", "timer")),
    }  # fmt: skip


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_has_no_rights_but_its_own_folder(path):
    service = unit(path)["Service"]
    assert service["User"] == "tijdig"
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("true", "strict")
    backup = " /srv/tijdig-backup/%i" if "backup" in path.name else ""
    assert service["ReadWritePaths"] == f"/srv/tijdig/%i{backup}"
    assert service["CapabilityBoundingSet"] == ""
    # What is secret is in a file that the service itself can't read.
    assert service["EnvironmentFile"] == "-/etc/tijdig/%i.env"
    assert "SLEUTEL" not in service["Environment"]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_its_command_is_there(path):
    program, *words = unit(path)["Service"]["ExecStart"].split()
    assert Path(program).name == "tijdig"
    require_command(words)


def test_each_run_is_the_one_that_kubernetes_has():
    listed = yaml.safe_load((FOLDER.parent / "kubernetes" / "rooster.yaml").read_text(encoding="utf-8"))["items"]
    for job in listed:
        (container,) = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
        words = unit(FOLDER / f"{job['metadata']['name']}@.service")["Service"]["ExecStart"].split()[1:]
        assert words == [word.replace("/werkmap", "/srv/tijdig/%i") for word in container["args"]]
    # The worklist stays up; a backup there is that of the volume and the database.
    assert len(listed) == len(SERVICES) - 2


def test_a_night_that_was_missed_comes_later():
    timer = unit(FOLDER / "tijdig-nacht@.timer")["Timer"]
    assert timer["OnCalendar"] == "*-*-* 03:00:00 Europe/Amsterdam"
    assert timer["Persistent"] == "true"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_them(tmp_path):
    """As the units of one gemeente; the program is that of these tests, as /opt/tijdig is not there."""
    for path in FOLDER.iterdir():
        text = path.read_text(encoding="utf-8").replace("/opt/tijdig/.venv/bin/tijdig", sys.executable)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    names = [path.name.replace("@.", "@eigendorp.") for path in FOLDER.iterdir()]
    for template, name in zip(sorted(p.name for p in FOLDER.iterdir()), sorted(names), strict=True):
        (tmp_path / name).symlink_to(template)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", "--man=no", *(str(tmp_path / name) for name in names)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
