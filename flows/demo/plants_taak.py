"""R01 where a letter would be wrong: a task for the consulent instead, with the reden."""

from datetime import timedelta

import polars as pl

from flows.demo.candidates import ALONE
from flows.demo.key import TAAK, Dag, Expected
from flows.demo.planting import plant
from flows.demo.representatives import UNKNOWN
from flows.demo.town import Town


def _secret_in_brp(town: Town, dossiers: pl.DataFrame) -> None:
    town.change("persoon", dossiers["nr"], indicatie_geheim=[str(1 + nth % 7) for nth in range(len(dossiers))])


@plant(10, Dag.VANDAAG, before=_secret_in_brp)
def geheim_in_brp(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A secret address in the BRP: never on paper."""
    town.move_in(dossiers)
    return [Expected("R01", TAAK, dossiers, "geheim")]


@plant(4, Dag.VANDAAG, before=lambda town, dossiers: town.wish(dossiers, geheim=True))
def geheim_bij_dienst(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A secret address that only the dienst knows of."""
    town.move_in(dossiers)
    return [Expected("R01", TAAK, dossiers, "geheim")]


@plant(10, Dag.VANDAAG)
def datum_deels_bekend(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The register knows the year of moving in only."""
    town.move_in(dossiers, datum_aanvang_adreshouding=f"{town.dag.year}0000")
    return [Expected("R01", TAAK, dossiers, "datum_onzeker")]


@plant(10, Dag.VANDAAG)
def datum_onbekend(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The register does not know since when."""
    town.move_in(dossiers, datum_aanvang_adreshouding="00000000")
    return [Expected("R01", TAAK, dossiers, "datum_onzeker")]


def _somebody_without_bsn(town: Town, dossiers: pl.DataFrame) -> None:
    nobody = dossiers.select("uitkering_id", nr=pl.lit(None, pl.Int64))
    town.know(nobody, "TIJDELIJK_VERBLIJF", datum_aanvang=town.dag - timedelta(days=90))


@plant(8, Dag.VANDAAG, before=_somebody_without_bsn)
def koppeling_onzeker(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst knows a housemate by name only: perhaps it is this one."""
    town.move_in(dossiers)
    return [Expected("R01", TAAK, dossiers, "koppeling_onzeker")]


@plant(8, Dag.VANDAAG)
def bekend_op_naam(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst knows this very person, without a number: names alone prove nothing, a human says so."""
    town.know(town.move_in(dossiers), "TIJDELIJK_VERBLIJF", zonder_bsn=True)
    return [Expected("R01", TAAK, dossiers, "koppeling_onzeker")]


@plant(8, Dag.VANDAAG)
def bewoner_zonder_bsn(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Without a BSN nobody can tell whether the dienst knows this person: a question for a human (O10)."""
    town.move_in(dossiers, burgerservicenummer=None)
    return [Expected("R01", TAAK, dossiers, "koppeling_onzeker")]


@plant(20, Dag.VANDAAG, before=lambda town, dossiers: town.wish(dossiers, bewindvoerder=UNKNOWN))
def vertegenwoordiger(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Somebody acts for the belanghebbende of whom the dienst knows no address."""
    town.move_in(dossiers)
    return [Expected("R01", TAAK, dossiers, "vertegenwoordiger")]


def _take_the_name(town: Town, dossiers: pl.DataFrame) -> None:
    town.change("persoon", dossiers["nr"], geslachtsnaam=".", voorvoegsel=None)


@plant(20, Dag.VANDAAG, who=ALONE, before=_take_the_name)
def geen_brief_mogelijk(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Without a surname there is nobody to write to."""
    town.move_in(dossiers)
    return [Expected("R01", TAAK, dossiers, "geen_brief_mogelijk")]
