"""``gemeenten.toml``: which gemeenten take part, where the work folder of each is, and whom others may call there."""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from contracts.errors import SettingsError
from flows.settings import Workplace

GEMEENTEN_FILE: Final = "gemeenten.toml"
#: Where the shared service reads, beside that file.
OVERVIEWS: Final = "overzicht"
#: How a gemeente is called in runs, tables and file names: nothing of anybody can stand in it.
Naam = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")]
Code = Annotated[str, Field(pattern=r"^\d{4}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Contact(_Part):
    """Whom a consulent of another gemeente calls, together with the inwoner."""

    naam: Annotated[str, Field(min_length=2, max_length=80)]
    telefoon: Annotated[str, Field(pattern=r"^[0-9+][0-9 ()-]{2,19}$")]
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=80)] | None = None

    def __str__(self) -> str:
        """In one line."""
        return ", ".join(part for part in (self.naam, self.telefoon, self.email) if part)


def _inside(path: Path) -> Path:
    """From inside its work folder a night finds the list again."""
    if path.is_absolute() or ".." in path.parts:
        raise ValueError("a work folder is inside the folder of this file")
    return path


class Gemeente(_Part):
    """One gemeente or dienst."""

    map: Annotated[Path, AfterValidator(_inside)] | None = None
    """Its work folder, seen from the folder of this file and inside it; default a folder of its name."""
    codes: Annotated[tuple[Code, ...], Field(min_length=1)]
    """The gemeentecodes it works for, as ``werkgebied`` in its own settings."""
    geheimen: Path | None = None
    """A folder with its secrets, a file each; empty = it has none."""
    warme_overdracht: bool = False
    """Whether its consulenten hear whom to call where an inwoner moved to another one that takes part."""
    contact: Contact | None = None
    """Whom others call; empty = nobody is sent here."""


class Gemeenten(_Part):
    """What stands in the file."""

    workers: Annotated[int, Field(ge=1, le=256)] = 2
    """So many nights at the same time, each in a process of its own."""
    geheugen: Annotated[str, Field(pattern=r"^\d+(\.\d+)? ?[KMGT]i?B$")] | None = None
    """What they may use together; default what the machine has."""
    gemeente: Annotated[dict[Naam, Gemeente], Field(min_length=1)]

    @model_validator(mode="after")
    def _overviews_have_a_place(self) -> Self:
        if OVERVIEWS in self.gemeente:
            raise ValueError(f"{OVERVIEWS} is the folder of the overviews: take another name")
        return self

    @model_validator(mode="after")
    def _each_code_is_of_one(self) -> Self:
        codes = [code for one in self.gemeente.values() for code in set(one.codes)]
        if double := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"gemeentecode {', '.join(double)} stands under more than one")
        return self


@dataclass(frozen=True)
class Member:
    """A gemeente that takes part: its name, its work folder and where its secrets are."""

    naam: str
    work: Workplace
    gemeente: Gemeente
    geheimen: Path | None

    def require_codes(self) -> None:
        """Refuse where others would be told of other gemeentecodes than it works for.

        Raises:
            SettingsError: they differ, or its settings can't be read.
        """
        if set(self.gemeente.codes) != set(self.work.settings.werkgebied):
            raise SettingsError(
                "The codes of this gemeente are not those of its own settings.", where=f"{self.naam}: codes",
                todo=f"Make codes in {GEMEENTEN_FILE} and werkgebied in its tijdig.toml the same.",
            )  # fmt: skip


@dataclass(frozen=True)
class Together:
    """The gemeenten of one file."""

    file: Path

    @cached_property
    def settings(self) -> Gemeenten:
        """What the file says.

        Raises:
            SettingsError: it is not there, is no TOML, or holds something that does not fit.
        """
        try:
            return Gemeenten.model_validate(tomllib.loads(self.file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise SettingsError(
                "There is no list of gemeenten here.", where=self.file,
                todo=f"Write a {GEMEENTEN_FILE} (docs/gemeenten.md), or try `tijdig gemeenten demo`.",
            ) from None  # fmt: skip
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            raise SettingsError("The list of gemeenten is no valid TOML.", where=self.file, todo="Mend it.") from None
        except ValidationError as error:
            found = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
            raise SettingsError(
                f"The list of gemeenten does not fit: {found}.", where=self.file, todo="Mend it."
            ) from None

    @property
    def folder(self) -> Path:
        """The folder that they share: the file and the overviews are in it, and no data of anybody."""
        return self.file.parent

    @property
    def overviews(self) -> Path:
        """Where the shared service reads; nothing of any inwoner is in it."""
        return self.folder / OVERVIEWS

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Each gemeente, by name."""
        return tuple(self._member(naam, one) for naam, one in sorted(self.settings.gemeente.items()))

    def _member(self, naam: str, one: Gemeente) -> Member:
        geheimen = self.folder / one.geheimen if one.geheimen else None
        return Member(naam, Workplace(self.folder / (one.map or naam)), one, geheimen)

    def chosen(self, names: tuple[str, ...]) -> tuple[Member, ...]:
        """Those of these names; all of them without names.

        Raises:
            SettingsError: one is not in the file.
        """
        if unknown := sorted(set(names) - set(self.settings.gemeente)):
            raise SettingsError(
                f"No gemeente is called {', '.join(unknown)}.", where=self.file,
                todo="See the names with `tijdig gemeenten lijst`.",
            )  # fmt: skip
        return tuple(member for member in self.members if not names or member.naam in names)


def together(place: Path) -> Together:
    """The gemeenten of a file, or of the ``gemeenten.toml`` in a folder."""
    return Together(place / GEMEENTEN_FILE if place.is_dir() else place)
