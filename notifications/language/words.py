"""Sentences and words, and what is known of one word: its syllables, how often it is used, whether it is a deelwoord.

What was found of a word is kept: letters hold the same few hundred words.
"""

import re
import unicodedata
from enum import Enum, auto
from functools import cache, lru_cache
from typing import Final, NamedTuple

import pyphen

from notifications.language import lists
from notifications.language.figures import RARE_BELOW_ZIPF

_KEPT: Final = 50_000
# A sentence ends at its mark and whatever closes behind it, but not at the full stop of an initial ("S. de Vries").
_END: Final = re.compile(r"(?:(?<=[?!…])|(?<=\.)(?<![\s.(][A-Z]\.)(?<!^[A-Z]\.))[\"”’'»)*]*\s+")
_NUMBERING: Final = re.compile(r"^\s*(?:\d{1,2}[.)]|[-–•*])\s+")
# Signs without a shape of their own would hide a word; letters with a loose accent are composed first.
_SHAPELESS: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_TOKEN: Final = re.compile(
    r"(?P<web>https?://\S+|www\.\S*[^\W_]|[\w.+-]+@[\w.-]+\.\w+)"
    r"|(?P<word>[^\W_]+(?:(?:['’‑-]|(?<=\d)[.,:](?=\d))[^\W_]+)*)"
)
_VOWELS: Final = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿ]+")
_PARTICIPLE: Final = re.compile(
    r"(?:aan|achter|af|bij|binnen|buiten|dicht|door|goed|in|klaar|kwijt|los|mee|mis|na|neer|om|onder|op|open|over|plaats"
    r"|rond|samen|stil|stop|tegen|teleur|terug|toe|uit|vast|vol|voor|vrij|weer|weg)?ge[^\W\d_]{2,}(?:d|t|en)"
    r"|(?:aan|af|in|mede|na|op|toe|uit|voor)?(?:be|ver|ont|her|er|onder|over|door|om|vol|weer)[^\W\d_]{2,}(?:d|[fhkpsx]t)"
)
#: "ontbrekend" and "overheid" are none; "erkend", "verwend" and "verleend" are.
_PRESENT: Final = re.compile(r"(?:(?<![ekw])end|heid)$")


class Kind(Enum):
    """What a token is: a word to read aloud, a web address, or anything with a digit in it."""

    WORD = auto()
    WEB = auto()
    NUMBER = auto()


class Token(NamedTuple):
    """One word of a sentence and where it stands."""

    text: str
    start: int
    kind: Kind

    @property
    def end(self) -> int:
        """The place behind its last letter."""
        return self.start + len(self.text)


def sentences(line: str) -> tuple[str, ...]:
    """The sentences of a heading, a paragraph or a step, without its number; none where nothing is written."""
    plain = _SHAPELESS.sub("", unicodedata.normalize("NFC", line))
    found: list[str] = []
    carried = ""
    for piece in _END.split(_NUMBERING.sub("", plain, count=1).strip()):
        carried = f"{carried} {piece}".strip()
        # "1." or "27." is no sentence, and would make the others look shorter.
        if any(map(str.isalpha, carried)):
            found.append(carried)
            carried = ""
    if carried and found:
        found[-1] += f" {carried}"
    elif any(map(str.isalnum, carried)):
        found.append(carried)
    return tuple(found)


def tokens(sentence: str) -> tuple[Token, ...]:
    """The words of a sentence in order; a dash or a comma by itself is none."""
    return tuple(
        Token(match.group(), match.start(), Kind.WEB if match.lastgroup == "web" else _kind(match.group()))
        for match in _TOKEN.finditer(sentence)
    )


def _kind(text: str) -> Kind:
    return Kind.NUMBER if any(map(str.isdigit, text)) else Kind.WORD


@lru_cache(maxsize=_KEPT)
def syllables(word: str) -> int:
    """How many syllables are heard; an abbreviation in capitals is spelled, a syllable a letter.

    pyphen says where a word may be broken, and that is never behind a first letter: "over" has one part. So the
    groups of vowels in each part are counted.
    """
    if is_abbreviation(word):
        return len(word)
    parts = _hyphens().inserted(word.lower()).split("-")
    return max(1, sum(len(_VOWELS.findall(part)) for part in parts))


@lru_cache(maxsize=_KEPT)
def is_rare(word: str) -> bool:
    """Whether it is used less than ten times in a million words and is not one our readers know."""
    import wordfreq  # noqa: PLC0415 - takes a fifth of a second, which no command that writes nothing has to wait for

    small = word.lower()
    return small not in lists.well_known() and wordfreq.zipf_frequency(small, "nl") < RARE_BELOW_ZIPF


@lru_cache(maxsize=_KEPT)
def is_participle(word: str) -> bool:
    """Whether ``word``, written small, looks like a voltooid deelwoord."""
    known = lists.participles()
    if word in known.wel or word in known.niet:
        return word in known.wel
    return _PARTICIPLE.fullmatch(word) is not None and _PRESENT.search(word) is None


def is_abbreviation(word: str) -> bool:
    """Two capitals or more and nothing else."""
    return len(word) > 1 and word.isalpha() and word.isupper()


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl")
