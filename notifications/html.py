"""A notice as one HTML document, for a preview on a screen and for a mail program."""

import re
from functools import cache

import jinja2

from contracts.dutch import calendar_date
from contracts.notice import House, Notice


def render_html(notice: Notice, house: House) -> str:
    """The whole document: readable without pictures, scripts or anything from elsewhere.

    The only link is the telephone number. A web address is not one: who gets used to clicking in a message about
    an uitkering will click in a false one too. Whatever a name or an address holds is shown as text.
    """
    return _template().render(
        notice=notice,
        house=house,
        datum=calendar_date(notice.datum),
        dialled=re.sub(r"[^\d+]", "", house.telefoon),
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("notifications", "templates_html"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("notice.html.j2")
