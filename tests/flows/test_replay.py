"""The history of RvIG's test persons, replayed over a year and half a year: nobody is harmed by what a night makes of it.

There is no public bijstand file of these persons: everybody who can have one gets an uitkering, and on the first day
the dienst knows what the BRP says.
"""

import json
from dataclasses import dataclass
from datetime import date
from io import StringIO

import polars as pl
import pytest
from rich.console import Console

from contracts.parameters import parameter
from flows.cli import run_night
from flows.replay import run_replay
from flows.replay_population import benefit_population
from flows.settings import Workplace
from matching.intake.gbav_residents import residents
from matching.intake.gbav_testset import read_testset
from tests.flows.test_replay_population import REAL

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.is_file(), reason="the test set of RvIG is not here"),
]
YEARS = [(date(2019, 1, 1), date(2020, 1, 1)), (date(2020, 1, 1), date(2020, 7, 1))]
#: More residents than an ordinary house has: the setting of massa_adres_boven.
CROWD = 12


@dataclass
class Replayed:
    """A night over the history: its signalen, the list of what changed, and the register it read, as it stood."""

    tot: date
    listed: pl.DataFrame
    signals: pl.DataFrame
    persoon: pl.DataFrame
    uitkering: pl.DataFrame

    def dossiers_of(self, persons: pl.DataFrame) -> set[str]:
        """The dossiers paid to one of these persons."""
        numbers = persons["burgerservicenummer"].drop_nulls().implode()
        either = [pl.col(f"{role}burgerservicenummer").is_in(numbers) for role in ("", "partner_")]
        return set(self.uitkering.filter(pl.any_horizontal(*either).fill_null(value=False))["dossiernummer"])

    def letters(self) -> pl.DataFrame:
        return self.signals.filter(advies="nudge")


@pytest.fixture(scope="module", params=YEARS, ids=["2019", "first half of 2020"])
def replayed(request, tmp_path_factory) -> Replayed:
    van, tot = request.param
    work = Workplace(tmp_path_factory.mktemp(f"replay-{tot}"))
    listed = run_replay(REAL, van, tot, work, Console(file=StringIO()), run_night)
    lines = (work.uitvoer(tot) / "signalen.jsonl").read_text(encoding="utf-8").splitlines()
    fields = ("regel", "dossiernummer", "advies", "reden")
    signals = pl.DataFrame(
        [{field: json.loads(line)[field] for field in fields} for line in lines],
        schema=dict.fromkeys(fields, pl.String),
    )
    testset = read_testset(REAL)
    age = parameter("kostendelersleeftijd").on(van).waarde
    tables = benefit_population(*testset.at(van), van, kostendelersleeftijd=age)
    return Replayed(tot, listed, signals, testset.at(tot)[0], tables["uitkering"])


def test_of_who_is_looked_into_there_is_nothing_but_the_help_task(replayed):
    looked_into = replayed.persoon.filter(
        pl.col("vp_aanduiding_in_onderzoek").str.starts_with("08"),
        pl.col("vp_datum_ingang_onderzoek") <= f"{replayed.tot:%Y%m%d}",
        pl.col("vp_datum_einde_onderzoek").is_null(),
    )
    dossiers = replayed.dossiers_of(looked_into)
    found = replayed.signals.filter(pl.col("dossiernummer").is_in(list(dossiers)))
    acted_on = found.filter(pl.col("advies") != "geen_actie").select("regel", "reden").unique()
    assert dossiers
    assert acted_on.rows() == [("R17", "hulp")]


def test_an_address_of_many_gets_no_letter(replayed):
    housed = residents(replayed.persoon).filter(pl.col("adres_sleutel").is_not_null())
    crowded = housed.filter(pl.len().over("adres_sleutel") > CROWD)
    dossiers = replayed.dossiers_of(crowded)
    assert dossiers
    assert not dossiers & set(replayed.letters()["dossiernummer"])


def test_no_letter_is_about_somebody_without_a_bsn_of_their_own(replayed):
    """Where nobody who came to an address has a number that is theirs alone, no letter tells of a housemate."""
    housed = residents(replayed.persoon).filter(pl.col("adres_sleutel").is_not_null())
    own = pl.col("burgerservicenummer").is_not_null() & pl.col("burgerservicenummer").is_unique()
    at_home = housed.with_columns(eigen=own).group_by("adres_sleutel").agg(eigen=pl.col("eigen").sum())
    homes = housed.join(at_home.filter(pl.col("eigen") <= 1), on="adres_sleutel")
    about_housemates = replayed.letters().filter(pl.col("regel").is_in(["R01", "R03"]))
    assert not replayed.dossiers_of(homes) & set(about_housemates["dossiernummer"])


def test_a_household_gets_one_letter(replayed):
    assert replayed.letters()["dossiernummer"].is_unique().all()


def test_each_change_has_a_finding_or_a_reason(replayed):
    assert replayed.listed["nacht"].null_count() == 0
    assert not replayed.listed["nacht"].str.contains("KIJK NA").any()
