"""What DUO tells: R04, R23, R24, and the student who does not count for R01 and R03.

Client 1 is born in 1980 and lives at house 1. A study that began before 30 gives a right to studiefinanciering.
"""

from datetime import UTC, date, datetime
from itertools import count

import pytest

from contracts.tables import Bron
from flows.settings import Workplace
from flows.steps import view_parameters
from matching.intake.take_in import take_in
from matching.rule import Reading, all_rules
from matching.views import build_views, read_view
from store.warehouse import Warehouse
from tests.world import DAY, World, alone

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
#: Pw 21 a on 2026-07-01, in cents.
SINGLE = 141_946
MBO = {"niveau": "MBO-3", "onderwijsvorm": None, "brin": "21MB"}
BBL, BOL = MBO | {"leerweg_mbo": "BBL"}, MBO | {"leerweg_mbo": "BOL"}
PART_TIME = {"onderwijsvorm": "deeltijd"}
#: The fact views in which a study matters.
READ = ("opleiding", "huishouden")
NAMELESS = {"voorletters": None, "geslachtsnaam": None, "geboortedatum": None}


@pytest.fixture
def night(tmp_path):
    """A function: a world in, the findings of a night with the default settings out. DUO delivers on ``duo`` or not."""
    runs = count()

    def run(world: World, day: date = DAY, duo: date | None = DAY):
        folder = tmp_path / str(next(runs))
        with Warehouse(folder / "w.duckdb") as warehouse:
            if duo:
                first = [world.write(folder, bron, duo) for bron in (Bron.UITKERINGSGEGEVENS, Bron.BRP, Bron.DUO)]
                assert not take_in(warehouse, first, now=NOW).refused
            if duo != day:
                assert not take_in(warehouse, world.write_all(folder, day), now=NOW).refused
            build_views(warehouse, view_parameters(Workplace(tmp_path), day), views=READ)
            views = {name: read_view(warehouse, name) for name in READ}
        reading = Reading(day, leveringen={bron: bron.value for bron in Bron})
        asked = [rule for rule in all_rules() if rule.view in READ]
        return [finding for rule in asked for finding in rule.find(views[rule.view], reading)]

    return run


def told(findings):
    return [(finding.regel, finding.feitdatum) for finding in findings]


def holding(finding):
    return [tested.naam for tested in finding.onderdrukkers if tested.geldt is not False]


# -- R04 -------------------------------------------------------------------------------------------------


def mate(rol: str | None = "KOSTENDELER", born: str = "19980501", **columns: str) -> World:
    """A housemate of 28 who came in August 2026, and whom the dienst knows since 2020."""
    world = alone().person(2, house=1, born=born, **({"datum_aanvang_adreshouding": "20260801"} | columns))
    return world if rol is None else world.knows(1, 2, rol)


def test_a_kostendeler_begins_a_course(story):
    (found,) = story(mate().enrolled(2, "20260901"))
    assert (found.regel, found.richting, found.route) == ("R04", "voordeel", "ambtshalve_voorstel")
    assert (found.feitdatum, holding(found), found.bericht) == (date(2026, 9, 1), [], None)


def test_a_student_stopped(nights):
    for (found,) in nights(mate(rol).enrolled(2, "20240901", "20260531") for rol in ("STUDENT", "BBL")):
        assert (found.regel, found.richting, found.route) == ("R04", "nadeel", "taak")
        assert (found.feitdatum, holding(found), found.bericht) == (date(2026, 5, 31), [], None)


def test_a_start_speaks_for_a_course_that_certainly_gives_a_right(nights):
    cases = [
        ({}, True), (BBL, True), (BOL, True), ({"onderwijsvorm": "duaal"}, True),
        (PART_TIME, False), ({"onderwijsvorm": None}, False), ({"niveau": "VO-HAVO"}, False),
        ({"inschrijvingsvorm": "E"}, False), ({"inschrijvingsvorm": "A"}, False),
    ]  # fmt: skip
    found = nights(mate().enrolled(2, "20260901", **columns) for columns, _ in cases)
    assert [bool(each) for each in found] == [speaks for _, speaks in cases]


