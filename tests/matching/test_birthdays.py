"""Birthdays that the law ties a change to: R03 (27), R05 (21), R25 (AOW age), told before they come."""

from datetime import UTC, date, datetime
from itertools import count

import pytest

from contracts.parameters import parameter
from flows.settings import Workplace
from flows.steps import view_parameters
from matching.intake.take_in import take_in
from matching.rule import Reading, all_rules
from matching.views import VIEWS, build_views, read_view
from store.warehouse import Warehouse
from tests.world import DAY, World, alone, anummer

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
#: Norms of 2026-07-01 in cents: Pw 20 lid 1 a, b and c, 21 a and b.
YOUNG, YOUNG_COUPLE, MIXED_COUPLE, SINGLE, COUPLE = 35_042, 70_084, 136_432, 141_946, 202_779


@pytest.fixture
def night(tmp_path):
    """A function: a world in, the findings of a night with the default settings out."""

    runs = count()

    def run(world: World, day: date = DAY):
        folder = tmp_path / str(next(runs))
        with Warehouse(folder / "w.duckdb") as warehouse:
            take_in(warehouse, world.write_all(folder, day), now=NOW)
            build_views(warehouse, view_parameters(Workplace(tmp_path), day))
            views = {name: read_view(warehouse, name) for name in VIEWS}
        return [finding for rule in all_rules() for finding in rule.find(views[rule.view], Reading(day))]

    return run


def told(findings):
    return [(f.regel, f.feitdatum) for f in findings]


def holding(finding):
    return [tested.naam for tested in finding.onderdrukkers if tested.geldt is not False]


def young(born: str = "20051203", cents: int = YOUNG) -> World:
    """Client 1 alone at house 1, 21 on 3 December 2026."""
    return World().person(1, house=1, born=born).uitkering(1, house=1).norm(1, cents)


# -- R03 -------------------------------------------------------------------------------------------------


def with_child(born: str = "19991203", rol: str | None = "JONGER_DAN_27", **columns: str) -> World:
    """Client 1 and a housemate at house 1 since 2018; the housemate turns 27 on 3 December 2026."""
    world = alone().person(2, house=1, born=born, **columns)
    return world if rol is None else world.knows(1, 2, rol)


@pytest.mark.parametrize("rol", ["JONGER_DAN_27", "KIND", None])
def test_a_housemate_who_turns_27_soon(nights, rol):
    birthdays = [
        ("19991203", date(2026, 12, 3)),
        ("19991229", date(2026, 12, 29)),  # 56 days from now
        ("19991230", None),  # 57 days
        ("19991104", date(2026, 11, 4)),  # tomorrow
        ("19991200", None),
        ("19990000", None),
        ("00000000", None),
    ]
    found = nights(with_child(born, rol) for born, _ in birthdays)
    assert [told(each) for each in found] == [[("R03", day)] * (day is not None) for _, day in birthdays]
    assert [holding(one) for each in found for one in each] == [[]] * 3


def test_born_on_29_february_the_day_is_1_march(night):
    assert told(night(with_child("20000229"), date(2027, 2, 28))) == [("R03", date(2027, 3, 1))]


def test_on_the_birthday_the_letter_is_too_late_for_who_is_known(story):
    (found,) = story(with_child("19991103"))
    assert (found.regel, found.feitdatum, holding(found)) == ("R03", date(2026, 11, 3), ["verjaardag_geweest"])


@pytest.mark.parametrize(
    ("columns", "in_the_way"),
    [
        ({}, ["verjaardag_geweest_hier"]),  # lived here already: R03 told of it before
        ({"datum_aanvang_adreshouding": "20261103"}, []),  # came on that very day, at 27
        ({"datum_aanvang_adreshouding": "20260000"}, ["datum_onzeker", "verjaardag_geweest_hier"]),
    ],
)
def test_who_is_unknown_is_told_of_by_r01_from_the_birthday_on(story, columns, in_the_way):
    (found,) = story(with_child("19991103", None, **columns))
    assert (found.regel, holding(found)) == ("R01", in_the_way)


def test_where_nobody_knows_since_when_they_live_together_r03_may_have_told_of_it(story):
    def own_day(world):
        return world.change("brp_persoon", "anummer", anummer(1), datum_aanvang_adreshouding="20220000")

    (found,) = story(own_day(with_child("19991103", None)))
    assert (found.regel, holding(found)) == ("R01", ["verjaardag_geweest_hier"])
    (older,) = story(own_day(with_child("19800101", None)))
    assert (older.regel, holding(older)) == ("R01", [])


def test_an_uitkering_that_began_after_the_birthday_was_never_told_of_it(story):
    world = with_child("19991101", None).change(
        "uitkering", "uitkering_id", "U-1", datum_aanvang_uitkering="2026-11-02"
    )
    (found,) = story(world)
    assert (found.regel, holding(found)) == ("R01", [])


def test_whom_the_dienst_knows_in_another_role_changes_nothing_by_a_birthday(nights):
    roles = ["STUDENT", "BBL", "COMMERCIELE_RELATIE", "KOSTENDELER", "OVERIG_UITGEZONDERD"]
    assert nights(with_child(rol=rol) for rol in roles) == [[]] * 5


