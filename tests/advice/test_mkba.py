"""The MKBA of a case: worked out by hand, and what must hold whatever the parameters are."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from advice.mkba import PARTIJEN, Berekend, Geval, Kant, NietBerekend, Scenario, Soort, mkba
from advice.mkba.compute import cents
from advice.mkba.formula import exact, highest
from advice.mkba.levers import DUREN, KANSEN, KOSTEN, ONGEMELD, levers_of, unless
from advice.mkba.model import scenarios
from contracts.bands import band_parameters, bands_on
from contracts.errors import ParameterError
from contracts.finding import EffectBereik, Finding, Richting, Route
from tests.mkba import DAY, ROUND, bands, case

BOOK = yaml.safe_load((Path(__file__).parent / "mkba.yaml").read_text(encoding="utf-8"))["cases"]


def in_cents(expected):
    """Low, base and high of what the book says."""
    ends = expected if isinstance(expected, list) else [expected] * 3
    return tuple(int(Decimal(str(end)) * 100) for end in ends)


def told(band):
    return band.laag, band.basis, band.hoog


# -- worked out by hand ----------------------------------------------------------------------------------


@pytest.mark.parametrize("one", BOOK, ids=lambda one: one["naam"])
def test_a_case_worked_out_by_hand(one):
    found = mkba(case(**one.get("geval", {})), bands(**one.get("parameters", {})))
    for scenario, totals in one.get("totaal", {}).items():
        for kant, expected in totals.items():
            assert told(found.of(Scenario(scenario)).totaal[Kant(kant)]) == in_cents(expected), (scenario, kant)
    for scenario, posts in one.get("posten", {}).items():
        lines = {(line.post, line.partij): line.band for line in found.of(Scenario(scenario)).posten}
        for post, parties in posts.items():
            assert {kant: told(lines[post, kant]) for kant in parties if (post, kant) in lines} == {
                kant: in_cents(expected) for kant, expected in parties.items()
            }
    for met, sides in one.get("verschil", {}).items():
        for kant, expected in sides.items():
            assert told(found.verschil(Scenario(met), Kant(kant)).band) == in_cents(expected)
    for kant, expected in one.get("omslag", {}).items():
        base = found.omslag(Kant(kant)).basis
        assert base == (None if expected is None else base.model_copy(update=_chances(expected)))


def _chances(ends):
    return {"van": Fraction(ends[0]), "tot": Fraction(ends[1])}


def test_the_book_covers_every_scenario_side_and_way():
    assert {scenario for one in BOOK for scenario in one.get("totaal", {})} == set(Scenario)
    assert {one.get("geval", {}).get("route", "nudge_dan_taak") for one in BOOK} == {
        "nudge", "nudge_dan_taak", "taak", "ambtshalve_voorstel",
    }  # fmt: skip


def test_drivers_go_from_the_largest_swing_to_the_smallest():
    found = mkba(case(), bands(kans_antwoord_brief=(0, 50, 100), bellen_uren=("0.5", "0.5", 4), brief_kosten=(0, 2, 2)))
    drivers = found.verschil(Scenario.GEEN, Kant.DIENST).drijvers
    # 492 - 1288.75 to 956.375 - 1288.75; 105 more for 3.5 hours; 2 less for a letter that costs nothing
    base = -56456  # 724.1875 - 1288.75 = -564.5625
    assert [(one.naam, one.laag, one.hoog) for one in drivers] == [
        ("kans_antwoord_brief", -79675, -33238), ("bellen_uren", base, -45956), ("brief_kosten", -56656, base),
    ]  # fmt: skip


# -- what can't be worked out ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"per_maand": None}, "niet bekend wat het per maand scheelt"),
        ({"per_maand": (-100, 100)}, "meer of minder worden"),
        ({"per_maand": (0, 0)}, "verandert het bedrag niet"),
        ({"feitdatum": None}, "niet precies bekend"),
        ({"richting": Richting.VOORDEEL}, "spreken elkaar tegen"),
        ({"per_maand": (0, 100)}, "spreken elkaar tegen"),
    ],
)
def test_what_can_not_be_worked_out_says_why(changes, why):
    found = mkba(case(**changes), bands())
    assert isinstance(found, NietBerekend)
    assert why in found.waarom


@pytest.mark.parametrize("richting", [Richting.GEMENGD, Richting.NEUTRAAL, Richting.NADEEL])
def test_the_sign_of_the_amount_says_which_way_it_goes(richting):
    assert mkba(case(richting=richting), bands()).of(Scenario.GEEN).totaal[Kant.DIENST].basis == 128875


# -- the case of a finding -------------------------------------------------------------------------------


def finding(effect):
    return Finding(
        signaal_id="S-R01-x", regel="R01", regelversie="1", dossiernummer="D-1", consulent_id=None,
        richting=Richting.NADEEL, route=Route.NUDGE, bericht="x", feitdatum=date(2026, 9, 1), gezien="x", taak="x",
        feiten={}, onderdrukkers=(), bronnen=(), peildatum=DAY, stand=1, effect=effect,
    )  # fmt: skip


def test_the_case_of_a_finding_holds_nothing_of_a_person():
    effect = EffectBereik(laagste=-40056, hoogste=0, tot_herziening=(-480672, 0), stappen=())
    found = Geval.of(finding(effect), herziening_maanden=12, horizon_maanden=24)
    assert found == Geval(
        richting=Richting.NADEEL, route=Route.NUDGE, per_maand=(-40056, 0), feitdatum=date(2026, 9, 1), peildatum=DAY,
    )  # fmt: skip
    assert set(Geval.model_fields) == {
        "richting", "route", "per_maand", "feitdatum", "peildatum", "herziening_maanden", "horizon_maanden",
        "hoogstens_maanden",
    }  # fmt: skip


def test_a_finding_without_effect_has_no_amount():
    assert Geval.of(finding(None), herziening_maanden=12, horizon_maanden=24).per_maand is None


def test_an_effect_that_the_law_limits_to_some_months_does_not_last_longer():
    effect = EffectBereik(laagste=0, hoogste=28500, tot_herziening=(0, 6 * 28500), stappen=())
    assert Geval.of(finding(effect), herziening_maanden=12, horizon_maanden=24).hoogstens_maanden == 6


@pytest.mark.parametrize(
    ("feitdatum", "before", "ahead"),
    [
        (date(2026, 11, 1), 0, 0),
        (date(2026, 10, 2), 0, 0),
        (date(2026, 10, 1), 1, 0),
        (date(2026, 11, 30), 0, 0),
        (date(2026, 12, 1), 0, 1),
        (date(2019, 1, 1), 60, 0),  # no more than five years count
    ],
)
def test_whole_months_before_and_ahead(feitdatum, before, ahead):
    found = case(feitdatum=feitdatum)
    assert (found.voorbij, found.komt_over) == (before, ahead)


# -- parameters ------------------------------------------------------------------------------------------


def test_the_parameters_of_the_model_are_those_that_have_a_band():
    assert sorted((*KANSEN, *KOSTEN, *DUREN)) == sorted(band_parameters())
    assert sorted(ROUND) == sorted(band_parameters())


def test_every_parameter_that_was_read_is_told_with_its_status():
    found = mkba(case(per_maand=(-100, -100)), bands(kans_beroep=(1, 2, 3)))
    assert {one.naam for one in found.gebruikt} == {*band_parameters(), "uit_eigen_beweging_dagen"}


def test_a_chance_a_month_that_could_become_more_than_certain_is_refused():
    with pytest.raises(ParameterError, match="more than a whole chance"):
        mkba(case(), bands(schuldhulp_per_maand=(1, 1, "1.05")))


def test_a_parameter_that_is_missing_is_an_error():
    known = bands()
    known = type(known)(known.day, {k: v for k, v in known.values.items() if k != "brief_kosten"}, known.used)
    with pytest.raises(ParameterError, match="No band is called brief_kosten"):
        mkba(case(), known)


# -- what must always hold -------------------------------------------------------------------------------


def _top(name):
    return 1 if name == "schuldhulp_per_maand" else 100 if name in KANSEN else 12


@st.composite
def widths(draw, most=5):
    """Some parameters with a band around a base of their own; the others are points."""
    names = draw(st.lists(st.sampled_from(sorted(ROUND)), min_size=1, max_size=most, unique=True))
    tenths = {name: sorted(draw(st.lists(st.integers(0, 10), min_size=3, max_size=3))) for name in names}
    return {name: tuple(Decimal(one * _top(name)) / 10 for one in ends) for name, ends in tenths.items()}


@st.composite
def cases(draw):
    low, high = sorted(draw(st.tuples(st.integers(0, 50_000), st.integers(1, 50_000))))
    too_much = draw(st.booleans())
    return case(
        richting=Richting.NADEEL if too_much else Richting.VOORDEEL,
        per_maand=(-high, -low) if too_much else (low, high),
        route=draw(st.sampled_from(sorted(Route))),
        feitdatum=date(2026, draw(st.integers(1, 12)), draw(st.integers(1, 28))),
        herziening_maanden=draw(st.integers(1, 30)),
        horizon_maanden=draw(st.integers(1, 36)),
        hoogstens_maanden=draw(st.none() | st.integers(1, 12)),
    )


few = settings(max_examples=25, deadline=None)


def every_band(found):
    for one in found.uitkomsten:
        yield from (((one.scenario, line.post, line.partij), line.band) for line in one.posten)
        yield from (((one.scenario, kant), band) for kant, band in one.totaal.items())
    yield from (((one.met, one.kant, "verschil"), one.band) for one in found.verschillen)


@few
@given(cases(), widths())
def test_a_band_holds_its_base_and_what_moves_adds_up_to_nothing(one, changed):
    found = mkba(one, bands(**changed))
    assert all(band.laag <= band.basis <= band.hoog for _, band in every_band(found))
    for outcome in found.uitkomsten:
        moved = [line for line in outcome.posten if line.soort is Soort.OVERDRACHT]
        for post in {line.post for line in moved}:
            payer, receiver = (line.band for line in moved if line.post is post)
            assert (payer.laag, payer.basis, payer.hoog) == (-receiver.hoog, -receiver.basis, -receiver.laag)


@few
@given(cases(), widths())
def test_together_is_what_is_used_up_and_the_parties_add_up_to_it(one, changed):
    found = mkba(one, bands(**changed))
    for outcome in found.uitkomsten:
        used = sum(line.band.basis for line in outcome.posten if line.soort is Soort.KOSTEN)
        together = outcome.totaal[Kant.SAMEN].basis
        assert abs(used - together) <= len(outcome.posten)  # each item is rounded by itself
        assert abs(sum(outcome.totaal[kant].basis for kant in PARTIJEN) - together) <= 2
        assert together >= 0


@pytest.mark.slow
@few
@given(cases(), widths(), st.data())
def test_a_wider_band_never_makes_the_outcome_narrower(one, changed, data):
    name = data.draw(st.sampled_from(sorted(changed)))
    low, base, high = changed[name]
    wider = changed | {name: (low * Decimal("0.5"), base, (high + _top(name)) / 2)}
    narrow, wide = mkba(one, bands(**changed)), mkba(one, bands(**wider))
    after = dict(every_band(wide))
    for key, band in every_band(narrow):
        assert after[key].laag <= band.laag
        assert after[key].hoog >= band.hoog
        assert after[key].basis == band.basis
    for before, then in zip(narrow.omslagen, wide.omslagen, strict=True):
        if name != ONGEMELD:
            assert _within(then.zeker, before.zeker)
            assert _within(then.zeker_niet, before.zeker_niet)


def _within(inner, outer):
    return inner is None or (outer is not None and outer.van <= inner.van and inner.tot <= outer.tot)


@pytest.mark.slow
@few
@given(cases(), st.sampled_from(KOSTEN), st.integers(1, 20))
def test_dearer_time_or_means_never_make_a_scenario_cheaper_for_anybody(one, name, more):
    before = mkba(one, bands())
    after = mkba(one, bands(**{name: Decimal(str(ROUND[name])) + more}))
    for scenario in Scenario:
        for kant in Kant:
            assert after.of(scenario).totaal[kant].basis >= before.of(scenario).totaal[kant].basis


@pytest.mark.slow
@few
@given(cases(), st.integers(0, 99))
def test_the_more_is_left_unreported_the_more_wrong_is_paid_when_nothing_is_done(one, percent):
    less, more = (mkba(one, bands(kans_ongemeld=chance, melden_maanden=0)) for chance in (percent, percent + 1))

    def wrong(found):
        lines = found.of(Scenario.GEEN).posten
        paid = (line.band.basis for line in lines if line.post.endswith("_betaald") and line.band.basis > 0)
        return next(paid, Decimal(0))  # less than half a cent is nothing

    assert wrong(more) >= wrong(less)


@few
@given(cases(), widths())
def test_the_break_even_is_exact_and_what_is_certain_is_so_in_the_base(one, changed):
    known = bands(**changed)
    found = mkba(one, known)
    with exact():
        levers = [lever for lever in levers_of(one, known) if lever.name != ONGEMELD]
        costs = scenarios(one, 60)
        for omslag in found.omslagen:
            ends = _difference(costs, omslag.kant)
            base = {name: value for lever in levers for name, value in lever.base.items()}
            assert _holds(omslag.basis, tuple(Fraction(end.value(base)) for end in ends))
            assert _within(omslag.zeker, omslag.basis)
            for sign, certain in ((1, omslag.zeker), (-1, omslag.zeker_niet)):
                for chance in {Fraction(0), Fraction(1, 3), Fraction(1)} | _ends(certain):
                    most = _most([end.times(Decimal(sign)) for end in ends], levers, chance)
                    inside = certain is not None and certain.van <= chance <= certain.tot
                    assert (most <= 0) == inside
                    if inside and chance in (certain.van, certain.tot) and 0 < chance < 1:
                        assert most == 0


def _difference(costs, kant):
    """Sociaal less geen for one side, at a chance of 0 and of 1 that it goes unreported."""
    formulas = [
        formula if scenario is Scenario.SOCIAAL else -formula
        for scenario in (Scenario.SOCIAAL, Scenario.GEEN)
        for (_, partij), formula in costs[scenario].items()
        if kant in (partij, Kant.SAMEN)
    ]
    total = sum(formulas[1:], start=formulas[0])
    return [total.at({ONGEMELD: Decimal(chance), unless(ONGEMELD): Decimal(1 - chance)}) for chance in (0, 1)]


def _holds(base, ends):
    """Whether these are exactly the chances at which a straight line between two ends is not above zero."""
    at = [(1 - chance) * ends[0] + chance * ends[1] for chance in sorted(_ends(base))]
    if base is None:
        return ends[0] > 0 and ends[1] > 0
    inside = all(value <= 0 for value in at)
    borders = [value for chance, value in zip(sorted(_ends(base)), at, strict=True) if 0 < chance < 1]
    return inside and all(value == 0 for value in borders)


def _ends(chances):
    return set() if chances is None else {chances.van, chances.tot}


def _most(ends, levers, chance):
    """The highest difference at a chance, times its denominator."""
    part, whole = Decimal(chance.numerator), Decimal(chance.denominator)
    return highest(ends[0].times(whole - part) + ends[1].times(part), levers)[0]


@given(st.integers(-10_000, 10_000))
def test_cents_are_rounded_half_up_the_same_for_costs_and_benefits(tenths):
    amount = Decimal(tenths) / 10
    assert cents(-amount) == -cents(amount)
    assert abs(cents(amount) - amount) <= Decimal("0.5")
    if tenths % 10 == 5 and tenths > 0:
        assert cents(amount) == (tenths + 5) // 10


def test_the_same_case_gives_the_same_outcome():
    known = bands_on(DAY)
    found = mkba(case(), known)
    assert isinstance(found, Berekend)
    assert found == mkba(case(), known)
