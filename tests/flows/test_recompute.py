"""What decided a finding is kept with it, and computing it again comes out the same or says what changed."""

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from contracts.errors import CasebookError, TijdigError
from contracts.outcome import Uitkomst
from contracts.parameters import parameter
from contracts.receipt import Receipt
from flows import dated, recompute, steps
from flows.cli import app
from flows.demo.generate import PEILDATUM, generate, nights_of
from flows.recompute import recompute_all, recompute_one
from flows.settings import Workplace
from matching.linking.weights import PINNED, Weights
from matching.receipt import source_rows
from matching.rule import all_rules
from matching.views import build_views, read_view
from store.casebook import Casebook, receipt
from tests.world import DAY, anummer, bsn, town

pytestmark = pytest.mark.slow

NEXT = DAY + timedelta(days=1)


@pytest.fixture
def work(tmp_path):
    return Workplace(tmp_path)


def with_housemate(born="19900101"):
    return town().person(2, house=1, born=born, datum_aanvang_adreshouding="20261020")


def night(work, day=DAY):
    sources = steps.take_in_all(work, day)
    found = steps.find(work, day)
    steps.decide_and_record(work, day, found, unusable=sources.unusable)


def first_night(work, **born):
    """A night with one finding of R01; its signaal_id."""
    with_housemate(**born).write_all(work.leveringen)
    night(work)
    with Casebook.at(work.casebook) as casebook:
        (row,) = casebook.findings_of(DAY)
    return row.signaal_id


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A function that puts a first night in an empty work folder, run once and copied; its signaal_id."""
    made = Workplace(tmp_path_factory.mktemp("eerste"))
    signaal_id = first_night(made)

    def _first(work):
        shutil.copytree(made.folder, work.folder, dirs_exist_ok=True)
        return signaal_id

    return _first


def receipts(work, signaal_id):
    with Casebook.at(work.casebook) as casebook:
        return casebook.receipts_of(signaal_id)


def named(again):
    return [(one.deel, one.naam) for one in again.differs]


# -- what is kept ---------------------------------------------------------------------------------------------


def test_a_finding_is_kept_with_what_decided_it(work, first):
    (row,) = receipts(work, first(work))
    bon = Receipt.model_validate(row.inhoud)
    assert bon.hash == row.hash
    assert [(rows.bron, rows.tabel, len(rows.rijen)) for rows in bon.rijen] == [
        ("brp", "brp_persoon", 2), ("uitkeringsgegevens", "uitkering", 1),
    ]  # fmt: skip
    assert {used.naam for used in bon.gronden.waarden} == {"kostendelersleeftijd", "studiefinanciering_leeftijd"}
    assert bon.signaal.onderdrukkers
    assert bon.programma


def test_a_row_of_the_household_is_named_and_a_row_of_others_is_not(work, first):
    signaal_id = first(work)
    before = {row for rows in Receipt.model_validate(receipts(work, signaal_id)[-1].inhoud).rijen for row in rows.rijen}
    world = with_housemate().reported(1, "INKOMEN").reported(10, "INKOMEN")
    world.person(40, house=10).norm(1, 141_946).knows(1, 3, "KIND").write_all(work.leveringen, NEXT)
    night(work, NEXT)
    after = Receipt.model_validate(receipts(work, signaal_id)[-1].inhoud)
    new = [(rows.tabel, len(set(rows.rijen) - before)) for rows in after.rijen]
    assert new == [
        ("bekende_medebewoner", 1), ("brp_persoon", 0), ("melding", 1), ("uitkering", 0), ("uitkeringsperiode", 1),
    ]  # fmt: skip


def test_no_receipt_tells_who_it_is_about(work, first):
    signaal_id = first(work)
    text = Receipt.model_validate(receipts(work, signaal_id)[-1].inhoud).canonical().decode()
    for person in (1, 2):
        assert bsn(person) not in text
        assert anummer(person) not in text
    for word in ("Jansen", "Dorpsstraat", "1234AB", work.sleutel):
        assert word not in text


def test_rows_are_named_by_a_hash_that_needs_the_secret(tmp_path):
    rows = []
    for name in ("a", "b"):
        work = Workplace(tmp_path / name)
        bon = Receipt.model_validate(receipts(work, first_night(work))[-1].inhoud)
        rows.append({row for found in bon.rijen for row in found.rijen})
    assert len(rows[0]) == 3
    assert not rows[0] & rows[1], "two work folders have two secrets"


def test_a_receipt_on_which_something_was_decided_stays_and_others_make_way(work, first):
    signaal_id = first(work)
    for days in (1, 2, 2):
        with_housemate().write_all(work.leveringen, DAY + timedelta(days=days))
        night(work, DAY + timedelta(days=days))
    assert [(row.nacht, row.blijft) for row in receipts(work, signaal_id)] == [
        (DAY, True), (DAY + timedelta(days=2), False),
    ]  # fmt: skip


def test_the_same_night_again_keeps_the_same_receipt(work, first):
    signaal_id = first(work)
    (before,) = receipts(work, signaal_id)
    night(work)
    assert receipts(work, signaal_id) == [before]


def test_the_hash_is_that_of_the_text_that_explain_prints(work, first):
    signaal_id = first(work)
    printed = CliRunner().invoke(app, ["explain", signaal_id, "--bon", "--map", str(work.folder)])
    (row,) = receipts(work, signaal_id)
    assert hashlib.sha256(printed.stdout_bytes).hexdigest() == row.hash


def test_explain_says_by_which_law_and_numbers_and_how_to_compute_it_again(work, first):
    signaal_id = first(work)
    told = CliRunner().invoke(
        app, ["explain", signaal_id, "--map", str(work.folder)], env={"COLUMNS": "200"}
    ).stdout  # fmt: skip
    for said in (
        "artikel 22a lid 1 Pw, tekst van 1 juli 2026 (gezien)", "kostendelersleeftijd", "27 jaar",
        "instelling van de dienst", "2 rijen brp_persoon", f"tijdig recompute {signaal_id}",
        "iemand extra op het adres", "Het adres is geheim.",
    ):  # fmt: skip
        assert said in told
    assert bsn(1) not in told


def test_recompute_says_equal_with_the_hash_or_what_differs(work, first):
    signaal_id = first(work)
    arguments = ["recompute", signaal_id, "--map", str(work.folder)]
    equal = CliRunner().invoke(app, arguments)
    (row,) = receipts(work, signaal_id)
    assert (equal.exit_code, f"gelijk. Bon {row.hash}" in equal.stdout) == (0, True)
    (work.folder / "tijdig.toml").write_text("massa_adres_boven = 20\n")
    other = CliRunner().invoke(app, arguments)
    assert (other.exit_code, "instelling massa_adres_boven: toen 12, nu 20" in other.stdout) == (1, True)
    every = CliRunner().invoke(app, ["recompute", "--alles", "--nacht", str(DAY), "--map", str(work.folder)])
    assert (every.exit_code, "0 van 1 bon precies gelijk" in every.stdout) == (1, True)


# -- computing again ------------------------------------------------------------------------------------------


def test_it_comes_out_the_same(work, first):
    (again,) = recompute_one(work, first(work))
    assert again.equal
    assert again.intact
    assert again.differs == ()


def test_a_corrected_delivery_that_comes_later_changes_nothing_of_what_was_known_then(work, first):
    signaal_id = first(work)
    town().write_all(work.leveringen, NEXT)
    with_housemate(born="20200101").write_all(work.leveringen, DAY - timedelta(days=1))
    night(work, NEXT)
    assert [again.equal for again in recompute_one(work, signaal_id)] == [True]


def changed_age(monkeypatch, years):
    """The law as if somebody counted from another age on."""
    known = parameter("kostendelersleeftijd")
    values = tuple(value.model_copy(update={"exact": Decimal(years)}) for value in known.waarden)
    other = known.model_copy(update={"waarden": values})
    for module in (steps, dated):
        monkeypatch.setattr(module, "parameter", lambda name: other if name == known.naam else parameter(name))


def test_one_changed_parameter_is_named_with_its_old_and_new_value(work, first, monkeypatch):
    signaal_id = first(work)
    changed_age(monkeypatch, years=21)
    (again,) = recompute_one(work, signaal_id)
    assert not again.equal
    (difference,) = again.differs
    assert (difference.deel, difference.naam) == ("waarde", "kostendelersleeftijd")
    assert str(difference.toen).startswith("27 jaar")
    assert str(difference.nu).startswith("21 jaar")


def test_a_changed_parameter_is_named_where_the_finding_does_not_come_back(work, first, monkeypatch):
    signaal_id = first(work)
    changed_age(monkeypatch, years=60)
    (again,) = recompute_one(work, signaal_id)
    assert again.now is None
    assert named(again) == [("waarde", "kostendelersleeftijd")]


def test_a_changed_setting_is_named(work, first):
    signaal_id = first(work)
    (work.folder / "tijdig.toml").write_text("massa_adres_boven = 20\n")
    (again,) = recompute_one(Workplace(work.folder), signaal_id)
    assert named(again) == [("instelling", "massa_adres_boven")]


def test_changed_weights_are_named(work, first):
    signaal_id = first(work)
    weights = Weights.load(PINNED)
    weights.model_copy(update={"kleinste_register": weights.kleinste_register + 1}).save(work.folder / "anders.yaml")
    (work.folder / "tijdig.toml").write_text(f"koppelgewichten = '{work.folder / 'anders.yaml'}'\n")
    (again,) = recompute_one(Workplace(work.folder), signaal_id)
    assert named(again) == [("instelling", "koppelgewichten")]


def test_a_changed_rule_is_named_by_its_version(work, first, monkeypatch):
    signaal_id = first(work)
    newer = [replace(rule, version="9") if rule.rule_id == "R01" else rule for rule in all_rules()]
    monkeypatch.setattr(recompute, "all_rules", lambda: newer)
    (again,) = recompute_one(work, signaal_id)
    assert [(one.naam, one.nu) for one in again.differs] == [("regelversie", "9")]


def test_another_precedence_of_suppressors_is_no_longer_the_same(work, first, monkeypatch):
    signaal_id = first(work)
    other = [
        replace(rule, suppressors=rule.suppressors[::-1]) if rule.rule_id == "R01" else rule for rule in all_rules()
    ]
    monkeypatch.setattr(recompute, "all_rules", lambda: other)
    (again,) = recompute_one(work, signaal_id)
    assert (again.equal, named(again)) == (False, [("bon", "volgorde")])


def test_what_was_said_with_a_gate_shut_and_of_a_closing_comes_out_the_same(work, first):
    signaal_id = first(work)
    with Casebook.at(work.casebook) as casebook:
        casebook.close(signaal_id, Uitkomst.GEEN_GEVOLG, door="C-01", now=datetime.now(UTC))
    found = steps.find(work, NEXT)
    steps.decide_and_record(work, NEXT, found, unusable=frozenset({"R01"}))
    assert [(again.then.signaal.peildatum, again.equal) for again in recompute_one(work, signaal_id)] == [
        (DAY, True), (NEXT, True),
    ]  # fmt: skip


def test_a_night_without_receipts_is_not_equal(work, first):
    first(work)
    nothing = CliRunner().invoke(app, ["recompute", "--alles", "--nacht", "2020-01-01", "--map", str(work.folder)])
    assert isinstance(nothing.exception, CasebookError)
    assert "No receipt was kept" in str(nothing.exception)


def test_a_night_goes_with_all(work, first):
    signaal_id = first(work)
    asked = CliRunner().invoke(app, ["recompute", signaal_id, "--nacht", str(DAY), "--map", str(work.folder)])
    assert isinstance(asked.exception, CasebookError)


def test_a_rule_that_is_gone_is_told(work, first, monkeypatch):
    signaal_id = first(work)
    monkeypatch.setattr(recompute, "all_rules", lambda: [rule for rule in all_rules() if rule.rule_id != "R01"])
    (again,) = recompute_one(work, signaal_id)
    assert (again.now, named(again)) == (None, [("signaal", "regelversie")])


def test_a_newer_program_is_told_and_is_no_difference(work, first, monkeypatch):
    signaal_id = first(work)
    monkeypatch.setattr("matching.receipt.version", lambda _: "99.0")
    (again,) = recompute_one(work, signaal_id)
    assert again.equal
    assert (again.now.programma, again.then.programma != "99.0") == ("99.0", True)


def test_a_receipt_that_was_changed_afterwards_is_no_longer_intact(work, first):
    signaal_id = first(work)
    with Casebook.at(work.casebook) as casebook, casebook._engine.begin() as con:
        (row,) = con.execute(sa.select(receipt))
        other = row.inhoud | {"signaal": row.inhoud["signaal"] | {"gezien": "Iets anders."}}
        con.execute(receipt.update().values(inhoud=other))
    (again,) = recompute_one(work, signaal_id)
    assert (again.intact, again.equal) == (False, False)
    assert named(again) == [("signaal", "gezien")]
    every = CliRunner().invoke(app, ["recompute", "--alles", "--map", str(work.folder)])
    assert (every.exit_code, "0 van 1 bon precies gelijk" in every.stdout) == (1, True)
    assert "past niet bij zijn hash" in every.stdout
    assert "herrekend komt de bon van die nacht eruit" in every.stdout
    assert "signaal gezien: toen Iets anders." in every.stdout


def test_a_warehouse_that_does_not_know_that_night_is_an_error(work, first):
    signaal_id = first(work)
    work.warehouse.unlink()
    with pytest.raises(TijdigError, match="The warehouse is gone"):
        recompute_one(work, signaal_id)
    shutil.rmtree(work.snapshots)
    with pytest.raises(TijdigError, match="does not hold what was known then"):
        recompute_one(work, signaal_id)


# -- all of them ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The small demo after its three nights."""
    work = Workplace(tmp_path_factory.mktemp("demo"))
    generate(work.leveringen, inwoners=5_000, huishoudens=400, seed=7, peildatum=PEILDATUM, dagen=3)
    for day in nights_of(PEILDATUM, 3).values():
        night(work, day)
    return work


