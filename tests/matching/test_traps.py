"""The traps of the sources, one test each, in the order in which they are written down: BRP, IB, DUO, the dienst, all."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from contracts.delivery import DeliveryKind
from contracts.parameters import parameter
from contracts.tables import TABLES, Bron
from matching.intake.take_in import take_in
from matching.rule import Reading, all_rules
from matching.views import VIEWS, ViewParameters, build_views, read_view
from store.warehouse import Warehouse
from tests.world import DAY, World, alone, anummer, bsn, place_of

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
NEXT = DAY + timedelta(days=1)
NO_BAG = {"adresseerbaar_object_id": None, "nummeraanduiding_id": None}


class Night:
    """Worlds come in, day after day; then it tells what is known and found on the last day."""

    def __init__(self, folder, warehouse):
        self.folder, self.warehouse, self.day, self.taken = folder, warehouse, DAY, {}

    def __call__(self, *worlds):
        for number, world in enumerate(worlds):
            self.day = DAY + timedelta(days=number)
            deliveries = [world.write(self.folder, bron, self.day) for bron in Bron if has_rows(world, bron)]
            came = take_in(self.warehouse, deliveries, now=NOW)
            assert not came.refused
            self.taken |= {taken.bron: taken for taken in came.taken}
        return self

    def lay(self, *views):
        """Make these views, or all of them."""
        age = parameter("kostendelersleeftijd").on(self.day).waarde
        parameters = ViewParameters(self.day, age, 12, ("9901", "9902"), "geheim")
        build_views(self.warehouse, parameters, views=views or None)

    def rows(self, table, columns, *, view=False):
        """Columns of a table's rows in force on the day, or of a fact view."""
        if view:
            self.lay(table)
        source = table if view else f"{table}_op({self.warehouse.stand()}, date '{self.day}')"
        return self.warehouse.con.sql(f"select {columns} from {source} order by all").fetchall()

    def findings(self):
        """Rule and what stands in the way, of each finding."""
        return sorted((rule, in_the_way) for _, rule, in_the_way in self.findings_by_dossier())

    def findings_by_dossier(self):
        """The same, with whose it is."""
        self.lay()
        views = {name: read_view(self.warehouse, name) for name in VIEWS}
        found = [finding for rule in all_rules() for finding in rule.find(views[rule.view], Reading(self.day))]
        return sorted(
            (one.dossiernummer, one.regel, [tested.naam for tested in one.onderdrukkers if tested.geldt is not False])
            for one in found
        )

    def codes(self):
        """Table, code and whether only the value is lost, of all that was rejected."""
        numbers = [taken.volgnr for taken in self.taken.values()]
        return self.warehouse.rejected(numbers).select("tabel", "code", "zacht").rows()

    def lines(self):
        """The lines of all that was rejected, by file."""
        numbers = [taken.volgnr for taken in self.taken.values()]
        return self.warehouse.rejected(numbers).get_column("regel").to_list()

    def remarks(self):
        numbers = [taken.volgnr for taken in self.taken.values()]
        return {row[0]: row[1] for row in self.warehouse.remarks(numbers).select("code", "aantal").rows()}


def has_rows(world, bron):
    return bron in (Bron.UITKERINGSGEGEVENS, Bron.BRP) or any(
        world.rows[name] for name, table in TABLES.items() if table.bron is bron
    )


@pytest.fixture
def over_a_town(tmp_path):
    """A function: a world in, the findings of its night out; every town has a warehouse of its own."""
    towns = count()

    def run(world):
        folder = tmp_path / f"town {next(towns)}"
        with Warehouse(folder / "warehouse.duckdb") as warehouse:
            return Night(folder, warehouse)(world).findings_by_dossier()

    return run


def apart(found, place):
    """Rule and what stands in the way, of each finding in one world."""
    return sorted((rule, in_the_way) for whose, rule, in_the_way in found if place in (None, place_of(whose)))


@pytest.fixture
def night(tmp_path):
    with Warehouse(tmp_path / "gegevens" / "warehouse.duckdb") as warehouse:
        yield Night(tmp_path, warehouse)


