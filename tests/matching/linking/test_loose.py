"""A loose file, as people make them: any separator, any encoding, more columns than asked for."""

import csv
import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.errors import TijdigError
from matching.linking import Weights
from matching.linking.loose import UNPROVEN, WORDS, match, read_both, read_records
from tests.linking import JAN, KARIM, town
from tests.world import bsn


@pytest.fixture
def write(tmp_path):
    def written(content, name="lijst.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def values(frame):
    return frame.drop("id").rows()


@pytest.mark.parametrize(
    "content",
    [
        "naam;voorletters\nJansen;J.\nde Boer;E.\n",
        "naam,voorletters\nJansen,J.\nde Boer,E.",
        "naam\tvoorletters\nJansen\tJ.\nde Boer\tE.\n",
        "\ufeffNaam;VOORLETTERS\r\nJansen;J.\r\nde Boer;E.\r\n",
        '"naam";"voorletters"\n"Jansen";"J."\n" de Boer ";E.\n\n\n',
        "naam;voorletters\rJansen;J.\rde Boer;E.\r",  # an old Macintosh
    ],
)
def test_a_table_is_read_however_it_is_written(write, content):
    made = read_records(write(content))
    assert made.columns == ["id", "naam", "voorletters"]
    assert made.rows() == [(1, "Jansen", "J."), (2, "de Boer", "E.")]


def test_windows_1252_is_read(write):
    assert values(read_records(write("naam;huisnummer\nNúñez – Zoë;1\n".encode("cp1252")))) == [("Núñez – Zoë", "1")]


def test_columns_may_have_the_names_that_people_use(write):
    made = read_records(write("BSN;Voornaam;Achternaam;Geslacht\n1;2;3;4\n"))
    assert made.columns[1:] == ["burgerservicenummer", "voornamen", "geslachtsnaam", "geslachtsaanduiding"]


def test_a_leading_zero_stays_and_empty_is_nothing(write):
    made = read_records(write('bsn;naam;postcode\n010000008;"";  \n'))
    assert values(made) == [("010000008", None, None)]


def test_quotes_hold_separators_and_line_ends(write):
    made = read_records(write('naam;postcode\n"Jansen;\nde Vries";1234AB\n5" Pijp;1234AB\n"a ""b""";1\n'))
    assert values(made) == [("Jansen;\nde Vries", "1234AB"), ('5" Pijp', "1234AB"), ('a "b"', "1")]
    assert made["id"].to_list() == [1, 2, 3]


def test_other_columns_are_left_out_and_named(write):
    said = []
    made = read_records(write("klantnr;naam;telefoon;klantnr;;id\n1;Jansen;06;2;x;9\n"), said.append)
    assert made.columns == ["id", "naam"]
    assert made.rows() == [(1, "Jansen")]
    assert said == ["Niet gebruikt uit lijst.csv: klantnr, telefoon, klantnr, id."]
    read_records(write("naam\nJansen\n"), said.append)
    assert len(said) == 1, "where all are used there is nothing to say"


def test_an_empty_line_is_a_row_of_nobody_so_that_numbers_follow_the_file(write):
    made = read_records(write("naam;postcode\n\nJansen;1234AB\n;\n\n\n"))
    assert made.rows() == [(1, None, None), (2, "Jansen", "1234AB"), (3, None, None)]


def test_a_header_alone_has_no_rows(write):
    made = read_records(write("naam;postcode\n"))
    assert (made.height, made.columns) == (0, ["id", "naam", "postcode"])


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("naam;postcode\nJansen;1234AB\nGeheim\n", "has 1 fields on line 3, and 2 in its header"),
        ("naam;postcode\n\nGeheim;1;2;3\n", "has 4 fields on line 3, and 2 in its header"),
        ('naam;postcode\n"a\nb";1\nGeheim;1;2\n', "has 3 fields on line 4"),
        ('naam;postcode\nJansen;1\n"Geheim;1\nx;2\n', "a quote that does not close, .* on line 3"),
        ('naam;postcode\n"Geheim" x;1\n', "on line 2"),
        ("naam;postcode\n" + "Geheim" * 30_000 + ";1\n", "field without end, on line 2"),
        ("Geheim;123456782;1980\nGeheim2;1;2\n", "No column has a name that is known"),
        ("", "No column has a name that is known"),
        ("\n\n", "No column has a name that is known"),
        ("naam;Naam;postcode\na;b;c\n", "More than one column for naam"),
        ("bsn;burgerservicenummer\n1;2\n", "More than one column for burgerservicenummer"),
        (b"naam;postcode\nGeheim\x81\xff;1\n", "is no text"),
        ("naam;postcode\nGeheim;1\n".encode("utf-16"), "No column has a name"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line_and_without_its_values(write, content, what):
    with pytest.raises(TijdigError, match=what) as refused:
        read_records(write(content))
    assert refused.value.where == "lijst.csv"
    assert "Geheim" not in repr(refused.value)
    assert "123456782" not in str(refused.value)
    assert refused.value.__cause__ is None or "Geheim" not in str(refused.value.__cause__)


def test_a_file_that_is_not_there(tmp_path):
    for path in (tmp_path / "nergens.csv", tmp_path):
        with pytest.raises(TijdigError, match="can't be opened"):
            read_records(path)


@pytest.mark.parametrize(
    ("register", "rows", "together"),
    [
        ("naam;postcode", "geboortedatum;geslacht", False),
        ("bsn;naam", "achternaam", True),
        ("geslachtsnaam", "naam", True),
        ("voornaam", "voorletters", True),
        ("voornaam", "achternaam", False),
        ("huisletter;postcode", "huisletter", False),
        ("bsn", "bsn", True),
    ],
)
def test_register_and_rows_must_have_something_in_common(write, register, rows, together):
    files = write(f"{register}\n", "register.csv"), write(f"{rows}\n", "rijen.csv")
    if together:
        assert len(read_both(*files)) == 2
    else:
        with pytest.raises(TijdigError, match="share no column"):
            read_both(*files)


ROWS = f"""klant;bsn;naam;geboortedatum;postcode;huisnummer
K1;{bsn(JAN)};v.d. Bergh;01-03-1980;1234AB;9-2
K2;;Jan van der Bergh;1 maart 1980;1234 ab;9
K3;{bsn(JAN)};K. el Haddad;9-9-1990;1234AB;9-2
K4;;de Boer;15-05-2000;3011BC;103 c

K6;;Pietersen;11-11-1931;9999ZZ;1
"""


@pytest.fixture
def linked(write, tmp_path):
    town().drop("id").write_csv(tmp_path / "register.csv")
    out = tmp_path / "uit.csv"
    counts = match(tmp_path / "register.csv", write(ROWS), out, Weights.load())
    return counts, list(csv.DictReader(io.StringIO(out.read_text()), delimiter=";"))


def test_each_row_gets_its_band_its_person_and_a_sentence(linked):
    counts, rows = linked
    assert counts == {"exact": 1, "automatisch": 2, "controleren": 1, "geen": 2}
    assert [row["rij"] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    told = {row["rij"]: (row["band"], row["register_rij"], row["wacht"], row["uitleg"]) for row in rows}
    assert told["1"] == ("exact", str(JAN), "", WORDS["exact"])
    assert told["2"] == ("automatisch", str(JAN), "", WORDS["automatisch"])
    assert told["3"] == ("automatisch", str(KARIM), "", f"{WORDS['automatisch']} {UNPROVEN}")
    assert told["4"][2:] == ("marge", "De op één na beste kandidaat past bijna even goed.")
    assert told["5"] == told["6"] == ("geen", "", "", WORDS["geen"])


def test_weights_are_bits_with_a_decimal_comma(linked):
    row = linked[1][3]
    assert (row["marge"], row["gewicht"]) == ("0,0", row["tweede_gewicht"])
    assert "," in row["gewicht"]
    assert "." not in row["gewicht"]


def test_the_outcome_never_replaces_what_it_is_made_of(write, tmp_path):
    rows, register = write("naam\nJansen\n"), write("naam\nJansen\n", "register.csv")
    for out in (rows, register, tmp_path / "." / "lijst.csv"):
        with pytest.raises(TijdigError, match="replace what it is made of"):
            match(register, rows, out, Weights.load())
    assert rows.read_text() == "naam\nJansen\n"
    with pytest.raises(TijdigError, match="can't be written"):
        match(register, rows, tmp_path / "nergens" / "uit.csv", Weights.load())


@settings(max_examples=60, deadline=None)
@given(
    table=st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=2, max_size=2), max_size=6
    ),
    delimiter=st.sampled_from(";,\t"),
)
def test_whatever_is_written_is_read_back(tmp_path_factory, table, delimiter):
    path = tmp_path_factory.mktemp("csv") / "lijst.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["naam", "postcode"], *table])
    expected = pl.DataFrame(table, schema={"naam": pl.String, "postcode": pl.String}, orient="row")
    tidy = expected.with_columns(pl.all().str.strip_chars()).with_columns(pl.when(pl.all() != "").then(pl.all()))
    assert read_records(path).drop("id").equals(tidy)
