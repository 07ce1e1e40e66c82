"""What the bench of several gemeenten works out, by hand."""

import pytest

from bench.gemeenten import makespan, sizes, two_digits


def test_the_made_up_sizes_are_a_country_and_follow_their_rule():
    persons = sizes()
    assert len(persons) == 342
    assert sum(persons) == pytest.approx(18_000_000, abs=342)
    assert persons == sorted(persons, reverse=True)
    # Rank 2 has 1 / 2 ** 0.7 of the first one, rank 128 that seven times over.
    assert persons[1] / persons[0] == pytest.approx(0.6156, abs=1e-4)
    assert persons[127] / persons[0] == pytest.approx(0.6156**7, abs=1e-3)


@pytest.mark.parametrize(
    ("size", "rounded"), [(984_213, 980_000), (16_521, 17_000), (1_049.6, 1_000), (99_900, 100_000), (3, 1_000)]
)
def test_sizes_are_rounded_to_two_digits_and_never_too_small(size, rounded):
    assert two_digits(size) == rounded


@pytest.mark.parametrize(
    ("workers", "seconds"),
    # One: 10 + 6 + 5 + 4. Two: 10, then 4 beside 6 + 5. Three: 10 beside 6 and 5 + 4. Four: the largest.
    [(1, 25), (2, 14), (3, 10), (4, 10), (64, 10)],
)
def test_nights_go_to_whoever_is_free_first(workers, seconds):
    # 10 | 6 5: at 10 the one is free and the other is busy until 11, so 4 comes after 10.
    assert makespan([10, 6, 5, 4], workers) == seconds
