"""The figures of a text, and how far each may go."""

from typing import Final, NamedTuple

#: Words in a sentence: on average, and in any one.
MEAN_WORDS: Final = 10
MOST_WORDS: Final = 15
#: Flesch-Douma, 0 (hard) to 100 (easy) and beyond; letters in B1 score 86 to 92, those of offices 19 to 43.
LEAST_FLESCH_DOUMA: Final = 70
#: Share of words that are rare, and the Zipf frequency below which a word is: 4 is ten times in a million words.
MOST_RARE: Final = 0.06
RARE_BELOW_ZIPF: Final = 4.0
#: Sentences with worden and a voltooid deelwoord.
MOST_PASSIVE: Final = 1


class Figures(NamedTuple):
    """Counts of a text, and what follows from them.

    Attributes:
        sentences: sentences; a heading or a step counts as at least one.
        words: tokens with a letter or digit, so a number is a word.
        longest: words in the longest sentence.
        spoken: words of letters alone: no number, code or web address.
        syllables: of the spoken words.
        looked_up: spoken words that are no name the text may hold.
        rare: how many of those are rare.
        passives: times worden stands with a voltooid deelwoord.
    """

    sentences: int = 0
    words: int = 0
    longest: int = 0
    spoken: int = 0
    syllables: int = 0
    looked_up: int = 0
    rare: int = 0
    passives: int = 0

    @property
    def mean(self) -> float:
        """Words in a sentence, on average; 0 where there is no sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def flesch_douma(self) -> float:
        """206.835 - 0.93 x words a sentence - 77 x syllables a word (Douma 1960); 0 where no word is spoken."""
        return 206.835 - 0.93 * self.mean - 77 * self.syllables / self.spoken if self.spoken else 0.0

    @property
    def rare_share(self) -> float:
        """Share of the words looked up that are rare, 0 to 1."""
        return self.rare / self.looked_up if self.looked_up else 0.0
