"""What production needs: without it nothing that counts begins, and all of what is missing is said at once."""

from datetime import date

import pytest
from typer.testing import CliRunner

from contracts import parameters
from contracts.parameters import Parameter
from flows import productie
from flows.cli import app
from flows.delivery import delivery
from flows.nightly import nightly
from flows.productie import NotReadyError, missing, require_ready
from flows.settings import Workplace

DAY = date(2026, 11, 3)
ARRANGED = """
productie = true
gemeente = "Eigendorp"
[huis]
dienst = "Sociale Dienst Eigendorp"
consulent = "A. de Wit"
telefoon = "14 0123"
retouradres = "Postbus 1, 1234 AB Eigendorp"
plaats = "Eigendorp"
website = "www.eigendorp.example"
reageerpagina = "www.eigendorp.example/reageren"
privacypagina = "www.eigendorp.example/privacy"
[verantwoording]
dpia = "Z-2026-0123"
impacttoets = "https://gemeente.example/iama.pdf"
[logboek]
register_adres = "https://gemeente.example/verwerkingen"
[werklijst]
adres = "https://werklijst.gemeente.example"
[werklijst.oidc]
adres = "https://aanmelden.gemeente.example/.well-known/openid-configuration"
client_id = "tijdig"
rollen = {consulenten = "consulent"}
"""
NOTIFY = '[kanaal.notifynl]\nadres = "https://api.notify.example"\n'
SMTP = '[kanaal.smtp]\nserver = "mail.example"\nafzender = "post@gemeente.example"\ngebruiker = "tijdig"\n'
OPENKLANT = """
[openklant]
adres = "https://openklant.gemeente.example/klantinteracties/api/v1"
werklijst_adres = "https://werklijst.gemeente.example"
nummers_vanaf = 1000
eenheid = {identificator = "sdd", naam = "Sociale Dienst"}
"""


@pytest.fixture
def secrets(monkeypatch):
    monkeypatch.setenv("TIJDIG_WERKLIJST_SLEUTEL", "s" * 32)
    monkeypatch.setenv("TIJDIG_WERKLIJST_OIDC_GEHEIM", "geheim")


def workplace(tmp_path, text=ARRANGED):
    (tmp_path / "tijdig.toml").write_text(text)
    return Workplace(tmp_path)


def where(work):
    return [one.waar for one in missing(work, DAY)]


@pytest.mark.usefixtures("secrets")
def test_where_all_is_arranged_nothing_is_missing(tmp_path):
    work = workplace(tmp_path)
    assert where(work) == []
    require_ready(work, DAY)


@pytest.mark.usefixtures("secrets")
@pytest.mark.parametrize(
    ("without", "named"),
    [
        ('gemeente = "Eigendorp"\n', "gemeente"),
        ('telefoon = "14 0123"', "[huis]"),
        ('dpia = "Z-2026-0123"', "[verantwoording] dpia"),
        ('impacttoets = "https://gemeente.example/iama.pdf"', "[verantwoording] impacttoets"),
        ('register_adres = "https://gemeente.example/verwerkingen"', "[logboek] register_adres"),
        (ARRANGED[ARRANGED.index("[werklijst.oidc]"):], "[werklijst.oidc]"),
    ],
)  # fmt: skip
def test_each_setting_that_is_not_there_is_named(tmp_path, without, named):
    work = workplace(tmp_path, ARRANGED.replace(without, ""))
    assert where(work) == [named]
    with pytest.raises(NotReadyError) as error:
        require_ready(work, DAY)
    assert named in str(error.value)


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("TIJDIG_WERKLIJST_SLEUTEL", None, "TIJDIG_WERKLIJST_SLEUTEL"),
        ("TIJDIG_WERKLIJST_SLEUTEL", "kort", "TIJDIG_WERKLIJST_SLEUTEL"),
        ("TIJDIG_WERKLIJST_OIDC_GEHEIM", None, "TIJDIG_WERKLIJST_OIDC_GEHEIM"),
    ],
)
@pytest.mark.usefixtures("secrets")
def test_each_secret_that_is_not_there_or_too_short_is_named(tmp_path, monkeypatch, name, value, named):
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    assert where(workplace(tmp_path)) == [named]


