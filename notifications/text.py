"""One text of a template, filled in: plain words, or runs of which some are bold."""

import re
from collections.abc import Mapping
from functools import cache

import jinja2
import jinja2.meta

from contracts.notice import Alinea, Run

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
# No autoescape: the result is plain text in a model, and each layout escapes for itself.
_JINJA = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701


def fill(text: str, values: Mapping[str, object]) -> str:
    """``text`` with ``values`` in the place of ``{{ name }}``.

    Raises:
        jinja2.UndefinedError: a value is missing.
    """
    return _compiled(text).render(values)


def runs(text: str, values: Mapping[str, object]) -> Alinea:
    """``text`` filled in, in which ``**words**`` are bold.

    The bold parts are split off before anything is filled in: two stars in a value stay two stars.
    """
    # re.split with one group gives plain, bold, plain, bold, ... in turn.
    pieces = enumerate(_BOLD.split(text))
    return tuple(Run(tekst=fill(piece, values), vet=place % 2 == 1) for place, piece in pieces if piece)


def names_in(text: str) -> set[str]:
    """The names ``text`` asks for.

    Raises:
        ValueError: ``text`` is no Jinja2 template.
    """
    try:
        return jinja2.meta.find_undeclared_variables(_JINJA.parse(text))
    except jinja2.TemplateSyntaxError as error:
        raise ValueError(f"{error}: {text!r}") from None


@cache
def _compiled(text: str) -> jinja2.Template:
    return _JINJA.from_string(text)
