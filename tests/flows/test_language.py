"""``tijdig language`` as who writes letters uses it: figures, what stands in the way, and what to write instead."""

import io
import re
import sys
from pathlib import Path

import pytest

from flows.cli import main
from notifications import template

BAD = Path(__file__).parents[1] / "notifications" / "slechte_brieven"


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run ``tijdig language ...`` in the folder of the test; exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def ran(*arguments, typed=b""):
        monkeypatch.setattr(sys, "argv", ["tijdig", "language", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return ended.value.code or 0, out, err

    return ran


def test_help_is_dutch_with_an_example(run):
    code, out, _ = run("--help")
    assert code == 0
    assert "Voorbeeld: tijdig language kostendeler_erbij" in re.sub(r"\x1b\[[0-9;]*m", "", out)


def test_without_a_text_every_message_is_in_a_table(run):
    code, out, _ = run()
    assert code == 0
    of_inwoners = (*template.berichten(), *template.berichten("email"), *template.berichten("sms"))
    every = (*of_inwoners, *template.berichten("brief", "vertegenwoordiger"))
    for bericht in every:
        assert re.search(rf"^{bericht} .* goed\s*$", out, re.MULTILINE)
    assert f"{len(every)} berichten, 0 niet goed." in out
    assert "dreigend 1" in out


def test_a_message_with_its_figures_beside_their_limits(run):
    code, out, _ = run("kostendeler_erbij")
    assert code == 0
    assert "kostendeler_erbij (brief, versie " in out
    for limit in ("max. 10", "max. 15", "min. 70", "max. 6%", "max. 1"):
        assert re.search(rf"{re.escape(limit)}\s+goed", out)


def test_a_text_says_of_each_sentence_what_is_wrong_and_what_to_write(run, tmp_path):
    letter = "Titel\n\nBeste heer Bakker,\n\nBeste heer Bakker, dat is tevens\nfraude. Dag heer Bakker.\n"
    (tmp_path / "brief.txt").write_text(letter, encoding="utf-8")
    code, out, _ = run("brief.txt")
    assert code == 1
    assert "brief.txt (tekst): dreigend, jargon" in out
    assert "Beste heer Bakker, dat is tevens fraude.\n" in out
    assert '- jargon: "tevens": Dit is taal van kantoor of wet. Liever: ook.' in out
    assert '- dreigend: "fraude":' in out


def test_what_is_wrong_with_the_whole_text(run):
    code, out, _ = run(BAD / "leesbaarheid.lange_woorden.txt")
    assert code == 1
    assert "De hele tekst:\n  - leesbaarheid:" in out
    assert re.search(r"leesbaarheid\s+-\d+,\d\s+min\. 70\s+niet goed", out)


def test_a_text_that_is_typed(run):
    assert run("-", typed=b"Bel ons gerust. Wij helpen u.")[0] == 0
    assert run("-", typed=b"Kees woont bij u.")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "typed", "message"),
    [
        (("bestaat_niet",), b"", "no such message or file"),
        ((".",), b"", "no such message or file"),
        (("-",), b"  \n", "There is no text"),
        (("-",), b"\xff\xfe\x00geheim", "no plain text"),
    ],
)
def test_what_can_not_be_read_ends_with_exit_code_2(run, arguments, typed, message):
    code, out, err = run(*arguments, typed=typed)
    assert (code, out) == (2, "")
    assert message in err
    assert "geheim" not in err


def test_the_settings_of_the_work_folder_stand_in_the_messages(run, tmp_path):
    hours = "elke dag, behalve op de dagen dat wij dicht zijn, tot 17.00 uur"
    (tmp_path / "tijdig.toml").write_text(f'[huis]\nopeningstijden = "{hours}"\n')
    code, out, _ = run("kostendeler_erbij")
    assert code == 1
    assert f"Dat kan van {hours}.\n  - zin_lang: Deze zin heeft 16 woorden." in out
    assert run("kostendeler_erbij", "--map", tmp_path / "elders")[0] == 0
