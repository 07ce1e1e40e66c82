"""What is measured of linking, each in a process of its own.

    python -m bench.linking_sides <what> <folder> <delivery> [--threads 2]

Each prints one line of JSON, seconds per step or figures, and writes its links to ``<what>_<delivery>.parquet``.
"""

import argparse
import json
from pathlib import Path

import polars as pl

Links = tuple[pl.DataFrame, dict[str, float]]

LINKING = ("tijdig", "tijdig-1", "tijdig-andersom", "splink", "recordlinkage")
OTHER = ("schatten", "splink-train", "niveaus", "febrl")


def run(what: str, folder: Path, delivery: str, threads: int) -> dict[str, float]:
    """Run one side. It is imported here, so that none pays for the packages of another."""
    if what in LINKING:
        links, said = _link(what, folder, delivery, threads)
        links.write_parquet(folder / f"{what}_{delivery}.parquet")
        return said
    if what == "splink-train":
        from bench.linking_splink import train  # noqa: PLC0415

        return train(folder, threads)
    if what == "febrl":
        from bench.linking_febrl import scores  # noqa: PLC0415

        return scores()
    from bench.linking_tijdig import estimate_weights, levels_in_sql  # noqa: PLC0415

    return estimate_weights(folder) if what == "schatten" else levels_in_sql(folder, delivery)


def _link(what: str, folder: Path, delivery: str, threads: int) -> Links:
    if what == "splink":
        from bench.linking_splink import link as by_splink  # noqa: PLC0415

        return by_splink(folder, delivery, threads)
    if what == "recordlinkage":
        from bench.linking_plain import link as by_recordlinkage  # noqa: PLC0415

        return by_recordlinkage(folder, delivery)
    from bench.linking_tijdig import link  # noqa: PLC0415

    return link(folder, delivery, 1 if what == "tijdig-1" else threads, shuffled=what == "tijdig-andersom")


def main() -> None:
    """Run one side and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=(*LINKING, *OTHER))
    parser.add_argument("folder", type=Path)
    parser.add_argument("delivery")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    print(json.dumps(run(args.what, args.folder, args.delivery, args.threads)))


if __name__ == "__main__":
    main()
