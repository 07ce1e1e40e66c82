"""Weights as a published parameter, and what a pair weighs, worked out by hand."""

import polars as pl
import pytest

from contracts.errors import ParameterError
from matching.linking.levels import COMPARISONS, NAMES
from matching.linking.weights import PINNED, Weights, millibits
from tests.linking import weights


def pair(**levels):
    """A pair with the levels named, by their place; ``<name>_aantal`` says how common the value is."""
    row = {name: levels.get(name) for name in NAMES} | {f"{n}_aantal": levels.get(f"{n}_aantal", 0) for n in NAMES}
    return pl.DataFrame([row], schema=dict.fromkeys(NAMES, pl.Int8) | {f"{n}_aantal": pl.Int64 for n in NAMES})


def weighed(made, register, **levels):
    return made.weigh(pair(**levels), register).row(0, named=True)


def test_a_weight_is_the_binary_logarithm_of_m_over_u():
    """m = 0.9 and u = 0.1: nine times as likely for one person, 3.17 bits; ten times less likely, -3.32."""
    assert millibits(0.9 / 0.1) == 3170
    assert millibits(0.1) == -3322
    assert millibits(1) == 0


def test_a_pair_weighs_its_start_and_its_levels_and_what_is_missing_weighs_nothing():
    """Start -10 (one in 1024), surname equal 8, first name equal 7, sex other -6."""
    made = weighed(weights(), 50, geslachtsnaam=4, voornaam=4, geslacht=0)
    assert (made["geslachtsnaam_gewicht"], made["voornaam_gewicht"], made["geslacht_gewicht"]) == (8000, 7000, -6000)
    assert made["adres_gewicht"] == made["bsn_gewicht"] == 0
    assert made["gewicht"] == -1000
    assert weighed(weights(), 50)["gewicht"] == -10_000


def test_a_pair_starts_with_one_in_the_size_of_the_register_but_never_less_than_the_smallest():
    assert [weights().start(persons) for persons in (0, 1, 1024, 4096)] == [-10_000, -10_000, -10_000, -12_000]


def test_a_rare_value_weighs_more_and_a_common_one_less():
    """u of an equal surname is 0.5 / 2**8 = 1/512: in a register of 4096 that is a name of 8 persons.

    A name of one: 3 bits more. A name of 64: 3 bits less, 5; but never less than the level below (5: exchanged names
    are not counted among the ordered ones, so it is `bijna`, 4): a name of 1024 would be 7 bits less, 1.
    """
    for persons, weight in ((8, 8000), (1, 11_000), (64, 5000), (1024, 4000)):
        made = weighed(weights(), 4096, geslachtsnaam=4, geslachtsnaam_aantal=persons)
        assert made["geslachtsnaam_gewicht"] == weight
    assert weighed(weights(), 4096, geslachtsnaam=4)["geslachtsnaam_gewicht"] == 8000, "not said how many"
    assert weighed(weights(), 4096, geslachtsnaam=2, geslachtsnaam_aantal=1)["geslachtsnaam_gewicht"] == 4000


def test_a_small_register_says_nothing_about_how_common_a_value_is():
    assert weighed(weights(), 1023, geslachtsnaam=4, geslachtsnaam_aantal=1)["geslachtsnaam_gewicht"] == 8000
    assert weighed(weights(), 1024, geslachtsnaam=4, geslachtsnaam_aantal=1)["geslachtsnaam_gewicht"] == 9000


def test_no_pairs_weigh_nothing():
    made = weights().weigh(pair().clear(), 50)
    assert (made.height, made.schema["gewicht"]) == (0, pl.Int64)


def test_the_chance_is_that_of_the_step_a_weight_falls_in():
    frame = pl.DataFrame({"w": [-2001, -2000, 5999, 6000, 99_000, None]})
    assert frame.select(weights().chance(pl.col("w"))).to_series().to_list() == [None, 0.25, 0.25, 0.99, 0.99, None]
    bare = frame.select(weights(ijking=()).chance(pl.col("w"))).to_series()
    assert bare.to_list() == [None] * 6


def test_what_is_saved_is_what_is_loaded(tmp_path):
    weights().save(tmp_path / "rond.yaml")
    assert Weights.load(tmp_path / "rond.yaml") == weights()


def test_the_pinned_version_is_there_and_its_numbers_agree_with_its_counts():
    made = Weights.load()
    assert made.versie == PINNED
    for comparison in COMPARISONS:
        levels = made.vergelijkingen[comparison.name]
        if comparison.name == "bsn":
            continue
        total_m, total_u = (sum(getattr(level, f"paren_{of}") for level in levels) + len(levels) / 2 for of in "mu")
        for level in levels:
            assert level.m == pytest.approx((level.paren_m + 0.5) / total_m, abs=1e-8)
            assert level.u == pytest.approx((level.paren_u + 0.5) / total_u, abs=1e-8)
        lowest = levels[comparison.ordered[0]]
        assert lowest.gewicht == millibits((lowest.paren_m + 0.5) / total_m / ((lowest.paren_u + 0.5) / total_u))
    chances = [step.kans for step in made.ijking]
    assert chances == sorted(chances)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace("versie: rond", "versies: rond"), "versie"),
        (lambda text: text.replace("naam: twee delen", "naam: drie delen"), "its levels must be"),
        (lambda text: text.replace("gewicht: 12000", "gewicht: -12000"), "agreeing more must not weigh less"),
        (lambda text: text.replace("gewicht: 12000", "gewicht: zwaar"), "valid integer"),
        (lambda text: "lijst: [", "ParserError"),
        (lambda text: "", "valid dictionary"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_what_is_wrong(tmp_path, change, reason):
    path = tmp_path / "eigen.yaml"
    weights().save(path)
    path.write_text(change(path.read_text()))
    with pytest.raises(ParameterError, match=reason) as refused:
        Weights.load(path)
    assert refused.value.where == "eigen.yaml"


def test_a_version_that_does_not_exist_is_refused(tmp_path):
    for missing in ("1999-1", tmp_path / "nergens.yaml", tmp_path, ""):
        with pytest.raises(ParameterError, match="No usable linking weights"):
            Weights.load(missing)
