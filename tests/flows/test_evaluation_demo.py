"""Each figure of the evaluation on the demo, held against its answer key and what people did, counted in plain Python.

Two nights of a small demo town. In between people answer letters, finish tasks, look at samples, note bezwaren and
write down what came from elsewhere; the test keeps its own list of that. Expected numbers come from the answer key, that
list and the raw rows, never from the code that counts or masks.
"""

from collections import Counter
from datetime import UTC, date, datetime
from itertools import cycle

import polars as pl
import pytest

from advice.mkba import Geval, Kant, Scenario
from advice.mkba.compute import band_of, totals_of
from advice.mkba.formula import exact
from advice.mkba.levers import levers_of
from advice.mkba.model import scenarios
from contracts.bands import bands_on
from contracts.desk import Bevinding
from contracts.finding import Finding, Richting
from contracts.outcome import Uitkomst
from contracts.registers import Elders, EldersAfgehandeld, Klacht, KlachtAfgehandeld
from contracts.work import Bezwaar
from flows import steps
from flows.demo.generate import PEILDATUM, generate, nights_of
from flows.demo.key import read_key
from flows.evaluation.asked import Asked
from flows.evaluation.make import evaluation
from flows.evaluation.model import Cijfer
from flows.sampling import draw_sample
from flows.settings import SETTINGS_FILE, Workplace
from store.casebook import Casebook
from store.casebook.evaluation import Month, Period
from store.casebook.work import Deed
from tests.store.casebook_rows import by_key
from tests.store.plain_counts import LEFT, OTHERWISE, RIGHT, STRETCHES, Plain, nearest_rank, rows_of

pytestmark = pytest.mark.slow
#: What was planted for yesterday is found today as well.
RUN = list(nights_of(PEILDATUM, 3).values())[1:]
NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
SETTINGS = """\
verwachte_bronnen = ["uitkeringsgegevens", "brp", "ib", "duo"]
brieven_per_nacht = 0
taken_per_consulent_per_nacht = 0
instellingen = [{postcode = "1241AA"}]
steekproef_onderdrukt = 8
steekproef_zonder_signaal = 30
"""
#: Of the rules of the demo, where each sees what it says.
ORIGIN = {
    **dict.fromkeys(("R04", "R23", "R24"), "duo"), **dict.fromkeys(("R18", "R19", "R20", "R21", "R22"), "ib"),
    **dict.fromkeys(("R26", "R29", "R30", "R31"), "eigen_organisatie"),
}  # fmt: skip


