"""What is unknown gives a range: it holds the norm of every way in which the unknown may turn out."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.errors import NormError
from matching.norm import Huishouden, norm
from tests.matching.norm.households import ADULT, H2_2026, MATE, household, person

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
YES_NO = st.booleans()
KIN = st.sampled_from(["geen", "eerste_graad", "bloed_tweede_graad", "aanverwant_tweede_graad"])
STUDY = st.sampled_from(["geen", "studiefinanciering", "wtos", "bbl", "buitenland", "anders"])


@st.composite
def births(draw, youngest=0):
    return draw(st.dates(date(1940, 1, 1), date(2024 - youngest, 1, 1)))


def one(youngest=18):
    return {"geboortedatum": births(youngest), "in_inrichting": YES_NO, "geen_beroep_op_ouders": YES_NO}


def mate():
    return {"geboortedatum": births(), "hoofdverblijf": YES_NO, "zakelijk": YES_NO, "verwantschap": KIN,
            "zelfde_verhuurder": YES_NO, "opleiding": STUDY}  # fmt: skip


def partner():
    band = st.sampled_from(["gehuwd", "gezamenlijke_huishouding"])
    return (
        mate()
        | one(0)
        | {"band": band, "duurzaam_gescheiden": YES_NO, "zorgbehoefte": YES_NO, "recht_op_bijstand": YES_NO}
    )


KNOWN = st.fixed_dictionaries({
    "belanghebbende": st.fixed_dictionaries(one()),
    "partner": st.none() | st.fixed_dictionaries(partner()),
    "ten_laste_komende_kinderen": YES_NO,
    "mantelzorg_elders": YES_NO,
    "kostendelers": st.integers(0, 3),
    "medebewoners": st.lists(st.fixed_dictionaries(mate()), max_size=4),
})  # fmt: skip
#: Facts that are never unknown.
SETTLED = {"band", "kostendelers"}


def veiled(draw, facts):
    """The same facts, some of them unknown and some birth dates partial."""
    if isinstance(facts, list):
        return [veiled(draw, item) for item in facts]
    if not isinstance(facts, dict):
        return facts
    found = {}
    for key, value in facts.items():
        if isinstance(value, dict | list):
            found[key] = veiled(draw, value)
        elif isinstance(value, date):
            found[key] = draw(st.sampled_from([value, f"{value:%Y-%m}", f"{value:%Y}", "onbekend"]))
        elif value is None or key in SETTLED:
            found[key] = value
        else:
            found[key] = draw(st.sampled_from([value, value, "onbekend"]))
    return found


def answer(facts, day):
    """Lowest and highest; None where the law names no norm."""
    try:
        return norm(Huishouden.model_validate(facts), day)
    except NormError:
        return None


@settings(max_examples=400, deadline=None)
@given(data=st.data(), facts=KNOWN, day=DAYS)
def test_the_range_holds_every_way_the_unknown_may_turn_out(data, facts, day):
    certain, open_ = answer(facts, day), answer(veiled(data.draw, facts), day)
    if certain is None or open_ is None:
        return
    assert open_.laagste.bedrag <= certain.laagste.bedrag
    assert certain.hoogste.bedrag <= open_.hoogste.bedrag
    assert bool(open_.redenen) == (not open_.zeker)


@settings(max_examples=300, deadline=None)
@given(facts=KNOWN, day=DAYS)
def test_a_kostendeler_more_never_gives_a_higher_norm(facts, day):
    fewer, more = answer(facts, day), answer(facts | {"kostendelers": facts["kostendelers"] + 1}, day)
    assert (fewer is None) == (more is None)
    if fewer is not None and more is not None:
        assert more.hoogste.bedrag <= fewer.hoogste.bedrag
        if fewer.zeker:  # where the law itself leaves a range, its lower end is a reading that kostendelers settle
            assert more.laagste.bedrag <= fewer.laagste.bedrag


@settings(max_examples=200, deadline=None)
@given(facts=KNOWN, day=DAYS)
def test_the_parts_of_a_norm_fit_together(facts, day):
    found = answer(facts, day)
    for end in () if found is None else (found.laagste, found.hoogste):
        assert end.bedrag > 0
        assert end.vakantietoeslag + end.zonder_vakantietoeslag == end.bedrag
        assert abs(end.vakantietoeslag * 20 - end.bedrag) <= 10  # 5%, to the nearest cent
        assert all(one.artikel or one.wat.startswith("afgerond") for one in end.stappen)


def test_a_housemate_of_whom_only_the_age_is_known_may_count_or_not():
    """1 July 2026: article 21 a, 1,419.46, or 22a lid 1 with A = 2, 1,013.90."""
    found = norm(household(medebewoners=[{"geboortedatum": "1990-01-01"}]), H2_2026)
    assert found.bereik == (101390, 141946)
    assert found.redenen == (
        "van medebewoner 1 is onbekend: zakelijke afspraak, verwantschap, zelfde verhuurder, opleiding",
    )


def test_only_what_makes_a_difference_is_a_reason():
    """Children make no difference from 21 on, nor does an unknown day of birth far from any border."""
    found = norm(household("1980", kinderen=None), H2_2026)
    assert (found.zeker, found.redenen) == (True, ())
    young = norm(household("2006-08-01", kinderen=None, partner=person("2006-08-01")), H2_2026)
    assert young.bereik == (70084, 110640)  # 20 lid 1 b and lid 2 b
    assert young.redenen == ("ten laste komende kinderen",)


def test_a_year_of_birth_around_the_21st_birthday_gives_both_norms():
    found = norm(household("2005"), H2_2026)
    assert found.bereik == (35042, 141946)
    assert found.redenen == ("geboortedatum van de belanghebbende",)


def test_an_unknown_right_of_the_partner_gives_50_percent_to_the_whole():
    found = norm(household(ADULT, person(ADULT, recht_op_bijstand=None)), H2_2026)
    assert found.bereik == (101390, 202779)  # 24 a and 21 b
    assert found.opmerkingen == ()
    with_children = norm(household(ADULT, person(ADULT, recht_op_bijstand=None), kinderen=True), H2_2026)
    assert "24a" in with_children.opmerkingen[0]
    before = norm(household(ADULT, person(ADULT, recht_op_bijstand=None), kinderen=True), date(2025, 12, 31))
    assert before.opmerkingen == ()  # 24a is there since 2026


def test_many_unknown_housemates_stay_quick_and_give_the_ends():
    """A = 1 and A = 31: ((40 + 930) / 31)% of 2,027.79 = 634.502... (22a lid 1)."""
    found = norm(household(medebewoners=[{"geboortedatum": "1990"}] * 30), H2_2026)
    assert found.bereik == (63450, 141946)


def test_an_age_at_which_nobody_has_a_right_is_left_out_of_the_range():
    """Born in 2008: 18 at most; who gets bijstand is no 17 (13 lid 1 f)."""
    found = norm(household("2008"), H2_2026)
    assert found.bereik == (35042, 35042)


def test_a_day_more_changes_nothing_within_a_half_year():
    given_ = household(ADULT, medebewoners=[{"geboortedatum": "1990-01-01"} | MATE])
    assert norm(given_, H2_2026).laagste.bedrag == norm(given_, H2_2026 + timedelta(days=100)).laagste.bedrag
