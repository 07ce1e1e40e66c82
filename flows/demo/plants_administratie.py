"""R26, R29 and R31: what the dienst can see in its own administration."""

from datetime import date, timedelta

import polars as pl

from flows.demo.candidates import ALONE, COUPLE
from flows.demo.key import GEEN_ACTIE, NUDGE, TAAK, Dag, Expected
from flows.demo.numbers import years_before
from flows.demo.planting import NO_FINDING, plant
from flows.demo.town import Town

#: How long a melding may wait, as the settings have it.
_WAITS = 14


def _use(town: Town, dossiers: pl.DataFrame, norm: str, **columns: str) -> None:
    """Let the dienst use another norm than that of the law."""
    town.change("uitkering", dossiers["uitkering_id"], norm_anders=norm, **columns)


@plant(16, Dag.GISTEREN, who=ALONE)
def norm_nog_met_kostendeler(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The kostendeler is gone from the administration, the lower norm stayed."""
    _use(town, dossiers, "van_twee")
    return [Expected("R26", TAAK, dossiers, "ambtshalve_voorstel")]


@plant(8, Dag.VANDAAG, who=ALONE)
def norm_niet_aangepast(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The norm missed the last changes of the amounts."""
    _use(town, dossiers, "van_2025")
    return [Expected("R26", TAAK, dossiers, "ambtshalve_voorstel")]


@plant(20, Dag.GISTEREN, who=ALONE)
def norm_bij_besluit_verlaagd(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The norm is lower by a decision, and the administration says so."""
    _use(town, dossiers, "van_twee", verlaagd_bij_besluit="1")
    return [Expected("R26", GEEN_ACTIE, dossiers, "verlaagd_bij_besluit")]


@plant(4, Dag.GISTEREN, who=ALONE)
def norm_zonder_vakantietoeslag(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The same norm, written without holiday allowance."""
    _use(town, dossiers, "zonder_toeslag")
    return NO_FINDING


@plant(4, Dag.VANDAAG, who=ALONE)
def norm_klopt_door_bewoner(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A lower norm, and somebody who may share costs: whether it is too low nobody can say."""
    _use(town, dossiers, "van_twee")
    town.move_in(dossiers)
    return [Expected("R01", NUDGE, dossiers)]


def _spoke(town: Town, dossiers: pl.DataFrame, day: date | None) -> None:
    """The dienst last spoke with each about who lives there on ``day``."""
    town.change("uitkering", dossiers["uitkering_id"], laatste_contact_leefsituatie=day)


@plant(12, Dag.GISTEREN)
def lang_niet_gesproken(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Years without a word about who lives there."""
    _spoke(town, dossiers, years_before(town.dag, 3))
    return [Expected("R29", NUDGE, dossiers)]


def _a_year_ago_tomorrow(town: Town, dossiers: pl.DataFrame) -> None:
    _spoke(town, dossiers, years_before(town.dag + timedelta(days=1), 1))


@plant(8, Dag.VANDAAG, before=_a_year_ago_tomorrow)
def een_jaar_niet_gesproken(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Today it is a year."""
    return [Expected("R29", NUDGE, dossiers)]


@plant(4, Dag.VANDAAG, before=_a_year_ago_tomorrow)
def niet_gesproken_en_huisgenoot(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Something happened too: one letter, and it is about that."""
    town.move_in(dossiers)
    return [Expected("R01", NUDGE, dossiers), Expected("R29", GEEN_ACTIE, dossiers, "gebundeld")]


@plant(4, Dag.GISTEREN)
def niet_gesproken_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The inwoner has just told the dienst that somebody left."""
    _spoke(town, dossiers, years_before(town.dag, 2))
    town.report(dossiers, "HUISGENOOT_UIT", "ONTVANGEN")
    return [Expected("R29", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(4, Dag.GISTEREN)
def bijna_een_jaar_niet_gesproken(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A year on the day after the last night; of half of them nobody wrote down when it was."""
    _spoke(town, dossiers, years_before(town.dag + timedelta(days=3), 1))
    _spoke(town, dossiers[1::2], None)
    return NO_FINDING


@plant(12, Dag.GISTEREN)
def melding_wacht(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Reported a month ago, not dealt with."""
    town.report(dossiers, "INKOMEN", "IN_BEHANDELING", days_ago=30)
    return [Expected("R31", TAAK, dossiers, "achterstand")]


@plant(4, Dag.GISTEREN, who=COUPLE)
def melding_van_partner_wacht(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The same, reported by the partner."""
    town.report(dossiers.with_columns(nr="partner_nr"), "STUDIE", "ONTVANGEN", days_ago=20)
    return [Expected("R31", TAAK, dossiers, "achterstand")]


@plant(8, Dag.VANDAAG, before=lambda town, dossiers: town.report(
    dossiers, "INKOMEN", "ONTVANGEN", days_ago=_WAITS
))  # fmt: skip
def melding_gaat_wachten(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Today the dienst is a day too late."""
    return [Expected("R31", TAAK, dossiers, "achterstand")]


@plant(4, Dag.GISTEREN)
def melding_lang_geleden_verwerkt(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Dealt with, half of it by saying that nothing changes."""
    town.report(dossiers[::2], "HUISGENOOT_IN", "VERWERKT", days_ago=60)
    town.report(dossiers[1::2], "HUISGENOOT_IN", "AFGEWEZEN", days_ago=60)
    return NO_FINDING
