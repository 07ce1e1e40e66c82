"""What a replay refuses before it writes anything."""

from datetime import date

import pytest
from rich.console import Console

from contracts.errors import SettingsError, TijdigError
from flows.replay import run_replay
from flows.settings import SETTINGS_FILE, Workplace

VAN, TOT = date(2019, 1, 1), date(2020, 1, 1)


def never(*_):
    raise AssertionError("no night is run")


def test_a_second_day_before_the_first(tmp_path):
    work = Workplace(tmp_path / "replay")
    with pytest.raises(TijdigError, match="first day lies after the last one"):
        run_replay(tmp_path / "set.csv", TOT, VAN, work, Console(), never)
    assert not work.folder.exists()


def test_the_settings_of_a_dienst_are_never_written_over(tmp_path):
    (tmp_path / SETTINGS_FILE).write_text('gemeente = "Voorbeeldstad"\n')
    with pytest.raises(SettingsError, match="has settings of its own"):
        run_replay(tmp_path / "set.csv", VAN, TOT, Workplace(tmp_path), Console(), never)
    assert (tmp_path / SETTINGS_FILE).read_text() == 'gemeente = "Voorbeeldstad"\n'
