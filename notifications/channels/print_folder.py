"""Letters ready to print: a folder with a PDF a letter and a manifest, published in two phases.

Wherever a run is killed, the same call again leaves each letter there exactly once. One process at a time
may write a folder.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from contracts.notice import Kenmerk, NoticeError
from notifications import files

MANIFEST = "manifest.jsonl"
_OURS = re.compile(r"manifest\.jsonl(\.nieuw)?|N-[0-9A-Z]{6,20}\.pdf")


class PrintedLetter(BaseModel):
    """A letter as it goes to the printer. ``bericht`` and ``versie`` say which text it is."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    kenmerk: Kenmerk
    pdf: Annotated[bytes, Field(repr=False)]
    postcode: Annotated[str, Field(repr=False, pattern=r"^[1-9]\d{3} ?[A-Za-z]{2}$")]
    bericht: str
    versie: str
    paginas: Annotated[int, Field(ge=1)] = 1

    @property
    def bestand(self) -> str:
        """The file's name: nothing but the opaque reference."""
        return f"{self.kenmerk}.pdf"

    @property
    def sha256(self) -> str:
        """The hash of the PDF, as in the manifest."""
        return hashlib.sha256(self.pdf).hexdigest()

    def manifest_line(self) -> str:
        """What the printer may know of this letter.

        Of the postcode only the digits, to sort the post by: with its letters it can point at one household.
        """
        line = {
            "kenmerk": self.kenmerk, "bestand": self.bestand, "sha256": self.sha256,
            "paginas": self.paginas, "postcodegebied": self.postcode[:4],
            "bericht": self.bericht, "versie": self.versie,
        }  # fmt: skip
        return json.dumps(line, ensure_ascii=False)


def publish(folder: Path, letters: Iterable[PrintedLetter]) -> Path:
    """Make ``folder`` hold exactly ``letters`` and their manifest.

    Args:
        folder: the folder the printer reads; what an earlier call put there is replaced.
        letters: the whole set, without those that were withdrawn or posted; the same letter twice is one.

    Returns:
        ``folder``.

    Raises:
        NoticeError: two different letters have one kenmerk, or the folder holds a file that is not ours (a
            receipt of the printer), so it may have been posted and is not replaced.
    """
    content = _content(letters, folder)
    files.recover(folder)
    if _holds(folder, content):
        return folder
    if _strangers(folder):
        raise NoticeError(
            "The folder holds a file that Tijdig did not write, so it may have been picked up.", where=folder,
            todo="Move the folder away after posting, then run again.",
        )  # fmt: skip
    files.replace_folder(folder, content)
    return folder


def withdraw(folder: Path, kenmerken: Collection[str]) -> list[str]:
    """Take letters that need not be sent any more out of a folder that was not picked up yet.

    Returns:
        The kenmerken that certainly lie there no more and were not picked up, sorted; also those that an
        earlier call took out. What is not among them may have been posted: the folder or the PDF is gone, or
        the printer left a file of its own.
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
    files.replace_file(manifest, _manifest(kept))
    for kenmerk in ours:
        (folder / f"{kenmerk}.pdf").unlink(missing_ok=True)
    return ours


def lies_in(folder: Path, kenmerk: str) -> bool:
    """Whether a letter that was published lies in the folder still."""
    files.recover(folder)
    return (folder / f"{kenmerk}.pdf").exists()


def _content(letters: Iterable[PrintedLetter], folder: Path) -> dict[str, bytes]:
    """File name to bytes, manifest last."""
    by_kenmerk: dict[str, PrintedLetter] = {}
    for letter in letters:
        if by_kenmerk.setdefault(letter.kenmerk, letter) != letter:
            raise NoticeError(
                f"Two different letters have the kenmerk {letter.kenmerk}.", where=folder,
                todo="Give each letter its own kenmerk.",
            )  # fmt: skip
    ordered = [by_kenmerk[kenmerk] for kenmerk in sorted(by_kenmerk)]
    pdfs = {letter.bestand: letter.pdf for letter in ordered}
    return pdfs | {MANIFEST: _manifest(letter.manifest_line() for letter in ordered)}


def _manifest(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _read_manifest(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _holds(folder: Path, content: dict[str, bytes]) -> bool:
    """Whether every file of ``content`` lies there as it should and no other letter does."""
    if not folder.is_dir():
        return False
    ours = {path.name for path in folder.iterdir() if _OURS.fullmatch(path.name)}
    return ours == content.keys() and all((folder / name).read_bytes() == data for name, data in content.items())


def _strangers(folder: Path) -> bool:
    """Whether a file lies there that this channel did not write."""
    return folder.exists() and not all(_OURS.fullmatch(path.name) for path in folder.iterdir())
