"""The policy: what a finding becomes, by what its rule asks for and by what stands in the way.

It stands in ``advice/beleid``, one dated YAML file a version, for a jurist to read; a file that leaves something open
or says something twice never reaches a night.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources
from itertools import pairwise
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from contracts.errors import PolicyError
from contracts.finding import WAITS, Advice, ContactTask, Finding, NoAction, Nudge, Reden, Route, TaakSoort, Verdict
from contracts.parameters import Status
from contracts.partial_date import last_birth
from contracts.receipt import fingerprint

FOLDER = "advice/beleid"
Kolom = Literal["brief", "taak", "beperkt", "spoed"]


class Gevolg(StrEnum):
    """What a circumstance does to what a rule asks for. Other values are kinds of a task."""

    DOOR = "door"
    NIETS = "niets"
    BELLEN = "bellen"
    BEPERKT = "beperkt"
    KOPPELING = "controleer_koppeling"
    JURIST = "overleg_jurist"
    BEWERING = "bewering"
    """Somebody looks into what the inwoner says, before anything else."""
    VERTEGENWOORDIGER = "vertegenwoordiger"
    """A letter to who acts for the inwoner; beside anything else that stands in the way a call to them."""


_TASKS: Mapping[Gevolg, TaakSoort] = {
    Gevolg.BELLEN: "contact",
    Gevolg.VERTEGENWOORDIGER: "contact",
    Gevolg.BEPERKT: "beperkt",
    Gevolg.KOPPELING: "controleer_koppeling",
    Gevolg.JURIST: "overleg_jurist",
    Gevolg.BEWERING: "bewering",
}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Uitweg(_Part):
    """What happens, for each kind of question."""

    brief: Gevolg
    taak: Gevolg
    beperkt: Gevolg
    spoed: Gevolg

    def of(self, kolom: Kolom) -> Gevolg:
        """What happens to a question of this kind."""
        found: Gevolg = getattr(self, kolom)
        return found


class Vraag(_Part):
    """What a rule asks for, and what becomes of it when nothing stands in the way.

    Attributes:
        vraag: what the rule asks for.
        kolom: the column of the second table that counts for it.
        wordt: a letter, or the kind of a task.
        reden: why, for who gets the task.
        herinnering_na_dagen: the only reminder of an unanswered letter; None = none.
        bellen_na_dagen: days after the last notice on which an unanswered letter becomes a call.
    """

    vraag: Route
    kolom: Kolom
    wordt: Literal["brief"] | TaakSoort
    reden: Reden | None = None
    herinnering_na_dagen: Annotated[int, Field(ge=1)] | None = None
    bellen_na_dagen: Annotated[int, Field(ge=1)] | None = None
    waarom: str

    @model_validator(mode="after")
    def _letters_are_followed(self) -> Self:
        letter = self.wordt == "brief"
        if letter is not (self.bellen_na_dagen is not None) or (self.herinnering_na_dagen and not letter):
            raise ValueError(f"{self.vraag}: a letter says after how many days somebody calls, nothing else does")
        if letter is not (self.kolom == "brief") or (self.kolom == "beperkt") is not (self.wordt == "beperkt"):
            raise ValueError(f"{self.vraag}: kolom and wordt do not go together")
        return self

    def advice(self, bericht: str | None) -> Advice:
        """What it becomes when nothing stands in the way."""
        if self.wordt == "brief":
            assert bericht is not None  # a rule that nudges names its letter: checked when the rule loads
            return Nudge(bericht=bericht)
        return ContactTask(soort=self.wordt, spoed=self.kolom == "spoed", reden=self.reden)


class Omstandigheid(_Part):
    """What can stand in the way: the names under which it was tested, and the way out."""

    reden: Reden
    als: Annotated[tuple[str, ...], Field(min_length=1)]
    uitweg: str
    waarom: str


class Wachten(_Part):
    """Why something comes on a later night."""

    reden: Reden
    waarom: str


class Termijn(_Part):
    """How many days after the fact something must have been done; ``vraag`` None = everything else."""

    vraag: Route | None
    dagen: Annotated[int, Field(ge=1)]
    grond: str
    status: Status
    waarom: str


class Alarm(_Part):
    """An age at which a finding that is left lying is told of."""

    naam: str
    dagen: Annotated[int, Field(ge=1)] | None = None
    maanden: Annotated[int, Field(ge=1)] | None = None
    waarom: str

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.dagen is None) is (self.maanden is None):
            raise ValueError(f"{self.naam}: give dagen or maanden")
        return self

    def since(self, peildatum: date) -> date:
        """A finding that came on this day or before is that old on the peildatum."""
        if self.dagen is not None:
            return peildatum - timedelta(days=self.dagen)
        assert self.maanden is not None
        return last_birth(peildatum, self.maanden)


class Beleid(_Part):
    """One version of the policy."""

    versie: str
    geldig_vanaf: date
    status: Status
    vragen: tuple[Vraag, ...]
    uitwegen: dict[str, Uitweg]
    omstandigheden: tuple[Omstandigheid, ...]
    naast: tuple[Omstandigheid, ...]
    wachten: tuple[Wachten, ...]
    termijnen: tuple[Termijn, ...]
    alarmen: tuple[Alarm, ...]
    bundel_hoogstens: Annotated[int, Field(ge=1, le=6)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        _once("vraag", [row.vraag for row in self.vragen], set(Route))
        tested = [name for row in (*self.omstandigheden, *self.naast) for name in row.als]
        _once("als", tested, set(tested))
        ways = {row.uitweg for row in (*self.omstandigheden, *self.naast)}
        _once("uitwegen", list(self.uitwegen), ways)
        _once("wachten", [row.reden for row in self.wachten], WAITS)
        _once("termijnen", [row.vraag for row in self.termijnen], {row.vraag for row in self.termijnen} | {None})
        ages = [alarm.since(self.geldig_vanaf) for alarm in self.alarmen]
        if any(first <= then for first, then in pairwise(ages)):
            raise ValueError("alarmen: the youngest age first")
        for name, way in self.uitwegen.items():
            if way.beperkt not in (Gevolg.DOOR, Gevolg.NIETS, Gevolg.BEPERKT):
                raise ValueError(f"uitwegen.{name}: what few may know stays with them")
            if {Gevolg.BELLEN, Gevolg.VERTEGENWOORDIGER} & {way.taak, way.spoed}:
                raise ValueError(f"uitwegen.{name}: only a letter becomes a call, or a letter to somebody else")
        return self

    @cached_property
    def _of(self) -> Mapping[Route, Vraag]:
        return {row.vraag: row for row in self.vragen}

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return {name: place for place, row in enumerate(self.omstandigheden) for name in row.als}

    @cached_property
    def _days(self) -> Mapping[Route | None, int]:
        return {row.vraag: row.dagen for row in self.termijnen}

    @cached_property
    def _beside(self) -> Mapping[str, Omstandigheid]:
        return {name: row for row in self.naast for name in row.als}

    @cached_property
    def kenmerk(self) -> str:
        """Its version and a hash of what it says, for receipts."""
        return f"{self.versie} ({fingerprint(self.model_dump(mode='json'))})"

    @property
    def tested(self) -> frozenset[str]:
        """Everything that can stand in the way, by the name under which it is tested."""
        return frozenset({*self._place, *self._beside})

    def vraag(self, route: Route) -> Vraag:
        """What becomes of a question."""
        return self._of[route]

    def gevolg(self, name: str, kolom: Kolom) -> Gevolg:
        """What something that was tested does to a question of a column."""
        row = self._beside[name] if name in self._beside else self.omstandigheden[self._place[name]]
        return self.uitwegen[row.uitweg].of(kolom)

    def reden(self, name: str) -> Reden:
        """The reason that goes with what was tested."""
        return self._beside[name].reden if name in self._beside else self.omstandigheden[self._place[name]].reden

    def advise(self, finding: Finding) -> Advice:
        """What one finding becomes by itself, on a quiet machine with nobody else to serve.

        The first row that holds and does not say ``door`` counts; what can't be answered (null) holds.
        """
        asked = self._of[finding.route]
        holding = [verdict for verdict in finding.onderdrukkers if verdict.geldt is not False]
        row, *others = [*self._in_the_way(asked, holding), None]
        decided = asked.advice(finding.bericht) if row is None else self._instead(row, asked.kolom)
        # Nothing that is unknown becomes a letter to whoever may act.
        surely = all(verdict.geldt for verdict in holding)
        if row is not None and others == [None] and surely and self._of_the_representative(row, asked):
            assert finding.bericht is not None  # as in Vraag.advice
            decided = Nudge(bericht=finding.bericht, aan="vertegenwoordiger")
        if isinstance(decided, NoAction) or self._may_go_out(asked, holding):
            return decided
        # The other reason is told: a letter that must not go out can then still be taken back.
        shut = next(self._beside[verdict.naam].reden for verdict in holding if verdict.naam in self._beside)
        return NoAction(reden=shut if row is None else row.reden, wacht=True)

    def _in_the_way(self, asked: Vraag, holding: Iterable[Verdict]) -> list[Omstandigheid]:
        """The rows that stand in the way, in their order."""
        places = sorted({self._place[verdict.naam] for verdict in holding if verdict.naam in self._place})
        rows = (self.omstandigheden[place] for place in places)
        return [row for row in rows if self.uitwegen[row.uitweg].of(asked.kolom) is not Gevolg.DOOR]

    def _of_the_representative(self, row: Omstandigheid, asked: Vraag) -> bool:
        return self.uitwegen[row.uitweg].of(asked.kolom) is Gevolg.VERTEGENWOORDIGER

    def _instead(self, row: Omstandigheid, kolom: Kolom) -> Advice:
        gevolg = self.uitwegen[row.uitweg].of(kolom)
        return (
            NoAction(reden=row.reden) if gevolg is Gevolg.NIETS else ContactTask(soort=_TASKS[gevolg], reden=row.reden)
        )

    def _may_go_out(self, asked: Vraag, holding: Iterable[Verdict]) -> bool:
        beside = (self._beside[verdict.naam] for verdict in holding if verdict.naam in self._beside)
        return all(self.uitwegen[row.uitweg].of(asked.kolom) is Gevolg.DOOR for row in beside)

    def uiterlijk(self, finding: Finding) -> date:
        """The day by which somebody must have done something: the legal term, or the day of a fact to come.

        Of a fact without a day the term begins on the night on which it is judged.
        """
        feit = finding.feitdatum or finding.peildatum
        if feit > finding.peildatum:
            return feit
        return feit + timedelta(days=self._days.get(finding.route, self._days[None]))

    def alarm(self, since: date, peildatum: date) -> Alarm | None:
        """The last alarm that a finding of this first night has passed."""
        passed = [alarm for alarm in self.alarmen if since <= alarm.since(peildatum)]
        return passed[-1] if passed else None


def _once(what: str, names: Collection[object], wanted: Collection[object]) -> None:
    """Each of ``wanted`` is there once, and nothing else."""
    shown = {str(name) for name in names if list(names).count(name) > 1}
    missing, extra = {str(name) for name in set(wanted) - set(names)}, {str(name) for name in set(names) - set(wanted)}
    if shown or missing or extra:
        raise ValueError(f"{what}: twice {sorted(shown)}, missing {sorted(missing)}, not known {sorted(extra)}")


@cache
def versions() -> tuple[Beleid, ...]:
    """Every version of the policy, the oldest first.

    Raises:
        PolicyError: a file does not fit, or two begin on one day.
    """
    files = sorted(resources.files("advice").joinpath("beleid").iterdir(), key=lambda file: file.name)
    found = sorted((read(file.read_text(encoding="utf-8"), file.name) for file in files), key=lambda b: b.geldig_vanaf)
    for first, then in pairwise(found):
        if first.geldig_vanaf == then.geldig_vanaf:
            raise PolicyError(
                "Two versions begin on one day.", where=f"{FOLDER}: {first.versie}, {then.versie}",
                todo="Give the later one a later day.",
            )  # fmt: skip
    return tuple(found)


def read(text: str, name: str) -> Beleid:
    """A version of the policy from its YAML.

    Raises:
        PolicyError: it is no YAML, or does not fit.
    """
    try:
        return Beleid.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise PolicyError(f"Policy is no YAML: {error}.", where=f"{FOLDER}/{name}", todo="Correct the file.") from None
    except ValidationError as error:
        found = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors())
        raise PolicyError(
            f"Policy does not fit: {found}.", where=f"{FOLDER}/{name}", todo="Correct the file."
        ) from None


def policy_on(peildatum: date) -> Beleid:
    """The version that holds on a night.

    Raises:
        PolicyError: none does.
    """
    holds = [version for version in versions() if version.geldig_vanaf <= peildatum]
    if not holds:
        raise PolicyError(f"No policy on {peildatum}.", where=FOLDER, todo="Add the policy of that day.")
    return holds[-1]
