"""Inzage: everything about one person, and nothing about anybody else. A new table or column fails until it is decided."""

import json
import stat
from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

from contracts.tables import TABLES, Bron
from contracts.work import Rol, User
from flows import steps
from flows.cards import fill_cards
from flows.casebook import open_casebook
from flows.cli import app
from flows.inzage import folder_of, make_overview
from flows.mailroom import deliver
from flows.overview.facts import ABOUT_ANOTHER, HOUSEMATE, NOBODY, OWN
from flows.overview.words import HELD_BACK, Words
from flows.settings import Workplace
from flows.steps import open_warehouse
from matching.rule import all_rules
from matching.views import VIEWS
from store import subject_rows
from store.casebook import Casebook, Deed
from store.casebook.overview import covered
from store.casebook.tables import metadata
from store.subject import subject_of
from tests.world import DAY, World, anummer, bsn, town

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
#: Everybody of the household and around it: number -> what names them, nowhere else used.
PEOPLE = {
    1: {"voornamen": "Klarisse", "geslachtsnaam": "Zonnebloem", "geboortedatum": "19800214"},
    2: {"voornamen": "Bartholomeus", "geslachtsnaam": "Quispel", "geboortedatum": "19790317"},
    3: {"voornamen": "Wilhelmus", "geslachtsnaam": "Okkernoot", "geboortedatum": "19910523"},
    4: {"voornamen": "Xaviera", "geslachtsnaam": "Hazelaar", "geboortedatum": "20090728"},
    5: {"voornamen": "Theodora", "geslachtsnaam": "Vuurdoorn", "geboortedatum": "19500109"},
    6: {"voornamen": "Ferdinandus", "geslachtsnaam": "Meidoorn", "geboortedatum": "19870630"},
}
#: Where the ex-partner lives.
ELSEWHERE = {"straatnaam": "Kornoeljepad", "postcode": "4321ZX", "adresseerbaar_object_id": "9901010099999999"}


