"""The beheerder's morning page, read as a beheerder reads it: as text, and as a well-formed page."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contracts.publish_codes import BETWEEN, CHECKS, LINES, RULES
from contracts.tables import FORBIDDEN, Bron
from flows import present
from flows.report import page
from flows.report.charts import Bar, bar_chart, meter, shares, stacked_bar, swatch
from flows.report.model import (
    AgeLine,
    ClosedLine,
    EffectLine,
    NightReport,
    ReasonLine,
    RefusedLine,
    RejectLine,
    RemarkLine,
    RuleLine,
    SampleLine,
    SourceLine,
    StepLine,
    WaitLine,
)
from flows.report.page import render, write
from flows.report.verdict import verdict
from flows.report.words import check_meaning, counted, duration, listed, moment, number, remark_meaning, share, shown
from tests.pages import HOSTILE, assert_accessible, assert_alone, on_console, text, tree


def source(bron: str = "brp", **changes: object) -> SourceLine:
    """A BRP delivery of 120.500 rows, of which 500 were rejected and 9.000 concern somebody with an uitkering."""
    usual = {
        "bron": bron, "levering_id": f"{bron}-2026-11-03-3f1c0de5ab7e", "peildatum": date(2026, 11, 3),
        "geleverd_op": datetime(2026, 11, 3, 1, 4, tzinfo=UTC), "soort": "volledig", "rijen": 120_500,
        "geaccepteerd": 120_000, "afgekeurd": 500, "bewaard": 9_000, "geminimaliseerd": 111_000,
        "waarden_afgekeurd": 77, "open": True, "poort": "Vers en volledig.",
    }  # fmt: skip
    return SourceLine.model_validate(usual | changes)


def rows(total: int) -> dict[str, int]:
    """A delivery of which everything was accepted and kept."""
    nothing = dict.fromkeys(("afgekeurd", "geminimaliseerd", "waarden_afgekeurd"), 0)
    return {"rijen": total, "geaccepteerd": total, "bewaard": total} | nothing


def own(**changes: object) -> SourceLine:
    """The dienst's own delivery: everything accepted and kept."""
    return source("uitkeringsgegevens", **rows(30_400) | changes)


def monthly(bron: str, **changes: object) -> SourceLine:
    """A delivery of IB or DUO of last month, the files of which came again."""
    counts = {"rijen": 4_210, "geaccepteerd": 4_200, "afgekeurd": 10, "bewaard": 3_900, "geminimaliseerd": 300}
    return source(bron, **{"peildatum": date(2026, 10, 12), "gelijk": True, "waarden_afgekeurd": 4} | counts | changes)


def not_connected(*bronnen: str) -> tuple[ClosedLine, ...]:
    return tuple(ClosedLine(bron=bron, poort="Deze bron is niet aangesloten.", waarschuwing=False) for bron in bronnen)


def missing(bron: str) -> ClosedLine:
    return ClosedLine(bron=bron, poort="Er is nog geen levering van deze bron.", waarschuwing=True)


def refused(bron: str | None = "brp", **changes: str) -> RefusedLine:
    """A delivery whose file was cut off on the way."""
    usual = {
        "wat": "File is not the one the manifest describes (sha256 differs).", "waar": "brp_persoon.csv",
        "doen": "It was cut off or changed on the way: ask for the delivery again.",
    }  # fmt: skip
    return RefusedLine.model_validate({"bron": bron} | usual | changes)


def rule(regel: str, titel: str, richting: str, **counts: int) -> RuleLine:
    counts = {"nudge": 0, "taak": 0, "geen_actie": 0} | counts
    law = "artikel 22a lid 1 Pw"
    return RuleLine(regel=regel, titel=titel, richting=richting, grondslag=law, nieuw=sum(counts.values()), **counts)


def ages(*counts: tuple[int, int, int]) -> tuple[AgeLine, ...]:
    """A line for each alarm, with how many are a letter, a task, or wait."""
    names = ("30 dagen", "50 dagen", "5 maanden")
    return tuple(
        AgeLine(alarm=name, waarom=f"Waarom {name} een grens is.", brief=brief, taak=taak, wacht=wacht)
        for name, (brief, taak, wacht) in zip(names, counts, strict=True)
    )


def waits(reden: str, aantal: int, uiterlijk: date | None = None) -> WaitLine:
    return WaitLine(reden=reden, zin=f"Dit wacht om {reden}.", aantal=aantal, uiterlijk=uiterlijk)


