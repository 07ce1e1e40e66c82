"""The published test vectors of Haal Centraal BRP bevragen (EUPL-1.2), where they lie beside the project.

Noble titles and predicates (02.20) do not occur in this set; own examples of their rules are in test_nobility.py.
"""

import json
from pathlib import Path

import pytest

from contracts.notice import Recipient
from notifications import names

FILE = Path(__file__).parents[2].parent / "shared/data/adressering/brp-adressering.jsonl"
# Where a vector has no woonplaats, the caller of names fills in the gemeente.
GEMEENTEN = {"0518": "'s-Gravenhage", "0599": "Rotterdam", "0530": "Hellevoetsluis"}


def load():
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()] if FILE.exists() else []


def as_recipient(vector):
    own, address, stay = vector["persoon"], vector["adres"], vector["verblijfplaats"]
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
        woonplaats=address.get("11.70") or GEMEENTEN.get(stay.get("09.10")),
        locatiebeschrijving=address.get("12.10"),
        regels_buitenland=(stay.get("13.30"), stay.get("13.40"), stay.get("13.50")) if "13.10" in stay else None,
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
    "adressering.adresregel1": ("adresregel1", lambda who: names.place_lines(who)[0]),
    "adressering.adresregel2": ("adresregel2", lambda who: names.place_lines(who)[1]),
    "adressering.adresregel3": ("adresregel3", lambda who: names.place_lines(who)[2]),
    "naam.voorletters": ("voorletters", lambda who: names.initials(who.voornamen)),
    "naam.volledigeNaam": ("volledigeNaam", names.full_name),
}
VECTORS = load()

pytestmark = pytest.mark.skipif(not VECTORS, reason="the vectors do not lie beside the project")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"].removeprefix("features/"))
def test_vector(vector):
    field, make = FIELDS[vector["fields"]]
    assert make(as_recipient(vector)) == vector["verwacht"].get(field)


def test_every_vector_is_there_and_titles_are_not_among_them():
    assert len(VECTORS) == 104
    assert not any("02.20" in one for vector in VECTORS for one in (vector["persoon"], *vector["partners"]))
