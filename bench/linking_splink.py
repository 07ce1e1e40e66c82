"""The rival: splink 5 on DuckDB, with m from the rows that are verified by BSN and u from random pairs."""

from pathlib import Path

import duckdb
import polars as pl
import splink.comparison_level_library as levels
import splink.comparison_library as library
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.blocking_rule_library import CustomRule
from splink.internals.comparison_creator import ComparisonCreator
from splink.internals.comparison_level_creator import ComparisonLevelCreator

from bench.linking_prepared import BLOCKS, MEMORY, Watch, prepare, with_keys
from matching.linking import Weights
from matching.linking.levels import SAME
from matching.linking.weights import Level

#: As many random pairs as Tijdig draws.
_RANDOM_PAIRS, _SEED = 1_000_000, 1
_CLOSE = 0.92

_RULES = tuple(CustomRule(" and ".join(f"l.{mine} = r.{theirs}" for mine, theirs in block)) for block in BLOCKS)


def comparisons(number: Level) -> list[ComparisonCreator]:
    """Surname, first name or initials, birth date, address, sex and BSN, with ordered levels and value frequencies.

    Args:
        number: what Tijdig's weights say of the same BSN. Labels that were verified by BSN can't say it.
    """
    return [_surname(), _given(), _date(), _address(), library.ExactMatch("geslacht"), _number(number)]


def _compared(name: str, *of: ComparisonLevelCreator) -> ComparisonCreator:
    return library.CustomComparison(output_column_name=name, comparison_levels=list(of))


def _when(sql: str, frequency: str | None = None) -> ComparisonLevelCreator:
    level = levels.CustomLevel(sql)
    # splink looks for an equality on the column itself, unless told not to.
    of_value = {"tf_adjustment_column": frequency, "disable_tf_exact_match_detection": True}
    return level.configure(**of_value) if frequency else level


def _nothing(sql: str) -> ComparisonLevelCreator:
    return levels.CustomLevel(sql).configure(is_null_level=True)


def _surname() -> ComparisonCreator:
    crossed = "stam_l = stam2_r or stam2_l = stam_r or stam2_l = stam2_r"
    alike = " or ".join(
        f"jaro_winkler_similarity({a}_l, {b}_r) >= {_CLOSE}" for a in ("stam", "stam2") for b in ("stam", "stam2")
    )
    return _compared(
        "achternaam", _nothing("stam_l is null or stam_r is null"), _when("stam_l = stam_r", "stam"), _when(crossed),
        _when(alike), _when("klank_l = klank_r or klank2_l = klank_r or klank_l = klank2_r"), levels.ElseLevel(),
    )  # fmt: skip


def _given() -> ComparisonCreator:
    either = "(voornaam_l is null or voornaam_r is null)"
    return _compared(
        "voornaam", _nothing("voorletters_l is null or voorletters_r is null"),
        _when("voornaam_l = voornaam_r", "voornaam"),
        _when(f"jaro_winkler_similarity(voornaam_l, voornaam_r) >= {_CLOSE}"),
        _when(f"{either} and voorletters_l = voorletters_r", "voorletters"),
        _when(f"{either} and left(voorletters_l, 1) = left(voorletters_r, 1)"),
        _when("left(voorletters_l, 1) = left(voorletters_r, 1)"), levels.ElseLevel(),
    )  # fmt: skip


def _date() -> ComparisonCreator:
    return _compared(
        "geboortedatum", _nothing("jaar_l is null or jaar_r is null"), _when("datum_l = datum_r", "datum"),
        _when("(datum_l is null or datum_r is null) and jaar_l = jaar_r"),
        _when("jaar_l = jaar_r and maand_l = dag_r and dag_l = maand_r"),
        _when("hamming(datum_l::varchar, datum_r::varchar) = 1"),
        _when("(jaar_l = jaar_r)::int + (maand_l = maand_r)::int + (dag_l = dag_r)::int = 2"),
        levels.ElseLevel(),
    )  # fmt: skip


