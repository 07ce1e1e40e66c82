"""The norm of a household of which everything is known: exact until the end, each step with its article."""

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from contracts.dutch import decimal
from contracts.errors import NormError
from contracts.finding import Stap
from contracts.law import Artikel, pw
from contracts.parameters import Values, parameter
from matching.norm.ages import IN_WORDS, Leeftijd
from matching.norm.result import Uitkomst, half_up, in_euro, step

_HALF: Final = Fraction(1, 2)
#: Without kostendelers: the norm of two of 21 or older by how many of them have the AOW age.
_COUPLE: Final = ("a21b", "a22c", "a22b")
_AGE_ARTICLE: Final = {
    Leeftijd.KIND: pw("13", 1, "f"),
    Leeftijd.JONG: pw("20"),
    Leeftijd.VOLWASSEN: pw("21"),
    Leeftijd.AOW: Artikel("AOW", "7a", 1),
}
_BASE, _PER_PERSON = 40, 30  # the percentages in the formula of 22a lid 1


@dataclass(frozen=True)
class Persoon:
    """The belanghebbende or the echtgenoot, as far as a norm depends on them."""

    leeftijd: Leeftijd
    in_inrichting: bool
    geen_beroep_op_ouders: bool
    recht: bool

    @property
    def young(self) -> bool:
        """Whether they are 18, 19 or 20."""
        return self.leeftijd is Leeftijd.JONG

    @property
    def entitled(self) -> bool:
        """Whether they have a right to algemene bijstand; 13 lid 1 f and lid 2 a say who never has."""
        never = self.leeftijd is Leeftijd.KIND or (self.young and self.in_inrichting)
        return self.recht and not never


@dataclass(frozen=True)
class Situatie:
    """A household without unknowns; ``ruim`` takes the higher amount where the law can be read in two ways."""

    belanghebbende: Persoon
    echtgenoot: Persoon | None
    kinderen: bool
    kostendelers: int
    ruim: bool

    @property
    def persons(self) -> tuple[Persoon, ...]:
        """One or two."""
        return (self.belanghebbende,) if self.echtgenoot is None else (self.belanghebbende, self.echtgenoot)


