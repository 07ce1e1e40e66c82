"""The fact views: one SQL file each, and the columns a rule may read from it, with their types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

import dataframely as dy
import polars as pl

from contracts.decision import Decision
from contracts.errors import RuleError
from contracts.parameters import DatedValue
from contracts.tables import Bron
from matching.identify import Sides, identify, keep_decisions, read_sides
from store.warehouse import Warehouse

#: The order in which views are made: each reads those before it. Between the two parts persons are linked.
NAMED = ("persoon", "dossier", "koppel_persoon", "koppel_rij", "koppel_paar", "koppel_besluit")
STEPS = (
    "koppeling", "huishouden", "belanghebbende", "studie", "studiefinanciering", "inkomen", "samenloop",
)  # fmt: skip


class _Dossier(dy.Schema):
    """Columns that every view has: whom it is about, and what stands in the way of a letter."""

    uitkering_id = dy.String()
    dossiernummer = dy.String()
    consulent_id = dy.String(nullable=True)
    huishouden_in_onderzoek = dy.Bool(nullable=True)
    overlijden_in_huishouden = dy.Bool(nullable=True)
    geheim = dy.Bool(nullable=True)
    vertegenwoordiger = dy.Bool(nullable=True)
    gegevens_onvolledig = dy.Bool(description="a rejected row of the dienst was about this household")
    brief_mogelijk = dy.Bool(nullable=True)
    massa_adres = dy.Bool(nullable=True)
    instelling = dy.Bool(description="the address is one of the institutions in the settings")
    rij_bewoner = dy.String(nullable=True)
    rij_uitkering = dy.String()


class Huishouden(_Dossier):
    """A running uitkering and a person at its address, by the BRP or by the dienst."""

    bewoner_sleutel = dy.String()
    persoon_sleutel = dy.String(nullable=True, description="of who lives here: the same whether the dienst knows them")
    woont_op_adres = dy.Bool(description="registered at the address of the belanghebbende")
    bekende_rol = dy.String(nullable=True, description="what the dienst knows this person as; empty = unknown")
    bekend_sinds = dy.Date(nullable=True)
    bewoner_sinds = dy.Date(nullable=True, description="start of the stay where it is a whole date")
    bewoner_sinds_geschreven = dy.String(nullable=True, description="start of the stay as written: 8 characters")
    kostendelersleeftijd_bereikt = dy.Bool(nullable=True, description="empty = can't be said")
    kostendelersleeftijd_op = dy.Date(nullable=True, description="the day of that birthday, of who lives here")
    kostendelersleeftijd_nabij = dy.Bool(nullable=True, description="that day is near or past; empty = unknown")
    kostendelersleeftijd_hier = dy.Bool(description="that day is past, and came while they lived here together")
    bewoner_in_onderzoek = dy.Bool(nullable=True)
    bewoner_briefadres = dy.Bool(nullable=True)
    vertrek = dy.String(nullable=True, description="how a known person left; empty = not known to have left")
    vertrokken_op = dy.Date(nullable=True)
    adres_bekend = dy.Bool(description="the belanghebbende has a woonadres with a key in the BRP")
    belanghebbende_21 = dy.Bool(nullable=True)
    onbekende_bewoners = dy.Int32(description="residents of kostendelersleeftijd the dienst does not know")
    onbenoemde_kostendelers = dy.Int32(description="kostendelers the dienst counts without naming them")
    koppeling_onzeker = dy.Bool(nullable=True)
    bekende_onzeker = dy.Bool(nullable=True, description="the dienst's number of this person is in question itself")
    koppel_links = dy.String(nullable=True, description="key of whom the dienst knows by name and this may be")
    koppel_rechts = dy.String(nullable=True, description="person key of this person, to decide about the two")
    koppel_inhoud = dy.String(nullable=True, description="hash of what the BRP says of this person")
    koppel_band = dy.String(nullable=True, description="what the comparisons make of the two")
    koppel_gewicht = dy.Int64(nullable=True, description="weight of the two in millibits")
    gemeld_huisgenoot_in = dy.Bool(nullable=True)
    gemeld_huisgenoot_uit = dy.Bool(nullable=True)
    bewoners_op_adres = dy.Int32()


class Belanghebbende(_Dossier):
    """A running uitkering and a person it is paid to."""

    persoon_sleutel = dy.String()
    rol = dy.String(description="belanghebbende or partner")
    overleden = dy.Bool(nullable=True)
    gestorven_op = dy.Date(nullable=True)
    in_onderzoek = dy.Bool(nullable=True)
    onderzoek_sinds = dy.Date(nullable=True)
    woont = dy.Bool(nullable=True, description="has a woonadres with a key in the BRP")
    adres_gelijk = dy.Bool(nullable=True, description="BRP address and the dienst's address are one dwelling")
    adres_sinds = dy.Date(nullable=True)
    adres_sinds_geschreven = dy.String(nullable=True)
    in_werkgebied = dy.Bool(nullable=True)
    gemeld_verhuizing = dy.Bool(nullable=True)
    leeftijd_21_op = dy.Date(nullable=True, description="the 21st birthday; empty = no whole birth date")
    leeftijd_21_nabij = dy.Bool(nullable=True, description="that day is near or past")
    jongerennorm = dy.Bool(nullable=True, description="the norm is one for who is younger; empty = no norm known")
    norm_ingepland = dy.Bool(description="another norm is planned from a later day")
    aow_op = dy.Date(nullable=True, description="the day AOW begins; empty = not known yet")
    aow_nadert = dy.Bool(nullable=True, description="that day is to come, and soon")


VIEWS: dict[str, type[dy.Schema]] = {"huishouden": Huishouden, "belanghebbende": Belanghebbende}

#: The sources whose data decide what a view says: where one of them can't be used, neither can the view.
SOURCES: dict[str, tuple[Bron, ...]] = {
    "huishouden": (Bron.UITKERINGSGEGEVENS, Bron.BRP),
    "belanghebbende": (Bron.UITKERINGSGEGEVENS, Bron.BRP),
}


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
    """Addresses of institutions: postcode, huisnummer, huisletter, toevoeging."""
    zomergat_dagen: int = 95
    """The longest gap over 1 August that is no stop of a study."""
    vervolg_dagen: int = 62
    """The longest gap before a next course that is no stop of a study."""
    opgave_dagen: int = 95
    """How long after the last opgave an income without an end may still run."""
    kostendeler_vooraf_dagen: int = 56
    """How long before the birthday a coming kostendeler is told of."""
    leeftijd_21_vooraf_dagen: int = 60
    """The same for the 21st birthday of a belanghebbende."""
    aow_vooraf_maanden: int = 6
    """The same for the AOW age."""
    aow_leeftijd: tuple[DatedValue, ...] = ()
    """The AOW age in months, by date of birth."""
    normen_onder_21: tuple[int, ...] = ()
    """The norms, in cents, of who is under 21; of a couple both."""
    normen_een_onder_21: tuple[int, ...] = ()
    """The norms, in cents, of a couple of which one is under 21."""
    koppelgewichten: str | None = None
    """The version of the weights by which persons without a sound key are linked; None = this release's."""
    besluiten: tuple[Decision, ...] = ()
    """What humans decided about such links."""