def _address() -> ComparisonCreator:
    number = "postcode_l = postcode_r and huisnummer_l = huisnummer_r"
    return _compared(
        "adres", _nothing("postcode_l is null or postcode_r is null"),
        _when(f"{number} and toevoeging_l is not distinct from toevoeging_r", "adres"), _when(number, "adres"),
        _when("huisnummer_l = huisnummer_r and damerau_levenshtein(postcode_l, postcode_r) = 1"),
        _when("postcode_l = postcode_r"), _when("left(postcode_l, 4) = left(postcode_r, 4)"), levels.ElseLevel(),
    )  # fmt: skip


def _number(number: Level) -> ComparisonCreator:
    fixed = {"fix_m_probability": True, "fix_u_probability": True}
    return _compared(
        "bsn", _nothing("bsn_l is null or bsn_r is null"),
        levels.CustomLevel("bsn_l = bsn_r").configure(m_probability=number.m, u_probability=number.u, **fixed),
        levels.ElseLevel().configure(m_probability=1.0, u_probability=1.0, **fixed),
    )  # fmt: skip


def train(folder: Path, threads: int) -> dict[str, float]:
    """Estimate m and u on the labels and keep the model in the folder, where Tijdig's weights are already."""
    watch = Watch()
    found = prepare(folder, "labels", watch)
    number = Weights.load(folder / "gewichten.yaml").vergelijkingen["bsn"][SAME]
    with _connection(threads) as con:
        settings = SettingsCreator(
            link_type="link_only", comparisons=comparisons(number), retain_matching_columns=False,
            blocking_rules_to_generate_predictions=_RULES,
        )  # fmt: skip
        with watch.step("schatten"):
            linker = _linker(con, found.register, found.rows, settings)
            linker.training.estimate_u_using_random_sampling(max_pairs=_RANDOM_PAIRS, seed=_SEED)
            pairs = found.verified.select(
                source_dataset_l=pl.lit("register"),
                unique_id_l="register_id",
                source_dataset_r=pl.lit("rijen"),
                unique_id_r="id",
            )
            labels = linker.table_management.register_labels_table(DuckDBAPI(con).register(pairs.to_arrow()))
            linker.training.estimate_m_from_pairwise_labels(labels)
        linker.misc.save_model_to_json(str(folder / "splink.json"), overwrite=True)
    return watch.seconds


def link(folder: Path, delivery: str, threads: int) -> tuple[pl.DataFrame, dict[str, float]]:
    """The best candidate of each row, its weight in bits, and the weight of the next; verified rows as they are."""
    watch = Watch()
    found = prepare(folder, delivery, watch)
    with _connection(threads) as con:
        with watch.step("kandidaten"):
            linker = _linker(con, found.register, found.residual, str(folder / "splink.json"))
            linker.inference.compute_blocked_pairs_for_predict()
        with watch.step("vergelijken en wegen"):
            scored = linker.inference.predict(warning_mode="never")
        with watch.step("kiezen"):
            links = con.sql(_BEST.format(scored=scored.physical_name)).pl()
        pairs = con.sql(f"select count(*) from {scored.physical_name}").fetchall()[0][0]
    return found.with_verified(links), watch.seconds | {"paren": float(pairs)}


_BEST = """
select unique_id_r as id, unique_id_l as register_id, match_weight as gewicht,
    lead(match_weight) over (partition by unique_id_r order by match_weight desc, unique_id_l) as tweede
from {scored}
qualify row_number() over (partition by unique_id_r order by match_weight desc, unique_id_l) = 1
order by id
"""


def _connection(threads: int) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": threads, "memory_limit": MEMORY})


def _linker(
    con: duckdb.DuckDBPyConnection, register: pl.DataFrame, rows: pl.DataFrame, settings: SettingsCreator | str
) -> Linker:
    api = DuckDBAPI(con)
    tables = [
        api.register(
            with_keys(frame).select(pl.col("id").alias("unique_id"), pl.exclude("id"), _place()).to_arrow(),
            dataset_display_name=name,
        )
        for name, frame in (("register", register), ("rijen", rows))
    ]
    return Linker(tables, settings, log_level=None)


def _place() -> pl.Expr:
    """An address as one value, for how many share it."""
    return pl.concat_str("postcode", pl.col("huisnummer").cast(pl.String)).alias("adres")
