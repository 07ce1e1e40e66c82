"""prefect.yaml on a real Prefect server, as a beheerder would deploy it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.world import DAY
from tests.world import alone as household

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The environment of a client of a real server, on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {
        "PREFECT_HOME": str(tmp_path_factory.mktemp("server")), "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1", "PREFECT_LOGGING_TO_API_ENABLED": "true",
    }  # fmt: skip
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2).close()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.5)
        yield env
    finally:
        process.terminate()
        process.wait(timeout=60)


def prefect(server, *arguments):
    command = [sys.executable, "-m", "prefect", "--no-prompt", *arguments]
    return subprocess.run(command, cwd=ROOT, env=server, capture_output=True, text=True, timeout=180, check=False)


def api(server, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server["PREFECT_API_URL"] + path, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def test_a_real_server_accepts_the_deployments_and_runs_them(server, tmp_path):
    made = prefect(server, "work-pool", "create", "tijdig", "--type", "process")
    assert made.returncode == 0, made.stderr[-2000:]
    deployed = prefect(server, "deploy", "--all")
    assert deployed.returncode == 0, deployed.stdout[-2000:] + deployed.stderr[-2000:]
    deployment = api(server, "/deployments/name/nightly/nightly")
    (schedule,) = deployment["schedules"]
    assert (schedule["active"], schedule["schedule"]["cron"]) == (True, "0 3 * * *")
    assert schedule["schedule"]["timezone"] == "Europe/Amsterdam"

    household().person(2, house=1).write_all(tmp_path / "leveringen")
    parameters = {"werkmap": str(tmp_path), "peildatum": DAY.isoformat()}
    run = api(server, f"/deployments/{deployment['id']}/create_flow_run", {"parameters": parameters})
    before = os.umask(0o022)
    try:
        worker = prefect(server, "worker", "start", "--pool", "tijdig", "--run-once")
    finally:
        os.umask(before)
    ended = api(server, f"/flow_runs/{run['id']}")
    assert ended["state"]["type"] == "COMPLETED", worker.stdout[-3000:] + worker.stderr[-3000:]
    assert (tmp_path / "uitvoer" / DAY.isoformat() / "verslag.html").is_file()
    # A worker makes files that all can read; a run does not.
    made = [path for name in ("gegevens", "uitvoer") for path in (tmp_path / name, *(tmp_path / name).rglob("*"))]
    assert [path.name for path in made if path.stat().st_mode & 0o007] == []

    # The watchdog looks each hour; here no night of today was run, and it says so.
    watch = api(server, "/deployments/name/waakhond/waakhond")
    (schedule,) = watch["schedules"]
    assert (schedule["active"], schedule["schedule"]["cron"]) == (True, "10 7-18 * * *")
    run = api(server, f"/deployments/{watch['id']}/create_flow_run", {"parameters": {"werkmap": str(tmp_path)}})
    worker = prefect(server, "worker", "start", "--pool", "tijdig", "--run-once")
    assert api(server, f"/flow_runs/{run['id']}")["state"]["type"] == "COMPLETED", worker.stderr[-3000:]
    assert "run_uitgebleven" in (tmp_path / "gegevens" / "bewaking" / "stand.json").read_text()
    for name in ("nightly", "delivery", "monthly", "retention", "waakhond"):
        assert api(server, f"/deployments/name/{name}/{name}")["global_concurrency_limit"]["limit"] == 1

    # What is past its term goes each week.
    (schedule,) = api(server, "/deployments/name/retention/retention")["schedules"]
    assert (schedule["active"], schedule["schedule"]["cron"]) == (True, "0 6 * * 0")

    # By itself the delivery goes on after that night.
    deliver = api(server, "/deployments/name/delivery/delivery")
    (schedule,) = deliver["schedules"]
    assert (schedule["active"], schedule["schedule"]["cron"]) == (True, "30 8-17 * * 1-5")
    (folder,) = tmp_path.glob("uitvoer/*/berichten")
    letters = {path.name: path.read_bytes() for path in folder.iterdir()}
    run = api(server, f"/deployments/{deliver['id']}/create_flow_run", {"parameters": {"werkmap": str(tmp_path)}})
    worker = prefect(server, "worker", "start", "--pool", "tijdig", "--run-once")
    assert api(server, f"/flow_runs/{run['id']}")["state"]["type"] == "COMPLETED", worker.stderr[-3000:]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == letters
    assert len(letters) == 2

    # And once a month it tells of a month that is over; here of that one night.
    evaluate = api(server, "/deployments/name/monthly/monthly")
    (schedule,) = evaluate["schedules"]
    assert (schedule["active"], schedule["schedule"]["cron"]) == (True, "0 5 2 * *")
    parameters = {"werkmap": str(tmp_path), "maand": f"{DAY:%Y-%m}"}
    run = api(server, f"/deployments/{evaluate['id']}/create_flow_run", {"parameters": parameters})
    worker = prefect(server, "worker", "start", "--pool", "tijdig", "--run-once")
    assert api(server, f"/flow_runs/{run['id']}")["state"]["type"] == "COMPLETED", worker.stderr[-3000:]
    assert (tmp_path / "uitvoer/maand" / f"{DAY:%Y-%m}" / "evaluatie.html").is_file()
