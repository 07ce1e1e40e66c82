"""The names a text may hold beside those every text may: how the dienst presents itself, and its reader."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

from contracts.notice import House, Notice

_SEXES = ("mevrouw ", "heer ")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Phrases in which names are allowed, each only as a whole: ``Samira de Vries`` allows no other Samira."""

    phrases: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of_house(cls, house: House) -> Self:
        """The names in the settings of the dienst: its own, the consulent's, its addresses and numbers."""
        return cls(_of_house(house))

    def with_reader(self, aanhef: str) -> Self:
        """And those of the reader, as the salutation has them: ``Beste mevrouw Van Dijk``."""
        name = aanhef.partition(" ")[2].strip().removesuffix(",")
        return type(self)((*self.phrases, *_reader(name)))

    @classmethod
    def of_notice(cls, notice: Notice, house: House) -> Self:
        """What this notice may hold."""
        allowed = cls.of_house(house).with_reader(notice.aanhef)
        return cls((*allowed.phrases, *_reader(notice.over))) if notice.over else allowed

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where its phrases stand in ``text``, each as start and end."""
        return tuple(span for phrase in self.phrases for span in _places(phrase, text))


@lru_cache(maxsize=64)
def _of_house(house: House) -> tuple[str, ...]:
    values = [value for value in house.model_dump().values() if isinstance(value, str) and value]
    # An SMS writes the telephone number without spaces, and some have nine digits.
    return (*values, house.telefoon.replace(" ", ""))


def _reader(name: str) -> tuple[str, ...]:
    surname = next((name.removeprefix(sex) for sex in _SEXES if name.startswith(sex)), "")
    return tuple(filter(None, (name, surname)))


def _places(phrase: str, text: str) -> list[tuple[int, int]]:
    found = []
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        # Within a longer word it is another word: "Dijk" is not in "Dijkstra".
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            found.append((start, end))
        start = text.find(phrase, end)
    return found
