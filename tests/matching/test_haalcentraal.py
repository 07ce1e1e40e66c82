"""JSON of the Haal Centraal BRP Personen API: each reading rule on a small example, then two published files."""

import json
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from contracts.errors import DeliveryError
from contracts.tables import TABLES
from store.haalcentraal import read_haalcentraal
from tests.world import anummer, bsn

PUBLISHED = Path(__file__).parents[2] / "../shared/data/brp"
ANSWER = PUBLISHED / "amsterdam_haalcentraal-v2-response_test-personen.json"
RAW = PUBLISHED / "personen-mock_test-data_2024-06-11.json"


def whole(day):
    return {"type": "Datum", "datum": day, "langFormaat": "in words"}


#: One made-up person as the API gives it, and as raw LO values under the same names.
AS_ANSWERED = {
    "aNummer": anummer(1),
    "burgerservicenummer": bsn(1),
    "geheimhoudingPersoonsgegevens": True,
    "geslacht": {"code": "V", "omschrijving": "vrouw"},
    "geboorte": {"datum": whole("1980-02-01"), "plaats": {"code": "0518"}, "land": {"code": "6030"}},
    "gemeenteVanInschrijving": {"code": "0518", "omschrijving": "'s-Gravenhage"},
    "naam": {
        "voornamen": "Noor", "voorvoegsel": "de", "geslachtsnaam": "Jansen", "volledigeNaam": "Noor de Jansen",
        "adellijkeTitelPredicaat": {"code": "JV", "omschrijving": "jonkvrouw", "soort": "predicaat"},
        "aanduidingNaamgebruik": {"code": "P", "omschrijving": "geslachtsnaam partner"},
    },
    "indicatieCurateleRegister": True,
    "verblijfplaats": {
        "type": "Adres",
        "datumVan": whole("2018-04-01"),
        "functieAdres": {"code": "W", "omschrijving": "woonadres"},
        "adresseerbaarObjectIdentificatie": "0518010000000001",
        "nummeraanduidingIdentificatie": "0518200000000001",
        "verblijfadres": {
            "korteStraatnaam": "Dorpsstr", "officieleStraatnaam": "Dorpsstraat", "huisnummer": 12, "huisletter": "a",
            "huisnummertoevoeging": "bis", "aanduidingBijHuisnummer": {"code": "to"}, "postcode": "1234AB",
            "woonplaats": "Voorbeeldstad",
        },
    },
}  # fmt: skip
AS_WRITTEN = AS_ANSWERED | {
    "geheimhoudingPersoonsgegevens": "7",
    "geboorte": {"datum": "19800201"},
    "verblijfplaats": {
        "datumAanvangAdreshouding": "20180401", "functieAdres": {"code": "W"}, "straat": "Dorpsstr",
        "naamOpenbareRuimte": "Dorpsstraat", "huisnummer": "12", "huisletter": "a", "huisnummertoevoeging": "bis",
        "aanduidingBijHuisnummer": {"code": "to"}, "postcode": "1234AB", "woonplaats": "Voorbeeldstad",
        "adresseerbaarObjectIdentificatie": "0518010000000001", "nummeraanduidingIdentificatie": "0518200000000001",
    },
}  # fmt: skip
AS_TABLE = {
    "anummer": anummer(1), "burgerservicenummer": bsn(1), "voornamen": "Noor", "voorvoegsel": "de",
    "adellijke_titel_predicaat": "JV", "geslachtsnaam": "Jansen", "aanduiding_naamgebruik": "P", "geslachtsaanduiding": "V", "geboortedatum": "19800201",
    "indicatie_geheim": "7", "gemeente_van_inschrijving": "0518", "functie_adres": "W",
    "datum_aanvang_adreshouding": "20180401", "adresseerbaar_object_id": "0518010000000001",
    "nummeraanduiding_id": "0518200000000001", "straatnaam": "Dorpsstr", "huisnummer": "12", "huisletter": "a",
    "huisnummertoevoeging": "bis", "aanduiding_bij_huisnummer": "to", "postcode": "1234AB",
    "woonplaats": "Voorbeeldstad", "indicatie_curateleregister": "1",
}  # fmt: skip


@pytest.fixture
def read(tmp_path):
    """Read records as a list, or a text or bytes as the file itself."""

    def tables(content):
        path = tmp_path / "levering.json"
        text = content if isinstance(content, str | bytes) else json.dumps(content)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_haalcentraal(path)

    return tables


