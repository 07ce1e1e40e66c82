"""Every count of the evaluation, held against plain Python over the very rows, in both databases.

Nothing here calls the code that counts to know what to expect: the rows are read one by one, as the definitions in
``docs/begrippen.md`` say.
"""

from collections import Counter
from contextlib import ExitStack
from datetime import date, timedelta
from math import ceil

import pytest

from contracts.outcome import Uitkomst, Waarom
from contracts.registers import Elders, EldersAfgehandeld, Klacht, KlachtAfgehandeld
from store.casebook import OPEN, Casebook
from store.casebook.evaluation import Month, Period
from tests.postgres import database
from tests.store.casebook_rows import NOW, by_key, rows_by_chance

START = date(2026, 9, 20)
PERIODS = [
    Period(Month.of(date(2026, 10, 1)), Month.of(date(2026, 10, 1))),
    Period(Month.of(START), Month.of(date(2026, 12, 1))),
]
LEFT = {"bezig", "onbekend", "bevestigd", "niet_ingetrokken"}
RIGHT = {"aangepast", "inwoner_geeft_zelf_door"}


@pytest.fixture(scope="module")
def rows():
    return rows_by_chance(seed=7, count=900, first=START, days=80, dossiers=200)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request, rows, tmp_path_factory):
    """A casebook with those rows, made once: nothing here changes it."""
    with ExitStack() as stack:
        path = tmp_path_factory.mktemp("filled") / "casebook.sqlite"
        sqlite = request.param == "sqlite"
        casebook = Casebook.at(path) if sqlite else Casebook(stack.enter_context(database()))
        rows.write(stack.enter_context(casebook))
        yield casebook


class Plain:
    """The same counts, one row after the other."""

    def __init__(self, rows, period):
        self.rows, self.first, self.last = rows, period.first.first, period.last.last
        self.findings = {row["signaal_id"]: row for row in rows.finding}
        self.life = by_key(rows.history, "signaal_id")
        self.letters = by_key(
            [{**row, **next(t for t in rows.told if t["kenmerk"] == row["kenmerk"])} for row in rows.outbox],
            "signaal_id",
        )
        self.tasked = {row["signaal_id"] for row in rows.task}

    def holds(self, day):
        return day is not None and self.first <= day <= self.last

    @staticmethod
    def ends(move):
        return move["waarom"] == Waarom.AFGEROND or (move["waarom"] == Waarom.WEG and move["van"] in OPEN)

    def handled(self):
        """signaal_id -> the move that counts."""
        found = {}
        for key, life in self.life.items():
            ends = [move for move in life if self.ends(move) and self.holds(move["nacht"])]
            said = [move for move in ends if move["uitkomst"] is not None]
            if ends:
                found[key] = (said or ends)[-1]
        return found

    def contact(self):
        found = {}
        for key in self.findings:
            days = [row["bevestigd_op"] or row["nacht"] for row in self.letters.get(key, []) if row["status"] in LEFT]
            days += [move["nacht"] for move in self.life[key] if move["waarom"] == Waarom.CONTACT]
            if days:
                found[key] = min(days)
        return found

    def put_right(self):
        for key, move in self.handled().items():
            acted = key in self.tasked or any(row["status"] in LEFT for row in self.letters.get(key, []))
            if move["uitkomst"] in RIGHT or (move["uitkomst"] is None and acted):
                yield self.findings[key], move["uitkomst"] is not None


def nearest_rank(values, percent):
    return sorted(values)[ceil(percent * len(values) / 100) - 1]


