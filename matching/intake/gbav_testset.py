"""The GBA-V test set of RvIG (persoonslijsten with history) as BRP tables about any day.

This is a replay *as known now* about that day: names, geslacht, geheim and curatele carry no history here and
are those of today.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from contracts.tables import TABLES
from matching.intake.gbav_dates import is_after, only_until
from matching.intake.gbav_elements import ELEMENTS
from matching.intake.gbav_file import read_rows
from matching.intake.gbav_relations import newest, relations_on
from matching.intake.gbav_stacks import count_broken_links, stack


@dataclass(frozen=True)
class Testset:
    """The occurrences that count, current and historical; every value as the file has it, empty is null.

    Each frame has ``lijst`` (which persoonslijst); those with history ``stapel`` and ``volgnummer`` (0 =
    current). Occurrences marked onjuist (84.10) are not in it.
    """

    __test__ = False  # the name is RvIG's; this is no test class

    persons: pl.DataFrame
    stays: pl.DataFrame
    partners: pl.DataFrame
    children: pl.DataFrame
    parents: pl.DataFrame
    broken_links: int

    def at(self, peildatum: date) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The tables ``brp_persoon`` and ``brp_relatie`` about the day.

        In it are the persons who were born by then and of whom a stay had begun, but for those whose list was
        opened by mistake or is to be wiped (67.20 F, W).
        """
        stays = _stays_on(self.stays, peildatum)
        persons = _persons_on(self.persons, peildatum).join(stays, on="lijst", maintain_order="left")
        relations = relations_on(self.partners, self.children, self.parents, peildatum).join(
            persons.select("lijst", "anummer", "burgerservicenummer"), on="lijst", maintain_order="left"
        )
        return (
            persons.select(TABLES["brp_persoon"].columns),
            relations.select(TABLES["brp_relatie"].columns),
        )


def read_testset(path: Path) -> Testset:
    """Read the test set.

    Raises:
        DeliveryError: missing, empty, not UTF-8, or without the rubrieken this needs.
    """
    rows = read_rows(path)
    found = {category: stack(rows, category) for category in ELEMENTS}
    parents = pl.concat(
        _sound(found[category]).with_columns(soort=pl.lit(soort))
        for category, soort in (("02", "ouder1"), ("03", "ouder2"))
    )
    return Testset(
        persons=_persons(found),
        stays=_sound(found["08"]),
        partners=_sound(found["05"]),
        children=_sound(found["09"]),
        parents=parents,
        broken_links=count_broken_links(rows),
    )


def _sound(occurrences: pl.DataFrame) -> pl.DataFrame:
    return occurrences.filter(pl.col("onjuist").ne_missing(pl.lit("O"))).drop("onjuist")


def _persons(found: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """One row a list: the current occurrences of the categories that come once."""
    current = {
        category: found[category].filter(pl.col("volgnummer") == 0).drop("stapel", "volgnummer")
        for category in ("01", "06", "07", "11")
    }
    persons = current.pop("01")
    for frame in current.values():
        persons = persons.join(frame, on="lijst", how="left", maintain_order="left")
    return persons


def _persons_on(persons: pl.DataFrame, day: date) -> pl.DataFrame:
    """Persons born by the day, without what happened to them later."""
    reason = pl.col("reden_opschorting")
    return persons.filter(
        ~is_after("geboortedatum", day), ~reason.is_in(["F", "W"]).fill_null(value=False)
    ).with_columns(
        only_until("reden_opschorting", day, by="datum_opschorting"),
        only_until("datum_opschorting", day),
        only_until("datum_overlijden", day),
    )


def _stays_on(stays: pl.DataFrame, day: date) -> pl.DataFrame:
    """The newest stay of each list that had begun: a stay ends where the next newer one starts."""
    start = pl.coalesce("datum_aanvang_adreshouding", "datum_aanvang_adres_buitenland")
    begun = stays.with_columns(begin=start).filter(~is_after("begin", day))
    return newest(begun, "lijst").with_columns(*_investigation_on(day))


def _investigation_on(day: date) -> tuple[pl.Expr, ...]:
    """What was in onderzoek on the day, and whether that had ended.

    Of an older occurrence the file says ``58....`` (historical); on the day it was current, so ``08....``.
    """
    started = only_until("vp_aanduiding_in_onderzoek", day, by="vp_datum_ingang_onderzoek")
    end = pl.when(~is_after("vp_datum_ingang_onderzoek", day), ~is_after("vp_datum_einde_onderzoek", day))
    return (
        started.str.replace("^58", "08"),
        only_until("vp_datum_ingang_onderzoek", day),
        end.then("vp_datum_einde_onderzoek").alias("vp_datum_einde_onderzoek"),
    )
