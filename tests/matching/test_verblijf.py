"""Where somebody stays: elsewhere, abroad, nobody knows where, in an institution, or only at a briefadres."""

from datetime import UTC, date, datetime

import pytest

from matching.intake.take_in import take_in
from matching.recipients import read_recipients
from matching.rule import Reading, all_rules
from matching.views import VIEWS, ViewParameters, build_views, read_view
from store.warehouse import Warehouse
from tests.world import DAY, World, anummer

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
MOVED = {"datum_aanvang_adreshouding": "20261020"}
ELSEWHERE = MOVED | {"gemeente_van_inschrijving": "0363"}
#: Article 21 a, 21 b, 23 lid 1 a with lid 2 a, and 23 lid 3 (one of two inside) as of 2026-07-01.
ALONE, COUPLE, INSIDE, ONE_INSIDE = 141946, 202779, 44944 + 4700, 141946 + 44944 + 4700


@pytest.fixture
def warehouse(tmp_path):
    with Warehouse(tmp_path / "w.duckdb") as opened:
        yield opened


@pytest.fixture
def night(warehouse, tmp_path):
    """A function: a world in, the findings of its day out; house 7 and all of 5678ZZ are institutions."""

    def run(world: World, overdracht=()):
        take_in(warehouse, world.write_all(tmp_path), now=NOW)
        parameters = ViewParameters(
            DAY, 27, 12, ("9901", "9902"), "geheim", (("1234AB", "7", "", ""), ("5678 zz", "", "", "")),
            normen_inrichting=(INSIDE, ONE_INSIDE), normen_vol=(ALONE, COUPLE, INSIDE, ONE_INSIDE), overdracht=overdracht,
        )  # fmt: skip
        build_views(warehouse, parameters)
        views = {name: read_view(warehouse, name) for name in VIEWS}
        return [finding for rule in all_rules() for finding in rule.find(views[rule.view], Reading(DAY))]

    return run


def registered(house: int | None = 1, **columns: str | None) -> World:
    """Client 1, for whom the dienst has house 1, as the BRP has them."""
    return World().person(1, house, **columns).uitkering(1, house=1)


def told(findings):
    return [(f.regel, f.feitdatum) for f in findings]


def holding(finding):
    return [tested.naam for tested in finding.onderdrukkers if tested.geldt is not False]


def by_dossier(findings, rule):
    return {f.dossiernummer: f for f in findings if f.regel == rule}


# -- R15: another gemeente -------------------------------------------------------------------------------


def test_the_letter_to_who_moved_away_goes_to_the_new_address(night, warehouse):
    (found,) = night(registered(5, **ELSEWHERE, woonplaats="Amsterdam"))
    assert told([found]) == [("R15", date(2026, 10, 20))]
    assert (found.bericht, holding(found)) == ("verhuisd_buiten_gebied", [])
    recipient = read_recipients(warehouse, {"D-1"}, DAY)["D-1"]
    assert (recipient.huisnummer, recipient.woonplaats) == ("5", "Amsterdam")


BOAT = {"functie_adres": "W", "locatiebeschrijving": "Woonboot"}


def test_the_boundary_with_a_move_within_the_area_with_a_briefadres_and_with_who_moved_alone(night):
    world = World().person(1, house=11, **MOVED, gemeente_van_inschrijving="9902").uitkering(1, house=1)
    world.person(2, house=12, **MOVED, gemeente_van_inschrijving=None).uitkering(2, house=2)
    world.person(3, house=13, **ELSEWHERE, functie_adres="B").uitkering(3, house=3)
    world.person(4, **ELSEWHERE, **BOAT).uitkering(4, house=4)
    world.person(5, house=5).person(6, house=16, **ELSEWHERE).uitkering(5, house=5, partner=6)
    found = night(world)
    assert {(f.dossiernummer, f.regel) for f in found if f.regel in ("R14", "R15", "R16", "R28")} == {
        ("D-1", "R14"), ("D-3", "R28"), ("D-4", "R15"),
    }  # fmt: skip
    # A houseboat elsewhere is elsewhere, but no address for a letter.
    assert holding(by_dossier(found, "R15")["D-4"]) == ["geen_brief_mogelijk"]


