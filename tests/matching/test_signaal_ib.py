"""What other organisations know: bijstand elsewhere, detention, and balances beside the vermogensgrens."""

from datetime import UTC, date, datetime

import pytest

from contracts.delivery import DeliveryKind
from contracts.parameters import parameter
from contracts.tables import Bron
from matching.intake.take_in import take_in
from matching.rule import Reading, all_rules
from matching.views import ViewParameters, build_views, read_view
from store.warehouse import Warehouse
from tests.world import DAY, World, bsn

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
GRENZEN = {
    vorm: parameter(f"vermogensgrens_{vorm}").waarden for vorm in ("alleenstaande", "alleenstaande_ouder", "gehuwden")
}
ELSEWHERE, DETENTION, BALANCE = "UITKERING_ANDERE_GEMEENTE", "DETENTIE", "VERMOGEN"


@pytest.fixture
def night(tmp_path):
    """A function: worlds in, each a delivery of its own day, the findings about signals of the last day out."""

    def run(*worlds: World, day: date = DAY):
        with Warehouse(tmp_path / "w.duckdb") as warehouse:
            for world in worlds:
                folder = tmp_path / "leveringen"
                ib = world.write(folder, Bron.IB, world.day, DeliveryKind.MUTATIES)
                take_in(warehouse, [*world.write_all(folder, world.day), ib], now=NOW)
            parameters = ViewParameters(day, 27, 12, ("9901",), "geheim", vermogensgrenzen=GRENZEN)
            build_views(warehouse, parameters, views=["signaal_ib"])
            signals = read_view(warehouse, "signaal_ib")
        asked = [rule for rule in all_rules() if rule.view == "signaal_ib"]
        return {f.dossiernummer: f for rule in asked for f in rule.find(signals, Reading(DAY))}

    return run


def clients(count: int, **columns: str | None) -> World:
    world = World()
    for number in range(1, count + 1):
        world.person(number, house=number).uitkering(number, house=number, **columns)
    return world


def holding(finding):
    return [tested.naam for tested in finding.onderdrukkers if tested.geldt is not False]


# -- R20: bijstand of another gemeente -------------------------------------------------------------------

#: (first day of the overlap, last day, whether it is told): the last delivery and the night are of 3 November 2026.
OVERLAPS = [
    ("20260801", "20260831", False),  # one month to the day
    ("20260801", "20260901", True),
    ("20260131", "20260227", False),  # 31 January and one month is 28 February
    ("20260131", "20260228", True),
    ("20261003", None, True),  # no end yet: until 3 November
    ("20261004", None, False),  # no end yet, and it may be on its way
    ("20261003", "99991231", True),
    ("20261020", "20270301", False),  # so far two weeks
    ("20260800", None, False),  # may have begun in any day of August
    ("20260801", "20260900", False),  # may have ended on any day
    ("20180101", "20191231", False),  # over before this uitkering began on 1 January 2020
    ("20180101", "20200101", True),
    ("20261201", None, False),  # still to come
]


def test_two_gemeenten_may_overlap_for_a_month(night):
    world, expected = clients(len(OVERLAPS)), set()
    for number, (since, until, told) in enumerate(OVERLAPS, start=1):
        world.signal(number, ELSEWHERE, since, until, bronkenmerk="9911")
        expected |= {f"D-{number}"} if told else set()
    found = night(world)
    assert set(found) == expected
    assert found["D-2"].feitdatum == date(2026, 8, 1)
    assert holding(found["D-2"]) == []


def test_an_end_that_comes_later_closes_what_was_only_a_removal(night):
    first = clients(1).signal(1, ELSEWHERE, "20260920", None)
    assert set(night(first)) == {"D-1"}
    ended = clients(1).signal(1, ELSEWHERE, "20260920", "20261005", leveringsdatum="20261103")
    ended.day = date(2026, 11, 4)
    assert night(ended, day=ended.day) == {}


def test_one_fact_is_one_finding_whatever_is_redelivered(night):
    once = clients(1).signal(1, ELSEWHERE, "20260801", "20260915", bronkenmerk="9911")
    (before,) = night(once).values()
    once.signal(1, ELSEWHERE, "20260801", "20260915", bronkenmerk="9911", signaalreden="CORRECTIE", is_correctie="1")
    (after,) = night(once).values()
    assert before.signaal_id == after.signaal_id


def test_who_it_is_about_is_certain_where_dossier_and_person_come_back_together(night):
    world = clients(4)
    world.person(9, house=4).change("uitkering", "uitkering_id", "U-4", partner_burgerservicenummer=bsn(9))
    world.signal(1, ELSEWHERE, "20260801", "20261001", dossiernummer="D-OUD")  # the dossier has another number now
    world.signal(2, ELSEWHERE, "20260801", "20261001", burgerservicenummer=bsn(50))  # about a number nobody knows here
    world.signal(3, ELSEWHERE, "20260801", "20261001", burgerservicenummer=None)
    world.signal(4, ELSEWHERE, "20260801", "20261001", burgerservicenummer=bsn(9))  # the partner
    found = night(world)
    assert {dossier: holding(f) for dossier, f in found.items()} == {
        "D-1": ["signaal_onzeker"], "D-2": ["signaal_onzeker"], "D-3": ["signaal_onzeker"], "D-4": [],
    }  # fmt: skip


# -- R21: detention --------------------------------------------------------------------------------------


def reported(world: World, number: int, since: str | None, received: str, status: str) -> None:
    world.reported(number, "DETENTIE", status)
    world.rows["melding"][-1] |= {"ingangsdatum_wijziging": since, "datum_ontvangst": received}


