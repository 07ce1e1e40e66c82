"""The made-up register of the linking bench: its truth holds, and its errors come as often as they are set to."""

from math import sqrt

import polars as pl
import pytest
from stdnum.nl import bsn

from bench import linking_rows
from bench.linking_people import CARE, CARE_RESIDENTS, CHILD, RECORD, population
from bench.linking_register import generate
from bench.linking_rows import BSN_FAULTS, NOT_THERE, SHARES

PERSONS, KEYLESS, KEYED = 30_000, 4_000, 6_000


@pytest.fixture(scope="module")
def people():
    return population(PERSONS, seed=5)


@pytest.fixture(scope="module")
def inside(people):
    return linking_rows.pools(people, seed=5)[0]


@pytest.fixture(scope="module")
def delivered(people):
    return linking_rows.delivery(*_pools_with_many_outside(people), KEYLESS, KEYED, seed=8)


def _pools_with_many_outside(people):
    """A small town has few people who are not in its register; here a tenth of it is left out."""
    gone = pl.col("huishouden") % 10 == 0
    return people.filter(~gone), people.filter(gone)


@pytest.fixture(scope="module")
def beside(delivered, people):
    """Each row with its truth and, under ``<column>_was``, what the register says of its person."""
    rows, truth = delivered
    return rows.join(truth, on="id").join(people, left_on="register_id", right_on="id", suffix="_was")


def near(share, of, count):
    """Whether ``share`` of ``count`` rows is within four standard deviations of what was meant."""
    return abs(share - of) <= 4 * sqrt(of * (1 - of) / count)


def test_every_person_has_a_number_of_their_own_that_passes_the_elfproef(people):
    assert people["id"].n_unique() == people["burgerservicenummer"].n_unique() == PERSONS
    assert all(bsn.is_valid(number) for number in people["burgerservicenummer"])


def test_a_tenth_of_the_numbers_begins_with_a_zero(people):
    assert near(people["burgerservicenummer"].str.starts_with("0").mean(), 0.1, PERSONS)


def test_a_household_lives_at_one_address(people):
    addresses = people.filter(pl.col("postcode").is_not_null()).group_by("huishouden").agg(
        pl.struct("postcode", "huisnummer", "huisletter", "huisnummertoevoeging").n_unique().alias("adressen")
    )  # fmt: skip
    assert addresses["adressen"].max() == 1


def test_a_care_home_has_250_residents_at_one_address(people):
    homes = people.filter(soort=CARE).group_by("huishouden").len()
    assert homes["len"].to_list() == [CARE_RESIDENTS]


def test_twins_share_their_birth_date_with_a_brother_or_sister_of_another_name(people):
    twins = people.filter("tweeling")
    children = people.filter(rol=CHILD)
    pairs = twins.join(children, on=["huishouden", "geboortedatum", "geslachtsnaam"], suffix="_2").filter(
        pl.col("id") != pl.col("id_2")
    )
    assert twins.height > 20
    assert set(pairs["id"]) == set(twins["id"])


def test_a_namesake_has_the_first_names_and_surname_of_a_man_at_the_same_address(people):
    sons = people.filter("naamgenoot")
    fathers = people.filter(geslachtsaanduiding="M").filter(pl.col("rol") != CHILD)
    pairs = sons.join(fathers, on=["huishouden", "voornamen"], suffix="_2")
    assert sons.height > 10
    assert set(pairs["id"]) == set(sons["id"])


def test_who_came_from_elsewhere_is_often_born_on_1_january_or_1_july_or_in_a_year(people):
    days = people.filter("migrant")["geboortedatum"].str.slice(4)
    # 24 % and 8 %, the rest spread over the year; 4 % only a year
    assert near(days.is_in(["0101", "0701"]).mean(), 0.32, len(days))
    assert near((days == "0000").mean(), 0.04, len(days))


def test_nobody_outside_is_in_the_register(people):
    inside, outside = linking_rows.pools(people, seed=5)
    assert not set(inside["id"]) & set(outside["id"])
    assert inside.height + outside.height == PERSONS


