"""The norm of a household: every way in which the unknown facts may turn out is worked out, and the ends are told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from contracts.parameters import Values
from matching.norm.amount import Calculation, Situatie
from matching.norm.facts import Huishouden
from matching.norm.questions import Answers, Questions
from matching.norm.result import Norm, Uitkomst


@dataclass(frozen=True)
class _Worked:
    uitkomst: Uitkomst
    doubts: tuple[str, ...]


def norm(household: Huishouden, day: date) -> Norm:
    """The norm per month on a day, as an amount or as a range with its reasons.

    Raises:
        NormError: the belanghebbende can't have a right, or the law names no norm for what the household may be.
        ParameterError: a value of the law is missing on that day.
    """
    values = Values(day)
    questions = Questions(household, values)
    cases = _possible(questions)
    outcomes = {case: _work_out(case, values) for case in dict.fromkeys(cases.values())}
    worked = {answers: outcomes[case] for answers, case in cases.items()}
    ends = sorted(worked, key=lambda answers: worked[answers].uitkomst.bedrag)
    lowest, highest = (_told(questions, answers, worked[answers].uitkomst) for answers in (ends[0], ends[-1]))
    return Norm(
        peildatum=day, laagste=lowest, hoogste=highest, redenen=tuple(dict.fromkeys(_reasons(questions, worked))),
        opmerkingen=tuple(_remarks(household, values)), gebruikt=values.used,
    )  # fmt: skip


def _possible(questions: Questions) -> dict[Answers, Situatie]:
    """Every set of answers; those that take away the right of who gets bijstand only where nothing else is left."""
    every = product(*(question.options for question in questions.asked.values()))
    cases = {answers: questions.settle(answers) for answers in every}
    return {answers: case for answers, case in cases.items() if case.belanghebbende.entitled} or cases


def _work_out(case: Situatie, values: Values) -> _Worked:
    calculation = Calculation(values)
    return _Worked(calculation.outcome(case), tuple(calculation.doubts))


def _told(questions: Questions, answers: Answers, outcome: Uitkomst) -> Uitkomst:
    return outcome.model_copy(update={"stappen": questions.steps(answers) + outcome.stappen})


def _reasons(questions: Questions, worked: Mapping[Answers, _Worked]) -> Iterator[str]:
    """What is unknown and makes a difference: the amount changes with that answer and no other."""
    for place, question in enumerate(questions.asked.values()):
        by_others: dict[Answers, set[int]] = {}
        for answers, one in worked.items():
            by_others.setdefault(answers[:place] + answers[place + 1 :], set()).add(one.uitkomst.bedrag)
        if any(len(amounts) > 1 for amounts in by_others.values()):
            yield from question.reasons or (doubt for one in worked.values() for doubt in one.doubts)


def _remarks(household: Huishouden, values: Values) -> Iterator[str]:
    partner = household.partner
    children = household.ten_laste_komende_kinderen is not False
    if partner is None or partner.recht_op_bijstand is True or not children:
        return
    if values.whole("ophoging_partner_zonder_recht"):
        yield (
            "Met een ten laste komend kind en een partner zonder recht komt er een ophoging bij (artikel 24a Pw). Die "
            "is hier niet meegerekend: het bedrag volgt uit de Wet op het kindgebonden budget."
        )
