"""Letters ready to print: a folder with a PDF a letter and a manifest, published in two phases.

Wherever a run is killed, the same call again leaves each letter there exactly once. One process at a time
may write a folder.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from contracts.message import Letter
from contracts.notice import NoticeError, Vorm
from notifications import files
from store import disk

MANIFEST = "manifest.jsonl"
NAAM = "printmap"
VORMEN: tuple[Vorm, ...] = ("brief",)
_OURS = re.compile(r"\.?manifest\.jsonl(\.nieuw)?|N-[0-9A-Z]{6,20}\.pdf")


def manifest_line(letter: Letter) -> str:
    """What the printer may know of a letter.

    Of the postcode only the digits, to sort the post by: with its letters it can point at one household.
    """
    line = {
        "kenmerk": letter.kenmerk, "bestand": _file(letter), "sha256": letter.sha256, "paginas": letter.paginas,
        "postcodegebied": letter.postcode[:4], "bericht": letter.bericht, "versie": letter.versie,
    }  # fmt: skip
    return json.dumps(line, ensure_ascii=False)


class Offered(NamedTuple):
    """What of a letter is kept when it lies in the folder."""

    sha256: str
    versie: str


def publish(folder: Path, letters: Iterable[Letter]) -> dict[str, Offered]:
    """Make ``folder`` hold exactly ``letters`` and their manifest; each is written as it comes, none is held on to.

    Args:
        folder: the folder the printer reads; what an earlier call put there is replaced.
        letters: the whole set, without those that were withdrawn or posted; the same letter twice is one.

    Returns:
        By kenmerk what lies there.

    Raises:
        NoticeError: two different letters have one kenmerk, or the folder holds a file that is not ours (a
            receipt of the printer), so it may have been posted and is not replaced.
    """
    files.recover(folder)
    offered, lines = _written(letters, files.beside(folder), folder)
    if _same(folder, lines):
        files.recover(folder)
    elif _strangers(folder):
        files.recover(folder)
        raise NoticeError(
            "The folder holds a file that Tijdig did not write, so it may have been picked up.", where=folder,
            todo="Move the folder away after posting, then run again.",
        )  # fmt: skip
    else:
        files.put_in_place(folder)
    return offered


def can_be_taken_out(folder: Path, kenmerken: Iterable[str]) -> list[str]:
    """Which of these letters lie in a folder that was not picked up yet, sorted."""
    files.recover(folder)
    if not (folder / MANIFEST).is_file() or _strangers(folder):
        return []
    return sorted(kenmerk for kenmerk in set(kenmerken) if (folder / f"{kenmerk}.pdf").exists())


def withdraw(folder: Path, kenmerken: Collection[str]) -> list[str]:
    """Take letters that need not be sent any more out of a folder that was not picked up yet.

    Returns:
        The kenmerken that lie there no more, sorted; also those that an earlier call took out, and those that a
        later set left out. What is not among them may have been posted: the folder or the PDF is gone, or the
        printer left a file of its own.
    """
    files.recover(folder)
    manifest = folder / MANIFEST
    if not manifest.is_file() or _strangers(folder):
        return []
    lines = _read_manifest(manifest)
    # In the manifest and no PDF: the printer has taken it.
    listed = {line["kenmerk"] for line in lines}
    ours = sorted(k for k in set(kenmerken) if k not in listed or (folder / f"{k}.pdf").exists())
    # The manifest first: killed in between, a second call finds a PDF that is not listed and takes it out.
    kept = [json.dumps(line, ensure_ascii=False) for line in lines if line["kenmerk"] not in ours]
    disk.put(manifest, _manifest(kept))
    for kenmerk in ours:
        (folder / f"{kenmerk}.pdf").unlink(missing_ok=True)
    return ours


def lies_in(folder: Path, kenmerk: str) -> bool:
    """Whether a letter that was published lies in the folder still."""
    files.recover(folder)
    return (folder / f"{kenmerk}.pdf").exists()


def in_manifest(folder: Path) -> dict[str, Offered]:
    """By kenmerk each letter that was published in a folder and not taken out; of no folder nothing."""
    files.recover(folder)
    manifest = folder / MANIFEST
    lines = _read_manifest(manifest) if manifest.is_file() else []
    return {line["kenmerk"]: Offered(line["sha256"], line["versie"]) for line in lines}


def _written(letters: Iterable[Letter], new: Path, folder: Path) -> tuple[dict[str, Offered], list[str]]:
    """Write each letter into a new folder, and the manifest last: what lies there, and the lines of the manifest."""
    offered: dict[str, Offered] = {}
    lines: dict[str, str] = {}
    for letter in letters:
        this = Offered(letter.sha256, letter.versie)
        known = offered.setdefault(letter.kenmerk, this)
        if known != this:
            files.recover(folder)
            raise NoticeError(
                f"Two different letters have the kenmerk {letter.kenmerk}.", where=folder,
                todo="Give each letter its own kenmerk.",
            )  # fmt: skip
        if letter.kenmerk not in lines:
            files.lay(new / _file(letter), letter.pdf)
            lines[letter.kenmerk] = manifest_line(letter)
    ordered = [lines[kenmerk] for kenmerk in sorted(lines)]
    disk.settle_all(new / f"{kenmerk}.pdf" for kenmerk in lines)
    files.write(new / MANIFEST, _manifest(ordered))
    return offered, ordered


def _file(letter: Letter) -> str:
    """The file's name: nothing but the opaque reference."""
    return f"{letter.kenmerk}.pdf"


def _manifest(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _read_manifest(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _same(folder: Path, lines: list[str]) -> bool:
    """Whether the folder holds these letters whole, its manifest says so, and no other letter lies there."""
    if not folder.is_dir():
        return False
    wanted = {line["bestand"]: line["sha256"] for line in map(json.loads, lines)}
    ours = {path.name for path in folder.iterdir() if _OURS.fullmatch(path.name)}
    if ours != {*wanted, MANIFEST} or (folder / MANIFEST).read_bytes() != _manifest(lines):
        return False
    return all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in wanted.items())


def _strangers(folder: Path) -> bool:
    """Whether a file lies there that this channel did not write."""
    return folder.exists() and not all(_OURS.fullmatch(path.name) for path in folder.iterdir())
