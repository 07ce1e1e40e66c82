"""What the gate says of a text: its figures, and what stands in the way."""

from dataclasses import dataclass, field
from enum import StrEnum

from notifications.language.figures import Figures


class Code(StrEnum):
    """Why a text does not pass. ``docs/begrippen.md`` says what each means."""

    AFKORTING = "afkorting"
    BELOFTE = "belofte"
    BSN = "bsn"
    DREIGEND = "dreigend"
    JARGON = "jargon"
    LEEG = "leeg"
    LEESBAARHEID = "leesbaarheid"
    LIJDEND = "lijdend"
    MOEILIJKE_WOORDEN = "moeilijke_woorden"
    NAAM = "naam"
    TERMIJN = "termijn"
    ZIN_GEMIDDELD = "zin_gemiddeld"
    ZIN_LANG = "zin_lang"


@dataclass(frozen=True, slots=True)
class LanguageFinding:
    """One thing that stands in the way, in Dutch. What is quoted may be a name, so it is in no ``repr``.

    Attributes:
        code: of which kind it is.
        wat: what is wrong.
        advies: what to write instead, or what to do.
        fragment: the words it is about; empty where it is about the whole text.
        zin: the sentence they stand in; empty where it is about the whole text.
    """

    code: Code
    wat: str
    advies: str
    fragment: str = field(default="", repr=False)
    zin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The figures of a text and all that stands in the way, in the order of reading."""

    figures: Figures
    findings: tuple[LanguageFinding, ...]

    @property
    def clear(self) -> bool:
        """Nothing stands in the way."""
        return not self.findings

    @property
    def codes(self) -> frozenset[Code]:
        """The kinds of what stands in the way."""
        return frozenset(finding.code for finding in self.findings)