def test_a_detention_the_dienst_has_not_dealt_with_is_for_the_restricted_group(night):
    world = clients(8)
    for number in range(1, 9):
        world.signal(number, DETENTION, "20260901", "20260920", bron="DJI_JUSTID")
    reported(world, 2, "2026-09-01", "2026-10-20", "VERWERKT")
    reported(world, 3, None, "2026-09-05", "AFGEWEZEN")  # looked at: perhaps article 13 lid 3
    reported(world, 4, "2026-09-01", "2026-09-05", "ONTVANGEN")
    reported(world, 5, "2026-05-01", "2026-05-03", "VERWERKT")  # an earlier detention
    reported(world, 6, "2026-09-21", "2026-09-22", "VERWERKT")  # a later one
    reported(world, 7, "2026-09-20", "2026-09-30", "VERWERKT")  # its last day
    world.reported(8, "INKOMEN", "VERWERKT")
    found = night(world)
    assert {dossier: holding(f) for dossier, f in found.items()} == {
        "D-1": [], "D-4": ["gemeld_detentie"], "D-5": [], "D-6": [], "D-8": [],
    }  # fmt: skip
    assert {f.consulent_id for f in found.values()} == {None}
    assert not any(word in found["D-1"].gezien.lower() for word in ("detentie", "inrichting", "gevangen", "justitie"))


def test_a_detention_of_the_partner_that_still_runs(night):
    world = World().person(1, house=1).person(2, house=1).uitkering(1, house=1, partner=2)
    world.signal(1, DETENTION, "20261028", None, bron="BUZA", burgerservicenummer=bsn(2))
    (found,) = night(world).values()
    assert (found.regel, found.feitdatum) == ("R21", date(2026, 10, 28))


# -- R22: balances ---------------------------------------------------------------------------------------


def balance(
    world: World, number: int, euro: int | None, account: str, jaar: str = "2025", **columns: str | None
) -> World:
    cents = None if euro is None else str(euro * 100)
    return world.signal(
        number, BALANCE, f"{jaar}1231", f"{jaar}1231", bron="BELASTINGDIENST", belastingjaar=jaar, bronkenmerk=account,
        **({"bedragsoort": "SALDO", "bedrag_cent": cents} | columns),
    )  # fmt: skip


#: Article 34 lid 3 in 2025: 7,770 euro of an alleenstaande, 15,540 of an alleenstaande ouder and of gehuwden.
@pytest.mark.parametrize(
    ("leefvorm", "grens"), [("01", 7770), ("02", 15540), ("03", 15540), ("09", 15540), ("00", 15540), ("98", 15540)]
)
def test_the_grens_is_that_of_the_leefvorm_in_the_tax_year(night, leefvorm, grens):
    world = clients(3, leefvorm=leefvorm)
    for number, above in enumerate((0, 1, 250), start=1):
        balance(balance(world, number, 7000, "A"), number, grens + above - 7000, "B")
    found = night(world)
    assert {dossier: f.feiten["boven_grens_euro"] for dossier, f in found.items()} == {"D-2": 1, "D-3": 250}
    assert {f.feitdatum for f in found.values()} == {date(2025, 12, 31)}


def test_what_is_added_up(night):
    world = clients(7)
    balance(balance(world, 1, 5000, "A"), 1, 5000, "A", betreft_burgerservicenummer=None, signaalreden="CORRECTIE")
    balance(balance(world, 2, 9000, "A"), 2, 2000, "B", bedrag_teken="-")
    balance(balance(world, 3, 9000, "A"), 3, None, "B")
    balance(balance(world, 4, 9000, "A", bedragsoort="CATALOGUSWAARDE"), 4, 100, "B")
    balance(balance(world, 5, 6000, "A"), 5, 6000, "A", jaar="2024")
    world.change("uitkering", "uitkering_id", "U-6", datum_aanvang_uitkering="2026-01-01")
    balance(world, 6, 9000, "A")
    balance(balance(world, 7, 4000, "A"), 7, 4000, "B")
    # 1 the same account twice; 2 a debt; 3 a balance unknown; 4 no balance; 5 two years apart; 6 before the uitkering
    assert {dossier: f.feiten["boven_grens_euro"] for dossier, f in night(world).items()} == {"D-7": 230}


def test_an_account_of_both_partners_counts_once_and_two_of_their_own_are_added(night):
    world = World()
    for number in (1, 2):
        world.person(number, house=number).person(10 + number, house=number)
        world.uitkering(number, house=number, partner=10 + number)
        partner = {"burgerservicenummer": bsn(10 + number)}
        balance(balance(world, number, 9000, "A"), number, 9000, "A" if number == 1 else "B", **partner)
    assert {dossier: f.feiten["boven_grens_euro"] for dossier, f in night(world).items()} == {"D-2": 18000 - 15540}


@pytest.mark.parametrize(("wet", "told"), [("PW", True), ("BBZ", True), ("IOAW", False), ("IOAZ", False)])
def test_no_vermogensgrens_is_of_another_law(night, wet, told):
    assert bool(night(balance(clients(1, wetcode=wet), 1, 20000, "A"))) is told


@pytest.mark.parametrize(("day", "told"), [(date(2027, 3, 31), True), (date(2027, 4, 1), False)])
def test_a_balance_says_something_for_fifteen_months(night, day, told):
    assert bool(night(balance(clients(1), 1, 20000, "A"), day=day)) is told


def test_the_leefvorm_is_the_one_the_dienst_had_on_that_day(night):
    parent = clients(1, leefvorm="02")
    parent.day = date(2025, 12, 1)
    alone = balance(clients(1, leefvorm="01"), 1, 12000, "A")
    assert night(parent, alone) == {}
