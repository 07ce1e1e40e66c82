"""``[openklant]`` in the settings: where Open Klant is, and who gets its tasks."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

#: An open line is only for this machine.
_ADRES = r"^(https://\S+[^/\s]|http://(localhost|127\.0\.0\.1)(:\d+)?(/\S*[^/\s])?)$"
_Code = Annotated[str, Field(min_length=1, max_length=200)]


class Actor(BaseModel):
    """Somebody who gets tasks, by the four codes that tell actors apart, and how they are called there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    identificator: _Code
    naam: _Code
    code_objecttype: _Code
    code_register: _Code
    code_soort_object_id: _Code


class Eenheid(Actor):
    """The department (``afd``) or group (``grp``) that gets every task."""

    code_objecttype: Literal["afd", "grp"] = "afd"
    code_register: _Code = "obj"
    code_soort_object_id: _Code = "idf"


class Medewerker(Actor):
    """A consulent as Open Klant knows them."""

    code_objecttype: _Code = "mdw"
    code_register: _Code = "msei"
    code_soort_object_id: _Code = "email"


class OpenKlant(BaseModel):
    """``[openklant]``; the token is the secret ``openklant_sleutel``.

    Attributes:
        adres: where the Klantinteracties API is, up to and with its version.
        werklijst_adres: where our own worklist is: each task there links to its page here.
        eenheid: the department or group of every task.
        medewerkers: consulent_id -> who that is there; who is not named gets no task by name.
        code_register: how Open Klant knows our register of tasks; with another one every task would be new there.
        kanaal: by which kanaal a contact came; a gemeente can hold those to a list of its own.
        nummers_vanaf: the first number of our range; no other application may use numbers from here on.
        wacht_seconden: so long an answer may take.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    adres: Annotated[str, Field(pattern=_ADRES)]
    werklijst_adres: Annotated[str, Field(pattern=_ADRES, max_length=500)]
    eenheid: Eenheid
    medewerkers: dict[str, Medewerker] = Field(default_factory=dict)
    code_register: _Code = "tijdig"
    kanaal: Annotated[str, Field(min_length=1, max_length=50)] = "overig"
    nummers_vanaf: Annotated[int, Field(ge=1, le=9_000_000_000)] = 7_000_000_001
    wacht_seconden: Annotated[float, Field(gt=0, le=60)] = 30.0