# -- BRP -------------------------------------------------------------------------------------------------


def clients(number):
    """So many clients, each alone at a house of their own."""
    world = World()
    for one in range(1, number + 1):
        world.person(one, house=one).uitkering(one, house=one)
    return world


def test_a_bsn_on_two_persons_is_no_key(night):
    twice = alone().person(2, house=1, burgerservicenummer=bsn(1)).person(3, house=1, burgerservicenummer=None)
    after = night(twice)
    assert after.rows("brp_persoon", "anummer") == [(anummer(1),), (anummer(2),), (anummer(3),)]
    assert after.rows("persoon", "bsn_uniek", view=True) == [(False,), (False,), (True,)]
    assert after.findings() == [], "a client whose BSN is on two persons is not compared"


def test_a_relation_without_a_bsn_is_kept_and_proves_nothing(night):
    world = alone().person(2, house=1, datum_aanvang_adreshouding="20261020")
    world.rows["brp_relatie"] = [{
        "anummer": anummer(1), "soort": "partner", "gerelateerde_geslachtsnaam": "Jansen", "gerelateerde_geboortedatum": "19800101",
    }]  # fmt: skip
    after = night(world)
    assert after.rows("brp_relatie", "soort, gerelateerde_burgerservicenummer") == [("partner", None)]
    # Perhaps the housemate is the partner: no letter, and a human says.
    assert after.findings() == [("R01", ["echtgenoot"]), ("R10", ["koppeling_onzeker"])]


def test_found_not_to_live_there_is_no_resident_to_write_about_and_help_for_a_client(night):
    on_housemate = night(alone().person(2, house=1, vp_aanduiding_in_onderzoek="089999"))
    assert [where for _, where in on_housemate.findings()] in ([], [["bewoner_in_onderzoek"]])
    on_client = night(alone().change("brp_persoon", "anummer", anummer(1), vp_aanduiding_in_onderzoek="089999"))
    assert ("R17", []) in on_client.findings()


def test_an_onderzoek_into_something_else_is_no_onderzoek_into_the_address(story):
    client = alone().change("brp_persoon", "anummer", anummer(1), vp_aanduiding_in_onderzoek="580000")
    assert story(client) == []


@pytest.mark.parametrize(
    "columns", [{"straatnaam": "."}, {"straatnaam": None, "locatiebeschrijving": "Woonboot bij de brug"}]
)
def test_a_puntadres_and_a_location_have_no_address_key(night, columns):
    nowhere = NO_BAG | {"huisnummer": None, "postcode": None} | columns
    world = alone().change("brp_persoon", "anummer", anummer(1), **nowhere).person(2, house=1, **nowhere)
    after = night(world)
    assert after.rows("persoon", "adres_sleutel, woont, brief_mogelijk", view=True)[0] == (None, False, False)
    assert after.findings() == [], "two people of nowhere are no household"


def test_bag_ids_lose_spaces_and_zeros(night):
    read = {
        " 0363010012067062": "0363010012067062", "363010012067062": "0363010012067062",
        "0000000000000000": None, "36301001206706": None,
    }  # fmt: skip
    world = alone()
    for number, written in enumerate(read, start=2):
        world.person(number, house=1, adresseerbaar_object_id=written)
    kept = night(world).rows("brp_persoon", "anummer, adresseerbaar_object_id")
    assert kept[1:] == [(anummer(number), value) for number, value in enumerate(read.values(), start=2)]


def test_all_zeros_on_different_addresses_is_not_one_address(story):
    zeros = {"adresseerbaar_object_id": "0" * 16, "nummeraanduiding_id": "0" * 16}
    world = alone().change("brp_persoon", "anummer", anummer(1), **zeros).person(2, house=2, **zeros)
    assert story(world) == []


def test_one_address_with_and_without_its_id_is_one_address(story):
    assert story(alone().person(2, house=1, **NO_BAG)) == [("R01", [])]


