"""R10, R11 and R12: somebody marries, leaves, divorces, or comes to live with who they had a tie with."""

from datetime import date, timedelta

import polars as pl

from flows.demo.births import bear
from flows.demo.candidates import ALONE, CHILDLESS_COUPLE, COUPLE
from flows.demo.key import GEEN_ACTIE, NUDGE, TAAK, Dag, Expected
from flows.demo.numbers import years_before
from flows.demo.planting import NO_FINDING, plant
from flows.demo.town import Town

_ADULT_CHILD = 20
_OLD_ENOUGH = ALONE & pl.col("leeftijd").is_between(40, 64)
_LONG = 400
#: With a partner more than the residents of any household.
_CROWD = 12


def _others(town: Town, dossiers: pl.DataFrame) -> pl.Series:
    """Somebody for each belanghebbende, who lives elsewhere."""
    return pl.Series(town.newcomers(len(dossiers)), dtype=pl.Int64)


def _before_the_uitkering(dossiers: pl.DataFrame, days: int) -> pl.Series:
    return dossiers["datum_aanvang_uitkering"] - timedelta(days=days)


def _join(town: Town, dossiers: pl.DataFrame, others: pl.Series) -> pl.DataFrame:
    """Let each of ``others`` come to live with the belanghebbende: ``uitkering_id`` and ``nr`` of the newcomer."""
    town.move(others, dossiers["woning"])
    return dossiers.select("uitkering_id", nr=others)