@pytest.fixture
def person(read):
    """One person with these fields, as a row; what is absent is left out."""

    def row(**fields):
        (found,) = read([{"aNummer": anummer(1), "burgerservicenummer": bsn(1)} | fields])["brp_persoon"].to_dicts()
        return {name: value for name, value in found.items() if value is not None}

    return row


@pytest.fixture
def relations(read):
    """The relations of one person with these lists, as rows without what is absent."""

    def rows(**lists):
        found = read([{"aNummer": anummer(1), "burgerservicenummer": bsn(1)} | lists])["brp_relatie"].to_dicts()
        return [{name: value for name, value in row.items() if value is not None} for row in found]

    return rows


def rejecting(name, table):
    """The columns whose values reject rows of a table."""
    _, failed = TABLES[name].schema.filter(table)
    return {
        check.partition("|")[0] for check in failed.counts() if not TABLES[name].facts(check.partition("|")[0]).soft
    }


def made_unknown(name, table):
    """The columns of which values become unknown, each with how many."""
    _, failed = TABLES[name].schema.filter(table)
    counts = {check.partition("|")[0]: count for check, count in failed.counts().items()}
    return {column: count for column, count in counts.items() if TABLES[name].facts(column).soft}


# --- both shapes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", [AS_ANSWERED, AS_WRITTEN], ids=["as the API answers", "raw LO values"])
def test_both_shapes_of_a_person_give_the_same_row(person, record):
    assert person(**record) == AS_TABLE


def test_tables_have_the_columns_of_their_contract_as_text(read):
    for name, table in read([AS_ANSWERED]).items():
        assert tuple(table.columns) == TABLES[name].columns
        assert set(table.dtypes) == {pl.String}


@pytest.mark.parametrize(
    "around",
    [
        '{"type": "RaadpleegMetBurgerservicenummer", "personen": %s}',
        '\ufeff {"personen" : %s , "aantal" : 1, "type": "x ] }" }\n',
        "\ufeff\n%s\n",
    ],
    ids=["answer", "answer with a mark before and fields after", "list with a mark before"],
)
def test_an_answer_of_the_api_is_read_as_its_list_of_persons(read, around):
    alone = read([AS_ANSWERED, AS_WRITTEN])
    found = read(around % json.dumps([AS_ANSWERED, AS_WRITTEN]))
    assert found["brp_persoon"].equals(alone["brp_persoon"])


def test_persons_stay_in_the_order_of_the_file(read):
    many = [{"aNummer": anummer(number), "kinderen": [{}]} for number in range(5000)]
    tables = read({"type": "x", "personen": many})
    assert tables["brp_persoon"]["anummer"].to_list() == [anummer(number) for number in range(5000)]
    assert tables["brp_relatie"]["anummer"].to_list() == [anummer(number) for number in range(5000)]


@pytest.mark.parametrize("content", [[], {"type": "x", "personen": []}])
def test_a_list_of_nobody_gives_tables_without_rows(read, content):
    for name, table in read(content).items():
        assert (table.height, tuple(table.columns)) == (0, TABLES[name].columns)


def test_nothing_stays_beside_the_file(tmp_path):
    path, folder = tmp_path / "levering.json", tmp_path / "hier"
    folder.mkdir()
    path.write_text(json.dumps({"type": "x", "personen": [AS_ANSWERED]}))
    read_haalcentraal(path, folder=folder)
    assert list(folder.iterdir()) == []


def test_what_the_contract_does_not_ask_is_in_no_table(read):
    parent = {"ouderAanduiding": "1", "geboorte": {"datum": "19500101", "plaats": {"omschrijving": "Toulon"}}}
    record = AS_ANSWERED | {
        "geboorte": {"datum": "19800201", "plaats": {"omschrijving": "Thann"}, "land": {"code": "5002"}},
        "nationaliteiten": [{"nationaliteit": {"code": "0057"}}],
        "verblijfstitel": {"aanduiding": {"code": "37"}},
        "uitsluitingKiesrecht": {"uitgeslotenVanKiesrecht": "uitgesloten"},
        "immigratie": {"landVanwaarIngeschreven": {"code": "7024"}},
        "ouders": [parent],
    }
    held = str([table.to_dicts() for table in read([record]).values()])
    assert [
        value for value in ("Thann", "5002", "0057", "'37'", "uitgesloten", "7024", "Toulon") if value in held
    ] == []


