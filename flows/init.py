"""``tijdig init``: the work folder of a gemeente, with a ``tijdig.toml`` that explains every setting.

What is said of a setting is in ``instellingen.yaml``; its default is that of ``Settings``, so the two can't differ.
"""

import json
import os
import textwrap
import types
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Final, Union, get_args, get_origin

import typer
import yaml
from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from rich.console import Console

from contracts.errors import SettingsError
from flows.settings import SETTINGS_FILE, Settings, Workplace
from notifications.channels import kinds, settings_of

console = Console()
#: Folders of a work folder and who may do what there. A supplier puts a delivery in by the group of its folder, of
#: which new files get the group too; nobody else can look into any of them.
FOLDERS: Final[Mapping[str, int]] = {
    "leveringen": 0o2770, "postbewijzen": 0o2770, "gegevens": 0o700, "uitvoer": 0o750,
}  # fmt: skip
_WORK_MODE, _SETTINGS_MODE = 0o750, 0o640
_WIDTH = 110
_HEAD = """\
Instellingen van een gemeente. Tijdig leest dit bestand bij elke nacht en als de werklijst begint.
Een regel met # en een spatie is uitleg. Een regel met # zonder spatie is een instelling met haar standaardwaarde,
of met een voorbeeld: haal de # weg en verander de waarde als de dienst iets anders wil. Doe dat ook bij de regel
met [blokhaken] erboven, als daar een # voor staat.
Hier komt nooit een geheim in: die staan onderaan. Kijk na elke verandering met: tijdig doctor"""
_SECRETS = """\
Geheimen: nooit in dit bestand. Zet ze in de omgeving, of zet in de omgeving waar het bestand staat waarin alleen dat
geheim staat: TIJDIG_<NAAM>_BESTAND=/pad/naar/bestand."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Group(_Model):
    """Settings that belong together; see the head of ``instellingen.yaml``."""

    kop: str
    tabel: str | None = None
    uitleg: str | None = None
    invullen: bool = False
    instellingen: dict[str, str] = Field(default_factory=dict)
    voorbeelden: dict[str, str] = Field(default_factory=dict)
    vrij: str = ""

    @property
    def prefix(self) -> tuple[str, ...]:
        """Where its settings are."""
        return tuple(self.tabel.split(".")) if self.tabel else ()


class Explained(_Model):
    """What ``instellingen.yaml`` says: of every setting, and of every secret by its name."""

    groepen: tuple[Group, ...]
    geheimen: dict[str, str]


@cache
def explained() -> Explained:
    """The explanation of every setting and secret."""
    text = resources.files("flows").joinpath("instellingen.yaml").read_text(encoding="utf-8")
    return Explained.model_validate(yaml.safe_load(text))


def all_settings(
    model: type[BaseModel] = Settings, prefix: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], FieldInfo]]:
    """Every setting by its path, also of what is absent until it is set; a table with free keys is one setting."""
    for name, field in model.model_fields.items():
        path = (*prefix, name)
        if path == ("kanaal",):
            for channel in sorted(kinds()):
                if (own := settings_of(channel)) is not None:
                    yield from all_settings(own, (*path, channel))
        elif (inner := _table(field.annotation)) is not None:
            yield from all_settings(inner, path)
        else:
            yield path, field


def _table(annotation: object) -> type[BaseModel] | None:
    """The model of a setting that is a table itself, also where it may be left out."""
    options = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else (annotation,)
    return next((one for one in options if isinstance(one, type) and issubclass(one, BaseModel)), None)


def settings_text(given: Mapping[str, object] | None = None) -> str:
    """A settings file in which every setting stands with what it means; ``given`` are settings of the top."""
    known = dict(all_settings())
    lines = [*_comment(_HEAD.replace("\n", " ")), ""]
    for group in explained().groepen:
        lines += [*_group(group, known, given or {}), ""]
    lines += _comment(_SECRETS.replace("\n", " "))
    for name, meaning in explained().geheimen.items():
        lines += _comment(f"TIJDIG_{name.upper()}: {meaning}", then="    ")
    return "\n".join(lines) + "\n"


def _group(group: Group, known: Mapping[tuple[str, ...], FieldInfo], given: Mapping[str, object]) -> Iterator[str]:
    yield f"# --- {group.kop} ".ljust(_WIDTH, "-")
    if group.uitleg:
        yield from _comment(group.uitleg)
    if group.tabel:
        yield f"{'' if _is_there(group.prefix) else '#'}[{group.tabel}]"
    for name, meaning in group.instellingen.items():
        value = _written(group, name, known[*group.prefix, name], given)
        yield from _comment(meaning)
        yield f"{'' if group.invullen else '#'}{name} = {value}"
    for line in group.vrij.splitlines():
        yield f"#{line}"


def _is_there(prefix: Sequence[str]) -> bool:
    """Whether the settings hold this table by themselves; one that is absent would be half set up by its heading."""
    found: object = Settings()
    for name in prefix:
        found = found.get(name) if isinstance(found, dict) else getattr(found, name)
        if found is None:
            return False
    return True


def _written(group: Group, name: str, field: FieldInfo, given: Mapping[str, object]) -> str:
    if group.tabel is None and name in given:
        return toml_of(given[name])
    default = field.default
    if default is None or default is PydanticUndefined:
        return group.voorbeelden.get(name, '""')
    return toml_of(default)


def toml_of(value: Any) -> str:  # noqa: ANN401 - whatever a setting holds
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml_of, value))}]"
    return str(value) if isinstance(value, (int, float)) else json.dumps(str(value), ensure_ascii=False)


def _comment(text: str, then: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="# ", subsequent_indent=f"# {then}", break_on_hyphens=False)


def make_folders(work: Workplace) -> list[Path]:
    """Make the work folder and what is in it; what is there already stays as it is, rights and all."""
    made = []
    for path, mode in ((work.folder, _WORK_MODE), *((work.folder / name, mode) for name, mode in FOLDERS.items())):
        if not path.exists():
            path.mkdir(parents=True)
            path.chmod(mode)  # mkdir heeds the umask
            made.append(path)
    return made


def init(
    map_: Annotated[Path, typer.Option("--map", help="De werkmap die gemaakt wordt.", file_okay=False)] = Path(),
    gemeente: Annotated[str | None, typer.Option(help="Hoe de gemeente of de dienst heet.")] = None,
    werkgebied: Annotated[list[str] | None, typer.Option(help="Een gemeentecode van vier cijfers; mag vaker.")] = None,
) -> None:
    """Maak een werkmap met alles wat een gemeente kan instellen, elk met uitleg. Verandert nooit iets dat er al is.

    Voorbeeld: [bold]tijdig init --map /srv/tijdig/eigendorp --gemeente Eigendorp --werkgebied 9901[/bold]
    """
    work = Workplace(map_)
    given: dict[str, Any] = {"gemeente": gemeente, "werkgebied": werkgebied}
    given = {name: value for name, value in given.items() if value}
    # What was given must fit before anything is made.
    Settings.checked(given, where="--gemeente, --werkgebied")
    path = work.folder / SETTINGS_FILE
    if path.exists():
        raise SettingsError(
            "This gemeente has its settings already.", where=path,
            todo="Change that file; or choose another folder with --map.",
        )  # fmt: skip
    text = settings_text(given)
    made = make_folders(work)
    _write_new(path, text)
    for one in (*made, path):
        _say(f"Gemaakt: {one}")
    option = "" if map_ == Path() else f" --map {map_}"
    _say(
        "",
        f"Wat nu? 1. Lees {path} en vul in wat van de dienst zelf is: gemeente, werkgebied en [huis].",
        "        2. Zet de eerste leveringen klaar in leveringen/ (docs/contracten.md).",
        f"        3. Kijk of alles goed staat: tijdig doctor{option}",
        "Het handboek voor de beheerder: docs/handboek/beheerder.md",
    )


def _write_new(path: Path, text: str) -> None:
    """Write a file that must not be there yet: two that begin at once can't overwrite each other."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _SETTINGS_MODE), "w", encoding="utf-8") as file:
        file.write(text)


def _say(*lines: str) -> None:
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
