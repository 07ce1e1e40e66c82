"""The deeds that are done with a task, but for how it ends: what each form asks, and how it is read."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, Literal, NamedTuple, cast

from contracts.work import Bezwaar, Daad, Recht, Rol, User
from worklist import words
from worklist.deed_form import Act, Asking, Form
from worklist.forms import Invoer
from worklist.history import Question, questions
from worklist.page import named

_TO_PERSON, _TO_TEAM = "p:", "t:"
#: The first day on which a bezwaar is taken to be decided.
_LONG_AGO: Final = date(2000, 1, 1)


class Choice(NamedTuple):
    """Somebody or a team to hand over to."""

    waarde: str
    naam: str


def _pick_up(_: Invoer, asking: Asking) -> Act:
    return asking.services.casebook.pick_up


def _put_back(_: Invoer, asking: Asking) -> Act:
    return asking.services.casebook.put_back


def _hand_over(typed: Invoer, asking: Asking) -> Act | None:
    people, teams = _colleagues(asking), _teams(asking)
    known = [choice.waarde for choice in (*people, *teams)]
    to = typed.choice("naar", known, "Kies aan wie of welk team u de taak overdraagt.")
    said = typed.text("tekst", "Schrijf op wat de ander moet weten.")
    if typed.fouten or to is None:
        return None
    person = to.removeprefix(_TO_PERSON) if to.startswith(_TO_PERSON) else None
    team = to.removeprefix(_TO_TEAM) if to.startswith(_TO_TEAM) else None
    return lambda deed: asking.services.casebook.hand_over(deed, behandelaar=person, team=team, tekst=said)


def _ask(typed: Invoer, asking: Asking) -> Act | None:
    to = typed.choice("aan", tuple(words.ADVISEUR_NAAM), "Kies aan wie u de vraag stelt.")
    said = typed.text("tekst", "Schrijf uw vraag op.")
    if typed.fouten or to is None:
        return None
    adviser = cast("Literal['jurist', 'handhaver']", to)
    return lambda deed: asking.services.casebook.ask(deed, adviser, said)


def _answer(typed: Invoer, asking: Asking) -> Act | None:
    asked = {one.volgnr for one in waiting(asking)}
    nr = typed.number("vraag")
    said = typed.text("tekst", "Schrijf uw antwoord op.")
    if nr is None or nr not in asked:
        typed.fouten["vraag"] = "Kies de vraag waarop u antwoord geeft."
    if typed.fouten or nr is None:
        return None
    return lambda deed: asking.services.casebook.answer_question(deed, nr, said)


def _postpone(typed: Invoer, asking: Asking) -> Act | None:
    first, last = _days_ahead(asking)
    until = typed.day("tot", first, last, "Kies tot welke dag de taak kan wachten.")
    said = typed.text("tekst", "Schrijf op waarom de taak kan wachten.")
    if typed.fouten or until is None:
        return None
    return lambda deed: asking.services.casebook.postpone(deed, until, said)


def _note_contact(typed: Invoer, asking: Asking) -> Act | None:
    said = typed.text("tekst", "Schrijf kort op wat er is besproken.")
    return None if typed.fouten else lambda deed: asking.services.casebook.note_contact(deed, said)


def _open_again(typed: Invoer, asking: Asking) -> Act | None:
    said = typed.text("tekst", "Schrijf op waarom de taak weer open moet.")
    return None if typed.fouten else lambda deed: asking.services.casebook.open_again(deed, said)


def _note_objection(typed: Invoer, asking: Asking) -> Act | None:
    ended = typed.choice("uitkomst", tuple(Bezwaar), "Kies of het bezwaar gegrond of ongegrond was.")
    day = typed.day("datum", _LONG_AGO, asking.services.today(), "Vul de dag van de beslissing op bezwaar in.")
    if typed.fouten or ended is None or day is None:
        return None
    return lambda deed: asking.services.casebook.note_objection(deed, Bezwaar(ended), day)


def _told_source(_: Invoer, asking: Asking) -> Act:
    return lambda deed: asking.services.casebook.told_source(deed, asking.services.today())


def _colleagues(asking: Asking) -> list[Choice]:
    """Who else can do this task: those who would see it."""
    row, shielded = asking.found.row, asking.found.taak.afgeschermd

    def could(one: User) -> bool:
        if one.gebruiker == row.behandelaar:
            return False
        if shielded:
            return one.has(Rol.BEPERKT)
        return one.team is not None and one.team == row.van_team and one.has(Rol.CONSULENT, Rol.TEAMLEIDER)

    found = [one for one in asking.services.collegas() if could(one)]
    return [Choice(f"{_TO_PERSON}{one.gebruiker}", one.naam) for one in sorted(found, key=lambda one: one.naam)]


def _teams(asking: Asking) -> list[Choice]:
    """The other teams; a task that is shielded stays with those who may know of it."""
    if asking.found.taak.afgeschermd:
        return []
    teams = {one.team for one in asking.services.collegas() if one.team is not None}
    return [Choice(f"{_TO_TEAM}{team}", team) for team in sorted(teams - {asking.found.row.van_team})]


def _days_ahead(asking: Asking) -> tuple[date, date]:
    today = asking.services.today()
    return today + timedelta(days=1), today + timedelta(days=asking.services.uitstel_dagen)


def waiting(asking: Asking) -> list[Question]:
    """The questions that this user can answer, and nobody did."""
    asked = questions(asking.events, named(asking.services))
    return [one for one in asked if not one.antwoorden and asking.user.has(Rol(one.aan))]


def _shows_hand_over(asking: Asking, _: Mapping[str, str]) -> dict[str, Any]:
    return {"mensen": _colleagues(asking), "teams": _teams(asking)}


def _shows_postpone(asking: Asking, _: Mapping[str, str]) -> dict[str, Any]:
    first, last = _days_ahead(asking)
    return {"eerste": first, "laatste": last}


def _shows_answer(asking: Asking, _: Mapping[str, str]) -> dict[str, Any]:
    return {"wachten": waiting(asking)}


def _begins_answer(_: Asking, asked: Mapping[str, str]) -> dict[str, str]:
    return {"vraag": asked.get("vraag", "")}


def _nobodys(asking: Asking) -> bool:
    return bool(asking.found.row.behandelaar != asking.user.gebruiker)


def _taken(asking: Asking) -> bool:
    return asking.found.row.behandelaar is not None


def _to_tell(asking: Asking) -> bool:
    ready = asking.services.casebook.feedback_of(asking.found.row.signaal_id)
    return ready is not None and ready.gemeld_op is None


def _for_advice(asking: Asking) -> bool:
    return not asking.found.taak.afgeschermd


#: By the last part of its address, in the order of the buttons.
FORMS: Final[dict[str, Form]] = {
    "oppakken": Form(
        Daad.OPGEPAKT, "Taak oppakken", "Oppakken", "De taak staat dan op uw naam.", _pick_up, fits=_nobodys
    ),
    "contact": Form(
        Daad.CONTACT, "Contact noteren", "Contact noteren",
        "Noteer dat u de inwoner sprak. Er gaat dan geen herinnering meer uit. De taak blijft open.", _note_contact,
        "contact.html.j2",
    ),
    "vragen": Form(
        Daad.GEVRAAGD, "Een collega vragen", "Een collega vragen",
        "Uw vraag en het antwoord blijven bij de taak staan.", _ask, "vragen.html.j2", fits=_for_advice,
    ),
    "uitstellen": Form(
        Daad.UITGESTELD, "Taak uitstellen", "Uitstellen",
        "De taak staat tot die dag in de bak Uitgesteld. Daarna staat die weer in de lijst.", _postpone,
        "uitstellen.html.j2", shows=_shows_postpone,
    ),
    "overdragen": Form(
        Daad.OVERGEDRAGEN, "Taak overdragen", "Overdragen",
        "De taak gaat naar een collega of een ander team. Wat u schrijft, blijft bij de taak staan.", _hand_over,
        "overdragen.html.j2", shows=_shows_hand_over,
    ),
    "terugleggen": Form(
        Daad.TERUGGELEGD, "Taak terugleggen", "Terugleggen", "De taak ligt dan weer bij het team.", _put_back,
        fits=_taken,
    ),
    "antwoorden": Form(
        Daad.GEANTWOORD, "Vraag beantwoorden", "Antwoord geven", "Uw antwoord blijft bij de taak staan.", _answer,
        "antwoorden.html.j2", recht=Recht.ANTWOORDEN, shows=_shows_answer, begins=_begins_answer,
        fits=lambda asking: bool(waiting(asking)), listed=False,
    ),
    "heropenen": Form(
        Daad.HEROPEND, "Taak weer openen", "Weer openen", "De taak staat dan weer in de lijst van het team.",
        _open_again, "heropenen.html.j2", recht=Recht.HEROPENEN, status=("afgerond",),
    ),
    "bezwaar": Form(
        Daad.BEZWAAR, "Uitkomst van een bezwaar noteren", "Uitkomst bezwaar noteren",
        "Was er later bezwaar? Noteer dan wat daarvan kwam. Zo leert de dienst ervan.", _note_objection,
        "bezwaar.html.j2", status=("afgerond",),
    ),
    "doorgegeven": Form(
        Daad.TERUGGEMELD, "Terugmelding doorgegeven", "Terugmelding is doorgegeven",
        "U gaf door dat het register niet klopt. Dan staat hier op welke dag.", _told_source,
        status=("open", "afgerond"), fits=_to_tell,
    ),
}  # fmt: skip
