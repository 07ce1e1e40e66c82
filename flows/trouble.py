"""What went wrong, as a beheerder reads it."""

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict

from contracts.errors import TijdigError


class Trouble(BaseModel):
    """Something that went wrong, for the beheerder: what, where and what to do."""

    model_config = ConfigDict(frozen=True)

    wat: str
    waar: str
    doen: str

    @classmethod
    def of(cls, error: TijdigError) -> Self:
        """What an error says."""
        return cls(wat=error.what, waar=Path(error.where).name, doen=error.todo)
