"""Every test person of RvIG gets a letter or becomes work for a person; nobody makes the run fail."""

import csv
from datetime import date
from pathlib import Path

import pytest

from contracts.notice import House, NoUsableAddress, NoUsableName, Recipient
from notifications.compose import compose
from notifications.letter import render

TESTSET = Path(__file__).parents[2].parent / "shared/data/brp/20220502_Testset_persoonslijsten_proefomgeving_GBA-V.csv"
# Column of the selection file to field of a Recipient; 05 is the partner, 08 the address.
ELEMENTS = {
    "01.02.10": "voornamen", "01.02.30": "voorvoegsel", "01.02.40": "geslachtsnaam",
    "01.04.10": "geslachtsaanduiding", "01.61.10": "aanduiding_naamgebruik",
    "05.02.30": "partner_voorvoegsel", "05.02.40": "partner_geslachtsnaam",
    "08.11.10": "straatnaam", "08.11.20": "huisnummer", "08.11.30": "huisletter",
    "08.11.40": "huisnummertoevoeging", "08.11.50": "aanduiding_bij_huisnummer", "08.11.60": "postcode",
}  # fmt: skip


def persons():
    with TESTSET.open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader(stream, delimiter=";"))
        rows = csv.DictReader(stream, ["lijst", *header[1:]], delimiter=";")
        # A row without a list number is history of the person above it.
        current = [row for row in rows if row["lijst"]]
    return [
        Recipient(woonplaats="Voorbeeldstad", **{name: row[key] or None for key, name in ELEMENTS.items()})
        for row in current
    ]


@pytest.mark.slow
@pytest.mark.skipif(not TESTSET.exists(), reason="the test set does not lie beside the project")
def test_each_test_person_gets_a_letter_or_becomes_work_for_a_person(facts):
    everybody = persons()
    assert len(everybody) == 687  # says the source of the test set
    for number, person in enumerate(everybody):
        kenmerk = f"N-{number:08}"
        whole = person.straatnaam not in (None, ".") and person.huisnummer and person.postcode
        try:
            pdf = render(
                compose("kostendeler_erbij", person, facts, House(), kenmerk=kenmerk, datum=date(2026, 11, 23)),
                House(),
            )
        except NoUsableName:
            assert person.geslachtsnaam in (None, "."), kenmerk
        except NoUsableAddress:
            # A name of markup, without initials, would begin the line with what no printer takes.
            assert not whole or person.geslachtsnaam.startswith("<"), kenmerk
        else:
            assert whole, kenmerk
            assert pdf.startswith(b"%PDF-")
