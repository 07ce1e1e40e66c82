"""One e-mail a run to each beheerder: what is new, what is still so, and nobody in it."""

from datetime import datetime, timedelta
from html import escape
from typing import Final

from contracts.dutch import calendar_date
from contracts.errors import SettingsError
from contracts.message import ChannelError, Email, Uitslag
from flows.bewaking.alerts import ALERT_NAAM
from flows.bewaking.state import State, Told, mark_of
from flows.secret import secret
from flows.settings import Settings
from notifications.channels import connect
from notifications.channels.smtp import NAAM as SMTP
from store.casebook.book import opaque

_VERSION: Final = "1"
_LEFT: Final = (Uitslag.AANGENOMEN, Uitslag.BEZORGD)


def send_due(state: State, settings: Settings, now: datetime) -> int:
    """Tell each address what it did not hear yet; returns how many e-mails left.

    A mail server that does not take it, or a secret that can't be read, breaks nothing: why is noted in ``state``, and
    the next run tries again. Also where nobody can say whether it left: to hear twice is better than not at all.
    """
    again = timedelta(days=settings.meldingen.herhaal_dagen)
    sent, problem = 0, ""
    for aan in settings.meldingen.aan:
        due = [one for one in state.meldingen.values() if one.due(aan, now, again)]
        if not due:
            continue
        rest = [one for one in state.meldingen.values() if one not in due]
        try:
            answer = connect(SMTP, settings.kanaal[SMTP], secret).send(message(aan, due, rest, settings, now))
        except (ChannelError, SettingsError) as error:
            problem = error.what
            continue
        if answer.uitslag not in _LEFT:
            problem = f"The mail server did not take it ({answer.code})."
            continue
        sent += 1
        for one in due:
            one.verteld[mark_of(aan)] = now
    if settings.meldingen.aan:
        state.mail_mislukt = problem
    return sent


def message(aan: str, due: list[Told], rest: list[Told], settings: Settings, now: datetime) -> Email:
    """The e-mail."""
    count = "1 ding vraagt" if len(due) == 1 else f"{len(due)} dingen vragen"
    parts = ["Goedendag,", f"Bij Tijdig voor {settings.gemeente} {count} uw aandacht."]
    parts += [_told(one) for one in sorted(due, key=_order)]
    if rest:
        lines = [f"- {ALERT_NAAM[one.melding.soort]}: {one.melding.waar} (sinds {_day(one)})" for one in rest]
        parts.append("\n".join(["Dit hoorde u al, en het is nog zo:", *lines]))
    parts.append(
        "Het verslag van de nacht staat in de werkmap, in uitvoer/<dag>/verslag.html. Wat u per melding doet, staat in "
        "docs/bewaking.md. In deze e-mail staat met opzet niemand."
    )
    html = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in parts)
    keys = sorted(one.melding.sleutel for one in due)
    return Email(
        kenmerk=opaque("N", "melding", mark_of(aan), now.isoformat(), *keys), bericht="melding_beheerder",
        versie=_VERSION, aan=aan, onderwerp=f"Tijdig {settings.gemeente}: {count} uw aandacht",
        tekst="\n\n".join(parts) + "\n", html=f'<!doctype html><html lang="nl"><body>{html}</body></html>',
    )  # fmt: skip


def _told(one: Told) -> str:
    said = one.melding
    return f"{ALERT_NAAM[said.soort]}\n{said.wat}\nWaar: {said.waar}\nWat te doen: {said.doen}"


def _order(one: Told) -> tuple[int, str]:
    return list(ALERT_NAAM).index(one.melding.soort), one.melding.over


def _day(one: Told) -> str:
    return calendar_date(one.sinds.date())
