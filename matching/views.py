"""The fact views: one SQL file each; the columns that rules may read stand in ``matching/facts``."""

import importlib
import pkgutil
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from typing import Any

import dataframely as dy
import polars as pl

from contracts.decision import Decision
from contracts.errors import RuleError
from contracts.parameters import DatedValue, Used
from contracts.tables import Bron
from matching import facts
from matching.facts.dossier_facts import DossierFacts
from matching.identify import Sides, identify, keep_decisions, read_sides
from matching.norm.ages import last_aow_birth
from matching.norm.table import SITUATION, Norms, norm_table, norms_since
from store.warehouse import Warehouse

#: The order in which views are made: each reads those before it. Between the two parts persons are linked.
NAMED = ("persoon", "instelling", "dossier", "koppel_persoon", "koppel_rij", "koppel_paar", "koppel_besluit")
STEPS = (
    "koppeling", "relatie", "samenloop", "studie", "studiefinanciering", "student", "huishouden", "belanghebbende",
    "kind", "partner", "aanwijspunt", "opleiding", "inkomen", "verdienste", "situatie", "signaal_ib",
    "omstandigheid",
)  # fmt: skip
#: What reads the norms that are worked out for each situation.
WITH_NORMS = ("administratie", "achterstand")


def _facts() -> tuple[dict[str, type[dy.Schema]], dict[str, tuple[Bron, ...]]]:
    """The schema and the sources of each view that rules read; a module of ``matching/facts`` holds one."""
    schemas: dict[str, type[dy.Schema]] = {}
    sources: dict[str, tuple[Bron, ...]] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(facts.__path__)):
        module = importlib.import_module(f"{facts.__name__}.{name}")
        if hasattr(module, "BRONNEN"):
            schemas[name] = next(
                value for value in vars(module).values()
                if isinstance(value, type) and issubclass(value, DossierFacts) and value is not DossierFacts
            )  # fmt: skip
            sources[name] = module.BRONNEN
    return schemas, sources


#: What a rule may read of each view, and the sources that decide what the view says.
VIEWS, SOURCES = _facts()


@dataclass(frozen=True)
class ViewParameters:
    """What the views need to know besides the deliveries."""

    peildatum: date
    kostendelersleeftijd: int
    massa_adres_boven: int
    werkgebied: tuple[str, ...]
    sleutel: str
    """The secret that turns an A-nummer into a person key; the same every night, or every finding is new."""
    instellingen: tuple[tuple[str, str, str, str], ...] = ()
    """Addresses of institutions: postcode, huisnummer (empty = the whole postcode), huisletter, toevoeging."""
    overdracht: tuple[tuple[str, str], ...] = ()
    """Gemeentecodes of others that take part in the warm transfer, with whom to call there."""
    zomergat_dagen: int = 95
    """The longest gap over 1 August that is no stop of a study."""
    vervolg_dagen: int = 62
    """The longest gap before a next course that is no stop of a study."""
    studie_vooraf_dagen: int = 56
    """How long before its first day a coming study is told of."""
    duo_dagen: int = 45
    """How long after the last delivery DUO's word that somebody studies is certain."""
    studiefinanciering_leeftijd: int = 30
    """Who is younger on the first day of a study may have studiefinanciering for it."""
    schoolverlater_maanden: int = 6
    """How long after a study the uitkering of who left school may be lower."""
    opgave_dagen: int = 95
    """How long after the last opgave an income without an end may still run."""
    kostendeler_vooraf_dagen: int = 56
    """How long before the birthday a coming kostendeler is told of."""
    leeftijd_21_vooraf_dagen: int = 60
    """The same for the 21st birthday of a belanghebbende."""
    leeftijd_27_vooraf_dagen: int = 60
    """The same for the 27th."""
    leeftijd_27_na_dagen: int = 182
    """How long after the 27th birthday it is still told of."""
    aow_vooraf_maanden: int = 6
    """The same for the AOW age."""
    kind_18_vooraf_dagen: int = 90
    """The same for the 18th birthday of a child."""
    rouw_dagen: int = 365
    """How long after a child died, or was born dead, no letter about a child goes out."""
    inkomen_drempel_cent: int = 5_000
    """A difference in income of no more than this a month is none."""
    vrijlating_procent: int | None = None
    """The largest part of loon that may be left out; None = not known on this day."""
    overlijden_dagen: int = 90
    """How long after a death at the address nothing is told to the household."""
    terugkijkgrens_dagen: int = 1826
    """What happened longer ago is let rest, unless it is to the advantage of the inwoner."""
    contact_maanden: int = 12
    """So long after the last talk about who lives there the inwoner is asked whether it still holds."""
    achterstand_dagen: int = 14
    """So long a melding may wait before the dienst hears of it."""
    indexering_dagen: int = 45
    """So long after new norms the dienst may still have the last ones."""
    aow_leeftijd: tuple[DatedValue, ...] = ()
    """The AOW age in months, by date of birth."""
    normen_onder_21: tuple[int, ...] = ()
    """The norms, in cents, of who is under 21; of a couple both."""
    normen_een_onder_21: tuple[int, ...] = ()
    """The norms, in cents, of a couple of which one is under 21."""
    normen_inrichting: tuple[int, ...] = ()
    """The norms, in cents, of who stays in an inrichting; of a couple one or both."""
    normen_vol: tuple[int, ...] = ()
    """Every norm, in cents, that no decision of the dienst has lowered, but for a kostendelersnorm."""
    vermogensgrenzen: Mapping[str, tuple[DatedValue, ...]] = field(default_factory=dict)
    """The vermogensgrenzen in cents: of an alleenstaande, an alleenstaande_ouder and gehuwden."""
    vermogen_hoogstens_maanden: int = 15
    """How many months after 31 December its balances still say something."""
    koppelgewichten: str | None = None
    """The version of the weights by which persons without a sound key are linked; None = this release's."""
    besluiten: tuple[Decision, ...] = ()
    """What humans decided about such links."""
    waarden: Mapping[str, tuple[Used, ...]] = field(default_factory=dict)
    """The dated values behind those of these parameters that are such values, for receipts."""


