"""Whether a night can write at all, before anything starts: Prefect would wait for its own database first, in vain."""

import os
import shutil
from pathlib import Path
from typing import Final

from flows.settings import Workplace
from store.faults import cannot_write, is_full

#: Less is no room: Prefect's own database and half of a small night. ``tijdig doctor`` wants far more.
_LEAST_BYTES: Final = 20_000_000


def require_room(work: Workplace) -> None:
    """Refuse to begin where nothing can be written.

    Raises:
        DiskError: the folder may not be written, or hardly anything is free.
    """
    folder = _there(work.casebook.parent)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise cannot_write(folder)
    if shutil.disk_usage(folder).free < _LEAST_BYTES:
        raise is_full(folder)


def _there(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next(path for path in (folder, *folder.resolve().parents) if path.is_dir())
