"""Tries rules on days that have been, without any effect: nothing is written but the log of processings.

Each day is read as it was known then and as a night would have: which rules could speak by the gates, what they found,
what would have become of it. A finding that is gone while the dienst's own rows about the household changed counts as
one that the dienst found out by itself: so many days earlier it would have known.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median_low

from advice.circumstances import Circumstances, Household, circumstantial
from advice.policy import policy_on
from advice.route import advise
from contracts.errors import DeliveryError
from contracts.finding import Advice, ContactTask, Finding, Nudge, Reden
from contracts.receipt import SourceRows
from contracts.tables import Bron
from contracts.verwerkingen import Activiteit
from flows.logboek import Step, processing
from flows.progress import show
from flows.settings import Workplace
from flows.steps import cheerful, households_of, open_warehouse, view_parameters
from matching.gate import judge_all
from matching.receipt import source_rows
from matching.rule import Reading, Rule
from matching.views import build_views, keep_subjects, read_view
from store.warehouse import TakenIn, Warehouse

#: A night may run after midnight, on what came in by then.
_NIGHT = timedelta(days=1)
Rows = Mapping[str, tuple[SourceRows, ...]]


@dataclass(frozen=True)
class RuleTried:
    """What one rule would have done.

    Attributes:
        signalen: findings, each once however many days it was there.
        huishoudens: households with one.
        richting: findings by what they mean for the inwoner.
        brieven: findings with a letter.
        taken: those with a task and no letter.
        geen_actie: those with neither.
        redenen: why it was no letter, or nothing at all, of those without a letter: as on the last day.
        voorbij: findings that were gone later, for whatever reason.
        door_dienst: those of them that the dienst found out by itself.
        dagen_eerder: how many days after the finding it did; the median.
    """

    regel: str
    titel: str
    signalen: int
    huishoudens: int
    richting: Mapping[str, int]
    brieven: int
    taken: int
    geen_actie: int
    redenen: Mapping[str, int]
    voorbij: int
    door_dienst: int
    dagen_eerder: int | None


@dataclass(frozen=True)
class Tried:
    """What rules would have done on past days: ``dagen`` of them, for ``huishoudens`` in all."""

    van: date
    tot: date
    dagen: int
    huishoudens: int
    regels: tuple[RuleTried, ...]


def shadow(work: Workplace, rules: Sequence[Rule], van: date, tot: date) -> Tried:
    """Run rules over past days.

    Raises:
        DeliveryError: nothing is known of those days.
    """
    if not work.warehouse.exists():
        raise DeliveryError("There is no warehouse here.", where=work.folder, todo="Run nights first, or give --map.")
    with (
        processing(work, Activiteit.VERANTWOORDING, "regel proberen op voorbije dagen") as step,
        open_warehouse(work, read_only=True) as warehouse,
    ):
        past = _Past(work, warehouse, rules, step)
        days = [day for day in _days(van, tot) if past.knows(day)]
        if not days:
            raise DeliveryError(
                "Of none of these days enough was delivered.", where=f"{van} to {tot}",
                todo="Choose days from the first delivery of uitkeringsgegevens and BRP on.",
            )  # fmt: skip
        for day in days:
            past.live(day)
        past.follow(tot)
    households = {trace.signaal.dossiernummer for trace in past.traces.values()}
    return Tried(van, tot, len(days), len(households), tuple(map(past.of, rules)))


def _days(van: date, tot: date) -> Iterator[date]:
    return (van + timedelta(days=number) for number in range((tot - van).days + 1))


@dataclass
class _Trace:
    """A finding through the days: since when, what it came to, the dienst's own rows when it was last there."""

    signaal: Finding
    van: date
    rijen: tuple[SourceRows, ...]
    brieven: tuple[date, ...] = ()
    taak: bool = False
    reden: Reden | None = None
    weg: date | None = None
    door_dienst: bool = False

    @property
    def brief(self) -> bool:
        return bool(self.brieven)

    def decide(self, advice: Advice) -> None:
        self.taak |= isinstance(advice, ContactTask)
        self.reden = advice.reden


@dataclass(frozen=True)
class _Day:
    """What was found on a day, the dienst's own rows of each household, and the rules that could speak."""

    dag: date
    found: Mapping[str, Finding]
    rows: Rows
    usable: frozenset[str]
    households: Mapping[str, Household]

    def rows_of(self, finding: Finding) -> tuple[SourceRows, ...]:
        return self.rows.get(finding.dossiernummer, ())


