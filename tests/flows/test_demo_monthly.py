"""What the Inlichtingenbureau and DUO deliver about the demo gemeente fits its contract and agrees with the rest.

Everything is counted again from the files alone: what is said of work, study and housemates is held against what the
dienst and the BRP say.
"""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import polars as pl
import pytest

from contracts.delivery import read_manifest
from contracts.tables import TABLES, Bron
from flows.demo import plants_inkomen, plants_omstandig, plants_studie
from flows.demo.generate import DemoGemeente, generate
from flows.demo.key import read_key
from flows.demo.planting import PLANTS
from flows.demo.rhythm import duo_days, ib_rounds, months_before
from flows.settings import Settings

Tables = dict[str, pl.DataFrame]
VANDAAG = date(2026, 11, 3)
EARLIER, LAST, NOW = "2026-09-03", "2026-10-03", "2026-11-03"
NEVER = date(9999, 12, 31)


@pytest.fixture(scope="session")
def stad(tmp_path_factory) -> DemoGemeente:
    return generate(tmp_path_factory.mktemp("stad"), inwoners=20_000, huishoudens=2_000)


@pytest.fixture(scope="session")
def default(tmp_path_factory) -> DemoGemeente:
    return generate(tmp_path_factory.mktemp("groot"))


def read(demo: DemoGemeente, day: str, bron: Bron) -> Tables:
    folder = next(each for each in demo.leveringen if each.parts[-2:] == (day, bron))
    delivery = read_manifest(folder)
    return {
        file.tabel: pl.read_csv(delivery.path(file), separator=";", infer_schema=False)
        for file in delivery.manifest.bestanden
    }


@pytest.fixture(scope="session")
def ib(stad) -> dict[str, Tables]:
    return {day: read(stad, day, Bron.IB) for day in (EARLIER, LAST, NOW)}


@pytest.fixture(scope="session")
def duo(stad) -> dict[str, Tables]:
    return {day: read(stad, day, Bron.DUO) for day in (LAST, NOW)}


@pytest.fixture(scope="session")
def dienst(stad) -> Tables:
    return read(stad, NOW, Bron.UITKERINGSGEGEVENS)


@pytest.fixture(scope="session")
def settled(stad, dienst) -> Tables:
    return unplanted(stad, dienst)


@pytest.fixture(scope="session")
def brp(stad) -> Tables:
    return read(stad, NOW, Bron.BRP)


def unplanted(demo: DemoGemeente, dienst: Tables) -> Tables:
    """The dienst's tables without the dossiers in which a plant changed who studies or what is paid."""
    modules = {plants_inkomen.__name__, plants_omstandig.__name__, plants_studie.__name__}
    plants = [found.val for found in PLANTS.values() if found.run.__module__ in modules]
    lines = pl.concat(read_key(path).select("dossiernummer", "val") for path in (demo.antwoordsleutel, demo.valkuilen))
    planted = lines.filter(pl.col("val").is_in(plants))
    left = dienst["uitkering"].join(planted, on="dossiernummer", how="anti")
    of_them = ("uitkering", "uitkeringsperiode", "bekende_medebewoner")
    return dienst | {name: dienst[name].join(left, on="uitkering_id", how="semi") for name in of_them}


@pytest.fixture(scope="session")
def planted(stad) -> list[str]:
    """The dossiers of the plants and traps: what the files say of the others is the base town."""
    lines = pl.concat([read_key(path).select("dossiernummer") for path in (stad.antwoordsleutel, stad.valkuilen)])
    numbers = lines["dossiernummer"].unique()
    return [*numbers, *numbers.str.strip_suffix("-N")]


def day(column: str) -> pl.Expr:
    return pl.col(column).str.to_date("%Y%m%d", strict=False)


