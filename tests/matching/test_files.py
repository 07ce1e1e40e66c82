"""A file in the forms in which suppliers send it: encodings, line ends, Parquet, headers, and names of their own."""

import csv
import io
from datetime import UTC, datetime

import polars as pl
import pytest

from contracts.delivery import Manifest, describe_file, read_manifest, write_manifest
from contracts.errors import DeliveryError, SettingsError
from contracts.examples import examples
from contracts.mapping import ColumnMapping
from contracts.tables import TABLES, Bron
from flows.settings import Workplace
from matching.intake.check import check_path
from matching.intake.take_in import take_in
from store.warehouse import Warehouse
from tests.world import DAY, alone, bsn

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
NOBODY = {"melding_id": "M-1", "burgerservicenummer": bsn(1), "soort_wijziging": "STUDIE", "datum_ontvangst": "2026-10-20", "status": "ONTVANGEN"}  # fmt: skip


def text(table="melding", rows=None, *, delimiter=";", end="\n"):
    """A good file of a table, its example rows unless others are given."""
    out = io.StringIO()
    rows = examples(TABLES[table]) if rows is None else rows
    writer = csv.DictWriter(out, TABLES[table].delivered, restval="", delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture
def check(tmp_path):
    """A function: the bytes of a file in, what ``tijdig check`` says of it out."""

    def run(data, table="melding", *, suffix=".csv", **mapping):
        path = tmp_path / f"{table}{suffix}"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        (result,) = check_path(path, peildatum=DAY, mappings={table: ColumnMapping(**mapping)})
        return result

    return run


def refusal(result):
    """What is said of a file that is refused: what, where and what to do."""
    assert isinstance(result.fout, DeliveryError), result
    assert result.fout.where == result.bestand
    assert result.fout.todo
    return result.fout.what


def rejections(result):
    """Line and code of what is wrong."""
    assert result.fout is None, result.fout
    return sorted((line, found.code) for found in result.codes for line in found.regels)


def remarks(result):
    assert result.fout is None, result.fout
    return dict(result.opmerkingen)


@pytest.fixture
def warehouse(tmp_path):
    with Warehouse(tmp_path / "gegevens" / "warehouse.duckdb") as opened:
        yield opened


def deliver(warehouse, folder, bron, files, mappings=None, day=DAY):
    """Take in a delivery of files that were written already: name -> (table, rows)."""
    lines = tuple(describe_file(table, folder / name, rows) for name, (table, rows) in files.items())
    made = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    write_manifest(folder, Manifest(bron=bron, peildatum=day, geleverd_op=made, soort="volledig", bestanden=lines))
    return take_in(warehouse, [read_manifest(folder)], now=NOW, mappings=mappings)


# -- line ends, delimiters, empty lines ------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        text(),
        text()[:-1],
        text(end="\r\n"),
        text(end="\r"),
        text(delimiter=","),
        "\ufeff" + text(),
        '\ufeff"melding_id"' + text().removeprefix("melding_id"),
        text(rows=[row | {"soort_wijziging": f'"{row["soort_wijziging"]}"'} for row in examples(TABLES["melding"])]).replace('"""', '"'),
        text().replace("\n", "\n\n"),
        "\n".join(f"{line};" for line in text().splitlines()),
    ],
    ids=["plain", "no end", "crlf", "cr", "comma", "bom", "bom and quotes", "quotes", "empty lines", "trailing delimiter"],
)  # fmt: skip
def test_forms_that_say_the_same(check, data):
    result = check(data)
    assert (result.rijen, rejections(result)) == (2, [])


@pytest.mark.parametrize("data", [text(rows=[]), text(rows=[])[:-1], text(rows=[], end="\r\n")])
def test_a_header_alone_is_a_file_without_rows(check, data):
    result = check(data)
    assert (result.rijen, result.afgekeurd, result.opmerkingen) == (0, 0, ())


