"""The register of a town as the two tables of a BRP delivery, all text."""

from datetime import date

import polars as pl

from contracts.tables import TABLES
from flows.demo.names import SURNAME_TABLE
from flows.demo.numbers import bsns, spread
from flows.demo.town import Town

#: Where an inwoner who left the country is kept: the RNI.
_RNI = "1999"
#: Relations without a BSN in the RvIG test set: partner 58 of 264, child 87 of 521, parent 388 of 668.
_PARTNER_UNKNOWN, _CHILD_UNKNOWN, _PARENT_UNKNOWN = 58 / 264, 87 / 521, 388 / 668
_EX_PARTNER, _EX_FROM = 0.35, 32
#: Nobility: some 11,000 of 17 million people; the town has a few more, so that it has any.
_NOBLE, _OF_THOSE_PREDICATE = 0.002, 0.7
_BAG = ("adresseerbaar_object_id", "nummeraanduiding_id")


def brp_persoon(town: Town) -> pl.DataFrame:
    """One row a person in the extract, sorted by A-nummer."""
    return (
        town.persoon.filter("in_brp")
        .join(town.woningen, on="woning", how="left", maintain_order="left")
        .with_columns(
            *(pl.when("met_bag").then(name).alias(name) for name in _BAG),
            gemeente_van_inschrijving=pl.col("gemeente").fill_null(_RNI),
            adellijke_titel_predicaat=_title("nr", "geslachtsaanduiding"),
        )
        .select(TABLES["brp_persoon"].columns)
        .sort("anummer", maintain_order=True)
    )


def _title(number: str, sex: str) -> pl.Expr:
    """Of very few a title or predicate (LO 02.20): most are jonkheer or jonkvrouw; of unknown sex there is none."""
    codes = pl.when(spread(pl.col(number), 22) < _OF_THOSE_PREDICATE).then(pl.lit("JH JV")).otherwise(pl.lit("B BS"))
    own = codes.str.split(" ").list.get(pl.when(pl.col(sex) == "M").then(0).otherwise(1))
    return pl.when(spread(pl.col(number), 21) < _NOBLE, pl.col(sex).is_in(["M", "V"])).then(own)


def brp_relatie(town: Town) -> pl.DataFrame:
    """One row a relation on the list of each person in the extract, sorted by A-nummer.

    Relations within the town hold its numbers. Parents who live elsewhere and former partners are made up
    from the person's number, so that they are the same every day.
    """
    persons = town.persoon.filter("in_brp")
    parts = [
        *_partners(persons, town.dag),
        _children(persons),
        _parents_here(persons, "ouder1"),
        _parents_here(persons, "ouder2"),
        _parents_elsewhere(persons, "ouder1", 1),
        _parents_elsewhere(persons, "ouder2", 2),
    ]
    columns = TABLES["brp_relatie"].columns
    empty = pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    rows = (part.select(pl.selectors.by_name(*columns, require_all=False)) for part in parts)
    return pl.concat([empty, *rows], how="diagonal").sort("anummer", "soort", maintain_order=True)


def _related(pairs: pl.DataFrame, persons: pl.DataFrame, soort: str, unknown: float) -> pl.DataFrame:
    """Add the other's name and numbers to ``pairs`` (``nr``, ``ander``); a share of them has no numbers.

    Of whom it is known whether they are ``nummerloos`` that counts, on the lists of both.
    """
    other = persons.select(
        pl.col("nr").alias("ander"),
        pl.col("nummerloos").alias("ander_nummerloos"),
        pl.col("anummer").alias("gerelateerde_anummer"),
        pl.col("burgerservicenummer").alias("gerelateerde_burgerservicenummer"),
        pl.col("voorvoegsel").alias("gerelateerde_voorvoegsel"),
        pl.col("geslachtsnaam").alias("gerelateerde_geslachtsnaam"),
        pl.col("geboortedatum").alias("gerelateerde_geboortedatum"),
        (_title("nr", "geslachtsaanduiding") if soort == "partner" else pl.lit(None, pl.String)).alias(
            "gerelateerde_adellijke_titel_predicaat"
        ),
    )
    by_chance = spread(pl.col("nr") + pl.col("ander"), 5) < unknown
    known = ~pl.coalesce("ander_nummerloos", "nummerloos", by_chance)
    numbers = ("gerelateerde_anummer", "gerelateerde_burgerservicenummer")
    return (
        pairs.join(persons.select("nr", "anummer", "burgerservicenummer", "nummerloos"), on="nr", maintain_order="left")
        .join(other, on="ander", maintain_order="left")
        .with_columns(*(pl.when(known).then(name).alias(name) for name in numbers), soort=pl.lit(soort))
    )


