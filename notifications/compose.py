"""From a template, a recipient and facts to a notice, complete and ready for layout."""

import hashlib
from collections.abc import Mapping
from datetime import date

import jinja2

from contracts.dutch import calendar_date
from contracts.notice import House, Notice, NoticeError, NoUsableAddress, NoUsableName, Recipient
from notifications import names, template


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
    text, shared = template.load(bericht), template.standard()
    written = _written(text, facts, kenmerk)
    adresregels = _address_block(recipient, kenmerk)
    aanhef = names.salutation(recipient, house.aanhef)
    _must_be_printable((*adresregels, aanhef, *written.values()), kenmerk)
    try:
        titel, secties = text.fill({**written, "huis": house, "code": answer_code(kenmerk)})
    except jinja2.UndefinedError as error:
        raise NoticeError(f"{error}.", where=bericht, todo="Correct the template.") from None
    return Notice(
        kenmerk=kenmerk, bericht=bericht, versie=f"{text.versie}.{shared.versie}", datum=datum, titel=titel,
        aanhef=aanhef, secties=secties, adresregels=adresregels,
        groet=shared.groet, ondertekening=(house.consulent, shared.functie),
    )  # fmt: skip


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
    wrong = sorted(name for name, kind in text.feiten.items() if isinstance(facts[name], date) != (kind == "datum"))
    if wrong:
        raise NoticeError(
            f"Facts of the wrong kind for {text.bericht}: {wrong}.", where=kenmerk,
            todo="Give a date where the template says datum, and text elsewhere.",
        )  # fmt: skip
    return {name: calendar_date(fact) if isinstance(fact, date) else fact for name, fact in facts.items()}


def _address_block(recipient: Recipient, kenmerk: str) -> tuple[str, ...]:
    addressee, lines = names.addressee(recipient), names.address_lines(recipient)
    todo = "Make a contact task: this inwoner gets no letter."
    if addressee is None:
        raise NoUsableName("The recipient has no usable name.", where=kenmerk, todo=todo)
    if lines is None:
        raise NoUsableAddress("The recipient has no whole postal address.", where=kenmerk, todo=todo)
    return (addressee, *lines)


def _must_be_printable(values: tuple[str, ...], kenmerk: str) -> None:
    # Control and direction marks (U+202E) have no shape of their own, yet change how the rest is read.
    if not all(value.isprintable() for value in values):
        raise NoticeError(
            "A name, address or fact holds a character that can't be printed.", where=kenmerk,
            todo="Look at the data in the register and make a contact task.",
        )  # fmt: skip
