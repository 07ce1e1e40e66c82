"""Files that a reader finds old or new, never half."""

import pytest

from store.disk import filled, put


def test_what_is_put_takes_the_place_of_what_was_there(tmp_path):
    path = tmp_path / "a.json"
    put(path, "oud")
    put(path, b"nieuw")
    assert path.read_text() == "nieuw"
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_where_filling_fails_the_old_file_is_there_and_nothing_else(tmp_path):
    path = tmp_path / "a.json"
    put(path, "oud")

    def fill():
        with filled(path) as new:
            new.write_text("half")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fill()
    assert path.read_text() == "oud"
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_what_a_killed_run_left_beside_it_is_taken_away_with_its_rights(tmp_path):
    path, left = tmp_path / "sleutel", tmp_path / ".sleutel.nieuw"
    left.write_text("half")
    left.chmod(0o644)
    put(path, "geheim", 0o600)
    assert (path.read_text(), path.stat().st_mode & 0o777, left.exists()) == ("geheim", 0o600, False)
