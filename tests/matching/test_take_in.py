"""A delivery comes in: what is sound is kept, what is not is said, and nothing is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.delivery import MANIFEST_NAME, DeliveryKind, describe_file, read_manifest, write_manifest
from contracts.errors import DeliveryError
from contracts.tables import Bron
from matching.intake.take_in import take_in
from store.warehouse import Warehouse
from tests.world import DAY, World, alone, anummer, bsn

pytestmark = pytest.mark.nights

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)


@pytest.fixture
def warehouse(tmp_path):
    with Warehouse(tmp_path / "gegevens" / "warehouse.duckdb") as opened:
        yield opened


def take_all(warehouse, world, folder, day=DAY):
    return take_in(warehouse, world.write_all(folder, day), now=NOW).taken


def take_one(warehouse, delivery, now=NOW):
    (taken,) = take_in(warehouse, [delivery], now=now).taken
    return taken


def refused(warehouse, delivery):
    """Why a delivery is refused."""
    (found,) = take_in(warehouse, [delivery], now=NOW).refused
    return found.error


def remake(folder, *, rows=0):
    """Make the manifest of a BRP delivery fit its person file again, with ``rows`` more than it said."""
    delivery = read_manifest(folder)
    files = []
    for file in delivery.manifest.bestanden:
        extra = rows if file.tabel == "brp_persoon" else 0
        files.append(describe_file(file.tabel, delivery.path(file), file.rijen + extra))
    write_manifest(folder, delivery.manifest.model_copy(update={"bestanden": tuple(files)}))
    return read_manifest(folder)


def persons(warehouse):
    rows = warehouse.con.execute(
        "select anummer from brp_persoon where tot is null and peil_tot is null order by 1"
    ).fetchall()
    return [row[0] for row in rows]


# -- counting --------------------------------------------------------------------------------------------


def test_rows_in_is_accepted_plus_rejected_and_strangers_are_not_kept(warehouse, tmp_path):
    world = alone().person(2, house=1).person(3, house=9).person(4, house=1, anummer="12")
    uitkering, brp = take_all(warehouse, world, tmp_path)
    assert (uitkering.rijen, uitkering.geaccepteerd, uitkering.bewaard) == (1, 1, 1)
    assert (brp.rijen, brp.geaccepteerd, brp.afgekeurd, brp.bewaard) == (4, 3, 1, 2)
    assert persons(warehouse) == [anummer(1), anummer(2)]


def test_a_rejected_row_keeps_its_line_and_code_and_no_value(warehouse, tmp_path):
    _, brp = take_all(warehouse, alone().person(4, house=1, anummer="12"), tmp_path)
    found = warehouse.rejected([brp.volgnr]).to_dicts()
    assert [(row["tabel"], row["regel"], row["code"], row["zacht"]) for row in found] == [
        ("brp_persoon", 3, "anummer:vorm", False)
    ]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("geboortedatum", "05", "geen_datum"),
        ("geboortedatum", "2015", "geen_datum"),
        ("geboortedatum", "19660013", "geen_datum"),
        ("geboortedatum", "29190101", "geen_datum"),
        ("geboortedatum", "20230231", "geen_datum"),
        ("burgerservicenummer", "123456789", "elfproef"),
        ("burgerservicenummer", "000000000", "elfproef"),
        ("postcode", "12AB", "vorm"),
        ("huisnummer", "9-2", "geen_getal"),
        ("geslachtsnaam", "x" * 201, "te_lang"),
    ],
)
def test_a_junk_value_becomes_unknown_and_the_person_stays(warehouse, tmp_path, column, value, code):
    world = alone().person(2, house=1)
    world.rows["brp_persoon"][-1][column] = value
    _, brp = take_all(warehouse, world, tmp_path)
    assert (brp.afgekeurd, brp.waarden_afgekeurd) == (0, 1)
    assert warehouse.rejected([brp.volgnr]).row(0)[1:] == ("brp_persoon", 3, f"{column}:{code}", True)
    kept = warehouse.con.execute(f"select {column} from brp_persoon where anummer = ?", [anummer(2)]).fetchall()
    assert kept == [("00000000" if code == "geen_datum" else None,)]


def test_in_onderzoek_is_hard_because_empty_there_would_mean_nothing_the_matter(warehouse, tmp_path):
    world = alone().person(2, house=1, vp_aanduiding_in_onderzoek="8x")
    _, brp = take_all(warehouse, world, tmp_path)
    assert brp.afgekeurd == 1


@pytest.mark.parametrize("value", ["20140000", "20140500", "00000000", "99991231"])
def test_a_partial_date_is_a_date(warehouse, tmp_path, value):
    world = alone().person(2, house=1, born=value)
    assert [taken.waarden_afgekeurd for taken in take_all(warehouse, world, tmp_path)] == [0, 0]


def test_a_lost_wish_of_nobody_knows_whom_is_counted_apart(warehouse, tmp_path):
    world = alone()
    world.rows["klantvoorkeur"].append({"burgerservicenummer": "1", "kanaal": "POST", "geheimhouding": "1"})
    uitkering, _ = take_all(warehouse, world, tmp_path)
    assert (uitkering.afgekeurd, uitkering.onbekend_over) == (1, 1)


def test_two_rows_with_one_key_are_both_rejected(warehouse, tmp_path):
    world = alone().person(2, house=1).person(2, house=9)
    _, brp = take_all(warehouse, world, tmp_path)
    assert brp.afgekeurd == 2
    assert warehouse.rejected([brp.volgnr]).get_column("code").to_list() == ["sleutel:dubbel"] * 2


def test_lines_that_are_no_csv_are_rejected_with_their_line(warehouse, tmp_path):
    alone_written = alone().write_all(tmp_path)
    path = alone_written[1].folder / "brp_persoon.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], "too;few", lines[1], lines[1] + ";one;too;many"]) + "\n")
    for delivery in (alone_written[0], remake(alone_written[1].folder, rows=2)):
        taken = take_one(warehouse, delivery)
    assert (taken.rijen, taken.afgekeurd, taken.bewaard) == (3, 2, 1)
    found = warehouse.rejected([taken.volgnr])
    assert found.select("regel", "code").rows() == [(2, "te_weinig_kolommen"), (4, "te_veel_kolommen")]


def test_a_newline_inside_quotes_does_not_shift_the_lines_after_it(warehouse, tmp_path):
    world = alone().person(2, house=1, geslachtsnaam="Van\nDijk").person(3, house=1, anummer="12")
    _, brp = take_all(warehouse, world, tmp_path)
    # header 1, person one 2, person two 3 and 4, the bad row 5
    assert warehouse.rejected([brp.volgnr]).get_column("regel").to_list() == [5]


def test_a_bag_id_gets_its_spaces_off_and_its_zero_back(warehouse, tmp_path):
    world = alone().person(2, house=1, adresseerbaar_object_id=" 363010012067062", nummeraanduiding_id="0" * 16)
    take_all(warehouse, world, tmp_path)
    kept = warehouse.con.execute(
        "select adresseerbaar_object_id, nummeraanduiding_id from brp_persoon where anummer = ?", [anummer(2)]
    ).fetchall()
    assert kept == [("0363010012067062", None)]


# -- again and again -------------------------------------------------------------------------------------


def test_the_same_delivery_twice_changes_nothing(warehouse, tmp_path):
    deliveries = alone().write_all(tmp_path)
    first = [take_one(warehouse, d) for d in deliveries]
    again = [take_one(warehouse, d, NOW + timedelta(days=1)) for d in deliveries]
    assert [t.nieuw for t in first] == [True, True]
    assert [t.nieuw for t in again] == [False, False]
    assert warehouse.stand() == 2


def test_an_unchanged_row_is_stored_once_however_often_it_is_delivered(warehouse, tmp_path):
    world = alone().person(2, house=1)
    take_all(warehouse, world, tmp_path)
    world.change("brp_persoon", "anummer", anummer(2), voornamen="Sem")
    take_all(warehouse, world, tmp_path, DAY + timedelta(days=1))
    rows = warehouse.con.execute("select anummer, peil_van, peil_tot, van, tot from brp_persoon order by 1, 2, 4")
    next_day = DAY + timedelta(days=1)
    assert rows.fetchall() == [
        (anummer(1), DAY, None, 2, None),
        (anummer(2), DAY, None, 2, 4),  # as known before the second delivery
        (anummer(2), DAY, next_day, 4, None),  # as known since: so until that day,
        (anummer(2), next_day, None, 4, None),  # and otherwise from then on
    ]


def test_only_a_full_delivery_makes_somebody_disappear(warehouse, tmp_path):
    take_all(warehouse, alone().person(2, house=1), tmp_path)
    later = DAY + timedelta(days=1)
    mutation = alone().write(tmp_path, Bron.BRP, later, DeliveryKind.MUTATIES)
    take_one(warehouse, mutation)
    assert persons(warehouse) == [anummer(1), anummer(2)]
    full = alone().write(tmp_path, Bron.BRP, later + timedelta(days=1))
    take_one(warehouse, full)
    assert persons(warehouse) == [anummer(1)]


def test_a_rejected_row_is_not_a_person_who_left(warehouse, tmp_path):
    take_all(warehouse, alone().person(2, house=1), tmp_path)
    broken = alone().person(2, house=1, vp_aanduiding_in_onderzoek="??")
    take_all(warehouse, broken, tmp_path, DAY + timedelta(days=1))
    assert persons(warehouse) == [anummer(1), anummer(2)]


def test_where_a_line_is_unreadable_nobody_leaves_as_nobody_knows_whose_it_was(warehouse, tmp_path):
    take_all(warehouse, alone().person(2, house=1), tmp_path)
    delivery = alone().write(tmp_path, Bron.BRP, DAY + timedelta(days=1))
    path = delivery.folder / "brp_persoon.csv"
    path.write_text(path.read_text() + "half a li\n")
    take_one(warehouse, remake(delivery.folder, rows=1))
    assert persons(warehouse) == [anummer(1), anummer(2)]


def test_who_moved_away_is_gone_even_where_another_row_could_not_be_read(warehouse, tmp_path):
    # Person 2 moves to a house where nobody has an uitkering, so the new row is not kept; the old one must end.
    take_all(warehouse, alone().person(2, house=1), tmp_path)
    moved = alone().person(2, house=9).person(3, house=9, anummer="unreadable")
    take_all(warehouse, moved, tmp_path, DAY + timedelta(days=1))
    assert persons(warehouse) == [anummer(1)]


def test_brp_is_read_again_when_somebody_new_gets_an_uitkering(warehouse, tmp_path):
    world = alone().person(3, house=9)
    brp = world.write_all(tmp_path)[1]
    for delivery in (read_manifest(brp.folder.parent / "uitkeringsgegevens"), brp):
        take_one(warehouse, delivery)
    assert persons(warehouse) == [anummer(1)]
    world.uitkering(3, house=9).write(tmp_path, Bron.UITKERINGSGEGEVENS, DAY + timedelta(days=1))
    take_one(warehouse, read_manifest(tmp_path / "2026-11-04" / "uitkeringsgegevens"))
    assert take_one(warehouse, brp).nieuw
    assert persons(warehouse) == [anummer(1), anummer(3)]


# -- what is refused -------------------------------------------------------------------------------------


def spoil(folder, how):
    """Spoil the person file of a BRP delivery; the manifest fits the file unless the fault is in that."""
    path = folder / "brp_persoon.csv"
    text = path.read_text()
    match how:
        case "missing":
            path.unlink()
            return
        case "empty":
            path.write_text("")
        case "truncated":
            path.write_text(text[: len(text) // 2])
            return
        case "utf16":
            path.write_bytes(text.encode("utf-16"))
        case "columns":
            path.write_text(text.replace("voorvoegsel", "tussenvoegsel", 1))
        case "count":
            remake(folder, rows=5)
            return
    remake(folder)


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("missing", "missing"),
        ("empty", "empty"),
        ("truncated", "sha256"),
        ("utf16", "NUL bytes"),
        ("columns", "missing ['voorvoegsel']; double none; 1 unknown"),
        ("count", "the manifest says 6"),
    ],
)
def test_a_broken_file_is_refused_and_leaves_the_warehouse_as_it_was(warehouse, tmp_path, how, says):
    uitkering, brp = alone().write_all(tmp_path)
    take_one(warehouse, uitkering)
    spoil(brp.folder, how)
    error = refused(warehouse, read_manifest(brp.folder))
    assert says in str(error)
    assert error.where
    assert error.todo
    assert "Jansen" not in str(error)
    assert bsn(1) not in str(error)
    assert (warehouse.stand(), persons(warehouse)) == (1, [])
    assert not list((tmp_path / "gegevens").glob("tijdelijk*")), "raw rows stayed behind"


@pytest.mark.parametrize("how", ["missing", "truncated", "count"])
def test_a_broken_delivery_keeps_no_other_source_from_coming_in(warehouse, tmp_path, how):
    deliveries = alone().write_all(tmp_path)
    spoil(deliveries[1].folder, how)
    came = take_in(warehouse, [read_manifest(delivery.folder) for delivery in deliveries], now=NOW)
    assert [taken.bron for taken in came.taken] == [Bron.UITKERINGSGEGEVENS]
    assert [found.bron for found in came.refused] == [Bron.BRP]


def test_a_delivery_without_one_of_its_tables_is_refused(tmp_path):
    delivery = alone().write(tmp_path, Bron.BRP)
    text = (delivery.folder / MANIFEST_NAME).read_text()
    (delivery.folder / MANIFEST_NAME).write_text(text.replace("brp_relatie", "brp_persoon"))
    with pytest.raises(DeliveryError, match="brp_relatie"):
        read_manifest(delivery.folder)


def test_a_folder_without_a_manifest_is_refused(tmp_path):
    with pytest.raises(DeliveryError, match="Manifest is missing"):
        read_manifest(tmp_path)


def test_brp_before_uitkeringsgegevens_is_refused(warehouse, tmp_path):
    error = refused(warehouse, alone().write(tmp_path, Bron.BRP))
    assert "nobody knows yet whom it may keep" in error.what


def test_no_raw_row_of_a_stranger_stays_in_any_file(warehouse, tmp_path):
    stranger = World().person(77, house=9, geslachtsnaam="Vreemdeling").rows["brp_persoon"][0]
    world = alone()
    world.rows["brp_persoon"].append(stranger)
    take_all(warehouse, world, tmp_path / "leveringen")
    warehouse.con.close()
    stored = b"".join(path.read_bytes() for path in (tmp_path / "gegevens").rglob("*") if path.is_file())
    assert bsn(1).encode() in stored, "the search itself must be able to find something"
    assert bsn(77).encode() not in stored
    assert b"Vreemdeling" not in stored
