"""R06, R18 and R19 on the tables: income that UWV or the Inlichtingenbureau knows of beside what the dienst sets off."""

from datetime import UTC, date, datetime
from itertools import count

import polars as pl
import pytest

from contracts.codelists import code_lists
from contracts.tables import Bron
from flows.settings import Workplace
from flows.steps import view_parameters
from matching.intake.take_in import take_in
from matching.rule import Reading, all_rules
from matching.views import build_views, read_view, view_sql
from store.warehouse import Warehouse
from tests.bare import bare_tables
from tests.world import DAY, World, alone, bsn

NOW = datetime(2026, 11, 3, 3, tzinfo=UTC)
READ = ("verdienste", "belanghebbende")
EMPLOYER, OTHER = "001002041L02", "003004005L01"


@pytest.fixture
def night(tmp_path):
    """A function: a world in, the findings of R06, R18 and R19 with the default settings out."""

    runs = count()

    def run(world: World, day: date = DAY):
        folder = tmp_path / str(next(runs))
        with Warehouse(folder / "w.duckdb") as warehouse:
            deliveries = [*world.write_all(folder, day), world.write(folder, Bron.IB, day)]
            take_in(warehouse, deliveries, now=NOW)
            build_views(warehouse, view_parameters(Workplace(tmp_path), day), views=READ)
            views = {name: read_view(warehouse, name) for name in READ}
        asked = [rule for rule in all_rules() if rule.rule_id in ("R06", "R18", "R19")]
        return [finding for rule in asked for finding in rule.find(views[rule.view], Reading(day))]

    return run


def earnings(world: World, day: date = DAY) -> list[dict[str, object]]:
    """The rows of the view alone, with what it reads of dossier and person made by hand; nobody is linked by name."""
    tables = bare_tables()
    signals = enumerate(world.rows["ib_samenloopsignaal"])
    tables.add("ib_samenloopsignaal", *(row | {"signaal_sleutel": str(number)} for number, row in signals))
    for table in ("inkomsten_uwv", "uitkering"):
        tables.add(table, *world.rows[table])
    off = [row["inkomsten_bedrag_cent"] for row in world.rows["uitkeringsperiode"]]
    dossiers = [
        {
            "uitkering_id": row["uitkering_id"], "dossiernummer": row["dossiernummer"],
            "persoon_sleutel": f"P-{row['burgerservicenummer']}",
            "partner_sleutel": row["partner_burgerservicenummer"] and f"P-{row['partner_burgerservicenummer']}",
            "uitkering_sinds": date.fromisoformat(str(row["datum_aanvang_uitkering"])),
            "partner_elders": False,
            "verrekend_cent": max((int(cents) for cents in off if cents), default=None),
        }
        for row in world.rows["uitkering"]
    ]  # fmt: skip
    persons = [
        {"persoon_sleutel": f"P-{row['burgerservicenummer']}", "bsn": row["burgerservicenummer"], "inhoud": "x"}
        for row in world.rows["brp_persoon"]
    ]
    made = {
        "dossier": pl.DataFrame(dossiers, schema_overrides={"partner_sleutel": pl.String, "verrekend_cent": pl.Int64}),
        "persoon": pl.DataFrame(persons),
        "koppel_persoon": pl.DataFrame(persons).with_columns(id=1),
        "koppel_besluit": pl.DataFrame(schema={"id": pl.Int64, "register_id": pl.Int64, "zelfde": pl.Boolean}),
    }
    known = {
        "peildatum": day, "opgave_dagen": 95, "vrijlating_procent": 25, "inkomen_drempel_cent": 5_000, "sleutel": "s"
    }  # fmt: skip
    try:
        for name, frame in made.items():
            tables.con.register(name, frame)
        return tables.make("inkomen", **known).make("samenloop", **known).rows("verdienste", **known)
    finally:
        for name in made:
            tables.con.unregister(name)


