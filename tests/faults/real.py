"""The real commands in processes of their own, and a real Prefect server."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil

from flows.bewaking.alerts import Loop
from flows.bewaking.state import read
from tests.flows.conftest import SERVICES

ROOT = Path(__file__).parents[2]
#: Far longer than anything here takes on the slowest machine.
PATIENCE = 300


class Server:
    """A Prefect server, that can be killed and started again with what it knew."""

    def __init__(self, home):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.api = f"http://127.0.0.1:{self._port}/api"
        quiet = {f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in SERVICES}
        self._env = os.environ | quiet | {
            "PREFECT_HOME": str(home), "PREFECT_API_URL": self.api, "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
        }  # fmt: skip
        self._process = None

    def start(self):
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(self._port)]
        nowhere = subprocess.DEVNULL
        self._process = subprocess.Popen(command, env=self._env, stdout=nowhere, stderr=nowhere, start_new_session=True)
        until_so(self._answers, "the Prefect server came up")

    def kill(self):
        """SIGKILL, to whatever processes it has."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def states_of(self, folder):
        """The state of each run of a night that was asked for in a work folder, and what it says."""
        body = json.dumps({"flows": {"name": {"any_": ["nightly"]}}, "limit": 200}).encode()
        request = urllib.request.Request(f"{self.api}/flow_runs/filter", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            runs = [one for one in json.load(answer) if one["parameters"]["werkmap"] == str(folder)]
        return [(one["state"]["type"], one["state"]["message"] or "") for one in runs]

    def _answers(self):
        try:
            urllib.request.urlopen(f"{self.api}/health", timeout=2).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return True


def command(work, day, api, **env):
    """``tijdig run``, begun."""
    return subprocess.Popen(
        [sys.executable, "-c", "from flows.cli import main; main()", "run", "--map", str(work.folder), "--peildatum", str(day)],
        env=os.environ | {"PREFECT_API_URL": api, "COLUMNS": "200"} | env, cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def ended(process):
    """Exit code and what was said."""
    said, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def until_so(holds, what):
    """Wait until something holds; there is no event to wait for in another process that does not know of us."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, f"never: {what}"
        time.sleep(0.02)


def stopped_at(process, work, step):
    """Let a command hold still (SIGSTOP) where a night is at a step."""
    until_so(lambda: process.poll() is not None or step in _step(work), f"the night came to {step}")
    assert process.poll() is None, "the night was over before that"
    process.send_signal(signal.SIGSTOP)
    until_so(lambda: psutil.Process(process.pid).status() == psutil.STATUS_STOPPED, "it holds still")


def killed_after(process, seconds):
    """Let a command go on for so long at most, and kill it (SIGKILL); returns whether that hit."""
    process.send_signal(signal.SIGCONT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)
    process.kill()
    return ended(process)[0] == -signal.SIGKILL


def _step(work):
    runs = read(work.bewaking).runs
    return runs[Loop.NACHT].stap if Loop.NACHT in runs else ""
