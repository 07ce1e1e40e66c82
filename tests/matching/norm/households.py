"""Made-up households for the tests of the norm: everything is known unless a test says otherwise."""

from datetime import date

from matching.norm import Huishouden, norm

H2_2026 = date(2026, 7, 1)
#: Birth dates that are in the same age class on every day from 2024 to 2026.
ADULT, ADULT_TOO, AOW, AOW_TOO = "1980-01-01", "1985-06-30", "1950-01-01", "1945-12-31"
MATE = {"zakelijk": False, "verwantschap": "geen", "zelfde_verhuurder": False, "opleiding": "geen"}


def young(day: date) -> str:
    """Somebody of 19 on a day."""
    return f"{day.year - 19}-01-01"


def person(born: str, **facts):
    return {"geboortedatum": born, "geen_beroep_op_ouders": False} | facts


def household(born: str = ADULT, partner: str | dict | None = None, *, kinderen: bool | None = False, **facts):
    """A household of one, or of two when a partner (birth date or facts) is given."""
    one = {key: facts.pop(key) for key in ("in_inrichting", "geen_beroep_op_ouders") if key in facts}
    both = person(partner) if isinstance(partner, str) else partner
    return Huishouden.model_validate(
        {"belanghebbende": person(born, **one), "partner": both, "ten_laste_komende_kinderen": kinderen} | facts
    )


def cents(given: Huishouden, day: date = H2_2026) -> int:
    """The norm of a household for which it is certain."""
    found = norm(given, day)
    assert found.zeker, found.redenen
    assert not found.redenen
    return found.laagste.bedrag
