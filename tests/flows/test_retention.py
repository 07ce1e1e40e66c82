"""Retention: nothing of who is destroyed is left in any file, who stays stays, and the figures of years are as they were."""

import json
import shutil
import sqlite3
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from contracts.errors import PolicyError, TijdigError
from contracts.oordeel import Oordeel
from contracts.rechten import Verzoeksoort
from contracts.retention import Soort, read_retention, retention_on
from contracts.tables import TABLES, Bron
from contracts.work import Rol, User
from flows import retention, steps
from flows.cards import fill_cards
from flows.casebook import open_casebook
from flows.cli import app
from flows.inzage import make_overview
from flows.logboek import logboek_of
from flows.mailroom import deliver
from flows.outputs import write_outputs
from flows.recompute import recompute_all
from flows.retention import LOG, Place, planned, run_retention
from flows.settings import Workplace
from flows.steps import open_warehouse
from flows.toets import toets_of
from store.casebook import Casebook, Sampled
from store.casebook.evaluation import Month, Period
from store.casebook.retention import Retention, Running
from store.casebook.tables import metadata
from store.destroy import _KEY_TABLES, _KEYS, _MADE, _WHOLE
from store.subject import subject_of
from tests.world import DAY, World, anummer, bsn, town

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
GONE_ON = DAY + timedelta(days=1)
#: The day of retention: two years and a half after the last thing that happened.
LATER = date(2029, 6, 3)
#: Who goes: client 51 with housemate 52 at house 51. Who stays: client 53 with housemate 54 at house 53.
NAMED = {
    51: {"voornamen": "Klarisse", "geslachtsnaam": "Zonnebloem"},
    52: {"voornamen": "Wilhelmus", "geslachtsnaam": "Okkernoot"},
    53: {"voornamen": "Theodora", "geslachtsnaam": "Vuurdoorn"},
    54: {"voornamen": "Xaviera", "geslachtsnaam": "Hazelaar"},
}
STREET = {51: "Kornoeljepad", 52: "Kornoeljepad", 53: "Lindelaantje", 54: "Lindelaantje"}


def world(*, gone: bool) -> World:
    """A town in which two households have somebody extra; the first has left it where ``gone``."""
    made = town().without("brp_persoon", "anummer", anummer(1)).without("uitkering", "uitkering_id", "U-1")
    for number, named in NAMED.items():
        if gone and number < 53:
            continue
        house, since = (51 if number < 53 else 53), ("20261020" if number in (52, 54) else "20220401")
        made.person(number, house=house, datum_aanvang_adreshouding=since, born=f"19{number}0214", **named)
        made.change("brp_persoon", "anummer", anummer(number), straatnaam=STREET[number])
    # Others with an uitkering, so that one that ends is no broken delivery.
    for number in range(10, 30):
        made.uitkering(number, house=number).norm(number, 141_946)
    for number in (51, 53):
        if not (gone and number == 51):
            made.uitkering(number, house=number).norm(number, 141_946).preference(
                number, mobiel_nummer=f"06123456{number}"
            )
    return made


def tokens(number: int, keys: dict[int, str]) -> set[str]:
    dossier = {f"D-{number}", f"U-{number}"} if number in (51, 53) else set()
    named = {*NAMED[number].values(), bsn(number), anummer(number), keys[number], STREET[number]}
    phone = {f"06123456{number}"} if number in (51, 53) else set()
    return named | dossier | phone


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """A work folder with two nights, letters, work and files; and the person keys."""
    work = Workplace(tmp_path_factory.mktemp("voor"))
    world(gone=False).write_all(work.leveringen)
    _night(work, DAY)
    _work_on(work)
    world(gone=True).write_all(work.leveringen, GONE_ON)
    _night(work, GONE_ON)
    refused = world(gone=False).write(work.leveringen, Bron.BRP, DAY - timedelta(days=5))
    (refused.folder / "levering.json").write_text("{}")
    with open_warehouse(work, read_only=True) as warehouse:
        keys = {number: subject_of(warehouse, work.sleutel, bsn=bsn(number)).sleutel for number in NAMED}
    return work, keys


