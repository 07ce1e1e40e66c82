"""Of a whole gemeente only who has an uitkering, and who lives with them, stays; of the others no byte."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.delivery import MANIFEST_NAME, DeliveryKind, describe_file, read_manifest, write_manifest
from contracts.tables import TABLES, Bron
from flows import steps
from flows.settings import Workplace
from matching.intake.take_in import take_in
from store.warehouse import Warehouse
from tests.world import DAY, World, anummer, bsn

pytestmark = pytest.mark.nights

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
NEXT = DAY + timedelta(days=1)
CLIENT, PARTNER, KNOWN, RESIDENT = 1, 2, 3, 4
ENDED, ENDED_PARTNER, STRANGER = 11, 12, 21
NEAR, FAR = (CLIENT, PARTNER, KNOWN, RESIDENT), (ENDED, ENDED_PARTNER, STRANGER)


def name(number):
    return f"Achternaam{number}x"


def gemeente():
    """A household with an uitkering, one whose uitkering ended yesterday, and a stranger; each is in every table."""
    world = World()
    world.uitkering(CLIENT, house=1, partner=PARTNER).knows(CLIENT, KNOWN)
    world.uitkering(ENDED, house=11, partner=ENDED_PARTNER, datum_einde_uitkering="2026-11-02").knows(ENDED, 13)
    houses = {CLIENT: 1, PARTNER: 1, KNOWN: 5, RESIDENT: 1, ENDED: 11, ENDED_PARTNER: 11, STRANGER: 21}
    for number, house in houses.items():
        world.person(number, house, geslachtsnaam=name(number))
        world.reported(number, "STUDIE")
        wish = {
            "burgerservicenummer": bsn(number),
            "kanaal": "POST",
            "geheimhouding": "2",
            "bewindvoerder_of_gemachtigde": f"BW-{name(number)}",
        }
        related = {"anummer": anummer(number), "soort": "kind", "gerelateerde_geslachtsnaam": f"{name(number)}kind"}
        signal = {
            "leveringsdatum": "20261020", "peilmaand": "2026-10", "gemeentecode": "9901", "dossiernummer": f"D-{number}", "burgerservicenummer": bsn(number),
            "signaalsoort": "OIB", "bron": "UWV", "bronkenmerk": name(number), "datum_aanvang_samenloop": "20260901", "is_correctie": "2",
        }  # fmt: skip
        income = {
            "burgerservicenummer": bsn(number), "naam_werkgever": f"{name(number)} bv", "datum_aanvang_periode": "20260901",
            "datum_aanvang_opgave": "20260901", "volgnummer_ikv": str(number),
        }  # fmt: skip
        course = {
            "burgerservicenummer": bsn(number), "brin": "99XX", "datum_inschrijving": "20250801", "datum_aanvang_deelname": "20250801",
            "opleiding_naam_kort": name(number),
        }  # fmt: skip
        claim = {
            "identificatienummer_vordering": f"V-{number}",
            "dossiernummer": f"D-{number}",
            "bedrag_saldo_cent": f"77{number:02d}5511",
        }
        period = {
            "uitkering_id": f"U-{number}",
            "datum_aanvang_periode": "2026-01-01",
            "norm_bedrag_cent": f"88{number:02d}5511",
        }
        office = {"verwijzing": f"BW-{name(number)}", "soort": "BEWINDVOERDER", "naam": f"Kantoor {name(number)}"}
        rows = {
            "vertegenwoordiger": office, "klantvoorkeur": wish, "brp_relatie": related, "ib_samenloopsignaal": signal, "inkomsten_uwv": income, "duo_inschrijving": course,
            "duo_studiefinanciering": {"burgerservicenummer": bsn(number), "datum_aanvang_toekenning": "20250801"},
            "vordering": claim, "uitkeringsperiode": period,
        }  # fmt: skip
        for table, row in rows.items():
            if table != "uitkeringsperiode" or number in (CLIENT, ENDED):
                world.rows[table].append(row)
    return world


def traces(number):
    """What would show in a file that something of a person lies in it."""
    return [
        text.encode()
        for text in (bsn(number), anummer(number), name(number), f"77{number:02d}5511", f"88{number:02d}5511")
    ]


def stored(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def take(folder, *deliveries):
    with Warehouse(folder / "gegevens" / "warehouse.duckdb") as warehouse:
        came = take_in(warehouse, deliveries, now=NOW)
    assert not came.refused
    return came.taken


def kept(taken, table):
    return taken.per_tabel[table]


def test_the_made_up_gemeente_fills_every_table_with_everybody():
    filled = {table: rows for table, rows in gemeente().rows.items() if rows}
    assert set(filled) == set(TABLES)


def test_of_who_is_near_something_stays_and_of_the_others_no_byte(tmp_path):
    take(tmp_path, *(gemeente().write(tmp_path / "leveringen", bron) for bron in Bron))
    found = stored(tmp_path / "gegevens")
    for number in NEAR:
        assert bsn(number).encode() in found, "the search itself must be able to find something"
    for number in (*FAR, 13):
        assert not [trace for trace in traces(number) if trace in found], number


def test_nor_in_any_file_beside_it_while_it_is_still_open(tmp_path):
    deliveries = [gemeente().write(tmp_path / "leveringen", bron) for bron in Bron]
    with Warehouse(tmp_path / "gegevens" / "warehouse.duckdb") as warehouse:
        take_in(warehouse, deliveries, now=NOW)
        # Every commit is settled in the file itself, so DuckDB's write-ahead log holds nothing after an intake.
        assert [path.name for path in (tmp_path / "gegevens").rglob("*")] == ["warehouse.duckdb"]
        found = stored(tmp_path / "gegevens")
    assert bsn(CLIENT).encode() in found
    for number in FAR:
        assert not [trace for trace in traces(number) if trace in found], number


KEPT = {
    "uitkering": 1, "uitkeringsperiode": 1, "bekende_medebewoner": 1, "melding": 2, "klantvoorkeur": 2, "vertegenwoordiger": 2,
    "vordering": 1,
    "brp_persoon": 4, "brp_relatie": 4, "ib_samenloopsignaal": 2, "inkomsten_uwv": 2, "duo_inschrijving": 4, "duo_studiefinanciering": 4,
}  # fmt: skip


def test_how_many_rows_stay_in_each_table(tmp_path):
    taken = take(tmp_path, *(gemeente().write(tmp_path / "leveringen", bron) for bron in Bron))
    with Warehouse(tmp_path / "gegevens" / "warehouse.duckdb") as warehouse:
        counts = {name: warehouse.con.sql(f"select count(*) from {name}").fetchall()[0][0] for name in TABLES}
    assert counts == KEPT
    assert sum(found.bewaard for found in taken) == sum(KEPT.values())
    assert all(found.rijen == found.bewaard + found.geminimaliseerd + found.afgekeurd for found in taken)


SPOILT = {
    "brp_persoon": {"vp_aanduiding_in_onderzoek": "?"},
    "brp_relatie": {"soort": "?"},
    "melding": {"status": "?"},
    "klantvoorkeur": {"kanaal": "?"},
    "vordering": {"bedrag_saldo_cent": "?"},
    "ib_samenloopsignaal": {"is_correctie": "?"},
    "inkomsten_uwv": {"datum_aanvang_opgave": "?"},
    "duo_inschrijving": {"brin": "?"},
    "duo_studiefinanciering": {"datum_aanvang_toekenning": "?"},
}


def test_a_rejected_row_leaves_no_trace_of_a_stranger(tmp_path):
    world = gemeente()
    far = {bsn(STRANGER), anummer(STRANGER), f"V-{STRANGER}"}
    for table, columns in SPOILT.items():
        for row in world.rows[table]:
            if far & set(row.values()):
                row.update(columns)
    taken = take(tmp_path, *(world.write(tmp_path / "leveringen", bron) for bron in Bron))
    assert sum(found.afgekeurd for found in taken) == len(SPOILT)
    found = stored(tmp_path / "gegevens")
    assert not [trace for trace in traces(STRANGER) if trace in found]


def test_lines_that_can_not_be_read_leave_no_trace(tmp_path):
    deliveries = [gemeente().write(tmp_path / "leveringen", bron) for bron in Bron]
    for delivery in deliveries:
        path = delivery.path(delivery.manifest.bestanden[0])
        path.write_bytes(path.read_bytes() + f"{bsn(STRANGER)};{name(STRANGER)};".encode() + b"\xff\n")
        lines = tuple(
            describe_file(f.tabel, delivery.path(f), f.rijen + (f.bestand == path.name))
            for f in delivery.manifest.bestanden
        )
        write_manifest(delivery.folder, delivery.manifest.model_copy(update={"bestanden": lines}))
    taken = take(tmp_path, *(read_manifest(delivery.folder) for delivery in deliveries))
    assert [found.afgekeurd for found in taken] == [1] * len(Bron)
    found = stored(tmp_path / "gegevens")
    assert not [trace for trace in traces(STRANGER) if trace in found]


def test_a_refused_delivery_leaves_nothing(tmp_path):
    own, brp = (gemeente().write(tmp_path / "leveringen", bron) for bron in (Bron.UITKERINGSGEGEVENS, Bron.BRP))
    lines = tuple(
        line.model_copy(update={"rijen": 999}) if line.tabel == "brp_relatie" else line
        for line in brp.manifest.bestanden
    )
    refused = brp.model_copy(update={"manifest": brp.manifest.model_copy(update={"bestanden": lines})})
    with Warehouse(tmp_path / "gegevens" / "warehouse.duckdb") as warehouse:
        came = take_in(warehouse, [own, refused], now=NOW)
    assert [found.bron for found in came.refused] == [Bron.BRP]
    assert name(RESIDENT).encode() not in stored(tmp_path / "gegevens")


def test_what_a_killed_intake_left_behind_is_removed_by_the_next(tmp_path):
    left = tmp_path / "gegevens" / "tijdelijk" / "3"
    left.mkdir(parents=True)
    (left / "stage.duckdb").write_text(name(STRANGER))
    take(tmp_path, gemeente().write(tmp_path / "leveringen", Bron.UITKERINGSGEGEVENS))
    assert not left.parent.exists()


def test_mutations_about_a_stranger_are_not_kept_either(tmp_path):
    take(tmp_path, *(gemeente().write(tmp_path / "leveringen", bron) for bron in Bron))
    moved = gemeente().change("brp_persoon", "anummer", anummer(STRANGER), straatnaam="Elders")
    (taken,) = take(tmp_path, moved.write(tmp_path / "later", Bron.BRP, NEXT, DeliveryKind.MUTATIES))
    assert taken.geminimaliseerd == 6
    assert not [trace for trace in traces(STRANGER) if trace in stored(tmp_path / "gegevens")]


# -- the raw files ---------------------------------------------------------------------------------------


@pytest.fixture
def work(tmp_path):
    for bron in Bron:
        gemeente().write(tmp_path / "leveringen", bron)
    return Workplace(tmp_path)


def test_the_raw_files_go_at_the_end_of_the_night(work):
    steps.take_in_all(work, DAY)
    assert steps.clear_deliveries(work, DAY) == len(Bron)
    assert not list(work.leveringen.rglob("*.csv"))
    assert not list(work.leveringen.rglob(MANIFEST_NAME))


def test_other_files_there_stay(work):
    notes = [work.leveringen / "lees mij.txt", work.leveringen / DAY.isoformat() / Bron.BRP / "begeleidende brief.pdf"]
    for path in notes:
        path.write_text("beste beheerder")
    steps.take_in_all(work, DAY)
    steps.clear_deliveries(work, DAY)
    assert sorted(path for path in work.leveringen.rglob("*") if path.is_file()) == sorted(notes)


def test_what_was_not_taken_in_stays(work):
    later = gemeente().write(work.leveringen, Bron.BRP, NEXT)
    broken = read_manifest(work.leveringen / DAY.isoformat() / Bron.IB)
    broken.path(broken.manifest.bestanden[0]).write_text("damaged")
    steps.take_in_all(work, DAY)
    assert steps.clear_deliveries(work, DAY) == len(Bron) - 1
    assert sorted(path.parent for path in work.leveringen.rglob(MANIFEST_NAME)) == sorted([later.folder, broken.folder])


def test_a_repeated_delivery_goes_too(work):
    steps.take_in_all(work, DAY)
    steps.clear_deliveries(work, DAY)
    for bron in Bron:
        gemeente().write(work.leveringen, bron, NEXT)
    sources = steps.take_in_all(work, NEXT)
    assert {taken.gelijk_aan is not None for taken in sources.taken} == {True}
    assert steps.clear_deliveries(work, NEXT) == len(Bron)
    assert not list(work.leveringen.rglob("*.csv"))


@pytest.mark.parametrize(("days", "gone"), [(0, 0), (6, 0), (7, len(Bron))])
def test_raw_files_stay_as_long_as_the_settings_say(work, days, gone):
    (work.folder / "tijdig.toml").write_text("leveringen_bewaren_dagen = 7\n")
    steps.take_in_all(work, DAY)
    assert steps.clear_deliveries(work, DAY + timedelta(days=days)) == gone
    assert bool(list(work.leveringen.rglob("*.csv"))) != bool(gone)
