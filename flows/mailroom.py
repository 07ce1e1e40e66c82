"""The steps of a delivery, each a plain function of a work folder and a night; ``delivery`` makes them a flow.

What is no longer true is taken back, the printer's word is read, letters are published, messages are sent, channels are
asked what became of those they took, and contact tasks go to Open Klant where that is set up. Killed anywhere and run
again, each has gone once.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Row

from contracts.errors import CasebookError, SettingsError
from contracts.message import ChannelError, Uitslag
from contracts.notice import NoticeError
from contracts.tables import Bron
from contracts.verwerkingen import Activiteit
from flows.alone import alone
from flows.casebook import kept_casebook, open_casebook
from flows.logboek import in_dossiers, processing
from flows.openklant import TasksThere, put_tasks
from flows.otlp import send_on
from flows.post import Writer, letters
from flows.progress import show
from flows.reminders import remind
from flows.secret import secret
from flows.settings import Workplace
from flows.trouble import Trouble
from notifications.channels import connect
from notifications.channels.print_folder import NAAM as PRINTMAP
from notifications.channels.print_folder import can_be_taken_out, in_manifest, lies_in, publish, withdraw
from notifications.delivery import Lot, Patience, Sender
from notifications.receipts import ReceiptError, read_receipt, waiting
from store.casebook import Casebook

PRINT_FOLDER = "berichten"
ZONE = ZoneInfo("Europe/Amsterdam")
#: The sources of names and addresses.
_NAMES = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


#: So many seconds a delivery waits for another one.
_PATIENCE = 900.0
_AT_WORK = Trouble(
    wat="Another delivery is at work in this work folder, for a long time already.", waar="bezorging.slot",
    doen="Wait until it is done, then run `tijdig notices deliver`.",
)  # fmt: skip


class Delivered(BaseModel):
    """What a delivery did. Counts only.

    Attributes:
        gepubliceerd: so many letters lie in the print folder of the night.
        gepost: of so many letters the printer said now that they were posted.
        per_kanaal: by channel what was done with how many messages.
        bezorgd: so many messages turned out to be delivered now.
        niet_bezorgd: and so many not: a consulent calls.
        openklant: what was done with contact tasks there.
        herinnerd: so many consulenten were reminded of their tasks.
        storingen: what kept others from going.
    """

    model_config = ConfigDict(frozen=True)

    gepubliceerd: int = 0
    gepost: int = 0
    per_kanaal: Mapping[str, Mapping[Lot, int]] = {}
    bezorgd: int = 0
    niet_bezorgd: int = 0
    openklant: TasksThere = TasksThere()
    herinnerd: int = 0
    storingen: tuple[Trouble, ...] = ()


def take_back(work: Workplace, peildatum: date) -> None:
    """Take back what is no longer true; what may have gone already becomes a call."""
    with open_casebook(work) as casebook:
        by_night: dict[date, list[Row[Any]]] = {}
        rows = casebook.to_withdraw()
        _in_log(work, casebook, "bericht terughalen", [row.kenmerk for row in rows])
        for row in rows:
            if row.kanaal == PRINTMAP:
                by_night.setdefault(row.nacht, []).append(row)
            elif row.inhoud_hash is None:
                casebook.withdrawn([row.kenmerk])
            else:
                casebook.could_not_withdraw(row.kenmerk, peildatum)
        for made_on, here in by_night.items():
            _take_out(work, casebook, made_on, here, peildatum)


def _in_log(work: Workplace, casebook: Casebook, naam: str, kenmerken: Iterable[str]) -> None:
    """Write down whose notices these are, where there are any."""
    dossiers = casebook.dossiers_of(kenmerken)
    if dossiers:
        with processing(work, Activiteit.BERICHTEN, naam) as step:
            step.about(in_dossiers(sorted(dossiers)))


def _take_out(work: Workplace, casebook: Casebook, made_on: date, rows: list[Row[Any]], peildatum: date) -> None:
    """Take letters out of the print folder of a night."""
    folder = work.uitvoer(made_on) / PRINT_FOLDER
    here = [row for row in rows if row.bevestigd_op is None]
    lying = can_be_taken_out(folder, [row.kenmerk for row in here])
    # Written down before: after a kill it is known that what lies there no more was taken out, and not picked up.
    casebook.taking_out(lying)
    gone = set(withdraw(folder, [row.kenmerk for row in here]))
    never_offered = {row.kenmerk for row in here if row.inhoud_hash is None}
    if not folder.exists():
        # No folder and never offered: the night was killed before it made this letter.
        gone |= never_offered
    # What was offered and does not lie there was picked up, also where a later set left it out.
    gone &= never_offered.union(lying)
    casebook.withdrawn(sorted(gone))
    for row in rows:
        if row.kenmerk not in gone:
            casebook.could_not_withdraw(row.kenmerk, peildatum)


def confirm(work: Workplace) -> tuple[int, tuple[Trouble, ...]]:
    """Read what the printer says was posted; a file that does not fit is left where it is."""
    now, posted = datetime.now(UTC), 0
    troubles: list[Trouble] = []
    with open_casebook(work) as casebook:
        for path in waiting(work.postbewijzen):
            try:
                found = read_receipt(path, now.astimezone(ZONE).date())
            except ReceiptError as error:
                troubles.append(Trouble.of(error))
                continue
            _in_log(work, casebook, "posten bevestigen", found.posted)
            confirmed, others = casebook.confirm_posted(found.posted, now)
            posted += confirmed
            if others:
                troubles.append(Trouble(
                    wat=f"The printer names {len(others)} letters that were not offered so, {others[0]} among them.",
                    waar=path.name, doen="Ask the printer what was posted, and have a consulent call where needed.",
                ))  # fmt: skip
            found.done()
    return posted, tuple(troubles)


def print_letters(work: Workplace, peildatum: date) -> tuple[int, tuple[Trouble, ...]]:
    """Make the letters of a night and publish its print folder.

    Returns:
        How many lie there, and what keeps the folder from being renewed: then it stays as it is.
    """
    folder = work.uitvoer(peildatum) / PRINT_FOLDER
    with open_casebook(work) as casebook:
        _pick_up(work, casebook, peildatum)
        # A letter that was offered and is not there any more was picked up: making it again would post it twice.
        _note_found(casebook, folder, [row.kenmerk for row in casebook.letters_of(peildatum) if not row.inhoud_hash])
        rows = [
            row for row in casebook.letters_of(peildatum) if row.inhoud_hash is None or lies_in(folder, row.kenmerk)
        ]
        writer = Writer.of(work, casebook, peildatum, rows)
        try:
            offered = publish(folder, letters(writer, casebook, rows))
        except NoticeError as error:
            return 0, (Trouble.of(error),)
        casebook.offered(offered, datetime.now(UTC))
    return len(offered), ()


def _pick_up(work: Workplace, casebook: Casebook, peildatum: date) -> None:
    """Letters that a killed night left to be made: note those that were in its folder, make the others tonight."""
    by_night: dict[date, list[str]] = {}
    for kenmerk, made_on in casebook.left_behind(peildatum):
        by_night.setdefault(made_on, []).append(kenmerk)
    for made_on, kenmerken in by_night.items():
        found = _note_found(casebook, work.uitvoer(made_on) / PRINT_FOLDER, kenmerken)
        for kenmerk in sorted(set(kenmerken) - found):
            casebook.move_to(kenmerk, peildatum)


def _note_found(casebook: Casebook, folder: Path, kenmerken: Sequence[str]) -> set[str]:
    """Note which of these were published in a folder, and returns them: that run was killed before it could say so.

    One that its manifest names and that is not there any more was picked up.
    """
    published = in_manifest(folder)
    found = published.keys() & set(kenmerken)
    if found:
        casebook.offered({kenmerk: published[kenmerk] for kenmerk in found}, datetime.now(UTC))
    return found


def send(work: Workplace, peildatum: date, kanaal: str) -> tuple[Mapping[Lot, int], tuple[Trouble, ...]]:
    """Send what waits for a channel. A channel that refuses us stops; what was not sent waits.

    What an earlier night could not send is of tonight, and so are its days to answer.
    """
    with open_casebook(work) as casebook:
        casebook.catch_up(kanaal, peildatum)
    return _by_channel(work, peildatum, kanaal, Sender.run)


def reconcile(work: Workplace, peildatum: date, kanaal: str) -> tuple[Mapping[Uitslag, int], tuple[Trouble, ...]]:
    """Ask a channel what became of what it took."""
    return _by_channel(work, peildatum, kanaal, Sender.reconcile)


def _by_channel(
    work: Workplace, peildatum: date, kanaal: str, deed: Callable[[Sender], Mapping[Any, int]]
) -> tuple[Mapping[Any, int], tuple[Trouble, ...]]:
    show(f"Versturen met {kanaal} ...")
    try:
        channel = connect(kanaal, work.settings.kanaal[kanaal], secret)
        with open_casebook(work) as casebook:
            rows = casebook.to_send(kanaal, peildatum)
            writer = Writer.of(work, casebook, peildatum, rows)
            patience = Patience(settle=timedelta(minutes=work.settings.opzoeken_na_minuten))
            return deed(Sender(casebook, channel, writer.write, peildatum, patience)), ()
    except (ChannelError, SettingsError) as error:  # the latter of a secret that can't be read
        return {}, (Trouble.of(error),)


def _left_without(work: Workplace) -> tuple[Trouble, ...]:
    """Channels that have notices on their way and are not in the settings any more: nobody would hear of those."""
    waiting_for: Counter[str] = Counter()
    with open_casebook(work) as casebook:
        for (kanaal, status), count in casebook.counts().items():
            if kanaal not in {*work.settings.kanaal, PRINTMAP} and status in ("klaar", "bezig", "onbekend"):
                waiting_for[kanaal] += count
    return tuple(
        Trouble(
            wat=f"{count} notices were to go by {kanaal}, which is not set up any more.",
            waar=f"[kanaal.{kanaal}]",
            doen="Give its settings back until these are done.",
        )
        for kanaal, count in sorted(waiting_for.items())
    )


def deliver(
    work: Workplace, peildatum: date, *, usable: bool, as_step: Callable[[Any], Any] = lambda step: step
) -> Delivered:
    """All steps, in their order; one delivery at a time in a work folder, the next one waits.

    Args:
        work: the work folder.
        peildatum: the night.
        usable: whether names and addresses can be trusted. Where they can't nothing is made or sent; what was sent
            before is still looked up.
        as_step: what makes a step of a flow of each of these functions.
    """
    with alone(work.casebook.with_name("bezorging.slot"), _PATIENCE) as ours:
        if not ours:
            return Delivered(storingen=(_AT_WORK,))
        if (why := held_back(work)) is not None:
            return Delivered(storingen=(why,))
        with processing(work, Activiteit.BERICHTEN, "berichten bezorgen"):
            done = _delivered(work, peildatum, usable, as_step)
        # Last, so that what was just written goes too.
        sent = as_step(send_log)(work)
        return done.model_copy(update={"storingen": done.storingen + sent})


def held_back(work: Workplace) -> Trouble | None:
    """Why nothing may leave: a backup was put back, and nobody said yet what went since."""
    with open_casebook(work) as casebook:
        held = casebook.held()
    if held is None:
        return None
    since = held.sinds.astimezone(ZONE)
    return Trouble(
        wat=f"Messages are held: what left since {since:%Y-%m-%d %H:%M} may not be known here.", waar="casebook",
        doen="See what waits with `tijdig notices vastgehouden`, then run `tijdig notices vrijgeven`.",
    )  # fmt: skip


def send_log(work: Workplace) -> tuple[Trouble, ...]:
    """Send the log of processings on; returns what keeps it here."""
    return send_on(work, secret).storingen


def _delivered(work: Workplace, peildatum: date, usable: bool, as_step: Callable[[Any], Any]) -> Delivered:  # noqa: FBT001
    as_step(take_back)(work, peildatum)
    posted, troubles = as_step(confirm)(work)
    published, more = as_step(print_letters)(work, peildatum) if usable else (0, ())
    troubles += more
    by_channel: dict[str, Mapping[Lot, int]] = {}
    asked: Counter[Uitslag] = Counter()
    for kanaal in sorted(work.settings.kanaal):
        if usable:
            by_channel[kanaal], more = as_step(send)(work, peildatum, kanaal)
            troubles += more
        said, more = as_step(reconcile)(work, peildatum, kanaal)
        troubles += tuple(one for one in more if one not in troubles)
        asked.update(said)
    troubles += _left_without(work)
    there = as_step(put_tasks)(work)
    reminded, more = as_step(remind)(work)
    troubles += tuple(one for one in more if one not in troubles)
    return Delivered(
        gepubliceerd=published, gepost=posted, per_kanaal=by_channel, bezorgd=asked[Uitslag.BEZORGD],
        niet_bezorgd=asked[Uitslag.NIET_BEZORGD], openklant=there, herinnerd=reminded,
        storingen=troubles + there.storingen,
    )  # fmt: skip


def posted_by_hand(work: Workplace, nacht: date, day: date | None) -> tuple[int, date]:
    """Somebody posted the letters of a night: those that were offered in its print folder are confirmed.

    Args:
        work: the work folder.
        nacht: the night of the print folder.
        day: the day they were posted; None = today.

    Returns:
        How many are confirmed now, and the day.

    Raises:
        CasebookError: that night offered no letters, or the day lies ahead.
    """
    now = datetime.now(UTC)
    day = day or now.astimezone(ZONE).date()
    if day > now.astimezone(ZONE).date():
        raise CasebookError("This day lies ahead.", where="--op", todo="Name the day on which they were posted.")
    with kept_casebook(work) as casebook:
        offered = casebook.offered_on(nacht)
        if not offered:
            raise CasebookError(
                "No letter was offered in a print folder on this night.", where="--nacht",
                todo="Name a night that has letters.",
            )  # fmt: skip
        _in_log(work, casebook, "posten bevestigen", [row.kenmerk for row in offered])
        confirmed, _ = casebook.confirm_posted({row.kenmerk: (row.inhoud_hash, day) for row in offered}, now)
    return confirmed, day


def last_night(work: Workplace) -> tuple[date, bool]:
    """The last night, and whether its names and addresses can be trusted; one that was killed halfway says nothing."""
    with kept_casebook(work) as casebook:
        last = casebook.last_night()
        if last is None:
            raise CasebookError("No night was run here.", where=work.folder, todo="Run `tijdig run` first.")
        counts = casebook.counts_of(last)
        whole = casebook.last_written() == last
    open_sources = {line["bron"] for line in (counts or {}).get("bronnen", ()) if line["open"]}
    return last, whole and open_sources.issuperset(_NAMES)
