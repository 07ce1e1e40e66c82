"""``tijdig linking`` as a beheerder uses it: what it writes, how it fails, and that it never repeats a value."""

import re
import sys
import xml.etree.ElementTree as ET

import polars as pl
import pytest

from flows.cli import main
from matching.linking import Weights
from tests.linking import town
from tests.world import bsn

COMMANDS = ("estimate", "report", "explain", "match")
#: Values of persons: none of them may come out again.
MARKED = ("Zyxwvut", "Qofirst", "3998ZQ", "77231", "19310203", "03-02-1931", bsn(77), bsn(78))
ROWS = f"""burgerservicenummer;naam;voornaam;geboortedatum;postcode;huisnummer;geslacht;naamgebruik;notitie
{bsn(77)};Zyxwvut;Qofirst;03-02-1931;3998ZQ;77231;M;Zyxwvut;Qofirst
;Zyxwvut;Qofirst;03-02-1931;3998ZQ;77231;M;E;
{bsn(78)};Zyxwvut;Qofirst;1931;3998ZQ;77231;Qofirst;;
;Willem Jansen;;;1011AA;1;;;
;;;;;;;;
"""


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run ``tijdig linking ...`` in the folder of the test; exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    register = town().drop("id")
    marked = {"burgerservicenummer": bsn(77), "voornamen": "Qofirst", "geslachtsnaam": "Zyxwvut",
              "geboortedatum": "19310203", "geslachtsaanduiding": "M", "postcode": "3998ZQ", "huisnummer": "77231"}  # fmt: skip
    pl.concat([register, pl.DataFrame([marked])], how="diagonal").write_csv("register.csv")
    (tmp_path / "rijen.csv").write_text(ROWS)

    def ran(*arguments):
        monkeypatch.setattr(sys, "argv", ["tijdig", "linking", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return ended.value.code or 0, out, err

    return ran


BOTH = ("--register", "register.csv", "--rijen", "rijen.csv")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_dutch_and_fits_eighty_columns(run, command):
    code, out, _ = run(command, "--help")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert code == 0
    assert "Voorbeeld: tijdig linking" in plain
    assert max(map(len, plain.splitlines())) <= 80


def test_help_of_match_says_what_every_band_means(run):
    _, out, _ = run("match", "--help")
    for band in ("exact:", "automatisch:", "controleren:", "geen:"):
        assert band in out


def test_match_writes_a_row_for_each_row(run, tmp_path):
    code, out, err = run("match", *BOTH, "--uit", "uit.csv")
    assert (code, err) == (0, "Niet gebruikt uit rijen.csv: notitie.\n")
    assert out == "exact 1, automatisch 2, controleren 1, geen 1; geschreven: uit.csv\n"
    lines = (tmp_path / "uit.csv").read_text().splitlines()
    assert lines[0] == "rij;band;register_rij;gewicht;tweede_rij;tweede_gewicht;marge;kans;wacht;uitleg"
    assert [line.split(";")[1] for line in lines[1:]] == ["exact", "automatisch", "automatisch", "controleren", "geen"]


def test_estimate_writes_weights_that_can_be_used_a_report_and_a_chart(run, tmp_path):
    options = ("--versie", "proef-1", "--uit", "proef.yaml", "--datum", "2026-01-02")
    code, out, _ = run("estimate", *BOTH, *options)
    assert (code, out) == (0, "1 geverifieerde rijen; geschreven: proef.yaml, proef.md en proef.svg\n")
    made = Weights.load(tmp_path / "proef.yaml")
    assert (made.versie, made.datum.isoformat(), made.aantallen.geverifieerd) == ("proef-1", "2026-01-02", 1)
    assert made.herkomst == "register.csv en rijen.csv, zaad 1"
    assert "](proef.svg)" in (tmp_path / "proef.md").read_text()
    assert ET.fromstring((tmp_path / "proef.svg").read_text()).get("role") == "img"
    before = (tmp_path / "proef.yaml").read_bytes()
    assert run("estimate", *BOTH, *options)[0] == 0
    assert (tmp_path / "proef.yaml").read_bytes() == before, "byte for byte"
    assert run("match", *BOTH, "--uit", "uit.csv", "--gewichten", "proef.yaml")[0] == 0


def test_report_shows_passes_bands_and_groups(run, tmp_path):
    code, out, _ = run("report", *BOTH)
    assert code == 0
    for heading in ("# Koppelen: gewichten 2026-1", "## Trechter", "## Uitkomst", "## Per groep"):
        assert heading in out
    assert "| naamgebruik | onbekend |" in out
    assert run("report", *BOTH, "--uit", "koppelen.md")[1] == "Geschreven: koppelen.md en koppelen.svg\n"
    assert "](koppelen.svg)" in (tmp_path / "koppelen.md").read_text()
    assert (tmp_path / "koppelen.svg").exists()


def test_explain_tells_the_levels_their_sum_and_what_became_of_the_row(run, tmp_path):
    code, out, _ = run("explain", 2, 11, *BOTH, "--svg", "waterval.svg")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "   -13,3  kans vooraf", "one in ten thousand"
    shown = [float(line.split()[0].replace(",", ".")) for line in lines[:8]]
    assert sum(shown) == pytest.approx(float(lines[8].split()[0].replace(",", ".")), abs=0.5)
    assert lines[8].endswith("samen")
    assert lines[9:] == ["Beste andere kandidaat: geen", "De rij is automatisch gekoppeld aan deze persoon."]
    assert ET.fromstring((tmp_path / "waterval.svg").read_text()).get("role") == "img"
    assert run("explain", 1, 1, *BOTH)[1].splitlines()[-1] == (
        "De rij is gekoppeld aan rij 11 van het register: het BSN klopt."
    )
    assert run("explain", 5, 1, *BOTH)[1].splitlines()[-1] == "De rij is aan niemand gekoppeld."


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("match", "--register", "nergens.csv", "--rijen", "rijen.csv", "--uit", "uit.csv"), "can't be opened"),
        (("match", "--register", "register.csv", "--rijen", ".", "--uit", "uit.csv"), None),
        (("match", *BOTH, "--uit", "nergens/uit.csv"), "can't be written"),
        (("match", *BOTH, "--uit", "rijen.csv"), "replace what it is made of"),
        (("match", *BOTH, "--uit", "uit.csv", "--gewichten", "1999-1"), "No usable linking weights"),
        (("match", "--register", "anders.csv", "--rijen", "rijen.csv", "--uit", "uit.csv"), "share no column"),
        (("match", "--register", "register.csv", "--rijen", "zonder_kop.csv", "--uit", "uit.csv"), "No column has a name"),
        (("match", "--register", "register.csv", "--rijen", "scheef.csv", "--uit", "uit.csv"), "on line 3"),
        (("match", "--register", "register.csv", "--rijen", "leeg.csv", "--uit", "uit.csv"), "No column has a name"),
        (("report", *BOTH, "--gewichten", "register.csv"), "No usable linking weights"),
        (("report", *BOTH, "--uit", "nergens/verslag.md"), "can't be written"),
        (("explain", 99, 1, *BOTH), "There is no such row"),
        (("explain", 1, 99, *BOTH), "There is no such register person"),
        (("explain", 2, 11, *BOTH, "--svg", "nergens/w.svg"), "can't be written"),
        (("estimate", *BOTH, "--versie", "x", "--uit", "nergens/x.yaml"), "can't be written"),
        (("estimate", *BOTH, "--versie", "x", "--uit", "x.md"), "Weights are written as YAML"),
        (("estimate", "--register", "register.csv", "--rijen", "zonder_bsn.csv", "--versie", "x", "--uit", "x.yaml"), "No row has a BSN"),
        (("estimate", *BOTH, "--versie", "x", "--uit", "x.yaml", "--zaad", "-1"), None),
    ],
)  # fmt: skip
def test_what_goes_wrong_ends_with_exit_code_2_and_what_to_do(run, tmp_path, arguments, said):
    (tmp_path / "anders.csv").write_text("huisletter\nA\n")
    (tmp_path / "zonder_kop.csv").write_text(f"{bsn(77)};Zyxwvut;Qofirst\n")
    (tmp_path / "scheef.csv").write_text("naam;postcode\nZyxwvut;3998ZQ\nZyxwvut\n")
    (tmp_path / "leeg.csv").write_text("")
    (tmp_path / "zonder_bsn.csv").write_text("naam;geboortedatum\nZyxwvut;19310203\n")
    code, out, err = run(*arguments)
    assert code == 2
    flat = " ".join(err.replace("│", " ").split())
    if said is not None:
        assert said in flat
        assert "What to do:" in flat
    assert not [value for value in MARKED if value in out + err]
    assert (tmp_path / "rijen.csv").read_text() == ROWS


def test_no_value_of_a_person_comes_out_anywhere(run, tmp_path):
    made = ""
    for arguments in (
        ("estimate", *BOTH, "--versie", "x", "--uit", "x.yaml"), ("report", *BOTH),
        ("report", *BOTH, "--uit", "verslag.md"), ("match", *BOTH, "--uit", "uit.csv"),
        *(("explain", row, 11, *BOTH, "--svg", f"{row}.svg") for row in range(1, 6)),
    ):  # fmt: skip
        code, out, err = run(*arguments)
        assert code == 0
        made += out + err
    written = [path for path in tmp_path.iterdir() if path.name not in ("register.csv", "rijen.csv")]
    assert len(written) == 11
    made += "".join(path.name + path.read_text() for path in written)
    assert not [value for value in MARKED if value.lower() in made.lower()]
