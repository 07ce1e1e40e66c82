"""How an inwoner is called and reached: what stands on the card beside a task."""

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict


class Kaart(BaseModel):
    """A contact card; kept in the casebook for as long as a task about the inwoner is open.

    Attributes:
        naam: how they are addressed, such as ``Mevrouw J.M. van Dijk``.
        aanhef: the salutation of a letter, without a comma; None = there is no usable name.
        adres: the lines of the postal address; empty = there is none that is known.
        telefoon: as the dienst has it.
        email: an address that was verified.
        vertegenwoordiger: who acts for them: name and address, a line a string; empty = nobody, as far as is known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    naam: str
    aanhef: str | None = None
    adres: tuple[str, ...] = ()
    telefoon: str | None = None
    email: str | None = None
    vertegenwoordiger: tuple[str, ...] = ()

    def __repr_args__(self) -> Iterator[tuple[str | None, object]]:
        """Nothing: a card in a log or a traceback must not show who it is."""
        return iter(())