def build_views(
    warehouse: Warehouse,
    parameters: ViewParameters,
    *,
    stand: int | None = None,
    views: Collection[str] | None = None,
) -> Norms:
    """Make every fact view as temporary tables of this warehouse connection.

    Args:
        warehouse: where the deliveries are.
        parameters: peildatum, thresholds and work area.
        stand: the number of the delivery up to which the warehouse is read; default all.
        views: only these, and what they read; default all.

    Returns:
        The norms that were worked out for them.
    """
    params = _params(warehouse, parameters, stand)
    sides = _name(warehouse, parameters, params)
    found = identify(sides, parameters.koppelgewichten)
    warehouse.keep("koppel_gevonden", found.links)
    warehouse.keep("koppel_mogelijk", found.near)
    wanted = _with_what_they_read(views)
    for name in (name for name in STEPS if name in wanted):
        warehouse.materialise(name, view_sql(name), params)
    norms = Norms(parameters.peildatum)
    if "situatie" in wanted:
        situations = warehouse.read(f"select uitkering_id, lezing, {', '.join(SITUATION)} from situatie")
        warehouse.keep("norm", norm_table(situations, norms))
    for name in (name for name in WITH_NORMS if name in wanted):
        warehouse.materialise(name, view_sql(name), params)
    return norms


def _with_what_they_read(views: Collection[str] | None) -> set[str]:
    """These views and every view before them that they read; all of them without a choice."""
    every = (*STEPS, *WITH_NORMS)
    if views is None:
        return set(every)
    wanted = set(views)
    for name in reversed(every):
        if name in wanted:
            read = set(re.findall(r"\b(?:from|join)\s+(\w+)", view_sql(name)))
            wanted |= read | ({"situatie"} if "norm" in read else set())
    return wanted


def keep_subjects(warehouse: Warehouse, parameters: ViewParameters, *, stand: int | None = None) -> None:
    """Make ``betrokkene``, everybody about whom these views say something, beside them."""
    warehouse.materialise("betrokkene", view_sql("betrokkene"), _params(warehouse, parameters, stand))


def sides_to_link(warehouse: Warehouse, parameters: ViewParameters) -> Sides:
    """Who would be linked to whom by ``build_views``, without doing it."""
    return _name(warehouse, parameters, _params(warehouse, parameters, None))


def _name(warehouse: Warehouse, parameters: ViewParameters, params: Mapping[str, Any]) -> Sides:
    keep_decisions(warehouse, parameters.besluiten)
    for name in NAMED:
        warehouse.materialise(name, view_sql(name), params)
    return read_sides(warehouse)


