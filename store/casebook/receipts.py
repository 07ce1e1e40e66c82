"""The receipts: what decided each finding, kept for as long as something was decided on it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from contracts.receipt import Receipt
from store.casebook.before import Before, parts
from store.casebook.book import Book
from store.casebook.tables import finding, receipt


class Receipts(Book):
    """Reading the receipts."""

    def receipts_of(self, signaal_id: str) -> list[sa.Row[Any]]:
        """The receipts of one finding, the newest last: nacht, hash, inhoud."""
        return self._all(sa.select(receipt).where(receipt.c.signaal_id == signaal_id).order_by(receipt.c.nacht))

    def receipts_on(self, peildatum: date | None = None) -> list[sa.Row[Any]]:
        """Every receipt of a night; without one, of every night."""
        query = sa.select(receipt).order_by(receipt.c.nacht, receipt.c.signaal_id)
        return self._all(query if peildatum is None else query.where(receipt.c.nacht == peildatum))


def keep_receipts(con: sa.Connection, receipts: Mapping[str, Receipt], before: Before) -> None:
    """Keep the receipt of each finding of a night, instead of its last one unless something was decided on that."""
    tonight = receipt.c.nacht == before.peildatum
    stay = set(con.execute(sa.select(receipt.c.signaal_id).where(tonight, receipt.c.blijft)).scalars())
    stay |= {row.signaal_id for row in con.execute(sa.select(finding)) if before.decides(row)}
    for part in parts(sorted(receipts)):
        passing = sa.or_(tonight, sa.not_(receipt.c.blijft))
        con.execute(receipt.delete().where(receipt.c.signaal_id.in_(part), passing))
    rows = [
        {"signaal_id": key, "nacht": before.peildatum, "hash": made.hash, "blijft": key in stay,
         "inhoud": made.model_dump(mode="json")}
        for key, made in receipts.items()
    ]  # fmt: skip
    if rows:
        con.execute(receipt.insert(), rows)
