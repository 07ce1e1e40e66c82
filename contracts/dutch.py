"""How Dutch text writes things."""

from datetime import date

_MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def calendar_date(day: date) -> str:
    """``3 november 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def number(value: int) -> str:
    """``1.234``."""
    return f"{value:,}".replace(",", ".")
