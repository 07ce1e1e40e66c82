"""One sentence: its counts, and whatever may stand in the way, found once and kept.

Many sentences are the same in every letter. What hangs on who reads it is left to ``gate``.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from notifications.language import lists
from notifications.language.verdict import Code
from notifications.language.words import (
    Kind,
    Token,
    is_abbreviation,
    is_participle,
    is_rare,
    sentences,
    syllables,
    tokens,
)

_LISTS: Final = (Code.DREIGEND, Code.JARGON, Code.BELOFTE, Code.TERMIJN, Code.AFKORTING)
_NINE_DIGITS: Final = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)")
_DATE_IN_DIGITS: Final = re.compile(r"(?<!\d)(?:\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|\d{4}-\d{2}-\d{2})(?!\d)")
_DOTTED: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}")
_WORDEN: Final = frozenset({"word", "wordt", "worden", "werd", "werden"})
_POSSESSIVE: Final = re.compile(r"['’]?s?$")
#: What only people do: a rare word at the start that does it is a name.
_PEOPLE_DO: Final = frozenset({
    "heet", "logeert", "studeert", "studeerde", "trouwde", "verhuisde", "werkt", "werkte", "woont", "woonde",
})  # fmt: skip
#: In capitals and longer than this it is rather a name than an abbreviation.
_LONGEST_ABBREVIATION: Final = 5


class Suspect(NamedTuple):
    """What stands in the way, unless it is part of a name the text may hold."""

    code: Code
    start: int
    end: int
    wat: str
    advies: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and what was found in it.

    Attributes:
        text: the sentence; it is shown nowhere by itself.
        words: tokens with a letter or digit.
        spoken: words of letters alone.
        syllables: of those.
        looked_up: spoken words that are no name every text may hold, and whether each is rare.
        passive: worden stands with a voltooid deelwoord.
        refused: what is wrong whoever reads it.
        suspects: what is wrong unless it is part of a name this text may hold.
    """

    text: str = field(repr=False)
    words: int
    spoken: int
    syllables: int
    looked_up: tuple[tuple[Token, bool], ...] = field(repr=False)
    passive: bool
    refused: tuple[Suspect, ...] = field(repr=False)
    suspects: tuple[Suspect, ...] = field(repr=False)


@lru_cache(maxsize=4096)
def sentences_of(line: str) -> tuple[Sentence, ...]:
    """The sentences of a heading, a paragraph or a step."""
    return tuple(map(read, sentences(line)))


@lru_cache(maxsize=4096)
def read(text: str) -> Sentence:
    """Count one sentence, and find what may stand in the way."""
    found = tokens(text)
    spoken = [token for token in found if token.kind is Kind.WORD]
    names = [match.span() for match in _proper().finditer(text)]
    return Sentence(
        text=text,
        words=len(found),
        spoken=len(spoken),
        syllables=sum(syllables(token.text) for token in spoken),
        looked_up=tuple((t, is_rare(t.text)) for t in spoken if not within(t.start, t.end, names)),
        passive=_is_passive(spoken),
        refused=tuple(_refused(text, spoken)),
        suspects=tuple(s for s in (*_names(found), *_marks(text)) if not within(s.start, s.end, names)),
    )


def within(start: int, end: int, spans: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> bool:
    """Whether a place lies in one of ``spans``."""
    return any(first <= start and end <= last for first, last in spans)


def _is_passive(spoken: list[Token]) -> bool:
    small = [token.text.lower() for token in spoken]
    return not _WORDEN.isdisjoint(small) and any(map(is_participle, small))


def _refused(text: str, spoken: list[Token]) -> Iterator[Suspect]:
    small = text.lower()
    for code in _LISTS:
        known = lists.refused(code)
        for token in spoken:
            if (advies := _in_word(code, token.text.lower())) is not None:
                yield Suspect(code, token.start, token.end, known.wat, advies)
        for hit in known.in_sentence(small):
            yield Suspect(code, hit.start, hit.end, known.wat, hit.advies)
    for match in _DATE_IN_DIGITS.finditer(text):
        yield Suspect(Code.TERMIJN, *match.span(), "Deze datum leest niet vlot.", "schrijf de maand in letters")


@lru_cache(maxsize=50_000)
def _in_word(code: Code, word: str) -> str | None:
    hit = lists.refused(code).in_word(word)
    return hit and hit.advies


def _names(found: tuple[Token, ...]) -> Iterator[Suspect]:
    capitals = _capitals()
    for place, token in enumerate(found):
        if token.kind is not Kind.WORD or token.text in capitals:
            continue
        code = _as_capitals(token.text) if is_abbreviation(token.text) else _as_name(token.text, first=place == 0)
        if place == 0 and code is None and _does_what_people_do(found):
            code = Code.NAAM
        if code is Code.NAAM:
            yield Suspect(
                code, token.start, token.end, "Dit lijkt een naam van iemand anders dan de lezer of de dienst.",
                "laat de naam weg; een gewoon woord krijgt een kleine letter",
            )  # fmt: skip
        elif code is Code.AFKORTING:
            yield Suspect(code, token.start, token.end, lists.refused(code).wat, "schrijf het hele woord")


def _does_what_people_do(found: tuple[Token, ...]) -> bool:
    return len(found) > 1 and found[1].text.lower() in _PEOPLE_DO and is_rare(found[0].text)


def _as_capitals(word: str) -> Code:
    is_name = len(word) > _LONGEST_ABBREVIATION or _is_first_name(word)
    return Code.NAAM if is_name else Code.AFKORTING


def _as_name(word: str, *, first: bool) -> Code | None:
    parts = re.split(r"['’‑-]", word)
    if any(_is_foreign(word)) or (not first and any(part[:1].isupper() for part in parts)):
        return Code.NAAM
    # At the start any word has a capital: only a name we know shows there, and a capital behind a hyphen.
    if _is_first_name(word) or any(part[:1].isupper() for part in parts[1:]):
        return Code.NAAM
    return None


def _is_first_name(word: str) -> bool:
    if not word[:1].isupper():
        return False
    known = lists.first_names()
    return lists.folded(word) in known or lists.folded(_POSSESSIVE.sub("", word)) in known


def _is_foreign(word: str) -> Iterator[bool]:
    """For each letter that is not of our alphabet: in another script a name has no capital."""
    letters = (letter for letter in word if letter.isalpha())
    return (not unicodedata.name(letter, "").startswith("LATIN") for letter in letters if letter > "ɏ")


def _marks(text: str) -> Iterator[Suspect]:
    for match in _NINE_DIGITS.finditer(text):
        yield Suspect(Code.BSN, *match.span(), "Dit getal van negen cijfers kan een BSN zijn.", "laat het weg")
    known = lists.refused(Code.AFKORTING)
    listed = [(hit.start, hit.end) for hit in known.in_sentence(text.lower())]
    for match in _DOTTED.finditer(text):
        if not within(*match.span(), listed):
            yield Suspect(Code.AFKORTING, *match.span(), known.wat, "schrijf het hele woord")


@lru_cache(maxsize=1)
def _proper() -> re.Pattern[str]:
    return lists.proper_names().pattern()


@lru_cache(maxsize=1)
def _capitals() -> frozenset[str]:
    return frozenset(lists.proper_names().hoofdletter)