def samples(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[SampleLine, ...]:
    """Of both kinds: tonight, to look at, terecht, gemist, niet te zeggen."""
    names = ("vannacht", "te_bekijken", "terecht", "gemist", "niet_te_zeggen")
    kinds = (("onderdrukt", "Was dat terecht?"), ("zonder_signaal", "Was er toch iets te vinden?"))
    return tuple(
        SampleLine(soort=soort, zin=zin, **dict(zip(names, counts, strict=True)))
        for (soort, zin), counts in zip(kinds, (first, second), strict=True)
    )


def night(**changes: object) -> NightReport:
    """A usual night in Voorbeeldstad: 1.010 new findings, 700 letters, 210 tasks."""
    usual = {
        "gemeente": "Voorbeeldstad", "peildatum": date(2026, 11, 3),
        "gemaakt_op": datetime(2026, 11, 3, 3, 12, tzinfo=UTC), "versie": "0.1.0",
        "bronnen": (own(), source()), "zonder_levering": not_connected("ib", "duo"),
        "afkeur": (
            RejectLine(tabel="brp_persoon", code="anummer:vorm", zacht=False, aantal=500),
            RejectLine(tabel="brp_persoon", code="postcode:vorm", zacht=True, aantal=77),
        ),
        "regels": (
            rule("R01", "Kostendeler erbij", "nadeel", nudge=600, taak=50, geen_actie=100),
            rule("R02", "Kostendeler weg", "voordeel", taak=150),
            rule("R14", "Verhuisd", "neutraal", nudge=100, taak=10),
        ),
        "redenen": (
            ReasonLine(reden="geheim", zin="Het adres is geheim. Er gaat geen brief.", advies="taak", aantal=60),
            ReasonLine(reden="al_gemeld", zin="De inwoner heeft dit al gemeld.", advies="geen_actie", aantal=100),
        ),
        "uitkeringen": 6_300, "niet_in_brp": 63, "nieuw": 1_010, "heropend": 2, "gesloten": 31, "lopend": 1_204,
        "brieven": 700, "taken": 210, "spoed": 3, "ingetrokken": 5,
        "te_doen": 1_905, "ouderdom": ages((120, 31, 2), (0, 4, 0), (0, 0, 0)),
        "wachten": (waits("capaciteit", 212, date(2026, 11, 30)), waits("rust", 40)),
        "steekproeven": samples((2, 30, 500, 7, 12), (2, 4, 610, 0, 1)),
        "te_bevestigen": ("kostendelersleeftijd (27 jaar)",),
        "stappen": (
            StepLine(stap="Leveringen innemen en beoordelen", seconden=18.4),
            StepLine(stap="Brieven maken", seconden=106.6),
        ),
    }  # fmt: skip
    return NightReport.model_validate(usual | changes)


def empty_night() -> NightReport:
    counts = (
        "uitkeringen",
        "niet_in_brp",
        "nieuw",
        "heropend",
        "gesloten",
        "lopend",
        "brieven",
        "taken",
        "spoed",
        "te_doen",
    )
    return night(
        ouderdom=ages(*[(0, 0, 0)] * 3), wachten=(), steekproeven=samples((0,) * 5, (0,) * 5),
        bronnen=(own(**rows(0)), source(**rows(0))), afkeur=(), redenen=(), te_bevestigen=(), ingetrokken=0,
        regels=(rule("R01", "Kostendeler erbij", "nadeel"), rule("R02", "Kostendeler weg", "voordeel")),
        stappen=(StepLine(stap="Leveringen innemen en beoordelen", seconden=0),), **dict.fromkeys(counts, 0),
    )  # fmt: skip


def closed_night(**changes: object) -> NightReport:
    brp = source(open=False, poort="De laatste levering is 5 dagen oud; hoogstens 3 mag.")
    quiet = dict.fromkeys(("brieven", "taken", "spoed", "gesloten", "ingetrokken"), 0)
    return night(**{"bronnen": (own(), brp), **quiet} | changes)


def full_night(**changes: object) -> NightReport:
    """All four sources, of which one gate is closed; a refused delivery and every kind of remark."""
    ib = monthly("ib", open=False, poort="De laatste levering is 60 dagen oud; hoogstens 45 mag.", gelijk=False)
    remarks = {
        "codering:windows_1252": 1, "kolom:verboden_nationaliteit": 1, "kolom:onbekend": 3, "leefvorm:onbekende_code": 12,
        "sleutel:vervangen_door_nieuwere": 1_204, "regel:leeg_of_niet_gelezen": 2,
    }  # fmt: skip
    usual = {
        "bronnen": (own(), source(gelijk=True), ib, monthly("duo")),
        "zonder_levering": (),
        "geweigerd": (refused("duo", waar="duo_inschrijving.csv"), refused(None, waar="levering.json")),
        "opmerkingen": tuple(RemarkLine(tabel="uitkering", code=code, aantal=n) for code, n in remarks.items()),
    }
    return night(**usual | changes)


NIGHTS = {
    "usual": night(),
    "full": full_night(),
    "empty": empty_night(),
    "closed": closed_night(),
    "nothing": empty_night().model_copy(
        update={"bronnen": (), "zonder_levering": tuple(map(missing, Bron)), "regels": (), "stappen": ()}
    ),
}


@pytest.fixture(params=NIGHTS, name="html")
def _html(request) -> str:
    return render(NIGHTS[request.param])


def test_page_is_well_formed_dutch_and_can_be_read_by_everybody(html):
    assert_accessible(html)
    assert [svg for svg in tree(html).iter("svg") if svg.get("role") == "img"]


def test_page_refers_to_nothing_outside_itself(html):
    assert_alone(html)
    assert not re.search(r"http|src|href|script", html)


def test_head_says_for_whom_which_day_and_when_it_was_made():
    shown = text(render(night()))
    assert "Voorbeeldstad" in shown
    assert "Peildatum 3 november 2026" in shown
    assert "Gemaakt op 3 november 2026, 04.12 uur" in shown  # 03:12 UTC is 04:12 in a Dutch winter
    assert "Versie 0.1.0" in shown


def test_headline_numbers_are_those_of_the_night():
    tiles = [
        " ".join(" ".join(tile.itertext()).split())
        for tile in tree(render(night())).iter("div")
        if tile.get("class") == "tegel"
    ]
    assert tiles == [
        "Brieven 700 in de printmap",
        "Taken 210 waarvan 3 spoed",
        "Nieuwe signalen 1.010 en 1.204 liepen al",
        "Gesloten 31 het verschil is weg",
        "Ingetrokken 5 brieven die niet meer nodig zijn",
    ]


def test_rows_of_a_source_add_up_before_the_readers_eyes():
    shown = text(render(night()))
    assert "De telling klopt: 120.000 + 500 = 120.500, en 9.000 + 111.000 = 120.000." in shown
    assert (
        "Weggelaten is wat Tijdig niet nodig heeft: rijen over mensen die met geen enkele uitkering te maken" in shown
    )
    assert "weggelaten: 111.000 (92,1%)" in shown
    assert "Alles wat geaccepteerd is, is bewaard." in shown
    assert "bewaard: 9.000 (7,5%)" in shown  # 9.000 of 120.500
    assert "Bij 63 daarvan (1%) staat de belanghebbende niet" in shown


def test_rejections_are_told_apart_and_explained():
    html = render(night())
    tables = {
        "".join(t.find("caption").itertext()): " ".join("".join(t.itertext()).split()) for t in tree(html).iter("table")
    }
    assert "anummer:vorm De waarde heeft niet de afgesproken vorm 500" in tables["Afgekeurde rijen per tabel en code"]
    assert (
        "postcode:vorm De waarde heeft niet de afgesproken vorm 77"
        in tables["Onbekend gemaakte waarden per tabel en code"]
    )


def test_rules_show_direction_law_and_what_is_done():
    table = next(t for t in tree(render(night())).iter("table") if t.get("class") == "blok regels")
    rows = [" ".join(" ".join(row.itertext()).split()) for row in table.iter("tr")]
    assert rows[1] == "R01 Kostendeler erbij ▼ Nadeel voor de inwoner artikel 22a lid 1 Pw 750 600 50 100"
    assert rows[-1] == "Samen 1.010 700 210 100"


def test_bars_of_all_directions_share_one_scale():
    charts = {svg.get("aria-labelledby"): svg for svg in tree(render(night())).iter("svg")}

    def width(direction: str) -> str:
        chart = charts[f"regels-{direction}-titel regels-{direction}-uitleg"]
        return next(rect.get("width") for rect in chart.iter("rect") if rect.get("class") == f"vul-{direction}")

    assert width("nadeel") == "80.0%"  # the longest: the whole track
    assert width("voordeel") == "16.0%"  # 150 of 750


def test_ratio_and_reasons_are_there():
    shown = text(render(night()))
    assert "150 : 750" in shown
    assert "Het adres is geheim. Er gaat geen brief. geheim taak 60" in shown
    assert "De inwoner heeft dit al gemeld. al_gemeld geen actie 100" in shown


def part(report: NightReport, name: str) -> str:
    """What one section of the page says."""
    section = next(s for s in tree(render(report)).iter("section") if s.get("aria-labelledby") == name)
    return " ".join(" ".join(section.itertext()).split())


def test_what_is_left_lying_is_told_by_age_and_says_what_to_do():
    shown = part(night(), "liggen")
    for sentence in (
        "! 157 over een grens",  # 120 + 31 + 2 + 4
        "Van de 1.905 signalen waar iemand iets mee moet, zijn er 157 over een grens.",
        "30 dagen Waarom 30 dagen een grens is. 153 120 31 2", "50 dagen Waarom 50 dagen een grens is. 4 0 4 0",
        "5 maanden Waarom 5 maanden een grens is. 0 0 0 0", "Wat te doen Begin bij de oudste.", "alarmen.jsonl",
    ):  # fmt: skip
        assert sentence in shown


def test_where_nothing_is_left_lying_or_waits_that_is_said_as_zero():
    shown = part(empty_night(), "liggen")
    assert "✓ 0 over een grens Van de 0 signalen waar iemand iets mee moet, zijn er 0 over een grens." in shown
    assert "5 maanden Waarom 5 maanden een grens is. 0 0 0 0" in shown
    assert "Er is niets te doen. Wat wacht 0 signalen Er wacht niets." in shown
    assert "Wat te doen" not in shown


def test_one_that_is_left_lying_is_written_as_one():
    shown = part(
        night(te_doen=1, ouderdom=ages((0, 1, 0), (0, 0, 0), (0, 0, 0)), wachten=(waits("rust", 1),)), "liggen"
    )
    assert "Van het ene signaal waar iemand iets mee moet, is er 1 over een grens." in shown
    assert "Wat wacht 1 signaal" in shown
    assert "meer handen" not in shown, "it waits for something else than a place"


@pytest.mark.parametrize(("term", "past"), [(date(2026, 11, 2), True), (date(2026, 11, 3), False)])
def test_what_waits_for_a_place_says_the_first_term(term, past):
    shown = part(night(wachten=(waits("capaciteit", 212, term),)), "liggen")
    assert (
        f"Dit wacht om capaciteit. capaciteit Het eerste moet uiterlijk {term.day} november 2026 gedaan zijn" in shown
    )
    assert ("die dag is voorbij" in shown) is past
    assert "Zorg dan voor meer handen" in shown


def test_the_desk_sample_says_how_many_were_looked_at_and_missed():
    shown = part(night(), "steekproef")
    for sentence in (
        "Vannacht gekozen: 4 dossiers. Nog te bekijken: 34.", "Was dat terecht? onderdrukt 519 7 500 12",
        "Was er toch iets te vinden? zonder_signaal 611 0 610 1", "Niemand neemt hierover contact op met de inwoner.",
        "Iets gemist is een vraag aan de regels, niet aan de inwoner",
    ):  # fmt: skip
        assert sentence in shown


def test_a_sample_of_nothing_is_said_as_zero():
    shown = part(empty_night(), "steekproef")
    assert "Vannacht gekozen: 0 dossiers. Nog te bekijken: 0." in shown
    assert "onderdrukt 0 0 0 0" in shown
    assert "Iets gemist" not in shown


def test_values_to_confirm_and_durations_are_there():
    shown = text(render(night()))
    assert "kostendelersleeftijd (27 jaar)" in shown
    assert "Samen 2 min 5 s." in shown  # 18,4 + 106,6 seconds
    assert "18,4 s" in shown


def test_what_the_findings_mean_in_euro_is_a_range_a_direction():
    lines = (
        EffectLine(richting="voordeel", aantal=2, laagste=81_112, hoogste=81_112),
        EffectLine(richting="nadeel", aantal=30, laagste=-1_216_680, hoogste=0),
    )
    shown = text(render(night(effecten=lines)))
    assert "Voordeel voor de inwoner 2 € 811,12 € 811,12" in shown
    assert "Nadeel voor de inwoner 30 -€ 12.166,80 € 0,00" in shown
    assert "Wat het scheelt" not in text(render(night()))


def test_a_day_without_norms_is_said():
    assert "De bijstandsnormen van deze dag zijn niet bekend." in text(render(night(zonder_normen=True)))
    assert "De bijstandsnormen" not in text(render(night()))


def test_a_good_night_is_called_good():
    judged = verdict(night())
    assert judged.goed
    assert judged.zin == "Alles is goed gegaan."
    assert judged.uitleg == (
        "Tijdig maakte 700 brieven en 210 taken.",
        "3 taken hebben spoed: laat vandaag nog bellen.",
    )


def test_one_of_each_is_written_as_one():
    assert verdict(night(brieven=1, taken=1, spoed=1)).uitleg == (
        "Tijdig maakte 1 brief en 1 taak.",
        "1 taak heeft spoed: laat vandaag nog bellen.",
    )


def test_a_closed_gate_is_named_with_its_reason():
    judged = verdict(closed_night())
    assert not judged.goed
    assert judged.zin == "Let op: de poort van BRP is dicht: de laatste levering is 5 dagen oud; hoogstens 3 mag."
    assert " ".join(judged.uitleg) == (
        "Alleen wat Tijdig met BRP maakt, wacht. De rest is gewoon gedaan. Een brief heeft uitkeringsgegevens en BRP "
        "nodig, dus er zijn vannacht geen brieven. Er is ook geen signaal gesloten. "
        "Vraag om een goede levering. Tijdig haalt dan vanzelf in wat wachtte."
    )
    html = render(closed_night())
    assert "Let op: " in (tree(html).findtext("head/title") or "")
    assert "! poort dicht" in text(html)


def test_a_reason_that_starts_with_a_name_keeps_its_capitals():
    brp = source(open=False, poort="BRP is te oud.")
    assert verdict(closed_night(bronnen=(own(), brp))).zin == "Let op: de poort van BRP is dicht: BRP is te oud."


def test_two_closed_gates_are_both_explained():
    bronnen = (own(open=False, poort="Te oud."), source(open=False, poort="Te klein."))
    judged = verdict(closed_night(bronnen=bronnen))
    assert judged.zin == "Let op: de poorten van uitkeringsgegevens en BRP zijn dicht."
    assert judged.uitleg[:2] == ("Uitkeringsgegevens: Te oud.", "BRP: Te klein.")


@pytest.mark.parametrize("bron", ["ib", "duo"])
def test_a_closed_gate_of_ib_or_duo_stops_no_letter(bron):
    late = monthly(bron, open=False, poort="De laatste levering is 60 dagen oud; hoogstens 45 mag.")
    judged = verdict(night(bronnen=(own(), source(), late)))
    assert judged.zin.startswith(f"Let op: de poort van {bron.upper()} is dicht: de laatste levering is 60 dagen oud")
    assert judged.uitleg[:3] == (
        f"Alleen wat Tijdig met {bron.upper()} maakt, wacht. De rest is gewoon gedaan.",
        "Vraag om een goede levering. Tijdig haalt dan vanzelf in wat wachtte.",
        "Tijdig maakte 700 brieven en 210 taken.",
    )


def test_nothing_is_called_done_when_no_source_can_be_used():
    judged = verdict(NIGHTS["nothing"])
    assert judged.zin == "Let op: de poorten van uitkeringsgegevens, BRP, IB en DUO zijn dicht."
    assert not any("De rest is gewoon gedaan" in line for line in judged.uitleg)


def test_a_source_that_never_came_is_not_a_good_night():
    report = night(bronnen=(own(),), zonder_levering=(missing("brp"), *not_connected("ib", "duo")))
    assert verdict(report).zin == "Let op: de poort van BRP is dicht: er is nog geen levering van deze bron."
    shown = text(render(report))
    assert "Basisregistratie Personen (BRP) ! poort dicht Er is nog geen levering van deze bron." in shown


def test_a_source_nobody_expects_is_told_without_warning():
    assert verdict(night()).goed
    shown = text(render(night()))
    assert "Niet aangesloten: Inlichtingenbureau (IB) en Dienst Uitvoering Onderwijs (DUO)." in shown
    assert "poort dicht" not in shown
    assert "Niet aangesloten" not in text(render(full_night()))


def test_each_source_has_a_card_of_its_own():
    cards = [h.text for h in tree(render(full_night())).iter("h3")]
    assert cards[1:5] == [
        "Uitkeringsgegevens",
        "Basisregistratie Personen (BRP)",
        "Inlichtingenbureau (IB)",
        "Dienst Uitvoering Onderwijs (DUO)",
    ]


def test_files_that_came_again_are_told():
    assert text(render(full_night())).count("Zelfde bestanden als de vorige keer") == 2
    assert "Zelfde bestanden" not in text(render(night()))


def test_a_refused_delivery_closes_its_gate_and_its_english_stands_apart():
    line = refused("brp")
    brp = source(open=False, poort=f"De nieuwste levering is geweigerd ({line.wat}).")
    report = closed_night(bronnen=(own(), brp), geweigerd=(line,))
    judged = verdict(report)
    assert judged.zin == "Let op: de poort van BRP is dicht: de nieuwste levering is geweigerd."
    assert "Lees bij de geweigerde leveringen wat er mis is en wat er te doen is." in judged.uitleg
    english = [code for code in tree(render(report)).iter("code") if code.get("lang") == "en"]
    assert ["".join(code.itertext()) for code in english] == [line.wat, line.doen]


def test_a_refused_delivery_is_told_though_a_newer_one_came():
    judged = verdict(night(geweigerd=(refused("brp"),)))
    assert (judged.goed, judged.zin) == (False, "Let op: een levering van BRP is geweigerd.")
    assert "Tijdig maakte 700 brieven en 210 taken." in judged.uitleg
    assert not any("wacht" in line for line in judged.uitleg)


def test_a_refused_delivery_of_nobody_knows_whom_stops_nothing():
    report = night(geweigerd=(refused(None, waar="levering.json"),))
    assert verdict(report).zin == "Let op: een levering is geweigerd."
    shown = text(render(report))
    assert "Van welke bron is niet te zeggen Daarom houdt deze levering geen enkele bron tegen." in shown
    assert "Waar levering.json" in shown


def test_a_refused_delivery_beside_one_that_closed_its_gate_is_another():
    brp = source(open=False, poort="De nieuwste levering is geweigerd.")
    report = night(bronnen=(own(), brp), geweigerd=(refused("brp"), refused(None)))
    assert verdict(report).zin == "Let op: de poort van BRP is dicht en een andere levering is geweigerd."


def test_several_refused_deliveries_are_counted():
    assert verdict(night(geweigerd=(refused("ib"), refused("duo")))).zin == "Let op: 2 leveringen zijn geweigerd."


def test_remarks_are_told_in_sentences():
    shown = text(render(full_night()))
    for sentence in (
        "uitkering codering:windows_1252 Het bestand was Windows-1252 en is omgezet. Afgesproken is UTF-8. 1",
        "kolom:verboden_nationaliteit Een kolom met ‘nationaliteit’ in de naam. Dat gegeven mag Tijdig nooit lezen",
        "kolom:onbekend Kolommen die het contract niet kent. Tijdig las ze niet. 3",
        "leefvorm:onbekende_code Codes in leefvorm die de open lijst niet kent.",
        "of die er precies zo nog eens in stonden. 1.204",
        "verdwenen in een aanhalingsteken dat niet is gesloten. 2",
    ):
        assert sentence in shown
    assert "Wat opviel" not in text(render(night()))


@pytest.mark.parametrize("changes", [{"afgekeurd": 499}, {"geminimaliseerd": 110_999}], ids=["in", "kept"])
def test_rows_that_do_not_add_up_are_not_a_good_night(changes):
    report = night(bronnen=(own(), source(**changes)))
    assert verdict(report).zin == "Let op: de telling van BRP klopt niet."
    assert "De telling klopt niet: 120.000 + " in text(render(report))


def test_several_troubles_stand_in_one_sentence():
    brp = source(open=False, poort="Te oud.")
    judged = verdict(night(bronnen=(own(rijen=1), brp), geweigerd=(refused("duo"),)))
    assert judged.zin == (
        "Let op: de poort van BRP is dicht, een levering van DUO is geweigerd en de telling van uitkeringsgegevens "
        "klopt niet."
    )
    assert judged.uitleg[0] == "BRP: Te oud."


def test_the_page_does_not_say_nothing_went_out_when_something_did():
    """A night that is run again after its letters were made keeps them."""
    told = verdict(closed_night(brieven=4)).uitleg
    assert not any("geen brieven" in line for line in told)
    assert "Tijdig maakte 4 brieven en 0 taken." in told


def test_an_empty_night_reads_as_a_quiet_one():
    assert verdict(empty_night()).uitleg == ("Er zijn vannacht geen brieven en geen taken gemaakt.",)
    shown = text(render(empty_night()))
    for sentence in (
        "Alles is goed gegaan.", "Er is niets afgekeurd.", "Vannacht is er geen nieuw verschil gevonden.", "0 : 0",
        "Er zijn geen lopende uitkeringen.", "Er is vannacht niets tegengehouden", "Samen 0,0 s.",
    ):  # fmt: skip
        assert sentence in shown
    assert "%" not in shown  # a share of nothing is not a number


def test_hostile_text_is_only_ever_text():
    html = render(
        night(
            gemeente=HOSTILE, versie=HOSTILE, te_bevestigen=(HOSTILE,),
            bronnen=(own(levering_id=HOSTILE, soort=HOSTILE), source(open=False, poort=HOSTILE), source(HOSTILE)),
            zonder_levering=(ClosedLine(bron=HOSTILE, poort=HOSTILE, waarschuwing=True), *not_connected(HOSTILE)),
            geweigerd=(refused(HOSTILE, wat=HOSTILE, waar=HOSTILE, doen=HOSTILE),),
            opmerkingen=(RemarkLine(tabel=HOSTILE, code=f"{HOSTILE}:onbekende_code", aantal=1),),
            afkeur=(
                RejectLine(tabel=HOSTILE, code=HOSTILE, zacht=False, aantal=1),
                RejectLine(tabel=HOSTILE, code=f"{HOSTILE}:vorm", zacht=True, aantal=1),
            ),
            regels=(rule("R01", HOSTILE, "nadeel", nudge=1), rule("R02", HOSTILE, HOSTILE, nudge=1)),
            redenen=(ReasonLine(reden=HOSTILE, zin=HOSTILE, advies=HOSTILE, aantal=1),),
            ouderdom=(AgeLine(alarm=HOSTILE, waarom=HOSTILE, brief=1, taak=0, wacht=0),),
            wachten=(WaitLine(reden=HOSTILE, zin=HOSTILE, aantal=1, uiterlijk=date(2026, 11, 3)),),
            steekproeven=(samples((1,) * 5, (1,) * 5)[0].model_copy(update={"soort": HOSTILE, "zin": HOSTILE}),),
            stappen=(StepLine(stap=HOSTILE, seconden=1),),
        )
    )  # fmt: skip
    root = tree(html)
    assert_alone(html)
    assert HOSTILE in "".join(root.find("body").itertext())
    assert "<script" not in html


def test_charts_escape_their_text():
    bars = [Bar(HOSTILE, 1, HOSTILE, '"><b>')]
    for svg in (
        bar_chart(HOSTILE, HOSTILE, bars),
        stacked_bar(HOSTILE, HOSTILE, bars),
        swatch('"><b>'),
        meter(1, 2),
    ):
        assert not list(ET.fromstring(svg).iter("b"))
        assert "<script" not in svg


def test_page_holds_counts_only(html):
    """No number as long as a BSN, an A-nummer or a telephone number outside the id of a delivery; no postcode."""
    shown = re.sub(r"\w+-2026-11-03-[0-9a-f]{12}", "", text(html))
    assert not re.search(r"\d{8,}", shown)
    assert not re.search(r"\b\d{4} ?[A-Z]{2}\b", shown)
    assert "geen namen, adressen of burgerservicenummers" in shown


def test_write_replaces_the_page_whole(tmp_path: Path):
    folder = tmp_path / "uitvoer" / "2026-11-03"
    first = write(empty_night(), folder)
    assert first == folder / "verslag.html"
    write(night(), folder)
    assert first.read_text(encoding="utf-8") == render(night())
    assert [path.name for path in folder.iterdir()] == ["verslag.html"]


def test_a_failed_write_leaves_the_old_page(tmp_path: Path, monkeypatch):
    path = write(night(), tmp_path)
    before = path.read_bytes()

    def broken(_: Path, __: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(OSError, match="disk full"):
        write(empty_night(), tmp_path)
    assert path.read_bytes() == before


def test_the_same_night_gives_the_same_page():
    assert render(night()) == render(night())


@pytest.mark.parametrize(("value", "written"), [(0, "0"), (999, "999"), (1234, "1.234"), (1_234_567, "1.234.567")])
def test_numbers_are_dutch(value, written):
    assert number(value) == written


def test_counts_agree_with_their_noun():
    assert [counted(n, "rij", "rijen") for n in (0, 1, 2_000)] == ["0 rijen", "1 rij", "2.000 rijen"]


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [(1, 8, "12,5%"), (1, 2, "50%"), (0, 5, "0%"), (5, 5, "100%"), (0, 0, "0%"),
     (1, 100_000, "minder dan 0,1%"), (99_999, 100_000, "meer dan 99,9%")],
)  # fmt: skip
def test_shares_never_round_to_nothing_or_all(part, whole, written):
    assert share(part, whole) == written


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "0,0 s"), (12.34, "12,3 s"), (59.97, "1 min 0 s"), (60, "1 min 0 s"), (125, "2 min 5 s")],
)
def test_durations(seconds, written):
    assert duration(seconds) == written


