"""Everything about one person as one dictionary: what the page shows and the JSON holds."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from contracts.logregel import ACTIVITY, to_dict
from contracts.notice import House
from contracts.publish_words import BRON_NAAM, DOEL_WOORDEN
from contracts.retention import Soort, retention_on
from contracts.tables import TABLES, Bron, Doel
from contracts.verwerkingen import Activiteit, verwerking
from flows.casebook import open_casebook
from flows.logboek import known_as, logboek_of
from flows.overview.casework import Casework, Whose
from flows.overview.registers import tables_in_words
from flows.overview.words import Words, roles_of
from flows.rule_texts import rule_texts
from flows.settings import Settings, Workplace
from flows.steps import open_warehouse
from store.subject import Subject
from store.subject_rows import names_of_others, rows_of, unread_about

Letter = Callable[[sa.Row[Any]], str | None]


#: Terms that are about employees.
_OF_EMPLOYEES = (Soort.SESSIE, Soort.ACCOUNT, Soort.HERINNERING)


def collect(
    work: Workplace, who: Subject, now: datetime, letter_of: Letter
) -> tuple[dict[str, Any], list[tuple[str, str]]]:  # fmt: skip
    """Everything about one person, and the words that somebody looks at before they can be given.

    Args:
        work: the work folder.
        who: the person.
        now: the moment.
        letter_of: the name of the file of a letter that is still kept, by the row of its notice.
    """
    with open_warehouse(work, read_only=True) as warehouse:
        registers = tables_in_words(rows_of(warehouse, who))
        others, unread = names_of_others(warehouse, who), unread_about(warehouse, who)
    with open_casebook(work) as casebook:
        words = Words(others, frozenset({who.bsn or ""}), roles_of(casebook.accounts()))
        rows = casebook.rows_about(who.dossiers, who.sleutels)
    columns = {name: text.kolommen for name, text in rule_texts().items()}
    whose = Whose(frozenset(who.dossiers), frozenset(who.sleutels))
    casework = Casework(rows, whose, words, columns)
    found = {
        "gemaakt_op": now.isoformat(timespec="minutes"), "dienst": _house(work.settings.huis),
        "dossiers": list(who.dossiers), "als_partner_in": list(who.als_partner), "bekend": bool(registers),
        "waarvoor": list(_purposes()), "ontvangers": list(_recipients(work.settings)),
        "bewaartermijnen": list(_terms(now.date())), "registers": registers, "niet_leesbaar": unread,
        "signalen": casework.findings(), "berichten": casework.notices(letter_of), "verzoeken": casework.requests(),
        "contactkaart": casework.card(), "steekproeven": casework.samples(), "elders": casework.elsewhere(),
        "wie_keek": casework.looked(), "regels": casework.rules,
        "logboek": list(_logged(work, who)),
    }  # fmt: skip
    return found | {"na_te_kijken": len(words.held)}, words.held


def _logged(work: Workplace, who: Subject) -> Iterator[dict[str, str]]:
    """Each time their data were used: when, what was done, and for which activity."""
    names = {verwerking(one).uri(work.settings.logboek.register_adres): verwerking(one).nu.naam for one in Activiteit}
    for line in logboek_of(work).about(known_as(work, who)):
        said = to_dict(line)
        began = datetime.fromtimestamp(said["start_time"] / 1000, UTC)
        activity = said["attributes"][ACTIVITY]
        yield {"moment": began.isoformat(), "wat": said["name"], "waarvoor": names.get(activity, activity)}


def _house(house: House) -> dict[str, str]:
    return {
        "naam": house.dienst, "telefoon": house.telefoon, "openingstijden": house.openingstijden,
        "adres": house.retouradres, "website": house.website, "privacypagina": house.privacypagina,
    }  # fmt: skip


def _purposes() -> Iterator[dict[str, str]]:
    """Why, by whose data, and on which ground: a line a source."""
    for bron in Bron:
        table = next(one for one in TABLES.values() if one.bron is bron)
        yield {"bron": BRON_NAAM[bron], "doel": DOEL_WOORDEN[Doel.ACTUALISEREN], "grondslag": table.ground}


def _recipients(settings: Settings) -> Iterator[str]:
    """Who can be given something, by what is set up."""
    yield "De consulenten van de dienst, en wie zij om raad vragen (een jurist of een handhaver)."
    yield "Wie de brieven drukt en post."
    if settings.kanalen.email or settings.kanalen.sms or settings.kanalen.brief != "printmap":
        yield "De dienst die berichten bezorgt (NotifyNL of een mailserver)."
    if settings.openklant is not None:
        yield "Open Klant, het programma voor contact met inwoners. Daar staat niet in over wie een taak gaat."
    yield "Het register zelf, als u zegt dat een gegeven daar niet klopt en dat zo is."
    yield "Buiten de Europese Unie gaat niets."


def _terms(day: date) -> Iterator[dict[str, str]]:
    for term in (one for one in retention_on(day).termijnen if one.soort not in _OF_EMPLOYEES):
        yield {"wat": term.wat, "hoe_lang": term.in_words, "vanaf": term.begint}
