"""A delivery: files of one source about one peildatum, and the manifest that travels beside them."""

import hashlib
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from contracts.errors import DeliveryError
from contracts.tables import Bron, tables_of

MANIFEST_NAME = "levering.json"


class DeliveryKind(StrEnum):
    """``VOLLEDIG``: everybody is in it, so who is absent is gone. ``MUTATIES``: who is absent did not change."""

    VOLLEDIG = "volledig"
    MUTATIES = "mutaties"


class Formaat(StrEnum):
    """What a file is: one table (CSV or Parquet), or a whole delivery of the BRP in a form of its own."""

    TABEL = "tabel"
    HAALCENTRAAL = "haalcentraal"
    GBAV = "gbav"


class DeliveredFile(BaseModel):
    """One file of a delivery: which table it holds, how many data rows, and its sha256.

    ``tabel`` is empty for a file that holds every table of its source; its ``rijen`` are persons.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    formaat: Formaat = Formaat.TABEL
    tabel: str | None = None
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
    geleverd_op: AwareDatetime
    soort: DeliveryKind
    bestanden: Annotated[tuple[DeliveredFile, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_table_once(self) -> Self:
        if any(file.formaat is not Formaat.TABEL for file in self.bestanden):
            if self.bron is not Bron.BRP or len(self.bestanden) > 1 or self.bestanden[0].tabel is not None:
                raise ValueError("a file with every table of the BRP stands alone, and names no table")
            return self
        given = [file.tabel or "(no table)" for file in self.bestanden]
        required = {table.name for table in tables_of(self.bron) if not table.optional}
        missing = sorted(required - set(given))
        unknown = sorted(set(given) - {table.name for table in tables_of(self.bron)})
        double = sorted({name for name in given if given.count(name) > 1})
        if missing or unknown or double:
            raise ValueError(
                f"a delivery of {self.bron} holds each of its tables once; missing {missing}, double {double}, "
                f"{len(unknown)} of another source"
            )
        return self

    @property
    def levering_id(self) -> str:
        """The same for the same content: bron, peildatum and a hash of the manifest.

        ``geleverd_op`` does not count: handing over the same files again is the same delivery.
        """
        content = f"{self.bron}|{self.peildatum.isoformat()}|{self.soort}|{self.inhoud}"
        digest = hashlib.sha256(content.encode()).hexdigest()[:12]
        return f"{self.bron}-{self.peildatum.isoformat()}-{digest}"

    @property
    def inhoud(self) -> str:
        """What the files hold, whatever day they are about: the same for the same files."""
        return "|".join(sorted(f"{file.tabel or file.formaat}:{file.sha256}" for file in self.bestanden))

    @property
    def rijen(self) -> int:
        """Data rows over all files, as the supplier counted them."""
        return sum(file.rijen for file in self.bestanden)


class Delivery(BaseModel):
    """A manifest and the folder its files lie in."""

    model_config = ConfigDict(frozen=True)

    folder: Path
    manifest: Manifest

    @property
    def moment(self) -> tuple[date, datetime]:
        """Which delivery of a source is newer: by the day it is about, then by when it was handed over."""
        return self.manifest.peildatum, self.manifest.geleverd_op

    def path(self, file: DeliveredFile) -> Path:
        """Where ``file`` lies."""
        return self.folder / file.bestand

    def remove(self) -> None:
        """Remove the files it names, then its manifest, then the folder where nothing else is in it."""
        for file in self.manifest.bestanden:
            self.path(file).unlink(missing_ok=True)
        (self.folder / MANIFEST_NAME).unlink(missing_ok=True)
        if not any(self.folder.iterdir()):
            self.folder.rmdir()


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


def describe_file(table: str | None, path: Path, rows: int, formaat: Formaat = Formaat.TABEL) -> DeliveredFile:
    """The manifest line of a file that was just written."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return DeliveredFile(formaat=formaat, tabel=table, bestand=path.name, rijen=rows, sha256=digest)
