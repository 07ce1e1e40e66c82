"""A notice as a letter: one A4, PDF/UA-1 and PDF/A-2a in one file, the same bytes for the same notice."""

import json
import threading
from datetime import UTC, datetime, time
from pathlib import Path

import fontpkg
import typst

from contracts.dutch import calendar_date
from contracts.notice import House, Notice, NoticeError

_LAYOUT = Path(__file__).with_name("letter.typ")
_THREAD = threading.local()
#: What letter.typ or Typst says, and what that means to whoever has to look at it.
_REASONS = {
    "page-is-full": ("The letter does not fit on one page.", "Shorten its template, or look at the name."),
    "address-does-not-fit": ("The address does not fit in the window.", "Make a contact task."),
    "could not be displayed": ("The font lacks a character of the name or address.", "Make a contact task."),
}


def render(notice: Notice, house: House) -> bytes:
    """The PDF of ``notice``: A4, one page, fonts embedded, nothing fetched, no system font.

    Raises:
        NoticeError: a character has no glyph, the address does not fit in the window, or the text does not
            fit on one page. The error does not say which characters: they could be a name.
    """
    content = {
        "notice": notice.model_dump(mode="json"),
        "house": house.model_dump(mode="json"),
        "datum": calendar_date(notice.datum),
    }
    try:
        pdf = _compiler().compile(
            format="pdf", pdf_standards=["ua-1", "a-2a"], sys_inputs={"letter": json.dumps(content)},
            # PDF dates are of the day on the letter, so the same notice gives the same bytes tomorrow.
            timestamp=int(datetime.combine(notice.datum, time(12), UTC).timestamp()),
        )  # fmt: skip
    except typst.TypstError as error:
        raise _refused(error.message, notice.kenmerk) from None
    assert isinstance(pdf, bytes)
    return pdf


def _refused(message: str, kenmerk: str) -> NoticeError:
    for part, (what, todo) in _REASONS.items():
        if part in message:
            return NoticeError(what, where=kenmerk, todo=todo)
    return NoticeError("The letter can't be laid out.", where=kenmerk, todo="Check letter.typ with a demo notice.")


def _compiler() -> typst.Compiler:
    """One compiler a thread: reading the fonts takes longer than a letter, and a compiler can't be shared."""
    if not hasattr(_THREAD, "compiler"):
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[fontpkg.path("Fira Sans").parent],
        )
        _THREAD.compiler = typst.Compiler(input=_LAYOUT, font_paths=fonts)
    compiler: typst.Compiler = _THREAD.compiler
    return compiler
