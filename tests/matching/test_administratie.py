"""The dienst's own administration: R26 (a norm that is too low), R29 (does it still hold), R31 (a melding waits)."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from contracts.errors import RuleError
from contracts.finding import Richting
from contracts.tables import Doel
from flows import steps
from flows.settings import Workplace
from flows.steps import view_parameters
from matching.effect import Effects
from matching.intake.take_in import take_in
from matching.rule import Reading, all_rules
from matching.views import build_views, read_view
from store.warehouse import Warehouse
from tests.world import DAY, World, alone, anummer

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
#: Norms of 2026-07-01 in cents: Pw 21 a and b, half of b (22a lid 1, A = 2), 20 lid 1 a, 23 lid 1 a and lid 2 a.
SINGLE, COUPLE, SHARED, YOUNG, INSIDE = 141_946, 202_779, 101_390, 35_042, 49_644
OWN = ("R26", "R29", "R31")


@pytest.fixture
def night(tmp_path):
    """A function: a world in, the findings of these rules on a night with the default settings out."""

    runs = count()

    def run(world: World, day: date = DAY, rules: tuple[str, ...] = OWN):
        folder = tmp_path / str(next(runs))
        with Warehouse(folder / "w.duckdb") as warehouse:
            take_in(warehouse, world.write_all(folder, day), now=NOW)
            norms = build_views(warehouse, view_parameters(Workplace(tmp_path), day))
            effects = Effects.read(warehouse, norms, 12)
            return [
                finding
                for rule in all_rules() if rule.rule_id in rules
                for finding in rule.find(read_view(warehouse, rule.view), Reading(day), effects)
            ]  # fmt: skip

    return run


def told(findings):
    return [(f.regel, f.feitdatum) for f in findings]


def holding(finding):
    return [tested.naam for tested in finding.onderdrukkers if tested.geldt is not False]


# -- R26 -------------------------------------------------------------------------------------------------

TOO_LOW = [("R26", date(2026, 7, 1))]


def test_a_norm_that_is_too_low_is_proposed_with_what_it_means(story):
    (found,) = story(alone().norm(1, SHARED))
    assert (told([found]), holding(found)) == (TOO_LOW, [])
    assert (found.effect.laagste, found.effect.hoogste, found.effect.tot_herziening) == (40_556, 40_556, (486_672,) * 2)
    assert "€ 1.013,90 per maand. Op de bekende gegevens is dat ten minste € 1.419,46." in found.gezien


def many(*households, day: date = DAY) -> World:
    """One household after another, each at a house of its own: client 10 at house 10 with 11 to 19 beside them, ..."""
    world = World(day)
    for number, household in enumerate(households, start=1):
        household(world, 10 * number)
    return world


def names_of(findings) -> set[int]:
    return {int(finding.dossiernummer.removeprefix("D-")) // 10 for finding in findings}


def single(cents: int, vanaf: str = "2026-07-01", tot: str | None = None, born: str = "19800101", **columns):
    """A household: somebody alone with a norm."""
    return lambda world, n: (
        world.person(n, house=n, born=born).uitkering(n, house=n, **columns).norm(n, cents, vanaf, tot)
    )


def test_by_more_than_a_cent_and_not_the_same_without_holiday_allowance(story):
    world = many(*(single(cents) for cents in (SINGLE, SINGLE - 1, SINGLE - 2, COUPLE, 134_849)))
    assert names_of(story(world)) == {3}


def with_housemate(rol: str | None, born: str = "19800101", house: int = 0):
    """Somebody alone with the norm of two, and a housemate, or who lives ``house`` houses further on."""

    def build(world: World, n: int):
        single(SHARED)(world, n)
        world.person(n + 1, house=n + house, born=born)
        return world if rol is None else world.knows(n, n + 1, rol)

    return build


def test_only_what_the_dienst_knows_and_the_register_shows_makes_it_too_low(story):
    too_low = [
        with_housemate("STUDENT"),  # looked at, does not count
        with_housemate("COMMERCIELE_RELATIE"),
        with_housemate("KIND", born="20100101"),
    ]
    not_so = [
        with_housemate(None),  # R01: may share costs
        with_housemate(None, born="00000000"),
        with_housemate("KOSTENDELER"),
        with_housemate("KOSTENDELER", house=1),  # R02: the dienst counts somebody who left
        with_housemate("KIND"),  # of 46: may count by now
        single(SHARED, aantal_kostendelers="2"),
        lambda world, n: single(SHARED)(world, n).norm(n, 40_000),  # two at a time
        single(SHARED, vanaf="2026-11-04"),  # not yet
        single(SHARED, tot="2026-11-02"),  # not any more
        single(SHARED, wetcode="IOAW"),
        single(SHARED, leefvorm="98"),
        single(SHARED, leefvorm="09"),  # whose partner?
        single(SHARED, born="00000000"),
        lambda world, n: single(SHARED)(world, n).change("brp_persoon", "anummer", anummer(n), functie_adres="B"),
        single(INSIDE),  # R27
    ]
    assert names_of(story(many(*too_low, *not_so))) == {1, 2, 3}


def couple(house: int = 0, recht: str | None = "1"):
    """A couple with the norm of one, or of whom the partner lives ``house`` houses further on."""
    return lambda world, n: (
        world.person(n, house=n)
        .person(n + 1, house=n + house)
        .uitkering(n, house=n, partner=n + 1, partner_rechthebbend=recht)
        .norm(n, SINGLE)
    )


def test_of_a_couple(story):
    # Not where the partner lives elsewhere (R11) or has or may have no right (24: half of 21 b).
    assert names_of(story(many(couple(), couple(house=1), couple(recht="2"), couple(recht="0")))) == {1}


def test_a_crowd_is_no_household(story):
    world = alone().norm(1, SHARED)
    for number in range(10, 22):
        world.person(number, house=1, born="20100101")
    assert story(world) == []


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 8, 14), {3}),  # 44 days after the new norms
        (date(2026, 8, 15), {1, 2, 3}),
        (date(2026, 6, 30), {3}),
        (date(2027, 1, 1), set()),  # no norms are known
    ],
)
def test_the_last_norm_may_stay_a_while(night, day, found):
    # 21 a of 2026-01-01 with and without holiday allowance, and of 2025-07-01.
    world = many(*(single(cents, vanaf="2020-01-01") for cents in (140_150, 133_142, 136_906)), day=day)
    assert names_of(night(world, day)) == found


def test_who_turned_21_is_told_of_once(story):
    world = World().person(1, house=1, born="20051103").uitkering(1, house=1).norm(1, YOUNG)
    assert [f.regel for f in story(world, rules=("R05", "R26"))] == ["R05"]


def test_a_norm_lowered_by_a_decision_is_let_be(story):
    world = alone().norm(1, SHARED).change("uitkeringsperiode", "uitkering_id", "U-1", verlaagd_bij_besluit="1")
    (found,) = story(world)
    assert holding(found) == ["verlaagd_bij_besluit"]


# -- R29 -------------------------------------------------------------------------------------------------


def spoken(day: str | None) -> World:
    return alone().change("uitkering", "uitkering_id", "U-1", laatste_contact_leefsituatie=day)


def test_a_year_without_a_word_about_who_lives_there(story):
    days = ("2025-11-04", "2025-11-03", "2019-05-01", None)
    findings = story(many(*(single(SINGLE, laatste_contact_leefsituatie=day) for day in days)))
    assert sorted(told(findings)) == [("R29", date(2019, 5, 1)), ("R29", date(2025, 11, 3))]
    assert [holding(each) for each in findings] == [[], []]


@pytest.mark.parametrize(("day", "found"), [(date(2025, 2, 27), False), (date(2025, 2, 28), True)])
def test_a_year_after_29_february(night, day, found):
    assert bool(night(spoken("2024-02-29"), day)) is found


def test_who_has_just_reported_a_change_at_home_is_not_asked(story):
    soorten = ("HUISGENOOT_IN", "HUISGENOOT_UIT", "KIND", "PARTNER", "VERHUIZING", "INKOMEN")
    world = many(*[single(SINGLE, laatste_contact_leefsituatie="2025-01-01")] * len(soorten))
    for number, soort in enumerate(soorten, start=1):
        world.reported(10 * number, soort)
    found = story(world)
    assert names_of(found) == {1, 2, 3, 4, 5, 6}
    assert names_of(each for each in found if holding(each) == ["gemeld_leefsituatie"]) == {1, 2, 3, 4, 5}


def test_the_next_talk_makes_it_another_question(night):
    (one,), (again,) = night(spoken("2024-01-01")), night(spoken("2025-01-01"))
    (later,) = night(spoken("2024-01-01"), DAY + timedelta(days=30))
    assert one.signaal_id == later.signaal_id != again.signaal_id


# -- R31 -------------------------------------------------------------------------------------------------


def test_a_melding_waits(story):
    waits = [("2026-10-20", "ONTVANGEN"), ("2026-10-19", "ONTVANGEN"), ("2026-10-19", "IN_BEHANDELING"),
        ("2026-10-19", "VERWERKT"), ("2026-10-19", "AFGEWEZEN")]  # fmt: skip
    world = many(*[single(SINGLE)] * len(waits))
    for number, (received, status) in enumerate(waits, start=1):
        world.reported(10 * number, "VERBLIJF_BUITENLAND", status)
        world.rows["melding"][-1]["datum_ontvangst"] = received
    found = story(world)
    assert (names_of(found), told(found)) == ({2, 3}, [("R31", date(2026, 10, 19))] * 2)
    assert all("op 19 oktober 2026 een melding (verblijf buitenland)" in each.gezien for each in found)


def test_of_the_partner_too_each_once_and_never_of_somebody_else(night):
    world = many(couple()).reported(10, "KIND").reported(11, "KIND").reported(11, "STUDIE")
    world.person(5, house=5).reported(5, "KIND")
    for row in world.rows["melding"]:
        row["datum_ontvangst"] = "2026-09-01"
    found = night(world, rules=("R31",))
    assert sorted(f.feiten["melding_id"] for f in found) == ["M-0", "M-1", "M-2"]
    assert names_of(found) == {1}


def test_no_task_of_everybody_tells_of_a_detention(story):
    world = many(single(SINGLE)).reported(10, "DETENTIE")
    world.rows["melding"][-1]["datum_ontvangst"] = "2026-09-01"
    (found,) = story(world, rules=("R31",))
    assert "een melding (vertrouwelijk)" in found.gezien
    assert "detentie" not in found.model_dump_json().lower()


# -- R30, and both directions ----------------------------------------------------------------------------


def test_a_rule_about_rights_that_are_not_used_is_there_and_never_runs(night, tmp_path):
    world = many(couple(recht="2")).person(13, house=10, born="20150101").knows(10, 13, "KIND")
    assert [f.regel for f in night(world, rules=("R30",))] == ["R30"]
    work = Workplace(tmp_path)
    world.write_all(work.leveringen)
    steps.take_in_all(work, DAY)
    assert "R30" not in {f.regel for f in steps.find(work, DAY).findings}
    assert all(rule.doel is Doel.ACTUALISEREN for rule in steps.rules_on(DAY))


@pytest.mark.parametrize("gone", [Richting.VOORDEEL, Richting.NADEEL])
def test_a_night_with_rules_of_one_direction_only_fails(monkeypatch, gone):
    left = tuple(rule for rule in all_rules() if gone not in {said.richting for said in rule.variants.values()})
    monkeypatch.setattr(steps, "all_rules", lambda: left)
    with pytest.raises(RuleError, match="run together"):
        steps.rules_on(DAY)
