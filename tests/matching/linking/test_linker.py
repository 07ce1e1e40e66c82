"""From records to links: who is found however it is written, who is asked about, and what hostile input does."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.errors import TijdigError
from matching.linking import Weights, link
from matching.linking.linker import BANDS, SCHEMA, linked
from matching.linking.standard import COLUMNS
from tests.linking import ANNA, EMMA, FATHER, JAN, JOSE, KARIM, SOFIE, SON, THEODORA, ZOE, records, town
from tests.world import bsn

PINNED = Weights.load()


def links(*rows, register=None, **options):
    return link(town() if register is None else register, records(*rows), PINNED, **options)


def only(row, **options):
    (found,) = links(row, **options).to_dicts()
    return found


def outcome(row, **options):
    found = only(row, **options)
    return found["band"], found["register_id"], found["wacht"]


@pytest.mark.parametrize(
    ("row", "person"),
    [
        ({"naam": "J. v.d. Bergh", "geboortedatum": "01-03-1980", "postcode": "1234AB", "huisnummer": "9"}, JAN),
        ({"naam": "Bergh, van der", "geboortedatum": "19800301", "postcode": "1234 ab", "huisnummer": "9-2"}, JAN),
        ({"naam": "Jan van der Bergh", "geboortedatum": "1 maart 1980"}, JAN),
        ({"naam": "Jan van der Bergh", "geboortedatum": "03-01-1980", "geslachtsaanduiding": "M"}, JAN),  # exchanged
        ({"naam": "Th. van den Broucke", "geboortedatum": "12-11-1975"}, THEODORA),
        ({"naam": "Theodora Vandenbroucke", "postcode": "2511AA", "huisnummer": "35-3"}, THEODORA),
        ({"naam": "Sofie de Boer", "geboortedatum": "15-05-2000"}, SOFIE),
        ({"naam": "W. Jansen", "geboortedatum": "15-06-1980", "postcode": "1011AA", "huisnummer": "1"}, SON),
        ({"naam": "A. Jansen", "geboortedatum": "04-07-1985"}, ANNA),  # naamgebruik E
        ({"naam": "A. de Vries", "geboortedatum": "04-07-1985"}, ANNA),  # P
        ({"naam": "Mw. A. de Vries-Jansen", "geboortedatum": "04-07-1985"}, ANNA),  # V
        ({"naam": "A. Jansen-de Vries", "geboortedatum": "04-07-1985"}, ANNA),  # N
        ({"naam": "Zoe Ysselmuiden", "geboortedatum": "03-02-1999"}, ZOE),
        ({"voornamen": "Haddad", "geslachtsnaam": "Karim", "geboortedatum": "09-09-1990"}, KARIM),
        ({"naam": "Jose Nunez", "geboortedatum": "19700000", "postcode": "6211GH", "huisnummer": "20"}, JOSE),
    ],
)
def test_a_person_is_found_without_a_key_however_it_is_written(row, person):
    assert outcome(row) == ("automatisch", person, None)


@pytest.mark.parametrize(
    ("row", "persons", "guard"),
    [
        ({"naam": "de Boer", "geboortedatum": "15-05-2000", "postcode": "3011BC", "huisnummer": "103c"}, {EMMA, SOFIE}, "marge"),
        ({"naam": "Willem Jansen", "postcode": "1011AA", "huisnummer": "1"}, {FATHER, SON}, "marge"),
        ({"naam": "K. van der Bergh", "geboortedatum": "01-03-1980", "postcode": "1234AB", "huisnummer": "9-2"}, {JAN}, "voornaam"),
        ({"naam": "Jan van der Bergh", "geboortedatum": "02-03-1980", "postcode": "1234AB", "huisnummer": "9-2"}, {JAN}, "geboortedatum"),
    ],
)  # fmt: skip
def test_who_may_be_another_is_asked_about(row, persons, guard):
    band, person, spoke = outcome(row)
    assert (band, person in persons, spoke) == ("controleren", True, guard)


def test_a_key_that_is_verified_links_exactly_and_is_not_weighed():
    row = {"burgerservicenummer": bsn(JAN), "naam": "v.d. Bergh", "geboortedatum": "01-03-1980"}
    found = only(row)
    assert {name: value for name, value in found.items() if value is not None} == {
        "id": 1, "band": "exact", "register_id": JAN,
    }  # fmt: skip


def test_with_a_housemates_number_a_row_still_finds_its_own_person():
    row = {"burgerservicenummer": bsn(JAN), "naam": "K. el Haddad", "geboortedatum": "09-09-1990",
           "postcode": "1234AB", "huisnummer": "9-2"}  # fmt: skip
    assert outcome(row) == ("automatisch", KARIM, None)


def test_with_a_twins_number_a_row_finds_its_own_person():
    row = {"naam": "Sofie de Boer", "geboortedatum": "15-05-2000", "burgerservicenummer": bsn(EMMA)}
    assert outcome(row) == ("automatisch", SOFIE, None)


def test_with_a_number_in_doubt_one_contradiction_is_no_exact_link_and_two_are_a_question():
    row = {"burgerservicenummer": bsn(JAN), "naam": "P. van der Bergh", "geboortedatum": "01-03-1980",
           "postcode": "1234AB", "huisnummer": "9-2"}  # fmt: skip
    assert outcome(row) == ("automatisch", JAN, None)
    assert outcome(row | {"geslachtsaanduiding": "V"}) == ("controleren", JAN, "voornaam")


def test_a_number_in_doubt_does_not_hold_where_somebody_else_fits_nearly_as_well():
    """The number weighs 5.4 bits for the one, the second initial 4.9 for the other: a lead of half a bit."""
    born = {"geslachtsnaam": "de Boer", "geboortedatum": "15-05-2000"}
    keyed, other = born | {"voorletters": "J.", "burgerservicenummer": bsn(1)}, born | {"voorletters": "K.X."}
    row = keyed | {"voorletters": "P.X."}
    assert outcome(row, register=records(keyed, other)) == ("controleren", 1, "marge")
    assert outcome(row, register=records(keyed)) == ("automatisch", 1, None)


@pytest.mark.parametrize("number", ["000000000", "123456789", "", None])
def test_a_number_that_is_none_is_as_no_number(number):
    says = {"naam": "Jan van der Bergh", "geboortedatum": "01-03-1980"}
    assert only(says | {"burgerservicenummer": number}) == only(says)


def test_a_number_alone_links_nobody():
    assert outcome({"burgerservicenummer": bsn(JAN)}) == ("geen", None, None)


def test_once_a_person_has_one_row():
    jan = {"naam": "Jan van der Bergh", "geboortedatum": "01-03-1980"}
    at_home = jan | {"postcode": "1234AB", "huisnummer": "9-2"}
    both = links(jan, at_home)
    assert both["band"].to_list() == ["automatisch", "automatisch"], "rows of income are many to a person"
    once = links(jan, at_home, once=True)
    assert once.select("band", "wacht").rows() == [("controleren", "bezet"), ("automatisch", None)]
    keyed = links(at_home, jan | {"burgerservicenummer": bsn(JAN)}, once=True)
    assert keyed.select("band", "wacht").rows() == [("controleren", "bezet"), ("exact", None)]


def test_a_stranger_is_nobody():
    row = {"naam": "Piet Pietersen", "geboortedatum": "11-11-1931", "postcode": "9999ZZ", "huisnummer": "1"}
    assert outcome(row) == ("geen", None, None)


def test_no_rows_no_register_no_columns():
    empty = records(first=1)
    for register, rows in ((town(), town().clear()), (town().clear(), town()), (empty, town()), (town(), empty)):
        made = link(register, rows, PINNED)
        assert dict(made.schema) == SCHEMA
        assert made["id"].to_list() == rows["id"].to_list()
        assert set(made["band"]) <= {"geen"}


def test_rows_that_say_nothing_are_rows():
    made = links({"naam": None, "geboortedatum": None, "postcode": None}, {"naam": "", "geboortedatum": "0"})
    assert made["band"].to_list() == ["geen", "geen"]


def test_every_row_may_be_without_a_key():
    rows = town().drop("burgerservicenummer")
    made = link(town(), rows, PINNED)
    assert made["register_id"].to_list() == rows["id"].to_list()
    assert set(made["band"]) <= {"automatisch", "controleren"}


def test_a_column_that_is_the_same_for_all_makes_nobody_anybody():
    constant = {"postcode": "1234AB", "huisnummer": "1", "geslachtsaanduiding": "V", "geboortedatum": "19800101"}
    register = records(*({"naam": f"{letter}. {letter * 5}a"} | constant for letter in "BCDFGHKLM"))
    made = links({"naam": "B. Bbbbba"} | constant, constant, register=register)
    assert made.select("band", "register_id").row(0) == ("automatisch", 1)
    assert made.select("band", "wacht").row(1) == ("controleren", "marge")


def test_in_a_care_home_with_250_residents_the_right_one_is_found_and_nobody_by_address_alone():
    home = {"postcode": "1234AB", "huisnummer": "1"}
    people = [{"naam": f"{chr(65 + n % 26)}. van {chr(65 + n // 26) * 2}{chr(97 + n % 26) * 3}a",
               "geboortedatum": f"{1 + n % 28}-{1 + n % 12}-{1920 + n % 30}"} | home for n in range(250)]  # fmt: skip
    register = records(*people)
    made = links(home, people[42], home | {"voorletters": "B."}, register=register)
    assert made["band"].to_list()[0] != "automatisch"
    assert made.select("band", "register_id").row(1) == ("automatisch", 43)
    assert made["band"].to_list()[2] != "automatisch"


def test_names_of_two_hundred_letters_are_names():
    long = {"voornamen": "Aäb" * 67, "geslachtsnaam": "Xyz" * 67, "geboortedatum": "19800301"}
    assert outcome(long, register=records(long)) == ("automatisch", 1, None)


def test_a_number_column_is_refused_before_it_can_lose_its_zero():
    with pytest.raises(TijdigError, match="Read every column as text"):
        link(town(), pl.DataFrame({"id": [1], "burgerservicenummer": [10000008]}), PINNED)


def test_the_waterfall_is_of_the_rows_without_a_key():
    row = {"burgerservicenummer": bsn(JAN), "naam": "v.d. Bergh", "geboortedatum": "01-03-1980"}
    assert linked(town(), records(row), PINNED).waterfall.is_empty()


POOLS = {
    "voornamen": ["Jan", "Emma", "Zoë", "J.", None], "geslachtsnaam": ["Jansen", "de Boer", "v.d. Bergh", None],
    "geboortedatum": ["19800301", "01-03-1980", "19800000", "19500101", None], "postcode": ["1234AB", "1234", None],
    "huisnummer": ["1", "9-2", None], "geslachtsaanduiding": ["M", "V", None],
    "burgerservicenummer": [bsn(1), bsn(2), "000000000", None],
}  # fmt: skip
PERSON = st.fixed_dictionaries({name: st.sampled_from(pool) for name, pool in POOLS.items()})
PEOPLE = st.lists(PERSON, max_size=8)
SOME = settings(max_examples=25, deadline=None)


@pytest.mark.slow
@SOME
@given(register=PEOPLE, rows=PEOPLE, shuffled=st.randoms(use_true_random=False))
def test_order_and_threads_change_nothing(register, rows, shuffled):
    known, asked = records(*register, first=100), records(*rows)
    made = link(known, asked, PINNED, threads=1)
    assert made["id"].to_list() == asked["id"].to_list()
    assert set(made["band"]) <= set(BANDS)
    orders = [list(range(frame.height)) for frame in (known, asked)]
    for order in orders:
        shuffled.shuffle(order)
    assert link(known[orders[0]], asked[orders[1]], PINNED, threads=2).equals(made)


@SOME
@given(register=PEOPLE.filter(bool), rows=PEOPLE, which=st.integers(0, 7))
def test_who_has_an_identical_twin_is_never_linked_automatically(register, rows, which):
    twin = which % len(register)
    double = records(*register, register[twin])
    made = link(double, records(*rows), PINNED)
    linked_to = set(made.filter(pl.col("band").is_in(["exact", "automatisch"]))["register_id"])
    assert not linked_to & {twin + 1, len(register) + 1}


@SOME
@given(
    register=st.lists(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=30)), max_size=4),
    rows=st.lists(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=30)), max_size=4),
)
def test_any_text_in_any_column_gives_a_row_for_each_row(register, rows):
    made = link(records(*register), records(*rows, *register), PINNED, once=True)
    assert made["id"].to_list() == list(range(1, len(rows) + len(register) + 1))
