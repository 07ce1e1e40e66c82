"""One night at a time in a work folder, whoever started it and however it ended."""

import os
import signal
import subprocess
import sys

import pytest

from flows.alone import NightRunsError, one_night

_HOLD = """
import sys, time
from pathlib import Path
from flows.alone import one_night
with one_night(Path(sys.argv[1])):
    print("here", flush=True)
    time.sleep(60)
"""


def test_a_second_night_in_a_work_folder_is_refused_and_one_elsewhere_is_not(tmp_path):
    refused = pytest.raises(NightRunsError, match=r"A night runs here already\. \[a\]")
    with one_night(tmp_path / "a"), one_night(tmp_path / "b"), refused, one_night(tmp_path / "a"):
        pass
    with one_night(tmp_path / "a"):
        pass


def test_a_killed_night_leaves_nothing_locked(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", _HOLD, tmp_path], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "here\n"
    with pytest.raises(NightRunsError), one_night(tmp_path):
        pass
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    with one_night(tmp_path):
        pass