@pytest.mark.parametrize("where", ["to", "by"])
def test_opposite_or_near_a_house_is_another_dwelling(story, where):
    assert story(alone().person(2, house=1, **NO_BAG, aanduiding_bij_huisnummer=where)) == []


def test_a_briefadres_is_never_a_housemate(night):
    lives = alone().person(2, house=1, datum_aanvang_adreshouding="20261020")
    post = alone().person(2, house=1, functie_adres="B", datum_aanvang_adreshouding="20261020")
    assert night(lives).findings() == [("R01", [])]
    assert night(lives, post).findings() == [], "from woonadres to briefadres on one address"


def test_an_address_with_many_residents_is_no_household(story):
    world = alone()
    for number in range(2, 33):
        world.person(number, house=1)
    assert {tuple(where) for _, where in story(world)} == {("massa_adres",)}


def test_abroad_without_a_known_country_is_abroad(night):
    world = alone().person(2, house=1).change("brp_persoon", "anummer", anummer(2), land_adres_buitenland="0000")
    after = night(world)
    assert after.rows("persoon", "in_buitenland, woont", view=True) == [(False, True), (True, False)]


def test_hostile_text_is_kept_as_it_is(night):
    names = [
        "<Onbekend> & </Onbemind>", "Rente @ 100%", "Ł Ŵ ÈÂÃ", "O\"Brien; D'Arc", "x" * 200, "'); drop table levering; --",
        "Van\nDijk",
    ]  # fmt: skip
    world = clients(len(names))
    for number, name in enumerate(names, start=1):
        world.change("brp_persoon", "anummer", anummer(number), geslachtsnaam=name)
    after = night(world)
    kept = [(anummer(number), name) for number, name in enumerate(names, start=1)]
    assert (after.rows("brp_persoon", "anummer, geslachtsnaam"), after.codes()) == (kept, [])


def test_a_junk_date_is_rejected_with_a_code_and_the_person_stays(night):
    world = alone()
    for number, value in enumerate(["05", "2015", "19660013", "29190101"], start=2):
        world.person(number, house=1, born=value)
    after = night(world)
    assert after.codes() == [("brp_persoon", "geboortedatum:geen_datum", True)] * 4
    kept = after.rows("brp_persoon", "anummer, geboortedatum")
    assert kept[1:] == [(anummer(number), "00000000") for number in range(2, 6)]


def test_only_the_columns_of_the_contract_are_read(story):
    asked = set(TABLES["brp_persoon"].columns) | set(TABLES["brp_relatie"].columns)
    assert not [name for name in asked for word in ("nationaliteit", "geboorteplaats", "verblijfstitel", "reisdocument", "kiesrecht") if word in name]  # fmt: skip


# -- IB --------------------------------------------------------------------------------------------------


def signals(*rows):
    world = alone()
    world.rows["ib_samenloopsignaal"] = [{
        "leveringsdatum": "20261015", "peilmaand": "2026-09", "gemeentecode": "9901", "dossiernummer": "D-1", "burgerservicenummer": bsn(1),
        "signaalsoort": "OIB", "bron": "UWV", "bronkenmerk": "X-1", "datum_aanvang_feit": "20260901",
        "datum_aanvang_samenloop": "20260915", "is_correctie": "2",
    } | row for row in rows]  # fmt: skip
    return world


def numbered(values, **columns):
    """A signal for each, by its number; the values of its columns beside those they share."""
    return signals(*({"bronkenmerk": f"X-{number:02}"} | columns | value for number, value in enumerate(values)))


def by_number(values):
    return [(f"X-{number:02}", *value) for number, value in enumerate(values)]


def test_fact_overlap_delivery_and_peilmaand_stay_apart(night):
    after = night(signals({}))
    dates = "datum_aanvang_feit, datum_aanvang_samenloop, leveringsdatum, peilmaand"
    assert after.rows("ib_samenloopsignaal", dates) == [("20260901", "20260915", "20261015", "2026-09")]


def test_a_correction_is_redelivered_and_replaces(night):
    after = night(signals({}, {"bedrag_cent": "100", "is_correctie": "1", "leveringsdatum": "20261020"}))
    assert after.rows("ib_samenloopsignaal", "bedrag_cent") == [("100",)]


