"""The warm transfer: whom a consulent calls, with the inwoner, in another gemeente that takes part. No data go."""

from flows.gemeenten.settings import GEMEENTEN_FILE, Together
from flows.settings import Workplace


def transfers(work: Workplace) -> tuple[tuple[str, str], ...]:
    """Gemeentecode and whom to call there, for each other one that takes part; empty where this one does not.

    It is read from the ``gemeenten.toml`` above the work folder, so that a night finds the same however it was started.

    Raises:
        SettingsError: that file does not fit.
    """
    here = work.folder.resolve()
    for folder in here.parents:
        file = Together(folder / GEMEENTEN_FILE)
        if file.file.is_file():
            own = [one for one in file.members if one.work.folder.resolve() == here]
            if own and own[0].gemeente.warme_overdracht:
                return tuple(
                    (code, str(other.gemeente.contact))
                    for other in file.members if other is not own[0] and other.gemeente.contact
                    for code in other.gemeente.codes
                )  # fmt: skip
            return ()
    return ()
