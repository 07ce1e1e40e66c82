"""The desk samples: what is looked at after each night, and what somebody saw there. Rows are only ever added."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from contracts.desk import Bevinding, Steekproefsoort
from contracts.errors import CasebookError
from contracts.outcome import Levensfase
from store.casebook.book import Book, require_door
from store.casebook.tables import OPEN, TOELICHTING, finding, sample, sample_outcome

#: So many digits in a row may be the number of a person.
_NUMBER = re.compile(r"(?:\d[ .-]?){8,}")
_RESTRICTED = finding.c.beperkt & (finding.c.status != Levensfase.VERVALLEN)


@dataclass(frozen=True)
class Sampled:
    """A dossier that is looked at; ``signaal_id`` and ``reden`` are those of a finding of which nothing came."""

    soort: Steekproefsoort
    dossiernummer: str
    signaal_id: str | None = None
    reden: str | None = None


class Samples(Book):
    """Drawing samples, and noting what came of them. No task, letter or history comes from either."""

    def has_sample(self, peildatum: date) -> bool:
        """Whether the sample of this night was drawn, and had anything in it."""
        return bool(self._all(sa.select(sample.c.nummer).where(sample.c.nacht == peildatum).limit(1)))

    def draw(self, peildatum: date, drawn: Iterable[Sampled]) -> None:
        """Keep the sample of a night, in one transaction."""
        rows = [asdict(one) | {"nacht": peildatum} for one in drawn]
        if rows:
            with self._writing() as con:
                con.execute(sample.insert(), rows)

    def sampled_since(self, first: date) -> frozenset[str]:
        """The dossiers that were in a sample of this night or a later one."""
        query = sa.select(sample.c.dossiernummer).where(sample.c.nacht >= first)
        return frozenset(row.dossiernummer for row in self._all(query))

    def dossiers_with_findings(self) -> frozenset[str]:
        """The dossiers with a finding that is open, or that few may know of and that holds."""
        query = sa.select(finding.c.dossiernummer).where(sa.or_(finding.c.status.in_(OPEN), _RESTRICTED))
        return frozenset(row.dossiernummer for row in self._all(query.distinct()))

    def restricted_dossiers(self) -> frozenset[str]:
        """The dossiers with a finding that few may know of and that holds."""
        query = sa.select(finding.c.dossiernummer).where(_RESTRICTED)
        return frozenset(row.dossiernummer for row in self._all(query.distinct()))

    def samples(self, peildatum: date | None = None) -> list[sa.Row[Any]]:
        """What is or was looked at, with what came of it; of one night, or of all, the oldest first.

        ``beperkt`` says whether only few may know of the dossier by now.
        """
        few = sa.exists().where(finding.c.dossiernummer == sample.c.dossiernummer, _RESTRICTED).label("beperkt")
        regel = (sa.select(finding.c.regel).where(finding.c.signaal_id == sample.c.signaal_id).scalar_subquery()).label(
            "regel"
        )
        said = (sample_outcome.c.uitkomst, sample_outcome.c.door, sample_outcome.c.moment, sample_outcome.c.toelichting)
        query = sa.select(sample, regel, few, *said).outerjoin(sample_outcome).order_by(sample.c.nummer)
        return self._all(query if peildatum is None else query.where(sample.c.nacht == peildatum))

    def sample_counts(self, first: date, last: date) -> dict[tuple[Steekproefsoort, Bevinding | None], int]:
        """How many dossiers of the samples of these nights came out how; None = nobody looked yet."""
        kinds = (sample.c.soort, sample_outcome.c.uitkomst)
        query = sa.select(*kinds, sa.func.count().label("aantal")).select_from(sample).outerjoin(sample_outcome)
        rows = self._all(query.where(sample.c.nacht.between(first, last)).group_by(*kinds))
        return {
            (Steekproefsoort(row.soort), Bevinding(row.uitkomst) if row.uitkomst else None): row.aantal for row in rows
        }

    def note_outcome(
        self, nummer: int, uitkomst: Bevinding, *, door: str, now: datetime, toelichting: str | None = None
    ) -> None:
        """Keep what somebody saw at the desk: once.

        Raises:
            CasebookError: there is no such sample, it has its answer, nobody is named, or the words are too long or
                hold what may be the number of a person.
        """
        require_door(door)
        require_words(toelichting)
        row = {"nummer": nummer, "uitkomst": uitkomst, "door": door, "moment": now, "toelichting": toelichting}
        with self._writing() as con:
            if not con.execute(sa.select(sample.c.nummer).where(sample.c.nummer == nummer)).all():
                raise CasebookError(
                    "No sample with this number.", where=str(nummer), todo="Take one from `tijdig steekproef toon`."
                )
            try:
                con.execute(sample_outcome.insert().values(row))
            except sa.exc.IntegrityError:
                raise CasebookError(
                    "This sample has its answer.", where=str(nummer),
                    todo="Read it with `tijdig steekproef toon --alles`. It stays as it was given; was it wrong, tell "
                    "who makes the evaluation.",
                ) from None  # fmt: skip


def require_words(toelichting: str | None) -> None:
    """Refuse words that are too long, or in which a BSN or a telephone number may stand."""
    if toelichting is None:
        return
    if len(toelichting) > TOELICHTING:
        raise CasebookError(
            "The explanation is too long.", where="--toelichting", todo=f"Use {TOELICHTING} characters at most."
        )
    if _NUMBER.search(toelichting):
        raise CasebookError(
            "The explanation holds what may be the number of a person.", where="--toelichting",
            todo="Leave out numbers of eight digits or more; the number of the sample says which dossier it is.",
        )  # fmt: skip
