"""How good links are, held against the truth: counts that can be added up over runs.

    python -m bench.linking_quality <folder> <delivery>

Prints one line of JSON.
"""

import json
import sys
from pathlib import Path
from typing import Any

import polars as pl

_GROUPS = {
    "geboren op 1 januari of 1 juli": pl.col("geboren_1_jan_jul"),
    "andere geboortedag": ~pl.col("geboren_1_jan_jul"),
    "naamgebruik E": pl.col("naamgebruik") == "E",
    "naamgebruik P": pl.col("naamgebruik") == "P",
    "naamgebruik V": pl.col("naamgebruik") == "V",
    "naamgebruik N": pl.col("naamgebruik") == "N",
    "achternaam tot 5 letters": pl.col("naamlengte") <= 5,
    "achternaam van 6 tot 10": pl.col("naamlengte").is_between(6, 10),
    "achternaam van 11 of meer": pl.col("naamlengte") > 10,
    "niets ontbreekt": pl.col("ontbreekt") == 0,
    "een deel ontbreekt": pl.col("ontbreekt") == 1,
    "meer delen ontbreken": pl.col("ontbreekt") > 1,
    "tweeling": pl.col("tweeling"),
    "heet als de vader": pl.col("naamgenoot"),
    "verzorgingshuis": pl.col("soort") == 5,
}
_CHANCES = (0.0, 0.25, 0.5, 0.75, 0.9, 0.98, 0.999)


def judged(folder: Path, side: str, delivery: str) -> pl.DataFrame:
    """Every row of a delivery with its link and its truth: ``goed`` where the link is the person the row is about."""
    truth = pl.read_parquet(folder / f"{delivery}_waarheid.parquet").rename({"register_id": "persoon"})
    links = pl.read_parquet(folder / f"{side}_{delivery}.parquet")
    right = (pl.col("register_id") == pl.col("persoon")).fill_null(value=False)
    return truth.join(links, on="id", how="left").with_columns(goed=right)


def best_f1(rows: pl.DataFrame) -> float:
    """F1 of one link a row at the cut on the weight that is best for this side; rows without weight come first."""
    there = rows["persoon"].is_not_null().sum()
    ranked = rows.filter(pl.col("register_id").is_not_null()).sort("gewicht", descending=True, nulls_last=False)
    scores = ranked.select(
        pl.col("gewicht"), f1=2 * pl.col("goed").cum_sum() / (pl.int_range(1, pl.len() + 1) + there)
    ).filter(pl.col("gewicht").ne_missing(pl.col("gewicht").shift(-1)) | (pl.int_range(pl.len()) == pl.len() - 1))
    return float(scores["f1"].max() or 0.0)  # type: ignore[arg-type]


def counts(rows: pl.DataFrame) -> dict[str, int]:
    """Rows, of how many the person is in the register, and good and all links per band."""
    result = {"rijen": rows.height, "in_register": int(rows["persoon"].is_not_null().sum())}
    for band in ("exact", "automatisch", "controleren"):
        links = rows.filter(pl.col("band") == band)
        result |= {band: links.height, f"{band}_goed": int(links["goed"].sum())}
    return result


def calibration(rows: pl.DataFrame) -> list[dict[str, float]]:
    """Per step of the chance said: rows with a link, the sum of their chances, and how many are right."""
    said = rows.filter(pl.col("kans").is_not_null() & pl.col("register_id").is_not_null())
    steps = said.with_columns(vanaf=pl.sum_horizontal(pl.col("kans") >= bound for bound in _CHANCES[1:]))
    found = steps.group_by("vanaf").agg(rijen=pl.len(), gezegd=pl.col("kans").sum(), goed=pl.col("goed").sum())
    return found.sort("vanaf").with_columns(vanaf=pl.col("vanaf").replace_strict(dict(enumerate(_CHANCES)))).to_dicts()


def figures(folder: Path, delivery: str) -> dict[str, Any]:
    """All figures of one delivery of which every side has written its links."""
    ours = judged(folder, "tijdig", delivery)
    f1 = {side: best_f1(judged(folder, side, delivery)) for side in ("tijdig", "splink", "recordlinkage")}
    groups = {name: counts(ours.filter(group)) for name, group in _GROUPS.items()}
    copies = [folder / f"{side}_{delivery}.parquet" for side in ("tijdig", "tijdig-1", "tijdig-andersom")]
    return {
        "f1": f1, "tellingen": counts(ours), "groepen": groups, "ijking": calibration(ours),
        "gelijk": len({path.read_bytes() for path in copies if path.exists()}) == 1,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1]), sys.argv[2])))
