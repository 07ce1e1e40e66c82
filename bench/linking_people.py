"""A made-up register of persons: households with what makes linking hard.

Partners, children, twins, a son with his father's name at his father's address, grown housemates, care homes,
people born on 1 January or with part of a date, and where everybody lived before.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from bench import linking_names as names
from flows.demo.numbers import Ints, stream

Bools = npt.NDArray[np.bool_]

SINGLE, COUPLE, FAMILY, LONE, MATES, CARE = range(6)
HEAD, PARTNER, CHILD, MATE = range(4)
CARE_RESIDENTS = 250
_KINDS = (0.38, 0.28, 0.22, 0.07, 0.05)
_PERSONS_PER_CARE_HOME = 40_000
_THIS_YEAR = 2026
_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
_ADDITIONS = (("1", "2", "3", "4"), ("hs", "I", "II", "III"), ("1", "bis", "A1", "B2"))
#: Columns of a record, as a linker gets them.
RECORD = (
    "id", "burgerservicenummer", "voornamen", "voorvoegsel", "geslachtsnaam", "partner_voorvoegsel",
    "partner_geslachtsnaam", "geboortedatum", "geslachtsaanduiding", "postcode", "huisnummer", "huisletter",
    "huisnummertoevoeging",
)  # fmt: skip
ADDRESS = ("postcode", "huisnummer", "huisletter", "huisnummertoevoeging")


def population(persons: int, seed: int) -> pl.DataFrame:
    """``persons`` persons in households.

    Returns:
        One row a person: the columns of ``RECORD``, and what no linker may see: ``huishouden``, ``rol``, ``soort``
        (of the household), ``naamgebruik`` (E, P, V, N), ``migrant``, ``tweeling``, ``naamgenoot`` (has the first
        names of the father), ``huisgenoot_bsn`` (of a partner, child or other housemate) and the former address as
        ``vorig_<column>``.
    """
    house = _households(persons, stream(seed, "huishoudens"))
    rng = stream(seed, "personen")
    house = _ages(_origins(house, rng), rng)
    frame = pl.DataFrame({"id": stream(seed, "volgorde").permutation(persons) + 1, "burgerservicenummer": _bsns(persons, seed)})
    frame = frame.with_columns(
        huishouden=house["h"], rol=house["role"], soort=house["kind"], migrant=house["migrant"], tweeling=house["twin"],
        geslachtsaanduiding=pl.when(pl.Series(house["woman"])).then(pl.lit("V")).otherwise(pl.lit("M")),
        geboortedatum=_dates(house, rng),
    ).with_columns(_given_names(house, rng))  # fmt: skip
    frame = frame.hstack(_surnames(house, rng))
    return _addresses(frame, house, rng).with_columns(_housemates(frame, house, rng)).sort("id")


Columns = dict[str, npt.NDArray[np.generic]]


def _households(persons: int, rng: np.random.Generator) -> Columns:
    """Who lives with whom: household ``h``, its ``kind`` and first person ``start``, and each one's ``role``."""
    homes = max(1, persons // _PERSONS_PER_CARE_HOME) if persons > 4 * CARE_RESIDENTS else 0
    kind = np.concatenate([np.full(homes, CARE), rng.choice(len(_KINDS), persons, p=_KINDS)])
    partner = np.isin(kind, (COUPLE, FAMILY)).astype(np.int64)
    children = np.where(np.isin(kind, (FAMILY, LONE)), rng.choice([1, 2, 3, 4, 5], len(kind), p=[0.42, 0.39, 0.13, 0.04, 0.02]), 0)
    mates = np.where(kind == MATES, rng.integers(1, 5, len(kind)), 0) + (kind == CARE) * (CARE_RESIDENTS - 1)
    end = np.cumsum(1 + partner + children + mates)
    h = np.searchsorted(end, np.arange(persons), side="right")
    start = (end - (1 + partner + children + mates))[h]
    place = np.arange(persons) - start
    role = np.select([place == 0, place <= partner[h], place <= (partner + children)[h]], [HEAD, PARTNER, CHILD], MATE)
    return {"h": h, "kind": kind[h], "start": start, "role": role, "couple": partner[h] == 1}


def _origins(house: Columns, rng: np.random.Generator) -> Columns:
    """From which list the names come, who came from elsewhere, and each one's sex."""
    count, h, role, kind = len(house["h"]), house["h"], house["role"], house["kind"]
    own = names.lists(count, rng)
    shared = names.lists(int(h[-1]) + 1, rng)[h]
    lists = np.where((role == MATE) | ((role == PARTNER) & (rng.random(count) < 0.1)), own, shared)
    woman = rng.random(count) < 0.5
    head_woman = np.select([house["couple"], kind == LONE], [rng.random(count) < 0.03, rng.random(count) < 0.82], woman)
    woman = np.where(role == HEAD, head_woman, woman)
    same_sex = rng.random(count) < 0.04
    woman = np.where(role == PARTNER, same_sex == woman[house["start"]], woman)
    migrant = (lists > 0) & (rng.random(count) < np.where(role == CHILD, 0.15, 0.6))
    return house | {"list": lists, "woman": woman, "migrant": migrant}


def _ages(house: Columns, rng: np.random.Generator) -> Columns:
    """Years of birth that fit the household."""
    count, role, kind, start = len(house["h"]), house["role"], house["kind"], house["start"]
    low = np.select([kind == CARE, kind == MATES, np.isin(kind, (FAMILY, LONE))], [1926, 1980, 1962], 1932)
    high = np.select([kind == CARE, kind == MATES, np.isin(kind, (FAMILY, LONE))], [1952, 2007, 1999], 2005)
    year = rng.integers(low, high)
    year = np.where(role == PARTNER, year[start] + np.rint(rng.normal(2, 4, count)).astype(np.int64), year)
    child = year[start] + rng.integers(20, 40, count)
    year = np.where(role == CHILD, np.where(child <= _THIS_YEAR, child, _THIS_YEAR - rng.integers(1, 18, count)), year)
    after_child = np.concatenate([[False], (role[1:] == CHILD) & (role[:-1] == CHILD)])
    return house | {"year": np.clip(year, 1922, 2025), "twin": after_child & (rng.random(count) < 0.03)}


def _dates(house: Columns, rng: np.random.Generator) -> pl.Series:
    """Dates of birth of 8 digits; many who came from elsewhere have 1 January, 1 July or part of a date."""
    count, year = len(house["h"]), house["year"]
    day = np.datetime64("1970-01-01") + ((year - 1970) * 365.2425 + rng.integers(3, 362, count)).astype("timedelta64[D]")
    month_day = pl.Series(day).dt.strftime("%m%d").to_numpy()
    chance = np.where(house["migrant"], rng.random(count), 1.0)
    bounds = (0.24, 0.32, 0.36, 0.37)
    month = np.array([text[:2] + "00" for text in month_day], dtype=object)
    written = np.select([chance < bound for bound in bounds], ["0101", "0701", "0000", month], month_day)
    text = year.astype(str).astype(object) + written
    # The second of twins has the date of the one before.
    text = np.where(house["twin"], np.concatenate([text[:1], text[:-1]]), text)
    return pl.Series(text.tolist(), dtype=pl.String)


def _given_names(house: Columns, rng: np.random.Generator) -> list[pl.Series]:
    """One to three first names; children are named after their parents, some sons in full."""
    count, start = len(house["h"]), house["start"]
    table = names.given_table()
    drawn = [names.given(house["list"], house["woman"], house["year"], rng) for _ in range(3)]
    # Twins are named apart.
    same = house["twin"] & np.concatenate([[False], drawn[0][1:] == drawn[0][:-1]])
    drawn[0] = np.where(same, drawn[2], drawn[0])
    child = house["role"] == CHILD
    parent = np.where(house["couple"] & (house["woman"][start] != house["woman"]), np.minimum(start + 1, count - 1), start)
    fits = child & (house["woman"][parent] == house["woman"])
    drawn[1] = np.where(fits & (rng.random(count) < 0.35), drawn[0][parent], drawn[1])
    more = rng.random(count)
    second, third = more < 0.45, more < 0.15
    full = pl.DataFrame({str(n): table.gather(one) for n, one in enumerate(drawn)}).with_columns(
        pl.when(pl.Series(second) & (pl.col("0") != pl.col("1"))).then("1"),
        pl.when(pl.Series(third) & (pl.col("2") != pl.col("1")) & (pl.col("2") != pl.col("0"))).then("2"),
    )
    text = full.select(pl.concat_str("0", "1", "2", separator=" ", ignore_nulls=True)).to_series()
    first_child = child & np.concatenate([[False], house["role"][:-1] != CHILD])
    namesake = first_child & fits & ~house["woman"] & (rng.random(count) < 0.02)
    text = text.gather(np.where(namesake, parent, np.arange(count)))
    return [text.alias("voornamen"), pl.Series("naamgenoot", namesake)]


def _surnames(house: Columns, rng: np.random.Generator) -> pl.DataFrame:
    """Own and partner's surname, and how the name is used."""
    count, start, role, kind = len(house["h"]), house["start"], house["role"], house["kind"]
    table = names.surname_table()
    own = names.surnames(house["list"], rng)
    absent = names.surnames(house["list"], rng)
    second = np.minimum(start + 1, count - 1)
    from_partner = house["couple"] & (house["woman"][start] | (rng.random(count)[start] < 0.1))
    parent = np.where(from_partner, own[second], own[start])
    parent = np.where((kind == LONE) & (rng.random(count)[start] < 0.5), absent[start], parent)
    own = np.where(role == CHILD, parent, own)
    married = house["couple"] & (rng.random(count)[start] < 0.75) & (role != CHILD)
    was_married = ~house["couple"] & (role != CHILD) & (house["year"] < 1982) & (rng.random(count) < 0.4)
    partner = np.where(married, own[np.where(role == HEAD, second, start)], absent)
    has = married | was_married
    use = np.where(
        house["woman"],
        rng.choice(list("EVPN"), count, p=[0.42, 0.38, 0.15, 0.05]),
        rng.choice(list("EVPN"), count, p=[0.96, 0.01, 0.01, 0.02]),
    )
    return pl.DataFrame(
        {
            "voorvoegsel": table["voorvoegsel"].gather(own), "geslachtsnaam": table["geslachtsnaam"].gather(own),
            "partner_voorvoegsel": table["voorvoegsel"].gather(partner),
            "partner_geslachtsnaam": table["geslachtsnaam"].gather(partner), "naamgebruik": np.where(has, use, "E"),
        }
    ).with_columns(pl.when(pl.Series(has)).then(pl.col("partner_voorvoegsel", "partner_geslachtsnaam")))  # fmt: skip


def _addresses(frame: pl.DataFrame, house: Columns, rng: np.random.Generator) -> pl.DataFrame:
    """Each household at its dwelling; one in a hundred persons has no known address."""
    last = int(house["h"][-1]) + 1
    now, before = rng.permutation(last), rng.integers(0, last, last)
    known = pl.Series(rng.random(frame.height) >= 0.01)
    here = dwellings(now[house["h"]]).select(pl.when(known).then(pl.col(*ADDRESS)))
    return frame.hstack(here).hstack(dwellings(before[house["h"]]).rename(lambda name: f"vorig_{name}"))


def dwellings(number: Ints) -> pl.DataFrame:
    """The address of each dwelling: sixteen to a postcode, some buildings split by letters or additions."""
    block, unit = number // 16, number % 16
    code = (block * 7919 + 12_345) % 3_600_000
    split = (block * 48_271 + 11) % 12
    start = 1 + (block * 69_621) % 90
    house_number = start + 2 * np.where(split < 2, unit // 4, unit)
    letter = np.where((split == 0) & (unit % 4 > 0), np.array(list("-ABC"))[unit % 4], None)
    addition = np.where(split == 1, np.array(_ADDITIONS)[block // 12 % 3, unit % 4], None)
    letters = np.array([a + b for a in _LETTERS for b in _LETTERS])
    return pl.DataFrame(
        {
            "postcode": pl.Series(1000 + code // 400).cast(pl.String) + pl.Series(letters[code % 400]),
            "huisnummer": pl.Series(house_number).cast(pl.String),
            "huisletter": pl.Series(letter.tolist(), dtype=pl.String),
            "huisnummertoevoeging": pl.Series(addition.tolist(), dtype=pl.String),
        }
    )


def _housemates(frame: pl.DataFrame, house: Columns, rng: np.random.Generator) -> pl.Series:
    """The BSN of the next person of the household (the first after the last); null for who lives alone."""
    count, start = frame.height, house["start"]
    size = np.bincount(house["h"])[house["h"]]
    step = 1 + rng.integers(0, np.maximum(size - 1, 1))
    other = start + (np.arange(count) - start + step) % size
    bsn = frame["burgerservicenummer"].gather(other)
    return pl.select(pl.when(pl.Series(size > 1)).then(bsn)).to_series().alias("huisgenoot_bsn")


def _bsns(count: int, seed: int) -> pl.Series:
    """Numbers of 9 digits that pass the elfproef, some with a zero in front; made up, they stand for nobody."""
    tries = int(count * 1.12) + 100
    first = (1_234_567 + seed % 1000 * 77_777 + np.arange(tries, dtype=np.int64) * 34_567_891) % 100_000_000
    weights = zip(range(9, 1, -1), range(7, -1, -1), strict=True)
    rest = sum((first // 10**power % 10 * weight for weight, power in weights), start=np.zeros_like(first)) % 11
    good = (rest < 10) & (first > 0)
    return pl.Series(first[good][:count] * 10 + rest[good][:count]).cast(pl.String).str.zfill(9)
