"""The other rival: recordlinkage alone, as its manual has it: Index, Compare, ECM; integer ids."""

from pathlib import Path

import pandas as pd
import polars as pl
import recordlinkage as rl

from bench.linking_prepared import Prepared, Watch, prepare
from bench.linking_splink import with_verified

_CLOSE = 0.92
#: Columns of which two records must have the same, in one of these passes.
_PASSES = (
    (("datum", "datum"), ("letter", "letter")), (("datum", "datum"), ("klank", "klank")),
    (("datum", "datum"), ("klank2", "klank")), (("datum", "datum"), ("klank", "klank2")),
    (("datum", "datum"), ("postcode", "postcode")),
    (("postcode", "postcode"), ("huisnummer", "huisnummer"), ("letter", "letter")),
    (("postcode", "postcode"), ("huisnummer", "huisnummer"), ("jaar", "jaar")),
    (("postcode", "postcode"), ("klank", "klank")), (("postcode", "postcode"), ("klank2", "klank")),
    (("stam", "stam"), ("voornaam", "voornaam"), ("jaar", "jaar")),
    (("stam", "stam"), ("jaar", "jaar"), ("maand", "dag"), ("dag", "maand")),
    (("stam", "stam"), ("maand", "maand"), ("dag", "dag"), ("letter", "letter")),
    (("stam2", "stam"), ("maand", "maand"), ("dag", "dag"), ("letter", "letter")),
)  # fmt: skip


def link(folder: Path, delivery: str, _threads: int) -> tuple[pl.DataFrame, dict[str, float]]:
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
    return with_verified(links, found), watch.seconds | {"paren": float(len(pairs))}


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
        {"register_id": pairs.get_level_values(0).to_numpy(), "id": pairs.get_level_values(1).to_numpy(), "gewicht": odds}
    ).sort("id", "gewicht", "register_id", descending=[False, True, False])
    return scored.group_by("id", maintain_order=True).agg(
        pl.col("register_id", "gewicht").first(), tweede=pl.col("gewicht").get(1, null_on_oob=True)
    )
