"""The beheerder's morning page, read as a beheerder reads it: as text, and as a well-formed page."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.report import page
from flows.report.charts import Bar, bar_chart, meter, shares, stacked_bar, swatch
from flows.report.model import NightReport, ReasonLine, RejectLine, RuleLine, SourceLine, StepLine
from flows.report.page import render, write
from flows.report.verdict import verdict
from flows.report.words import check_meaning, counted, duration, moment, number, share

HOSTILE = """<script src="http://x.example/a.js">alert('1')</script> & "</svg></style>"""


def source(bron: str = "brp", **changes: object) -> SourceLine:
    """A BRP delivery of 120.500 rows, of which 500 were rejected and 9.000 concern somebody with an uitkering."""
    usual = {
        "bron": bron, "levering_id": f"{bron}-2026-11-03-3f1c0de5ab7e", "peildatum": date(2026, 11, 3),
        "geleverd_op": datetime(2026, 11, 3, 1, 4, tzinfo=UTC), "soort": "volledig", "rijen": 120_500,
        "geaccepteerd": 120_000, "afgekeurd": 500, "bewaard": 9_000, "waarden_afgekeurd": 77, "open": True,
        "poort": "Vers en volledig.",
    }  # fmt: skip
    return SourceLine.model_validate(usual | changes)


def own(**changes: object) -> SourceLine:
    """The dienst's own delivery: everything accepted and kept."""
    return source(
        "uitkeringsgegevens",
        **{"rijen": 30_400, "geaccepteerd": 30_400, "afgekeurd": 0, "bewaard": 30_400, "waarden_afgekeurd": 0}
        | changes,
    )


def rule(regel: str, titel: str, richting: str, **counts: int) -> RuleLine:
    counts = {"nudge": 0, "taak": 0, "geen_actie": 0} | counts
    law = "artikel 22a lid 1 Pw"
    return RuleLine(regel=regel, titel=titel, richting=richting, grondslag=law, nieuw=sum(counts.values()), **counts)


def night(**changes: object) -> NightReport:
    """A usual night in Voorbeeldstad: 1.010 new findings, 700 letters, 210 tasks."""
    usual = {
        "gemeente": "Voorbeeldstad", "peildatum": date(2026, 11, 3),
        "gemaakt_op": datetime(2026, 11, 3, 3, 12, tzinfo=UTC), "versie": "0.1.0",
        "bronnen": (own(), source()),
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
        "te_bevestigen": ("kostendelersleeftijd (27 jaar)",),
        "stappen": (StepLine(stap="Leveringen innemen", seconden=18.4), StepLine(stap="Brieven maken", seconden=106.6)),
    }  # fmt: skip
    return NightReport.model_validate(usual | changes)


def empty_night() -> NightReport:
    nothing = {"rijen": 0, "geaccepteerd": 0, "afgekeurd": 0, "bewaard": 0, "waarden_afgekeurd": 0}
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
    )
    return night(
        bronnen=(own(**nothing), source(**nothing)), afkeur=(), redenen=(), te_bevestigen=(), ingetrokken=0,
        regels=(rule("R01", "Kostendeler erbij", "nadeel"), rule("R02", "Kostendeler weg", "voordeel")),
        stappen=(StepLine(stap="Leveringen innemen", seconden=0),), **dict.fromkeys(counts, 0),
    )  # fmt: skip


def closed_night(**changes: object) -> NightReport:
    brp = source(open=False, poort="De laatste levering is 5 dagen oud; hoogstens 3 mag.")
    quiet = dict.fromkeys(("brieven", "taken", "spoed", "gesloten", "ingetrokken"), 0)
    return night(**{"bronnen": (own(), brp), **quiet} | changes)


def tree(html: str) -> ET.Element:
    """The page as XML, which is stricter than HTML: everything closed, nested and quoted."""
    return ET.fromstring(html.replace("<!doctype html>", "", 1).strip())


def text(html: str) -> str:
    """What somebody reads, spaces made single; without the style sheet."""
    body = tree(html).find("body")
    assert body is not None
    return " ".join("".join(body.itertext()).split())


