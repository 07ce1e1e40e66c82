"""Birthdays that the law ties a change to: R05 (21), R25 (AOW age), told before they come."""

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
from tests.world import DAY, World, alone

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


# -- R05 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "birthday"),
    [
        ("20051203", date(2026, 12, 3)),
        ("20060102", date(2027, 1, 2)),  # 60 days from now
        ("20060103", None),  # 61 days
        ("20051103", date(2026, 11, 3)),  # today
        ("20050901", date(2026, 9, 1)),  # past, and the norm is still the old one
        ("20051200", None),
        ("00000000", None),
    ],
)
def test_turning_21_with_the_norm_of_who_is_younger(night, born, birthday):
    assert told(night(young(born))) == [("R05", birthday)] * (birthday is not None)


@pytest.mark.parametrize(("cents", "speaks"), [(YOUNG, True), (33_798, True), (SINGLE, False)])
def test_the_norm_may_be_one_of_an_earlier_half_year(night, cents, speaks):
    assert bool(night(young(cents=cents))) is speaks


def test_without_a_norm_nothing_is_said(night):
    assert night(World().person(1, house=1, born="20051203").uitkering(1, house=1)) == []


@pytest.mark.parametrize(("cents", "planned"), [(SINGLE, ["norm_ingepland"]), (YOUNG, [])])
def test_another_norm_that_is_planned_already(night, cents, planned):
    world = young().change("uitkeringsperiode", "uitkering_id", "U-1", datum_einde_periode="2026-12-02")
    (found,) = night(world.norm(1, cents, vanaf="2026-12-03"))
    assert holding(found) == planned


def couple(one: str, other: str, cents: int) -> World:
    world = World().person(1, house=1, born=one).person(2, house=1, born=other)
    return world.uitkering(1, house=1, partner=2).norm(1, cents)


@pytest.mark.parametrize(
    ("other", "cents", "birthdays"),
    [
        ("19900101", MIXED_COUPLE, [date(2026, 12, 3)]),  # the younger of the two turns 21
        ("20070101", MIXED_COUPLE, []),  # one is 19: the norm stays that of a mixed couple
        ("20070101", YOUNG_COUPLE, [date(2026, 12, 3)]),  # the first of the two turns 21
        ("19900101", COUPLE, []),
        ("00000000", MIXED_COUPLE, []),
    ],
)
def test_of_a_couple_the_one_whose_birthday_changes_the_norm(night, other, cents, birthdays):
    assert [day for rule, day in told(night(couple("20051203", other, cents))) if rule == "R05"] == birthdays
    assert [day for rule, day in told(night(couple(other, "20051203", cents))) if rule == "R05"] == birthdays


def test_the_same_finding_on_every_night(night):
    ids = {f.signaal_id for day in (DAY, date(2026, 12, 2), date(2026, 12, 4)) for f in night(young(), day)}
    assert len(ids) == 1


# -- R25 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "begins"),
    [
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
    ],
)
def test_the_aow_age_comes_near(night, born, begins):
    world = alone().change("brp_persoon", "anummer", "1000000001", geboortedatum=born)
    assert told(night(world)) == [("R25", begins)] * (begins is not None)


def test_the_aow_age_of_a_partner(night):
    (found,) = night(couple("19700101", "19600303", COUPLE))
    assert (found.regel, found.feiten["rol"], found.feitdatum) == ("R25", "partner", date(2027, 3, 3))


def test_the_day_is_that_of_the_table(night):
    """Born on 31 January 1961: 67 years and 3 months, and April has no 31st day."""
    assert parameter("aow_leeftijd").on(date(1961, 1, 31)).waarde == 67 * 12 + 3
    world = alone().change("brp_persoon", "anummer", "1000000001", geboortedatum="19610131")
    assert told(night(world, date(2028, 4, 30))) == [("R25", date(2028, 5, 1))]
