"""One fact seen by two sources: the BRP shows a housemate, and the Inlichtingenbureau signals the same."""

from datetime import UTC, datetime

import pytest

from contracts.delivery import DeliveryKind
from contracts.tables import Bron
from matching.intake.take_in import take_in
from matching.rule import Reading, all_rules
from matching.views import VIEWS, ViewParameters, build_views, read_view
from store.warehouse import Warehouse
from tests.world import DAY, World, alone, bsn

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
LEVERINGEN = {Bron.UITKERINGSGEGEVENS: "dienst-1", Bron.BRP: "brp-1", Bron.IB: "ib-1"}
BOTH, ALL = ("brp-1", "dienst-1"), ("brp-1", "dienst-1", "ib-1")


@pytest.fixture
def night(tmp_path):
    """A function: a world in, (rule, deliveries) of each finding out."""

    def run(world: World, *, with_ib: bool = True):
        deliveries = world.write_all(tmp_path / "leveringen")
        if with_ib:
            deliveries.append(world.write(tmp_path / "leveringen", Bron.IB, DAY, DeliveryKind.MUTATIES))
        with Warehouse(tmp_path / "w.duckdb") as warehouse:
            take_in(warehouse, deliveries, now=NOW)
            build_views(warehouse, ViewParameters(DAY, 27, 12, ("9901",), "geheim"))
            views = {name: read_view(warehouse, name) for name in VIEWS}
        reading = Reading(DAY, leveringen=LEVERINGEN)
        return [finding for rule in all_rules() for finding in rule.find(views[rule.view], reading)]

    return run


def kostendelers(world: World, reden: str, since: str, who: int = 2, client: int = 1, **columns: str | None) -> World:
    """A signal kostendelers about person ``who``, with the name and birth date that prove the number."""
    about = {
        "betreft_burgerservicenummer": bsn(who), "betreft_voorletters": "N", "betreft_geslachtsnaam": "Jansen",
        "betreft_geboortedatum": "19800101",
    }  # fmt: skip
    return world.signal(client, "KOSTENDELERS", since, bron="RVIG", signaalreden=reden, **(about | columns))


def came() -> World:
    return alone().person(2, house=1, datum_aanvang_adreshouding="20261020")


def test_a_housemate_both_see_is_one_finding_that_names_both(night):
    (found,) = night(kostendelers(came(), "INWONING", "20261020"))
    assert (found.regel, found.bronnen, found.feiten["ib_gezien"]) == ("R01", ALL, True)


def test_without_the_second_source_it_is_the_same_finding(night):
    (one,) = night(came(), with_ib=False)
    (two,) = night(kostendelers(came(), "INWONING", "20261020"))
    assert one.signaal_id == two.signaal_id
    assert (one.bronnen, one.onderdrukkers) == (BOTH, two.onderdrukkers)


OTHER_FACTS = {
    "an earlier stay": ("INWONING", "20250101", {}),
    "perhaps an earlier stay": ("INWONING", "20260000", {}),
    "somebody who left": ("VERTREK", "20261020", {}),
    "a study that ended": ("EINDE_STUDIE", "20261020", {}),
    "somebody else": ("INWONING", "20261020", {"betreft_burgerservicenummer": bsn(90)}),
    "whose number it is, is a question": ("INWONING", "20261020", {"betreft_geboortedatum": "19810101"}),
    "another dossier": ("INWONING", "20261020", {"dossiernummer": "D-99"}),
}


def test_what_is_not_the_same_fact_for_certain_is_not_named(night):
    world = World()
    for client, (reden, since, columns) in enumerate(OTHER_FACTS.values(), start=1):
        who = 10 + client
        world.person(client, house=client).uitkering(client, house=client)
        world.person(who, house=client, datum_aanvang_adreshouding="20261020")
        kostendelers(world, reden, since, who, client, **columns)
    found = [f for f in night(world) if f.regel == "R01"]
    assert len(found) == len(OTHER_FACTS)
    assert {(f.bronnen, f.feiten["ib_gezien"]) for f in found} == {(BOTH, False)}


def test_a_kostendeler_who_left_by_both_sources(night):
    world = alone().person(2, house=5, datum_aanvang_adreshouding="20261015").knows(1, 2)
    (found,) = night(kostendelers(world, "VERTREK", "20261001"))
    assert (found.regel, found.bronnen) == ("R02", ALL)


def test_a_kostendeler_who_left_and_a_signal_from_before_the_dienst_knew_them(night):
    world = alone().person(2, house=5, datum_aanvang_adreshouding="20261015").knows(1, 2)
    (found,) = night(kostendelers(world, "VERTREK", "20191231"))
    assert (found.regel, found.bronnen) == ("R02", BOTH)


def test_a_housemate_who_turned_27_by_both_sources(night):
    world = alone().person(2, house=1, born="19991101").knows(1, 2, rol="JONGER_DAN_27")
    (found,) = night(kostendelers(world, "27E_VERJAARDAG", "20261101", betreft_geboortedatum="19991101"))
    assert (found.regel, found.bronnen) == ("R03", ALL)


def test_a_housemate_whom_the_brp_does_not_show_here_is_no_finding(night):
    world = alone().person(2, house=5)
    assert night(kostendelers(world, "INWONING", "20261020")) == []


def test_no_rule_needs_the_source_that_only_saw_it_too():
    for rule in all_rules():
        assert not set(rule.also_seen_by.values()) & set(rule.sources), rule.rule_id
