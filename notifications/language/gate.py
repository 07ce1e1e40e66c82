"""The gate itself: measure a text, judge it, and let no notice out that does not pass."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from contracts.notice import Formulier, House, LanguageError, Notice
from notifications.language import figures as limits
from notifications.language.allowed import Allowed
from notifications.language.figures import Figures
from notifications.language.sentence import Sentence, sentences_of, within
from notifications.language.verdict import Code, LanguageFinding, Verdict

NOBODY: Final = Allowed()
_STARTS_A_LINE: Final = re.compile(r"\s*(?:\d{1,2}[.)]|[-–•*])\s")
_SALUTATION: Final = re.compile(r"(?:Beste|Geachte)\s.*,")


def measure(lines: Sequence[str], allowed: Allowed = NOBODY) -> Figures:
    """The figures of a text.

    Args:
        lines: each heading, paragraph and step, as plain text.
        allowed: names that do not count among the words that may be rare.
    """
    return _figures([(one, allowed.spans(one.text)) for line in lines for one in sentences_of(line)])


def judge(lines: Sequence[str], allowed: Allowed = NOBODY) -> Verdict:
    """The figures of a text and all that stands in its way; it takes any text.

    Args:
        lines: each heading, paragraph and step, as plain text.
        allowed: the names it may hold.
    """
    read = [(one, allowed.spans(one.text)) for line in lines for one in sentences_of(line)]
    figures = _figures(read)
    return Verdict(figures, (*_of_the_whole(figures, read), *(one for pair in read for one in _of_one(*pair, figures))))


def judge_notice(notice: Notice, house: House) -> Verdict:
    """What the gate says of all that is read after the salutation, up to the signature, and of the answer form."""
    return judge((*_letter(notice), *_form(notice.formulier)), Allowed.of_notice(notice, house))


def require_clear(notice: Notice, house: House) -> Verdict:
    """The verdict of a notice that passes.

    Raises:
        LanguageError: it does not pass. The error names codes and template, never the text: that could be a name.
    """
    return _clear(judge_notice(notice, house), notice.bericht)


def require_clear_sms(text: str, house: House, bericht: str) -> Verdict:
    """The verdict of the text of an SMS that passes: no name is in it but the dienst's.

    Raises:
        LanguageError: it does not pass.
    """
    return _clear(judge((text,), Allowed.of_house(house)), bericht)


def _clear(verdict: Verdict, bericht: str) -> Verdict:
    if not verdict.clear:
        raise LanguageError(
            f"The text does not pass the language gate: {', '.join(sorted(verdict.codes))}.", where=bericht,
            todo="See what it says with `tijdig language`, and make a contact task.",
        )  # fmt: skip
    return verdict


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a plain text file: paragraphs between empty lines, and numbered steps each on their own.

    A line with the salutation is left out, as it is of a notice.
    """
    lines: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        fresh = True
        for line in filter(str.strip, block.splitlines()):
            if fresh or _STARTS_A_LINE.match(line):
                lines.append(line.strip())
            else:
                lines[-1] += f" {line.strip()}"
            fresh = False
    return tuple(line for line in lines if not _SALUTATION.fullmatch(line))


def aanhef_of(text: str) -> str:
    """The salutation in a plain text file; empty where there is none."""
    lines = (line.strip() for line in text.splitlines())
    return next((line for line in lines if _SALUTATION.fullmatch(line)), "")


def _letter(notice: Notice) -> tuple[str, ...]:
    return (*notice.model_copy(update={"formulier": None}).tekst, notice.groet)


def _form(form: Formulier | None) -> Iterator[str]:
    """The lines of an answer form without the address it goes to.

    What can be ticked under a question is one line: as many short ones they would hide long sentences in the letter.
    """
    if form is not None:
        yield from (form.titel, form.inleiding, form.code)
        for one in form.vragen:
            yield one.vraag
            yield ", ".join(one.keuzes)
        yield form.slot


_Read = tuple[Sentence, tuple[tuple[int, int], ...]]


def _figures(read: Sequence[_Read]) -> Figures:
    words = [rare for one, names in read for token, rare in one.looked_up if not within(token.start, token.end, names)]
    return Figures(
        sentences=len(read),
        words=sum(one.words for one, _ in read),
        longest=max((one.words for one, _ in read), default=0),
        spoken=sum(one.spoken for one, _ in read),
        syllables=sum(one.syllables for one, _ in read),
        looked_up=len(words),
        rare=sum(words),
        passives=sum(one.passive for one, _ in read),
    )


def _of_the_whole(found: Figures, read: Sequence[_Read]) -> Iterator[LanguageFinding]:
    """What is wrong with the text as a whole."""
    if not found.spoken:
        yield LanguageFinding(Code.LEEG, "Hier staat geen tekst.", "schrijf wat de lezer moet weten")
        return
    if found.mean > limits.MEAN_WORDS:
        yield LanguageFinding(Code.ZIN_GEMIDDELD, "De zinnen zijn gemiddeld te lang.", "maak van één zin er twee")
    if found.flesch_douma < limits.LEAST_FLESCH_DOUMA:
        yield LanguageFinding(Code.LEESBAARHEID, "De tekst leest te moeilijk.", "kies kortere woorden en zinnen")
    if found.rare_share > limits.MOST_RARE:
        words = sorted(
            {
                token.text.lower()
                for one, names in read
                for token, rare in one.looked_up
                if rare and not within(token.start, token.end, names)
            }
        )
        yield LanguageFinding(
            Code.MOEILIJKE_WOORDEN, "Te veel woorden komen weinig voor.", "kies gewone woorden, of leg ze uit",
            fragment=", ".join(words),
        )  # fmt: skip


def _of_one(one: Sentence, names: tuple[tuple[int, int], ...], found: Figures) -> Iterator[LanguageFinding]:
    """What is wrong with one sentence."""
    if one.words > limits.MOST_WORDS:
        what = f"Deze zin heeft {one.words} woorden."
        yield LanguageFinding(Code.ZIN_LANG, what, "maak er twee zinnen van", zin=one.text)
    if one.passive and found.passives > limits.MOST_PASSIVE:
        yield LanguageFinding(
            Code.LIJDEND, "Dit is lijdende vorm, en niet de enige: wie doet het?", "schrijf wie iets doet", zin=one.text
        )
    suspects = (suspect for suspect in one.suspects if not within(suspect.start, suspect.end, names))
    for code, start, end, what, advice in (*one.refused, *suspects):
        yield LanguageFinding(code, what, advice, fragment=one.text[start:end], zin=one.text)