def test_what_stands_in_the_way_of_the_letter_to_who_moved_away(night):
    world = World()
    for number in range(1, 6):
        world.person(number, house=10 + number, **ELSEWHERE).uitkering(number, house=number)
    world.reported(1, "VERHUIZING").reported(2, "VERHUIZING", "VERWERKT")
    world.change("brp_persoon", "anummer", anummer(3), indicatie_geheim="7")
    world.change("brp_persoon", "anummer", anummer(4), datum_aanvang_adreshouding="20260000")
    world.change("brp_persoon", "anummer", anummer(5), vp_aanduiding_in_onderzoek="080000")
    assert {dossier: holding(f) for dossier, f in by_dossier(night(world), "R15").items()} == {
        "D-1": ["gemeld_verhuizing"], "D-2": [], "D-3": ["geheim"], "D-4": ["datum_onzeker"], "D-5": ["in_onderzoek"],
    }  # fmt: skip


ZUID = ((ELSEWHERE["gemeente_van_inschrijving"], "Dienst Zuid, 14 0123"), ("0518", "Dienst Zee, 14 070"))


def test_who_moved_to_a_gemeente_that_takes_part_is_called_and_gets_no_letter(night):
    (found,) = night(registered(5, **ELSEWHERE), ZUID)
    assert (found.regel, found.route, found.bericht) == ("R15", "taak", None)
    assert "samen met de inwoner te bellen met Dienst Zuid, 14 0123." in found.taak
    assert "Vertel daar alleen wat de inwoner goed vindt" in found.taak
    assert found.feiten["overdracht_naar"] == "Dienst Zuid, 14 0123"


def test_it_is_the_same_finding_with_and_without_a_warm_transfer(night):
    (warm,) = night(registered(5, **ELSEWHERE), ZUID)
    (letter,) = night(registered(5, **ELSEWHERE))
    assert (warm.signaal_id, letter.bericht) == (letter.signaal_id, "verhuisd_buiten_gebied")


def test_no_transfer_where_nobody_takes_part_or_somebody_is_hidden_or_may_be(night):
    world = World()
    cases = {
        "hidden": ELSEWHERE | {"indicatie_geheim": "7"},
        "may be hidden": ELSEWHERE | {"indicatie_geheim": None},
        "a gemeente that does not take part": ELSEWHERE | {"gemeente_van_inschrijving": "0599"},
        "a gemeente of the same dienst": ELSEWHERE | {"gemeente_van_inschrijving": "9902"},
        "nobody knows which": ELSEWHERE | {"gemeente_van_inschrijving": None},
    }
    for number, columns in enumerate(cases.values(), start=1):
        world.person(number, house=10 + number, **columns).uitkering(number, house=number)
    found = [one for one in night(world, (*ZUID, ("9902", "de eigen dienst"))) if one.regel == "R15"]
    assert {one.dossiernummer for one in found} == {"D-1", "D-2", "D-3"}
    assert {(one.route, one.feiten["overdracht_naar"]) for one in found} == {("nudge_dan_taak", None)}


# -- R16: gone -------------------------------------------------------------------------------------------

ABROAD = {"land_adres_buitenland": "5010", "datum_aanvang_adres_buitenland": "20261015"}
SUSPENDED = {"datum_opschorting": "20261015", "reden_opschorting": "E"}
DEAD = {"datum_overlijden": "20261020", "datum_opschorting": "20261020", "reden_opschorting": "O"}
DAY_GONE = date(2026, 10, 15)
GONE = {
    "abroad": (ABROAD | SUSPENDED, ("taak", DAY_GONE)),
    "abroad, and the list is not suspended": (ABROAD, ("taak", DAY_GONE)),
    "nobody knows where": (ABROAD | SUSPENDED | {"land_adres_buitenland": "0000"}, ("hulptaak", DAY_GONE)),
    "emigrated, and the country was never written down": (SUSPENDED, ("hulptaak", DAY_GONE)),
    "kept as who does not live in the country": (SUSPENDED | {"reden_opschorting": "R"}, ("hulptaak", DAY_GONE)),
    "on an unknown day": (SUSPENDED | {"datum_opschorting": None}, ("hulptaak", None)),
    "on some day of a year": (SUSPENDED | {"datum_opschorting": "20260000"}, ("hulptaak", None)),
    "suspended by the minister": (SUSPENDED | {"reden_opschorting": "M"}, None),
    "suspended, and the reason is not known": (SUSPENDED | {"reden_opschorting": "."}, None),
    "suspended, and nobody gives a reason": (SUSPENDED | {"reden_opschorting": None}, None),
    "died abroad": (ABROAD | DEAD, None),
    "never away": (World.address(7), None),
}


def test_gone_abroad_asks_and_gone_nobody_knows_where_helps_first(night):
    world, expected = World(), {}
    for number, (columns, told_as) in enumerate(GONE.values(), start=1):
        world.person(number, **columns).uitkering(number, house=number)
        expected |= {} if told_as is None else {f"D-{number}": told_as}
    found = by_dossier(night(world), "R16")
    assert {dossier: (f.route, f.feitdatum) for dossier, f in found.items()} == expected