def differ(world: World, day: date = DAY) -> list[date | None]:
    """The first days of the income that goes on and is not set off."""
    rows = [row for row in earnings(world, day) if row["loopt"] and row["niet_verrekend"]]
    return sorted((row["aanvang"] for row in rows), key=str)


def couple(house: int = 1, **columns: str | None) -> World:
    """Clients 1, at house 1, and 2, of whom the second works; the dienst sets nothing off."""
    world = World().person(1, house=1).person(2, house=house, **columns).uitkering(1, house=1, partner=2)
    return earns(sets_off(world, 0), wie=2)


def told(findings):
    return [(f.regel, f.feitdatum) for f in findings]


def holding(finding):
    return [tested.naam for tested in finding.onderdrukkers if tested.geldt is not False]


def sets_off(world: World, cents: int | None, vanaf: str = "2026-07-01", tot: str | None = None) -> World:
    """The dienst sets off so much income a month of client 1."""
    world.rows["uitkeringsperiode"].append({
        "uitkering_id": "U-1", "datum_aanvang_periode": vanaf, "datum_einde_periode": tot, "norm_bedrag_cent": "141946",
        "inkomsten_bedrag_cent": None if cents is None else str(cents),
    })  # fmt: skip
    return world


def earns(
    world: World,
    cents: int | None = 80_000,
    months: tuple[int, ...] = (8, 9),
    *,
    wie: int = 1,
    kind: str | None = "15",
    since: str | None = "20260801",
    **columns: str | None,
) -> World:
    """What an employer declared of a person over months of 2026: loon of which nothing is withheld."""
    last = {6: 30, 7: 31, 8: 31, 9: 30, 10: 31}
    for month in months:
        world.rows["inkomsten_uwv"].append({
            "burgerservicenummer": bsn(wie), "voorletters": "N.", "geslachtsnaam": "Jansen",
            "geboortedatum": "19800101", "loonheffingennummer": EMPLOYER, "volgnummer_ikv": "1",
            "naam_werkgever": "De Ketting", "datum_aanvang_ikv": since, "datum_einde_ikv": "99991231",
            "datum_aanvang_periode": since or f"2026{month:02d}01", "soort_ikv": kind,
            "datum_aanvang_opgave": f"2026{month:02d}01", "datum_einde_opgave": f"2026{month:02d}{last[month]}",
            "loon_lb_cent": None if cents is None else str(cents), "ingehouden_lb_cent": "0", "vakantietoeslag_cent": "0",
        } | columns)  # fmt: skip
    return world


def signalled(world: World, soort: str = "OIB", month: int = 9, **columns: str | None) -> World:
    """The Inlichtingenbureau tells of income of client 1 over a month of 2026."""
    last = {8: 31, 9: 30, 10: 31}[month]
    world.rows["ib_samenloopsignaal"].append({
        "leveringsdatum": "20261103", "peilmaand": "2026-10", "gemeentecode": "9901", "dossiernummer": "D-1",
        "burgerservicenummer": bsn(1), "signaalsoort": soort, "bron": "UWV", "bronkenmerk": f"{EMPLOYER}-1",
        "datum_aanvang_feit": f"2026{month:02d}01", "datum_einde_feit": f"2026{month:02d}{last}",
        "datum_aanvang_samenloop": f"2026{month:02d}01", "datum_einde_samenloop": f"2026{month:02d}{last}",
        "bedrag_cent": "80000", "bedrag_periode": "06", "bedragsoort": "INDICATIEF_NETTO", "is_correctie": "2",
    } | columns)  # fmt: skip
    return world


def working(cents: int | None = 80_000, off: int | None = 0, **columns: str | None) -> World:
    """Client 1 alone, with loon since August of which the dienst sets off ``off`` cents."""
    return earns(sets_off(alone(), off), cents, **columns)  # type: ignore[arg-type]


# -- R18: is it set off? ----------------------------------------------------------------------------------------