def _night(work: Workplace, day: date) -> None:
    sources = steps.take_in_all(work, day)
    found = steps.find(work, day)
    result = steps.decide_and_record(work, day, found, unusable=sources.unusable)
    deliver(work, day, usable=True)
    fill_cards(work, day, usable=True)
    with open_casebook(work) as casebook, open_warehouse(work) as warehouse:
        casebook.save_counts(day, {"nieuw": result.nieuw}, now=NOW)
        write_outputs(work.uitvoer(day), casebook, day, warehouse.rejected([]))
    steps.clear_deliveries(work, day)


def _work_on(work: Workplace) -> None:
    """What people do: a call, a judgement, a sample, a request, an overview, a session."""
    with open_warehouse(work, read_only=True) as warehouse:
        client = subject_of(warehouse, work.sleutel, dossiernummer="D-51")
    with open_casebook(work) as casebook:
        rows = [row for row in casebook.open_findings() if row.dossiernummer == "D-51"]
        (row,) = rows
        casebook.confirm_posted({
            one.kenmerk: (one.inhoud_hash, DAY) for one in casebook.notices_of("D-51")
        }, NOW)  # fmt: skip
        casebook.answer(row.signaal_id, door="C-01", now=NOW)
        said = Oordeel(bewust="nee", context="Wilhelmus Okkernoot was er.", impact="Klein.", door="C-01", moment=NOW)
        casebook.keep_oordeel(said, toets_of(casebook, row.signaal_id))
        casebook.draw(DAY, [Sampled("onderdrukt", "D-51", row.signaal_id, "al_gemeld")])
        asked = casebook.file_request(
            Verzoeksoort.INZAGE, dossiernummer="D-51", persoon_sleutel=client.sleutel, ontvangen=DAY, toelichting="Zonnebloem.",
            door="C-01", now=NOW,
        )  # fmt: skip
        casebook.settle_request(asked.verzoek_id, gegrond=True, door="C-01", waarom="", now=NOW)
        anna = User(gebruiker="anna", naam="Anna", rollen={Rol.CONSULENT}, consulent_id="C-01")
        casebook.keep_account(anna)
        casebook.begin_session("a" * 64, anna, int(NOW.timestamp()))
        casebook.note("anna", "taak_bekeken", "T-1", NOW)
        casebook.note("anna", "taak_bekeken", "T-2", NOW)
    make_overview(work, client, asked.verzoek_id, NOW)


@pytest.fixture
def place(before, tmp_path):
    """A copy of that work folder, years later; every file came on the first night."""
    work = Workplace(tmp_path / "werk")
    shutil.copytree(before[0].folder, work.folder)
    return Place.on(work, LATER, datetime.combine(LATER, datetime.min.time(), UTC), came=lambda _: DAY)


def in_files(work: Workplace, wanted: set[str]) -> set[str]:
    """What of these stands in any file of the work folder, by its bytes."""
    content = b"\n".join(path.read_bytes() for path in sorted(work.folder.rglob("*")) if path.is_file())
    names = "\n".join(str(path.relative_to(work.folder)) for path in work.folder.rglob("*"))
    return {one for one in wanted if one.encode() in content or one in names}


def in_tables(work: Workplace, wanted: set[str]) -> set[str]:
    """What of these stands in any row of any table of either database."""
    with sqlite3.connect(work.casebook) as con:
        rows = "\n".join(con.iterdump())
    with open_warehouse(work, read_only=True) as warehouse:
        names = warehouse.read("select table_name from information_schema.tables where table_schema = 'main'")
        rows += "".join(warehouse.read(f"select * from {name}").write_csv() for name in names["table_name"])
    rows += "".join(str(pl.read_parquet(path).rows()) for path in sorted(work.snapshots.rglob("*.parquet")))
    return {one for one in wanted if one in rows}


