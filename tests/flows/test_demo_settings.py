"""The settings that the demo writes into its work folder."""

from contracts.tables import Bron
from flows.demo.plants_verblijf import INSTITUTION
from flows.demo_run import _settle
from flows.settings import Workplace


def test_the_demo_counts_on_all_four_sources_and_keeps_its_deliveries_for_a_month(tmp_path):
    _settle(Workplace(tmp_path))
    settings = Workplace(tmp_path).settings
    assert set(settings.verwachte_bronnen) == set(Bron)
    assert settings.leveringen_bewaren_dagen == 30


def test_the_demo_knows_where_its_institutions_are(tmp_path):
    _settle(Workplace(tmp_path))
    (street,) = Workplace(tmp_path).settings.instellingen
    assert (street.postcode, street.huisnummer) == (INSTITUTION[2], None)


def test_settings_that_are_there_already_stay_as_they_are(tmp_path):
    own = 'gemeente = "Eigendorp"\n'
    (tmp_path / "tijdig.toml").write_text(own, encoding="utf-8")
    _settle(Workplace(tmp_path))
    assert (tmp_path / "tijdig.toml").read_text(encoding="utf-8") == own