def _partners(persons: pl.DataFrame, dag: date) -> list[pl.DataFrame]:
    married = persons.filter(pl.col("gehuwd_op").is_not_null()).select(
        "nr", pl.col("partner_nr").alias("ander"), datum_sluiting=pl.col("gehuwd_op").dt.strftime("%Y%m%d")
    )
    # The two of a couple must agree on the kind, so it depends on both.
    kind = pl.when(spread(pl.col("nr") + pl.col("ander"), 7) < 0.08).then(pl.lit("P")).otherwise(pl.lit("H"))  # noqa: PLR2004
    exes = persons.filter(pl.col("ex_nr").is_not_null()).select(
        "nr",
        pl.col("ex_nr").alias("ander"),
        datum_sluiting=pl.col("ex_gehuwd_op").dt.strftime("%Y%m%d"),
        datum_ontbinding=pl.col("ex_gescheiden_op").dt.strftime("%Y%m%d"),
    )
    former = _elsewhere(
        persons.filter(
            (pl.col("plaats") == "hoofd") & pl.col("partner_nr").is_null() & pl.col("ex_nr").is_null(),
            pl.col("leeftijd") >= _EX_FROM,
            # A plant may have made somebody younger: what is to come is no past.
            pl.col("geboren").dt.offset_by("30y") <= dag,
            spread(pl.col("nr"), 3) < _EX_PARTNER,
        ),
        4, pl.duration(days=(spread(pl.col("nr"), 6) * 4_000).cast(pl.Int64) - 2_000), 1 - _PARTNER_UNKNOWN,
    )  # fmt: skip
    adult = pl.col("geboren").dt
    return [
        _related(married, persons, "partner", _PARTNER_UNKNOWN).with_columns(soort_verbintenis=kind),
        _related(exes, persons, "partner", _PARTNER_UNKNOWN).with_columns(
            soort_verbintenis=pl.lit("H"), reden_ontbinding=pl.lit("S")
        ),
        former.with_columns(
            soort=pl.lit("partner"),
            soort_verbintenis=pl.lit("H"),
            datum_sluiting=adult.offset_by("21y").dt.strftime("%Y%m%d"),
            datum_ontbinding=adult.offset_by("30y").dt.strftime("%Y%m%d"),
            reden_ontbinding=pl.lit("S"),
        ),
    ]


def _children(persons: pl.DataFrame) -> pl.DataFrame:
    pairs = [
        persons.filter(pl.col(parent).is_not_null()).select(pl.col(parent).alias("nr"), pl.col("nr").alias("ander"))
        for parent in ("ouder1_nr", "ouder2_nr")
    ]
    return _related(pl.concat(pairs), persons, "kind", _CHILD_UNKNOWN)


def _parents_here(persons: pl.DataFrame, soort: str) -> pl.DataFrame:
    pairs = persons.filter(pl.col(f"{soort}_nr").is_not_null()).select("nr", pl.col(f"{soort}_nr").alias("ander"))
    return _related(pairs, persons, soort, 0)


def _parents_elsewhere(persons: pl.DataFrame, soort: str, salt: int) -> pl.DataFrame:
    """Parents who live elsewhere: few have a BSN, so that all parents together come to the share seen."""
    here = int(persons[f"{soort}_nr"].is_not_null().sum())
    known = max(0.0, 1 - _PARENT_UNKNOWN * len(persons) / max(1, len(persons) - here))
    apart = pl.duration(days=-(spread(pl.col("nr"), salt + 10) * 5_500).cast(pl.Int64) - 8_000)
    rows = _elsewhere(persons.filter(pl.col(f"{soort}_nr").is_null()), salt, apart, known)
    if soort == "ouder2":
        # The second parent is the one the surname comes from.
        rows = rows.with_columns(gerelateerde_voorvoegsel="voorvoegsel", gerelateerde_geslachtsnaam="geslachtsnaam")
    return rows.with_columns(soort=pl.lit(soort))


def _elsewhere(persons: pl.DataFrame, salt: int, apart: pl.Expr, known: float) -> pl.DataFrame:
    """A made-up relation outside the town for each of ``persons``, born ``apart`` from them."""
    surname = SURNAME_TABLE[(persons["nr"] * 7 + salt * 31) % len(SURNAME_TABLE)]
    numbers = bsns((persons["nr"] * 2 + salt % 2).to_numpy(), outside=True)
    return persons.with_columns(
        gerelateerde_burgerservicenummer=pl.when(spread(pl.col("nr"), salt) < known).then(numbers),
        gerelateerde_voorvoegsel=surname["voorvoegsel"],
        gerelateerde_geslachtsnaam=surname["geslachtsnaam"],
        gerelateerde_geboortedatum=(pl.col("geboren") + apart).dt.strftime("%Y%m%d"),
    )
