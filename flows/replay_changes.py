"""What changed for the chosen population between two days, counted straight from the register.

This does not use views or rules, so it can be laid beside what the night made of it.
"""

from datetime import date

import polars as pl

from contracts.columns import is_date8
from flows.replay_kin import has_reached
from matching.intake.gbav_residents import residents

Tables = tuple[pl.DataFrame, pl.DataFrame]


def count_people(tables: Tables) -> dict[str, int]:
    """How many persons, registered persons, residents and addresses a day has.

    Registered: not suspended by a date that can be read; with briefadres and abroad. Residents: functie adres
    W, not abroad, not suspended.
    """
    persoon = tables[0]
    living = residents(persoon)
    suspended = pl.col("reden_opschorting").is_not_null() & is_date8(pl.col("datum_opschorting"))
    registered = persoon.filter(~suspended.fill_null(value=False)).height
    return {
        "personen": persoon.height,
        "ingeschreven, niet opgeschort": registered,
        "wonend op een woonadres": living.height,
        "adressen": living.get_column("adres_sleutel").n_unique(),
    }


def changes(before: Tables, after: Tables, population: dict[str, pl.DataFrame], tot: date, age: int) -> pl.DataFrame:
    """Dossiers whose belanghebbende has another address or other co-residents.

    Args:
        before: ``brp_persoon`` and ``brp_relatie`` about the first day.
        after: the same about the second day, ``tot``.
        population: the chosen uitkeringsgegevens of the first day.
        tot: the second day.
        age: from which age a housemate counts on that day.

    Returns:
        ``dossiernummer``, ``veranderd`` (Dutch) and ``waarom_niets``: what a jurist should know where the
        night found nothing.
    """
    dossiers = population["uitkering"].select("dossiernummer", "uitkering_id", "burgerservicenummer")
    homes = dossiers.join(_home(before), on="burgerservicenummer", how="left").join(
        _home(after), on="burgerservicenummer", how="left", suffix="_na"
    )
    moves = homes.with_columns(
        erbij=pl.col("bewoners_na").list.set_difference("bewoners"),
        weg=pl.col("bewoners").list.set_difference("bewoners_na"),
    ).with_columns(
        tellend_erbij=_counting(homes_column="erbij", anummers=_old_enough(after[0], tot, age)),
        tellend_weg=_counting(homes_column="weg", anummers=_known_kostendelers(before[0], population)),
    )
    counts = {name: pl.col(name).list.len().fill_null(0) for name in ("erbij", "weg")}
    gone, moved = pl.col("adres_na").is_null(), pl.col("adres") != pl.col("adres_na")
    counting = pl.col("tellend_erbij") + pl.col("tellend_weg")
    return (
        moves.filter(gone | moved | (counts["erbij"] + counts["weg"] > 0))
        .select(
            "dossiernummer",
            veranderd=pl.when(gone)
            .then(pl.lit("geen woonadres meer"))
            .when(moved)
            .then(pl.lit("ander adres"))
            .otherwise(pl.format("{} erbij, {} weg", counts["erbij"], counts["weg"])),
            waarom_niets=pl.when(gone)
            .then(pl.lit("niets: briefadres, vertrek of overlijden zonder regel in deze versie"))
            .when(moved | (counting > 0))
            .then(pl.lit("NIETS, KIJK NA: adres anders of wie kwam of ging telt mee"))
            .when(counts["erbij"] > 0)
            .then(pl.format(f"niets: van wie erbij kwam is niemand zeker {age} of ouder"))
            .otherwise(pl.lit("niets: wie wegging was geen kostendeler")),
        )
        .sort("dossiernummer")
    )


def _counting(*, homes_column: str, anummers: pl.Series) -> pl.Expr:
    """How many of the A-nummers in a list column are among those that count."""
    return pl.col(homes_column).list.set_intersection(pl.lit(anummers.implode()).first()).list.len().fill_null(0)


def _old_enough(persoon: pl.DataFrame, day: date, age: int) -> pl.Series:
    return persoon.filter(has_reached(age, "geboortedatum", day)).get_column("anummer")


def _known_kostendelers(persoon: pl.DataFrame, population: dict[str, pl.DataFrame]) -> pl.Series:
    known = population["bekende_medebewoner"].filter(pl.col("rol") == "KOSTENDELER")
    return persoon.filter(
        pl.col("burgerservicenummer").is_in(known.get_column("medebewoner_burgerservicenummer").implode())
    ).get_column("anummer")


def _home(tables: Tables) -> pl.DataFrame:
    """Burgerservicenummer -> address key and the A-nummers of everybody living there."""
    living = residents(tables[0]).filter(pl.col("adres_sleutel").is_not_null())
    together = living.group_by("adres_sleutel").agg(bewoners=pl.col("anummer").sort())
    return living.join(together, on="adres_sleutel").select(
        "burgerservicenummer", adres="adres_sleutel", bewoners="bewoners"
    )