def test_who_has_studiefinanciering_has_a_right_to_it_whatever_the_course(story):
    world = mate().enrolled(2, "20260901", onderwijsvorm=None).granted(2, "20260901", "20261231")
    assert told(story(world)) == [("R04", date(2026, 9, 1))]
    assert story(mate().enrolled(2, "20260901", onderwijsvorm=None).granted(2, "20240901", "20250831")) == []


def test_30_on_the_first_day_is_too_old_to_be_certain_of_a_right(nights):
    found = nights(mate(born=born).enrolled(2, "20260901") for born in ("19960902", "19960901", "19960900"))
    assert [bool(each) for each in found] == [True, False, False]


def test_bbl_has_no_age(story):
    assert told(story(mate(born="19700101").enrolled(2, "20260901", **BBL))) == [("R04", date(2026, 9, 1))]


def test_a_stop_speaks_unless_the_course_never_gave_a_right(nights):
    courses = ({}, {"onderwijsvorm": None}, PART_TIME)
    found = nights(mate("STUDENT").enrolled(2, "20240901", "20260531", **columns) for columns in courses)
    assert [bool(each) for each in found] == [True, True, False]


def test_a_summer_a_new_enrolment_and_a_next_course_are_no_stop(nights):
    worlds = [
        mate("STUDENT").enrolled(2, "20250901", "20260715").enrolled(2, "20260901"),  # a summer
        mate("STUDENT").enrolled(2, "20250901", "20260831").enrolled(2, "20260901"),  # enrolled again
        mate("STUDENT").enrolled(2, "20240901", "20260531").enrolled(2, "20260801"),  # 62 days later: the next course
        mate("STUDENT").enrolled(2, "20240901", "20260930"),  # a course may still follow
    ]
    assert nights(worlds) == [[]] * 4


def test_the_cuts_of_duo_are_no_start(story):
    world = mate().enrolled(2, "20250901", "20260831").enrolled(2, "20260901", "20270831")
    assert told(story(world)) == [("R04", date(2025, 9, 1))]


def test_a_start_is_told_56_days_ahead(nights):
    cases = [("20261103", True), ("20261229", True), ("20261230", False), ("20261200", False)]
    found = nights(mate().enrolled(2, first) for first, _ in cases)
    assert [bool(each) for each in found] == [speaks for _, speaks in cases]


def test_an_end_that_duo_has_given_in_advance_is_no_stop_yet(story):
    assert story(mate("STUDENT").enrolled(2, "20240901", "20261110")) == []


def test_a_stop_changes_nothing_for_who_counts_or_is_exempt_for_another_reason_or_is_too_young(nights):
    mates = [mate(rol, "19980501") for rol in ("KIND", None, "COMMERCIELE_RELATIE")] + [mate("STUDENT", "20000501")]
    found = nights(world.enrolled(2, "20240901", "20260531") for world in mates)
    assert [f for each in found for f in each if f.regel == "R04"] == []


def test_the_same_finding_on_every_night_whatever_duo_leaves_out_of_the_past(night):
    whole, cut = mate().enrolled(2, "20240901"), mate().enrolled(2, "20260901")
    ids = {f.signaal_id for f in (*night(whole), *night(cut), *night(whole, date(2026, 11, 20)))}
    assert len(ids) == 1
    assert ids.isdisjoint(f.signaal_id for f in night(mate("STUDENT").enrolled(2, "20240901", "20260531")))


