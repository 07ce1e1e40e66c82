"""What a dienst must have arranged before this counts: without it no night, delivery, page or report runs (E16, E25).

One list, in Dutch, with what to do about each: the refusal says it, and ``tijdig doctor`` does.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from contracts.errors import SettingsError, TijdigError
from contracts.message import ChannelError
from contracts.notice import House
from contracts.parameters import Status, all_parameters
from flows.secret import secret
from flows.settings import SETTINGS_FILE, VOORBEELD_REGISTER, Settings, Workplace
from notifications.channels import connect
from worklist.openklant import Client

_LEAST_SECRET: Final = 32
#: Settings of ``[huis]`` that no two diensten share.
_OF_THE_DIENST: Final = (
    "dienst", "consulent", "telefoon", "retouradres", "plaats", "website", "reageerpagina", "privacypagina",
)  # fmt: skip
_HOW: Final = "Zet {} in de omgeving, of laat {}_BESTAND naar een bestand wijzen."


class Gemis(NamedTuple):
    """Something that is not as it must be: what, where, and what to do about it. In Dutch, with nobody in it."""

    wat: str
    waar: str
    doen: str

    def __str__(self) -> str:
        """As one line."""
        return f"{self.wat} Waar: {self.waar}. {self.doen}"


class NotReadyError(SettingsError):
    """This is to count, and the dienst has not arranged what that needs."""

    def __init__(self, missing: tuple[Gemis, ...]) -> None:
        """With all of it at once."""
        lines = "".join(f"\n- {one}" for one in missing)
        super().__init__(
            f"Productie kan niet beginnen: er ontbreekt iets.{lines}\n", where=SETTINGS_FILE,
            todo="Regel dit eerst. `tijdig doctor` toont wat er nog ontbreekt.",
        )  # fmt: skip
        self.missing = missing


def require_ready(work: Workplace, day: date) -> None:
    """Refuse where this counts and something is missing.

    Raises:
        NotReadyError: it does, and is.
    """
    if work.settings.productie and (found := tuple(missing(work, day))):
        raise NotReadyError(found)


def missing(work: Workplace, day: date) -> Iterator[Gemis]:
    """What production lacks on a day."""
    settings = work.settings
    yield from _own_name(settings)
    yield from _references(settings)
    yield from _sign_on(settings)
    yield from channels(settings)
    yield from _unseen(day)


def _own_name(settings: Settings) -> Iterator[Gemis]:
    """What of the dienst itself is still that of the example: a letter would send people elsewhere."""
    if settings.gemeente == Settings().gemeente:
        yield Gemis("De gemeente heet nog zoals in het voorbeeld.", "gemeente", "Zet er de naam van de gemeente.")
    example = House()
    same = [naam for naam in _OF_THE_DIENST if getattr(settings.huis, naam) == getattr(example, naam)]
    if same:
        yield Gemis(
            f"In brieven staat nog wat van het voorbeeld is: {', '.join(same)}.", "[huis]",
            "Zet er wat van de dienst zelf is.",
        )  # fmt: skip


def _references(settings: Settings) -> Iterator[Gemis]:
    if settings.verantwoording.dpia is None:
        yield Gemis(
            "Er staat geen verwijzing naar de DPIA.", "[verantwoording] dpia",
            "Zet er het zaaknummer of het adres van de vastgestelde DPIA (AVG artikel 35).",
        )  # fmt: skip
    if settings.verantwoording.impacttoets is None:
        yield Gemis(
            "Er staat geen verwijzing naar de toets op de gevolgen voor mensen.", "[verantwoording] impacttoets",
            "Zet er het zaaknummer of het adres van de impacttoets, zoals de IAMA.",
        )  # fmt: skip
    if settings.logboek.register_adres == VOORBEELD_REGISTER:
        yield Gemis(
            "Het logboek wijst naar het verwerkingsregister van het voorbeeld.", "[logboek] register_adres",
            "Zet er het adres van het verwerkingsregister van de dienst.",
        )  # fmt: skip


def _sign_on(settings: Settings) -> Iterator[Gemis]:
    if settings.werklijst.oidc is None:
        yield Gemis(
            "De werklijst heeft geen aanmelddienst: accounts van het voorbeeld tellen niet.", "[werklijst.oidc]",
            "Geef adres, client_id en rollen van de aanmelddienst; zie docs/werklijst.md.",
        )  # fmt: skip
    else:
        yield from _secret("werklijst_oidc_geheim", "Het geheim van de aanmelddienst")
    yield from _secret("werklijst_sleutel", "De sleutel van de werklijst", least=_LEAST_SECRET)


def _secret(naam: str, wat: str, least: int = 1) -> Iterator[Gemis]:
    variable = f"TIJDIG_{naam.upper()}"
    try:
        found = secret(naam)
    except SettingsError:
        yield Gemis(
            f"{wat} is niet te lezen.", f"{variable}_BESTAND", "Kijk of het bestand er is en gelezen mag worden."
        )
        return
    if found is None:
        yield Gemis(f"{wat} ontbreekt.", variable, _HOW.format(variable, variable))
    elif len(found) < least:
        yield Gemis(
            f"{wat} is te kort.", variable, f"Maak er een van {least} tekens: `openssl rand -hex {least // 2}`."
        )


def channels(settings: Settings) -> Iterator[Gemis]:
    """What the channels that are set up, and Open Klant, need to begin: settings that fit and their secrets."""
    for naam, chosen in sorted(settings.kanaal.items()):
        yield from _begins(f"Kanaal {naam}", f"[kanaal.{naam}]", partial(connect, naam, chosen, secret))
    if settings.openklant is not None:
        yield from _begins("Open Klant", "[openklant]", partial(Client.connect, settings.openklant, secret))


def _begins(wie: str, waar: str, begin: Callable[[], object]) -> Iterator[Gemis]:
    try:
        begin()
    except ChannelError as error:
        # Where it names a secret, that is what a beheerder sets.
        named = f"TIJDIG_{error.where.upper()}" if error.where.isidentifier() else error.where
        yield Gemis(
            f"{wie} kan niet beginnen: een geheim of een instelling ontbreekt of past niet.", named,
            f"Zie {waar} en docs/kanalen.md.",
        )  # fmt: skip
    except TijdigError:
        yield Gemis(f"Een geheim van {wie.lower()} is niet te lezen.", waar, "Kijk of het bestand gelezen mag worden.")


def _unseen(day: date) -> Iterator[Gemis]:
    """The dated values of a day that nobody looked up."""
    unseen = sorted(
        found.naam for found in all_parameters() for value in found.waarden
        if value.holds_on(day) and value.status is Status.GEHEUGEN
    )  # fmt: skip
    if unseen:
        yield Gemis(
            f"Deze waarden zijn nergens nagelezen: {', '.join(unseen)}.", "contracts/waarden",
            "Lees ze na in de wetstekst, en zet bron en status erbij.",
        )  # fmt: skip
