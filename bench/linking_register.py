"""A made-up register and rows to link to it, of which the truth is known: as parquet files in one folder.

    python -m bench.linking_register FOLDER [--persons N] [--seed S]

``register``; ``labels`` (rows with a BSN, to estimate weights from); deliveries of ``SIZES``, each with its truth in
``<delivery>_waarheid``.
"""

import argparse
import secrets
from pathlib import Path

from bench import linking_rows
from bench.linking_people import RECORD, population

PERSONS, KEYED = 1_000_000, 16_295
#: Deliveries: rows without a sound key, rows with a BSN.
SIZES = {"labels": (0, KEYED), "klein": (400, 0), "groot": (4_000, 0), "levering": (4_000, KEYED)}


def new_seed() -> int:
    """A seed nobody has seen."""
    return secrets.randbelow(1_000_000)


def generate(folder: Path, persons: int, seed: int) -> None:
    """Write the register of about ``persons`` persons and every delivery; smaller ones for a small register."""
    inside, outside = linking_rows.pools(population(persons, seed), seed)
    folder.mkdir(parents=True, exist_ok=True)
    inside.select(RECORD).write_parquet(folder / "register.parquet")
    share = min(1.0, persons / 100_000)
    for number, (name, (keyless, keyed)) in enumerate(SIZES.items()):
        rows, truth = linking_rows.delivery(inside, outside, int(keyless * share), int(keyed * share), seed + number)
        rows.write_parquet(folder / f"{name}.parquet")
        truth.write_parquet(folder / f"{name}_waarheid.parquet")


def main() -> None:
    """Generate into a folder and say with which seed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--persons", type=int, default=PERSONS)
    parser.add_argument("--seed", type=int, default=None)
    args = parser.parse_args()
    seed = new_seed() if args.seed is None else args.seed
    print(f"seed {seed}", flush=True)
    generate(args.folder, args.persons, seed)


if __name__ == "__main__":
    main()
