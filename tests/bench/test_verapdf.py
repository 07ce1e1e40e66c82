"""What veraPDF says of the letters, where it is installed; and that it would say so if one were broken."""

import pytest
import typst

from bench.verapdf import class_path, make_letters, validate
from notifications.template import berichten

JARS = class_path()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(JARS is None, reason="veraPDF is not installed: see bench/verapdf.py"),
]


def test_every_letter_with_and_without_its_form_is_accessible_and_archivable(tmp_path):
    verdicts = validate(make_letters(tmp_path), JARS)
    assert len(verdicts) == 2 * 2 * len(berichten())
    assert {one.profile for one in verdicts} == {"ua1", "2a"}
    assert [one for one in verdicts if not one.complies] == []
    assert min(one.checks for one in verdicts) > 1000


def test_a_file_that_is_neither_is_told_apart(tmp_path):
    bare = tmp_path / "bare.pdf"
    bare.write_bytes(typst.compile(b"Tekst", format="pdf"))
    verdicts = validate([bare], JARS)
    assert not any(one.complies for one in verdicts)
    assert all(one.broken for one in verdicts)


def test_a_file_that_is_no_pdf_stops_it(tmp_path):
    (tmp_path / "x.pdf").write_text("geen pdf", encoding="utf-8")
    with pytest.raises(RuntimeError, match="veraPDF stopped"):
        validate([tmp_path / "x.pdf"], JARS)