NIGHTS = {"usual": night(), "empty": empty_night(), "closed": closed_night(), "nothing": empty_night().model_copy(
    update={"bronnen": (), "regels": (), "stappen": ()})}  # fmt: skip


@pytest.fixture(params=NIGHTS, name="html")
def _html(request) -> str:
    return render(NIGHTS[request.param])


def test_page_is_well_formed_and_dutch(html):
    assert html.startswith("<!doctype html>")
    root = tree(html)
    assert root.tag == "html"
    assert root.get("lang") == "nl"
    assert len(root.findall(".//h1")) == 1


def test_page_refers_to_nothing_outside_itself(html):
    assert not re.search(r"http|src|href|script|@import|<link|<iframe|<img|\bon[a-z]+=", html)
    assert set(re.findall(r"url\(([^)]*)\)", html)) <= {"#arcering-licht", "#arcering-oker", "#stippen"}


def test_every_chart_says_in_words_what_it_shows(html):
    ids = {element.get("id") for element in tree(html).iter()} - {None}
    charts = [svg for svg in tree(html).iter("svg") if svg.get("role") == "img"]
    assert charts
    for chart in charts:
        assert set(chart.get("aria-labelledby", "").split()) <= ids
        assert chart.findtext("title")
        assert chart.findtext("desc")
    silent = [svg for svg in tree(html).iter("svg") if svg not in charts and svg.get("role") != "img"]
    assert all(svg.get("aria-hidden") == "true" for svg in silent)


