"""The other rival: recordlinkage alone, as its manual has it: Index, Compare, ECM; integer ids."""

from pathlib import Path

import pandas as pd
import polars as pl
import recordlinkage as rl

from bench.linking_prepared import BLOCKS, Watch, prepare, with_keys

_CLOSE = 0.92


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
    # Numbers with gaps become floats of 53 bits, which is enough to tell keys apart.
    return with_keys(records).to_pandas().set_index("id")


def _indexer() -> rl.Index:
    indexer = rl.Index()
    for block in BLOCKS:
        indexer.block(left_on=[left for left, _ in block], right_on=[right for _, right in block])
    return indexer


def _compare() -> rl.Compare:
    compare = rl.Compare(n_jobs=1)
    compare.string("stam", "stam", method="jarowinkler", threshold=_CLOSE, label="stam")
    compare.string("voornaam", "voornaam", method="jarowinkler", threshold=_CLOSE, label="voornaam")
    for name in ("k_letter", "datum", "postcode", "huisnummer"):
        compare.exact(name, name, label=name)
    return compare


def _weights(ecm: rl.ECMClassifier) -> list[float]:
    """What each agreement adds against its disagreement, in bits, in the order of the features."""
    both = ecm.weights
    return [
        both[name][1] - both[name][0] for name in ("stam", "voornaam", "k_letter", "datum", "postcode", "huisnummer")
    ]


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
