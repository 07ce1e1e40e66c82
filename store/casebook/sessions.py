"""Who can log in, and who is logged in."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from contracts.work import User
from store.casebook.book import Book
from store.casebook.tables import account, session


class Sessions(Book):
    """Accounts and sessions."""

    def keep_account(self, user: User, wachtwoord: str = "") -> None:
        """Make or replace an account; where something of it changes, who is logged in with it has to log in again.

        Args:
            user: who.
            wachtwoord: the hash of their password; empty = they log in elsewhere.
        """
        if self.account_of(user.gebruiker) == (user, wachtwoord):
            return
        row = user.model_dump(mode="json") | {"wachtwoord": wachtwoord, "rollen": sorted(user.rollen)}
        with self._writing() as con:
            con.execute(session.delete().where(session.c.gebruiker == user.gebruiker))
            con.execute(account.delete().where(account.c.gebruiker == user.gebruiker))
            con.execute(account.insert().values(row))

    def accounts(self) -> list[User]:
        """Everybody who can have a task, by name."""
        return [_user(row) for row in self._all(sa.select(account).order_by(account.c.naam, account.c.gebruiker))]

    def account_of(self, gebruiker: str) -> tuple[User, str] | None:
        """An account and the hash of its password; None = there is none."""
        rows = self._all(sa.select(account).where(account.c.gebruiker == gebruiker))
        return (_user(rows[0]), rows[0].wachtwoord) if rows else None

    def begin_session(self, sleutel: str, user: User, now: int) -> None:
        """Somebody logs in.

        Args:
            sleutel: the hash of what their browser holds.
            user: who, as they are for the whole session.
            now: seconds since 1970.
        """
        with self._writing() as con:
            con.execute(session.insert().values(
                sleutel=sleutel, gebruiker=user.gebruiker, wie=user.model_dump(mode="json"), begonnen=now, gezien=now
            ))  # fmt: skip

    def session_of(self, sleutel: str, *, begun_after: int, seen_after: int) -> sa.Row[Any] | None:
        """A session that began and was used after these moments: wie, begonnen, gezien."""
        here = sa.and_(session.c.sleutel == sleutel, session.c.begonnen > begun_after, session.c.gezien > seen_after)
        rows = self._all(sa.select(session).where(here))
        return rows[0] if rows else None

    def session_seen(self, sleutel: str, now: int) -> None:
        """It is used."""
        with self._writing() as con:
            con.execute(session.update().where(session.c.sleutel == sleutel).values(gezien=now))

    def end_sessions(self, sleutels: Iterable[str] = (), *, begun_before: int = 0, seen_before: int = 0) -> None:
        """Somebody logs out; sessions that are too old go too."""
        old = sa.or_(session.c.begonnen <= begun_before, session.c.gezien <= seen_before)
        with self._writing() as con:
            con.execute(session.delete().where(sa.or_(session.c.sleutel.in_(list(sleutels)), old)))


def _user(row: sa.Row[Any]) -> User:
    return User.model_validate({name: getattr(row, name) for name in User.model_fields})
