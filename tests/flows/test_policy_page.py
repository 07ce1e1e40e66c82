"""The page of the policy is what the policy says."""

import re
from itertools import chain
from pathlib import Path

from advice.policy import versions
from flows.policy_page import PAGE, page
from flows.settings import Settings

ROOT = Path(__file__).parents[2]


def test_the_page_in_the_repository_is_this_one():
    assert (ROOT / PAGE).read_text(encoding="utf-8") == page(), "run make docs"


def test_every_row_of_the_policy_is_there_with_its_reason():
    text, b = page(), versions()[-1]
    rows = chain(b.vragen, b.omstandigheden, b.naast, b.wachten, b.termijnen, b.alarmen)
    assert [row.waarom for row in rows if " ".join(row.waarom.split()) not in text] == []


def test_the_settings_it_names_are_settings():
    named = re.findall(r"^- `([a-z_.]+)` \(", page(), flags=re.MULTILINE)
    own, house = Settings(), Settings().huis
    assert len(named) == 10
    assert all(hasattr(house, n.removeprefix("huis.")) if n.startswith("huis.") else hasattr(own, n) for n in named)
