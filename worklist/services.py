"""What the pages are given by who starts them: the casebook, the clock, who somebody is, and words of the rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from fastapi import Request

from contracts.finding import Finding
from contracts.notice import House
from contracts.outcome import Uitkomst
from contracts.work import User
from store.casebook import Casebook

#: The folder of the npm packages.
STYLE: Final = Path(__file__).parent / "node_modules"


@dataclass(frozen=True)
class RuleText:
    """A rule in words.

    Attributes:
        titel: what it finds, such as ``Kostendeler erbij``.
        uitleg: why that matters, one or two Dutch sentences.
        kolommen: each column it reads, with what that is in Dutch.
        van_dienst: those of them that the administration of the dienst says; the others a register does.
        beperkt: only a restricted group may know that somebody is in it.
    """

    titel: str
    uitleg: str
    kolommen: Mapping[str, str]
    van_dienst: frozenset[str] = frozenset()
    beperkt: bool = False


@dataclass(frozen=True)
class Services:
    """What the pages need; they read no clock, no settings and no environment of their own.

    Attributes:
        casebook: one for the whole process.
        today: the day on which a page is shown.
        now: the moment of a deed, with its zone.
        identify: who sends this request; None = nobody who is logged in.
        csrf: the token that goes into each form of this session.
        csrf_ok: whether this token belongs to the session of this request. The pages ask it at every POST, and show
            what was typed again where it does not.
        collegas: everybody who can have a task, with the team they work in: for names, and to hand over to.
        regels: each rule in words, by its id.
        look: writes down whose data are used, before they are shown: what is done, and with which finding.
        geldt_tot: from which day a finding may speak again, by how its task ended and the last night; None = not
            before a human opens it.
        house: how the dienst presents itself in a letter.
        te_lang_dagen: so many days a task may lie.
        uitstel_dagen: so many days ahead it may be postponed.
        inloggen: where somebody logs in; ``?naar=`` and a path of this application is added.
        uitloggen: where a form with ``csrf`` logs somebody out; None = there is no button.
        stijl: the folder of the npm packages; what is not there is left out of the page.
        thema: a folder with a ``theme.css`` of the gemeente, instead of that of the example.
    """

    casebook: Casebook
    today: Callable[[], date]
    now: Callable[[], datetime]
    identify: Callable[[Request], User | None]
    csrf: Callable[[Request], str]
    csrf_ok: Callable[[Request, str], bool]
    collegas: Callable[[], Sequence[User]]
    regels: Mapping[str, RuleText]
    look: Callable[[str, Finding], None]
    geldt_tot: Callable[[Uitkomst, date], date | None]
    house: House = field(default_factory=House)
    te_lang_dagen: int = 14
    uitstel_dagen: int = 90
    inloggen: str = "/inloggen"
    uitloggen: str | None = "/uitloggen"
    stijl: Path = STYLE
    thema: Path | None = None
