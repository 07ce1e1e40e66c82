"""One Prefect API for a run and all of its workers: the one that is set, else a temporary one of this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from prefect.server.api.server import SubprocessASGIServer
from prefect.settings import PREFECT_API_URL, temporary_settings

from contracts.errors import SettingsError
from flows.prefect_here import without_heartbeats

_HERE = frozenset({"127.0.0.1", "localhost", "::1", None})


@contextmanager
def one_api(cluster: str | None = None) -> Iterator[str]:
    """Let every flow in here, in this process and in workers, be known to the same API.

    A worker gets its settings from the flow that it works for: without this each would start a server of its own.

    Args:
        cluster: the scheduler of a cluster that is there already; elsewhere its workers can't reach this machine.

    Yields:
        The address of the API.

    Raises:
        SettingsError: the cluster is elsewhere and the API is here.
    """
    there = PREFECT_API_URL.value()
    if cluster and urlsplit(cluster).hostname not in _HERE and (not there or urlsplit(there).hostname in _HERE):
        raise SettingsError(
            "Workers of a cluster elsewhere can't reach the Prefect API of this machine.", where="PREFECT_API_URL",
            todo="Run a Prefect server that they can reach, and set its address there.",
        )  # fmt: skip
    if there:
        yield there
        return
    with (
        SubprocessASGIServer() as server,
        temporary_settings({PREFECT_API_URL: server.api_url}),
        without_heartbeats(),
    ):
        yield server.api_url
