"""The receipt (bon) of a finding: all that decided it, in a form that gives the same hash wherever it is made.

It says on which facts, by which texts of the law, dated values and settings a finding was made, and what was tested.
It holds no BSN, name or address: a row of a source is named by a hash that needs the secret of the work folder.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from contracts.finding import Finding
from contracts.law import Artikel
from contracts.parameters import Status, Used
from contracts.tables import Bron

_HOLDS = {True: "ja", False: "nee", None: "onbekend"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LawText(_Part):
    """An article, and the day of the text in which it was read."""

    artikel: str
    tekst_van: date
    status: Status

    @classmethod
    def of(cls, artikel: Artikel) -> "LawText":
        """What is known of the text of an article."""
        return cls(artikel=str(artikel), tekst_van=artikel.tekst_van, status=artikel.status)


class SourceRows(_Part):
    """Rows of one table of a source, each by a keyed hash of what it says."""

    bron: Bron
    tabel: str
    rijen: tuple[str, ...]


class Grounds(_Part):
    """What a rule decides by on a night, besides the rows: the same for each of its findings."""

    grondslagen: tuple[LawText, ...]
    waarden: tuple[Used, ...]
    """The dated values behind the columns that were read."""
    instellingen: dict[str, int | str | tuple[str, ...]]
    """The settings behind them, by the name of the parameter of the views."""


class Receipt(_Part):
    """What decided a finding, and the program that made it."""

    signaal: Finding
    gronden: Grounds
    rijen: tuple[SourceRows, ...]
    beleid: str = ""
    """The version of the policy by which was decided what to do with it, and a hash of its text."""
    programma: str
    """Told, but no part of the hash: another release that finds the same on the same grounds changes nothing."""

    def about(self, signaal: Finding, beleid: str) -> "Receipt":
        """The same for the finding as it was decided on, by this policy: with what no fact view can say tested too."""
        return self.model_copy(update={"signaal": signaal, "beleid": beleid})

    @property
    def waarden(self) -> tuple[Used, ...]:
        """Every dated value: those of the rule, and those of what the finding means in euro."""
        effect = self.signaal.effect
        return (*self.gronden.waarden, *(effect.waarden if effect else ()))

    def canonical(self) -> bytes:
        """What is hashed: JSON with sorted keys and no spaces, in UTF-8, without the program."""
        return canonical_json(self.model_dump(mode="json", exclude={"programma"}))

    @property
    def hash(self) -> str:
        """SHA-256 of ``canonical``."""
        return hashlib.sha256(self.canonical()).hexdigest()


@dataclass(frozen=True)
class Difference:
    """Where two receipts of one finding differ. ``toen`` or ``nu`` None = it was, or is, not there."""

    deel: str
    naam: str
    toen: str | None
    nu: str | None


def canonical_json(value: object) -> bytes:
    """A value as JSON that is the same for the same value.

    Raises:
        TypeError: a part of it is a float, which is not written the same everywhere, or no JSON at all.
    """
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint(value: object) -> str:
    """A short hash of a value, to name it without telling it."""
    return f"sha256:{hashlib.sha256(canonical_json(value)).hexdigest()[:16]}"


def grounds_differ(then: Grounds, now: Grounds) -> Iterator[Difference]:
    """What changed in texts of the law, settings and the dated values of a rule."""
    yield from _differ("tekst van de wet", _texts(then), _texts(now))
    yield from _differ("instelling", _shown(then.instellingen), _shown(now.instellingen))
    yield from _differ("waarde", _values(then.waarden), _values(now.waarden))


def receipts_differ(then: Receipt, now: Receipt) -> tuple[Difference, ...]:
    """Everything in which two receipts of one finding differ; nothing where their hashes are equal."""
    named = tuple(_each_difference(then, now))
    if not named and then.hash != now.hash:
        return (Difference("bon", "volgorde", then.hash, now.hash),)
    return named


def _each_difference(then: Receipt, now: Receipt) -> Iterator[Difference]:
    old, new = then.signaal, now.signaal
    yield from _differ("tekst van de wet", _texts(then.gronden), _texts(now.gronden))
    yield from _differ("instelling", _shown(then.gronden.instellingen), _shown(now.gronden.instellingen))
    yield from _differ("waarde", _values(then.waarden), _values(now.waarden))
    yield from _differ("beleid", {"versie": then.beleid}, {"versie": now.beleid})
    yield from _differ("bronrij", _rows(then), _rows(now))
    yield from _differ("feit", _shown(old.feiten), _shown(new.feiten))
    yield from _differ("getoetst", _tested(old), _tested(new))
    meanings = _differ("getoetst", _meaning(old), _meaning(new))
    yield from (one for one in meanings if one.toen is not None and one.nu is not None)
    yield from _differ("signaal", _rest(old), _rest(new))


def _differ(part: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Difference]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield Difference(part, name, old.get(name), new.get(name))


def _texts(grounds: Grounds) -> dict[str, str]:
    return {text.artikel: f"{text.tekst_van} ({text.status})" for text in grounds.grondslagen}


def _values(used: Iterable[Used]) -> dict[str, str]:
    values: dict[str, dict[str, None]] = {}
    for one in used:
        said = f"{one.waarde} sinds {one.geldig_van} ({one.artikel}, {one.status})"
        values.setdefault(one.naam, {})[said] = None
    return {name: "; ".join(said) for name, said in values.items()}


def _rows(receipt: Receipt) -> dict[str, str]:
    return {f"{rows.tabel} {row}": "gelezen" for rows in receipt.rijen for row in rows.rijen}


def _tested(finding: Finding) -> dict[str, str]:
    return {verdict.naam: _HOLDS[verdict.geldt] for verdict in finding.onderdrukkers}


def _meaning(finding: Finding) -> dict[str, str]:
    """What each suppressor that was tested stands for."""
    return {one.naam: f"{one.code}: {one.reden}" for one in finding.onderdrukkers}


def _rest(finding: Finding) -> dict[str, str]:
    dumped = finding.model_dump(mode="json", exclude={"feiten": True, "onderdrukkers": True, "effect": {"waarden"}})
    return _shown(dumped)


def _shown(values: dict[str, Any]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in values.items()
    }


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("a receipt holds no floats")
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for part in value:
            _refuse_floats(part)
