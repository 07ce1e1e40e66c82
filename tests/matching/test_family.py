"""Children and partners, told as small stories: R07 to R12 on the relations of the BRP."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from contracts.finding import ContactTask, Nudge
from flows.settings import Workplace
from flows.steps import view_parameters
from matching.intake.take_in import take_in
from matching.rule import Reading, all_rules
from matching.views import build_views, read_view
from store.warehouse import Warehouse
from tests.advice.made import BELEID
from tests.world import DAY, World, anummer, bsn

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
FAMILY = ("R07", "R08", "R09", "R10", "R11", "R12")


@pytest.fixture
def night(tmp_path):
    """A function: a world in, the findings about the family with the default settings out."""

    runs = count()

    def run(world: World, day: date = DAY, rules: tuple[str, ...] = FAMILY, before: World | None = None, **settings):
        folder = tmp_path / str(next(runs))
        lines = [f"{name} = {value}" for name, value in settings.items()]
        (tmp_path / "tijdig.toml").write_text("\n".join(lines), encoding="utf-8")
        asked = [rule for rule in all_rules() if rule.rule_id in rules]
        with Warehouse(folder / "w.duckdb") as warehouse:
            if before is not None:
                take_in(warehouse, before.write_all(folder, DAY - timedelta(days=1)), now=NOW)
            take_in(warehouse, world.write_all(folder, day), now=NOW)
            wanted = {rule.view for rule in asked}
            build_views(warehouse, view_parameters(Workplace(tmp_path), day), views=wanted)
            views = {name: read_view(warehouse, name) for name in wanted}
        return [finding for rule in asked for finding in rule.find(views[rule.view], Reading(day))]

    return run


def told(findings):
    return [(f.regel, f.feitdatum) for f in findings]


def holding(finding):
    return [tested.naam for tested in finding.onderdrukkers if tested.geldt is not False]


def client(**columns: str) -> World:
    """Client 1 alone at house 1, on bijstand since 2020."""
    return World().person(1, house=1).uitkering(1, house=1, **columns)


def parent(born: str, *, house: int = 1, **columns: str) -> World:
    """Client 1, one parent for the dienst, and a child 2 whose list and hers name each other."""
    return (
        client(leefvorm="02").person(2, house=house, born=born, **columns).related(1, "kind", 2).related(2, "ouder1", 1)
    )


def couple(**columns: str) -> World:
    """Clients 1 and 2 at house 1, a couple for the dienst, married in 2015 as the lists of both have it."""
    world = World().person(1, house=1).person(2, house=1).uitkering(1, house=1, partner=2, **columns)
    return married(world)


def married(world: World, on: str = "20150601", **columns: str | None) -> World:
    columns = {"soort_verbintenis": "H", "datum_sluiting": on} | columns
    return world.related(1, "partner", 2, **columns).related(2, "partner", 1, **columns)


# -- R07 -------------------------------------------------------------------------------------------------


def test_the_only_child_turns_18_soon(nights):
    cases = [
        ("20081203", date(2026, 12, 3)),
        ("20090201", date(2027, 2, 1)),  # 90 days from now
        ("20090202", None),  # 91 days
        ("20081104", date(2026, 11, 4)),  # tomorrow
        ("20081103", date(2026, 11, 3)),  # today
        ("20081200", None),
        ("20080000", None),
        ("00000000", None),
    ]
    found = nights(parent(born) for born, _ in cases)
    assert [told(each) for each in found] == [[("R07", day)] * (day is not None) for _, day in cases]
    too_late = [[["verjaardag_18_geweest"] if day == DAY else []] * (day is not None) for _, day in cases]
    assert [[holding(one) for one in each] for each in found] == too_late


def test_the_window_is_a_setting(story):
    assert story(parent("20081203"), kind_18_vooraf_dagen=29) == []
    assert told(story(parent("20081203"), kind_18_vooraf_dagen=30)) == [("R07", date(2026, 12, 3))]


def test_the_same_finding_before_and_after_the_birthday_until_the_leefvorm_is_another(night):
    days = (DAY, date(2026, 12, 3), date(2028, 1, 1))
    ids = {f.signaal_id for day in days for f in night(parent("20081203"), day)}
    assert len(ids) == 1
    assert night(parent("20081203").change("uitkering", "uitkering_id", "U-1", leefvorm="01"), days[1]) == []


def with_sibling(born: str, house: int = 1) -> World:
    return parent("20081203").person(3, house=house, born=born).related(1, "kind", 3)


def test_a_younger_child_that_stays(nights):
    cases = [
        ("20161203", ["ander_kind"]),
        ("20081204", ["ander_kind"]),  # a day younger
        ("20060101", []),  # the other one is 20
        ("20160000", ["ander_kind"]),
        ("20080000", ["ander_kind"]),  # perhaps younger
        ("00000000", ["ander_kind"]),
    ]
    found = nights(with_sibling(sibling) for sibling, _ in cases)
    held = [[holding(one) for one in each if one.feitdatum == date(2026, 12, 3)] for each in found]
    assert held == [[in_the_way] for _, in_the_way in cases]


def test_twins_are_one_finding(story):
    (found,) = story(with_sibling("20081203"))
    assert (found.regel, holding(found)) == ("R07", [])


def test_of_a_couple_the_birthday_is_announced_and_then_over(night):
    world = couple().person(3, house=1, born="20081203").related(2, "kind", 3)
    assert night(world) == [], "the dienst counts on no child"
    world.knows(1, 3, "KIND")
    assert told(night(world)) == [("R07", date(2026, 12, 3))]
    assert night(world, date(2026, 12, 3)) == []


def test_a_child_the_dienst_knows_counts_without_a_relation(story):
    world = client(leefvorm="02").person(2, house=1, born="20081203").knows(1, 2, "KIND")
    assert [holding(f) for f in story(world)] == [[]]


# -- R08 -------------------------------------------------------------------------------------------------


def with_child(born: str = "20261020", numberless: bool = False, **columns: str | None) -> World:
    columns = {"datum_aanvang_adreshouding": born} | columns
    return client().person(2, house=1, born=born, **columns).related(1, "kind", 2, numberless=numberless)


def test_a_minor_child_at_the_address(nights):
    cases = [("20261020", True), ("20081104", True), ("20081103", False), ("20080000", False), ("00000000", False)]
    found = nights(with_child(born, datum_aanvang_adreshouding="20261020") for born, _ in cases)
    assert [told(each) for each in found] == [[("R08", date(2026, 10, 20))] * speaks for _, speaks in cases]


def test_the_key_is_the_child_wherever_the_two_move(night):
    moved = with_child(datum_aanvang_adreshouding="20261101")
    assert {f.signaal_id for f in night(with_child())} == {f.signaal_id for f in night(moved)}


def test_a_leefvorm_with_children_or_one_that_says_nothing(nights):
    worlds = [
        with_child().change("uitkering", "uitkering_id", "U-1", leefvorm=code) for code in ("02", "05", "00", "98")
    ]
    assert nights(worlds) == [[]] * 4


def test_what_the_dienst_knows_of_children(story):
    assert story(with_child().knows(1, 2, "KIND")) == []
    assert story(with_child().knows(1, 2, "TIJDELIJK_VERBLIJF")) == [], "it looked at this child"
    assert story(with_child().person(3, house=3, born="20150101").knows(1, 3, "KIND")) == [], "a further child"
    assert story(with_child().knows(1, None, "KIND", medebewoner_geslachtsnaam="Vos")) == [], "perhaps this one"
    assert told(story(with_child().person(3, house=1, born="20000101").knows(1, 3, "KIND"))) == [
        ("R08", date(2026, 10, 20))
    ]


def test_of_a_couple_only_where_one_is_under_21(nights):
    worlds = [
        couple().change("brp_persoon", "anummer", anummer(2), geboortedatum=younger)
        for younger in ("20051104", "20051103", "20050000")
    ]
    found = nights(world.person(3, house=1, born="20261020").related(1, "kind", 3) for world in worlds)
    assert [[f.regel for f in each] for each in found] == [["R08"], [], []]


def test_a_child_of_somebody_else_at_the_address_is_no_child_of_theirs(story):
    assert story(client().person(2, house=1).person(3, house=1, born="20150101").related(2, "kind", 3)) == []


def test_a_child_named_without_a_number_is_a_question(night):
    (found,) = night(with_child(numberless=True))
    assert holding(found) == ["koppeling_onzeker"]
    assert found.feiten["koppel_band"] == "automatisch"
    assert {"koppel_links", "koppel_rechts", "koppel_inhoud"} <= set(found.feiten), "a human can decide about the two"


def test_the_list_of_the_child_with_a_number_takes_the_question_away(night):
    (found,) = night(with_child(numberless=True).related(2, "ouder1", 1))
    assert holding(found) == []


def test_a_verified_bsn_on_the_list_of_the_child_is_enough_and_a_bare_one_is_not(night):
    bare = {"gerelateerde_anummer": None, "gerelateerde_geboortedatum": None, "gerelateerde_geslachtsnaam": None}
    verified = with_child(numberless=True).related(2, "ouder1", 1, gerelateerde_anummer=None)
    assert [holding(f) for f in night(verified)] == [[]]
    assert [holding(f) for f in night(with_child(numberless=True).related(2, "ouder1", 1, **bare))] == [
        ["koppeling_onzeker"]
    ]


def test_what_stands_in_the_way_of_a_letter_about_a_child(nights):
    cases = [
        (lambda w: w.reported(1, "KIND"), ["gemeld_kind"]),
        (lambda w: w.reported(1, "KIND", "AFGEWEZEN"), []),
        (lambda w: w.change("brp_persoon", "anummer", anummer(2), vp_aanduiding_in_onderzoek="080000"),
         ["bewoner_in_onderzoek"]),
        (lambda w: w.change("brp_relatie", "soort", "kind", aanduiding_in_onderzoek="090100"), ["relatie_in_onderzoek"]),
        (lambda w: w.change("brp_relatie", "soort", "kind", aanduiding_in_onderzoek="590100"), []),
        (lambda w: w.change("brp_persoon", "anummer", anummer(2), indicatie_geheim="7"), ["geheim"]),
        (lambda w: w.change("brp_persoon", "anummer", anummer(2), datum_aanvang_adreshouding="20260000"),
         ["datum_onzeker"]),
    ]  # fmt: skip
    found = nights(change(with_child()) for change, _ in cases)
    assert [[(one.regel, holding(one)) for one in each] for each in found] == [[("R08", held)] for _, held in cases]


DIED = {"reden_opschorting": "O", "datum_opschorting": "20260301", "datum_overlijden": "20260301"}


def bereaved(day: str) -> World:
    gone = DIED | {"datum_overlijden": day, "datum_opschorting": day}
    return with_child().person(3, house=1, born="20180101", **gone).related(1, "kind", 3)


def test_a_child_that_died_this_year(nights):
    cases = [("20260301", ["rouw"]), ("20251104", ["rouw"]), ("20251103", []), ("20250000", ["rouw"]), ("20240000", [])]
    found = nights(bereaved(day) for day, _ in cases)
    held = [[holding(one) for one in each if one.regel == "R08"] for each in found]
    assert held == [[in_the_way] for _, in_the_way in cases]


def unborn(world: World, born: str = "20261020") -> World:
    """A relation and no persoonslijst: a child that was born dead."""
    world.rows["brp_relatie"].append(
        {"anummer": anummer(1), "burgerservicenummer": bsn(1), "soort": "kind", "gerelateerde_geslachtsnaam": "Jansen",
         "gerelateerde_geboortedatum": born}
    )  # fmt: skip
    return world


def test_a_child_that_was_born_dead_is_never_a_finding_nor_its_twin_a_letter(night):
    assert night(unborn(client())) == []
    (found,) = night(unborn(with_child()))
    assert holding(found) == ["rouw"]
    (found,) = night(unborn(with_child(numberless=True)))
    assert holding(found) == ["koppeling_onzeker"], "two of whom the list says the same are one row"
    (found,) = night(unborn(with_child(), born="20200101"))
    assert holding(found) == [], "long ago"


# -- R09 -------------------------------------------------------------------------------------------------


def test_the_last_child_lives_elsewhere(story):
    (found,) = story(parent("20150101", house=2, datum_aanvang_adreshouding="20261001").knows(1, 2, "KIND"))
    assert (found.regel, found.feitdatum, holding(found)) == ("R09", date(2026, 10, 1), [])


def test_a_child_that_is_not_in_the_extract_any_more_is_the_same_finding(night):
    here = parent("20150101", house=2, datum_aanvang_adreshouding="20261001").knows(1, 2, "KIND")
    gone = parent("20150101", house=2)
    (found,), (later,) = night(here), night(gone)
    assert found.signaal_id == later.signaal_id
    assert later.feitdatum is None


def two_children(sibling: str, house: int) -> World:
    world = parent("20150101", house=2).person(3, house=house, born=sibling).related(1, "kind", 3)
    return world.knows(1, 2, "KIND").knows(1, 3, "KIND")


def test_another_child(nights):
    cases = [
        ("20120101", 1, False),  # still at home
        ("20080000", 1, False),  # at home, and perhaps under 18
        ("20000101", 1, True),  # at home, and grown up
        ("20120101", 2, True),  # gone as well: one finding
    ]
    found = nights(two_children(sibling, house) for sibling, house, _ in cases)
    assert [[one.regel for one in each] for each in found] == [["R09"] * speaks for *_, speaks in cases]


def test_a_child_that_may_be_there_is_no_child_that_left(night):
    world = parent("20150101", house=2).person(3, house=1, born="20140101").related(1, "kind", 3, numberless=True)
    assert night(world) == []


def test_a_couple_or_a_parent_without_an_address_says_nothing(story):
    left = couple().person(3, house=3, born="20150101").related(1, "kind", 3).knows(1, 3, "KIND")
    assert story(left) == []
    homeless = parent("20150101", house=2).change("brp_persoon", "anummer", anummer(1), functie_adres="B")
    assert story(homeless) == []


def test_after_a_death_it_waits_and_nobody_is_asked_where_the_child_is(night):
    (found,) = night(parent("20150101", house=2, **DIED).knows(1, 2, "KIND"))
    assert (found.regel, holding(found)) == ("R09", ["rouw_wacht"])
    (later,) = night(parent("20150101", house=2, **DIED).knows(1, 2, "KIND"), date(2027, 3, 1))
    assert holding(later) == []


# -- R10 -------------------------------------------------------------------------------------------------


def wedding(on: str | None, house: int = 2, *, numberless: bool = False, **columns: str | None) -> World:
    """Client 1 and person 2 married; the uitkering began on 1 January 2020."""
    columns = {"soort_verbintenis": "H", "datum_sluiting": on} | columns
    return client().person(2, house=house).related(1, "partner", 2, numberless=numberless, **columns)


def test_a_marriage_during_the_uitkering(nights):
    days = {
        "20261002": date(2026, 10, 2),
        "20200102": date(2020, 1, 2),
        "20260000": None,  # certainly during the uitkering
    }
    assert [told(found) for found in nights(map(wedding, days))] == [[("R10", day)] for day in days.values()]


def test_a_marriage_before_it_perhaps_before_it_or_to_come(nights):
    days = ["20200101", "20150601", "20200000", "00000000", None, "20261104"]
    assert nights(wedding(on) for on in days) == [[]] * 6


def test_who_had_married_before_and_lives_together_now(story):
    assert told(story(wedding("20150601", house=1))) == [("R10", date(2022, 4, 1))]


def test_a_marriage_that_ended(nights):
    ends = [{"datum_ontbinding": "20261020", "reden_ontbinding": "S"}, {"datum_ontbinding": "00000000"}]
    assert nights(wedding("20210601", **ended) for ended in ends) == [[], []]


def test_whom_the_dienst_knows_as_partner_is_no_news(story):
    assert story(wedding("20261002").knows(1, 2, "PARTNER")) == []
    assert story(married(couple(), "20261002")) == []
    assert story(wedding("20261002").change("uitkering", "uitkering_id", "U-1", leefvorm="98")) == []


def test_with_whom_a_new_marriage_is_does_not_matter_and_where_somebody_lives_does(night):
    assert [holding(f) for f in night(wedding("20261002", numberless=True))] == [[]]
    assert [holding(f) for f in night(wedding("20150601", house=1, numberless=True))] == [["koppeling_onzeker"]]


def test_a_spouse_is_no_kostendeler(story):
    found = story(wedding("20261002", house=1), rules=("R01", "R10"))
    assert [(f.regel, holding(f)) for f in found] == [("R01", ["echtgenoot"]), ("R10", [])]


def test_how_old_the_partner_is_for_the_norm(nights):
    ages = {"19500101": 65, "19900101": 21, "20071103": 18, "20051100": None, "00000000": None}
    found = nights((married(client().person(2, born=born), "20261002") for born in ages), rules=("R10",))
    facts = [[(f.feiten["partner_leeftijd"], f.feiten["partner_kostendeler"]) for f in each] for each in found]
    assert facts == [[(age, False)] for age in ages.values()]


def test_whether_the_dienst_counts_the_partner_as_a_kostendeler(nights):
    roles = ("KOSTENDELER", "COMMERCIELE_RELATIE")
    found = nights((wedding("20261002", house=1).knows(1, 2, rol) for rol in roles), rules=("R10",))
    assert [[f.feiten["partner_kostendeler"] for f in each] for each in found] == [[True], [False]]


# -- R11 -------------------------------------------------------------------------------------------------

AWAY = World.address(2) | {"datum_aanvang_adreshouding": "20261001"}


def test_the_partner_lives_elsewhere(story):
    (found,) = story(couple().change("brp_persoon", "anummer", anummer(2), **AWAY))
    assert (found.regel, found.feitdatum, holding(found)) == ("R11", date(2026, 10, 1), [])
    assert "niet meer op één adres" in found.gezien


def test_the_belanghebbende_left_and_it_is_the_day_of_that(story):
    (found,) = story(couple().change("brp_persoon", "anummer", anummer(1), **AWAY))
    assert (found.regel, found.feitdatum) == ("R11", date(2026, 10, 1))


def test_both_moved(story):
    world = couple().change("brp_persoon", "anummer", anummer(1), **AWAY)
    assert story(world.change("brp_persoon", "anummer", anummer(2), **AWAY)) == []


def test_what_is_no_parting(nights):
    columns = [
        DIED,  # R13
        {"functie_adres": "B"},  # R28
        {
            "adresseerbaar_object_id": "9901010000000099",
            "nummeraanduiding_id": "9901200000000099",
        },  # other keys, same house
    ]
    assert nights(couple().change("brp_persoon", "anummer", anummer(2), **each) for each in columns) == [[]] * 3


def divorced(world: World, on: str = "20261002", **columns: str) -> World:
    ended = {"datum_ontbinding": on, "reden_ontbinding": "S"} | columns
    for row in world.rows["brp_relatie"]:
        row.update(ended)
    return world


def test_a_divorce_of_who_still_live_together(nights):
    cases = [
        ("08", "20261002", "S", True),
        ("09", "20261002", "S", True),
        ("04", "20261002", "S", False),  # a couple that is not married for the dienst
        ("08", "20191231", "S", False),  # before the uitkering
        ("08", "20200000", "S", False),  # perhaps
        ("08", "20261002", "O", False),  # by death
    ]
    found = nights(
        divorced(couple(leefvorm=leefvorm), on, reden_ontbinding=reason) for leefvorm, on, reason, _ in cases
    )
    assert [told(each) for each in found] == [[("R11", date(2026, 10, 2))] * speaks for *_, speaks in cases]


def test_a_divorce_and_a_parting_are_one_finding(night):
    together, apart = divorced(couple()), divorced(couple()).change("brp_persoon", "anummer", anummer(2), **AWAY)
    assert {f.signaal_id for f in night(together)} == {f.signaal_id for f in night(apart)}


def test_a_divorce_from_who_may_be_the_partner_is_a_question(story):
    named = {"gerelateerde_anummer": None, "gerelateerde_burgerservicenummer": None}
    (found,) = story(divorced(couple(), **named))
    assert holding(found) == ["koppeling_onzeker"]


def test_what_stands_in_the_way_of_a_call_about_a_partner(nights):
    away = couple().change("brp_persoon", "anummer", anummer(2), **AWAY)
    cases = [
        (away.moved(0).reported(1, "PARTNER"), ["gemeld_partner"]),
        (away.moved(0).reported(2, "OPNAME"), ["gemeld_tijdelijk_elders"]),
        (away.moved(0).reported(2, "DETENTIE"), ["gemeld_tijdelijk_elders"]),
        (away.moved(0).change("brp_persoon", "anummer", anummer(2), indicatie_geheim="7"), ["geheim"]),
        (_with_others(away.moved(0), 12), ["tijdelijk_elders"]),
        (_with_others(away.moved(0), 11), []),
    ]
    found = nights(world for world, _ in cases)
    assert [[(f.regel, holding(f)) for f in each] for each in found] == [[("R11", holds)] for _, holds in cases]


def _with_others(world: World, number: int) -> World:
    """So many more people where the partner lives now, at house 2."""
    for each in range(7, 7 + number):
        world.person(each, house=2)
    return world


def test_what_was_tested_of_a_parting_tells_of_no_detention():
    (rule,) = (rule for rule in all_rules() if rule.rule_id == "R11")
    assert [name for name in (*rule.suppressors, *rule.tests) if "detentie" in name or "opname" in name] == []


def test_at_an_institution_of_the_settings_it_may_be_for_a_while(story):
    world = couple().change("brp_persoon", "anummer", anummer(2), **AWAY)
    (found,) = story(world, instellingen='[{postcode = "1234AB", huisnummer = 2}]')
    assert holding(found) == ["tijdelijk_elders"]


# -- R12 -------------------------------------------------------------------------------------------------


def exes(house: int = 1, *, numberless: bool = False, **columns: str | None) -> World:
    columns = {"datum_sluiting": "20100101", "datum_ontbinding": "20150101", "reden_ontbinding": "S"} | columns
    world = client().person(2, house=house, datum_aanvang_adreshouding="20261001")
    return world.related(1, "partner", 2, numberless=numberless, **columns)


def test_who_were_married_and_live_at_one_address(story):
    (found,) = story(exes())
    assert (found.regel, found.feitdatum, holding(found)) == ("R12", date(2026, 10, 1), [])
    assert story(exes(house=2)) == []


def test_a_former_partner_named_without_a_number_is_a_question(night):
    assert [holding(f) for f in night(exes(numberless=True))] == [["koppeling_onzeker"]]


def together(**columns: str | None) -> World:
    return client().person(2, house=1, **columns).person(3, house=5, born="20100101", geslachtsnaam="Vos")


def test_the_parents_of_one_child_wherever_it_lives(story):
    both = together().related(1, "kind", 3).related(2, "kind", 3)
    assert [(f.regel, holding(f)) for f in story(both)] == [("R12", [])]
    by_child = together().change("brp_persoon", "anummer", anummer(3), **World.address(1))
    by_child.related(3, "ouder1", 1).related(3, "ouder2", 2)
    assert "R12" in [f.regel for f in story(by_child)]
    assert story(together().related(1, "kind", 3)) == []


def test_a_child_that_both_name_without_a_number_is_a_question(night):
    both = together().related(1, "kind", 3, numberless=True).related(2, "kind", 3, numberless=True)
    assert [(f.regel, holding(f)) for f in night(both)] == [("R12", ["koppeling_onzeker"])]


@pytest.mark.parametrize(
    ("began", "speaks"),
    [
        ("2020-01-01", True),  # the dienst went on with one of the two
        ("2026-11-03", True),
        ("2028-11-02", True),  # two years later
        ("2028-11-03", False),
    ],
)
def test_who_had_bijstand_as_a_couple_in_the_two_years_before_or_since(night, began, speaks):
    couple = World().person(1, house=1).person(2, house=1).uitkering(2, house=1, partner=1)
    couple.change("uitkering", "uitkering_id", "U-2", datum_einde_uitkering="2026-11-02")
    alone = World().person(1, house=1).person(2, house=1).uitkering(1, house=1, datum_aanvang_uitkering=began)
    day = max(DAY, date.fromisoformat(began))
    assert [f.regel for f in night(alone, day, before=couple) if f.dossiernummer == "D-1"] == ["R12"] * speaks


def test_parent_and_child_are_left_out(story):
    world = exes().related(1, "kind", 2)
    assert [f.regel for f in story(world)] == []


def test_what_the_dienst_knows_of_who_lives_there(nights):
    holds = {"COMMERCIELE_RELATIE": ["al_bekeken"], "OVERIG_UITGEZONDERD": ["al_bekeken"], "KOSTENDELER": []}
    found = nights(exes().knows(1, 2, rol) for rol in holds)
    assert [[holding(f) for f in each] for each in found] == [[each] for each in holds.values()]


def test_a_couple_for_the_dienst_is_no_news(story):
    assert story(exes().knows(1, 2, "PARTNER")) == []
    assert story(divorced(couple(leefvorm="04"))) == []


def test_who_are_married_now_are_r10s(story):
    both = wedding("20150601", house=1).person(3, house=5, born="20100101").related(1, "kind", 3).related(2, "kind", 3)
    assert [f.regel for f in story(both)] == ["R10"]
    again = exes().related(1, "partner", 2, datum_sluiting="20261002", soort_verbintenis="H")
    assert [f.regel for f in story(again)] == ["R10"]


def test_the_text_concludes_nothing():
    said = [variant for rule in all_rules() if rule.rule_id == "R12" for variant in rule.variants.values()]
    for text in (part.lower() for variant in said for part in (variant.seen, variant.task)):
        assert "gezamenlijke huishouding" not in text
        assert "samenwonen" not in text
        assert "€" not in text
        assert "euro" not in text


# -- routes ----------------------------------------------------------------------------------------------


def test_what_is_done(nights):
    cases = [
        (lambda: parent("20081203"), Nudge(bericht="kind_wordt_18")),
        (with_child, Nudge(bericht="kind_erbij")),
        (lambda: with_child(numberless=True), ContactTask(soort="controleer_koppeling", reden="koppeling_onzeker")),
        (lambda: parent("20150101", house=2).knows(1, 2, "KIND"), ContactTask(soort="contact")),
        (lambda: wedding("20261002"), ContactTask(soort="contact")),
        (exes, ContactTask(soort="contact")),
        (lambda: exes(numberless=True), ContactTask(soort="controleer_koppeling", reden="koppeling_onzeker")),
    ]
    found = nights(world() for world, _ in cases)
    assert [[BELEID.advise(one) for one in each] for each in found] == [[advice] for _, advice in cases]
