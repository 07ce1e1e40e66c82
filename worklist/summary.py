"""What stands above a task, on its page and on each form about it; and how its inwoner is reached."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from contracts.contact import Kaart
from contracts.finding import REDEN_ZIN, Reden
from contracts.work import Recht
from worklist import page, words
from worklist.guard import Opened
from worklist.services import Services


def head(found: Opened, services: Services, names: Mapping[str, str]) -> dict[str, Any]:
    """What stands above a task, on its page and on each form about it."""
    row, today = found.row, services.today()
    regel = services.regels.get(row.regel)
    return {
        "taak_id": row.taak_id, "titel": regel.titel if regel else row.regel, "uitleg": regel.uitleg if regel else "",
        "soort": words.SOORT_NAAM.get(row.soort, row.soort), "dossiernummer": row.dossiernummer, "regel": row.regel,
        "spoed": row.spoed, "status": row.status, "statuszin": words.STATUS_NAAM[row.status], "versie": row.versie,
        "reden": REDEN_ZIN[Reden(row.reden)] if row.reden else None, "sinds": row.nacht,
        "dagen": page.age(row.nacht, today), "uiterlijk": row.uiterlijk,
        "over": (row.uiterlijk - today).days if row.uiterlijk and row.status == "open" else None,
        "uitgesteld_tot": _waits(row, today), "team": row.van_team,
        "behandelaar": names.get(row.behandelaar, row.behandelaar) if row.behandelaar else None,
        "consulent": names.get(row.consulent_id, row.consulent_id) if row.consulent_id else None,
        "afgeschermd": found.taak.afgeschermd, "richting": words.ZONDER_BEDRAG[found.finding.richting],
    }  # fmt: skip


def card(found: Opened, services: Services) -> Kaart | None:
    """How the inwoner is called and reached, for who may know."""
    if not found.may(Recht.PERSOON_ZIEN):
        return None
    kept = services.casebook.card_of(found.row.dossiernummer)
    return Kaart.model_validate(kept) if kept else None


def _waits(row: sa.Row[Any], today: date) -> date | None:
    return row.uitgesteld_tot if row.status == "open" and row.uitgesteld_tot and row.uitgesteld_tot > today else None