def test_nothing_is_left_of_who_is_destroyed_and_who_stays_stays(before, place):
    _, keys = before
    gone, stays = (tokens(51, keys) | tokens(52, keys)), (tokens(53, keys) | tokens(54, keys)) - {keys[53]}
    assert in_tables(place.work, gone) == gone, "the control: all of it was there"
    assert in_files(place.work, gone) >= {keys[52], "D-51", "Okkernoot"}
    run_retention(place)
    assert in_tables(place.work, gone) == set()
    assert in_files(place.work, gone) == set()
    assert in_tables(place.work, stays) == stays
    assert in_files(place.work, stays) >= {keys[54], "D-53"}


def test_a_run_again_finds_nothing_more_and_the_work_goes_on(place):
    run_retention(place)
    assert planned(place) == {}
    assert run_retention(place) == {}
    # A night after it finds what it found before; a receipt that is kept can still be computed again.
    with open_casebook(place.work) as casebook:
        (row,) = casebook.open_findings()
        assert row.dossiernummer == "D-53"
    results = list(recompute_all(place.work))
    assert results
    assert all(one.equal for one in results)


def test_the_figures_of_years_are_as_they_were(before, place):
    period = Period(Month.of(DAY), Month.of(GONE_ON))
    figures = _figures(place.work, period)
    assert figures["handled"]
    assert figures["notices"]
    run_retention(place)
    assert _figures(place.work, period) == figures


def _figures(work, period):
    with open_casebook(work) as casebook:
        return {
            "handled": casebook.handled(period), "found": casebook.found(period), "notices": casebook.notices(period),
            "durations": [one for one in casebook.durations(period) if "feit" not in one.traject],
            "rest": casebook.rest_kept(period, 30), "money": casebook.money(period),
            "samples": casebook.sample_counts(DAY, GONE_ON), "ahead": casebook.seen_ahead(period),
            "nights": casebook.all_nights(),
        }  # fmt: skip


def test_a_line_without_anybody_keeps_rule_nights_and_outcome_only(place):
    run_retention(place)
    with open_casebook(place.work) as casebook, casebook._engine.connect() as con:
        rows = [row for row in con.execute(sa.select(metadata.tables["finding"])) if row.signaal_id.startswith("A-")]
        (row,) = rows
        moves = [one for one in con.execute(sa.select(metadata.tables["history"])) if one.signaal_id == row.signaal_id]
    # Half a month: the fact was of 20 October.
    assert (row.regel, row.eerste_nacht, row.feitdatum, row.status) == ("R01", DAY, date(2026, 10, 15), "vervallen")
    assert row.inhoud["feiten"] == {}
    assert row.inhoud["gezien"] == ""
    assert [(one.naar, one.door, one.moment) for one in moves][:2] == [
        ("nieuw", None, None),
        ("beantwoord", None, None),
    ]


def test_the_destruction_log_says_when_how_many_and_by_which_policy_and_nothing_of_anybody(before, place):
    counts = run_retention(place)
    said = [json.loads(line) for line in logboek_of(place.work).lines()]
    names = Counter(
        one["name"]
        for one in said
        if one["name"].endswith("vernietigen") and "dpl.core.data_subject_id" in one["attributes"]
    )
    # The client of the findings that went, and both persons whose rows did.
    assert names == {"signalen vernietigen": 1, "registerrijen vernietigen": 2}
    lines = [json.loads(line) for line in (place.work.folder / "gegevens" / LOG).read_text().splitlines()]
    assert {"register", "signaal", "verzoek", "sessie", "steekproef", "brief", "uitvoer", "inzage", "levering"} <= set(
        counts
    )
    assert {line["soort"] for line in lines} >= set(counts)
    assert all(line["stand"] == "klaar" and line["aantal"] > 0 and line["beleid"] == "2026-1" for line in lines)
    assert set(lines[0]) == {"moment", "soort", "wat", "aantal", "van_voor", "beleid", "stand"}
    persons = next(line for line in lines if (line["soort"], line["wat"]) == ("register", "brp_persoon"))
    # Of each of the two one row as it was delivered, and one as it ended.
    assert persons["aantal"] == 4