def test_work_that_is_not_set_off(story):
    (found,) = story(working())
    assert (found.regel, found.feitdatum, holding(found)) == ("R18", date(2026, 8, 1), [])
    assert found.gezien.startswith("De belanghebbende heeft sinds 1 augustus 2026 werk of ander inkomen, volgens UWV.")


@pytest.mark.parametrize(
    ("off", "speaks"),
    [
        (80_000, False),
        (60_000, False),  # a quarter is left out, article 31 lid 2 onderdeel n
        (55_000, False),  # and 50 euro is the drempel: 75 % of 800 is 600
        (54_999, True),
        (200_000, False),  # more than anybody knows of
        (None, False),  # nobody knows what is set off
    ],
)
def test_what_is_set_off_is_held_against_the_least_that_must_be(off, speaks):
    assert bool(differ(working(off=off))) is speaks


def test_gross_and_net_alone_make_no_finding():
    """1,200 gross with 250 of tax and 80 of vakantietoeslag is 870 to set off; of that 75 % is 652.50."""
    pay = {"ingehouden_lb_cent": "25000", "vakantietoeslag_cent": "8000"}
    assert differ(working(120_000, 60_250, **pay)) == []
    assert differ(working(120_000, 60_249, **pay)) == [date(2026, 8, 1)]


@pytest.mark.parametrize(("cents", "speaks"), [(6_667, True), (6_666, False), (0, False)])
def test_a_small_income_is_below_the_drempel(cents, speaks):
    """75 % of 66.67 is 50.0025, rounded down to 50.00: no more than the drempel; of 66.68 it is 50.01."""
    assert bool(differ(working(cents + 1))) is speaks


def test_the_lowest_of_the_last_months_counts():
    """Vakantiegeld in one month is no higher loon."""
    world = earns(earns(sets_off(alone(), 75_000), 80_000, (8,)), 200_000, (9,))
    assert differ(world) == []


def test_four_weeks_are_a_thirteenth_of_a_year():
    """600 over four weeks is 650 a month, of which 75 % is 487.50."""
    weeks = {"datum_aanvang_opgave": "20260907", "datum_einde_opgave": "20261004"}
    assert differ(earns(sets_off(alone(), 43_750), 60_000, (9,), **weeks)) == []
    assert len(differ(earns(sets_off(alone(), 43_749), 60_000, (9,), **weeks))) == 1


@pytest.mark.slow
def test_what_was_set_off_last_month_or_will_be_is_known(story):
    last_month = sets_off(sets_off(alone(), 60_000, "2026-07-01", "2026-10-31"), 0, "2026-11-01")
    planned = sets_off(sets_off(alone(), 0, tot="2026-11-30"), 60_000, "2026-12-01")
    long_ago = sets_off(sets_off(alone(), 60_000, "2026-07-01", "2026-09-30"), 0, "2026-10-01")
    assert [bool(story(earns(world))) for world in (last_month, planned, long_ago)] == [False, False, True]


def test_an_amount_that_is_not_known_is_asked_about_only_where_nothing_is_set_off(story):
    (found,) = story(working(ingehouden_lb_cent=None))
    assert (found.regel, holding(found)) == ("R18", ["inkomen_onduidelijk"])
    assert differ(working(off=1, ingehouden_lb_cent=None)) == []


# -- more than one income ---------------------------------------------------------------------------------------


def incomes(off: int) -> list[date | None]:
    """400 since 2025 with one employer, 800 since August with another; the days of those that are told of."""
    world = earns(sets_off(alone(), off), 40_000, since="20250101")
    return differ(earns(world, 80_000, loonheffingennummer=OTHER))


def test_the_sum_of_a_household_is_held_against_what_is_set_off():
    """At least 300 and 600 are to be set off."""
    assert incomes(120_000) == incomes(90_000) == incomes(85_000) == []


def test_the_oldest_is_known_first():
    assert incomes(40_000) == [date(2026, 8, 1)]
    assert incomes(0) == [date(2025, 1, 1), date(2026, 8, 1)]


