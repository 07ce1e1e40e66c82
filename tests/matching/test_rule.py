"""A rule that does not fit never reaches a night."""

from datetime import date

import polars as pl
import pytest

from contracts.errors import RuleError
from contracts.finding import Richting, Route
from contracts.law import Artikel, pw
from contracts.tables import Doel
from matching.rule import Reading, Variant, all_rules, rule, signaal_id
from matching.views import VIEWS

PARTS = {
    "rule_id": "R99", "title": "Proef", "version": "1", "view": "huishouden", "doel": Doel.ACTUALISEREN,
    "richting": Richting.NADEEL, "route": Route.TASK, "grondslagen": (pw("17"),), "valid_from": date(2020, 1, 1),
    "told_once_per": ("dossiernummer", "bewoner_sleutel"), "feitdatum": "bewoner_sinds", "seen": "{bewoner_sinds}",
    "task": "Kijk.",
}  # fmt: skip


def made(**changed):
    return rule(**(PARTS | changed))(lambda: pl.col("woont_op_adres"))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"rule_id": "99"}, "An id is R and two digits"),
        ({"view": "huis"}, "Views are"),
        ({"feitdatum": "sinds"}, "has no column"),
        ({"told_once_per": ("burgerservicenummer",)}, "has no column"),
        ({"seen": "{naam}"}, "has no column"),
        ({"suppressors": ("humeur",)}, "No suppressor is called"),
        ({"suppressors": ("gemeld_verhuizing",)}, "can't answer suppressor"),
        ({"route": Route.NUDGE}, "names its letter"),
        ({"bericht": "kostendeler_erbij"}, "names its letter"),
    ],
)
def test_a_rule_that_does_not_fit_is_an_error_that_says_what_to_do(changed, says):
    with pytest.raises(RuleError, match=says):
        made(**changed)


def test_a_rule_that_fits():
    assert made().reads == ("bewoner_sinds", "bewoner_sleutel", "dossiernummer", "woont_op_adres")


# -- a rule that says one thing or another --------------------------------------------------------------------

IN = Variant(Richting.NADEEL, Route.NUDGE_THEN_TASK, "Kwam op {bewoner_sinds}.", "Bel.", bericht="kostendeler_erbij")
OUT = Variant(Richting.VOORDEEL, Route.PROPOSAL, "Is {vertrek} ({vertrokken_op}).", "Reken.")
SAID = {"richting", "route", "seen", "task"}


def varying(variants=None, varies_by="bekende_rol", **changed):
    parts = {name: part for name, part in PARTS.items() if name not in SAID}
    variants = {"KIND": IN, "KOSTENDELER": OUT} if variants is None else variants
    return rule(**(parts | changed), varies_by=varies_by, variants=variants)(lambda: pl.col("woont_op_adres"))


def residents(*roles: str | None) -> pl.DataFrame:
    """A view with one resident a role; of its columns only those that such a rule reads are filled in."""
    columns = VIEWS["huishouden"].columns()
    rows = [
        {"dossiernummer": f"D-{nth}", "bewoner_sleutel": "x", "woont_op_adres": True, "bekende_rol": role}
        | {"vertrek": "verhuisd", "bewoner_sinds": date(2026, 2, 1)}
        for nth, role in enumerate(roles)
    ]
    return pl.DataFrame(
        [dict.fromkeys(columns) | row for row in rows], schema={name: column.dtype for name, column in columns.items()}
    )


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"variants": {}}, "Name the column in varies_by"),
        ({"varies_by": None}, "Name the column in varies_by"),
        ({"varies_by": "rol"}, "has no column"),
        ({"variants": {"": IN}}, "Name the column in varies_by"),
        ({"variants": {"KIND": Variant(Richting.NADEEL, Route.TASK, "{naam}", "Bel.")}}, "has no column"),
        ({"variants": {"KIND": Variant(Richting.NADEEL, Route.NUDGE, "Kwam.", "Bel.")}}, "names its letter"),
        ({"variants": {"KIND": IN, "X": Variant(Richting.NADEEL, Route.TASK, "?", "?", "brief")}}, "names its letter"),
    ],
)
def test_variants_that_do_not_fit_are_an_error_that_says_what_to_do(changed, says):
    with pytest.raises(RuleError, match=says):
        varying(**changed)