def test_a_signal_is_no_finding_by_itself(story):
    assert story(signals({}, {"signaalsoort": "VERMOGEN", "belastingjaar": "2024"})) == []


def test_the_same_fact_of_ib_and_the_brp_is_one_finding(story):
    moved_in = {
        "signaalsoort": "KOSTENDELERS",
        "signaalreden": "INWONING",
        "betreft_burgerservicenummer": bsn(2),
        "bron": "RVIG",
    }
    world = signals(moved_in).person(2, house=1, datum_aanvang_adreshouding="20261020")
    assert story(world) == [("R01", [])]


def test_a_product_nobody_knows_is_not_interpreted(night):
    after = night(signals({"signaalsoort": "NIEUW"}))
    assert after.rows("ib_samenloopsignaal", "signaalsoort") == [("NIEUW",)]
    assert after.remarks() == {"signaalsoort:onbekende_code": 1}


def income(**columns):
    world = signals({})
    world.rows["inkomsten_uwv"] = [{
        "burgerservicenummer": bsn(1), "loonheffingennummer": "999990001L01", "volgnummer_ikv": "1", "datum_aanvang_ikv": "20260101",
        "datum_einde_ikv": "99991231", "datum_aanvang_periode": "20260101", "soort_ikv": "11", "datum_aanvang_opgave": "20261001",
        "datum_einde_opgave": "20261031", "loon_lb_cent": "50000",
    } | columns]  # fmt: skip
    return world


@pytest.mark.parametrize(("kind", "seen"), [("11", 1), ("43", 0)])
def test_income_of_kind_43_is_the_bijstand_itself(night, kind, seen):
    assert len(night(income(soort_ikv=kind)).rows("inkomen", "soort_ikv", view=True)) == seen


# -- DUO -------------------------------------------------------------------------------------------------

CUTS = [("20250801", "20251231"), ("20260101", "20260731"), ("20260801", "20261231")]


def enrolled(*cuts, number=1, **columns):
    world = alone().person(2, house=1)
    world.rows["duo_inschrijving"] = [{
        "burgerservicenummer": bsn(number), "brin": "99XX", "datum_inschrijving": "20250801", "datum_uitschrijving": "20270731",
        "datum_aanvang_deelname": start, "datum_einde_deelname": end, "inschrijvingsvorm": "S", "leerweg_mbo": "BOL", "niveau": "MBO-4",
    } | columns for start, end in cuts]  # fmt: skip
    return world


def test_rows_cut_in_january_and_august_are_one_study_that_did_not_stop(night):
    after = night(enrolled(*CUTS))
    assert len(after.rows("duo_inschrijving", "*")) == 3
    assert after.rows("studie", "aanvang, volgt_opleiding, gestopt_op", view=True) == [(date(2025, 8, 1), True, None)]


def test_a_duo_row_may_be_about_a_housemate(night):
    after = night(enrolled(*CUTS, number=2))
    assert after.rows("duo_inschrijving", "distinct burgerservicenummer") == [(bsn(2),)]


def test_a_summer_gap_is_no_stop(night):
    after = night(enrolled(("20250801", "20260630"), ("20260901", "20261231")))
    assert after.rows("studie", "gestopt_op", view=True) == [(None,)]


@pytest.mark.parametrize(("form", "counts"), [("S", False), ("E", True), ("A", True)])
def test_extraneus_and_auditor_are_told_apart(night, form, counts):
    after = night(enrolled(*CUTS, inschrijvingsvorm=form))
    assert after.rows("studie", "extraneus_of_auditor", view=True) == [(counts,)]


