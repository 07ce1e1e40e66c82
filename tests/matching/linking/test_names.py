"""Names as registers and people write them, brought to one spelling."""

import polars as pl
import pytest

from matching.linking import standardise
from tests.linking import records


def stems(**row):
    return standardise(records(row)).select("stam", "stam2").row(0)


@pytest.mark.parametrize(
    "written",
    [
        "Bergh", "van der Bergh", "Van der Bergh", "v.d. Bergh", "v d Bergh", "vd Bergh", "Bergh, van der",
        "Bergh, v.d.", "VAN DER BERGH", "Vanderbergh", " Bergh ", "Bérgh",
    ],
)  # fmt: skip
def test_a_surname_is_the_same_however_its_voorvoegsel_is_written(written):
    assert stems(geslachtsnaam=written) == ("bergh", None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Vandenbroucke", ("broucke", None)),
        ("van den Broucke", ("broucke", None)),
        ("Jansen-de Vries", ("jansen", "vries")),
        ("Jansen - de Vries", ("jansen", "vries")),
        ("de Vries-Jansen", ("vries", "jansen")),
        ("'s-Gravesande", ("gravesande", None)),
        ("'t Hart", ("hart", None)),
        ("D'Hondt", ("hondt", None)),
        ("IJsselmuiden", ("ysselmuiden", None)),
        ("Ysselmuiden", ("ysselmuiden", None)),
        ("ĳsselmuiden", ("ysselmuiden", None)),  # the letter ij
        ("Müller", ("muller", None)),
        ("MÃ¼ller", ("muller", None)),  # UTF-8 that was read as Latin-1
        ("Đoković", ("dokovic", None)),
        ("Łuczak", ("luczak", None)),
        ("-Jansen", ("jansen", None)),
        ("Jansen-", ("jansen", None)),
        ("Van", ("van", None)),  # it is all there is
        ("Ng", ("ng", None)),
        ("x" * 200, ("x" * 200, None)),
        ("-", (None, None)),
        ("  ", (None, None)),
        (None, (None, None)),
    ],
)
def test_the_stem_of_a_surname(written, expected):
    assert stems(geslachtsnaam=written) == expected


def test_the_partners_name_is_the_second_one_unless_it_is_the_same():
    assert stems(geslachtsnaam="Jansen", partner_geslachtsnaam="de Vries") == ("jansen", "vries")
    assert stems(geslachtsnaam="Jansen", partner_geslachtsnaam="Jansen") == ("jansen", None)
    assert stems(geslachtsnaam=None, partner_geslachtsnaam="de Vries") == ("vries", None)


@pytest.mark.parametrize(
    ("naam", "stem", "first", "initials"),
    [
        ("J. v.d. Bergh", "bergh", None, "j"),
        ("Bergh, Jan van der", "bergh", "jan", "j"),
        ("Bergh, J.P. van der", "bergh", None, "jp"),
        ("Bergh, van der", "bergh", None, None),
        ("Bergh v.d.", "bergh", None, None),
        ("van der Bergh J.P.", "bergh", None, "jp"),
        ("Th. van der Bergh", "bergh", None, "t"),
        ("Th.J. Jansen", "jansen", None, "tj"),
        ("Mw. A. Jansen-de Vries", "jansen", None, "a"),
        ("Dhr. K.L. IJsbrand", "ysbrand", None, "kl"),
        ("mevr. drs. A. Jansen", "jansen", None, "a"),
        ("de Vries geb. Jansen", "vries", None, None),
        ("Jan Jansen", "jansen", "jan", "j"),
        ("Jan Willem de Boer", "boer", "jan", "jw"),
        ("Jan-Willem van den Berg", "berg", "janwillem", "j"),
        ("JP Jansen", "jansen", None, "jp"),
        ("JAN JANSEN", "jansen", "jan", "j"),
        ("JANSEN, JAN", "jansen", "jan", "j"),
        ("JANSEN, JP", "jansen", None, "jp"),
        ("Jansen, JPTM", "jansen", None, "jptm"),
        ("Jansen", "jansen", None, None),
        ("D. Jansen", "jansen", None, "d"),  # no voorvoegsel d'
        ("O'Brien", "obrien", None, None),
        (",", None, None, None),
        ("", None, None, None),
        (None, None, None, None),
    ],
)
def test_a_whole_name_falls_into_its_parts(naam, stem, first, initials):
    made = standardise(records({"naam": naam}))
    assert made.select("stam", "voornaam", "voorletters").row(0) == (stem, first, initials)


def test_beside_a_first_name_a_whole_name_is_a_surname():
    assert stems(naam="Ben Ali", voornamen="Mohamed") == ("benali", None)
    assert stems(naam="Ben Ali") == ("ali", None), "then Ben may be a first name"


def test_a_surname_of_its_own_goes_before_the_one_in_a_whole_name():
    assert stems(naam="A. de Vries", geslachtsnaam="Jansen") == ("jansen", None)


@pytest.mark.parametrize(
    ("row", "first", "initials"),
    [
        ({"voornamen": "Theodoor Jan"}, "theodoor", "tj"),
        ({"voornamen": "Jan-Willem"}, "janwillem", "j"),
        ({"voornamen": "Zoë"}, "zoe", "z"),
        ({"voornamen": "IJsbrand Jan"}, "ysbrand", "yj"),
        ({"voornamen": "Th.J."}, None, "tj"),  # initials in the wrong column
        ({"voornamen": "J"}, None, "j"),
        ({"voorletters": "Th.J."}, None, "tj"),
        ({"voorletters": "T.J."}, None, "tj"),
        ({"voorletters": "TJ"}, None, "tj"),
        ({"voorletters": "IJ."}, None, "y"),
        ({"voornamen": "Theodoor Jan", "voorletters": "X."}, "theodoor", "tj"),  # the names say more
        ({"voornamen": "...", "voorletters": "T."}, None, "t"),
        ({"voornamen": "-", "voorletters": None}, None, None),
    ],
)
def test_first_names_and_initials(row, first, initials):
    assert standardise(records(row)).select("voornaam", "voorletters").row(0) == (first, initials)


def test_names_that_sound_the_same_meet():
    sounds = standardise(records(*({"geslachtsnaam": n} for n in ("Jansen", "Janssen", "Meijer", "Meyer", "Meier"))))
    assert sounds["klank"].n_unique() == 2


def test_many_rows_keep_their_order():
    names = ["Jansen", "de Boer", None, "Jansen", "Bergh, van der"] * 50
    made = standardise(records(*({"geslachtsnaam": name} for name in names)))
    assert made["stam"].to_list() == ["jansen", "boer", None, "jansen", "bergh"] * 50
    assert made["id"].to_list() == list(range(1, 251))
    assert made.schema["stam"] == pl.String
