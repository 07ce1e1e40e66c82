"""What a monitor reads of the casebook, in SQLite and in PostgreSQL alike."""

from datetime import date, timedelta

from contracts.finding import ContactTask, Nudge, Reden, Verdict
from tests.flows.test_reminders import found

NIGHT = date(2026, 11, 23)
LETTER = "kostendeler_erbij"
SECRET = (Verdict(naam="geheim", code="O06", reden=Reden.GEHEIM, geldt=True),)


def test_counts_and_ages_leave_out_what_few_may_know(anywhere):
    pairs = [
        (found("brief", "C-01", bericht=LETTER), Nudge(bericht=LETTER, brief="S-R01-brief")),
        (found("oud", "C-01"), ContactTask(soort="contact")),
        (found("spoed", "C-01"), ContactTask(soort="contact", spoed=True)),
        (found("geheim", "C-02", onderdrukkers=SECRET), ContactTask(soort="contact")),
    ]
    before = NIGHT - timedelta(days=3)
    for night, here in ((before, pairs[1:2]), (NIGHT, pairs)):
        anywhere.record(night, [f for f, _ in here], {f.signaal_id: told for f, told in here})
    # The third stays open: what is secret is a task for few, and a finding as any other.
    assert sum(anywhere.findings_by_rule().values()) == 4
    assert {regel for regel, _ in anywhere.findings_by_rule()} == {"R01"}
    assert anywhere.tasks_waiting() == [(False, 1, before), (True, 1, NIGHT)]
    assert anywhere.notices_waiting() == [("printmap", "klaar", 1, NIGHT)]


def test_an_empty_casebook_has_nothing_to_count(anywhere):
    assert (anywhere.findings_by_rule(), anywhere.tasks_waiting(), anywhere.notices_waiting()) == ({}, [], [])
