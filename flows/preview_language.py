"""What the language gate says of an example, in a few Dutch lines for its preview."""

from decimal import Decimal
from typing import NamedTuple

from contracts.dutch import decimal, number
from contracts.notice import House, Notice
from notifications.language import Allowed, Verdict, judge, judge_notice


class Reading(NamedTuple):
    """How a text reads: label and figure of each measure, and what stands in its way."""

    cijfers: tuple[tuple[str, str], ...]
    bezwaren: tuple[str, ...]


def reading(notice: Notice, house: House) -> Reading:
    """How a letter or e-mail reads, its answer form with it."""
    return _told(judge_notice(notice, house))


def reading_of_text(text: str, house: House) -> Reading:
    """How an SMS reads."""
    return _told(judge((text,), Allowed.of_house(house)))


def _told(verdict: Verdict) -> Reading:
    figures = verdict.figures
    return Reading(
        cijfers=(
            ("Zinnen", number(figures.sentences)),
            ("Woorden per zin", _tenths(figures.mean)),
            ("Langste zin", f"{figures.longest} woorden"),
            ("Flesch-Douma", _tenths(figures.flesch_douma)),
            ("Moeilijke woorden", f"{_tenths(100 * figures.rare_share)} %"),
            ("Lijdende zinnen", number(figures.passives)),
        ),
        bezwaren=tuple(" ".join(filter(None, (one.wat, one.advies))) for one in verdict.findings),
    )


def _tenths(value: float) -> str:
    return decimal(Decimal(f"{value:.1f}"))
