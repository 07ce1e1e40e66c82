"""The measures, read as Prometheus reads them; and what a restricted group alone may know is in none."""

from datetime import UTC, date, datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families as parsed
from typer.testing import CliRunner

from contracts.finding import ContactTask, Nudge, Reden, Route, Verdict
from contracts.rechten import Verzoeksoort
from flows.bewaking.alerts import Loop
from flows.bewaking.metrics import metrics_text, write_metrics
from flows.bewaking.state import changing
from flows.bewaking.watch import watched
from flows.casebook import open_casebook
from flows.cli import app
from flows.progress import step
from flows.settings import Workplace
from tests.flows.test_reminders import found

NIGHT = date(2026, 11, 23)
LETTER = "kostendeler_erbij"
NOW = datetime(2026, 11, 25, 7, tzinfo=UTC)
COUNTS = {
    "nieuw": 4,
    "bronnen": [
        {"bron": "brp", "open": True, "peildatum": "2026-11-23"}, {"bron": "duo", "open": False, "peildatum": "2026-10-01"},
    ],
    "zonder_levering": [{"bron": "ib", "waarschuwing": False}, {"bron": "uitkeringsgegevens", "waarschuwing": True}],
    "ouderdom": [{"alarm": "30 dagen", "brief": 1, "taak": 2, "wacht": 3}],
}  # fmt: skip


def read(text):
    """Name -> values of its labels, in their order but for the gemeente -> value; every line says the gemeente."""
    values = {}
    for family in parsed(text):
        for sample in family.samples:
            labels = dict(sample.labels)
            assert labels.pop("gemeente") == "Voorbeeldstad"
            values.setdefault(sample.name, {})[tuple(labels[name] for name in sorted(labels))] = sample.value
    return values


@pytest.fixture
def work(tmp_path):
    """Three findings: one told by letter, one with a task, and one with a task that few may see; and one of R21."""
    work = Workplace(tmp_path)
    secret = (Verdict(naam="geheim", code="O06", reden=Reden.GEHEIM, geldt=True),)
    pairs = [
        (found("brief", "C-01", route=Route.NUDGE, bericht=LETTER), Nudge(bericht=LETTER, brief="S-R01-brief")),
        (found("taak", "C-01"), ContactTask(soort="contact", spoed=True)),
        (found("geheim", "C-02", onderdrukkers=secret), ContactTask(soort="contact")),
        (found("zit", "C-01", regel="R21", route=Route.RESTRICTED_TASK), ContactTask(soort="contact")),
    ]  # fmt: skip
    with open_casebook(work) as casebook:
        casebook.record(NIGHT, [f for f, _ in pairs], {f.signaal_id: told for f, told in pairs})
        casebook.save_counts(NIGHT, COUNTS, now=NOW)
    return work


def test_what_is_in_the_casebook_is_counted_by_rule_and_state(work):
    values = read(metrics_text(work, NOW))
    assert values["tijdig_casebook_up"] == {(): 1}
    assert set(values["tijdig_findings"]) == {("R01", "nieuw")}
    assert values["tijdig_tasks_open"] == {("true",): 1}
    assert values["tijdig_tasks_oldest_age_seconds"] == {("true",): 2 * 86_400}
    assert values["tijdig_notices"] == {("printmap", "klaar"): 1}
    assert values["tijdig_notices_oldest_age_seconds"] == {("printmap", "klaar"): 2 * 86_400}
    assert values["tijdig_database_size_bytes"][("casebook",)] == work.casebook.stat().st_size


def test_a_rule_of_which_few_may_know_is_in_no_line(work):
    assert "R21" not in metrics_text(work, NOW)


def test_of_the_last_night_its_gates_and_alarms(work):
    values = read(metrics_text(work, NOW))
    assert values["tijdig_source_gate_open"] == {("brp",): 1, ("duo",): 0, ("uitkeringsgegevens",): 0}
    assert values["tijdig_source_age_days"] == {("brp",): 0, ("duo",): 53}
    assert values["tijdig_alarms"] == {("30 dagen",): 6}
    assert values["tijdig_night_new_findings"] == {(): 4}
    assert values["tijdig_night_date_timestamp_seconds"] == {(): datetime(2026, 11, 23, tzinfo=UTC).timestamp()}