@pytest.mark.parametrize(
    ("world", "in_the_way"),
    [
        (lambda: mate().enrolled(2, "20260901").reported(1, "STUDIE"), ["gemeld_studie"]),
        (lambda: mate().enrolled(2, "20260901").reported(1, "STUDIE", "VERWERKT"), []),
        (lambda: mate().enrolled(2, "20260901", **NAMELESS), ["koppeling_onzeker"]),
        (
            lambda: mate().enrolled(2, "20260901", geslachtsnaam="Pietersen", geboortedatum="19700101"),
            ["koppeling_onzeker"],
        ),
        (
            lambda: mate(vp_aanduiding_in_onderzoek="080000", vp_datum_ingang_onderzoek="20260901").enrolled(
                2, "20260901"
            ),
            ["bewoner_in_onderzoek"],
        ),
    ],
)
def test_what_stands_in_the_way(night, world, in_the_way):
    (found,) = [f for f in night(world()) if f.regel == "R04"]
    assert holding(found) == in_the_way


# -- R01 and R03 -----------------------------------------------------------------------------------------


def test_an_unknown_housemate_who_studies(nights):
    cases = [
        ({}, ["studeert"]),
        (BBL, ["studeert"]),
        ({"onderwijsvorm": None}, ["studeert_misschien"]),
        ({"niveau": "VO-HAVO"}, ["studeert_misschien"]),
        ({"inschrijvingsvorm": "E"}, ["studeert_misschien"]),
        (PART_TIME, []),
        (NAMELESS, ["studeert_misschien"]),
    ]
    found = nights(mate(None).enrolled(2, "20250901", **columns) for columns, _ in cases)
    assert [[(one.regel, holding(one)) for one in each] for each in found] == [[("R01", held)] for _, held in cases]


def test_whether_an_unknown_housemate_studies_today(nights):
    cases = [
        ("20240901", "20260531", []),  # stopped, certainly
        ("20240901", "20260930", ["studeert_misschien"]),  # a course may follow
        ("20261201", None, []),  # not yet
        ("20260000", None, ["studeert_misschien"]),
    ]
    found = nights(mate(None).enrolled(2, first, last) for first, last, _ in cases)
    assert [holding(each[0]) for each in found] == [held for *_, held in cases]


def test_a_housemate_who_turns_27_and_studies(story):
    (found,) = story(mate("JONGER_DAN_27", "19991203").enrolled(2, "20250901"))
    assert (found.regel, holding(found)) == ("R03", ["studeert"])
    (found,) = story(mate("JONGER_DAN_27", "19991203").enrolled(2, "20250901", onderwijsvorm=None))
    assert (found.regel, holding(found)) == ("R03", ["studeert_misschien"])


def test_a_finding_rests_on_the_delivery_of_duo_where_it_said_something(story):
    (student,), (other,) = story(mate(None).enrolled(2, "20250901")), story(mate(None))
    assert student.bronnen == ("brp", "duo", "uitkeringsgegevens")
    assert other.bronnen == ("brp", "uitkeringsgegevens")


def test_where_duo_does_not_deliver_nothing_changes(story):
    (found,) = story(mate(None).enrolled(2, "20250901"), duo=None)
    assert (found.regel, holding(found)) == ("R01", [])


@pytest.mark.parametrize(
    ("heard", "in_the_way"),
    [(date(2026, 9, 19), ["studeert"]), (date(2026, 9, 18), ["studeert_misschien"])],  # 45 and 46 days ago
)
def test_what_duo_said_too_long_ago_is_a_question(story, heard, in_the_way):
    assert holding(story(mate(None).enrolled(2, "20250901"), duo=heard)[0]) == in_the_way


# -- R23 -------------------------------------------------------------------------------------------------


def couple() -> World:
    """Clients 1 and 2, born in 1980 and 1998."""
    return World().person(1, house=1).person(2, house=1, born="19980501").uitkering(1, house=1, partner=2)


def test_a_belanghebbende_studies(nights):
    cases = [({}, True), (BOL, True), ({"onderwijsvorm": None}, True), (BBL, False), (PART_TIME, False), ({"niveau": "VO-HAVO"}, False)]  # fmt: skip
    found = nights(alone().enrolled(1, "20260901", **columns) for columns, _ in cases)
    assert [told(each) for each in found] == [[("R23", date(2026, 9, 1))] * speaks for _, speaks in cases]
    said = [[(one.richting, one.route, holding(one)) for one in each] for each in found]
    assert said == [[("gemengd", "taak", [])] * speaks for _, speaks in cases]


