"""What decides how somebody hears of it: detention, a child that lives with neither parent, what they asked for."""

from datetime import UTC, datetime

import pytest

from contracts.delivery import DeliveryKind
from contracts.tables import Bron
from matching.households import read_households
from matching.intake.take_in import take_in
from matching.views import ViewParameters, build_views
from store.warehouse import Warehouse
from tests.world import DAY, EACH, World, bsn, place_of

pytestmark = pytest.mark.nights

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
PLAIN = {
    "gedetineerd": False, "kind_elders": False, "wil_gebeld": False, "hulp_bij_lezen": False, "wil_email": False,
    "mobiel": False, "vertegenwoordiger_bereikbaar": False,
}  # fmt: skip


@pytest.fixture
def night(tmp_path):
    """A function: a world in, what is known of each household out."""

    def run(world: World):
        with Warehouse(tmp_path / "w.duckdb") as warehouse:
            deliveries = [*world.write_all(tmp_path), world.write(tmp_path, Bron.IB, soort=DeliveryKind.MUTATIES)]
            take_in(warehouse, deliveries, now=NOW)
            build_views(warehouse, ViewParameters(DAY, 27, 12, ("9901",), "geheim"), views=["omstandigheid"])
            dossiers = {row["dossiernummer"] for row in world.rows["uitkering"]}
            return read_households(warehouse, dossiers)

    return run


def apart(found, place):
    """What is known of the households of one world, by their own numbers."""
    here = ((number_of(name), known) for name, known in found.items() if place in (None, place_of(name)))
    return {f"D-{number - EACH * (place or 0)}": known for number, known in here}


def number_of(dossiernummer):
    return int(dossiernummer.removeprefix("D-"))


def clients(count: int) -> World:
    world = World()
    for number in range(1, count + 1):
        world.person(number, house=number).uitkering(number, house=number)
    return world


def wish(world: World, number: int, **columns):
    world.rows["klantvoorkeur"].append(
        {"burgerservicenummer": bsn(number), "kanaal": "POST", "geheimhouding": "2"} | columns
    )
    return world


def test_of_most_households_nothing_special_is_known(story):
    assert story(clients(1)) == {"D-1": PLAIN}


#: (first day, last day of the fact, last day of the overlap, is detained on 3 November 2026)
DETENTIONS = [
    ("20261020", None, None, True),
    ("20261020", "20261102", "20261102", False),
    ("20261020", "20261103", "20261103", True),  # the last day counts
    ("20261020", "20270101", "20261031", True),
    ("20261020", "99991231", "20261031", True),
    ("20261020", None, "20261031", True),  # a signal of a month, and no end of the fact: it may go on
    ("20260101", None, "20260701", True),  # nothing was heard for four months, and no end either
    ("20261020", "20261100", "20261031", True),  # may have ended in November, or not
]


def test_who_is_detained_now(story):
    world = clients(len(DETENTIONS))
    for number, (since, until, overlap, _) in enumerate(DETENTIONS, start=1):
        world.signal(number, "DETENTIE", since, until, datum_einde_samenloop=overlap, bron="DJI_JUSTID")
    found = story(world)
    assert [found[f"D-{n}"]["gedetineerd"] for n in range(1, len(DETENTIONS) + 1)] == [row[-1] for row in DETENTIONS]


def test_a_detained_partner_counts_too(story):
    world = World().person(1, house=1).person(2, house=1).uitkering(1, house=1, partner=2)
    world.signal(1, "DETENTIE", "20261020", burgerservicenummer=bsn(2), bron="DJI_JUSTID")
    assert story(world)["D-1"]["gedetineerd"] is True


def test_a_detention_of_which_nobody_is_sure_whose_it_is_is_not_known(story):
    # The dossier is another one than that of the person: the two do not prove each other.
    world = clients(2).signal(1, "DETENTIE", "20261020", dossiernummer="D-2", bron="DJI_JUSTID")
    assert story(world)["D-1"]["gedetineerd"] is None


def family(child_house: int | None, other_house: int = 3, born: str = "20150601") -> World:
    """Two parents apart, with a child; the first has the uitkering. Others with one live at houses 3 and 4."""
    world = clients(1).person(2, house=other_house).person(3, house=child_house, born=born)
    for number in (13, 14):
        world.person(number, house=number - 10).uitkering(number, house=number - 10)
    for parent, place in ((1, "ouder1"), (2, "ouder2")):
        world.related(parent, "kind", 3).related(3, place, parent)
    return world


@pytest.mark.parametrize(
    ("world", "elsewhere"),
    [
        (family(1), False),  # at home
        (family(3), False),  # with the other parent
        (family(4), True),  # with neither
        (family(None), None),  # nobody knows where
        (family(9), None),  # where no uitkering is: nothing of who lives there is kept
        (family(4, born="20000601"), False),  # grown up
    ],
    ids=["at home", "with the other parent", "with neither", "nobody knows where", "not kept", "grown up"],
)
def test_a_child_that_lives_with_neither_parent_is_placed_elsewhere(story, world, elsewhere):
    assert story(world)["D-1"]["kind_elders"] is elsewhere


def test_one_child_elsewhere_is_enough(story):
    world = family(1).person(4, house=4, born="20170101").related(1, "kind", 4).related(4, "ouder1", 1)
    assert story(world)["D-1"]["kind_elders"] is True


