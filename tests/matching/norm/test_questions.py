"""What the facts of a household leave open: the questions, their answers and the reasons that are told."""

from datetime import date

import pytest

from contracts.parameters import Values
from matching.norm.ages import Leeftijd
from matching.norm.facts import Huishouden
from matching.norm.questions import Questions
from tests.matching.norm.households import ADULT, AOW, H2_2026, MATE, cents, household, person, young

UNKNOWN = "onbekend"


def asked(home: Huishouden, day: date = H2_2026):
    """Name -> options and reasons."""
    return {name: (one.options, one.reasons) for name, one in Questions(home, Values(day)).asked.items()}


def test_of_a_household_of_which_nothing_is_known_everything_is_asked_and_each_question_says_why():
    who = {"geboortedatum": young(H2_2026), "in_inrichting": UNKNOWN, "geen_beroep_op_ouders": UNKNOWN}
    home = Huishouden.read({
        "belanghebbende": who,
        "partner": who | {
            "band": "gezamenlijke_huishouding", "recht_op_bijstand": UNKNOWN, "zorgbehoefte": UNKNOWN,
            "verwantschap": UNKNOWN,
        },
        "ten_laste_komende_kinderen": UNKNOWN,
        "mantelzorg_elders": UNKNOWN,
    })  # fmt: skip
    both = (0, 1)
    assert asked(home) == {
        "leeftijd": ((18,), ("geboortedatum van de belanghebbende",)),
        "inrichting": (both, ("verblijf van de belanghebbende in een inrichting",)),
        "leeftijd_partner": ((18,), ("geboortedatum van de partner",)),
        "inrichting_partner": (both, ("verblijf van de partner in een inrichting",)),
        "recht_partner": (both, ("recht van de partner op bijstand",)),
        "echtgenoot": (both, ("of de partner voor de wet een echtgenoot is",)),
        # Who is 19 shares no costs, whatever else they are (19a lid 1).
        "partner_telt": ((0,), ("de partner is jonger dan 27",)),
        "kinderen": (both, ("ten laste komende kinderen",)),
        "ouders": (both, ("beroep van de belanghebbende op de ouders",)),
        "ouders_partner": (both, ("beroep van de partner op de ouders",)),
        "medebewoners": ((0,), ()),
        "mantelzorg": (both, ("mantelzorg elders",)),
        "lezing": (both, ()),
    }


def test_of_who_is_alone_and_grown_up_little_is_asked():
    assert list(asked(household())) == ["leeftijd", "inrichting", "medebewoners", "mantelzorg", "lezing"]
    assert asked(household())["lezing"] == ((0,), ())
    assert asked(household())["leeftijd"] == ((Leeftijd.VOLWASSEN,), ("geboortedatum van de belanghebbende",))


def test_an_echtgenoot_shares_no_costs_whatever_their_age():
    assert asked(household(partner=ADULT))["partner_telt"] == ((0,), ())


def test_a_partner_in_name_who_is_no_echtgenoot_may_share_costs():
    apart = person(ADULT, duurzaam_gescheiden=True, **MATE)
    assert asked(household(partner=apart))["echtgenoot"][0] == (0,)
    assert asked(household(partner=apart))["partner_telt"][0] == (1,)


@pytest.mark.parametrize(
    ("day", "kin", "is_spouse"),
    [
        # Until 2026 care excused only family of the second degree (3 lid 2 onderdeel a); whose kin is not known may be.
        (date(2025, 7, 1), UNKNOWN, (0, 1)),
        (date(2025, 7, 1), "bloed_tweede_graad", (0,)),
        (date(2025, 7, 1), "geen", (1,)),
        # Since 2026 it excuses everybody.
        (date(2026, 1, 1), UNKNOWN, (0,)),
        (date(2026, 1, 1), "geen", (0,)),
    ],
)
def test_who_lives_together_because_of_care(day, kin, is_spouse):
    partner = person(ADULT, band="gezamenlijke_huishouding", zorgbehoefte=True, verwantschap=kin)
    home = Huishouden.read({"belanghebbende": person(ADULT), "partner": partner, "ten_laste_komende_kinderen": False})
    assert asked(home, day)["echtgenoot"][0] == is_spouse


def test_the_steps_name_housemates_before_the_partner():
    apart = person(ADULT, duurzaam_gescheiden=True, **MATE)
    home = household(partner=apart, medebewoners=[{"geboortedatum": ADULT, **MATE}])
    questions = Questions(home, Values(H2_2026))
    only = tuple(one.options[0] for one in questions.asked.values())
    assert [one.wat for one in questions.steps(only)] == [
        "medebewoner 1: geen uitzondering", "de partner", "de partner: geen uitzondering", "kostendelende medebewoners",
    ]  # fmt: skip


@pytest.mark.parametrize("pair", [(AOW, ADULT), (ADULT, AOW)])
def test_a_couple_of_which_one_has_the_aow_age_shares_by_the_norms_of_that_age(pair):
    # 22a lid 2: ((40 % + 3 x 30 %) / 3) x 2,176.10 for each, both 22 b and 22 c; 942.9767 twice.
    one, other = pair
    assert cents(household(one, other, kostendelers=1)) == 188595
