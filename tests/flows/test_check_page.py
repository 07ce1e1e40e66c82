"""The page and the console for a supplier: what is wrong, where, and what was asked; never a value."""

import re
from pathlib import Path

import pytest

from contracts.errors import DeliveryError
from contracts.publish_words import checks, row_rules
from contracts.tables import TABLES, Bron
from flows import present
from flows.report.check_page import render_check, write_check
from flows.report.check_verdict import check_verdict
from flows.report.expected import expected
from matching.intake.check import CheckResult, CodeCount, check_path
from tests.pages import HOSTILE, assert_accessible, assert_alone, on_console, text, tree
from tests.world import DAY, anummer, bsn, town

NAMES = [HOSTILE, "]]><b>.csv", "{{ 7 * 7 }}.csv", "[red]x[/red] [/].csv", "a\nb\x1b[2J\u202etxt.csv", "weg\udc80.csv"]


def persons(**changes: object) -> CheckResult:
    """120 persons: two rows without a sound A-nummer, seven postcodes that are none."""
    codes = (
        CodeCount("anummer:vorm", False, 2, (17, 44)),
        CodeCount("postcode:vorm", True, 7, (3, 9, 12, 30, 31)),
    )
    usual = {"tabel": "brp_persoon", "bestand": "personen.csv", "rijen": 120, "afgekeurd": 2, "codes": codes}
    return CheckResult(**usual | changes)


def relations(**changes: object) -> CheckResult:
    """A table in which all is well."""
    return CheckResult(**{"tabel": "brp_relatie", "bestand": "relaties.csv", "rijen": 80} | changes)


def unusable(**changes: object) -> CheckResult:
    """A file without one of its columns."""
    fault = DeliveryError(
        "Columns do not fit contract brp_relatie: missing ['anummer'].", where="relaties.csv",
        todo="Say under [leveringen.brp_relatie] in the settings what they are called here.",
    )  # fmt: skip
    return CheckResult(**{"tabel": "brp_relatie", "bestand": "relaties.csv", "fout": fault} | changes)


REMARKS = (("kolom:onbekend", 3), ("functie_adres:onbekende_code", 12))
DELIVERIES = {
    "rejected": [persons(), relations()],
    "unusable": [unusable(), persons(opmerkingen=REMARKS)],
    "good": [relations()],
    "empty": [relations(rijen=0)],
    "unknown": [CheckResult("", "iets.json", fout=DeliveryError("No JSON.", where="iets.json", todo="Ask again."))],
    "nothing": [],
}


def page(*results: CheckResult) -> str:
    return render_check(results, titel="brp")


def console(*results: CheckResult) -> str:
    return on_console(lambda shown: present.checked(shown, results))


@pytest.mark.parametrize("results", DELIVERIES.values(), ids=DELIVERIES)
def test_page_stands_alone_and_can_be_read_by_everybody(results):
    html = page(*results)
    assert_accessible(html)
    assert_alone(html)
    assert not re.search(r"http|src|href|script", html)


@pytest.mark.parametrize(
    ("results", "fits", "sentence"),
    [
        ([relations()], True, "Deze levering past: alle 80 rijen zijn goed."),
        ([relations(rijen=1)], True, "Deze levering past: de ene rij is goed."),
        ([relations(rijen=0)], True, "Deze levering past, maar er staat geen enkele rij in."),
        ([persons(), relations()], False, "Deze levering past op 198 van de 200 rijen."),
        ([unusable()], False, "Deze levering past niet: het bestand is zo niet te gebruiken."),
        ([unusable(), persons()], False, "Deze levering past niet: 1 bestand is zo niet te gebruiken."),
        ([unusable(), unusable()], False, "Deze levering past niet: 2 bestanden zijn zo niet te gebruiken."),
        ([], False, "Er is niets om te toetsen."),
    ],
)
def test_the_verdict_is_one_sentence_on_page_and_console(results, fits, sentence):
    judged = check_verdict(results)
    assert (judged.goed, judged.zin) == (fits, sentence)
    assert tree(page(*results)).findtext(".//h2") == sentence
    assert sentence in console(*results)