def _params(warehouse: Warehouse, parameters: ViewParameters, stand: int | None) -> dict[str, Any]:
    grenzen = [(vorm, value) for vorm, values in parameters.vermogensgrenzen.items() for value in values]
    return {
        "stand": warehouse.stand() if stand is None else stand,
        "peildatum": parameters.peildatum,
        "kostendelersleeftijd": parameters.kostendelersleeftijd,
        "massa_adres_boven": parameters.massa_adres_boven,
        "werkgebied": list(parameters.werkgebied),
        "sleutel": parameters.sleutel,
        "overdracht_codes": [code for code, _ in parameters.overdracht],
        "overdracht_naar": [whom for _, whom in parameters.overdracht],
        "zomergat_dagen": parameters.zomergat_dagen,
        "vervolg_dagen": parameters.vervolg_dagen,
        "studie_vooraf_dagen": parameters.studie_vooraf_dagen,
        "duo_dagen": parameters.duo_dagen,
        "studiefinanciering_leeftijd": parameters.studiefinanciering_leeftijd,
        "schoolverlater_maanden": parameters.schoolverlater_maanden,
        "opgave_dagen": parameters.opgave_dagen,
        "kostendeler_vooraf_dagen": parameters.kostendeler_vooraf_dagen,
        "leeftijd_21_vooraf_dagen": parameters.leeftijd_21_vooraf_dagen,
        "leeftijd_27_vooraf_dagen": parameters.leeftijd_27_vooraf_dagen,
        "leeftijd_27_na_dagen": parameters.leeftijd_27_na_dagen,
        "aow_vooraf_maanden": parameters.aow_vooraf_maanden,
        "kind_18_vooraf_dagen": parameters.kind_18_vooraf_dagen,
        "rouw_dagen": parameters.rouw_dagen,
        "inkomen_drempel_cent": parameters.inkomen_drempel_cent,
        "vrijlating_procent": parameters.vrijlating_procent,
        "overlijden_dagen": parameters.overlijden_dagen,
        "terugkijkgrens_dagen": parameters.terugkijkgrens_dagen,
        "contact_maanden": parameters.contact_maanden,
        "achterstand_dagen": parameters.achterstand_dagen,
        "indexering_dagen": parameters.indexering_dagen,
        "normen_sinds": norms_since(parameters.peildatum),
        "aow_geboren": last_aow_birth(parameters.peildatum),
        "aow_van": [value.geldig_van for value in parameters.aow_leeftijd],
        "aow_tot": [value.geldig_tot for value in parameters.aow_leeftijd],
        "aow_maanden": [value.waarde for value in parameters.aow_leeftijd],
        "normen_onder_21": list(parameters.normen_onder_21),
        "normen_een_onder_21": list(parameters.normen_een_onder_21),
        "normen_inrichting": list(parameters.normen_inrichting),
        "normen_vol": list(parameters.normen_vol),
        "grens_vorm": [vorm for vorm, _ in grenzen],
        "grens_van": [value.geldig_van for _, value in grenzen],
        "grens_tot": [value.geldig_tot for _, value in grenzen],
        "grens_cent": [value.waarde for _, value in grenzen],
        "vermogen_hoogstens_maanden": parameters.vermogen_hoogstens_maanden,
        "instellingen": ["|".join(address) for address in parameters.instellingen],
    }


def read_view(warehouse: Warehouse, name: str) -> pl.DataFrame:
    """A fact view as a frame that fits its schema; what it does not say of the household it has from ``dossier``.

    Raises:
        RuleError: the SQL gives other columns or types than the schema says.
    """
    schema = VIEWS[name]
    own = set(warehouse.columns(name))
    columns = (f"{name if column in own else 'dossier'}.{column}" for column in schema.column_names())
    frame = warehouse.read(f"select {', '.join(columns)} from {name} inner join dossier using (uitkering_id)")
    try:
        return pl.DataFrame(schema.validate(frame))
    except (dy.exc.SchemaError, dy.exc.ValidationError) as error:
        raise RuleError(
            f"View {name} does not fit its schema: {type(error).__name__}.", where=f"matching/sql/{name}.sql",
            todo="Make the columns and types of the SQL those of its file in matching/facts.",
        ) from None  # fmt: skip


def view_sql(name: str) -> str:
    """The SELECT of one view."""
    return resources.files("matching").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
