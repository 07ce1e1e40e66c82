"""Made-up gemeenten to try a run of several with: each from the generator of the demo, with a chance of its own."""

from pathlib import Path
from typing import Final

import polars as pl

from contracts.delivery import MANIFEST_NAME, describe_file, read_manifest, write_manifest
from contracts.errors import TijdigError
from flows.demo.dwellings import CITY, VILLAGE
from flows.demo.generate import generate
from flows.demo.plants_verblijf import ELSEWHERE
from flows.gemeenten.settings import GEMEENTEN_FILE
from flows.progress import step
from flows.settings import SETTINGS_FILE, Workplace

NAMES: Final = (
    "akkerdam", "berkenrode", "celderveen", "duinmeer", "eikenhorst", "frisdijk", "groenestad", "heideveld",
    "jonkerskerk", "kromwaal", "lindeborg", "molenwijk",
)  # fmt: skip
_SEED: Final = 2026
#: The columns that hold a gemeentecode.
_CODES: Final = ("gemeente_van_inschrijving", "gemeentecode")

_LIST: Final = """\
# Welke gemeenten meedoen. Elk heeft een eigen werkmap, met eigen instellingen, sleutels en databases. Uitleg:
# docs/gemeenten.md. Deze gemeenten en hun inwoners zijn verzonnen.

# Zo veel nachten tegelijk, elk in een eigen proces.
workers = 2
"""
_MEMBER: Final = """
[gemeente.{naam}]
codes = ["{first}", "{second}"]
# Verhuist een inwoner naar een gemeente die hier ook staat, dan hoort de consulent wie te bellen.
warme_overdracht = true
contact = {{naam = "Sociale dienst {titel}", telefoon = "14 0{first}"}}
"""
_SETTINGS: Final = """\
gemeente = "{titel}"
werkgebied = ["{first}", "{second}"]
verwachte_bronnen = ["uitkeringsgegevens", "brp", "ib", "duo"]
leveringen_bewaren_dagen = 30
brieven_per_nacht = 0
taken_per_consulent_per_nacht = 0
"""


def make(folder: Path, *, aantal: int, inwoners: int, huishoudens: int) -> None:
    """Write ``gemeenten.toml`` and a work folder for each gemeente with its deliveries; what is there already stays.

    Who moves away from one of them moves to the next.

    Raises:
        TijdigError: the folder holds something else.
    """
    if (folder / GEMEENTEN_FILE).exists():
        return
    if folder.is_dir() and any(folder.iterdir()):
        raise TijdigError("This folder is not empty.", where=folder, todo="Choose another one with --map.")
    members = []
    for number, naam in enumerate(NAMES[:aantal]):
        first, second = _codes(number)
        about = {"naam": naam, "titel": naam.capitalize(), "first": first, "second": second}
        work = Workplace(folder / naam)
        with step(f"{about['titel']} maken"):
            generate(work.leveringen, inwoners=inwoners, huishoudens=huishoudens, seed=_SEED + number)
            _rename(work.leveringen, {CITY: first, VILLAGE: second, ELSEWHERE[0]: _codes((number + 1) % aantal)[0]})
        (work.folder / SETTINGS_FILE).write_text(_SETTINGS.format(**about), encoding="utf-8")
        members.append(_MEMBER.format(**about))
    # Last: a folder without it is not finished.
    (folder / GEMEENTEN_FILE).write_text("".join([_LIST, *members]), encoding="utf-8")


def _codes(number: int) -> tuple[str, str]:
    """The gemeentecodes of one of them; no gemeente has these."""
    return f"99{2 * number + 1:02}", f"99{2 * number + 2:02}"


def _rename(leveringen: Path, codes: dict[str, str]) -> None:
    """Give the made-up town, which always has the same gemeentecodes, those of its own."""
    for path in leveringen.rglob(MANIFEST_NAME):
        manifest = read_manifest(path).manifest
        files = []
        for file in manifest.bestanden:
            csv = path.parent / file.bestand
            rows = pl.read_csv(csv, separator=";", infer_schema=False)
            renamed = rows.with_columns(pl.col(name).replace(codes) for name in _CODES if name in rows.columns)
            renamed.write_csv(csv, separator=";", quote_style="necessary")
            files.append(describe_file(file.tabel, csv, len(renamed)))
        write_manifest(path.parent, manifest.model_copy(update={"bestanden": tuple(files)}))