def told(count):
    """A number as it may be told."""
    return str(count) if count == 0 else "<10" if count < 10 else str(count // 10 * 10)


def euros(cents, count):
    """An amount as it may be told: whole thousands, half of one upward."""
    return "" if count < 10 else str((2 * cents + 100_000) // 200_000 * 1_000)


class People:
    """What people did, by their own list."""

    def __init__(self):
        self.outcomes, self.answered, self.objections, self.looked = {}, set(), Counter(), Counter()
        self.elders, self.klachten = Counter(), Counter()

    def act(self, casebook):
        """After the first of the two nights that are run."""
        tasks = sorted(row.signaal_id for row in casebook.open_findings() if row.advies == "taak")
        for key, uitkomst in zip(
            tasks, cycle([*Uitkomst, *[Uitkomst.AANGEPAST] * 4, Uitkomst.GEEFT_ZELF_DOOR]), strict=False
        ):
            casebook.close(key, uitkomst, door="C-01", now=NOW)
            self.outcomes[key] = uitkomst
        # A letter that tells of more is not taken back for one of them without telling the rest again.
        alone = [told[0]["signaal_id"] for told in by_key(rows_of(casebook).told, "kenmerk").values() if len(told) == 1]
        letters = sorted(row.signaal_id for row in casebook.open_findings() if row.signaal_id in alone)
        for place, key in enumerate(letters[::2]):
            casebook.answer(key, door="C-01", now=NOW)
            self.answered.add(key)
            if place % 2:
                casebook.close(key, Uitkomst.GEEFT_ZELF_DOOR, door="C-01", now=NOW)
                self.outcomes[key] = Uitkomst.GEEFT_ZELF_DOOR
        for place, key in enumerate(tasks[:30]):
            self._object(casebook, key, place)
        for row in casebook.samples():
            seen = (Bevinding.TERECHT, Bevinding.TERECHT, Bevinding.NIET_TE_ZEGGEN, Bevinding.GEMIST)[row.nummer % 4]
            if row.nummer % 5:
                casebook.note_outcome(row.nummer, seen, door="C-01", now=NOW)
                self.looked[row.soort, seen] += 1
        self._write_down(casebook)

    def _object(self, casebook, key, place):
        (task,) = casebook.about(key)[0]
        uitkomst = Bezwaar.GEGROND if place % 3 == 0 else Bezwaar.ONGEGROND
        deed = Deed(task.taak_id, task.versie, "J-1", f"{place:032x}", NOW)
        assert casebook.note_objection(deed, uitkomst, PEILDATUM)
        row = casebook.get(key)
        if not row.beperkt:
            self.objections[row.regel, row.regelversie, uitkomst] += 1

    def _write_down(self, casebook):
        for place in range(26):
            herkomst = ("netwerkpartner", "samenleving", "netwerkpartner")[place % 3]
            number = casebook.note_elders(
                Elders(herkomst=herkomst, soort="inkomen", ontvangen_op=PEILDATUM, door="C-01", moment=NOW)
            )
            ended = EldersAfgehandeld(uitkomst="aangepast", op=PEILDATUM, door="C-01", moment=NOW)
            casebook.end_elders(number, ended)
            self.elders[herkomst, "aangepast"] += 1
        for place in range(14):
            onderwerp = ("toon", "privacy")[place > 11]
            number = casebook.note_klacht(Klacht(onderwerp=onderwerp, ontvangen_op=PEILDATUM, door="C-01", moment=NOW))
            if place % 2:
                ended = KlachtAfgehandeld(uitkomst="ongegrond", op=PEILDATUM, door="C-01", moment=NOW)
                casebook.end_klacht(number, ended)
            self.klachten[onderwerp, "ongegrond" if place % 2 else "loopt_nog"] += 1


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    work, people = Workplace(tmp_path_factory.mktemp("maand")), People()
    (work.folder / SETTINGS_FILE).write_text(SETTINGS)
    generate(work.leveringen, inwoners=6_500, huishoudens=550, dagen=3)
    for place, day in enumerate(RUN):
        sources = steps.take_in_all(work, day)
        steps.decide_and_record(work, day, steps.find(work, day), unusable=sources.unusable)
        draw_sample(work, day)
        with Casebook.at(work.casebook) as casebook:
            casebook.save_counts(day, {}, now=NOW)
            letters = casebook.letters_of(day)
            # One in nine is still to be made.
            casebook.offered({row.kenmerk: ("0" * 64, "1") for row in letters if int(row.kenmerk[-1], 36) % 9}, NOW)
            if place == 0:
                people.act(casebook)
    period = Period(Month.of(FIRST), Month.of(FIRST))
    with Casebook.at(work.casebook) as casebook:
        made = evaluation(casebook, work.settings, period, NOW)
        asked = Asked(casebook, period, period, work.settings, max(RUN))
        key = _key_of_the_nights(read_key(work.leveringen / "antwoordsleutel.csv"))
        return made, Plain(rows_of(casebook), FIRST, LAST), people, key, asked


def _key_of_the_nights(key):
    """The answer key without what was there yesterday and gone today: no night saw it."""
    before = key.filter(pl.col("advies") == "gesloten", pl.col("dag") == "vandaag")
    return key.join(before, on=["regel", "dossiernummer"], how="anti")


@pytest.fixture(scope="module")
def figure(demo):
    """The cells of a figure, as a file has them: code of the line -> code of the column -> value."""
    tables = {tabel.cijfer: tabel for tabel in demo[0].tabellen}

    def cells(cijfer):
        tabel = tables[cijfer]
        heads = [code for _, code in tabel.koppen]
        return {row.code: dict(zip(heads, (cel.waarde for cel in row.cellen), strict=True)) for row in tabel.rijen}

    return cells


@pytest.fixture(scope="module")
def plain(demo):
    return demo[1]


@pytest.fixture(scope="module")
def people(demo):
    return demo[2]


def test_the_rows_are_those_of_the_answer_key_and_of_what_people_did(demo, plain, people):
    """What is counted below is what was planted and what was done: nothing else is in the casebook."""
    key = demo[3]
    planted = Counter(key.filter(pl.col("advies") != "gesloten").select("regel", "dossiernummer").iter_rows())
    assert Counter((row["regel"], row["dossiernummer"]) for row in plain.rows.finding) == planted
    gone = Counter(key.filter(pl.col("advies") == "gesloten").select("regel", "dossiernummer").iter_rows())
    lapsed = [plain.findings[move["signaal_id"]] for move in plain.rows.history if move["waarom"] == "weg"]
    assert Counter((row["regel"], row["dossiernummer"]) for row in lapsed) == gone
    assert {m["signaal_id"]: m["uitkomst"] for m in plain.rows.history if m["uitkomst"]} == people.outcomes
    assert {m["signaal_id"] for m in plain.rows.history if m["waarom"] == "contact"} == people.answered
    assert len(people.outcomes) > 50
    assert len(people.answered) > 15


def test_found(demo, plain, people, figure):
    key = demo[3].filter(pl.col("advies") != "gesloten")
    cells, found = figure(Cijfer.GEVONDEN), plain.found()
    assert cells["samen"]["samen"] == told(len(key))
    for richting in Richting:
        row = {
            kreeg: sum(n for (r, k, _), n in found.items() if (r, k) == (richting, kreeg))
            for kreeg in ("brief", "taak", "niets")
        }
        assert cells[richting] == {kreeg: told(count) for kreeg, count in row.items()} | {
            "samen": told(sum(row.values()))
        }
    # A letter that was taken back is none: its finding is gone by the answer key, or somebody finished it.
    planted = Counter(key.filter(pl.col("advies") == "nudge").select("regel", "dossiernummer").iter_rows())
    gone = Counter(demo[3].filter(pl.col("advies") == "gesloten").select("regel", "dossiernummer").iter_rows())
    done = Counter((plain.findings[one]["regel"], plain.findings[one]["dossiernummer"]) for one in people.outcomes)
    assert sum(n for (_, kreeg, _), n in found.items() if kreeg == "brief") == (planted - gone - done).total() > 30
    assert figure(Cijfer.VERLOOP)["2026-11"] == {"nieuw": told(len(key)), "afgehandeld": told(len(plain.handled()))}


def test_days(plain, figure):
    cells, by_month = figure(Cijfer.DOORLOOPTIJD), figure(Cijfer.DOORLOOPTIJD_VERLOOP)["2026-11"]
    for name in STRETCHES:
        days = [took for _, took in plain.days()[name]]
        assert len(days) >= 10, name
        middle, most = nearest_rank(days, 50), nearest_rank(days, 90)
        assert cells[name] == {"aantal": told(len(days)), "mediaan_dagen": str(middle), "p90_dagen": str(most)}
        assert by_month[name] == f"{middle}|{most}"
    assert figure(Cijfer.VOORAF_GEZIEN) == {"vooraf_gezien": {"aantal": told(plain.ahead())}}


def test_handled_by_origin_and_outcome(plain, people, figure):
    wanted = Counter(people.elders)
    for key, move in plain.handled().items():
        regel = plain.findings[key]["regel"]
        wanted[ORIGIN.get(regel, "brp"), people.outcomes.get(key, "verschil_weg")] += 1
        assert people.outcomes.get(key) == move["uitkomst"]
    cells = figure(Cijfer.AFGEHANDELD)
    origins = ("brp", "ib", "duo", "eigen_organisatie", "netwerkpartner", "samenleving")
    for outcome in (*Uitkomst, "verschil_weg"):
        assert [cells[outcome][one] for one in origins] == [told(wanted[one, outcome]) for one in origins]
        assert cells[outcome]["samen"] in {told(sum(wanted[one, outcome] for one in origins)), ""}
    for one in origins:
        assert cells["samen"][one] in {told(sum(wanted[one, outcome] for outcome in (*Uitkomst, "verschil_weg"))), ""}
    assert cells["samen"]["samen"] == told(wanted.total())
    assert wanted["netwerkpartner", "aangepast"] >= 10


def test_notices_and_rest(plain, figure):
    cells, wanted = figure(Cijfer.BERICHTEN), plain.notice_ends()
    ends = ("beantwoord", "verwerkt", "niets_bekend", "ingetrokken", "bij_een_mens", "nog_te_maken")
    assert {end: row["brief"] for end, row in cells.items() if end in ends} == {
        end: told(wanted["brief", end]) for end in ends
    }
    assert wanted["brief", "beantwoord"] >= 10
    assert wanted["brief", "nog_te_maken"]
    kept, broken = plain.rest(30)
    assert figure(Cijfer.RUST) == {"gehouden": {"aantal": told(kept)}, "te_snel": {"aantal": told(broken)}}
    assert broken == 0, "the demo breaks no rest"
    assert kept == sum(row["status"] in LEFT for row in plain.rows.outbox)


def test_complaints(people, figure):
    cells = figure(Cijfer.KLACHTEN)
    assert set(cells) == {"toon", "privacy", "samen"}
    for onderwerp in ("toon", "privacy"):
        for end in ("ongegrond", "loopt_nog"):
            assert cells[onderwerp][end] == told(people.klachten[onderwerp, end])
    assert cells["samen"]["samen"] == told(people.klachten.total())


def test_decided_otherwise_by_rule(plain, people, figure):
    cells = figure(Cijfer.ANDERS_BESLOTEN)
    counts = Counter()
    for key, uitkomst in people.outcomes.items():
        how = "anders" if uitkomst in OTHERWISE else "gevolgd" if uitkomst in RIGHT else "geen_contact"
        if not plain.findings[key]["beperkt"]:
            counts[plain.findings[key]["regel"], how] += 1
    rules = {regel for regel, _ in counts}
    assert set(cells) == rules | {"samen"}
    for regel in rules:
        for how in ("gevolgd", "anders", "geen_contact"):
            assert cells[regel][how] == told(counts[regel, how])
    assert cells["samen"]["samen"] == told(counts.total())
    assert "R21" not in cells, "that somebody is detained is for few"
    assert {row["regel"] for row in plain.rows.finding if row["beperkt"]} >= {"R21"}


def test_bezwaren_by_version(people, figure):
    cells = figure(Cijfer.BEZWAREN)
    wanted = Counter(people.objections)
    for regel, versie, uitkomst in wanted:
        assert cells[f"{regel} versie {versie}"][uitkomst] == told(wanted[regel, versie, uitkomst])
    assert len(cells) == len({(regel, versie) for regel, versie, _ in wanted}) + 1
    assert cells["samen"]["samen"] in {told(wanted.total()), ""}


def test_held_back_and_why(demo, plain, people, figure):
    cells = figure(Cijfer.ONDERDRUKT)
    wanted = Counter()
    for (_, kreeg, reden), count in plain.found().items():
        if kreeg == "niets" and reden not in {None, "afgedaan"}:
            wanted[reden] += count
    assert {reden: row["aantal"] for reden, row in cells.items() if reden != "samen"} == {
        reden: told(count) for reden, count in wanted.items()
    }
    # By the answer key; what waited beside another letter rests on the next night.
    planted = Counter(demo[3].filter(pl.col("advies") == "geen_actie")["reden"].to_list())
    planted["rust"] += planted.pop("gebundeld")
    assert wanted == planted


def test_the_sample_with_its_interval(people, figure):
    cells = figure(Cijfer.STEEKPROEF)
    for soort in ("onderdrukt", "zonder_signaal"):
        seen, missed = people.looked[soort, "terecht"] + people.looked[soort, "gemist"], people.looked[soort, "gemist"]
        row = cells[soort]
        assert (row["bekeken"], row["gemist"]) == (told(seen), told(missed))
        if seen >= 10:
            low, high = (float(end.replace(",", ".")) for end in row["aandeel_gemist"].split("|"))
            assert low <= 100 * missed / seen <= high
        else:
            assert row["aandeel_gemist"] == ""
    assert people.looked["zonder_signaal", "terecht"] >= 10


def test_euros(plain, figure):
    cells, wanted = figure(Cijfer.BEDRAGEN), plain.money()
    for kant in ("te_veel", "te_weinig"):
        for sure, name in ((True, "bevestigd"), (False, "verdwenen")):
            count, low, high = wanted.get((kant, sure), (0, 0, 0))
            if count:
                ends = sorted((abs(low), abs(high)))
                row = {
                    "aantal": told(count),
                    "laagste_euro": euros(ends[0], count),
                    "hoogste_euro": euros(ends[1], count),
                }
                assert cells[f"{kant}_{name}"] == row
    assert cells["te_veel_bevestigd"]["hoogste_euro"]
    for kant in ("beide", "geen", "onbekend"):
        count = sum(n for (side_, _), (n, *_) in wanted.items() if side_ == kant)
        assert (cells[kant]["aantal"] if count else kant not in cells) == (told(count) if count else True)


def test_the_mkba_added_up_is_that_of_each_finding(demo, plain, figure):
    """Case by case, as ``tijdig mkba`` does: the base is the sum of theirs, and the band lies within theirs added up."""
    cells, bands = figure(Cijfer.MKBA), bands_on(max(RUN))
    sums = {(s, k): [0, 0, 0] for s in Scenario for k in Kant}
    cases = plain.workable()
    assert len(cases) >= 10
    for row in cases:
        found = Finding.model_validate(row["inhoud"]).model_copy(update={"peildatum": row["eerste_nacht"]})
        for key, band in costs_of(Geval.of(found, herziening_maanden=12, horizon_maanden=24), bands).items():
            for place, cents in enumerate((band.laag, band.basis, band.hoog)):
                sums[key][place] += cents
    for (scenario, kant), (low, base, high) in sums.items():
        row = cells[f"{kant}_{scenario}"]
        # What is told is in thousands; each case rounds to whole cents.
        assert abs(int(row["basis_euro"]) - base / 100) <= 500 + len(cases)
        assert int(row["laag_euro"]) >= low / 100 - 500 - len(cases)
        assert int(row["hoog_euro"]) <= high / 100 + 500 + len(cases)
    difference = sums[Scenario.SOCIAAL, Kant.SAMEN][1] - sums[Scenario.GEEN, Kant.SAMEN][1]
    assert abs(int(cells["verschil"]["basis_euro"]) - difference / 100) <= 500 + len(cases)


def costs_of(case, bands):
    """What one case costs, as ``tijdig mkba`` works it out, without its break-even."""
    assert case.waarom_niet() is None
    with exact():
        levers, costs = levers_of(case, bands), scenarios(case, 60)
        totals = {scenario: totals_of(of) for scenario, of in costs.items()}
        return {(s, k): band_of(formula, levers) for s, of in totals.items() for k, formula in of.items()}


def test_the_page_says_how_many_nights_there_were(demo):
    made = demo[0]
    assert made.nachten == (2, 2)
    assert made.loopt, "november is not over"
    assert made.period.last.last == LAST
