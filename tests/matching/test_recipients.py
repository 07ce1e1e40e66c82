"""Who a letter goes to, as the BRP and the dienst have them on the night it is made."""

from datetime import UTC, datetime

import pytest

from matching.intake.take_in import take_in
from matching.recipients import read_recipients, read_representatives
from store.warehouse import Warehouse
from tests.world import DAY, World, bsn

pytestmark = pytest.mark.nights

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)


@pytest.fixture
def recipient(tmp_path):
    """A function: a world in, who the letter about client 1 goes to."""

    def read(world: World):
        with Warehouse(tmp_path / "w.duckdb") as warehouse:
            take_in(warehouse, world.write_all(tmp_path), now=NOW)
            return read_recipients(warehouse, {"D-1"}, DAY)["D-1"]

    return read


def client(**columns):
    return World().person(1, house=1, **columns).uitkering(1, house=1)


def married(world: World, name: str, since: str | None, until: str | None = None, **columns):
    """On the list of client 1 stands a partner of whom the register has no numbers."""
    number = 10 + len(world.rows["brp_relatie"])
    world.person(number, house=None, geslachtsnaam=name)
    ended = {"datum_sluiting": since, "datum_ontbinding": until}
    return world.related(1, "partner", number, numberless=True, **ended | columns)


def test_name_title_and_address_are_those_of_the_register(recipient):
    found = recipient(client(voornamen="Anna", adellijke_titel_predicaat="BS", voorvoegsel="te", huisnummer="7"))
    assert (found.voornamen, found.adellijke_titel_predicaat, found.voorvoegsel) == ("Anna", "BS", "te")
    assert (found.geslachtsnaam, found.huisnummer, found.heeft_partner) == ("Jansen", "7", False)


def test_an_unknown_code_for_a_title_is_none(recipient):
    assert recipient(client(adellijke_titel_predicaat="ZZ")).adellijke_titel_predicaat is None


def test_a_partner_is_named_with_title(recipient):
    world = married(
        client(), "Veld", "20100101", gerelateerde_voorvoegsel="te", gerelateerde_adellijke_titel_predicaat="B"
    )
    found = recipient(world)
    assert (found.partner_voorvoegsel, found.partner_geslachtsnaam) == ("te", "Veld")
    assert (found.partner_adellijke_titel_predicaat, found.heeft_partner) == ("B", True)


@pytest.mark.parametrize(
    ("relations", "name", "running"),
    [
        ([("Oud", "20000101", None), ("Nieuw", "20100101", None)], "Oud", True),
        ([("Oud", "20000101", None), ("Onbekend", None, None)], "Onbekend", True),
        ([("Geel", "20000000", None), ("Rood", "20000101", None)], "Geel", True),
        ([("Ex", "19900101", "19990101"), ("Nu", "20100101", None)], "Nu", True),
        ([("Eerst", "19900101", "19990101"), ("Laatst", "20000101", "20150101")], "Laatst", False),
        ([("Eerst", "19900101", "00000000"), ("Laatst", "20000101", "20150101")], "Laatst", False),
    ],
)
def test_whose_name_may_be_used(recipient, relations, name, running):
    world = client()
    for other, since, until in relations:
        married(world, other, since, until)
    found = recipient(world)
    assert (found.partner_geslachtsnaam, found.heeft_partner) == (name, running)


EMAIL = {"emailadres": "noor@voorbeeld.example", "emailadres_geverifieerd_op": "2026-11-01"}
MOBILE = {"mobiel_nummer": "06-00000001", "mobiel_geverifieerd_op": "2026-11-01"}


def wishing(**columns):
    world = client()
    world.rows["klantvoorkeur"].append(
        {"burgerservicenummer": bsn(1), "kanaal": "POST", "geheimhouding": "2"} | columns
    )
    return world


@pytest.mark.parametrize(
    ("columns", "email", "mobile"),
    [
        ({}, None, None),
        (EMAIL | MOBILE, "noor@voorbeeld.example", "+31600000001"),
        (MOBILE | {"mobiel_nummer": "+31600000001"}, None, "+31600000001"),
        (EMAIL | {"emailadres_geverifieerd_op": None}, None, None),
        (EMAIL | {"emailadres_geverifieerd_op": "2026-11-04"}, None, None),  # after tonight
        (MOBILE | {"mobiel_geverifieerd_op": None}, None, None),
    ],
)
def test_only_what_was_verified_is_read(recipient, columns, email, mobile):
    found = recipient(wishing(**columns))
    assert (found.emailadres, found.mobiel) == (email, mobile)
    assert "noor" not in repr(found)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("emailadres", "noor"), ("emailadres", "noor@voorbeeld.example\nBcc: x@y.nl"), ("emailadres", "a b@voorbeeld.example"),
        ("emailadres", "noor@voorbeeld"), ("emailadres", "نور@voorbeeld.example"), ("emailadres", "<noor@voorbeeld.example>"),
        ("mobiel_nummer", "0600000"), ("mobiel_nummer", "+32600000001"), ("mobiel_nummer", "06٠٠٠٠٠٠٠١"),
        ("mobiel_nummer", "06-00000001\n"), ("emailadres_geverifieerd_op", "gisteren"),
    ],
)  # fmt: skip
def test_a_way_that_can_not_be_right_is_unknown_and_the_wish_stays(tmp_path, recipient, column, value):
    world = wishing(**EMAIL | MOBILE | {"geheimhouding": "1", column: value})
    found = recipient(world)
    assert (found.emailadres is None) is column.startswith("emailadres")
    assert (found.mobiel is None) is column.startswith("mobiel")
    with Warehouse(tmp_path / "w.duckdb") as warehouse:
        assert warehouse.read("select geheimhouding from klantvoorkeur")["geheimhouding"].to_list() == ["1"]


def test_who_acts_for_the_client_is_read_with_the_address(tmp_path):
    world = wishing(bewindvoerder_of_gemachtigde="BW-1")
    office = {
        "verwijzing": "BW-1", "soort": "BEWINDVOERDER", "naam": "Kantoor Voorbeeld", "ter_attentie_van": "team 3",
        "straatnaam_of_postbus": "Postbus", "huisnummer": "9", "postcode": "1234AB", "woonplaats": "Voorbeeldstad",
    }  # fmt: skip
    world.rows["vertegenwoordiger"] = [office, office | {"verwijzing": "BW-2", "naam": "Iemand anders"}]
    with Warehouse(tmp_path / "w.duckdb") as warehouse:
        take_in(warehouse, world.write_all(tmp_path), now=NOW)
        found = read_representatives(warehouse, {"D-1", "D-9"}, DAY)
        kept = warehouse.read("select verwijzing from vertegenwoordiger")["verwijzing"].to_list()
    assert list(found) == ["D-1"]
    assert found["D-1"].model_dump(exclude_none=True) == {
        k: v for k, v in office.items() if k not in ("verwijzing", "soort")
    }
    assert "Kantoor" not in repr(found)
    assert kept == ["BW-1"], "who acts for nobody here is not kept"
