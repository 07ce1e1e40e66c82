"""Income and signals as they arrive: per month or four weeks, corrected, overlapping, and with amounts of either sign."""

from datetime import date

import pytest

from tests.bare import bare_tables
from tests.world import bsn

DAY = date(2026, 11, 3)
EMPLOYER = "001002041L02"


def opgave(first: str, last: str | None, **columns: str | None) -> dict[str, str | None]:
    """A report of one inkomstenverhouding that began in 2025 and has no end."""
    return {
        "inkomsten_sleutel": first, "burgerservicenummer": bsn(1), "loonheffingennummer": EMPLOYER, "volgnummer_ikv": "1",
        "datum_aanvang_ikv": "20250301", "datum_einde_ikv": "99991231", "datum_aanvang_periode": first,
        "soort_ikv": "15", "datum_aanvang_opgave": first, "datum_einde_opgave": last, "loon_lb_cent": "120000",
    } | columns  # fmt: skip


def incomes(*rows, day=DAY):
    found = bare_tables().add("inkomsten_uwv", *rows).rows("inkomen", peildatum=day, opgave_dagen=90)
    return sorted(found, key=lambda row: (row["loonheffingennummer"] or "", row["volgnummer_ikv"] or ""))


def income(*rows, day=DAY):
    (found,) = incomes(*rows, day=day)
    return found


def days(row):
    return [(period["aanvang"], period["einde"]) for period in row["opgaven"] or []]


# -- one inkomstenverhouding -----------------------------------------------------------------------------


def test_months_in_a_row_are_one_period():
    row = income(opgave("20260801", "20260831"), opgave("20260901", "20260930"), opgave("20261001", "20261031"))
    assert days(row) == [(date(2026, 8, 1), date(2026, 10, 31))]
    assert (row["aanvang"], row["einde"], row["einde_open"], row["loopt"]) == (date(2025, 3, 1), None, True, True)


def test_four_weeks_in_a_row_are_one_period():
    # period 10 and 11 of 2026: Monday 7 September, 28 days each
    row = income(opgave("20260907", "20261004"), opgave("20261005", "20261101"))
    assert days(row) == [(date(2026, 9, 7), date(2026, 11, 1))]


def test_overlapping_opgaven_are_one_period_and_a_hole_makes_two():
    overlapping = opgave("20260501", "20260531"), opgave("20260515", "20260630"), opgave("20260520", "20260525")
    assert days(income(*overlapping)) == [(date(2026, 5, 1), date(2026, 6, 30))]
    with_hole = *overlapping, opgave("20260801", "20260831")
    assert days(income(*with_hole))[1:] == [(date(2026, 8, 1), date(2026, 8, 31))]


def test_each_inkomstenverhouding_is_a_row_and_an_empty_part_is_a_part():
    parts = [(EMPLOYER, "1"), (EMPLOYER, "2"), (EMPLOYER, None), (None, None), ("009999999L01", "1")]
    rows = [
        opgave("20261001", "20261031", loonheffingennummer=number, volgnummer_ikv=sequence)
        for number, sequence in parts
        for _ in range(2)
    ]
    assert len(incomes(*rows)) == len(parts)


def test_the_bijstand_itself_is_no_income():
    bijstand = opgave("20260901", "20260930", soort_ikv="43"), opgave("20261001", "20261031", soort_ikv=None)
    other = opgave("20261001", "20261031", loonheffingennummer="009999999L01", soort_ikv=None)
    assert [row["loonheffingennummer"] for row in incomes(*bijstand, other)] == ["009999999L01"]


def test_the_newest_opgave_tells_the_end():
    open_then_ended = opgave("20260801", "20260831"), opgave("20260901", "20260930", datum_einde_ikv="20260930")
    row = income(*open_then_ended)
    assert (row["einde"], row["einde_open"], row["loopt"]) == (date(2026, 9, 30), False, False)
    ended_then_open = opgave("20260801", "20260831", datum_einde_ikv="20260831"), opgave("20261001", "20261031")
    assert (income(*ended_then_open)["einde_open"], income(*ended_then_open)["loopt"]) == (True, True)


