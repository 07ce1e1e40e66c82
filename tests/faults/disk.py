"""A disk of a few megabytes, filled and emptied at will; it needs a machine on which a test may mount one."""

import os
import resource
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

#: More than any disk here holds.
_MOST = 64 * 1024
_NOBODY = 65_534


class SmallDisk:
    """A tmpfs, so many kB large.

    Attributes:
        folder: where it is mounted.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._ballast = folder / "ballast"

    def resize(self, kilobytes: int):
        """Give it another size."""
        self._remount(f"size={kilobytes}k")

    def only_read(self):
        """Nobody may write to it from here on; nobody may have a file open there."""
        self._remount("ro")

    def may_be_written(self):
        self._remount("rw")

    def fill(self, kilobytes: int):
        """Fill it until so many kB are left."""
        with self._ballast.open("wb") as file:
            while (free := self._free() - kilobytes) > 0:
                file.write(bytes(free * 1024))
                file.flush()

    def make_room(self):
        """Take away what filled it."""
        self._ballast.unlink(missing_ok=True)

    def _free(self) -> int:
        there = os.statvfs(self.folder)
        return there.f_bavail * there.f_frsize // 1024

    def _remount(self, how: str):
        subprocess.run(["mount", "-o", f"remount,{how}", self.folder], check=True, capture_output=True)


@contextmanager
def small_disk(folder: Path, kilobytes: int = _MOST):
    """A disk at ``folder``; skips where nothing may be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=755", "tijdig", folder]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip(
            "no disk may be mounted here: that takes Linux and root; files with a limit are tested all the same"
        )
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def files_at_most(kilobytes: int):
    """No file may grow beyond this in here, as with a quota: works for anybody, and without a disk of its own."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def nobody(folder: Path):
    """Go on as somebody who is not root, for whom the rights of files count; what is in ``folder`` is theirs."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, _NOBODY, _NOBODY)
    before = os.getegid()
    os.setegid(_NOBODY)
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(before)
