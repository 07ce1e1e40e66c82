"""A chosen benefit population for a replay of the GBA-V test set.

There is no public bijstand file for these test persons, so this *chooses* one: every adult under 67 who can
be told apart gets an uitkering, and on the first day the dienst knows what the BRP says. Whatever a later day
finds is then a change in the BRP. It says nothing about who would have a right.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from contracts.columns import elfproef
from contracts.tables import Bron, tables_of
from flows.replay_housemates import housemates_of
from flows.replay_kin import couples, has_reached, is_younger, parents_of, resolve
from matching.intake.gbav_delivery import write_tables
from matching.intake.gbav_residents import residents

_ADULT: Final = 18
#: First age that gets no uitkering here; a choice, not the AOW age of the day.
_TOO_OLD: Final = 67
_ADDRESS: Final = ("postcode", "huisnummer", "huisletter", "huisnummertoevoeging", "nummeraanduiding_id")
_YES, _NO = "1", "2"


def benefit_population(
    persoon: pl.DataFrame, relatie: pl.DataFrame, peildatum: date, *, kostendelersleeftijd: int
) -> dict[str, pl.DataFrame]:
    """Choose who has an uitkering on the day and what the dienst knows of each household.

    They are residents with an address, certainly 18 to 66 years old, with a sound BSN that is theirs alone.
    Partners at one address share an uitkering; all other residents of the address are known housemates.

    Args:
        persoon: ``brp_persoon`` about the day, raw values.
        relatie: ``brp_relatie`` about the day.
        peildatum: the day; every uitkering starts on it.
        kostendelersleeftijd: from which age a housemate counts for the norm on that day.

    Returns:
        The tables of a delivery of uitkeringsgegevens by name, all text, in the columns of their contracts.
    """
    housed = residents(persoon).filter(pl.col("adres_sleutel").is_not_null())
    kin = resolve(relatie, persoon)
    dossiers = _dossiers(housed, persoon, couples(kin, housed), peildatum)
    housemates = housemates_of(dossiers, housed, parents_of(kin), peildatum, kostendelersleeftijd)
    tables = {
        "uitkering": _uitkeringen(dossiers, housemates, peildatum),
        "uitkeringsperiode": dossiers.select("uitkering_id", datum_aanvang_periode=pl.lit(peildatum.isoformat())),
        "bekende_medebewoner": housemates,
    }
    return {
        table.name: _as_contract(table.columns, tables.get(table.name, pl.DataFrame()))
        for table in tables_of(Bron.UITKERINGSGEGEVENS)
    }


def write_population(tables: Mapping[str, pl.DataFrame], peildatum: date, folder: Path) -> Path:
    """Write the chosen population as a full delivery of uitkeringsgegevens.

    Returns:
        The path of ``levering.json``.
    """
    return write_tables(tables, Bron.UITKERINGSGEGEVENS, peildatum, folder)


def _dossiers(housed: pl.DataFrame, persoon: pl.DataFrame, paired: pl.DataFrame, day: date) -> pl.DataFrame:
    """One row an uitkering, numbered in the order of A-nummer, with its belanghebbende and partner."""
    able = _able(housed, persoon, day)
    partner_able = pl.col("partner").is_in(able.get_column("anummer").implode())
    partner_bsn = persoon.select(partner="anummer", partner_burgerservicenummer="burgerservicenummer")
    return (
        able.join(paired, on="anummer", how="left")
        .join(partner_bsn, on="partner", how="left")
        .with_columns(
            partner_rechthebbend=pl.when(partner_able)
            .then(pl.lit(_YES))
            .when(pl.col("partner").is_not_null())
            .then(pl.lit(_NO))
        )
        # Of two partners who could both be the belanghebbende, the one with the lower A-nummer is.
        .filter(~(partner_able & (pl.col("partner") < pl.col("anummer"))).fill_null(value=False))
        .sort("anummer")
        .with_columns(uitkering_id=pl.format("D-{}", pl.int_range(1, pl.len() + 1)))
    )


def _able(housed: pl.DataFrame, persoon: pl.DataFrame, day: date) -> pl.DataFrame:
    bsn = pl.col("burgerservicenummer")
    alone = persoon.filter(bsn.is_unique(), bsn.str.contains(r"^\d{9}$"), elfproef(bsn)).select("anummer")
    of_age = has_reached(_ADULT, "geboortedatum", day) & is_younger(_TOO_OLD, "geboortedatum", day)
    return housed.filter(of_age).join(alone, on="anummer", how="semi")


def _uitkeringen(dossiers: pl.DataFrame, housemates: pl.DataFrame, day: date) -> pl.DataFrame:
    counted = housemates.group_by("uitkering_id").agg(
        kostendelers=(pl.col("rol") == "KOSTENDELER").sum(), kinderen=(pl.col("rol") == "KIND").sum()
    )
    partner = pl.col("partner").is_not_null()
    with_self = pl.col("kostendelers") + 1 + partner.cast(pl.UInt32)
    leefvorm = pl.when(partner).then(pl.lit("09")).when(pl.col("kinderen") > 0).then(pl.lit("02"))
    return dossiers.join(counted, on="uitkering_id", how="left", maintain_order="left").select(
        "uitkering_id",
        "burgerservicenummer",
        "partner_burgerservicenummer",
        "partner_rechthebbend",
        *_ADDRESS,
        dossiernummer="uitkering_id",
        wetcode=pl.lit("PW"),
        datum_aanvang_uitkering=pl.lit(day.isoformat()),
        leefvorm=leefvorm.otherwise(pl.lit("01")),
        aantal_kostendelers=pl.when(pl.col("kostendelers") > 0).then(with_self).otherwise(0),
        gemeentecode="gemeente_van_inschrijving",
    )


def _as_contract(columns: tuple[str, ...], frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of a contract as text, those the frame lacks empty."""
    present = [pl.col(name) if name in frame.columns else pl.lit(None).alias(name) for name in columns]
    if frame.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    return frame.select(expr.cast(pl.String) for expr in present)