def valid(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that pass the contract; a computed key stands as the values it is computed from."""
    good, _ = checked(table, rows)
    return good


def checked(table: str, rows: pl.DataFrame):
    return TABLES[table].schema.filter(with_key(table, rows))


def with_key(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    contract = TABLES[table]
    derived = {name: contract.facts(name).derived_from for name in contract.columns if name not in contract.delivered}
    return rows.with_columns(
        pl.concat_str([pl.col(part).fill_null("-") for part in parts], separator="|").alias(name)
        for name, parts in derived.items()
    )


def signals(ib: dict[str, Tables], soort: str, *days: str) -> pl.DataFrame:
    rows = pl.concat([ib[each]["ib_samenloopsignaal"] for each in days or ib])
    return valid("ib_samenloopsignaal", rows).filter(signaalsoort=soort)


def income(ib: dict[str, Tables]) -> pl.DataFrame:
    """What UWV knows after all deliveries: of each opgave the last version; cents are numbers, taken back is negative."""
    rows = pl.concat([ib[each]["inkomsten_uwv"] for each in (EARLIER, LAST, NOW)])
    last = valid("inkomsten_uwv", rows).unique("inkomsten_sleutel", keep="last", maintain_order=True)
    sign = pl.when(loon_lb_teken="-").then(-1).otherwise(1)
    netto = pl.col("loon_lb_cent").cast(pl.Int64) - pl.col("ingehouden_lb_cent").cast(pl.Int64)
    return last.with_columns(netto=sign * netto, van=day("datum_aanvang_opgave"), tot=day("datum_einde_opgave"))


def running(dienst: Tables) -> pl.DataFrame:
    current = dienst["uitkeringsperiode"].filter(
        pl.col("datum_aanvang_periode") <= str(VANDAAG),
        (pl.col("datum_einde_periode") >= str(VANDAAG)).fill_null(value=True),
    )
    return dienst["uitkering"].filter(pl.col("datum_einde_uitkering").is_null()).join(current, on="uitkering_id")


def persons_of(uitkering: pl.DataFrame) -> pl.DataFrame:
    """A row for each belanghebbende and partner: ``bsn``."""
    both = pl.concat_list("burgerservicenummer", "partner_burgerservicenummer").list.drop_nulls()
    return uitkering.with_columns(bsn=both).explode("bsn")


def studying(duo: Tables, on: date) -> pl.DataFrame:
    """Who is enrolled on a day for a course that studiefinanciering or BBL goes with: ``bsn`` and the rows."""
    rows = valid("duo_inschrijving", duo["duo_inschrijving"]).with_columns(bsn="burgerservicenummer")
    # HBO in deeltijd gives no studiefinanciering; S is student, E and A are extraneus and auditor.
    course = pl.col("leerweg_mbo").is_not_null() | (pl.col("onderwijsvorm").is_in(["voltijd", "duaal"]))
    until = day("datum_einde_deelname").fill_null(NEVER)
    return rows.filter(course, pl.col("inschrijvingsvorm") == "S", day("datum_aanvang_deelname") <= on, until >= on)


# --- when -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("peildatum", "days"),
    [
        (date(2026, 11, 3), [date(2026, 9, 3), date(2026, 10, 3), date(2026, 11, 3)]),
        (date(2026, 3, 31), [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]),
        (date(2026, 1, 3), [date(2025, 11, 3), date(2025, 12, 3), date(2026, 1, 3)]),
    ],
)
def test_deliveries_come_each_month_and_leave_no_day_out(peildatum, days):
    rounds = ib_rounds(peildatum)
    assert [ronde.dag for ronde in rounds] == days
    assert [ronde.na for ronde in rounds[1:]] == [ronde.tot for ronde in rounds[:-1]]
    assert list(duo_days(peildatum)) == days[1:]


@pytest.mark.parametrize("peildatum", [date(2026, month, monthrange(2026, month)[1]) for month in range(1, 13)])
def test_the_first_night_has_deliveries_that_are_fresh_enough_by_default(peildatum):
    first_night = peildatum - timedelta(days=1)
    oldest = first_night - months_before(peildatum, 1)
    assert oldest.days <= Settings().ib_hoogstens_dagen_oud
    assert oldest.days <= Settings().duo_hoogstens_dagen_oud


def test_fact_overlap_delivery_and_peilmaand_are_four_dates(ib, dienst):
    dossier = dienst["uitkering"].select(
        "dossiernummer",
        begin=pl.col("datum_aanvang_uitkering").str.to_date(),
        eind=pl.col("datum_einde_uitkering").str.to_date(),
    )
    for delivered, peilmaand in ((EARLIER, "2026-08"), (LAST, "2026-09"), (NOW, "2026-10")):
        rows = valid("ib_samenloopsignaal", ib[delivered]["ib_samenloopsignaal"]).join(dossier, on="dossiernummer")
        assert set(rows["leveringsdatum"]) == {delivered.replace("-", "")}
        assert set(rows["peilmaand"]) == {peilmaand}
        # A date that is no date or known in part was put there on purpose.
        rows = rows.filter(day("datum_aanvang_feit").is_not_null())
        fact, overlap = day("datum_aanvang_feit"), day("datum_aanvang_samenloop")
        assert rows.select((overlap == pl.max_horizontal(fact, "begin")).all()).item()
        assert rows.select((fact < day("leveringsdatum")).all()).item()
        until = rows.filter(pl.col("datum_einde_feit").is_not_null(), day("datum_einde_feit").is_not_null())
        assert until.select(
            (day("datum_einde_samenloop") == pl.min_horizontal(day("datum_einde_feit"), "eind")).all()
        ).item()
        assert len(rows.filter(fact != overlap)) >= 1


# --- the contracts ----------------------------------------------------------------------------------------------

#: What must be rejected or become unknown in each delivery, by the contract's own names. An end on 19990231 is no date,
#: and as a text before its start as well; a BSN of eight digits has no right shape and fails the elfproef too.
BAD = {
    "inkomsten_uwv": {
        "burgerservicenummer|check__elfproef": 1,
        "einde_voor_aanvang": 2,
        "datum_aanvang_opgave|check__geen_datum": 1,
        "datum_einde_periode|check__geen_datum": 1,
        "loon_lb_cent|check__geen_bedrag": 1,
        "loon_lb_teken|check__code": 1,
        "loonheffingennummer|check__vorm": 1,
    },
    "ib_samenloopsignaal": {
        "burgerservicenummer|check__elfproef": 1,
        "einde_voor_aanvang": 2,
        "datum_einde_feit|check__geen_datum": 1,
    },
    "duo_inschrijving": {
        "burgerservicenummer|check__elfproef": 2,
        "burgerservicenummer|check__vorm": 1,
        "brin|check__vorm": 1,
        "einde_voor_aanvang": 2,
        "datum_einde_deelname|check__geen_datum": 1,
    },
    "duo_studiefinanciering": {
        "burgerservicenummer|check__elfproef": 1,
        "einde_voor_aanvang": 2,
        "datum_einde_toekenning|check__geen_datum": 1,
        "indicatie_wtos_18plus|check__code": 1,
    },
}


@pytest.mark.parametrize("table", BAD)
def test_every_row_fits_its_contract_but_for_the_bad_values(ib, duo, table):
    deliveries = ib if TABLES[table].bron is Bron.IB else duo
    for delivered in deliveries.values():
        _, failure = checked(table, delivered[table])
        assert failure.counts() == BAD[table]


@pytest.mark.parametrize("table", ["inkomsten_uwv", "ib_samenloopsignaal"])
def test_a_key_occurs_once_in_a_delivery(ib, table):
    for delivered in ib.values():
        assert not with_key(table, delivered[table]).select(TABLES[table].key).is_duplicated().any()


def test_codes_that_an_open_list_does_not_hold_are_there_and_right(ib, duo):
    enrolled, granted = (valid(table, duo[NOW][table]) for table in ("duo_inschrijving", "duo_studiefinanciering"))
    assert {"MBO-9"} <= set(enrolled["niveau"])
    assert {"X"} <= set(enrolled["inschrijvingsvorm"])
    assert {"OVO"} <= set(enrolled["leerweg_mbo"])
    assert {"9"} <= set(granted["toekenning_basisbeurs"])
    assert {"99"} <= set(valid("inkomsten_uwv", ib[NOW]["inkomsten_uwv"])["soort_ikv"])
    known = valid("ib_samenloopsignaal", ib[NOW]["ib_samenloopsignaal"])
    assert {"WOZ_WAARDE"} <= set(known["signaalsoort"])
    assert {"KVK"} <= set(known["bron"])
    assert {"6", "06", "4", "05", "12"} == set(known["bedrag_periode"].drop_nulls())


def test_dates_known_in_part_and_both_open_ends_are_there_and_right(ib):
    rows = valid("inkomsten_uwv", ib[NOW]["inkomsten_uwv"])
    assert {"20190000", "00000000"} <= set(rows["datum_aanvang_ikv"])
    assert {"99991230", "99991231", None} <= set(rows["datum_einde_ikv"])
    assert "20190000" in set(signals(ib, "OIB", NOW)["datum_aanvang_feit"])


# --- work -------------------------------------------------------------------------------------------------------


def test_income_that_uwv_knows_is_what_the_dienst_sets_off(ib, settled):
    """Of who is paid by the month: at most what is set off, and but for opgaven that are wrong yet 95 % of it or more."""
    paid = income(ib).filter(pl.col("soort_ikv") != "43", pl.col("soort_ikv") != "99", pl.col("netto") > 0)
    weekly = paid.filter(pl.col("tot") - pl.col("van") == timedelta(days=27))["burgerservicenummer"]
    august = paid.filter(pl.col("van") == date(2026, 8, 1), ~pl.col("burgerservicenummer").is_in(weekly.implode()))
    by_person = august.group_by(bsn="burgerservicenummer").agg(pl.col("netto").sum())
    rows = persons_of(running(settled)).join(by_person, on="bsn")
    rows = rows.with_columns(verrekend=pl.col("inkomsten_bedrag_cent").cast(pl.Int64))
    assert len(rows) > 40
    assert rows.select((pl.col("netto") <= pl.col("verrekend") + 2).all()).item()
    assert rows.select((pl.col("netto") >= pl.col("verrekend") * 0.95).mean()).item() > 0.95


def test_four_weeks_come_to_the_month_that_is_set_off(ib, settled):
    paid = income(ib).filter(pl.col("tot") - pl.col("van") == timedelta(days=27), pl.col("netto") > 0)
    alone = paid.group_by(bsn="burgerservicenummer").agg(
        pl.col("loonheffingennummer").n_unique(), month=pl.col("netto").max() * 13 / 12
    )
    rows = persons_of(running(settled)).join(alone.filter(loonheffingennummer=1), on="bsn")
    rows = rows.with_columns(verrekend=pl.col("inkomsten_bedrag_cent").cast(pl.Int64))
    assert len(rows) > 10
    # At most: of two jobs with one employer each pays a part.
    assert rows.select((pl.col("month") <= pl.col("verrekend") + 2).all()).item()
    assert rows.select((pl.col("month") >= pl.col("verrekend") * 0.95).mean()).item() > 0.7


def test_nobody_else_with_an_uitkering_has_income(ib, settled):
    paid = income(ib).filter(pl.col("soort_ikv") != "43", pl.col("soort_ikv") != "99")
    rows = running(settled)
    without = persons_of(rows.filter(inkomsten_bedrag_cent="0"))
    assert not set(paid["burgerservicenummer"]) & set(without["bsn"])
    earning = rows.filter(pl.col("inkomsten_bedrag_cent") != "0", pl.col("datum_aanvang_uitkering") < "2026-08-01")
    known = persons_of(earning).filter(pl.col("bsn").is_in(paid["burgerservicenummer"].implode()))
    assert known["uitkering_id"].n_unique() == len(earning)


@pytest.mark.slow
def test_part_time_income_is_as_frequent_and_as_high_as_in_the_country(default):
    """Divosa factsheet parttime werk: 8 % in a month, 489 euro in the middle."""
    known = read(default, LAST, Bron.IB)
    dienst = unplanted(default, read(default, "2026-11-02", Bron.UITKERINGSGEGEVENS))
    rows = income({EARLIER: known, LAST: known, NOW: known})
    # The month that ended a month before the delivery, by dossier.
    august = rows.filter(
        pl.col("van") == date(2026, 8, 1), ~pl.col("soort_ikv").is_in(["43", "99"]), pl.col("netto") > 0
    )
    weekly = rows.filter(pl.col("tot") - pl.col("van") == timedelta(days=27))
    persons = persons_of(running(dienst)).select("uitkering_id", burgerservicenummer="bsn")
    share = pl.concat([august, weekly]).join(persons, on="burgerservicenummer")["uitkering_id"].n_unique() / 6_300
    assert share == pytest.approx(0.08, abs=0.015)
    monthly = august.join(persons, on="burgerservicenummer").group_by("uitkering_id").agg(pl.col("netto").sum())
    assert monthly["netto"].median() == pytest.approx(48_900, rel=0.1)


def test_kind_43_is_the_bijstand_itself_halved_for_a_couple(ib, dienst):
    rows = persons_of(running(dienst).filter(wetcode="PW")).with_columns(
        half=pl.col("betaalbaar_bedrag_cent").cast(pl.Int64)
        // (1 + pl.col("partner_burgerservicenummer").is_not_null().cast(pl.Int64))
    )
    benefit = income(ib).filter(pl.col("soort_ikv") == "43", pl.col("van") == date(2026, 9, 1)).select(
        "netto", bsn="burgerservicenummer"
    )  # fmt: skip
    began_before = rows.filter(pl.col("datum_aanvang_uitkering") <= "2026-09-01").join(benefit, on="bsn")
    assert len(began_before) > 0.9 * len(rows)
    assert began_before.select((pl.col("half") == pl.col("netto")).all()).item()


def test_a_correction_is_the_same_opgave_with_another_amount(ib):
    versions = [valid("inkomsten_uwv", ib[each]["inkomsten_uwv"]) for each in (EARLIER, LAST, NOW)]
    both = pl.concat(one.join(other, on="inkomsten_sleutel") for one, other in pairwise(versions))
    assert len(both) > 3
    assert (both["loon_lb_cent"] != both["loon_lb_cent_right"]).all()
    again = signals(ib, "OIB", NOW).filter(is_correctie="1")
    before = signals(ib, "OIB", EARLIER, LAST)
    replaced = again.join(before, on="signaal_sleutel")
    assert len(replaced) > 0
    assert (replaced["bedrag_cent"] != replaced["bedrag_cent_right"]).all()


def test_on_the_first_night_no_wrong_opgave_is_higher_than_what_is_set_off(ib, settled):
    known = income({EARLIER: ib[EARLIER], LAST: ib[LAST], NOW: {"inkomsten_uwv": ib[NOW]["inkomsten_uwv"].clear()}})
    known = known.filter(~pl.col("soort_ikv").is_in(["43", "99"]))
    rows = persons_of(running(settled)).join(known, left_on="bsn", right_on="burgerservicenummer")
    assert rows.select((pl.col("netto") <= pl.col("inkomsten_bedrag_cent").cast(pl.Int64) + 2).all()).item()


def test_an_amount_is_taken_back_after_the_work_ended(ib):
    back = income(ib).filter(pl.col("netto") < 0)
    assert len(back) > 3
    assert back.select((day("datum_einde_ikv") < pl.col("van")).all()).item()
    assert "-" in set(signals(ib, "OIB")["bedrag_teken"])


def test_a_renewed_contract_is_a_new_inkomstenverhouding_with_the_same_employer(ib):
    rows = income(ib).filter(pl.col("soort_ikv") != "43")
    one = ("burgerservicenummer", "loonheffingennummer")
    kept = rows.select(*one, "volgnummer_ikv", begin=day("datum_aanvang_ikv"), eind=day("datum_einde_ikv")).unique()
    renewed = kept.join(kept, on=one).filter(pl.col("begin_right") == pl.col("eind") + timedelta(days=1))
    assert len(renewed) > 5
    assert (renewed["volgnummer_ikv"] != renewed["volgnummer_ikv_right"]).all()
    started = signals(ib, "INKOMEN")
    assert set(started["signaalreden"]) == {"NIEUWE_IKV"}
    assert len(started.join(renewed, on="burgerservicenummer")) > 0


def test_periods_of_one_inkomstenverhouding_overlap(ib):
    one = ("burgerservicenummer", "loonheffingennummer", "volgnummer_ikv")
    rows = income(ib).filter(pl.col("soort_ikv") != "43")
    open_ends = rows.filter(pl.col("datum_einde_periode").is_in(["99991230", "99991231"]))
    assert open_ends.group_by(one).agg(pl.col("datum_aanvang_periode").n_unique())["datum_aanvang_periode"].max() > 1


def test_oib_says_what_the_opgave_says(ib):
    rows = income(ib).with_columns(
        bronkenmerk=pl.format("{}-{}", "loonheffingennummer", "volgnummer_ikv"),
        datum_aanvang_feit="datum_aanvang_opgave",
    )
    last = signals(ib, "OIB").unique("signaal_sleutel", keep="last", maintain_order=True)
    both = last.join(rows, on=["burgerservicenummer", "bronkenmerk", "datum_aanvang_feit"])
    assert len(both) > 0.95 * len(last)
    amount = pl.col("bedrag_cent").cast(pl.Int64) * pl.when(bedrag_teken="-").then(-1).otherwise(1)
    assert both.select((amount == pl.col("netto")).all()).item()


def test_who_found_work_has_a_dossier_that_is_closed(ib, dienst):
    closed = dienst["uitkering"].filter(pl.col("datum_einde_uitkering").is_not_null())
    started = signals(ib, "INKOMEN").join(closed, on="dossiernummer")
    assert len(started) >= 1
    last_day = pl.col("datum_einde_uitkering").str.to_date()
    assert started.select((day("datum_einde_samenloop") == last_day).all()).item()


# --- study ------------------------------------------------------------------------------------------------------


def test_enrolments_are_cut_at_the_end_of_a_school_year(duo):
    rows = valid("duo_inschrijving", duo[NOW]["duo_inschrijving"]).with_columns(
        van=day("datum_aanvang_deelname"), tot=day("datum_einde_deelname")
    )
    rows = rows.filter(pl.col("tot").is_not_null(), pl.col("niveau") != "MBO-9")
    month = pl.when(pl.col("niveau").str.contains("HBO|WO")).then(9).otherwise(8)
    year = pl.col("van").dt.year() + (pl.col("van").dt.month() >= month).cast(pl.Int32)
    assert rows.select((pl.col("tot") < pl.date(year, month, 1)).all()).item()
    # And a course goes on the day after, in the next row.
    on = ["burgerservicenummer", "brin", "opleiding_naam_kort"]
    after = rows.with_columns(van=pl.col("van") - timedelta(days=1)).select(*on, tot="van")
    assert len(rows.join(after, on=[*on, "tot"])) > 0.3 * len(rows)


def test_studiefinanciering_is_cut_at_31_july_and_31_december(duo):
    rows = valid("duo_studiefinanciering", duo[NOW]["duo_studiefinanciering"])
    half = pl.concat_list(
        pl.col(name).str.slice(0, 4).cast(pl.Int32) * 2 + (pl.col(name).str.slice(4, 2) > "07").cast(pl.Int32)
        for name in ("datum_aanvang_toekenning", "datum_einde_toekenning")
    )
    ended = rows.filter(day("datum_einde_toekenning").is_not_null())
    assert ended.select((half.list.n_unique() == 1).all()).item()
    assert {"0731", "1231"} <= set(ended["datum_einde_toekenning"].str.slice(4))


def test_a_delivery_is_about_people_of_17_to_35_with_and_without_an_uitkering(duo, dienst, settled, brp):
    bsn = set(valid("duo_inschrijving", duo[NOW]["duo_inschrijving"])["burgerservicenummer"])
    bsn -= at_home(dienst["uitkering"].join(settled["uitkering"], on="uitkering_id", how="anti"), brp)
    born = brp["brp_persoon"].filter(pl.col("burgerservicenummer").is_in(bsn)).select(day("geboortedatum")).drop_nulls()
    assert born.to_series().is_between(date(1990, 11, 3), date(2009, 11, 3)).all()
    clients = set(persons_of(running(settled))["bsn"])
    housemates = set(settled["bekende_medebewoner"]["medebewoner_burgerservicenummer"])
    for kind in (clients, housemates, bsn - clients - housemates):
        assert len(bsn & kind) > 10


def at_home(uitkering: pl.DataFrame, brp: Tables) -> set[str]:
    """Who is registered at the address of a belanghebbende, by number; the belanghebbenden too."""
    place = ["postcode", "huisnummer", "huisletter", "huisnummertoevoeging"]
    homes = brp["brp_persoon"].join(uitkering.select("burgerservicenummer"), on="burgerservicenummer").select(place)
    return set(
        brp["brp_persoon"].join(homes, on=place, nulls_equal=True, how="semi")["burgerservicenummer"].drop_nulls()
    )


def known_as(dienst: Tables, rol: str) -> pl.DataFrame:
    return dienst["bekende_medebewoner"].filter(pl.col("rol") == rol, pl.col("datum_einde").is_null()).select(
        bsn="medebewoner_burgerservicenummer"
    ).drop_nulls()  # fmt: skip


def test_who_the_dienst_knows_as_student_studies(duo, settled):
    students = known_as(settled, "STUDENT")
    assert len(students) > 40
    assert set(students["bsn"]) <= set(studying(duo[NOW], VANDAAG)["bsn"])


def test_who_the_dienst_knows_as_bbl_follows_bbl_with_work_in_practice(duo, settled):
    rows = known_as(settled, "BBL").join(studying(duo[NOW], VANDAAG), on="bsn", how="left")
    assert len(rows) > 5
    assert set(rows["leerweg_mbo"]) == {"BBL"}
    assert rows["bpv_datum_aanvang"].is_not_null().all()


def test_no_kostendeler_follows_a_course_that_would_change_that(duo, settled):
    counted = set(known_as(settled, "KOSTENDELER")["bsn"])
    assert not counted & set(studying(duo[NOW], VANDAAG)["bsn"])
    # But some are enrolled as extraneus or auditor, and some studied once.
    rows = duo[NOW]["duo_inschrijving"].filter(pl.col("burgerservicenummer").is_in(counted))
    assert set(rows["inschrijvingsvorm"]) >= {"S"}
    assert set(rows["inschrijvingsvorm"]) & {"E", "A"}


def test_who_may_turn_up_as_housemate_follows_no_such_course(stad, duo, settled, brp):
    """R01 would have another answer otherwise: everybody of 27 or older at an address of its dossiers."""
    nudged = read_key(stad.antwoordsleutel).filter(regel="R01")["dossiernummer"]
    there = at_home(settled["uitkering"].filter(pl.col("dossiernummer").is_in(nudged.implode())), brp)
    there &= set(brp["brp_persoon"].filter(day("geboortedatum") <= date(1999, 11, 3))["burgerservicenummer"])
    exempt = {*known_as(settled, "STUDENT")["bsn"], *known_as(settled, "BBL")["bsn"]}
    assert there
    assert not (there - exempt) & set(studying(duo[NOW], VANDAAG)["bsn"])


def test_a_belanghebbende_follows_at_most_a_course_that_leaves_bijstand_possible(duo, settled):
    clients = persons_of(running(settled))["bsn"].implode()
    rows = valid("duo_inschrijving", duo[NOW]["duo_inschrijving"]).filter(pl.col("burgerservicenummer").is_in(clients))
    now = rows.filter(day("datum_einde_deelname").fill_null(NEVER) >= VANDAAG)
    assert len(now) > 0
    allowed = (
        (pl.col("leerweg_mbo") == "BBL")
        | (pl.col("onderwijsvorm") == "deeltijd")
        | (pl.col("inschrijvingsvorm") == "A")
    )
    assert now.select(allowed.fill_null(value=False).all()).item()


def test_some_belanghebbenden_stopped_before_their_uitkering_began(duo, settled):
    rows = valid("duo_inschrijving", duo[NOW]["duo_inschrijving"]).with_columns(bsn="burgerservicenummer")
    ended = rows.group_by("bsn").agg(
        day("datum_uitschrijving").max().alias("eind"), pl.col("datum_uitschrijving").null_count().alias("open")
    )
    ended = ended.filter(pl.col("eind") < VANDAAG, pl.col("open") == 0)
    clients = persons_of(running(settled)).join(ended, on="bsn")
    assert len(clients) > 20
    assert clients.select((pl.col("eind") < pl.col("datum_aanvang_uitkering").str.to_date()).all()).item()


def gaps(duo: Tables) -> pl.DataFrame:
    """Between two courses of a person: the days, and the last day of the first."""
    rows = valid("duo_inschrijving", duo["duo_inschrijving"]).filter(~pl.col("inschrijvingsvorm").is_in(["E", "A"]))
    rows = rows.select(
        "burgerservicenummer", "opleiding_naam_kort", van=day("datum_aanvang_deelname"), tot=day("datum_einde_deelname")
    )
    rows = rows.sort("burgerservicenummer", "van").with_columns(
        volgende=pl.col("van").shift(-1).over("burgerservicenummer"),
        vervolg=pl.col("opleiding_naam_kort").shift(-1).over("burgerservicenummer"),
    )
    rows = rows.filter(pl.col("vervolg") != pl.col("opleiding_naam_kort"))
    return rows.with_columns(dagen=(pl.col("volgende") - pl.col("tot")).dt.total_days() - 1)


def test_a_follow_on_course_begins_at_once_or_after_the_summer(duo):
    found = gaps(duo[NOW])
    days = found["dagen"].drop_nulls()
    assert (days == 0).sum() > 20
    # 31 July to 1 September, and weeks more for who had the diploma early.
    assert (days == 31).sum() > 20
    assert days.is_between(32, 62).sum() > 20
    assert days.max() <= Settings().vervolgopleiding_dagen


def test_some_really_stopped_and_the_delivery_before_did_not_know_yet(duo):
    last = {each: duo[each]["duo_inschrijving"].filter(pl.col("leerweg_mbo").is_not_null()) for each in duo}
    stopped = valid("duo_inschrijving", last[NOW]).filter(
        day("datum_uitschrijving").is_between(date(2026, 10, 4), VANDAAG)
    )
    before = last[LAST].join(stopped, on=["burgerservicenummer", "brin", "datum_aanvang_deelname"])
    assert len(before) > 0
    assert before["datum_uitschrijving"].null_count() == len(before)


def test_a_newcomer_whom_the_dienst_knows_as_student_is_enrolled(stad, duo, dienst):
    dossiers = read_key(stad.valkuilen).filter(val="bekende_student").join(dienst["uitkering"], on="dossiernummer")
    mates = dienst["bekende_medebewoner"].join(dossiers.select("uitkering_id"), on="uitkering_id").filter(rol="STUDENT")
    assert len(mates) >= len(dossiers) > 0
    assert set(mates["medebewoner_burgerservicenummer"]) <= set(studying(duo[NOW], VANDAAG)["bsn"])


def test_what_ib_says_of_study_is_what_duo_says(ib, duo):
    enrolled = valid("duo_inschrijving", duo[NOW]["duo_inschrijving"]).select(
        "burgerservicenummer", bronkenmerk="brin", datum_aanvang_feit="datum_aanvang_deelname"
    )
    granted = valid("duo_studiefinanciering", duo[NOW]["duo_studiefinanciering"]).select(
        "burgerservicenummer", datum_aanvang_feit="datum_aanvang_toekenning", datum_einde_feit="datum_einde_toekenning"
    )
    for soort, rows in (("INSCHRIJVING_HO", enrolled), ("STUDIEFINANCIERING", granted)):
        found = signals(ib, soort)
        assert len(found) > 0
        assert len(found.join(rows, on=rows.columns, how="semi")) == len(found)


# --- housemates and the rest ------------------------------------------------------------------------------------


def with_homes(found: pl.DataFrame, brp: Tables) -> pl.DataFrame:
    """Signals about housemates, with the registration of both: ``_right`` is the housemate's."""
    columns = ["postcode", "huisnummer", "huisletter", "huisnummertoevoeging", "geboortedatum",
               "datum_aanvang_adreshouding", "datum_aanvang_adres_buitenland", "reden_opschorting"]  # fmt: skip
    both = found.join(brp["brp_persoon"].select("burgerservicenummer", *columns), on="burgerservicenummer")
    mate = brp["brp_persoon"].select(pl.col("burgerservicenummer").alias("betreft_burgerservicenummer"), *columns)
    return both.join(mate, on="betreft_burgerservicenummer")


def same_home() -> pl.Expr:
    place = ("postcode", "huisnummer", "huisletter", "huisnummertoevoeging")
    return pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_right")) for name in place)


def test_a_27th_birthday_is_that_of_a_housemate_in_the_brp(ib, brp, duo):
    found = signals(ib, "KOSTENDELERS").filter(signaalreden="27E_VERJAARDAG")
    rows = with_homes(found, brp)
    assert len(rows) == len(found) > 0
    assert rows.select((day("geboortedatum_right").dt.offset_by("27y") == day("datum_aanvang_feit")).all()).item()
    assert rows.select(same_home().all()).item()
    for born in found.iter_rows(named=True):
        birthday = date.fromisoformat(born["datum_aanvang_feit"])
        assert born["betreft_burgerservicenummer"] not in set(studying(duo[NOW], birthday)["bsn"])


def test_who_came_or_went_did_so_in_the_brp(ib, brp):
    rows = with_homes(signals(ib, "KOSTENDELERS", NOW), brp)
    came, went = (rows.filter(signaalreden=reden) for reden in ("INWONING", "VERTREK"))
    since = pl.coalesce("datum_aanvang_adreshouding_right", "datum_aanvang_adres_buitenland_right")
    for moved in (came, went):
        assert len(moved) > 3
        assert moved.select((since == pl.col("datum_aanvang_feit")).all()).item()
        assert moved.select((day("geboortedatum_right") <= date(1999, 11, 3)).all()).item()
    assert came.select(same_home().all()).item()
    assert not went.select(same_home().any()).item()


def test_what_is_planted_for_the_brp_rules_is_signalled_by_ib_as_well(ib, stad):
    """One fact, two sources: of those who came by the end of October."""
    key = read_key(stad.antwoordsleutel).filter(dag="vandaag")
    found = signals(ib, "KOSTENDELERS", NOW)
    for val, reden in (("huisgenoot_erbij", "INWONING"), ("kostendeler_verhuisd", "VERTREK")):
        planted = key.filter(val=val).join(found.filter(signaalreden=reden), on="dossiernummer")
        assert len(planted) > 0
        assert planted["datum_aanvang_feit"].max() <= "20261031"


def test_a_housemate_who_begins_a_course_is_enrolled_from_that_day(ib, duo):
    found = signals(ib, "KOSTENDELERS").filter(signaalreden="START_STUDIE")
    began = studying(duo[NOW], VANDAAG).select(
        betreft_burgerservicenummer="bsn", datum_aanvang_feit="datum_aanvang_deelname"
    )  # fmt: skip
    assert len(found) > 0
    assert len(found.join(began, on=began.columns, how="semi")) == len(found)
    assert set(found["bron"]) == {"DUO"}


def test_a_summer_between_two_courses_is_signalled_as_an_end(tmp_path):
    """A course ended in July and the next began in September."""
    demo = generate(tmp_path, inwoners=40_000, huishoudens=6_300, peildatum=date(2026, 9, 8))
    ib = {each: read(demo, each, Bron.IB) for each in ("2026-07-08", "2026-08-08", "2026-09-08")}
    found = signals(ib, "KOSTENDELERS")
    ended, began = (found.filter(signaalreden=reden) for reden in ("EINDE_STUDIE", "START_STUDIE"))
    again = ended.join(began, on=["dossiernummer", "betreft_burgerservicenummer"])
    assert len(again) > 0
    assert (again["datum_aanvang_feit"] < again["datum_aanvang_feit_right"]).all()


def test_a_detention_was_short_is_over_and_was_reported(ib, dienst, planted):
    found = signals(ib, "DETENTIE").filter(~pl.col("dossiernummer").is_in(planted))
    assert len(found) > 0
    days = (day("datum_einde_feit") - day("datum_aanvang_feit")).dt.total_days()
    assert found.select(days.is_between(1, 28).all()).item()
    reported = dienst["melding"].filter(soort_wijziging="DETENTIE", status="VERWERKT")
    told = found.join(reported, on="burgerservicenummer")
    assert len(told) == len(found)
    assert (told["datum_aanvang_feit"] == told["ingangsdatum_wijziging"].str.replace_all("-", "")).all()


def test_an_uitkering_of_another_gemeente_ended_in_the_month_in_which_this_one_began(ib, dienst, planted):
    known = signals(ib, "UITKERING_ANDERE_GEMEENTE").filter(~pl.col("dossiernummer").is_in(planted))
    found = known.join(dienst["uitkering"], on="dossiernummer")
    assert len(found) > 0
    began = pl.col("datum_aanvang_uitkering").str.to_date()
    assert found.select((day("datum_aanvang_samenloop") == began).all()).item()
    assert found.select((day("datum_einde_samenloop") - began).dt.total_days().is_between(0, 31).all()).item()


# --- vorderingen ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_vorderingen_are_as_many_and_as_high_as_in_the_country(default):
    """Divosa factsheet inlichtingenplicht: 2 % of the persons in a quarter, 2,000 to 2,500 euro on average."""
    dienst = read(default, NOW, Bron.UITKERINGSGEGEVENS)
    rows = dienst["vordering"].with_columns(
        pl.col("datum_besluit").str.to_date(), pl.col("bedrag_aanvang_cent").cast(pl.Int64)
    )
    persons = len(persons_of(running(dienst)))
    year = rows.filter(pl.col("datum_besluit") > date(2025, 11, 3))
    assert len(year) / 4 / persons == pytest.approx(0.02, abs=0.003)
    assert 200_000 <= rows["bedrag_aanvang_cent"].mean() <= 250_000


def test_a_vordering_belongs_to_a_dossier_and_nothing_is_owed_beyond_it(dienst):
    rows = dienst["vordering"].join(dienst["uitkering"], on="dossiernummer")
    assert len(rows) == len(dienst["vordering"]) > 0
    assert rows.select(
        (pl.col("bedrag_saldo_cent").cast(pl.Int64) <= pl.col("bedrag_aanvang_cent").cast(pl.Int64)).all()
    ).item()
    assert rows.select((pl.col("datum_besluit") > pl.col("datum_aanvang_uitkering")).all()).item()
    assert set(rows.filter(bedrag_saldo_cent="0")["status"]) == {"2"}


@pytest.mark.slow
def test_everything_monthly_is_the_same_for_the_same_seed_and_not_for_another(tmp_path):
    folders = [tmp_path / name for name in ("een", "twee", "ander")]
    for folder, seed in zip(folders, (1, 1, 2), strict=True):
        generate(folder, inwoners=5_000, huishoudens=400, seed=seed)
    files = [
        {p.relative_to(f): p.read_bytes() for p in f.glob("*/*/*.csv") if p.parent.name in ("ib", "duo")}
        for f in folders
    ]
    assert files[0] == files[1]
    assert all(files[0][name] != files[2][name] for name in files[0])