# --- values ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "as_lo"),
    [
        (whole("2014-03-09"), "20140309"),
        ({"type": "JaarMaandDatum", "jaar": 2014, "maand": 3}, "20140300"),
        ({"type": "JaarDatum", "jaar": 2014, "langFormaat": "2014"}, "20140000"),
        ({"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}, "00000000"),
        ({"type": "JaarDatum", "jaar": 987}, "09870000"),
        ("20140309", "20140309"),
        ("20140000", "20140000"),
        ("05", "05"),
        (20140309, "20140309"),
    ],
)
def test_a_date_is_written_as_in_the_lo(person, given, as_lo):
    assert person(geboorte={"datum": given})["geboortedatum"] == as_lo


@pytest.mark.parametrize(
    "given",
    [
        {"type": "Datum"},
        {"type": "Datum", "datum": "9 maart 2014"},
        whole("2014-02-30"),
        {"type": "JaarDatum", "jaar": 20145},
        {"type": "JaarMaandDatum", "jaar": 2014, "maand": 13},
        [whole("2014-03-09")],
        True,
    ],
)
def test_a_date_that_cannot_be_read_is_there_and_becomes_unknown_at_the_contract(read, given):
    persons = read([AS_ANSWERED | {"geboorte": {"datum": given}}])["brp_persoon"]
    assert made_unknown("brp_persoon", persons) == {"geboortedatum": 1}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "0"),
        ({"geheimhoudingPersoonsgegevens": False}, "0"),
        ({"geheimhoudingPersoonsgegevens": True}, "7"),
        ({"geheimhoudingPersoonsgegevens": "1"}, "1"),
        ({"geheimhoudingPersoonsgegevens": "0"}, "0"),
        ({"geheimhoudingPersoonsgegevens": None}, None),
    ],
)
def test_geheim_is_left_out_for_none_and_true_is_the_strictest(person, fields, code):
    # The API: "indicatie geheim waarde 0 wordt niet geleverd"; higher than 0 is given as true without being asked.
    assert person(**fields).get("indicatie_geheim") == code


@pytest.mark.parametrize(("given", "code"), [(True, "1"), (False, None), (None, None), ("1", "1"), (2, "2")])
def test_curatele_is_1_or_empty_and_anything_else_goes_through_to_be_rejected(person, given, code):
    assert person(indicatieCurateleRegister=given).get("indicatie_curateleregister") == code


@pytest.mark.parametrize(
    ("given", "reason", "day"),
    [
        ({"reden": {"code": "O"}, "datum": whole("2020-05-01")}, "O", "20200501"),
        ({"reden": {"code": "E"}, "datum": "20200500"}, "E", "20200500"),
        ({"reden": {"code": "M"}}, "M", None),
        ({"datum": whole("2020-05-01")}, None, "20200501"),
        ({"toelichting": "?"}, None, "00000000"),
        ({}, None, None),
        (None, None, None),
        (False, None, None),
    ],
)
def test_an_opschorting_is_never_lost(person, given, reason, day):
    found = person(opschortingBijhouding=given)
    assert (found.get("reden_opschorting"), found.get("datum_opschorting")) == (reason, day)


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ({"datum": whole("2020-05-01")}, "20200501"),
        ({"datum": {"type": "DatumOnbekend", "onbekend": True}}, "00000000"),
        ({"land": {"code": "6030"}}, "00000000"),
        ({"inOnderzoek": {"datum": True}}, "00000000"),
        (True, "true"),
        ({}, None),
        (None, None),
    ],
)
def test_a_death_without_a_date_has_happened(person, given, day):
    assert person(overlijden=given).get("datum_overlijden") == day


# --- verblijfplaats -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "row"),
    [
        (
            {"type": "Locatie", "datumVan": whole("1990-07-01"), "verblijfadres": {"locatiebeschrijving": "woonboot"}},
            {"datum_aanvang_adreshouding": "19900701", "locatiebeschrijving": "woonboot"},
        ),
        (
            {
                "type": "VerblijfplaatsBuitenland",
                "datumVan": whole("2012-12-31"),
                "verblijfadres": {"regel1": "Rue 1", "land": {"code": "5002"}},
            },
            {"datum_aanvang_adres_buitenland": "20121231", "land_adres_buitenland": "5002"},
        ),
        (
            {"type": "VerblijfplaatsBuitenland", "verblijfadres": {"regel2": "Rue 1"}},
            {"land_adres_buitenland": "0000"},
        ),
        (
            {"type": "VerblijfplaatsOnbekend", "datumVan": {"type": "DatumOnbekend", "onbekend": True}},
            {"datum_aanvang_adres_buitenland": "00000000", "land_adres_buitenland": "0000"},
        ),
        (
            {"land": {"code": "0000"}, "datumAanvangAdresBuitenland": "20121231"},
            {"datum_aanvang_adres_buitenland": "20121231", "land_adres_buitenland": "0000"},
        ),
        (
            {"functieAdres": {"code": "B"}, "straat": "Plein", "datumAanvangAdreshouding": "20121231"},
            {"functie_adres": "B", "straatnaam": "Plein", "datum_aanvang_adreshouding": "20121231"},
        ),
        ({"verblijfadres": {"officieleStraatnaam": "Dorpsstraat"}}, {"straatnaam": "Dorpsstraat"}),
        ({}, {}),
    ],
    ids=[
        "locatie",
        "abroad",
        "abroad without land",
        "unknown",
        "raw abroad",
        "raw briefadres",
        "official name",
        "none",
    ],
)
def test_each_kind_of_verblijfplaats(person, given, row):
    alone = person(verblijfplaats={})
    assert person(verblijfplaats=given) == alone | row


