"""The record of an algorithm in the Algoritmeregister (standard 1.0): its fields, and what holds of each."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final, Literal, NamedTuple
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

Soort = Literal["tekst", "keuze", "keuzes", "verwijzingen", "maand", "adres", "contact"]
Verwijzing = dict[Literal["title", "link"], str]
Waarde = str | list[str] | list[Verwijzing]
Record = Mapping[str, Waarde]
_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class Veld(BaseModel):
    """One field: what it is called, its form, how long it may be, and whether it must be filled in plain language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    titel: str
    soort: Soort
    hoogstens: int | None = None
    verplicht: bool = False
    b1: bool = False
    waarden: tuple[str, ...] = ()


class Fout(NamedTuple):
    """What does not fit: the field, and in Dutch why."""

    veld: str
    waarom: str


@cache
def velden() -> Mapping[str, Veld]:
    """Every field, in the order of the standard."""
    text = resources.files("contracts").joinpath("algoritmeregister.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Veld]).validate_python(yaml.safe_load(text))


def fouten(record: Record) -> Iterator[Fout]:
    """All that does not fit in a record, field by field; a field without a value is not in it."""
    for name in record.keys() - velden().keys():
        yield Fout(name, "staat niet in de standaard")
    for name, veld in velden().items():
        value = record.get(name)
        if value is None:
            if veld.verplicht:
                yield Fout(name, "ontbreekt, en is verplicht")
        else:
            yield from (Fout(name, why) for why in _of_one(veld, value))
    if record.get("status") == "In gebruik" and "begin_date" not in record:
        yield Fout("begin_date", "ontbreekt, en hoort bij een algoritme dat in gebruik is")
    if record.get("status") != "Buiten gebruik" and "end_date" in record:
        yield Fout("end_date", "hoort alleen bij een algoritme dat buiten gebruik is")


def _of_one(veld: Veld, value: Waarde) -> Iterator[str]:
    if isinstance(value, str):
        yield from _of_text(veld, value)
    elif veld.soort == "keuzes":
        yield from (f"{one!r} is geen keuze" for one in value if one not in veld.waarden)
    elif veld.soort == "verwijzingen":
        yield from (why for one in value for why in _of_reference(one))
    else:
        yield "is een lijst, en moet tekst zijn"


def _of_text(veld: Veld, value: str) -> Iterator[str]:
    if veld.soort in ("keuzes", "verwijzingen"):
        yield "is tekst, en moet een lijst zijn"
        return
    if not value.strip():
        yield "is leeg"
    if veld.hoogstens is not None and len(value) > veld.hoogstens:
        yield f"is {len(value)} tekens lang; {veld.hoogstens} mag"
    if veld.soort == "keuze" and value not in veld.waarden:
        yield f"is geen van: {', '.join(veld.waarden)}"
    if veld.soort == "maand" and not _MONTH.fullmatch(value):
        yield "is geen maand, zoals 2026-01"
    if veld.soort == "adres" and not _is_address(value):
        yield "is geen adres dat met https:// begint"
    if veld.soort == "contact" and not (_is_address(value) or _EMAIL.fullmatch(value)):
        yield "is geen e-mailadres, en geen adres dat met https:// begint"


def _of_reference(one: str | Verwijzing) -> Iterator[str]:
    if isinstance(one, str) or one.keys() - {"title", "link"} or not one.get("title"):
        yield "heeft een verwijzing zonder titel, of met iets anders erbij"
    elif "link" in one and not _is_address(one["link"]):
        yield f"verwijst bij {one['title']!r} niet naar een adres dat met https:// begint"


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and not re.search(r"\s", value)
