"""How a task ends: what a consulent types about it, and if they wish their answers to the three questions.

This is the one place of the pages where a judgement is made, and only from what somebody typed.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from pydantic import ValidationError

from contracts.dutch import calendar_date
from contracts.oordeel import Bewust, Oordeel
from contracts.outcome import UITKOMST_ZIN, Uitkomst
from contracts.publish_words import BRON_NAAM
from contracts.tables import Bron
from contracts.toets import VRAAG_ZIN, Vraag
from contracts.work import Afronding, Daad
from store.casebook import Deed
from worklist.deed_form import Act, Asking, Form
from worklist.forms import Invoer
from worklist.known import toets_of
from worklist.sides import register_of

_LONG_AGO: Final = date(1900, 1, 1)
_AHEAD: Final = timedelta(days=366)
_BEWUST: Final = {
    Bewust.JA: "Ja, dat kon de inwoner weten",
    Bewust.NEE: "Nee, dat kon de inwoner niet weten",
    Bewust.ONBEKEND: "Dat weet ik niet",
}
#: Field -> the answer it is.
_ANSWERS: Final = ("bewust", "context", "impact")
_LONGEST: Final = 2_000


def _read(typed: Invoer, asking: Asking) -> Act | None:
    ended = typed.choice("uitkomst", tuple(Uitkomst), "Kies hoe het eindigde.")
    day = typed.day("feitdatum", _LONG_AGO, asking.services.today() + _AHEAD)
    cents, said = typed.euros("effect"), typed.text("toelichting")
    telling = typed.text("terugmelding")
    if ended == Uitkomst.ANDERS and not said:
        typed.fouten.setdefault("toelichting", "Schrijf op hoe het eindigde: u koos voor ‘anders’.")
    if ended == Uitkomst.BRON_KLOPT_NIET and not telling:
        typed.fouten.setdefault("terugmelding", "Schrijf op wat er niet klopt: dit gaat naar wie de bron bijhoudt.")
    judged = _judged(typed, asking)
    if typed.fouten or ended is None:
        return None
    how = Uitkomst(ended)
    until = asking.services.geldt_tot(how, asking.services.casebook.last_recorded())
    ending = Afronding(uitkomst=how, feitdatum=day, effect_cent=cents, toelichting=said, tot=until)
    return lambda deed: _finish(asking, deed, ending, telling, judged)


def _finish(asking: Asking, deed: Deed, ending: Afronding, telling: str, judged: Oordeel | None) -> bool:
    casebook, finding = asking.services.casebook, asking.found.finding
    # What lay there to answer by is what was known before this task was closed.
    keep = None if judged is None else casebook.keeping(judged, toets_of(casebook, finding, asking.services.today()))
    return casebook.finish(deed, ending, terugmelding=(register_of(finding), telling), judged=keep)


def _judged(typed: Invoer, asking: Asking) -> Oordeel | None:
    """The three answers; None = none was given, or they do not fit."""
    bewust = typed.choice("bewust", ("", *Bewust), "Kies ja, nee of weet ik niet.")
    context = typed.text("context", longest=_LONGEST)
    impact = typed.text("impact", longest=_LONGEST)
    given = dict(zip(_ANSWERS, (bewust, context, impact), strict=True))
    if not any(given.values()):
        return None
    for name, answer in given.items():
        if not answer:
            typed.fouten.setdefault(name, "Beantwoord alle drie de vragen, of laat ze alle drie leeg.")
    if any(name in typed.fouten for name in _ANSWERS) or bewust is None:
        return None
    try:
        return Oordeel(
            bewust=Bewust(bewust), context=context, impact=impact, door=asking.user.gebruiker,
            moment=asking.services.now(),
        )  # fmt: skip
    except ValidationError as error:
        for problem in error.errors(include_input=False, include_context=False, include_url=False):
            name = str(problem["loc"][0])
            typed.fouten[name if name in _ANSWERS else "bewust"] = (
                "Hier staat een getal dat een BSN kan zijn. Haal het weg." if name in _ANSWERS
                else "Dit kan alleen iemand beantwoorden die op eigen naam is ingelogd."
            )  # fmt: skip
        return None


def _shows(asking: Asking, _: Mapping[str, str]) -> dict[str, Any]:
    register = register_of(asking.found.finding)
    known = {one.value: naam for one, naam in BRON_NAAM.items()}
    return {
        "uitkomsten": [(one.value, UITKOMST_ZIN[one]) for one in Uitkomst], "register": known.get(register, register),
        "bewust": [("", "Ik beantwoord de drie vragen nu niet"), *((one.value, said) for one, said in _BEWUST.items())],
        "drie": [VRAAG_ZIN[vraag] for vraag in Vraag], "brp": register == Bron.BRP,
    }  # fmt: skip


def _begins(asking: Asking, _: Mapping[str, str]) -> dict[str, str]:
    finding = asking.found.finding
    day = finding.feitdatum
    return {
        "feitdatum": day.isoformat() if day is not None else "",
        "terugmelding": (
            f"Bij dossier {finding.dossiernummer} zagen wij op {calendar_date(finding.peildatum)}: {finding.gezien} "
            "Volgens de inwoner klopt dit niet. Wilt u dit nakijken?"
        ),
    }  # fmt: skip


FORM: Final = Form(
    Daad.AFGEROND, "Taak afronden", "Afronden",
    "Zeg hoe het eindigde. Daarna kunt u de taak alleen nog lezen.", _read, "afronden.html.j2", shows=_shows,
    begins=_begins,
)  # fmt: skip
