"""Study and studiefinanciering as DUO delivers them: cut in pieces, with holes, and sometimes without dates.

In these tests a summer gap may last 70 days and a next course may start 30 days after the last day.
"""

from datetime import date

import pytest

from tests.bare import bare_tables
from tests.world import bsn

DAY = date(2026, 11, 3)
DAYS = {"zomergat_dagen": 70, "vervolg_dagen": 30}


def course(first: str, last: str | None, **columns: str | None) -> dict[str, str | None]:
    """An enrolment of which the participation has the same days."""
    return {
        "burgerservicenummer": bsn(1), "brin": "12AB", "inschrijvingsvorm": "S",
        "datum_inschrijving": first, "datum_aanvang_deelname": first,
        "datum_uitschrijving": last, "datum_einde_deelname": last,
    } | columns  # fmt: skip


def studies(*courses, day=DAY, heard=None):
    """The rows of the view; DUO was heard on the day itself unless a test says otherwise."""
    tables = bare_tables().add("duo_inschrijving", *courses).heard("duo", heard or day)
    found = tables.rows("studie", peildatum=day, **DAYS)
    return sorted(found, key=lambda row: (row["extraneus_of_auditor"], row["aanvang"] or date.min))


def periods(*courses, **when):
    return [(row["aanvang"], row["einde"]) for row in studies(*courses, **when)]


def now(*courses, **when):
    """(studies today, stopped on), from the last period."""
    (row,) = [row for row in studies(*courses, **when) if row["laatste_periode"] and not row["extraneus_of_auditor"]]
    return row["volgt_opleiding"], row["gestopt_op"]


# -- joining ---------------------------------------------------------------------------------------------


def test_a_year_cut_is_no_stop():
    cut = course("20250801", "20251231"), course("20260101", "20260731")
    assert periods(*cut) == [(date(2025, 8, 1), date(2026, 7, 31))]


def test_a_school_year_cut_is_no_stop():
    cut = course("20240801", "20250731"), course("20250801", "20260731")
    assert periods(*cut) == [(date(2024, 8, 1), date(2026, 7, 31))]


def test_overlapping_identical_and_enclosed_rows_are_one_period():
    rows = course("20240801", "20250731"), course("20240801", "20250731"), course("20240901", "20241001")
    assert periods(*rows, course("20250601", "20260131")) == [(date(2024, 8, 1), date(2026, 1, 31))]


def test_a_january_delivery_with_only_the_cut_row_says_nothing_yet():
    assert now(course("20250801", "20251231"), day=date(2026, 1, 5)) == (None, None)


def test_a_january_delivery_with_both_halves_says_that_the_study_goes_on():
    halves = course("20250801", "20251231"), course("20260101", "20260731")
    assert now(*halves, day=date(2026, 1, 5)) == (True, None)


def test_an_august_delivery_with_only_the_cut_row_says_nothing_yet():
    assert now(course("20250801", "20260731"), day=date(2026, 8, 3)) == (None, None)


def test_a_summer_gap_is_no_stop():
    # 16 July to 31 August: 47 days with 1 August among them
    summer = course("20250801", "20260715"), course("20260901", "20270731")
    assert periods(*summer) == [(date(2025, 8, 1), date(2027, 7, 31))]
    assert now(*summer, day=date(2026, 8, 10)) == (True, None)


@pytest.mark.parametrize(
    ("begins", "joined"),
    [("20260909", True), ("20260910", False)],
)
def test_a_summer_gap_lasts_at_most_so_many_days(begins, joined):
    # 1 July to 8 September is 31 + 31 + 8 = 70 days
    found = periods(course("20250801", "20260630"), course(begins, "20270731"))
    assert (len(found) == 1) is joined


def test_a_gap_that_ends_before_1_august_is_no_summer_gap():
    # 16 June to 31 July: 46 days
    assert len(periods(course("20250801", "20260615"), course("20260801", None))) == 2


def test_a_gap_that_begins_on_1_august_holds_it():
    assert len(periods(course("20250801", "20260731"), course("20261001", None))) == 1


def test_a_gap_that_begins_after_1_august_is_no_summer_gap():
    # 2 August to 30 September: 60 days
    assert len(periods(course("20250801", "20260801"), course("20261001", None))) == 2


