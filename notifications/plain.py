"""A notice as plain text, for a mail program that shows nothing else and for whoever wants to read it aloud."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from contracts.dutch import calendar_date
from contracts.notice import Alinea, Formulier, House, Notice, Section

WIDTH: Final = 72
#: A date and a telephone number stay on one line; textwrap does not break at this space.
_TOGETHER: Final = re.compile(r"\d{1,2} [a-z]+ \d{4}|\d{2,4} - [\d ]*\d")
_GLUE: Final = "\N{NO-BREAK SPACE}"


def render_plain(notice: Notice, house: House) -> str:
    """The text in lines of at most 72 characters, a longer word on a line of its own; it ends with a line break."""
    blocks = [
        f"{house.dienst}\n{house.afdeling}",
        "\n".join(notice.adresregels),
        f"Datum: {calendar_date(notice.datum)}\nOns kenmerk: {notice.kenmerk}",
        _heading(notice.titel, "="),
        _wrapped(f"{notice.aanhef},"),
        *(block for sectie in notice.secties for block in _section(sectie)),
        f"{notice.groet},\n{', '.join(notice.ondertekening)}",
        *(_form(notice.formulier) if notice.formulier else ()),
        f"Telefoon: {house.telefoon}\nWebsite: {house.website}\nRetouradres: {house.retouradres}",
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def _section(sectie: Section) -> Iterator[str]:
    if sectie.kop:
        yield _heading(sectie.kop, "-")
    yield from (_wrapped(_bare(alinea)) for alinea in sectie.alineas)
    yield "\n".join(_items(f"{place}. ", _bare(stap)) for place, stap in enumerate(sectie.stappen, start=1))


def _form(form: Formulier) -> Iterator[str]:
    yield _heading(form.titel, "=")
    yield from (_wrapped(form.inleiding), _wrapped(form.code))
    for one in form.vragen:
        yield "\n".join([_wrapped(one.vraag), *(_items("[ ] ", choice) for choice in one.keuzes)])
    yield _wrapped(form.slot)
    yield "\n".join(form.retour)


def _heading(words: str, sign: str) -> str:
    lines = _wrapped(words)
    return f"{lines}\n{sign * max(map(len, lines.splitlines()))}"


def _items(mark: str, words: str) -> str:
    return _wrapped(words, first=mark, rest=" " * len(mark))


def _wrapped(words: str, first: str = "", rest: str = "") -> str:
    glued = _TOGETHER.sub(lambda found: found[0].replace(" ", _GLUE), words)
    lines: Iterable[str] = textwrap.wrap(
        glued, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines).replace(_GLUE, " ")


def _bare(alinea: Alinea) -> str:
    return "".join(run.tekst for run in alinea)
