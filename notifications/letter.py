"""A notice as a letter: PDF/UA-1 and PDF/A-2a in one file, the same bytes for the same notice.

One A4; a second one only where the notice has a form to answer on.
"""

import json
import threading
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Literal

import fontpkg
import typst

from contracts.dutch import calendar_date
from contracts.notice import House, Notice, NoticeError

_LAYOUT = Path(__file__).with_name("letter.typ")
_THREAD = threading.local()
#: What letter.typ or Typst says, and what that means to whoever has to look at it.
_REASONS = {
    "page-is-full": ("The letter does not fit on one page.", "Shorten its template, or look at the name."),
    "form-is-full": ("The answer form does not fit on one page.", "Ask less on it."),
    "address-does-not-fit": ("The address does not fit in the window.", "Make a contact task."),
    "could not be displayed": ("The font lacks a character of the name or address.", "Make a contact task."),
}


def render(notice: Notice, house: House) -> bytes:
    """The PDF of ``notice``: A4, fonts embedded, nothing fetched, no system font.

    Raises:
        NoticeError: a character has no glyph, the address does not fit in the window, or the text or the form
            does not fit on one page. The error does not say which characters: they could be a name.
    """
    pdf = _laid_out(notice, house, "pdf")
    assert isinstance(pdf, bytes)
    return pdf


def pages(notice: Notice) -> int:
    """How many pages the letter has."""
    return 1 if notice.formulier is None else 2


def picture(notice: Notice, house: House, *, ppi: float) -> list[bytes]:
    """Each page of the letter as a PNG, to look at on a screen.

    Args:
        notice: the letter.
        house: how the dienst presents itself.
        ppi: dots an inch.

    Raises:
        NoticeError: as for ``render``.
    """
    made = _laid_out(notice, house, "png", ppi)
    return made if isinstance(made, list) else [made]


def _laid_out(
    notice: Notice, house: House, kind: Literal["pdf", "png"], ppi: float | None = None
) -> bytes | list[bytes]:
    content = {
        "notice": notice.model_dump(mode="json"),
        "house": house.model_dump(mode="json"),
        "datum": calendar_date(notice.datum),
    }
    try:
        made = _compiler().compile(
            format=kind, ppi=ppi, pdf_standards=["ua-1", "a-2a"] if kind == "pdf" else None,
            sys_inputs={"letter": json.dumps(content)},
            # PDF dates are of the day on the letter, so the same notice gives the same bytes tomorrow.
            timestamp=int(datetime.combine(notice.datum, time(12), UTC).timestamp()),
        )  # fmt: skip
    except typst.TypstError as error:
        raise _refused(error.message, notice.kenmerk) from None
    assert made is not None
    return made


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