def test_the_verdict_says_what_is_lost_and_what_is_not():
    assert check_verdict([persons(opmerkingen=REMARKS)]).uitleg == (
        "2 rijen worden afgekeurd en doen niet mee.",
        "7 waarden kloppen niet en worden onbekend; de rest van die rijen doet gewoon mee.",
        "Er zijn 2 opmerkingen; daarvoor wordt niets afgekeurd.",
    )
    one = (CodeCount("postcode:vorm", True, 1, (3,)),)
    assert check_verdict([persons(afgekeurd=1, codes=one, opmerkingen=REMARKS[:1])]).uitleg == (
        "1 rij wordt afgekeurd en doet niet mee.",
        "1 waarde klopt niet en wordt onbekend; de rest van die rijen doet gewoon mee.",
        "Er is 1 opmerking; daarvoor wordt niets afgekeurd.",
    )


def test_values_that_become_unknown_do_not_make_a_delivery_unfit():
    soft = (CodeCount("postcode:vorm", True, 7, (3, 9)),)
    assert check_verdict([persons(afgekeurd=0, codes=soft)]).goed


def test_each_code_says_what_was_asked_what_follows_how_often_and_where():
    table = next(t for t in tree(page(persons())).iter("table") if t.get("class") == "blok codes")
    rows = [" ".join(" ".join(row.itertext()).split()) for row in table.find("tbody")]
    assert rows == [
        "anummer:vorm De waarde heeft niet de afgesproken vorm 10 cijfers, zonder 0 vooraan rij afgekeurd 2 17, 44",
        (
            "postcode:vorm De waarde heeft niet de afgesproken vorm 4 cijfers en 2 letters, zoals 1234AB "
            "waarde onbekend 7 3, 9, 12, 30, 31 en verder"
        ),
    ]


def test_several_tables_are_first_told_in_short():
    table = next(t for t in tree(page(unusable(), persons())).iter("table") if t.get("class") == "blok overzicht")
    rows = [" ".join(" ".join(row.itertext()).split()) for row in table.find("tbody")]
    assert rows == ["brp_relatie relaties.csv ! niet te gebruiken", "brp_persoon personen.csv 120 118 2 7"]
    assert "In het kort" not in text(page(persons()))


def test_a_file_that_can_not_be_used_says_what_where_and_what_to_do():
    html = page(unusable())
    shown = text(html)
    assert "Dit bestand is zo niet te gebruiken" in shown
    assert "Waar relaties.csv" in shown
    english = ["".join(code.itertext()) for code in tree(html).iter("code") if code.get("lang") == "en"]
    assert english == [unusable().fout.what, unusable().fout.todo]
    columns = TABLES["brp_relatie"].delivered
    assert f"Het contract van brp_relatie vraagt deze kolommen: {', '.join(columns)}." in shown


def test_the_columns_asked_are_not_listed_where_nobody_knows_which_table_it_is():
    assert "vraagt deze kolommen" not in text(page(*DELIVERIES["unknown"]))


def test_remarks_are_told_on_page_and_console():
    for shown in (text(page(persons(opmerkingen=REMARKS))), console(persons(opmerkingen=REMARKS))):
        assert "Kolommen die het contract niet kent. Tijdig las ze niet." in shown
        assert "Codes in functie_adres die de open lijst niet kent." in shown


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_only_ever_text(name):
    fault = DeliveryError("File is missing.", where=name, todo="Ask the supplier to send it again.")
    results = [persons(bestand=name), CheckResult("", name, fout=fault)]
    html = render_check(results, titel=name)
    assert_alone(html)
    assert_accessible(html)
    assert not list(tree(html).iter("b"))
    assert "<script" not in html
    printable = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)
    assert "".join(tree(html).find(".//h1").itertext()) == printable
    assert "".join(tree(html).itertext()).count(printable) >= 6
    html.encode("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_steers_no_console(name):
    fault = DeliveryError("File is missing.", where=name, todo="Ask.")
    shown = console(persons(bestand=name), CheckResult("", name, fout=fault))
    printable = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)
    assert shown.count(printable) == 3
    assert "\x1b" not in shown


def test_the_console_shows_the_same_and_keeps_square_brackets():
    shown = console(persons(), unusable())
    assert "brp_persoon (personen.csv): 120 rijen, 118 goed, 2 afgekeurd" in shown
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    place = lines.index("postcode:vorm waarde onbekend 7 3, 9, 12, 30, 31")
    assert lines[place + 1] == "4 cijfers en 2 letters, zoals 1234AB"
    assert "relaties.csv is zo niet te gebruiken." in shown
    assert "Wat te doen: Say under [leveringen.brp_relatie] in the settings what they are called here." in shown


