"""The GBA-V test set as tables about any day: each reading rule on a small example, then the real file."""

import csv
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from contracts.delivery import DeliveryKind, read_manifest
from contracts.errors import DeliveryError
from contracts.tables import TABLES, Bron
from matching.intake.gbav_delivery import write_delivery
from matching.intake.gbav_residents import residents
from matching.intake.gbav_testset import read_testset

REAL = Path(__file__).parents[2] / "../shared/data/brp/20220502_Testset_persoonslijsten_proefomgeving_GBA-V.csv"
DAY = date(2019, 1, 1)

OTHER = ("01.10", "01.20", "02.10", "02.20", "02.30", "02.40", "03.10", "03.20", "83.10", "84.10")
RUBRIEKEN = [
    f"{category}.{element}"
    for category, elements in {
        "01": ("01.10", "01.20", "02.10", "02.20", "02.30", "02.40", "03.10", "03.20", "04.10", "61.10"),
        "02": (*OTHER, "62.10", "85.10"),
        "03": (*OTHER, "62.10", "85.10"),
        "04": ("05.10",),
        "05": (*OTHER, "06.10", "07.10", "07.40", "15.10", "82.30"),
        "06": ("08.10", "88.10", "88.10"),
        "07": ("67.10", "67.20", "70.10"),
        "08": (
            "09.10", "10.10", "10.30", "11.10", "11.20", "11.30", "11.40", "11.50", "11.60", "11.70", "11.80",
            "11.90", "12.10", "13.10", "13.20", "83.10", "83.20", "83.30", "84.10",
        ),
        "09": (*OTHER, "89.10", "85.10"),
        "11": ("33.10",),
    }.items()
    for element in (*elements, "H")
]  # fmt: skip
HEADER = ["", *RUBRIEKEN, ""]

HOME = {"08.09.10": "0518", "08.10.10": "W", "08.10.30": "20000101", "08.11.60": "2511AA", "08.11.20": "1"}
PERSON = {"01.01.10": "1000000001", "01.02.40": "Jansen", "01.03.10": "19800101"} | HOME


