"""The settings of the worklist: ``[werklijst]``, ``[werklijst.oidc]`` and ``[werklijst.postvakken]``."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from contracts.work import Rol

#: The name of a team, and how the administration knows a consulent.
Team = Annotated[str, StringConstraints(min_length=1, max_length=40)]
ConsulentId = Annotated[str, StringConstraints(min_length=1, max_length=20)]


class OidcInstellingen(BaseModel):
    """The sign-on of the dienst; its secret is ``werklijst_oidc_geheim``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    adres: Annotated[str, Field(pattern=r"^https?://\S+/\.well-known/openid-configuration$")]
    """Where it says what it is."""
    client_id: str
    claim_gebruiker: str = "sub"
    """Which claim says who somebody is, for good."""
    claim_naam: str = "name"
    claim_rollen: str = "groups"
    claim_team: str = "team"
    claim_consulent: str = "consulent_id"
    rollen: Annotated[dict[str, Rol], Field(min_length=1)]
    """What the sign-on calls a role or group, and which role that is here."""


class Werklijst(BaseModel):
    """The page of the consulenten."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    database: str | None = None
    """Where the casebook is in PostgreSQL, without a password; empty = a file in the work folder."""
    sessie_uren: Annotated[int, Field(ge=1, le=24)] = 8
    """So long somebody stays logged in at most."""
    inactief_minuten: Annotated[int, Field(ge=5, le=480)] = 30
    """And so long without doing anything."""
    te_lang_dagen: Annotated[int, Field(ge=1, le=365)] = 14
    """So many days a task may lie."""
    uitstel_dagen: Annotated[int, Field(ge=1, le=365)] = 90
    """So many days ahead a task may be postponed."""
    adres: Annotated[str, Field(pattern=r"^https://[a-z0-9.-]+(:\d+)?$")] | None = None
    """How colleagues call it: ``https://werklijst.gemeente.nl``. Empty = only this machine, for the demo."""
    oidc: OidcInstellingen | None = None
    """The sign-on; empty = accounts of the demo."""
    thema: Path | None = None
    """A folder with a ``theme.css`` of the gemeente."""
    herinnering: bool = False
    """Whether each consulent gets one e-mail on working days that says how many tasks there are."""
    postvakken: dict[ConsulentId, Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]] = Field(default_factory=dict)
    """The work e-mail address of each consulent."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.database is not None:
            _require_postgresql(self.database)
        if self.oidc is not None and self.adres is None:
            raise ValueError("a sign-on needs the address that browsers come back to: give [werklijst] adres")
        return self


def _require_postgresql(text: str) -> None:
    """Refuse what is no PostgreSQL, or holds a password.

    Raises:
        ValueError: it is, or does.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError("database is no address: write postgresql://user@host/name") from None
    if url.get_backend_name() != "postgresql":
        raise ValueError("database is not PostgreSQL: write postgresql://user@host/name, or leave it out")
    if url.password is not None or "password" in url.query:
        raise ValueError("database holds a password: give it as the secret werklijst_database_wachtwoord")