@pytest.mark.parametrize(("begins", "joined"), [("20260302", True), ("20260303", False)])
def test_a_follow_on_course_starts_within_so_many_days(begins, joined):
    # 31 January + 30 days is 2 March
    found = periods(course("20250801", "20260131"), course(begins, "20260731"))
    assert (len(found) == 1) is joined


def test_a_gap_that_is_too_long_makes_two_periods_of_which_the_last_one_counts():
    rows = course("20220801", "20230731"), course("20250801", "20270731")
    assert periods(*rows) == [(date(2022, 8, 1), date(2023, 7, 31)), (date(2025, 8, 1), date(2027, 7, 31))]
    assert now(*rows) == (True, None)


def test_what_starts_later_does_not_hide_a_stop_of_today():
    rows = course("20240801", "20260131"), course("20270201", None)
    assert now(*rows) == (False, date(2026, 1, 31))
    assert [row["laatste_periode"] for row in studies(*rows)] == [True, False]
    assert {row["volgt_opleiding"] for row in studies(*rows)} == {False}


def test_who_only_starts_later_does_not_study_and_did_not_stop():
    assert now(course("20270201", None)) == (False, None)


# -- stopped, or not known -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "heard", "answer"),
    [
        # the last day is 31 January; until 2 March a course may follow
        (date(2026, 1, 31), date(2026, 1, 31), (True, None)),
        (date(2026, 2, 1), date(2026, 2, 1), (None, None)),
        (date(2026, 3, 2), date(2026, 3, 2), (None, None)),
        (date(2026, 3, 3), date(2026, 3, 3), (False, date(2026, 1, 31))),
        # DUO has been silent since
        (date(2026, 11, 3), date(2026, 2, 1), (None, None)),
        (date(2026, 11, 3), date(2026, 3, 2), (None, None)),
        (date(2026, 11, 3), date(2026, 3, 3), (False, date(2026, 1, 31))),
    ],
)
def test_stopped_is_said_when_no_course_can_follow_and_duo_was_heard_since(day, heard, answer):
    assert now(course("20250801", "20260131"), day=day, heard=heard) == answer


@pytest.mark.parametrize(
    ("day", "answer"), [(date(2026, 10, 10), (None, None)), (date(2026, 10, 11), (False, date(2026, 7, 31)))]
)
def test_after_the_summer_there_are_more_days_to_go_on(day, answer):
    # 1 August + 70 days of gap: a course may begin on 10 October
    assert now(course("20250801", "20260731"), day=day) == answer


def test_an_end_too_long_before_1_august_waits_for_the_follow_on_only():
    # 23 May to 1 August is 71 days: no summer gap can hold 1 August any more
    assert now(course("20250801", "20260522"), day=date(2026, 6, 22)) == (False, date(2026, 5, 22))
    # 24 May to 1 August is 70 days: a course may begin on 2 August
    assert now(course("20250801", "20260523"), day=date(2026, 8, 2)) == (None, None)
    assert now(course("20250801", "20260523"), day=date(2026, 8, 3)) == (False, date(2026, 5, 23))


@pytest.mark.parametrize("end", ["99991230", "99991231", None])
def test_an_open_end_is_running(end):
    (row,) = studies(course("20240801", end))
    assert (row["einde"], row["einde_open"], row["volgt_opleiding"], row["gestopt_op"]) == (None, True, True, None)


@pytest.mark.parametrize("end", ["00000000", "20260000", "20260100"])
def test_an_unknown_or_partial_end_is_no_stop_and_no_open_end(end):
    (row,) = studies(course("20240801", end))
    assert (row["einde"], row["einde_open"], row["volgt_opleiding"], row["gestopt_op"]) == (None, False, None, None)


def test_until_the_first_day_a_partial_end_can_mean_the_study_is_certain():
    assert now(course("20240801", "20261200")) == (True, None)


def test_a_partial_start_before_today_does_not_matter_for_today():
    (row,) = studies(course("20240000", "20270731"))
    assert (row["aanvang"], row["volgt_opleiding"]) == (None, True)


@pytest.mark.parametrize(
    ("other", "began"),
    [("20230000", None), ("20240800", date(2024, 8, 1)), ("20240000", None), ("20250000", date(2024, 8, 1))],
)
def test_a_period_began_on_a_day_only_if_no_row_may_have_begun_earlier(other, began):
    assert studies(course("20240801", None), course(other, "20261231"))[0]["aanvang"] == began


