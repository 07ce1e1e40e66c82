"""The files of the log of processings: whole lines, on disk before anything goes on, and persons by a keyed hash."""

import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from contracts.logregel import Attributes, Betrokkene, Logregel, Resource, Soort, Span, Status
from store.logboek import Logboek, Pseudonyms, subject_lines

DAY = date(2026, 11, 3)
KEY = b"een sleutel van vierenzestig tekens of korter"
TRACE = "1" * 32
LIKE = Logregel(
    trace_id=TRACE, span_id="2" * 16, parent_span_id="3" * 16, name='vergelijken "en" meer', status=Status.UNSET,
    start_time=1, end_time=2, resource=Resource(attributes={"service.name": "tijdig"}),
    attributes=Attributes(processing_activity_id="urn:register/x/1"),
)  # fmt: skip
SOMEBODY = Betrokkene(Soort.PERSOON, "0123456789abcdef")


def by_hand(who, key=KEY):
    """What RFC 2104 makes of it, by Python's own."""
    return hmac.new(key, f"{who.soort}|{who.waarde}".encode(), hashlib.sha256).hexdigest()[:32]


@pytest.fixture
def book(tmp_path):
    return Logboek(tmp_path / "logboek", Pseudonyms(KEY))


def persons(con, count):
    con.execute(
        f"create temp table betrokkene as select md5(i::text)[1:16] as persoon_sleutel from range({count}) t(i)"
    )
    return [row[0] for row in con.execute("select persoon_sleutel from betrokkene").fetchall()]


@pytest.mark.parametrize("key", [KEY, b"k" * 64, b"k" * 65, b"k" * 200])
def test_a_whole_table_gets_the_same_hashes_as_one_person(tmp_path, key):
    book = Logboek(tmp_path, Pseudonyms(key))
    con = duckdb.connect()
    keys = persons(con, 200)
    assert book.write_all(con, "betrokkene", DAY, LIKE) == 200
    lines = [Logregel.model_validate_json(line) for line in book.lines()]
    wanted = {by_hand(Betrokkene(Soort.PERSOON, one), key) for one in keys}
    assert {line.attributes.data_subject_id for line in lines} == wanted
    assert book.pseudonym(SOMEBODY) == by_hand(SOMEBODY, key)


def test_each_line_is_as_the_others_but_for_span_and_person(book):
    con = duckdb.connect()
    persons(con, 50)
    book.write_all(con, "betrokkene", DAY, LIKE)
    lines = [json.loads(line) for line in book.lines()]
    assert len({line["span_id"] for line in lines}) == 50
    for line in lines:
        del line["span_id"], line["attributes"]["dpl.core.data_subject_id"]
    wanted = json.loads(LIKE.line())
    del wanted["span_id"]
    wanted["attributes"]["dpl.core.data_subject_id_type"] = "persoonssleutel"
    assert lines == [wanted] * 50


def test_somebody_is_found_again_by_who_has_the_key_only(book, tmp_path):
    others = [Betrokkene(Soort.DOSSIER, f"D-{number}") for number in range(9)]
    book.write(DAY, TRACE, subject_lines(book, LIKE, [SOMEBODY, *others]))
    (line,) = book.about([SOMEBODY])
    assert json.loads(line)["attributes"]["dpl.core.data_subject_id"] == by_hand(SOMEBODY)
    assert Logboek(book.folder, Pseudonyms(b"een andere sleutel")).about([SOMEBODY]) == []
    assert SOMEBODY.waarde not in book.files()[0].read_text()
    # The same text as a dossier is somebody else.
    assert book.about([Betrokkene(Soort.DOSSIER, SOMEBODY.waarde)]) == []


def test_nobody_is_in_a_file_name(book):
    book.write(DAY, TRACE, subject_lines(book, LIKE, [SOMEBODY]))
    (path,) = book.files()
    assert path.relative_to(book.folder).as_posix() == f"2026-11-03/{TRACE}/0001.jsonl"


def test_what_a_power_cut_left_of_a_line_is_cut_off_by_who_writes_next(book):
    path = book.add(DAY, "werklijst", ['{"a": 1}'])
    with path.open("ab") as file:
        file.write(b'{"half": ')
    assert list(book.lines()) == ['{"a": 1}']
    book.add(DAY, "werklijst", ['{"b": 2}'])
    assert path.read_text() == '{"a": 1}\n{"b": 2}\n'


def test_what_is_half_written_is_in_no_file(book, monkeypatch):
    def full(*_):
        raise OSError("no space left")

    book.write(DAY, TRACE, ["{}"])
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        book.write(DAY, TRACE, ["{}"])
    assert len(book.files()) == 1
    assert list(book.folder.rglob("*.deel")) == []


def test_what_was_acknowledged_is_known_by_its_bytes(book):
    path = book.add(DAY, "werklijst", ["{}"])
    assert book.unsent() == [(path, 0)]
    book.acknowledged(path, 3)
    assert book.unsent() == []
    book.add(DAY, "werklijst", ["{}"])
    assert book.unsent() == [(path, 3)]


def test_spans_of_few_and_of_many_have_their_parent():
    parent = Span.new()
    child = parent.child()
    assert (child.trace_id, child.parent_span_id) == (parent.trace_id, parent.span_id)
    assert child.span_id != parent.span_id


PROGRAM = """
import sys
from datetime import date
from pathlib import Path
import duckdb
from store.logboek import Logboek, Pseudonyms
from tests.store.test_logboek import DAY, KEY, LIKE, persons
book, con = Logboek(Path(sys.argv[1]), Pseudonyms(KEY)), duckdb.connect()
persons(con, 200_000)
print("ready", flush=True)
while True:
    book.write_all(con, "betrokkene", DAY, LIKE)
    book.add(DAY, "werklijst", [LIKE.line()] * 20)
"""


@pytest.mark.parametrize("after", [0.05, 0.3, 0.6])
def test_a_killed_run_leaves_whole_lines_only(tmp_path, after):
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:
        assert process.stdout.readline() == b"ready\n"
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    book = Logboek(tmp_path, Pseudonyms(KEY))
    for path in book.files():
        if path.name != "werklijst.jsonl":
            text = path.read_bytes()
            assert text.endswith(b"\n")
            assert text.count(b"\n") == 200_000
            Logregel.model_validate_json(text.splitlines()[-1])
    for line in book.lines():
        assert line.endswith("}}")
