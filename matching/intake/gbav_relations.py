"""The relations on the persoonslijsten of the GBA-V test set, as they stood on a day."""

from datetime import date
from typing import Final

import polars as pl

from matching.intake.gbav_dates import is_after, only_until

_WHO: Final = (
    "gerelateerde_anummer",
    "gerelateerde_burgerservicenummer",
    "gerelateerde_geslachtsnaam",
    "gerelateerde_geboortedatum",
)


def relations_on(
    partners: pl.DataFrame, children: pl.DataFrame, parents: pl.DataFrame, peildatum: date
) -> pl.DataFrame:
    """All relations on the day: ``lijst``, ``soort`` and what ``brp_relatie`` says about the other.

    Args:
        partners: occurrences of category 05.
        children: occurrences of category 09.
        parents: occurrences of categories 02 and 03, ``soort`` saying which.
        peildatum: the day.
    """
    found = (_partners(partners, peildatum), _children(children, peildatum), _parents(parents, peildatum))
    # An occurrence without a name is a relation that was withdrawn, or a parent the law does not know.
    named = pl.any_horizontal(pl.col(_WHO).is_not_null())
    return pl.concat(found, how="diagonal").filter(named).sort("lijst", "soort", "stapel")


def newest(occurrences: pl.DataFrame, *group: str) -> pl.DataFrame:
    """The newest of the given occurrences for each ``group``."""
    return occurrences.sort(*group, "volgnummer").unique(group, keep="first", maintain_order=True)


def _partners(partners: pl.DataFrame, day: date) -> pl.DataFrame:
    """Who it is comes from the current occurrence; since when, and how, from the newest one begun by the day.

    A dissolved marriage holds 07.10 and no 06.10, so its beginning stands in an older occurrence. One whose
    beginning is nowhere counts as begun.
    """
    wedding = ("stapel", "datum_sluiting", "soort_verbintenis")
    dated = partners.filter(pl.col("datum_sluiting").is_not_null())
    begun = newest(dated.filter(~is_after("datum_sluiting", day)), "stapel").select(wedding)
    undated = partners.join(dated, on="stapel", how="anti").filter(pl.col("volgnummer") == 0).select(wedding)
    return (
        partners.filter(pl.col("volgnummer") == 0)
        .drop("datum_sluiting", "soort_verbintenis")
        .join(pl.concat([begun, undated]), on="stapel")
        .with_columns(
            only_until("reden_ontbinding", day, by="datum_ontbinding"),
            only_until("datum_ontbinding", day),
            soort=pl.lit("partner"),
        )
    )


def _children(children: pl.DataFrame, day: date) -> pl.DataFrame:
    return children.filter(
        pl.col("volgnummer") == 0,
        pl.col("registratie_betrekking").ne_missing(pl.lit("L")),
        ~is_after("gerelateerde_geboortedatum", day),
    ).with_columns(soort=pl.lit("kind"))


def _parents(parents: pl.DataFrame, day: date) -> pl.DataFrame:
    """The newest parent whose family relation (62.10) had begun: before an adoption that is the former."""
    return newest(parents.filter(~is_after("datum_ingang_betrekking", day)), "lijst", "soort")
