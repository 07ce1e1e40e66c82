"""The published test vectors of Haal Centraal BRP bevragen (EUPL-1.2), where they lie beside the project.

Left for later, as a Recipient is somebody with a Dutch postal address: a place without an address (12.10) and
an address abroad (13.x). Noble titles and predicates (02.20) do not occur in this set and are not built yet.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from contracts.notice import Recipient
from notifications import names

VECTORS = Path(__file__).parents[2].parent / "shared/data/adressering/brp-adressering.jsonl"
# Where a vector has no woonplaats, the caller of names fills in the gemeente.
GEMEENTEN = {"0518": "'s-Gravenhage", "0599": "Rotterdam", "0530": "Hellevoetsluis"}


def load():
    return [json.loads(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()] if VECTORS.exists() else []


def kind_left_out(vector):
    if "02.20" in vector["persoon"] or any("02.20" in partner for partner in vector["partners"]):
        return "titel of predicaat"
    if "12.10" in vector["adres"]:
        return "locatiebeschrijving"
    if any(element.startswith("13.") for element in vector["verblijfplaats"]):
        return "buitenland"
    return None


def as_recipient(vector):
    own, address = vector["persoon"], vector["adres"]
    partner = names.first_partner(
        names.Partner(other.get("02.30"), other.get("02.40"), other.get("06.10")) for other in vector["partners"]
    )
    return Recipient(
        voornamen=own.get("02.10"), voorvoegsel=own.get("02.30"), geslachtsnaam=own.get("02.40"),
        geslachtsaanduiding=own.get("04.10"), aanduiding_naamgebruik=own.get("61.10"),
        partner_voorvoegsel=partner and partner.voorvoegsel, partner_geslachtsnaam=partner and partner.geslachtsnaam,
        straatnaam=address.get("11.10"), huisnummer=address.get("11.20"), huisletter=address.get("11.30"),
        huisnummertoevoeging=address.get("11.40"), aanduiding_bij_huisnummer=address.get("11.50"),
        postcode=address.get("11.60"),
        woonplaats=address.get("11.70") or GEMEENTEN.get(vector["verblijfplaats"].get("09.10")),
    )  # fmt: skip


# How each tested field is made; None stands for "the field is absent".
FIELDS = {
    "adressering.aanhef": (
        "aanhef",
        lambda who: names.salutation(who, "Geachte") if names.running_name(who) else None,
    ),
    "adressering.gebruikInLopendeTekst": ("gebruikInLopendeTekst", names.running_name),
    "adressering.aanschrijfwijze": ("aanschrijfwijze.naam", names.written_name),
    "adressering.aanschrijfwijze.naam": ("aanschrijfwijze.naam", names.written_name),
    "adressering.adresregel1": ("adresregel1", names.street_line),
    "adressering.adresregel2": ("adresregel2", lambda who: names.address_lines(who)[1]),
    "naam.voorletters": ("voorletters", lambda who: names.initials(who.voornamen)),
    "naam.volledigeNaam": ("volledigeNaam", names.full_name),
}
COVERED = [vector for vector in load() if kind_left_out(vector) is None]

pytestmark = pytest.mark.skipif(not COVERED, reason="the vectors do not lie beside the project")


@pytest.mark.parametrize("vector", COVERED, ids=lambda vector: vector["id"].removeprefix("features/"))
def test_vector(vector):
    field, make = FIELDS[vector["fields"]]
    assert make(as_recipient(vector)) == vector["verwacht"].get(field)


def test_what_is_left_for_later_is_no_more_than_this():
    left = Counter(kind_left_out(vector) for vector in load())
    assert left == {None: 98, "locatiebeschrijving": 2, "buitenland": 4}
