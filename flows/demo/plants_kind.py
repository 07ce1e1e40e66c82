"""R07, R08 and R09: a child turns 18, comes or leaves."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from flows.demo.births import bear
from flows.demo.candidates import ALONE, CHILDLESS_COUPLE, ONE_CHILD, TWO_CHILDREN
from flows.demo.key import GEEN_ACTIE, NUDGE, TAAK, Dag, Expected
from flows.demo.numbers import years_before
from flows.demo.planting import NO_FINDING, plant
from flows.demo.quirks import deceased
from flows.demo.town import Town

_ADULT, _ADULT_DAYS = 18, 90
_TEN, _FOUR = 10, 4
#: Longer ago than any message stops for a death at the address, and less than a year.
_LONG_AFTER = 150
_GROWN_ALONE = ALONE & pl.col("leeftijd").is_between(30, 55)


def children(town: Town, dossiers: pl.DataFrame) -> pl.DataFrame:
    """The minor children the dienst knows in each dossier, the eldest first: ``uitkering_id`` and ``nr``."""
    known = town.medebewoner.filter(pl.col("rol") == "KIND").select("uitkering_id", "nr")
    rows = dossiers.select("uitkering_id").join(known, on="uitkering_id", maintain_order="left")
    born = rows.join(town.persoon.select("nr", "geboren"), on="nr", maintain_order="left")
    return born.sort("uitkering_id", "geboren", maintain_order=True).select("uitkering_id", "nr")


def turning_18(town: Town, persons: pl.Series, days: Sequence[date]) -> None:
    """Let each of ``persons`` turn 18 on one of ``days``, in turn; they have lived here from their birth."""
    born = [years_before(days[nth % len(days)], _ADULT) for nth in range(len(persons))]
    written = [f"{day:%Y%m%d}" for day in born]
    town.change("persoon", persons, geboren=born, geboortedatum=written, datum_aanvang_adreshouding=written)


def born_to(town: Town, dossiers: pl.DataFrame, born: date) -> pl.DataFrame:
    """A child born on a day to the belanghebbende of each dossier: ``uitkering_id`` and ``nr``."""
    parents = dossiers.select("uitkering_id", "nr").join(town.persoon, on="nr", maintain_order="left")
    return dossiers.select("uitkering_id", nr=bear(town, parents, [born] * len(parents), town.rng))


def _soon(town: Town) -> list[date]:
    return [town.dag + timedelta(days=days) for days in range(7, _ADULT_DAYS, 5)]


def _years_ago(town: Town, years: int) -> date:
    return years_before(town.dag - timedelta(days=100), years)


def _last_week(town: Town) -> date:
    return town.dag - timedelta(days=3)


def _only_child_soon(town: Town, dossiers: pl.DataFrame) -> None:
    turning_18(town, children(town, dossiers)["nr"], _soon(town))


@plant(10, Dag.GISTEREN, who=ONE_CHILD, before=_only_child_soon)
def kind_wordt_18(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The only child turns 18 within three months."""
    return [Expected("R07", NUDGE, dossiers)]