def household() -> World:
    """Client 1 with partner 2, housemate 3 the dienst knows not, child 4; mother 5 and 6, who left, live elsewhere."""
    world = town().without("brp_persoon", "anummer", anummer(1)).without("uitkering", "uitkering_id", "U-1")
    for number, named in PEOPLE.items():
        house = 1 if number < 5 else number + 2
        world.person(
            number,
            house=house,
            **{name: value for name, value in named.items() if name != "geboortedatum"},
            born=named["geboortedatum"],
        )
    world.change("brp_persoon", "anummer", anummer(3), datum_aanvang_adreshouding="20261020")
    world.change("brp_persoon", "anummer", anummer(5), **ELSEWHERE)
    world.uitkering(1, house=1, partner=2, leefvorm="09").norm(1, 202_780)
    world.related(1, "partner", 2, datum_sluiting="20100612").related(1, "kind", 4).related(1, "ouder1", 5)
    world.related(2, "partner", 1, datum_sluiting="20100612").related(4, "ouder1", 1)
    world.knows(1, 4, "KIND").knows(1, 6).reported(1, "INKOMEN", "VERWERKT").preference(1, mobiel_nummer="0612345678")
    world.signal(1, "SSAM", "20260901", bron="UWV", bedrag_cent="100000", betreft_burgerservicenummer=bsn(3))
    world.signal(1, "SSAM", "20260801", bron="UWV", bedrag_cent="50000")
    world.enrolled(4, "20260801").enrolled(1, "20260901")
    return world


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A work folder after a night in which consulenten worked too; and the overview of each person."""
    work = Workplace(tmp_path_factory.mktemp("inzage"))
    world = household()
    world.write_all(work.leveringen)
    world.write(work.leveringen, Bron.IB)
    world.write(work.leveringen, Bron.DUO)
    sources = steps.take_in_all(work, DAY)
    assert not sources.refused
    found = steps.find(work, DAY)
    steps.decide_and_record(work, DAY, found, unusable=sources.unusable)
    deliver(work, DAY, usable=True)
    fill_cards(work, DAY, usable=True)
    with open_casebook(work) as casebook:
        casebook.save_counts(DAY, {}, now=NOW)
        _worked_on(casebook)
    with open_warehouse(work, read_only=True) as warehouse:
        people = {number: subject_of(warehouse, work.sleutel, bsn=bsn(number)) for number in PEOPLE}
    for number, who in people.items():
        make_overview(work, who, f"V-{number}", NOW)
    return work, people


def _worked_on(casebook: Casebook) -> None:
    """A consulent writes something on each task: of the client, and once with a name of somebody else in it."""
    casebook.keep_account(
        User(gebruiker="j.pietersen", naam="Johanna Pietersen", rollen={Rol.CONSULENT}, consulent_id="C-01")
    )
    with casebook._engine.connect() as con:
        tasks = [row.taak_id for row in con.execute(metadata.tables["task"].select())]
    assert tasks
    for number, taak in enumerate(tasks):
        text = "Mevrouw gaf uitleg." if number % 2 else "Okkernoot was erbij."
        casebook.note_contact(Deed(taak, 1, "j.pietersen", f"{number:032x}", NOW), text)
        casebook.note("j.pietersen", "taak_bekeken", taak, NOW)


def given(made, number):
    work, _ = made
    folder = folder_of(work, f"V-{number}")
    return (folder / "inzage.html").read_text(), json.loads((folder / "inzage.json").read_text())


def tokens(number: int, work: Workplace, people) -> set[str]:
    """All that names a person: names, numbers, birth date in each form, person key."""
    named = PEOPLE[number]
    born = date.fromisoformat(
        f"{named['geboortedatum'][:4]}-{named['geboortedatum'][4:6]}-{named['geboortedatum'][6:]}"
    )
    months = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ]
    written = f"{born.day} {months[born.month - 1]} {born.year}"
    own = {named["voornamen"], named["geslachtsnaam"], bsn(number), anummer(number), named["geboortedatum"], written}
    return own | {born.isoformat(), *people[number].sleutels} | (set(ELSEWHERE.values()) if number == 5 else set())


@pytest.mark.parametrize("number", PEOPLE)
def test_no_third_person_is_in_an_overview(made, number):
    page, data = given(made, number)
    text = f"{page}\n{json.dumps(data, ensure_ascii=False)}".casefold()
    others = {token for other in PEOPLE if other != number for token in tokens(other, *made)}
    assert not [token for token in others if token.casefold() in text]
    mine = tokens(number, *made) - {str(key) for key in made[1][number].sleutels}
    assert all(token.casefold() in text for token in mine & {bsn(number), PEOPLE[number]["geslachtsnaam"]})


def test_what_is_left_out_was_there_to_leave_out(made):
    """The control: each of the others is in the rows that the overviews were made from."""
    work, people = made
    with open_warehouse(work, read_only=True) as warehouse:
        tables = [warehouse.read(f"select * from {name}").write_csv() for name in TABLES]
    with open_casebook(work) as casebook:
        rows = casebook.rows_about(people[1].dossiers, people[1].sleutels)
    everything = "\n".join(tables) + str([tuple(row) for of in rows.values() for row in of])
    for number in PEOPLE:
        assert {bsn(number), PEOPLE[number]["geslachtsnaam"]} <= {
            token for token in tokens(number, *made) if token in everything
        }
    assert people[3].sleutel in everything, "a finding of the client names the housemate"


def test_the_client_sees_registers_findings_letters_tasks_and_who_looked(made):
    page, data = given(made, 1)
    tables = {table["tabel"] for table in data["registers"]}
    assert {
        "brp_persoon",
        "brp_relatie",
        "uitkering",
        "uitkeringsperiode",
        "melding",
        "klantvoorkeur",
        "duo_inschrijving",
        "ib_samenloopsignaal",
    } <= tables
    assert {one["regel"] for one in data["signalen"]} >= {"R01"}
    housemate = next(one for one in data["signalen"] if one["regel"] == "R01")
    assert (housemate["gaat_over_u"], housemate["feiten"]) == (False, [])
    assert "alleen wat een brief u hierover vertelde" in housemate["gezien"]
    about_me = [one for one in data["signalen"] if one["gaat_over_u"]]
    assert all(one["feiten"] and one["bon"] for one in about_me)
    assert any(one["taken"] for one in data["signalen"])
    assert {one["wie"] for one in data["wie_keek"]} == {"een consulent"}
    assert "Johanna" not in page
    assert "j.pietersen" not in page
    assert data["contactkaart"][0]["naam"] == "Mevrouw K. Zonnebloem"
    for text in (
        "Beslist een computer over mij?",
        "Autoriteit Persoonsgegevens",
        "Zo staat het sinds 3 november 2026.",
    ):
        assert text in page


def test_of_a_finding_about_another_nothing_of_them_can_be_read_from_why_when_or_which_rule(made):
    """A reason ("volgt een opleiding"), a term (a birthday and sixty days) and an article can say who and what."""
    _, data = given(made, 1)
    others = [one for one in data["signalen"] if not one["gaat_over_u"]]
    assert others
    for one in others:
        assert (one["reden"], one["terugmelding"], one["koppelingen"]) == (None, [], [])
        assert all((task["reden"], task["uiterlijk"]) == (None, None) for task in one["taken"])
        assert all(bon["wet"] == [] for bon in one["bon"])
    told = {title for notice in data["berichten"] for title in notice["vertelt_over"]}
    assert told
    untold = [one for one in others if one["titel"] not in told]
    assert untold, "a finding about another of which no letter told"
    for one in untold:
        assert (one["regel"], one["nummer"]) == (None, None)
        assert one["titel"].startswith("Iets over ")
    named = {one["regel"] for one in data["signalen"]} - {None}
    assert {rule["regel"] for rule in data["regels"]} == named


def test_a_letter_that_is_still_kept_is_given_with_its_hash(made):
    work, _ = made
    _, data = given(made, 1)
    (notice,) = [one for one in data["berichten"] if one["vorm"] == "brief"]
    kept = folder_of(work, "V-1") / notice["brief"]
    assert kept.read_bytes() == (work.uitvoer(DAY) / "berichten" / kept.name).read_bytes()
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(kept) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
    assert "Zonnebloem" in text
    assert not [token for other in (2, 3, 4, 5, 6) for token in tokens(other, *made) if token in text]


def test_somebody_who_lives_with_a_client_sees_what_is_about_them(made):
    _, data = given(made, 3)
    assert {table["tabel"] for table in data["registers"]} == {"brp_persoon", "ib_samenloopsignaal"}
    (finding,) = [one for one in data["signalen"] if one["regel"] == "R01"]
    assert finding["gaat_over_u"] is True
    assert {one["naam"]: one["waarde"] for one in finding["feiten"]}["bewoner_sinds"] == "20 oktober 2026"
    assert "taken" not in finding
    assert data["berichten"] == []
    assert "D-1" not in json.dumps(data)


def test_the_partner_sees_the_uitkering_they_share_as_far_as_it_is_theirs(made):
    _, data = given(made, 2)
    (row,) = [table for table in data["registers"] if table["tabel"] == "uitkering"]
    assert row["waarom"] == "U staat als partner bij deze uitkering."
    assert data["als_partner_in"] == ["D-1"]


def test_words_that_name_somebody_else_wait_for_a_human(made):
    work, _ = made
    _, data = given(made, 1)
    held = json.loads((folder_of(work, "V-1") / "na_te_kijken.json").read_text())
    assert data["na_te_kijken"] == len(held) > 0
    assert {"Okkernoot was erbij."} <= {one["tekst"] for one in held}
    texts = {event["tekst"] for one in data["signalen"] for task in one["taken"] for event in task["wat_er_gebeurde"]}
    assert HELD_BACK in texts


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Mevrouw is ziek.", True),
        ("Haar zoon PIET was er.", False),
        ("Bel 06-12345678.", False),
        ("Het nummer is 900000016.", True),
        ("Piets fiets.", True),
    ],
)
def test_words_are_held_back_for_a_name_or_a_number_of_another(text, kept):
    words = Words(frozenset({"piet"}), frozenset({"900000016"}), {})
    assert (words.typed("taak", text, about_me=True) == text) is kept
    assert words.typed("taak", text, about_me=False) == HELD_BACK


def test_only_its_owner_can_open_it_and_no_name_is_in_a_file_name(made):
    work, people = made
    folder = work.folder / "uitvoer" / "inzage"
    for path in [folder, *folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
        names = {token for number in PEOPLE for token in tokens(number, work, people)}
        assert not [token for token in names if token in path.name]


def test_the_command_asks_for_the_number_and_notes_the_request(made):
    work, _ = made
    said = CliRunner().invoke(
        app, ["inzage", "--bsn", "--door", "C-01", "--map", str(work.folder)], input=f"{bsn(3)}\n"
    )
    assert said.exit_code == 0, said.exception
    assert bsn(3) not in said.output
    with open_casebook(work) as casebook:
        (asked,) = [one for one in casebook.requests() if one.soort == "inzage"]
        assert [row.wat for row in casebook.events_of_request(asked.verzoek_id)] == ["ontvangen", "verstrekt"]
    assert (folder_of(work, asked.verzoek_id) / "inzage.html").is_file()


# --- nothing is forgotten -----------------------------------------------------------------------------------


def test_every_table_of_the_casebook_was_decided_about():
    assert set(covered()) == set(metadata.tables)


def test_every_table_of_the_warehouse_was_decided_about(made):
    work, _ = made
    with open_warehouse(work, read_only=True) as warehouse:
        there = set(
            warehouse.read("select table_name from information_schema.tables where table_schema = 'main'")["table_name"]
        )
    assert there == {*subject_rows.ROWS, *subject_rows.NOBODY}


def test_every_column_of_a_delivery_was_decided_about():
    decided = json.loads(DECIDED)
    assert {name: sorted(set(table.columns) - given_of(name)) for name, table in TABLES.items()} == decided


def given_of(name):
    return {column for part in subject_rows.ROWS[name] for column in part.columns}


#: Columns that nobody is given: of somebody else, of an employee, or a key that says nothing.
DECIDED = """{
    "brp_persoon": [], "brp_relatie": [], "uitkering": ["consulent_id"], "uitkeringsperiode": [],
    "bekende_medebewoner": ["uitkering_id"], "melding": [], "klantvoorkeur": ["bewindvoerder_of_gemachtigde"],
    "vertegenwoordiger": ["huisletter", "huisnummer", "huisnummertoevoeging", "naam", "postcode",
        "straatnaam_of_postbus", "ter_attentie_van", "verwijzing", "woonplaats"],
    "vordering": [], "ib_samenloopsignaal": ["signaal_sleutel"], "inkomsten_uwv": ["inkomsten_sleutel"],
    "duo_inschrijving": ["wie_sleutel"], "duo_studiefinanciering": ["wie_sleutel"]
}"""


def test_every_fact_that_a_rule_reads_was_decided_about():
    told = OWN.union(*HOUSEMATE.values())
    read = {column for rule in all_rules() for column in (*rule.reads, *rule.shows)}
    assert read <= told | NOBODY
    assert (told | NOBODY) <= {column for view in VIEWS.values() for column in view.columns()}
    assert set(ABOUT_ANOTHER) <= set(HOUSEMATE)
    # What tells of two people is told to nobody.
    assert not {name for name in told if name.startswith(("kind_18", "partner_", "samen_"))}
