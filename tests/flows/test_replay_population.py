"""The chosen benefit population of a replay: who gets an uitkering, and what the dienst knows on the first day."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from contracts.columns import elfproef
from contracts.delivery import read_manifest
from contracts.tables import TABLES, Bron
from flows.replay_population import benefit_population, write_population
from matching.intake.gbav_residents import residents
from matching.intake.gbav_testset import read_testset

REAL = Path(__file__).parents[2] / "../shared/data/brp/20220502_Testset_persoonslijsten_proefomgeving_GBA-V.csv"
DAY = date(2024, 3, 1)

#: BSNs that pass the elfproef (Wabb): 9 digits weighted 9 8 7 6 5 4 3 2 -1 sum to a multiple of 11.
BSN = dict(enumerate(("111222333", "123456782", "999990019", "999990020", "999990032", "999990044"), 1))


def person(number, born, **columns):
    """Somebody at one address; ``number`` makes A-nummer and BSN."""
    return {
        "anummer": f"100000000{number}",
        "burgerservicenummer": BSN[number],
        "geboortedatum": born,
        "gemeente_van_inschrijving": "0518",
        "functie_adres": "W",
        "datum_aanvang_adreshouding": "20100215",
        "postcode": "2511AA",
        "huisnummer": "1",
    } | columns


def relation(number, soort, other, **columns):
    return {
        "anummer": f"100000000{number}",
        "soort": soort,
        "gerelateerde_anummer": f"100000000{other}",
    } | columns


def choose(persons, relations=(), *, day=DAY, kostendelersleeftijd=27):
    persoon, relatie = (
        pl.DataFrame(list(rows), schema=dict.fromkeys(TABLES[name].columns, pl.String))
        for name, rows in (("brp_persoon", persons), ("brp_relatie", relations))
    )
    return benefit_population(persoon, relatie, day, kostendelersleeftijd=kostendelersleeftijd)


def uitkeringen(*args, **kwargs):
    return choose(*args, **kwargs)["uitkering"].to_dicts()


def rollen(*args, **kwargs):
    """Per uitkering the role of each known housemate by BSN."""
    known = {}
    for row in choose(*args, **kwargs)["bekende_medebewoner"].to_dicts():
        known.setdefault(row["uitkering_id"], {})[row["medebewoner_burgerservicenummer"]] = row["rol"]
    return known


ALONE = person(1, "19800101")
ELDERS = {"postcode": "3011BB"}


def test_somebody_alone_gets_an_uitkering_on_their_address():
    persons = [ALONE | {"huisletter": "B", "nummeraanduiding_id": "0518200000784986"}]
    (uitkering,) = uitkeringen(persons)
    assert {name: value for name, value in uitkering.items() if value is not None} == {
        "uitkering_id": "D-1",
        "dossiernummer": "D-1",
        "burgerservicenummer": "111222333",
        "wetcode": "PW",
        "datum_aanvang_uitkering": "2024-03-01",
        "leefvorm": "01",
        "aantal_kostendelers": "0",
        "gemeentecode": "0518",
        "postcode": "2511AA",
        "huisnummer": "1",
        "huisletter": "B",
        "nummeraanduiding_id": "0518200000784986",
    }


def test_every_table_is_there_in_the_columns_of_its_contract_as_text():
    tables = choose([ALONE])
    assert list(tables) == [
        "uitkering",
        "uitkeringsperiode",
        "bekende_medebewoner",
        "melding",
        "klantvoorkeur",
        "vertegenwoordiger",
        "vordering",
    ]
    for name, table in tables.items():
        assert tuple(table.columns) == TABLES[name].columns
        assert set(table.dtypes) == {pl.String}
    assert tables["uitkeringsperiode"].to_dicts() == [
        dict.fromkeys(TABLES["uitkeringsperiode"].columns)
        | {"uitkering_id": "D-1", "datum_aanvang_periode": "2024-03-01"}
    ]
    assert [tables[name].height for name in list(tables)[2:]] == [0, 0, 0, 0, 0]


def test_nobody_to_choose_gives_empty_tables():
    assert [table.height for table in choose([]).values()] == [0, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("born", "chosen"),
    [
        ("20060301", True),
        ("20060302", False),
        ("19570302", True),
        ("19570301", False),
        ("20050000", True),
        ("20060000", False),
        ("20060300", False),
        ("20060200", True),
        ("19570000", False),
        ("19580000", True),
        ("00000000", False),
        ("19660013", False),
        (None, False),
    ],
)
def test_only_who_is_certainly_18_to_66_is_chosen(born, chosen):
    assert bool(uitkeringen([person(1, born)])) is chosen


@pytest.mark.parametrize(("day", "chosen"), [(date(2022, 2, 28), False), (date(2022, 3, 1), True)])
def test_born_on_29_february_is_18_from_1_march(day, chosen):
    assert bool(uitkeringen([person(1, "20040229")], day=day)) is chosen


@pytest.mark.parametrize(
    "not_chosen",
    [
        {"burgerservicenummer": None},
        {"burgerservicenummer": "111222334"},
        {"burgerservicenummer": "000000000"},
        {"burgerservicenummer": "11122233"},
        {"functie_adres": "B"},
        {"land_adres_buitenland": "5002"},
        {"reden_opschorting": "O"},
        {"postcode": None, "locatiebeschrijving": "Woonboot"},
    ],
)
def test_who_can_not_be_told_apart_or_has_no_address_is_not_chosen(not_chosen):
    assert uitkeringen([ALONE | not_chosen]) == []


def test_a_bsn_of_two_persons_chooses_neither_even_where_one_is_no_resident():
    other = person(2, "19700101", burgerservicenummer=BSN[1], reden_opschorting="E")
    assert uitkeringen([ALONE, other]) == []


def test_numbers_follow_the_a_nummers():
    persons = [person(number, "19800101", huisnummer=str(number)) for number in (3, 1, 2)]
    found = [(uitkering["uitkering_id"], uitkering["burgerservicenummer"]) for uitkering in uitkeringen(persons)]
    assert found == [("D-1", BSN[1]), ("D-2", BSN[2]), ("D-3", BSN[3])]


# --- partners -------------------------------------------------------------------------------------------

COUPLE = [person(2, "19800101"), ALONE]
MARRIED = [relation(1, "partner", 2, datum_sluiting="20050101")]


@pytest.mark.parametrize("side", [MARRIED, [relation(2, "partner", 1)], [*MARRIED, relation(2, "partner", 1)]])
def test_partners_at_one_address_share_an_uitkering(side):
    (uitkering,) = uitkeringen(COUPLE, side)
    assert (uitkering["burgerservicenummer"], uitkering["partner_burgerservicenummer"]) == (BSN[1], BSN[2])
    assert (uitkering["leefvorm"], uitkering["partner_rechthebbend"]) == ("09", "1")
    assert rollen(COUPLE, side) == {}


def test_a_partner_without_a_nummer_on_paper_is_found_by_bsn():
    by_bsn = [relation(1, "partner", 2, gerelateerde_anummer=None, gerelateerde_burgerservicenummer=BSN[2])]
    (uitkering,) = uitkeringen(COUPLE, by_bsn)
    assert uitkering["leefvorm"] == "09"


@pytest.mark.parametrize(
    ("persons", "relations"),
    [
        (COUPLE, [relation(1, "partner", 2, datum_ontbinding="20200101")]),
        ([ALONE, person(2, "19800101") | ELDERS], MARRIED),
    ],
    ids=["dissolved", "elsewhere"],
)
def test_a_former_partner_or_one_elsewhere_is_somebody_alone(persons, relations):
    assert [uitkering["leefvorm"] for uitkering in uitkeringen(persons, relations)] == ["01", "01"]


def test_a_partner_who_is_not_chosen_still_stands_on_the_uitkering():
    (uitkering,) = uitkeringen([person(1, "19400101"), person(2, "19800101")], MARRIED)
    assert (uitkering["burgerservicenummer"], uitkering["partner_burgerservicenummer"]) == (BSN[2], BSN[1])
    assert uitkering["partner_rechthebbend"] == "2"


def test_two_partners_on_paper_make_one_couple():
    persons = [*COUPLE, person(3, "19800101")]
    found = uitkeringen(persons, [*MARRIED, relation(1, "partner", 3)])
    assert [uitkering["partner_burgerservicenummer"] for uitkering in found] == [BSN[2], None]


# --- housemates -----------------------------------------------------------------------------------------


def test_housemates_are_known_by_age_and_relation():
    persons = [
        ALONE,
        person(2, "20100101"),
        person(3, "20060302"),
        person(4, "19970302"),
        person(5, "19970301"),
    ]
    known = rollen(persons, [relation(1, "kind", 2)])
    assert known["D-1"] == {
        BSN[2]: "KIND",
        BSN[3]: "JONGER_DAN_27",
        BSN[4]: "JONGER_DAN_27",
        BSN[5]: "KOSTENDELER",
    }


def test_from_which_age_a_housemate_counts_is_an_argument():
    persons = [ALONE, person(2, "20010101")]
    assert rollen(persons)["D-1"] == {BSN[2]: "JONGER_DAN_27"}
    assert rollen(persons, kostendelersleeftijd=21)["D-1"] == {BSN[2]: "KOSTENDELER"}


@pytest.mark.parametrize("born", ["00000000", "19970000", "19660013", None])
def test_a_housemate_who_may_be_old_enough_is_a_kostendeler(born):
    assert rollen([ALONE, person(2, born)])["D-1"] == {BSN[2]: "KOSTENDELER"}


@pytest.mark.parametrize(
    "on_paper",
    [relation(1, "kind", 3), relation(3, "ouder1", 1), relation(3, "ouder2", 1), relation(2, "kind", 3)],
)
def test_a_child_of_either_partner_is_an_own_child(on_paper):
    persons = [*COUPLE, person(3, "20100101")]
    assert rollen(persons, [*MARRIED, on_paper]) == {"D-1": {BSN[3]: "KIND"}}
    (uitkering,) = uitkeringen(persons, [*MARRIED, on_paper])
    assert uitkering["leefvorm"] == "09"


def test_a_single_parent_has_leefvorm_02_while_the_child_is_under_18_and_at_home():
    child = [relation(1, "kind", 2)]
    at_home = uitkeringen([ALONE, person(2, "20100101")], child)
    grown_up = uitkeringen([ALONE, person(2, "20060301")], child)
    elsewhere = uitkeringen([ALONE, person(2, "20100101") | ELDERS], child)
    assert [rows[0]["leefvorm"] for rows in (at_home, grown_up, elsewhere)] == ["02", "01", "01"]


def test_aantal_kostendelers_counts_the_belanghebbenden_too():
    housemates = [person(3, "19700101"), person(4, "19650101"), person(5, "20050101")]
    couple, *others = uitkeringen([*COUPLE, *housemates], MARRIED)
    assert couple["aantal_kostendelers"] == "4"
    # Each of the others lives with the couple and the other two, of whom one is younger than 27.
    assert [uitkering["aantal_kostendelers"] for uitkering in others] == ["4", "4", "5"]


def test_a_housemate_without_bsn_is_known_without_bsn():
    assert rollen([ALONE, person(2, "19700101", burgerservicenummer=None)])["D-1"] == {None: "KOSTENDELER"}


def test_other_addresses_and_briefadressen_are_no_housemates():
    assert rollen([ALONE, person(2, "19700101") | ELDERS, person(3, "19700101", functie_adres="B")]) == {}


@pytest.mark.parametrize(
    ("start", "since"),
    [
        ("20100215", "2010-02-15"),
        ("20100200", "2024-03-01"),
        ("00000000", "2024-03-01"),
        (None, "2024-03-01"),
    ],
)
def test_a_housemate_is_known_since_the_stay_or_where_that_is_no_day_since_now(start, since):
    housemate = person(2, "20150101", datum_aanvang_adreshouding=start)
    (row,) = choose([ALONE, housemate])["bekende_medebewoner"].to_dicts()
    assert (row["datum_aanvang"], row["datum_einde"], row["vastgesteld_op"]) == (since, None, "2024-03-01")


def test_the_delivery_holds_every_table(tmp_path):
    delivery = read_manifest(write_population(choose(COUPLE, MARRIED), DAY, tmp_path))
    assert (delivery.manifest.bron, delivery.manifest.peildatum) == (Bron.UITKERINGSGEGEVENS, DAY)
    assert {file.tabel: file.rijen for file in delivery.manifest.bestanden} == {
        "uitkering": 1,
        "uitkeringsperiode": 1,
        "bekende_medebewoner": 0,
        "melding": 0,
        "klantvoorkeur": 0,
        "vertegenwoordiger": 0,
        "vordering": 0,
    }


# --- the real file --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def first_day():
    return read_testset(REAL).at(date(2019, 1, 1))


@pytest.mark.skipif(not REAL.is_file(), reason="the test set of RvIG is not here")
def test_real_population_is_sound_and_everybody_is_in_one_uitkering(first_day):
    tables = benefit_population(*first_day, date(2019, 1, 1), kostendelersleeftijd=21)
    for name, table in tables.items():
        _, failed = TABLES[name].schema.filter(table)
        assert [check for check in failed.counts() if not TABLES[name].facts(check.split("|")[0]).soft] == []
    uitkering = tables["uitkering"]
    everybody = pl.concat([uitkering["burgerservicenummer"], uitkering["partner_burgerservicenummer"].drop_nulls()])
    assert everybody.is_unique().all()
    assert uitkering.select(elfproef(pl.col("burgerservicenummer")).all()).item()
    assert not uitkering["dossiernummer"].str.contains(r"\d{9}").any()


@pytest.mark.skipif(not REAL.is_file(), reason="the test set of RvIG is not here")
def test_real_housemates_add_up_to_the_residents_of_each_address(first_day):
    persoon, relatie = first_day
    tables = benefit_population(persoon, relatie, date(2019, 1, 1), kostendelersleeftijd=21)
    housed = residents(persoon)
    on_address = dict(housed.group_by("adres_sleutel").len().iter_rows())
    key = dict(housed.select("burgerservicenummer", "adres_sleutel").iter_rows())
    known = dict(tables["bekende_medebewoner"].group_by("uitkering_id").len().iter_rows())
    for row in tables["uitkering"].to_dicts():
        belanghebbenden = 1 + (row["partner_burgerservicenummer"] is not None)
        assert known.get(row["uitkering_id"], 0) + belanghebbenden == on_address[key[row["burgerservicenummer"]]]
