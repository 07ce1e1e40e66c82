"""Style and script: a fixed list of files, kept by a browser for as long as they are the same, and never needed."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.notice import House
from tests.worklist.desk import Desk
from tests.worklist.reading import assert_sound, read
from worklist import style as module
from worklist.style import Style

PACKAGES = {
    "@fontsource-variable/noto-sans/wght.css": "@font-face {}",
    "@utrecht/component-library-css/dist/index.css": ".utrecht-button {}",
    "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css": ".voorbeeld-theme { --a: 1; }",
    "htmx.org/dist/htmx.min.js": "var htmx;",
    "@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2": "letters",
}


@pytest.fixture
def packages(tmp_path):
    for name, content in PACKAGES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path


def styled(desk, packages, **more):
    return Desk(desk.casebook, stijl=packages, **more)


def addresses(answer):
    page = read(answer)
    return [held.get("href") or held["src"] for tag, held in page.tags if tag in {"link", "script"}]


def test_a_page_names_every_sheet_and_the_script_and_each_is_there(desk, packages):
    made = styled(desk, packages)
    found = addresses(made.get("/"))
    assert [address.rpartition("/")[2] for address in found] == [
        "noto-sans.css", "thema.css", "utrecht.css", "werklijst.css", "htmx.js"
    ]  # fmt: skip
    for address in found:
        answer = made.get(address)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].startswith("text/")
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_sheet_is_packed_for_who_can_unpack_it(desk, packages):
    made = styled(desk, packages)
    address = made.app.state.pages.style.address("werklijst.css")
    plain = made.client.get(address, headers={"accept-encoding": "identity"})
    packed = made.client.get(address, headers={"accept-encoding": "gzip"})
    own = (Path(module.__file__).parent / "static" / "werklijst.css").read_bytes()
    assert plain.content == packed.content == own
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(made.app.state.pages.style.packed["werklijst.css"]) == own


@pytest.mark.parametrize("name", ["secret.txt", "..%2fsecret.txt", "", "files/", "files/x.woff2", "theme.css"])
def test_nothing_else_is_ever_served(desk, packages, name):
    made = styled(desk, packages)
    assert made.get(f"/stijl/{made.app.state.pages.style.version}/{name}").status_code == 404


def test_an_older_address_is_not_kept(desk, packages):
    assert styled(desk, packages).get("/stijl/0123/htmx.js").headers["cache-control"] == "no-cache"


def test_another_file_is_another_address(packages):
    before = Style.load(packages, None)
    (packages / "htmx.org/dist/htmx.min.js").write_text("var other;")
    assert Style.load(packages, None).version != before.version


def test_a_gemeente_brings_its_own_theme(desk, packages, tmp_path):
    own = tmp_path / "thema"
    own.mkdir()
    (own / "theme.css").write_text("/* of stad */ .voorbeeldstad-theme { --a: 2; }")
    made = styled(desk, packages, thema=own)
    answer = made.get("/")
    assert '<html lang="nl" class="utrecht-root voorbeeldstad-theme">' in answer.text
    assert made.get(addresses(answer)[1]).text == "/* of stad */ .voorbeeldstad-theme { --a: 2; }"


def test_without_the_packages_the_pages_are_plain_and_whole(desk, tmp_path):
    made = styled(desk, tmp_path / "nothing")
    for path in ("/", f"/taken/{desk.task('anna')}", f"/taken/{desk.task('anna')}/afronden"):
        answer = made.get(path)
        assert_sound(answer)
        assert [address.rpartition("/")[2] for address in addresses(answer)] == ["werklijst.css"]
        assert "hx-" not in answer.text


def test_the_sheet_of_our_own_fetches_nothing_from_elsewhere():
    text = (Path(module.__file__).parent / "static" / "werklijst.css").read_text(encoding="utf-8")
    assert "@import" not in text
    assert "url(" not in text
    assert "prefers-reduced-motion" in text
    assert "@media print" in text


def test_the_packages_are_pinned_and_no_registry_is_named():
    folder = Path(module.__file__).parent
    wanted = json.loads((folder / "package.json").read_text())["dependencies"]
    lock = json.loads((folder / "package-lock.json").read_text())
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert not [name for name, one in lock["packages"].items() if "resolved" in one]
    assert all(one["integrity"].startswith("sha512-") for name, one in lock["packages"].items() if name)
    # Proprietary house styles are the gemeente's to bring.
    assert not [
        name for name in lock["packages"] if "rijkshuisstijl" in name or name.endswith("@utrecht/design-tokens")
    ]


def test_the_dienst_is_named_on_every_page(desk):
    house = replace(desk.services, house=House(dienst="Dienst <Stad> & Land"))
    made = Desk(desk.casebook, house=house.house)
    assert "Werklijst Dienst &lt;Stad&gt; &amp; Land" in made.get("/").text
