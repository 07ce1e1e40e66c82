"""How the generated pages tell a band: its ends, its days, its source and how sure anybody is."""

from collections.abc import Iterator
from typing import Final

from contracts.bands import BandParameter
from contracts.dutch import calendar_date
from contracts.publish_words import ZEKERHEID

HEAD: Final = ("parameter", "wat het is", "laag", "basis", "hoog", "eenheid", "geldt", "bron")


def band_rows(one: BandParameter) -> Iterator[tuple[str, ...]]:
    """A row for each of its values through time, under ``HEAD``."""
    for value in one.waarden:
        until = f"tot en met {calendar_date(value.geldig_tot)}" if value.geldig_tot else "tot nader order"
        article = f"{value.artikel}; " if value.artikel else ""
        numbers = (one.end(number) for number in (value.laag, value.basis, value.hoog))
        days = f"{calendar_date(value.geldig_van)} {until}"
        source = f"{article}{value.bron} (**{ZEKERHEID[value.status]}**)"
        yield (f"`{one.naam}`", one.betekenis, *numbers, one.eenheid, days, source)