HEADER, GOOD, OTHER = text().splitlines()
BAD = GOOD.replace("STUDIE", "STUDIO").replace("M-2001", "M-2003")
SHORT, LONG, QUOTED = "a;b", f"{OTHER};more", OTHER.replace("INKOMEN", '"INK"OMEN')
TWO_LINES = GOOD.replace("STUDIE", '"STU\nDIE"')
SHORT_OVER_TWO = '"a\nb";c'


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (["", BAD], {3: "soort_wijziging:code"}),
        (["", SHORT, "", "", BAD, LONG], {3: "te_weinig_kolommen", 6: "soort_wijziging:code", 7: "te_veel_kolommen"}),
        ([SHORT, SHORT, GOOD, SHORT, BAD], {2: "te_weinig_kolommen", 3: "te_weinig_kolommen", 5: "te_weinig_kolommen", 6: "soort_wijziging:code"}),
        ([TWO_LINES, SHORT, BAD], {2: "soort_wijziging:code", 4: "te_weinig_kolommen", 5: "soort_wijziging:code"}),
        ([TWO_LINES, "", OTHER, SHORT], {2: "soort_wijziging:code", 6: "te_weinig_kolommen"}),
        ([SHORT_OVER_TWO, BAD, QUOTED, GOOD], {2: "te_weinig_kolommen", 4: "soort_wijziging:code", 5: "aanhalingsteken"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_rejection_names_the_line_where_an_editor_shows_it(check, lines, wrong, end):
    result = check("\n".join([HEADER, *lines, ""]).replace("\n", end))
    assert rejections(result) == sorted(wrong.items())
    assert result.afgekeurd == len(wrong), "a row counts once, whatever line it is on"


def test_lines_that_are_in_no_row_are_counted(check):
    result = check(f"{HEADER}\n\n{GOOD}\n\n{SHORT_OVER_TWO}\n")
    assert remarks(result) == {"regel:leeg_of_niet_gelezen": 3}


def test_line_ends_of_two_kinds_are_refused(check):
    assert refusal(check(f"{HEADER}\r\n{GOOD}\n{OTHER}\r\n")) == "File can't be read."


def test_a_quote_that_is_not_closed_does_not_swallow_rows_in_silence(warehouse, tmp_path):
    alone().write_all(tmp_path)
    folder = tmp_path / DAY.isoformat() / Bron.UITKERINGSGEGEVENS
    (folder / "melding.csv").write_text("\n".join([HEADER, GOOD.replace("STUDIE", '"STUDIE'), OTHER, ""]))
    files = {f"{name}.csv": (name, 0) for name in ("uitkeringsperiode", "bekende_medebewoner", "klantvoorkeur")}
    came = deliver(warehouse, folder, Bron.UITKERINGSGEGEVENS, files | {"uitkering.csv": ("uitkering", 1), "melding.csv": ("melding", 2)})  # fmt: skip
    assert [found.error.what for found in came.refused] == ["File holds 1 rows, the manifest says 2."]


@pytest.mark.parametrize(
    ("first", "says"),
    [
        ("", "Columns do not fit"),
        (GOOD, "Columns do not fit"),
        ("sep=;", "Columns do not fit"),
        (HEADER.replace(";", "\t"), "Columns do not fit"),
        (HEADER.replace("status", "STATUS ; status"), "double ['status']"),
        (HEADER.replace("status", "toestand"), "missing ['status']; double none; 1 unknown"),
    ],
)
def test_a_first_line_that_is_no_header_is_refused_without_quoting_it(check, first, says):
    result = check(f"{first}\n{GOOD}\n{OTHER}\n")
    assert says in refusal(result)
    for value in (*GOOD.split(";"), "toestand"):
        assert value not in str(result.fout)


# -- encodings -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["André", "Straße 1", "Zoë; Ö€", "é"])
def test_windows_1252_is_read_as_such_and_remarked(warehouse, tmp_path, name):
    # The name is the last thing on its line: an accent there must not look like half a character of UTF-8.
    alone().write_all(tmp_path)
    folder = tmp_path / DAY.isoformat() / Bron.UITKERINGSGEGEVENS
    wish = {"burgerservicenummer": bsn(1), "kanaal": "POST", "geheimhouding": "2", "bewindvoerder_of_gemachtigde": name}
    (folder / "klantvoorkeur.csv").write_bytes(text("klantvoorkeur", [wish]).encode("cp1252"))
    files = {f"{name}.csv": (name, 0) for name in ("uitkeringsperiode", "bekende_medebewoner", "melding")}
    came = deliver(warehouse, folder, Bron.UITKERINGSGEGEVENS, files | {"uitkering.csv": ("uitkering", 1), "klantvoorkeur.csv": ("klantvoorkeur", 1)})  # fmt: skip
    assert warehouse.con.sql("select bewindvoerder_of_gemachtigde from klantvoorkeur").fetchall() == [(name,)]
    found = warehouse.remarks([taken.volgnr for taken in came.taken])
    assert found.select("tabel", "code", "aantal").rows() == [("klantvoorkeur", "codering:windows_1252", 1)]


@pytest.mark.parametrize(
    "strange",
    [GOOD.replace("STUDIE", "STUDÏE").encode("cp1252"), GOOD.encode().replace(b"STUDIE", b"STUD\x81E")],
    ids=["another line is UTF-8", "a byte that Windows-1252 does not have"],
)
def test_of_mixed_encodings_the_lines_that_are_no_utf8_are_rejected(check, strange):
    good = OTHER.replace("M-2002", "M-2004")
    result = check(b"\n".join([HEADER.encode(), strange, OTHER.replace("INKOMEN", "WÖNEN").encode(), good.encode()]))
    assert rejections(result) == [(2, "tekencodering"), (3, "soort_wijziging:code")]
    assert result.rijen == 3


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le", "utf-32"])
def test_utf_16_and_32_are_refused(check, encoding):
    assert "no text" in refusal(check(text().encode(encoding)))


def test_a_nul_byte_is_refused(check):
    assert "no text" in refusal(check(text().replace("STUDIE", "STU\0DIE")))


# -- long values -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "wrong"),
    [
        (200, []),
        (201, [(2, "geslachtsnaam:te_lang")]),
        (1_000_000, [(2, "geslachtsnaam:te_lang")]),
        (3_000_000, [(2, "regel_te_lang")]),
    ],
)
def test_a_long_name_costs_the_name_and_a_very_long_line_the_row(check, length, wrong):
    first, second = examples(TABLES["brp_persoon"])[:2]
    result = check(text("brp_persoon", [first | {"geslachtsnaam": "x" * length}, second]), "brp_persoon")
    assert (result.rijen, rejections(result)) == (2, wrong)


def test_a_line_longer_than_can_be_read_at_all_is_not_left_out_in_silence(check):
    assert "can't be read at all" in refusal(check(f"{HEADER}\n{GOOD.replace('STUDIE', 'x' * 34_000_000)}\n{OTHER}\n"))


# -- Parquet ---------------------------------------------------------------------------------------------


def parquet(table="melding", **columns):
    """The example rows of a table as Parquet, some columns made something else."""
    frame = pl.DataFrame(examples(TABLES[table]), schema=dict.fromkeys(TABLES[table].delivered, pl.String))
    out = io.BytesIO()
    frame.with_columns(**columns).write_parquet(out)
    return out.getvalue()


@pytest.mark.parametrize("table", TABLES)
def test_parquet_says_the_same_as_csv(check, table):
    result = check(parquet(table), table, suffix=".parquet")
    assert (result.rijen, rejections(result), result.opmerkingen) == (len(examples(TABLES[table])), [], ())


NUMBERS = [pl.Int64, pl.UInt8, pl.Float64, pl.Decimal(12, 2)]


@pytest.mark.parametrize(
    "kind", [*NUMBERS, pl.Binary, pl.List(pl.String), pl.Struct({"a": pl.Int64}), pl.Array(pl.Int8, 2)], ids=str
)
@pytest.mark.parametrize("name", ["burgerservicenummer", "status", "melding_id"])
def test_a_type_that_loses_what_was_written_is_refused(check, name, kind):
    found = refusal(check(parquet(**{name: pl.lit(None, dtype=kind)}), suffix=".parquet"))
    assert found.endswith(f"['{name}'].")


def test_so_it_is_under_a_name_of_the_gemeente(check):
    # As a number code `06` (month) would read as `6`, and `04` (week) as `4` (4 weeks).
    column = {"PERIODE": pl.lit(4)}
    data = io.BytesIO()
    pl.read_parquet(parquet("ib_samenloopsignaal")).drop("bedrag_periode").with_columns(**column).write_parquet(data)
    result = check(data.getvalue(), "ib_samenloopsignaal", suffix=".parquet", kolommen={"PERIODE": "bedrag_periode"})
    assert "['bedrag_periode']" in refusal(result)


def test_whole_numbers_booleans_and_dates_are_what_they_say(check):
    typed = {
        "norm_bedrag_cent": pl.col("norm_bedrag_cent").cast(pl.Int64),
        "datum_aanvang_periode": pl.col("datum_aanvang_periode").str.to_date(),
    }
    assert rejections(check(parquet("uitkeringsperiode", **typed), "uitkeringsperiode", suffix=".parquet")) == []
    asked = check(parquet("uitkering", indicatie_blokkering=pl.lit(value=False)), "uitkering", suffix=".parquet")
    assert rejections(asked) == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PAR1", "can't be read as Parquet"),
        (parquet()[:-20], "can't be read as Parquet"),
        (text().encode(), "can't be read as Parquet"),
        (b"PAR1" + b"\x07" * 200 + parquet()[204:], "can't be read"),
        (b"", "empty"),
    ],
    ids=["nothing in it", "cut off", "CSV by another name", "damaged inside", "empty"],
)
def test_parquet_that_is_none_is_refused(check, data, says):
    assert says in refusal(check(data, suffix=".parquet"))