@dataclass
class Calculation:
    """One calculation: the steps so far, and where the law could be read in two ways."""

    values: Values
    steps: list[Stap] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def outcome(self, case: Situatie) -> Uitkomst:
        """The norm of a household, rounded once.

        Raises:
            NormError: the law names none for this household.
            ParameterError: a value is missing on the day.
        """
        exact = self.norm(case)
        amount = half_up(exact)
        if amount != exact:
            self._say("afgerond op hele centen, een halve naar boven", Fraction(amount), None)
        share = self.values.value("vakantietoeslag")
        holiday = half_up(amount * share.deel)
        self._say(f"waarvan vakantietoeslag ({decimal(share.exact)}%)", Fraction(holiday), pw("19", 3))
        return Uitkomst(
            bedrag=amount, vakantietoeslag=holiday, zonder_vakantietoeslag=amount - holiday, stappen=tuple(self.steps)
        )

    def norm(self, case: Situatie) -> Fraction:
        """The exact norm in cents."""
        self._say_ages(case)
        one, other = case.belanghebbende, case.echtgenoot
        if not one.entitled:
            raise NormError(
                "The belanghebbende has no right to algemene bijstand, so there is no norm.",
                where="artikel 13 lid 1 onderdeel f en lid 2 onderdeel a Pw",
                todo="Check the birth date and the inrichting.",
            )  # fmt: skip
        if other is None:
            return self._raised(case, self._alone(one, case))
        if not other.entitled:
            return self._raised(case, self._partner_without_right(case, one, other))
        if one.in_inrichting or other.in_inrichting:
            return self._inrichting(case, one, other)
        return self._raised(case, self._couple(case, one, other))

    def _alone(self, one: Persoon, case: Situatie) -> Fraction:
        """20 lid 1 a and lid 2 a, 21 a, 22 a, 22a lid 1 and 23 for a single person."""
        if one.in_inrichting:
            return self._published("a23_1a") + self._published("a23_2a")
        if one.young:
            return self._published("a20_2a" if case.kinderen else "a20_1a")
        if case.kostendelers:
            return self._shared(case.kostendelers + 1, self._full(one, None))
        return self._published("a22a" if one.leeftijd is Leeftijd.AOW else "a21a")

    def _couple(self, case: Situatie, one: Persoon, other: Persoon) -> Fraction:
        """Two with a right, both at home: 20, 21 b, 22 b and c, 22a lid 2 and 3."""
        young = sum(person.young for person in case.persons)
        if young == len(case.persons):
            return self._published("a20_2b" if case.kinderen else "a20_1b")
        if young:
            return self._mixed(case, one if other.young else other)
        if not case.kostendelers:
            return self._published(_COUPLE[sum(person.leeftijd is Leeftijd.AOW for person in case.persons)])
        size = case.kostendelers + 2
        parts = [self._shared(size, self._full(one, other)), self._shared(size, self._full(other, one))]
        return self._add("de norm van beiden samen", sum(parts, Fraction(0)), pw("22a", 2))

    def _mixed(self, case: Situatie, elder: Persoon) -> Fraction:
        """One of 18, 19 or 20 and one of 21 or older."""
        part = "a22a3a" if case.kinderen else "a22a3b"
        if case.kostendelers:
            both = self._published(part) + self._shared(case.kostendelers + 1, self._full(elder, None))
            return self._add("de norm van beiden samen", both, pw("22a", 3))
        if elder.leeftijd is Leeftijd.AOW:
            self.doubts.append(
                "artikel 20 noemt voor 18 tot 21 jaar naast de AOW-leeftijd geen apart bedrag; "
                "of dat van 21 jaar geldt, staat er niet met zoveel woorden"
            )
            if case.ruim:
                return self._published(part) + self._half(self._full(elder, None), "22", None)
        return self._published("a20_2c" if case.kinderen else "a20_1c")

    def _partner_without_right(self, case: Situatie, one: Persoon, other: Persoon) -> Fraction:
        """24, or 22a lid 1 for who is 21 or older and has kostendelers."""
        self.steps.append(step("de echtgenoot", "geen recht op algemene bijstand", pw("24")))
        if one.in_inrichting or other.in_inrichting:
            raise NormError(
                "The law does not say what the norm is where one has no right and one of the two is in an inrichting.",
                where="artikel 23 lid 3 en artikel 24 Pw", todo="Ask a jurist.",
            )  # fmt: skip
        if one.young:
            return self._half(self._published("a20_2b" if case.kinderen else "a20_1b"), "24", "b")
        if not case.kostendelers:
            return self._half(self._full(one, None), "24", "a")
        counted = other.leeftijd >= Leeftijd.VOLWASSEN
        return self._shared(case.kostendelers + 1 + counted, self._full(one, other))

    def _inrichting(self, case: Situatie, one: Persoon, other: Persoon) -> Fraction:
        """23 for two with a right: both inside, or the sum of what each would have alone (lid 3)."""
        if one.in_inrichting and other.in_inrichting:
            return self._published("a23_1b") + self._published("a23_2b")
        parts = [
            self._raised(replace(case, belanghebbende=p, echtgenoot=None), self._alone(p, case)) for p in (one, other)
        ]
        return self._add("de norm van ieder als alleenstaande, samen", sum(parts, Fraction(0)), pw("23", 3))

    def _raised(self, case: Situatie, norm: Fraction) -> Fraction:
        """20 lid 3: more for who is 18 to 21 and can't turn to the parents, up to what a 21-year-old would have."""
        needy = sum(p.entitled and p.young and p.geen_beroep_op_ouders for p in case.persons)
        extra = self.values.whole("norm_a20_3") if needy else 0
        if not extra:
            return norm
        raised = norm + needy * extra
        self._say(f"verhoogd met {needy} x {in_euro(extra)}: geen beroep op de ouders", raised, pw("20", 3))
        limit = self._limit(case)
        if raised <= limit:
            return raised
        return self._add("niet hoger dan voor 21 jaar of ouder", limit, pw("20", 4))

    def _limit(self, case: Situatie) -> Fraction:
        """20 lid 4: the norm of 21 years in a like situation; whether with kostendelers too, it does not say."""
        older = replace(case, belanghebbende=_of_21(case.belanghebbende))
        if case.echtgenoot is not None:
            older = replace(older, echtgenoot=_of_21(case.echtgenoot))
        if case.kostendelers:
            self.doubts.append(
                "artikel 20 lid 4 noemt artikel 21; of de grens lager is bij kostendelers, staat er niet"
            )
            older = replace(older, kostendelers=0) if case.ruim else older
        return Calculation(self.values).norm(older)

    def _full(self, one: Persoon, other: Persoon | None) -> Fraction:
        """B of 22a lid 1: the couple's norm that goes with the age of one, and of the echtgenoot."""
        if one.leeftijd is Leeftijd.AOW:
            return self._published("a22b")
        beside_aow = other is not None and other.leeftijd is Leeftijd.AOW
        return self._published("a22c" if beside_aow else "a21b")

    def _shared(self, size: int, full: Fraction) -> Fraction:
        """22a lid 1 for one person: ((40% + A x 30%) / A) x B."""
        norm = full * Fraction(_BASE + size * _PER_PERSON, 100 * size)
        formula = f"(({_BASE}% + {size} x {_PER_PERSON}%) / {size}) x {in_euro(full)}"
        return self._add(f"kostendelersnorm voor A = {size}: {formula}", norm, pw("22a", 1))

    def _half(self, full: Fraction, artikel: str, onderdeel: str | None) -> Fraction:
        return self._add(f"50% van {in_euro(full)}", full * _HALF, pw(artikel, None, onderdeel))

    def _published(self, code: str) -> Fraction:
        value = self.values.value(f"norm_{code}")
        self.steps.append(
            Stap(wat=parameter(f"norm_{code}").betekenis, uitkomst=in_euro(value.waarde), artikel=value.artikel)
        )
        return Fraction(value.waarde)

    def _add(self, what: str, amount: Fraction, article: Artikel) -> Fraction:
        self._say(what, amount, article)
        return amount

    def _say(self, what: str, amount: Fraction, article: Artikel | None) -> None:
        self.steps.append(step(what, amount, article))

    def _say_ages(self, case: Situatie) -> None:
        for who, person in zip(("de belanghebbende", "de echtgenoot"), case.persons, strict=False):
            self.steps.append(step(who, IN_WORDS[person.leeftijd], _AGE_ARTICLE[person.leeftijd]))


def _of_21(person: Persoon) -> Persoon:
    """Who is 18, 19 or 20 and has a right, as if 21; others as they are."""
    return replace(person, leeftijd=Leeftijd.VOLWASSEN) if person.young and person.entitled else person
