"""A delivery that changes between its check and its reading: nothing of it comes in, and once it is whole all is as ever."""

import pytest

from contracts.tables import Bron
from flows.settings import Workplace
from matching.intake import take_in
from tests.faults.night import (
    NEXT,
    deliver,
    first_day,
    left,
    night,
    outcome,
    same,
    second_day,
    told_to_people,
    undisturbed,
)
from tests.world import DAY, bsn

pytestmark = pytest.mark.slow
FILE = "brp_persoon.csv"


@pytest.fixture(scope="module")
def wanted(tmp_path_factory):
    return undisturbed(tmp_path_factory.mktemp("rustig") / "werk", first_day())


def other_rows(path):
    """As many rows and bytes as before, about somebody else."""
    path.write_bytes(path.read_bytes().replace(bsn(2).encode(), bsn(9).encode()))


def another_file(path):
    """The supplier puts a newer file in its place, as one should: the old one is gone at once."""
    new = path.with_name("nieuwer")
    new.write_bytes(path.read_bytes().replace(b"20261020", b"20260920"))
    new.replace(path)


def half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def gone(path):
    path.unlink()


def longer(path):
    """Somebody sends it once more while it is read."""
    with path.open("ab") as file:
        file.write(path.read_bytes().split(b"\n", 1)[1])


def night_in_which_it_changes(monkeypatch, work, day, path, harm):
    """A night in which a file is harmed right after its check; returns its report."""
    check = take_in.check_file

    def checked(table, where, *rest):
        shape = check(table, where, *rest)
        if where == path:
            harm(path)
        return shape

    with monkeypatch.context() as patch:
        patch.setattr(take_in, "check_file", checked)
        return night(work, day)


@pytest.mark.parametrize("harm", [other_rows, another_file, half, gone, longer])
def test_what_changes_after_its_check_is_refused_and_comes_in_when_it_is_whole(tmp_path, monkeypatch, wanted, harm):
    work = deliver(Workplace(tmp_path / "werk"), first_day(), DAY)
    path = work.leveringen / DAY.isoformat() / Bron.BRP / FILE
    whole = path.read_bytes()
    report = night_in_which_it_changes(monkeypatch, work, DAY, path, harm)
    (refused,) = report.geweigerd
    assert (refused.waar, refused.wat) == (FILE, "File was changed or taken away while it was read.")
    assert [line.bron for line in report.dichte_poorten] == [Bron.BRP]
    assert (report.nieuw, report.brieven, report.taken) == (0, 0, 0)
    assert any(Bron.BRP in name for name in left(work)), "what was refused stays, to be looked at"
    path.write_bytes(whole)
    night(work, DAY)
    same(told_to_people(outcome(work)), told_to_people(wanted))


def test_what_changes_on_a_later_night_closes_nothing_and_takes_no_letter_back(tmp_path, monkeypatch):
    calm, work = (deliver(Workplace(tmp_path / name), first_day(), DAY) for name in ("rustig", "werk"))
    for one in (calm, work):
        night(one, DAY)
        deliver(one, second_day(), NEXT)
    night(calm, NEXT)
    path = work.leveringen / NEXT.isoformat() / Bron.BRP / FILE
    whole = path.read_bytes()
    report = night_in_which_it_changes(monkeypatch, work, NEXT, path, half)
    assert (report.gesloten, report.ingetrokken, len(report.geweigerd)) == (0, 0, 1)
    path.write_bytes(whole)
    assert night(work, NEXT).gesloten == 1
    same(told_to_people(outcome(work)), told_to_people(outcome(calm)))