def test_moments_are_amsterdam_time_in_summer_too():
    assert moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "2 juli 2026, 00.30\N{NO-BREAK SPACE}uur"
    assert moment(datetime(2026, 7, 1, 22, 30)) == "1 juli 2026, 22.30\N{NO-BREAK SPACE}uur"  # noqa: DTZ001


def test_every_published_code_has_a_meaning():
    codes = [*(f"kolom:{check}" for check in CHECKS), *(f"rij:{rule}" for rule in RULES), *BETWEEN, *LINES]
    assert all(check_meaning(code) for code in codes)


def test_every_word_that_may_not_be_read_has_its_remark():
    assert all(word in remark_meaning(f"kolom:verboden_{word}") for word in FORBIDDEN)


def test_a_code_nobody_explained_yet_stays_a_code():
    assert check_meaning("te_veel_kolommen").startswith("De regel heeft meer kolommen dan de eerste regel")
    assert check_meaning("kolom:iets_nieuws") == ""
    assert remark_meaning("iets:nieuws") == ""


def test_names_are_listed_as_dutch_does():
    assert [listed(list(names)) for names in ("", "a", "ab", "abc")] == ["", "a", "a en b", "a, b en c"]


def test_signs_that_steer_a_screen_are_not_shown():
    assert shown("brp\n\x1b[31m\u202ecsv.exe\udc80") == "brp��[31m�csv.exe�"
    assert shown("één bestand.csv") == "één bestand.csv"


