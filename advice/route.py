"""From the findings of a night to what is done: a letter, a task for a consulent, or nothing with its reason.

A function of the findings and the circumstances: the same in gives the same out, in whatever order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from advice.circumstances import Circumstances
from advice.policy import Beleid
from contracts.finding import Advice, ContactTask, Finding, NoAction, Nudge, Reden, Richting

#: Advantage first (E01: the only order besides the legal term).
_ORDER = {Richting.VOORDEEL: 0, Richting.NEUTRAAL: 1, Richting.GEMENGD: 2, Richting.NADEEL: 3}


def advise(findings: Iterable[Finding], now: Circumstances, beleid: Beleid) -> dict[str, Advice]:
    """What to do with each finding of a night: signaal_id -> advice.

    One letter a household tells of all its findings, what is to the advantage of the inwoner first.

    Args:
        findings: those that hold tonight, with their circumstances tested.
        now: what the night knows besides.
        beleid: the policy of the day.
    """
    found = sorted(findings, key=lambda f: (f.dossiernummer, reading_order(f)))
    advice = {f.signaal_id: _followed(f, beleid.advise(f), now, beleid) for f in found}
    for _, group in groupby(found, key=lambda f: f.dossiernummer):
        household = list(group)
        advice |= _one_question(household, advice, now)
        advice |= _one_letter(household, advice, now, beleid)
    by_id = {f.signaal_id: f for f in found}
    dated = {key: _dated(one, by_id[key], now, beleid) for key, one in advice.items()}
    return dated | _in_turn(by_id, dated, now, beleid)


def reading_order(finding: Finding) -> tuple[int, date, str]:
    """The order in which a letter tells of findings: what is to the advantage of the inwoner first, then the day."""
    return (_ORDER[finding.richting], finding.feitdatum or date.max, finding.signaal_id)


def _followed(finding: Finding, decided: Advice, now: Circumstances, beleid: Beleid) -> Advice:
    """What becomes of a letter that nobody answered: one reminder where the policy says so, then a friendly call."""
    told = now.letters.get(finding.signaal_id, ())
    if not isinstance(decided, Nudge) or not told or finding.signaal_id in now.answered:
        return decided
    asked = beleid.vraag(finding.route)
    assert asked.bellen_na_dagen is not None  # a letter is followed up: checked when the policy loads
    # A letter asks to answer before a day, and says that somebody calls after it.
    patience = timedelta(days=max(asked.bellen_na_dagen, now.answer_days))
    remind_on = told[0] + timedelta(days=asked.herinnering_na_dagen) if asked.herinnering_na_dagen else None
    # A reminder speaks of a letter: who had none is called.
    had_it = now.addressees.get(finding.signaal_id, "inwoner") == decided.aan
    to_remind = remind_on is not None and len(told) == 1 and had_it
    # Where a reminder finds no place in time the call does not wait for it any longer.
    last = remind_on if to_remind and remind_on is not None else told[-1]
    if now.peildatum > last + patience:
        silent = Reden.GEEN_ANTWOORD if decided.aan == "inwoner" else Reden.VERTEGENWOORDIGER_STIL
        return ContactTask(soort="contact", reden=silent)
    if to_remind and now.peildatum >= last:
        return decided.model_copy(update={"brief": finding.signaal_id})
    return decided


def _one_question(
    household: list[Finding], advice: Mapping[str, Advice], now: Circumstances
) -> dict[str, Advice]:  # fmt: skip
    """What an inwoner says is looked into once a household: by the task that is open, else by that of the first."""
    asks = [f.signaal_id for f in household if _looks_into(advice[f.signaal_id])]
    there = [key for key in asks if (key, "bewering") in now.tasks]
    return {key: NoAction(reden=Reden.BEWERING) for key in asks if key not in (there or asks)[:1]}


def _looks_into(decided: Advice) -> bool:
    return isinstance(decided, ContactTask) and decided.soort == "bewering"


def _one_letter(
    household: list[Finding], advice: Mapping[str, Advice], now: Circumstances, beleid: Beleid
) -> dict[str, Advice]:
    """The advice of a household in which tonight's letters are one; what does not fit in it waits."""
    wanted = [f for f in household if _wants_letter(f, advice[f.signaal_id], now)]
    if not wanted:
        return {}
    resting = [f for f in wanted if now.rests(f)]
    ready = [f for f in wanted if not now.rests(f)]
    happened = [f for f in ready if f.regel not in now.patient] or ready[:1]
    # One letter has one reader.
    together = [f for f in happened if _aan(advice[f.signaal_id]) == _aan(advice[happened[0].signaal_id])]
    together = together[: beleid.bundel_hoogstens]
    # Beside a letter of this very night, which is run again, it waits for the reason it waited for then.
    tonight = now.last_letter.get(household[0].dossiernummer) == now.peildatum
    waiting = {f.signaal_id: Reden.GEBUNDELD if tonight else Reden.RUST for f in resting}
    waiting |= {f.signaal_id: Reden.GEBUNDELD for f in ready if f not in together}
    if now.quiet:
        waiting |= {f.signaal_id: Reden.RUSTIGE_DAG for f in together}
        together = []
    head = together[0].signaal_id if together else None
    letters = {f.signaal_id: advice[f.signaal_id].model_copy(update={"brief": head}) for f in together}
    by_id = {f.signaal_id: f for f in wanted}
    return {**letters, **{key: _waits(by_id[key], advice[key], reden, now) for key, reden in waiting.items()}}


