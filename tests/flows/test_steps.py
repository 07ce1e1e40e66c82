"""A night killed between any two of its steps, and the next scheduled night that follows."""

from datetime import date, timedelta

import pytest

from contracts import parameters
from contracts.errors import ParameterError, SettingsError
from contracts.parameters import Status, to_confirm
from contracts.tables import Bron
from flows import mailroom, steps
from flows.settings import Workplace
from tests.first_night import begin
from tests.world import DAY, anummer, town
from tests.world import alone as household

pytestmark = pytest.mark.nights

NEXT = DAY + timedelta(days=1)


def with_housemate():
    return town().person(2, house=1, datum_aanvang_adreshouding="20261020")


@pytest.fixture
def work(tmp_path):
    return Workplace(tmp_path)


def run(work, peildatum, *, until="deliver"):
    """The steps of a night in their order, up to and including ``until``."""
    sources = steps.take_in_all(work, peildatum)
    found = steps.find(work, peildatum)
    if until == "find":
        return sources
    steps.decide_and_record(work, peildatum, found, unusable=sources.unusable)
    if until == "deliver":
        mailroom.deliver(work, peildatum, usable=sources.may_print)
    return sources


def run_until_recorded(work, peildatum):
    return run(work, peildatum, until="record")


def letters(work):
    return sorted(path.parent.parent.name for path in work.folder.glob("uitvoer/*/berichten/*.pdf"))


@pytest.mark.slow
@pytest.mark.parametrize("until", ["find", "record"])
def test_killed_before_its_letters_were_made_the_next_night_makes_them(work, until):
    with_housemate().write_all(work.leveringen)
    run(work, DAY, until=until)
    run(work, NEXT)
    assert letters(work) == [NEXT.isoformat()]
    run(work, NEXT)
    run(work, NEXT + timedelta(days=1))
    assert letters(work) == [NEXT.isoformat()]


def test_killed_between_publishing_and_noting_it_a_letter_is_not_made_twice(work, monkeypatch):
    with_housemate().write_all(work.leveringen)
    monkeypatch.setattr(steps.Casebook, "offered", lambda *_: None)
    run(work, DAY)
    monkeypatch.undo()
    run(work, NEXT)
    assert letters(work) == [DAY.isoformat()]
    with steps.Casebook.at(work.casebook) as casebook:
        assert [row.status for row in casebook.letters_made_on(DAY)] == ["bezig"]


def test_killed_between_publishing_and_noting_it_a_letter_is_still_withdrawn(work, monkeypatch):
    with_housemate().write_all(work.leveringen)
    monkeypatch.setattr(steps.Casebook, "offered", lambda *_: None)
    run(work, DAY)
    monkeypatch.undo()
    assert letters(work) == [DAY.isoformat()]
    town().write_all(work.leveringen, NEXT)
    run(work, NEXT)
    assert letters(work) == []
    with steps.Casebook.at(work.casebook) as casebook:
        assert [row.status for row in casebook.letters_made_on(DAY)] == ["ingetrokken"]


def test_killed_after_recording_a_letter_that_is_then_not_true_any_more_is_never_made(work):
    begin(work, DAY, with_housemate(), run_until_recorded)
    town().write_all(work.leveringen, NEXT)
    run(work, NEXT)
    assert letters(work) == []
    with steps.Casebook.at(work.casebook) as casebook:
        assert [row.status for row in casebook.letters_made_on(DAY)] == ["ingetrokken"]
        assert casebook.tasks_of(NEXT) == []


def test_a_closed_gate_publishes_nothing_that_was_waiting_and_a_death_is_told(work):
    begin(work, DAY, with_housemate(), run_until_recorded)
    died = household().person(2, house=1, datum_aanvang_adreshouding="20261020").change(
        "brp_persoon", "anummer", anummer(1), datum_overlijden="20261103", reden_opschorting="O",
        datum_opschorting="20261103",
    )  # fmt: skip
    died.write(work.leveringen, Bron.BRP, NEXT)
    run(work, NEXT)
    assert letters(work) == []
    with steps.Casebook.at(work.casebook) as casebook:
        assert [(row.regel, row.spoed) for row in casebook.tasks_of(NEXT)] == [("R13", True)]


def test_a_letter_that_was_picked_up_is_not_made_again(work):
    begin(work, DAY, with_housemate(), run)
    folder = work.uitvoer(DAY) / mailroom.PRINT_FOLDER
    folder.rename(folder.with_name("gepost"))
    run(work, DAY)
    assert list(folder.glob("*.pdf")) == []


def test_a_letter_that_may_be_posted_already_becomes_a_call_when_it_is_not_true_any_more(work):
    begin(work, DAY, with_housemate(), run)
    folder = work.uitvoer(DAY) / mailroom.PRINT_FOLDER
    folder.rename(folder.with_name("gepost"))
    town().write_all(work.leveringen, NEXT)
    run(work, NEXT)
    with steps.Casebook.at(work.casebook) as casebook:
        assert [row.status for row in casebook.letters_made_on(DAY)] == ["niet_ingetrokken"]
        assert [row.reden for row in casebook.tasks_of(NEXT)] == ["niet_ingetrokken"]


