"""Whether gemeenten are strictly apart: looked at before any night begins, and nothing runs where they are not.

Compared is what things are, not how they are called: a link or another name of the same server does not hide it.
"""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from itertools import combinations
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from contracts.errors import SettingsError
from flows.casebook import postgresql
from flows.gemeenten.settings import GEMEENTEN_FILE, Member
from flows.secret import secrets_in
from flows.settings import Workplace
from store.casebook.place import places

#: What each must have for itself, in its work folder.
_OWN: Final = (
    "leveringen", "gegevens", "gegevens/logboek", "gegevens/warehouse.duckdb", "gegevens/casebook.sqlite", "uitvoer",
    "postbewijzen", "tijdig.toml",
)  # fmt: skip
#: The keys by which persons are named and records are sealed: with the same one rows of two gemeenten can be joined.
_KEYS: Final = ("sleutel", "logboek_sleutel", "werklijst_sleutel")
Same = Callable[[Member], Iterable[Hashable]]


class SharedError(SettingsError):
    """Two gemeenten have something in common that each must have for itself."""

    def __init__(self, one: Member, other: Member, what: str, todo: str) -> None:
        """Name both, and what it is."""
        super().__init__(f"{one.naam} and {other.naam} share {what}: nothing was run.", where=GEMEENTEN_FILE, todo=todo)


def require_separate(members: Iterable[Member]) -> None:
    """Refuse where two gemeenten share a folder, a file, a key or a database.

    Raises:
        SharedError: two do.
    """
    pairs = list(combinations(members, 2))
    for one, other in pairs:
        if _nested(one.work.folder, other.work.folder):
            raise SharedError(one, other, "a work folder", "Give each a folder of its own, not one inside another.")
    looks: tuple[tuple[Same, str, str], ...] = (
        (
            _files,
            "a file or folder",
            "Look for a link in their work folders, a folder with secrets of both, or one `[metingen] bestand`.",
        ),
        (_keys, "a key", "Let each make its own: a key is never copied. Keep the one whose findings it names."),
        (_databases, "a database", "Give each a database, or a schema, of its own."),
    )
    for look, what, todo in looks:
        _require_apart(pairs, look, what, todo)


def _require_apart(pairs: list[tuple[Member, Member]], look: Same, what: str, todo: str) -> None:
    seen = {member.naam: frozenset(look(member)) for pair in pairs for member in pair}
    for one, other in pairs:
        if seen[one.naam] & seen[other.naam]:
            raise SharedError(one, other, what, todo)


def _nested(one: Path, other: Path) -> bool:
    first, second = one.resolve(), other.resolve()
    return first.is_relative_to(second) or second.is_relative_to(first)


def _files(member: Member) -> Iterator[Hashable]:
    """Which files and folders these are on their disks, behind any link; and where its measures go, there or not."""
    paths = [member.work.folder, *(member.work.folder / name for name in _OWN), *_key_files(member)]
    if member.geheimen:
        paths += [member.geheimen, *(member.geheimen.iterdir() if member.geheimen.is_dir() else ())]
    for path in paths:
        if path.exists():
            found = path.stat()
            yield found.st_dev, found.st_ino
    with suppress(SettingsError):  # of settings that can't be read, which stop its own night
        if (measures := Workplace(member.work.folder).settings.metingen.bestand) is not None:
            yield measures.resolve()


def _keys(member: Member) -> Iterator[str]:
    """What is in its keys, as a hash."""
    for path in _key_files(member):
        if path.is_file() and (key := path.read_bytes().strip()):
            yield hashlib.sha256(key).hexdigest()


def _key_files(member: Member) -> list[Path]:
    folders = [member.work.folder / "gegevens", *([member.geheimen] if member.geheimen else [])]
    return [folder / name for folder in folders for name in _KEYS]


def _databases(member: Member) -> Iterator[Hashable]:
    """Where its casebook is, where that is no file: what the server says of itself.

    A server that does not answer, or settings that can't be read, stop only the night of that gemeente; by then the
    same address is the same database.
    """
    try:
        with secrets_in(member.geheimen):
            url = postgresql(Workplace(member.work.folder))
    except SettingsError:
        return
    if url is None:
        return
    try:
        yield from places(url)
    except sa.exc.DBAPIError:
        yield sa.make_url(url).render_as_string(hide_password=True)
