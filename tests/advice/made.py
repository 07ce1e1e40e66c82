"""Findings and verdicts for the tests of advice."""

from datetime import date

from advice.circumstances import PLAIN, Circumstances, circumstantial
from advice.policy import policy_on
from advice.route import advise
from contracts.finding import Finding, Richting, Route, Verdict

NIGHT = date(2026, 11, 3)
BELEID = policy_on(NIGHT)
LETTERS = (Route.NUDGE, Route.NUDGE_THEN_TASK)


def verdict(naam: str, holds: bool | None = True) -> Verdict:
    return Verdict(naam=naam, code="X01", reden=BELEID.reden(naam), geldt=holds)


def finding(name="a", route=Route.NUDGE_THEN_TASK, richting=Richting.NADEEL, *held: Verdict, **more) -> Finding:
    """A finding of a rule with this route; ``more`` are fields of ``Finding``."""
    parts = {
        "signaal_id": f"S-{name}", "regel": "R01", "regelversie": "1", "dossiernummer": "D-1", "consulent_id": None,
        "richting": richting, "route": route, "bericht": "kostendeler_erbij" if route in LETTERS else None,
        "feitdatum": NIGHT, "gezien": "", "taak": "", "feiten": {}, "onderdrukkers": held, "bronnen": (),
        "peildatum": NIGHT, "stand": 1,
    }  # fmt: skip
    return Finding(**parts | more)


def at(night: date = NIGHT, **known) -> Circumstances:
    """A night with households of which nothing special is known, unless said otherwise."""
    homes = {f"D-{number}": PLAIN for number in range(1, 200)}
    return Circumstances(night, **{"households": homes} | known)


def told(findings, now: Circumstances | None = None):
    """The advice of each finding, its circumstances tested first."""
    now = now or at()
    moved = [each.model_copy(update={"peildatum": now.peildatum}) for each in findings]
    tested = [circumstantial(each, now, BELEID.vraag(each.route).kolom) for each in moved]
    return advise(tested, now, BELEID)


def only(found: Finding, now: Circumstances | None = None):
    return told([found], now)[found.signaal_id]
