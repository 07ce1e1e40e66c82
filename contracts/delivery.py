"""A delivery: files of one source about one peildatum, and the manifest that travels beside them."""

import hashlib
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from contracts.errors import DeliveryError
from contracts.tables import Bron, tables_of

MANIFEST_NAME = "levering.json"


class DeliveryKind(StrEnum):
    """``VOLLEDIG``: everybody is in it, so who is absent is gone. ``MUTATIES``: who is absent did not change."""

    VOLLEDIG = "volledig"
    MUTATIES = "mutaties"


class DeliveredFile(BaseModel):
    """One file of a delivery: which table it holds, how many data rows, and its sha256."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tabel: str
    bestand: Annotated[str, Field(pattern=r"^[^/\\]+$", max_length=200)]
    rijen: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(BaseModel):
    """``levering.json``: what the supplier says this delivery is.

    ``peildatum`` is the day the data speak of, ``geleverd_op`` when they were handed over; the two are kept
    apart everywhere.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    bron: Bron
    peildatum: date
    geleverd_op: datetime
    soort: DeliveryKind
    bestanden: Annotated[tuple[DeliveredFile, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_table_once(self) -> Self:
        wanted = sorted(table.name for table in tables_of(self.bron))
        given = sorted(file.tabel for file in self.bestanden)
        if given != wanted:
            missing = sorted(set(wanted) - set(given))
            raise ValueError(f"a delivery of {self.bron} holds each of {wanted} once; missing here: {missing}")
        return self

    @property
    def levering_id(self) -> str:
        """The same for the same content: bron, peildatum and a hash of the manifest.

        ``geleverd_op`` does not count: handing over the same files again is the same delivery.
        """
        content = [self.bron, self.peildatum.isoformat(), self.soort]
        content += sorted(f"{file.tabel}:{file.sha256}" for file in self.bestanden)
        digest = hashlib.sha256("|".join(content).encode()).hexdigest()[:12]
        return f"{self.bron}-{self.peildatum.isoformat()}-{digest}"

    @property
    def rijen(self) -> int:
        """Data rows over all files, as the supplier counted them."""
        return sum(file.rijen for file in self.bestanden)


class Delivery(BaseModel):
    """A manifest and the folder its files lie in."""

    model_config = ConfigDict(frozen=True)

    folder: Path
    manifest: Manifest

    def path(self, file: DeliveredFile) -> Path:
        """Where ``file`` lies."""
        return self.folder / file.bestand


def read_manifest(path: Path) -> Delivery:
    """Read ``levering.json`` (or the folder that holds it).

    Raises:
        DeliveryError: the manifest is missing, is no JSON, or does not say what it must.
    """
    if path.is_dir():
        path = path / MANIFEST_NAME
    if not path.is_file():
        raise DeliveryError(
            "Manifest is missing.", where=path,
            todo=f"Ask the supplier for {MANIFEST_NAME} beside the files, or name the right folder.",
        )  # fmt: skip
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        # Only places and messages: the input itself could hold a value of a person.
        found = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'manifest'}: {e['msg']}"
            for e in error.errors(include_url=False, include_input=False, include_context=False)
        )
        raise DeliveryError(
            f"Manifest does not fit: {found}.", where=path, todo="Correct the manifest or ask for a new one."
        ) from None
    return Delivery(folder=path.parent, manifest=manifest)


def write_manifest(folder: Path, manifest: Manifest) -> Path:
    """Write ``levering.json`` into ``folder`` and return its path."""
    path = folder / MANIFEST_NAME
    path.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return path


def describe_file(table: str, path: Path, rows: int) -> DeliveredFile:
    """The manifest line of a file that was just written."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return DeliveredFile(tabel=table, bestand=path.name, rijen=rows, sha256=digest)
