"""One e-mail a working day to each consulent with work: how much there is, and nothing about anybody."""

from datetime import UTC, date, datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from advice.quiet import quiet
from contracts.errors import SettingsError
from contracts.message import ChannelError, Email, Uitslag
from flows.casebook import open_casebook
from flows.secret import secret
from flows.settings import Settings, Workplace
from flows.trouble import Trouble
from notifications.channels import connect
from notifications.channels.smtp import NAAM as SMTP
from store.casebook import Load
from store.casebook.book import opaque

_ZONE: Final = ZoneInfo("Europe/Amsterdam")
_VERSION: Final = "1"


def remind(work: Workplace, now: datetime | None = None) -> tuple[int, tuple[Trouble, ...]]:
    """Remind each consulent of their open tasks, once on a working day.

    What a mail server did not take is tried again the next time; where nobody can say whether it left it is not.

    Args:
        work: the work folder.
        now: the moment; default now.

    Returns:
        How many e-mails left, and what keeps others from going.
    """
    settings = work.settings
    today = (now or datetime.now(UTC)).astimezone(_ZONE).date()
    if not settings.werklijst.herinnering or not is_working_day(today):
        return 0, ()
    try:
        channel = connect(SMTP, settings.kanaal[SMTP], secret)
        sent = 0
        with open_casebook(work) as casebook:
            loads = casebook.loads(today, too_long=settings.werklijst.te_lang_dagen)
            for consulent_id, aan in sorted(settings.werklijst.postvakken.items()):
                load = loads.get(consulent_id)
                if load is None or not casebook.claim_reminder(consulent_id, today):
                    continue
                try:
                    said = channel.send(message(consulent_id, aan, load, settings, today)).uitslag
                except ChannelError:
                    casebook.release_reminder(consulent_id, today)
                    raise
                if said in (Uitslag.NIET_VERSTUURD, Uitslag.GEWEIGERD):
                    casebook.release_reminder(consulent_id, today)
                sent += said in (Uitslag.AANGENOMEN, Uitslag.BEZORGD)
    except (ChannelError, SettingsError) as error:  # the latter of a secret that can't be read
        return 0, (Trouble.of(error),)
    return sent, ()


def is_working_day(day: date) -> bool:
    """Whether consulenten work: not in a weekend, nor on a holiday of the country."""
    return not quiet(day, weekdays=("zaterdag", "zondag"), holidays=True, before_christmas=0, others=())


def message(consulent_id: str, aan: str, load: Load, settings: Settings, day: date) -> Email:
    """The e-mail: counts and where to go."""
    where = settings.werklijst.adres
    lines = [
        "Goedemorgen,",
        sentence(load, settings.werklijst.te_lang_dagen),
        f"Open de werklijst: {where}" if where else "Open de werklijst om ze te zien.",
        "Deze e-mail gaat op werkdagen, hoogstens één keer per dag. Er staan met opzet geen namen in.",
    ]
    html = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return Email(
        kenmerk=opaque("N", "werklijst", consulent_id, day.isoformat()), bericht="werklijst_herinnering",
        versie=_VERSION, aan=aan, onderwerp=subject(load), tekst="\n\n".join(lines) + "\n",
        html=f'<!doctype html><html lang="nl"><body>{html}</body></html>',
    )  # fmt: skip


def subject(load: Load) -> str:
    """What stands above it."""
    return f"U hebt {_tasks(load.taken)} in Tijdig"


def sentence(load: Load, days: int) -> str:
    """``U hebt 7 taken. 2 hebben spoed. 1 ligt langer dan 14 dagen.``"""
    said = [f"U hebt {_tasks(load.taken)}."]
    if load.spoed:
        said.append(f"{load.spoed} {'heeft' if load.spoed == 1 else 'hebben'} spoed.")
    if load.te_lang:
        said.append(f"{load.te_lang} {'ligt' if load.te_lang == 1 else 'liggen'} er al {days} dagen of langer.")
    return " ".join(said)


def _tasks(count: int) -> str:
    return f"{count} {'taak' if count == 1 else 'taken'}"