def _wants_letter(finding: Finding, decided: Advice, now: Circumstances) -> bool:
    """Whether tonight should tell of it: for the first time, or to remind."""
    return isinstance(decided, Nudge) and (finding.signaal_id not in now.letters or decided.brief is not None)


def _waits(finding: Finding, decided: Advice, reden: Reden, now: Circumstances) -> Advice:
    """Not tonight; who had a letter about it keeps that."""
    if finding.signaal_id not in now.letters:
        return NoAction(reden=reden)
    return Nudge(bericht=_bericht(finding), aan=_aan(decided))


def _aan(decided: Advice) -> Literal["inwoner", "vertegenwoordiger"]:
    return decided.aan if isinstance(decided, Nudge) else "inwoner"


def _bericht(finding: Finding) -> str:
    assert finding.bericht is not None  # a rule that nudges names its letter: checked when the rule loads
    return finding.bericht


def _dated(decided: Advice, finding: Finding, now: Circumstances, beleid: Beleid) -> Advice:
    if not isinstance(decided, ContactTask):
        return decided
    terms = [one.uiterlijk for one in now.asked(finding) if one.geldt] if _looks_into(decided) else []
    return decided.model_copy(update={"uiterlijk": min(terms, default=beleid.uiterlijk(finding))})


def _in_turn(
    findings: Mapping[str, Finding], advice: Mapping[str, Advice], now: Circumstances, beleid: Beleid
) -> dict[str, Advice]:
    """What has no place tonight: the oldest legal term goes first, then advantage; the rest waits for another night."""

    def turn(finding: Finding) -> tuple[date, int, str]:
        return (beleid.uiterlijk(finding), _ORDER[finding.richting], finding.signaal_id)

    order = sorted(findings.values(), key=turn)
    late = [*_letters_over(order, advice, now), *_tasks_over(order, advice, now)]
    return {f.signaal_id: _waits(f, advice[f.signaal_id], Reden.CAPACITEIT, now) for f in late}


def _letters_over(order: list[Finding], advice: Mapping[str, Advice], now: Circumstances) -> Iterator[Finding]:
    heads = dict.fromkeys(head for f in order if (head := _head(advice[f.signaal_id])) is not None)
    cap = now.capacity.brieven
    over = set() if cap is None else set(list(heads)[max(0, cap - now.made.brieven) :])
    yield from (f for f in order if _head(advice[f.signaal_id]) in over)


def _head(decided: Advice) -> str | None:
    return decided.brief if isinstance(decided, Nudge) else None


def _tasks_over(order: list[Finding], advice: Mapping[str, Advice], now: Circumstances) -> Iterator[Finding]:
    made = Counter(now.made.taken)
    for finding in order:
        decided = advice[finding.signaal_id]
        if not isinstance(decided, ContactTask) or decided.spoed or (finding.signaal_id, decided.soort) in now.tasks:
            continue
        if _looks_into(decided):
            # The inwoner asked, so the term runs already.
            continue
        whose, cap = finding.consulent_id, now.capacity
        mine = cap.taken_per_consulent is None or whose is None or made[whose] < cap.taken_per_consulent
        if mine and (cap.taken is None or made.total() < cap.taken):
            made[whose] += 1
        else:
            yield finding
