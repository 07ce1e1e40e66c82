"""The town of these tests: a first night with letters and tasks of each kind, and a second that takes some of it back."""

from datetime import date, timedelta

from contracts.delivery import DeliveryKind
from contracts.tables import Bron
from flows.logboek import logboek_of
from flows.settings import Workplace
from tests.world import DAY, World, anummer, town

NEXT = DAY + timedelta(days=1)
#: Since these days somebody lives at these houses of whom the dienst does not know.
_HOUSES = {7: "20261020", 8: "20261012", 9: "20261023"}


def first() -> World:
    """Three letters about a housemate, one that can't be printed, and a task of which only a few may know."""
    world = town().person(2, house=1, datum_aanvang_adreshouding="20261020")
    for house, since in _HOUSES.items():
        world.uitkering(house, house=house).person(house, house=house)
        world.person(100 + house, house=house, datum_aanvang_adreshouding=since)
    for house in (13, 14, 15):
        world.uitkering(house, house=house)  # nothing is the matter there: who is looked at for the sample
    world.uitkering(12, house=12).signal(12, "DETENTIE", "20261020", bron="DJI_JUSTID")
    return world.change("brp_persoon", "anummer", anummer(8), geslachtsnaam="\U0001f600")


def second() -> World:
    """A housemate is gone again, a client died, a name can be printed, and somebody came to another house."""
    world = first().without("brp_persoon", "anummer", anummer(2))
    world.change(
        "brp_persoon", "anummer", anummer(7), datum_overlijden="20261103", reden_opschorting="O",
        datum_opschorting="20261103",
    )  # fmt: skip
    world.change("brp_persoon", "anummer", anummer(8), geslachtsnaam="Jansen")
    return world.uitkering(11, house=11).person(111, house=11, datum_aanvang_adreshouding="20261028")


def deliver(work: Workplace, day: date) -> Workplace:
    """Lay what comes for one of these nights in a work folder.

    The keys of the folder are made too, so that a copy of it names everybody and everything as the folder does.
    """
    world = first() if day == DAY else second()
    world.write_all(work.leveringen, day)
    if day == DAY:
        world.write(work.leveringen, Bron.IB, day, DeliveryKind.MUTATIES)
    assert work.sleutel
    assert logboek_of(work)
    return work
