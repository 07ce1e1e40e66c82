"""Reading a page as its readers do: its words, its fields, and what a strict browser would refuse."""

from html.parser import HTMLParser
from itertools import pairwise

_VOID = {"meta", "link", "input", "br"}
#: What stands within a line.
_INLINE = {"a", "span", "strong"}


class Page(HTMLParser):
    """What is on a page: ``said`` its words, ``fields`` what a form would send, ``tags`` each tag with what it holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags, self.fields, self.open, self.unclosed = [], [], {}, [], []
        self._area = None
        self.feed(html)
        self.said = " ".join("".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.tags.append((tag, held))
        self._part(tag)
        if tag not in _VOID:
            self.open.append(tag)
        if tag == "input" and (held.get("type") != "radio" or "checked" in held) and "name" in held:
            self.fields[held["name"]] = held.get("value", "")
        if tag == "textarea":
            self._area = held["name"]
            self.fields[self._area] = ""
        if tag == "option" and "selected" in held:
            self.fields["gekozen"] = held["value"]

    def handle_endtag(self, tag):
        self._part(tag)
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unclosed.append(tag)
        if tag == "textarea":
            # A browser leaves out the first line end.
            self.fields[self._area] = self.fields[self._area].removeprefix("\n")
            self._area = None

    def _part(self, tag):
        if tag not in _INLINE:
            self.words.append(" ")

    def handle_data(self, data):
        if self._area is not None:
            self.fields[self._area] += data
        if not {"title", "script"} & set(self.open):
            self.words.append(data)


def read(answer) -> Page:
    return Page(answer.text)


def said(answer) -> str:
    return read(answer).said


def fields(answer) -> dict[str, str]:
    return read(answer).fields


def assert_sound(answer) -> None:
    """Closed, Dutch, headings in order, ids once, labels to fields that are there, and nothing a strict CSP refuses."""
    page = read(answer)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.startswith("<!doctype html>")
    assert not page.unclosed
    assert not page.open
    assert ("html", "nl") in [(tag, held.get("lang")) for tag, held in page.tags]
    levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    ids = [held["id"] for _, held in page.tags if "id" in held]
    assert len(ids) == len(set(ids))
    told = [
        name
        for _, held in page.tags
        for key in ("aria-labelledby", "aria-describedby")
        for name in held.get(key, "").split()
    ]
    assert {*told, *(held["for"] for tag, held in page.tags if tag == "label")} <= set(ids)
    for tag, held in page.tags:
        assert "style" not in held
        assert not [name for name in held if name.startswith("on")]
        assert tag != "style"
        assert tag != "script" or held["src"].startswith("/stijl/")