def test_the_one_that_comes_to_what_is_set_off_is_the_known_one():
    assert incomes(80_000) == [date(2025, 1, 1)]


def test_income_of_the_partner_counts_in_the_same_sum():
    couple = World().person(1, house=1).person(2, house=1).uitkering(1, house=1, partner=2)
    both = earns(earns(sets_off(couple, 80_000)), 40_000, wie=2, since="20260901", loonheffingennummer=OTHER)
    assert [row["rol"] for row in earnings(both) if row["niet_verrekend"]] == ["partner"]


def test_of_a_housemate_or_child_nothing_is_told():
    world = sets_off(alone().person(2, house=1, born="20100101").knows(1, 2, "KIND"), 0)
    assert earnings(earns(world, wie=2)) == []
    world = sets_off(alone().person(2, house=1, born="20100101").knows(1, 2, "KIND"), 0)
    assert earnings(signalled(world, betreft_burgerservicenummer=bsn(2))) == []


# -- what happened when -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "speaks"),
    [
        ({"datum_einde_ikv": "20261102"}, False),
        ({"datum_einde_ikv": "20261103"}, True),  # the last day of work is today
        ({"datum_einde_ikv": "20261100"}, False),
    ],
)
def test_work_that_is_over_is_no_difference_any_more(columns, speaks):
    assert bool(differ(working(**columns))) is speaks


@pytest.mark.parametrize(
    ("since", "began", "speaks"),
    [
        ("2026-10-01", "20260801", False),  # all that is known is about August and September
        ("2026-09-01", "20260801", True),
        ("2026-09-02", "20260801", False),  # September is partly before
        ("2026-09-15", "20260915", True),  # the work began with the uitkering
        ("2026-09-15", "20260914", False),
    ],
)
def test_income_of_before_the_bijstand_does_not_count(since, began, speaks):
    world = alone().change("uitkering", "uitkering_id", "U-1", datum_aanvang_uitkering=since)
    assert bool(differ(earns(sets_off(world, 0), since=began))) is speaks


def test_a_start_that_is_known_in_part_is_a_task(story):
    (found,) = story(working(since="20260800"))
    assert (found.feitdatum, holding(found)) == (None, ["datum_onzeker"])


def test_the_same_finding_on_every_night_and_after_another_month(night):
    once, later = night(working()), night(earns(sets_off(alone(), 0), 90_000, (8, 9, 10)), date(2026, 12, 1))
    assert [f.signaal_id for f in once] == [f.signaal_id for f in later]


@pytest.mark.parametrize("since", ["20260815", "20260800", "00000000"])
def test_a_first_day_that_is_corrected_or_becomes_known_is_the_same_finding(night, since):
    ids = {found.signaal_id for world in (working(), working(since=since)) for found in night(world)}
    assert len(ids) == 1


def test_another_job_is_another_finding(night):
    one, other = night(working()), night(earns(sets_off(alone(), 0), volgnummer_ikv="2"))
    assert one[0].signaal_id != other[0].signaal_id


@pytest.mark.parametrize(
    ("soort", "status", "holds"),
    [("INKOMEN", "ONTVANGEN", ["gemeld_inkomen"]), ("INKOMEN", "VERWERKT", []), ("STUDIE", "ONTVANGEN", [])],
)
def test_what_was_reported_already(story, soort, status, holds):
    (found,) = story(working().reported(1, soort, status))
    assert holding(found) == holds


# -- who says so ------------------------------------------------------------------------------------------------


def test_uwv_and_the_inlichtingenbureau_tell_of_one_fact(night):
    (alone_told,) = night(working())
    (both,) = night(signalled(signalled(working()), "INKOMEN", datum_aanvang_feit="20260801", datum_einde_feit=None))
    assert both.feiten["bekend_bij"] == "UWV en het Inlichtingenbureau"
    assert both.signaal_id == alone_told.signaal_id


