"""Whatever a setting or a dated value decides in the SQL, the columns say so; else a receipt would not name it."""

import re
from dataclasses import fields
from datetime import date

import pytest

from flows.dated import dated_values
from flows.settings import Settings
from matching.facts.dossier_facts import parameters_behind
from matching.receipt import grounds_of
from matching.rule import all_rules
from matching.views import NAMED, STEPS, VIEWS, WITH_NORMS, ViewParameters, view_sql

#: Not the dienst's or the law's: the day, what was known, and the secret of the work folder.
TECHNICAL = {"stand", "peildatum", "sleutel"}
#: Parameters of the views by the name they have in the SQL, where that is another one.
AS_WRITTEN = {
    "aow_leeftijd": ("aow_van", "aow_tot", "aow_maanden", "aow_geboren"), "normen_vol": ("normen_sinds",),
    "overdracht": ("overdracht_codes", "overdracht_naar"),
    "vermogensgrenzen": ("grens_vorm", "grens_van", "grens_tot", "grens_cent"),
}  # fmt: skip
PARAMETER = {written: name for name, all_written in AS_WRITTEN.items() for written in all_written}
#: In the list of gemeenten, not in the settings of one of them.
LISTED = {"overdracht"}
#: Settings that the views call otherwise.
SETTINGS = {"vervolg_dagen": "vervolgopleiding_dagen", "duo_dagen": "duo_hoogstens_dagen_oud"}
#: Used outside the SQL too: by linking and by the norm engine.
OUTSIDE = {"koppelgewichten", "normen_vol", "kostendelersleeftijd"}
PARAMETERS = ViewParameters(
    peildatum=date(2026, 11, 3), kostendelersleeftijd=27, massa_adres_boven=12, werkgebied=("9901",), sleutel="geheim",
    instellingen=(("1234AB", "5", "", ""),), waarden=dated_values(date(2026, 11, 3), 6),
)  # fmt: skip


def sql(view: str) -> str:
    return re.sub(r"--.*", "", view_sql(view))


def behind(view: str) -> set[str]:
    """A view and all views it reads."""
    reads = {name for name in (*NAMED, *STEPS, *WITH_NORMS) if re.search(rf"\b(?:from|join) {name}\b", sql(view))} - {
        view
    }
    return {view}.union(*map(behind, reads))


def in_sql(view: str) -> set[str]:
    named = {name for part in behind(view) for name in re.findall(r"\$(\w+)", sql(part))} - TECHNICAL
    return {PARAMETER.get(name, name) for name in named}


def declared(view: str) -> set[str]:
    return {name for column in VIEWS[view].columns().values() for name in parameters_behind(column)}


@pytest.mark.parametrize("view", VIEWS)
def test_each_parameter_of_the_sql_is_behind_a_column_of_the_view(view):
    own = {PARAMETER.get(name, name) for name in re.findall(r"\$(\w+)", sql(view))} - TECHNICAL
    assert own <= declared(view), "say rests_on(...) at the column that it decides"


def test_no_parameter_on_the_way_to_a_view_is_forgotten():
    assert set().union(*map(in_sql, VIEWS)) <= set().union(*map(declared, VIEWS))


@pytest.mark.parametrize("view", VIEWS)
def test_no_column_names_a_parameter_that_decides_nothing(view):
    assert declared(view) <= in_sql(view) | OUTSIDE


def test_each_parameter_is_a_dated_value_or_a_setting():
    parameters = {field.name for field in fields(ViewParameters)}
    for view in VIEWS:
        for name in declared(view):
            assert name in parameters
            assert (name in PARAMETERS.waarden) != (SETTINGS.get(name, name) in Settings.model_fields or name in LISTED)


def test_every_column_says_in_dutch_what_it_is():
    for view, schema in VIEWS.items():
        nameless = [name for name, column in schema.columns().items() if not column.description]
        assert not nameless, view


def grounds(rule_id):
    return grounds_of(next(rule for rule in all_rules() if rule.rule_id == rule_id), PARAMETERS, 12)


def test_a_rule_names_the_values_and_settings_behind_what_it_tests_and_no_others():
    found = grounds("R02")
    assert found.waarden == ()
    assert set(found.instellingen) == {
        "massa_adres_boven", "instellingen", "koppelgewichten", "overlijden_dagen", "terugkijkgrens_dagen",
        "herziening_maanden",
    }  # fmt: skip
    assert found.instellingen["massa_adres_boven"] == 12


def test_a_rule_about_study_names_the_age_of_studiefinanciering_and_the_one_that_counts():
    assert [(used.naam, used.waarde) for used in grounds("R04").waarden] == [
        ("kostendelersleeftijd", "27 jaar"), ("studiefinanciering_leeftijd", "30 jaar"),
    ]  # fmt: skip


def test_an_announcement_names_the_ages_of_who_reaches_theirs_in_its_window():
    assert [(used.naam, used.waarde) for used in grounds("R25").waarden] == [("aow_leeftijd", "804 maanden")]


def test_addresses_of_institutions_and_weights_are_named_by_a_hash():
    settings = grounds("R01").instellingen
    assert "1234AB" not in str(settings)
    assert str(settings["koppelgewichten"]).startswith("2026-1 (sha256:")


def test_the_articles_have_the_day_of_their_text():
    assert [(text.artikel, text.tekst_van) for text in grounds("R01").grondslagen] == [
        ("artikel 19a lid 1 Pw", date(2026, 1, 1)), ("artikel 22a lid 1 Pw", date(2026, 7, 1)),
        ("artikel 53a lid 1 Pw", date(2026, 7, 1)),
    ]  # fmt: skip
