"""The outgoing contacts of a household: every notice and how far it came, and when there was contact."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from contracts.dutch import calendar_date
from contracts.errors import CasebookError
from contracts.message import STAND_ZIN, UITSLAG_ZIN, Uitslag, named
from store.casebook import Casebook
from store.casebook.book import as_utc

_ZONE = ZoneInfo("Europe/Amsterdam")
_DEED = {
    "verstuur": "verstuurd", "zoek_op": "opgezocht", "teruggemeld": "teruggemeld", "bevestig": "bevestigd",
}  # fmt: skip


def history_of(casebook: Casebook, asked: str) -> dict[str, Any]:
    """The contact history of a dossier, or of the dossier of one notice.

    Args:
        casebook: where it is.
        asked: a dossiernummer, or the kenmerk of a notice.

    Raises:
        CasebookError: there is no notice or contact under that name.
    """
    one = casebook.notice(asked)
    dossier = one.dossiernummer if one is not None else asked
    notices, talks = casebook.notices_of(dossier), casebook.talks_of(dossier)
    if not notices and not talks:
        raise CasebookError(
            "No notice and no contact is known under this name.", where=asked[:40],
            todo="Give a dossiernummer from signalen.jsonl, or the kenmerk of a letter.",
        )  # fmt: skip
    shown = [row for row in notices if one is None or row.kenmerk == one.kenmerk]
    return {
        "dossiernummer": dossier,
        "berichten": [_notice(row, casebook.attempts_of(row.kenmerk)) for row in shown],
        "contacten": [_talk(row) for row in talks if not row.beperkt] if one is None else [],
    }


def _notice(row: sa.Row[Any], attempts: Sequence[sa.Row[Any]]) -> dict[str, Any]:
    return {
        "kenmerk": row.kenmerk,
        "nacht": row.nacht.isoformat(),
        "soort": row.soort,
        "vorm": row.vorm,
        "kanaal": row.kanaal,
        "aan": row.aan,
        "bericht": row.bericht,
        "versie": row.versie,
        "status": row.status,
        "bevestigd_op": _iso(row.bevestigd_op),
        "verloop": [
            {"moment": _moment(one.moment).isoformat(), "wat": one.wat, "uitslag": one.uitslag, "code": one.code}
            for one in attempts
        ],
    }


def _talk(row: sa.Row[Any]) -> dict[str, Any]:
    return {"moment": _moment(row.moment).isoformat() if row.moment else None, "regel": row.regel, "door": row.door}


def told(history: Mapping[str, Any]) -> Iterator[str]:
    """The history in Dutch sentences."""
    for one in history["berichten"]:
        day = calendar_date(date.fromisoformat(one["nacht"]))
        what = f"{named(one['bericht'])}, met {one['kanaal']}, kenmerk {one['kenmerk']}"
        yield f"{day}: {what}. {STAND_ZIN[one['status']]}"
        for step in one["verloop"]:
            moment = datetime.fromisoformat(step["moment"])
            code = f" ({step['code']})" if step["code"] else ""
            sentence = UITSLAG_ZIN[Uitslag(step["uitslag"])]
            yield f"    {moment:%d-%m-%Y %H:%M} {_DEED[step['wat']]}: {sentence}{code}"
    for talk in history["contacten"]:
        day = calendar_date(datetime.fromisoformat(talk["moment"]).date()) if talk["moment"] else "onbekende dag"
        yield f"{day}: er was contact over een signaal van {talk['regel']}, genoteerd door {talk['door']}."


def as_json(history: Mapping[str, Any]) -> str:
    """The history as JSON."""
    return json.dumps(history, ensure_ascii=False, indent=2)


def _moment(moment: datetime) -> datetime:
    return as_utc(moment).astimezone(_ZONE)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
