"""What the facts of a household leave open on a day, and the household that each set of answers makes of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contracts.finding import Stap
from contracts.law import pw
from contracts.parameters import Values
from contracts.partial_date import PartialDate
from matching.norm.ages import Leeftijd, possible_ages
from matching.norm.amount import Persoon, Situatie
from matching.norm.facts import Band, Huishouden, Partner, Verwantschap
from matching.norm.result import step
from matching.norm.sharers import Meetelling, judge

#: One answer to each question, in their order.
Answers = tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """What a fact may be (an age, a number, no or yes as 0 or 1), and the reasons to tell when that matters."""

    options: tuple[int, ...]
    reasons: tuple[str, ...] = ()


class Questions:
    """A household on a day: its facts as questions with one or more answers."""

    def __init__(self, household: Huishouden, values: Values) -> None:
        self._facts = household
        self._values = values
        self._mates = [judge(f"medebewoner {n}", mate, values) for n, mate in enumerate(household.medebewoners, 1)]
        partner = household.partner
        self._as_mate = None if partner is None else judge("de partner", partner, values)
        self._asked = dict(self._all())

    @property
    def asked(self) -> Mapping[str, Question]:
        """Every question by name, in a fixed order."""
        return self._asked

    def settle(self, given: Answers) -> Situatie:
        """The household when the questions are answered like this."""
        answers = self._named(given)
        return Situatie(
            belanghebbende=Persoon(
                Leeftijd(answers["leeftijd"]), bool(answers["inrichting"]), bool(answers.get("ouders")), recht=True
            ),
            echtgenoot=_spouse(answers) if answers.get("echtgenoot") else None,
            kinderen=bool(answers.get("kinderen")),
            kostendelers=0 if answers["mantelzorg"] else self._count(answers),
            ruim=bool(answers["lezing"]),
        )

    def steps(self, given: Answers) -> tuple[Stap, ...]:
        """How these answers make who shares costs."""
        answers = self._named(given)
        steps, count = [mate.stap for mate in self._mates], self._count(answers)
        if self._as_mate is not None and not answers["echtgenoot"]:
            steps += [step("de partner", "telt voor de wet niet als echtgenoot", pw("3", 2)), self._as_mate.stap]
        steps.append(step("kostendelende medebewoners", str(count), pw("19a", 1)))
        if count and answers["mantelzorg"]:
            steps.append(step("tijdelijk hoofdverblijf elders voor mantelzorg", "geen kostendelersnorm", pw("22a", 4)))
        return tuple(steps)

    def _named(self, given: Answers) -> dict[str, int]:
        return dict(zip(self._asked, given, strict=True))

    def _count(self, answers: Mapping[str, int]) -> int:
        known = self._facts.kostendelers + sum(mate.telt is True for mate in self._mates)
        partner = 0 if answers.get("echtgenoot") else answers.get("partner_telt", 0)
        return known + answers["medebewoners"] + partner

    def _all(self) -> Iterator[tuple[str, Question]]:
        facts, partner = self._facts, self._facts.partner
        one = facts.belanghebbende
        ages = _ages(one.geboortedatum, self._values, "belanghebbende")
        yield "leeftijd", ages
        yield "inrichting", _yes_no(one.in_inrichting, "verblijf van de belanghebbende in een inrichting")
        young = Leeftijd.JONG in ages.options
        if partner is not None and self._as_mate is not None:
            ages = _ages(partner.geboortedatum, self._values, "partner")
            yield "leeftijd_partner", ages
            young = young or Leeftijd.JONG in ages.options
            yield from self._of_partner(partner, self._as_mate)
        if young:
            yield "kinderen", _yes_no(facts.ten_laste_komende_kinderen, "ten laste komende kinderen")
            yield "ouders", _yes_no(one.geen_beroep_op_ouders, "beroep van de belanghebbende op de ouders")
            if partner is not None:
                yield "ouders_partner", _yes_no(partner.geen_beroep_op_ouders, "beroep van de partner op de ouders")
        unsure = [mate.stap.wat for mate in self._mates if mate.telt is None]
        # Each kostendeler more lowers the norm or leaves it: none and all of them give both ends.
        yield "medebewoners", Question(tuple(sorted({0, len(unsure)})), tuple(unsure))
        yield "mantelzorg", self._since("mantelzorg_elders", facts.mantelzorg_elders, "mantelzorg elders")
        yield "lezing", Question((0, 1) if young else (0,))

    def _of_partner(self, partner: Partner, mate: Meetelling) -> Iterator[tuple[str, Question]]:
        yield "inrichting_partner", _yes_no(partner.in_inrichting, "verblijf van de partner in een inrichting")
        yield "recht_partner", _yes_no(partner.recht_op_bijstand, "recht van de partner op bijstand")
        spouse = self._is_spouse(partner)
        yield "echtgenoot", _yes_no(spouse, "of de partner voor de wet een echtgenoot is")
        yield "partner_telt", Question((0,)) if spouse else _yes_no(mate.telt, mate.stap.wat)

    def _is_spouse(self, partner: Partner) -> bool | None:
        """3 lid 2: not who lives apart for good, nor who shares a household with family or because of care."""
        if partner.band is Band.GEHUWD:
            return None if partner.duurzaam_gescheiden is None else not partner.duurzaam_gescheiden
        kin = partner.verwantschap
        if kin is Verwantschap.EERSTE_GRAAD:
            return False
        if self._values.whole("zorgbehoefte_voor_ieder"):
            excused = partner.zorgbehoefte
        else:
            excused = partner.zorgbehoefte and (None if kin is None else kin is Verwantschap.BLOED_TWEEDE_GRAAD)
        if excused:
            return False
        return None if excused is None or kin is None else True

    def _since(self, naam: str, answer: bool | None, reason: str) -> Question:  # noqa: FBT001 - of three values
        """A fact that has mattered since the day a dated value became 1."""
        return _yes_no(answer, reason) if answer is not False and self._values.whole(naam) else Question((0,))


def _spouse(answers: Mapping[str, int]) -> Persoon:
    return Persoon(
        Leeftijd(answers["leeftijd_partner"]),
        bool(answers["inrichting_partner"]),
        bool(answers.get("ouders_partner")),
        bool(answers["recht_partner"]),
    )


def _ages(born: PartialDate, values: Values, who: str) -> Question:
    return Question(possible_ages(born, values), (f"geboortedatum van de {who}",))


def _yes_no(answer: bool | None, reason: str) -> Question:  # noqa: FBT001 - of three values
    return Question((0, 1) if answer is None else (int(answer),), (reason,))
