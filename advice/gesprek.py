"""The conversation guide: what a consulent can ask, per subject, in the words of ``advice/gesprek.yaml``.

A guide that accuses, asks what can only be answered with yes or no, or is hard to read never reaches a night.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Annotated, Final, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from contracts.errors import PolicyError

FILE: Final = "advice/gesprek.yaml"
#: Parts of words that make of a question an accusation, or say what Tijdig never says.
ACCUSES: Final = (
    "fraude", "control", "boete", "verplicht", "verdacht", "verdenk", "onderzoek", "sanctie", "maatregel", "waarom",
    "overtreding", "misbruik", "verzwijg", "verzwegen", "bewust", "opzet", "leugen", "liegen", "schuldig", "verwijt",
    "u moet", "u moest", "had u moeten", "had moeten", "niet gemeld", "te laat", "terugbetalen",
)  # fmt: skip
#: How an open question begins.
OPENS: Final = (
    "Wat", "Wie", "Hoe", "Waar", "Wanneer", "Welke", "Welk", "Waarmee", "Waarover", "Met wie", "Bij wie",
    "Sinds wanneer",
)  # fmt: skip
#: Words in a sentence, at most and on average.
LONGEST: Final = 15
AVERAGE: Final = 10

_Zin = Annotated[str, Field(pattern=r"^[A-ZÉ‘].*[.?]$")]
_Zinnen = Annotated[tuple[_Zin, ...], Field(min_length=1)]


class Gesprek(BaseModel):
    """The guide of one subject; Dutch. What a consulent says is in the u-form, ``let_op`` is for the consulent.

    Attributes:
        titel: the subject.
        regels: the rules whose findings it is for.
        begin: how to begin, with the fact and an offer of help.
        voordeel: what the inwoner has by it.
        vragen: open questions.
        vergissing: that somebody may make a mistake.
        let_op: what to mind.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    titel: str
    regels: Annotated[tuple[Annotated[str, Field(pattern=r"^R\d{2}$")], ...], Field(min_length=1)]
    begin: _Zinnen
    voordeel: _Zinnen
    vragen: Annotated[tuple[_Zin, ...], Field(min_length=2, max_length=6)]
    vergissing: _Zinnen
    let_op: _Zinnen

    @model_validator(mode="after")
    def _kind_and_plain(self) -> Self:
        closed = [q for q in self.vragen if not (q.endswith("?") and re.match(rf"({'|'.join(OPENS)})\b", q))]
        if closed:
            raise ValueError(f"no open question: {closed}")
        said = list(self.zinnen())
        accuses = sorted({word for sentence in said for word in ACCUSES if word in sentence.casefold()})
        if accuses:
            raise ValueError(f"accuses: {accuses}")
        words = [len(sentence.split()) for sentence in said]
        if max(words) > LONGEST or sum(words) > AVERAGE * len(words):
            raise ValueError(f"hard to read: at most {LONGEST} words in a sentence, {AVERAGE} on average")
        return self

    def zinnen(self) -> Iterator[str]:
        """Every sentence of it."""
        for text in (*self.begin, *self.voordeel, *self.vragen, *self.vergissing, *self.let_op):
            yield from re.split(r"(?<=[.?:]) ", text)


class Gidsen(BaseModel):
    """The guides by subject; a rule is in one of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    versie: str
    onderwerpen: Annotated[Mapping[str, Gesprek], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_rule_once(self) -> Self:
        twice = sorted(rule for rule, times in Counter(self.regels).items() if times > 1)
        if twice:
            raise ValueError(f"in two subjects: {twice}")
        return self

    @property
    def regels(self) -> tuple[str, ...]:
        """Every rule that has a guide."""
        return tuple(rule for guide in self.onderwerpen.values() for rule in guide.regels)

    def onderwerp(self, regel: str) -> str:
        """The subject of a rule.

        Raises:
            PolicyError: it has none.
        """
        self.require((regel,))
        return next(name for name, guide in self.onderwerpen.items() if regel in guide.regels)

    def require(self, regels: Iterable[str]) -> None:
        """Refuse to go on where a rule has no guide.

        Raises:
            PolicyError: one of these has none.
        """
        missing = sorted(set(regels) - set(self.regels))
        if missing:
            raise PolicyError(f"No guide for {missing}.", where=FILE, todo="Name each rule under one subject.")


def read(text: str) -> Gidsen:
    """The guides from their YAML.

    Raises:
        PolicyError: it is no YAML, or does not fit.
    """
    try:
        return Gidsen.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise PolicyError(f"Guide is no YAML: {error}.", where=FILE, todo="Correct the file.") from None
    except ValidationError as error:
        found = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors())
        raise PolicyError(f"Guide does not fit: {found}.", where=FILE, todo="Correct the file.") from None


@cache
def gidsen() -> Gidsen:
    """The guides that hold.

    Raises:
        PolicyError: the file does not fit.
    """
    return read(resources.files("advice").joinpath("gesprek.yaml").read_text(encoding="utf-8"))
