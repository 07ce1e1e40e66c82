"""The word lists, as they lie in ``lijsten/`` for a jurist to read and change.

In a list ``*`` stands for letters before or after, ``...`` for at most five words between, and ``#`` for a number in
digits or in words.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from contracts.notice import NoticeError

FOLDER = Path(__file__).parent / "lijsten"
_NUMBER: Final = (
    r"(?:\d+|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|veertien|enkele|een paar|een aantal)"
)
_LETTER: Final = r"[^\W_]"
_PARTS: Final = {"*": r"[^\W_'’-]*", "#": _NUMBER}


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    versie: Annotated[int, Field(ge=1)]


class Entry(BaseModel):
    """What to look for, and what to write instead."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zoek: Annotated[str, Field(min_length=2, pattern=r"[^\W\d_]")]
    liever: Annotated[str, Field(min_length=1)]


class _Refused(_Model):
    wat: str
    woorden: Annotated[tuple[Entry, ...], Field(min_length=1)]


class Hit(NamedTuple):
    """Where an entry was found, and what to write instead."""

    start: int
    end: int
    advies: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A list of words that may not be in a text.

    Attributes:
        wat: what is wrong with them, in Dutch.
        words: looked for in each word by itself, whose answer is kept.
        phrases: looked for in a sentence.
    """

    wat: str
    words: re.Pattern[str]
    phrases: re.Pattern[str]
    advice: tuple[tuple[str, ...], tuple[str, ...]]

    def in_word(self, word: str) -> Hit | None:
        """The first entry of one word in ``word``, written small."""
        return next(_hits(self.words, self.advice[0], word), None)

    def in_sentence(self, sentence: str) -> Iterator[Hit]:
        """The entries of more than one word in ``sentence``, written small."""
        return _hits(self.phrases, self.advice[1], sentence)


class ProperNames(_Model):
    """Names every text may hold, and words that may have a capital."""

    woorden: tuple[str, ...]
    hoofdletter: tuple[str, ...]

    def pattern(self) -> re.Pattern[str]:
        """Any of the names, the longest first."""
        names = sorted(self.woorden, key=len, reverse=True)
        return re.compile(rf"(?<!{_LETTER})(?:{'|'.join(map(re.escape, names))})(?!{_LETTER})")


_Any = TypeVar("_Any", bound=BaseModel)


class _Known(_Model):
    woorden: tuple[str, ...]


class _FirstNames(_Model):
    woorden: str


class Participles(_Model):
    """Words that are a voltooid deelwoord and do not look it, and the other way round."""

    wel: frozenset[str]
    niet: frozenset[str]


@cache
def refused(name: str) -> Refused:
    """The list ``name`` of words that may not be there.

    Raises:
        NoticeError: the file does not fit.
    """
    read = _read(name, _Refused)
    # What is written with a space, a full stop or a slash is no single word of a sentence.
    phrases = tuple(one for one in read.woorden if re.search(r"[\s./]", one.zoek))
    words = tuple(one for one in read.woorden if one not in phrases)
    advice = (tuple(one.liever for one in words), tuple(one.liever for one in phrases))
    return Refused(read.wat, _any_of(words), _any_of(phrases), advice)


@cache
def proper_names() -> ProperNames:
    """What every text may name."""
    return _read("eigennaam", ProperNames)


@cache
def well_known() -> frozenset[str]:
    """Words that are rare in books and that our readers know, written small."""
    return frozenset(word.lower() for word in _read("bekend", _Known).woorden)


@cache
def first_names() -> frozenset[str]:
    """First names that are common here, folded."""
    return frozenset(map(folded, _read("voornaam", _FirstNames).woorden.split()))


@cache
def participles() -> Participles:
    """The exceptions to how a voltooid deelwoord looks."""
    return _read("deelwoord", Participles)


def versions() -> Mapping[str, int]:
    """Each list by name with its version."""
    return {path.stem: int(_content(path.stem)["versie"]) for path in sorted(FOLDER.glob("*.yaml"))}


def folded(word: str) -> str:
    """``word`` written small and without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))


def _any_of(entries: tuple[Entry, ...]) -> re.Pattern[str]:
    """A pattern with one group an entry; with no entries it is found nowhere."""
    groups = "|".join(f"({_pattern(entry.zoek.lower())})" for entry in entries) or r"(?!)"
    return re.compile(rf"(?<!{_LETTER})(?:{groups})(?!{_LETTER})")


def _pattern(zoek: str) -> str:
    words = ["".join(_PARTS.get(part, re.escape(part)) for part in re.split(r"([*#])", word)) for word in zoek.split()]
    return r"\s+".join(words).replace(rf"\s+{re.escape('...')}\s+", r"\s+(?:\S+\s+){0,5}?")


def _hits(pattern: re.Pattern[str], advice: tuple[str, ...], text: str) -> Iterator[Hit]:
    for match in pattern.finditer(text):
        assert match.lastindex is not None
        yield Hit(match.start(), match.end(), advice[match.lastindex - 1])


def _read(name: str, model: type[_Any]) -> _Any:
    try:
        return model.model_validate(_content(name))
    except ValidationError as error:
        found = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors())
        raise NoticeError(f"Word list does not fit: {found}.", where=f"{name}.yaml", todo="Correct the file.") from None


def _content(name: str) -> dict[str, Any]:
    try:
        content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise NoticeError(f"Word list is no YAML: {error}.", where=f"{name}.yaml", todo="Correct the file.") from None
    return content if isinstance(content, dict) else {}