def test_a_real_delivery_is_told_without_any_value(tmp_path):
    world = town().person(40, house=40, anummer="123").person(41, house=41, born="2015")
    delivery = world.person(42, house=42, burgerservicenummer="123456789").write(tmp_path, Bron.BRP)
    results = check_path(delivery.folder, peildatum=DAY)
    shown = text(render_check(results, titel="brp")), console(*results)
    for told in shown:
        assert "anummer:vorm" in told
        assert "burgerservicenummer:elfproef" in told
        assert "geboortedatum:geen_datum" in told
        for value in (bsn(1), bsn(40), bsn(41), anummer(41), "123456789", "Jansen", "Noor", "Dorpsstraat"):
            assert value not in told


def test_the_page_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch):
    path = tmp_path / "map" / "toets.html"
    write_check([persons()], path, titel="brp")
    assert path.read_text(encoding="utf-8") == page(persons())
    assert [found.name for found in path.parent.iterdir()] == ["toets.html"]

    def broken(_: Path, __: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(OSError, match="disk full"):
        write_check([relations()], path, titel="brp")
    assert path.read_text(encoding="utf-8") == page(persons())


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_code_a_contract_can_give_says_what_was_asked(table):
    codes = [f"{column}:{check}" for column in table.delivered for check in checks(table, column)]
    codes += [f"rij:{rule.code}" for rule in row_rules(table)]
    codes += [f"{table.parent}:hoort_nergens_bij"] if table.belongs_to else []
    codes += ["sleutel:dubbel"] if table.key else []
    assert [code for code in codes if not expected(table, code)] == []


@pytest.mark.parametrize(
    ("table", "code", "asked"),
    [
        ("brp_persoon", "anummer:vorm", "10 cijfers, zonder 0 vooraan"),
        ("brp_persoon", "anummer:verplicht", "verplicht: 10 cijfers, zonder 0 vooraan"),
        ("brp_persoon", "burgerservicenummer:elfproef", "9 cijfers, met elfproef"),
        ("brp_persoon", "straatnaam:te_lang", "tekst, hoogstens 80 tekens"),
        ("brp_persoon", "geslachtsaanduiding:code", "M (man), V (vrouw) of O (onbekend)"),
        ("brp_persoon", "indicatie_geheim:code", "0, 1, 2, 3, 4, 5, 6 of 7"),
        (
            "brp_persoon", "geboortedatum:geen_datum",
            "8 cijfers, jjjjmmdd, van 1800 tot en met 2199; een onbekende maand of dag is 00, zoals 20140000",
        ),
        ("uitkering", "datum_aanvang_uitkering:geen_datum", "een hele datum, jjjj-mm-dd, die op de kalender staat"),
        ("uitkering", "partner_rechthebbend:code", "0 (onbekend), 1 (ja) of 2 (nee)"),
        ("uitkering", "aantal_kostendelers:geen_getal", "geheel getal, hoogstens 2 cijfers"),
        ("uitkering", "rij:einde_voor_aanvang", "datum_einde_uitkering ligt niet voor datum_aanvang_uitkering"),
        ("uitkering", "sleutel:dubbel", "elke waarde van uitkering_id hoogstens één keer"),
        (
            "uitkeringsperiode", "sleutel:dubbel",
            "elke combinatie van uitkering_id en datum_aanvang_periode hoogstens één keer",
        ),
        ("uitkeringsperiode", "uitkering_id:hoort_nergens_bij", "uitkering_id staat ook in uitkering"),
        (
            "ib_samenloopsignaal", "sleutel:dubbel",
            (
                "elke combinatie van dossiernummer, burgerservicenummer, signaalsoort, signaalreden, "
                "betreft_burgerservicenummer, bronkenmerk en datum_aanvang_feit hoogstens één keer, of de nieuwste te "
                "herkennen aan leveringsdatum of is_correctie"
            ),
        ),
        ("uitkering", "tekencodering", "UTF-8 in het hele bestand"),
        ("uitkering", "iets:nieuws", ""),
        ("brp_persoon", "sleutel:vorm", ""),
    ],
)  # fmt: skip
def test_what_was_asked_stands_in_plain_words(table, code, asked):
    assert expected(TABLES[table], code) == asked
