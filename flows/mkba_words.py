"""How an MKBA is told: Dutch words for scenarios, sides and items, amounts, and the break-even in a sentence."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from advice.mkba import Band, Geval, Kansen, Kant, Omslag, Post, Scenario
from contracts.dutch import calendar_date, decimal, euro, number

SCENARIO: Final[Mapping[Scenario, str]] = {
    Scenario.GEEN: "geen interventie",
    Scenario.REPRESSIEF: "repressief handhaven",
    Scenario.SOCIAAL: "sociaal handhaven",
}
KANT: Final[Mapping[Kant, str]] = {
    Kant.INWONER: "inwoner",
    Kant.DIENST: "dienst",
    Kant.SAMENLEVING: "samenleving",
    Kant.SAMEN: "samen",
}
KANT_UITLEG: Final[Mapping[Kant, str]] = {
    Kant.INWONER: "de inwoner en het huishouden",
    Kant.DIENST: "de dienst en de gemeente",
    Kant.SAMENLEVING: "ieder ander: rechtspraak, rechtsbijstand, schuldeisers, zorg",
    Kant.SAMEN: "alle drie bij elkaar; wat de een aan de ander betaalt, valt daar weg",
}
POST: Final[Mapping[Post, str]] = {
    Post.TE_VEEL_BETAALD: "te veel betaald",
    Post.TERUGBETAALD: "terugbetaald",
    Post.BOETE: "boete",
    Post.TE_WEINIG_BETAALD: "te weinig betaald",
    Post.NABETAALD: "alsnog betaald",
    Post.BRIEF: "brief",
    Post.BELLEN: "bellen of uitzoeken",
    Post.VERWERKEN: "wijziging verwerken",
    Post.ONDERZOEK: "onderzoek",
    Post.TERUGVORDERING: "terugvordering",
    Post.INVORDERING: "invordering",
    Post.BOETEBESLUIT: "boetebesluit",
    Post.BEZWAAR: "bezwaar en beroep",
    Post.SCHULDHULP: "schuldhulp",
    Post.TIJD: "tijd van de inwoner",
}
_HUNDRED: Final = 100
#: The question of the break-even.
OMSLAG: Final = (
    "Bij welke kans dat de inwoner het anders niet had gemeld, kost sociaal handhaven niet meer dan niets doen?"
)
_OPEN: Final = "binnen de bandbreedte kan het bij elke kans beide kanten op"


def whole(cents: int) -> str:
    """Whole euros, half-up: ``-1.234``."""
    euros = (2 * abs(cents) + _HUNDRED) // (2 * _HUNDRED)
    return f"-{number(euros)}" if cents < 0 and euros else number(euros)


def ends(band: Band) -> str:
    """``-900 tot 2.000``, in whole euros."""
    return f"{whole(band.laag)} tot {whole(band.hoog)}"


def percent(chance: Fraction) -> str:
    """``33,3 procent``."""
    share = Decimal(chance.numerator * _HUNDRED) / Decimal(chance.denominator)
    return f"{decimal(share.quantize(Decimal('0.1'), ROUND_HALF_UP))} procent"


def subject(case: Geval) -> str:
    """What the case is about, in a sentence."""
    low, high = case.bedrag
    amount = euro(low) if low == high else f"{euro(low)} tot {euro(high)}"
    since = "" if case.feitdatum is None else f", vanaf {calendar_date(case.feitdatum)}"
    most = f", hoogstens {case.hoogstens_maanden} maanden" if case.hoogstens_maanden else ""
    return f"Te {'veel' if case.te_veel else 'weinig'} betaald: {amount} per maand{since}{most}."


def break_even(found: Omslag) -> str:
    """At which chances sociaal handhaven costs no more than doing nothing, with how sure that is."""
    if found.basis is None:
        base = "bij geen enkele kans"
    elif _all(found.basis):
        base = "bij elke kans"
    else:
        base = _chances(found.basis)
    return f"{base}; {_certain(found)}"


def _certain(found: Omslag) -> str:
    if any(sure is not None and _all(sure) for sure in (found.zeker, found.zeker_niet)):
        return "dat geldt binnen de hele bandbreedte"
    sure = [
        f"zeker {word} {_chances(chances)}"
        for word, chances in (("wel", found.zeker), ("niet", found.zeker_niet))
        if chances is not None
    ]
    return f"{', '.join(sure)}, daarbuiten hangt het van de parameters af" if sure else _OPEN


def _all(chances: Kansen) -> bool:
    return chances.van == 0 and chances.tot == 1


def _chances(chances: Kansen) -> str:
    if chances.van == chances.tot:
        return f"precies bij {percent(chances.van)}"
    if chances.tot == 1:
        return f"vanaf {percent(chances.van)}"
    if chances.van == 0:
        return f"tot en met {percent(chances.tot)}"
    return f"van {percent(chances.van)} tot en met {percent(chances.tot)}"
