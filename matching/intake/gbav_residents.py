"""Who lives at which dwelling in a table ``brp_persoon``, read straight from the raw values.

Meant for replays and for checking counts; the night itself does this in its fact views, on values that passed
the contract.
"""

from typing import Final

import polars as pl

_WRITTEN: Final = (
    "postcode", "huisnummer", "huisletter", "huisnummertoevoeging", "aanduiding_bij_huisnummer",
)  # fmt: skip


def residents(persoon: pl.DataFrame) -> pl.DataFrame:
    """The persons who live at a registered woonadres: functie adres W, not abroad, not suspended.

    Args:
        persoon: ``brp_persoon`` about one day, with raw values.

    Returns:
        The same columns and ``adres_sleutel``: null for a place without an address (houseboat, puntadres).
    """
    at_home = (
        (pl.col("functie_adres") == "W")
        & pl.col("land_adres_buitenland").is_null()
        & pl.col("datum_aanvang_adres_buitenland").is_null()
        & pl.col("reden_opschorting").is_null()
    )
    return with_address_key(persoon).filter(at_home)


def with_address_key(persoon: pl.DataFrame) -> pl.DataFrame:
    """Add ``adres_sleutel``: the BAG object, else the written address.

    A row without BAG object takes the one its written address has elsewhere in the table, where that is one
    only. ``to`` and ``by`` (opposite, near) never share a key with the dwelling itself.
    """
    read = persoon.with_columns(_geschreven=_written(), _object=_object())
    elsewhere = (
        read.group_by("_geschreven")
        .agg(_elders=pl.col("_object").drop_nulls().unique())
        .filter(pl.col("_geschreven").is_not_null(), pl.col("_elders").list.len() == 1)
        .with_columns(pl.col("_elders").list.first())
    )
    key = pl.coalesce("_object", "_elders", "_geschreven")
    return (
        read.join(elsewhere, on="_geschreven", how="left", maintain_order="left")
        .with_columns(adres_sleutel=key)
        .drop("_geschreven", "_object", "_elders")
    )


def _object() -> pl.Expr:
    """The BAG id with its spaces off and a lost leading zero back; all zeros is no id."""
    bag_id = pl.col("adresseerbaar_object_id").str.strip_chars().str.zfill(16)
    usable = bag_id.str.contains(r"^\d{16}$") & bag_id.str.contains("[1-9]")
    return pl.when(usable, pl.col("aanduiding_bij_huisnummer").is_null()).then(bag_id)


def _written() -> pl.Expr:
    """Postcode to aanduiding as one text; null without postcode or huisnummer."""
    parts = [pl.col(name).str.replace_all(" ", "").str.to_uppercase() for name in _WRITTEN]
    return pl.when(parts[0].is_not_null(), parts[1].is_not_null()).then(
        pl.concat_str([part.fill_null("") for part in parts], separator="|")
    )
