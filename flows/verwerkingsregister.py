"""The processing record (AVG 30) and the sheet for a DPIA (AVG 35), made from contracts, policy and settings.

``python -m flows.verwerkingsregister`` writes ``docs/verwerkingen.md`` and ``docs/dpia.md`` with the settings of the
example; ``tijdig register verwerkingen`` and ``dpia`` make them for a dienst.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from contracts.dutch import calendar_date
from contracts.publish_words import BRON_NAAM, DOEL_WOORDEN, ZEKERHEID
from contracts.retention import Bewaarbeleid, Soort, retention_versions
from contracts.tables import FORBIDDEN, GROUND, RITME, Bron, TableContract, tables_of
from contracts.verwerkingen import Activiteit, Verwerking, verwerkingen
from flows.markdown import table
from flows.settings import Settings
from matching.rule import all_rules

RECORD: Final = Path("docs") / "verwerkingen.md"
SHEET: Final = Path("docs") / "dpia.md"
#: Which kinds of what is kept belong to which processing: the terms stand in the retention policy.
KEPT: Final[Mapping[Activiteit, tuple[Soort, ...]]] = {
    Activiteit.REGISTERVERGELIJKING: (
        Soort.LEVERING, Soort.REGISTER, Soort.REGISTER_GESCHIEDENIS, Soort.SIGNAAL, Soort.UITVOER, Soort.LOGBOEK,
        Soort.LOGS,
    ),
    Activiteit.BERICHTEN: (Soort.SIGNAAL, Soort.BRIEF, Soort.POSTBEWIJS, Soort.LOGBOEK),
    Activiteit.CONTACT: (
        Soort.SIGNAAL, Soort.ELDERS, Soort.AUDIT, Soort.SESSIE, Soort.ACCOUNT, Soort.HERINNERING, Soort.LOGBOEK,
        Soort.KOPIE,
    ),
    Activiteit.KOPPELING: (Soort.SIGNAAL, Soort.LOGBOEK),
    Activiteit.STEEKPROEF: (Soort.STEEKPROEF, Soort.LOGBOEK),
    Activiteit.EVALUATIE: (Soort.CIJFERS, Soort.KLACHT, Soort.LOGBOEK),
    Activiteit.VERANTWOORDING: (Soort.SIGNAAL, Soort.LOGBOEK),
    Activiteit.RECHTEN: (Soort.VERZOEK, Soort.INZAGE, Soort.LOGBOEK),
    Activiteit.VERNIETIGING: (Soort.LOGBOEK,),
}  # fmt: skip
_MADE: Final = "Deze pagina is gemaakt uit de contracten, het bewaarbeleid en de instellingen (`make docs`)."
_GROND_STATUS: Final = {"gezien": "gezien", "te_bevestigen": "nog te bevestigen door een jurist"}
_NOT_SET: Final = "nog niet ingevuld"


class Maatregel(BaseModel):
    """What is done about a risk, and the tests or code that hold it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    wat: str
    door: tuple[str, ...]


