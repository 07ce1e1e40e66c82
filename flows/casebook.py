"""Which casebook is used, by nights and pages alike: a file in the work folder, or PostgreSQL by the settings."""

import sqlalchemy as sa

from contracts.errors import CasebookError
from flows.secret import secret
from flows.settings import Workplace
from store.casebook import Casebook

_DRIVER = "postgresql+psycopg"


def open_casebook(work: Workplace) -> Casebook:
    """The casebook of a work folder; it is made where there is none.

    Raises:
        CasebookError: it can't be opened, or another release made it.
    """
    url = postgresql(work)
    return Casebook.at(work.casebook) if url is None else Casebook(url)


def kept_casebook(work: Workplace) -> Casebook:
    """The casebook that nights have written.

    Raises:
        CasebookError: there is none, or as ``open_casebook``.
    """
    if not has_casebook(work):
        raise CasebookError(
            "No night was run here.", where=work.casebook, todo="Give the work folder of the nights: --map."
        )
    return open_casebook(work)


def has_casebook(work: Workplace) -> bool:
    """Whether a casebook was made here before."""
    return work.casebook.exists() if work.settings.werklijst.database is None else True


def postgresql(work: Workplace) -> str | None:
    """The address of the database with its password; None = the casebook is a file.

    Raises:
        SettingsError: its password can't be read.
    """
    said = work.settings.werklijst.database
    if said is None:
        return None
    url = sa.make_url(said).set(drivername=_DRIVER)
    if password := secret("werklijst_database_wachtwoord"):
        url = url.set(password=password)
    return url.render_as_string(hide_password=False)
