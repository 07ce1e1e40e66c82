"""From a template, a recipient and facts to a notice, complete and ready for layout."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

import jinja2

from contracts.dutch import calendar_date
from contracts.notice import (
    Alinea,
    House,
    Notice,
    NoticeError,
    NoUsableAddress,
    NoUsableName,
    Recipient,
    Representative,
    Run,
    Section,
    Vorm,
)
from contracts.tables import Bron
from notifications import names, postal, sms, template
from notifications.text import runs

#: The standard section that says how the dienst came by what a source told.
_ORIGIN: Final = {Bron.BRP: "herkomst_brp", Bron.IB: "herkomst_uwv"}


def compose(
    bericht: str,
    recipient: Recipient,
    facts: Mapping[str, str | date],
    house: House,
    *,
    kenmerk: str,
    datum: date,
) -> Notice:
    """Make the notice ``bericht`` for one inwoner.

    Args:
        bericht: the id of a template.
        recipient: who it goes to; the notice goes to this address.
        facts: exactly the facts the template declares, each of the kind it declares.
        house: how the dienst presents itself.
        kenmerk: the opaque reference of this notice, such as ``N-4F7K2M9Q``.
        datum: the day on the letter.

    Raises:
        NoUsableName: there is no surname to greet or address the recipient with.
        NoUsableAddress: there is no whole postal address.
        NoticeError: the template is unknown, a fact is missing or not declared, or a value can't be printed.
    """
    text = _letter(bericht, several=False)
    head = _head(recipient, house, kenmerk, text.vorm)
    made = _complete(text, _written(text, facts, kenmerk), head, house, Mark(kenmerk, datum))
    return _with_form(made, text.formulier, house)


class Mark(NamedTuple):
    """What stands on a letter besides its text: the opaque reference and the day."""

    kenmerk: str
    datum: date


@dataclass(frozen=True)
class Part:
    """One finding in a letter about several: its message and the facts that message declares."""

    bericht: str
    facts: Mapping[str, str | date]


def compose_several(
    bericht: str,
    recipient: Recipient,
    parts: Sequence[Part],
    facts: Mapping[str, str | date],
    house: House,
    mark: Mark,
) -> Notice:
    """Make a notice that tells of several findings, or reminds of them, in the order given.

    Args:
        bericht: the id of a template with a section for them.
        recipient: who it goes to.
        parts: at least one; each source among them is named with the day of its delivery.
        facts: exactly the facts the template itself declares.
        house: how the dienst presents itself.
        mark: the opaque reference and the day on the letter.

    Raises:
        NoUsableName, NoUsableAddress, NoticeError: as for ``compose``.
    """
    text = _letter(bericht, several=True)
    told: list[Alinea] = []
    sources: dict[str, Mapping[str, str]] = {}
    for part in parts:
        one = template.load(part.bericht)
        written = _written(one, part.facts, mark.kenmerk)
        told.append(one.in_short(written))
        sources.setdefault(_ORIGIN[one.bron], written)
    origins = [template.standard().secties[name].fill({**written, "huis": house}) for name, written in sources.items()]
    written = _written(text, facts, mark.kenmerk)
    made = _complete(text, written, _head(recipient, house, mark.kenmerk, text.vorm), house, mark, tuple(told))
    made = made.model_copy(update={"secties": (*made.secties, _one_origin(origins))})
    # The questions of several things have no room on one page; then the reader calls, or answers on the web page.
    return _with_form(made, template.load(parts[0].bericht).formulier if len(parts) == 1 else None, house)


def compose_representative(
    bericht: str, to: Representative, client: Recipient, facts: Mapping[str, str | date], house: House, mark: Mark
) -> Notice:
    """Make a letter to who acts for ``client``: it says who it is about, and not what.

    Args:
        bericht: the id of a template for who acts for somebody.
        to: the office it goes to.
        client: who it is about; only the name is read.
        facts: exactly the facts the template declares, but for ``client``.
        house: how the dienst presents itself.
        mark: the opaque reference and the day on the letter.

    Raises:
        NoUsableName: there is no name to say who it is about.
        NoUsableAddress: the office has no whole postal address.
        NoticeError: as for ``compose``.
    """
    about, lines = names.running_name(client), names.representative_lines(to)
    todo = "Call who acts for this inwoner."
    if about is None:
        raise NoUsableName("The client has no usable name.", where=mark.kenmerk, todo=todo)
    if lines is None:
        raise NoUsableAddress("Who acts for the client has no whole postal address.", where=mark.kenmerk, todo=todo)
    text = _template(bericht, "brief", "vertegenwoordiger")
    head = _Head(_postal(lines, mark.kenmerk), names.salutation(Recipient(), house.aanhef))
    made = _complete(text, _written(text, {**facts, "client": about}, mark.kenmerk), head, house, mark)
    return made.model_copy(update={"over": about})


def compose_email(
    bericht: str, recipient: Recipient, facts: Mapping[str, str | date], house: House, mark: Mark
) -> Notice:
    """Make an e-mail: a letter without address, and without anything about the household.

    Args:
        bericht: the id of a template for an e-mail.
        recipient: who it goes to; only the name is read.
        facts: exactly the facts the template declares.
        house: how the dienst presents itself.
        mark: the opaque reference and the day.

    Raises:
        NoUsableName: there is no surname to greet the recipient with.
        NoticeError: as for ``compose``.
    """
    text = _template(bericht, "email")
    head = _head(recipient, house, mark.kenmerk, text.vorm)
    return _complete(text, _written(text, facts, mark.kenmerk), head, house, mark)


def compose_sms(bericht: str, facts: Mapping[str, str | date], house: House, mark: Mark) -> str:
    """Make the text of an SMS. No name is in it: a telephone lies on the table.

    Args:
        bericht: the id of a template for an SMS.
        facts: exactly the facts the template declares.
        house: how the dienst presents itself; its short names are used.
        mark: the opaque reference, for errors; it is not in the text.

    Raises:
        NoticeError: as for ``compose``, or the text is no proper SMS (see ``sms.require_sendable``).
    """
    text = _template(bericht, "sms")
    _, (sectie,) = _filled(text, {**_written(text, facts, mark.kenmerk), "huis": house})
    return sms.require_sendable("".join(run.tekst for run in sectie.alineas[0]), mark.kenmerk)


def _one_origin(origins: Sequence[Section]) -> Section:
    """From where we know it: each source, and once what is the same for all; in one paragraph, for there is no room."""
    own = [alinea for origin in origins for alinea in origin.alineas[:1]]
    space = Run(tekst=" ")
    together = [run for alinea in (*own, *origins[0].alineas[1:]) for run in (*alinea, space)]
    return origins[0].model_copy(update={"alineas": (tuple(together[:-1]),)})


def _template(
    bericht: str, vorm: Vorm, aan: Literal["inwoner", "vertegenwoordiger"] = "inwoner"
) -> template.Template:  # fmt: skip
    found = template.load(bericht)
    if (found.vorm, found.aan) != (vorm, aan):
        known = ", ".join(template.berichten(vorm, aan))
        raise NoticeError(f"This message is no {vorm} to an {aan}.", where=bericht, todo=f"Use one of: {known}.")
    return found


def _letter(bericht: str, *, several: bool) -> template.Template:
    found = _template(bericht, "brief")
    if (found.regel is None) is not several:
        todo = "Give its parts." if found.regel is None else "Use the message of a bundle or a reminder."
        raise NoticeError("A message about one thing and one about several are not the same.", where=bericht, todo=todo)
    return found


class _Head(NamedTuple):
    """The address lines above a notice, and how its reader is greeted."""

    adresregels: tuple[str, ...]
    aanhef: str


def _complete(
    text: template.Template, written: Mapping[str, str], to: _Head, house: House, mark: Mark,
    told: tuple[Alinea, ...] = (),
) -> Notice:  # fmt: skip
    kenmerk, datum = mark
    shared = template.standard()
    adresregels, aanhef = to
    _must_be_printable((*adresregels, aanhef, *written.values()), kenmerk)
    titel, secties = _filled(text, {**written, "huis": house, "code": answer_code(kenmerk)}, told)
    return Notice(
        kenmerk=kenmerk, bericht=text.bericht, versie=template.version(text.bericht), datum=datum, titel=titel,
        aanhef=aanhef, secties=secties, adresregels=adresregels,
        groet=shared.groet, ondertekening=(house.consulent, shared.functie),
    )  # fmt: skip


def _filled(
    text: template.Template, values: Mapping[str, object], told: tuple[Alinea, ...] = ()
) -> tuple[str, tuple[Section, ...]]:
    try:
        return text.fill(values, told)
    except jinja2.UndefinedError as error:
        raise NoticeError(f"{error}.", where=text.bericht, todo="Correct the template.") from None


def _with_form(made: Notice, asked: template.FormText | None, house: House) -> Notice:
    """The notice with a second page to answer on and a step that points to it, where the dienst wants one."""
    if asked is None or not house.antwoordformulier:
        return made
    shared, code = template.standard().formulier, answer_code(made.kenmerk)
    try:
        form, step = shared.around(asked, house, code), runs(shared.stap, {"huis": house})
    except jinja2.UndefinedError as error:
        raise NoticeError(f"{error}.", where=made.bericht, todo="Correct the questions on the form.") from None
    steps = [s.model_copy(update={"stappen": (*s.stappen, step)}) if s.stappen else s for s in made.secties]
    return made.model_copy(update={"secties": tuple(steps), "formulier": form})


def answer_code(kenmerk: str) -> str:
    """Six digits that lead from the form back to ``kenmerk``.

    The code is short to type and no secret: whoever knows it must see nothing of the inwoner.
    """
    return f"{int(hashlib.sha256(kenmerk.encode()).hexdigest(), 16) % 900_000 + 100_000}"


def _written(text: template.Template, facts: Mapping[str, str | date], kenmerk: str) -> dict[str, str]:
    """The facts as the reader sees them, after a check that they are exactly the declared ones (E08)."""
    missing, extra = sorted(text.feiten.keys() - facts.keys()), sorted(facts.keys() - text.feiten.keys())
    if missing or extra:
        raise NoticeError(
            f"Facts do not fit {text.bericht}: missing {missing}, not allowed {extra}.", where=kenmerk,
            todo="Give exactly the facts its template declares.",
        )  # fmt: skip
    wrong = sorted(name for name, kind in text.feiten.items() if isinstance(facts[name], date) is (kind == "tekst"))
    if wrong:
        raise NoticeError(
            f"Facts of the wrong kind for {text.bericht}: {wrong}.", where=kenmerk,
            todo="Give a date where the template says datum or dag, and text elsewhere.",
        )  # fmt: skip
    return {name: _as_read(fact, text.feiten[name]) for name, fact in facts.items()}


def _as_read(fact: str | date, kind: str) -> str:
    if not isinstance(fact, date):
        return fact
    written = calendar_date(fact)
    return written.rpartition(" ")[0] if kind == "dag" else written


def _head(recipient: Recipient, house: House, kenmerk: str, vorm: Vorm) -> _Head:
    return _Head(_address_block(recipient, kenmerk, vorm), names.salutation(recipient, house.aanhef))


def _address_block(recipient: Recipient, kenmerk: str, vorm: Vorm) -> tuple[str, ...]:
    """Who it goes to and where; nothing for an e-mail, which needs a name to greet all the same."""
    addressee, lines = names.addressee(recipient), names.address_lines(recipient)
    todo = "Make a contact task: this inwoner gets no letter."
    if addressee is None:
        raise NoUsableName("The recipient has no usable name.", where=kenmerk, todo=todo)
    if vorm != "brief":
        return ()
    if lines is None:
        raise NoUsableAddress("The recipient has no whole postal address.", where=kenmerk, todo=todo)
    return _postal((addressee, *lines), kenmerk)


def _postal(lines: tuple[str, ...], kenmerk: str) -> tuple[str, ...]:
    if not postal.is_postal(lines):
        raise NoUsableAddress(
            "These are no lines that can be printed and posted.", where=kenmerk,
            todo="Make a contact task: no letter can go to this address.",
        )  # fmt: skip
    return lines


def _must_be_printable(values: tuple[str, ...], kenmerk: str) -> None:
    # Control and direction marks (U+202E) have no shape of their own, yet change how the rest is read.
    if not all(value.isprintable() for value in values):
        raise NoticeError(
            "A name, address or fact holds a character that can't be printed.", where=kenmerk,
            todo="Look at the data in the register and make a contact task.",
        )  # fmt: skip
