"""What the report of a night names beside its counts."""

from datetime import date

import pytest

from flows.summary import _to_confirm


@pytest.mark.parametrize(
    ("peildatum", "named"),
    [
        (date(2023, 6, 1), {"kostendelersleeftijd (27 jaar)"}),
        (date(2025, 6, 1), set()),  # 67 years for who was born in 1958: in the text of the law
        (date(2026, 11, 3), {"aow_leeftijd (804 maanden)"}),  # born in 1959: the announcement was not looked up yet
    ],
)
def test_dated_values_that_a_jurist_must_still_look_up_are_named(peildatum, named):
    assert set(_to_confirm(peildatum)) == named
