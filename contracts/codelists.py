"""Code lists of registers and of the dienst: which codes exist, what they mean, and whether the list is closed."""

from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict

from contracts.parameters import Status


class CodeList(BaseModel):
    """One list.

    An unknown code of a closed list is a fault. Of an open list only some codes are known: another is kept as it
    is and counted, and nothing is concluded from it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    naam: str
    bron: str
    gesloten: bool
    status: Status
    codes: dict[str, str]


@cache
def code_lists() -> dict[str, CodeList]:
    """Every code list by its name."""
    text = resources.files("contracts").joinpath("codelijsten.yaml").read_text(encoding="utf-8")
    return {found.naam: found for found in map(CodeList.model_validate, yaml.safe_load(text))}