@pytest.mark.parametrize("start", ["20260000", "00000000"])
def test_a_start_that_may_be_later_than_today_leaves_today_unknown(start):
    assert now(course(start, "20270731")) == (None, None)


def test_an_old_row_without_a_known_end_keeps_every_later_stop_uncertain():
    assert now(course("20100801", "00000000"), course("20240801", "20260131")) == (None, None)


def test_a_29_february_is_a_last_day_like_any_other():
    leap = course("20230801", "20240229"), course("20240301", "20240731")
    assert periods(*leap) == [(date(2023, 8, 1), date(2024, 7, 31))]
    assert now(course("20230801", "20240229")) == (False, date(2024, 2, 29))


def test_who_is_still_enrolled_but_takes_no_part_may_study_or_not():
    enrolled = course("20240801", "20250731", datum_uitschrijving="20270731")
    assert now(enrolled) == (None, None)
    assert now(enrolled, day=date(2025, 3, 1)) == (True, None)


def test_an_end_that_is_not_filled_in_leaves_it_to_the_other_one():
    assert now(course("20240801", None, datum_einde_deelname="20260131")) == (False, date(2026, 1, 31))
    assert now(course("20240801", None, datum_uitschrijving="20260131")) == (False, date(2026, 1, 31))


def test_two_persons_are_two_persons():
    other = course("20260101", "20260731") | {"burgerservicenummer": bsn(2)}
    assert len(periods(course("20250801", "20251231"), other)) == 2


# -- what kind of study ----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["E", "A"])
def test_extraneus_and_auditor_are_kept_apart_and_joined_by_themselves(form):
    rows = studies(course("20240801", "20260131"), course("20260201", None, inschrijvingsvorm=form))
    found = [(row["extraneus_of_auditor"], row["aanvang"], row["volgt_opleiding"]) for row in rows]
    assert found == [(False, date(2024, 8, 1), None), (True, date(2026, 2, 1), True)]


def test_while_somebody_may_go_on_as_extraneus_a_stop_is_not_certain():
    stopped = course("20240801", "20260131")
    assert now(stopped, course("20260201", None, inschrijvingsvorm="E")) == (None, None)
    assert now(stopped, course("20260201", "20260531", inschrijvingsvorm="E")) == (None, None)
    assert now(stopped, course("20240801", "20250731", inschrijvingsvorm="E")) == (False, date(2026, 1, 31))


def test_the_end_of_an_extraneus_is_no_stop_of_a_study():
    (row,) = studies(course("20240801", "20260131", inschrijvingsvorm="E"))
    assert (row["volgt_opleiding"], row["gestopt_op"]) == (False, None)


@pytest.mark.parametrize(
    ("columns", "vorm"),
    [
        ({"leerweg_mbo": "BBL", "niveau": "MBO-2"}, "bbl"),
        ({"leerweg_mbo": "BBL", "onderwijsvorm": "deeltijd"}, "bbl"),
        ({"leerweg_mbo": "BOL", "niveau": "MBO-2"}, "voltijd"),
        ({"leerweg_mbo": "BOL", "onderwijsvorm": "voltijd"}, "voltijd"),
        ({"leerweg_mbo": "BOL", "onderwijsvorm": "deeltijd"}, "deeltijd"),
        ({"leerweg_mbo": "BOL", "onderwijsvorm": "avond"}, "bol of ho"),
        ({"niveau": "WO-MA", "onderwijsvorm": "voltijd"}, "voltijd"),
        ({"niveau": "HBO-BA", "onderwijsvorm": "duaal"}, "voltijd"),
        ({"niveau": "HBO-BA", "onderwijsvorm": "deeltijd"}, "deeltijd"),
        ({"niveau": "HBO-BA", "onderwijsvorm": "2"}, "bol of ho"),
        ({"niveau": "WO-MA"}, "bol of ho"),
        ({"niveau": "MBO-2"}, "onbekend"),
        ({"niveau": "MBO-2", "onderwijsvorm": "voltijd"}, "onbekend"),
        ({"leerweg_mbo": "onderwijs op maat"}, "onbekend"),
        ({"niveau": "VO-HAVO"}, "onbekend"),
        ({"bpv_datum_aanvang": "20250901"}, "onbekend"),
        ({}, "onbekend"),
    ],
)
def test_what_kind_of_study_it_is_or_unknown(columns, vorm):
    assert studies(course("20250801", None, **columns))[0]["vorm"] == vorm


