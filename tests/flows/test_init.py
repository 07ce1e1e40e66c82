"""``tijdig init``: a settings file that explains every setting and says what the program says; nothing is overwritten."""

import re
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from contracts.errors import SettingsError
from flows import init as init_module
from flows.cli import app
from flows.init import all_settings, explained, settings_text, toml_of
from flows.settings import Settings, Workplace

ROOT = Path(__file__).parents[2]
#: A setting that is written as a comment, or the heading of a table.
OFF = re.compile(r"^#(?=[\w\"\[])", re.MULTILINE)


def run(*arguments):
    return CliRunner().invoke(app, ["init", *map(str, arguments)], catch_exceptions=False)


def read(tmp_path, text):
    path = tmp_path / "tijdig.toml"
    path.write_text(text, encoding="utf-8")
    return Settings.read(path)


def paths_explained():
    for group in explained().groepen:
        if group.vrij:
            yield group.prefix
        for name in group.instellingen:
            yield (*group.prefix, name)


def test_every_setting_is_explained_once_and_nothing_else_is():
    there, said = [path for path, _ in all_settings()], list(paths_explained())
    assert sorted(there) == sorted(said), (
        "write what is new in flows/instellingen.yaml, in Dutch, and take away what is gone"
    )


def test_the_settings_of_other_rooms_are_among_them():
    there = {path for path, _ in all_settings()}
    assert {
        ("rust_dagen",), ("huis", "telefoon"), ("kanaal", "smtp", "server"), ("kanaal", "notifynl", "adres"),
        ("werklijst", "oidc", "rollen"), ("openklant", "eenheid", "naam"), ("teams",), ("logboek", "otlp"),
    } <= there  # fmt: skip


def test_the_file_as_it_is_written_is_the_defaults(tmp_path):
    assert read(tmp_path, settings_text()) == Settings()


def test_what_was_given_is_in_it(tmp_path):
    found = read(tmp_path, settings_text({"gemeente": 'Het "Eigen" Dorp', "werkgebied": ["9903", "9904"]}))
    assert found == Settings(gemeente='Het "Eigen" Dorp', werkgebied=("9903", "9904"))


def test_every_line_that_is_off_fits_when_it_is_put_on(tmp_path):
    """Examples too; and a default that is written as a comment is the default."""
    found = read(tmp_path, OFF.sub("", settings_text()))
    whole = found.model_dump()
    for path, field in all_settings():
        value = whole
        for name in path:
            value = value[name] if isinstance(value, dict) else getattr(value, name)
        if not (field.default is None or field.is_required() or field.default_factory):
            default = field.default
            assert value == (default.model_dump() if hasattr(default, "model_dump") else default), path
    assert found.openklant.eenheid.naam == "Sociale Dienst"
    assert found.kanaal["smtp"].afzender == "tijdig@gemeente.example"


def test_no_setting_is_a_secret_and_every_secret_is_named():
    """Each name by which the program asks for a secret, looked up in its source."""
    asked = {
        name
        for room in ("flows", "notifications", "worklist", "store")
        for path in (ROOT / room).rglob("*.py")
        if "node_modules" not in path.parts
        for name in re.findall(r"\b(?:secret|geheim)\(\s*\"([a-z_]+)\"", path.read_text(encoding="utf-8"))
    }
    assert asked == set(explained().geheimen)
    names = {part for path, _ in all_settings() for part in path}
    assert not [name for name in names if re.search(r"wachtwoord|geheim|token|(?<!code_)sleutel$", name)]
    text = settings_text()
    assert all(f"# TIJDIG_{name.upper()}: " in text for name in asked)
    assert not re.search(r"^#?\w*(wachtwoord|geheim|sleutel)\w* *=", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "true"), (3, "3"), (0.5, "0.5"), ('a "b" \\ é', '"a \\"b\\" \\\\ é"'), (("x", "y"), '["x", "y"]'), ((), "[]"),
        (date(2027, 5, 7), "2027-05-07"),
    ],
)  # fmt: skip
def test_values_as_toml_writes_them(value, written):
    assert toml_of(value) == written


def test_a_work_folder_is_made_and_the_next_step_is_said(tmp_path):
    folder = tmp_path / "eigendorp"
    done = run("--map", folder, "--gemeente", "Eigendorp", "--werkgebied", "9903", "--werkgebied", "9904")
    assert done.exit_code == 0
    assert f"tijdig doctor --map {folder}" in done.output
    settings = Workplace(folder).settings
    assert (settings.gemeente, settings.werkgebied, settings.productie) == ("Eigendorp", ("9903", "9904"), False)


def test_nobody_else_can_look_into_it(tmp_path):
    folder = tmp_path / "eigendorp"
    run("--map", folder)
    assert [path.name for path in folder.rglob("*") if path.stat().st_mode & stat.S_IRWXO] == []
    assert not folder.stat().st_mode & stat.S_IRWXO
    modes = {name: stat.S_IMODE((folder / name).stat().st_mode) for name in ("gegevens", "leveringen", "tijdig.toml")}
    # Who delivers is in the group of leveringen/, and what they put there gets that group.
    assert modes == {"gegevens": 0o700, "leveringen": 0o2770, "tijdig.toml": 0o640}


def test_settings_that_are_there_stay(tmp_path):
    (tmp_path / "tijdig.toml").write_text('gemeente = "Eigendorp"\n')
    with pytest.raises(SettingsError, match="has its settings already"):
        run("--map", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["tijdig.toml"]
    assert (tmp_path / "tijdig.toml").read_text() == 'gemeente = "Eigendorp"\n'


def test_two_at_once_do_not_overwrite_each_other(tmp_path):
    init_module._write_new(tmp_path / "tijdig.toml", "de eerste")
    with pytest.raises(FileExistsError):
        init_module._write_new(tmp_path / "tijdig.toml", "de tweede")
    assert (tmp_path / "tijdig.toml").read_text() == "de eerste"


def test_folders_that_are_there_keep_their_rights(tmp_path):
    (tmp_path / "leveringen").mkdir()
    (tmp_path / "leveringen").chmod(0o755)
    run("--map", tmp_path)
    assert stat.S_IMODE((tmp_path / "leveringen").stat().st_mode) == 0o755
    assert (tmp_path / "gegevens").is_dir()


def test_what_does_not_fit_makes_nothing(tmp_path):
    with pytest.raises(SettingsError, match="werkgebied"):
        run("--map", tmp_path / "x", "--werkgebied", "99")
    assert not (tmp_path / "x").exists()


def test_what_the_command_line_writes_is_not_for_everybody(tmp_path):
    code = "import os, sys; os.umask(0o022); sys.argv = ['tijdig', 'contracts', 'export', '--map', sys.argv[1]]\n"
    code += "from flows.cli import main\ntry: main()\nexcept SystemExit: pass"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "uit")], check=True, capture_output=True, cwd=ROOT)
    made = list((tmp_path / "uit").rglob("*"))
    assert made
    assert [path.name for path in made if path.stat().st_mode & stat.S_IRWXO] == []


def test_nothing_of_the_environment_is_a_setting(tmp_path, monkeypatch):
    monkeypatch.setenv("GEMEENTE", "Elders")
    monkeypatch.setenv("TIJDIG_GEMEENTE", "Elders")
    assert Workplace(tmp_path).settings.gemeente == "Voorbeeldstad"
