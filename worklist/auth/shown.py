"""The page to log in on, and its words."""

from pathlib import Path
from typing import Final

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from contracts.notice import House

UITGELOGD: Final = "U bent uitgelogd."
ONJUIST: Final = "Deze naam en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw."
OPNIEUW: Final = "Dit formulier was te lang open. Vul het opnieuw in."
NIET_UITGELOGD: Final = "Het uitloggen lukte niet. Ga terug en probeer het opnieuw."
GEEN_ROL: Final = "U hebt nog geen toegang tot de werklijst. Vraag de beheerder van Tijdig om een rol."
AANMELDING_MISLUKT: Final = "Het inloggen lukte niet. Probeer het opnieuw. Lukt het dan nog niet? Bel de beheerder."
_MINUTE: Final = 60

_templates: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined,
    trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


def wacht(seconds: int) -> str:
    """That there were too many tries."""
    minutes = -(-seconds // _MINUTE)
    return f"Er is te vaak geprobeerd om in te loggen. Wacht {minutes} {'minuut' if minutes == 1 else 'minuten'}."


def page(request: Request, *, house: House, **values: object) -> str:
    """The page as HTML, in the style of the others."""
    style = getattr(getattr(request.app.state, "pages", None), "style", None)
    return _templates.get_template("inloggen.html").render(huis=house, stijl=style, **values)
