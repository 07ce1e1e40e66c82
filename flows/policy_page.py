"""The policy as one Dutch page for a jurist, ``docs/beleid.md``; ``python -m flows.policy_page`` writes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from advice.circumstances import CODES
from advice.policy import Beleid, Gevolg, Kolom, Vraag, versions
from contracts.dutch import calendar_date
from contracts.finding import REDEN_ZIN, TaakSoort
from contracts.publish_words import ZEKERHEID
from flows.markdown import table
from flows.rule_page import ROUTE_WOORDEN
from flows.settings import Settings
from matching.suppressors import SUPPRESSORS

PAGE: Final = Path("docs") / "beleid.md"
SOORT_WOORDEN: Final[dict[TaakSoort, str]] = {
    "contact": "een gesprek",
    "ambtshalve_voorstel": "een voorstel in het voordeel van de inwoner",
    "hulp": "hulp",
    "controleer_koppeling": "nakijken over wie het gaat",
    "overleg_jurist": "overleg met de jurist",
    "achterstand": "werk van de dienst zelf",
    "beperkt": "werk voor een beperkte groep",
    "bewering": "uitzoeken wat de inwoner zegt",
}
_GEVOLG: Final = {
    Gevolg.DOOR: "gaat door",
    Gevolg.NIETS: "niets",
    Gevolg.BELLEN: "bellen",
    Gevolg.BEPERKT: "beperkte groep",
    Gevolg.KOPPELING: "eerst nakijken wie",
    Gevolg.JURIST: "eerst de jurist",
    Gevolg.BEWERING: "eerst uitzoeken",
    Gevolg.VERTEGENWOORDIGER: "brief aan de vertegenwoordiger, of bellen",
}
_KOLOMMEN: Final[dict[Kolom, str]] = {"brief": "brief", "taak": "taak", "beperkt": "beperkte taak", "spoed": "spoed"}
_INTRODUCTION: Final = """\
# Het beleid: wat een signaal wordt

Deze pagina is gemaakt uit het beleid zelf (`advice/beleid`, `make docs`). Een regel vindt iets en vraagt om een brief
of een taak; dit beleid zegt wat daarvan komt. Het beslist niets over een uitkering: dat doet altijd een mens, en
zwijgen heeft nooit een gevolg.

Bij elk signaal wordt alles getoetst wat in de weg kan staan. Wat niet te zeggen is, telt alsof het zo is: onbekend
wordt nooit een brief. Op de bon van een signaal staan de versie van dit beleid en een hash van de tekst, zodat achteraf
te zien is waarmee besloten is.