def test_of_a_joined_period_the_course_that_began_last_tells_what_it_is():
    bol, bbl = course("20240801", "20250731", leerweg_mbo="BOL"), course("20250801", "20260731", leerweg_mbo="BBL")
    assert studies(bol, bbl)[0]["vorm"] == "bbl"
    assert studies(bol, bbl, day=date(2025, 3, 1))[0]["vorm"] == "voltijd"
    assert studies(bbl, course("20250801", "20260731", leerweg_mbo="BOL"))[0]["vorm"] == "onbekend"


def test_of_two_courses_that_began_together_only_what_holds_for_both_is_said():
    both = {
        time: course("20250801", None, niveau="HBO-BA", onderwijsvorm=time) for time in ("voltijd", "duaal", "deeltijd")
    }
    assert studies(both["voltijd"], both["duaal"])[0]["vorm"] == "voltijd"
    assert studies(both["voltijd"], both["deeltijd"])[0]["vorm"] == "bol of ho"
    assert studies(both["deeltijd"], course("20250801", None, niveau="VO-HAVO"))[0]["vorm"] == "onbekend"


# -- studiefinanciering ----------------------------------------------------------------------------------


def grant(first: str, last: str | None, **columns: str | None) -> dict[str, str | None]:
    return {
        "burgerservicenummer": bsn(1), "datum_aanvang_toekenning": first, "datum_einde_toekenning": last,
    } | columns  # fmt: skip


def grants(*rows, day=DAY, heard=None):
    tables = bare_tables().add("duo_studiefinanciering", *rows).heard("duo", heard or day)
    found = tables.rows("studiefinanciering", peildatum=day, **DAYS)
    return sorted(found, key=lambda row: row["aanvang"] or date.min)


def granted(*rows, **when):
    (last,) = [row["heeft_toekenning"] for row in grants(*rows, **when) if row["laatste_periode"]]
    return last


def test_a_toekenning_cut_at_new_year_and_at_the_school_year_is_one_period():
    cut = grant("20250801", "20251231"), grant("20260101", "20260731"), grant("20260801", "20261231")
    (row,) = grants(*cut)
    assert (row["aanvang"], row["einde"], row["heeft_toekenning"]) == (date(2025, 8, 1), date(2026, 12, 31), True)


def test_a_day_between_two_toekenningen_makes_two_periods():
    assert len(grants(grant("20250801", "20251231"), grant("20260102", "20260731"))) == 2


@pytest.mark.parametrize(
    ("day", "heard", "answer"),
    [
        (date(2025, 12, 31), date(2025, 12, 31), True),
        (date(2026, 1, 5), date(2026, 1, 5), None),
        (date(2026, 1, 30), date(2026, 1, 30), None),
        (date(2026, 1, 31), date(2026, 1, 31), False),
        (date(2026, 11, 3), date(2026, 1, 30), None),
        (date(2025, 7, 31), date(2025, 7, 31), False),
    ],
)
def test_a_toekenning_that_is_not_there_any_more_is_said_30_days_later_and_when_duo_was_heard(day, heard, answer):
    assert granted(grant("20250801", "20251231"), day=day, heard=heard) is answer


@pytest.mark.parametrize(
    ("first", "last", "answer"),
    [
        ("20250801", "99991230", True),
        ("20250801", "99991231", True),
        ("20250801", None, True),
        ("20250801", "00000000", None),
        ("20250801", "20260000", None),
        ("20250801", "20250000", False),
        ("00000000", "20261231", None),
        ("20260000", "20261231", None),
    ],
)
def test_open_unknown_and_partial_days_of_a_toekenning(first, last, answer):
    assert granted(grant(first, last)) is answer


def test_only_the_last_toekenning_tells_about_today():
    before = grant("20220801", "20230731")
    assert granted(before, grant("20250801", "20260000")) is None
    assert granted(before, grant("20250801", None)) is True
    assert granted(before, grant("20270101", None)) is False


@pytest.mark.parametrize(("code", "wtos"), [("1", True), ("2", False), ("0", None), (None, None)])
def test_wtos_is_yes_no_or_unknown(code, wtos):
    assert grants(grant("20260801", "20261231", indicatie_wtos_18plus=code))[0]["wtos_18plus"] is wtos
