"""Processes that put tasks in Open Klant at the same moment: see ``test_openklant_at_once.py``.

Run as a program it imports everything once and forks. Arguments: how many, the address of the casebook, that of Open
Klant, and after how many seconds a task may be taken over.
"""

import json
import multiprocessing
import subprocess
import sys
from datetime import timedelta
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from notifications.delivery import Patience
from store.casebook import Casebook
from worklist.openklant import Client, OpenKlant, Sender

TOKEN = "0123456789abcdef"


def all_at_once(number: int, casebook: str, klant: str, settle: float) -> list[dict[str, int]]:
    """So many processes begin at the same moment; what each did."""
    program = [sys.executable, "-m", "tests.worklist.at_once", str(number), casebook, klant, str(settle)]
    ran = subprocess.run(
        program, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2], timeout=120, check=True
    )
    return json.loads(ran.stdout)


def one(casebook: str, klant: str, settle: str, start: Barrier, said: SimpleQueue) -> None:
    settings = OpenKlant(
        adres=klant, werklijst_adres="https://w.example", eenheid={"identificator": "sdd", "naam": "SDD"}
    )
    with Casebook(casebook) as book, Client(settings, TOKEN) as client:
        start.wait(60)
        said.put(Sender(book, client, settings, Patience(settle=timedelta(seconds=float(settle)), pause=0.2)).run())


def main(number: str, *arguments: str) -> None:
    forks = multiprocessing.get_context("fork")
    start, said = forks.Barrier(int(number)), forks.SimpleQueue()
    processes = [forks.Process(target=one, args=(*arguments, start, said)) for _ in range(int(number))]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * int(number)
    json.dump([said.get() for _ in processes], sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