Een gemeente stelt het beleid vast. Een nieuwe versie is een bestand met een latere dag; de oude blijft staan.
"""


def page() -> str:
    """The whole page as Markdown: the newest version."""
    beleid = versions()[-1]
    lines = [_INTRODUCTION]
    lines += [f"Versie {beleid.versie}, geldt vanaf {calendar_date(beleid.geldig_vanaf)} ({ZEKERHEID[beleid.status]})."]
    parts = (
        ("Wat een regel vraagt", _asked(beleid)),
        ("Wat in de weg kan staan", _in_the_way(beleid)),
        ("Wat later komt", _later(beleid)),
        ("Wie niet antwoordt", _unanswered(beleid)),
        ("Termijnen", _terms(beleid)),
        ("Alarmen", _alarms(beleid)),
        ("Instellingen van de gemeente", _settings()),
    )
    for kop, said in parts:
        lines += ["", f"## {kop}", "", *said]
    return "\n".join(lines) + "\n"


def _asked(beleid: Beleid) -> Iterator[str]:
    yield from ("Als niets in de weg staat.", "")
    rows = [(f"`{row.vraag}`", ROUTE_WOORDEN[row.vraag], _becomes(row), row.waarom) for row in beleid.vragen]
    yield from table(("de regel vraagt", "dat is", "wordt", "waarom"), rows)


def _becomes(row: Vraag) -> str:
    return "een brief" if row.wordt == "brief" else f"taak: {SOORT_WOORDEN[row.wordt]}"


def _in_the_way(beleid: Beleid) -> Iterator[str]:
    yield "Van boven naar beneden: de eerste die geldt en iets verandert, telt. Wat onbekend is, geldt."
    yield ""
    rows = []
    for row in (*beleid.omstandigheden, *beleid.naast):
        codes = ", ".join(dict.fromkeys(SUPPRESSORS[n].code if n in SUPPRESSORS else CODES[n] for n in row.als))
        way = beleid.uitwegen[row.uitweg]
        rows.append((
            f"`{row.reden}`", codes, REDEN_ZIN[row.reden], *(_GEVOLG[way.of(kolom)] for kolom in _KOLOMMEN), row.waarom,
        ))  # fmt: skip
    yield from table(("reden", "code", "als het zo is", *_KOLOMMEN.values(), "waarom"), rows)
    yield ""
    beside = ", ".join(f"`{row.reden}`" for row in beleid.naast)
    yield f"Naast elke andere rij geldt {beside}: er gaat niets nieuws uit, en wat al liep, blijft lopen."


def _later(beleid: Beleid) -> Iterator[str]:
    yield "Het signaal blijft staan en komt een andere nacht. Wat wacht, wordt in het verslag geteld."
    yield ""
    rows = [(f"`{row.reden}`", REDEN_ZIN[row.reden], row.waarom) for row in beleid.wachten]
    yield from table(("reden", "wat dat is", "waarom"), rows)
    yield ""
    yield (
        f"Eén brief vertelt hoogstens {beleid.bundel_hoogstens} dingen; "
        "wat in het voordeel van de inwoner is, staat voorop."
    )


def _unanswered(beleid: Beleid) -> Iterator[str]:
    for row in beleid.vragen:
        if row.bellen_na_dagen is None:
            continue
        first = f"na {row.herinnering_na_dagen} dagen één herinnering, en " if row.herinnering_na_dagen else ""
        yield f"- `{row.vraag}`: {first}{row.bellen_na_dagen} dagen na het laatste bericht een vriendelijk telefoontje."
    yield ""
    yield "Geeft de gemeente langer de tijd om te antwoorden, dan belt niemand voordat die tijd om is."


def _terms(beleid: Beleid) -> Iterator[str]:
    yield "De dag waarvoor iemand iets gedaan moet hebben. Een feit dat nog komt, heeft zijn eigen dag als termijn."
    yield ""
    rows = [
        (
            f"`{row.vraag}`" if row.vraag else "al het andere",
            f"{row.dagen} dagen",
            row.grond,
            ZEKERHEID[row.status],
            row.waarom,
        )
        for row in beleid.termijnen
    ]
    yield from table(("de regel vraagt", "na het feit", "grond", "zekerheid", "waarom"), rows)


def _alarms(beleid: Beleid) -> Iterator[str]:
    yield "Zo oud is een signaal dat openstaat, gerekend vanaf de nacht waarin het gevonden werd."
    yield ""
    yield from table(("alarm", "waarom"), [(row.naam, row.waarom) for row in beleid.alarmen])


def _settings() -> Iterator[str]:
    yield "In `tijdig.toml`; tussen haakjes de waarde als er niets staat."
    yield ""
    chosen = Settings()
    shown: tuple[tuple[str, object, str], ...] = (
        ("rust_dagen", chosen.rust_dagen, "een huishouden krijgt hoogstens één bericht in zoveel dagen"),
        ("contact_rust_dagen", chosen.contact_rust_dagen, "zo lang wacht de jaarlijkse vraag na elke brief"),
        ("rustige_weekdagen", ", ".join(chosen.rustige_weekdagen), "op die dagen gaat geen brief uit"),
        ("rustige_feestdagen", "ja" if chosen.rustige_feestdagen else "nee", "op een feestdag ook niet"),
        ("rustig_voor_kerst_dagen", chosen.rustig_voor_kerst_dagen, "zoveel dagen voor Kerst ook niet"),
        ("rustige_dagen", "geen", "nog andere dagen waarop geen brief uitgaat"),
        ("brieven_per_nacht", chosen.brieven_per_nacht, "hoogstens zoveel brieven; 0 is geen grens"),
        ("taken_per_nacht", chosen.taken_per_nacht, "hoogstens zoveel taken zonder spoed; 0 is geen grens"),
        ("taken_per_consulent_per_nacht", chosen.taken_per_consulent_per_nacht, "hoogstens zoveel voor één consulent"),
        (
            "huis.reactietermijn_dagen",
            chosen.huis.reactietermijn_dagen,
            "zoveel dagen om op een brief te antwoorden",
        ),
    )
    yield from (f"- `{name}` ({value}): {meaning}." for name, value, meaning in shown)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
