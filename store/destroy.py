"""Retention in the warehouse: rows that are still needed are copied into a new file, which takes the place of the old.

Free pages of a database keep old bytes, and DuckDB compresses: only a file that never held a row surely does not hold
it. Every table is copied by a rule of its own; a table without one makes it refuse.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from contracts.errors import TijdigError
from contracts.retention import Soort
from contracts.tables import TABLES
from store.sqltext import quoted, statements, used_params
from store.warehouse import Warehouse

if TYPE_CHECKING:  # see layer.py
    from duckdb import DuckDBPyConnection as Connection

_BY_UITKERING: Final = (("blijft_uitkering", "b.uitkering_id = t.uitkering_id"),)
_BY_LIST: Final = (("blijft_lijst", "b.anummer = t.anummer"),)
_OF_CLIENT: Final = (("blijft_klant", "b.bsn = t.burgerservicenummer"),)
_BY_DOSSIER: Final = (("blijft_uitkering", "b.dossiernummer = t.dossiernummer"),)
_OF_ANYBODY: Final = (
    ("blijft_persoon", "b.bsn = t.burgerservicenummer"),
    ("blijft_naam", "b.naam = lower(t.geslachtsnaam) and b.geboren = t.geboortedatum"),
)
_REPRESENTED: Final = (
    "(select k.bewindvoerder_of_gemachtigde as verwijzing, w.vast from klantvoorkeur as k "
    "join blijft_klant as w on w.bsn = k.burgerservicenummer)"
)
#: By which key a row of a table is somebody's: what of ``blijft.sql`` it is looked up in, and how.
_KEYS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "brp_persoon": _BY_LIST,
    "brp_relatie": _BY_LIST,
    "uitkering": _BY_UITKERING,
    "uitkeringsperiode": _BY_UITKERING,
    "bekende_medebewoner": _BY_UITKERING,
    "melding": _OF_CLIENT,
    "klantvoorkeur": _OF_CLIENT,
    "vertegenwoordiger": ((_REPRESENTED, "b.verwijzing = t.verwijzing"),),
    "vordering": _BY_DOSSIER,
    "ib_samenloopsignaal": (*_BY_DOSSIER, *_OF_CLIENT),
    "inkomsten_uwv": _OF_ANYBODY,
    "duo_inschrijving": _OF_ANYBODY,
    "duo_studiefinanciering": _OF_ANYBODY,
}
#: Deliveries by number and day, and counts: nobody is in them.
_WHOLE: Final = ("levering", "opmerking", "afkeur")
#: Made with the file.
_MADE: Final = ("inrichting",)
#: Tables that name keys only, also of rows that could not be read: such a key stays as long as its delivery is new.
_KEY_TABLES: Final = {"onvolledig": ("over", "van"), "genoemd": ("sleutel", "volgnr")}
_ANY_KEY: Final = (
    "select anummer from blijft_lijst union select uitkering_id from blijft_uitkering union select bsn from "
    "blijft_persoon union select dossiernummer from blijft_uitkering"
)
_TABLES: Final = (
    "select table_name from information_schema.tables where table_schema = 'main' "
    "and table_catalog = current_catalog() and table_type = 'BASE TABLE' order by 1"
)


@dataclass(frozen=True)
class Needed:
    """What is still needed.

    Attributes:
        dossiers: that something else needs: their whole history stays.
        weg_voor: of an uitkering that ended before this day nothing is needed.
        oud_voor: nor is a row that was replaced before this day.
    """

    dossiers: frozenset[str]
    weg_voor: date
    oud_voor: date


def due(warehouse: Warehouse, needed: Needed) -> dict[tuple[Soort, str], int]:
    """How many rows of each table are past their term: of who is not needed any more, or replaced long ago."""
    _prepare(warehouse, needed)
    found: dict[tuple[Soort, str], int] = {}
    for table in TABLES:
        row = warehouse.read(
            f"select count(*) filter (where not wie) as wie, count(*) filter (where wie and not blijft) as oud from "
            f"(select {_known(table)} as wie, {_kept(table)} as blijft from {table} as t "
            f"left join einde_levering as e on t.tot = e.volgnr)", {"oud_voor": needed.oud_voor},
        ).row(0)  # fmt: skip
        found[Soort.REGISTER, table], found[Soort.REGISTER_GESCHIEDENIS, table] = row
    for table in _KEY_TABLES:
        sql = f"select count(*) as aantal from {table} as t where not ({_kept_key(table)})"
        found[Soort.REGISTER, table] = warehouse.read(sql, {"weg_voor": needed.weg_voor})["aantal"][0]
    return {key: count for key, count in found.items() if count}


def leaving(warehouse: Warehouse, sleutel: str) -> str:
    """Keep the person keys of who goes, as the temporary table of this name; after ``due``."""
    warehouse.con.execute(
        "create or replace temp table vertrekkend as "
        "select distinct substr(sha256($sleutel || '|' || anummer), 1, 16) as persoon_sleutel "
        "from brp_persoon where anummer not in (select anummer from blijft_lijst)",
        {"sleutel": sleutel},
    )
    return "vertrekkend"


def rebuild(warehouse: Warehouse, needed: Needed) -> Path:
    """Write what is needed to a new file beside the warehouse; returns that file. The warehouse stays as it is.

    Raises:
        TijdigError: there is a table that nobody decided about.
    """
    _prepare(warehouse, needed)
    new = beside(warehouse.path)
    discard(new)
    con, params = warehouse.con, {"oud_voor": needed.oud_voor, "weg_voor": needed.weg_voor}
    names = set(all_tables(con))
    _require_known(names)
    with Warehouse(new):
        pass  # its tables are made as those of any new one
    con.execute(f"attach {quoted(new)} as nieuw")
    try:
        for name in sorted(names - set(_MADE)):
            sql = f"insert into nieuw.{name} {_copy(name)}"
            con.execute(sql, used_params(sql, params))
        con.execute("checkpoint nieuw")
    finally:
        con.execute("detach nieuw")
    return new


def all_tables(con: "Connection") -> list[str]:
    """Every table of a warehouse."""
    return [str(row[0]) for row in con.execute(_TABLES).fetchall()]


def replace(path: Path) -> None:
    """Put the new file in the place of the old one, and take away what else DuckDB keeps of that."""
    new = beside(path)
    for leftover in (_wal(new), _wal(path)):
        leftover.unlink(missing_ok=True)
    new.replace(path)


def discard(new: Path) -> None:
    """Take away a new file that a killed run left."""
    for one in (new, _wal(new)):
        with suppress(FileNotFoundError):
            one.unlink()


def beside(path: Path) -> Path:
    """Where the new file is made."""
    return path.with_name(f"{path.name}.nieuw")


def _wal(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _require_known(names: set[str]) -> None:
    unknown = sorted(names - {*_KEYS, *_WHOLE, *_MADE, *_KEY_TABLES})
    if unknown:
        raise TijdigError(
            f"Nobody decided what of {', '.join(unknown)} is kept.", where="store/destroy.py",
            todo="Add a rule for it; until then nothing is destroyed.",
        )  # fmt: skip


def _prepare(warehouse: Warehouse, needed: Needed) -> None:
    params: Mapping[str, object] = {
        "dossiers": sorted(needed.dossiers), "weg_voor": needed.weg_voor, "oud_voor": needed.oud_voor
    }  # fmt: skip
    for step in statements("blijft"):
        warehouse.con.execute(step, used_params(step, params))


def _copy(table: str) -> str:
    if table in _WHOLE:
        return f"from {table}"
    if table in _KEYS:
        return f"select t.* from {table} as t left join einde_levering as e on t.tot = e.volgnr where {_kept(table)}"
    return f"select t.* from {table} as t where {_kept_key(table)}"


def _known(table: str) -> str:
    """SQL: whether a row is of somebody who is needed."""
    return "(" + " or ".join(f"exists (from {of} as b where {on})" for of, on in _KEYS[table]) + ")"


def _kept(table: str) -> str:
    """SQL: whether a row stays: of somebody who is needed, and not replaced long ago unless all of theirs stays."""
    whole = " or ".join(f"exists (from {of} as b where {on} and b.vast)" for of, on in _KEYS[table])
    return f"({_known(table)} and (not coalesce(least(t.peil_tot, e.dag) < $oud_voor, false) or {whole}))"


def _kept_key(table: str) -> str:
    """SQL: whether a row of a table that only names keys stays: the key is of somebody or something that is needed."""
    key, number = _KEY_TABLES[table]
    rows = (
        f"(t.tabel = '{one.name}' and t.{key} in (select p.{one.parent} from {one.name} as p "
        f"where {_known(one.name).replace('t.', 'p.')}))"
        for one in TABLES.values()
    )
    recent = f"t.{number} in (select volgnr from levering where peildatum >= $weg_voor)"
    return f"t.{key} in ({_ANY_KEY}) or {recent} or {' or '.join(rows)}"