def side(effect):
    if effect is None:
        return "onbekend"
    low, high = effect["laagste"], effect["hoogste"]
    if low < 0 < high:
        return "beide"
    return "te_veel" if low < 0 else "te_weinig" if high > 0 else "geen"


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.name)
def test_what_was_found_and_handled(filled, rows, period):
    plain = Plain(rows, period)
    new = [row for row in rows.finding if plain.holds(row["eerste_nacht"])]
    assert Counter({(f.richting.value, f.advies, f.reden): f.aantal for f in filled.found(period)}) == Counter(
        (row["richting"], row["advies"], row["reden"]) for row in new
    )
    handled = plain.handled()
    assert len(handled) > 100
    assert Counter({(h.regel, h.richting.value, h.uitkomst): h.aantal for h in filled.handled(period)}) == Counter(
        (plain.findings[key]["regel"], plain.findings[key]["richting"], move["uitkomst"])
        for key, move in handled.items()
    )
    counted = {row["dossiernummer"] for row in new} | {plain.findings[key]["dossiernummer"] for key in handled}
    assert filled.dossiers_counted(period) == sorted(counted)
    assert filled.found_by_month(period) == Counter(Month.of(row["eerste_nacht"]) for row in new)
    assert filled.handled_by_month(period) == Counter(Month.of(move["nacht"]) for move in handled.values())
    assert filled.seen_ahead(period) == sum(
        row["feitdatum"] is not None and row["feitdatum"] > row["eerste_nacht"] for row in new
    )


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.name)
def test_how_long_it_took(filled, rows, period):
    plain = Plain(rows, period)
    contact, handled = plain.contact(), {key: move["nacht"] for key, move in plain.handled().items()}
    stretches = {"feit_gezien": [], "gezien_contact": [], "contact_verwerkt": [], "feit_verwerkt": []}
    for key, row in plain.findings.items():
        pairs = {
            "feit_gezien": (row["feitdatum"], row["eerste_nacht"]), "gezien_contact": (row["eerste_nacht"], contact.get(key)),
            "contact_verwerkt": (contact.get(key), handled.get(key)), "feit_verwerkt": (row["feitdatum"], handled.get(key)),
        }  # fmt: skip
        for name, (first, second) in pairs.items():
            if first is not None and plain.holds(second) and first <= second:
                stretches[name].append((Month.of(second), (second - first).days))
    wanted = {}
    for name, found in stretches.items():
        for month in (None, *{month for month, _ in found}):
            days = [took for when, took in found if month in (None, when)]
            wanted[name, month] = (len(days), nearest_rank(days, 50), nearest_rank(days, 90))
    got = filled.durations(period)
    assert {(d.traject.value, d.maand): (d.aantal, d.mediaan, d.p90) for d in got} == wanted
    assert len(got) == len(wanted) > 4


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.name)
def test_what_became_of_notices(filled, rows, period):
    plain = Plain(rows, period)
    wanted = Counter()
    for letter in rows.outbox:
        if not plain.holds(letter["nacht"]):
            continue
        (told,) = [row for row in rows.told if row["kenmerk"] == letter["kenmerk"]]
        after = [move for move in plain.life[told["signaal_id"]] if move["nacht"] >= letter["nacht"]]
        answered = any(m["waarom"] == Waarom.CONTACT or m["uitkomst"] == "inwoner_geeft_zelf_door" for m in after)
        settled = any(plain.ends(m) and m["uitkomst"] != "geen_contact_gekregen" for m in after)
        end = {"klaar": "nog_te_maken", "mislukt": "bij_een_mens", "ingetrokken": "ingetrokken"}.get(
            letter["status"], "beantwoord" if answered else "verwerkt" if settled else "niets_bekend"
        )
        wanted[letter["soort"], end] += 1
    assert Counter({(n.soort, n.einde): n.aantal for n in filled.notices(period)}) == wanted
    assert len({end for _, end in wanted}) == 6


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.name)
@pytest.mark.parametrize("rest", [1, 14, 30])
def test_whether_households_had_their_rest(filled, rows, period, rest):
    plain = Plain(rows, period)
    kept = broken = 0
    for letters in by_key([row for row in rows.outbox if row["status"] in LEFT], "dossiernummer").values():
        nights = sorted(row["nacht"] for row in letters)
        for before, night in zip((None, *nights), nights, strict=False):
            if plain.holds(night):
                enough = before is None or night - before >= timedelta(days=rest)
                kept, broken = kept + enough, broken + (not enough)
    assert filled.rest_kept(period, rest) == (kept, broken)
    assert kept
    assert broken or rest == 1


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.name)
def test_bezwaren_by_version_of_the_rule(filled, rows, period):
    plain = Plain(rows, period)
    wanted = Counter(
        (row["regel"], row["regelversie"], row["uitkomst"]) for row in rows.objection if plain.holds(row["datum"])
    )
    found = filled.objections(period)
    assert Counter({(o.regel, o.regelversie, o.uitkomst.value): o.aantal for o in found}) == wanted
    assert wanted


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.name)
def test_what_it_means_in_euro(filled, rows, period):
    wanted = {}
    for found, sure in Plain(rows, period).put_right():
        effect = found["inhoud"]["effect"]
        low, high = effect["tot_herziening"] if effect else (0, 0)
        n, lows, highs = wanted.get((side(effect), sure), (0, 0, 0))
        wanted[side(effect), sure] = (n + 1, lows + low, highs + high)
    assert {(m.kant, m.bevestigd): (m.aantal, m.laagste, m.hoogste) for m in filled.money(period)} == wanted
    assert {kant for kant, _ in wanted} == {"onbekend", "beide", "te_veel", "te_weinig", "geen"}