def test_a_partner_studies(story):
    (found,) = story(couple().enrolled(2, "20260901"))
    assert (found.regel, found.feiten["rol"]) == ("R23", "partner")


def test_a_study_the_dienst_dealt_with(nights):
    cases = [
        ("20260901", "VERWERKT", False),  # received on 20 October
        ("20260901", "AFGEWEZEN", False),
        ("20261103", "VERWERKT", False),  # told beforehand
        ("20261222", "VERWERKT", True),  # 63 days before it began: about something else
        ("20261221", "VERWERKT", False),
    ]
    found = nights(alone().enrolled(1, first).reported(1, "STUDIE", status) for first, status, _ in cases)
    assert [bool(each) for each in found] == [speaks for *_, speaks in cases]


def test_a_study_that_was_reported_or_is_somebody_elses_perhaps(night):
    assert holding(night(alone().enrolled(1, "20260901").reported(1, "STUDIE"))[0]) == ["gemeld_studie"]
    assert holding(night(alone().enrolled(1, "20260901", **NAMELESS))[0]) == ["koppeling_onzeker"]
    # 2 is a partner whose melding counts as well.
    assert holding(night(couple().enrolled(1, "20260901").reported(2, "STUDIE"))[0]) == ["gemeld_studie"]


# -- R24 -------------------------------------------------------------------------------------------------


def paid(income: int | None = 0, lowered: str | None = "2", **uitkering: str) -> World:
    """Client 1 alone, with what is set off since July; the study ended on 31 May 2026."""
    amounts = {"inkomsten_bedrag_cent": None if income is None else str(income), "verlaagd_bij_besluit": lowered}
    world = World().person(1, house=1, born="19980501").uitkering(1, house=1, **uitkering).norm(1, SINGLE, **amounts)
    return world.enrolled(1, "20240901", "20260531")


def r24(findings):
    return [found for found in findings if found.regel == "R24"]


def test_a_study_that_stopped_while_less_is_paid(nights):
    cases = [
        (30_000, "2", True), (30_000, None, True), (30_000, "0", True), (0, "1", True), (None, "1", True),
        (0, "2", False), (0, None, False), (None, None, False), (0, "0", False),
    ]  # fmt: skip
    found = nights(paid(income, lowered) for income, lowered, _ in cases)
    assert [told(r24(each)) for each in found] == [[("R24", date(2026, 5, 31))] * speaks for *_, speaks in cases]


def test_what_began_after_the_study(nights):
    cases = [
        ("2026-05-31", True, True),
        ("2026-06-01", False, True),  # income of before the uitkering is not set off in it
        ("2026-11-29", False, True),
        ("2026-11-30", False, False),  # six months after the study
    ]
    day = date(2026, 12, 15)
    income = nights((paid(30_000, datum_aanvang_uitkering=since) for since, *_ in cases), day=day, duo=day)
    lowered = nights((paid(0, "1", datum_aanvang_uitkering=since) for since, *_ in cases), day=day, duo=day)
    speaks = [(bool(r24(one)), bool(r24(other))) for one, other in zip(income, lowered, strict=True)]
    assert speaks == [(one, other) for _, one, other in cases]


def test_who_enrolled_again_studies(nights):
    began = {
        "20260801": date(2024, 9, 1),  # 62 days after 31 May
        "20260904": date(2024, 9, 1),  # after 95 days of summer
        "20260905": date(2026, 9, 5),
    }
    found = nights(paid(30_000).enrolled(1, first) for first in began)
    assert [told(each) for each in found] == [[("R23", since)] for since in began.values()]


def test_who_never_had_a_right_or_told_of_it(story):
    world = paid(30_000)
    world.rows["duo_inschrijving"][0]["onderwijsvorm"] = "deeltijd"
    assert story(world) == []
    assert story(paid(30_000).reported(1, "STUDIE", "VERWERKT")) == []
    assert holding(story(paid(30_000).reported(1, "STUDIE"))[0]) == ["gemeld_studie"]
