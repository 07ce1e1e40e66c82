"""The step of a delivery that puts contact tasks in Open Klant and reads back what became of them."""

from collections.abc import Mapping
from datetime import timedelta

from pydantic import BaseModel, ConfigDict

from contracts.errors import SettingsError
from contracts.message import ChannelError
from contracts.verwerkingen import Activiteit
from flows.casebook import open_casebook
from flows.logboek import in_dossiers, processing
from flows.progress import show
from flows.secret import secret
from flows.settings import Workplace
from flows.trouble import Trouble
from notifications.delivery import Lot, Patience
from store.casebook import Casebook
from worklist.openklant import Client, Sender, Teruggelezen

_WHERE = "[openklant]"


class TasksThere(BaseModel):
    """What was done with tasks in Open Klant. Counts only.

    Attributes:
        taken: what was done with how many tasks.
        gelezen: what was read back of how many.
        storingen: what kept others from going, and what a human must look at.
    """

    model_config = ConfigDict(frozen=True)

    taken: Mapping[Lot, int] = {}
    gelezen: Mapping[Teruggelezen, int] = {}
    storingen: tuple[Trouble, ...] = ()


def put_tasks(work: Workplace) -> TasksThere:
    """Put each open task there once, and read back what was closed. Where it is not set up nothing is done."""
    settings = work.settings.openklant
    if settings is None:
        return TasksThere()
    show("Taken naar Open Klant ...")
    patience = Patience(settle=timedelta(minutes=work.settings.opzoeken_na_minuten))
    taken: Mapping[Lot, int] = {}
    gelezen: Mapping[Teruggelezen, int] = {}
    troubles: tuple[Trouble, ...] = ()
    with open_casebook(work) as casebook, processing(work, Activiteit.CONTACT, "taken in Open Klant") as step:
        # Each open task is put there, or read back.
        step.about(in_dossiers(sorted(casebook.dossiers_with_tasks())))
        try:
            with Client.connect(settings, secret) as client:
                sender = Sender(casebook, client, settings, patience)
                taken = sender.run()
                gelezen = sender.read_back()
        except (ChannelError, SettingsError) as error:  # the latter of a secret that can't be read
            troubles = (Trouble.of(error),)
        troubles += _waiting(taken, gelezen) + _for_a_human(casebook)
    return TasksThere(taken=taken, gelezen=gelezen, storingen=troubles)


def _waiting(taken: Mapping[Lot, int], gelezen: Mapping[Teruggelezen, int]) -> tuple[Trouble, ...]:
    waits = taken.get(Lot.WACHT, 0) + gelezen.get(Teruggelezen.WACHT, 0)
    if not waits:
        return ()
    return (Trouble(
        wat=f"Open Klant gave no clear answer about {waits} tasks.", waar=_WHERE,
        doen="They are looked up and tried again by the next delivery; if this stays, look whether it works.",
    ),)  # fmt: skip


def _for_a_human(casebook: Casebook) -> tuple[Trouble, ...]:
    """Told as long as the task is open: nobody else will."""
    told = (
        (
            casebook.internetaken_with_a_human(), "could not be put in Open Klant, or are gone there",
            "They stand in our own worklist; close them there, and see what Open Klant refuses.",
        ),
        (
            casebook.odd_internetaken(), "are in Open Klant more than once, or without a number",
            "Mend that in Open Klant.",
        ),
    )  # fmt: skip
    return tuple(
        Trouble(wat=f"{len(numbers)} tasks {what}, number {numbers[0]} among them.", waar=_WHERE, doen=todo)
        for numbers, what, todo in told
        if numbers
    )
