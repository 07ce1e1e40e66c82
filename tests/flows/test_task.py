"""What a step says of an error that nobody foresaw: its kind and where, never its text, which may hold somebody."""

import json
import sqlite3

import pytest
import sqlalchemy as sa

from contracts.errors import UnforeseenError
from flows.bewaking.alerts import Loop, of_error
from flows.bewaking.logs import said_of
from store.casebook import Casebook
from tests.flows.test_artifacts import ask
from tests.world import DAY

SOMEBODY = "Wilhelmijntje Bijzondernaam"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_text_of_an_error_does_not_reach_the_server_and_its_place_does(prefect, monkeypatch, tmp_path_factory):
    from prefect import flow

    from flows import task

    monkeypatch.setattr(task, "DELAYS", [0.0])
    tries = []

    @task.night_task
    def reads(error):
        tries.append(error)
        raise error

    @flow(name="nacht-met-fout")
    def one(number):
        reads(errors[number])

    errors = (KeyError(SOMEBODY), sa.exc.OperationalError(SOMEBODY, {}, sqlite3.OperationalError(SOMEBODY)))
    for number, times in ((0, 1), (1, 2)):
        tries.clear()
        with pytest.raises(UnforeseenError) as raised:
            one(number)
        assert len(tries) == times, number
        assert raised.value.kind == type(errors[number]).__name__
        assert raised.value.where.startswith("test_task.py:")
    for what in ("flow_runs", "task_runs", "logs", "artifacts"):
        assert SOMEBODY not in json.dumps(ask(prefect, what))
    assert "Unforeseen: KeyError." in json.dumps(ask(prefect, "flow_runs"))
    files = [path for path in tmp_path_factory.getbasetemp().glob("prefect*/**/*") if path.is_file()]
    assert files
    assert not [path.name for path in files if SOMEBODY.encode() in path.read_bytes()]


def test_its_kind_and_place_are_in_the_mail_and_the_log():
    error = UnforeseenError("KeyError", "steps.py:12", may_pass=False)
    alert = of_error(Loop.NACHT, DAY, error)
    assert ("Onvoorzien: KeyError." in alert.wat, alert.waar) == (True, "steps.py:12")
    assert said_of(error) == {"soort": "KeyError", "waar": "steps.py:12"}
    assert error.exit_code == 1


def test_the_values_of_a_statement_are_not_in_what_the_casebook_says_of_it(tmp_path):
    with (
        Casebook.at(tmp_path / "casebook.sqlite") as casebook,
        pytest.raises(sa.exc.IntegrityError) as raised,
        casebook._writing() as con,
    ):
        con.execute(sa.text("insert into audit (volgnr) values (:x)"), {"x": SOMEBODY})
    assert "insert into audit" in str(raised.value)
    assert SOMEBODY not in str(raised.value)
