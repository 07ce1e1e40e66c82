"""The processing activities of the dienst (AVG art. 30), each with its versions: what a line of the log names.

A log line points to one version by its URI, so what was done stays tied to the purpose and ground of that day.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

FILE = "contracts/verwerkingen.yaml"


class Activiteit(StrEnum):
    """Each activity, by its name in the file."""

    REGISTERVERGELIJKING = "registervergelijking"
    BERICHTEN = "berichten"
    CONTACT = "contact"
    KOPPELING = "koppeling"
    STEEKPROEF = "steekproef"
    EVALUATIE = "evaluatie"
    VERANTWOORDING = "verantwoording"
    RECHTEN = "rechten"
    VERNIETIGING = "vernietiging"


class Versie(BaseModel):
    """An activity as it was described from some day on; never changed.

    Attributes:
        versie: 1, 2, ...; the last one holds.
        naam: what is done, in Dutch.
        doel: what for.
        grond: the ground of the AVG.
        artikelen: the articles of the law it rests on.
        grond_status: whether a jurist saw the ground (``gezien``) or still has to (``te_bevestigen``).
        betrokkenen: about whom.
        ontvangers: who gets to see it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    versie: Annotated[int, Field(ge=1)]
    naam: str
    doel: str
    grond: str
    artikelen: tuple[str, ...]
    grond_status: Literal["gezien", "te_bevestigen"]
    betrokkenen: tuple[str, ...]
    ontvangers: tuple[str, ...]


class Verwerking(BaseModel):
    """One activity through its versions."""

    model_config = ConfigDict(frozen=True)

    activiteit: Activiteit
    versies: Annotated[tuple[Versie, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _counted(self) -> Self:
        if [one.versie for one in self.versies] != list(range(1, len(self.versies) + 1)):
            raise ValueError(f"{self.activiteit}: versions are 1, 2, ... in order")
        return self

    @property
    def nu(self) -> Versie:
        """The version that holds."""
        return self.versies[-1]

    def uri(self, register: str) -> str:
        """``dpl.core.processing_activity_id`` of the version that holds: ``<register>/<activiteit>/<versie>``."""
        return f"{register.rstrip('/')}/{self.activiteit}/{self.nu.versie}"


@cache
def verwerkingen() -> Mapping[Activiteit, Verwerking]:
    """Every activity, in the order of the file."""
    text = resources.files("contracts").joinpath("verwerkingen.yaml").read_text(encoding="utf-8")
    found = TypeAdapter(dict[Activiteit, tuple[Versie, ...]]).validate_python(yaml.safe_load(text))
    missing = set(Activiteit) - found.keys()
    if missing:
        raise ValueError(f"{FILE} lacks {', '.join(sorted(missing))}")
    return {name: Verwerking(activiteit=name, versies=versies) for name, versies in found.items()}


def verwerking(activiteit: Activiteit) -> Verwerking:
    """One activity."""
    return verwerkingen()[activiteit]
