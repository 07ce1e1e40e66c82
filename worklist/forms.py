"""What was typed in a form, held against what fits; all that does not is told at once, each beside its field."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request
from stdnum.nl import bsn

from contracts.dutch import calendar_date, number

#: The largest form: 10,000 characters that each take twelve bytes fit, a few times over.
_LARGEST: Final = 1_000_000
_FIELDS: Final = 60
#: Fields that nobody types.
HIDDEN: Final = frozenset({"csrf", "versie", "formulier"})
LONGEST: Final = 4_000
_NINE: Final = re.compile(r"(?<!\d)\d{3}[ .-]?\d{3}[ .-]?\d{3}(?!\d)")
_EURO: Final = re.compile(r"(?P<min>[-\u2212]?)\s*(?P<heel>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<cent>\d{1,2}))?")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DUTCH: Final = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
#: Cents: no effect a month is larger.
_MOST_CENTS: Final = 1_000_000


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, without marks that nobody types; the last of two with one name counts.

    Raises:
        HTTPException: it is too large (413), or has too many fields (400).
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            raise HTTPException(413)
    try:
        pairs = parse_qsl(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        raise HTTPException(400) from None
    typed = {clean(name): clean(value) for name, value in pairs}
    request.state.getypt = typed
    return typed


def clean(text: str) -> str:
    """Text without control marks, with one kind of line end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(mark for mark in lines if mark in "\n\t" or unicodedata.category(mark) not in {"Cc", "Cs"})


class Invoer:
    """Reads fields one by one, and gathers what does not fit.

    Attributes:
        fouten: field -> what is wrong with it and what to do, Dutch.
    """

    def __init__(self, typed: Mapping[str, str]) -> None:
        """Read from these fields."""
        self._typed = typed
        self.fouten: dict[str, str] = {}

    def text(self, name: str, missing: str | None = None, longest: int = LONGEST) -> str:
        """Words; ``missing`` is said where there have to be some."""
        said = self._typed.get(name, "").strip()
        if not said and missing:
            self.fouten[name] = missing
        elif len(said) > longest:
            self.fouten[name] = f"Dit is te lang: {number(len(said))} tekens. Er passen er {number(longest)}."
        elif holds_bsn(said):
            self.fouten[name] = "Hier staat een getal dat een BSN kan zijn. Haal het weg."
        return said

    def choice(self, name: str, known: Collection[str], missing: str) -> str | None:
        """One of these; None where it is none of them, and ``missing`` is said."""
        said = self._typed.get(name, "")
        if said in known:
            return said
        self.fouten[name] = missing
        return None

    def day(self, name: str, first: date, last: date, missing: str | None = None) -> date | None:
        """A day within two ends, as a browser sends it or as ``3-11-2026``."""
        said = self._typed.get(name, "").strip()
        if not said:
            if missing:
                self.fouten[name] = missing
            return None
        found = _day(said)
        if found is None:
            self.fouten[name] = "Dit is geen datum. Schrijf een datum zoals 3-11-2026."
        elif not first <= found <= last:
            self.fouten[name] = f"Kies een dag van {calendar_date(first)} tot en met {calendar_date(last)}."
            return None
        return found

    def euros(self, name: str) -> int | None:
        """An amount in cents; None = nothing was typed."""
        said = self._typed.get(name, "").replace("€", "").replace("\u00a0", " ").strip()
        if not said:
            return None
        found = _EURO.fullmatch(said)
        if found is None or len(found["heel"]) > len("10.000"):
            self.fouten[name] = "Dit is geen bedrag. Schrijf een bedrag zoals 150 of -85,50; hoogstens 10.000."
            return None
        cents = int(found["heel"].replace(".", "")) * 100 + int((found["cent"] or "").ljust(2, "0"))
        if cents > _MOST_CENTS:
            self.fouten[name] = "Dit bedrag is te hoog. Schrijf wat het per maand scheelt, hoogstens 10.000 euro."
        return -cents if found["min"] else cents

    def number(self, name: str) -> int | None:
        """A whole number that nobody types; None where it is none."""
        said = self._typed.get(name, "")
        return int(said) if re.fullmatch(r"[0-9]{1,9}", said) else None


def holds_bsn(text: str) -> bool:
    """Whether a number stands in it that is a sound BSN."""
    return any(bsn.is_valid(re.sub(r"\D", "", found)) for found in _NINE.findall(text))


def _day(said: str) -> date | None:
    if found := _ISO.fullmatch(said):
        parts = [int(part) for part in found.groups()]
    elif found := _DUTCH.fullmatch(said):
        parts = [int(part) for part in reversed(found.groups())]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None
