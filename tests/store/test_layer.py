"""Deliveries in any order: what is known of any day, as known at any moment, by the real thing and by a plain model."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.delivery import DeliveredFile, DeliveryKind, Manifest
from contracts.tables import TABLES, Bron
from store.staging import StagingArea
from store.warehouse import TakenIn, Warehouse

FIRST = date(2026, 11, 1)
TABLE = TABLES["vordering"]
VOLLEDIG, MUTATIES = DeliveryKind.VOLLEDIG, DeliveryKind.MUTATIES
REQUIRED = ("uitkering", "uitkeringsperiode", "bekende_medebewoner", "melding", "klantvoorkeur")


def manifest(day: date, soort: DeliveryKind) -> Manifest:
    files = tuple(DeliveredFile(tabel=name, bestand=f"{name}.csv", rijen=0, sha256="0" * 64) for name in REQUIRED)
    made = datetime(2026, 11, 9, tzinfo=UTC)
    return Manifest(bron=Bron.UITKERINGSGEGEVENS, peildatum=day, geleverd_op=made, soort=soort, bestanden=files)


def deliver(warehouse: Warehouse, area: StagingArea, day: date, soort: DeliveryKind, rows: dict[str, str]) -> None:
    """One delivery of one table: key -> status."""
    given_rows = [{"identificatienummer_vordering": key, "status": status} for key, status in rows.items()]
    frame = pl.DataFrame(given_rows, schema=dict.fromkeys(TABLE.columns, pl.String))
    described = manifest(day, soort)
    counts = TakenIn(
        volgnr=warehouse.stand() + 1, levering_id=f"n{warehouse.stand()}", bron=described.bron, peildatum=day,
        geleverd_op=described.geleverd_op, soort=soort, rijen=0, geaccepteerd=0, afgekeurd=0, bewaard=0,
        waarden_afgekeurd=0,
    )  # fmt: skip
    with area.new() as staging:
        staging.load_frame(TABLE, frame)
        warehouse.accept(described, {TABLE.name: f"stage.{TABLE.name}"}, counts, now=described.geleverd_op)


def read(warehouse: Warehouse, stand: int, day: date) -> dict[str, str]:
    rows = warehouse.con.execute(
        "select identificatienummer_vordering, status from vordering_op(?, ?)", [stand, day]
    ).fetchall()
    assert len(rows) == len(dict(rows)), "a key is in force once"
    return dict(rows)


def model(deliveries, stand: int, day: date) -> dict[str, str]:
    """What was known after ``stand`` deliveries about ``day``: apply those about it or an earlier day, oldest first."""
    known: dict[str, str] = {}
    for about, soort, rows in sorted(deliveries[:stand], key=lambda delivery: delivery[0]):
        if about <= day:
            known = dict(rows) if soort is VOLLEDIG else known | rows
    return known


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("layer")


days = st.integers(0, 4).map(lambda number: FIRST + timedelta(days=number))
rows = st.dictionaries(st.sampled_from("abc"), st.sampled_from("12"), max_size=3)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(days, st.sampled_from([VOLLEDIG, MUTATIES]), rows), min_size=1, max_size=6))
def test_any_day_as_known_at_any_moment_is_what_the_deliveries_until_then_say(folder, deliveries):
    number = len(list(folder.iterdir()))
    with Warehouse(folder / str(number) / "w.duckdb") as warehouse, StagingArea(warehouse) as area:
        for delivery in deliveries:
            deliver(warehouse, area, *delivery)
        for stand in range(len(deliveries) + 1):
            for offset in range(6):
                day = FIRST + timedelta(days=offset)
                assert read(warehouse, stand, day) == model(deliveries, stand, day), (stand, day)


def after(folder, *deliveries):
    warehouse = Warehouse(folder / "w.duckdb")
    with StagingArea(warehouse) as area:
        for offset, soort, rows_ in deliveries:
            deliver(warehouse, area, FIRST + timedelta(days=offset), soort, rows_)
    return warehouse


def test_a_full_delivery_that_comes_late_says_what_was_so_until_the_newer_one(tmp_path):
    with after(tmp_path, (0, VOLLEDIG, {"a": "1"}), (2, VOLLEDIG, {"a": "3"}), (1, VOLLEDIG, {"a": "2"})) as warehouse:
        assert [read(warehouse, 3, FIRST + timedelta(days=n)) for n in range(4)] == [
            {"a": "1"}, {"a": "2"}, {"a": "3"}, {"a": "3"},
        ]  # fmt: skip
        assert read(warehouse, 2, FIRST + timedelta(days=1)) == {"a": "1"}, "as known before it came"


def test_a_mutation_that_comes_late_does_not_undo_a_newer_one(tmp_path):
    # The newer mutation confirmed what was known, so it left no row of its own; still it counts.
    with after(tmp_path, (0, VOLLEDIG, {"a": "1"}), (2, MUTATIES, {"a": "1"}), (1, MUTATIES, {"a": "9"})) as warehouse:
        assert [read(warehouse, 3, FIRST + timedelta(days=n)) for n in range(3)] == [{"a": "1"}, {"a": "9"}, {"a": "1"}]


def test_a_corrected_delivery_about_the_same_day_replaces_the_first(tmp_path):
    with after(tmp_path, (0, VOLLEDIG, {"a": "1", "b": "1"}), (0, VOLLEDIG, {"a": "2"})) as warehouse:
        assert read(warehouse, 2, FIRST) == {"a": "2"}
        assert read(warehouse, 1, FIRST) == {"a": "1", "b": "1"}


def test_a_mutation_delivery_makes_nobody_disappear(tmp_path):
    with after(tmp_path, (0, VOLLEDIG, {"a": "1", "b": "1"}), (1, MUTATIES, {"b": "2"})) as warehouse:
        assert read(warehouse, 2, FIRST + timedelta(days=1)) == {"a": "1", "b": "2"}