def test_the_same_finding_before_and_after_the_birthday_and_whether_the_dienst_knows_them(night):
    days = (DAY, date(2026, 12, 2), date(2026, 12, 3), date(2027, 6, 1))
    ids = {f.signaal_id for day in days for f in night(with_child(), day)}
    unknown = {f.signaal_id for f in night(with_child(rol=None))}
    assert len(ids) == 1
    assert ids == unknown


def test_a_housemate_in_onderzoek_or_reported_is_left_alone(story):
    asked = with_child(vp_aanduiding_in_onderzoek="080000", vp_datum_ingang_onderzoek="20260901")
    assert [holding(f) for f in story(asked) if f.regel == "R03"] == [["bewoner_in_onderzoek"]]
    assert [holding(f) for f in story(with_child().reported(1, "HUISGENOOT_IN"))] == [["gemeld_in"]]


# -- R05 -------------------------------------------------------------------------------------------------


def test_turning_21_with_the_norm_of_who_is_younger(nights):
    birthdays = [
        ("20051203", date(2026, 12, 3)),
        ("20060102", date(2027, 1, 2)),  # 60 days from now
        ("20060103", None),  # 61 days
        ("20051103", date(2026, 11, 3)),  # today
        ("20050901", date(2026, 9, 1)),  # past, and the norm is still the old one
        ("20051200", None),
        ("00000000", None),
    ]
    found = nights(young(born) for born, _ in birthdays)
    assert [told(each) for each in found] == [[("R05", day)] * (day is not None) for _, day in birthdays]


@pytest.mark.parametrize(("cents", "speaks"), [(YOUNG, True), (33_798, True), (SINGLE, False)])
def test_the_norm_may_be_one_of_an_earlier_half_year(story, cents, speaks):
    assert bool(story(young(cents=cents))) is speaks


def test_without_a_norm_nothing_is_said(story):
    assert story(World().person(1, house=1, born="20051203").uitkering(1, house=1)) == []


@pytest.mark.parametrize(("cents", "planned"), [(SINGLE, ["norm_ingepland"]), (YOUNG, [])])
def test_another_norm_that_is_planned_already(story, cents, planned):
    world = young().change("uitkeringsperiode", "uitkering_id", "U-1", datum_einde_periode="2026-12-02")
    (found,) = story(world.norm(1, cents, vanaf="2026-12-03"))
    assert holding(found) == planned


def couple(one: str, other: str, cents: int) -> World:
    world = World().person(1, house=1, born=one).person(2, house=1, born=other)
    return world.uitkering(1, house=1, partner=2).norm(1, cents)


def test_of_a_couple_the_one_whose_birthday_changes_the_norm(nights):
    couples = [
        ("19900101", MIXED_COUPLE, [date(2026, 12, 3)]),  # the younger of the two turns 21
        ("20070101", MIXED_COUPLE, []),  # one is 19: the norm stays that of a mixed couple
        ("20070101", YOUNG_COUPLE, [date(2026, 12, 3)]),  # the first of the two turns 21
        ("19900101", COUPLE, []),
        ("00000000", MIXED_COUPLE, []),
    ]
    birthdays = [days for _, _, days in couples]
    one = nights(couple("20051203", born, cents) for born, cents, _ in couples)
    other = nights(couple(born, "20051203", cents) for born, cents, _ in couples)
    for found in (one, other):
        assert [[day for rule, day in told(each) if rule == "R05"] for each in found] == birthdays


def test_the_same_finding_on_every_night(night):
    ids = {f.signaal_id for day in (DAY, date(2026, 12, 2), date(2026, 12, 4)) for f in night(young(), day)}
    assert len(ids) == 1


# -- R25 -------------------------------------------------------------------------------------------------


def test_the_aow_age_comes_near(nights):
    days = [
        ("19600303", date(2027, 3, 3)),  # 67 years
        ("19600503", date(2027, 5, 3)),  # six months from now
        ("19600504", None),
        ("19591104", date(2026, 11, 4)),  # tomorrow
        ("19591103", None),  # today: no announcement any more
        ("19600229", date(2027, 3, 1)),
        ("19600300", None),
        ("19600000", None),
        ("00000000", None),
        ("19800101", None),  # not in the table yet
    ]
    found = nights(alone().change("brp_persoon", "anummer", anummer(1), geboortedatum=born) for born, _ in days)
    assert [told(each) for each in found] == [[("R25", day)] * (day is not None) for _, day in days]


def test_the_aow_age_of_a_partner(story):
    (found,) = story(couple("19700101", "19600303", COUPLE))
    assert (found.regel, found.feiten["rol"], found.feitdatum) == ("R25", "partner", date(2027, 3, 3))


def test_no_letter_tells_the_one_of_the_others_aow_once_they_live_apart(story):
    world = World().person(1, house=1).person(2, house=2, born="19600101").uitkering(1, house=1, partner=2)
    assert [holding(found) for found in story(world) if found.regel == "R25"] == [["partner_elders"]]


def test_the_day_is_that_of_the_table(night):
    """Born on 31 January 1961: 67 years and 3 months, and April has no 31st day."""
    assert parameter("aow_leeftijd").on(date(1961, 1, 31)).waarde == 67 * 12 + 3
    world = alone().change("brp_persoon", "anummer", "1000000001", geboortedatum="19610131")
    assert told(night(world, date(2028, 4, 30))) == [("R25", date(2028, 5, 1))]
