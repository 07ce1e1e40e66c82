"""A table contract in the Open Data Contract Standard, version 3, as a data catalogue reads it."""

from typing import Final

from open_data_contract_standard.model import (
    AuthoritativeDefinition,
    CustomProperty,
    DataQuality,
    Description,
    OpenDataContractStandard,
    Role,
    SchemaObject,
    Server,
    ServiceLevelAgreementProperty,
    Support,
)

from contracts.law import LAWS
from contracts.publish_codes import RULES
from contracts.publish_odcs_columns import custom, odcs_property
from contracts.publish_words import BRON_NAAM, CONTRACT_VERSION, DOEL_WOORDEN, row_rules
from contracts.tables import FORBIDDEN, RITME, Bron, TableContract

API_VERSION: Final = "v3.2.0"

#: How often a source is delivered: once a day or a month.
_FREQUENCY: Final = {Bron.UITKERINGSGEGEVENS: "day", Bron.BRP: "day", Bron.IB: "month", Bron.DUO: "month"}


def odcs(table: TableContract) -> OpenDataContractStandard:
    """The contract of ``table`` as a model of the standard; ``to_yaml()`` writes it."""
    return OpenDataContractStandard(
        apiVersion=API_VERSION,
        kind="DataContract",
        id=f"tijdig-{table.name}",
        name=table.name,
        version=CONTRACT_VERSION,
        status="active",
        domain=table.bron,
        tags=["persoonsgegevens", table.bron],
        description=_description(table),
        servers=[_example_server(table)],
        schema=[_schema(table)],
        slaProperties=[_rhythm(table)],
        roles=_ROLES,
        support=_SUPPORT,
        customProperties=_customs(table),
    )


_ROLES: Final = [
    Role(role="leverancier", access="write", description="Maakt de levering en zet haar in leveringen/."),
    Role(role="nacht", access="read", description="Leest de levering, toetst haar en bewaart alleen wat nodig is."),
]
_SUPPORT: Final = [
    Support(channel="beheerder van de dienst", tool="other", scope="issues", description="Vragen over een levering.")
]


def _customs(table: TableContract) -> list[CustomProperty]:
    """What the standard has no place of its own for."""
    absent = [name for name in table.delivered if table.facts(name).absent_ok]
    computed = {name: list(of) for name in table.columns if (of := table.facts(name).derived_from)}
    found = [
        custom("verbodenKolommen", list(FORBIDDEN), "Een kolom met zo'n woord in de naam wordt nooit gelezen."),
        custom("kolomMagOntbreken", absent, "Als de instellingen van de dienst dat zeggen."),
        custom("tabelMagOntbreken", table.optional, "Dan blijft staan wat al bekend was."),
        custom("mutatieVervangt", table.parent, "Een mutatie vervangt alle rijen met dezelfde waarde hierin."),
    ]
    told = "Sleutels die niet geleverd worden, met de kolommen waar ze uit komen."
    return [*found, custom("berekendBijInname", computed, told)] if computed else found


def _description(table: TableContract) -> Description:
    return Description(
        purpose=f"Doel: {DOEL_WOORDEN[table.doel]} ({table.doel}). Grondslag: {table.ground}.",
        usage=f"{table.about_table} Bron: {BRON_NAAM[table.bron]}. Ritme: {RITME[table.bron]}.",
        limitations="Alleen voor dit doel. Van wie geen uitkering heeft en er ook niet bij hoort, blijft na de inname "
        f"niets bewaard. Kolommen met deze woorden in de naam worden nooit gelezen: {', '.join(FORBIDDEN)}.",
        authoritativeDefinitions=[
            AuthoritativeDefinition(url=f"https://wetten.overheid.nl/{bwb}", type="wet", description=title)
            for short, (title, bwb) in LAWS.items()
            if f"{short} " in table.ground
        ],
    )


def _example_server(table: TableContract) -> Server:
    path = f"./voorbeelden/{table.bron}/{table.name}.csv"
    return Server(
        server="voorbeeld", type="local", path=path, format="csv", encoding="UTF-8",
        description="Verzonnen voorbeeldlevering, met ; tussen de kolommen.",
    )  # fmt: skip


def _rhythm(table: TableContract) -> ServiceLevelAgreementProperty:
    return ServiceLevelAgreementProperty(
        property="frequency", value=1, unit=_FREQUENCY[table.bron], element=table.name, driver="operational",
        description=RITME[table.bron],
    )  # fmt: skip


def _schema(table: TableContract) -> SchemaObject:
    return SchemaObject(
        id=table.name,
        name=table.name,
        physicalType="file",
        logicalType="object",
        description=table.about_table,
        dataGranularityDescription=table.about_table,
        properties=[odcs_property(table, name) for name in table.delivered],
        quality=_between_columns_and_rows(table) or None,
    )


def _between_columns_and_rows(table: TableContract) -> list[DataQuality]:
    found = [
        DataQuality(
            name=f"rij:{rule.code}", type="text", dimension="consistency", severity="error",
            description=f"Fout als: {RULES[rule.code]}. Dus: {rule.zin}.",
        )
        for rule in row_rules(table)
    ]  # fmt: skip
    if table.key:
        found.append(_unique(table))
    if table.belongs_to is not None:
        found.append(DataQuality(
            name=f"{table.parent}:hoort_nergens_bij", type="text", dimension="consistency", severity="error",
            description=f"Elke {table.parent} staat ook in tabel {table.belongs_to}.",
        ))  # fmt: skip
    return found


def _unique(table: TableContract) -> DataQuality:
    """That the key occurs once; a computed key is told by the columns it is made of."""
    columns = [part for name in table.key for part in table.facts(name).derived_from or (name,)]
    about = DataQuality(
        name="sleutel:dubbel", dimension="uniqueness", severity="error",
        description=f"Samen uniek in een levering: {', '.join(columns)}.",
    )  # fmt: skip
    if table.newest:
        newest = f"{about.description} Anders telt de rij met de hoogste {', dan '.join(table.newest)}."
        return about.model_copy(update={"type": "text", "description": newest})
    metric = {"type": "library", "metric": "duplicateValues", "mustBe": 0, "unit": "rows"}
    return about.model_copy(update=metric | {"arguments": {"properties": columns}})