@pytest.mark.parametrize(
    ("columns", "loopt"),
    [
        ({}, True),
        ({"datum_einde_ikv": "99991230"}, True),
        ({"datum_einde_ikv": None}, True),
        ({"datum_einde_ikv": "20261103"}, True),
        ({"datum_einde_ikv": "20261102"}, False),
        ({"datum_einde_ikv": "20261100"}, None),
        ({"datum_einde_ikv": "20261000"}, False),
        ({"datum_einde_ikv": "00000000"}, None),
        ({"datum_aanvang_ikv": None}, True),
        ({"datum_aanvang_ikv": "20261104"}, False),
        ({"datum_aanvang_ikv": "20260000"}, True),
    ],
)
def test_it_runs_yes_no_or_unknown(columns, loopt):
    assert income(opgave("20261001", "20261031", **columns))["loopt"] is loopt


@pytest.mark.parametrize(("day", "loopt"), [(date(2027, 1, 29), True), (date(2027, 1, 30), None)])
def test_without_an_end_and_without_a_recent_opgave_nobody_knows(day, loopt):
    # 31 October + 90 days is 29 January
    assert income(opgave("20261001", "20261031"), day=day)["loopt"] is loopt


@pytest.mark.parametrize(("first", "last"), [("20261001", None), ("00000000", "20261031"), ("20261000", "20261031")])
def test_an_opgave_without_whole_days_makes_no_period(first, last):
    row = income(opgave(first, last))
    assert (row["opgaven"], row["opgaven_tot"], row["loopt"], row["loon_volledig"]) == (None, None, None, False)


# -- what it comes to ------------------------------------------------------------------------------------


def wages(*rows):
    row = income(*rows)
    return row["loon_maand_laagst_cent"], row["loon_maand_hoogst_cent"], row["loon_volledig"]


def test_loon_of_a_month_stays_and_of_four_weeks_is_13_times_a_year():
    assert wages(opgave("20261001", "20261031")) == (120000, 120000, True)
    assert wages(opgave("20261005", "20261101")) == (130000, 130000, True)


def test_february_of_28_days_is_a_month():
    row = income(opgave("20260201", "20260228"), day=date(2026, 3, 3))
    assert row["loon_maand_hoogst_cent"] == 120000


def test_loon_is_a_range_with_its_sign():
    months = opgave("20260901", "20260930", loon_lb_cent="20000", loon_lb_teken="-"), opgave("20261001", "20261031")
    assert wages(*months) == (-20000, 120000, True)


@pytest.mark.parametrize(
    "unclear",
    [
        opgave("20260914", "20260930"),
        opgave("20260901", "20260930", loon_lb_cent=None),
        opgave("20260900", "20260930"),
        opgave("20260901", None),
    ],
)
def test_loon_that_is_not_known_per_month_is_left_out_and_said(unclear):
    assert wages(unclear, opgave("20261001", "20261031", loon_lb_cent="90000")) == (90000, 90000, False)


def test_loon_of_long_ago_says_nothing_about_now():
    assert wages(opgave("20250301", "20250331", loon_lb_cent="1"), opgave("20261001", "20261031")) == (
        120000,
        120000,
        True,
    )
    assert wages(opgave("20250301", "20250331")) == (None, None, False)


# -- samenloop -------------------------------------------------------------------------------------------


def signal(first: str, last: str | None, delivered: str = "20261101", **columns: str | None) -> dict[str, str | None]:
    """Income of a month that overlaps with an uitkering."""
    return {
        "signaal_sleutel": f"{first}{delivered}", "leveringsdatum": delivered, "peilmaand": "2026-10",
        "gemeentecode": "9901", "dossiernummer": "D-1", "burgerservicenummer": bsn(1), "signaalsoort": "OIB",
        "bron": "UWV", "bronkenmerk": f"{EMPLOYER}1", "datum_aanvang_feit": first,
        "datum_aanvang_samenloop": first, "datum_einde_samenloop": last, "bedrag_cent": "50000", "bedrag_periode": "06",
        "is_correctie": "2",
    } | columns  # fmt: skip


def samenlopen(*rows):
    found = bare_tables().add("ib_samenloopsignaal", *rows).rows("samenloop", peildatum=DAY)
    return sorted(found, key=lambda row: str((row["aanvang_samenloop"], row["signaalreden"], row["belastingjaar"])))


def test_monthly_signals_of_one_fact_are_one_period():
    months = (
        signal("20260801", "20260831", "20260905", bedrag_cent="100"),
        signal("20260901", "20260930", "20261005", bedrag_cent="200"),
        signal("20261001", "20261031", "20261105", bedrag_cent="300", bedrag_teken="-"),
    )
    (row,) = samenlopen(*months)
    assert (row["aanvang_feit"], row["leveringsdatum"]) == (date(2026, 8, 1), date(2026, 11, 5))
    assert (row["aanvang_samenloop"], row["einde_samenloop"]) == (date(2026, 8, 1), date(2026, 10, 31))
    assert (row["bedrag_cent"], row["bedrag_maand_cent"], row["signalen"]) == (-300, -300, 3)