def test_a_rule_has_variants_or_says_one_thing():
    with pytest.raises(TypeError, match="richting"):
        varying(richting=Richting.NADEEL)
    with pytest.raises(TypeError, match="task"):
        rule(**{name: part for name, part in PARTS.items() if name != "task"})(lambda: pl.col("woont_op_adres"))


def test_each_finding_says_what_its_variant_says():
    kind, kostendeler = sorted(
        varying(suppressors=()).find(residents("KIND", "KOSTENDELER"), Reading(date(2026, 11, 3))),
        key=lambda finding: finding.dossiernummer,
    )
    assert (kind.richting, kind.route, kind.bericht) == (Richting.NADEEL, Route.NUDGE_THEN_TASK, "kostendeler_erbij")
    assert (kind.gezien, kind.taak) == ("Kwam op 1 februari 2026.", "Bel.")
    assert (kostendeler.richting, kostendeler.route, kostendeler.bericht) == (Richting.VOORDEEL, Route.PROPOSAL, None)
    assert (kostendeler.gezien, kostendeler.taak) == ("Is verhuisd (een onbekende datum).", "Reken.")


def test_it_reads_what_each_variant_names_and_the_column_that_decides():
    assert varying().reads == (
        "bekende_rol", "bewoner_sinds", "bewoner_sleutel", "dossiernummer", "vertrek", "vertrokken_op", "woont_op_adres",
    )  # fmt: skip


def test_an_unknown_variant_is_no_finding_and_an_unforeseen_one_an_error():
    assert varying(suppressors=()).find(residents(None), Reading(date(2026, 11, 3))) == []
    with pytest.raises(RuleError, match="no variant"):
        varying(suppressors=()).find(residents("KIND", "PARTNER"), Reading(date(2026, 11, 3)))


def test_an_unknown_law_is_an_error():
    with pytest.raises(ValueError, match="unknown law"):
        Artikel("Wetboek van Duckstad", "1")


def test_an_article_reads_as_a_jurist_writes_it():
    assert str(pw("22a", 4, "b")) == "artikel 22a lid 4 onderdeel b Pw"


def test_ids_are_stable_and_differ_by_rule_and_fact():
    assert signaal_id("R01", ["D-1", None]) == signaal_id("R01", ["D-1", None])
    assert (
        len(
            {
                signaal_id("R01", ["D-1", "2"]),
                signaal_id("R02", ["D-1", "2"]),
                signaal_id("R01", ["D-12", ""]),
            }
        )
        == 3
    )


def test_every_rule_leans_on_the_law_and_has_a_purpose():
    for each in all_rules():
        assert each.grondslagen
        assert (each.doel is Doel.NIET_GEBRUIK) == (each.rule_id == "R30")


def test_every_rule_says_in_dutch_when_it_speaks():
    for each in all_rules():
        assert each.uitleg.startswith("Spreekt "), f"{each.rule_id}: uitleg is for a jurist, and says when it speaks"
        assert each.uitleg.count(".") in (2, 3), each.rule_id


def test_a_rule_runs_on_the_days_on_which_it_is_valid():
    ended = made(valid_from=date(2020, 1, 1), valid_to=date(2022, 12, 31))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2022, 12, 31), date(2023, 1, 1)]
    assert [ended.holds_on(day) for day in days] == [False, True, True, False]
    assert made().holds_on(date(2100, 1, 1))


def test_advantage_rules_run_with_the_others():
    said = {variant.richting for each in all_rules() for variant in each.variants.values()}
    assert said >= {Richting.VOORDEEL, Richting.NADEEL}


def test_no_rule_can_name_a_sanction():
    words = ("sanctie", "boete", "fraude", "bewust", "verdacht", "maatregel")
    for each in all_rules():
        for said in each.variants.values():
            text = f"{each.title} {said.seen} {said.task} {said.route}".lower()
            assert not [word for word in words if word in text]
