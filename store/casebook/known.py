"""What the casebook knows of a finding for the drietrapstoets: letters to its household, contact, and how it ended."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from contracts.outcome import Uitkomst, Waarom
from contracts.toets import Afronding, Bekend, Brief
from store.casebook.before import parts
from store.casebook.book import Book, known_since
from store.casebook.tables import OPEN, TAKEN_BACK, finding, history, outbox, task, told

#: Letters that nobody had. One that a human has since nobody could say whether it left may have arrived.
_NOT_SENT = sa.or_(
    outbox.c.status.in_([*TAKEN_BACK, "mislukt"]),
    sa.and_(outbox.c.status == "handmatig", outbox.c.inhoud_hash.is_(None)),
)


class Known(Book):
    """Reading what is known of findings."""

    def known_of(self, signalen: Iterable[str]) -> dict[str, Bekend]:
        """Signaal_id -> what is known of it; an id that is not there is left out.

        Of a letter about what only a restricted group may know nothing is said, except for a finding that is so itself.
        """
        known: dict[str, Bekend] = {}
        with self._engine.connect() as con:
            for part in parts(sorted(set(signalen))):
                known |= _known(con, part)
        return known


def _known(con: sa.Connection, signalen: Sequence[str]) -> dict[str, Bekend]:
    found = list(con.execute(sa.select(finding, known_since()).where(finding.c.signaal_id.in_(signalen))))
    letters = _letters(con, {row.dossiernummer for row in found})
    deeds: dict[str, list[sa.Row[Any]]] = defaultdict(list)
    done = history.c.waarom.in_((Waarom.CONTACT, Waarom.AFGEROND)) & history.c.signaal_id.in_(signalen)
    for row in con.execute(sa.select(history).where(done).order_by(history.c.volgnr)):
        deeds[row.signaal_id].append(row)
    term = sa.select(task.c.signaal_id, sa.func.min(task.c.uiterlijk)).where(
        task.c.signaal_id.in_(signalen), task.c.status == "open"
    )
    terms = {row[0]: row[1] for row in con.execute(term.group_by(task.c.signaal_id))}
    return {
        row.signaal_id: Bekend(
            eerste_nacht=row.eerste_nacht,
            bekend_sinds=row.bekend_sinds,
            open=row.status in OPEN,
            brieven=_told_in(letters[row.dossiernummer], restricted=row.beperkt),
            contacten=tuple(deed.nacht for deed in deeds[row.signaal_id] if deed.waarom == Waarom.CONTACT),
            afgerond=tuple(
                Afronding(nacht=deed.nacht, uitkomst=Uitkomst(deed.uitkomst))
                for deed in deeds[row.signaal_id]
                if deed.waarom == Waarom.AFGEROND
            ),
            uiterlijk=terms.get(row.signaal_id),
        )
        for row in found
    }


def _letters(con: sa.Connection, dossiers: set[str]) -> dict[str, list[sa.Row[Any]]]:
    """Dossiernummer -> each letter to it with each finding it tells of, the oldest first."""
    query = (
        sa.select(outbox, finding.c.regel, finding.c.beperkt)
        .join(told, told.c.kenmerk == outbox.c.kenmerk)
        .join(finding, finding.c.signaal_id == told.c.signaal_id)
        .where(outbox.c.dossiernummer.in_(sorted(dossiers)), sa.not_(_NOT_SENT))
        .order_by(outbox.c.nacht, outbox.c.kenmerk, finding.c.regel)
    )
    letters: dict[str, list[sa.Row[Any]]] = defaultdict(list)
    for row in con.execute(query):
        letters[row.dossiernummer].append(row)
    return letters


def _told_in(rows: Sequence[sa.Row[Any]], *, restricted: bool) -> tuple[Brief, ...]:
    """The letters, each once, with the rules of what they tell of."""
    seen: dict[str, Brief] = {}
    for row in rows:
        if row.beperkt and not restricted:
            continue
        known = seen.get(row.kenmerk)
        regels = tuple(dict.fromkeys((*(known.regels if known else ()), row.regel)))
        seen[row.kenmerk] = Brief(
            kenmerk=row.kenmerk, nacht=row.nacht, bericht=row.bericht, status=row.status, regels=regels
        )
    return tuple(seen.values())
