"""The demo gemeente: what it writes fits the contracts, is calibrated, and is what its answer key says.

The key is checked against ``findings_of``: the rules of the key in a few lines of polars that read the files only,
and know nothing of how the files were made.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from contracts.columns import elfproef
from contracts.delivery import Delivery, describe_file, read_manifest
from contracts.errors import SettingsError
from contracts.finding import Route
from contracts.tables import TABLES, Bron, Doel, tables_of
from flows.demo.generate import DemoGemeente, generate
from flows.demo.key import read_key
from flows.demo.names import SURNAME_TABLE, first_names
from flows.demo.numbers import anummers, bsns
from flows.demo.planting import PLANTS
from flows.demo.plants_huisgenoot import HOSTILE_NAMES
from matching.rule import all_rules
from matching.suppressors import SUPPRESSORS
from tests.flows.demo_family import Family

SMALL = {"inwoners": 8_000, "huishoudens": 800}
NIGHTS = ("gisteren", "vandaag", "morgen")


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> DemoGemeente:
    return generate(tmp_path_factory.mktemp("klein"), dagen=3, **SMALL)


@pytest.fixture(scope="session")
def default(tmp_path_factory) -> DemoGemeente:
    return generate(tmp_path_factory.mktemp("groot"), dagen=3)


def read_night(demo: DemoGemeente, night: int) -> dict[str, pl.DataFrame]:
    """What was delivered for a night (0 = gisteren), table by table, as text: of BRP and dienst the last, of IB all."""
    tables = {}
    for delivery in every_night(demo)[2 * night : 2 * night + 2]:
        for file in delivery.manifest.bestanden:
            tables[file.tabel] = pl.read_csv(delivery.path(file), separator=";", infer_schema=False)
    newest, tables["duo_inschrijving"] = read_duo(demo, day_of(demo, night))
    tables["duo"] = pl.DataFrame({"gehoord": [newest]})
    heard: dict[str, list[pl.DataFrame]] = {}
    for delivery in map(read_manifest, demo.leveringen):
        if delivery.manifest.bron is Bron.IB and delivery.manifest.peildatum <= day_of(demo, night):
            for file in delivery.manifest.bestanden:
                rows = pl.read_csv(delivery.path(file), separator=";", infer_schema=False)
                heard.setdefault(file.tabel, []).append(rows)
    return tables | {name: pl.concat(rows) for name, rows in heard.items()}


def read_duo(demo: DemoGemeente, day: date) -> tuple[date, pl.DataFrame]:
    """The newest enrolments that DUO delivered by a day, and when."""
    found = [read_manifest(folder) for folder in demo.leveringen]
    newest = max((d for d in found if d.manifest.bron is Bron.DUO and d.manifest.peildatum <= day),
                 key=lambda d: d.manifest.peildatum)  # fmt: skip
    file = next(file for file in newest.manifest.bestanden if file.tabel == "duo_inschrijving")
    return newest.manifest.peildatum, pl.read_csv(newest.path(file), separator=";", infer_schema=False)


def day_of(demo: DemoGemeente, night: int) -> date:
    return every_night(demo)[2 * night].manifest.peildatum


def every_night(demo: DemoGemeente) -> list[Delivery]:
    """The deliveries that come every night, two a night."""
    found = [read_manifest(folder) for folder in demo.leveringen]
    return [each for each in found if each.manifest.bron in (Bron.UITKERINGSGEGEVENS, Bron.BRP)]


# --- the rules of the key, written down once more ------------------------------------------------------------


def certainly(years: int, day: date) -> pl.Expr:
    """Whether a partial date of birth leaves no doubt about being ``years`` old: the latest day it can be."""
    born = pl.col("geboortedatum")
    latest = born.str.replace(r"^(\d{4})0000$", "${1}1231").str.replace(r"^(\d{6})00$", "${1}31")
    known = born.str.contains(r"^(1[89]|20)\d{6}$")
    return known & (latest <= f"{day.year - years}{day:%m%d}")


def turns_27() -> pl.Expr:
    """The 27th birthday of who has a whole date of birth."""
    return pl.col("geboortedatum").str.to_date("%Y%m%d", strict=False).dt.offset_by("27y")


def address() -> pl.Expr:
    """Postcode, number, letter, toevoeging and to/by; null where there is no address."""
    parts = [pl.col(name).fill_null("") for name in ("huisletter", "huisnummertoevoeging")]
    beside = pl.col("aanduiding_bij_huisnummer").fill_null("")
    postcode = pl.col("postcode").str.to_uppercase().str.replace(" ", "")
    return pl.concat_str(postcode, pl.col("huisnummer"), *parts, beside, separator="|")


def people(night: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Everybody, with the address where they live on that day: null for who has no woonadres or is suspended."""
    lives = (pl.col("functie_adres") == "W") & pl.col("reden_opschorting").is_null()
    return night["brp_persoon"].with_columns(thuis=pl.when(lives).then(address()))