def test_parquet_is_never_taken_for_windows_1252(check):
    # The bytes of a small file can by chance all be good Windows-1252.
    data = io.BytesIO()
    pl.read_parquet(parquet()).head(1).write_parquet(data, compression="uncompressed", statistics=False)
    assert is_windows(data.getvalue())
    assert (remarks(result := check(data.getvalue(), suffix=".parquet")), result.rijen) == ({}, 1)


def is_windows(data):
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True


# -- the header ------------------------------------------------------------------------------------------


def test_columns_in_any_order_and_capitals(check):
    frame = pl.read_csv(text().encode(), separator=";", infer_schema=False)
    shuffled = frame.select(reversed(frame.columns)).rename(lambda name: f" {name.upper()} ")
    assert rejections(check(shuffled.write_csv(separator=";"))) == []


def test_what_a_contract_does_not_ask_for_is_left_out_and_counted(check):
    frame = pl.read_csv(text().encode(), separator=";", infer_schema=False)
    wider = frame.with_columns(
        pl.lit("x").alias(name) for name in ("telefoon", "Nationaliteit_code", "buurtnaam", "buurtcode")
    )
    found = remarks(check(wider.write_csv(separator=";")))
    assert found == {"kolom:onbekend": 1, "kolom:verboden_nationaliteit": 1, "kolom:verboden_buurt": 1}


