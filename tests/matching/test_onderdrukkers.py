"""The suppressors that every rule shares, each with its boundary: what the deliveries say, and what stands in the way."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from contracts.codelists import code_lists
from matching.intake.take_in import take_in
from matching.rule import Reading, all_rules
from matching.suppressors import LETTER, PERSON, STOPS, SUPPRESSORS
from matching.views import VIEWS, ViewParameters, build_views, read_view
from store.warehouse import Warehouse
from tests.world import DAY, World, alone, anummer, bsn, place_of, side_by_side

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
INSTELLING = ("1234AB", "9", "", "")


@pytest.fixture
def night(nights):
    """A function: a world in; of each finding its rule and the suppressors that stand in the way out."""
    return lambda world: nights([world])[0]


@pytest.fixture
def nights(tmp_path):
    """The same for worlds, which stand side by side in one night."""

    def run(worlds: Iterable[World]) -> list[list[tuple[str, list[str]]]]:
        worlds = list(worlds)
        with Warehouse(tmp_path / "w.duckdb") as warehouse:
            take_in(warehouse, side_by_side(worlds).write_all(tmp_path), now=NOW)
            build_views(warehouse, ViewParameters(DAY, 27, 12, ("9901",), "geheim", (INSTELLING,)))
            views = {name: read_view(warehouse, name) for name in VIEWS}
        found = [each for rule in all_rules() for each in rule.find(views[rule.view], Reading(DAY))]
        told: list[list[tuple[str, list[str]]]] = [[] for _ in worlds]
        for each in found:
            held = [v.naam for v in each.onderdrukkers if v.geldt is not False]
            told[place_of(each.dossiernummer)].append((each.regel, held))
        return told

    return run


def days_ago(number: int) -> str:
    return f"{DAY - timedelta(days=number):%Y%m%d}"


def newcomer() -> World:
    """Somebody came to live with client 1 two weeks ago: R01, with nothing in the way."""
    return alone().person(2, house=1, datum_aanvang_adreshouding="20261020")


def test_o04_o07_and_w01_what_the_dienst_is_doing_and_by_which_law(nights):
    cases = [
        ("indicatie_blokkering", "1", ["geblokkeerd"]),
        ("indicatie_blokkering", "0", ["geblokkeerd"]),  # unknown stands in the way
        ("indicatie_blokkering", "2", []),
        ("indicatie_blokkering", None, []),
        ("wetcode", "IOAW", ["andere_regeling"]),
        ("wetcode", "IOAZ", ["andere_regeling"]),
        ("wetcode", "BBZ", []),
        ("lopend_bezwaar", "1", ["lopend_bezwaar"]),
        ("lopend_bezwaar", "0", ["lopend_bezwaar"]),
        ("lopend_bezwaar", "2", []),
        ("lopend_bezwaar", None, []),
        ("lopend_onderzoek", "1", ["lopend_onderzoek"]),
        ("lopend_onderzoek", "0", ["lopend_onderzoek"]),
        ("lopend_onderzoek", "2", []),
        ("lopend_onderzoek", None, []),
    ]
    found = nights(
        newcomer().change("uitkering", "uitkering_id", "U-1", **{column: value}) for column, value, _ in cases
    )
    assert found == [[("R01", held)] for *_, held in cases]


def test_o11_who_counts_for_long_is_let_rest(nights):
    cases = [
        ("20180401", "20211102", "19800101", ["telt_lang_mee"]),  # one day over five years
        ("20180401", "20211103", "19800101", []),
        ("20180401", "20210000", "19800101", ["datum_onzeker"]),  # no day: a question, not a silence
        ("20211102", "20150101", "19800101", ["telt_lang_mee"]),
        ("20211103", "20150101", "19800101", []),  # together only since the client came
        ("20180000", "20150101", "19800101", []),
        ("20180401", "20150101", "19941103", ["verjaardag_geweest_hier"]),  # counts since 2021-11-03
        ("20180401", "20150101", "19941102", ["telt_lang_mee", "verjaardag_geweest_hier"]),
    ]

    def household(client, housemate, born):
        world = World().person(1, house=1, datum_aanvang_adreshouding=client)
        world.uitkering(1, house=1, datum_aanvang_uitkering="2016-01-01")
        return world.person(2, house=1, born=born, datum_aanvang_adreshouding=housemate)

    assert nights(household(*dates) for *dates, _ in cases) == [[("R01", held)] for *_, held in cases]


@pytest.mark.parametrize(("since", "in_the_way"), [("20211102", ["te_lang_geleden"]), ("20211103", [])])
def test_o11_what_happened_long_ago_is_let_rest(night, since, in_the_way):
    world = World().person(1, house=1, datum_aanvang_adreshouding=since).uitkering(1, house=2)
    assert night(world) == [("R14", in_the_way)]


def test_o11_never_keeps_an_advantage_from_anybody(night):
    world = alone().person(2, house=2, datum_aanvang_adreshouding="20150101").knows(1, 2, datum_aanvang="2014-01-01")
    assert night(world) == [("R02", [])]


def test_o09_a_child_that_died_at_the_address(nights):
    cases = [
        (days_ago(0), ["overlijden"]),
        (days_ago(89), ["overlijden"]),
        (days_ago(90), []),
        ("20260800", ["overlijden"]),  # somewhere in August: perhaps less than 90 days ago
        ("20260700", []),
        ("00000000", ["overlijden"]),
    ]

    def household(died):
        gone = {"datum_overlijden": died, "datum_opschorting": died, "reden_opschorting": "O"}
        return newcomer().person(3, house=1, born="20220101", **gone)

    assert nights(household(died) for died, _ in cases) == [[("R01", held)] for _, held in cases]


def test_b01_nothing_goes_to_the_address_that_somebody_left(nights):
    cases = [
        ({}, []),
        ({"functie_adres": "B"}, []),
        ({"reden_opschorting": "E", "datum_opschorting": "20261001"}, ["geen_brief_mogelijk"]),
        ({"reden_opschorting": "R", "datum_opschorting": "20261001"}, ["geen_brief_mogelijk"]),
        ({"reden_opschorting": "M", "datum_opschorting": "00000000"}, ["geen_brief_mogelijk"]),
        ({"reden_opschorting": "E", "datum_opschorting": "20261104"}, []),  # tomorrow
        (
            {"land_adres_buitenland": "5010", "datum_aanvang_adres_buitenland": "20261001"},
            ["geen_brief_mogelijk"],
        ),
    ]

    def client(columns):
        world = alone().change("uitkering", "uitkering_id", "U-1", laatste_contact_leefsituatie="2025-01-01")
        return world.change("brp_persoon", "anummer", anummer(1), **columns)

    found = nights(client(columns) for columns, _ in cases)
    assert [[held for rule, held in each if rule == "R29"] for each in found] == [[held] for _, held in cases]


def test_o09_a_death_elsewhere_or_in_a_home_of_many_is_none_in_the_family(night):
    gone = {"datum_overlijden": days_ago(5), "datum_opschorting": days_ago(5), "reden_opschorting": "O"}
    assert night(newcomer().person(3, house=2, **gone)) == [("R01", [])]
    institution = World().person(1, house=9).uitkering(1, house=9).person(3, house=9, **gone)
    institution.person(2, house=9, datum_aanvang_adreshouding="20261020")
    assert night(institution) == [("R01", ["instelling"])]


@pytest.mark.parametrize(
    ("house", "functie", "geheim"), [(9, "B", True), (9, "W", False), (8, "B", False)]
)  # fmt: skip
def test_o06_post_at_an_institution_may_be_a_hiding_place(tmp_path, house, functie, geheim):
    world = World().person(1, house=house, functie_adres=functie).uitkering(1, house=house)
    with Warehouse(tmp_path / "w.duckdb") as warehouse:
        take_in(warehouse, world.write_all(tmp_path), now=NOW)
        build_views(warehouse, ViewParameters(DAY, 27, 12, ("9901",), "geheim", (INSTELLING,)))
        assert read_view(warehouse, "belanghebbende")["geheim"].to_list() == [geheim]


KINDS = sorted(code_lists()["SoortWijziging"].codes)


def test_o02_every_kind_of_melding_has_its_flag_until_it_is_dealt_with(tmp_path):
    worlds = []
    for soort in KINDS:
        world = World().person(1, house=1).person(2, house=1).uitkering(1, house=1, partner=2)
        worlds.append(world.reported(2, soort).reported(1, soort, "VERWERKT"))
    with Warehouse(tmp_path / "w.duckdb") as warehouse:
        take_in(warehouse, side_by_side(worlds).write_all(tmp_path), now=NOW)
        build_views(warehouse, ViewParameters(DAY, 27, 12, ("9901",), "geheim"), views=["dossier"])
        rows = warehouse.read("select dossiernummer, columns('gemeld_.*') from dossier").to_dicts()
    flags = {place_of(row.pop("dossiernummer")): row for row in rows}
    raised = [[name for name, reported in flags[place].items() if reported] for place in range(len(KINDS))]
    assert raised == [[f"gemeld_{soort.lower()}"] for soort in KINDS]
    assert {len(each) for each in flags.values()} == {len(KINDS)}


def test_o07_holds_back_even_the_help_of_r17_but_not_the_call_after_a_death(night):
    looked_into = {"vp_aanduiding_in_onderzoek": "080000", "vp_datum_ingang_onderzoek": "20261001"}
    world = alone().change("brp_persoon", "anummer", anummer(1), **looked_into)
    world.change("uitkering", "burgerservicenummer", bsn(1), lopend_onderzoek="1")
    assert night(world) == [("R17", ["lopend_onderzoek"])]
    died = {"datum_overlijden": "20261030", "datum_opschorting": "20261030", "reden_opschorting": "O"}
    world.change("brp_persoon", "anummer", anummer(1), **died)
    assert ("R13", []) in night(world)


def test_the_order_in_which_they_count_and_the_groups_of_the_rules():
    assert set(STOPS) | set(PERSON) | set(LETTER) <= set(SUPPRESSORS)
    for rule in all_rules():
        named = [name for name in rule.suppressors if name in STOPS]
        assert named == [name for name in STOPS if name in named], rule.rule_id
    assert {s.code for s in SUPPRESSORS.values()} >= {"O01", "O02", "O04", "O06", "O07", "O08", "O09", "O10", "O11"}
