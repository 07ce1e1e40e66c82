"""The contact cards beside open tasks: made from the registers each night, and gone with the last task."""

from collections.abc import Mapping
from datetime import date

from contracts.contact import Kaart
from contracts.notice import Recipient, Representative
from contracts.verwerkingen import Activiteit
from flows.casebook import open_casebook
from flows.logboek import in_dossiers, processing
from flows.settings import Workplace
from flows.steps import open_warehouse
from matching.recipients import read_recipients, read_representatives
from notifications.names import address_lines, addressee, representative_lines, salutation


def fill_cards(work: Workplace, peildatum: date, *, usable: bool) -> int:
    """Keep a card for each inwoner with an open task; returns how many there are.

    Args:
        work: the work folder.
        peildatum: the night.
        usable: whether names and addresses can be trusted. Where they can't, those of the last night stay, without
            what has no open task any more, or is secret now.
    """
    with open_casebook(work) as casebook:
        if not usable:
            return casebook.forget_cards()
        dossiers, secret = casebook.dossiers_with_tasks(), casebook.dossiers_with_tasks(secret=True)
        with processing(work, Activiteit.CONTACT, "contactkaarten maken") as log, open_warehouse(work) as warehouse:
            log.about(in_dossiers(sorted(dossiers)))
            recipients = read_recipients(warehouse, dossiers, peildatum)
            representatives = read_representatives(warehouse, dossiers, peildatum)
        greeting = work.settings.huis.aanhef
        cards = {
            key: card(one, representatives.get(key), greeting, secret=key in secret) for key, one in recipients.items()
        }
        made: Mapping[str, Kaart] = {key: one for key, one in cards.items() if one is not None}
        casebook.keep_cards({key: one.model_dump(mode="json") for key, one in made.items()}, peildatum)
    return len(made)


def card(recipient: Recipient, acts: Representative | None, greeting: str, *, secret: bool) -> Kaart | None:
    """The card of an inwoner; None = the registers hold no usable name.

    Args:
        recipient: name and address, and what they showed to be theirs.
        acts: who acts for them.
        greeting: how the dienst greets in a letter.
        secret: their address is secret: none stands on it, nor that of who acts for them.
    """
    naam = addressee(recipient)
    if naam is None:
        return None
    lines = () if secret else address_lines(recipient) or ()
    # Who acts for somebody can live with them.
    whole = None if secret or acts is None else representative_lines(acts)
    office = whole or ((acts.naam or "") if acts else "",)
    return Kaart(
        naam=naam, aanhef=salutation(recipient, greeting), adres=lines, telefoon=recipient.mobiel,
        email=recipient.emailadres, vertegenwoordiger=tuple(filter(None, office)),
    )  # fmt: skip