def test_ids_occur_once_and_sections_have_their_heading(html):
    ids = [element.get("id") for element in tree(html).iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {section.get("aria-labelledby") for section in tree(html).iter("section")} <= set(ids)


def test_every_table_has_a_caption_and_scopes(html):
    for table in tree(html).iter("table"):
        assert "".join(table.find("caption").itertext()).strip()
        assert all(header.get("scope") in {"col", "row"} for header in table.iter("th"))


def test_head_says_for_whom_which_day_and_when_it_was_made():
    shown = text(render(night()))
    assert "Voorbeeldstad" in shown
    assert "Peildatum 3 november 2026" in shown
    assert "Gemaakt op 3 november 2026, 04.12 uur" in shown  # 03:12 UTC is 04:12 in a Dutch winter
    assert "Versie 0.1.0" in shown


def test_headline_numbers_are_those_of_the_night():
    tiles = [" ".join(" ".join(tile.itertext()).split()) for tile in tree(render(night())).findall(".//dl/div")]
    assert tiles == [
        "Brieven 700 in de printmap",
        "Taken 210 waarvan 3 spoed",
        "Nieuwe signalen 1.010 en 1.204 liepen al",
        "Gesloten 31 het verschil is weg",
        "Ingetrokken 5 brieven die niet meer nodig zijn",
    ]


def test_rows_of_a_source_add_up_before_the_readers_eyes():
    shown = text(render(night()))
    assert "De telling klopt: 120.000 + 500 = 120.500." in shown
    assert "Niet bewaard: 111.000 rijen over mensen die met geen enkele uitkering te maken hebben" in shown
    assert "Alles wat geaccepteerd is, is bewaard." in shown
    assert "bewaard: 9.000 (7,5%)" in shown  # 9.000 of 120.500
    assert "Bij 63 daarvan (1%) staat de belanghebbende niet" in shown


def test_rejections_are_told_apart_and_explained():
    html = render(night())
    tables = {
        "".join(t.find("caption").itertext()): " ".join("".join(t.itertext()).split()) for t in tree(html).iter("table")
    }
    assert "anummer: niet in de afgesproken vorm 500" in tables["Afgekeurde rijen per tabel en code"]
    assert "postcode: niet in de afgesproken vorm 77" in tables["Onbekend gemaakte waarden per tabel en code"]


def test_rules_show_direction_law_and_what_is_done():
    table = next(t for t in tree(render(night())).iter("table") if t.get("class") == "regels")
    rows = [" ".join(" ".join(row.itertext()).split()) for row in table.iter("tr")]
    assert rows[1] == "R01 Kostendeler erbij ▼ Nadeel voor de inwoner artikel 22a lid 1 Pw 750 600 50 100"
    assert rows[-1] == "Samen 1.010 700 210 100"


def test_bars_of_all_directions_share_one_scale():
    charts = {svg.get("aria-labelledby"): svg for svg in tree(render(night())).iter("svg")}

    def width(direction: str) -> str:
        chart = charts[f"regels-{direction}-titel regels-{direction}-uitleg"]
        return next(rect.get("width") for rect in chart.iter("rect") if rect.get("class") == f"vul-{direction}")

    assert width("nadeel") == "84.0%"  # the longest: the whole track
    assert width("voordeel") == "16.8%"  # 150 of 750


def test_ratio_and_reasons_are_there():
    shown = text(render(night()))
    assert "150 : 750" in shown
    assert "Het adres is geheim. Er gaat geen brief. geheim taak 60" in shown
    assert "De inwoner heeft dit al gemeld. al_gemeld geen actie 100" in shown


def test_values_to_confirm_and_durations_are_there():
    shown = text(render(night()))
    assert "kostendelersleeftijd (27 jaar)" in shown
    assert "Samen 2 min 5 s." in shown  # 18,4 + 106,6 seconds
    assert "18,4 s" in shown


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
        "Er gaan vannacht geen nieuwe berichten uit. Er sluit ook geen signaal. "
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


def test_a_source_that_never_came_is_not_a_good_night():
    assert verdict(night(bronnen=(own(),))).zin == "Let op: er is geen levering van BRP."
    assert verdict(night(bronnen=())).zin == "Let op: er is geen levering van BRP en uitkeringsgegevens."


def test_rows_that_do_not_add_up_are_not_a_good_night():
    judged = verdict(night(bronnen=(own(), source(afgekeurd=499))))
    assert judged.zin == "Let op: de telling van BRP klopt niet."
    assert "De telling klopt niet: 120.000 + 499 is geen 120.500." in text(
        render(night(bronnen=(own(), source(afgekeurd=499))))
    )


def test_several_troubles_stand_in_one_sentence():
    brp = source(open=False, poort="Te oud.")
    judged = verdict(night(bronnen=(brp,)))
    assert judged.zin == "Let op: de poort van BRP is dicht en er is geen levering van uitkeringsgegevens."
    assert judged.uitleg[0] == "BRP: Te oud."


def test_the_page_does_not_say_nothing_went_out_when_something_did():
    """A night that is run again after its letters were made keeps them."""
    assert not any("geen nieuwe berichten" in line for line in verdict(closed_night(brieven=4)).uitleg)


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
            bronnen=(own(levering_id=HOSTILE, soort=HOSTILE), source(open=False, poort=HOSTILE)),
            afkeur=(
                RejectLine(tabel=HOSTILE, code=HOSTILE, zacht=False, aantal=1),
                RejectLine(tabel=HOSTILE, code=f"{HOSTILE}:vorm", zacht=True, aantal=1),
            ),
            regels=(rule("R01", HOSTILE, "nadeel", nudge=1), rule("R02", HOSTILE, HOSTILE, nudge=1)),
            redenen=(ReasonLine(reden=HOSTILE, zin=HOSTILE, advies=HOSTILE, aantal=1),),
            stappen=(StepLine(stap=HOSTILE, seconden=1),),
        )
    )  # fmt: skip
    root = tree(html)
    assert not list(root.iter("script"))
    assert not [element for element in root.iter() if element.get("src") or element.get("href")]
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


def test_a_code_nobody_explained_yet_stays_a_code():
    assert check_meaning("sleutel:dubbel") == "sleutel: komt vaker dan één keer voor"
    assert check_meaning("te_veel_kolommen") == "de regel heeft te veel kolommen"
    assert check_meaning("kolom:iets_nieuws") == ""


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
    ("vol", "kaart"), ("vol", "spoor"), ("oker", "kaart"), ("oker", "oker-vlak"), ("lei", "kaart"), ("lei", "spoor"),
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