@pytest.mark.usefixtures("secrets")
def test_a_secret_in_a_file_that_can_not_be_read_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv("TIJDIG_WERKLIJST_SLEUTEL")
    monkeypatch.setenv("TIJDIG_WERKLIJST_SLEUTEL_BESTAND", str(tmp_path / "er-is-niets"))
    assert where(workplace(tmp_path)) == ["TIJDIG_WERKLIJST_SLEUTEL_BESTAND"]


@pytest.mark.usefixtures("secrets")
@pytest.mark.parametrize(
    ("channel", "named"),
    [
        (NOTIFY, "TIJDIG_NOTIFYNL_SLEUTEL"), (SMTP, "TIJDIG_SMTP_WACHTWOORD"), (OPENKLANT, "TIJDIG_OPENKLANT_SLEUTEL"),
        (SMTP.replace("gebruiker", "beveiligd = false\ngebruiker"), "[kanaal.smtp] beveiligd"),
    ],
)  # fmt: skip
def test_a_channel_that_can_not_begin_is_named(tmp_path, channel, named):
    assert where(workplace(tmp_path, ARRANGED + channel)) == [named]


@pytest.mark.usefixtures("secrets")
def test_a_value_from_memory_that_holds_on_the_day_is_named_and_one_of_another_day_is_not(tmp_path, monkeypatch):
    known = parameters.parameter("kostendelersleeftijd")
    doubted = [
        value.model_dump(by_alias=True) | {"status": "geheugen"} for value in known.waarden if value.holds_on(DAY)
    ]
    monkeypatch.setattr(
        productie, "all_parameters",
        lambda: (Parameter.model_validate({**known.model_dump(by_alias=True), "waarden": doubted}),),
    )  # fmt: skip
    work = workplace(tmp_path)
    (one,) = missing(work, DAY)
    assert (one.waar, "kostendelersleeftijd" in one.wat) == ("contracts/waarden", True)
    assert list(missing(work, date(2020, 1, 1))) == []


def test_all_of_it_is_said_at_once_in_dutch_and_by_no_value(tmp_path, monkeypatch):
    monkeypatch.setenv("TIJDIG_WERKLIJST_SLEUTEL", "te-kort-en-geheim")
    work = workplace(tmp_path, "productie = true\n")
    with pytest.raises(NotReadyError) as error:
        require_ready(work, DAY)
    said = str(error.value)
    assert len(error.value.missing) == 7
    assert said.count("\n- ") == 7
    assert "DPIA" in said
    assert "te-kort-en-geheim" not in said


def test_in_the_demo_nothing_is_refused(tmp_path):
    require_ready(workplace(tmp_path, ""), DAY)
    assert len(list(missing(Workplace(tmp_path), DAY))) == 7


@pytest.mark.parametrize("flow", [nightly, delivery])
def test_the_flows_of_the_schedule_refuse_before_they_do_anything(tmp_path, flow):
    work = workplace(tmp_path, "productie = true\n")
    with pytest.raises(NotReadyError):
        flow.fn(tmp_path, DAY) if flow is nightly else flow.fn(tmp_path, DAY, True)
    assert [path.name for path in work.folder.iterdir()] == ["tijdig.toml"]


@pytest.mark.parametrize("words", [("run",), ("notices", "deliver"), ("report",)])
def test_a_command_refuses_before_anything_is_made(tmp_path, words):
    workplace(tmp_path, "productie = true\n")
    assert isinstance(CliRunner().invoke(app, [*words, "--map", str(tmp_path)]).exception, NotReadyError)
    assert [path.name for path in tmp_path.iterdir()] == ["tijdig.toml"]


def test_the_worklist_refuses(tmp_path, monkeypatch):
    text = ARRANGED.replace('dpia = "Z-2026-0123"', "")
    workplace(tmp_path, text)
    result = CliRunner().invoke(app, ["worklist", "--map", str(tmp_path)])
    assert isinstance(result.exception, NotReadyError)
