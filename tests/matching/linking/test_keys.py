"""Two records are candidates when they share a key; a record that misses a part of one does not have it."""

import polars as pl
import pytest

from matching.linking import keys, standardise

#: A record that has every part.
WHOLE = {
    "burgerservicenummer": "123456782", "voornamen": "Anna", "geslachtsnaam": "Jansen", "partner_geslachtsnaam": "Bakker",
    "geboortedatum": "19800301", "postcode": "1234AB", "huisnummer": "9",
}  # fmt: skip


def keys_of(**changes):
    """Pass -> the keys of one record."""
    record = {"id": 1} | WHOLE | changes
    found = keys.keys(standardise(pl.DataFrame([record], schema_overrides=dict.fromkeys(WHOLE, pl.String))))
    names = dict(enumerate(keys.PASSES, start=1))
    return {
        names[ronde]: set(several)
        for ronde, several in found.group_by("ronde").agg("sleutel").iter_rows()
    }  # fmt: skip


def test_a_whole_record_has_a_key_of_every_pass_and_two_where_a_surname_is_in_it():
    with_surname = {"datum+klank", "jaar+maand+klank+letter", "maand+dag+klank+letter", "jaar+naam+letter",
                    "namen in enige volgorde", "postcode+klank"}  # fmt: skip
    assert {name: len(several) for name, several in keys_of().items()} == {
        name: 2 if name in with_surname else 1 for name in keys.PASSES
    }


@pytest.mark.parametrize(
    ("part", "left"),
    [
        ("burgerservicenummer", set(keys.PASSES) - {"bsn"}),
        ("voornamen", {"bsn", "datum+klank", "datum+postcode", "postcode+klank", "adres", "datum+huisnummer"}),
        ("geboortedatum", {"bsn", "namen in enige volgorde", "cijfers+huisnummer+letters", "postcode+klank",
                           "postcode+voornaam", "adres"}),
        ("postcode", set(keys.PASSES) - {"datum+postcode", "cijfers+huisnummer+letters", "postcode+klank",
                                         "postcode+voornaam", "adres"}),
        ("huisnummer", set(keys.PASSES) - {"cijfers+huisnummer+letters", "adres", "datum+huisnummer"}),
    ],
)  # fmt: skip
def test_without_a_part_there_are_no_keys_with_it(part, left):
    assert keys_of(**{part: None}).keys() == left


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("datum gewisseld+letter", {"geboortedatum": "19800103"}),
        ("namen in enige volgorde", {"voornamen": "Jansen", "geslachtsnaam": "Anna"}),
        ("datum+letters gewisseld", {"voornamen": "Jansen", "geslachtsnaam": "Anna"}),
        ("adres", {"postcode": "2134AB"}),
        ("cijfers+huisnummer+letters", {"postcode": "4321ZZ"}),
        ("datum+klank", {"geslachtsnaam": "Janssen"}),
        ("datum+klank", {"geslachtsnaam": "Bakker", "partner_geslachtsnaam": "Smit"}),
    ],
)
def test_what_may_have_changed_places_or_is_written_otherwise_gives_the_same_key(name, changes):
    assert keys_of()[name] & keys_of(**changes)[name]


def test_no_two_passes_share_a_key():
    several = [key for found in keys_of().values() for key in found]
    assert len(several) == len(set(several))


def test_a_sound_of_one_letter_on_one_day_is_no_initial_on_the_next():
    # Whole numbers that differ in one bit only, as the numbers of passes do.
    people = [{"id": 1, "geslachtsnaam": "Haa", "geboortedatum": "19800302"},
              {"id": 2, "voorletters": "H", "geboortedatum": "19800303"}]  # fmt: skip
    found = keys.keys(standardise(pl.DataFrame(people, infer_schema_length=None)))
    one, other = (set(found.filter(id=number)["sleutel"]) for number in (1, 2))
    assert one
    assert other
    assert not one & other


def test_of_the_other_side_only_keys_that_are_asked_for_are_kept():
    register = standardise(pl.DataFrame([{"id": 1} | WHOLE, {"id": 2, "geboortedatum": "19900101", "huisnummer": "9"}]))
    asked = keys.keys(standardise(pl.DataFrame([{"id": 7, "geboortedatum": "19800301", "huisnummer": "9"}])))
    assert keys.keys(register, only=asked).select("id", "ronde").rows() == [(1, 15)]


def test_nobody_has_no_keys():
    nobody = standardise(pl.DataFrame(schema={"id": pl.Int64}))
    assert keys.keys(nobody).schema == {"id": pl.Int64, "ronde": pl.Int8, "sleutel": pl.UInt64}
    assert keys.keys(nobody, only=keys.keys(nobody)).is_empty()


def test_a_register_larger_than_one_slice_has_the_keys_of_all_its_records(monkeypatch):
    register = standardise(pl.DataFrame([{"id": number} | WHOLE for number in range(5)]))
    at_once = keys.keys(register).sort(pl.all())
    monkeypatch.setattr(keys, "_AT_ONCE", 2)
    assert keys.keys(register).sort(pl.all()).equals(at_once)
