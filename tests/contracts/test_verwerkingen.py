"""The processing activities: a version that was ever used stays as it was, so that a line of the log keeps its meaning."""

import hashlib
import json

import pytest
from pydantic import ValidationError

from contracts.verwerkingen import Activiteit, Verwerking, verwerking, verwerkingen

#: Each version by a hash of what it says. A new version gets a line; a line is never changed.
VERSIONS = {
    "registervergelijking/1": "7657da5e3dfd5608",
    "berichten/1": "054cf154cce0bbc3",
    "contact/1": "d74957a933a43b10",
    "koppeling/1": "49066f868800807b",
    "steekproef/1": "aa4a9b09f742c549",
    "evaluatie/1": "f5faa86eda40bf65",
    "verantwoording/1": "dc7b39fcecca36b2",
    "rechten/1": "8b83c2d3643b080b",
    "vernietiging/1": "474ff9e1eb90efb1",
}


def digest(versie):
    text = json.dumps(versie.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def test_what_a_version_says_never_changes_and_a_change_is_a_new_version():
    found = {
        f"{name}/{versie.versie}": digest(versie) for name, one in verwerkingen().items() for versie in one.versies
    }
    assert found == VERSIONS


def test_each_activity_says_what_for_on_what_ground_and_about_whom():
    assert set(verwerkingen()) == set(Activiteit)
    for one in verwerkingen().values():
        assert one.nu.doel
        assert one.nu.grond
        assert one.nu.artikelen
        assert one.nu.betrokkenen


def test_an_id_names_one_version():
    one = verwerking(Activiteit.BERICHTEN)
    assert one.uri("https://gemeente.example/register/") == "https://gemeente.example/register/berichten/1"
    next_one = one.nu.model_copy(update={"versie": 2, "doel": "Iets anders."})
    later = Verwerking(activiteit=one.activiteit, versies=(*one.versies, next_one))
    assert later.uri("urn:gemeente:register") == "urn:gemeente:register/berichten/2"


def test_versions_are_counted_without_a_gap():
    one = verwerking(Activiteit.CONTACT)
    with pytest.raises(ValidationError, match="in order"):
        Verwerking(activiteit=one.activiteit, versies=(one.nu, one.nu.model_copy(update={"versie": 3})))
