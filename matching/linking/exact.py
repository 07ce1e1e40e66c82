"""The verified exact key: a burgerservicenummer that stands on one register person, of whom the row says more.

A valid number is no proof of the person: it may be a partner's or a child's. It is accepted when birth date and
(initial or surname) agree, or initial, surname and birth year. What fails goes on as a row without a key.
"""

import polars as pl

_SURNAMES = ("stam", "stam2")
#: First names that begin with so many of the same letters may be one name, mistyped or shortened.
_BEGINNING = 3


def exact(register: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with the BSN of a register person that they say enough else of: ``id``, ``register_id`` and ``twijfel``.

    ``twijfel`` says that something contradicts all the same, as with twins: then it is no exact link, and the number
    only weighs.

    Args:
        register: standardised records.
        rows: standardised records.
    """
    linked = same_number(register, rows).filter(verified())
    return linked.select("id", register_id="id_register", twijfel=contradicted()).sort("id")


def same_number(register: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows beside the register person with their BSN (columns with ``_register``); never a number of two persons."""
    keyed = rows.filter(pl.col("bsn").is_not_null())
    held = register.join(keyed.select("bsn").unique(), on="bsn", how="semi")
    alone = held.filter(pl.len().over("bsn") == 1)
    return keyed.join(alone, on="bsn", how="inner", suffix="_register")


def verified() -> pl.Expr:
    """Whether a row and the register person with its BSN agree on enough else; what is missing proves nothing."""
    return (same_date() & (same_initial() | same_surname())) | (same_initial() & same_surname() & same_year())


def contradicted(*, but: str = "") -> pl.Expr:
    """Whether birth dates, initials, first names or sexes are both known and differ: then it may be a twin's number.

    ``but`` names one that is not looked at.
    """
    name, named = pl.col("voornaam"), pl.col("voornaam_register")
    differ = {
        "datum": pl.col("datum") != pl.col("datum_register"),
        "voorletters": pl.col("voorletters").str.slice(0, 1) != pl.col("voorletters_register").str.slice(0, 1),
        "voornaam": name.str.slice(0, _BEGINNING) != named.str.slice(0, _BEGINNING),
        "geslacht": pl.col("geslacht") != pl.col("geslacht_register"),
    }
    return pl.any_horizontal(says.fill_null(value=False) for part, says in differ.items() if part != but)


def same_date() -> pl.Expr:
    """Both birth dates are whole and the same."""
    return (pl.col("datum") == pl.col("datum_register")).fill_null(value=False)


def same_year() -> pl.Expr:
    """Both birth years are known and the same."""
    return (pl.col("jaar") == pl.col("jaar_register")).fill_null(value=False)


def same_initial() -> pl.Expr:
    """Both first initials are known and the same."""
    first, other = (pl.col(name).str.slice(0, 1) for name in ("voorletters", "voorletters_register"))
    return (first == other).fill_null(value=False)


def same_surname() -> pl.Expr:
    """One of the row's surnames is one of the register's."""
    equal = [pl.col(mine) == pl.col(f"{theirs}_register") for mine in _SURNAMES for theirs in _SURNAMES]
    return pl.any_horizontal(same.fill_null(value=False) for same in equal)