def test_a_small_part_stays_visible_and_the_whole_stays_whole():
    widths = shares([9_999, 1, 0])
    assert widths[1] > 1
    assert widths[2] == 0
    assert sum(widths) == pytest.approx(100)
    assert shares([0, 0]) == [0, 0]
    assert shares([1, 3]) == pytest.approx([25, 75])


def test_a_long_label_takes_more_lines_instead_of_running_off_the_page():
    short, long = (ET.fromstring(bar_chart("x", "x", [Bar("woord " * n, 1, "1", "vol")])) for n in (2, 20))
    assert len(long.findall("text")) > len(short.findall("text"))
    assert int(long.get("height")) > int(short.get("height"))


# -- the same night on the console ---------------------------------------------------------------------------


def shown_night(report: NightReport) -> str:
    return on_console(lambda console: present.night(console, report, Path("uitvoer")))


def test_the_console_shows_every_source_with_its_gate():
    lines = [line.split() for line in shown_night(full_night()).splitlines()]
    assert ["uitkeringsgegevens", "2026-11-03", "30.400", "0", "30.400", "0", "open"] in lines
    assert ["ib", "2026-10-12", "4.210", "10", "3.900", "300", "dicht"] in lines
    assert "Zelfde bestanden als de vorige keer: BRP en DUO." in shown_night(full_night())
    assert "Niet aangesloten: IB en DUO." in shown_night(night())
    nothing = [line.split() for line in shown_night(NIGHTS["nothing"]).splitlines()]
    assert ["duo", "-", "-", "-", "-", "-", "dicht"] in nothing


