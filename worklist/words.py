"""What the pages say, in Dutch: the names of things, and what is confirmed after a deed."""

from typing import Final, get_args

from contracts.dutch import number
from contracts.finding import Richting, TaakSoort
from contracts.work import Adviseur, Bak, Daad

#: What kind of work a task is.
SOORT_NAAM: Final[dict[str, str]] = {
    "contact": "Contact opnemen",
    "ambtshalve_voorstel": "Zelf een aanpassing voorstellen",
    "hulp": "Helpen met de inschrijving",
    "controleer_koppeling": "Nagaan over wie het gaat",
    "overleg_jurist": "Eerst overleggen met de jurist",
    "achterstand": "Een melding van de inwoner verwerken",
    "beperkt": "Alleen voor een beperkte groep",
    "bewering": "Uitzoeken wat de inwoner zegt",
}
SOORTEN: Final = get_args(TaakSoort)

RICHTING_NAAM: Final[dict[Richting, str]] = {
    Richting.VOORDEEL: "Kan meer worden",
    Richting.NADEEL: "Kan minder worden",
    Richting.GEMENGD: "Kan meer of minder worden",
    Richting.NEUTRAAL: "Geen gevolg voor het bedrag",
}

#: What is said of the amount where it could not be worked out.
ZONDER_BEDRAG: Final[dict[Richting, str]] = {
    Richting.VOORDEEL: "De uitkering kan hoger worden. Hoeveel dit scheelt, is niet te zeggen.",
    Richting.NADEEL: "De uitkering kan lager worden. Hoeveel dit scheelt, is niet te zeggen.",
    Richting.GEMENGD: "De uitkering kan hoger of lager worden. Hoeveel dit scheelt, is niet te zeggen.",
    Richting.NEUTRAAL: "Het bedrag van de uitkering hangt hier niet rechtstreeks van af.",
}

#: Ages that can be chosen, in days.
OUDERDOM: Final[dict[int, str]] = {
    7: "een week of langer", 14: "twee weken of langer", 30: "een maand of langer", 90: "drie maanden of langer",
}  # fmt: skip

LEEG: Final[dict[Bak, str]] = {
    Bak.MIJN: "U heeft nu geen taken. Misschien ligt er iets bij uw team waarmee u kunt helpen.",
    Bak.TEAM: "Er zijn nu geen taken voor uw team. Mooi zo.",
    Bak.TE_LANG: "Er ligt niets te lang. Goed bezig.",
    Bak.UITGESTELD: "Er is niets uitgesteld.",
    Bak.VRAGEN: "Er zijn geen vragen van collega's die op antwoord wachten.",
    Bak.KLAAR: "Er is nog niets afgerond.",
}
LEEG_FILTER: Final = "Geen taak past bij wat u zoekt. Wis het filter of kies een andere bak."

ADVISEUR_NAAM: Final[dict[Adviseur, str]] = {"jurist": "de jurist", "handhaver": "een handhaver"}
STATUS_NAAM: Final[dict[str, str]] = {
    "open": "Open",
    "afgerond": "Afgerond",
    "vervallen": "Vervallen: het verschil is er niet meer",
}

AL_OPGESLAGEN: Final = "al_opgeslagen"
#: What is confirmed, by what stands behind ``?gedaan=``: no other text can be put on a page by an address.
GEDAAN: Final[dict[str, str]] = {
    Daad.OPGEPAKT: "U heeft de taak opgepakt.",
    Daad.TERUGGELEGD: "De taak ligt weer bij het team.",
    Daad.OVERGEDRAGEN: "De taak is overgedragen.",
    Daad.GEVRAAGD: "Uw vraag is gesteld. Het antwoord komt bij de taak te staan.",
    Daad.GEANTWOORD: "Uw antwoord staat bij de taak.",
    Daad.UITGESTELD: "De taak is uitgesteld. Op de gekozen dag staat die weer in de lijst.",
    Daad.CONTACT: "Het contact is genoteerd.",
    Daad.AFGEROND: "De taak is afgerond. Dank u wel.",
    Daad.HEROPEND: "De taak is weer open.",
    Daad.BEZWAAR: "De uitkomst van het bezwaar is genoteerd.",
    Daad.TERUGGEMELD: "Genoteerd dat de terugmelding is doorgegeven.",
    AL_OPGESLAGEN: "Dit was al opgeslagen. Het staat er één keer.",
}


def days(count: int) -> str:
    """``1 dag`` or ``1.200 dagen``."""
    return "1 dag" if count == 1 else f"{number(count)} dagen"


def tasks(count: int) -> str:
    """``1 taak`` or ``1.200 taken``."""
    return "1 taak" if count == 1 else f"{number(count)} taken"
