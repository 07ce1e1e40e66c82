"""``tijdig signaal``, and that a finding keeps its name whatever changes that is no other fact."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from contracts.errors import CasebookError
from contracts.outcome import Uitkomst
from flows import mailroom, steps
from flows.cli import app
from flows.recompute import recompute_one
from flows.settings import Settings, Workplace
from flows.signaal import closed_until
from store.casebook import Casebook
from tests import first_night
from tests.world import DAY, anummer, town

runner = CliRunner()


def world():
    """Client 1, with whom somebody came to live two weeks ago."""
    return town().person(2, house=1, datum_aanvang_adreshouding="20261020")


def night(work, number=0, of=None):
    return first_night.night(work, DAY + timedelta(days=number), of or world(), found_and_told)


def found_and_told(work, day):
    sources = steps.take_in_all(work, day)
    found = steps.find(work, day)
    steps.decide_and_record(work, day, found, unusable=sources.unusable)
    mailroom.deliver(work, day, usable=sources.may_print)
    return sorted(finding.signaal_id for finding in found.findings)


@pytest.fixture
def work(tmp_path):
    return Workplace(tmp_path)


def tijdig(work, *words):
    result = runner.invoke(app, ["signaal", *words, "--map", str(work.folder)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def signal(work, signaal_id):
    with Casebook.at(work.casebook) as casebook:
        row = casebook.get(signaal_id)
        tasks, letters = casebook.about(signaal_id)
        return row.status, row.reden, [task.status for task in tasks], [letter.status for letter in letters]


def test_the_life_of_a_signaal_on_the_command_line(work):
    (signaal_id,) = night(work)
    tijdig(work, "beantwoord", signaal_id, "--door", "C-01")
    said = tijdig(work, "afronden", signaal_id, "--uitkomst", "geen_gevolg", "--door", "C-01", "--tot", "2026-11-06")
    assert "tot 6 november 2026" in said
    night(work, 1)
    assert signal(work, signaal_id) == ("afgesloten", "afgedaan", [], ["ingetrokken"])
    night(work, 3)
    assert signal(work, signaal_id) == ("heropend", "eerder_afgedaan", ["open"], ["ingetrokken"])
    tijdig(work, "afronden", signaal_id, "--uitkomst", "bron_klopt_niet", "--door", "C-01")
    tijdig(work, "heropen", signaal_id, "--door", "C-02")
    told = tijdig(work, "toon", signaal_id).splitlines()
    assert told[0] == f"{signaal_id}: heropend"
    assert [line.split(":")[0].split()[-1] for line in told[1:] if not line.startswith(" ")] == [
        "nieuw", "beantwoord", "afgesloten", "heropend", "afgesloten", "heropend",
    ]  # fmt: skip
    assert "  Door C-01: Het heeft geen gevolg voor de uitkering. Geldt tot 6 november 2026." in told
    assert "  Door C-01: De bron klopt niet; wat de inwoner zegt, gaat voor. Geldt totdat iemand het heropent." in told


def test_a_finding_that_was_closed_can_be_computed_again(work):
    (signaal_id,) = night(work)
    tijdig(work, "afronden", signaal_id, "--uitkomst", "al_bekend", "--door", "C-01")
    night(work, 1)
    with Casebook.at(work.casebook) as casebook:
        found = steps.Finding.model_validate(casebook.get(signaal_id).inhoud)
    assert [(v.naam, v.code) for v in found.onderdrukkers if v.geldt] == [
        ("afgedaan", "O03"),
        ("eerder_afgedaan", "O03"),
    ]
    assert found.onderdrukkers[-1].naam == "bron_dicht"
    assert [each.equal for each in recompute_one(work, signaal_id)] == [True, True]


@pytest.mark.parametrize(
    ("uitkomst", "days"),
    [
        (Uitkomst.AANGEPAST, 60), (Uitkomst.GEEFT_ZELF_DOOR, 60), (Uitkomst.GEEN_CONTACT, 60),
        (Uitkomst.GEEN_GEVOLG, 365), (Uitkomst.AL_BEKEND, 365), (Uitkomst.ANDERS, 365), (Uitkomst.BRON_KLOPT_NIET, None),
    ],
)  # fmt: skip
def test_each_outcome_has_its_term(uitkomst, days):
    assert closed_until(uitkomst, Settings(), DAY) == (None if days is None else DAY + timedelta(days=days))


# --- the same fact is the same finding --------------------------------------------------------------------

#: What changes in the deliveries of the next night and makes no other fact.
HARMLESS = {
    "a corrected spelling of the housemate": lambda w: w.change("brp_persoon", "anummer", anummer(2), geslachtsnaam="Janssen"),
    "a corrected spelling of the client": lambda w: w.change("brp_persoon", "anummer", anummer(1), voornamen="Nora"),
    "a BAG number more at the dienst": lambda w: w.change(
        "uitkering", "uitkering_id", "U-1", nummeraanduiding_id="9901200000000001"
    ),
    "a postcode typed otherwise": lambda w: w.change("uitkering", "uitkering_id", "U-1", postcode="1234 ab"),
    "another consulent": lambda w: w.change("uitkering", "uitkering_id", "U-1", consulent_id="C-09"),
    "a street renamed": lambda w: w.change("brp_persoon", "anummer", anummer(2), straatnaam="Kerkstraat"),
    "another order of the rows": lambda w: [rows.reverse() for rows in w.rows.values()],
    "somebody else in town": lambda w: w.person(40, house=40),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("changes", [[*HARMLESS], [*HARMLESS][::2], [*HARMLESS][1::2]], ids=["all", "even", "odd"])
def test_what_is_no_other_fact_makes_no_other_finding(work, changes):
    # The client turns 50 and the housemate 30 on the second night.
    born = {"geboortedatum": "19761104"}, {"geboortedatum": "19961104"}
    before, after = world(), world()
    for each in (before, after):
        for number, day in enumerate(born, start=1):
            each.change("brp_persoon", "anummer", anummer(number), **day)
    for name in changes:
        HARMLESS[name](after)
    first = night(work, 0, before)
    assert len(first) == 1
    assert night(work, 1, after) == night(work, 1, after) == first
    with Casebook.at(work.casebook) as casebook:
        assert [row.signaal_id for row in casebook.open_findings()] == first
        assert (len(casebook.about(first[0])[1]), casebook.get(first[0]).heropend) == (1, 0)


def test_another_fact_is_another_finding(work):
    (first,) = night(work)
    moved_again = world().change("brp_persoon", "anummer", anummer(2), datum_aanvang_adreshouding="20261101")
    (second,) = night(work, 1, moved_again)
    assert first != second
    assert signal(work, first)[0] == "vervallen"


@pytest.mark.parametrize(
    "words",
    [
        ["explain", "S-R01-a"],
        ["recompute", "S-R01-a"],
        ["recompute", "--alles"],
        ["signaal", "toon", "S-R01-a"],
        ["signaal", "beantwoord", "S-R01-a", "--door", "C-01"],
        ["signaal", "afronden", "S-R01-a", "--uitkomst", "geen_gevolg", "--door", "C-01"],
        ["signaal", "heropen", "S-R01-a", "--door", "C-01"],
        ["linking", "besluit", "S-R01-a", "--zelfde", "--door", "C-01"],
        ["linking", "report"],
        ["steekproef", "toon"],
        ["steekproef", "uitkomst", "1", "--uitkomst", "terecht", "--door", "C-01"],
    ],
)
def test_a_folder_without_nights_is_said_and_left_as_it_is(tmp_path, words):
    asked = runner.invoke(app, [*words, "--map", str(tmp_path)])
    assert isinstance(asked.exception, CasebookError)
    assert "No night was run here" in str(asked.exception)
    assert list(tmp_path.iterdir()) == []
