"""A housemate the dienst knows by name only: a question for a consulent, whose answer is kept as long as it holds."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from contracts.errors import CasebookError
from contracts.tables import Bron
from flows import mailroom, steps
from flows.recompute import recompute_one
from flows.settings import Workplace
from store.casebook import OPEN, Casebook, finding
from tests.world import DAY, anummer, bsn, town

pytestmark = pytest.mark.slow

NAMED = {"medebewoner_voorletters": "F.", "medebewoner_geslachtsnaam": "Bergh", "medebewoner_geboortedatum": "19950617"}
NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)


def days(number):
    return DAY + timedelta(days=number)


def household(**named):
    """Client 1, at whose address somebody came to live; the dienst knows a housemate by name."""
    world = town().person(
        2, house=1, born="19950617", voornamen="Fatima", geslachtsnaam="Bergh", datum_aanvang_adreshouding="20261020"
    )
    return world.knows(1, None, **NAMED | named)


@pytest.fixture
def work(tmp_path):
    return Workplace(tmp_path)


@pytest.fixture(scope="module")
def first_night(tmp_path_factory):
    """The folder of a night on which the household was asked about."""
    work = Workplace(tmp_path_factory.mktemp("gevraagd"))
    assert night(work, household()) == ASKED
    return work.folder


@pytest.fixture
def asked(first_night, tmp_path):
    """A copy of it."""
    return Workplace(shutil.copytree(first_night, tmp_path / "gevraagd"))


def night(work, world, number=0):
    """One night; returns what was decided about the finding of R01: (status, advies, reden)."""
    day = days(number)
    world.write_all(work.leveringen, day)
    sources = steps.take_in_all(work, day)
    found = steps.find(work, day)
    steps.decide_and_record(work, day, found, unusable=sources.unusable)
    mailroom.deliver(work, day, usable=sources.may_print)
    return state(work)


def state(work):
    row = signal(work)
    return "open" if row.status in OPEN else row.status, row.advies, row.reden


def signal(work):
    """The only finding of R01, whatever became of it."""
    query = sa.select(finding).where(finding.c.regel == "R01")
    engine = sa.create_engine(f"sqlite:///{work.casebook}")
    with engine.connect() as con:
        return con.execute(query).one()


def tasks(work):
    with Casebook.at(work.casebook) as casebook:
        return [(row.soort, row.status) for row in casebook.about(signal(work).signaal_id)[0]]


def letters(work):
    return sorted(path.parent.parent.name for path in work.folder.glob("uitvoer/*/berichten/*.pdf"))


def decide(work, *, zelfde):
    with Casebook.at(work.casebook) as casebook:
        casebook.decide_link(signal(work).signaal_id, zelfde=zelfde, door="consulent", now=NOW)


ASKED = ("open", "taak", "koppeling_onzeker")


def test_who_may_be_the_one_the_dienst_knows_is_a_question_and_no_letter(work):
    assert night(work, household()) == ASKED
    assert tasks(work) == [("controleer_koppeling", "open")]
    facts = signal(work).inhoud["feiten"]
    assert facts["koppel_band"] == "automatisch"
    assert {"koppel_links", "koppel_rechts", "koppel_inhoud", "koppel_gewicht"} <= set(facts)
    assert not {bsn(2), "Bergh", "Fatima"} & set(map(str, facts.values()))
    assert letters(work) == []


def test_the_same_person_is_known_from_then_on(asked):
    decide(asked, zelfde=True)
    assert night(asked, household(), 1)[0] == "vervallen"
    assert tasks(asked) == [("controleer_koppeling", "vervallen")]
    assert night(asked, household(), 2)[0] == "vervallen"
    assert letters(asked) == []


def test_another_person_is_told_about_and_not_asked_again(asked):
    decide(asked, zelfde=False)
    assert night(asked, household(), 1) == ("open", "nudge", None)
    assert tasks(asked) == [("controleer_koppeling", "vervallen")]
    assert letters(asked) == [days(1).isoformat()]


def test_a_later_word_replaces_an_earlier_one(asked):
    decide(asked, zelfde=True)
    night(asked, household(), 1)
    decide(asked, zelfde=False)
    assert night(asked, household(), 2) == ("open", "nudge", None)


def test_a_decision_counts_from_the_next_night_so_that_a_night_run_again_is_the_same(asked):
    decide(asked, zelfde=True)
    assert night(asked, household()) == ASKED


@pytest.mark.parametrize("zelfde", [True, False])
@pytest.mark.parametrize(
    "changed",
    [
        lambda world: world.change("brp_persoon", "anummer", anummer(2), voornamen="Farida"),
        lambda world: world.change("brp_persoon", "anummer", anummer(2), geboortedatum="19950618"),
        lambda world: world.change("bekende_medebewoner", "uitkering_id", "U-1", medebewoner_geslachtsnaam="Berg"),
        lambda world: world.change("bekende_medebewoner", "uitkering_id", "U-1", medebewoner_geboortedatum=None),
    ],
)
def test_a_change_on_either_side_asks_again(asked, changed, zelfde):
    decide(asked, zelfde=zelfde)
    assert night(asked, changed(household()), 1) == ASKED
    assert letters(asked) == []


def test_what_says_nothing_of_who_somebody_is_leaves_the_decision(asked):
    decide(asked, zelfde=True)
    moved = household().change("brp_persoon", "anummer", anummer(2), datum_aanvang_adreshouding="20261021")
    assert night(asked, moved, 1)[0] == "vervallen"


def test_who_was_recognised_and_moves_out_of_sight_is_not_said_to_have_left(work):
    # Somebody without a number at the dienst is kept for their address only: elsewhere nobody sees them any more.
    night(work, household())
    decide(work, zelfde=True)
    night(work, household(), 1)
    new_home = town().address(5) | {"datum_aanvang_adreshouding": "20261101"}
    gone = household().change("brp_persoon", "anummer", anummer(2), **new_home)
    assert night(work, gone, 2)[0] == "vervallen"
    assert letters(work) == []


def test_one_of_two_housemates_known_by_name_is_recognised_and_the_other_stays_a_question(work):
    both = household().knows(1, None, medebewoner_geslachtsnaam="Pietersen", medebewoner_geboortedatum="20010203")
    both.person(
        3, house=1, voornamen="Karel", geslachtsnaam="Smit", born="19900101", datum_aanvang_adreshouding="20261020"
    )
    both.write_all(work.leveringen, DAY)
    steps.take_in_all(work, DAY)
    found = steps.find(work, DAY).findings
    assert [advice_reden(f) for f in found] == ["koppeling_onzeker"] * 2
    steps.decide_and_record(work, DAY, steps.find(work, DAY))
    fatima = next(f for f in found if f.feiten["koppel_band"] == "automatisch")
    with Casebook.at(work.casebook) as casebook:
        casebook.decide_link(fatima.signaal_id, zelfde=True, door="consulent", now=NOW)
    both.write_all(work.leveringen, days(1))
    steps.take_in_all(work, days(1))
    (left,) = steps.find(work, days(1)).findings
    assert advice_reden(left) == "koppeling_onzeker"


def advice_reden(found):
    return next(tested.reden for tested in found.onderdrukkers if tested.geldt is not False)


def test_a_finding_that_asks_nothing_can_not_be_decided(work):
    world = town().person(2, house=1, datum_aanvang_adreshouding="20261020")
    assert night(work, world) == ("open", "nudge", None)
    with pytest.raises(CasebookError, match="asks nothing about who is who"):
        decide(work, zelfde=True)


def test_a_decided_night_can_be_computed_again(asked):
    decide(asked, zelfde=False)
    night(asked, household(), 1)
    undecided, decided = recompute_one(asked, signal(asked).signaal_id)
    assert undecided.equal
    assert decided.equal
    assert undecided.hash != decided.hash


def test_a_number_beside_another_name_is_a_question_too(work):
    named = NAMED | {"medebewoner_burgerservicenummer": bsn(5)}
    assert night(work, household(**named)) == ASKED


@pytest.mark.parametrize("beside", [{}, {"medebewoner_geslachtsnaam": "Bergh"}, {"medebewoner_voorletters": "X."}])
def test_a_number_of_the_dienst_itself_is_taken_as_it_is_without_name_and_birth_date(work, beside):
    world = town().person(2, house=1).knows(1, 2, **beside)
    world.person(3, house=1, datum_aanvang_adreshouding="20261020")
    assert night(work, world) == ("open", "nudge", None)


def same_number(*, third="Karel"):
    """Two newcomers who share a number, and a housemate whom the dienst knows by name."""
    karel = {"voornamen": third, "geslachtsnaam": "Smit", "born": "19700101", "burgerservicenummer": bsn(2)}
    return household().person(3, house=1, datum_aanvang_adreshouding="20261021", **karel)


def by_newcomer(work):
    """The findings of R01 by the day on which the newcomer came."""
    engine = sa.create_engine(f"sqlite:///{work.casebook}")
    with engine.connect() as con:
        rows = con.execute(sa.select(finding).where(finding.c.regel == "R01").order_by(finding.c.feitdatum)).all()
    return {row.feitdatum.day: row for row in rows}


def a_night(work, world, number):
    world.write_all(work.leveringen, days(number))
    steps.take_in_all(work, days(number))
    steps.decide_and_record(work, days(number), steps.find(work, days(number)))
    return mailroom.deliver(work, days(number), usable=True).gepubliceerd


def test_of_two_people_with_one_number_each_is_asked_about_by_themselves(work):
    assert a_night(work, same_number(), 0) == 0
    fatima, karel = (by_newcomer(work)[day] for day in (20, 21))
    assert fatima.inhoud["feiten"]["koppel_rechts"] != karel.inhoud["feiten"]["koppel_rechts"]
    with Casebook.at(work.casebook) as casebook:
        casebook.decide_link(karel.signaal_id, zelfde=False, door="consulent", now=NOW)
    # The number of the one is mended: what was said of the other says nothing of her.
    mended = same_number().change("brp_persoon", "anummer", anummer(3), burgerservicenummer=bsn(60))
    assert a_night(work, mended, 1) == 0


def test_of_two_people_with_one_number_the_one_who_is_recognised_does_not_make_the_other_known(work):
    a_night(work, same_number(), 0)
    with Casebook.at(work.casebook) as casebook:
        casebook.decide_link(by_newcomer(work)[20].signaal_id, zelfde=True, door="consulent", now=NOW)
    a_night(work, same_number(), 1)
    assert [(row.status, row.advies) for row in by_newcomer(work).values()] == [
        ("vervallen", "taak"),
        ("lopend", "taak"),
    ]


def test_the_same_rows_in_another_order_ask_the_same(work, tmp_path):
    def facts(world, folder):
        other = Workplace(folder)
        world.write_all(other.leveringen, DAY)
        (folder / "gegevens").mkdir()
        (folder / "gegevens" / "sleutel").write_text("0123456789abcdef0123456789abcdef")
        steps.take_in_all(other, DAY)
        return sorted(found.model_dump_json(exclude={"bronnen"}) for found in steps.find(other, DAY).findings)

    world = same_number().person(4, house=1, voornamen="Kees", geslachtsnaam="Smit", born="19700101")
    turned = same_number().person(4, house=1, voornamen="Kees", geslachtsnaam="Smit", born="19700101")
    for rows in turned.rows.values():
        rows.reverse()
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert facts(world, tmp_path / "one") == facts(turned, tmp_path / "two")


@pytest.mark.parametrize("born", ["19950617", "19950000"])
@pytest.mark.parametrize("number", [5, 90])
def test_a_number_beside_the_name_of_a_newcomer_is_a_question(work, number, born):
    """The dienst wrote the number of somebody else, or of nobody, beside the name of who came to live there."""
    named = NAMED | {"medebewoner_burgerservicenummer": bsn(number), "medebewoner_geboortedatum": born}
    world = household(**named)
    world.write_all(work.leveringen, DAY)
    steps.take_in_all(work, DAY)
    found = steps.find(work, DAY).findings
    assert {(f.regel, advice_reden(f)) for f in found} <= {("R01", "koppeling_onzeker"), ("R02", "koppeling_onzeker")}
    steps.decide_and_record(work, DAY, steps.find(work, DAY))
    with Casebook.at(work.casebook) as casebook:
        assert {row.soort for row in casebook.tasks_of(DAY)} == {"controleer_koppeling"}


def test_a_number_that_the_brp_does_not_know_beside_a_name_that_fits_nobody_is_no_question(work):
    gone = {"medebewoner_burgerservicenummer": bsn(90), "medebewoner_geslachtsnaam": "Oosterhuis",
            "medebewoner_geboortedatum": "19400101"}  # fmt: skip
    assert night(work, household(medebewoner_voorletters=None, **gone)) == ("open", "nudge", None)


def test_a_decision_after_a_night_that_was_killed_halfway_does_not_count_when_it_is_run_again(asked):
    decide(asked, zelfde=True)
    assert night(asked, household(), 1)[0] == "vervallen"  # and killed before its report
    decide(asked, zelfde=False)
    assert night(asked, household(), 1)[0] == "vervallen"
    assert night(asked, household(), 2) == ("open", "nudge", None)


@pytest.mark.parametrize("door", ["", "  ", "x" * 41])
def test_somebody_decides(asked, door):
    with Casebook.at(asked.casebook) as casebook, pytest.raises(CasebookError, match="Nobody is named"):
        casebook.decide_link(signal(asked).signaal_id, zelfde=True, door=door, now=NOW)


def test_no_letter_comes_from_a_link_without_a_verified_key(work):
    """Eight households with somebody new, of whom seven have a housemate of whom it is not certain who that is."""
    world = town()
    uncertain = [
        {},
        NAMED,
        NAMED | {"medebewoner_geboortedatum": "19950000"},
        NAMED | {"medebewoner_voorletters": None},
        {"medebewoner_geslachtsnaam": "Bergh"},
        {"medebewoner_geslachtsnaam": "Heelanders", "medebewoner_geboortedatum": "19400101"},
        {"medebewoner_burgerservicenummer": bsn(90), **NAMED},
    ]
    for place, named in enumerate([None, *uncertain]):
        client, newcomer, house = 100 + place, 120 + place, 40 + place
        world.person(client, house=house).uitkering(client, house=house)
        # Of the first one DUO has no row: who may study gets no letter about it either.
        name = {"voornamen": "Fatima", "geslachtsnaam": "Bergh"} if place else {"voornamen": "Karim"}
        world.person(newcomer, house=house, born="19950617", datum_aanvang_adreshouding="20261020", **name)
        if named is not None:
            world.knows(client, None, **named)
    world.rows["duo_inschrijving"] = [
        {"brin": "25MB", "datum_inschrijving": "20260901", "datum_aanvang_deelname": "20260901", "voorletters": "F.",
         "geslachtsnaam": "Bergh", "geboortedatum": "19950617"},
    ]  # fmt: skip
    for bron in Bron:
        world.write(work.leveringen, bron)
    sources = steps.take_in_all(work, DAY)
    steps.decide_and_record(work, DAY, steps.find(work, DAY), unusable=sources.unusable)
    assert mailroom.deliver(work, DAY, usable=sources.may_print).gepubliceerd == 1
    with Casebook.at(work.casebook) as casebook:
        assert [row.dossiernummer for row in casebook.letters_made_on(DAY)] == ["D-100"]
        asked = [(row.dossiernummer, row.soort) for row in casebook.tasks_of(DAY)]
    assert sorted(asked) == [(f"D-{100 + place}", "controleer_koppeling") for place in range(1, 8)]