LOOKED_AT = {"datumVan": True, "datumIngangOnderzoek": whole("2012-12-20")}


@pytest.mark.parametrize(
    ("fields", "code", "since"),
    [
        ({"verblijfplaats": {"type": "Adres", "inOnderzoek": LOOKED_AT}}, "080000", "20121220"),
        (
            {
                "verblijfplaats": {
                    "verblijfadres": {"inOnderzoek": {"huisnummer": True, "datumIngangOnderzoek": "20121220"}}
                }
            },
            "080000",
            "20121220",
        ),
        (
            {"inOnderzoek": {"gemeenteVanInschrijving": True, "datumIngangOnderzoekGemeente": whole("2012-12-20")}},
            "080000",
            "20121220",
        ),
        ({"inOnderzoek": {"datumInschrijvingInGemeente": True}}, "080000", None),
        ({"immigratie": {"inOnderzoek": {"landVanwaarIngeschreven": True}}}, "080000", None),
        (
            {
                "adressering": {
                    "inOnderzoek": {"adresregel1": True, "datumIngangOnderzoekVerblijfplaats": whole("2012-12-20")}
                }
            },
            "080000",
            "20121220",
        ),
        (
            {
                "verblijfplaats": {
                    "inOnderzoek": {"aanduidingGegevensInOnderzoek": "081120", "datumIngangOnderzoek": "20121220"}
                }
            },
            "081120",
            "20121220",
        ),
        ({"verblijfplaats": {"inOnderzoek": {"aanduidingGegevensInOnderzoek": "089999"}}}, "089999", None),
        (
            {"verblijfplaats": {"indicatieVastgesteldVerblijftNietOpAdres": True, "inOnderzoek": LOOKED_AT}},
            "089999",
            "20121220",
        ),
        ({"adressering": {"indicatieVastgesteldVerblijftNietOpAdres": True}}, "089999", None),
        ({"verblijfplaats": {"indicatieVastgesteldVerblijftNietOpAdres": False}}, None, None),
        ({"verblijfplaats": {"inOnderzoek": True}}, "080000", None),
        ({"verblijfplaats": {"inOnderzoek": "ja"}}, "080000", None),
        ({"verblijfplaats": {"inOnderzoek": []}}, "080000", None),
        ({"verblijfplaats": {"inOnderzoek": {}}}, "080000", None),
        ({"inOnderzoek": True}, "080000", None),
        ({"verblijfplaats": {"inOnderzoek": False}}, None, None),
        ({"verblijfplaats": {"inOnderzoek": None}}, None, None),
        ({"verblijfplaats": {"inOnderzoek": {"datumVan": False, "type": None}}}, None, None),
        ({"inOnderzoek": {"geslacht": True, "datumIngangOnderzoekPersoon": whole("2012-12-20")}}, None, None),
        (
            {"adressering": {"inOnderzoek": {"aanhef": True, "datumIngangOnderzoekPersoon": whole("2012-12-20")}}},
            None,
            None,
        ),
        ({"persoonInOnderzoek": {"aanduidingGegevensInOnderzoek": "010310"}}, None, None),
    ],
)
def test_in_onderzoek_of_the_address_is_never_lost(person, fields, code, since):
    found = person(**fields)
    assert (found.get("vp_aanduiding_in_onderzoek"), found.get("vp_datum_ingang_onderzoek")) == (code, since)


# --- relations ------------------------------------------------------------------------------------------

OWN = {"anummer": anummer(1), "burgerservicenummer": bsn(1)}


