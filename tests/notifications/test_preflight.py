"""What a printer would refuse is refused before it leaves the house; a broken file never breaks the run."""

import threading
import time

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.notice import NoticeError
from notifications.letter import pages, render
from notifications.preflight import require_postable
from notifications.template import berichten

KENMERK = "N-4F7K2M9Q"


def made(content, *, paper='"a4"', **how):
    """A PDF with ``content`` in the place of the address; places are in millimetres from the top left corner."""
    source = f"#set page(paper: {paper}, margin: 0pt)\n#set text(11pt)\n{content}"
    return typst.compile(source.encode(), format="pdf", **how)


def at(x, y, words="Lindelaan"):
    return f"#place(top + left, dx: {x}mm, dy: {y}mm)[{words}]"


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize("bericht", berichten())
def test_every_letter_can_be_posted(make, house, bericht, form):
    house = house.model_copy(update={"antwoordformulier": form})
    notice = make(bericht, house=house)
    require_postable(render(notice, house), KENMERK, pages(notice))


def test_an_address_in_the_window_is_enough():
    require_postable(made(at(30, 60)), KENMERK, 1)


@pytest.mark.parametrize(
    ("pdf", "paginas", "message"),
    [
        (made(at(30, 60) + "#pagebreak()"), 1, "has 2 pages"),
        (made(at(30, 60)), 2, "has 1 pages"),
        (made(at(30, 60) + "#pagebreak()" * 10), 11, "has 11 pages"),
        (made(at(30, 60), paper='"us-letter"'), 1, "not A4"),
        (made(at(30, 60), paper='"a4", flipped: true'), 1, "not A4"),
        (made(""), 1, "No address"),
        (made(at(30, 20)), 1, "No address"),
        (made(at(24, 60)), 1, "sticks out"),  # left of the window
        (made(at(110, 60, "Een lange straatnaam")), 1, "sticks out"),
        (made(at(30, 48)), 1, "sticks out"),
        (made(at(30, 60) + at(30, 88)), 1, "sticks out"),
        (made(at(30, 60) + at(30, 93)), 1, "sticks out"),  # would show when the sheet shifts
        (b"", 1, "no whole PDF"),
        (b"%PDF-1.7\n%%EOF", 1, "no whole PDF"),
        (b"%PDF-" + b" " * 2 * 1024 * 1024 + b"%%EOF", 1, "larger than 2 MB"),
    ],
)
def test_what_a_printer_would_refuse_is_refused(pdf, paginas, message):
    with pytest.raises(NoticeError, match=message) as caught:
        require_postable(pdf, KENMERK, paginas)
    assert KENMERK in str(caught.value)
    assert "Lindelaan" not in str(caught.value)


def plain_pdf(*, page="", size="0 0 595.276 841.89"):
    """A PDF by hand, in a font that every reader has and no file holds."""
    text = b"BT /F1 11 Tf 80 650 Td (Lindelaan) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{size}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> {page} >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + rows + tail


def test_a_font_that_is_not_in_the_file_is_refused():
    with pytest.raises(NoticeError, match="font is not embedded"):
        require_postable(plain_pdf(), KENMERK, 1)


@pytest.mark.parametrize(
    ("old", "new"), [(b"/MediaBox[0 0", b"/Rotate 180/MediaBox[0 0"), (b"/MediaBox[0 0 595", b"/MediaBox[9 0 604")]
)
def test_a_sheet_that_is_turned_or_shifted_is_refused(old, new):
    # pdfium finds its way in a file whose places have moved.
    pdf = made(at(30, 60)).replace(b"/MediaBox [0 0", b"/MediaBox[0 0")
    assert old in pdf
    with pytest.raises(NoticeError, match=r"turned or shifted|sticks out"):
        require_postable(pdf.replace(old, new), KENMERK, 1)


@pytest.fixture(scope="module")
def letter():
    return made(at(30, 60) + "\n#v(1fr)" + "Een brief met meer tekst. " * 20, pdf_standards=["a-2b"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutated_letter_is_refused_or_still_a_letter(letter, data):
    broken = bytearray(letter)
    for _ in range(data.draw(st.integers(1, 20))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    assert "Lindelaan" not in (refusal(bytes(broken)) or "")


def refusal(pdf):
    """What is said of a PDF; None = nothing against it. Any other error than ours fails the test."""
    try:
        require_postable(pdf, KENMERK, 1)
    except NoticeError as error:
        return str(error)
    return None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_letter_that_was_cut_off_is_refused(letter, data):
    with pytest.raises(NoticeError, match="no whole PDF"):
        require_postable(letter[: data.draw(st.integers(0, len(letter) - 7))], KENMERK, 1)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400).map(lambda some: b"%PDF-1.7\n" + some + b"\n%%EOF"))
def test_a_file_of_noise_is_refused(noise):
    with pytest.raises(NoticeError):
        require_postable(noise, KENMERK, 1)


def test_threads_may_look_at_letters_at_once(letter):
    seen = []

    def look():
        for _ in range(40):
            require_postable(letter, KENMERK, 1)
        seen.append(True)

    workers = [threading.Thread(target=look) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert seen == [True] * 4


def test_it_costs_little_beside_the_letter(make, house):
    pdf, took = render(make(), house), []
    for _ in range(20):
        start = time.process_time()
        require_postable(pdf, KENMERK, 1)
        took.append(time.process_time() - start)
    # One by measurement, three when pdfium would compute with colour profiles; a slow machine may take longer.
    assert min(took) < 0.005
