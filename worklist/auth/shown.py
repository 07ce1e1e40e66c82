"""The words of the page to log in on."""

from typing import Final, NamedTuple


class Said(NamedTuple):
    """A sentence above the form, and whether something went wrong."""

    zin: str
    fout: bool = True


UITGELOGD: Final = Said("U bent uitgelogd.", fout=False)
ONJUIST: Final = Said("Deze naam en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw.")
OPNIEUW: Final = Said("Dit formulier was te lang open. Vul het opnieuw in.")
NIET_UITGELOGD: Final = Said("Het uitloggen lukte niet. Ga terug en probeer het opnieuw.")
GEEN_ROL: Final = Said("U hebt nog geen toegang tot de werklijst. Vraag de beheerder van Tijdig om een rol.")
MISLUKT: Final = Said("Het inloggen lukte niet. Probeer het opnieuw. Lukt het dan nog niet? Bel de beheerder.")
_MINUTE: Final = 60


def wacht(seconds: int) -> Said:
    """That there were too many tries."""
    minutes = -(-seconds // _MINUTE)
    return Said(f"Er is te vaak geprobeerd om in te loggen. Wacht {minutes} {'minuut' if minutes == 1 else 'minuten'}.")
