"""Deliveries of the Inlichtingenbureau and DUO come in, and deliveries of all sources come again, late or broken."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from contracts.delivery import DeliveryKind, Formaat, Manifest, describe_file, read_manifest, write_manifest
from contracts.mapping import ColumnMapping
from contracts.tables import TABLES, Bron
from matching.intake.check import check_path
from matching.intake.take_in import take_in
from store.staging import Staging
from store.warehouse import Warehouse
from tests.world import DAY, World, alone, anummer, bsn

pytestmark = pytest.mark.nights

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
NEXT = DAY + timedelta(days=1)
VOLLEDIG, MUTATIES = DeliveryKind.VOLLEDIG, DeliveryKind.MUTATIES
OWN, BRP, IB, DUO = Bron.UITKERINGSGEGEVENS, Bron.BRP, Bron.IB, Bron.DUO
TESTSET = (
    Path(__file__).parents[3] / "shared" / "data" / "brp" / "20220502_Testset_persoonslijsten_proefomgeving_GBA-V.csv"
)


@pytest.fixture
def warehouse(tmp_path):
    with Warehouse(tmp_path / "gegevens" / "warehouse.duckdb") as opened:
        yield opened


@pytest.fixture
def deliver(warehouse, tmp_path):
    """A function: a world and sources in, the deliveries of those as they were taken in out."""

    def run(world, *sources, day=DAY, soort=VOLLEDIG):
        folder = tmp_path / "leveringen" / str(len(list((tmp_path / "leveringen").glob("*"))))
        return take_in(warehouse, [world.write(folder, bron, day, soort) for bron in sources], now=NOW).taken

    return run


def now(warehouse, table, columns, day=DAY):
    """What is known now about a day: these columns of the rows in force."""
    found = warehouse.con.execute(f"select {columns} from {table}_op(?, ?) order by all", [warehouse.stand(), day])
    return found.fetchall()


def everything(warehouse, day=DAY):
    return {table.name: now(warehouse, table.name, ", ".join(table.columns), day) for table in TABLES.values()}


def codes(warehouse, taken):
    return warehouse.rejected([taken.volgnr]).select("tabel", "regel", "code").rows()


def remarks(warehouse, taken):
    return {row[1]: row[2] for row in warehouse.remarks([taken.volgnr]).select("tabel", "code", "aantal").rows()}


def signal(number=1, **columns):
    """What the Inlichtingenbureau says of a client: income since September."""
    return {
        "leveringsdatum": "20261015", "peilmaand": "2026-09", "gemeentecode": "9901", "dossiernummer": f"D-{number}",
        "burgerservicenummer": bsn(number), "signaalsoort": "OIB", "bron": "UWV", "bronkenmerk": "X-1",
        "datum_aanvang_feit": "20260901", "datum_aanvang_samenloop": "20260901", "bedrag_cent": "50000",
        "bedrag_periode": "06", "is_correctie": "2",
    } | columns  # fmt: skip


def signals(*rows, world=None):
    world = world or alone()
    world.rows["ib_samenloopsignaal"] = list(rows)
    return world


CORRECTED = {"leveringsdatum": "20261020", "bedrag_cent": "60000", "is_correctie": "1"}


# -- IB: corrections and repeats -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        (signal(), signal(**CORRECTED)),
        (signal(**CORRECTED), signal()),
        (signal(), signal(bedrag_cent="55000", leveringsdatum="20261018"), signal(**CORRECTED)),
        # Of one day: the row that says it is a correction.
        (signal(leveringsdatum="20261020"), signal(**CORRECTED)),
        (signal(leveringsdatum="15-10-2026"), signal(**CORRECTED | {"leveringsdatum": "2026-10-20"})),
    ],
)
def test_a_correction_replaces_the_earlier_row_in_one_delivery(warehouse, deliver, rows):
    *_, ib = deliver(signals(*rows), OWN, BRP, IB)
    assert now(warehouse, "ib_samenloopsignaal", "bedrag_cent") == [("60000",)]
    assert (ib.rijen, ib.afgekeurd, ib.bewaard, ib.geminimaliseerd) == (len(rows), 0, 1, len(rows) - 1)
    assert remarks(warehouse, ib) == {"sleutel:vervangen_door_nieuwere": len(rows) - 1}


def test_of_two_corrections_of_one_moment_nobody_can_say_which_is_true(warehouse, deliver):
    *_, ib = deliver(signals(signal(), signal(**CORRECTED), signal(**CORRECTED | {"bedrag_cent": "1"})), OWN, BRP, IB)
    assert (now(warehouse, "ib_samenloopsignaal", "bedrag_cent"), ib.afgekeurd) == ([], 3)
    assert {code for _, _, code in codes(warehouse, ib)} == {"sleutel:dubbel"}


@pytest.mark.parametrize("soort", [VOLLEDIG, MUTATIES])
def test_a_correction_in_a_later_delivery_replaces_the_earlier_row(warehouse, deliver, soort):
    deliver(signals(signal()), OWN, BRP, IB)
    deliver(signals(signal(**CORRECTED)), IB, day=NEXT, soort=soort)
    assert now(warehouse, "ib_samenloopsignaal", "bedrag_cent", NEXT) == [("60000",)]
    assert now(warehouse, "ib_samenloopsignaal", "bedrag_cent", DAY) == [("50000",)], "so it was until then"


@pytest.mark.parametrize("soort", [VOLLEDIG, MUTATIES])
def test_what_a_correction_corrected_may_come_after_it(warehouse, deliver, soort):
    deliver(alone(), OWN, BRP)
    deliver(signals(signal(**CORRECTED)), IB, day=NEXT, soort=soort)
    deliver(signals(signal()), IB, day=DAY, soort=soort)
    assert now(warehouse, "ib_samenloopsignaal", "bedrag_cent", NEXT) == [("60000",)]
    assert now(warehouse, "ib_samenloopsignaal", "bedrag_cent", DAY) == [("50000",)]


def test_a_row_that_is_repeated_counts_once(warehouse, deliver):
    *_, ib = deliver(signals(signal(), signal(), signal()), OWN, BRP, IB)
    assert now(warehouse, "ib_samenloopsignaal", "bedrag_cent") == [("50000",)]
    assert (ib.rijen, ib.afgekeurd, ib.bewaard) == (3, 0, 1)


@pytest.mark.parametrize(
    "columns",
    [
        {"bronkenmerk": "X-2"}, {"signaalsoort": "INKOMEN"}, {"signaalreden": "CORRECTIE"}, {"datum_aanvang_feit": "20261001"},
        {"betreft_burgerservicenummer": bsn(2)}, {"datum_aanvang_feit": None}, {"bronkenmerk": None},
    ],
)  # fmt: skip
def test_another_fact_is_another_signal(warehouse, deliver, columns):
    *_, ib = deliver(signals(signal(), signal(**columns)), OWN, BRP, IB)
    assert (len(now(warehouse, "ib_samenloopsignaal", "*")), ib.bewaard) == (2, 2)


def test_one_column_is_never_taken_for_another_in_the_key(warehouse, deliver):
    shifted = signal(signaalreden=None, betreft_burgerservicenummer=None, bronkenmerk="CORRECTIE")
    *_, ib = deliver(signals(signal(signaalreden="CORRECTIE", bronkenmerk=None), shifted), OWN, BRP, IB)
    assert ib.bewaard == 2


def test_a_product_nobody_knows_stays_as_it_is_and_is_counted(warehouse, deliver):
    new = signal(signaalsoort="NIEUW_PRODUCT", signaalreden="ONBEKENDE_REDEN")
    *_, ib = deliver(signals(signal(), new), OWN, BRP, IB)
    assert now(warehouse, "ib_samenloopsignaal", "signaalsoort, signaalreden") == [("NIEUW_PRODUCT", "ONBEKENDE_REDEN"), ("OIB", None)]  # fmt: skip
    assert ib.afgekeurd == 0
    assert remarks(warehouse, ib) == {"signaalsoort:onbekende_code": 1, "signaalreden:onbekende_code": 1}


def test_who_receives_nothing_is_not_kept(warehouse, deliver):
    world = World().uitkering(1, house=1, partner=2).uitkering(3, house=3, datum_einde_uitkering="2026-10-31")
    world.uitkering(4, house=4)
    rows = [
        signal(1),  # the client
        signal(1, burgerservicenummer=bsn(2), dossiernummer="OLD-7"),  # the partner, under another dossier
        signal(4, burgerservicenummer=None),  # by dossier alone
        signal(3),  # closed before the peildatum
        signal(9),  # unknown
        signal(9, burgerservicenummer=None),
    ]
    *_, ib = deliver(signals(*rows, world=world), OWN, BRP, IB)
    assert now(warehouse, "ib_samenloopsignaal", "dossiernummer") == [("D-1",), ("D-4",), ("OLD-7",)]
    assert (ib.rijen, ib.afgekeurd, ib.geminimaliseerd) == (6, 0, 3)


def test_income_that_is_left_out_stays_as_it_was_known(warehouse, deliver):
    world = signals(signal())
    world.rows["inkomsten_uwv"] = [{
        "burgerservicenummer": bsn(1), "loonheffingennummer": "999990001L01", "datum_aanvang_periode": "20260901",
        "datum_aanvang_opgave": "20260901", "loon_lb_cent": "1",
    }]  # fmt: skip
    deliver(world, OWN, BRP, IB)
    world.rows["inkomsten_uwv"] = []
    deliver(world, IB, day=NEXT)
    assert now(warehouse, "inkomsten_uwv", "loon_lb_cent", NEXT) == [("1",)]


# -- nothing found is not the same as the source failed --------------------------------------------------


def spoil(delivery, how):
    path = next(delivery.folder.glob("ib_*.csv"))
    match how:
        case "missing":
            path.unlink()
        case "changed on the way":
            path.write_text(path.read_text() + "\n")
        case "header":
            path.write_text(path.read_text().replace("bedrag_cent", "bedrag", 1))
            remake(delivery.folder)
        case "cut off":
            path.write_text("".join(path.read_text().splitlines(keepends=True)[:1]))
            remake(delivery.folder)
    return read_manifest(delivery.folder)


def remake(folder):
    """Make the manifest fit its files again; the numbers of rows stay what the supplier said."""
    delivery = read_manifest(folder)
    lines = tuple(describe_file(line.tabel, delivery.path(line), line.rijen) for line in delivery.manifest.bestanden)
    write_manifest(folder, delivery.manifest.model_copy(update={"bestanden": lines}))


@pytest.mark.parametrize("how", ["missing", "changed on the way", "header", "cut off"])
def test_a_delivery_that_failed_changes_nothing_and_nobody_disappears(warehouse, deliver, tmp_path, how):
    deliver(signals(signal()), OWN, BRP, IB)
    before = everything(warehouse, NEXT)
    failed = signals(signal(**CORRECTED)).write(tmp_path / "failed", IB, NEXT)
    came = take_in(warehouse, [spoil(failed, how)], now=NOW)
    assert ([refused.bron for refused in came.refused], came.taken) == ([IB], ())
    assert (everything(warehouse, NEXT), warehouse.stand()) == (before, 3)


def test_mutations_make_no_signal_disappear_and_a_full_delivery_does(warehouse, deliver):
    deliver(signals(signal(), signal(bronkenmerk="X-2")), OWN, BRP, IB)
    deliver(signals(signal(**CORRECTED)), IB, day=NEXT, soort=MUTATIES)
    assert now(warehouse, "ib_samenloopsignaal", "bedrag_cent", NEXT) == [("50000",), ("60000",)]
    deliver(signals(), IB, day=NEXT + timedelta(days=1))
    assert now(warehouse, "ib_samenloopsignaal", "bedrag_cent", NEXT + timedelta(days=1)) == []


@pytest.mark.parametrize(("bron", "needs"), [(IB, OWN), (DUO, OWN), (BRP, OWN)])
def test_who_may_be_kept_must_be_known_first(warehouse, tmp_path, bron, needs):
    (refused,) = take_in(warehouse, [alone().write(tmp_path, bron)], now=NOW).refused
    assert f"{bron} can't be taken in before {needs}" in refused.error.what


@pytest.mark.parametrize("bron", [IB, DUO])
def test_ib_and_duo_also_need_the_brp(warehouse, tmp_path, bron):
    """Rows that name somebody without a number are kept by who that is."""
    deliveries = [alone().write(tmp_path, each) for each in (OWN, bron)]
    (refused,) = take_in(warehouse, deliveries, now=NOW).refused
    assert f"{bron} can't be taken in before brp" in refused.error.what


@pytest.mark.parametrize("number", ["000000000", "999999999", "123456789", "1", None])
def test_people_who_share_an_unusable_number_are_not_one_person(warehouse, deliver, number):
    def row(name):
        return {
            "burgerservicenummer": number, "geslachtsnaam": name, "geboortedatum": "19800101",
            "loonheffingennummer": "001002041L02", "volgnummer_ikv": "1", "datum_aanvang_periode": "20260901",
            "datum_aanvang_opgave": "20260901",
        }  # fmt: skip

    world = alone()
    world.rows["inkomsten_uwv"] = [row("Jansen"), row("Pietersen")]
    *_, ib = deliver(world, OWN, BRP, IB)
    assert [code for _, _, code in codes(warehouse, ib) if code.startswith("sleutel")] == []
    assert now(warehouse, "inkomsten_uwv", "geslachtsnaam") == [("Jansen",)]


def test_a_mutation_about_a_stranger_with_an_unusable_number_ends_nobody(warehouse, deliver):
    def enrolled(name, born):
        world = alone()
        world.rows["duo_inschrijving"] = [
            enrolment(1, burgerservicenummer="000000000", geslachtsnaam=name, geboortedatum=born)
        ]
        return world

    deliver(enrolled("Jansen", "19800101"), OWN, BRP, DUO)
    deliver(enrolled("Pietersen", "20010203"), DUO, day=NEXT, soort=MUTATIES)
    assert now(warehouse, "duo_inschrijving", "geslachtsnaam", NEXT) == [("Jansen",)]


def test_signals_about_two_named_people_are_two_signals(warehouse, deliver):
    about = [{"betreft_geslachtsnaam": name, "betreft_geboortedatum": "19900617"} for name in ("Bergh", "Smit")]
    *_, ib = deliver(signals(*(signal(**who) for who in about)), OWN, BRP, IB)
    assert codes(warehouse, ib) == []
    assert now(warehouse, "ib_samenloopsignaal", "betreft_geslachtsnaam") == [("Bergh",), ("Smit",)]


# -- DUO -------------------------------------------------------------------------------------------------


def enrolment(number, start="20260801", end="20261231", **columns):
    return {
        "burgerservicenummer": bsn(number), "brin": "99XX", "datum_inschrijving": "20250801", "datum_uitschrijving": "20270731",
        "datum_aanvang_deelname": start, "datum_einde_deelname": end, "inschrijvingsvorm": "S", "niveau": "MBO-4",
    } | columns  # fmt: skip


def grant(number, start="20260801", end="20261231"):
    return {
        "burgerservicenummer": bsn(number), "datum_aanvang_toekenning": start, "datum_einde_toekenning": end,
        "toekenning_basisbeurs": "1",
    }  # fmt: skip


def test_duo_is_kept_of_the_household_and_of_nobody_else(warehouse, deliver):
    world = World().person(1, house=1).person(2, house=1).uitkering(1, house=1, partner=2)
    world.person(3, house=7).knows(1, 3)  # known by the dienst, lives elsewhere by the BRP
    world.person(4, house=1)  # a resident nobody told about
    world.person(5, house=9)  # a stranger
    world.person(6, house=1, functie_adres="B")  # a briefadres there
    world.uitkering(8, house=8, datum_einde_uitkering="2026-11-02").person(8, house=8)  # ended yesterday
    world.rows["duo_inschrijving"] = [enrolment(number) for number in (1, 2, 3, 4, 5, 7, 8)]
    world.rows["duo_studiefinanciering"] = [grant(number) for number in (1, 2, 3, 4, 5, 7, 8)]
    *_, duo = deliver(world, OWN, BRP, DUO)
    household = [(bsn(number),) for number in (1, 2, 3, 4)]
    assert now(warehouse, "duo_inschrijving", "burgerservicenummer") == household
    assert now(warehouse, "duo_studiefinanciering", "burgerservicenummer") == household
    assert (duo.rijen, duo.afgekeurd, duo.bewaard, duo.geminimaliseerd) == (14, 0, 8, 6)


CUTS = [("20250801", "20251231"), ("20260101", "20260731"), ("20260801", "20261231"), ("20270101", "20270731")]


@pytest.mark.parametrize("until", [2, 3, 4])
def test_rows_that_are_cut_in_january_and_august_are_all_kept(warehouse, deliver, until):
    world = alone()
    world.rows["duo_inschrijving"] = [enrolment(1, *cut) for cut in CUTS[:until]]
    world.rows["duo_studiefinanciering"] = [grant(1, *cut) for cut in CUTS[:until]]
    *_, duo = deliver(world, OWN, BRP, DUO)
    assert now(warehouse, "duo_inschrijving", "datum_aanvang_deelname, datum_einde_deelname") == CUTS[:until]
    assert now(warehouse, "duo_studiefinanciering", "datum_aanvang_toekenning, datum_einde_toekenning") == CUTS[:until]
    assert (duo.afgekeurd, duo.bewaard) == (0, 2 * until)


def test_a_housemate_who_comes_later_has_the_next_duo_delivery_read_again(warehouse, deliver):
    world = alone().person(2, house=9)
    world.rows["duo_inschrijving"] = [enrolment(1), enrolment(2)]
    deliver(world, OWN, BRP, DUO)
    assert now(warehouse, "duo_inschrijving", "burgerservicenummer") == [(bsn(1),)]
    deliver(world.change("brp_persoon", "anummer", anummer(2), **World.address(1)), OWN, BRP, DUO, day=NEXT)
    assert now(warehouse, "duo_inschrijving", "burgerservicenummer", NEXT) == [(bsn(1),), (bsn(2),)]


# -- rows that belong to a row that was not delivered ----------------------------------------------------


def periods(world, *uitkeringen):
    world.rows["uitkeringsperiode"] = [
        {"uitkering_id": uitkering, "datum_aanvang_periode": "2026-01-01"} for uitkering in uitkeringen
    ]
    return world


def test_a_period_or_a_housemate_of_no_uitkering_is_rejected(warehouse, deliver):
    (own,) = deliver(periods(alone().knows(1, 2).knows(7, 2), "U-1", "U-9"), OWN)
    assert codes(warehouse, own) == [
        ("bekende_medebewoner", 3, "uitkering_id:hoort_nergens_bij"), ("uitkeringsperiode", 3, "uitkering_id:hoort_nergens_bij"),
    ]  # fmt: skip
    assert (own.rijen, own.afgekeurd, own.bewaard) == (5, 2, 3)


def test_a_relation_of_nobody_is_rejected(warehouse, deliver):
    world = alone()
    world.rows["brp_relatie"] = [{"anummer": anummer(number), "soort": "kind"} for number in (1, 7)]
    _, brp = deliver(world, OWN, BRP)
    assert codes(warehouse, brp) == [("brp_relatie", 3, "anummer:hoort_nergens_bij")]


def test_in_mutations_it_may_belong_to_an_uitkering_that_is_known(warehouse, deliver):
    deliver(alone(), OWN)
    world = periods(World().knows(1, 2).knows(7, 2), "U-1", "U-9")
    (own,) = deliver(world, OWN, day=NEXT, soort=MUTATIES)
    assert [code for _, _, code in codes(warehouse, own)] == ["uitkering_id:hoort_nergens_bij"] * 2
    assert now(warehouse, "uitkeringsperiode", "uitkering_id", NEXT) == [("U-1",)]
    assert now(warehouse, "bekende_medebewoner", "uitkering_id", NEXT) == [("U-1",)]


# -- the same again, and late ----------------------------------------------------------------------------


def full_world():
    """All four sources, with things to reject and to remark."""
    world = signals(
        signal(),
        signal(),
        signal(signaalsoort="NIEUW"),
        signal(7),
        signal(leveringsdatum="?"),
        world=periods(alone().knows(1, 2), "U-1", "U-9"),
    )
    world.person(2, house=1, born="19660013").person(3, house=9).person(4, house=1, anummer="12")
    world.rows["brp_relatie"] = [{"anummer": anummer(1), "soort": "kind", "gerelateerde_burgerservicenummer": "1"}]
    world.rows["duo_inschrijving"] = [enrolment(2), enrolment(3), enrolment(2, brin="x")]
    world.rows["melding"].append(
        {
            "melding_id": "M-1",
            "burgerservicenummer": bsn(1),
            "soort_wijziging": "?",
            "datum_ontvangst": "2026-10-20",
            "status": "ONTVANGEN",
        }
    )
    return world


def said(warehouse, taken):
    """What is rejected and remarked of deliveries, without their names."""
    numbers = [found.volgnr for found in taken]
    return [
        frame.drop("levering_id").sort(pl.all()).rows()
        for frame in (warehouse.rejected(numbers), warehouse.remarks(numbers))
    ]


def test_an_unchanged_redelivery_is_noted_and_not_read_again(warehouse, deliver, monkeypatch):
    first = deliver(full_world(), *Bron)
    before = everything(warehouse)
    monkeypatch.setattr(Staging, "load_file", lambda *_: pytest.fail("it was read again"))
    again = deliver(full_world(), *Bron, day=NEXT)
    assert [(taken.volgnr, taken.gelijk_aan, taken.nieuw) for taken in again] == [
        (5, 1, True),
        (6, 2, True),
        (7, 3, True),
        (8, 4, True),
    ]
    assert [(taken.rijen, taken.afgekeurd, taken.bewaard, taken.per_tabel) for taken in again] == [
        (taken.rijen, taken.afgekeurd, taken.bewaard, taken.per_tabel) for taken in first
    ]
    assert everything(warehouse, NEXT) == before
    assert said(warehouse, again) == said(warehouse, first)
    assert all(said(warehouse, first)), "there is something to compare"
    third = deliver(full_world(), *Bron, day=NEXT + timedelta(days=1))
    assert [taken.gelijk_aan for taken in third] == [1, 2, 3, 4]
    assert said(warehouse, third) == said(warehouse, first)


def test_a_redelivery_that_is_not_what_its_manifest_says_is_refused(warehouse, deliver, tmp_path):
    deliver(signals(signal()), OWN, BRP, IB)
    again = signals(signal()).write(tmp_path / "again", IB, NEXT)
    (again.folder / "ib_samenloopsignaal.csv").write_text("other")
    (refused,) = take_in(warehouse, [again], now=NOW).refused
    assert "sha256" in refused.error.what
    assert warehouse.stand() == 3


def test_who_comes_into_the_uitkeringsgegevens_has_the_same_brp_read_again(warehouse, deliver):
    world = alone().person(3, house=9)
    deliver(world, OWN, BRP)
    own, brp = deliver(world.uitkering(3, house=9), OWN, BRP, day=NEXT)
    assert (own.gelijk_aan, brp.gelijk_aan) == (None, None)
    assert now(warehouse, "brp_persoon", "anummer", NEXT) == [(anummer(1),), (anummer(3),)]
    _, third = deliver(world, OWN, BRP, day=NEXT + timedelta(days=1))
    assert third.gelijk_aan == brp.volgnr


def test_a_delivery_of_mutations_is_never_a_repeat(warehouse, deliver):
    deliver(alone(), OWN)
    (again,) = deliver(alone(), OWN, day=NEXT, soort=MUTATIES)
    assert again.gelijk_aan is None


def old_world():
    """What was so a month ago: other housemates, another uitkering, another address."""
    world = (
        World()
        .person(1, house=5)
        .person(6, house=5, geslachtsnaam="Vroeger")
        .uitkering(1, house=5, aantal_kostendelers="2")
    )
    return world.uitkering(6, house=6).person(7, house=6).knows(1, 6, rol="KIND")


@pytest.mark.parametrize("sources", [(OWN,), (BRP,), (OWN, BRP)])
@pytest.mark.parametrize("soort", [VOLLEDIG, MUTATIES])
def test_a_late_delivery_is_laid_under_the_newer_and_tonight_stays_as_it_is(warehouse, deliver, sources, soort):
    world = full_world()
    deliver(world, *Bron)
    before = everything(warehouse)
    late = deliver(old_world(), *sources, day=DAY - timedelta(days=30), soort=soort)
    assert len(late) == len(sources)
    touched = {"uitkering": OWN, "brp_persoon": BRP}
    after = everything(warehouse)
    if soort is VOLLEDIG:
        assert after == before
    for table, bron in touched.items():
        mine = now(warehouse, table, "*", DAY - timedelta(days=30))
        assert bool(mine) == (bron in sources), "it does say what was so then"
        own = {row[0] for row in before[table]}
        assert [row for row in after[table] if row[0] in own] == before[table]


# -- tijdig check ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("bron", list(Bron))
@pytest.mark.parametrize("soort", [VOLLEDIG, MUTATIES])
def test_check_says_what_the_intake_says(warehouse, deliver, tmp_path, bron, soort):
    deliver(World().uitkering(9, house=9), OWN)
    deliver(World(), BRP)
    delivery = full_world().write(tmp_path / "checked", bron, NEXT, soort)
    if bron is OWN:
        (delivery.folder / "melding.csv").write_bytes((delivery.folder / "melding.csv").read_bytes() + b"\xff;half\n\n")
        lines = tuple(
            describe_file(f.tabel, delivery.path(f), f.rijen + (f.tabel == "melding"))
            for f in delivery.manifest.bestanden
        )
        write_manifest(delivery.folder, delivery.manifest.model_copy(update={"bestanden": lines}))
        delivery = read_manifest(delivery.folder)
    (taken,) = take_in(warehouse, [delivery], now=NOW).taken
    assert_same(check_path(delivery.folder, peildatum=NEXT), warehouse, taken, orphans=soort is VOLLEDIG)


def assert_same(results, warehouse, taken, *, orphans=True):
    """Rows, rejections and remarks by table, as ``tijdig check`` and the intake have them."""
    assert [result.fout for result in results] == [None] * len(results)
    assert {result.tabel: result.rijen for result in results} == taken.per_tabel
    found = warehouse.rejected([taken.volgnr])
    if not orphans:  # what a mutation belongs to, a check can't know
        found = found.filter(~pl.col("code").str.ends_with("hoort_nergens_bij"))
    counted = found.group_by("tabel", "code", "zacht").len().rows()
    assert sorted((r.tabel, c.code, c.zacht, c.aantal) for r in results for c in r.codes) == sorted(counted)
    rejected = found.filter(~pl.col("zacht")).select("tabel", "regel").unique().height
    assert sum(result.afgekeurd for result in results) == rejected
    noted = warehouse.remarks([taken.volgnr]).select("tabel", "code", "aantal").rows()
    assert sorted((r.tabel, *remark) for r in results for remark in r.opmerkingen) == sorted(noted)


def whole_brp(folder, path, rows, formaat, day=DAY):
    """A BRP delivery in one file of a form of its own."""
    made = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    line = describe_file(None, path, rows, formaat)
    write_manifest(folder, Manifest(bron=BRP, peildatum=day, geleverd_op=made, soort=VOLLEDIG, bestanden=(line,)))
    return read_manifest(folder)


def test_haal_centraal_comes_in_and_is_checked_alike(warehouse, deliver, tmp_path):
    deliver(alone(), OWN)
    address = {"straat": "Dorpsstraat", "huisnummer": 1, "postcode": "1234AB", "woonplaats": "Voorbeeldstad"}
    persons = [
        {"aNummer": anummer(number), "burgerservicenummer": bsn(number), "naam": {"geslachtsnaam": "Jansen"},
         "verblijfplaats": address | {"huisnummer": house}, "partners": [{"burgerservicenummer": bsn(1)}] * (number == 2)}
        for number, house in ((1, 1), (2, 1), (3, 9))
    ]  # fmt: skip
    path = tmp_path / "personen.json"
    path.write_text(json.dumps([*persons, "no person"]))
    delivery = whole_brp(tmp_path, path, 4, Formaat.HAALCENTRAAL)
    (taken,) = take_in(warehouse, [delivery], now=NOW).taken
    assert (taken.rijen, taken.afgekeurd, taken.bewaard) == (5, 1, 3)
    assert now(warehouse, "brp_persoon", "anummer") == [(anummer(1),), (anummer(2),)]
    assert_same(check_path(tmp_path, peildatum=DAY), warehouse, taken)
    assert_same(check_path(path, peildatum=DAY), warehouse, taken)


@pytest.mark.skipif(not TESTSET.is_file(), reason="the test data are not here")
def test_the_gba_v_testset_comes_in_and_is_checked_alike(warehouse, deliver, tmp_path):
    deliver(alone(), OWN)
    (tmp_path / "gbav").mkdir()
    (tmp_path / "gbav" / "testset.csv").write_bytes(TESTSET.read_bytes())
    day = date(2020, 1, 1)
    path = tmp_path / "gbav" / "testset.csv"
    rows = next(r.rijen for r in check_path(path, formaat=Formaat.GBAV, peildatum=day) if r.tabel == "brp_persoon")
    assert rows == 683
    delivery = whole_brp(tmp_path / "gbav", path, rows, Formaat.GBAV, day)
    (taken,) = take_in(warehouse, [delivery], now=NOW).taken
    assert_same(check_path(delivery.folder, peildatum=day), warehouse, taken)


# -- a gemeente's own columns ----------------------------------------------------------------------------


def test_ib_and_duo_with_a_gemeentes_own_columns(warehouse, deliver, tmp_path):
    deliver(alone(), OWN, BRP)
    ib, duo = tmp_path / "ib", tmp_path / "duo"
    ib.mkdir()
    duo.mkdir()
    (ib / "samenloop.csv").write_bytes(
        "DOSSIER;BSN;Product;Leverdatum;Maand;Ingang;Samenloop vanaf;Bedrag;Kenmerk;Herkomst\n"
        f"D-1;{bsn(1)};Opgave inkomsten;15-10-2026;2026-09;01-09-2026;2026-09-01;50000;Café;x\n".encode("cp1252")
    )
    mapping = ColumnMapping(
        kolommen={
            "dossier": "dossiernummer", "bsn": "burgerservicenummer", "product": "signaalsoort", "Leverdatum": "leveringsdatum",
            "maand": "peilmaand", "ingang": "datum_aanvang_feit", "samenloop vanaf": "datum_aanvang_samenloop",
            "bedrag": "bedrag_cent", "kenmerk": "bronkenmerk",
        },
        vast={"gemeentecode": "9901", "is_correctie": "2", "bron": "UWV", "bedrag_periode": "06"},
        afwezig=("signaalreden", "betreft_burgerservicenummer", "datum_einde_feit", "datum_einde_samenloop", "bedrag_teken", "bedragsoort", "belastingjaar", "tags"),
        codes={"signaalsoort": {"Opgave inkomsten": "OIB"}},
    )  # fmt: skip
    (duo / "inschrijvingen.csv").write_text(
        f"Burger,School,Van,Tot,Deelname\n{bsn(1)},99XX,2025-08-01,1900-01-01,20250801\n"
    )
    (duo / "stufi.csv").write_text(f"Burger,Vanaf\n{bsn(1)},01-08-2025\n")
    enrol = ColumnMapping(
        kolommen={"burger": "burgerservicenummer", "school": "brin", "van": "datum_inschrijving", "tot": "datum_uitschrijving", "deelname": "datum_aanvang_deelname"},
        vast={"inschrijvingsvorm": "S", "leerweg_mbo": "BOL", "niveau": "MBO-4"}, onbekend=("1900-01-01",),
        afwezig=("datum_einde_deelname", "leerjaar", "onderwijsvorm", "opleiding_naam_kort", "bpv_datum_aanvang", "bpv_datum_einde_werkelijk"),
    )  # fmt: skip
    stufi = ColumnMapping(
        kolommen={"burger": "burgerservicenummer", "vanaf": "datum_aanvang_toekenning"}, vast={"toekenning_basisbeurs": "1"},
        afwezig=("datum_einde_toekenning", "indicatie_aanvullende_beurs", "status_partnertoeslag", "status_eenoudertoeslag", "indicatie_wtos_18plus"),
    )  # fmt: skip
    files = {
        (IB, ib): {"ib_samenloopsignaal": "samenloop.csv"},
        (DUO, duo): {"duo_inschrijving": "inschrijvingen.csv", "duo_studiefinanciering": "stufi.csv"},
    }
    for (bron, folder), named in files.items():
        lines = tuple(describe_file(table, folder / name, 1) for table, name in named.items())
        write_manifest(folder, Manifest(bron=bron, peildatum=DAY, geleverd_op=NOW, soort=VOLLEDIG, bestanden=lines))
    mappings = {"ib_samenloopsignaal": mapping, "duo_inschrijving": enrol, "duo_studiefinanciering": stufi}
    came = take_in(warehouse, [read_manifest(ib), read_manifest(duo)], now=NOW, mappings=mappings)
    assert [(taken.bron, taken.afgekeurd, taken.waarden_afgekeurd, taken.bewaard) for taken in came.taken] == [
        (IB, 0, 0, 1),
        (DUO, 0, 0, 2),
    ]
    columns = "signaalsoort, signaalreden, leveringsdatum, datum_aanvang_feit, datum_aanvang_samenloop, bedrag_cent, bronkenmerk"
    assert now(warehouse, "ib_samenloopsignaal", columns) == [
        ("OIB", None, "20261015", "20260901", "20260901", "50000", "Café")
    ]
    assert remarks(warehouse, came.taken[0]) == {"codering:windows_1252": 1, "kolom:verboden_herkomst": 1}
    assert now(warehouse, "duo_inschrijving", "datum_inschrijving, datum_uitschrijving, niveau") == [
        ("20250801", "00000000", "MBO-4")
    ]
    assert now(warehouse, "duo_studiefinanciering", "datum_aanvang_toekenning") == [("20250801",)]