def test_what_would_go_is_said_and_nothing_changes(place):
    before = {path: path.read_bytes() for path in place.work.folder.rglob("*") if path.suffix in (".duckdb", ".pdf")}
    said = CliRunner().invoke(
        app, ["retention", "--proef", "--map", str(place.work.folder), "--dag", LATER.isoformat()]
    )
    assert said.exit_code == 0, said.exception
    assert "register: registerrijen" in said.stdout
    assert "Vernietigd" not in said.stdout
    assert {path: path.read_bytes() for path in before} == before
    assert not (place.work.folder / "gegevens" / LOG).exists()


def test_a_wish_for_no_messages_stays_as_long_as_the_register_knows_who_it_is_of(before, place):
    _, keys = before
    with open_casebook(place.work) as casebook:
        made = [
            casebook.file_request(
                Verzoeksoort.GEEN_BERICHTEN, dossiernummer=None, persoon_sleutel=keys[number], ontvangen=DAY,
                toelichting="", door="C-01", now=NOW,
            )
            for number in (52, 54)
        ]  # fmt: skip
    run_retention(place)
    with open_casebook(place.work) as casebook:
        assert [one.verzoek_id for one in casebook.requests()] == [made[1].verzoek_id]


def test_tables_that_name_keys_only_lose_those_of_who_goes(place):
    with open_warehouse(place.work) as warehouse:
        for number in (51, 53):
            warehouse.con.execute("insert into genoemd values ('brp_persoon', ?, 1)", [anummer(number)])
            warehouse.con.execute("insert into genoemd values ('uitkeringsperiode', ?, 1)", [f"U-{number}"])
            warehouse.con.execute("insert into onvolledig values ('uitkering', ?, 1, null)", [f"U-{number}"])
    run_retention(place)
    with open_warehouse(place.work, read_only=True) as warehouse:
        assert warehouse.read("select sleutel from genoemd order by 1").to_series().to_list() == [anummer(53), "U-53"]
        assert warehouse.read("select over from onvolledig").to_series().to_list() == ["U-53"]


# --- what runs stays ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("why", ["open task", "notice", "request", "bezwaar", "not long ago"])
def test_what_still_runs_is_not_destroyed(before, place, why):
    work, keys = place.work, before[1]
    day = LATER
    with sqlite3.connect(work.casebook) as con:
        match why:
            case "open task":
                con.execute(
                    "insert into task select 'T-9', signaal_id, 'hulp', dossiernummer, null, 0, null, null, 'open', nacht, "
                    "0, null, null, null, regel, richting, beperkt, null, 1 from (select signaal_id, dossiernummer, "
                    "eerste_nacht as nacht, regel, richting, beperkt from finding where dossiernummer = 'D-51')"
                )
            case "notice":
                con.execute("update outbox set status = 'onbekend' where dossiernummer = 'D-51'")
            case "request":
                con.execute("update request set stand = 'open' where dossiernummer = 'D-51'")
            case "not long ago":
                day = date(2028, 11, 2)
            case "bezwaar":
                pass
    if why == "bezwaar":
        with open_warehouse(work) as warehouse:
            warehouse.con.execute(
                "update uitkering set lopend_bezwaar = '1', peil_tot = null where dossiernummer = 'D-51'"
            )
    run_retention(Place.on(work, day, place.run.now, came=place.came))
    assert in_tables(work, {keys[52], bsn(51), "D-51"}) == {keys[52], bsn(51), "D-51"}


