"""``tijdig norm`` as a consulent uses it: amount or range, steps, articles, and errors that repeat no value."""

import json
import re
import sys

import pytest

from flows.cli import main


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run ``tijdig norm ...`` in the folder of the test; exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def ran(*arguments):
        monkeypatch.setattr(sys, "argv", ["tijdig", "norm", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return ended.value.code or 0, out, err

    return ran


DAY = ("--peildatum", "2026-07-01")


def test_help_is_dutch_and_fits_eighty_columns(run):
    code, out, _ = run("--help")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert code == 0
    assert "Voorbeeld: tijdig norm" in plain
    assert max(map(len, plain.splitlines())) <= 80


def test_an_amount_with_its_steps_and_articles(run):
    code, out, _ = run("--geboren", "1985-03-14", "--kostendelers", 1, *DAY)
    assert code == 0
    assert "Norm op 1 juli 2026: € 1.013,90 per maand, met vakantietoeslag" in out
    for expected in ("22a lid 1 Pw", "€ 1.013,895", "19 lid 3 Pw", "€ 50,70", "€ 963,20"):
        assert expected in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_range_with_what_is_unknown(run):
    code, out, _ = run("--geboren", "1985-03-14", "--medebewoner", "1990", *DAY)
    assert code == 0
    assert "€ 1.013,90 tot € 1.419,46" in out
    assert "medebewoner 1" in out
    assert "Laagste" in out
    assert "Hoogste" in out


def test_a_couple_with_children_by_options(run):
    _, out, _ = run("--geboren", "2007-01-01", "--partner", "2006-12-01", "--kinderen", *DAY, "--json")
    told = json.loads(out)
    assert told["laagste"]["bedrag"] == 110640  # 20 lid 2 b: nobody said that the parents can't be turned to ...
    assert told["hoogste"]["bedrag"] == 202779  # ... and when neither can, lid 3 up to the limit of lid 4
    assert told["redenen"] == ["beroep van de belanghebbende op de ouders", "beroep van de partner op de ouders"]


def test_the_example_is_a_file_that_works(run, tmp_path):
    code, example, _ = run("--voorbeeld")
    assert code == 0
    (tmp_path / "gezin.yaml").write_text(example, encoding="utf-8")
    code, out, _ = run("--feiten", "gezin.yaml", *DAY)
    assert code == 0
    # 22a lid 2: 2 x 40% of 2,027.79 with two kostendelers, 2 x 43 1/3% with one
    assert "€ 1.622,23 tot € 1.757,42" in out


def test_a_value_that_is_still_to_be_confirmed_is_named(run):
    _, out, _ = run("--geboren", "1960-06-01", *DAY)
    assert "Nog na te lezen in de wet: aow_leeftijd (804 maanden)." in out


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ("belanghebbende: {geboortedatum: 1985-13-77}", "belanghebbende.geboortedatum"),
        ("belanghebbende: {geboortedatum: 1985-03-14, bsn: 999990019}", "belanghebbende.bsn"),
        ("medebewoners: []", "belanghebbende"),
        ("[]", "alles"),
    ],
)
def test_facts_that_do_not_fit_are_named_without_their_value(run, tmp_path, facts, field):
    (tmp_path / "gezin.yaml").write_text(facts)
    code, out, err = run("--feiten", "gezin.yaml", *DAY)
    assert code == 2
    assert field in err
    assert not re.search("1985|77|999990019", out + err)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--feiten", "nergens.yaml"), "can't be read"),
        (("--geboren", "1985-03-14", "--peildatum", "2027-01-01"), "has no value on 2027-01-01"),
        (("--geboren", "2010-03-14", *DAY), "no right"),
        (("--kostendelers", 1), "belanghebbende.geboortedatum"),
        (("--feiten", "gezin.yaml", "--kostendelers", 1), "in a file or in options"),
        (("--feiten", "gezin.yaml", "--geen-kinderen"), "in a file or in options"),
    ],
)
def test_what_can_not_be_answered_ends_with_exit_code_2(run, arguments, expected):
    code, _, err = run(*arguments)
    assert code == 2
    assert expected in err
    assert "What to do:" in err


def test_a_file_that_is_no_yaml(run, tmp_path):
    (tmp_path / "gezin.yaml").write_text("belanghebbende: [")
    code, _, err = run("--feiten", "gezin.yaml")
    assert (code, "is no YAML" in err) == (2, True)
