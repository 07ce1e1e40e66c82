"""A contact sheet: one example of every notice in every form, to look at before anything is sent.

Everybody in it is made up. The same settings give the same bytes.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from contracts.notice import House, Notice, NoticeError
from flows.preview_language import Reading, reading, reading_of_text
from flows.preview_samples import Sample, sample_emails, sample_letters, sample_text
from flows.report.template import fill
from matching.rule import all_rules
from notifications import letter, sms
from notifications.html import render_html
from notifications.plain import render_plain
from notifications.preflight import require_postable
from notifications.template import berichten, load
from store.disk import put

INDEX: Final = "index.html"
PPI: Final = 105
_MM_PER_INCH: Final = 25.4
#: Width and height of a page in the pictures.
_PIXELS: Final = (round(210 / _MM_PER_INCH * PPI), round(297 / _MM_PER_INCH * PPI))


@dataclass(frozen=True)
class Shown:
    """One notice on the sheet.

    Attributes:
        naam: the id of its template, and the start of its file names.
        over: what it tells of, in Dutch; None for a message that is not of one rule.
        wie: what is special about its made-up reader.
        tekst: the plain text form.
        links: file names, each with what it is.
        beelden: file names of its pages as pictures.
        leest: what the language gate says.
        tekens: of an SMS: how many of its 160 characters it takes.
        fout: why it can't be made with the settings of this dienst; None = it can.
    """

    naam: str
    titel: str
    versie: str
    over: str | None
    wie: str
    tekst: str
    leest: Reading | None
    links: tuple[tuple[str, str], ...] = ()
    beelden: tuple[str, ...] = ()
    tekens: int = 0
    fout: str | None = None


def write_preview(folder: Path, house: House) -> Path:
    """Write the sheet and every form beside it; what lies in ``folder`` besides stays.

    Returns:
        The page to open.
    """
    content = preview(house)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in content.items():
        put(folder / name, data)
    return folder / INDEX


def preview(house: House) -> dict[str, bytes]:
    """File name to bytes: the page and all that it shows; also which notice can't be made with these settings."""
    files: dict[str, bytes] = {}
    letters = [_letter(sample, house, files) for sample in sample_letters(house)]
    emails = [_shown(sample, house, files) for sample in sample_emails(house)]
    texts = [_sms(bericht, house, files) for bericht in berichten("sms")]
    page = fill(
        "voorbeelden.html.j2", huis=house, brieven=letters, emails=emails, smsjes=texts,
        breed=_PIXELS[0], hoog=_PIXELS[1], meeste_tekens=sms.LONGEST,
    )  # fmt: skip
    return {INDEX: page.encode(), **files}


def _letter(sample: Sample, house: House, files: dict[str, bytes]) -> Shown:
    """The letter as the sheet shows it; its forms are added to ``files``."""
    notice, shown = sample.notice, _shown(sample, house, files)
    try:
        pictures, pdf = letter.picture(notice, house, ppi=PPI), letter.render(notice, house)
        require_postable(pdf, notice.kenmerk, letter.pages(notice))
    except NoticeError as error:
        return replace(shown, fout=str(error))
    names = tuple(f"{notice.bericht}-{place}.png" for place in range(1, len(pictures) + 1))
    printed = f"{notice.bericht}.pdf"
    files |= dict(zip(names, pictures, strict=True)) | {printed: pdf}
    return replace(shown, beelden=names, links=((printed, "Pdf"), *shown.links))


def _shown(sample: Sample, house: House, files: dict[str, bytes]) -> Shown:
    """What is the same for a letter and an e-mail: its text, as HTML too."""
    notice, text = sample.notice, render_plain(sample.notice, house)
    web, plain = f"{notice.bericht}.html", f"{notice.bericht}.txt"
    files |= {web: render_html(notice, house).encode(), plain: text.encode()}
    return Shown(
        naam=notice.bericht, titel=notice.titel, versie=notice.versie, over=_about(notice), wie=sample.wie,
        tekst=text, leest=reading(notice, house), links=((web, "Webpagina"), (plain, "Platte tekst")),
    )  # fmt: skip


def _sms(bericht: str, house: House, files: dict[str, bytes]) -> Shown:
    made = Shown(
        naam=bericht, titel="Een herinnering per sms", versie=str(load(bericht).versie), over=None, wie="iedereen",
        tekst="", leest=None,
    )  # fmt: skip
    try:
        text = sample_text(bericht, house)
    except NoticeError as error:
        return replace(made, fout=str(error))
    files[f"{bericht}.txt"] = f"{text}\n".encode()
    return replace(made, tekst=text, leest=reading_of_text(text, house), tekens=sms.septets(text) or 0)


def _about(notice: Notice) -> str | None:
    regel = load(notice.bericht).regel
    return next((f"Regel {regel}: {rule.title}." for rule in all_rules() if rule.rule_id == regel), None)