def test_relations_of_the_three_lists_with_the_own_numbers(relations):
    partner = {
        "burgerservicenummer": bsn(2), "soortVerbintenis": {"code": "P"},
        "naam": {
            "voornamen": "Bo", "voorvoegsel": "van", "geslachtsnaam": "Dijk", "adellijkeTitelPredicaat": {"code": "B"},
        },
        "geboorte": {"datum": {"type": "JaarDatum", "jaar": 1979}},
        "aangaanHuwelijkPartnerschap": {"datum": whole("2005-12-03")},
        "ontbindingHuwelijkPartnerschap": {"datum": whole("2015-12-03")},
    }  # fmt: skip
    found = relations(
        partners=[partner],
        kinderen=[
            {"geboorte": {"datum": "20100101"}, "naam": {"adellijkeTitelPredicaat": {"code": "JH"}}},
            {"naam": {"geslachtsnaam": "Dijk"}},
        ],
        ouders=[{"ouderAanduiding": "2"}, {"ouderAanduiding": "1", "naam": {"geslachtsnaam": "Jansen"}}],
    )
    assert found == [
        OWN | {
            "soort": "partner", "gerelateerde_burgerservicenummer": bsn(2), "gerelateerde_voorvoegsel": "van",
            "gerelateerde_geslachtsnaam": "Dijk", "gerelateerde_geboortedatum": "19790000", "soort_verbintenis": "P",
            "gerelateerde_adellijke_titel_predicaat": "B",
            "datum_sluiting": "20051203", "datum_ontbinding": "20151203",
        },
        OWN | {"soort": "kind", "gerelateerde_geboortedatum": "20100101"},
        OWN | {"soort": "kind", "gerelateerde_geslachtsnaam": "Dijk"},
        OWN | {"soort": "ouder2"},
        OWN | {"soort": "ouder1", "gerelateerde_geslachtsnaam": "Jansen"},
    ]  # fmt: skip


def test_a_relation_of_which_nothing_is_known_is_there(relations):
    assert relations(kinderen=[{}], partners=[], ouders=None) == [OWN | {"soort": "kind"}]


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ({"datum": "20150000"}, "20150000"),
        ({"datum": {"type": "DatumOnbekend", "onbekend": True}}, "00000000"),
        ({"land": {"code": "6030"}}, "00000000"),
        ({"inOnderzoek": {"datum": True}}, None),
        ({}, None),
        (None, None),
    ],
)
def test_an_ontbinding_without_a_date_has_happened_unless_it_is_only_in_onderzoek(relations, given, day):
    (partner,) = relations(partners=[{"ontbindingHuwelijkPartnerschap": given}])
    assert partner.get("datum_ontbinding") == day


@pytest.mark.parametrize(
    "part", ["naam", "geboorte", "aangaanHuwelijkPartnerschap", "ontbindingHuwelijkPartnerschap", None]
)
def test_in_onderzoek_of_a_relation_is_never_lost(relations, part):
    looked_at = {"inOnderzoek": {"datum": True}}
    relation = {part: looked_at} if part else looked_at
    found = relations(
        partners=[relation],
        kinderen=[relation],
        ouders=[relation | {"ouderAanduiding": "1"}, relation | {"ouderAanduiding": "2"}],
    )
    assert [row["aanduiding_in_onderzoek"] for row in found] == ["050000", "090000", "020000", "030000"]


def test_in_onderzoek_of_a_relation_as_the_lo_writes_it(relations):
    (kind,) = relations(kinderen=[{"inOnderzoek": {"aanduidingGegevensInOnderzoek": "090210"}}])
    assert kind["aanduiding_in_onderzoek"] == "090210"


# --- what is not sound ----------------------------------------------------------------------------------


@pytest.mark.parametrize("record", [None, 5, "person", [], [AS_ANSWERED], True])
def test_a_record_that_is_no_person_is_a_row_without_values_and_is_rejected(read, record):
    tables = read([AS_ANSWERED, record, AS_WRITTEN])
    assert tables["brp_persoon"].height == 3
    assert set(tables["brp_persoon"].row(1)) == {None}
    assert rejecting("brp_persoon", tables["brp_persoon"]) == {"anummer"}
    assert tables["brp_relatie"].height == 0


