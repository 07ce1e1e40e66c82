"""The channels by which notices go: a module each, found by their place here.

A module has ``NAAM``, ``VORMEN`` (the forms it carries), ``Instellingen`` (a pydantic model) and a function ``connect``
of those and the secrets, which gives a ``contracts.message.Channel``; and, where a form needs a setting of its own, a
function ``lacks`` that says which is missing. The print folder is the exception: it takes a
night's letters as one set, and needs no settings.
"""

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType, ModuleType
from typing import cast

from pydantic import BaseModel

from contracts.message import Channel, Secrets
from contracts.notice import Vorm


@cache
def kinds() -> MappingProxyType[str, ModuleType]:
    """Every channel by its name."""
    found = (importlib.import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__))
    return MappingProxyType({module.NAAM: module for module in found})


def carriers(vorm: Vorm) -> tuple[str, ...]:
    """The names of the channels that carry this form."""
    return tuple(sorted(name for name, module in kinds().items() if vorm in module.VORMEN))


def settings_of(naam: str) -> type[BaseModel] | None:
    """The settings of a channel; None = it has none."""
    return cast("type[BaseModel] | None", getattr(kinds()[naam], "Instellingen", None))


def lacks(naam: str, instellingen: BaseModel, vorm: Vorm) -> str | None:
    """The setting that a channel needs for this form and does not have; None = nothing is missing."""
    asked = getattr(kinds()[naam], "lacks", None)
    return None if asked is None else cast("str | None", asked(instellingen, vorm))


def connect(naam: str, instellingen: BaseModel, geheim: Secrets) -> Channel:
    """Open a channel.

    Raises:
        ChannelError: a secret is missing, or its settings do not fit.
    """
    return cast("Channel", kinds()[naam].connect(instellingen, geheim))
