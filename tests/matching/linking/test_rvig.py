"""Relations of RvIG's test persons, on 1 January 2020, looked for among the residents of the address of whose they are.

About two in five relations have no burgerservicenummer. Of the others it is hidden, and says afterwards who was right.
"""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from matching.intake.gbav_residents import residents
from matching.intake.gbav_testset import read_testset
from matching.linking import Weights
from matching.linking.linker import link

REAL = Path(__file__).parents[3] / "../shared/data/brp/20220502_Testset_persoonslijsten_proefomgeving_GBA-V.csv"
pytestmark = pytest.mark.skipif(not REAL.is_file(), reason="the GBA-V test set is not here")
IDS = pl.col("id").cast(pl.Int64)


@pytest.fixture(scope="module")
def tables():
    """The register with the address key of residents, and relations with whose they are; both with ``id``."""
    persoon, relatie = read_testset(REAL).at(date(2020, 1, 1))
    homes = residents(persoon).select("anummer", "adres_sleutel")
    register = persoon.sort("anummer").with_row_index("id").with_columns(IDS).join(homes, on="anummer", how="left")
    whose = register.select("anummer", eigen="id", adres="adres_sleutel")
    rows = relatie.with_row_index("id").with_columns(IDS).join(whose, on="anummer").drop("burgerservicenummer")
    return register, rows.rename(
        {c: c.removeprefix("gerelateerde_") for c in rows.columns if "rde_" in c and "anu" not in c}
    )


@pytest.fixture(scope="module")
def pairs(tables):
    """Each relation beside everybody else who lives where the person lives whose relation it is."""
    register, rows = tables
    homes = register.filter(pl.col("adres_sleutel").is_not_null()).select(register_id="id", adres="adres_sleutel")
    return rows.join(homes, on="adres").filter(pl.col("eigen") != pl.col("register_id")).select("id", "register_id")


def linked(tables, pairs, rows):
    """Relations that have somebody at the address, without their number, and what became of them."""
    asked = rows.join(pairs, on="id", how="semi").with_columns(burgerservicenummer=pl.lit(None, pl.String))
    return link(tables[0], asked, Weights.load(), pairs=pairs)


def test_every_relation_without_a_number_is_linked_asked_about_or_left_for_a_reason(tables, pairs):
    register, rows = tables
    nameless = rows.filter(pl.col("burgerservicenummer").is_null())
    links = linked(tables, pairs, nameless)
    assert links.height == nameless.join(pairs, on="id", how="semi").height == 447
    assert "exact" not in links["band"]
    beside = (
        links.join(nameless, on="id").join(pairs, on="id", suffix="_beside")
        .join(register, left_on="register_id_beside", right_on="id", suffix="_person")
    )  # fmt: skip
    same_name = pl.col("geslachtsnaam") == pl.col("geslachtsnaam_person")
    same_date = pl.col("geboortedatum") == pl.col("geboortedatum_person")
    whole = ~pl.col("geboortedatum").str.ends_with("00")
    # Who shares name and birth date with somebody at the address is not left; who shares no date is not linked.
    assert set(beside.filter(same_name & same_date & whole)["band"]) == {"automatisch"}
    assert beside.filter(pl.col("band") == "geen", same_date).is_empty()
    taken = beside.filter(pl.col("band") == "automatisch", pl.col("register_id") == pl.col("register_id_beside"))
    assert taken.filter(~same_date).is_empty()


def test_where_the_number_is_hidden_every_automatic_link_is_to_its_owner(tables, pairs):
    register, rows = tables
    alone = register.filter(pl.col("burgerservicenummer").is_not_null(), pl.len().over("burgerservicenummer") == 1)
    owners = alone.select("burgerservicenummer", owner="id", thuis="adres_sleutel")
    known = rows.join(owners, on="burgerservicenummer").filter(pl.col("adres") == pl.col("thuis"))
    links = linked(tables, pairs, known).join(known.select("id", "owner"), on="id")
    automatic = links.filter(band="automatisch")
    assert links.height > 450
    assert automatic.filter(pl.col("register_id") != pl.col("owner")).is_empty()
    assert automatic.height / links.height >= 0.92
    assert links.filter(band="geen").height / links.height <= 1 - 0.975


def test_a_number_of_two_persons_links_nobody_by_itself(tables):
    register, _ = tables
    shared = register.filter(pl.col("burgerservicenummer").is_not_null(), pl.len().over("burgerservicenummer") == 2)
    rows = shared.select("burgerservicenummer").unique().sort("burgerservicenummer").with_row_index("id")
    assert rows.height == 5
    assert set(link(register, rows, Weights.load())["band"]) == {"geen"}
