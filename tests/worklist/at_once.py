"""A process of its own that puts tasks in Open Klant, at the moment it is told to: see ``test_openklant_at_once.py``.

Arguments: the address of the casebook, that of Open Klant, and after how many seconds a task may be taken over.
"""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from notifications.delivery import Patience
from store.casebook import Casebook
from worklist.openklant import Client, OpenKlant, Sender

TOKEN = "0123456789abcdef"


def all_at_once(number: int, casebook: str, klant: str, settle: float) -> list[dict[str, int]]:
    """So many processes begin at the same moment; what each did."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.worklist.at_once", casebook, klant, str(settle)], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )
        for _ in range(number)
    ]  # fmt: skip
    assert [one.stdout.readline() for one in started] == ["ready\n"] * number
    for one in started:
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=120)[0] for one in started]
    assert [one.returncode for one in started] == [0] * number
    return [json.loads(one) for one in said]


def main(casebook: str, klant: str, settle: str) -> None:
    settings = OpenKlant(
        adres=klant, werklijst_adres="https://w.example", eenheid={"identificator": "sdd", "naam": "SDD"}
    )
    with Casebook(casebook) as book, Client(settings, TOKEN) as client:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        done = Sender(book, client, settings, Patience(settle=timedelta(seconds=float(settle)), pause=0.2)).run()
    json.dump(done, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
