"""Whatever is in a file: it is refused with what, where and what to do, or each of its rows is accepted or rejected.

Never another exception, never a row that is in neither, and never a value of a person in what is said of it. The quick
tests try a few files a table, the slow ones many: the most where a file can be spoilt in many ways, fewer where what
is tried is small (a header, a type), and fewest for whole deliveries, whose files are those of before.
"""

import io
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.delivery import DeliveryKind, Manifest, describe_file, read_manifest, write_manifest
from contracts.errors import DeliveryError
from contracts.examples import examples
from contracts.tables import FORBIDDEN, TABLES, Bron, TableContract, tables_of
from matching.intake.files import check_file
from matching.intake.take_in import check_table, take_in
from store.staging import StagingArea
from store.warehouse import Warehouse
from tests.world import DAY, World, bsn

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
FEW, SOME, MANY = 4, 20, 40
READ_CODES = "te_weinig_kolommen|te_veel_kolommen|aanhalingsteken|regel_te_lang|tekencodering|onleesbaar"
ALL = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)


def tried(strategy: st.SearchStrategy, holds: Callable, examples_: int) -> None:
    """Hold a property against so many examples."""
    quiet = settings(max_examples=examples_, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    quiet(given(strategy)(holds))()


# -- the judge -------------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """What came of a file: the error, or counts, rejections (line, code, soft) and remarks."""

    error: DeliveryError | None = None
    rows: int = 0
    rejected: int = 0
    found: list[tuple[int, str, bool]] = field(default_factory=list)
    remarks: dict[str, int] = field(default_factory=dict)


class Judge:
    """Reads one file as the intake does, keeps all that passes, and holds the counts against each other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warehouse = Warehouse(folder / "gegevens" / "w.duckdb")
        self.area = StagingArea(self.warehouse).__enter__()

    def close(self) -> None:
        self.area.__exit__()
        self.warehouse.con.close()

    def judge(self, table: TableContract, data: bytes, suffix: str = ".csv") -> Outcome:
        path = self.folder / f"levering{suffix}"
        path.write_bytes(data)
        try:
            outcome = self._read(table, path)
        except DeliveryError as error:
            outcome = Outcome(error)
        if outcome.error is not None:
            assert all((outcome.error.what, outcome.error.todo))
            assert outcome.error.where == path.name
        assert all(re.fullmatch(rf"[a-z0-9_]+:[a-z0-9_]+|{READ_CODES}", code) for _, code, _ in outcome.found)
        assert all(re.fullmatch(r"[a-z0-9_]+:[a-z0-9_]+", code) for code in outcome.remarks)
        return outcome

    def _read(self, table: TableContract, path: Path) -> Outcome:
        with self.area.new() as staging:
            shape = check_file(table, path, None)
            rows = staging.load_file(table, path, shape)
            staging.keep_none = lambda: self._keep_all(table)
            result = check_table(staging, table, rows, DeliveryKind.VOLLEDIG if not table.belongs_to else None, {})
            kept = self.warehouse.con.sql(f"from {result.good}").pl()
            found = staging.rejected().select("regel", "code", "zacht").rows()
            remarks = dict(staging.remarks().select("code", "aantal").rows())
        assert table.schema.is_valid(kept)
        replaced = remarks.get("sleutel:vervangen_door_nieuwere", 0)
        assert rows == result.rows
        assert 0 <= rows - result.rejected - kept.height <= replaced
        assert len({line for line, _, soft in found if not soft}) == result.rejected
        assert len({line for line, _, soft in found if soft}) <= result.soft
        return Outcome(None, rows, result.rejected, found, remarks)

    def _keep_all(self, table: TableContract) -> None:
        self.warehouse.con.execute(
            f"create or replace temp table bewaard as select rowid as rij from stage.{table.name}"
        )


@pytest.fixture(scope="module")
def judge(tmp_path_factory):
    opened = Judge(tmp_path_factory.mktemp("judge"))
    yield opened.judge
    opened.close()


# -- hostile values in sound CSV -------------------------------------------------------------------------

HOSTILE = [
    " ", '"', '""', "'", ";", ",", "\n", "\n\n", "\t", "\\", "\x1a", "\xa0", "\x85", "\u2028", "\ufeff", "\u202e", "NULL",
    "null", "NaN", "true", "false", "0", "1", "2", "-1", "1e5", "1.0", "00000000", "99991230", "99991231", "20230231",
    "20230000", "2026-11-03", "03-11-2026", "2026-02-30", "31-02-2026", "9" * 40, "x" * 200, "x" * 5000, "=1+1", "A", "to", "D-1",
    "<Onbekend> & </Onbemind>", "Rente @ 100%", "Łódź Ŵ ÈÂÃ", "a\u0301", "𝔘", "٣٤٥٦٧٨٩٠", "１２３４５６７８９",
    "'; drop table levering; --", "$stand", "{}", "%s",
]  # fmt: skip
letters = st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\r")
junk = st.one_of(st.sampled_from(HOSTILE), st.text(letters, max_size=12))


def spoilt(row: dict[str, str | None]) -> st.SearchStrategy[dict[str, str | None]]:
    """A good row of which some values are replaced by junk, or have junk before or behind them."""
    places = st.tuples(st.booleans(), junk, st.booleans())
    changes = st.dictionaries(st.sampled_from(sorted(row)), places, max_size=4)

    def change(found):
        made = {
            name: junk_ + ("" if whole else row[name] or "") for name, (whole, junk_, first) in found.items() if first
        }
        return (
            row
            | made
            | {
                name: ("" if whole else row[name] or "") + junk_
                for name, (whole, junk_, first) in found.items()
                if not first
            }
        )

    return changes.map(change)


def quoted(value: str | None, delimiter: str) -> str:
    if value and any(sign in value for sign in f'"\r\n{delimiter}'):
        return '"' + value.replace('"', '""') + '"'
    return value or ""


@st.composite
def sound_csv(draw, table: TableContract):
    """A file of rows with hostile values, of lines that are none and of empty lines; and where its rows are."""
    end, delimiter = draw(st.sampled_from(["\n", "\r\n"])), draw(st.sampled_from(";,"))
    row = st.one_of(*[spoilt(row) for row in examples(table)])
    short = st.just(f"a{delimiter}b")
    long = row.map(lambda row: delimiter.join([*(quoted(value, delimiter) for value in row.values()), "x"]))
    written, rows, bad = delimiter.join(table.delivered) + end, [], []
    for kind, line in draw(
        st.lists(
            st.one_of(st.tuples(st.just("row"), row), st.tuples(st.just("bad"), short | long), st.just(("empty", ""))),
            max_size=7,
        )
    ):
        if kind != "empty":
            (bad if kind == "bad" else rows).append(written.count("\n") + 1)
        text = line if isinstance(line, str) else delimiter.join(quoted(value, delimiter) for value in line.values())
        written += text + end
    return written.encode(), rows, bad


def rows_are_counted_and_found_back(judge, table):
    def holds(made):
        data, rows, bad = made
        outcome = judge(table, data)
        assert outcome.error is None, outcome.error
        assert outcome.rows == len(rows) + len(bad)
        assert sorted(line for line, code, _ in outcome.found if ":" not in code) == bad
        assert {line for line, code, _ in outcome.found if ":" in code} <= set(rows)

    return holds


@ALL
def test_any_value_in_a_sound_file(judge, table):
    tried(sound_csv(table), rows_are_counted_and_found_back(judge, table), FEW)


@pytest.mark.slow
@ALL
def test_any_value_in_a_sound_file_at_length(judge, table):
    tried(sound_csv(table), rows_are_counted_and_found_back(judge, table), MANY)


# -- files that are damaged ------------------------------------------------------------------------------

PIECES = [
    b'"', b'""', b'"' * 7, b";", b",", b";" * 50, b"\n", b"\n" * 9, b"\r", b"\r\n", b"\n\r", b"\\", b'\\"', b"\0", b"\x1a", b"\x81",
    b"\xff", b"\xc3", b"\xe9", b"\xc3\xa9", b"\xe2\x82", b"\xed\xa0\x80", b"\xf5", b"\xef\xbb\xbf", b"\xff\xfe", b"'", b"\t", b"x" * 3000,
]  # fmt: skip
edits = st.tuples(
    st.sampled_from(["insert", "insert", "overwrite", "remove", "repeat", "cut"]),
    st.floats(0, 1), st.one_of(st.sampled_from(PIECES), st.binary(min_size=1, max_size=6)), st.integers(1, 60),
)  # fmt: skip


def edited(data: bytes, edit: tuple[str, float, bytes, int]) -> bytes:
    how, where, piece, length = edit
    place = int(where * len(data))
    before, after = data[:place], data[place:]
    return {
        "insert": before + piece + after,
        "overwrite": before + piece + after[len(piece) :],
        "remove": before + after[length:],
        "repeat": before + after[: length * 4] + after,
        "cut": before,
    }[how]


@st.composite
def damaged_csv(draw, table: TableContract):
    """A good file whose bytes were changed in a few places after its header."""
    end, encoding = draw(st.sampled_from(["\n", "\r\n", "\r"])), draw(st.sampled_from(["utf-8", "cp1252"]))
    rows = draw(st.lists(st.sampled_from(examples(table)), min_size=1, max_size=5))
    body = end.join(";".join(quoted(value, ";") for value in row.values()) for row in rows).replace("a", "ä", 1)
    data = (body + end).encode(encoding)
    for edit in draw(st.lists(edits, max_size=4)):
        data = edited(data, edit)
    return (";".join(table.delivered) + end).encode() + data


def nobody_is_named(judge, table, suffix=".csv"):
    about = {
        value
        for row in examples(table)
        for name, value in row.items()
        if value and len(value) > 2 and names_a_person(name)
    }

    def holds(data):
        outcome = judge(table, data, suffix)
        said = f"{outcome.error} {outcome.found} {outcome.remarks}"
        assert not [value for value in about if value in said]

    return holds


def names_a_person(column: str) -> bool:
    return any(
        word in column
        for word in ("burgerservicenummer", "anummer", "naam", "dossiernummer", "uitkering_id", "postcode")
    )


@ALL
def test_a_damaged_file(judge, table):
    tried(damaged_csv(table), nobody_is_named(judge, table), FEW * 2)


@pytest.mark.slow
@ALL
def test_a_damaged_file_at_length(judge, table):
    tried(damaged_csv(table), nobody_is_named(judge, table), MANY)


def test_random_bytes(judge):
    table = TABLES["melding"]
    header = ";".join(table.delivered).encode()
    parts = st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda data: header + b"\n" + data))
    tried(parts, nobody_is_named(judge, table), FEW * 8)


# -- headers ---------------------------------------------------------------------------------------------


def cased(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([name, name.upper(), name.capitalize(), f" {name} ", f'"{name}"', f"{name}\t"])


@st.composite
def header(draw, table: TableContract):
    """Column names in any order: some missed, some left out freely, some double, some forbidden, some unknown."""
    missing = draw(st.sets(st.sampled_from([c for c in table.delivered if not table.facts(c).free]), max_size=1))
    double = draw(st.sets(st.sampled_from(table.delivered), max_size=1)) - missing
    forbidden = draw(st.sets(st.sampled_from(FORBIDDEN), max_size=2))
    unknown = draw(st.sets(st.sampled_from(["telefoon", "rekeningnummer", "x", "c0", "rij", "select"]), max_size=3))
    free = draw(st.sets(st.sampled_from([c for c in table.delivered if table.facts(c).free] or [""]))) - double
    names = [draw(cased(name)) for name in table.delivered if name not in missing | free]
    names += [draw(cased(name)) for name in sorted(double)]
    names += [draw(cased(f"{name}_code")) for name in sorted(forbidden)] + sorted(unknown)
    return draw(st.permutations(names)), missing, double, forbidden, unknown


def header_is_judged_by_its_names(judge, table):
    row = examples(table)[0]

    def holds(made):
        names, missing, double, forbidden, unknown = made
        values = [quoted(row.get(name.strip(' "\t').lower(), "Geheimhouder") or "", ";") for name in names]
        outcome = judge(table, f"{';'.join(names)}\n{';'.join(values)}\n".encode())
        assert (outcome.error is not None) == bool(missing or double)
        if outcome.error is not None:
            assert all(f"'{name}'" in outcome.error.what for name in missing | double)
            assert "Geheimhouder" not in str(outcome.error)
            return
        words = {word for name in forbidden for word in FORBIDDEN if word in name}
        expected = {f"kolom:verboden_{word}": 1 for word in words}
        expected |= {"kolom:onbekend": len(unknown)} if unknown else {}
        assert {code: count for code, count in outcome.remarks.items() if code.startswith("kolom:")} == expected
        assert outcome.found == []

    return holds


@ALL
def test_any_header(judge, table):
    tried(header(table), header_is_judged_by_its_names(judge, table), FEW)


@pytest.mark.slow
@ALL
def test_any_header_at_length(judge, table):
    tried(header(table), header_is_judged_by_its_names(judge, table), SOME)


# -- Parquet ---------------------------------------------------------------------------------------------

TYPED: list[tuple[pl.DataType, list[object]]] = [
    (pl.String(), ["x", "", "Łé", None]), (pl.Int64(), [1, -5, 2**60, None]), (pl.UInt8(), [0, 1, 2, None]),
    (pl.Float64(), [1.5, float("nan"), float("inf"), None]), (pl.Boolean(), [True, False, None]),
    (pl.Date(), [date(2026, 11, 3), date(1, 1, 1), date(9999, 12, 31), None]),
    (pl.Datetime("us"), [datetime(2026, 11, 3, 1, 2), None]), (pl.Time(), [time(3), None]), (pl.Duration("us"), [timedelta(3), None]),  # noqa: DTZ001
    (pl.Binary(), [b"\xff\x00", b"abc", None]), (pl.List(pl.Int64()), [[1], [], None]), (pl.List(pl.String()), [["x"], [None], None]),
    (pl.Struct({"a": pl.Int64()}), [{"a": 1}, {"a": None}, None]), (pl.Categorical(), ["a", "b", None]), (pl.Null(), [None]),
    (pl.Decimal(10, 2), [Decimal("1.50"), None]), (pl.Array(pl.Int64(), 2), [[1, 2], None]),
]  # fmt: skip


@st.composite
def typed_parquet(draw, table: TableContract):
    """Any type in any column, the others as they should be."""
    rows = draw(st.integers(0, 4))
    columns = {
        name: pl.Series(name, [row[name] for row in examples(table)[:1]] * rows, pl.String) for name in table.delivered
    }
    for name in draw(st.sets(st.sampled_from(table.delivered), min_size=1, max_size=3)):
        dtype, values = draw(st.sampled_from(TYPED))
        columns[name] = pl.Series(name, draw(st.lists(st.sampled_from(values), min_size=rows, max_size=rows)), dtype)
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out)
    return out.getvalue()


@ALL
def test_any_type_in_parquet(judge, table):
    tried(typed_parquet(table), nobody_is_named(judge, table, ".parquet"), FEW)


@pytest.mark.slow
@ALL
def test_any_type_in_parquet_at_length(judge, table):
    tried(typed_parquet(table), nobody_is_named(judge, table, ".parquet"), SOME)


@pytest.mark.slow
def test_damaged_parquet(judge):
    table = TABLES["vordering"]
    out = io.BytesIO()
    pl.DataFrame(examples(table) * 30, schema=dict.fromkeys(table.delivered, pl.String)).write_parquet(out)
    made = st.lists(edits, min_size=1, max_size=3).map(lambda found: [edit for edit in found if edit[0] != "cut"])

    def damage(found):
        data = out.getvalue()
        for edit in found:
            data = edited(data, edit)
        return data

    tried(made.map(damage), nobody_is_named(judge, table, ".parquet"), MANY * 6)


# -- whole deliveries ------------------------------------------------------------------------------------


def stored(warehouse: Warehouse) -> list[tuple]:
    """What is in every table, in force or not: how many rows, and what they hold."""
    each = (f"select '{name}', count(*), sum(hash({name})::hugeint) from {name}" for name in TABLES)
    return warehouse.con.execute(" union all ".join(each)).fetchall()


def example_world(bron: Bron) -> World:
    world = World()
    for table in tables_of(bron):
        world.rows[table.name] = examples(table)
    return world


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A warehouse with a good delivery of every source, and a folder for more."""
    folder = tmp_path_factory.mktemp("town")
    with Warehouse(folder / "gegevens" / "w.duckdb") as warehouse:
        take_in(warehouse, [example_world(bron).write(folder / "0", bron) for bron in Bron], now=NOW)
        yield warehouse, folder


def delivery_does_no_harm(town, table):
    warehouse, folder = town

    def holds(made):
        data, stated = made
        number = len(list(folder.iterdir()))
        day = DAY + timedelta(days=warehouse.stand())
        good = example_world(table.bron).write(folder / str(number), table.bron, day)
        path = good.folder / f"{table.name}.csv"
        path.write_bytes(data)
        lines = tuple(
            describe_file(table.name, path, stated) if line.tabel == table.name else line
            for line in good.manifest.bestanden
        )
        write_manifest(good.folder, Manifest.model_validate(good.manifest.model_dump() | {"bestanden": lines}))
        before, stand = stored(warehouse), warehouse.stand()
        came = take_in(warehouse, [read_manifest(good.folder)], now=NOW)
        if came.refused:
            assert (stored(warehouse), warehouse.stand()) == (before, stand)
            assert not [
                value for value in ("Jansen", bsn(1), "999900006", "Lindelaan") if value in str(came.refused[0].error)
            ]
            return
        (taken,) = came.taken
        assert taken.rijen == taken.geaccepteerd + taken.afgekeurd
        assert taken.geaccepteerd == taken.bewaard + taken.geminimaliseerd
        hard = warehouse.rejected([taken.volgnr]).filter(~pl.col("zacht"))
        assert hard.select("tabel", "regel").unique().height == taken.afgekeurd
        assert min(taken.geminimaliseerd, taken.bewaard, taken.afgekeurd) >= 0

    return holds


def with_count(table):
    """A damaged file, with the number of rows that a supplier who counts lines would state."""
    return damaged_csv(table).map(lambda data: (data, max(0, len(re.split(rb"\r\n|\r|\n", data.rstrip(b"\r\n"))) - 1)))


@ALL
def test_a_damaged_delivery_is_taken_in_by_the_row_or_not_at_all(town, table):
    tried(with_count(table), delivery_does_no_harm(town, table), 2)


@pytest.mark.slow
@ALL
def test_a_damaged_delivery_is_taken_in_by_the_row_or_not_at_all_at_length(town, table):
    tried(with_count(table), delivery_does_no_harm(town, table), SOME)


def test_no_raw_file_stays_behind(town):
    _, folder = town
    with suppress(FileNotFoundError):
        assert not list((folder / "gegevens" / "tijdelijk").iterdir())
    assert [path.name for path in (folder / "gegevens").iterdir() if path.is_dir()] == []