def test_findings_that_share_a_letter_go_together_or_not_at_all(tmp_path):
    over = Retention.findings_over
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook, casebook._engine.begin() as con:
        tables = metadata.tables
        for name, status in (("a", "vervallen"), ("b", "vervallen"), ("c", "lopend"), ("d", "vervallen")):
            con.execute(tables["finding"].insert().values(
                signaal_id=name, regel="R01", regelversie="1", dossiernummer="D-51", richting="nadeel", advies="nudge",
                status=status, eerste_nacht=DAY, laatste_nacht=DAY, heropend=0, beperkt=False, inhoud={},
            ))  # fmt: skip
        for letter, members in (("N-1", "ab"), ("N-2", "bc")):
            con.execute(tables["outbox"].insert().values(
                kenmerk=letter, signaal_id=members[0], soort=letter, kanaal="printmap", vorm="brief", aan="inwoner",
                bericht="x", dossiernummer="D-51", status="bevestigd", nacht=DAY, pogingen=1,
            ))  # fmt: skip
            for one in members:
                con.execute(tables["told"].insert().values(kenmerk=letter, signaal_id=one))
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook:
        assert over(casebook, LATER, Running()) == ["d"]


# --- killed -----------------------------------------------------------------------------------------------------


class _KilledError(Exception):
    pass


@pytest.mark.slow
@pytest.mark.parametrize("where", ["half of the casebook", "new file", "in its place", "files", "scrub"])
def test_killed_anywhere_the_next_run_finishes(before, place, monkeypatch, where):
    _, keys = before
    gone = tokens(51, keys) | tokens(52, keys)
    target, name, after = {
        "half of the casebook": (retention.Casebook, "_drop_figures", False),
        "new file": (retention.destroy, "replace", False),
        "in its place": (retention.destroy, "replace", True),
        "files": (retention, "remove", True),
        "scrub": (retention.Casebook, "scrub", False),
    }[where]
    real = getattr(target, name)

    def killed(*arguments, **more):
        if after:
            real(*arguments, **more)
        raise _KilledError

    with monkeypatch.context() as patch:
        patch.setattr(target, name, killed)
        with pytest.raises(_KilledError):
            run_retention(place)
    run_retention(place)
    assert in_tables(place.work, gone) == set()
    assert in_files(place.work, gone) == set()
    assert not list((place.work.folder / "gegevens").glob("*.nieuw"))
    lines = [json.loads(line) for line in (place.work.folder / "gegevens" / LOG).read_text().splitlines()]
    assert {line["stand"] for line in lines} <= {"klaar", "afgebroken"}
    assert sum(line["aantal"] for line in lines if line["wat"] == "brp_persoon") == 4


# --- the audit log ----------------------------------------------------------------------------------------------


def test_the_audit_log_stays_sound_when_its_head_is_destroyed(place):
    with open_casebook(place.work) as casebook:
        whole = casebook.verify()
        assert whole.breuk is None
        casebook.destroy(Place.on(place.work, date(2030, 1, 1), place.run.now).run, Running())
        casebook.note("anna", "taak_bekeken", "T-3", NOW)
        chain = casebook.verify()
        assert (chain.breuk, casebook.lines_about("T-1")) == (None, [])
        assert 0 < chain.regels < whole.regels + 2
        # The database itself still refuses.
        with pytest.raises(sa.exc.DatabaseError, match="only added to"), casebook._engine.begin() as con:
            con.execute(sa.text("delete from audit"))


