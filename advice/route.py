"""Route each finding: a letter, a task for a consulent, or nothing with its reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from contracts.finding import (
    Advice,
    ContactTask,
    Effect,
    Finding,
    NoAction,
    Nudge,
    Reden,
    Richting,
    Route,
    Verdict,
)
from contracts.outcome import Closing

#: Advantage first (E01: the only order besides the legal term).
_ORDER = {Richting.VOORDEEL: 0, Richting.NEUTRAAL: 1, Richting.GEMENGD: 2, Richting.NADEEL: 3}
#: What a human settles before anything else is done.
_FIRST: Mapping[Reden, Literal["controleer_koppeling", "overleg_jurist"]] = {
    Reden.KOPPELING_ONZEKER: "controleer_koppeling", Reden.LOPEND_BEZWAAR: "overleg_jurist",
}  # fmt: skip
#: The suppressors that no fact view can answer: those tested before the rule's own, and after them.
_BEFORE, _AFTER = ("afgedaan",), ("eerder_afgedaan", "bron_dicht")


@dataclass(frozen=True)
class Circumstances:
    """What routing needs to know besides the findings.

    Attributes:
        peildatum: the night.
        unusable: rules that read a source which is too old or incomplete tonight: nothing goes out on them.
        closings: the last thing a human said to close or open a finding, by its id.
        told: findings that have a letter; they keep it.
        last_letter: dossiernummer -> night of the last letter to that household, tonight's included.
        rest_days: a household gets at most one letter in so many days (E18).
        patient: rules that ask about nothing that happened -> so many days they wait after any letter.
    """

    peildatum: date
    unusable: frozenset[str] = frozenset()
    closings: Mapping[str, Closing] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    last_letter: Mapping[str, date] = field(default_factory=dict)
    rest_days: int = 30
    patient: Mapping[str, int] = field(default_factory=dict)

    def rests(self, finding: Finding, last: date | None) -> bool:
        """Whether the household had a letter too short a time ago for one about this."""
        days = max(self.rest_days, self.patient.get(finding.regel, 0))
        return last is not None and self.peildatum < last + timedelta(days=days)


def circumstantial(found: Finding, now: Circumstances) -> Finding:
    """A finding with what no fact view can say tested too: O03, closed by a human, and O05, the gate of a source."""
    closing = now.closings.get(found.signaal_id)
    done = _verdict("afgedaan", "O03", Reden.AFGEDAAN, Effect.GEEN_ACTIE, closing is not None and closing.covers(found))
    before = _verdict("eerder_afgedaan", "O03", Reden.EERDER_AFGEDAAN, Effect.ALLEEN_TAAK, closing is not None)
    shut = _verdict("bron_dicht", "O05", Reden.BRON_NIET_BRUIKBAAR, Effect.GEEN_ACTIE, found.regel in now.unusable)
    return found.model_copy(update={"onderdrukkers": (done, *found.onderdrukkers, before, shut)})


def as_circumstanced(found: Finding, then: Finding) -> Finding:
    """A finding with what no fact view can say as it was tested for the same finding on another moment."""
    said = {verdict.naam: verdict for verdict in then.onderdrukkers}
    before, after = ([said[naam] for naam in names if naam in said] for names in (_BEFORE, _AFTER))
    return found.model_copy(update={"onderdrukkers": (*before, *found.onderdrukkers, *after)})


def _verdict(naam: str, code: str, reden: Reden, effect: Effect, holds: bool) -> Verdict:  # noqa: FBT001
    return Verdict(naam=naam, code=code, reden=reden, effect=effect, geldt=holds)


def advise(findings: Iterable[Finding], circumstances: Circumstances) -> dict[str, Advice]:
    """What to do with each finding of a night: signaal_id -> advice.

    One letter a household: findings that are advantage to the inwoner go first, then the oldest fact.
    """
    advice: dict[str, Advice] = {}
    by_household = sorted(findings, key=lambda f: (f.dossiernummer, _order(f)))
    for dossiernummer, group in groupby(by_household, key=lambda f: f.dossiernummer):
        advice |= _household(dossiernummer, list(group), circumstances)
    return advice


def _order(finding: Finding) -> tuple[int, date, str]:
    return (_ORDER[finding.richting], finding.feitdatum or date.max, finding.signaal_id)


def _household(dossiernummer: str, findings: list[Finding], now: Circumstances) -> dict[str, Advice]:
    advice: dict[str, Advice] = {f.signaal_id: advise_one(f) for f in findings}
    letters = [f for f in findings if isinstance(advice[f.signaal_id], Nudge) and f.signaal_id not in now.told]
    letters.sort(key=lambda f: f.regel in now.patient)
    last = now.last_letter.get(dossiernummer)
    if last == now.peildatum:
        return advice | {f.signaal_id: NoAction(reden=Reden.GEBUNDELD) for f in letters}
    resting = [f.signaal_id for f in letters if now.rests(f, last)]
    bundled = [f.signaal_id for f in letters if f.signaal_id not in resting][1:]
    advice |= {key: NoAction(reden=Reden.RUST) for key in resting}
    return advice | {key: NoAction(reden=Reden.GEBUNDELD) for key in bundled}


def advise_one(finding: Finding) -> Advice:
    """The advice for one finding by itself: its rule's route, unless something stands in the way.

    The first suppressor that holds counts; one that can't be answered (null) counts as holding. Where a source is
    not usable nothing new goes out; what stands in the way still counts, so that a letter can be taken back, and
    an urgent task is made all the same.
    """
    holding = [verdict for verdict in finding.onderdrukkers if verdict.geldt is not False]
    if finding.route is Route.URGENT_TASK:
        holding = [verdict for verdict in holding if verdict.reden is not Reden.BRON_NIET_BRUIKBAAR]
    elif any(verdict.reden is Reden.BRON_NIET_BRUIKBAAR for verdict in holding):
        return NoAction(reden=holding[0].reden)
    for verdict in holding:
        if verdict.effect is Effect.GEEN_ACTIE:
            return NoAction(reden=verdict.reden)
    if finding.route in (Route.NUDGE, Route.NUDGE_THEN_TASK):
        return _nudge(finding, holding[0].reden if holding else None)
    first = next((verdict.reden for verdict in holding if verdict.reden in _FIRST), None)
    if finding.beperkt:
        # Also a question about it stays with the few who may know.
        return ContactTask(soort="beperkt", reden=first)
    if finding.route is not Route.URGENT_TASK and first is not None:
        return _instead(first)
    return _task(finding.route)


def _nudge(finding: Finding, in_the_way: Reden | None) -> Advice:
    if in_the_way is not None:
        return _instead(in_the_way)
    assert finding.bericht is not None  # a rule that nudges names its letter: checked when the rule loads
    return Nudge(bericht=finding.bericht)


def _instead(reden: Reden) -> ContactTask:
    return ContactTask(soort=_FIRST.get(reden, "contact"), reden=reden)


def _task(route: Route) -> ContactTask:
    if route is Route.URGENT_TASK:
        return ContactTask(soort="contact", spoed=True, reden=Reden.SPOED)
    if route is Route.PROPOSAL:
        return ContactTask(soort="ambtshalve_voorstel", reden=Reden.VOORSTEL)
    if route is Route.HELP_TASK:
        return ContactTask(soort="hulp", reden=Reden.HULP)
    if route is Route.BACKLOG:
        return ContactTask(soort="achterstand", reden=Reden.ACHTERSTAND)
    return ContactTask(soort="contact")
