"""A last look at a letter as it will be printed, whatever made it: what a printer refuses is better found here.

The limits are those of NotifyNL for a precompiled letter; a printer of one's own asks no more.
"""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite
from typing import Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from contracts.notice import NoticeError

MOST_PAGES: Final = 10
MOST_BYTES: Final = 2 * 1024 * 1024
_MM: Final = 72 / 25.4
_A4: Final = (210 * _MM, 297 * _MM)
#: A tenth of a millimetre, in points: what a scanner or a folding machine does not see.
_TOLERANCE: Final = 0.1 * _MM
_BROKEN: Final = "The letter is no whole PDF."
#: pdfium may be in one place at a time in a process.
_LOCK: Final = threading.Lock()


class _Box(NamedTuple):
    """Millimetres from the top left corner of the sheet."""

    left: float
    top: float
    right: float
    bottom: float


#: Through this the address is read; all text around it must stand in it.
_WINDOW: Final = _Box(24.6, 50, 120, 90)
_AROUND: Final = _Box(0, 50, 125, 97)


def require_postable(pdf: bytes, kenmerk: str, paginas: int) -> None:
    """Refuse a PDF that can't be printed and posted as a letter.

    Args:
        pdf: the letter.
        kenmerk: its opaque reference, for the error.
        paginas: how many pages it should have.

    Raises:
        NoticeError: it is no whole PDF, larger than 2 MB, of another number of pages (or of more than 10), on
            other paper than A4; no text stands in the address window, or some sticks out of it; a font is not
            embedded. The error does not repeat any text.
    """
    if len(pdf) > MOST_BYTES:
        raise _refused("The letter is larger than 2 MB.", kenmerk)
    with _LOCK:
        try:
            reason = _against(_without_profiles(pdf), paginas)
        except pypdfium2.PdfiumError:
            reason = _BROKEN
    if reason:
        raise _refused(reason, kenmerk)


def _refused(reason: str, kenmerk: str) -> NoticeError:
    return NoticeError(reason, where=kenmerk, todo="Look at letter.typ, and make a contact task for this letter.")


def _without_profiles(pdf: bytes) -> bytes:
    """The same file, each name in its place, in which no colour profile is recognised.

    pdfium computes with every profile it meets: three quarters of the time, for colours nobody looks at here.
    """
    return pdf.replace(b"/ICCBased", b"/XCCBased")


def _against(pdf: bytes, paginas: int) -> str | None:
    """Why it can't be posted; None = it can."""
    # pdfium mends a file that was cut off; a printer may not.
    if not pdf.startswith(b"%PDF-") or not pdf.rstrip().endswith(b"%%EOF"):
        return _BROKEN
    with _opened(pdf) as document:
        found = pdfium.FPDF_GetPageCount(document)
        if found != paginas or found > MOST_PAGES:
            return f"The letter has {found} pages."
        if not all(_is_a4(document, number) for number in range(found)):
            return "A page is not A4."
        for number in range(found):
            with _page(document, number) as page:
                if not all(map(_embedded, _objects(page))):
                    return "A font is not embedded."
                if number == 0 and (reason := _against_address(page)):
                    return reason
    return None


@contextmanager
def _opened(pdf: bytes) -> Iterator[pdfium.FPDF_DOCUMENT]:
    """The document; pdfium reads from ``pdf`` itself, which the caller holds meanwhile."""
    document = pdfium.FPDF_LoadMemDocument64(pdf, len(pdf), None)
    if not document:
        raise pypdfium2.PdfiumError("no document")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def _page(document: pdfium.FPDF_DOCUMENT, number: int) -> Iterator[pdfium.FPDF_PAGE]:
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        raise pypdfium2.PdfiumError("no page")
    try:
        yield page
    finally:
        pdfium.FPDF_ClosePage(page)


def _is_a4(document: pdfium.FPDF_DOCUMENT, number: int) -> bool:
    size = pdfium.FS_SIZEF()
    if not pdfium.FPDF_GetPageSizeByIndexF(document, number, size):
        raise pypdfium2.PdfiumError("no size")
    return _same(size.width, _A4[0]) and _same(size.height, _A4[1])


def _same(points: float, wanted: float) -> bool:
    return abs(points - wanted) < _TOLERANCE


def _objects(page: pdfium.FPDF_PAGE) -> list[pdfium.FPDF_PAGEOBJECT]:
    return [pdfium.FPDFPage_GetObject(page, place) for place in range(pdfium.FPDFPage_CountObjects(page))]


def _embedded(one: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Whether all text in an object has its font with it; what is no text has none to miss."""
    kind = pdfium.FPDFPageObj_GetType(one)
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        parts = range(pdfium.FPDFFormObj_CountObjects(one))
        return all(_embedded(pdfium.FPDFFormObj_GetObject(one, place)) for place in parts)
    if kind != pdfium.FPDF_PAGEOBJ_TEXT:
        return True
    font = pdfium.FPDFTextObj_GetFont(one)
    return bool(font and pdfium.FPDFFont_GetIsEmbedded(font) == 1)


def _against_address(page: pdfium.FPDF_PAGE) -> str | None:
    if not _upright(page):
        return "The first page is turned or shifted."
    near = [box for box in map(_box, filter(_has_text, _objects(page))) if _touches(box, _AROUND)]
    if not near:
        return "No address stands in the window."
    if not all(_lies_in(box, _WINDOW) for box in near):
        return "Something sticks out of the address window."
    return None


def _upright(page: pdfium.FPDF_PAGE) -> bool:
    """Whether places on it are counted from the corner that the printer sees."""
    shown = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, shown):
        raise pypdfium2.PdfiumError("no box")
    turned = bool(pdfium.FPDFPage_GetRotation(page))
    return not turned and _same(shown.left, 0) and _same(shown.bottom, 0)


def _has_text(one: pdfium.FPDF_PAGEOBJECT) -> bool:
    """Text, or a group that may hold some: its box is taken as a whole."""
    return pdfium.FPDFPageObj_GetType(one) in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM)


def _box(one: pdfium.FPDF_PAGEOBJECT) -> _Box:
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(one, *edges):
        raise pypdfium2.PdfiumError("no bounds")
    left, bottom, right, top = (edge.value / _MM for edge in edges)
    if not isfinite(left + bottom + right + top):
        raise pypdfium2.PdfiumError("no bounds")
    return _Box(left, _A4[1] / _MM - top, right, _A4[1] / _MM - bottom)


def _touches(box: _Box, area: _Box) -> bool:
    return box.left < area.right and box.right > area.left and box.top < area.bottom and box.bottom > area.top


def _lies_in(box: _Box, area: _Box) -> bool:
    return box.left >= area.left and box.right <= area.right and box.top >= area.top and box.bottom <= area.bottom
