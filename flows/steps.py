"""The steps of a night, each a plain function of a work folder and a peildatum; ``nightly`` makes them a flow.

A step opens the databases it needs and closes them again, so that any step can be run again by itself.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from advice.route import Circumstances, advise
from contracts.delivery import MANIFEST_NAME, Delivery, read_manifest
from contracts.errors import DeliveryError
from contracts.finding import Finding
from contracts.notice import House, Notice, NoticeError, Recipient
from contracts.parameters import parameter
from contracts.tables import Bron, Doel
from flows.progress import show
from flows.settings import Workplace
from matching.gate import Gate, gate
from matching.intake.take_in import take_in
from matching.recipients import read_recipients
from matching.rule import Rule, all_rules
from matching.views import VIEWS, ViewParameters, build_views, read_view
from notifications.channels.print_folder import PrintedLetter, lies_in, publish, withdraw
from notifications.compose import compose
from notifications.letter import render
from notifications.template import load as load_template
from store.casebook import Casebook, NightResult
from store.warehouse import TakenIn, Warehouse

#: Uitkeringsgegevens first: they say whom the BRP may keep.
_ORDER = {Bron.UITKERINGSGEGEVENS: 0, Bron.BRP: 1}
PRINT_FOLDER = "berichten"


@dataclass(frozen=True)
class Found:
    """What the rules found on a night."""

    findings: tuple[Finding, ...]
    uitkeringen: int
    niet_in_brp: int


def open_warehouse(work: Workplace) -> Warehouse:
    """The warehouse of a work folder."""
    return Warehouse(work.warehouse, memory=work.settings.geheugen)


def find_deliveries(work: Workplace, peildatum: date) -> list[Delivery]:
    """Deliveries up to ``peildatum`` in ``leveringen/``, in the order in which they are taken in.

    Raises:
        DeliveryError: there is none, or a manifest does not fit.
    """
    manifests = sorted(work.leveringen.rglob(MANIFEST_NAME))
    deliveries = [read_manifest(path) for path in manifests]
    due = [delivery for delivery in deliveries if delivery.manifest.peildatum <= peildatum]
    if not due:
        raise DeliveryError(
            f"No delivery up to {peildatum}.", where=work.leveringen,
            todo=f"Put each delivery in a folder of its own there, with its {MANIFEST_NAME}.",
        )  # fmt: skip
    return sorted(due, key=lambda d: (d.manifest.peildatum, _ORDER[d.manifest.bron], d.manifest.geleverd_op))


def take_in_all(work: Workplace, deliveries: Sequence[Delivery]) -> list[TakenIn]:
    """Take in every delivery that is not known yet; returns those that are the latest of their source.

    Raises:
        DeliveryError: one does not fit; the warehouse is as it was.
    """
    with open_warehouse(work) as warehouse:
        known = {taken.levering_id for taken in warehouse.deliveries()}
        latest = {d.manifest.bron: d.manifest.levering_id for d in deliveries}
        due = [d for d in deliveries if (key := d.manifest.levering_id) not in known or key == latest[d.manifest.bron]]
        take_in(warehouse, due, now=datetime.now(UTC), progress=lambda what: show(f"Leveringen innemen: {what} ..."))
        return _latest(warehouse.deliveries())


def _latest(deliveries: Sequence[TakenIn]) -> list[TakenIn]:
    return list({taken.bron: taken for taken in deliveries}.values())


def gates(work: Workplace, peildatum: date) -> list[Gate]:
    """The gate of each source."""
    with open_warehouse(work) as warehouse:
        deliveries = warehouse.deliveries()
    return [gate(bron, deliveries, peildatum, work.settings.gate_limits) for bron in Bron]


def find(work: Workplace, peildatum: date) -> Found:
    """Make the fact views and run every rule that holds on ``peildatum``."""
    settings = work.settings
    parameters = ViewParameters(
        peildatum=peildatum,
        kostendelersleeftijd=parameter("kostendelersleeftijd").on(peildatum).waarde,
        massa_adres_boven=settings.massa_adres_boven,
        werkgebied=settings.werkgebied,
        sleutel=work.sleutel,
    )
    findings: list[Finding] = []
    with open_warehouse(work) as warehouse:
        bronnen = tuple(sorted(taken.levering_id for taken in _latest(warehouse.deliveries())))
        show("Feiten leggen ...")
        build_views(warehouse, parameters)
        views = {name: read_view(warehouse, name) for name in VIEWS}
        for rule in rules_on(peildatum):
            show(f"Regel {rule.rule_id} toepassen ...")
            findings += rule.find(views[rule.view], bronnen)
        running, unknown = warehouse.running(peildatum)
    return Found(tuple(findings), running, unknown)


def rules_on(peildatum: date) -> list[Rule]:
    """The rules that run on a night: they hold by then, and their purpose is allowed (E13).

    Raises:
        NoticeError: a rule names a letter that does not exist.
    """
    for rule in all_rules():
        if rule.bericht is not None:
            load_template(rule.bericht)
    return [rule for rule in all_rules() if rule.valid_from <= peildatum and rule.doel is Doel.ACTUALISEREN]


def decide_and_record(work: Workplace, peildatum: date, found: Found, *, usable: bool) -> NightResult:
    """Advise on every finding and write the night to the casebook, in one transaction."""
    with Casebook.at(work.casebook) as casebook:
        circumstances = Circumstances(
            peildatum=peildatum,
            sources_usable=usable,
            told=casebook.told(),
            last_letter=casebook.last_letters(),
            rest_days=work.settings.rust_dagen,
        )
        advice = advise(found.findings, circumstances)
        return casebook.record(peildatum, found.findings, advice, may_close=usable)


def deliver(work: Workplace, peildatum: date, *, usable: bool) -> int:
    """Take back what was withdrawn, then make the night's letters and publish its print folder.

    Args:
        work: the work folder.
        peildatum: the night.
        usable: false where a source can't be used tonight: then nothing is published.

    Returns:
        How many letters lie in the folder.
    """
    folder = work.uitvoer(peildatum) / PRINT_FOLDER
    with Casebook.at(work.casebook) as casebook:
        _take_back(work, casebook, peildatum)
        if not usable:
            return 0
        _pick_up(work, casebook, peildatum)
        # A letter that was offered and is not there any more was picked up: making it again would post it twice.
        rows = [
            row for row in casebook.letters_of(peildatum) if row.inhoud_hash is None or lies_in(folder, row.kenmerk)
        ]
        letters = _letters(work, casebook, peildatum, rows)
        publish(folder, letters)
        casebook.offered({letter.kenmerk: letter.sha256 for letter in letters})
    return len(letters)


def _letters(work: Workplace, casebook: Casebook, peildatum: date, rows: Sequence[Row[Any]]) -> list[PrintedLetter]:
    if not rows:
        return []
    house = work.settings.huis
    with open_warehouse(work) as warehouse:
        recipients = read_recipients(warehouse, {row.dossiernummer for row in rows}, peildatum)
        received = max(taken.geleverd_op for taken in warehouse.deliveries() if taken.bron is Bron.BRP).date()
    letters: list[PrintedLetter] = []
    for number, row in enumerate(rows, start=1):
        show(f"Brief {number} van {len(rows)} ...")
        facts = {
            "sinds": row.feitdatum,
            "leverdatum": received,
            "reageer_voor": peildatum + timedelta(days=house.reactietermijn_dagen),
        }
        recipient = recipients.get(row.dossiernummer, Recipient())
        try:
            notice = compose(row.bericht, recipient, facts, house, kenmerk=row.kenmerk, datum=peildatum)
            letters.append(_printed(notice, recipient, house))
        except NoticeError:
            casebook.to_human(row.kenmerk)
    return letters


def _printed(notice: Notice, recipient: Recipient, house: House) -> PrintedLetter:
    return PrintedLetter(
        kenmerk=notice.kenmerk,
        pdf=render(notice, house),
        postcode=recipient.postcode or "",
        bericht=notice.bericht,
        versie=notice.versie,
    )


def _pick_up(work: Workplace, casebook: Casebook, peildatum: date) -> None:
    """Letters that a killed night left to be made: note those that lie in its folder, make the others tonight."""
    for kenmerk, made_on in casebook.left_behind(peildatum):
        folder = work.uitvoer(made_on) / PRINT_FOLDER
        if lies_in(folder, kenmerk):
            casebook.offered({kenmerk: hashlib.sha256((folder / f"{kenmerk}.pdf").read_bytes()).hexdigest()})
        else:
            casebook.move_to(kenmerk, peildatum)


def _take_back(work: Workplace, casebook: Casebook, peildatum: date) -> None:
    """Take letters out of print folders; what may have been posted already becomes a call."""
    for made_on, letters in casebook.to_withdraw().items():
        folder = work.uitvoer(made_on) / PRINT_FOLDER
        taken_out = set(withdraw(folder, letters.keys()))
        if not folder.exists():
            # No folder and never offered: the night was killed before it made this letter.
            taken_out |= {kenmerk for kenmerk, offered in letters.items() if not offered}
        casebook.withdrawn(taken_out)
        for kenmerk in sorted(letters.keys() - taken_out):
            casebook.could_not_withdraw(kenmerk, peildatum)