@pytest.mark.slow
def test_every_finding_of_the_demos_nights_comes_out_the_same(demo):
    results = list(recompute_all(demo))
    assert [result.then.signaal.signaal_id for result in results if not result.equal] == []
    found = {result.then.signaal.signaal_id for result in results}
    with Casebook.at(demo.casebook) as casebook:
        rows = [row for day in nights_of(PEILDATUM, 3).values() for row in casebook.findings_of(day)]
    assert found == {row.signaal_id for row in rows}
    on_last = list(recompute_all(demo, PEILDATUM))
    assert 0 < len(on_last) < len(results)
    assert {result.then.signaal.peildatum for result in on_last} == {PEILDATUM}


#: Views of which a row names the one row of the BRP that it is about.
OF_ONE_PERSON = ("aanwijspunt", "administratie", "belanghebbende", "huishouden", "kind", "partner")


@pytest.mark.slow
def test_the_rows_a_view_names_are_among_those_of_its_household(demo):
    with steps.open_warehouse(demo) as warehouse:
        parameters = steps.view_parameters(demo, PEILDATUM)
        build_views(warehouse, parameters)
        named = [
            (row["dossiernummer"], row[column])
            for view in OF_ONE_PERSON for row in read_view(warehouse, view).iter_rows(named=True)
            for column in ("rij_bewoner", "rij_uitkering") if row[column] is not None
        ]  # fmt: skip
        dossiers = {dossier for dossier, _ in named}
        rows = source_rows(warehouse, dossiers, steps.read_now(warehouse, PEILDATUM), parameters.sleutel)
    of = {dossier: {row for table in tables for row in table.rijen} for dossier, tables in rows.items()}
    keyed = [(d, hashlib.sha256(f"{parameters.sleutel}|{row}".encode()).hexdigest()[:32]) for d, row in named]
    assert len(keyed) > 1_000
    assert [dossier for dossier, row in keyed if row not in of[dossier]] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rules", "tables"),
    [
        ({"R04", "R23", "R24"}, {"duo_inschrijving", "duo_studiefinanciering"}),
        ({"R18", "R19"}, {"inkomsten_uwv", "ib_samenloopsignaal"}),
        ({"R20", "R21", "R22"}, {"ib_samenloopsignaal"}),
        ({"R07", "R08", "R09", "R10", "R11", "R12"}, {"brp_relatie"}),
        ({"R31"}, {"melding"}),
    ],
)
def test_what_a_rule_speaks_of_is_among_the_rows_of_its_receipts(demo, rules, tables):
    with Casebook.at(demo.casebook) as casebook:
        kept = [Receipt.model_validate(row.inhoud) for row in casebook.receipts_on()]
    about = [bon for bon in kept if bon.signaal.regel in rules]
    assert {bon.signaal.regel for bon in about} == rules
    assert [bon.signaal.regel for bon in about if not tables & {rows.tabel for rows in bon.rijen}] == []
