"""``bewust`` can't be set by code: no type of the system has a place for it, and no file but the two where somebody types makes one."""

import ast
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from contracts.human import MACHINES
from contracts.oordeel import Bewust, Oordeel
from contracts.toets import Bekend, Feit, Toets

ROOT = Path(__file__).parents[2]
ROOMS = ("advice", "contracts", "flows", "matching", "notifications", "store", "worklist")
#: Where a human types, and where it is kept.
TYPED, KEPT, TYPE = "flows/signaal.py", "store/casebook/oordelen.py", "contracts/oordeel.py"
PAGE = "worklist/outcome.py"
TREES = {
    file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
    for room in ROOMS
    for file in sorted((ROOT / room).rglob("*.py"))
}


def files_where(holds) -> set[str]:
    """The files of the program with a node for which this holds."""
    return {name for name, tree in TREES.items() if any(holds(node) for node in ast.walk(tree))}


def imported(node) -> set[str]:
    """The modules and names that a node imports, written in full."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return set()


def named(node) -> str | None:
    """The last name of a name or an attribute."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None


def signed(**other):
    said = {"bewust": "nee", "context": "Dacht dat het vanzelf ging.", "impact": "Nu nog klein.", "door": "C-01"}
    return Oordeel(**{**said, "moment": datetime(2026, 11, 4, 9, tzinfo=UTC), **other})


# --- no other file can ------------------------------------------------------------------------------------


def test_every_room_was_read():
    assert len(TREES) > 200
    assert {name.split("/")[0] for name in TREES} == set(ROOMS)


def test_only_where_somebody_types_and_the_casebook_import_it_by_any_way():
    assert files_where(lambda node: "contracts.oordeel" in imported(node)) == {TYPED, PAGE, KEPT}
    spelled = files_where(lambda node: isinstance(node, ast.Constant) and "contracts.oordeel" in str(node.value))
    assert spelled == {"advice/toets.py", "contracts/toets.py"}, "docstrings; nobody imports it by a string"


def test_only_where_somebody_types_one_is_made_and_the_casebook_only_names_the_type():
    assert files_where(lambda node: isinstance(node, ast.Call) and named(node.func) == "Oordeel") == {TYPED, PAGE}
    # No way around the check either: no attribute of the class, no other object made into one.
    assert files_where(lambda node: isinstance(node, ast.Attribute) and named(node.value) == "Oordeel") == set()
    uses = [node for node in ast.walk(TREES[KEPT]) if named(node) == "Oordeel"]
    tests = [node for node in ast.walk(TREES[KEPT]) if isinstance(node, ast.Call) and named(node.func) == "isinstance"]
    said = [arg.annotation for node in ast.walk(TREES[KEPT]) if isinstance(node, ast.arguments) for arg in node.args]
    assert len(uses) == len([a for a in said if a and named(a) == "Oordeel"]) + len(tests) == 3


def test_the_command_takes_the_answer_from_whoever_types_it_and_has_none_of_its_own():
    tree = TREES[TYPED]
    (command,) = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "oordeel"]
    (made,) = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and named(node.func) == "Oordeel"]
    (kept,) = [node for node in ast.walk(tree) if named(node) == "keep_oordeel"]
    assert {made, kept} <= set(ast.walk(command))
    given = {word.arg: named(word.value) for word in made.keywords if word.arg != "moment"}
    assert given == {name: name for name in ("bewust", "context", "impact", "door")}
    without = [arg.arg for arg in command.args.args[: -len(command.args.defaults)]]
    assert set(given) <= set(without), "an option without a default: nobody answers by leaving it out"
    written = [target for node in ast.walk(command) if isinstance(node, ast.Assign) for target in node.targets]
    assert not {named(target) for target in written} & set(given), "what was typed is not replaced"


def test_the_page_takes_each_answer_from_its_field_and_lets_who_is_logged_in_sign():
    (made,) = [node for node in ast.walk(TREES[PAGE]) if isinstance(node, ast.Call) and named(node.func) == "Oordeel"]
    given = {word.arg: ast.unparse(word.value) for word in made.keywords}
    assert given == {
        "bewust": "Bewust(bewust)", "context": "context", "impact": "impact", "door": "asking.user.gebruiker",
        "moment": "asking.services.now()",
    }  # fmt: skip
    written = [
        (named(target), ast.unparse(node.value).partition(",")[0])
        for node in ast.walk(TREES[PAGE])
        if isinstance(node, ast.Assign)
        for target in node.targets
        if named(target) in {"bewust", "context", "impact"}
    ]
    assert written == [
        ("bewust", "typed.choice('bewust'"), ("context", "typed.text('context'"), ("impact", "typed.text('impact'")
    ]  # fmt: skip
    (kept,) = [node for node in ast.walk(TREES[PAGE]) if named(node) == "keeping"]
    assert kept in [one for node in ast.walk(TREES[PAGE]) if isinstance(node, ast.IfExp) for one in ast.walk(node)]


