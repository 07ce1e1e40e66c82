"""The other rival: recordlinkage alone, as its manual has it: Index, Compare, ECM; integer ids."""

from pathlib import Path

import pandas as pd
import polars as pl
import recordlinkage as rl

from bench.linking_prepared import Watch, prepare

_CLOSE = 0.92
_HOUSE = (("postcode", "postcode"), ("huisnummer", "huisnummer"))
_LETTER = (("letter", "letter"),)
_SAME_YEAR, _SAME_MONTH, _SAME_DAY = (("jaar", "jaar"),), (("maand", "maand"),), (("dag", "dag"),)


def _names(column: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Every pair of the surnames of both sides."""
    return tuple(((mine, theirs),) for mine in (column, f"{column}2") for theirs in (column, f"{column}2"))


#: Tijdig's twelve passes: the columns of which register and row must have the same.
_PASSES = (
    (("bsn", "bsn"),), (("datum", "datum"), *_LETTER), (("datum", "datum"), ("postcode", "postcode")),
    (*_SAME_YEAR, ("maand", "dag"), ("dag", "maand"), *_LETTER), (*_HOUSE, *_LETTER), (*_HOUSE, *_SAME_YEAR),
    *((("datum", "datum"), *name) for name in _names("klank")),
    *((*_SAME_YEAR, *_SAME_MONTH, *name, *_LETTER) for name in _names("klank")),
    *((*_SAME_MONTH, *_SAME_DAY, *name, *_LETTER) for name in _names("klank")),
    *((*_SAME_YEAR, *name, *_LETTER) for name in _names("stam")),
    *((("voornaam", "voornaam"), *name) for name in _names("stam")),
    *((*_HOUSE, *name) for name in _names("klank")),
)  # fmt: skip


def link(folder: Path, delivery: str) -> tuple[pl.DataFrame, dict[str, float]]:
    """The best candidate of each row by ECM's log-odds, and the next."""
    watch = Watch()
    found = prepare(folder, delivery, watch)
    with watch.step("naar pandas"):
        register, rows = _frame(found.register), _frame(found.residual)
    with watch.step("kandidaten"):
        pairs = _indexer().index(register, rows)
    with watch.step("vergelijken"):
        features = _compare().compute(pairs, register, rows)
    with watch.step("ECM"):
        ecm = rl.ECMClassifier(binarize=0.5)
        ecm.fit(features)
        odds = features.to_numpy() @ _weights(ecm)
    with watch.step("kiezen"):
        links = _best(pairs, odds)
    return found.with_verified(links), watch.seconds | {"paren": float(len(pairs))}


def _frame(records: pl.DataFrame) -> pd.DataFrame:
    lettered = records.with_columns(letter=pl.col("voorletters").str.slice(0, 1))
    return lettered.to_pandas().set_index("id")


def _indexer() -> rl.Index:
    indexer = rl.Index()
    for one in _PASSES:
        indexer.block(left_on=[left for left, _ in one], right_on=[right for _, right in one])
    return indexer


def _compare() -> rl.Compare:
    compare = rl.Compare(n_jobs=1)
    compare.string("stam", "stam", method="jarowinkler", threshold=_CLOSE, label="stam")
    compare.string("voornaam", "voornaam", method="jarowinkler", threshold=_CLOSE, label="voornaam")
    for name in ("letter", "datum", "postcode", "huisnummer"):
        compare.exact(name, name, label=name)
    return compare


def _weights(ecm: rl.ECMClassifier) -> list[float]:
    """What each agreement adds against its disagreement, in bits, in the order of the features."""
    both = ecm.weights
    return [both[name][1] - both[name][0] for name in ("stam", "voornaam", "letter", "datum", "postcode", "huisnummer")]


def _best(pairs: pd.MultiIndex, odds: object) -> pl.DataFrame:
    scored = pl.DataFrame(
        {
            "register_id": pairs.get_level_values(0).to_numpy(),
            "id": pairs.get_level_values(1).to_numpy(),
            "gewicht": odds,
        }
    ).sort("id", "gewicht", "register_id", descending=[False, True, False])
    return scored.group_by("id", maintain_order=True).agg(
        pl.col("register_id", "gewicht").first(), tweede=pl.col("gewicht").get(1, null_on_oob=True)
    )
