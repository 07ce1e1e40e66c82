"""How Dutch text writes things."""

from datetime import date
from decimal import Decimal

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def calendar_date(day: date) -> str:
    """``3 november 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_name(day: date) -> str:
    """``november 2026``."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def number(value: int) -> str:
    """``1.234``."""
    return f"{value:,}".replace(",", ".")


def decimal(value: Decimal) -> str:
    """``12,5`` or ``27``: as exact as it is, without zeros at the end."""
    whole, _, rest = f"{value:f}".partition(".")
    rest = rest.rstrip("0")
    return f"{number(int(whole))},{rest}" if rest else number(int(whole))


def euro(cents: int) -> str:
    """``€ 1.419,46``, with a minus in front of what is negative."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}€ {number(whole)},{rest:02}"