@pytest.mark.parametrize(
    ("columns", "calls", "reads"),
    [
        ({"kanaal": "BELLEN"}, True, False),
        ({"kanaal": "EMAIL"}, False, False),
        ({"hulp_bij_lezen": "1"}, False, True),
        ({"hulp_bij_lezen": "0"}, False, True),  # unknown: better a call
        ({"hulp_bij_lezen": "2"}, False, False),
    ],
)
def test_what_they_asked_for(story, columns, calls, reads):
    found = story(wish(clients(1), 1, **columns))["D-1"]
    assert (found["wil_gebeld"], found["hulp_bij_lezen"]) == (calls, reads)


EMAIL = {"kanaal": "EMAIL", "emailadres": "noor@voorbeeld.example", "emailadres_geverifieerd_op": "2026-11-03"}
MOBILE = {"mobiel_nummer": "06-00000001", "mobiel_geverifieerd_op": "2026-11-03"}


@pytest.mark.parametrize(
    ("columns", "email", "mobile"),
    [
        (EMAIL, True, False),
        (EMAIL | {"kanaal": "POST"}, False, False),  # not asked for
        (EMAIL | {"emailadres_geverifieerd_op": None}, False, False),
        (EMAIL | {"emailadres_geverifieerd_op": "2026-11-04"}, False, False),  # not by then
        (EMAIL | {"emailadres": None}, False, False),
        (EMAIL | {"emailadres": "noor at voorbeeld"}, False, False),  # no address at all
        (EMAIL | {"emailadres_geverifieerd_op": "gisteren"}, False, False),
        (MOBILE, False, True),
        (MOBILE | {"mobiel_geverifieerd_op": None}, False, False),
        (MOBILE | {"mobiel_nummer": "010-0000001"}, False, False),  # no mobile
        (EMAIL | MOBILE, True, True),
    ],
)
def test_how_they_can_be_reached(story, columns, email, mobile):
    found = story(wish(clients(1), 1, **columns))["D-1"]
    assert (found["wil_email"], found["mobiel"]) == (email, mobile)


OFFICE = {
    "verwijzing": "BW-1", "soort": "BEWINDVOERDER", "naam": "Kantoor Voorbeeld", "straatnaam_of_postbus": "Postbus",
    "huisnummer": "9", "postcode": "1234AB", "woonplaats": "Voorbeeldstad",
}  # fmt: skip
CURATELE = {"indicatie_curateleregister": "1"}


def represented(world: World, number: int = 1, by: str = "BW-1", **office):
    world.rows["vertegenwoordiger"].append(OFFICE | office)
    return wish(world, number, bewindvoerder_of_gemachtigde=by)


@pytest.mark.parametrize(
    ("office", "can"),
    [
        ({}, True),
        ({"soort": "CURATOR"}, True),
        ({"soort": "MENTOR"}, False),  # about care, not about money
        ({"soort": "GEMACHTIGDE"}, False),  # for what, the dienst does not say
        ({"huisnummer": None, "straatnaam_of_postbus": "Postbus 9"}, True),
        ({"huisnummer": None, "straatnaam_of_postbus": "Dorpsstraat"}, False),
        ({"huisnummer": None}, False),
        ({"postcode": None}, False),
        ({"woonplaats": None}, False),
        ({"naam": None}, False),
        ({"datum_einde": "2026-11-03"}, True),  # the last day counts
        ({"datum_einde": "2026-11-02"}, False),
        ({"verwijzing": "BW-2"}, False),  # another one
    ],
)
def test_who_acts_for_them_can_be_written_to(story, office, can):
    assert story(represented(clients(1), **office))["D-1"]["vertegenwoordiger_bereikbaar"] is can


@pytest.mark.parametrize(("soort", "can"), [("CURATOR", True), ("BEWINDVOERDER", False)])
def test_under_curatele_only_a_curator_is_written_to(story, soort, can):
    world = represented(World().person(1, house=1, **CURATELE).uitkering(1, house=1), soort=soort)
    assert story(world)["D-1"]["vertegenwoordiger_bereikbaar"] is can


@pytest.mark.parametrize(
    ("by", "columns", "soort", "can"),
    [
        (None, {}, "BEWINDVOERDER", True),  # nobody acts for the partner
        ("BW-1", {}, "BEWINDVOERDER", True),
        ("BW-2", {}, "BEWINDVOERDER", False),  # each has another one
        (None, CURATELE, "CURATOR", False),  # who the curator of the partner is, nobody knows
        ("BW-1", CURATELE, "CURATOR", True),
        ("BW-1", CURATELE, "BEWINDVOERDER", False),
    ],
)
def test_of_a_couple_one_acts_for_both(story, by, columns, soort, can):
    world = World().person(1, house=1).person(2, house=1, **columns).uitkering(1, house=1, partner=2)
    represented(world, soort=soort)
    wish(world, 2, bewindvoerder_of_gemachtigde=by)
    assert story(world)["D-1"]["vertegenwoordiger_bereikbaar"] is can


def test_only_the_partner_is_represented(story):
    world = World().person(1, house=1).person(2, house=1).uitkering(1, house=1, partner=2)
    assert story(represented(world, number=2))["D-1"]["vertegenwoordiger_bereikbaar"] is False


def test_a_delivery_without_representatives_is_whole(story):
    assert story(wish(clients(1), 1, bewindvoerder_of_gemachtigde="BW-1"))["D-1"] == PLAIN


def test_households_that_were_not_asked_for_are_not_read(tmp_path):
    with Warehouse(tmp_path / "w.duckdb") as warehouse:
        take_in(warehouse, clients(2).write_all(tmp_path), now=NOW)
        build_views(warehouse, ViewParameters(DAY, 27, 12, ("9901",), "geheim"), views=["omstandigheid"])
        assert set(read_households(warehouse, {"D-2", "D-9"})) == {"D-2"}
