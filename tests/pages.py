"""Reading a page as its readers do: as text, and as a well-formed page."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from io import StringIO

from rich.console import Console

#: A name that would take over a page, or close the element it stands in.
HOSTILE = """<script src="http://x.example/a.js">alert('1')</script> & "</svg></style>"""


def tree(html: str) -> ET.Element:
    """The page as XML, which is stricter than HTML: everything closed, nested and quoted."""
    return ET.fromstring(html.replace("<!doctype html>", "", 1).strip())


def text(html: str) -> str:
    """What somebody reads, spaces made single; without the style sheet."""
    body = tree(html).find("body")
    assert body is not None
    return " ".join("".join(body.itertext()).split())


def assert_accessible(html: str) -> None:
    """Dutch, one h1, ids once, sections with their heading, tables with caption and scopes, charts that say it all."""
    root = tree(html)
    assert html.startswith("<!doctype html>")
    assert (root.tag, root.get("lang"), len(root.findall(".//h1"))) == ("html", "nl", 1)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {section.get("aria-labelledby") for section in root.iter("section")} <= set(ids)
    for table in root.iter("table"):
        assert "".join(table.find("caption").itertext()).strip()
        assert all(header.get("scope") in {"col", "row"} for header in table.iter("th"))
    for chart in root.iter("svg"):
        if chart.get("role") == "img":
            assert set(chart.get("aria-labelledby", "").split()) <= set(ids)
            assert chart.findtext("title")
            assert chart.findtext("desc")
        else:
            assert chart.get("aria-hidden") == "true"


def assert_alone(html: str) -> None:
    """Refers to nothing outside itself, runs nothing, and loads nothing."""
    for element in tree(html).iter():
        assert element.tag not in {"script", "link", "iframe", "img", "object", "form"}
        assert not [name for name in element.keys() if name in {"src", "href"} or name.startswith("on")]  # noqa: SIM118
    assert "@import" not in html
    assert set(re.findall(r"url\(([^)]*)\)", html)) <= {"#arcering-licht", "#arcering-oker", "#stippen"}


def on_console(show: Callable[[Console], None], width: int = 240) -> str:
    """What ``show`` writes on a console without colours."""
    out = StringIO()
    show(Console(file=out, width=width))
    return out.getvalue()