def build_views(warehouse: Warehouse, parameters: ViewParameters, *, stand: int | None = None) -> None:
    """Make every fact view as temporary tables of this warehouse connection.

    Args:
        warehouse: where the deliveries are.
        parameters: peildatum, thresholds and work area.
        stand: the number of the delivery up to which the warehouse is read; default all.
    """
    params = _params(warehouse, parameters, stand)
    sides = _name(warehouse, parameters, params)
    found = identify(sides, parameters.koppelgewichten)
    warehouse.keep("koppel_gevonden", found.links)
    warehouse.keep("koppel_mogelijk", found.near)
    for name in STEPS:
        warehouse.materialise(name, view_sql(name), params)


def sides_to_link(warehouse: Warehouse, parameters: ViewParameters) -> Sides:
    """Who would be linked to whom by ``build_views``, without doing it."""
    return _name(warehouse, parameters, _params(warehouse, parameters, None))


def _name(warehouse: Warehouse, parameters: ViewParameters, params: Mapping[str, Any]) -> Sides:
    keep_decisions(warehouse, parameters.besluiten)
    for name in NAMED:
        warehouse.materialise(name, view_sql(name), params)
    return read_sides(warehouse)


def _params(warehouse: Warehouse, parameters: ViewParameters, stand: int | None) -> dict[str, Any]:
    return {
        "stand": warehouse.stand() if stand is None else stand,
        "peildatum": parameters.peildatum,
        "kostendelersleeftijd": parameters.kostendelersleeftijd,
        "massa_adres_boven": parameters.massa_adres_boven,
        "werkgebied": list(parameters.werkgebied),
        "sleutel": parameters.sleutel,
        "zomergat_dagen": parameters.zomergat_dagen,
        "vervolg_dagen": parameters.vervolg_dagen,
        "opgave_dagen": parameters.opgave_dagen,
        "kostendeler_vooraf_dagen": parameters.kostendeler_vooraf_dagen,
        "leeftijd_21_vooraf_dagen": parameters.leeftijd_21_vooraf_dagen,
        "aow_vooraf_maanden": parameters.aow_vooraf_maanden,
        "aow_van": [value.geldig_van for value in parameters.aow_leeftijd],
        "aow_tot": [value.geldig_tot for value in parameters.aow_leeftijd],
        "aow_maanden": [value.waarde for value in parameters.aow_leeftijd],
        "normen_onder_21": list(parameters.normen_onder_21),
        "normen_een_onder_21": list(parameters.normen_een_onder_21),
        "instellingen": ["|".join(address) for address in parameters.instellingen],
    }


def read_view(warehouse: Warehouse, name: str) -> pl.DataFrame:
    """A fact view as a frame that fits its schema.

    Raises:
        RuleError: the SQL gives other columns or types than the schema says.
    """
    schema = VIEWS[name]
    frame = warehouse.read(f"select {', '.join(schema.column_names())} from {name}")
    try:
        return pl.DataFrame(schema.validate(frame))
    except (dy.exc.SchemaError, dy.exc.ValidationError) as error:
        raise RuleError(
            f"View {name} does not fit its schema: {type(error).__name__}.", where=f"matching/sql/{name}.sql",
            todo="Make the columns and types of the SQL those of matching/views.py.",
        ) from None  # fmt: skip


def view_sql(name: str) -> str:
    """The SELECT of one view."""
    return resources.files("matching").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