def test_what_toekenning_basisbeurs_means_is_not_guessed(night):
    codes = ["0", "1", "2", "3", "7"]
    world = clients(len(codes))
    world.rows["duo_studiefinanciering"] = [{
        "burgerservicenummer": bsn(number), "datum_aanvang_toekenning": "20260801", "datum_einde_toekenning": "20261231",
        "toekenning_basisbeurs": code,
    } for number, code in enumerate(codes, start=1)]  # fmt: skip
    after = night(world)
    assert after.rows("duo_studiefinanciering", "toekenning_basisbeurs") == [(code,) for code in codes]
    assert after.rows("studiefinanciering", "burgerservicenummer, heeft_toekenning", view=True) == [
        (bsn(number), True) for number in range(1, 6)
    ], "the period says so, not the code"


# -- the dienst's own administration ---------------------------------------------------------------------


def newcomer():
    return alone().person(2, house=1, datum_aanvang_adreshouding="20261020")


def test_who_is_known_already_is_no_news(story):
    assert story(newcomer().knows(1, 2)) == []


def test_what_was_reported_and_lies_there_is_no_letter(story):
    assert story(newcomer().reported(1, "HUISGENOOT_IN")) == [("R01", ["gemeld_in"])]


def test_aantal_kostendelers_counts_the_client_and_is_no_head_count(story):
    one = newcomer().change("uitkering", "uitkering_id", "U-1", aantal_kostendelers="1")
    assert story(one) == [("R01", [])], "the client alone"
    two = newcomer().change("uitkering", "uitkering_id", "U-1", aantal_kostendelers="2")
    assert story(two) == [("R01", ["aantal_bekend"])]


def test_who_studies_is_not_whom_the_dienst_counts_without_a_name(story):
    world = newcomer().change("uitkering", "uitkering_id", "U-1", aantal_kostendelers="2")
    world.person(3, house=1, born="19980101", datum_aanvang_adreshouding="20260901").enrolled(3, "20240901")
    student, counted = sorted(story(world), key=lambda found: "studeert" not in found[1])
    assert (student[1][0], counted) == ("studeert", ("R01", ["aantal_bekend"]))


def test_who_is_married_to_the_client_is_not_whom_the_dienst_counts_without_a_name(story):
    world = newcomer().change("uitkering", "uitkering_id", "U-1", aantal_kostendelers="2")
    world.person(3, house=1).related(1, "partner", 3, datum_sluiting="20260901")
    assert ("R01", ["aantal_bekend"]) in story(world)


@pytest.mark.parametrize(
    ("born", "in_the_way"),
    [("20051104", ["aantal_bekend"]), ("20051103", []), ("20050000", []), ("20051100", [])],
)
def test_a_partner_under_21_is_not_in_aantal_kostendelers(story, born, in_the_way):
    world = newcomer().person(3, house=1, born=born)
    world.change(
        "uitkering", "uitkering_id", "U-1", aantal_kostendelers="2", partner_burgerservicenummer=bsn(3), leefvorm="09"
    )
    assert story(world) == [("R01", in_the_way)]


@pytest.mark.parametrize("value", ["0", None])
def test_no_aantal_kostendelers_is_no_kostendelersnorm(story, value):
    world = newcomer().change("uitkering", "uitkering_id", "U-1", aantal_kostendelers=value)
    assert story(world) == [("R01", [])]


def test_wetcode_is_a_closed_list(night):
    world = clients(6)
    for number, wet in enumerate(["PW", "IOAW", "IOAZ", "BBZ", "WW", "pw"], start=1):
        world.change("uitkering", "uitkering_id", f"U-{number}", wetcode=wet)
    after = night(world)
    assert [code for _, code, _ in after.codes()] == ["wetcode:code"] * 2
    assert after.rows("uitkering", "wetcode") == [("BBZ",), ("IOAW",), ("IOAZ",), ("PW",)]


def test_four_leefvormen_are_all_a_couple_and_known_as_such(night):
    world = World()
    for number, leefvorm in enumerate(["03", "04", "08", "09"], start=1):
        partner = number + 10
        world.person(number, house=number).person(partner, house=number)
        world.uitkering(number, house=number, partner=partner, leefvorm=leefvorm)
    after = night(world)
    assert (after.findings(), after.remarks()) == ([], {})
    assert after.rows("dossier", "leefvorm_paar", view=True) == [(True,)] * 4


