"""A lint of the image of our own: pinned, by hashes, without rights, and nothing in it that should not be."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = ROOT / "deploy" / "Containerfile"


def instructions(text):
    """(instruction, rest) of each, with lines that go on put together and comments left out."""
    whole = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    return [tuple(line.split(maxsplit=1)) for line in whole.splitlines() if line.strip()]


def faults_of(name, rest):
    """What is wrong with one instruction."""
    calls = re.findall(r"pip install [^&|;]*", rest) if name == "RUN" else []
    if any("--require-hashes" not in call and "--no-deps" not in call for call in calls):
        yield "a package without a hash"
    if re.search(r"https?://|--(extra-)?index-url|--trusted-host", rest):
        yield "an address"
    if name == "ADD" or (name == "COPY" and re.match(r"\.( |$)", rest)):
        yield "more goes in than is named"
    if name in ("ENV", "ARG") and re.search(r"WACHTWOORD|SLEUTEL|GEHEIM|TOKEN|PASSWORD|SECRET", rest):
        yield "a secret"
    if name == "RUN" and re.search(r"\bsudo\b|curl[^|]*\|", rest):
        yield "something fetched and run"


def faults(text):
    """What is wrong with a Containerfile."""
    found, steps = [], instructions(text)
    bases = [rest for name, rest in steps if name == "FROM"]
    last = max(place for place, (name, _) in enumerate(steps) if name == "FROM")
    if any(not re.match(r"python:3\.\d+\.\d+-slim-[a-z]+( AS \w+)?$", base) for base in bases):
        found.append("a base without a full version")
    users = [rest for name, rest in steps[last:] if name == "USER"]
    if not users or not re.fullmatch(r"[1-9]\d*:[1-9]\d*", users[-1]):
        found.append("runs as root, or by a name that Kubernetes can't check")
    found += [fault for name, rest in steps for fault in faults_of(name, rest)]
    if bases and len(bases) < 2:
        found.append("what builds stays in the image")
    return found


def test_nothing_is_wrong_with_it():
    assert faults(FILE.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("python:3.11.14-slim-bookworm\nRUN group", "python:latest\nRUN group"), "a base without a full version"),
        (("USER 10001:10001", "USER root"), "runs as root, or by a name that Kubernetes can't check"),
        (("USER 10001:10001\n", ""), "runs as root, or by a name that Kubernetes can't check"),
        (("--require-hashes ", ""), "a package without a hash"),
        (("--require-hashes ", "--require-hashes --index-url https://elders.example "), "an address"),
        (("COPY advice ./advice", "COPY . ."), "more goes in than is named"),
        (("ENV PATH=/opt/venv/bin:$PATH HOME", "ENV TIJDIG_SMTP_WACHTWOORD=x HOME"), "a secret"),
    ],
)
def test_what_would_be_wrong_is_seen(change, fault):
    text = FILE.read_text(encoding="utf-8")
    assert change[0] in text
    assert fault in faults(text.replace(*change))


def test_every_room_is_in_it_and_nothing_else():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    copied = {
        word
        for name, rest in instructions(FILE.read_text(encoding="utf-8"))
        if name == "COPY" and "--from" not in rest
        for word in rest.split()[:-1]
    }
    assert copied == rooms | {"LICENSE", "README.md", "prefect.yaml", "pyproject.toml", "requirements.lock"}
    assert all((ROOT / name).exists() for name in copied)
    let_through = {
        line[1:]
        for line in (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    assert let_through == copied


def test_its_python_is_one_that_is_supported():
    (version,) = {re.search(r"python:(3\.\d+)", rest)[1] for name, rest in instructions(FILE.read_text(encoding="utf-8")) if name == "FROM"}  # fmt: skip
    assert version == "3.11"
