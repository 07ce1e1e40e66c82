"""How the pages write things: numbers, moments, names, and what a code means."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from contracts.dutch import calendar_date, number
from contracts.publish_codes import BETWEEN, CHECKS, LINES, RULES
from contracts.publish_words import BRON_NAAM
from contracts.tables import Bron

_ZONE = ZoneInfo("Europe/Amsterdam")
_MINUTE = 60
_SHORT: Final = {Bron.BRP: "BRP", Bron.IB: "IB", Bron.DUO: "DUO"}
#: What a check is about; a code is ``column:check``, or a check alone for a line that can't be read.
_CHECKS: Final = {
    **CHECKS,
    **RULES,
    **LINES,
    # The published page has the form of the column beside it; here it stands elsewhere.
    "vorm": "de waarde heeft niet de afgesproken vorm",
    "dubbel": BETWEEN["sleutel:dubbel"],
    "hoort_nergens_bij": BETWEEN["<kolom>:hoort_nergens_bij"],
}
_REMARKS: Final = {
    "codering:windows_1252": "Het bestand was Windows-1252 en is omgezet. Afgesproken is UTF-8.",
    "kolom:onbekend": "Kolommen die het contract niet kent. Tijdig las ze niet.",
    "sleutel:vervangen_door_nieuwere": "Rijen die zijn vervangen door een nieuwere rij met dezelfde sleutel, of die er "
    "precies zo nog eens in stonden.",
    "regel:leeg_of_niet_gelezen": "Regels die in geen enkele rij zitten: leeg, of verdwenen in een aanhalingsteken dat "
    "niet is gesloten.",
}
_UNKNOWN_CODE: Final = (
    "Codes in {} die de open lijst niet kent. Zij gaan mee zoals ze zijn; Tijdig leidt er nooit iets uit af."
)
_FORBIDDEN: Final = "Een kolom met ‘{}’ in de naam. Dat gegeven mag Tijdig nooit lezen, en het is niet gelezen."


def counted(value: int, one: str, more: str) -> str:
    """``1 brief``, ``1.234 brieven``."""
    return f"{number(value)} {one if value == 1 else more}"


def listed(parts: list[str], last: str = "en") -> str:
    """``a, b en c``."""
    return f" {last} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def share(part: int, whole: int) -> str:
    """``12,5%``; what is there never reads as 0% and what is not all never as 100%."""
    percent = 100 * part / whole if whole else 0.0
    if 0 < percent < 0.1:  # noqa: PLR2004
        return "minder dan 0,1%"
    if 99.9 < percent < 100:  # noqa: PLR2004
        return "meer dan 99,9%"
    return f"{percent:.1f}".removesuffix(".0").replace(".", ",") + "%"


def duration(seconds: float) -> str:
    """``0,4 s`` or ``2 min 5 s``."""
    if round(seconds, 1) < _MINUTE:
        return f"{seconds:.1f} s".replace(".", ",")
    minutes, rest = divmod(round(seconds), _MINUTE)
    return f"{number(minutes)} min {rest} s"


def moment(at: datetime) -> str:
    """``3 november 2026, 02.00 uur`` in Amsterdam; a moment without a zone is taken as it stands."""
    local = at.astimezone(_ZONE) if at.tzinfo else at
    return f"{calendar_date(local.date())}, {local:%H.%M}\N{NO-BREAK SPACE}uur"


def source_name(bron: str) -> str:
    """A source as people call it in a sentence."""
    return {str(key): name for key, name in _SHORT.items()}.get(bron, bron)


def source_title(bron: str) -> str:
    """A source with its whole name, as in the published contracts."""
    return {str(key): name for key, name in BRON_NAAM.items()}.get(bron, bron)


def capital(text: str) -> str:
    """The same text with a capital to begin with."""
    return text[:1].upper() + text[1:]


def shown(name: str) -> str:
    """The name of a file as it can be shown: whatever is no printable sign (a newline, an escape) becomes ``�``."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)


def check_meaning(code: str) -> str:
    """What a rejection code means, as a sentence without full stop; empty where nobody says."""
    return capital(_CHECKS.get(code.rpartition(":")[2], ""))


def remark_meaning(code: str) -> str:
    """What a remark means, as a sentence; empty where nobody says."""
    column, _, remark = code.rpartition(":")
    if remark == "onbekende_code":
        return _UNKNOWN_CODE.format(column)
    if code.startswith("kolom:verboden_"):
        return _FORBIDDEN.format(remark.removeprefix("verboden_"))
    return _REMARKS.get(code, "")
