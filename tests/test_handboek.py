"""The documents for who works with Tijdig: each command in them is there, with its options, and each picture and link."""

import re
import shlex
import struct
import tomllib
from pathlib import Path

import pytest

from contracts.outcome import UITKOMST_ZIN, Uitkomst
from flows.gemeenten.settings import Gemeenten
from flows.settings import Settings
from tests.commands import NoSuchCommandError, require_command

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
HANDBOOK = sorted((DOCS / "handboek").glob("*.md"))
#: Every page with commands that somebody may take over.
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md")), *HANDBOOK]
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def commands(text):
    """What comes after ``tijdig`` in each line of each block for a shell."""
    for kind, block in BLOCK.findall(text):
        for line in block.splitlines() if kind == "sh" else []:
            words = shlex.split(line, comments=True)
            if words[:1] == ["tijdig"]:
                yield words[1:]


ALL = [pytest.param(words, id=f"{path.stem}: {' '.join(words)}") for path in PAGES for words in commands(path.read_text(encoding="utf-8"))]  # fmt: skip


@pytest.mark.parametrize("words", ALL)
def test_every_command_is_there_with_its_options(words):
    require_command(words)


def test_there_are_commands():
    assert len(ALL) > 60


@pytest.mark.parametrize(
    "wrong",
    [
        "run --kaart x",
        "bestaatniet",
        "signaal",
        "worklist bestaatniet",
        "shadow --van 2026-11-02",
        "run --peildatum gisteren",
        "notices vrijgeven --al-verstuurd x.txt",
    ],
)
def test_a_command_that_is_not_there_would_be_seen(wrong):
    with pytest.raises(NoSuchCommandError):
        require_command(wrong.split())


def anchors(path):
    """The anchors of the headings of a page, as GitHub makes them."""
    heads = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", [*HANDBOOK, DOCS / "upgraden.md"], ids=lambda path: path.stem)
def test_every_link_and_picture_is_there_and_a_picture_is_described(path):
    text = path.read_text(encoding="utf-8")
    for described, target in re.findall(r"(!\[[^\]]*|)\]\(([^)]+)\)", text):
        name, _, anchor = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        assert found.exists(), target
        if anchor:
            assert anchor in anchors(found), target
        if described.startswith("!"):
            assert len(described) > len("![a few words"), target


def test_pictures_are_small_and_each_is_used_or_made():
    script = (DOCS / "plaatjes" / "maak.py").read_text(encoding="utf-8")
    shown = set(re.findall(r"plaatjes/([\w-]+\.\w+)", "".join(path.read_text(encoding="utf-8") for path in HANDBOOK)))
    for name in shown:
        picture = DOCS / "plaatjes" / name
        assert f'"{picture.stem}"' in script, f"{name} is not made by maak.py"
        assert picture.stat().st_size < 100_000
        if picture.suffix == ".png":
            width, _ = struct.unpack(">II", picture.read_bytes()[16:24])
            assert width <= 1200


def test_settings_in_it_are_settings():
    text = (DOCS / "handboek" / "beheerder.md").read_text(encoding="utf-8")
    own, written = [tomllib.loads(block) for kind, block in BLOCK.findall(text) if kind == "toml"]
    assert set(Settings.model_validate(own).teams) == {"Noord"}
    assert set(Gemeenten.model_validate(written).gemeente) == {"eigendorp", "buurdorp"}
    named = set(re.findall(r"`(\w+_\w+)`", text)) - {"pg_dump"}
    assert named <= set(Settings.model_fields)


def test_the_handbook_of_the_consulent_names_each_outcome_as_the_page_does():
    text = (DOCS / "handboek" / "consulent.md").read_text(encoding="utf-8")
    for uitkomst in Uitkomst:
        assert f"| {UITKOMST_ZIN[uitkomst]} |" in text


def test_the_terms_in_it_are_those_of_the_settings():
    text = (DOCS / "handboek" / "consulent.md").read_text(encoding="utf-8")
    settings = Settings()
    assert (settings.afgerond_dagen, "na zestig dagen" in text) == (60, True)
    assert (settings.geen_gevolg_dagen, "een jaar niets" in text) == (365, True)
    assert (settings.werklijst.uitstel_dagen, "hoogstens negentig dagen" in text) == (90, True)
    assert (settings.werklijst.inactief_minuten, "half uur" in text) == (30, True)
    assert (settings.werklijst.te_lang_dagen, "twee weken" in text) == (14, True)
