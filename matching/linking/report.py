"""What there is to know of the weights and of a run, as frames and as one page of Markdown. No value of a person."""

import polars as pl

from matching.linking.linker import BANDS, Linked
from matching.linking.standard import standardise
from matching.linking.weights import NEVER, Weights

_PARTS = ("stam", "voornaam", "datum", "geslacht", "postcode", "huisnummer")
_LONG_NAME = 10


def weight_table(weights: Weights) -> pl.DataFrame:
    """m, u, weight (bits) and the pairs behind them: a row a comparison and level."""
    return pl.DataFrame(
        [
            {
                "vergelijking": name, "niveau": level.naam, "m": level.m, "u": level.u, "gewicht": level.gewicht / 1000,
                "paren_m": level.paren_m, "paren_u": level.paren_u, "opmerking": level.opmerking,
            }
            for name, levels in weights.vergelijkingen.items()
            for level in levels
        ]
    )  # fmt: skip


def bands(links: pl.DataFrame) -> pl.DataFrame:
    """Rows in each band, and those of each guard: ``band``, ``wacht``, ``rijen``, ``aandeel``."""
    order = pl.col("band").cast(pl.Enum(BANDS))
    counted = (
        links.group_by("band", "wacht")
        .agg(rijen=pl.len())
        .sort(order, "rijen", "wacht", descending=[False, True, False])
    )
    return counted.with_columns(aandeel=pl.col("rijen") / max(links.height, 1))


def groups(rows: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """The share of each band per group of rows, so that nobody is worse off unseen.

    Args:
        rows: records; columns ``naamgebruik`` (E, P, V, N) and ``soort`` (what names them) are used where they are.
        links: of ``link``.

    Returns:
        ``groep``, ``waarde``, ``rijen`` and the share of each of ``BANDS``, by groep and waarde.
    """
    told = standardise(rows).select("id", **_groups())
    if "naamgebruik" in rows.columns:
        code = pl.col("naamgebruik").str.to_uppercase()
        said = pl.when(code.is_in(["E", "P", "V", "N"])).then(code).otherwise(pl.lit("onbekend"))
        told = told.join(rows.select("id", naamgebruik=said), on="id")
    if "soort" in rows.columns:
        told = told.join(rows.select("id", "soort"), on="id")
    long = told.unpivot(index="id", variable_name="groep", value_name="waarde").join(
        links.select("id", "band"), on="id"
    )
    shares = [(pl.col("band") == band).mean().alias(band) for band in BANDS]
    return long.group_by("groep", "waarde").agg(pl.len().alias("rijen"), *shares).sort("groep", "waarde")


def _groups() -> dict[str, pl.Expr]:
    new_year = pl.col("dag").eq(1) & pl.col("maand").is_in([1, 7])
    length = pl.col("stam").str.len_chars()
    missing = pl.sum_horizontal(pl.col(part).is_null() for part in _PARTS)
    return {
        "geboren op 1 januari of 1 juli": pl.when(new_year).then(pl.lit("ja"))
        .when(pl.col("datum").is_null()).then(pl.lit("niet te zeggen")).otherwise(pl.lit("nee")),
        "lengte van de naam": pl.when(length <= 4).then(pl.lit("1 tot 4 letters"))  # noqa: PLR2004 - as it says
        .when(length <= _LONG_NAME).then(pl.lit("5 tot 10 letters"))
        .when(length > _LONG_NAME).then(pl.lit("langer")).otherwise(pl.lit("geen naam")),
        "ontbrekende delen": pl.when(missing >= 3).then(pl.lit("3 of meer")).otherwise(missing.cast(pl.String)),  # noqa: PLR2004
    }  # fmt: skip


def page(weights: Weights, run: Linked | None = None, rows: pl.DataFrame | None = None, chart: str = "") -> str:
    """Everything as Markdown: the weights, and where a run is given its passes, bands and groups.

    Args:
        weights: a version.
        run: links made with it.
        rows: the records that were linked.
        chart: the address of the chart of the weights, see ``weights_chart``.
    """
    steps = [{"vanaf": step.vanaf / 1000, "kans": step.kans, "rijen": step.rijen} for step in weights.ijking]
    parts = [
        f"# Koppelen: gewichten {weights.versie} ({weights.datum})", _made_of(weights),
        "## Gewichten", *([f"![Gewicht per vergelijking en niveau]({chart})"] if chart else []),
        _table(weight_table(weights)),
        *(["## Kans per gewicht", _table(pl.DataFrame(steps))] if steps else []),
    ]  # fmt: skip
    if run is not None:
        parts += ["## Trechter", _table(run.waterfall), "## Uitkomst", _table(bands(run.links))]
        if rows is not None:
            parts += ["## Per groep", _table(groups(rows, run.links))]
    return "\n\n".join(parts) + "\n"


def _made_of(weights: Weights) -> str:
    made, limits = weights.aantallen, weights.drempels
    return (
        f"Herkomst: {weights.herkomst}. Geschat uit {made.geverifieerd} geverifieerde rijen, {made.personen} personen "
        f"in het register en {made.willekeurige_paren} willekeurige paren. Automatisch: {_from(limits.automatisch)}, "
        f"met een voorsprong van {_shown(limits.marge / 1000)} bits op de volgende. Controleren: "
        f"{_from(limits.controleren)}."
    )


def _from(threshold: int) -> str:
    return "nooit" if threshold == NEVER else f"vanaf {_shown(threshold / 1000)} bits"


def _table(frame: pl.DataFrame) -> str:
    lines = [frame.columns, ["---"] * frame.width, *(map(_shown, row) for row in frame.iter_rows())]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4g}".replace(".", ",") if isinstance(value, float) else str(value)
