"""A local Prefect server with the deployments and their schedules, in one process group."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from rich.console import Console

from contracts.errors import TijdigError
from flows.settings import Workplace

if TYPE_CHECKING:
    from prefect import Flow

_PORT = 4200
_WAIT = 90


def run_server(work: Workplace, console: Console) -> None:
    """Start a Prefect server, serve the deployments of ``prefect.yaml`` on it, and stop both on Ctrl-C.

    Raises:
        TijdigError: the server does not come up.
    """
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{_PORT}/api"
    os.environ["PREFECT_LOGGING_LEVEL"] = "INFO"
    log = work.prefect_home / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    console.print("Prefect-server starten ...")
    with log.open("ab") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(_PORT)],
            stdout=output, stderr=output,
        )  # fmt: skip
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        _wait_until_healthy(server, log)
        console.print(f"Prefect draait op [bold]http://127.0.0.1:{_PORT}[/bold]. Stop met Ctrl-C.")
        _serve_deployments(work)
    except KeyboardInterrupt:
        console.print("Gestopt.")
    finally:
        server.terminate()
        server.wait(timeout=30)


def _as_interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait_until_healthy(server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _WAIT
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{_PORT}/api/health", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    raise TijdigError(
        "The Prefect server did not come up.",
        where=log,
        todo=f"Read that log; is port {_PORT} in use already?",
    )


def _serve_deployments(work: Workplace) -> None:
    from prefect import serve  # noqa: PLC0415 - Prefect reads its settings when imported
    from prefect.deployments.runner import RunnerDeployment  # noqa: PLC0415

    from flows.bewaking.flow import waakhond  # noqa: PLC0415
    from flows.delivery import delivery  # noqa: PLC0415
    from flows.deployment import limit_of, schedule_of  # noqa: PLC0415
    from flows.monthly import monthly  # noqa: PLC0415
    from flows.nightly import nightly  # noqa: PLC0415
    from flows.retention import retention  # noqa: PLC0415

    flows: dict[str, tuple[Flow[..., Any], str]] = {
        "nightly": (nightly, "De nacht van Tijdig."),
        "delivery": (delivery, "Berichten bezorgen."),
        "monthly": (monthly, "De evaluatie van een maand."),
        "retention": (retention, "Vernietigen wat voorbij zijn bewaartermijn is."),
        "waakhond": (waakhond, "Kijken of de runs er waren."),
    }
    where = {"werkmap": str(work.folder.resolve())}
    made = []
    for name, (flow, said) in flows.items():
        one = flow.to_deployment(
            name, parameters=where, schedules=[schedule_of(name)], description=said, concurrency_limit=limit_of(name)
        )
        assert isinstance(one, RunnerDeployment)  # only where an event loop runs already is it something to wait for
        made.append(one)
    # Prefect's own, when it is stopped by a signal.
    warnings.filterwarnings("ignore", message="coroutine 'Runner.astop' was never awaited", category=RuntimeWarning)
    serve(*made)