def dossiers(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """Running uitkeringen with the belanghebbende's registration."""
    client = people(night).select(
        pl.col("burgerservicenummer"), "thuis", "geboortedatum", "vp_aanduiding_in_onderzoek",
        "vp_datum_einde_onderzoek", "reden_opschorting",
    )  # fmt: skip
    ended = (pl.col("datum_einde_uitkering") < str(day)).fill_null(value=False)
    dienst = night["uitkering"].with_columns(aanduiding_bij_huisnummer=pl.lit(None, pl.String))
    known = dienst.filter(~ended).with_columns(adres_dienst=address())
    return known.join(client, on="burgerservicenummer", how="left")


def open_housemates(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    ended = (pl.col("datum_einde") < str(day)).fill_null(value=False)
    bsn = pl.col("medebewoner_burgerservicenummer").alias("bsn")
    return night["bekende_medebewoner"].filter(~ended).select("uitkering_id", "rol", bsn)


def unknown_residents(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """R01: one row a resident of 27 or older whom the dienst does not know."""
    residents = people(night).filter(certainly(27, day))
    residents = residents.select("thuis", pl.col("burgerservicenummer").alias("bsn"), "vp_aanduiding_in_onderzoek",
        "datum_aanvang_adreshouding", wordt_27=turns_27())  # fmt: skip
    clients = dossiers(night, day).filter(certainly(21, day)).drop("vp_aanduiding_in_onderzoek")
    return (
        clients.join(residents, on="thuis")
        .filter(pl.col("bsn").ne_missing(pl.col("burgerservicenummer")))
        .filter(pl.col("bsn").is_null() | pl.col("bsn").ne_missing(pl.col("partner_burgerservicenummer")))
        .join(open_housemates(night, day), on=["uitkering_id", "bsn"], how="anti")
    )


def departed_kostendelers(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """R02: one row a kostendeler who does not live at the belanghebbende's address."""
    sharing = open_housemates(night, day).filter(pl.col("rol") == "KOSTENDELER", pl.col("bsn").is_not_null())
    home = people(night).select(pl.col("burgerservicenummer").alias("bsn"), pl.col("thuis").alias("elders"))
    rows = dossiers(night, day).join(sharing, on="uitkering_id").join(home, on="bsn")
    return rows.filter(pl.col("thuis").is_not_null(), pl.col("elders").ne_missing(pl.col("thuis")))


def about_a_partner_too(night, day, predicate: pl.Expr) -> pl.DataFrame:
    persons = night["brp_persoon"].filter(predicate)["burgerservicenummer"].implode()
    either = pl.col("burgerservicenummer").is_in(persons) | pl.col("partner_burgerservicenummer").is_in(persons)
    return dossiers(night, day).filter(either.fill_null(value=False))


def young_norms(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """Uitkeringen with the norm of a single person under 21 (Pw 20 lid 1 a; 2026)."""
    ended = (pl.col("datum_einde_periode") < str(day)).fill_null(value=False)
    begun = pl.col("datum_aanvang_periode") <= str(day)
    return night["uitkeringsperiode"].filter(~ended, begun, pl.col("norm_bedrag_cent").is_in(["34599", "35042"]))


def reaching(night: dict[str, pl.DataFrame], first: date, last: str, day: date, years: int) -> pl.DataFrame:
    """Dossiers of whose belanghebbende or partner is so many years old between ``first`` and ``day`` and ``last``."""
    born = pl.col("geboortedatum").str.to_date("%Y%m%d", strict=False).dt.offset_by(f"{years}y")
    persons = night["brp_persoon"].filter(born.is_between(first, pl.lit(day).dt.offset_by(last)))
    numbers = persons["burgerservicenummer"].implode()
    either = pl.col("burgerservicenummer").is_in(numbers) | pl.col("partner_burgerservicenummer").is_in(numbers)
    return dossiers(night, day).filter(either.fill_null(value=False))


def turning_27(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """R03: one row a resident who turns 27 within 56 days, or did, and whom the dienst does not count yet."""
    residents = people(night).select("thuis", pl.col("burgerservicenummer").alias("bsn"), wordt_27=turns_27())
    clients = dossiers(night, day).filter(certainly(21, day))
    rows = clients.join(residents.filter(pl.col("wordt_27") <= day + timedelta(days=56)), on="thuis").join(
        open_housemates(night, day), on=["uitkering_id", "bsn"], how="left"
    )
    other = pl.col("bsn").ne_missing(pl.col("burgerservicenummer"))
    other &= pl.col("bsn").ne_missing(pl.col("partner_burgerservicenummer"))
    unknown = pl.col("rol").is_null() & (pl.col("wordt_27") > day)
    return rows.filter(other, unknown | pl.col("rol").is_in(["KIND", "JONGER_DAN_27"]).fill_null(value=False))


def students(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """Who studies on a day or stopped for good, by DUO: a row a person with ``nu``, ``gestopt``, ``soort``, ``recht``.

    A stop is for good where no next course can begin any more: within 62 days, or within 95 over a summer.
    """

    def dates(*names: str) -> list[pl.Expr]:
        return [pl.col(name).str.to_date("%Y%m%d", strict=False) for name in names]

    higher, time = pl.col("niveau").str.contains("^(HBO|WO)"), pl.col("onderwijsvorm")
    kind = (
        pl.when(leerweg_mbo="BBL").then(pl.lit("bbl"))
        .when(higher & (time == "deeltijd")).then(pl.lit("deeltijd"))
        .when((higher & time.is_in(["voltijd", "duaal"])) | (pl.col("leerweg_mbo") == "BOL")).then(pl.lit("voltijd"))
        .when(higher).then(pl.lit("ho"))
    )  # fmt: skip
    ends = dates("datum_uitschrijving", "datum_einde_deelname")
    rows = night["duo_inschrijving"].with_columns(
        *dates("datum_aanvang_deelname"), soort=kind, extern=pl.col("inschrijvingsvorm").is_in(["E", "A"]),
        eerst=pl.min_horizontal(ends), laatst=pl.max_horizontal(ends),
    )  # fmt: skip
    last = rows.sort("datum_aanvang_deelname").group_by("burgerservicenummer", "extern").agg(
        pl.col("soort").last(), begon=pl.col("datum_aanvang_deelname").min(), laatst=pl.col("laatst").max(),
        nu=(pl.col("eerst").is_null() | (pl.col("eerst") >= day)).any(), open=pl.col("laatst").is_null().any(),
    )  # fmt: skip
    summer = pl.date(pl.col("laatst").dt.year() + (pl.col("laatst").dt.month() >= 8).cast(pl.Int32), 8, 1)
    wait = pl.when(summer - pl.col("laatst") <= timedelta(days=95)).then(96).otherwise(62)
    until = pl.col("laatst") + pl.duration(days=wait)
    young = pl.col("geboortedatum").str.to_date("%Y%m%d", strict=False).dt.offset_by("30y") > pl.col("begon")
    sure = (pl.col("soort") == "bbl") | ((pl.col("soort") == "voltijd") & young)
    never = (pl.col("soort") == "deeltijd").fill_null(value=False)
    gone = ~pl.col("open") & (until < min(day, night["duo"]["gehoord"][0]))
    return last.join(night["brp_persoon"].select("burgerservicenummer", "geboortedatum"), on="burgerservicenummer").select(
        pl.col("burgerservicenummer").alias("bsn"), "soort", "nu", "extern", "begon", "laatst",
        gestopt=gone & ~pl.col("nu") & ~pl.col("extern"),
        recht=pl.when(sure.fill_null(value=False)).then(pl.lit("ja")).when(never).then(pl.lit("nee")).otherwise(pl.lit("?")),
    )  # fmt: skip


def studying_mates(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """R04: one row a known housemate of 27 or older who studies and counts, or stopped and does not."""
    residents = people(night).filter(certainly(27, day)).select("thuis", bsn="burgerservicenummer")
    rows = dossiers(night, day).filter(certainly(21, day)).join(residents, on="thuis")
    rows = rows.join(open_housemates(night, day), on=["uitkering_id", "bsn"]).join(students(night, day), on="bsn")
    begins = (pl.col("rol") == "KOSTENDELER") & pl.col("nu") & ~pl.col("extern") & (pl.col("recht") == "ja")
    stops = pl.col("rol").is_in(["STUDENT", "BBL"]) & pl.col("gestopt") & (pl.col("recht") != "nee")
    return rows.filter(begins | stops)


def studying_clients(night: dict[str, pl.DataFrame], day: date, *, begins: bool) -> pl.DataFrame:
    """R23 and R24: one row a belanghebbende or partner who studies, or who stopped while less is paid than the norm."""
    either = ("burgerservicenummer", "partner_burgerservicenummer")
    rows = pl.concat([dossiers(night, day).with_columns(bsn=pl.col(name)) for name in either])
    rows = rows.join(students(night, day), on="bsn").filter(~pl.col("extern"))
    done = night["melding"].filter(pl.col("status").is_in(["VERWERKT", "AFGEWEZEN"]), soort_wijziging="STUDIE")
    rows = rows.join(done, on="burgerservicenummer", how="anti")
    if begins:
        return rows.filter(pl.col("nu"), pl.col("soort").is_in(["voltijd", "ho"]))
    ended = (pl.col("datum_einde_periode") < str(day)).fill_null(value=False)
    running = night["uitkeringsperiode"].filter(~ended, pl.col("datum_aanvang_periode") <= str(day))
    less = running.select(
        "uitkering_id",
        inkomen=pl.col("inkomsten_bedrag_cent").cast(pl.Int64) > 0,
        minder=pl.col("verlaagd_bij_besluit") == "1",
    )
    since = pl.col("datum_aanvang_uitkering").str.to_date()
    income_runs = pl.col("inkomen") & (since <= pl.col("laatst"))
    lowered = pl.col("minder") & (since < pl.col("laatst").dt.offset_by("6mo"))
    rows = rows.join(less, on="uitkering_id").filter(pl.col("gestopt"), pl.col("recht") != "nee")
    return rows.filter((income_runs | lowered).fill_null(value=False))


#: The gemeenten of the dienst, the postcode of the institutions, and the norms of article 23 (2026: 443.76 and 449.44,
#: each with 47.00).
OWN, INSTITUTION, INSIDE = ["9901", "9902"], "1241AA", ["49076", "49644"]


def belanghebbenden(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """Running uitkeringen with where the belanghebbende is registered and the norm of that day."""
    ended = (pl.col("datum_einde_periode") < str(day)).fill_null(value=False)
    norm = night["uitkeringsperiode"].filter(~ended, pl.col("datum_aanvang_periode") <= str(day))
    register = night["brp_persoon"].select(
        "burgerservicenummer", "functie_adres", gemeente="gemeente_van_inschrijving", brp_postcode="postcode"
    )
    rows = dossiers(night, day).join(register, on="burgerservicenummer")
    return rows.join(norm.select("uitkering_id", "norm_bedrag_cent"), on="uitkering_id", how="left")


def stays(night: dict[str, pl.DataFrame], day: date) -> dict[str, pl.DataFrame]:
    """R14, R15, R16, R27 and R28: where the belanghebbende is, beside what the dienst has."""
    rows = belanghebbenden(night, day)
    at_home = rows.filter(pl.col("reden_opschorting").is_null(), functie_adres="W")
    own, inside = pl.col("gemeente").is_in(OWN), pl.col("norm_bedrag_cent").is_in(INSIDE)
    post_only = (pl.col("functie_adres") == "B") & pl.col("reden_opschorting").is_null()
    return {
        "R14": at_home.filter(own, pl.col("thuis") != pl.col("adres_dienst")),
        "R15": at_home.filter(~own),
        "R16": rows.filter(reden_opschorting="E"),
        "R27": at_home.filter((pl.col("brp_postcode") == INSTITUTION) != inside),
        "R28": about_a_partner_too(night, day, post_only),
    }


def family(night: dict[str, pl.DataFrame], day: date) -> Family:
    """R07 to R12 in this night."""
    return Family(night, dossiers(night, day), people(night), open_housemates(night, day), day)


def set_off(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """What the dienst sets off a month: ``uitkering_id`` and ``verrekend``, in cents."""
    ended = (pl.col("datum_einde_periode") < str(day)).fill_null(value=False)
    now = night["uitkeringsperiode"].filter(~ended, pl.col("datum_aanvang_periode") <= str(day))
    return now.select("uitkering_id", verrekend=pl.col("inkomsten_bedrag_cent").cast(pl.Int64))


def turned_27(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """R06: from 182 days ago up to 60 days from now, with income that is set off, or as a partner without right."""
    rows = reaching(night, day - timedelta(days=182), "60d", day, 27).join(set_off(night, day), on="uitkering_id")
    return rows.filter((pl.col("verrekend") > 0) | (pl.col("partner_rechthebbend") == "2").fill_null(value=False))


#: Codes of the aangifte loonheffingen: loon; uitkeringen and pensioenen; what a sociale dienst pays itself.
LOON = [str(code) for code in range(11, 18)]
OTHER_INCOME = ["21", "22", "23", "24", "31", "32", "33", "37", "39", "40", "56", "57", "58"]
OF_THE_DIENST = ["34", "42", "43", "45"]


def unsettled(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """R18 and R19: one row an income that goes on and that can't be in what is set off (Pw 31, 32).

    Three quarters of what is left of loon in the lowest month that is wholly of the uitkering is to be set off at
    least; income that comes to what is set off is known first, then what an older employer pays; 50 euro is the drempel.
    """
    job = ("burgerservicenummer", "loonheffingennummer", "volgnummer_ikv")
    until = pl.col("datum_einde_ikv").fill_null("99991231")
    cents = pl.col("loon_lb_cent", "ingehouden_lb_cent", "vakantietoeslag_cent").cast(pl.Int64, strict=False)
    told = (
        night["inkomsten_uwv"]
        .with_columns(
            cents,
            van=pl.col("datum_aanvang_opgave").str.to_date("%Y%m%d", strict=False),
            tot=pl.col("datum_einde_opgave").str.to_date("%Y%m%d", strict=False),
        )
        .filter(~pl.col("soort_ikv").is_in(OF_THE_DIENST).any().over(job).fill_null(value=False))
        .unique([*job, "van"], keep="last", maintain_order=True)
        .filter(pl.col("tot") >= day - timedelta(days=95))
        .with_columns(
            left=(pl.col("loon_lb_cent") - pl.col("ingehouden_lb_cent") - pl.col("vakantietoeslag_cent"))
            * pl.when(pl.col("tot") - pl.col("van") == timedelta(days=27)).then(13 / 12).otherwise(1)
        )
    )
    employers = told.group_by("burgerservicenummer", "loonheffingennummer").agg(
        werkgever_sinds=pl.col("datum_aanvang_ikv").min()
    )
    clients = dossiers(night, day).join(set_off(night, day), on="uitkering_id").select(
        "dossiernummer", "datum_aanvang_uitkering", "verrekend",
        bsn=pl.concat_list("burgerservicenummer", "partner_burgerservicenummer").list.drop_nulls(),
    ).explode("bsn")  # fmt: skip
    since = pl.max_horizontal("van", pl.col("datum_aanvang_ikv").str.to_date("%Y%m%d", strict=False))
    running = (
        told.join(clients, left_on="burgerservicenummer", right_on="bsn")
        .filter(since >= pl.col("datum_aanvang_uitkering").str.to_date())
        .group_by("dossiernummer", "verrekend", *job)
        .agg(
            pl.col("soort_ikv", "datum_aanvang_ikv").last(),
            until.last().alias("einde"),
            least=pl.col("left").min() * 0.75,
            most=pl.col("loon_lb_cent").max(),
        )
        .join(employers, on=["burgerservicenummer", "loonheffingennummer"])
        .filter(pl.col("einde") >= f"{day:%Y%m%d}", pl.col("least") > 0)
    )
    another = ~pl.col("verrekend").is_between("least", pl.col("most") + 5_000)
    order = [another, "werkgever_sinds", "datum_aanvang_ikv"]
    so_far = pl.col("least").cum_sum().over("dossiernummer", order_by=order)
    return running.filter(so_far > pl.col("verrekend") + 5_000)


def of_unknown_kind() -> pl.Expr:
    return ~pl.col("soort_ikv").is_in(LOON + OTHER_INCOME).fill_null(value=False)


def norms_too_low(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """R26: a norm below the one that counts everybody who shares costs, or may (2026; Pw 20 lid 1 a, 21, 22a, 23).

    Not the same norm without its 5 percent holiday allowance, and not that of an inrichting (R27).
    """
    alone, both = (141_946, 202_779) if day.month >= 7 else (140_150, 200_213)
    young, inside = (35_042, 49_644) if day.month >= 7 else (34_599, 49_076)
    known = open_housemates(night, day).filter(rol="KOSTENDELER").group_by("uitkering_id").len("genoemd")
    may = unknown_residents(night, day).group_by("uitkering_id").len("misschien")
    ended = (pl.col("datum_einde_periode") < str(day)).fill_null(value=False)
    used = night["uitkeringsperiode"].filter(~ended, pl.col("datum_aanvang_periode") <= str(day))
    used = used.select("uitkering_id", gebruikt=pl.col("norm_bedrag_cent").cast(pl.Int64))
    rows = dossiers(night, day).filter(wetcode="PW").join(used, on="uitkering_id")
    rows = rows.join(known, on="uitkering_id", how="left").join(may, on="uitkering_id", how="left")
    persons = 1 + pl.col("partner_burgerservicenummer").is_not_null().cast(pl.Int64)
    counted = pl.col("aantal_kostendelers").cast(pl.Int64).fill_null(0) - persons
    mates = pl.max_horizontal(0, counted, pl.col("genoemd").fill_null(0).cast(pl.Int64)) + pl.col(
        "misschien"
    ).fill_null(0)
    size = persons + mates
    shared = (persons * (40 + 30 * size) * both / (100 * size) + 0.5).floor()
    norm = pl.when(mates > 0).then(shared).when(persons == 2).then(both).otherwise(alone)
    norm = pl.when(certainly(21, day)).then(norm).otherwise(young)
    lower = (norm - pl.col("gebruikt") > 1) & (((norm - (norm * 5 + 50) // 100) - pl.col("gebruikt")).abs() > 1)
    return rows.filter(pl.col("thuis").is_not_null(), lower, pl.col("gebruikt") != inside)


def waiting_meldingen(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """R31: one row a melding that came in more than 14 days ago and is not dealt with."""
    waiting = night["melding"].filter(pl.col("status").is_in(["ONTVANGEN", "IN_BEHANDELING"]))
    waiting = waiting.filter(pl.col("datum_ontvangst") < str(day - timedelta(days=14)))
    rows = dossiers(night, day)
    own = rows.join(waiting, on="burgerservicenummer")
    partners = rows.join(waiting, left_on="partner_burgerservicenummer", right_on="burgerservicenummer")
    return pl.concat([own.select("dossiernummer"), partners.select("dossiernummer")])


def signals(night: dict[str, pl.DataFrame], day: date, soort: str) -> pl.DataFrame:
    """What the Inlichtingenbureau said of who is on an uitkering now, under whatever dossiernummer."""
    said = night["ib_samenloopsignaal"].filter(signaalsoort=soort).drop("dossiernummer").with_columns(
        pl.col("^datum_.*_samenloop$").str.to_date("%Y%m%d")
    )  # fmt: skip
    return dossiers(night, day).select("dossiernummer", "burgerservicenummer").join(said, on="burgerservicenummer")


def elsewhere(night: dict[str, pl.DataFrame], day: date) -> dict[str, pl.DataFrame]:
    """R20 (more than a month), R21 (the dienst has not dealt with it) and R22 (above 7,770 euro: Pw 34 in 2025)."""
    last = pl.col("datum_einde_samenloop").fill_null(pl.col("leveringsdatum").str.to_date("%Y%m%d"))
    dealt_with = night["melding"].filter(
        pl.col("status").is_in(["VERWERKT", "AFGEWEZEN"]), soort_wijziging="DETENTIE"
    )["burgerservicenummer"]  # fmt: skip
    balances = signals(night, day, "VERMOGEN").filter(belastingjaar=str(day.year - 1)).with_columns(
        pl.col("bedrag_cent").cast(pl.Int64)
    ).filter(pl.col("bedrag_cent").is_not_null().all().over("dossiernummer"))  # fmt: skip
    together = balances.group_by("dossiernummer").agg(pl.col("bedrag_cent").sum())
    return {
        "R20": signals(night, day, "UITKERING_ANDERE_GEMEENTE").filter(
            last >= pl.col("datum_aanvang_samenloop").dt.offset_by("1mo")
        ),
        "R21": signals(night, day, "DETENTIE").filter(
            ~pl.col("burgerservicenummer").is_in(dealt_with.implode())
        ),
        "R22": together.filter(pl.col("bedrag_cent") > 777_000),
    }  # fmt: skip


def findings_of(night: dict[str, pl.DataFrame], day: date) -> dict[tuple[str, str], int]:
    """How many findings of which regel each dossier has."""
    died = pl.col("datum_overlijden").is_not_null() & (pl.col("reden_opschorting") == "O")
    looked_into = pl.col("vp_aanduiding_in_onderzoek").str.starts_with("08")
    running = looked_into & pl.col("vp_datum_einde_onderzoek").is_null()
    found = {
        "R01": unknown_residents(night, day),
        "R02": departed_kostendelers(night, day),
        "R03": turning_27(night, day),
        "R04": studying_mates(night, day),
        "R23": studying_clients(night, day, begins=True),
        "R24": studying_clients(night, day, begins=False),
        "R05": reaching(night, date(1900, 1, 1), "60d", day, 21).join(
            young_norms(night, day), on="uitkering_id", how="semi"
        ),
        "R26": norms_too_low(night, day),
        "R29": dossiers(night, day).filter(
            pl.col("laatste_contact_leefsituatie").str.to_date().dt.offset_by("1y") <= day
        ),
        "R31": waiting_meldingen(night, day),
        "R25": reaching(night, day + timedelta(days=1), "6mo", day, 67),
        "R06": turned_27(night, day),
        "R18": unsettled(night, day).filter(pl.col("soort_ikv").is_in(LOON) | of_unknown_kind()),
        "R19": unsettled(night, day).filter(pl.col("soort_ikv").is_in(OTHER_INCOME)),
        "R13": about_a_partner_too(night, day, died),
        **stays(night, day),
        **elsewhere(night, day),
        "R17": about_a_partner_too(night, day, running),
        **family(night, day).findings(),
    }
    return {
        (regel, dossier): count
        for regel, rows in found.items()
        for dossier, count in rows["dossiernummer"].value_counts().iter_rows()
    }


def findings_of_key(demo: DemoGemeente, night: int) -> dict[tuple[str, str], int]:
    """The same, as the key has it: everything new up to this night, less what closed."""
    counts: dict[tuple[str, str], int] = {}
    lines = read_key(demo.antwoordsleutel).filter(pl.col("dag").is_in(NIGHTS[: night + 1]))
    for regel, dossier, advies in lines.select("regel", "dossiernummer", "advies").iter_rows():
        counts[regel, dossier] = counts.get((regel, dossier), 0) + (-1 if advies == "gesloten" else 1)
    return {finding: count for finding, count in counts.items() if count}


# --- the key ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("night", [0, 1, 2])
def test_the_key_holds_exactly_what_the_files_of_a_night_show(small, night):
    assert findings_of(read_night(small, night), day_of(small, night)) == findings_of_key(small, night)


@pytest.mark.slow
@pytest.mark.parametrize("night", [0, 1, 2])
def test_the_key_holds_exactly_what_the_files_of_a_night_show_at_full_size(default, night):
    assert findings_of(read_night(default, night), day_of(default, night)) == findings_of_key(default, night)


@pytest.mark.parametrize(
    ("seed", "peildatum"),
    [(1, date(2026, 1, 3)), (2, date(2026, 3, 1)), (3, date(2026, 7, 1)), (4, date(2026, 12, 29))],
)
def test_the_key_holds_for_other_chance_and_other_days(tmp_path, seed, peildatum):
    demo = generate(tmp_path, seed=seed, peildatum=peildatum, dagen=3, **SMALL)
    for night in range(3):
        assert findings_of(read_night(demo, night), day_of(demo, night)) == findings_of_key(demo, night)


def test_on_the_first_day_the_dienst_knows_everybody_of_27_or_older_but_for_the_plants(small):
    unknown = unknown_residents(read_night(small, 0), day_of(small, 0))
    planted = read_key(small.antwoordsleutel).filter(dag="gisteren", regel="R01")
    assert set(unknown["dossiernummer"]) == set(planted["dossiernummer"])
    assert set(planted["advies"]) == {"geen_actie"}


def written_to(night) -> pl.Series:
    """The references of who acts for somebody and can get a letter about them."""
    offices = night["vertegenwoordiger"].filter(
        pl.col("soort").is_in(["BEWINDVOERDER", "CURATOR"]),
        *(
            pl.col(name).is_not_null()
            for name in ("naam", "straatnaam_of_postbus", "huisnummer", "postcode", "woonplaats")
        ),
        pl.col("datum_einde").is_null(),
    )
    return offices["verwijzing"]


def reasons_seen(demo: DemoGemeente) -> dict[str, set[str]]:
    """For each reden the dossiers in which the files of the second night give occasion for it."""
    night, day = read_night(demo, 1), day_of(demo, 1)
    rows, unknown = dossiers(night, day), unknown_residents(night, day)
    wish = night["klantvoorkeur"].select(
        "burgerservicenummer", "geheimhouding", "bewindvoerder_of_gemachtigde", "kanaal", "hulp_bij_lezen"
    )
    client = rows.join(wish, on="burgerservicenummer", how="left").join(
        night["brp_persoon"].select("burgerservicenummer", "indicatie_geheim", "geslachtsnaam"),
        on="burgerservicenummer", how="left",
    )  # fmt: skip
    about = {"R01": "HUISGENOOT_IN", "R03": "HUISGENOOT_IN", "R02": "HUISGENOOT_UIT", "R14": "VERHUIZING",
        **dict.fromkeys(("R07", "R08", "R09"), "KIND"), **dict.fromkeys(("R10", "R11", "R12"), "PARTNER"),
        "R15": "VERHUIZING", "R16": "VERBLIJF_BUITENLAND", "R18": "INKOMEN", "R19": "INKOMEN", "R21": "DETENTIE",
        "R27": "OPNAME", "R29": "HUISGENOOT_UIT"}  # fmt: skip
    about |= dict.fromkeys(("R04", "R23", "R24"), "STUDIE")
    key = read_key(demo.antwoordsleutel).with_columns(soort_wijziging=pl.col("regel").replace_strict(about, default=""))
    pending = night["melding"].filter(pl.col("status").is_in(["ONTVANGEN", "IN_BEHANDELING"]))
    reported = rows.select("dossiernummer", "burgerservicenummer").join(pending, on="burgerservicenummer")
    crowd = people(night).group_by("thuis").len().filter(pl.col("len") > 12)
    counted = open_housemates(night, day).filter(rol="KOSTENDELER").group_by("uitkering_id").len("bekend")
    spare = (
        unknown.join(counted, on="uitkering_id", how="left")
        .with_columns(
            belanghebbenden=1 + pl.col("partner_burgerservicenummer").is_not_null().cast(pl.Int64),
            geteld=pl.col("aantal_kostendelers").cast(pl.Int64).fill_null(0),
        )
        .filter(pl.col("geteld") - pl.col("belanghebbenden") - pl.col("bekend").fill_null(0) >= 1)
    )
    planned = night["uitkeringsperiode"].filter(pl.col("datum_aanvang_periode") > str(day))
    nameless = open_housemates(night, day).filter(pl.col("bsn").is_null())
    looked_into = about_a_partner_too(night, day, pl.col("vp_aanduiding_in_onderzoek").str.starts_with("08")
        & pl.col("vp_datum_einde_onderzoek").is_null())  # fmt: skip
    died = night["brp_persoon"].filter(pl.col("datum_overlijden") > f"{day - timedelta(days=90):%Y%m%d}")
    studies = students(night, day)
    exempt = studies.filter(pl.col("nu"), ~pl.col("extern"), pl.col("recht") == "ja")
    perhaps = studies.filter(~pl.col("gestopt"), pl.col("recht") != "nee")
    young = turning_27(night, day)
    since = night["brp_persoon"].select("burgerservicenummer", sinds="datum_aanvang_adreshouding")
    sets = {
        "studeert": pl.concat([rows.join(exempt, on="bsn").select("dossiernummer") for rows in (unknown, young)]),
        "studie_onzeker": unknown.join(perhaps, on="bsn").join(exempt, on="bsn", how="anti"),
        "overlijden": pl.concat(
            [
                rows.join(died.select(thuis=address()), on="thuis", how="semi").select("dossiernummer"),
                about_a_partner_too(night, day, pl.col("reden_opschorting") == "O").select("dossiernummer"),
            ]
        ),
        "geblokkeerd": rows.filter(indicatie_blokkering="1"),
        "andere_regeling": rows.filter(pl.col("wetcode").is_in(["IOAW", "IOAZ"])),
        "lopend_bezwaar": rows.filter(lopend_bezwaar="1"),
        "lopend_onderzoek": rows.filter(lopend_onderzoek="1"),
        "te_lang_geleden": unknown.join(since, on="burgerservicenummer").filter(
            pl.max_horizontal("datum_aanvang_adreshouding", "sinds", pl.col("wordt_27").dt.strftime("%Y%m%d"))
            < f"{day - timedelta(days=1826):%Y%m%d}",
            ~pl.col("datum_aanvang_adreshouding").str.ends_with("00"),
        ),
        "gegevens_onvolledig": rows.filter(pl.col("partner_burgerservicenummer").is_not_null()).join(
            night["brp_persoon"], left_on="partner_burgerservicenummer", right_on="burgerservicenummer", how="anti"
        ),
        "al_gemeld": key.join(reported, on=["dossiernummer", "soort_wijziging"]),
        "verlaagd_bij_besluit": rows.join(
            night["uitkeringsperiode"].filter(verlaagd_bij_besluit="1"), on="uitkering_id", how="semi"
        ),
        "norm_ingepland": rows.join(planned, on="uitkering_id", how="semi"),
        "verjaardag_geweest": pl.concat(
            [
                turning_27(night, day).filter(pl.col("wordt_27") <= day).select("dossiernummer"),
                unknown.filter(pl.col("wordt_27") == day).select("dossiernummer"),
            ]
        ),
        "inkomen_onduidelijk": unsettled(night, day).filter(of_unknown_kind()),
        "partner_elders": family(night, day)
        .parted()
        .filter("apart")
        .join(unsettled(night, day), on="dossiernummer", how="semi"),
        "wil_gebeld": client.filter(pl.col("kanaal") == "BELLEN"),
        "hulp_bij_lezen": client.filter(pl.col("hulp_bij_lezen") == "1"),
        "gedetineerd": unknown.join(detained_now(night, day), on="burgerservicenummer", how="semi"),
        "kind_elders": placed_elsewhere(night, day).join(unsettled(night, day), on="dossiernummer", how="semi"),
        "instelling": belanghebbenden(night, day).filter(brp_postcode=INSTITUTION),
        "massa_adres": unknown.join(crowd, on="thuis"),
        "aantal_bekend": spare,
        "geheim": client.filter((pl.col("indicatie_geheim") != "0") | (pl.col("geheimhouding") == "1")),
        "vertegenwoordiger": client.filter(
            pl.col("bewindvoerder_of_gemachtigde").is_not_null(),
            ~pl.col("bewindvoerder_of_gemachtigde").is_in(written_to(night).implode()),
        ),
        "geen_brief_mogelijk": client.filter(pl.col("geslachtsnaam") == "."),
        "datum_onzeker": unknown.filter(pl.col("datum_aanvang_adreshouding").str.ends_with("00")),
        "koppeling_onzeker": pl.concat(
            [
                rows.join(nameless, on="uitkering_id").select("dossiernummer"),
                unknown.filter(pl.col("bsn").is_null()).select("dossiernummer"),
                rows.join(night["ib_samenloopsignaal"], on="burgerservicenummer")
                .filter(pl.col("dossiernummer") != pl.col("dossiernummer_right"))
                .select("dossiernummer"),
            ]
        ),
        "in_onderzoek": pl.concat(
            [
                unknown.filter(pl.col("vp_aanduiding_in_onderzoek").str.starts_with("08")).select("dossiernummer"),
                looked_into.select("dossiernummer"),
            ]
        ),
    }
    seen = {reden: set(found["dossiernummer"]) for reden, found in sets.items()}
    for reden, parts in family(night, day).reasons(unknown).items():
        seen[reden] = seen.get(reden, set()).union(*(part["dossiernummer"] for part in parts))
    return seen


def detained_now(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    signals = night["ib_samenloopsignaal"].filter(pl.col("signaalsoort") == "DETENTIE")
    return signals.filter(pl.col("datum_einde_feit").fill_null("99991231") >= f"{day:%Y%m%d}")


def placed_elsewhere(night: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    """Uitkeringen with a child under 18 that lives where none of its parents do."""
    # Who a child is: by its number, or by surname and date of birth where that is left out.
    home = people(night).select("anummer", "burgerservicenummer", "thuis", "geslachtsnaam", "geboortedatum")
    bsn = pl.col("gerelateerde_burgerservicenummer")
    name = pl.concat_str("gerelateerde_geslachtsnaam", "gerelateerde_geboortedatum", separator="|")
    ties = night["brp_relatie"].filter(soort="kind").select("anummer", kind=pl.coalesce(bsn, name))
    named = pl.concat_str("geslachtsnaam", "geboortedatum", separator="|")
    children = [home.select("thuis", "geboortedatum", kind=key) for key in (pl.col("burgerservicenummer"), named)]
    both = ties.join(home, on="anummer").join(pl.concat(children), on="kind", suffix="_kind")
    young = both.filter(pl.col("geboortedatum_kind") > f"{day.year - 18}{day:%m%d}")
    apart = young.group_by("kind").agg(
        "burgerservicenummer",
        samen=(pl.col("thuis") == pl.col("thuis_kind")).any(),
        woont=pl.col("thuis_kind").is_not_null().all(),
    )
    parents = apart.filter("woont", ~pl.col("samen")).explode("burgerservicenummer")
    return dossiers(night, day).join(parents, on="burgerservicenummer", how="semi")


@pytest.mark.parametrize("size", ["small", pytest.param("default", marks=pytest.mark.slow)])
def test_a_reden_of_the_key_stands_in_the_files_and_a_plain_nudge_has_none(size, request):
    demo = request.getfixturevalue(size)
    seen = reasons_seen(demo)
    key = read_key(demo.antwoordsleutel).filter(pl.col("dag") != "morgen")
    for reden, found in seen.items():
        named = set(key.filter(reden=reden)["dossiernummer"])
        assert named, f"no line with {reden}"
        assert named <= found, reden
    closed = key.filter(advies="gesloten")["dossiernummer"].implode()
    plain = set(key.filter(pl.col("advies") == "nudge", ~pl.col("dossiernummer").is_in(closed))["dossiernummer"])
    assert not plain & set().union(*seen.values())


def test_a_nudge_and_a_plain_task_have_no_reden_and_everything_else_has_one(small):
    key = read_key(small.antwoordsleutel)
    assert set(key.filter(advies="nudge")["reden"]) == {""}
    assert "" not in set(key.filter(advies="geen_actie")["reden"])
    bare = {Route.TASK, Route.RESTRICTED_TASK}
    plain = {rule.rule_id for rule in all_rules() if bare & {said.route for said in rule.variants.values()}}
    assert set(key.filter(advies="taak", reden="")["regel"]) <= plain
    assert set(key["regel"]) == {rule.rule_id for rule in all_rules() if rule.doel is Doel.ACTUALISEREN}


def test_a_letter_tells_of_three_things_at_most(small):
    nudges = read_key(small.antwoordsleutel).filter(advies="nudge")
    assert 1 < nudges.group_by("dag", "dossiernummer").len()["len"].max() <= 3


def test_each_dossier_has_one_case_and_no_trap_has_a_finding(small):
    key, traps = read_key(small.antwoordsleutel), read_key(small.valkuilen)
    again = {"huisgenoot_weer_weg", "onbekende_is_27", "inschrijving_hersteld", "werk_alsnog_verrekend"}
    cases = key.filter(~pl.col("val").is_in(again)).group_by("dossiernummer").agg(pl.col("val").n_unique())
    assert cases["val"].max() == 1
    assert not set(key["dossiernummer"]) & set(traps["dossiernummer"])


@pytest.mark.parametrize("size", ["small", pytest.param("default", marks=pytest.mark.slow)])
def test_every_plant_and_every_trap_is_there(size, request):
    demo = request.getfixturevalue(size)
    planted = set(read_key(demo.antwoordsleutel)["val"]) | set(read_key(demo.valkuilen)["val"])
    assert planted == set(PLANTS) == set(demo.vallen)


@pytest.mark.slow
def test_at_full_size_every_rule_and_every_suppressor_has_twenty_dossiers(default):
    lines = read_key(default.antwoordsleutel).filter(pl.col("advies") != "gesloten")
    running = [rule for rule in all_rules() if rule.doel is Doel.ACTUALISEREN]
    rules = dict(lines.group_by("regel").agg(pl.col("dossiernummer").n_unique()).iter_rows())
    assert {rule.rule_id: rules.get(rule.rule_id, 0) for rule in running if rules.get(rule.rule_id, 0) < 20} == {}
    code = {suppressor.reden.value: suppressor.code for suppressor in SUPPRESSORS.values()}
    held = lines.with_columns(code=pl.col("reden").replace_strict(code, default=None)).drop_nulls("code")
    codes = dict(held.group_by("code").agg(pl.col("dossiernummer").n_unique()).iter_rows())
    assert {code: codes.get(code, 0) for code in set(code.values()) if codes.get(code, 0) < 20} == {}


def test_hostile_names_belong_to_clients_with_an_ordinary_nudge(small):
    night = read_night(small, 1)
    named = read_key(small.antwoordsleutel).filter(val="vreemde_naam")
    names = (
        named.join(night["uitkering"], on="dossiernummer")
        .join(night["brp_persoon"], on="burgerservicenummer")["geslachtsnaam"]
    )  # fmt: skip
    assert set(names) == set(HOSTILE_NAMES)
    assert max(len(name) for name in names) == 200


# --- the deliveries ---------------------------------------------------------------------------------------------


def all_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*")) if path.is_file()}


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path):
    one, two, other = tmp_path / "een", tmp_path / "twee", tmp_path / "ander"
    generate(one, **SMALL)
    generate(two, **SMALL)
    generate(other, seed=7, **SMALL)
    assert all_files(one) == all_files(two)
    assert all_files(one)["2026-11-03/brp/brp_persoon.csv"] != all_files(other)["2026-11-03/brp/brp_persoon.csv"]


def test_each_night_has_two_whole_deliveries_and_each_month_two_more(small):
    assert [(*folder.parts[-2:], read_manifest(folder).manifest.soort) for folder in small.leveringen] == [
        ("2026-09-03", "ib", "mutaties"),
        ("2026-10-03", "ib", "mutaties"), ("2026-10-03", "duo", "volledig"),
        ("2026-11-02", "uitkeringsgegevens", "volledig"), ("2026-11-02", "brp", "volledig"),
        ("2026-11-03", "uitkeringsgegevens", "volledig"), ("2026-11-03", "brp", "volledig"),
        ("2026-11-03", "ib", "mutaties"), ("2026-11-03", "duo", "volledig"),
        ("2026-11-04", "uitkeringsgegevens", "volledig"), ("2026-11-04", "brp", "volledig"),
    ]  # fmt: skip


def test_a_manifest_says_what_lies_beside_it(small):
    for folder in small.leveringen:
        delivery = read_manifest(folder)
        assert str(delivery.manifest.peildatum) == folder.parent.name
        assert delivery.manifest.geleverd_op.isoformat() == f"{folder.parent.name}T02:00:00+01:00"
        for file in delivery.manifest.bestanden:
            with delivery.path(file).open(encoding="utf-8", newline="") as stream:
                rows = list(csv.reader(stream, delimiter=";"))
            assert tuple(rows[0]) == TABLES[file.tabel].delivered
            assert describe_file(file.tabel, delivery.path(file), len(rows) - 1) == file


@pytest.mark.parametrize("size", ["small", pytest.param("default", marks=pytest.mark.slow)])
@pytest.mark.parametrize("table", [table.name for table in tables_of(Bron.UITKERINGSGEGEVENS)])
def test_every_row_of_the_dienst_fits_its_contract(size, table, request):
    for night in range(3):
        rows = read_night(request.getfixturevalue(size), night)[table]
        _, failure = TABLES[table].schema.filter(rows)
        assert failure.counts() == {}
        if TABLES[table].key:
            assert not rows.select(TABLES[table].key).is_duplicated().any()


@pytest.mark.parametrize("size", ["small", pytest.param("default", marks=pytest.mark.slow)])
def test_of_the_persons_only_the_bad_rows_fail(size, request):
    demo = request.getfixturevalue(size)
    rows = read_night(demo, 1)["brp_persoon"]
    _, failure = TABLES["brp_persoon"].schema.filter(rows)
    assert failure.counts() == {
        "anummer|check__vorm": demo.vuil.anummer_fout,
        "geboortedatum|check__geen_datum": demo.vuil.geboortedatum_fout,
        "burgerservicenummer|check__elfproef": demo.vuil.bsn_fout,
        "adresseerbaar_object_id|check__vorm": demo.vuil.bag_fout,
    }
    assert rows["anummer"].is_duplicated().sum() == demo.vuil.anummer_dubbel
    # Who shares an A-nummer is no client.
    shared = rows.filter(pl.col("burgerservicenummer").is_duplicated() & pl.col("burgerservicenummer").is_not_null())
    assert len(shared) == demo.vuil.bsn_gedeeld
    assert not set(shared["burgerservicenummer"]) & set(read_night(demo, 1)["uitkering"]["burgerservicenummer"])


@pytest.mark.parametrize("size", ["small", pytest.param("default", marks=pytest.mark.slow)])
def test_of_the_relations_only_those_of_persons_with_a_bad_number_fail(size, request):
    night = read_night(request.getfixturevalue(size), 1)
    _, bad_persons = TABLES["brp_persoon"].schema.filter(night["brp_persoon"])
    _, bad_relations = TABLES["brp_relatie"].schema.filter(night["brp_relatie"])
    assert set(bad_relations.counts()) == {"anummer|check__vorm", "burgerservicenummer|check__elfproef"}
    assert set(bad_relations.invalid()["anummer"]) <= set(bad_persons.invalid()["anummer"])


# --- the population ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_uitkeringen_have_the_shares_of_the_country(default):
    night, day = read_night(default, 0), day_of(default, 0)
    running = night["uitkering"].filter(pl.col("datum_einde_uitkering").is_null())
    assert len(running) == default.huishoudens == 6_300
    form = running["leefvorm"]
    # CBS StatLine 82015NED: alleenstaande, alleenstaande ouder, paar.
    assert (form == "01").mean() == pytest.approx(0.648, abs=0.005)
    assert (form == "02").mean() == pytest.approx(0.206, abs=0.005)
    assert form.is_in(["03", "04", "08", "09"]).mean() == pytest.approx(0.145, abs=0.005)
    assert running["nummeraanduiding_id"].is_null().mean() == pytest.approx(0.60, abs=0.05)
    assert running["consulent_id"].n_unique() == 40

    sharing = open_housemates(night, day).filter(rol="KOSTENDELER")["uitkering_id"].unique()
    assert len(sharing) / len(running) == pytest.approx(0.12, abs=0.01)
    current = night["uitkeringsperiode"].filter(pl.col("datum_einde_periode").is_null())
    assert (current["inkomsten_bedrag_cent"] != "0").mean() == pytest.approx(0.08, abs=0.015)


@pytest.mark.slow
def test_clients_have_the_ages_of_the_country_and_none_has_aow(default):
    night, day = read_night(default, 0), day_of(default, 0)
    clients = night["uitkering"].filter(pl.col("datum_einde_uitkering").is_null()).select(
        bsn=pl.concat_list("burgerservicenummer", "partner_burgerservicenummer")
    ).explode("bsn")  # fmt: skip
    persons = night["brp_persoon"].join(clients, left_on="burgerservicenummer", right_on="bsn")
    # CBS: of 406,000 persons 41,000 are under 27 and 227,000 women.
    assert 1 - persons.select(certainly(27, day)).to_series().mean() == pytest.approx(41 / 406, abs=0.02)
    assert (persons["geslachtsaanduiding"] == "V").mean() == pytest.approx(227 / 406, abs=0.02)
    assert persons.select(certainly(18, day)).to_series().all()
    assert not persons.select(certainly(67, day)).to_series().any()


@pytest.mark.slow
def test_relations_lack_a_bsn_as_often_as_in_the_published_test_set(default):
    relations = read_night(default, 0)["brp_relatie"]
    missing = pl.col("gerelateerde_burgerservicenummer").is_null().mean()
    share = dict(relations.group_by("soort").agg(missing).iter_rows())
    assert share["partner"] == pytest.approx(58 / 264, abs=0.02)
    assert share["kind"] == pytest.approx(87 / 521, abs=0.02)
    assert (share["ouder1"] + share["ouder2"]) / 2 == pytest.approx(388 / 668, abs=0.04)


def test_a_marriage_stands_on_both_lists_with_the_same_date(small):
    partners = read_night(small, 0)["brp_relatie"].filter(
        pl.col("soort") == "partner",
        pl.col("datum_ontbinding").is_null(),
        pl.col("gerelateerde_anummer").is_not_null(),
    )
    both = partners.join(partners, left_on="anummer", right_on="gerelateerde_anummer")
    assert len(both) == len(partners) > 100
    assert (both["gerelateerde_anummer"] == both["anummer_right"]).all()
    assert (both["datum_sluiting"] == both["datum_sluiting_right"]).all()
    assert (both["soort_verbintenis"] == both["soort_verbintenis_right"]).all()


def test_streets_and_postcodes_belong_together(small):
    persons = read_night(small, 0)["brp_persoon"].filter(pl.col("postcode").is_not_null())
    assert persons.group_by("postcode").agg(pl.col("straatnaam").n_unique())["straatnaam"].max() == 1
    towns = persons.select("gemeente_van_inschrijving", "woonplaats").unique()
    assert set(towns.iter_rows()) == {("9901", "Voorbeeldstad"), ("9902", "Voorbeelddorp")}
    bag = persons.filter(pl.col("nummeraanduiding_id").is_not_null(), pl.col("nummeraanduiding_id") != "0" * 16)
    place = bag.with_columns(adres=address())
    assert place.group_by("nummeraanduiding_id").agg(pl.col("adres").n_unique())["adres"].max() == 1
    assert bag["nummeraanduiding_id"].str.contains(r"^(9901|9902)200000\d{6}$").all()


@pytest.mark.slow
def test_people_without_bijstand_move_die_and_are_born_between_the_days(default):
    before, after = read_night(default, 0)["brp_persoon"], read_night(default, 1)["brp_persoon"]
    clean = ~pl.col("anummer").is_duplicated()
    both = before.filter(clean).join(after.filter(clean), on="anummer")
    moved = both.filter(pl.col("datum_aanvang_adreshouding") != pl.col("datum_aanvang_adreshouding_right"))
    # 120,000 x 9.5 % / 365 = 31 a day, beside some 700 planted moves of persons and households.
    assert 31 < len(moved) < 1_500
    born = after.join(before, on="anummer", how="anti")
    assert len(born.filter(geboortedatum="20261101")) == 3
    # The children of R08: to alleenstaanden, to couples, and to who has bijstand and lost a child.
    assert len(born) == 3 + (16 + 4 + 8) + 6 + 20
    died = both.filter(pl.col("datum_overlijden").is_null(), pl.col("datum_overlijden_right").is_not_null())
    # 3 of old age, 4 kostendelers, 21 belanghebbenden or partners, 3 children.
    assert len(died) == 3 + 4 + 21 + 3


def test_on_the_third_day_only_the_planted_housemates_move(small):
    vandaag, morgen = read_night(small, 1), read_night(small, 2)
    assert vandaag["bekende_medebewoner"].equals(morgen["bekende_medebewoner"])
    changed = morgen["brp_persoon"].join(
        vandaag["brp_persoon"], on=morgen["brp_persoon"].columns, how="anti", nulls_equal=True
    )
    lines = read_key(small.antwoordsleutel).filter(dag="morgen")
    assert len(changed) == len(lines) == 2


def norm_of(night: dict[str, pl.DataFrame], predicate: pl.Expr) -> set[str]:
    current = night["uitkeringsperiode"].filter(pl.col("datum_einde_periode").is_null())
    rows = night["uitkering"].filter(pl.col("wetcode") == "PW", predicate).join(current, on="uitkering_id")
    return set(rows["norm_bedrag_cent"])


def test_norms_are_those_of_the_law_in_cents(small):
    """Pw 21 a and 21 b as of 2026-07-01; 22a: 50 % of the couple's norm for two, 43.33 % for three."""
    night = read_night(small, 0)
    alone, count = pl.col("partner_burgerservicenummer").is_null(), pl.col("aantal_kostendelers")
    none = count.is_null() | (count == "0")
    # 350.42 is the norm of 18 to 20 (Pw 20 lid 1 a), 496.44 of who stays in an inrichting (23 lid 1 a and lid 2 a).
    # R26: that of two, and that of one without holiday allowance.
    assert norm_of(night, alone & none) == {"141946", "35042", "49644"} | {"101390", "134849"}
    assert norm_of(night, ~alone & none) == {"202779"}
    assert norm_of(night, alone & (count == "2")) == {"101390"}  # 1,013.895 half-up
    assert norm_of(night, alone & (count == "3")) == {"87871"}  # 878.709


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"inwoners": 1_000, "huishoudens": 800}, "Too few inwoners for 800 households .* Ask for at least"),
        ({"inwoners": 2_000, "huishoudens": 40}, "Ask for more huishoudens"),
        ({"dagen": 4}, "Ask for 2 or 3"),
        ({"inwoners": 2_000_000}, "Ask for 1200000 or fewer"),
        ({"peildatum": date(2027, 2, 1)}, "between 2026-01-01 and 2026-12-31"),
    ],
)
def test_what_makes_no_gemeente_is_refused_with_what_to_do(tmp_path, wrong, message):
    with pytest.raises(SettingsError, match=message):
        generate(tmp_path, **{**SMALL, **wrong})


# --- names and numbers ------------------------------------------------------------------------------------------


def test_made_up_numbers_are_valid_and_unique():
    index = np.arange(1_200_000)
    inside, outside = bsns(index), bsns(index, outside=True)
    numbers = pl.concat([inside, outside]).alias("bsn")
    assert numbers.n_unique() == len(numbers)
    assert pl.DataFrame(numbers).select(elfproef(pl.col("bsn")).all()).item()
    assert numbers.str.contains(r"^9\d{8}$").all()
    own = anummers(index)
    assert own.n_unique() == len(own)
    assert own.str.contains(r"^[1-9]\d{9}$").all()


def test_a_voorvoegsel_is_kept_apart_from_the_name():
    names = set(SURNAME_TABLE.select("voorvoegsel", "geslachtsnaam").iter_rows())
    assert {("van den", "Berg"), ("in 't", "Veld"), (None, "Bakker"), ("el", "Idrissi")} <= names


def test_first_names_fit_sex_and_generation():
    rng = np.random.default_rng(1)
    women, years = np.array([True, False] * 200), np.array([1935] * 200 + [2015] * 200)
    drawn = first_names(np.zeros(400, np.int64), women, years, rng).str.split(" ").list.first()
    assert "Cornelia" in set(drawn[:200].filter(pl.Series(women[:200])))
    assert "Sem" in set(drawn[200:].filter(pl.Series(~women[200:])))
    assert not set(drawn[:200]) & {"Sem", "Emma", "Noah"}


def test_ways_to_reach_somebody_are_made_up_and_most_of_them_are_verified(small):
    wishes = read_night(small, 1)["klantvoorkeur"]
    email, mobile = (wishes.filter(pl.col(name).is_not_null()) for name in ("emailadres", "mobiel_nummer"))
    assert email["emailadres"].str.ends_with("@voorbeeld.example").all()
    assert mobile["mobiel_nummer"].str.contains("^06-00[0-9]{6}$").all()
    for known, day in ((email, "emailadres_geverifieerd_op"), (mobile, "mobiel_geverifieerd_op")):
        assert 0.4 * len(wishes) < len(known) < len(wishes)
        assert 0.75 * len(known) < known[day].is_not_null().sum() < len(known)
    assert wishes.filter(pl.col("emailadres").is_null() & pl.col("emailadres_geverifieerd_op").is_not_null()).is_empty()


def test_very_few_have_a_title_and_it_fits_them(small):
    persons = read_night(small, 1)["brp_persoon"]
    noble = persons.filter(pl.col("adellijke_titel_predicaat").is_not_null())
    assert 0 < len(noble) < 0.01 * len(persons)
    men = noble["adellijke_titel_predicaat"].is_in(["JH", "B"])
    assert men.to_list() == [sex == "M" for sex in noble["geslachtsaanduiding"]]


def test_most_who_act_for_somebody_can_be_written_to(small):
    night = read_night(small, 1)
    referred = night["klantvoorkeur"]["bewindvoerder_of_gemachtigde"].drop_nulls()
    share = referred.is_in(written_to(night).implode()).mean()
    assert 0.4 < share < 0.9
    assert set(night["vertegenwoordiger"]["verwijzing"]) < set(referred)
    assert set(night["vertegenwoordiger"]["soort"]) == {"BEWINDVOERDER", "CURATOR", "MENTOR", "GEMACHTIGDE"}
