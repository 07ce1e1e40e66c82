"""What Open Klant answers, as far as it is read here; more in an answer does not matter, less makes it no answer."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict
from pydantic.alias_generators import to_camel


def _words(said: object) -> object:
    # A field without a value is null or empty, by generation.
    return "" if said is None else said


_Text = Annotated[str, BeforeValidator(_words)]


class _Answer(BaseModel):
    # What does not fit could repeat something of a person.
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, hide_input_in_errors=True)


class Ref(_Answer):
    """Something else there."""

    uuid: UUID


class Identificator(_Answer):
    """The four codes by which something of another register is known."""

    object_id: _Text = ""
    code_objecttype: _Text = ""
    code_register: _Text = ""
    code_soort_object_id: _Text = ""


class Onderwerp(_Answer):
    """What a klantcontact was about."""

    klantcontact: Ref | None
    onderwerpobjectidentificator: Identificator | None


class ActorThere(_Answer):
    """An actor."""

    uuid: UUID
    indicatie_actief: bool = True
    actoridentificator: Identificator | None = None


class InterneTaak(_Answer):
    """A task there."""

    uuid: UUID
    nummer: _Text = ""
    status: Literal["te_verwerken", "verwerkt"]
    afgehandeld_op: AwareDatetime | None = None
    aanleidinggevend_klantcontact: Ref