@plant(14, Dag.VANDAAG, who=ALONE)
def getrouwd(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende married somebody who lives elsewhere."""
    town.marry(dossiers["nr"], _others(town, dossiers), town.dag - timedelta(days=4))
    return [Expected("R10", TAAK, dossiers)]


@plant(20, Dag.VANDAAG, who=ALONE)
def getrouwd_en_samen(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """They live together: a spouse is no kostendeler, so that one call is about it and no letter."""
    others = _others(town, dossiers)
    town.marry(dossiers["nr"], others, town.dag - timedelta(days=4))
    _join(town, dossiers, others)
    return [Expected("R10", TAAK, dossiers), Expected("R01", GEEN_ACTIE, dossiers, "echtgenoot")]


@plant(4, Dag.GISTEREN, who=ALONE)
def getrouwd_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst of the marriage."""
    town.marry(dossiers["nr"], _others(town, dossiers), town.dag - timedelta(days=10))
    town.report(dossiers, "PARTNER", "ONTVANGEN")
    return [Expected("R10", GEEN_ACTIE, dossiers, "al_gemeld")]


def _married_before(town: Town, dossiers: pl.DataFrame) -> None:
    town.marry(dossiers["nr"], _others(town, dossiers), _before_the_uitkering(dossiers, _LONG))


@plant(6, Dag.GISTEREN, who=ALONE, before=_married_before)
def al_getrouwd_en_apart(_: Town, __: pl.DataFrame) -> list[Expected]:
    """Who lived apart from a spouse when the uitkering began: the dienst looked at that."""
    return NO_FINDING


@plant(4, Dag.VANDAAG, who=ALONE, before=_married_before)
def weer_bij_elkaar(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The same two, at one address now."""
    partner = dossiers.select("nr").join(town.persoon.select("nr", "partner_nr"), on="nr", maintain_order="left")
    _join(town, dossiers, partner["partner_nr"])
    return [Expected("R10", TAAK, dossiers), Expected("R01", GEEN_ACTIE, dossiers, "echtgenoot")]


@plant(14, Dag.VANDAAG, who=COUPLE)
def partner_vertrokken(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The partner went to live elsewhere in town."""
    town.move(dossiers["partner_nr"], town.empty_homes(len(dossiers)))
    return [Expected("R11", TAAK, dossiers)]


@plant(4, Dag.VANDAAG, who=COUPLE)
def partner_naar_geheim_adres(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Where to is a secret: perhaps it was not safe (O06)."""
    town.move(dossiers["partner_nr"], town.empty_homes(len(dossiers)), indicatie_geheim="7")
    return [Expected("R11", TAAK, dossiers)]


@plant(4, Dag.VANDAAG, who=COUPLE)
def partner_naar_buitenland(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The partner left the country."""
    town.emigrate(dossiers["partner_nr"], "5010")
    return [Expected("R11", TAAK, dossiers)]


def _divorce(town: Town, dossiers: pl.DataFrame, until: date | pl.Series) -> None:
    town.divorce(dossiers["nr"], dossiers["partner_nr"], _before_the_uitkering(dossiers, _LONG), until)


@plant(6, Dag.VANDAAG, who=COUPLE)
def gescheiden_en_samen(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The marriage ended and both still live there."""
    town.change("uitkering", dossiers["uitkering_id"], leefvorm="08")
    _divorce(town, dossiers, town.dag - timedelta(days=4))
    return [Expected("R11", TAAK, dossiers)]


@plant(4, Dag.VANDAAG, who=COUPLE)
def misschien_gescheiden(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """A marriage ended, with somebody who is named without a number: is it the partner?"""
    town.change("uitkering", dossiers["uitkering_id"], leefvorm="08")
    _divorce(town, dossiers, town.dag - timedelta(days=4))
    town.change("persoon", pl.concat([dossiers["nr"], dossiers["partner_nr"]]), nummerloos=True)
    return [Expected("R11", TAAK, dossiers, "koppeling_onzeker")]


@plant(4, Dag.GISTEREN, who=CHILDLESS_COUPLE)
def gescheiden_voor_de_uitkering(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """They were divorced already when they asked for bijstand together."""
    town.change("uitkering", dossiers["uitkering_id"], leefvorm="04")
    _divorce(town, dossiers, _before_the_uitkering(dossiers, 30))
    return NO_FINDING


@plant(20, Dag.GISTEREN, who=COUPLE)
def partner_in_opvang(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The partner is registered where many are, as in a shelter: perhaps for a while."""
    (home,) = town.empty_homes(1)
    residents = [*town.newcomers(_CROWD), *dossiers["partner_nr"]]
    town.move(residents, [home] * len(residents))
    return [Expected("R11", GEEN_ACTIE, dossiers, "tijdelijk_elders")]


@plant(4, Dag.GISTEREN, who=COUPLE)
def partner_weg_al_gemeld(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende told the dienst that the partner left."""
    town.move(dossiers["partner_nr"], town.empty_homes(len(dossiers)))
    town.report(dossiers, "PARTNER", "IN_BEHANDELING")
    return [Expected("R11", GEEN_ACTIE, dossiers, "al_gemeld")]


@plant(4, Dag.VANDAAG, who=COUPLE)
def belanghebbende_vertrokken(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The belanghebbende left and the partner stayed."""
    town.move(dossiers["nr"], town.empty_homes(len(dossiers)))
    return [Expected("R14", NUDGE, dossiers), Expected("R11", TAAK, dossiers)]


def _were_married(town: Town, dossiers: pl.DataFrame) -> None:
    since, until = _before_the_uitkering(dossiers, 2 * _LONG), _before_the_uitkering(dossiers, _LONG)
    town.divorce(dossiers["nr"], _others(town, dossiers), since, until)


def _exes(town: Town, dossiers: pl.DataFrame) -> pl.Series:
    return dossiers.select("nr").join(town.persoon.select("nr", "ex_nr"), on="nr", maintain_order="left")["ex_nr"]


@plant(12, Dag.VANDAAG, who=ALONE, before=_were_married)
def ex_komt_inwonen(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """Who they were married to registers there; the letter knows no more than that there is somebody."""
    _join(town, dossiers, _exes(town, dossiers))
    return [Expected("R12", TAAK, dossiers), Expected("R01", NUDGE, dossiers)]


def _child_of_two(town: Town, dossiers: pl.DataFrame) -> None:
    """A grown-up child, who lives alone, of the belanghebbende and somebody else."""
    parents = dossiers.select("nr").join(town.persoon, on="nr", maintain_order="left")
    born = years_before(town.dag - timedelta(days=100), _ADULT_CHILD)
    child = bear(town, parents.with_columns(partner_nr=_others(town, dossiers)), [born] * len(parents), town.rng)
    town.move(child, town.empty_homes(len(child)), nummerloos=False)


@plant(10, Dag.VANDAAG, who=_OLD_ENOUGH, before=_child_of_two)
def andere_ouder_komt_inwonen(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The other parent of a child registers there."""
    child = town.people(pl.col("ouder1_nr").is_in(dossiers["nr"].implode())).select("ouder1_nr", "ouder2_nr")
    both = dossiers.join(child, left_on="nr", right_on="ouder1_nr", maintain_order="left")
    _join(town, dossiers, both["ouder2_nr"])
    return [Expected("R12", TAAK, dossiers), Expected("R01", NUDGE, dossiers)]


def _nameless_ex(town: Town, dossiers: pl.DataFrame) -> None:
    _were_married(town, dossiers)
    town.change("persoon", pl.concat([dossiers["nr"], _exes(town, dossiers)]), nummerloos=True)


@plant(4, Dag.VANDAAG, who=ALONE, before=_nameless_ex)
def misschien_de_ex(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The BRP names the former partner without a number; the dienst counts the newcomer as kostendeler."""
    town.know(_join(town, dossiers, _exes(town, dossiers)), "KOSTENDELER")
    town.change("uitkering", dossiers["uitkering_id"], aantal_kostendelers=2)
    return [Expected("R12", TAAK, dossiers, "koppeling_onzeker")]


@plant(20, Dag.GISTEREN, who=ALONE, before=_were_married)
def ex_huurt_kamer(town: Town, dossiers: pl.DataFrame) -> list[Expected]:
    """The dienst knows that they live there with a contract."""
    town.know(_join(town, dossiers, _exes(town, dossiers)), "COMMERCIELE_RELATIE")
    return [Expected("R12", GEEN_ACTIE, dossiers, "al_bekeken")]
