"""Every count of the evaluation, held against plain Python over the very rows, in both databases.

Nothing here calls the code that counts to know what to expect: see ``tests/store/plain_counts.py``.
"""

from collections import Counter
from contextlib import ExitStack
from datetime import date

import pytest

from contracts.outcome import Uitkomst
from contracts.registers import Elders, EldersAfgehandeld, Klacht, KlachtAfgehandeld
from store.casebook import Casebook
from store.casebook.anonymous import anonymise
from store.casebook.evaluation import Month, Period
from tests.postgres import database
from tests.store.casebook_rows import NOW, rows_by_chance
from tests.store.plain_counts import Plain, month_of, months, nearest_rank, side

START = date(2026, 9, 20)
PERIODS = [
    Period(Month.of(date(2026, 10, 1)), Month.of(date(2026, 10, 1))),
    Period(Month.of(START), Month.of(date(2026, 12, 1))),
]


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


@pytest.fixture(params=PERIODS, ids=lambda period: period.name)
def period(request):
    return request.param


@pytest.fixture
def plain(rows, period):
    return Plain(rows, period.first.first, period.last.last)


def test_what_was_found_and_handled(filled, plain, period):
    assert Counter({(f.richting.value, f.kreeg, f.reden): f.aantal for f in filled.found(period)}) == plain.found()
    handled = plain.handled()
    assert len(handled) > 100
    parts = ("regel", "beperkt", "richting")
    wanted = Counter(
        (*(plain.findings[key][name] for name in parts), move["uitkomst"]) for key, move in handled.items()
    )
    found = filled.handled(period)
    assert Counter({(h.regel, h.beperkt, h.richting.value, h.uitkomst): h.aantal for h in found}) == wanted
    counted = {row["dossiernummer"] for row in (*plain.new, *(plain.findings[key] for key in handled))}
    assert filled.dossiers_counted(period) == sorted(counted)
    found = Counter(month_of(row["eerste_nacht"]) for row in plain.new)
    assert {str(month): count for month, count in filled.found_by_month(period).items()} == found
    ended = Counter(month_of(move["nacht"]) for move in handled.values())
    assert {str(month): count for month, count in filled.handled_by_month(period).items()} == ended
    assert filled.seen_ahead(period) == plain.ahead() > 0


def test_how_long_it_took(filled, plain, period):
    wanted = {}
    for name, found in plain.days().items():
        for month in (None, *{month for month, _ in found}):
            days = [took for when, took in found if month in (None, when)]
            wanted[name, month] = (len(days), nearest_rank(days, 50), nearest_rank(days, 90))
    got = filled.durations(period)
    assert {
        (d.traject.value, d.maand and str(d.maand)): (d.aantal, d.mediaan, d.p90) for d in got
    } == wanted  # fmt: skip
    assert len(got) == len(wanted) > 4


def test_what_became_of_notices(filled, plain, period):
    wanted = plain.notice_ends()
    assert Counter({(n.soort, n.einde): n.aantal for n in filled.notices(period)}) == wanted
    assert len({end for _, end in wanted}) == 6


@pytest.mark.parametrize("rest", [1, 14, 30])
def test_whether_households_had_their_rest(filled, plain, period, rest):
    kept, broken = plain.rest(rest)
    assert filled.rest_kept(period, rest) == (kept, broken)
    assert kept
    assert broken or rest == 1


def test_bezwaren_by_version_of_the_rule(filled, plain, period):
    found = filled.objections(period)
    assert Counter({
        (o.regel, o.beperkt, o.regelversie, o.uitkomst.value): o.aantal for o in found
    }) == plain.objections()  # fmt: skip
    assert found


def test_what_it_means_in_euro(filled, plain, period):
    wanted = plain.money()
    assert {(m.kant, m.bevestigd): (m.aantal, m.laagste, m.hoogste) for m in filled.money(period)} == wanted
    assert {kant for kant, _ in wanted} == {"onbekend", "beide", "te_veel", "te_weinig", "geen"}


def shape(kant, route, richting, happened, seen, over):
    begun, to_come = (months(happened, seen), 0) if happened <= seen else (0, months(seen, happened))
    return (route, richting, kant, begun, to_come, (seen - happened).days <= 60, over)


def test_the_groups_of_an_mkba_hold_every_finding_once(filled, plain, period):
    wanted = {}
    for found in plain.workable():
        effect = found["inhoud"]["effect"]
        ends = zip((effect["laagste"], effect["hoogste"]), effect["tot_herziening"], strict=True)
        over = next(total // end for end, total in ends if end)
        about = (found["inhoud"]["route"], found["richting"], found["feitdatum"], found["eerste_nacht"])
        key = shape(side(effect), *about, over)
        n, low, high = wanted.get(key, (0, 0, 0))
        wanted[key] = (n + 1, low + effect["laagste"], high + effect["hoogste"])
    got = {}
    for group in filled.mkba_groups(period, 60):
        kant = "te_veel" if group.laagste < 0 else "te_weinig"
        key = shape(kant, group.route, group.richting, group.feitdatum, group.gezien_op, group.maanden)
        assert key not in got
        got[key] = (group.aantal, group.laagste, group.hoogste)
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


def test_a_line_without_anybody_is_counted_and_is_nobodys(anywhere):
    made, period = rows_by_chance(seed=1, count=40, first=START, days=20, dossiers=30), PERIODS[1]
    for row in made.finding[:20]:
        row["inhoud"] |= {
            "signaal_id": row["signaal_id"], "regel": row["regel"], "regelversie": "1", "dossiernummer": "D", "stand": 1,
            "consulent_id": None, "richting": row["richting"], "bericht": None, "feitdatum": None, "gezien": "", "taak": "",
            "feiten": {}, "onderdrukkers": [], "bronnen": [], "peildatum": "2026-10-01",
        }  # fmt: skip
        if row["inhoud"]["effect"] is not None:
            row["inhoud"]["effect"] |= {"stappen": []}
    made.write(anywhere)
    before = anywhere.found(period), anywhere.handled(period), anywhere.notices(period), anywhere.money(period)
    gone = [row["signaal_id"] for row in made.finding[:20]]
    with anywhere._writing() as con:
        anonymise(con, gone)
    assert (
        anywhere.found(period),
        anywhere.handled(period),
        anywhere.notices(period),
        anywhere.money(period),
    ) == before
    assert anywhere.dossiers_counted(period) == sorted({row["dossiernummer"] for row in made.finding[20:]})


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
