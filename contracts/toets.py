"""The drietrapstoets: three questions about a finding, and for each the facts that the system knows.

It holds facts and no answer: none of these types has a place for a judgement. Only a human judges
(``contracts.oordeel``).
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from contracts.outcome import Uitkomst
from contracts.tables import Bron


class Vraag(StrEnum):
    """The three questions; each has its Dutch sentence in ``VRAAG_ZIN``."""

    KON_WETEN = "kon_weten"
    CONTEXT = "context"
    IMPACT = "impact"


VRAAG_ZIN: dict[Vraag, str] = {
    Vraag.KON_WETEN: "Bewust of onbewust: kon de inwoner weten wat er verwacht werd?",
    Vraag.CONTEXT: "Context en perspectief: wat was in deze omstandigheden redelijk om te verwachten?",
    Vraag.IMPACT: (
        "Maatschappelijke impact: wat kost het nu, wat doet een oplossing, en wat gebeurt er als niemand iets doet?"
    ),
}


class Eigen(StrEnum):
    """Where a fact comes from that no delivery holds."""

    CASEBOOK = "casebook"
    REGEL = "regel"
    BEREKENING = "berekening"
    BELEID = "beleid"


FeitSoort = Literal[
    "brief", "bezorging", "buiten_tijdig", "gesprek", "contact",
    "feitdatum", "eerste_nacht", "terug", "alarm", "melding", "ook_gezien",
    "vertegenwoordiger", "wil_gebeld", "hulp_bij_lezen", "afgerond",
    "richting", "effect", "tot_herziening", "uiterlijk", "mkba",
]  # fmt: skip


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Feit(_Part):
    """One thing that is known, or that is known to be unknown.

    Attributes:
        soort: what it is about.
        zin: Dutch, one or two sentences.
        bekend: false where nobody can say; ``zin`` says so too.
        bronnen: where it comes from, or would have come from.
        leveringen: the deliveries of those registers.
    """

    soort: FeitSoort
    zin: str
    bekend: bool
    bronnen: tuple[Bron | Eigen, ...]
    leveringen: tuple[str, ...] = ()


class Toets(_Part):
    """What the system knows for each question about one finding.

    Attributes:
        signaal_id: the finding.
        op: the day on which it was known.
        kon_weten: whether there was ever information about the subject, and when.
        context: how long ago it is, what the dienst could know, and who helps.
        impact: what it means in euro, and when what must have been done.
        gids: the subject of the conversation, by its name in ``advice/gesprek.yaml``.
    """

    signaal_id: str
    op: date
    kon_weten: tuple[Feit, ...]
    context: tuple[Feit, ...]
    impact: tuple[Feit, ...]
    gids: str

    def per_vraag(self) -> Iterator[tuple[Vraag, tuple[Feit, ...]]]:
        """Each question with its facts, in their order."""
        yield Vraag.KON_WETEN, self.kon_weten
        yield Vraag.CONTEXT, self.context
        yield Vraag.IMPACT, self.impact


class Brief(_Part):
    """A letter to a household that was not taken back.

    Attributes:
        kenmerk: its reference.
        nacht: the night that made it.
        bericht: its message; one that tells of several things or reminds has a message of its own.
        status: how far it came, a letter status of the casebook.
        regels: the rules whose findings it tells of.
    """

    kenmerk: str
    nacht: date
    bericht: str
    status: str
    regels: tuple[str, ...]


class Afronding(_Part):
    """That a human closed the finding, after a night."""

    nacht: date
    uitkomst: Uitkomst


class Bekend(_Part):
    """What the casebook knows of one finding.

    Attributes:
        eerste_nacht: the night that found it first.
        bekend_sinds: the night on which it last opened, when it was new or came back.
        open: whether it holds, and nobody closed it.
        brieven: the letters to its household, the oldest first.
        contacten: the nights after which there was contact about it.
        afgerond: how it was closed before.
        uiterlijk: the term of its open task.
    """

    eerste_nacht: date
    bekend_sinds: date
    open: bool = True
    brieven: tuple[Brief, ...] = ()
    contacten: tuple[date, ...] = ()
    afgerond: tuple[Afronding, ...] = ()
    uiterlijk: date | None = None
