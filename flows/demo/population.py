"""Gives the members of all households a name, numbers, a birth date, a family and an address.

The result is the ``persoon`` table of a ``Town``. Columns that ``brp_persoon`` has too carry its names. The
others say how persons belong together: ``nr`` (row number), ``huishouden``, ``soort``, ``plaats``, ``rol``,
``woning`` (where registered), ``geboren`` (the true date of birth, which the register may know in part),
``partner_nr``, ``ouder1_nr``, ``ouder2_nr``, ``gehuwd_op``; ``ex_nr``, ``ex_gehuwd_op`` and ``ex_gescheiden_op`` (a
marriage that ended); ``nummerloos`` (whether they are named without numbers; empty = by chance); ``in_brp`` and
``met_bag`` (whether the extract has them, and their BAG ids); ``bezet`` (takes no part in what happens to others).
"""

from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from flows.demo import names
from flows.demo.families import family_links, married_since, naamgebruik
from flows.demo.households import CARE_HOME, HOSTEL
from flows.demo.numbers import Ints, anummers, bsns, stream, years_before

_PARENT_WOMAN, _CLIENT_WOMAN, _SAME_SEX = 0.88, 0.47, 0.03
_DAYS_AT_ADDRESS = 9 * 365
#: Who is of this age reaches, on the next birthday, an age at which something changes: 18, 21, 27, AOW.
_YEAR_BEFORE_A_LIMIT, _DAYS_AFTER = (17, 20, 26, 66), 160
#: Of a belanghebbende who turned 27 the dienst still hears for half a year.
_JUST_TURNED, _DAYS_OVER = 27, 190
#: Columns of ``brp_persoon`` that are empty unless something is planted.
_EMPTY = (
    "datum_opschorting", "reden_opschorting", "datum_overlijden", "land_adres_buitenland",
    "datum_aanvang_adres_buitenland", "vp_aanduiding_in_onderzoek", "vp_datum_ingang_onderzoek",
    "vp_datum_einde_onderzoek", "indicatie_curateleregister",
)  # fmt: skip


def population(
    households: pl.DataFrame, everybody: pl.DataFrame, woningen: pl.DataFrame, peildatum: date, seed: int
) -> pl.DataFrame:
    """The persons of the town on the first day.

    Args:
        households: as ``households.households`` gives them.
        everybody: their members, as ``members.members`` gives them.
        woningen: the dwellings; some stay empty.
        peildatum: the day the ages are meant for.
        seed: where chance comes from.
    """
    persons = everybody.with_columns(
        _born(everybody, peildatum, stream(seed, "geboren")),
        _sexes(everybody, households, stream(seed, "geslacht")),
        *family_links(),
    )
    persons = persons.with_columns(*_named(persons, households, stream(seed, "namen")))
    persons = persons.with_columns(
        _homes(persons, households, woningen, stream(seed, "woningen")),
        married_since(persons, peildatum, stream(seed, "huwelijken")),
        anummer=anummers(persons["nr"].to_numpy()),
        burgerservicenummer=bsns(persons["nr"].to_numpy()),
        geboortedatum=pl.col("geboren").dt.strftime("%Y%m%d"),
    )
    return persons.with_columns(
        _moved_in(persons, peildatum, stream(seed, "adreshouding")),
        naamgebruik(persons, stream(seed, "naamgebruik")),
        functie_adres=pl.lit("W"),
        indicatie_geheim=pl.lit("0"),
        in_brp=pl.lit(True),
        met_bag=pl.lit(True),
        bezet=pl.col("soort") != "gewoon",
        ex_nr=pl.lit(None, pl.Int64),
        ex_gehuwd_op=pl.lit(None, pl.Date),
        ex_gescheiden_op=pl.lit(None, pl.Date),
        nummerloos=pl.lit(None, pl.Boolean),
    ).with_columns(pl.lit(None, pl.String).alias(name) for name in _EMPTY)


