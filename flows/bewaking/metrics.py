"""Measures in the form of Prometheus: runs, steps, gates, findings, notices, tasks, requests, alarms, sizes.

Counts and ages only. Rules of which only a restricted group may know are left out, and so is all else that is theirs.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, generate_latest, write_to_textfile
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from contracts.errors import TijdigError
from flows.bewaking.state import State, read
from flows.casebook import has_casebook, open_casebook
from flows.rule_texts import rule_texts
from flows.settings import Workplace
from store.casebook import Casebook

_DAY: Final = 86_400
#: A notice in one of these waits for something.
_ON_ITS_WAY: Final = ("klaar", "bezig", "onbekend", "in_te_trekken")
Row = tuple[tuple[str, ...], float]


@dataclass(frozen=True)
class Measured(Collector):
    """What is measured of a work folder at a moment."""

    work: Workplace
    now: datetime

    def collect(self) -> Iterator[Metric]:
        """All measures."""
        yield self._gauge("tijdig_build", "Release of Tijdig.", ("version",), [((version("tijdig"),), 1)], "info")
        yield from self._of_runs(read(self.work.bewaking))
        up = 0
        with _if_it_opens():
            if has_casebook(self.work):
                with open_casebook(self.work) as casebook:
                    yield from self._of_casebook(casebook)
                up = 1
        yield self._gauge("tijdig_casebook_up", "Whether the casebook could be read.", (), [((), up)])
        sizes = [
            ((name,), path.stat().st_size)
            for name, path in (("warehouse", self.work.warehouse), ("casebook", self.work.casebook))
            if path.exists()
        ]
        yield self._gauge("tijdig_database_size_bytes", "Size of a database file.", ("database",), sizes)

    def _gauge(
        self, name: str, text: str, labels: tuple[str, ...], rows: Iterable[Row], suffix: str = ""
    ) -> GaugeMetricFamily:  # fmt: skip
        full = f"{name}_{suffix}" if suffix else name
        family = GaugeMetricFamily(full, text, labels=("gemeente", *labels))
        for values, value in rows:
            family.add_metric((self.work.settings.gemeente, *values), value)
        return family

    def _of_runs(self, state: State) -> Iterator[Metric]:
        runs = list(state.runs.items())
        ended = [(loop, run) for loop, run in runs if run.geeindigd is not None]
        yield self._gauge(
            "tijdig_last_success_timestamp_seconds", "When a run of this kind last ended well.", ("run",),
            [((loop,), run.goed.timestamp()) for loop, run in runs if run.goed is not None],
        )  # fmt: skip
        yield self._gauge(
            "tijdig_last_run_success", "Whether the last run of this kind that ended did so well.", ("run",),
            [((loop,), float(run.stand == "klaar")) for loop, run in ended],
        )  # fmt: skip
        yield self._gauge(
            "tijdig_last_run_duration_seconds", "How long that run took.", ("run",),
            [((loop,), (run.geeindigd - run.begonnen).total_seconds()) for loop, run in ended if run.geeindigd],
        )  # fmt: skip
        yield self._gauge(
            "tijdig_step_duration_seconds", "How long a step of that run took.", ("run", "step"),
            [((loop, step), seconds) for loop, run in ended for step, seconds in run.seconden.items()],
        )  # fmt: skip
        counter = CounterMetricFamily("tijdig_runs", "Runs that ended, by how.", labels=("gemeente", "run", "result"))
        for key, count in sorted(state.tellers.items()):
            counter.add_metric((self.work.settings.gemeente, *key.split("|")), count)
        yield counter
        kinds: dict[str, int] = {}
        for told in state.meldingen.values():
            kinds[told.melding.soort] = kinds.get(told.melding.soort, 0) + 1
        yield self._gauge(
            "tijdig_alerts", "Things the beheerder is told of that are still so.", ("kind",),
            [((kind,), count) for kind, count in sorted(kinds.items())],
        )  # fmt: skip
        yield self._gauge(
            "tijdig_alert_mail_up", "Whether the last mail to the beheerder left.", (),
            [((), float(not state.mail_mislukt))],
        )  # fmt: skip

    def _of_casebook(self, casebook: Casebook) -> Iterator[Metric]:
        hidden = {regel for regel, said in rule_texts().items() if said.beperkt}
        yield self._gauge(
            "tijdig_findings", "Findings by rule and state, without what is for a restricted group.",
            ("rule", "state"),
            [(key, count) for key, count in sorted(casebook.findings_by_rule().items()) if key[0] not in hidden],
        )  # fmt: skip
        notices = casebook.notices_waiting()
        yield self._gauge(
            "tijdig_notices", "Notices by channel and state.", ("channel", "state"),
            [((one.kanaal, one.status), one.aantal) for one in notices],
        )  # fmt: skip
        yield self._gauge(
            "tijdig_notices_oldest_age_seconds", "Age of the oldest notice that is on its way.", ("channel", "state"),
            [((one.kanaal, one.status), self._age(one.oudste)) for one in notices if one.status in _ON_ITS_WAY],
        )  # fmt: skip
        tasks = casebook.tasks_waiting()
        yield self._gauge(
            "tijdig_tasks_open", "Open tasks, without what is for a restricted group.", ("urgent",),
            [((str(one.spoed).lower(),), one.aantal) for one in tasks],
        )  # fmt: skip
        yield self._gauge(
            "tijdig_tasks_oldest_age_seconds", "Age of the oldest of them.", ("urgent",),
            [((str(one.spoed).lower(),), self._age(one.oudste)) for one in tasks],
        )  # fmt: skip
        left: dict[str, list[int]] = {}
        for asked in casebook.requests(open_only=True):
            left.setdefault(asked.soort, []).append(asked.days_left(self.now.date()))
        yield self._gauge(
            "tijdig_requests_open", "Requests of inwoners that wait for an answer.", ("kind",),
            [((soort,), len(days)) for soort, days in sorted(left.items())],
        )  # fmt: skip
        yield self._gauge(
            "tijdig_requests_left_days", "Days until the first of them must be answered; negative = too late.",
            ("kind",), [((soort,), min(days)) for soort, days in sorted(left.items())],
        )  # fmt: skip
        night = casebook.last_night()
        if night is not None:
            yield from self._of_night(night, casebook.counts_of(night) or {})

    def _of_night(self, night: date, said: Mapping[str, Any]) -> Iterator[Metric]:
        at = datetime.combine(night, time(), UTC).timestamp()
        yield self._gauge(
            "tijdig_night_date_timestamp_seconds", "The day of the last night that was whole.", (), [((), at)]
        )
        delivered, without = said.get("bronnen", ()), said.get("zonder_levering", ())
        gates = [((line["bron"],), float(line["open"])) for line in delivered]
        gates += [((line["bron"],), 0.0) for line in without if line["waarschuwing"]]
        yield self._gauge("tijdig_source_gate_open", "Whether a source could be used that night.", ("source",), gates)
        yield self._gauge(
            "tijdig_source_age_days", "How old the last delivery of a source was that night.", ("source",),
            [((line["bron"],), (night - date.fromisoformat(line["peildatum"])).days) for line in delivered],
        )  # fmt: skip
        yield self._gauge(
            "tijdig_alarms", "Findings that passed an alarm and no later one.", ("alarm",),
            [((line["alarm"],), line["brief"] + line["taak"] + line["wacht"]) for line in said.get("ouderdom", ())],
        )  # fmt: skip
        yield self._gauge("tijdig_night_new_findings", "New findings of that night.", (), [((), said.get("nieuw", 0))])

    def _age(self, night: date) -> float:
        return float(max(0, (self.now.date() - night).days) * _DAY)


@contextmanager
def _if_it_opens() -> Iterator[None]:
    """A monitor wants to read the rest where the casebook is away: that it is, is a measure itself."""
    try:
        yield
    except (TijdigError, sa.exc.SQLAlchemyError) as error:
        logging.getLogger(__name__).warning("casebook not read: %s", type(error).__name__)


def registry_of(work: Workplace, now: datetime) -> CollectorRegistry:
    """All measures of a work folder."""
    registry = CollectorRegistry()
    registry.register(Measured(work, now))
    return registry


def metrics_text(work: Workplace, now: datetime) -> str:
    """The measures as Prometheus reads them."""
    return generate_latest(registry_of(work, now)).decode()


def write_metrics(work: Workplace, now: datetime, naar: Path | None = None) -> Path | None:
    """Write them to the file of the settings or another; a reader sees the old ones or the new. None = nowhere.

    Raises:
        OSError: it can't be written.
    """
    path = naar or work.settings.metingen.bestand
    if path is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    write_to_textfile(str(path), registry_of(work, now))
    return path
