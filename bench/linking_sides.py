"""What is measured of linking, each in a process of its own.

    python -m bench.linking_sides <what> <folder> <delivery> [--threads 2]

Each prints one line of JSON, seconds per step, and writes its links to ``<what>_<delivery>.parquet`` in the folder.
"""

import argparse
import json
from pathlib import Path

#: What can be run; each side is imported alone, so that none pays for another's packages.
SIDES = ("splink-train", "splink", "recordlinkage", "schatten", "tijdig")


def run(what: str, folder: Path, delivery: str, threads: int) -> dict[str, float]:
    """Run one side."""
    if what == "splink-train":
        from bench.linking_splink import train

        return train(folder, threads)
    if what == "schatten":
        from bench.linking_tijdig import estimate_weights

        return estimate_weights(folder, threads)
    if what == "splink":
        from bench.linking_splink import link
    elif what == "recordlinkage":
        from bench.linking_plain import link
    else:
        from bench.linking_tijdig import link
    links, said = link(folder, delivery, threads)
    links.write_parquet(folder / f"{what}_{delivery}.parquet")
    return said


def main() -> None:
    """Run one side and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=SIDES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("delivery")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    print(json.dumps(run(args.what, args.folder, args.delivery, args.threads)))


if __name__ == "__main__":
    main()