def test_claims_are_kept_for_measuring_and_no_view_reads_them(night):
    world = alone()
    world.rows["vordering"] = [
        {"identificatienummer_vordering": "V-1", "dossiernummer": "D-1", "bedrag_saldo_cent": "1000"}
    ]
    after = night(world)
    assert after.rows("vordering", "bedrag_saldo_cent") == [("1000",)]
    assert not [
        name for schema in VIEWS.values() for name in schema.column_names() if "vordering" in name or "saldo" in name
    ]


# -- conventions -----------------------------------------------------------------------------------------


def test_dates_are_eight_characters_partial_open_or_unknown(night):
    read = {
        "20140000": "20140000", "20230500": "20230500", "00000000": "00000000",
        "99991230": "99991230", "99991231": "99991231",
        "2023-02-28": "20230228", "28-02-2023": "20230228",
    }  # fmt: skip
    lost = ["20230231", "2023-02-31", "31-02-2023", "1-2-2023", "02/28/2023", "28022023", "45000"]
    written = [{"datum_einde_feit": date_} for date_ in (*read, *lost)]
    after = night(numbered(written, datum_aanvang_feit=None))
    kept = after.rows("ib_samenloopsignaal", "bronkenmerk, datum_einde_feit")
    assert kept == by_number((value,) for value in (*read.values(), *["00000000"] * len(lost)))
    assert len(after.codes()) == len(lost)
    assert after.lines() == [2 + len(read) + place for place in range(len(lost))]


def test_a_date_of_the_dienst_is_whole_in_any_usual_form_and_without_one_the_row_is_rejected(night):
    whole, none = ["2026-11-05", "05-11-2026", "20261105"], ["20230000", "2023-02-31", "20230231", "00000000"]
    world = clients(7)
    for number, written in enumerate((*whole, *none), start=1):
        world.change("uitkering", "uitkering_id", f"U-{number}", datum_einde_uitkering=written)
    after = night(world)
    kept = after.rows("uitkering", "uitkering_id, datum_einde_uitkering")
    assert kept == [(f"U-{number}", "2026-11-05") for number in range(1, 4)]
    assert [(code, soft) for _, code, soft in after.codes()] == [("datum_einde_uitkering:geen_datum", False)] * 4


@pytest.mark.parametrize("end", ["99991230", "99991231", None])
def test_an_open_end_has_no_last_day(night, end):
    after = night(income(datum_einde_ikv=end))
    assert after.rows("inkomen", "einde_open, loopt", view=True) == [(True, True)]


def test_the_last_day_still_counts(night):
    world = clients(3)
    for number, end in enumerate(["2026-11-02", "2026-11-03", None], start=1):
        world.change("uitkering", "uitkering_id", f"U-{number}", datum_einde_uitkering=end)
    assert night(world).rows("dossier", "dossiernummer", view=True) == [("D-2",), ("D-3",)]


def test_an_amount_is_cents_with_sign_and_period_apart(night):
    amounts = [
        ("1200", None, "06", 1200), ("1200", "+", "6", 1200), ("1200", "-", "06", -1200),
        # One digit is the one list and two digits the other: 4 is 4 weeks (13 in a year), 04 is a week (52).
        ("1200", "+", "4", 1300), ("1200", "+", "04", 5200), ("1200", "+", "05", 1300), ("1200", "+", "9", None), ("1200", "+", "77", None),
    ]  # fmt: skip
    names = ("bedrag_cent", "bedrag_teken", "bedrag_periode")
    # Each of a bron of its own, so that each is a fact of its own.
    after = night(numbered(
        {"bron": f"BRON-{number}"} | dict(zip(names, amount, strict=False)) for number, amount in enumerate(amounts)
    ))  # fmt: skip
    kept = after.rows("ib_samenloopsignaal", "bronkenmerk, bedrag_cent, bedrag_teken, bedrag_periode")
    assert kept == by_number(amount[:3] for amount in amounts)
    assert after.rows("samenloop", "bron, bedrag_maand_cent", view=True) == [
        (f"BRON-{number}", amount[3]) for number, amount in enumerate(amounts)
    ]