def test_uitkeringsgegevens_alone_close_the_gate_and_end_the_night_well(work):
    town().write(work.leveringen, Bron.UITKERINGSGEGEVENS)
    sources = run(work, DAY)
    assert [(gate.bron, gate.open, gate.warns) for gate in sources.gates] == [
        ("uitkeringsgegevens", True, False), ("brp", False, True), ("ib", False, False), ("duo", False, False),
    ]  # fmt: skip


def test_a_table_that_came_empty_closes_the_gate(work):
    world = town()
    for number in range(10, 30):
        world.uitkering(number, house=number).person(100 + number, house=number).knows(number, 100 + number)
    world.write_all(work.leveringen)
    run(work, DAY)
    world.rows["bekende_medebewoner"] = []
    world.write_all(work.leveringen, NEXT)
    sources = run(work, NEXT)
    assert letters(work) == []
    (own,) = [gate for gate in sources.gates if gate.bron is Bron.UITKERINGSGEGEVENS]
    assert "bekende_medebewoner 0 in plaats van 20" in own.reden


def test_a_damaged_secret_is_refused(work):
    with_housemate().write_all(work.leveringen)
    (work.folder / "gegevens").mkdir()
    (work.folder / "gegevens" / "sleutel").write_text("")
    with pytest.raises(SettingsError, match="secret for person keys is damaged"):
        run(work, DAY)


def test_a_secret_that_is_lost_is_not_made_again_for_all_would_be_told_anew(work):
    with_housemate().write_all(work.leveringen)
    run(work, DAY)
    (work.folder / "gegevens" / "sleutel").unlink()
    with_housemate().write_all(work.leveringen, NEXT)
    with pytest.raises(SettingsError, match="secret for person keys is gone"):
        run(work, NEXT)
    assert letters(work) == [DAY.isoformat()]
    assert not (work.folder / "gegevens" / "sleutel").exists()


def test_the_same_letter_is_byte_identical_in_another_folder(tmp_path):
    made = []
    for name in ("a", "b"):
        work = Workplace(tmp_path / name)
        (work.folder / "gegevens").mkdir(parents=True)
        (work.folder / "gegevens" / "sleutel").write_text("0123456789abcdef")
        with_housemate().write_all(work.leveringen)
        run(work, DAY)
        made.append([(path.name, path.read_bytes()) for path in work.folder.glob("uitvoer/*/berichten/*.pdf")])
    assert len(made[0]) == 1
    assert made[0] == made[1]


# -- dated values ---------------------------------------------------------------------------------------------


def from_memory(monkeypatch, naam: str) -> None:
    """As if nobody had looked this value up."""
    found = parameters.parameter

    def remembered(asked: str):
        known = found(asked)
        unseen = tuple(value.model_copy(update={"status": Status.GEHEUGEN}) for value in known.waarden)
        return known.model_copy(update={"waarden": unseen}) if asked == naam else known

    monkeypatch.setattr(parameters, "parameter", remembered)


@pytest.mark.parametrize("naam", ["kostendelersleeftijd", "norm_a21a"])
def test_a_night_that_counts_refuses_values_from_memory_and_tells_nobody(work, monkeypatch, naam):
    from_memory(monkeypatch, naam)
    with_housemate().write_all(work.leveringen)
    (work.folder / "tijdig.toml").write_text("productie = true")
    with pytest.raises(ParameterError, match=f"from memory may not be used in production: {naam}"):
        run(work, DAY)
    assert not work.uitvoer(DAY).exists()


def test_another_night_only_names_them(work, monkeypatch):
    from_memory(monkeypatch, "norm_a21a")
    with_housemate().write_all(work.leveringen)
    steps.take_in_all(work, DAY)
    assert "norm_a21a (€ 1.419,46 per maand)" in to_confirm(steps.find(work, DAY).gebruikt)


def test_where_the_norms_of_a_day_are_not_known_yet_nothing_about_them_closes(work):
    too_low = town().norm(1, 101_390)
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        too_low.write_all(work.leveringen, day)
        run(work, day)
        with steps.Casebook.at(work.casebook) as casebook:
            assert [row.regel for row in casebook.open_findings()] == ["R26"]
    assert steps.find(work, date(2027, 1, 1)).unusable >= {"R26"}
    assert steps.find(work, date(2026, 12, 31)).unusable == frozenset()


def test_a_finding_of_a_night_says_what_it_means_in_euro(work):
    begin(work, DAY, with_housemate(), run)
    (found,) = steps.find(work, DAY).findings
    assert (found.effect.laagste, found.effect.hoogste) == (-40_556, 0)