@plant(6, Dag.GISTEREN, who=CHILDLESS_COUPLE)
def kind_van_paar_wordt_18(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The same of a couple: of the leefvorm nothing changes, of what the child has much."""
    child = born_to(town, dossiers, _years_ago(town, _TEN))
    turning_18(town, child["nr"], _soon(town))
    town.know(child, "KIND")
    return [Expected("R07", NUDGE, dossiers)]


def _only_child_after_today(town: Town, dossiers: pl.DataFrame) -> None:
    turning_18(town, children(town, dossiers)["nr"], [town.dag + timedelta(days=1 + _ADULT_DAYS)])


@plant(4, Dag.VANDAAG, who=ONE_CHILD, before=_only_child_after_today)
def kind_wordt_18_in_zicht(_: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """From this night on the birthday is near enough."""
    return [Expected("R07", NUDGE, dossiers)]


@plant(4, Dag.GISTEREN, who=ONE_CHILD)
def kind_werd_18(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The birthday went by and the dienst still has one parent with a child: no letter about what is to come."""
    turning_18(town, children(town, dossiers)["nr"], [town.dag - timedelta(days=40)])
    return [Expected("R07", TAAK, dossiers, "verjaardag_geweest")]


@plant(20, Dag.GISTEREN, who=TWO_CHILDREN)
def kind_wordt_18_met_jonger_kind(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A younger child stays, so that leefvorm and vermogensgrens stay too."""
    both = children(town, dossiers).group_by("uitkering_id", maintain_order=True)
    turning_18(town, both.first()["nr"], _soon(town))
    born = _years_ago(town, _TEN)
    town.change("persoon", both.last()["nr"], geboren=born, geboortedatum=f"{born:%Y%m%d}")
    return [Expected("R07", GEEN_ACTIE, dossiers, "ander_kind")]


@plant(4, Dag.GISTEREN, who=ONE_CHILD, before=_only_child_soon)
def kind_wordt_18_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst, which has not dealt with it yet."""
    town.report(dossiers, "KIND", "IN_BEHANDELING")
    return [Expected("R07", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(4, Dag.GISTEREN, who=ONE_CHILD)
def kind_wordt_later_18(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """One day too far away for the last of the nights."""
    turning_18(town, children(town, dossiers)["nr"], [town.dag + timedelta(days=3 + _ADULT_DAYS)])
    return NO_FINDING


@plant(4, Dag.GISTEREN, who=CHILDLESS_COUPLE)
def kind_van_paar_werd_18(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A couple with a child of 18 has the norm and the vermogensgrens it had."""
    child = born_to(town, dossiers, _years_ago(town, _TEN))
    turning_18(town, child["nr"], [town.dag - timedelta(days=40)])
    town.know(child, "KIND")
    return NO_FINDING


@plant(16, Dag.VANDAAG, who=_GROWN_ALONE)
def kind_geboren(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A first child."""
    born_to(town, dossiers, _last_week(town))
    return [Expected("R08", NUDGE, dossiers)]


def lives_elsewhere(town: Town, dossiers: pl.DataFrame) -> None:
    """Each belanghebbende has a child of ten that has lived with neither parent for over a year."""
    child = born_to(town, dossiers, _years_ago(town, _TEN))
    town.move(child["nr"], town.empty_homes(len(child)), datum_aanvang_adreshouding=f"{town.dag.year - 2}0401")


@plant(6, Dag.VANDAAG, who=_GROWN_ALONE, before=lives_elsewhere)
def kind_komt_inwonen(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A child of ten who lived with somebody else."""
    child = town.people(pl.col("ouder1_nr").is_in(dossiers["nr"].implode())).select("ouder1_nr", kind="nr")
    homes = dossiers.join(child, left_on="nr", right_on="ouder1_nr", maintain_order="left")
    town.move(homes["kind"], homes["woning"])
    return [Expected("R08", NUDGE, dossiers)]


@plant(4, Dag.GISTEREN, who=_GROWN_ALONE, before=lives_elsewhere)
def kind_woont_elders(_: Town, __: pl.DataFrame) -> list[Expected]:
    """A child that lives with somebody else, as the dienst has it."""
    return NO_FINDING


@plant(6, Dag.GISTEREN, who=_GROWN_ALONE)
def kind_erbij_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst of the child."""
    born_to(town, dossiers, _last_week(town))
    town.report(dossiers, "KIND", "ONTVANGEN")
    return [Expected("R08", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(4, Dag.VANDAAG, who=_GROWN_ALONE, before=lambda town, dossiers: town.wish(dossiers, geheim=True))
def kind_op_geheim_adres(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A secret address: a consulent calls."""
    born_to(town, dossiers, _last_week(town))
    return [Expected("R08", TAAK, dossiers, "geheim")]


@plant(8, Dag.VANDAAG, who=_GROWN_ALONE)
def kind_zonder_nummer(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The lists of parent and child name each other without a number: whose child it is a human says (O10)."""
    town.change("persoon", born_to(town, dossiers, _years_ago(town, _FOUR))["nr"], nummerloos=True)
    return [Expected("R08", TAAK, dossiers, "koppeling_onzeker")]


def _child_that_died(town: Town, dossiers: pl.DataFrame) -> None:
    child = born_to(town, dossiers, _years_ago(town, _FOUR))
    town.change("persoon", child["nr"], **deceased(f"{town.dag - timedelta(days=_LONG_AFTER):%Y%m%d}"))


@plant(20, Dag.VANDAAG, who=_GROWN_ALONE, before=_child_that_died)
def kind_geboren_na_overlijden(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A child is born to who lost one this year: never a letter (O09)."""
    born_to(town, dossiers, _last_week(town))
    return [Expected("R08", TAAK, dossiers, "rouw")]


@plant(6, Dag.GISTEREN, who=ONE_CHILD)
def volgend_kind(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A second child changes nothing for the dienst."""
    born_to(town, dossiers, _last_week(town))
    return NO_FINDING


@plant(6, Dag.VANDAAG, who=CHILDLESS_COUPLE)
def kind_van_paar(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Nor does a child of a couple of 21 or older."""
    born_to(town, dossiers, _last_week(town))
    return NO_FINDING


@plant(4, Dag.GISTEREN, who=_GROWN_ALONE)
def kind_soms_hier(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst knows the child, and that it stays here now and then."""
    town.know(born_to(town, dossiers, _years_ago(town, _TEN)), "TIJDELIJK_VERBLIJF")
    return NO_FINDING


def _leave(town: Town, dossiers: pl.DataFrame) -> None:
    leaving = children(town, dossiers)["nr"]
    town.move(leaving, town.empty_homes(len(leaving)))


@plant(14, Dag.VANDAAG, who=ONE_CHILD)
def kind_vertrokken(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The only child went to live elsewhere: why, nobody knows."""
    _leave(town, dossiers)
    return [Expected("R09", TAAK, dossiers)]


@plant(4, Dag.VANDAAG, who=TWO_CHILDREN)
def kinderen_vertrokken(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Both children left: one task."""
    _leave(town, dossiers)
    return [Expected("R09", TAAK, dossiers)]


@plant(4, Dag.VANDAAG, who=ONE_CHILD)
def kind_naar_buitenland(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The only child left the country."""
    town.emigrate(children(town, dossiers)["nr"], "5010")
    return [Expected("R09", TAAK, dossiers)]


@plant(4, Dag.GISTEREN, who=ONE_CHILD)
def kind_weg_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst that the child left."""
    _leave(town, dossiers)
    town.report(dossiers, "KIND", "ONTVANGEN")
    return [Expected("R09", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(3, Dag.VANDAAG, who=ONE_CHILD)
def kind_overleden(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The only child died: everything stops."""
    town.die(children(town, dossiers)["nr"])
    return [Expected("R09", GEEN_ACTIE, dossiers, "overlijden")]


@plant(4, Dag.GISTEREN, who=ONE_CHILD)
def kind_dit_jaar_overleden(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The only child died some months ago: what costs the parent nothing waits."""
    day = f"{town.dag - timedelta(days=_LONG_AFTER):%Y%m%d}"
    town.change("persoon", children(town, dossiers)["nr"], **deceased(day))
    return [Expected("R09", GEEN_ACTIE, dossiers, "rouw")]


@plant(6, Dag.VANDAAG, who=TWO_CHILDREN)
def een_van_twee_vertrokken(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """One child is still there."""
    eldest = children(town, dossiers).group_by("uitkering_id", maintain_order=True).first()["nr"]
    town.move(eldest, town.empty_homes(len(eldest)))
    return NO_FINDING
