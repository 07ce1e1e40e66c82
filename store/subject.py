"""One person in the warehouse: by dossier or by burgerservicenummer, over everything it ever held."""

import hashlib
from dataclasses import dataclass
from typing import Final

from contracts.errors import TijdigError
from store.warehouse import Warehouse


@dataclass(frozen=True, repr=False)
class Subject:
    """A person, as the warehouse knows them; it never shows in a ``repr``.

    Attributes:
        bsn: their burgerservicenummer; None = only a dossier is known.
        anummers: their number in the BRP; none where it does not hold them.
        sleutels: the person keys that go with those.
        dossiers: in which they are the belanghebbende.
        als_partner: in which they are the partner.
        uitkeringen: the uitkeringen of which they are the belanghebbende.
        partner_van: the uitkeringen of which they are the partner.
    """

    bsn: str | None
    anummers: tuple[str, ...] = ()
    sleutels: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    als_partner: tuple[str, ...] = ()
    uitkeringen: tuple[str, ...] = ()
    partner_van: tuple[str, ...] = ()

    @property
    def dossiernummer(self) -> str | None:
        """The last dossier of theirs, or the last in which they are the partner."""
        return next(iter((*self.dossiers, *self.als_partner)), None)

    @property
    def sleutel(self) -> str | None:
        """Their person key."""
        return next(iter(self.sleutels), None)


def subject_of(
    warehouse: Warehouse, sleutel: str, *, dossiernummer: str | None = None, bsn: str | None = None
) -> Subject:  # fmt: skip
    """Who is meant; of a burgerservicenummer that is nowhere the rest is empty.

    Args:
        warehouse: where they are looked up.
        sleutel: the secret that person keys are made with.
        dossiernummer: their dossier; or
        bsn: their burgerservicenummer.

    Raises:
        TijdigError: it is not certain that one person is meant.
    """
    if bsn is None:
        bsn = _whose(warehouse, dossiernummer or "")
    if bsn is None:
        return Subject(None, dossiers=(dossiernummer,) if dossiernummer else ())
    numbers = _ask(warehouse, f"anummer from brp_persoon where burgerservicenummer = $wie {_LAST_FIRST}", bsn)
    if len(numbers) > 1:
        raise TijdigError(
            "Two persons in the BRP have this number.", where="burgerservicenummer",
            todo="Let somebody find out who is meant; nothing of either is given here.",
        )  # fmt: skip

    def theirs(column: str, of: str) -> tuple[str, ...]:
        return _ask(warehouse, f"{column} from uitkering where {of} = $wie {_LAST_FIRST}", bsn)

    return Subject(
        bsn=bsn, anummers=numbers, sleutels=tuple(key_of(sleutel, number) for number in numbers),
        dossiers=theirs("dossiernummer", "burgerservicenummer"),
        als_partner=theirs("dossiernummer", "partner_burgerservicenummer"),
        uitkeringen=theirs("uitkering_id", "burgerservicenummer"),
        partner_van=theirs("uitkering_id", "partner_burgerservicenummer"),
    )  # fmt: skip


#: One value once, that of the newest delivery first.
_LAST_FIRST: Final = "group by 1 order by max(van) desc, 1"


def _whose(warehouse: Warehouse, dossiernummer: str) -> str | None:
    who = _ask(warehouse, f"burgerservicenummer from uitkering where dossiernummer = $wie {_LAST_FIRST}", dossiernummer)
    if len(who) > 1:
        raise TijdigError(
            "This dossier was of more than one person.", where=dossiernummer[:40],
            todo="Ask by burgerservicenummer: --bsn.",
        )  # fmt: skip
    return who[0] if who else None


def _ask(warehouse: Warehouse, what: str, who: str) -> tuple[str, ...]:
    found = warehouse.read(f"select {what}", {"wie": who}).to_series()
    return tuple(value for value in found if value is not None)


def key_of(sleutel: str, anummer: str) -> str:
    """The key of a person, as ``matching/sql/persoon.sql`` makes it."""
    return hashlib.sha256(f"{sleutel}|{anummer}".encode()).hexdigest()[:16]