def test_every_source_fits_a_console_of_eighty_signs():
    shown = on_console(lambda console: present.night(console, full_night(), Path("uitvoer")), width=80)
    for word in ("uitkeringsgegevens", "2026-11-03", "weggelaten", "111.000"):
        assert word in shown


def test_the_console_warns_where_there_is_something_to_do():
    shown = " ".join(shown_night(full_night()).split())
    assert (
        "Let op: de poort van IB is dicht. De laatste levering is 60 dagen oud; hoogstens 45 mag. Alleen wat" in shown
    )
    assert "Let op: een levering van DUO is geweigerd (duo_inschrijving.csv): File is not the one" in shown
    assert "Let op: een levering is geweigerd (levering.json)" in shown
    assert "Let op" not in shown_night(night())


def test_the_console_says_what_waits_and_what_is_left_lying_where_there_is_any():
    shown = shown_night(night())
    assert "252 signalen wachten: capaciteit 212 (het eerste moet uiterlijk 30 november 2026) en rust 40" in shown
    assert "157 signalen liggen te lang: 153 van 30 dagen en 4 van 50 dagen (alarmen.jsonl)" in shown
    assert not re.search("wacht|te lang", shown_night(empty_night()))


def test_a_name_on_the_console_is_never_markup():
    line = refused(waar="[bold]b[/bold]\x1b[2J.csv", doen="Say so under [leveringen.brp_persoon].")
    shown = " ".join(shown_night(night(geweigerd=(line,))).split())
    assert "([bold]b[/bold]�[2J.csv)" in shown
    assert "Say so under [leveringen.brp_persoon]." in shown


