"""One column of a table contract in the Open Data Contract Standard."""

from typing import Any, Final

from open_data_contract_standard.model import CustomProperty, DataQuality, EnumValue, Relationship, SchemaProperty

from contracts.codelists import CodeList
from contracts.examples import example_values
from contracts.publish_codes import CHECKS
from contracts.publish_words import ZEKERHEID, checks, code_list, on_fault, portable, shape
from contracts.tables import TableContract

SUFFIX: Final = ".odcs.yaml"

#: How the text of a kind is called in the standard; whatever may be partial, unknown or coded stays a text.
_LOGICAL_TYPES: Final = {"datum": "date", "getal": "integer", "cent": "integer"}
_DIMENSIONS: Final = {"verplicht": "completeness", "elfproef": "accuracy"}


def odcs_property(table: TableContract, column: str) -> SchemaProperty:
    """``column`` of ``table``: what it means, what it looks like, its checks."""
    facts = table.facts(column)
    in_key = column in table.key
    return SchemaProperty(
        id=column,
        name=column,
        description=f"{table.meaning(column)} ({shape(table, column)})",
        logicalType=_LOGICAL_TYPES.get(facts.kind, "string"),
        logicalTypeOptions=_options(table, column) or None,
        physicalType="varchar" if facts.max_length is None else f"varchar({facts.max_length})",
        required=facts.required,
        unique=table.key == (column,) or None,
        primaryKey=in_key or None,
        primaryKeyPosition=table.key.index(column) + 1 if in_key else None,
        examples=[*example_values(table, column)] or None,
        relationships=_relationships(table, column) or None,
        quality=[_column_check(table, column, check) for check in checks(table, column)] or None,
        **_coded(code_list(table, column)),
        customProperties=_custom_of_column(table, column),
    )


def _options(table: TableContract, column: str) -> dict[str, Any]:
    facts = table.facts(column)
    match facts.kind:
        case "datum":
            return {"format": "yyyy-MM-dd"}
        case "getal" | "cent":
            return {"minimum": 0}
    limits: dict[str, Any] = {} if facts.max_length is None else {"maxLength": facts.max_length}
    return limits | ({"pattern": portable(facts.pattern)} if facts.pattern else {})


def _relationships(table: TableContract, column: str) -> list[Relationship]:
    if table.belongs_to is None or column != table.parent:
        return []
    target = f"{table.belongs_to}{SUFFIX}#/schema/{table.belongs_to}/properties/{column}"
    return [Relationship(type="foreignKey", to=target)]


def _coded(codes: CodeList | None) -> dict[str, Any]:
    """The values of a closed list; an open one allows others, and the standard has no place for that."""
    if codes is None or not codes.gesloten:
        return {}
    return {"enum": [EnumValue(value=code, label=text) for code, text in codes.codes.items()]}


def _custom_of_column(table: TableContract, column: str) -> list[CustomProperty]:
    facts, codes = table.facts(column), code_list(table, column)
    found = [custom("bijFout", on_fault(table, column))]
    if facts.eenheid:
        found.append(custom("eenheid", facts.eenheid))
    if codes is not None:
        told = {
            "naam": codes.naam, "bron": codes.bron, "gesloten": codes.gesloten,
            "zekerheid": ZEKERHEID[codes.status], "codes": dict(codes.codes),
        }  # fmt: skip
        found.append(custom("codelijst", told))
    return found


def _column_check(table: TableContract, column: str, check: str) -> DataQuality:
    facts = table.facts(column)
    lost = "Alleen de waarde vervalt." if facts.soft else "De rij wordt afgekeurd."
    about = DataQuality(
        name=f"{column}:{check}", description=f"Fout als: {CHECKS[check]}.", businessImpact=lost,
        dimension=_DIMENSIONS.get(check, "conformity"), severity="warning" if facts.soft else "error",
    )  # fmt: skip
    return about.model_copy(update=_metric(table, column, check))


def _metric(table: TableContract, column: str, check: str) -> dict[str, Any]:
    """A check as one of the standard's own metrics where there is one; else it is a text for people."""
    codes = code_list(table, column)
    wrong = {"type": "library", "metric": "invalidValues", "mustBe": 0, "unit": "rows"}
    match check:
        case "verplicht":
            return wrong | {"metric": "nullValues"}
        case "vorm" | "geen_getal" | "geen_bedrag":
            return wrong | {"arguments": {"pattern": portable(table.facts(column).pattern)}}
        case "code" if codes is not None:
            return wrong | {"arguments": {"validValues": list(codes.codes)}}
    return {"type": "text"}


def custom(name: str, value: object, description: str | None = None) -> CustomProperty:
    """What the standard has no place of its own for."""
    return CustomProperty(property=name, value=value, description=description)
