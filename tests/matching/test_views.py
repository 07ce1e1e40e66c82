"""The fact views: what the BRP says beside what the dienst knows, told as small stories."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from contracts.tables import Bron
from matching.intake.take_in import take_in
from matching.rule import Reading, all_rules
from matching.views import VIEWS, ViewParameters, build_views, read_view
from store.warehouse import Warehouse
from tests.world import DAY, World, alone, anummer, bsn, place_of, side_by_side

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)


def nights_in(folder):
    """A function: worlds of one or more days in, the findings of the last day out; what it read before, it knows."""

    days = [0]

    def run(*worlds: World, kostendelersleeftijd: int = 27, massa: int = 12):
        with Warehouse(folder / "w.duckdb") as warehouse:
            for number, world in enumerate(worlds, start=days[0]):
                day = world.day + timedelta(days=number)
                take_in(warehouse, world.write_all(folder, day), now=NOW)
            days[0] += len(worlds)
            parameters = ViewParameters(day, kostendelersleeftijd, massa, ("9901", "9902"), "geheim")
            build_views(warehouse, parameters)
            views = {name: read_view(warehouse, name) for name in VIEWS}
        return [finding for rule in all_rules() for finding in rule.find(views[rule.view], Reading(DAY))]

    return run


@pytest.fixture
def night(tmp_path):
    return nights_in(tmp_path)


@pytest.fixture
def over_a_town(tmp_path):
    towns = count()

    def run(world: World, **how):
        return nights_in(tmp_path / f"town {next(towns)}")(world, **how)

    return run


def rules(findings):
    return [finding.regel for finding in findings]


def holding(finding):
    return [tested.naam for tested in finding.onderdrukkers if tested.geldt is not False]


# -- R01: somebody extra ---------------------------------------------------------------------------------


def test_a_grown_up_the_dienst_does_not_know(story):
    found = story(alone().person(2, house=1, datum_aanvang_adreshouding="20261020"))
    assert [(f.regel, f.feitdatum, holding(f)) for f in found] == [("R01", date(2026, 10, 20), [])]


def test_27_is_yes_no_or_unknown_and_unknown_is_silent(nights):
    speaks = {
        "19991103": 1,  # 27 today
        "19991104": 0,  # 27 tomorrow
        "19990000": 0,  # may be 27 or not
        "19980000": 1,  # certainly 27
        "19991100": 0,
        "00000000": 0,
        None: 0,
    }
    found = nights(alone().person(2, house=1, born=born) for born in speaks)
    assert {born: rules(one).count("R01") for born, one in zip(speaks, found, strict=True)} == speaks


@pytest.mark.parametrize(("day", "speaks"), [(date(2027, 2, 28), False), (date(2027, 3, 1), True)])
def test_born_on_29_february_counts_from_1_march(story, day, speaks):
    world = World(day=day).person(1, house=1).uitkering(1, house=1).person(2, house=1, born="20000229")
    assert rules(story(world)) == ["R01" if speaks else "R03"]


def test_a_known_housemate_a_briefadres_and_the_flat_next_door_are_no_news(story):
    world = alone().person(2, house=1).knows(1, 2)
    world.person(3, house=1, functie_adres="B")
    world.person(4, house=1, adresseerbaar_object_id="9901010000000099", nummeraanduiding_id=None, huisletter="B")
    world.person(5, house=1, adresseerbaar_object_id=None, nummeraanduiding_id=None, aanduiding_bij_huisnummer="to")
    assert story(world) == []


def test_one_dwelling_with_and_without_its_bag_id_is_one_dwelling(story):
    world = alone().person(2, house=1, adresseerbaar_object_id=None, nummeraanduiding_id=None)
    assert rules(story(world)) == ["R01"]


def test_a_partner_on_the_uitkering_is_known(story):
    world = World().person(1, house=1).person(2, house=1).uitkering(1, house=1, partner=2)
    assert story(world) == []


def test_an_ended_uitkering_and_a_young_belanghebbende_get_nothing(story):
    world = World().person(1, house=1).uitkering(1, house=1, datum_einde_uitkering="2026-11-02")
    world.person(2, house=1).person(3, house=3, born="20061104").uitkering(3, house=3).person(4, house=3)
    assert story(world) == []


def test_the_last_day_of_an_uitkering_still_counts(story):
    world = World().person(1, house=1).uitkering(1, house=1, datum_einde_uitkering="2026-11-03").person(2, house=1)
    assert rules(story(world)) == ["R01"]


IN_THE_WAY = [
    (lambda w: w.reported(1, "HUISGENOOT_IN"), ["gemeld_in"]),
    (lambda w: w.reported(1, "HUISGENOOT_IN", "AFGEWEZEN"), []),
    (lambda w: w.reported(1, "INKOMEN"), []),
    (lambda w: w.knows(1, None), ["koppeling_onzeker"]),
    (lambda w: w.change("uitkering", "uitkering_id", "U-1", aantal_kostendelers="2"), ["aantal_bekend"]),
    (lambda w: w.change("brp_persoon", "anummer", anummer(1), indicatie_geheim="7"), ["geheim"]),
    (lambda w: w.change("brp_persoon", "anummer", anummer(1), indicatie_geheim=None), ["geheim"]),
    (lambda w: w.change("brp_persoon", "anummer", anummer(2), indicatie_geheim="3"), ["geheim"]),
    (lambda w: w.change("brp_persoon", "anummer", anummer(2), datum_aanvang_adreshouding="20260000"), ["datum_onzeker"]),
    (lambda w: w.change("brp_persoon", "anummer", anummer(2), vp_aanduiding_in_onderzoek="080000"), ["bewoner_in_onderzoek"]),
    (lambda w: w.change("brp_persoon", "anummer", anummer(2), vp_aanduiding_in_onderzoek="580000"), []),
    (lambda w: w.change("brp_persoon", "anummer", anummer(2), burgerservicenummer=None), ["koppeling_onzeker"]),
    (lambda w: w.change("brp_persoon", "anummer", anummer(1), geslachtsnaam="."), ["geen_brief_mogelijk"]),
    (lambda w: w.change("brp_persoon", "anummer", anummer(1), indicatie_curateleregister="1"), ["vertegenwoordiger"]),
]  # fmt: skip


def test_what_stands_in_the_way_of_a_letter(nights):
    worlds = [change(alone().person(2, house=1, datum_aanvang_adreshouding="20261020")) for change, _ in IN_THE_WAY]
    found = [[(f.regel, holding(f)) for f in one] for one in nights(worlds)]
    assert found == [[("R01", in_the_way)] for _, in_the_way in IN_THE_WAY]


def test_a_wish_of_either_partner_counts(nights):
    wishes = [
        (1, {"geheimhouding": "1"}, ["geheim"]),
        (1, {"geheimhouding": "0"}, ["geheim"]),
        (1, {"geheimhouding": "2"}, []),
        (1, {"geheimhouding": "2", "bewindvoerder_of_gemachtigde": "BW-1"}, ["vertegenwoordiger"]),
        (2, {"geheimhouding": "1"}, ["geheim"]),
        (2, {"geheimhouding": "2", "bewindvoerder_of_gemachtigde": "BW-1"}, ["vertegenwoordiger"]),
    ]
    couple = World().person(1, house=1).person(2, house=1).uitkering(1, house=1, partner=2).person(3, house=1)
    found = nights(couple.moved(0).preference(whose, **wish) for whose, wish, _ in wishes)
    assert [[(f.regel, holding(f)) for f in one] for one in found] == [
        [("R01", in_the_way)] for *_, in_the_way in wishes
    ]


def test_a_partner_who_can_not_be_found_may_be_anything(story):
    world = World().person(1, house=1).uitkering(1, house=1, partner=2).person(3, house=1)
    (found,) = story(world)
    assert holding(found) == ["gegevens_onvolledig"]


def test_a_dossier_with_two_uitkeringen_gets_no_letter(night):
    world = (
        World().person(1, house=1).uitkering(1, house=1).person(2, house=2).uitkering(2, house=2, dossiernummer="D-1")
    )
    world.person(3, house=1).person(4, house=2)
    found = night(world)
    assert len(found) == 2
    assert {tuple(holding(f)) for f in found} == {("gegevens_onvolledig",)}


def test_a_suspension_without_a_reason_is_not_living_there(story):
    world = alone().person(2, house=1)
    assert story(world.change("brp_persoon", "anummer", anummer(1), datum_opschorting="20261001")) == []


BAD = {
    "a death that can't be read": ("brp_persoon", {"reden_opschorting": "Z", "datum_overlijden": "20261103"}),
    "a death date that can't be read": ("brp_persoon", {"datum_overlijden": "05", "functie_adres": "W"}),
    "in onderzoek with a code that does not exist": ("brp_persoon", {"vp_aanduiding_in_onderzoek": "89999"}),
    "a curatele code that does not exist": ("brp_persoon", {"indicatie_curateleregister": "j"}),
    "a partner whose number is wrong": ("uitkering", {"partner_burgerservicenummer": "123"}),
    "an uitkering that ended, with a wrong code": (
        "uitkering",
        {"wetcode": "XX", "datum_einde_uitkering": "2026-10-01"},
    ),
}


def test_a_rejected_row_never_leaves_an_old_harmless_one_in_force(night):
    keys = {"brp_persoon": ("anummer", anummer(1)), "uitkering": ("uitkering_id", "U-1")}
    newcomer = {"datum_aanvang_adreshouding": "20261020"}
    today = [
        alone().person(2, house=1, **newcomer).change(table, *keys[table], **columns) for table, columns in BAD.values()
    ]
    found = night(side_by_side(alone() for _ in BAD), side_by_side(today))
    assert not [f for f in found if f.regel in ("R01", "R14") and not holding(f)]
    seen = {place_of(f.dossiernummer) for f in found}
    silent = [what for place, what in enumerate(BAD) if place not in seen]
    assert set(silent) <= {"a death date that can't be read"}, "the newcomer is seen, and goes to a human"


def test_what_is_incomplete_stays_so_until_it_can_be_read(night, tmp_path):
    newcomer = {"datum_aanvang_adreshouding": "20261020"}
    wish = {"burgerservicenummer": bsn(1), "kanaal": "FAX", "geheimhouding": "2"}
    first = alone().person(2, house=1, **newcomer)
    first.rows["klantvoorkeur"].append(wish)
    assert holding(night(first)[0]) == ["gegevens_onvolledig"]
    mended = alone().person(2, house=1, **newcomer)
    mended.rows["klantvoorkeur"].append(wish | {"kanaal": "POST"})
    assert holding(night(mended)[0]) == []


LOST = {
    "klantvoorkeur": {"burgerservicenummer": bsn(1), "kanaal": "FAX", "geheimhouding": "1"},
    "melding": {
        "melding_id": "M-1", "burgerservicenummer": bsn(1), "soort_wijziging": "HUISGENOOT_IN",
        "datum_ontvangst": "gisteren", "status": "ONTVANGEN",
    },
    "bekende_medebewoner": {
        "uitkering_id": "U-1", "medebewoner_burgerservicenummer": bsn(2), "rol": "NEEF", "datum_aanvang": "2020-01-01",
        "vastgesteld_op": "2020-01-01",
    },
}  # fmt: skip


def test_a_rejected_row_that_could_have_held_the_letter_back_makes_it_a_task(nights):
    worlds = [alone().person(2, house=1, datum_aanvang_adreshouding="20261020") for _ in LOST]
    for world, (table, row) in zip(worlds, LOST.items(), strict=True):
        world.rows[table].append(row)
    found = nights(worlds)
    assert [[holding(f) for f in one] for one in found] == [[["gegevens_onvolledig"]]] * len(LOST)


def test_a_house_letter_that_can_not_be_read_never_puts_people_in_one_dwelling(story):
    no_bag = {"adresseerbaar_object_id": None, "nummeraanduiding_id": None}
    world = alone().change("brp_persoon", "anummer", anummer(1), **no_bag)
    assert story(world.person(2, house=1, **no_bag, huisletter="AB")) == []


def test_a_home_with_many_residents_is_no_household(night):
    world = alone()
    for number in range(2, 15):
        world.person(number, house=1)
    found = night(world)
    assert len(found) == 13
    assert {tuple(holding(f)) for f in found} == {("massa_adres",)}


def test_a_bsn_on_two_persons_never_says_that_somebody_left(story):
    # By its BSN the kostendeler of client 1 could be either of two persons, who both live elsewhere.
    world = alone().knows(1, 2).person(2, house=5).person(3, house=6, burgerservicenummer=bsn(2))
    assert story(world) == []


def test_a_client_whose_bsn_is_on_two_persons_is_not_compared_at_all(story):
    world = alone().person(2, house=1).person(3, house=6, burgerservicenummer=bsn(1))
    assert story(world) == []


# -- R02: a kostendeler gone -----------------------------------------------------------------------------


def test_a_kostendeler_who_moved(story):
    world = alone().person(2, house=5, datum_aanvang_adreshouding="20261015").knows(1, 2)
    (found,) = story(world)
    assert (found.regel, found.feitdatum, found.feiten["vertrek"]) == ("R02", date(2026, 10, 15), "verhuisd")


def test_ways_to_leave(nights):
    ways = [
        ({"land_adres_buitenland": "5002", "datum_aanvang_adres_buitenland": "20261001"}, "naar het buitenland", date(2026, 10, 1)),
        ({"land_adres_buitenland": "0000"}, "naar het buitenland", None),
        ({"datum_overlijden": "20261002", "reden_opschorting": "O", "datum_opschorting": "20261002"}, "overleden", date(2026, 10, 2)),
    ]  # fmt: skip
    found = nights(
        alone().person(2, None if "land_adres_buitenland" in columns else 1, **columns).knows(1, 2)
        for columns, *_ in ways
    )
    seen = [[(f.regel, f.feiten["vertrek"], f.feitdatum) for f in one] for one in found]
    assert seen == [[("R02", how, when)] for _, how, when in ways]


def test_never_seen_is_not_gone_but_gone_from_a_full_delivery_is(story):
    assert story(alone().knows(1, 2)) == []


def test_gone_from_a_full_delivery(night):
    (found,) = night(alone().person(2, house=1).knows(1, 2), alone().knows(1, 2))
    assert found.feiten["vertrek"] == "niet meer in de BRP van deze gemeente"


def test_a_kostendeler_who_moved_and_then_left_the_brp_is_one_finding(night):
    moved = alone().person(2, house=5, datum_aanvang_adreshouding="20261015").knows(1, 2)
    (before,), (after,) = night(moved), night(moved, alone().knows(1, 2))
    assert before.signaal_id == after.signaal_id


def test_a_student_who_left_never_counted(story):
    assert story(alone().person(2, house=5).knows(1, 2, rol="STUDENT")) == []


# -- R13, R14, R17 ---------------------------------------------------------------------------------------


def dead(world, number):
    return world.change(
        "brp_persoon", "anummer", anummer(number), datum_overlijden="20261030", reden_opschorting="O",
        datum_opschorting="20261030",
    )  # fmt: skip


def test_a_death_stops_everything_else(story):
    world = dead(alone(), 1).person(2, house=1)
    assert [(f.regel, f.feitdatum) for f in story(world)] == [("R13", date(2026, 10, 30))]


def test_a_death_of_the_partner_stops_what_else_is_found(story):
    world = World().person(1, house=1).person(2, house=1).uitkering(1, house=1, partner=2).person(3, house=1)
    found = {f.regel: holding(f) for f in story(dead(world, 2))}
    assert found == {"R01": ["overlijden"], "R13": []}


def test_moved_within_the_area(story):
    world = World().person(1, house=2, datum_aanvang_adreshouding="20261020").uitkering(1, house=1)
    assert [(f.regel, f.feitdatum) for f in story(world)] == [("R14", date(2026, 10, 20))]


def test_a_briefadres_or_another_area_is_no_move_within_it(nights):
    other = [{"functie_adres": "B"}, {"gemeente_van_inschrijving": "0363"}, {"gemeente_van_inschrijving": None}]
    moved = [World().person(1, house=2, **columns).uitkering(1, house=1) for columns in [*other, {}]]
    assert [rules(found).count("R14") for found in nights(moved)] == [0, 0, 0, 1]


NO_OBJECT = {"adresseerbaar_object_id": None}
NO_BAG = {"adresseerbaar_object_id": None, "nummeraanduiding_id": None}


SAME_PLACE = [
    # one written address, two BAG objects
    ({}, {"adresseerbaar_object_id": "9901010000000099"}, {}),
    # the client has only a nummeraanduiding, a neighbour only the written address
    (NO_OBJECT, NO_BAG, {}),
    # the dienst has only a nummeraanduiding, the BRP only the object
    ({"nummeraanduiding_id": None}, None, {"nummeraanduiding_id": "9901200000000001", "postcode": None}),
    # opposite number 1: the dienst can't write that
    (NO_BAG | {"aanduiding_bij_huisnummer": "to"}, None, {}),
    # a letter in the one and an addition in the other
    ({"huisletter": "A"}, None, {"huisnummertoevoeging": "a"}),
    (NO_BAG | {"huisletter": "A"}, None, {"huisnummertoevoeging": "A"}),
    ({}, None, {"postcode": "1234 ab"}),
]


def test_the_same_place_written_otherwise_is_no_move(nights):
    worlds = [World().person(1, house=1, **brp).uitkering(1, house=1, **dienst) for brp, _, dienst in SAME_PLACE]
    for world, (_, neighbour, _) in zip(worlds, SAME_PLACE, strict=True):
        if neighbour is not None:
            world.person(2, house=1, **neighbour).knows(1, 2)
    assert nights(worlds) == [[]] * len(worlds)


def test_a_number_with_a_zero_before_it_is_no_move(story):
    assert story(World().person(1, house=1).uitkering(1, house=1, postcode="1234 ab", huisnummer="01")) == []


def test_a_bsn_that_can_not_be_read_is_not_somebody_who_left(night):
    before = alone().person(2, house=1).knows(1, 2)
    now = alone().person(2, house=1, burgerservicenummer="123456789").knows(1, 2)
    found = night(before, now)
    assert [(f.regel, holding(f)) for f in found] == [("R01", ["koppeling_onzeker"])]


def test_who_moves_and_leaves_a_kostendeler_behind(story):
    world = World().person(1, house=2, datum_aanvang_adreshouding="20261020").uitkering(1, house=1)
    world.person(2, house=1).knows(1, 2)
    # The fact is the client's own move: the kostendeler has lived there since 2018.
    assert [(f.regel, f.feitdatum) for f in story(world)] == [
        ("R02", date(2026, 10, 20)),
        ("R14", date(2026, 10, 20)),
    ]


def test_in_onderzoek_is_a_help_task_and_blocks_the_rest(story):
    world = alone().person(2, house=1)
    world.change(
        "brp_persoon",
        "anummer",
        anummer(1),
        vp_aanduiding_in_onderzoek="089999",
        vp_datum_ingang_onderzoek="20260901",
    )
    assert {f.regel: holding(f) for f in story(world)} == {"R01": ["in_onderzoek"], "R17": []}


def test_an_investigation_that_ended_is_over(story):
    world = alone()
    world.change(
        "brp_persoon", "anummer", anummer(1), vp_aanduiding_in_onderzoek="080000",
        vp_datum_ingang_onderzoek="20260901", vp_datum_einde_onderzoek="20261001",
    )  # fmt: skip
    assert story(world) == []


# -- keys ------------------------------------------------------------------------------------------------


def test_the_same_fact_is_the_same_finding_whatever_else_changes(night, tmp_path):
    first = alone().person(2, house=1, datum_aanvang_adreshouding="20261020")
    second = alone().person(3, house=1, born="20200101").person(2, house=1, datum_aanvang_adreshouding="20261020")
    second.change("brp_persoon", "anummer", anummer(2), geslachtsnaam="Janssen")
    second.rows["brp_persoon"].reverse()
    before = night(first)
    after = night(second, second)
    assert [f.signaal_id for f in before] == [f.signaal_id for f in after]


def test_no_finding_holds_a_bsn_a_name_or_an_address(night):
    world = alone().person(2, house=1, geslachtsnaam="Bijzondernaam")
    text = night(world)[0].model_dump_json()
    for secret in (
        bsn(1),
        bsn(2),
        anummer(1),
        anummer(2),
        "Bijzondernaam",
        "Jansen",
        "Dorpsstraat",
        "1234AB",
    ):
        assert secret not in text


def test_a_state_can_be_read_as_it_stood_after_an_earlier_delivery(tmp_path):
    with Warehouse(tmp_path / "w.duckdb") as warehouse:
        for number, world in enumerate([alone().person(2, house=1), alone().person(2, house=5)]):
            take_in(warehouse, world.write_all(tmp_path, DAY + timedelta(days=number)), now=NOW)
        first, second = (
            ViewParameters(DAY + timedelta(days=number), 27, 12, ("9901",), "geheim") for number in range(2)
        )
        for parameters, stand, residents in ((first, 2, 1), (second, 2, 1), (second, 4, 0), (first, 4, 1)):
            build_views(warehouse, parameters, stand=stand)
            assert read_view(warehouse, "huishouden").height == residents
        assert warehouse.stand_of(Bron.BRP) == 4
