"""What the letter about a finding says: to have beside one when calling. Nothing is sent."""

from datetime import date, timedelta
from typing import Final

from contracts.contact import Kaart
from contracts.finding import Finding
from contracts.notice import House, Notice, NoticeError, Recipient
from notifications.compose import compose
from notifications.template import load

#: Somebody who is not there, for who may not know who it is about.
SOMEBODY: Final = Recipient(
    voornamen="Johanna Maria", voorvoegsel="van", geslachtsnaam="Voorbeeld", geslachtsaanduiding="V",
    aanduiding_naamgebruik="E", straatnaam="Voorbeeldstraat", huisnummer="1", postcode="1234AB",
    woonplaats="Voorbeeldstad",
)  # fmt: skip
_KENMERK: Final = "N-VOORBEELD01"


def preview(finding: Finding, house: House, today: date, kaart: Kaart | None) -> Notice | None:
    """The letter; None = there is none about this, or it can't be made with these settings.

    Args:
        finding: what it tells of.
        house: how the dienst presents itself.
        today: the day on it.
        kaart: whom it greets; None = somebody who is not there.
    """
    if finding.bericht is None:
        return None
    days = {
        "sinds": finding.feitdatum or finding.peildatum, "leverdatum": finding.peildatum, "eerder": today,
        "reageer_voor": today + timedelta(days=house.reactietermijn_dagen),
    }  # fmt: skip
    try:
        facts = {name: days[name] for name in load(finding.bericht).feiten if name in days}
        made = compose(finding.bericht, SOMEBODY, facts, house, kenmerk=_KENMERK, datum=today)
    except NoticeError:
        return None
    if kaart is None:
        return made
    return made.model_copy(update={
        "aanhef": kaart.aanhef or "Beste heer, mevrouw",
        "adresregels": (kaart.naam, *kaart.adres) if kaart.adres else (),
    })  # fmt: skip