@pytest.mark.parametrize("forged", ["base", "line", "head"])
def test_who_shortens_the_audit_log_by_hand_is_seen(place, forged):
    with open_casebook(place.work) as casebook:
        casebook.destroy(Place.on(place.work, date(2030, 1, 1), place.run.now).run, Running())
        for number in range(3):
            casebook.note("anna", "taak_bekeken", f"T-{number}", NOW)
    with sqlite3.connect(place.work.casebook) as con:
        con.executescript("drop trigger audit_update; drop trigger audit_delete;")
        first, digest = con.execute("select volgnr, hash from audit order by volgnr limit 1 offset 1").fetchone()
        if forged == "base":
            con.execute("delete from audit where volgnr <= ?", [first])
            con.execute("update audit_base set volgnr = ?, hash = ?", [first, digest])
        elif forged == "line":
            con.execute("update audit set wie = 'bram' where volgnr = ?", [first])
        else:
            con.execute("delete from audit where volgnr = (select max(volgnr) from audit)")
    with open_casebook(place.work) as casebook:
        assert casebook.verify().breuk is not None


# --- the policy, and what it must cover -----------------------------------------------------------------------------


def test_every_table_of_the_warehouse_has_a_rule():
    assert set(_KEYS) == set(TABLES)
    assert not {*_WHOLE, *_MADE, *_KEY_TABLES} & set(_KEYS)


def test_a_table_that_nobody_decided_about_stops_it(place):
    with open_warehouse(place.work) as warehouse:
        warehouse.con.execute("create table nieuws (naam text)")
    with pytest.raises(TijdigError, match="Nobody decided what of nieuws"):
        run_retention(place)


#: Each table of the casebook, by what destroys it; a new one fails until somebody decides.
DESTROYED_WITH = {
    "signaal": {
        "finding", "task", "task_event", "task_outcome", "objection", "feedback", "internetaak", "internetaak_poging",
        "outbox", "attempt", "callback", "told", "receipt", "link_decision", "history", "oordeel",
    },
    "steekproef": {"sample", "sample_outcome"}, "verzoek": {"request", "request_event"}, "elders": {"elsewhere"},
    "klacht": {"complaint"}, "sessie": {"session"}, "account": {"account"}, "herinnering": {"reminder"},
    "audit": {"audit", "audit_head", "audit_base"},
    "met de laatste taak": {"contact_card"},
    "niemand": {"notice_hold", "night", "internetaak_nummer", "klant_actor", "team_member", "destruction"},
}  # fmt: skip


def test_every_table_of_the_casebook_was_decided_about():
    named = [table for tables in DESTROYED_WITH.values() for table in tables]
    assert sorted(named) == sorted(metadata.tables)


def test_each_kind_has_one_term_with_a_ground():
    beleid = retention_on(LATER)
    assert {one.soort for one in beleid.termijnen} == set(Soort)
    assert all(one.grond and one.waarom and one.begint for one in beleid.termijnen)
    # Five years of figures can be made, and a receipt is kept no longer than what it is computed from.
    assert beleid.of(Soort.CIJFERS).maanden >= 60 + 1
    assert beleid.of(Soort.SIGNAAL).maanden >= beleid.of(Soort.REGISTER).maanden


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda text: text.replace("    maanden: 6\n", "", 1), "give maanden or dagen"),
        (lambda text: text.replace("soort: sessie", "soort: account"), "each kind once"),
        (lambda text: text.replace("versie: 2026-1", "versie: ["), "do not fit"),
        (lambda text: text.replace("geldig_vanaf: 2026-01-01", "geldig_vanaf: 2026-01-02"), "another day"),
    ],
)
def test_a_policy_that_does_not_fit_is_refused(change, error):
    from importlib import resources

    text = resources.files("contracts").joinpath("bewaartermijnen", "2026-01-01.yaml").read_text()
    with pytest.raises(PolicyError, match=error):
        read_retention(change(text), "2026-01-01.yaml")


def test_no_terms_on_an_earlier_day():
    with pytest.raises(PolicyError, match="No terms on"):
        retention_on(date(2025, 12, 31))


def test_the_page_of_the_privacy_officer_has_the_terms_as_they_are():
    from flows.retention_page import PAGE, page

    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text
    assert "24 maanden" in text
