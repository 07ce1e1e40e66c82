"""The card beside a task: who to call, only for as long as there is a task, and without an address that is secret."""

import pytest

from contracts.notice import Recipient, Representative
from contracts.outcome import Uitkomst
from flows import steps
from flows.cards import card, fill_cards
from flows.casebook import open_casebook
from flows.settings import Workplace
from tests.world import DAY, town

VERIFIED = {"mobiel_nummer": "06-12345678", "mobiel_geverifieerd_op": "2026-01-10", "emailadres": "noor@voorbeeld.example",
            "emailadres_geverifieerd_op": "2026-01-10"}  # fmt: skip
NOOR = Recipient(
    voornamen="Noor", geslachtsnaam="Jansen", geslachtsaanduiding="V", straatnaam="Dorpsstraat", huisnummer="1",
    postcode="1234AB", woonplaats="Voorbeeldstad", mobiel="+31612345678",
)  # fmt: skip
OFFICE = Representative(
    naam="Bewind B.V.", straatnaam_of_postbus="Postbus 5", postcode="1234AC", woonplaats="Voorbeeldstad"
)


def worked(folder, **person):
    """A work folder after a night with a housemate the dienst does not know; the inwoner wants to be called."""
    made = Workplace(folder)
    world = town().preference(1, kanaal="BELLEN", **VERIFIED)
    next(row for row in world.rows["brp_persoon"] if row["anummer"].endswith("0001")).update(person)
    world.person(40, house=1, datum_aanvang_adreshouding="20261020").write_all(made.leveringen)
    steps.take_in_all(made, DAY)
    steps.decide_and_record(made, DAY, steps.find(made, DAY))
    return made


def test_an_inwoner_with_an_open_task_has_a_card(tmp_path):
    work = worked(tmp_path)
    assert fill_cards(work, DAY, usable=True) == 1
    with open_casebook(work) as casebook:
        (dossier,) = casebook.dossiers_with_tasks()
        kept = casebook.card_of(dossier)
        assert kept["naam"] == "Mevrouw N. Jansen"
        assert kept["aanhef"] == "Beste mevrouw Jansen"
        assert kept["adres"] == ["Dorpsstraat 1", "1234 AB  VOORBEELDSTAD"]
        assert (kept["telefoon"], kept["email"]) == ("+31612345678", "noor@voorbeeld.example")
        assert kept["vertegenwoordiger"] == []


def test_it_goes_with_the_last_task(tmp_path):
    work = worked(tmp_path)
    fill_cards(work, DAY, usable=True)
    with open_casebook(work) as casebook:
        (task,) = casebook.tasks_of(DAY)
        from datetime import UTC, datetime

        casebook.close(task.signaal_id, Uitkomst.AANGEPAST, door="C-01", now=datetime(2026, 11, 3, 9, tzinfo=UTC))
    assert fill_cards(work, DAY, usable=True) == 0
    with open_casebook(work) as casebook:
        assert casebook.card_of(task.dossiernummer) is None


def test_where_an_address_is_secret_it_stands_on_no_card(tmp_path):
    work = worked(tmp_path, indicatie_geheim="7")
    assert fill_cards(work, DAY, usable=True) == 1
    with open_casebook(work) as casebook:
        (task,) = casebook.tasks_of(DAY)
        assert task.geheim
        kept = casebook.card_of(task.dossiernummer)
    assert (kept["naam"], kept["adres"], kept["telefoon"]) == ("Mevrouw N. Jansen", [], "+31612345678")
    assert "Dorpsstraat" not in str(kept)


def test_where_names_can_not_be_trusted_the_card_of_last_night_stays(tmp_path):
    work = worked(tmp_path)
    assert fill_cards(work, DAY, usable=False) == 0
    fill_cards(work, DAY, usable=True)
    assert fill_cards(work, DAY, usable=False) == 1


def test_of_whom_there_is_no_usable_name_there_is_no_card():
    assert card(Recipient(geslachtsnaam="."), None, "Beste", secret=False) is None


@pytest.mark.parametrize(
    ("secret", "lines"),
    [(False, ("Bewind B.V.", "Postbus 5", "1234 AC  VOORBEELDSTAD")), (True, ("Bewind B.V.",))],
)
def test_who_acts_for_them_is_on_it_and_their_address_only_where_nothing_is_secret(secret, lines):
    made = card(NOOR, OFFICE, "Beste", secret=secret)
    assert made.vertegenwoordiger == lines
    assert bool(made.adres) is not secret


def test_who_acts_for_them_without_a_whole_address_is_a_name():
    made = card(NOOR, Representative(naam="Bewind B.V."), "Beste", secret=False)
    assert made.vertegenwoordiger == ("Bewind B.V.",)


def test_a_card_shows_nobody_in_a_log():
    assert "Jansen" not in repr(card(NOOR, OFFICE, "Beste", secret=False))