def test_a_month_without_a_signal_makes_two_periods():
    assert len(samenlopen(signal("20260801", "20260831"), signal("20261001", "20261031"))) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"dossiernummer": "D-2"},
        {"burgerservicenummer": bsn(2)},
        {"signaalsoort": "INKOMEN"},
        {"betreft_burgerservicenummer": bsn(3)},
        {"bron": "BELASTINGDIENST"},
        {"bronkenmerk": "other"},
        {"bronkenmerk": None},
        {"belastingjaar": "2025"},
    ],
)
def test_another_dossier_person_kind_source_or_year_is_another_fact(other):
    assert len(samenlopen(signal("20260901", "20260930"), signal("20261001", "20261031", **other))) == 2


def test_a_start_and_an_end_of_a_study_of_one_housemate_are_two_facts():
    housemate = {
        "signaalsoort": "KOSTENDELERS",
        "bron": "DUO",
        "betreft_burgerservicenummer": bsn(2),
        "bronkenmerk": None,
    }
    rows = samenlopen(
        signal("20250901", None, signaalreden="START_STUDIE", **housemate),
        signal("20260801", None, signaalreden="EINDE_STUDIE", **housemate),
    )
    assert [(row["signaalreden"], row["aanvang_feit"]) for row in rows] == [
        ("START_STUDIE", date(2025, 9, 1)),
        ("EINDE_STUDIE", date(2026, 8, 1)),
    ]


def test_a_changed_inkomstenverhouding_stays_the_fact_it_was():
    fact = {"signaalsoort": "INKOMEN", "datum_aanvang_feit": "20260301"}
    new = signal("20260301", None, "20260405", signaalreden="NIEUWE_IKV", **fact)
    changed = signal("20260301", None, "20260605", signaalreden="GEWIJZIGDE_IKV", bedrag_cent="70000", **fact)
    (row,) = samenlopen(new, changed)
    assert (row["signaalreden"], row["bedrag_cent"], row["einde_samenloop_open"]) == ("GEWIJZIGDE_IKV", 70000, True)


def test_a_late_correction_of_an_old_month_is_not_the_amount_of_now():
    corrected = signal("20260901", "20260930", "20261105", bedrag_cent="1", is_correctie="1")
    (row,) = samenlopen(corrected, signal("20261001", "20261031", "20261101"))
    assert (row["bedrag_cent"], row["is_correctie"], row["leveringsdatum"]) == (50000, False, date(2026, 11, 5))


@pytest.mark.parametrize(
    ("last", "end", "is_open"),
    [
        ("20261031", date(2026, 10, 31), False),
        ("99991230", None, True),
        ("99991231", None, True),
        (None, None, True),
        ("00000000", None, False),
        ("20261000", None, False),
    ],
)
def test_an_end_of_the_samenloop_is_a_day_open_or_unknown(last, end, is_open):
    (row,) = samenlopen(signal("20261001", last))
    assert (row["einde_samenloop"], row["einde_samenloop_open"]) == (end, is_open)


def test_where_one_signal_is_open_and_a_newer_one_ended_the_end_is_unknown():
    ended = signal("20260801", "20260930", "20261005", signaalreden="GEWIJZIGDE_IKV")
    (row,) = samenlopen(signal("20260801", None, "20260905", signaalreden="NIEUWE_IKV"), ended)
    assert (row["einde_samenloop"], row["einde_samenloop_open"]) == (None, False)


@pytest.mark.parametrize(
    ("facts", "since"),
    [
        (("20260310", None), date(2026, 3, 10)),
        (("20260310", "00000000"), date(2026, 3, 10)),
        (("20260310", "20260300"), None),
        (("20260310", "20260400"), date(2026, 3, 10)),
        ((None, None), None),
    ],
)
def test_the_fact_began_on_the_earliest_day_that_is_told_unless_it_may_be_earlier(facts, since):
    first, second = facts
    rows = signal("20260901", "20260930", datum_aanvang_feit=first), signal("20261001", None, datum_aanvang_feit=second)
    assert samenlopen(*rows)[0]["aanvang_feit"] == since