def months(first, second):
    whole = 12 * (second.year - first.year) + second.month - first.month
    return whole - (second.day < first.day)


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.name)
def test_the_groups_of_an_mkba_hold_every_finding_once(filled, rows, period):
    wanted = {}
    for found, _ in Plain(rows, period).put_right():
        effect, happened, seen = found["inhoud"]["effect"], found["feitdatum"], found["eerste_nacht"]
        kant = side(effect)
        agrees = (kant, found["richting"]) not in {("te_veel", "voordeel"), ("te_weinig", "nadeel")}
        if happened is None or kant not in {"te_veel", "te_weinig"} or not agrees:
            continue
        end, total = next(
            pair
            for pair in zip((effect["laagste"], effect["hoogste"]), effect["tot_herziening"], strict=True)
            if pair[0]
        )
        shape = (
            found["inhoud"]["route"], found["richting"], kant, max(0, months(happened, seen)) if happened <= seen else 0,
            months(seen, happened) if happened > seen else 0, (seen - happened).days <= 60, total // end,
        )  # fmt: skip
        n, low, high = wanted.get(shape, (0, 0, 0))
        wanted[shape] = (n + 1, low + effect["laagste"], high + effect["hoogste"])
    got = {}
    for group in filled.mkba_groups(period, 60):
        happened, seen = group.feitdatum, group.gezien_op
        shape = (
            group.route, group.richting, "te_veel" if group.laagste < 0 else "te_weinig",
            months(happened, seen) if happened <= seen else 0, months(seen, happened) if happened > seen else 0,
            (seen - happened).days <= 60, group.maanden,
        )  # fmt: skip
        assert shape not in got
        got[shape] = (group.aantal, group.laagste, group.hoogste)
    assert got == wanted
    assert len(got) > 10


def test_what_is_written_down_by_hand(anywhere):
    october, november = (Period(Month.of(date(2026, m, 1)), Month.of(date(2026, m, 1))) for m in (10, 11))

    def elders(herkomst, came, uitkomst=None, op=None):
        number = anywhere.note_elders(
            Elders(herkomst=herkomst, soort="inkomen", ontvangen_op=came, door="C-01", moment=NOW)
        )
        if uitkomst:
            anywhere.end_elders(number, EldersAfgehandeld(uitkomst=uitkomst, op=op, door="C-01", moment=NOW))

    def klacht(onderwerp, came, uitkomst=None):
        number = anywhere.note_klacht(Klacht(onderwerp=onderwerp, ontvangen_op=came, door="C-01", moment=NOW))
        if uitkomst:
            anywhere.end_klacht(number, KlachtAfgehandeld(uitkomst=uitkomst, op=came, door="C-01", moment=NOW))

    elders("netwerkpartner", date(2026, 10, 5), "aangepast", date(2026, 11, 2))
    elders("netwerkpartner", date(2026, 10, 31))
    elders("samenleving", date(2026, 11, 1), "al_bekend", date(2026, 11, 1))
    klacht("toon", date(2026, 10, 31), "gegrond")
    klacht("toon", date(2026, 11, 1))
    said = [[(e.herkomst, e.uitkomst, e.aantal) for e in anywhere.from_elsewhere(one)] for one in (october, november)]
    assert said[0] == [("netwerkpartner", None, 1)]
    assert said[1] == [("netwerkpartner", Uitkomst.AANGEPAST, 1), ("samenleving", Uitkomst.AL_BEKEND, 1)]
    told = [[(c.onderwerp, c.uitkomst, c.aantal) for c in anywhere.complaints(one)] for one in (october, november)]
    assert told == [[("toon", "gegrond", 1)], [("toon", None, 1)]]


def test_an_empty_casebook_counts_nothing(anywhere):
    period = PERIODS[0]
    assert anywhere.all_nights() is None
    assert not any((
        anywhere.nights_of(period), anywhere.found(period), anywhere.handled(period), anywhere.durations(period),
        anywhere.notices(period), anywhere.objections(period), anywhere.money(period), list(anywhere.mkba_groups(period, 60)),
        anywhere.complaints(period), anywhere.from_elsewhere(period), anywhere.seen_ahead(period),
    ))  # fmt: skip
    assert anywhere.rest_kept(period, 30) == (0, 0)


def test_a_month_and_a_period_know_their_days():
    assert Month.of(date(2026, 12, 31)) == Month.of(date(2026, 12, 1))
    december = Month.of(date(2026, 12, 5))
    assert (december.first, december.last, str(december)) == (date(2026, 12, 1), date(2026, 12, 31), "2026-12")
    years = Period(Month.of(date(2022, 1, 1)), december)
    assert (len(years.months), years.name) == (60, "2022-01--2026-12")