def test_a_registration_that_is_restored_is_no_finding_any_more(night):
    gone = night(registered(None, **SUSPENDED))
    assert [f.regel for f in gone] == ["R16"]
    assert night(registered(1)) == []


def test_a_stay_abroad_that_was_reported_waits_for_the_dienst(night):
    world = World().person(1, **ABROAD).uitkering(1, house=1).reported(1, "VERBLIJF_BUITENLAND")
    world.person(2, **ABROAD).uitkering(2, house=2).reported(2, "INKOMEN")
    found = by_dossier(night(world), "R16")
    assert [holding(found[dossier]) for dossier in ("D-1", "D-2")] == [["gemeld_verblijf_buitenland"], []]


# -- R28: a briefadres -----------------------------------------------------------------------------------


def test_a_briefadres_without_a_lowered_norm_is_a_question(night):
    cases = [
        ({}, ALONE, None, True),
        ({}, None, None, True),
        # the dienst has lowered the norm by a fifth, so it knows
        ({}, ALONE - 28389, None, False),
        # no norm of article 21 either, but the kostendelersnorm of two: nothing was lowered
        ({}, 101390, "2", True),
        (ABROAD, ALONE, None, False),
        (SUSPENDED, ALONE, None, False),
        ({"functie_adres": "W"}, ALONE, None, False),
    ]
    world, expected = World(), set()
    for number, (columns, norm, kostendelers, speaks) in enumerate(cases, start=1):
        world.person(number, house=10 + number, **{"functie_adres": "B", **MOVED, **columns})
        world.uitkering(number, house=number, aantal_kostendelers=kostendelers)
        if norm is not None:
            world.norm(number, norm)
        expected |= {f"D-{number}"} if speaks else set()
    found = by_dossier(night(world), "R28")
    assert set(found) == expected
    assert {f.feitdatum for f in found.values()} == {date(2026, 10, 20)}


# -- R27: an institution ---------------------------------------------------------------------------------


def test_address_and_norm_of_an_institution_go_together(night):
    cases = [
        ("5678ZZ", ALONE, "PW", "begint"),
        ("5678ZZ", INSIDE, "PW", None),
        ("5678ZZ", None, "PW", None),
        ("1234AB", INSIDE, "PW", "eindigt"),
        ("1234AB", ALONE, "PW", None),
        # the norms of other laws say nothing about an inrichting
        ("5678ZZ", ALONE, "IOAW", None),
        ("1234AB", INSIDE, "IOAW", None),
    ]
    world, expected = World(), {}
    for number, (postcode, norm, wetcode, seen) in enumerate(cases, start=11):
        world.person(number, house=number, **MOVED, postcode=postcode)
        world.uitkering(number, house=number, postcode=postcode, wetcode=wetcode)
        if norm is not None:
            world.norm(number, norm)
        expected |= {f"D-{number}": seen} if seen else {}
    found = night(world)
    assert {f.dossiernummer: f.feiten["inrichting"] for f in found} == expected
    assert set(told(found)) == {("R27", date(2026, 10, 20))}


def test_an_institution_is_one_address_or_a_whole_postcode(night):
    world = registered(7, **MOVED).norm(1, ALONE)
    world.person(2, house=8, **MOVED).uitkering(2, house=8).norm(2, ALONE)
    assert told(night(world)) == [("R14", date(2026, 10, 20)), ("R27", date(2026, 10, 20))]


def test_of_a_couple_it_is_told_of_who_stays_there_and_over_when_both_are_home(night):
    world = World()
    for number, (own, partners, norm) in enumerate(
        [(7, 11, COUPLE), (12, 7, COUPLE), (7, 13, ONE_INSIDE), (14, 14, ONE_INSIDE)], start=1
    ):
        world.person(number, house=own, **MOVED).person(50 + number, house=partners, **MOVED)
        world.uitkering(number, house=own, partner=50 + number).norm(number, norm)
    found = [f for f in night(world) if f.regel == "R27"]
    assert {(f.dossiernummer, f.feiten["inrichting"], f.feiten["rol"]) for f in found} == {
        ("D-1", "begint", "belanghebbende"), ("D-2", "begint", "partner"), ("D-4", "eindigt", "belanghebbende"),
    }  # fmt: skip


def test_a_stay_that_was_reported_waits_for_the_dienst(night):
    world = registered(7, **MOVED).norm(1, ALONE).reported(1, "OPNAME")
    (found,) = [f for f in night(world) if f.regel == "R27"]
    assert holding(found) == ["gemeld_opname"]
