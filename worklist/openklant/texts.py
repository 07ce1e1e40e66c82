"""What a task says in Open Klant: nothing of anybody, and where to read on."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from store.casebook.book import as_utc
from worklist.openklant.settings import Actor, OpenKlant

_ZONE: Final = ZoneInfo("Europe/Amsterdam")
#: Kinds of tasks of which the work is a call.
_CALLS: Final = ("contact", "hulp")
_CALL: Final = "Bel de inwoner over een mogelijke wijziging. Open de taak in de werklijst."
_LOOK: Final = "Bekijk de taak in de werklijst."
#: Shown there as information for the inwoner.
_INHOUD: Final = "Er is een taak voor een consulent."
_ONDERWERP: Final = "Taak uit de werklijst"


def contact_body(row: sa.Row[Any], settings: OpenKlant, *, numbered: bool) -> dict[str, Any]:
    """A klantcontact about our task, without a betrokkene: Open Klant does not hear whom it is about."""
    return {
        "klantcontact": {
            "kanaal": settings.kanaal,
            "onderwerp": _ONDERWERP,
            "inhoud": _INHOUD,
            "taal": "nld",
            "vertrouwelijk": True,
            "plaatsgevondenOp": _made(row).isoformat(),
        } | _numbers(row, numbered=numbered),
        "onderwerpobject": {
            "wasKlantcontact": None,
            "onderwerpobjectidentificator": {
                "objectId": row.taak_id,
                "codeObjecttype": "taak",
                "codeRegister": settings.code_register,
                "codeSoortObjectId": "taak_id",
            },
        },
    }  # fmt: skip


def task_body(
    row: sa.Row[Any], settings: OpenKlant, klantcontact: UUID, actoren: Sequence[str], *, numbered: bool
) -> dict[str, Any]:
    """The InterneTaak of our task."""
    return {
        "gevraagdeHandeling": _CALL if row.soort in _CALLS else _LOOK,
        "aanleidinggevendKlantcontact": {"uuid": str(klantcontact)},
        "toegewezenAanActoren": [{"uuid": uuid} for uuid in actoren],
        "toelichting": f"Lees verder in de werklijst: {settings.werklijst_adres}/taken/{row.taak_id}",
        "status": "te_verwerken",
    } | _numbers(row, numbered=numbered)


def actor_body(actor: Actor) -> dict[str, Any]:
    """An actor as it is made where there is none."""
    return {
        "naam": actor.naam,
        "soortActor": "organisatorische_eenheid" if actor.code_objecttype in ("afd", "grp") else "medewerker",
        "indicatieActief": True,
        "actoridentificator": {
            "objectId": actor.identificator,
            "codeObjecttype": actor.code_objecttype,
            "codeRegister": actor.code_register,
            "codeSoortObjectId": actor.code_soort_object_id,
        },
    }


def digest(body: Mapping[str, Any]) -> str:
    """The hash of what is sent."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _numbers(row: sa.Row[Any], *, numbered: bool) -> dict[str, str]:
    # Never an empty one: that breaks the server and what reads it. Where it gives numbers itself, none.
    return {"nummer": row.nummer, "referentienummer": row.nummer} if numbered else {}


def _made(row: sa.Row[Any]) -> datetime:
    """When the task was made: its urgency there counts from this. The night of a task can still lie ahead."""
    night = datetime.combine(row.nacht, time(), _ZONE)
    return min(night, as_utc(row.gemaakt_op).astimezone(_ZONE))