def test_nobody_calls_that_command_or_the_casebook_for_it():
    assert files_where(lambda node: named(node) == "keep_oordeel") == {TYPED}
    assert files_where(lambda node: named(node) == "keeping") == {PAGE, KEPT}
    assert files_where(lambda node: "flows.signaal.oordeel" in imported(node)) == set()
    assert (
        files_where(lambda n: isinstance(n, ast.Attribute) and n.attr == "oordeel" and named(n.value) == "signaal")
        == set()
    )


def test_the_word_itself_stands_nowhere_else():
    def says(node):
        names = {named(node), getattr(node, "arg", None), getattr(node, "name", None)}
        return "bewust" in {str(name).casefold() for name in names} or (
            isinstance(node, ast.Constant) and str(node.value).strip().casefold() == "bewust"
        )

    words = {"advice/gesprek.py"}  # in its list of words that a guide may not say
    # Read aloud: to a consulent, to colleagues who learn, and to whom it is about (AVG 15).
    shown = {
        "flows/present_toets.py", "flows/leerdialoog/sheet.py", "flows/overview/casework.py", "store/casebook/tables.py",
        "store/migrations/versions/first_0001.py",
    }  # fmt: skip
    assert files_where(says) == {TYPE, TYPED, PAGE, KEPT} | shown | words


def test_its_table_is_written_once_and_never_changed():
    # Who reads it for whom it is about, and who destroys it when its term is past, write nothing in it.
    others = {"store/casebook/overview.py", "store/casebook/anonymous.py"}
    assert files_where(lambda node: "store.casebook.tables.oordeel" in imported(node)) == {KEPT, *others}
    deeds = {
        name: sorted(
            node.attr for node in ast.walk(TREES[name])
            if isinstance(node, ast.Attribute) and named(node.value) == "judgement"
        )
        for name in (KEPT, *others)
    }  # fmt: skip
    assert deeds.pop(KEPT) == ["c", "c", "insert"]
    assert {deed for done in deeds.values() for deed in done} <= {"c"}
    raw = [node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert not [node for node in raw if "into oordeel" in str(node.value) or "update oordeel" in str(node.value)]


def test_the_import_linter_holds_the_same():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (held,) = [one for one in contracts if one["type"] == "protected"]
    assert held["protected_modules"] == ["contracts.oordeel"]
    assert sorted(held["allowed_importers"]) == ["flows.signaal", "store.casebook.oordelen", "worklist.outcome"]
    assert "as_packages" not in held


# --- the types --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [Toets, Feit, Bekend])
def test_what_the_system_writes_has_no_place_for_it(made):
    schema = made.model_json_schema()
    fields = {field for part in (schema, *schema.get("$defs", {}).values()) for field in part.get("properties", {})}
    assert not {field for field in fields if "bewust" in field or "oordeel" in field or "antwoord" in field}
    assert schema["additionalProperties"] is False
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        made.model_validate({"bewust": "ja"})


def test_a_signed_judgement_is_what_was_typed():
    said = signed(door=" C-01 ", bewust="onbekend")
    assert (said.bewust, said.door, said.context) == (Bewust.ONBEKEND, "C-01", "Dacht dat het vanzelf ging.")


@pytest.mark.parametrize(
    "other",
    [
        {"door": ""}, {"door": "   "}, {"door": "x" * 41}, {"door": None}, {"bewust": None}, {"bewust": "misschien"},
        {"context": " "}, {"impact": ""}, {"impact": "x" * 2_001}, {"moment": datetime(2026, 11, 4, 9)},  # noqa: DTZ001
        *({"door": name} for name in (*sorted(MACHINES), "Tijdig", "SYSTEEM")),
    ],
)  # fmt: skip
def test_without_a_human_or_without_words_there_is_none(other):
    with pytest.raises(ValidationError):
        signed(**other)


@pytest.mark.parametrize("number", ["900000012", "900 000 012", "90000012"])
def test_a_number_like_a_bsn_is_refused_and_not_repeated(number):
    with pytest.raises(ValidationError) as refused:
        signed(context=f"Gebeld met {number}.")
    assert number not in str(refused.value)


def test_it_does_not_change_once_it_is_made():
    with pytest.raises(AttributeError, match="cannot assign"):
        signed().bewust = Bewust.JA
