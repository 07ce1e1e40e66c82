"""The town on one day: its tables, and the verbs that change them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import numpy as np
import polars as pl

from contracts.errors import SettingsError
from flows.demo.numbers import Ints
from flows.demo.quirks import deceased, gone_abroad

Table = Literal["woningen", "persoon", "uitkering", "medebewoner", "melding", "voorkeur", "studie", "werk", "elders"]
#: What a column is set to: one value for all rows, or a series with one for each.
Value = str | int | date | list[str] | list[int] | list[date] | pl.Series | None
_KEYS: dict[str, str] = {"woningen": "woning", "persoon": "nr", "uitkering": "uitkering_id"}


@dataclass
class Town:
    """Voorbeeldstad on ``dag``: what the register, the dienst and others know.

    The register is ``woningen`` and ``persoon``, what the dienst knows ``uitkering`` to ``vordering``; others know who
    studies (``studie``), who works (``werk``) and what else happened (``elders``).
    ``dossiers``, as the verbs take them, has a row a dossier with ``uitkering_id``, ``dossiernummer``,
    ``nr``, ``partner_nr``, ``huishouden`` and ``woning``.
    """

    dag: date
    rng: np.random.Generator
    woningen: pl.DataFrame
    persoon: pl.DataFrame
    uitkering: pl.DataFrame
    medebewoner: pl.DataFrame
    melding: pl.DataFrame
    voorkeur: pl.DataFrame
    vordering: pl.DataFrame
    studie: pl.DataFrame = field(default_factory=pl.DataFrame)
    werk: pl.DataFrame = field(default_factory=pl.DataFrame)
    elders: pl.DataFrame = field(default_factory=pl.DataFrame)
    empty: list[int] = field(default_factory=list)
    """Dwellings nobody lives in."""
    movable: list[int] = field(default_factory=list)
    """Persons of 28 to 66 who live alone, have nothing to do with the dienst, and may move anywhere."""

    def change(self, table: Table, keys: Sequence[int] | Sequence[str] | pl.Series | Ints, **columns: Value) -> None:
        """Set ``columns`` of the rows with these ``keys``; a value is one for all, or one for each."""
        frame: pl.DataFrame = getattr(self, table)
        key = _KEYS[table]
        rows = pl.DataFrame({key: keys}).with_columns(_column(name, value) for name, value in columns.items())
        rows = rows.cast({name: frame.schema[name] for name in rows.columns})
        setattr(self, table, frame.update(rows, on=key, how="left", include_nulls=True))

    def append(self, table: Table, rows: pl.DataFrame) -> None:
        """Add rows; columns that are not given stay empty."""
        frame: pl.DataFrame = getattr(self, table)
        rows = rows.cast({name: frame.schema[name] for name in rows.columns})
        setattr(self, table, pl.concat([frame, rows], how="diagonal"))

    def people(self, *predicates: pl.Expr) -> pl.DataFrame:
        """The persons for whom all ``predicates`` hold."""
        return self.persoon.filter(*predicates)

    def recent(self, count: int) -> pl.Series:
        """For each of ``count`` a day of the past week: the register hears of things a little late."""
        days = np.datetime64(self.dag) - self.rng.integers(1, 6, count).astype("timedelta64[D]")
        return pl.Series(days).dt.strftime("%Y%m%d")

    def empty_homes(self, count: int) -> list[int]:
        """Take ``count`` dwellings nobody lives in."""
        return _take(self.empty, count, "empty dwellings")

    def newcomers(self, count: int, *, oldest: int | None = None) -> list[int]:
        """Take ``count`` persons who may move in anywhere; with ``oldest`` nobody older, or who ever studied."""
        if oldest is None:
            return _take(self.movable, count, "inwoners who live alone")
        young = set(self.people(pl.col("leeftijd") <= oldest)["nr"]) - set(self.studie["nr"])
        taken = _take([nr for nr in self.movable if nr in young], count, "young inwoners who live alone")
        self.movable = [nr for nr in self.movable if nr not in set(taken)]
        return taken

    def move(
        self, persons: Sequence[int] | pl.Series, homes: Sequence[int] | pl.Series | Ints, **columns: Value
    ) -> None:
        """Register ``persons`` at ``homes``, one for each, since a few days; and set other ``columns``."""
        since = {"datum_aanvang_adreshouding": self.recent(len(persons)), **columns}
        self.change("persoon", persons, woning=pl.Series(homes, dtype=pl.Int64), **since)

    def move_in(
        self, dossiers: pl.DataFrame, *, each: int = 1, oldest: int | None = None, **columns: Value
    ) -> pl.DataFrame:
        """Let ``each`` newcomers, none older than ``oldest``, register at the address of each dossier.

        Their other ``columns`` are set too.

        Returns:
            ``uitkering_id`` and ``nr`` of the newcomer, a row for each.
        """
        rows = dossiers[np.repeat(np.arange(len(dossiers)), each)]
        newcomers = self.newcomers(len(rows), oldest=oldest)
        self.move(newcomers, rows["woning"], **columns)
        return rows.select("uitkering_id", nr=pl.Series(newcomers, dtype=pl.Int64))

    def move_household(
        self,
        dossiers: pl.DataFrame,
        homes: Sequence[int] | pl.Series,
        *,
        staying: Sequence[int] | pl.Series = (),
    ) -> None:
        """Move the whole household of each dossier, but for who is ``staying``."""
        target = dossiers.select("huishouden", thuis=pl.Series(homes, dtype=pl.Int64), since=self.recent(len(dossiers)))
        moving = self.people(~pl.col("nr").is_in(list(staying)) & (pl.col("woning").is_not_null())).join(
            target, on="huishouden", how="inner", maintain_order="left"
        )
        self.change("persoon", moving["nr"], woning=moving["thuis"], datum_aanvang_adreshouding=moving["since"])

    def marry(self, persons: Sequence[int] | pl.Series, others: Sequence[int] | pl.Series, since: Value) -> None:
        """Let each of ``persons`` have married one of ``others``; the BRP knows them by their numbers."""
        for one, other in ((persons, others), (others, persons)):
            self.change("persoon", one, partner_nr=pl.Series(other), gehuwd_op=since, nummerloos=False)

    def divorce(
        self, persons: Sequence[int] | pl.Series, others: Sequence[int] | pl.Series, since: Value, until: Value
    ) -> None:
        """Let each of ``persons`` have been married to one of ``others``; the BRP knows them by their numbers."""
        ended = {"ex_gehuwd_op": since, "ex_gescheiden_op": until, "partner_nr": None, "gehuwd_op": None}
        for one, other in ((persons, others), (others, persons)):
            self.change("persoon", one, ex_nr=pl.Series(other), **ended, nummerloos=False)

    def die(self, persons: Sequence[int] | pl.Series) -> None:
        """Let ``persons`` have died in the past week."""
        self.change("persoon", persons, **deceased(self.recent(1)[0]))

    def emigrate(self, persons: Sequence[int] | pl.Series, land: str) -> None:
        """Let ``persons`` have gone to ``land`` in the past week."""
        self.change("persoon", persons, **gone_abroad(self.recent(1)[0], land))

    def know(self, housemates: pl.DataFrame, rol: str, **columns: Value) -> None:
        """The dienst writes down these housemates (``uitkering_id``, ``nr``) as ``rol``, since last week."""
        start = self.dag - timedelta(days=7)
        known = {
            "rol": rol,
            "datum_aanvang": start,
            "vastgesteld_op": self.dag - timedelta(days=1),
            **columns,
        }
        rows = housemates.select("uitkering_id", "nr").with_columns(_column(k, v) for k, v in known.items())
        self.append("medebewoner", rows)

    def report(self, dossiers: pl.DataFrame, soort: str, status: str, *, days_ago: int = 3) -> None:
        """The belanghebbende of each dossier reported a change of this ``soort`` some days ago."""
        number = pl.col("dossiernummer").str.strip_prefix("D-")
        rows = dossiers.select(
            pl.format("M{}-2", number).alias("melding_id"),
            "nr",
            pl.lit(soort).alias("soort_wijziging"),
            pl.lit(self.dag - timedelta(days=days_ago + 2)).alias("ingangsdatum_wijziging"),
            pl.lit(self.dag - timedelta(days=days_ago)).alias("datum_ontvangst"),
            pl.lit(status).alias("status"),
        )
        self.append("melding", rows)

    def wish(
        self, dossiers: pl.DataFrame, *, geheim: bool = False, bewindvoerder: str | None = None, kanaal: str = "POST",
        hulp: bool = False,
    ) -> None:  # fmt: skip
        """Write down for each belanghebbende that the address is secret, who acts for them, or what they asked."""
        rows = dossiers.select(
            "nr",
            pl.lit(kanaal).alias("kanaal"),
            pl.lit("1" if geheim else "2").alias("geheimhouding"),
            pl.lit(bewindvoerder, pl.String).alias("bewindvoerder_of_gemachtigde"),
            pl.lit("1" if hulp else "2").alias("hulp_bij_lezen"),
        )
        self.voorkeur = self.voorkeur.filter(~pl.col("nr").is_in(rows["nr"].implode()))
        self.append("voorkeur", rows)


def _column(name: str, value: Value) -> pl.Expr:
    return pl.lit(pl.Series(value) if isinstance(value, list) else value).alias(name)


def _take(pool: list[int], count: int, what: str) -> list[int]:
    if count > len(pool):
        raise SettingsError(
            f"The demo has too few {what}.",
            where="inwoners",
            todo="Ask for more inwoners, or for fewer huishoudens.",
        )
    taken, pool[:] = pool[:count], pool[count:]
    return taken
