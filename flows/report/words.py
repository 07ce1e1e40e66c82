"""How the page writes things: numbers, moments, names, and what a rejection code means."""

from datetime import datetime
from zoneinfo import ZoneInfo

from contracts.dutch import calendar_date, number
from contracts.tables import Bron

_ZONE = ZoneInfo("Europe/Amsterdam")
_MINUTE = 60
#: What a check is about; a code is ``column:check``, or a check alone for a line that can't be read.
_CHECKS = {
    "nullability": "verplicht, maar leeg",
    "elfproef": "geen geldig burgerservicenummer (elfproef)",
    "vorm": "niet in de afgesproken vorm",
    "code": "staat niet in de codelijst",
    "te_lang": "langer dan afgesproken",
    "geen_datum": "geen bestaande datum",
    "geen_getal": "geen geheel getal",
    "geen_bedrag": "geen bedrag in hele centen",
    "dubbel": "komt vaker dan één keer voor",
    "te_weinig_kolommen": "de regel heeft te weinig kolommen",
    "te_veel_kolommen": "de regel heeft te veel kolommen",
    "aanhalingsteken": "een aanhalingsteken staat verkeerd",
    "regel_te_lang": "de regel is te lang",
    "tekencodering": "de tekens zijn niet te lezen (geen UTF-8)",
    "onleesbaar": "de regel is niet te lezen",
}


def counted(value: int, one: str, more: str) -> str:
    """``1 brief``, ``1.234 brieven``."""
    return f"{number(value)} {one if value == 1 else more}"


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
    """A source as people call it."""
    return "BRP" if bron == Bron.BRP else bron


def capital(text: str) -> str:
    """The same text with a capital to begin with."""
    return text[:1].upper() + text[1:]


def check_meaning(code: str) -> str:
    """What a rejection code means: ``postcode: niet in de afgesproken vorm``; empty for an unknown check."""
    column, _, check = code.rpartition(":")
    meaning = _CHECKS.get(check, "")
    return f"{column}: {meaning}" if column and meaning else meaning
