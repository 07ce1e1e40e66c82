"""Who the rows of a night are about when their number is missing, mistyped, or somebody else's."""

import re
from datetime import UTC, datetime

import pytest

from contracts.tables import Bron
from matching.intake.take_in import take_in
from matching.views import STEPS, WITH_NORMS, ViewParameters, build_views
from store.warehouse import Warehouse
from tests.world import DAY, World, anummer, bsn, town

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
#: As the BRP knows person 2, and as other sources may write her.
FATIMA = {"voornamen": "Fatima Noor", "voorvoegsel": "van der", "geslachtsnaam": "Bergh", "geslachtsaanduiding": "V"}
WRITTEN = {"voorletters": "F.N.", "voorvoegsel": "v.d.", "geslachtsnaam": "Bergh", "geboortedatum": "19950617"}


def household() -> World:
    """Client 1 lives with Fatima, whom the dienst knows by her number."""
    return town().person(2, house=1, born="19950617", **FATIMA).knows(1, 2)


def enrolled(**who: str | None):
    return {
        "brin": "25MB", "datum_inschrijving": "20260901", "datum_aanvang_deelname": "20260901", "leerweg_mbo": "BOL",
    } | who  # fmt: skip


def granted(**who: str | None):
    return {"datum_aanvang_toekenning": "20260901", "datum_einde_toekenning": "20261231"} | who


def earning(**who: str | None):
    return {
        "loonheffingennummer": "001002041L02", "volgnummer_ikv": "1", "datum_aanvang_ikv": "20260901",
        "datum_aanvang_periode": "20260901", "datum_aanvang_opgave": "20261001", "datum_einde_opgave": "20261031",
        "loon_lb_cent": "50000",
    } | who  # fmt: skip


def about(**who: str | None):
    return {
        "leveringsdatum": "20261101", "peilmaand": "2026-10", "gemeentecode": "9901", "dossiernummer": "D-1",
        "burgerservicenummer": bsn(1), "signaalsoort": "KOSTENDELERS", "bron": "BRP", "is_correctie": "2",
        "datum_aanvang_samenloop": "20261020",
    } | who  # fmt: skip


@pytest.fixture
def views(tmp_path):
    """A function: a world in, a function that reads any view out."""
    opened = []

    def build(world: World, **parameters):
        warehouse = Warehouse(tmp_path / "w.duckdb")
        opened.append(warehouse)
        came = take_in(warehouse, [world.write(tmp_path, bron) for bron in Bron], now=NOW)
        assert not came.refused
        known = ViewParameters(DAY, 27, 12, ("9901",), "geheim", **parameters)
        made: set[str] = set()

        def read(sql: str):
            """Make the views that are asked about, and those they read, and ask."""
            asked = {*STEPS, *WITH_NORMS} & set(re.findall(r"\b(?:from|join)\s+(\w+)", sql))
            if not asked <= made:
                made.update(asked)
                build_views(warehouse, known, views=made)
            return warehouse.read(sql).rows()

        return read

    yield build
    for warehouse in opened:
        warehouse.con.close()


def with_rows(table: str, *rows: dict[str, str | None]) -> World:
    world = household()
    world.rows[table] += list(rows)
    return world


# -- DUO and UWV -----------------------------------------------------------------------------------------

