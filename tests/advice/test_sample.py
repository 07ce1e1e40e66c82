"""Who is in a desk sample: a lot that nobody steers, of the right size, without anybody twice."""

import hashlib
from collections import Counter
from datetime import date, timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.sample import choose, prefix, resting_since, seed, wilson
from contracts.desk import Steekproefsoort

NIGHT = date(2026, 11, 3)
BEFORE = prefix(seed("geheim"), NIGHT, Steekproefsoort.ONDERDRUKT)
IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
CANDIDATES = st.dictionaries(IDS, st.sampled_from([f"D-{number}" for number in range(12)]), max_size=30)


def test_a_rank_is_the_hash_of_seed_night_kind_and_id():
    text = f"{hashlib.sha256(b'steekproef|geheim').hexdigest()}|2026-11-03|onderdrukt|S-1"
    assert text == BEFORE + "S-1"
    ids = {f"S-{number}": f"D-{number}" for number in range(50)}
    ranked = sorted(ids, key=lambda key: hashlib.sha256((BEFORE + key).encode()).hexdigest())
    assert choose(ids, 50, BEFORE) == ranked
    assert choose(ids, 3, BEFORE) == ranked[:3]


@given(CANDIDATES, st.integers(0, 15), st.sets(st.sampled_from([f"D-{number}" for number in range(12)])))
def test_size_and_nobody_twice_and_nobody_who_rests(candidates, size, resting):
    chosen = choose(candidates, size, BEFORE, resting)
    dossiers = [candidates[one] for one in chosen]
    assert len(dossiers) == len(set(dossiers)) == min(size, len(set(candidates.values()) - resting))
    assert not set(dossiers) & resting


@given(CANDIDATES, st.integers(0, 15), st.randoms(use_true_random=False))
def test_the_order_of_what_was_found_does_not_count(candidates, size, random):
    mixed = list(candidates.items())
    random.shuffle(mixed)
    assert choose(dict(mixed), size, BEFORE) == choose(candidates, size, BEFORE)


@given(CANDIDATES, st.integers(0, 14))
def test_a_larger_sample_holds_the_smaller_one(candidates, size):
    assert choose(candidates, size + 1, BEFORE)[:size] == choose(candidates, size, BEFORE)


def test_another_night_kind_or_secret_is_another_sample():
    ids = {f"S-{number}": f"D-{number}" for number in range(1_000)}
    others = [
        prefix(seed("geheim"), NIGHT + timedelta(days=1), Steekproefsoort.ONDERDRUKT),
        prefix(seed("geheim"), NIGHT, Steekproefsoort.ZONDER_SIGNAAL),
        prefix(seed("anders"), NIGHT, Steekproefsoort.ONDERDRUKT),
    ]
    # Two lots of 20 out of 1.000 share 0,4 on average; 6 or more by chance is one in a million.
    for other in others:
        assert len(set(choose(ids, 20, BEFORE)) & set(choose(ids, 20, other))) < 6


def test_everybody_has_the_same_chance():
    """400 nights of 10 out of 200: each is drawn 20 times on average, with a variance of 400 x 0,05 x 0,95 = 19.

    The squares of the deviations add up to 200 x 19 = 3.800 on average; their standard deviation is about
    3.800 x sqrt(2 / 199) = 381, so that five of those either way is 1.895 to 5.705.
    """
    ids = {f"D-{number:04d}": f"D-{number:04d}" for number in range(200)}
    drawn: Counter[str] = Counter()
    for night in range(400):
        before = prefix(seed("geheim"), NIGHT + timedelta(days=night), Steekproefsoort.ZONDER_SIGNAAL)
        drawn.update(choose(ids, 10, before))
    assert drawn.total() == 4_000
    assert 1_895 < sum((drawn[one] - 20) ** 2 for one in ids) < 5_705
    # Neither half is favoured: 2.000 on average, with a standard deviation of sqrt(400 x 10 x 0,25 x 190 / 199) = 31.
    assert abs(sum(drawn[one] for one in list(ids)[:100]) - 2_000) < 5 * 31


def test_a_dossier_rests_for_365_days():
    assert resting_since(NIGHT) == date(2025, 11, 4)  # of 3 November 2025 a year ago it may be in one again


def test_the_secret_can_not_be_read_from_the_seed():
    assert seed("geheim") != seed("geheim2")
    assert "geheim" not in seed("geheim")


@given(st.integers(1, 5_000).flatmap(lambda seen: st.tuples(st.integers(0, seen), st.just(seen))))
def test_at_the_ends_of_the_interval_what_was_seen_is_just_196_standard_errors_away(counts):
    """That is how Wilson defines them: with the error of the end itself, not of what was seen."""
    hits, seen = counts
    low, high = wilson(hits, seen)
    tiny = 1e-9
    assert 0 <= low <= hits / seen + tiny
    assert hits / seen - tiny <= high <= 1
    for end in (low, high):
        if tiny < end < 1 - tiny:
            assert abs(hits / seen - end) / sqrt(end * (1 - end) / seen) == pytest.approx(1.96, abs=0.001)


@pytest.mark.parametrize(
    ("hits", "seen", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (1, 20, 0.0089, 0.2361)]
)
def test_the_interval_is_that_of_the_tables(hits, seen, low, high):
    assert wilson(hits, seen) == pytest.approx((low, high), abs=0.0001)