def _born(everybody: pl.DataFrame, peildatum: date, rng: np.random.Generator) -> pl.Series:
    """A birthday 8 days or more from the peildatum: nobody passes an age limit unless it was planted.

    Nor does anybody with bijstand, or who lives with them, come near one: the next birthday is over half a year away,
    and so is the last one of a belanghebbende of 27.
    """
    age = everybody["leeftijd"].to_numpy()
    birthdays = np.array([years_before(peildatum, years) for years in range(120)], dtype="datetime64[D]")
    days = rng.integers(8, 357, len(age))
    near = (everybody["soort"] == "bijstand").to_numpy() & np.isin(age, _YEAR_BEFORE_A_LIMIT)
    days = np.where(near, 8 + days % _DAYS_AFTER, days)
    just = everybody["plaats"].is_in(["hoofd", "partner"]).to_numpy() & (age == _JUST_TURNED)
    days = np.where(just, _DAYS_OVER + days % _DAYS_AFTER, days)
    return pl.Series("geboren", birthdays[age] - days.astype("timedelta64[D]"))


def _sexes(everybody: pl.DataFrame, households: pl.DataFrame, rng: np.random.Generator) -> pl.Series:
    """M or V; the partner mostly the other of the two, a parent alone mostly a woman."""
    form = households["vorm"].to_numpy()
    share = np.where(form == "eenouder", _PARENT_WOMAN, np.where(form == "alleen", _CLIENT_WOMAN, 0.5))
    head_is_woman = rng.random(len(form)) < share
    partner_is_woman = head_is_woman ^ (rng.random(len(form)) >= _SAME_SEX)
    household, place = everybody["huishouden"].to_numpy(), everybody["plaats"].to_numpy()
    woman = np.select(
        [place == "hoofd", place == "partner"],
        [head_is_woman[household], partner_is_woman[household]],
        rng.random(len(place)) < 0.5,  # noqa: PLR2004
    )
    return pl.Series("geslachtsaanduiding", np.where(woman, "V", "M"))


def _named(persons: pl.DataFrame, households: pl.DataFrame, rng: np.random.Generator) -> list[pl.Series]:
    lists = names.name_lists(len(households), rng)[persons["huishouden"].to_numpy()]
    woman = (persons["geslachtsaanduiding"] == "V").to_numpy()
    surname = names.SURNAME_TABLE[_family_surnames(persons, names.surnames(lists, rng), woman)]
    first = names.first_names(lists, woman, persons["geboren"].dt.year().to_numpy().astype(np.int64), rng)
    return [first.alias("voornamen"), surname["voorvoegsel"], surname["geslachtsnaam"]]


def _family_surnames(persons: pl.DataFrame, drawn: Ints, woman: npt.NDArray[np.bool_]) -> Ints:
    """A child has its father's name if he lives there, else its mother's; a parent of the head the head's."""
    parent1 = persons["ouder1_nr"].fill_null(-1).to_numpy()
    parent2 = persons["ouder2_nr"].fill_null(-1).to_numpy()
    giver = np.where((parent2 >= 0) & woman[parent1] & ~woman[parent2], parent2, parent1)
    is_child = (persons["plaats"] == "kind").to_numpy()
    # For a head with parents in the house the draw is the parent's own, so that the family is one.
    has_parent = (persons["plaats"] == "hoofd").to_numpy() & (giver >= 0)
    named = np.where(has_parent, drawn[giver], drawn)
    return np.where(is_child, named[giver], named)


def _homes(
    persons: pl.DataFrame, households: pl.DataFrame, woningen: pl.DataFrame, rng: np.random.Generator
) -> pl.Series:
    """A dwelling for each household; care home and hostel are one address each."""
    homes = rng.permutation(woningen["woning"].to_numpy())[: len(households)]
    kind = households["soort"].to_numpy()
    for mass in (CARE_HOME, HOSTEL):
        homes[kind == mass] = homes[kind == mass][0]
    return pl.Series("woning", homes[persons["huishouden"].to_numpy()], dtype=pl.Int64)


def _moved_in(persons: pl.DataFrame, peildatum: date, rng: np.random.Generator) -> pl.Expr:
    """Registered at the address since, as the register writes it: never before birth."""
    days = np.clip(rng.exponential(_DAYS_AT_ADDRESS, int(persons["huishouden"].max()) + 1), 30, 15_000)  # type: ignore[arg-type]
    since = np.datetime64(peildatum) - days.astype(np.int64)[persons["huishouden"].to_numpy()]
    return pl.max_horizontal(pl.Series(since), "geboren").dt.strftime("%Y%m%d").alias("datum_aanvang_adreshouding")