def test_an_amount_that_is_no_cents_is_unknown_and_said(night):
    written = ["-1200", "12,00", "12.00", "€ 12", "1.200"]
    after = night(numbered({"bedrag_cent": amount} for amount in written))
    assert after.rows("ib_samenloopsignaal", "bronkenmerk, bedrag_cent") == by_number([(None,)] * 5)
    assert after.codes() == [("ib_samenloopsignaal", "bedrag_cent:geen_bedrag", True)] * 5


def test_2_is_no_and_never_true(night):
    held_back = {"1": True, "2": False, "0": True, "true": True, "FALSE": False}
    world = clients(5)
    for number, value in enumerate(held_back, start=1):
        world.person(10 + number, house=number, datum_aanvang_adreshouding="20261020")
        world.rows["klantvoorkeur"] += [
            {"burgerservicenummer": bsn(number), "kanaal": "POST", "geheimhouding": value}
        ]  # fmt: skip
    assert night(world).findings_by_dossier() == [
        (f"D-{number}", "R01", ["geheim"] if held else []) for number, held in enumerate(held_back.values(), start=1)
    ]


def test_another_indicator_is_no_indicator(night):
    after = night(numbered({"is_correctie": value} for value in ["J", "N", "ja", "3", "12"]))
    assert after.codes() == [("ib_samenloopsignaal", "is_correctie:code", False)] * 5


def with_leading_zero():
    """A made-up number that passes the elfproef: 8*2 + 7*2 + 6*2 + 5*2 + 4*2 + 3*2 + 2*1 - 2 = 66 = 6 x 11."""
    return "022222212"


def test_the_leading_zeros_of_a_bsn_are_part_of_it(night):
    number = with_leading_zero()
    world = (
        alone().person(2, house=1, burgerservicenummer=number).knows(1, None, medebewoner_burgerservicenummer=number)
    )
    after = night(world)
    assert (after.findings(), after.codes()) == ([], [])
    assert (number,) in after.rows("brp_persoon", "burgerservicenummer")
    lost = night(alone().person(2, house=1, burgerservicenummer=number.lstrip("0")))
    assert ("brp_persoon", "burgerservicenummer:vorm", True) in lost.codes()


def test_a_number_that_fails_the_elfproef_is_no_bsn(night):
    after = night(alone().person(2, house=1, burgerservicenummer="123456789"))
    assert after.codes() == [("brp_persoon", "burgerservicenummer:elfproef", True)]


def test_a_source_that_failed_is_not_a_source_that_found_nothing(night, tmp_path):
    after = night(newcomer())
    failed = World().write(tmp_path / "failed", Bron.BRP, NEXT)
    (failed.folder / "brp_persoon.csv").unlink()
    assert take_in(night.warehouse, [failed], now=NOW).refused
    assert len(after.rows("brp_persoon", "*")) == 2
    take_in(night.warehouse, [World().write(tmp_path / "part", Bron.BRP, NEXT, DeliveryKind.MUTATIES)], now=NOW)
    assert len(after.rows("brp_persoon", "*")) == 2
    after.day = NEXT
    take_in(night.warehouse, [World().write(tmp_path / "empty", Bron.BRP, NEXT)], now=NOW)
    assert after.rows("brp_persoon", "*") == [], "a full delivery says so; the gate asks whether it can be true"


def test_fact_registration_delivery_and_processing_are_four_dates(night):
    after = night(newcomer())
    brp = after.taken[Bron.BRP]
    (read,) = night.warehouse.con.execute(
        "select ingelezen_op from levering where volgnr = ?", [brp.volgnr]
    ).fetchall()[0]
    assert (anummer(2), "20261020") in after.rows("brp_persoon", "anummer, datum_aanvang_adreshouding"), "the fact"
    assert brp.peildatum == DAY, "the day the data speak of"
    assert brp.geleverd_op == datetime(2026, 11, 3, 1, tzinfo=UTC), "handed over"
    assert read == NOW, "processed"