@pytest.mark.parametrize("mark", [f"{EMPLOYER}1", f"{EMPLOYER}/0001", "001002041l02 1"])
def test_a_mark_may_be_written_otherwise(mark):
    (row,) = earnings(signalled(working(), bronkenmerk=mark))
    assert row["bekend_bij"] == "UWV en het Inlichtingenbureau"


def test_the_inlichtingenbureau_first_and_uwv_with_another_first_day_is_one_fact(night):
    start = {"datum_aanvang_feit": "20260815", "datum_einde_feit": None, "datum_einde_samenloop": None}
    (signal,) = night(signalled(sets_off(alone(), 0), "INKOMEN", **start))
    (both,) = night(signalled(working(), "INKOMEN", **start))
    assert (signal.feitdatum, both.feitdatum) == (date(2026, 8, 15), date(2026, 8, 1))
    assert signal.signaal_id == both.signaal_id


def test_two_incomes_without_a_mark_are_told_apart_by_their_first_day(night):
    start = {"bronkenmerk": None, "datum_einde_feit": None, "datum_einde_samenloop": None}
    ids = {
        found.signaal_id for since in ("20260801", "20260901")
        for found in night(signalled(sets_off(alone(), 0), "INKOMEN", datum_aanvang_feit=since, **start))
    }  # fmt: skip
    assert len(ids) == 2


@pytest.mark.parametrize("mark", [None, "X-17"])
def test_a_mark_that_says_nothing_makes_no_second_finding(mark):
    (row,) = earnings(signalled(working(), bronkenmerk=mark))
    assert row["bekend_bij"] == "UWV"


def test_another_employer_in_a_signal_is_another_income():
    rows = earnings(signalled(working(), bronkenmerk=f"{OTHER}-1"))
    assert sorted(str(row["bekend_bij"]) for row in rows) == ["UWV", "het Inlichtingenbureau"]


def test_a_signal_alone_does_not_say_what_kind_of_income_it_is(story):
    (found,) = story(signalled(sets_off(alone(), 0)))
    assert (found.regel, holding(found)) == ("R18", ["inkomen_onduidelijk"])
    assert differ(signalled(sets_off(alone(), 60_000))) == []


def test_a_signal_of_a_start_without_an_amount(story):
    start = {"bedrag_cent": None, "bedragsoort": None, "datum_einde_feit": None, "datum_einde_samenloop": None}
    (found,) = story(signalled(sets_off(alone(), 0), "INKOMEN", **start))
    assert (found.regel, found.feitdatum, holding(found)) == ("R18", date(2026, 9, 1), ["inkomen_onduidelijk"])
    ended = start | {"datum_einde_feit": "20261031"}
    assert differ(signalled(sets_off(alone(), 0), "INKOMEN", **ended)) == []


def test_a_signal_of_the_svb_is_aow_or_anw(story):
    (found,) = story(signalled(sets_off(alone(), 0), bron="SVB"))
    assert (found.regel, holding(found)) == ("R19", [])


def test_a_name_that_is_somebody_elses_is_a_question(story):
    (found,) = story(working(geslachtsnaam="Bakker", voorletters="P.", geboortedatum="19620202"))
    assert "koppeling_onzeker" in holding(found)


def test_a_number_with_nothing_beside_it_is_proved_by_a_signal_about_the_same(story):
    bare = {"geslachtsnaam": None, "voorletters": None, "geboortedatum": None}
    assert holding(*story(working(**bare))) == ["koppeling_onzeker"]
    assert holding(*story(signalled(working(**bare)))) == []