def test_a_forbidden_column_is_dropped_unread_and_lies_in_no_file(warehouse, tmp_path):
    world = alone().person(2, house=1)
    for delivery in world.write_all(tmp_path / "leveringen"):
        path = delivery.folder / "brp_persoon.csv"
        if path.exists():
            lines = path.read_text().splitlines()
            path.write_text(
                "\n".join(
                    [f"nationaliteit;{lines[0]};verblijfstitel", *(f"Utopisch;{line};Gedoogd" for line in lines[1:])]
                )
            )
        files = {file.bestand: (file.tabel, file.rijen) for file in delivery.manifest.bestanden}
        came = deliver(warehouse, delivery.folder, delivery.manifest.bron, files)
    (brp,) = came.taken
    assert (brp.rijen, brp.bewaard) == (2, 2)
    found = warehouse.remarks([brp.volgnr]).get_column("code").to_list()
    assert found == ["kolom:verboden_nationaliteit", "kolom:verboden_verblijfstitel"]
    warehouse.con.close()
    stored = b"".join(path.read_bytes() for path in (tmp_path / "gegevens").rglob("*") if path.is_file())
    assert b"Dorpsstraat" in stored, "the search itself must be able to find something"
    assert b"Utopisch" not in stored
    assert b"Gedoogd" not in stored


# -- a gemeente's own names ------------------------------------------------------------------------------

OWN = {"Nr": "melding_id", "BSN": "burgerservicenummer", "Soort": "soort_wijziging", "Ontvangen": "datum_ontvangst"}


def test_own_names_fixed_values_absent_columns_own_codes_and_unknown_dates(warehouse, tmp_path):
    folder = tmp_path / "uitkeringsgegevens"
    folder.mkdir()
    world = alone()
    for table in ("uitkering", "uitkeringsperiode", "bekende_medebewoner", "klantvoorkeur"):
        world.frame(table).write_csv(folder / f"{table}.csv", separator=";")
    (folder / "meldingen export.csv").write_text(
        f"BSN;Ontvangen;Soort;Nr;Ingang\n{bsn(1)};20-10-2026;nieuwe huisgenoot;M-1;1-1-1900\n"
    )
    mapping = ColumnMapping(
        kolommen=OWN | {"Ingang": "ingangsdatum_wijziging"}, vast={"status": "ONTVANGEN"},
        codes={"soort_wijziging": {"nieuwe huisgenoot": "HUISGENOOT_IN"}}, onbekend=("1-1-1900",),
    )  # fmt: skip
    files = {f"{name}.csv": (name, 0) for name in ("uitkeringsperiode", "bekende_medebewoner", "klantvoorkeur")}
    files |= {"uitkering.csv": ("uitkering", 1), "meldingen export.csv": ("melding", 1)}
    came = deliver(warehouse, folder, Bron.UITKERINGSGEGEVENS, files, {"melding": mapping})
    assert [(taken.rijen, taken.afgekeurd, taken.bewaard) for taken in came.taken] == [(2, 0, 2)]
    kept = warehouse.con.sql(f"select {', '.join(TABLES['melding'].delivered)} from melding").fetchall()
    assert kept == [("M-1", bsn(1), "HUISGENOOT_IN", None, "2026-10-20", "ONTVANGEN")]


