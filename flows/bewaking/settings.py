"""The settings of watching: ``[nacht]``, ``[meldingen]``, ``[waakhond]``, ``[logs]`` and ``[metingen]``."""

from datetime import time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.tables import Bron

#: A time of the day in Amsterdam, as ``05:30``.
Tijdstip = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
#: An e-mail address; an @ once, and no space or line end that could become a header.
Adres = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Nacht(_Model):
    """``[nacht]``: what a night waits for."""

    wacht_tot: Tijdstip | None = None
    """Until then it waits for deliveries of its day; empty = it waits for nothing."""
    wacht_op: tuple[Bron, ...] = ()
    """For these sources; empty = those that are expected."""
    hoogstens_dagen_oud: Annotated[int, Field(ge=0, le=31)] = 0
    """A delivery about a day that lies so long before the night is one of tonight too."""
    kijk_elke_seconden: Annotated[float, Field(gt=0, le=900)] = 30.0

    @property
    def until(self) -> time | None:
        """The deadline."""
        return None if self.wacht_tot is None else time.fromisoformat(self.wacht_tot)


class Meldingen(_Model):
    """``[meldingen]``: what the beheerder is told by mail, through ``[kanaal.smtp]``."""

    aan: tuple[Adres, ...] = ()
    """Where to; empty = nowhere."""
    herhaal_dagen: Annotated[int, Field(ge=1, le=90)] = 7
    """What is still so after so many days is told again."""


class Waakhond(_Model):
    """``[waakhond]``: by when a run must have ended well."""

    nacht_klaar: Tijdstip = "07:00"
    bezorging_klaar: Tijdstip | None = "12:00"
    """On working days, of that day; the one at the end of a night counts. Empty = nobody looks."""
    maand_klaar_dag: Annotated[int, Field(ge=0, le=28)] = 3
    """From this day of the month the evaluation of the month before must be there; 0 = nobody looks."""
    bewaartermijn_dagen: Annotated[int, Field(ge=0, le=366)] = 8
    """Within so many days what is past its term must have been destroyed; 0 = nobody looks."""


class Logs(_Model):
    """``[logs]``: what a run says of itself while it runs."""

    vorm: Literal["tekst", "json"] = "tekst"
    """``json``: a line of JSON for each step, for a machine to read."""
    waarheen: Literal["stderr", "map"] = "stderr"
    """Where those lines go: to the error output, or to ``gegevens/logs/<day>.jsonl``."""


class Metingen(_Model):
    """``[metingen]``: what a monitor reads of a run."""

    bestand: Path | None = None
    """A file that each run ends with writing, in the form of Prometheus; empty = none."""