WHO = [
    # her number, and name or birth date beside it: certain
    ({"burgerservicenummer": bsn(2), **WRITTEN}, [(bsn(2), True)]),
    ({"burgerservicenummer": bsn(2), "geslachtsnaam": "Van den Bergh", "geboortedatum": "19950617"}, [(bsn(2), True)]),
    # her number with nothing beside it: nobody can say
    ({"burgerservicenummer": bsn(2)}, [(bsn(2), None)]),
    # no number, or one that can't be: she by her name, and that is a question
    (WRITTEN, [(bsn(2), False)]),
    ({"burgerservicenummer": "123456789", **WRITTEN}, [(bsn(2), False)]),
    # the number of client 1, with whom she lives: it may be about either
    ({"burgerservicenummer": bsn(1), **WRITTEN}, [(bsn(1), False), (bsn(2), False)]),
    # her number and somebody else's name: a question about her
    ({"burgerservicenummer": bsn(2), "voorletters": "K.", "geslachtsnaam": "Pietersen", "geboortedatum": "20010203"},
     [(bsn(2), False)]),
    # nobody whom we know
    ({"voorletters": "K.", "geslachtsnaam": "Pietersen", "geboortedatum": "20010203"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("who", "persons"), WHO)
@pytest.mark.parametrize(
    ("view", "table", "row"),
    [("studie", "duo_inschrijving", enrolled), ("studiefinanciering", "duo_studiefinanciering", granted)],
)
def test_a_row_of_duo_is_about_whom_its_number_and_name_agree_on(views, view, table, row, who, persons):
    read = views(with_rows(table, row(**who)))
    assert read(f"select burgerservicenummer, koppeling_zeker from {view} order by all") == sorted(persons)


@pytest.mark.parametrize(
    ("who", "persons"),
    [
        ({"burgerservicenummer": bsn(1), "geslachtsnaam": "Jansen", "geboortedatum": "19800101"}, [(bsn(1), True)]),
        ({"burgerservicenummer": bsn(1)}, [(bsn(1), None)]),
        ({"voorletters": "N.", "geslachtsnaam": "Janssen", "geboortedatum": "19800101"}, [(bsn(1), False)]),
        # income of a housemate is not the dienst's business, with a number or without one
        ({"burgerservicenummer": bsn(2), **WRITTEN}, []),
        (WRITTEN, []),
    ],
)
def test_a_row_of_uwv_is_about_who_receives_bijstand_or_it_is_not_kept(views, who, persons):
    read = views(with_rows("inkomsten_uwv", earning(**who)))
    assert read("select burgerservicenummer, koppeling_zeker from inkomen order by all") == persons


def test_one_uncertain_row_makes_all_that_is_said_of_the_study_uncertain(views):
    certain, uncertain = enrolled(burgerservicenummer=bsn(2), **WRITTEN), enrolled(**WRITTEN, brin="26MB")
    read = views(with_rows("duo_inschrijving", certain, uncertain))
    assert read("select burgerservicenummer, koppeling_zeker from studie") == [(bsn(2), False)]


def test_strangers_without_a_number_are_not_kept(views):
    stranger = {"voorletters": "K.", "geslachtsnaam": "Pietersen", "geboortedatum": "20010203"}
    read = views(with_rows("duo_inschrijving", enrolled(**stranger), enrolled(**WRITTEN)))
    assert read("select geslachtsnaam from duo_inschrijving") == [("Bergh",)]


def test_twins_who_fit_equally_well_are_both_in_question(views):
    world = with_rows("duo_inschrijving", enrolled(**WRITTEN | {"voorletters": "F."}))
    world.person(3, house=1, born="19950617", **FATIMA | {"voornamen": "Farida"}).knows(1, 3)
    read = views(world)
    assert read("select burgerservicenummer, koppeling_zeker from studie order by all") == [
        (bsn(2), False), (bsn(3), False),
    ]  # fmt: skip


# -- IB --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("betreft", "person"),
    [
        ({}, (None, True)),
        ({"betreft_burgerservicenummer": bsn(2)}, (bsn(2), None)),
        ({"betreft_burgerservicenummer": bsn(2), "betreft_geslachtsnaam": "Bergh", "betreft_geboortedatum": "19950617"},
         (bsn(2), True)),
        ({"betreft_geslachtsnaam": "Bergh", "betreft_geboortedatum": "19950617"}, (bsn(2), False)),
        # not the client herself, and nobody else at the address
        ({"betreft_geslachtsnaam": "Jansen", "betreft_geboortedatum": "19800101"}, (None, False)),
    ],
)  # fmt: skip
def test_a_signal_is_about_somebody_at_the_address(views, betreft, person):
    read = views(with_rows("ib_samenloopsignaal", about(**betreft)))
    assert read("select betreft_burgerservicenummer, koppeling_zeker from samenloop") == [person]


def test_a_signal_that_names_a_dossier_and_another_person_is_a_question(views):
    read = views(with_rows("ib_samenloopsignaal", about(burgerservicenummer=bsn(5))))
    assert read("select koppeling_zeker from samenloop") == [(False,)]


# -- relations of the BRP --------------------------------------------------------------------------------


def related(**columns: str | None):
    return {"anummer": anummer(1), "burgerservicenummer": bsn(1), "soort": "kind"} | columns


@pytest.mark.parametrize(
    ("other", "band", "who"),
    [
        ({"gerelateerde_geslachtsnaam": "Bergh", "gerelateerde_geboortedatum": "19950617"}, "automatisch", anummer(2)),
        ({"gerelateerde_geslachtsnaam": "Bergh", "gerelateerde_geboortedatum": "19950000"}, "controleren", anummer(2)),
        ({"gerelateerde_geslachtsnaam": "Pietersen", "gerelateerde_geboortedatum": "20010203"}, "geen", None),
        ({"gerelateerde_burgerservicenummer": bsn(2), "gerelateerde_geslachtsnaam": "Bergh",
          "gerelateerde_geboortedatum": "19950617"}, "exact", anummer(2)),
    ],
)  # fmt: skip
def test_a_relation_without_a_number_is_looked_for_at_the_address(views, other, band, who):
    read = views(with_rows("brp_relatie", related(**other)))
    assert read("select band, anummer, zeker from koppeling where soort = 'relatie'") == [(band, who, band == "exact")]


def test_no_relation_is_linked_to_the_person_whose_list_it_is_on(views):
    read = views(
        with_rows("brp_relatie", related(gerelateerde_geslachtsnaam="Jansen", gerelateerde_geboortedatum="19800101"))
    )
    assert read("select band from koppeling where soort = 'relatie'") == [("geen",)]


def test_a_number_that_two_persons_have_never_links_by_itself(views):
    world = with_rows("duo_inschrijving", enrolled(burgerservicenummer=bsn(2), **WRITTEN))
    world.person(9, house=9, born="19700101", burgerservicenummer=bsn(2), geslachtsnaam="Ander")
    assert views(world)("select band, anummer, zeker from koppeling") == [("automatisch", anummer(2), False)]


# -- who fits nearly as well, and who does not ------------------------------------------------------------


def test_who_fits_far_worse_is_not_in_question(views):
    """Frank was born on the day that the row gives, and nothing else fits him: his own study stays certain."""
    frank = {"voornamen": "Frank", "geslachtsnaam": "Oosterhuis"}
    his = {"voorletters": "F.", "geslachtsnaam": "Oosterhuis", "geboortedatum": "19950617"}
    row = {"voorletters": "F.K.", "geslachtsnaam": "Bergh", "geboortedatum": "19950617"}
    world = with_rows("duo_inschrijving", enrolled(**row), enrolled(burgerservicenummer=bsn(40), **his))
    world.person(40, house=1, born="19950617", **frank).knows(1, 40)
    assert views(world)("select burgerservicenummer, koppeling_zeker from studie order by all") == sorted(
        [(bsn(2), False), (bsn(40), True)]
    )


def test_of_three_who_fit_equally_well_all_are_in_question(views):
    world = with_rows("duo_inschrijving", enrolled(**WRITTEN | {"voorletters": "F."}))
    for number, name in ((3, "Farida"), (4, "Fenna")):
        world.person(number, house=1, born="19950617", **FATIMA | {"voornamen": name}).knows(1, number)
    read = views(world)
    assert read("select count(distinct burgerservicenummer) from studie where not koppeling_zeker") == [(3,)]


def test_a_row_under_a_partners_name_is_kept_and_linked(views):
    row = {"voorletters": "F.N.", "geslachtsnaam": "Visser", "geboortedatum": "19950617"}
    world = with_rows("duo_inschrijving", enrolled(**row))
    world.rows["brp_relatie"] = [
        {"anummer": anummer(2), "burgerservicenummer": bsn(2), "soort": "partner", "gerelateerde_geslachtsnaam": "Visser",
         "gerelateerde_geboortedatum": "19900101", "soort_verbintenis": "H", "datum_sluiting": "20200101"},
    ]  # fmt: skip
    assert views(world)("select burgerservicenummer, koppeling_zeker from studie") == [(bsn(2), False)]


def test_a_nameless_row_that_fits_a_client_and_her_twin_is_kept_whichever_comes_first(views):
    row = {"voorletters": "N.", "geslachtsnaam": "Jansen", "geboortedatum": "19800101"}
    world = with_rows("inkomsten_uwv", earning(**row))
    world.person(0, house=1, anummer="1000000000").knows(1, 0)
    assert (bsn(1), False) in views(world)("select burgerservicenummer, koppeling_zeker from inkomen")


def test_signals_about_two_named_people_stay_two_facts(views):
    rows = [
        about(betreft_geslachtsnaam=name, betreft_geboortedatum="19700101", bronkenmerk="X") for name in ("Smit", "Vos")
    ]
    assert views(with_rows("ib_samenloopsignaal", *rows))("select signalen from samenloop") == [(1,), (1,)]


def test_of_two_uitkeringen_in_one_dossier_a_signal_stays_one_fact(views):
    world = with_rows("ib_samenloopsignaal", about(betreft_geslachtsnaam="Bergh", betreft_geboortedatum="19950617"))
    world.person(50, house=50).uitkering(50, house=50, dossiernummer="D-1")
    assert views(world)("select count(*) from samenloop") == [(1,)]