def test_a_text_that_the_mapping_does_not_know_stays_and_is_rejected(check):
    rows = [NOBODY | {"soort_wijziging": "anders"}]
    result = check(text(rows=rows), codes={"soort_wijziging": {"nieuwe huisgenoot": "HUISGENOOT_IN"}})
    assert rejections(result) == [(2, "soort_wijziging:code")]


def test_an_unknown_register_date_becomes_00000000(warehouse, tmp_path):
    deliveries = (
        alone().change("brp_persoon", "burgerservicenummer", bsn(1), geboortedatum="1900-01-01").write_all(tmp_path)
    )
    take_in(
        warehouse, deliveries, now=NOW, mappings={"brp_persoon": ColumnMapping(onbekend=("1900-01-01", "1001-01-01"))}
    )
    assert warehouse.con.sql("select geboortedatum from brp_persoon").fetchall() == [("00000000",)]


def test_a_column_that_is_absent_is_unknown_in_every_row(check):
    frame = pl.read_csv(text("vordering").encode(), separator=";", infer_schema=False).drop("reden")
    data = frame.write_csv(separator=";")
    assert "missing ['reden']" in refusal(check(data, "vordering"))
    assert rejections(check(data, "vordering", afwezig=("reden",))) == []


def test_an_own_name_beside_the_contracts_own_is_double(check):
    data = text().replace("\n", ";x\n").replace("status;x", "status;Toestand", 1)
    assert "double ['status']" in refusal(check(data, kolommen={"Toestand": "status"}))


def test_two_delivered_columns_for_one_by_their_own_names_are_double(check):
    data = text().replace("status", "Toestand").replace("\n", ";x\n").replace("Toestand;x", "Toestand;TOESTAND", 1)
    assert "double ['status']" in refusal(check(data, kolommen={"Toestand": "status"}))


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('[leveringen.meldingen]\nkolommen = {Nr = "melding_id"}', "no tables ['meldingen']; there are brp_persoon"),
        ('[leveringen.melding]\nkolommen = {Nr = "meldingnummer"}', "melding has no columns ['meldingnummer']"),
        ('[leveringen.melding]\nafwezig = ["datum_ontvangst"]', "can't do without ['datum_ontvangst']"),
        ('[leveringen.brp_persoon]\nafwezig = ["huisletter"]', "can't do without ['huisletter']"),
        ('[leveringen.melding]\nvast = {status = "ONTVANGEN"}\nafwezig = ["status"]', "more than once: ['status']"),
        ('[leveringen.melding]\nkolommen = {a = "status", b = "status"}', "more than once: ['status']"),
        ('[leveringen.brp_persoon]\nkolommen = {nationaliteit = "voornamen"}', "may never be read: ['nationaliteit']"),
        ('[leveringen.ib_samenloopsignaal]\nkolommen = {s = "signaal_sleutel"}', "has no columns ['signaal_sleutel']"),
        ('[leveringen.melding]\ncodes = {soort = {a = "KIND"}}', "melding has no columns ['soort']"),
        ("[leveringen.melding]\nkolomen = {}", "leveringen.melding.kolomen"),
        ("[leveringen.melding]\nkolommen = [1]", "leveringen.melding.kolommen"),
        ("[leveringen.melding", "no valid TOML"),
    ],
)  # fmt: skip
def test_a_fault_in_the_mapping_shows_when_the_settings_load(tmp_path, lines, says):
    (tmp_path / "tijdig.toml").write_text(lines)
    with pytest.raises(SettingsError) as caught:
        _ = Workplace(tmp_path).settings
    assert says in caught.value.what
    assert caught.value.where.endswith("tijdig.toml")
    assert caught.value.todo


def test_a_mapping_in_the_settings_reaches_the_intake(tmp_path):
    (tmp_path / "tijdig.toml").write_text(
        '[leveringen.melding]\nvast = {status = "VERWERKT"}\nkolommen = {Nr = "melding_id"}\n'
        'codes = {soort_wijziging = {huis = "VERHUIZING"}}\n'
    )
    mapping = Workplace(tmp_path).settings.leveringen["melding"]
    assert mapping == ColumnMapping(
        kolommen={"Nr": "melding_id"}, vast={"status": "VERWERKT"}, codes={"soort_wijziging": {"huis": "VERHUIZING"}}
    )