@pytest.mark.parametrize("given", [{}, {"aNummer": None}, {"aNummer": ""}])
def test_a_person_without_anummer_keeps_none(read, given):
    persons = read([{"burgerservicenummer": bsn(1)} | given])["brp_persoon"]
    assert persons["anummer"].to_list() == [None]
    assert rejecting("brp_persoon", persons) == {"anummer"}


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"aNummer": {"nummer": anummer(1)}}, "anummer"),
        ({"aNummer": [anummer(1)]}, "anummer"),
        ({"verblijfplaats": [AS_ANSWERED["verblijfplaats"]]}, "vp_aanduiding_in_onderzoek"),
        ({"verblijfplaats": "123456"}, "vp_aanduiding_in_onderzoek"),
        ({"verblijfplaats": {"verblijfadres": ["Dorpsstraat"]}}, "vp_aanduiding_in_onderzoek"),
        (
            {"verblijfplaats": {"inOnderzoek": {"aanduidingGegevensInOnderzoek": {"code": "080000"}}}},
            "vp_aanduiding_in_onderzoek",
        ),
        ({"opschortingBijhouding": "overleden"}, "reden_opschorting"),
        ({"opschortingBijhouding": {"reden": {"omschrijving": "overlijden"}}}, "reden_opschorting"),
        ({"verblijfplaats": {"huisletter": ["a"]}}, "huisletter"),
        ({"verblijfplaats": {"aanduidingBijHuisnummer": {"omschrijving": "tegenover"}}}, "aanduiding_bij_huisnummer"),
    ],
)
def test_a_type_that_does_not_belong_rejects_a_person_where_unknown_is_not_safe(read, fields, column):
    persons = read([AS_ANSWERED, AS_ANSWERED | fields])["brp_persoon"]
    good, _ = TABLES["brp_persoon"].schema.filter(persons)
    assert good.height == 1
    assert rejecting("brp_persoon", persons) == {column}


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"overlijden": ["2020-05-01"]}, "datum_overlijden"),
        ({"geheimhoudingPersoonsgegevens": {"waarde": True}}, "indicatie_geheim"),
        ({"geslacht": {"omschrijving": "vrouw"}}, "geslachtsaanduiding"),
        ({"burgerservicenummer": int(bsn(1)) + 1}, "burgerservicenummer"),
        ({"naam": {"geslachtsnaam": "x" * 300}}, "geslachtsnaam"),
    ],
)
def test_a_value_a_person_can_do_without_becomes_unknown_at_the_contract(read, fields, column):
    persons = read([AS_ANSWERED | fields])["brp_persoon"]
    assert rejecting("brp_persoon", persons) == set()
    assert set(made_unknown("brp_persoon", persons)) == {column}


@pytest.mark.parametrize(
    ("lists", "column"),
    [
        ({"partners": {"burgerservicenummer": bsn(2)}}, "soort"),
        ({"partners": "Bo"}, "soort"),
        ({"kinderen": [["Bo"]]}, "soort"),
        ({"kinderen": [None]}, "soort"),
        ({"ouders": [{"naam": {"geslachtsnaam": "Jansen"}}]}, "soort"),
        ({"ouders": [{"ouderAanduiding": "3"}]}, "soort"),
        ({"partners": [{"naam": ["Bo"]}]}, "aanduiding_in_onderzoek"),
        ({"partners": [{"ontbindingHuwelijkPartnerschap": "20150101"}]}, "datum_ontbinding"),
    ],
)
def test_a_relation_that_cannot_be_read_is_a_rejected_row_not_an_absent_one(read, lists, column):
    tables = read([AS_ANSWERED | lists | {"aNummer": anummer(1)}])
    assert tables["brp_relatie"].height == 1
    assert rejecting("brp_relatie", tables["brp_relatie"]) == {column}
    assert rejecting("brp_persoon", tables["brp_persoon"]) == set()


def test_numbers_hostile_text_and_nul_go_through_as_they_are(person):
    name = "\"<Onbekend> & \u0000 Łŵ'; drop table"
    found = person(aNummer=int(anummer(1)), naam={"geslachtsnaam": name}, verblijfplaats={"huisnummer": "007"})
    assert (found["anummer"], found["geslachtsnaam"], found["huisnummer"]) == (anummer(1), name, "007")


def test_deep_nesting_in_a_value_is_a_bad_value(read):
    deep = "[" * 50_000 + "]" * 50_000
    tables = read(f'[{{"aNummer": "{anummer(1)}", "naam": {{"geslachtsnaam": {deep}}}, "kinderen": {deep}}}]')
    assert made_unknown("brp_persoon", tables["brp_persoon"]) == {"geslachtsnaam": 1}
    assert rejecting("brp_relatie", tables["brp_relatie"]) == {"soort"}


