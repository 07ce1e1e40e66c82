"""What a reader reads in each form of one notice."""

import io
import re
from html.parser import HTMLParser

import pdfplumber

from contracts.notice import Notice


class _Reader(HTMLParser):
    """The text and the tags of a document, without its style."""

    def __init__(self):
        super().__init__()
        self.text, self.tags, self.attributes, self._skip = "", [], [], False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self._skip = tag == "style"
        # A phrase may hold these; any other tag parts two words.
        self.text += "" if tag in ("strong", "a", "span") else " "

    def handle_endtag(self, tag):
        self._skip = False
        self.text += "" if tag in ("strong", "a", "span") else " "

    def handle_data(self, data):
        self.text += "" if self._skip else data


def read_html(document: str) -> _Reader:
    reader = _Reader()
    reader.feed(document)
    reader.close()
    return reader


def read_pdf(pdf: bytes) -> str:
    """All pages, in the order of the file, without what a printer repeats."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "".join(char["text"] for page in document.pages for char in page.chars)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def in_reading_order(notice: Notice) -> list[str]:
    """Each text of the notice, as it should be met from top to bottom."""
    form = notice.formulier.tekst if notice.formulier else ()
    letter = notice.tekst[: len(notice.tekst) - len(form)]
    title, *rest = letter
    closing = [notice.groet, *notice.ondertekening]
    return [*notice.adresregels, title, f"{notice.aanhef},", *rest, *closing, *form]


def missing_in_order(wanted: list[str], text: str) -> list[str]:
    """What is not met in ``text`` when it is read once from start to end, looking only at what is no white space."""
    text, place, missing = squeezed(text), 0, []
    for one in map(squeezed, wanted):
        found = text.find(one, place)
        if found < 0:
            missing.append(one)
        else:
            place = found + len(one)
    return missing