def test_some_who_are_not_in_the_register_have_family_that_is(people):
    inside, outside = linking_rows.pools(people, seed=5)
    assert outside.filter(pl.col("huishouden").is_in(inside["huishouden"].implode())).height > 10
    assert outside.filter(~pl.col("huishouden").is_in(inside["huishouden"].implode())).height > 10


def test_a_row_without_errors_says_what_the_register_says(beside):
    plain = beside.filter(~pl.any_horizontal("^fout_(dag|datum|vorig|postcode|huisnummer|adres|geslacht).*$"))
    assert plain.height > 1_000
    for column in ("geboortedatum", "geslachtsaanduiding", "postcode", "huisnummer"):
        assert plain[column].equals(plain[f"{column}_was"].alias(column), null_equal=True)


def test_a_row_with_a_sound_key_has_the_number_of_its_person(beside):
    sound = beside.filter(pl.col("bsn_fout").is_null())
    assert sound["sleutel"].all()
    assert (
        sound["burgerservicenummer"].str.zfill(9).equals(sound["burgerservicenummer_was"].alias("burgerservicenummer"))
    )


def test_a_housemates_number_is_that_of_somebody_in_the_same_household(beside, people):
    rows = beside.filter(bsn_fout="van_huisgenoot").with_columns(pl.col("burgerservicenummer").str.zfill(9))
    owners = rows.join(people, on="burgerservicenummer", suffix="_van")
    assert owners.height == rows.height > 100
    assert (owners["huishouden"] == owners["huishouden_van"]).all()
    assert (owners["register_id"] != owners["id_van"]).all()


def test_a_mistyped_number_is_not_the_persons(beside):
    typed = beside.filter(bsn_fout="tikfout")
    assert typed.height > 500
    assert (typed["burgerservicenummer"].str.zfill(9) != typed["burgerservicenummer_was"]).all()


@pytest.mark.parametrize("error", SHARES)
def test_an_error_comes_as_often_as_it_is_set_to(delivered, error):
    _, truth = delivered
    possible = truth.filter(f"kan_{error}")
    assert possible.height > 100
    assert near(possible[f"fout_{error}"].mean(), SHARES[error], possible.height)


@pytest.mark.parametrize("fault", ["tikfout", "nullen", "onbekend_nummer"])
def test_a_number_is_wrong_as_often_as_it_is_set_to(delivered, fault):
    _, truth = delivered
    keyless = truth.filter(~pl.col("sleutel"))
    assert near((keyless["bsn_fout"] == fault).sum() / KEYLESS, BSN_FAULTS[fault], KEYLESS)


def test_one_row_in_eight_is_about_nobody_in_the_register(delivered):
    _, truth = delivered
    keyless = truth.filter(~pl.col("sleutel"))
    assert near(keyless["register_id"].is_null().mean(), NOT_THERE, KEYLESS)


def test_day_and_month_change_places(beside):
    swapped = beside.filter(pl.col("fout_dag_maand_om") & ~pl.any_horizontal("^fout_datum_.*$"))
    was = swapped["geboortedatum_was"]
    assert swapped.height > 20
    assert (swapped["geboortedatum"] == was.str.slice(0, 4) + was.str.slice(6, 2) + was.str.slice(4, 2)).all()


def test_a_wrong_digit_is_one_digit(beside):
    wrong = beside.filter(pl.col("fout_datum_cijfer") & ~pl.any_horizontal("fout_datum_deels", "fout_datum_ontbreekt"))
    pairs = zip(wrong["geboortedatum"], wrong["geboortedatum_was"], strict=True)
    assert {sum(a != b for a, b in zip(one, other, strict=True)) for one, other in pairs} == {1}


def test_the_same_seed_gives_the_same_files_and_another_seed_others(tmp_path):
    for folder, seed in (("a", 3), ("b", 3), ("c", 4)):
        generate(tmp_path / folder, 3_000, seed)
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(names) == 9
    for name in names:
        first = pl.read_parquet(tmp_path / "a" / name)
        assert first.equals(pl.read_parquet(tmp_path / "b" / name))
        assert not first.equals(pl.read_parquet(tmp_path / "c" / name))


def test_the_register_holds_nothing_but_records(tmp_path):
    generate(tmp_path, 3_000, 3)
    assert pl.read_parquet(tmp_path / "register.parquet").columns == list(RECORD)