SECRET = "Geheimzinnig"
PERSON = f'{{"naam": {{"geslachtsnaam": "{SECRET}"}}}}'


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "File is empty."),
        (" \n", "File is empty."),
        (f"[{PERSON}, {PERSON}", "no JSON"),
        (f"[{PERSON[:-3]}", "no JSON"),
        ("[", "no JSON"),
        (f"[{PERSON}] {PERSON}", "no JSON"),
        (f"[{PERSON} {PERSON}]", "no JSON"),
        (f"[{PERSON}]".replace("zin", "z\x00n"), "no JSON"),
        (f"[{PERSON}]".replace("zin", "zïn").encode("latin-1"), "no JSON"),
        (f"[{PERSON}]".encode("utf-16"), "no list"),
        (f'{{"type": "x", "personen": [{PERSON}, {PERSON}', "no list"),
        (f'{{"type": "x", "personen": [{PERSON[:-2]}, "ouders": []}}', "no JSON"),
        (f'{{"type": "x", "personen": [{PERSON}], "meer": [{PERSON}]}}', "no JSON"),
        (f'{{"personen": [{PERSON}]}} {{"personen": []}}', "no JSON"),
        ('{"personen": [}', "no list"),
        (f'{{"type": "x", "personen": {PERSON}}}', "no list"),
        ('{"type": "x", "personen": null}', "no list"),
        ('{"title": "U bent niet geautoriseerd.", "status": 403}', "no list"),
        (PERSON, "no list"),
        (f"naam;{SECRET}", "no list"),
        ('"personen"', "no list"),
        ("\x00\x00", "no list"),
        ("[" * 200_000, "no JSON"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_and_where_and_names_nobody(read, content, what):
    with pytest.raises(DeliveryError, match=what) as error:
        read(content)
    assert error.value.where == "levering.json"
    assert SECRET not in str(error.value)
    assert error.value.__cause__ is None


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(DeliveryError, match="missing"):
        read_haalcentraal(tmp_path / "levering.json")


# --- the published files --------------------------------------------------------------------------------

real = pytest.mark.skipif(not RAW.exists(), reason="the published files are not beside the project")


@pytest.fixture(scope="module")
def raw():
    return json.loads(RAW.read_text()), read_haalcentraal(RAW)


@pytest.fixture(scope="module")
def answer():
    return json.loads(ANSWER.read_text())["personen"], read_haalcentraal(ANSWER)


def digits(date):
    """A date of either shape as 8 digits, read by hand."""
    if date is None or isinstance(date, str):
        return date
    kinds = {
        "Datum": lambda: date["datum"].replace("-", ""),
        "JaarMaandDatum": lambda: f"{date['jaar']:04}{date['maand']:02}00",
        "JaarDatum": lambda: f"{date['jaar']:04}0000",
        "DatumOnbekend": lambda: "00000000",
    }
    return kinds[date["type"]]()


def at(record, *names):
    for name in names:
        record = record.get(name) if isinstance(record, dict) else None
    return record


@real
@pytest.mark.parametrize(
    ("file", "persons", "partners", "kinderen", "ouders"),
    [("raw", 1176, 286, 688, 2132), ("answer", 111, 39, 55, 208)],
)
def test_real_numbers(request, file, persons, partners, kinderen, ouders):
    _, tables = request.getfixturevalue(file)
    assert tables["brp_persoon"].height == persons
    found = Counter(soort.rstrip("12") for soort in tables["brp_relatie"]["soort"])
    assert found == {"partner": partners, "kind": kinderen, "ouder": ouders}


@real
@pytest.mark.parametrize("file", ["raw", "answer"])
@pytest.mark.parametrize(
    ("column", "names"),
    [
        ("anummer", ("aNummer",)),
        ("burgerservicenummer", ("burgerservicenummer",)),
        ("geslachtsnaam", ("naam", "geslachtsnaam")),
        ("aanduiding_naamgebruik", ("naam", "aanduidingNaamgebruik", "code")),
        ("geslachtsaanduiding", ("geslacht", "code")),
        ("gemeente_van_inschrijving", ("gemeenteVanInschrijving", "code")),
        ("functie_adres", ("verblijfplaats", "functieAdres", "code")),
        ("adresseerbaar_object_id", ("verblijfplaats", "adresseerbaarObjectIdentificatie")),
        ("reden_opschorting", ("opschortingBijhouding", "reden", "code")),
    ],
)
def test_real_values_are_those_of_the_file(request, file, column, names):
    persons, tables = request.getfixturevalue(file)
    assert tables["brp_persoon"][column].to_list() == [at(person, *names) for person in persons]


@real
@pytest.mark.parametrize("file", ["raw", "answer"])
@pytest.mark.parametrize(
    ("column", "names"),
    [
        ("geboortedatum", ("geboorte", "datum")),
        ("datum_overlijden", ("overlijden", "datum")),
        ("datum_opschorting", ("opschortingBijhouding", "datum")),
    ],
)
def test_real_dates_are_those_of_the_file(request, file, column, names):
    persons, tables = request.getfixturevalue(file)
    assert tables["brp_persoon"][column].to_list() == [digits(at(person, *names)) for person in persons]


@real
@pytest.mark.parametrize("file", ["raw", "answer"])
def test_real_relations_are_those_of_the_file(request, file):
    persons, tables = request.getfixturevalue(file)
    expected = [
        (person["aNummer"], soort + relation.get("ouderAanduiding", ""), digits(at(relation, "geboorte", "datum")))
        for person in persons
        for soort, name in (("partner", "partners"), ("kind", "kinderen"), ("ouder", "ouders"))
        for relation in person[name]
    ]
    assert tables["brp_relatie"].select("anummer", "soort", "gerelateerde_geboortedatum").rows() == expected


@real
def test_real_raw_in_onderzoek_geheim_curatele_and_abroad(raw):
    # Counted in the file: 47 verblijfplaatsen in onderzoek (2 of them 089999), 55 geheim, 16 curatele, 94 abroad.
    persons = raw[1]["brp_persoon"]
    looked_at = persons["vp_aanduiding_in_onderzoek"]
    assert (looked_at.drop_nulls().len(), (looked_at == "089999").sum()) == (47, 2)
    assert persons["vp_datum_ingang_onderzoek"].drop_nulls().len() == 47
    assert Counter(persons["indicatie_geheim"]) == {"0": 1121, "1": 55}
    assert (persons["indicatie_curateleregister"] == "1").sum() == 16
    assert persons["land_adres_buitenland"].drop_nulls().len() == 94


@real
def test_real_answer_in_onderzoek_geheim_and_places(answer):
    # Counted in the file: of one person verblijfplaats, immigratie and gemeente are in onderzoek, of one immigratie alone.
    persons, tables = answer
    of_address = [
        "inOnderzoek" in json.dumps(person["verblijfplaats"]) or "inOnderzoek" in person["immigratie"]
        for person in persons
    ]
    found = tables["brp_persoon"]
    assert found["vp_aanduiding_in_onderzoek"].to_list() == ["080000" if here else None for here in of_address]
    assert Counter(found["indicatie_geheim"]) == {"0": 101, "7": 10}
    assert sorted(found["land_adres_buitenland"].drop_nulls()) == ["6023", "9056"]
    assert found["locatiebeschrijving"].drop_nulls().len() == 2


@real
def test_real_raw_persons_all_pass_the_contract_but_for_soft_values(raw):
    # Two BAG objects and one nummeraanduiding lost a zero; one BSN fails the elfproef; one stay abroad is from 2919.
    assert rejecting("brp_persoon", raw[1]["brp_persoon"]) == set()
    assert made_unknown("brp_persoon", raw[1]["brp_persoon"]) == {
        "burgerservicenummer": 1,
        "datum_aanvang_adres_buitenland": 1,
        "adresseerbaar_object_id": 2,
        "nummeraanduiding_id": 1,
    }
    assert rejecting("brp_relatie", raw[1]["brp_relatie"]) == set()


@real
def test_real_answer_rows_all_pass_the_contract_but_for_soft_values(answer):
    # One person's BSN is 999999999, which fails the elfproef; the same person has three relations.
    assert rejecting("brp_persoon", answer[1]["brp_persoon"]) == set()
    assert made_unknown("brp_persoon", answer[1]["brp_persoon"]) == {"burgerservicenummer": 1}
    assert rejecting("brp_relatie", answer[1]["brp_relatie"]) == set()
    assert made_unknown("brp_relatie", answer[1]["brp_relatie"]) == {"burgerservicenummer": 3}


@real
@pytest.mark.parametrize(("file", "twice"), [("raw", 0), ("answer", 12)])
def test_real_persons_with_the_same_anummer_all_come_through(request, file, twice):
    # The answer was put together by hand: five persons stand in it twice, and two share an A-nummer.
    _, tables = request.getfixturevalue(file)
    assert tables["brp_persoon"]["anummer"].is_duplicated().sum() == twice
