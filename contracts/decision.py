"""What a human said of two descriptions of a person, so that it need not be asked again."""

from pydantic import BaseModel, ConfigDict


class Decision(BaseModel):
    """The same person or not. It holds as long as both sides say the same.

    Attributes:
        volgnr: a later decision about the same pair replaces an earlier one.
        links_sleutel: of what a source names.
        rechts_sleutel: the person key in the BRP.
        inhoud: a hash of what the BRP said of that person.
        zelfde: whether they are one person.
    """

    model_config = ConfigDict(frozen=True)

    volgnr: int
    links_sleutel: str
    rechts_sleutel: str
    inhoud: str
    zelfde: bool