@dataclass
class _Past:
    """The days that have been, one after the other."""

    work: Workplace
    warehouse: Warehouse
    rules: Sequence[Rule]
    step: Step
    traces: dict[str, _Trace] = field(default_factory=dict)
    last_letter: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._deliveries = self.warehouse.deliveries()

    def knows(self, day: date) -> bool:
        """Whether the two sources that every rule needs had delivered."""
        return {Bron.UITKERINGSGEGEVENS, Bron.BRP} <= {one.bron for one in self._known(day)}

    def live(self, day: date) -> None:
        """Find, and decide what would have become of it."""
        seen = self._see(day)
        self._end(seen)
        for key, finding in seen.found.items():
            self.traces.setdefault(key, _Trace(finding, day, seen.rows_of(finding)))
        settings, beleid = self.work.settings, policy_on(day)
        now = Circumstances(
            peildatum=day, letters={key: trace.brieven for key, trace in self.traces.items() if trace.brieven},
            last_letter=self.last_letter, rest_days=settings.rust_dagen, patient=settings.patient,
            households=seen.households, cheerful=cheerful(), answer_days=settings.huis.reactietermijn_dagen,
        )  # fmt: skip
        found = [circumstantial(one, now, beleid.vraag(one.route).kolom) for one in seen.found.values()]
        for key, advice in advise(found, now, beleid).items():
            if isinstance(advice, Nudge) and advice.brief is not None:
                self.last_letter[self.traces[key].signaal.dossiernummer] = day
                self.traces[key].brieven += (day,)
            self.traces[key].decide(advice)

    def follow(self, tot: date) -> None:
        """Look on the later days on which the dienst told more whether what was found is still there."""
        own = {one.peildatum for one in self._deliveries if one.bron is Bron.UITKERINGSGEGEVENS}
        for day in sorted(day for day in own if day > tot):
            if any(trace.weg is None for trace in self.traces.values()):
                self._end(self._see(day))

    def _end(self, seen: _Day) -> None:
        """Note which findings are gone, and whether the dienst's own rows changed meanwhile."""
        for key, trace in self.traces.items():
            if key in seen.found:
                trace.weg, trace.rijen = None, seen.rows_of(trace.signaal)
            elif trace.weg is None and trace.signaal.regel in seen.usable:
                trace.weg, trace.door_dienst = seen.dag, seen.rows_of(trace.signaal) != trace.rijen

    def _known(self, day: date) -> list[TakenIn]:
        """The deliveries that a night about this day had."""
        return [one for one in self._deliveries if one.peildatum <= day and one.geleverd_op.date() <= day + _NIGHT]

    def _see(self, day: date) -> _Day:
        show(f"{day} ...")
        known, parameters = self._known(day), view_parameters(self.work, day)
        gates = judge_all(known, (), day, self.work.settings.gate_limits)
        shut = {gate.bron for gate in gates if not gate.open}
        usable = [rule for rule in self.rules if rule.holds_on(day) and not shut & set(rule.sources)]
        reading = Reading(day, max(one.volgnr for one in known), {one.bron: one.levering_id for one in known})
        wanted = {rule.view for rule in usable}
        build_views(self.warehouse, parameters, stand=reading.stand, views={*wanted, "koppeling", "omstandigheid"})
        keep_subjects(self.warehouse, parameters, stand=reading.stand)
        self.step.about_all(self.warehouse)
        views = {name: read_view(self.warehouse, name) for name in wanted}
        found = {one.signaal_id: one for rule in usable for one in rule.find(views[rule.view], reading)}
        about = {trace.signaal.dossiernummer for trace in self.traces.values()}
        about |= {finding.dossiernummer for finding in found.values()}
        rows = source_rows(self.warehouse, about, reading, parameters.sleutel)
        return _Day(
            day, found, _own(rows), frozenset(rule.rule_id for rule in usable),
            households_of(self.warehouse, found.values()),
        )  # fmt: skip

    def of(self, rule: Rule) -> RuleTried:
        """What the traces of a rule add up to."""
        traces = [trace for trace in self.traces.values() if trace.signaal.regel == rule.rule_id]
        lead = [(trace.weg - trace.van).days for trace in traces if trace.weg and trace.door_dienst]
        letters = sum(trace.brief for trace in traces)
        tasks = sum(trace.taak and not trace.brief for trace in traces)
        reasons = Counter(str(trace.reden) for trace in traces if trace.reden and not trace.brief)
        return RuleTried(
            regel=rule.rule_id, titel=rule.title, signalen=len(traces),
            huishoudens=len({trace.signaal.dossiernummer for trace in traces}),
            richting=dict(sorted(Counter(str(trace.signaal.richting) for trace in traces).items())),
            brieven=letters, taken=tasks, geen_actie=len(traces) - letters - tasks,
            redenen=dict(sorted(reasons.items())),
            voorbij=sum(trace.weg is not None for trace in traces), door_dienst=len(lead),
            dagen_eerder=median_low(lead) if lead else None,
        )  # fmt: skip


def _own(rows: Rows) -> Rows:
    """The rows of the dienst itself."""
    return {
        dossier: tuple(table for table in tables if table.bron is Bron.UITKERINGSGEGEVENS)
        for dossier, tables in rows.items()
    }