def written(folder, *lists, bom=True, header=HEADER):
    """A file of persoonslijsten; each list is rows, each row says which rubrieken it holds."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    for rows in lists:
        for place, row in enumerate(rows):
            cells = [row.get(rubriek, "") for rubriek in RUBRIEKEN]
            writer.writerow(["Lg01" if place == 0 else "", *cells, ""])
    path = folder / "testset.csv"
    path.write_bytes((b"\xef\xbb\xbf" if bom else b"") + text.getvalue().encode())
    return path


@pytest.fixture
def read(tmp_path):
    return lambda *lists: read_testset(written(tmp_path, *lists))


@pytest.fixture
def persons(read):
    """The persons of one persoonslijst on a day: a list of none or one, as a dict."""
    return lambda day, *rows: read(rows).at(day)[0].to_dicts()


@pytest.fixture
def relations(read):
    return lambda day, *rows: read(rows).at(day)[1].to_dicts()


# --- lists, links and text ------------------------------------------------------------------------------


def test_a_list_is_a_row_with_a_first_cell_and_the_rows_after_it_without(read):
    older = {"08.10.10": "W", "08.10.30": "19900101"}
    testset = read([PERSON | {"08.H": "58"}, older], [PERSON | {"01.01.10": "1000000002"}])
    assert testset.at(DAY)[0]["anummer"].to_list() == ["1000000001", "1000000002"]
    assert testset.broken_links == 0


def test_tables_have_the_columns_of_their_contract_as_text_and_null_for_empty(read):
    for table, name in zip(read([PERSON]).at(DAY), ("brp_persoon", "brp_relatie"), strict=True):
        assert tuple(table.columns) == TABLES[name].columns
        assert set(table.dtypes) == {pl.String}
    assert read([PERSON]).at(DAY)[0]["voornamen"].to_list() == [None]


def test_values_stay_as_the_file_has_them(persons):
    strange = {
        "01.01.20": "012345672",
        "01.02.40": '"Onbekend" & <b>;',
        "08.11.20": "007",
        "08.11.80": " 0363010000599756",
    }
    (person,) = persons(DAY, PERSON | strange)
    assert person["burgerservicenummer"] == "012345672"
    assert person["geslachtsnaam"] == '"Onbekend" & <b>;'
    assert person["huisnummer"] == "007"
    assert person["adresseerbaar_object_id"] == " 0363010000599756"


def test_a_title_is_read_of_the_person_and_of_a_partner(read):
    testset = read([PERSON | {"01.02.20": "B", "05.02.20": "GI", "05.02.40": "Veld", "05.06.10": "20100101"}])
    persons, related = testset.at(DAY)
    assert persons["adellijke_titel_predicaat"].to_list() == ["B"]
    assert related["gerelateerde_adellijke_titel_predicaat"].to_list() == ["GI"]


def test_birthplace_and_nationality_are_not_in_any_table(read):
    testset = read([PERSON | {"01.03.20": "Thann", "04.05.10": "0057", "02.03.20": "Toulon", "02.02.40": "Moulin"}])
    for frame in (testset.persons, testset.stays, testset.partners, testset.children, testset.parents):
        held = str(frame.to_dicts())
        assert [value for value in ("Thann", "0057", "Toulon") if value in held] == []


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        ([PERSON | {"08.H": "58"}, {}], 1),
        ([PERSON | {"08.H": "58"}], 1),
        ([PERSON | {"01.H": "o"}, {"01.01.10": "1000000001"}], 1),
        ([PERSON | {"07.70.10": "0", "07.H": "64"}, {}], 1),
        ([PERSON, {"08.10.30": "19900101"}], 1),
        ([PERSON | {"08.H": "58"}, {"08.10.30": "19900101"}], 0),
        ([PERSON | {"09.02.10": "Anna", "09.H": "09"}, {"09.02.10": "Bea"}], 0),
        ([PERSON | {"08.H": "08"}, {"08.10.30": "19900101"}], 1),
    ],
    ids=[
        "next row holds nothing",
        "no next row",
        "no such code",
        "code of another category",
        "content that no link announced",
        "sound older occurrence",
        "sound new stack",
        "category that does not repeat",
    ],
)
def test_broken_links_are_counted_not_fatal(read, rows, broken):
    assert read(rows).broken_links == broken
    assert read(rows).at(DAY)[0].height == 1


def test_a_link_never_reaches_into_the_next_list(read):
    testset = read([PERSON | {"08.H": "58"}], [PERSON | {"01.01.10": "1000000002"}])
    assert testset.broken_links == 1
    assert testset.at(DAY)[0]["anummer"].to_list() == ["1000000001", "1000000002"]


def test_an_unannounced_child_is_a_child_of_its_own(relations):
    first = {"09.01.10": "2000000001", "09.02.10": "Jan", "09.03.10": "19990901", "09.H": "59"}
    older = {"09.02.10": "Jan", "09.03.10": "19990901"}
    twin = {"09.01.10": "2000000002", "09.02.10": "Adriaan", "09.03.10": "19990901", "09.H": "59"}
    found = relations(DAY, PERSON | first, older, twin, {"09.02.10": "Adriaan", "09.03.10": "19990901"})
    assert [kind["gerelateerde_anummer"] for kind in found] == ["2000000001", "2000000002"]


# --- stays ----------------------------------------------------------------------------------------------

MOVED = (
    PERSON | {"08.10.30": "20150601", "08.11.60": "3011BB", "08.H": "58"},
    {"08.09.10": "0599", "08.10.10": "W", "08.10.30": "20000101", "08.11.60": "2511AA"},
)


@pytest.mark.parametrize(
    ("day", "postcode"),
    [(date(2015, 5, 31), "2511AA"), (date(2015, 6, 1), "3011BB"), (date(2022, 1, 1), "3011BB")],
)
def test_a_stay_ends_where_the_next_newer_one_starts(persons, day, postcode):
    assert [person["postcode"] for person in persons(day, *MOVED)] == [postcode]


def test_a_person_is_not_there_before_the_first_stay(persons):
    assert persons(date(1999, 12, 31), *MOVED) == []


def test_a_correction_of_the_same_stay_hides_the_older_row(persons):
    corrected = PERSON | {"08.11.80": "0518010000784987", "08.H": "58"}
    (person,) = persons(DAY, corrected, HOME)
    assert person["adresseerbaar_object_id"] == "0518010000784987"


def test_a_stay_marked_onjuist_never_was(persons):
    wrong = {"08.10.10": "W", "08.10.30": "20100101", "08.11.60": "9999ZZ", "08.84.10": "O", "08.H": "58"}
    rows = (PERSON | {"08.10.30": "20150601", "08.H": "58"}, wrong, HOME | {"08.11.60": "3011BB"})
    assert [person["postcode"] for person in persons(date(2012, 1, 1), *rows)] == ["3011BB"]


def test_a_stay_abroad_starts_at_its_own_date(persons):
    person = {"01.01.10": "1000000001", "01.03.10": "19800101", "08.H": "58"}
    abroad = person | {"08.09.10": "1999", "08.13.10": "5002", "08.13.20": "20190405"}
    (before,) = persons(date(2019, 4, 4), abroad, HOME)
    (after,) = persons(date(2019, 4, 5), abroad, HOME)
    assert (before["land_adres_buitenland"], before["postcode"]) == (None, "2511AA")
    assert (after["land_adres_buitenland"], after["postcode"]) == ("5002", None)


@pytest.mark.parametrize(
    ("start", "day", "postcode"),
    [
        ("20140000", date(2013, 12, 31), "2511AA"),
        ("20140000", date(2014, 1, 1), "3011BB"),
        ("20140300", date(2014, 2, 28), "2511AA"),
        ("20140300", date(2014, 3, 1), "3011BB"),
        ("00000000", date(2001, 1, 1), "3011BB"),
        ("", date(2001, 1, 1), "3011BB"),
        ("19660013", date(2001, 1, 1), "3011BB"),
        ("29190606", date(2022, 1, 1), "2511AA"),
    ],
    ids=[
        "year-before",
        "year-from",
        "month-before",
        "month-from",
        "unknown",
        "empty",
        "no-date",
        "far-future",
    ],
)
def test_a_partial_start_counts_from_its_earliest_day_and_an_unknown_one_since_always(persons, start, day, postcode):
    rows = (MOVED[0] | {"08.10.30": start}, MOVED[1])
    assert [person["postcode"] for person in persons(day, *rows)] == [postcode]


@pytest.mark.parametrize(
    ("day", "code", "start", "end"),
    [
        (date(2016, 1, 1), None, None, None),
        (date(2017, 1, 1), "089999", "20170101", None),
        (date(2018, 1, 1), "089999", "20170101", "20180101"),
    ],
)
def test_in_onderzoek_counts_from_its_start_on_the_stay_of_that_day(persons, day, code, start, end):
    # The stay is historical now, so the file says 58....; on that day it was current.
    looked_at = HOME | {"08.83.10": "589999", "08.83.20": "20170101", "08.83.30": "20180101"}
    rows = (PERSON | {"08.10.30": "20190601", "08.H": "58"}, looked_at)
    (person,) = persons(day, *rows)
    assert person["vp_aanduiding_in_onderzoek"] == code
    assert person["vp_datum_ingang_onderzoek"] == start
    assert person["vp_datum_einde_onderzoek"] == end
    (later,) = persons(date(2019, 6, 1), *rows)
    assert later["vp_aanduiding_in_onderzoek"] is None


# --- persons --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "there"),
    [
        ("20190101", True),
        ("20190102", False),
        ("20190000", True),
        ("20190200", False),
        ("00000000", True),
        ("", True),
        ("19660013", True),
    ],
)
def test_who_is_known_to_be_born_later_is_left_out(persons, born, there):
    assert bool(persons(DAY, PERSON | {"01.03.10": born})) is there


@pytest.mark.parametrize("reason", ["F", "W"])
def test_a_list_that_was_a_mistake_is_left_out(persons, reason):
    assert persons(DAY, PERSON | {"07.67.10": "20180101", "07.67.20": reason}) == []


def test_death_and_suspension_are_known_from_their_day(persons):
    dead = PERSON | {"06.08.10": "20180526", "07.67.10": "20180526", "07.67.20": "O"}
    (before,) = persons(date(2018, 5, 25), dead)
    (after,) = persons(date(2018, 5, 26), dead)
    columns = ("datum_overlijden", "datum_opschorting", "reden_opschorting")
    assert [before[name] for name in columns] == [None, None, None]
    assert [after[name] for name in columns] == ["20180526", "20180526", "O"]


@pytest.mark.parametrize("junk", ["05", "00002014"])
def test_a_suspension_date_that_is_no_date_stays_for_the_intake_to_reject(persons, junk):
    (person,) = persons(DAY, PERSON | {"07.67.10": junk, "07.67.20": "R", "06.08.10": junk})
    assert (person["datum_opschorting"], person["reden_opschorting"]) == (junk, "R")
    assert person["datum_overlijden"] == junk


def test_names_geheim_and_curatele_are_those_of_today(persons):
    now = PERSON | {"01.02.40": "Kierkegaard", "01.H": "51", "07.70.10": "7", "11.33.10": "1"}
    (person,) = persons(DAY, now, {"01.01.10": "1000000001", "01.02.40": "Zuluaga"})
    assert person["geslachtsnaam"] == "Kierkegaard"
    assert (person["indicatie_geheim"], person["indicatie_curateleregister"]) == ("7", "1")


# --- relations ------------------------------------------------------------------------------------------

DISSOLVED = (
    PERSON
    | {
        "01.01.20": "123456782",
        "05.01.10": "3000000001",
        "05.02.40": "Postma",
        "05.07.10": "20150512",
        "05.07.40": "S",
        "05.15.10": "H",
        "05.H": "55",
    },
    {"05.02.40": "Oudenaam", "05.06.10": "20001023", "05.15.10": "H"},
)


def test_a_dissolved_marriage_has_its_beginning_from_its_history(relations):
    (partner,) = relations(date(2015, 5, 12), *DISSOLVED)
    assert (partner["anummer"], partner["burgerservicenummer"]) == ("1000000001", "123456782")
    assert (partner["soort"], partner["soort_verbintenis"]) == ("partner", "H")
    assert (partner["gerelateerde_anummer"], partner["gerelateerde_geslachtsnaam"]) == (
        "3000000001",
        "Postma",
    )
    assert (partner["datum_sluiting"], partner["datum_ontbinding"]) == ("20001023", "20150512")
    assert partner["reden_ontbinding"] == "S"


def test_a_marriage_dissolved_later_still_runs(relations):
    (partner,) = relations(date(2015, 5, 11), *DISSOLVED)
    assert (partner["datum_sluiting"], partner["datum_ontbinding"]) == ("20001023", None)
    assert partner["reden_ontbinding"] is None


def test_a_marriage_is_not_there_before_it_began(relations):
    assert relations(date(2000, 10, 22), *DISSOLVED) == []


def test_a_partnerschap_that_became_a_marriage_was_a_partnerschap_before(relations):
    now = {"05.02.40": "Postma", "05.06.10": "20100501", "05.15.10": "H", "05.H": "55"}
    rows = (PERSON | now, {"05.02.40": "Postma", "05.06.10": "20050101", "05.15.10": "P"})
    kinds = [
        [(partner["soort_verbintenis"], partner["datum_sluiting"]) for partner in relations(day, *rows)]
        for day in (date(2009, 1, 1), date(2011, 1, 1))
    ]
    assert kinds == [[("P", "20050101")], [("H", "20100501")]]


def test_a_second_marriage_stands_beside_the_first(relations):
    second = {"05.02.40": "Jacobs", "05.06.10": "20160102", "05.15.10": "H", "05.H": "05"}
    first = {name: value for name, value in DISSOLVED[0].items() if name.startswith("05")}
    found = relations(DAY, PERSON | second, first, DISSOLVED[1])
    assert [partner["gerelateerde_geslachtsnaam"] for partner in found] == ["Jacobs", "Postma"]
    assert [partner["datum_ontbinding"] for partner in found] == [None, "20150512"]


def test_a_marriage_that_was_entered_by_mistake_is_no_relation(relations):
    wrong = {"05.02.40": "Evers", "05.06.10": "20050811", "05.84.10": "O"}
    assert relations(DAY, PERSON | {"05.82.30": "PK", "05.H": "55"}, wrong) == []


def test_children_count_from_their_birth_and_levenloos_geboren_never(relations):
    rows = (
        PERSON | {"09.02.40": "Jansen", "09.03.10": "20150101", "09.H": "09"},
        {"09.02.40": "Jansen", "09.03.10": "20190102", "09.H": "09"},
        {"09.02.40": "Jansen", "09.03.10": "20100101", "09.89.10": "L"},
    )
    born = [kind["gerelateerde_geboortedatum"] for kind in relations(DAY, *rows)]
    assert born == ["20150101"]
    assert {kind["soort"] for kind in relations(DAY, *rows)} == {"kind"}


def test_parents_are_those_whose_family_relation_had_begun(relations):
    adopted = {"02.02.40": "Nieuw", "02.62.10": "20190801", "02.H": "52"}
    rows = (
        PERSON | adopted | {"03.02.40": "Vader", "03.62.10": "19800101"},
        {"02.02.40": "Eerst", "02.62.10": "19800101"},
    )
    before = {parent["soort"]: parent["gerelateerde_geslachtsnaam"] for parent in relations(DAY, *rows)}
    after = {p["soort"]: p["gerelateerde_geslachtsnaam"] for p in relations(date(2019, 8, 1), *rows)}
    assert before == {"ouder1": "Eerst", "ouder2": "Vader"}
    assert after == {"ouder1": "Nieuw", "ouder2": "Vader"}


def test_a_parent_without_any_name_is_no_relation(relations):
    assert relations(DAY, PERSON | {"03.85.10": "19800101"}) == []


def test_relations_of_who_is_not_in_the_table_are_not_either(relations):
    assert relations(DAY, PERSON | {"01.03.10": "20200101", "02.02.40": "Moeder"}) == []


# --- residents ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "not_at_home",
    [
        {"08.10.10": "B"},
        {"08.10.10": ""},
        {"08.13.10": "5002"},
        {"08.13.20": "20180101"},
        {"07.67.10": "20180101", "07.67.20": "E"},
    ],
)
def test_a_resident_has_a_woonadres_here_and_is_not_suspended(read, not_at_home):
    persons, _ = read([PERSON], [PERSON | {"01.01.10": "1000000002"} | not_at_home]).at(DAY)
    assert residents(persons)["anummer"].to_list() == ["1000000001"]


def keys(read, *addresses):
    lists = [[PERSON | {"01.01.10": f"100000000{n}"} | address] for n, address in enumerate(addresses, 1)]
    return residents(read(*lists).at(DAY)[0])["adres_sleutel"].to_list()


def test_spaces_and_a_lost_zero_do_not_make_another_bag_id(read):
    one, two, three = keys(
        read,
        {"08.11.80": "0363010012067062"},
        {"08.11.80": "363010012067062"},
        {"08.11.80": " 0363010012067062"},
    )
    assert one == two == three == "0363010012067062"


def test_zeros_are_no_bag_id(read):
    one, two = keys(
        read,
        {"08.11.80": "0000000000000000"},
        {"08.11.80": "0000000000000000", "08.11.20": "2"},
    )
    assert one != two
    assert "0000000000000000" not in (one, two)


def test_an_address_without_id_takes_the_only_id_it_has_elsewhere(read):
    one, two = keys(read, {"08.11.80": "0518010000784987"}, {"08.11.60": "2511 aa"})
    assert one == two == "0518010000784987"


def test_an_address_with_two_ids_elsewhere_takes_neither(read):
    *known, unknown = keys(read, {"08.11.80": "0518010000784987"}, {"08.11.80": "0518010000784988"}, {})
    assert unknown not in known


@pytest.mark.parametrize("aanduiding", ["to", "by"])
def test_opposite_or_near_is_not_that_dwelling(read, aanduiding):
    dwelling, near = keys(
        read,
        {"08.11.80": "0518010000784987"},
        {"08.11.80": "0518010000784987", "08.11.50": aanduiding},
    )
    assert dwelling != near


@pytest.mark.parametrize("rest", [{"08.12.10": "Woonboot in de sloot"}, {"08.11.10": "."}])
def test_a_place_without_an_address_has_no_key(read, rest):
    assert keys(read, {"08.11.60": "", "08.11.20": ""} | rest) == [None]


# --- deliveries and errors ------------------------------------------------------------------------------


def test_a_delivery_holds_both_tables_and_is_the_same_each_time(read, tmp_path):
    testset = read(DISSOLVED)
    delivery = read_manifest(write_delivery(testset, DAY, tmp_path / "een"))
    again = read_manifest(write_delivery(testset, DAY, tmp_path / "twee"))
    assert (delivery.manifest.bron, delivery.manifest.soort) == (Bron.BRP, DeliveryKind.VOLLEDIG)
    assert delivery.manifest.peildatum == DAY
    assert {file.tabel: file.rijen for file in delivery.manifest.bestanden} == {
        "brp_persoon": 1,
        "brp_relatie": 1,
    }
    assert delivery.manifest.levering_id == again.manifest.levering_id


def test_a_delivered_file_reads_back_as_it_was(read, tmp_path):
    hostile = PERSON | {"01.02.40": 'Rente; "@" 100%', "01.02.10": "Żáïŀëñ\u0175", "08.11.20": "007"}
    testset = read([hostile])
    write_delivery(testset, DAY, tmp_path)
    with (tmp_path / "brp_persoon.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream, delimiter=";")
    assert (row["geslachtsnaam"], row["voornamen"]) == ('Rente; "@" 100%', "Żáïŀëñ\u0175")
    assert (row["huisnummer"], row["voorvoegsel"]) == ("007", "")


def test_a_file_without_a_bom_is_read_too(tmp_path):
    assert read_testset(written(tmp_path, [PERSON], bom=False)).at(DAY)[0].height == 1


def _latin1(path):
    path.write_bytes(path.read_bytes().decode("utf-8-sig").replace("Jansen", "Jansèn").encode("latin-1"))


def _cut_off(path):
    path.write_bytes(path.read_bytes()[:-30])


def _longer_row(path):
    path.write_bytes(path.read_bytes().replace(b"Jansen", b"Jansen;Jansen;Jansen", 1))


def _without_header(path):
    path.write_bytes(path.read_bytes().split(b"\n", 1)[1])


def _without_first_cell(path):
    path.write_bytes(path.read_bytes().replace(b"\nLg01", b"\n"))


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (Path.unlink, "missing"),
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"\xef\xbb\xbf\n"), "empty"),
        (_latin1, "not UTF-8"),
        (_without_header, "Header does not fit"),
        (_cut_off, "do not fit the header"),
        (_longer_row, "do not fit the header"),
        (_without_first_cell, "starts no persoonslijst"),
        (lambda path: path.write_bytes(path.read_bytes().split(b"\n")[0]), "starts no persoonslijst"),
    ],
    ids=["missing", "empty", "bom only", "latin-1", "no header", "cut off", "long row", "no list", "no rows"],
)
def test_a_file_that_does_not_fit_says_what_and_where_and_names_nobody(tmp_path, damage, what):
    path = written(tmp_path, [PERSON], [PERSON | {"01.02.40": "Jansen"}])
    damage(path)
    with pytest.raises(DeliveryError, match=what) as caught:
        read_testset(path)
    assert "testset.csv" in caught.value.where
    assert caught.value.todo
    assert "Jans" not in str(caught.value)
    assert "2511AA" not in str(caught.value)


def test_a_missing_rubriek_is_named(tmp_path):
    header = ["99.99.99" if name == "08.10.30" else name for name in HEADER]
    with pytest.raises(DeliveryError, match=r"missing 08\.10\.30\."):
        read_testset(written(tmp_path, [PERSON], header=header))


# --- the real file --------------------------------------------------------------------------------------

real = pytest.mark.skipif(not REAL.is_file(), reason="the test set of RvIG is not here")


@pytest.fixture(scope="module")
def testset():
    return read_testset(REAL)


@real
def test_real_lists_and_links(testset):
    # 687 persoonslijsten; the source speaks of "about 20" broken links.
    assert testset.persons.height == testset.persons["anummer"].n_unique() == 687
    assert testset.broken_links == 22


@real
def test_real_relations_without_a_bsn(testset):
    # Published: child 87 of 521, ouder1 388 of 668 (partner 58 of 264 counts broken links as partners).
    kinds = testset.children.sort("volgnummer").unique("stapel", keep="first", maintain_order=True)
    ouder1 = testset.parents.filter(pl.col("volgnummer") == 0, pl.col("soort") == "ouder1")
    assert (kinds.height, ouder1.height) == (521, 668)
    assert kinds["gerelateerde_burgerservicenummer"].null_count() == 87
    assert ouder1["gerelateerde_burgerservicenummer"].null_count() == 388


@real
def test_real_bsns_are_an_attribute_not_a_key(testset):
    # Published: five BSNs on two persons each, two lists without.
    bsn = testset.persons["burgerservicenummer"]
    assert bsn.null_count() == 2
    assert bsn.drop_nulls().value_counts().filter(pl.col("count") == 2).height == 5


@real
@pytest.mark.parametrize(
    ("day", "persons", "not_suspended", "addresses"),
    [(date(2019, 1, 1), 662, 591, 280), (date(2020, 1, 1), 683, 601, 276)],
)
def test_real_numbers_of_a_day(testset, day, persons, not_suspended, addresses):
    persoon, _ = testset.at(day)
    assert persoon.height == persons
    # The published count takes the one suspension without a readable date for none.
    unreadable = pl.col("datum_opschorting") == "00002014"
    assert persoon.filter(pl.col("reden_opschorting").is_null() | unreadable).height == not_suspended
    # The residents without an address share one empty key, as in the published count.
    home = residents(persoon)
    assert home["adres_sleutel"].n_unique() == addresses
    # Who is not suspended and no resident has a briefadres or is abroad.
    briefadres, abroad = pl.col("functie_adres") == "B", pl.col("land_adres_buitenland").is_not_null()
    elsewhere = persoon.filter(pl.col("reden_opschorting").is_null() | unreadable, briefadres | abroad)
    assert home.height + elsewhere.height == not_suspended


@real
def test_real_briefadressen(testset):
    # Published: 12 current.
    persoon, _ = testset.at(date(2022, 5, 2))
    assert persoon.filter(pl.col("functie_adres") == "B").height == 12


@real
@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2019, 1, 1), date(2022, 5, 2)])
def test_real_persons_all_pass_the_contract_but_for_soft_values(testset, day):
    persoon, _ = testset.at(day)
    _, failed = TABLES["brp_persoon"].schema.filter(persoon)
    assert [check for check in failed.counts() if not TABLES["brp_persoon"].facts(check.split("|")[0]).soft] == []


@real
def test_real_residents_of_2020_were_mostly_there_in_2019(testset):
    before, after = (residents(testset.at(date(year, 1, 1))[0]) for year in (2019, 2020))
    moved = after.join(before, on="anummer", suffix="_toen")
    assert after.height > moved.height > 500
    same = moved.filter(pl.col("adres_sleutel").eq_missing(pl.col("adres_sleutel_toen"))).height
    assert moved.height > same > 0.9 * moved.height