# -- R19 --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("loon", ("11", "12", "13", "14", "15", "16", "17")),
        ("uitkering", ("18", "31", "32", "33", "35", "36", "37", "38", "39", "40", "46", "50", "52")),
        ("AOW of Anw", ("22", "24")),
        ("pensioen", ("21", "23", "53", "55", "56", "57", "58", "59", "60", "63")),
        (None, ("99", None)),
    ],
)
def test_the_kind_of_income(said, kinds):
    world = sets_off(alone(), 0)
    for number, kind in enumerate(kinds, start=1):
        earns(world, kind=kind, volgnummer_ikv=str(number))
    assert [row["soort"] for row in earnings(world)] == [said] * len(kinds)


def test_another_uitkering_is_of_r19(story):
    (found,) = story(working(kind="33"))
    assert (found.regel, holding(found)) == ("R19", [])
    assert found.gezien.startswith("De belanghebbende heeft sinds 1 augustus 2026 ander inkomen (uitkering), volgens")


def test_an_unknown_kind_is_never_a_letter(story):
    (found,) = story(working(kind="99"))
    assert (found.regel, holding(found)) == ("R18", ["inkomen_onduidelijk"])


@pytest.mark.parametrize("kind", ["34", "42", "43", "45"])
def test_what_the_dienst_pays_itself_is_no_income(kind):
    assert earnings(working(kind=kind)) == []


def test_every_code_of_the_list_has_a_kind_or_is_the_diensts_own():
    sql = view_sql("verdienste") + view_sql("inkomen")
    assert [code for code in code_lists()["CdSrtIkv"].codes if f"'{code}'" not in sql] == []


# -- R06 --------------------------------------------------------------------------------------------------------


def turning_27(born: str = "19991203", off: int | None = 50_000) -> World:
    """Client 1 alone, 27 on 3 December 2026, with income that is set off."""
    return sets_off(World().person(1, house=1, born=born).uitkering(1, house=1), off)


@pytest.mark.parametrize(
    ("born", "birthday"),
    [
        ("19991203", date(2026, 12, 3)),
        ("20000102", date(2027, 1, 2)),  # 60 days from now
        ("20000103", None),
        ("19990505", date(2026, 5, 5)),  # 182 days ago
        ("19990504", None),
        ("19991200", None),
        ("00000000", None),
    ],
)
def test_turning_27_with_income(story, born, birthday):
    assert told(story(turning_27(born))) == [("R06", birthday)] * (birthday is not None)


@pytest.mark.parametrize("off", [0, None])
def test_turning_27_without_income_changes_nothing(story, off):
    assert story(turning_27(off=off)) == []


@pytest.mark.parametrize(("right", "speaks"), [("2", True), ("1", False), ("0", False), (None, False)])
def test_a_partner_without_right_who_turns_27(story, right, speaks):
    couple = World().person(1, house=1, born="19991204").person(2, house=1, born="19991203")
    world = sets_off(couple.uitkering(1, house=1, partner=2, partner_rechthebbend=right), 0)
    assert told(story(world)) == [("R06", date(2026, 12, 3))] * speaks


# -- a partner who lives elsewhere -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("house", "columns", "in_the_way"),
    [
        (1, {}, []),
        (1, {"adresseerbaar_object_id": None, "nummeraanduiding_id": None}, []),
        (2, {}, ["partner_elders"]),
        (1, {"functie_adres": "B"}, ["partner_elders"]),
        (1, {"land_adres_buitenland": "5010", "datum_aanvang_adres_buitenland": "20260901"}, ["partner_elders"]),
        # A home without a key may be any.
        (1, {"adresseerbaar_object_id": None, "nummeraanduiding_id": None, "postcode": None}, ["partner_elders"]),
    ],
)
def test_no_letter_tells_the_one_of_the_others_work_once_they_live_apart(story, house, columns, in_the_way):
    (found,) = story(couple(house, **columns))
    assert (found.regel, found.feiten["rol"], holding(found)) == ("R18", "partner", in_the_way)


def test_ones_own_work_is_told_wherever_the_partner_lives(story):
    world = earns(sets_off(World().person(1, house=1).person(2, house=2).uitkering(1, house=1, partner=2), 0))
    assert [holding(found) for found in story(world)] == [[]]