def test_of_requests_how_many_and_how_long_the_first_has(work):
    with open_casebook(work) as casebook:
        for came in (date(2026, 11, 20), date(2026, 10, 20)):
            casebook.file_request(
                Verzoeksoort.BEZWAAR, dossiernummer="D-1", persoon_sleutel=None, ontvangen=came, toelichting="Nee.",
                door="C-01", now=NOW,
            )  # fmt: skip
    values = read(metrics_text(work, NOW))
    assert values["tijdig_requests_open"] == {("bezwaar",): 2}
    # A month after 20 October, five days ago.
    assert values["tijdig_requests_left_days"] == {("bezwaar",): -5}


def test_of_runs_how_they_ended_and_how_long_each_step_took(tmp_path):
    work = Workplace(tmp_path)
    with watched(work, Loop.NACHT, NIGHT), step("Leveringen innemen"):
        pass
    with pytest.raises(OSError, match="disk"), watched(work, Loop.NACHT, NIGHT):
        raise OSError("disk")
    with changing(work.bewaking) as state:
        run = state.runs[Loop.NACHT]
        run.geeindigd, run.seconden = run.begonnen + timedelta(seconds=90), {"Leveringen innemen": 12.5}
        run.goed = NOW
    values = read(metrics_text(work, NOW))
    assert values["tijdig_runs_total"] == {("klaar", "nacht"): 1, ("mislukt", "nacht"): 1}
    assert values["tijdig_last_run_success"] == {("nacht",): 0}
    assert values["tijdig_last_run_duration_seconds"] == {("nacht",): 90}
    assert values["tijdig_step_duration_seconds"] == {("nacht", "Leveringen innemen"): 12.5}
    assert values["tijdig_last_success_timestamp_seconds"] == {("nacht",): NOW.timestamp()}
    assert values["tijdig_alerts"] == {("run_mislukt",): 1}
    assert values["tijdig_casebook_up"] == {(): 0}


def test_a_casebook_that_does_not_open_is_a_measure_itself(tmp_path):
    work = Workplace(tmp_path)
    work.casebook.parent.mkdir(parents=True)
    work.casebook.write_bytes(b"no database" * 100)
    assert read(metrics_text(work, NOW))["tijdig_casebook_up"] == {(): 0}


def test_names_follow_the_conventions(work):
    with watched(work, Loop.NACHT, NIGHT):
        pass
    for family in parsed(metrics_text(work, NOW)):
        assert family.name.startswith("tijdig_")
        assert family.documentation.endswith(".")
        assert family.type in ("counter", "gauge")
        ends = ("_total",) if family.type == "counter" else ()
        assert all(sample.name == f"{family.name}{''.join(ends)}" for sample in family.samples)


def test_the_file_is_replaced_whole_and_each_run_ends_with_writing_it(tmp_path):
    path = tmp_path / "node_exporter" / "tijdig.prom"
    (tmp_path / "tijdig.toml").write_text(f"[metingen]\nbestand = {str(path)!r}\n", encoding="utf-8")
    work = Workplace(tmp_path)
    with watched(work, Loop.NACHT, NIGHT):
        pass
    assert read(path.read_text())["tijdig_last_run_success"] == {("nacht",): 1}
    assert [one.name for one in path.parent.iterdir()] == ["tijdig.prom"]


def test_a_file_that_can_not_be_written_ends_no_run(tmp_path, capsys):
    (tmp_path / "in_the_way").write_text("", encoding="utf-8")
    path = tmp_path / "in_the_way" / "tijdig.prom"
    (tmp_path / "tijdig.toml").write_text(f"[metingen]\nbestand = {str(path)!r}\n", encoding="utf-8")
    with watched(Workplace(tmp_path), Loop.NACHT, NIGHT):
        pass
    assert "niet te schrijven" in capsys.readouterr().err
    assert write_metrics(Workplace(tmp_path), NOW, tmp_path / "other.prom") == tmp_path / "other.prom"


def test_its_command_prints_them_or_writes_them(work):
    shown = CliRunner().invoke(app, ["metrics", "--map", str(work.folder)])
    assert (shown.exit_code, read(shown.output)["tijdig_casebook_up"]) == (0, {(): 1})
    path = work.folder / "tijdig.prom"
    assert CliRunner().invoke(app, ["metrics", "--map", str(work.folder), "--naar", str(path)]).exit_code == 0
    assert "tijdig_findings" in read(path.read_text())
