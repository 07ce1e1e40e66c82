"""One temporary Prefect server for all tests that run a flow; it takes some ten seconds to start."""

import logging
import warnings

import pytest

#: What a server does by itself beside answering: no test here waits for it, and all day it costs a tenth of a core.
SERVICES = (
    "CANCELLATION_CLEANUP", "CLEANUP_RECONCILER", "DB_VACUUM", "EVENT_LOGGER", "EVENT_PERSISTER", "FOREMAN", "LATE_RUNS",
    "PAUSE_EXPIRATIONS", "REPOSSESSOR", "SCHEDULER", "TASK_RUN_RECORDER", "TRIGGERS",
)  # fmt: skip


@pytest.fixture(scope="session")
def prefect(tmp_path_factory):
    """A Prefect server of the tests' own, in a database of its own; its address for who runs a flow elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_HOME", str(tmp_path_factory.mktemp("prefect")))
        patch.setenv("PREFECT_LOGGING_LEVEL", "CRITICAL")
        patch.setenv("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
        patch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
        patch.setenv("DO_NOT_TRACK", "1")
        for service in SERVICES:
            patch.setenv(f"PREFECT_SERVER_SERVICES_{service}_ENABLED", "false")
        with warnings.catch_warnings():
            # Prefect's own imports and its server's shutdown warn; those are not ours to mend.
            warnings.simplefilter("ignore")
            from prefect.settings import PREFECT_API_URL
            from prefect.testing.utilities import prefect_test_harness

            from flows.prefect_here import without_heartbeats

            logging.disable(logging.CRITICAL)
            with prefect_test_harness(server_startup_timeout=120), without_heartbeats():
                yield PREFECT_API_URL.value()
            logging.disable(logging.NOTSET)
