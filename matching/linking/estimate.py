"""Estimating weights: m from rows whose person is known by their BSN, u from random pairs. A command, never a night.

A jurist can read every number: of so many pairs of one person, so many had this level. There is no learning from
pairs of which nobody knows whether they are one person: that learns "same address" where many share one.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

from contracts.errors import TijdigError
from matching.linking import exact
from matching.linking.calibrate import calibrated
from matching.linking.candidates import candidates
from matching.linking.compare import compare
from matching.linking.levels import COMPARISONS, Comparison
from matching.linking.standard import standardise
from matching.linking.weights import Counts, Level, Thresholds, Weights, millibits
from store.scratch import scratch

#: Pairs drawn at random for u.
RANDOM_PAIRS = 1_000_000
#: A level seen in fewer pairs than this is said to be sparse.
SPARSE = 10
#: Added to the count of every level, so that what was never seen is rare and not impossible.
_SMOOTHING = 0.5
#: A register smaller than this is taken to be this large.
SMALLEST_REGISTER = 10_000
MARGIN = 3_000


def estimate(  # noqa: PLR0913 - what a published version must say of itself
    register: pl.DataFrame,
    rows: pl.DataFrame,
    *,
    version: str,
    day: date,
    source: str,
    seed: int = 1,
    random_pairs: int = RANDOM_PAIRS,
    smallest_register: int = SMALLEST_REGISTER,
) -> Weights:
    """Weights from rows with a BSN and the register they were checked against.

    Args:
        register: records.
        rows: records, of which those with a BSN of one register person are used.
        version: how the result is named.
        day: the date it bears.
        source: where register and rows come from, for who reads the file.
        seed: of the random pairs and of which rows calibrate.
        random_pairs: how many to draw.
        smallest_register: see ``Weights``.

    Raises:
        TijdigError: no row has a verified key.
    """
    known, asked = standardise(register), standardise(rows)
    same = exact.same_number(known, asked)
    matched = compare(known, asked, same.select("id", register_id="id_register").sort("id"))
    trusted = _trusted(same)
    drawn = compare(known, asked, _random(known, asked, random_pairs, seed))
    tables = {
        c.name: _levels(c, matched.join(trusted[c.name], on="id", how="semi"), drawn)
        for c in COMPARISONS
        if c.name != "bsn"
    } | {"bsn": _key_levels(same)}
    verified = same.filter(exact.verified()).select("id", register_id="id_register")
    if verified.is_empty():
        raise TijdigError(
            "No row has a BSN of the register that name and birth date confirm.", where="linking estimate",
            todo="Give rows and a register of the same people, both with their BSN.",
        )  # fmt: skip
    draft = Weights(
        versie=version, datum=day, herkomst=source, kleinste_register=smallest_register, vergelijkingen=tables,
        aantallen=Counts(
            personen=known.height, rijen=asked.height, geverifieerd=verified.height, willekeurige_paren=drawn.height
        ),
        drempels=Thresholds(automatisch=0, controleren=0, marge=MARGIN),
    )  # fmt: skip
    return calibrated(draft, _weighed_without_key(draft, known, asked, verified), verified)


def _weighed_without_key(
    draft: Weights, known: pl.DataFrame, asked: pl.DataFrame, verified: pl.DataFrame
) -> pl.DataFrame:
    """The pairs that would be compared for verified rows if they had no BSN."""
    hidden = asked.join(verified, on="id", how="semi").with_columns(bsn=pl.lit(None, pl.Int32))
    with scratch() as con:
        pairs = candidates(con, known, hidden).pairs
    return draft.weigh(compare(known, hidden, pairs), known.height)


def _trusted(same: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    """For each comparison, the rows that are surely about the person with their BSN without a look at it.

    A row that was verified by its birth date says nothing about how often birth dates are wrong; so m of a comparison
    comes from the rows that the other parts verify.
    """
    date_ok, initial, surname = exact.same_date(), exact.same_initial(), exact.same_surname()
    code = (pl.col("postcode") == pl.col("postcode_register")).fill_null(value=False)
    by = {
        "geboortedatum": initial & surname, "geslachtsnaam": date_ok & (initial | code),
        "voornaam": date_ok & (surname | code), "voorletters": date_ok & surname,
    }  # fmt: skip
    return {
        c.name: same.filter(by.get(c.name, exact.verified() & ~exact.contradicted(but=c.name))).select("id")
        for c in COMPARISONS
    }


def _random(known: pl.DataFrame, asked: pl.DataFrame, pairs: int, seed: int) -> pl.DataFrame:
    """Pairs of any row with any register person, drawn from both in order of id."""
    rng = np.random.default_rng(seed)
    ids, others = asked["id"].sort(), known["id"].sort()
    if ids.is_empty() or others.is_empty():
        return pl.DataFrame(schema={"id": pl.Int64, "register_id": pl.Int64})
    drawn = pl.DataFrame(
        {
            "id": ids.gather(rng.integers(0, len(ids), pairs)),
            "register_id": others.gather(rng.integers(0, len(others), pairs)),
        }
    )
    return drawn.unique(maintain_order=True)


def _levels(comparison: Comparison, matched: pl.DataFrame, drawn: pl.DataFrame) -> tuple[Level, ...]:
    m_counts, u_counts = (_counted(frame, comparison) for frame in (matched, drawn))
    m, u = _shares(m_counts), _shares(u_counts)
    weights = _rising([millibits(one / other) for one, other in zip(m, u, strict=True)], comparison)
    return tuple(
        Level(
            naam=name, m=round(float(m[place]), 9), u=round(float(u[place]), 9), paren_m=int(m_counts[place]),
            paren_u=int(u_counts[place]), gewicht=weights[place],
            opmerking="weinig paren" if min(m_counts[place], u_counts[place]) < SPARSE else "",
        )
        for place, name in enumerate(comparison.levels)
    )  # fmt: skip


def _key_levels(same: pl.DataFrame) -> tuple[Level, ...]:
    """What a BSN says about a row that it could not be verified for.

    m is the share of BSNs that stand with their person, among rows that say enough to judge it. All the others may
    be a housemate's: that is u. Another BSN than the person's says nothing, for what is left over is left over for
    having a wrong one.
    """
    says_enough = pl.all_horizontal(
        pl.col(name).is_not_null() for part in ("stam", "datum", "voorletters") for name in (part, f"{part}_register")
    )
    judged = same.filter(says_enough).select(goed=exact.verified())["goed"]
    right, wrong = int(judged.sum()), int((~judged).sum())
    m, u = _shares([right, wrong])
    return (
        Level(naam="anders", m=1.0, u=1.0, paren_m=0, paren_u=0, gewicht=0, opmerking="zegt niets"),
        Level(
            naam="gelijk", m=round(m, 9), u=round(u, 9), paren_m=right, paren_u=wrong,
            gewicht=max(0, millibits(m / u)), opmerking="u: de nummers die bij een ander horen",
        ),
    )  # fmt: skip


def _counted(frame: pl.DataFrame, comparison: Comparison) -> list[int]:
    found = dict(frame[comparison.name].drop_nulls().value_counts().iter_rows())
    return [found.get(place, 0) for place in range(len(comparison.levels))]


def _shares(counts: list[int]) -> list[float]:
    total = sum(counts) + _SMOOTHING * len(counts)
    return [(count + _SMOOTHING) / total for count in counts]


def _rising(weights: list[int], comparison: Comparison) -> list[int]:
    """The same weights, but no ordered level weighs less than the one below it."""
    result, least = list(weights), None
    for place in comparison.ordered:
        least = result[place] if least is None else max(least, result[place])
        result[place] = least
    return result