class Risico(BaseModel):
    """What can go wrong for people, what is done about it, and what is left."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    risico: str
    maatregelen: tuple[Maatregel, ...]
    rest: str


@cache
def risks() -> tuple[Risico, ...]:
    """Every risk, in the order of the file."""
    text = resources.files("flows").joinpath("maatregelen.yaml").read_text(encoding="utf-8")
    return TypeAdapter(tuple[Risico, ...]).validate_python(yaml.safe_load(text))


def policy_of(day: date | None) -> Bewaarbeleid:
    """The terms that hold on a day; without one the newest."""
    known = retention_versions()
    if day is None:
        return known[-1]
    return next((one for one in reversed(known) if one.geldig_vanaf <= day), known[0])


# -- the processing record -------------------------------------------------------------------------------------


def record(settings: Settings | None = None, day: date | None = None) -> str:
    """The processing record as Markdown; without a day with the newest terms."""
    chosen = settings or Settings()
    lines = ["# Verwerkingsregister", "", _MADE, ""]
    lines += [*_who(chosen), "", "## Verwerkingen", ""]
    lines += [line for one in verwerkingen().values() for line in _processing(one, chosen, policy_of(day))]
    lines += ["## Bronnen en kolommen", "", *_refused(), ""]
    lines += [line for bron in Bron for line in _source(bron, chosen)]
    lines += ["## Bewaartermijnen", "", *_terms(policy_of(day)), ""]
    lines += ["## Maatregelen", "", *_measures(), ""]
    return "\n".join(lines)


def _who(settings: Settings) -> Iterator[str]:
    account = settings.verantwoording
    yield from table(("wie of wat", "voor deze dienst"), [
        ("verwerkingsverantwoordelijke", settings.algoritmeregister.organisatie or settings.huis.dienst),
        ("contact", settings.algoritmeregister.contact or _NOT_SET),
        ("adres van dit register", settings.logboek.register_adres),
        ("DPIA", account.dpia or _NOT_SET),
        ("impacttoets", account.impacttoets or _NOT_SET),
        ("doorgifte buiten de Europese Unie", "geen"),
        ("geautomatiseerde besluiten (AVG 22)", "geen: een mens beslist"),
    ])  # fmt: skip


def _processing(one: Verwerking, settings: Settings, terms: Bewaarbeleid) -> Iterator[str]:
    now = one.nu
    yield from (f"### {now.naam}", "")
    yield from table(("", ""), [
        ("nummer in het logboek", f"`{one.uri(settings.logboek.register_adres)}`"),
        ("doel", now.doel),
        ("grond", f"{now.grond} ({_GROND_STATUS[now.grond_status]})"),
        ("artikelen", ", ".join(now.artikelen)),
        ("betrokkenen", ", ".join(now.betrokkenen)),
        ("ontvangers", ", ".join(now.ontvangers) or "geen"),
        ("bewaartermijn", "; ".join(f"{soort}: {terms.of(soort).in_words}" for soort in KEPT[one.activiteit])),
    ])  # fmt: skip
    yield ""


def _refused() -> Iterator[str]:
    yield (
        "Een kolom met een van deze woorden in haar naam wordt weggelaten voordat er een waarde gelezen is: "
        + ", ".join(f"`{word}`" for word in FORBIDDEN)
        + ". Een kolom die hier niet staat, wordt ook niet gelezen. Wat een kolom betekent staat in "
        "[contracten.md](contracten.md)."
    )
    rules = all_rules()
    yield ""
    yield (
        f"De {len(rules)} regels lezen uit de feitenbeelden samen "
        f"{len({(rule.view, column) for rule in rules for column in rule.reads})} kolommen; elke regel noemt de zijne."
    )


def _source(bron: Bron, settings: Settings) -> Iterator[str]:
    days = settings.gate_limits.max_days[bron]
    used = "wordt verwacht" if bron in settings.verwachte_bronnen else "wordt gebruikt waar zij er is"
    tables = tables_of(bron)
    doelen = ", ".join(dict.fromkeys(DOEL_WOORDEN[one.doel] for one in tables))
    yield from (f"### {BRON_NAAM[bron]}", "")
    yield f"Doel: {doelen}. Grond: {GROUND[bron]}. Ritme: {RITME[bron]}; {used}, hoogstens {days} dagen oud."
    yield ""
    yield from table(("tabel", "gelezen kolommen"), [(one.name, _columns(one)) for one in tables])
    yield ""


def _columns(one: TableContract) -> str:
    return ", ".join(f"`{column}`" for column in one.delivered)


def _terms(terms: Bewaarbeleid) -> Iterator[str]:
    yield (
        f"Versie {terms.versie}, vanaf {calendar_date(terms.geldig_vanaf)} ({ZEKERHEID[terms.status]}). "
        "Wat nog loopt, blijft staan."
    )
    yield ""
    yield from table(
        ("soort", "wat", "termijn", "begint", "grond", "waarom"),
        [(one.soort, one.wat, one.in_words, one.begint, one.grond, one.waarom) for one in terms.termijnen],
    )


def _measures() -> Iterator[str]:
    yield from table(
        ("maatregel", "vastgehouden door"),
        [(one.wat, _held(one.door)) for risico in risks() for one in risico.maatregelen],
    )


def _held(by: Iterable[str]) -> str:
    return ", ".join(f"`{one}`" for one in by)


# -- the sheet for a DPIA --------------------------------------------------------------------------------------


def sheet(settings: Settings | None = None, day: date | None = None) -> str:
    """What a DPIA asks, as far as it can be said from here, as Markdown."""
    chosen, terms = settings or Settings(), policy_of(day)
    lines = ["# Blad voor de DPIA", "", _MADE, "", _INTRODUCTION, "", *_who(chosen), ""]
    lines += ["## A. Wat er gebeurt", "", *_what(chosen), ""]
    lines += ["## B. Mag het", "", *_lawful(), ""]
    lines += ["## C. Risico's, en D. wat ertegen gedaan is", ""]
    lines += [line for one in risks() for line in _risk(one)]
    lines += ["## Nog te doen door de dienst", "", *_to_do(chosen, terms), ""]
    return "\n".join(lines)


_INTRODUCTION: Final = (
    "Dit blad is geen DPIA. Het geeft wat het programma zelf weet, zodat de DPIA van de dienst niet achterloopt op de "
    "code. Het oordeel over noodzaak en evenredigheid is van de dienst, met advies van de functionaris "
    "gegevensbescherming (AVG 35)."
)


_DELICATE: Final = (
    "Kolommen over afkomst of geloof (AVG 9) worden geweigerd. Waaruit iets over gezondheid blijkt, zoals een "
    "verblijf in een inrichting, en een verblijf in detentie (AVG 10) komen wel voor. Detentie is er alleen voor een "
    "beperkte groep. De dienst weegt in de DPIA of dat nodig is en op welke uitzondering het rust."
)


def _what(settings: Settings) -> Iterator[str]:
    yield from table(
        ("verwerking", "doel", "betrokkenen"),
        [(one.nu.naam, one.nu.doel, ", ".join(one.nu.betrokkenen)) for one in verwerkingen().values()],
    )
    yield ""
    yield from table(
        ("bron", "tabellen", "kolommen", "ritme"),
        [
            (
                BRON_NAAM[bron],
                str(len(tables_of(bron))),
                str(sum(len(t.delivered) for t in tables_of(bron))),
                RITME[bron],
            )
            for bron in Bron
        ],
    )
    yield ""
    channels = ", ".join(sorted({*settings.kanalen.used, *settings.kanaal}))
    there = "ja" if settings.openklant is not None else "nee"
    elsewhere = "ja" if settings.logboek.otlp is not None else "nee"
    yield f"Berichten gaan met: {channels}. Taken ook in Open Klant: {there}. Logboek ook elders: {elsewhere}."
    yield ""
    yield _DELICATE


def _lawful() -> Iterator[str]:
    yield from table(
        ("verwerking", "grond", "artikelen", "zekerheid"),
        [
            (one.nu.naam, one.nu.grond, ", ".join(one.nu.artikelen), _GROND_STATUS[one.nu.grond_status])
            for one in verwerkingen().values()
        ],
    )
    yield ""
    yield "Niet gelezen wordt wat niet nodig is: " + ", ".join(word.replace("_", " ") for word in FORBIDDEN) + "."


def _risk(one: Risico) -> Iterator[str]:
    yield from (f"### {one.risico}", "")
    yield from (f"- {done.wat} Vastgehouden door {_held(done.door)}." for done in one.maatregelen)
    yield from ("", f"Wat overblijft: {one.rest}", "")


def _to_do(settings: Settings, terms: Bewaarbeleid) -> Iterator[str]:
    """What only the dienst can settle."""
    account = settings.verantwoording
    if account.dpia is None:
        yield "- De DPIA vaststellen, en haar verwijzing zetten onder `[verantwoording] dpia`."
    if account.impacttoets is None:
        yield "- De impacttoets doen, en haar verwijzing zetten onder `[verantwoording] impacttoets`."
    for one in verwerkingen().values():
        if one.nu.grond_status != "gezien":
            yield f"- Een jurist de grond laten bevestigen van: {one.nu.naam}."
    if terms.status != "gezien":
        yield f"- De bewaartermijnen vaststellen (versie {terms.versie})."
    yield "- De cliëntenraad en de functionaris gegevensbescherming vragen (AVG 35 lid 2 en 9)."
    yield "- Per risico oordelen of wat overblijft aanvaardbaar is."


if __name__ == "__main__":
    RECORD.write_text(record(), encoding="utf-8")
    SHEET.write_text(sheet(), encoding="utf-8")
