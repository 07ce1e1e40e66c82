"""The record for the Algoritmeregister, made from rules, settings and texts; what can be counted is counted here."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

import yaml

from advice.policy import policy_on
from contracts.algoritmeregister import Fout, Record, Verwijzing, Waarde, fouten, velden
from contracts.errors import SettingsError
from contracts.finding import Richting
from contracts.law import LAWS
from contracts.publish_words import BRON_NAAM
from contracts.tables import FORBIDDEN, TABLES, Bron, tables_of
from flows.settings import SETTINGS_FILE, VOORBEELD_REGISTER, Settings
from matching.rule import Rule, all_rules
from matching.suppressors import SUPPRESSORS
from notifications.language import Allowed, judge, lines_of

#: Where each field that a dienst must set stands in its settings.
SETTING: Final[Mapping[str, str]] = {
    "organization": "organisatie", "contact_email": "contact", "status": "status", "begin_date": "begin",
    "end_date": "einde", "publication_category": "publicatiecategorie", "website": "publiekspagina",
    "url": "bronregistratie", "provider": "leverancier", "publiccode": "broncode", "source_id": "bron_id",
}  # fmt: skip
_LAW_PAGE: Final = "https://wetten.overheid.nl/{}"
#: A line that goes on, as text is wrapped: not one between paragraphs, nor the next of a list.
_WRAPPED: Final = re.compile(r"(?<!\n)\n(?![\n-])")
_OURS: Final = Allowed(("Tijdig",))
_TEXTS: Final = "algoritmeregister.yaml"


class RecordError(SettingsError):
    """A record that does not fit; it says of every field at once why."""

    def __init__(self, found: tuple[Fout, ...]) -> None:
        """With all that does not fit."""
        lines = "".join(f"\n- {_named(one)}" for one in found)
        super().__init__(
            f"De beschrijving voor het Algoritmeregister past nog niet.{lines}\n", where=SETTINGS_FILE,
            todo="Vul aan wat onder [algoritmeregister] hoort; een tekst staat in flows/algoritmeregister.yaml.",
        )  # fmt: skip
        self.found = found


def _named(one: Fout) -> str:
    titel = velden()[one.veld].titel if one.veld in velden() else one.veld
    setting = f" ([algoritmeregister] {SETTING[one.veld]})" if one.veld in SETTING else ""
    return f"{one.veld} ({titel}) {one.waarom}{setting}"


def made(settings: Settings, day: date) -> Record:
    """The record of a day, held against the standard.

    Raises:
        RecordError: something does not fit, with all of it.
    """
    record = draft(settings, day)
    found = (*fouten(record), *_hard_to_read(record))
    if found:
        raise RecordError(found)
    return record


def draft(settings: Settings, day: date) -> dict[str, Waarde]:
    """The record as far as it can be made; fields without a value are not in it, the others in their order."""
    said: dict[str, Waarde | None] = {**_texts(_counted(settings, day)), **_set(settings), **_references(settings)}
    said |= {"lang": "nld", "standard_version": "1.0"}
    return {name: value for name in velden() if (value := said.get(name))}


def _set(settings: Settings) -> dict[str, str | None]:
    chosen = settings.algoritmeregister
    register = settings.logboek.register_adres
    known = register != VOORBEELD_REGISTER and register.startswith("https://")
    values: dict[str, str | None] = {field: getattr(chosen, name) for field, name in SETTING.items()}
    return values | {"process_index_url": register if known else None}


def _references(settings: Settings) -> dict[str, Waarde]:
    account = settings.verantwoording
    known = (("DPIA", account.dpia), ("Impacttoets", account.impacttoets))
    return {
        "lawful_basis_grouping": [
            _reference(titel, _LAW_PAGE.format(bwb)) for wet, (titel, bwb) in LAWS.items() if wet in _laws()
        ],
        "impacttoetsen_grouping": [_reference(*one) for one in known if one[1]],
        "source_data_grouping": [_reference(BRON_NAAM[bron]) for bron in Bron],
    }  # fmt: skip


def _reference(title: str, link: str | None = None) -> Verwijzing:
    if link is None:
        return {"title": title}
    # A case number is no address: it stands in the title.
    return {"title": title, "link": link} if link.startswith("https://") else {"title": f"{title} ({link})"}


def _laws() -> set[str]:
    return {artikel.wet for rule in all_rules() for artikel in rule.grondslagen}


def _counted(settings: Settings, day: date) -> dict[str, str | int]:
    """What the texts say of the code, counted from it."""
    rules = [rule for rule in all_rules() if rule.holds_on(day)]
    return {
        "regels": len(rules), "voordeel": _toward(rules, Richting.VOORDEEL), "nadeel": _toward(rules, Richting.NADEEL),
        "artikelen": len({artikel for rule in rules for artikel in rule.grondslagen}), "wetten": len(_laws()),
        "bronnen": len(Bron), "tabellen": len(TABLES), "per_bron": "\n".join(_per_source()),
        "verboden": ", ".join(word.replace("_", " ") for word in FORBIDDEN), "onderdrukkers": len(SUPPRESSORS),
        "rust_dagen": settings.rust_dagen,
        "versies": f"beleid {policy_on(day).versie}; " + ", ".join(f"{rule.rule_id} {rule.version}" for rule in rules),
    }  # fmt: skip


def _toward(rules: list[Rule], richting: Richting) -> int:
    return sum(any(variant.richting is richting for variant in rule.variants.values()) for rule in rules)


def _per_source() -> Iterator[str]:
    for bron in Bron:
        names = ", ".join(one.name.replace("_", " ") for one in tables_of(bron))
        yield f"- {BRON_NAAM[bron]}: {names}"


def _texts(counted: Mapping[str, str | int]) -> dict[str, Waarde]:
    return {
        name: text if isinstance(text, list) else _WRAPPED.sub(" ", text.strip()).format_map(counted)
        for name, text in _written().items()
    }


@cache
def _written() -> dict[str, str | list[str]]:
    read: dict[str, str | list[str]] = yaml.safe_load(
        resources.files("flows").joinpath(_TEXTS).read_text(encoding="utf-8")
    )
    return read


def _hard_to_read(record: Record) -> Iterator[Fout]:
    """The texts for everybody that do not pass the language gate of the letters."""
    for name, veld in velden().items():
        value = record.get(name)
        if veld.b1 and isinstance(value, str):
            verdict = judge(lines_of(value), _OURS)
            if not verdict.clear:
                yield Fout(name, f"is te moeilijk: {', '.join(sorted(str(code) for code in verdict.codes))}")


def as_json(record: Record) -> str:
    """The record as the register takes it."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def as_markdown(record: Record) -> str:
    """The record to read."""
    parts = [f"# {record['name']}", "", "Beschrijving voor het Algoritmeregister, publicatiestandaard 1.0.", ""]
    for name, value in record.items():
        parts += [f"## {velden()[name].titel}", "", *_shown(value), ""]
    return "\n".join(parts)


def _shown(value: Waarde) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [f"- {one}" if isinstance(one, str) else f"- {' '.join(one.values())}" for one in value]


def as_csv_rows(record: Record) -> Iterator[tuple[str, str, str]]:
    """The record as rows: field, title, value."""
    for name, value in record.items():
        text = value if isinstance(value, str) else "\n".join(line.removeprefix("- ") for line in _shown(value))
        yield name, velden()[name].titel, text