# -- colours: the style sheet's own values, held to WCAG 2.2 (1.4.3 text, 1.4.11 marks) ----------------------

_CSS = (Path(page.__file__).parent / "verslag.css").read_text(encoding="utf-8")
_LIGHT, _DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
    for block in re.findall(r":root \{(.*?)\}", _CSS, re.DOTALL)[:2]
)
_TEXT_ON = [
    ("inkt", "vlak"), ("inkt", "kaart"), ("inkt", "goed-vlak"), ("inkt", "let-op-vlak"), ("zacht", "vlak"),
    ("zacht", "kaart"), ("huis", "vlak"), ("huis", "kaart"), ("op-kop", "kop"), ("goed", "goed-vlak"), ("let-op", "let-op-vlak"),
]  # fmt: skip
_MARK_ON = [
    ("vol", "kaart"), ("vol", "spoor"), ("let-op", "kaart"), ("oker", "kaart"), ("oker", "oker-vlak"), ("lei", "kaart"), ("lei", "spoor"),
    ("licht", "kaart"), ("licht", "licht-vlak"), ("grijs", "kaart"), ("grijs", "grijs-vlak"),
]  # fmt: skip


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_formula_on_known_values():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [_LIGHT, _DARK], ids=["light", "dark"])
def test_colours_can_be_told_apart(colours):
    assert _LIGHT.keys() == _DARK.keys()
    for front, ground in _TEXT_ON:
        assert contrast(colours[front], colours[ground]) >= 4.5, (front, ground)
    for front, ground in _MARK_ON:
        assert contrast(colours[front], colours[ground]) >= 3, (front, ground)
