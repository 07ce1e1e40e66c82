"""Dutch words for worlds and measures, and amounts that are not told more exactly than a model knows them."""

from collections.abc import Iterator, Mapping
from math import floor, log10
from typing import Final

from advice.simulation import Band, Maat, Simulatie, Tegen, Wereld
from advice.simulation.result import ANDERE, HOOFD, IN_EURO
from contracts.dutch import number
from contracts.parameters import Status

WERELD: Final[Mapping[Wereld, str]] = {
    Wereld.NIETS: "niets extra",
    Wereld.REPRESSIEF: "repressief",
    Wereld.TIJDIG: "Tijdig",
}
WERELD_UITLEG: Final[Mapping[Wereld, str]] = {
    Wereld.NIETS: "De dienst komt erachter als de inwoner het zelf doorgeeft, bij het periodieke heronderzoek of bij "
    "de jaarlijkse vergelijking met de registers.",
    Wereld.REPRESSIEF: "Daarbij leidt elk signaal dat er te veel betaald wordt, een keer per maand, tot een onderzoek. "
    "Dat stelt altijd vast hoe het zit. Er volgt een terugvordering, en naar verwijtbaarheid een boete. Naar te weinig "
    "vraagt een onderzoek niet.",
    Wereld.TIJDIG: "Daarbij vindt een nacht wat in een register staat. Er gaat een brief, er belt iemand, of de dienst "
    "doet een voorstel, zoals de regel vraagt. Een deel antwoordt. Wie niet bereikt wordt, gaat verder als bij niets "
    "extra.",
}
MAAT: Final[Mapping[Maat, str]] = {
    Maat.DAGEN_TE_VEEL: "dagen te veel betaald",
    Maat.EURO_TE_VEEL: "te veel betaald",
    Maat.VORDERINGEN: "terugvorderingen",
    Maat.GEVORDERD: "teruggevorderd",
    Maat.BOETES: "boetes",
    Maat.BOETEBEDRAG: "boetebedrag",
    Maat.DAGEN_TE_WEINIG: "dagen te weinig betaald",
    Maat.EURO_TE_WEINIG: "te weinig betaald",
    Maat.NIET_HERSTELD: "te weinig en nooit hersteld",
    Maat.BRIEVEN: "brieven",
    Maat.GESPREKKEN: "gesprekken en voorstellen",
    Maat.ONDERZOEKEN: "onderzoeken",
    Maat.UREN: "uren werk van de dienst",
    Maat.KOSTEN: "kosten van het werk",
}
MAAT_UITLEG: Final[Mapping[Maat, str]] = {
    Maat.DAGEN_TE_VEEL: "dagen waarop een huishouden te veel kreeg",
    Maat.EURO_TE_VEEL: "die dagen maal het bedrag per dag",
    Maat.VORDERINGEN: "wijzigingen waarvan bekend werd dat er te veel betaald is",
    Maat.GEVORDERD: "het bedrag daarvan; de rest wordt nooit bekend",
    Maat.BOETES: "boetes, zonder de waarschuwingen",
    Maat.BOETEBEDRAG: "het bedrag daarvan",
    Maat.DAGEN_TE_WEINIG: "dagen waarop een huishouden te weinig kreeg",
    Maat.EURO_TE_WEINIG: "die dagen maal het bedrag per dag",
    Maat.NIET_HERSTELD: "wat daarvan nooit alsnog betaald wordt",
    Maat.BRIEVEN: "brieven, ook over wat niet klopt",
    Maat.GESPREKKEN: "telefoontjes, en voorstellen die iemand uitzoekt",
    Maat.ONDERZOEKEN: "onderzoeken, ook naar wat niet klopt",
    Maat.UREN: "verwerken, terugvorderen, boetes, bellen, onderzoek; bezwaar heeft een eigen prijs",
    Maat.KOSTEN: "uren, brieven, invordering, bezwaar en wat Tijdig zelf kost",
}
#: Differences that are told in words.
GENOEMD: Final = (*HOOFD, Maat.VORDERINGEN)
GEEN_METING: Final = "Dit is een model, geen meting"
_FIGURES: Final = 3
_CENTS: Final = 100
_MINUS: Final = "\N{MINUS SIGN}"
_EURO: Final = "€\N{NO-BREAK SPACE}"


def amount(maat: Maat, value: float) -> str:
    """``€ 831.000``, ``670`` or ``−12.200``: three figures that count; a line never breaks in it."""
    whole = rounded(value / _CENTS if maat in IN_EURO else value)
    sign = _MINUS if whole < 0 else ""
    return f"{sign}{_EURO if maat in IN_EURO else ''}{number(abs(whole))}"


def rounded(value: float) -> int:
    """Half-up on three figures; below a thousand on a whole number."""
    if not value:
        return 0
    step: int = 10 ** max(0, floor(log10(abs(value))) - _FIGURES + 1)
    whole = floor(abs(value) / step + 0.5) * step
    return -whole if value < 0 else whole


def ends(maat: Maat, band: Band) -> str:
    """``−€ 880.000 tot −€ 773.000``."""
    return f"{amount(maat, band.laag)} tot {amount(maat, band.hoog)}"


def less_or_more(maat: Maat, band: Band) -> str:
    """``€ 831.000 minder (€ 773.000 tot € 880.000)``; where it may be either, that."""
    if band.laag < 0 < band.hoog:
        return f"niet te zeggen of het meer of minder is ({ends(maat, band)})"
    if not (band.laag or band.hoog):
        return "evenveel"
    low, high = sorted((abs(band.laag), abs(band.hoog)))
    word = "minder" if band.midden < 0 else "meer"
    return f"{amount(maat, abs(band.midden))} {word} ({amount(maat, low)} tot {amount(maat, high)})"


def headlines(found: Simulatie, tegen: Tegen) -> Iterator[str]:
    """What a year with Tijdig differs from a year in another world, good or bad."""
    for maat in GENOEMD:
        yield f"{MAAT[maat]}: {less_or_more(maat, found.verschil(tegen, maat))}"


def turning(found: Simulatie) -> Iterator[str]:
    """Which parameter by itself turns a difference around."""
    for tegen in ANDERE:
        for maat in HOOFD:
            names = [one.parameter for one in found.drijvers(tegen, maat) if one.keert_om]
            if names:
                yield f"{MAAT[maat]}, tegenover {WERELD[tegen]}: {', '.join(names)}"


def unconfirmed(found: Simulatie) -> tuple[str, ...]:
    """The parameters that nobody confirmed, by name."""
    return tuple(one.naam for one in found.gebruikt if one.status is not Status.GEZIEN)
