"""The contact sheet: every notice in every form, made of made-up people, and the same on every machine."""

import struct
from pathlib import Path

import pytest
from typer.testing import CliRunner

from contracts.notice import House
from flows import cli
from flows.preview import INDEX, PPI, preview
from flows.preview_samples import PERSONAS, sample_emails, sample_letters, sample_texts
from notifications.letter import pages
from notifications.preflight import require_postable
from notifications.template import berichten
from tests.pages import HOSTILE, assert_accessible, text, tree

HOUSE = House(antwoordformulier=True)

#: Of several things the questions have no room, and an office calls.
NO_FORM = ("binnenkort", "bundel", "misschien_meer", "vertegenwoordiger")
LETTERS = (*berichten(), *berichten(aan="vertegenwoordiger"))


@pytest.fixture(scope="module")
def files():
    return preview(HOUSE)


@pytest.fixture(scope="module")
def page(files):
    return files[INDEX].decode()


def test_every_notice_is_there_in_every_form_it_has(files):
    letters, emails, texts = LETTERS, berichten("email"), berichten("sms")
    expected = {INDEX} | {f"{one}.{kind}" for one in letters for kind in ("pdf", "html", "txt")}
    expected |= {f"{one}-1.png" for one in letters} | {f"{one}-2.png" for one in letters if one not in NO_FORM}
    expected |= {f"{one}.{kind}" for one in emails for kind in ("html", "txt")} | {f"{one}.txt" for one in texts}
    assert set(files) == expected


def test_without_the_answer_form_every_letter_is_one_page():
    assert [pages(sample.notice) for sample in sample_letters(House())] == [1] * len(LETTERS)


def test_the_page_is_accessible_and_shows_every_title(page):
    assert_accessible(page)
    shown = text(page)
    assert [one.notice.titel for one in sample_letters(HOUSE) if one.notice.titel not in shown] == []
    assert all(image.get("alt", "").startswith("Bladzijde ") for image in tree(page).iter("img"))
    assert all(frame.get("title") for frame in tree(page).iter("iframe"))


def test_it_works_without_internet_and_leads_only_to_what_lies_beside_it(page, files):
    assert not [one.tag for one in tree(page).iter() if one.tag in {"script", "link", "object", "form"}]
    places = {one.get("id") for one in tree(page).iter() if one.get("id")}
    targets = [value for one in tree(page).iter() for name in ("src", "href") if (value := one.get(name))]
    assert [one for one in targets if one not in files and one.removeprefix("#") not in places] == []
    assert set(files) - {INDEX} <= set(targets)


def test_each_picture_is_an_a4_at_its_resolution(files):
    sizes = {struct.unpack(">II", data[16:24]) for name, data in files.items() if name.endswith(".png")}
    # 210 by 297 mm; 25.4 mm is an inch. Typst rounds a part of a dot up.
    ((width, height),) = sizes
    assert abs(width - 210 / 25.4 * PPI) <= 1
    assert abs(height - 297 / 25.4 * PPI) <= 1


def test_every_example_passes_the_gate_and_could_be_posted(page, files):
    assert "komt niet door de taalpoort" not in page
    assert page.count("✓ komt door de taalpoort") == len(LETTERS) + len(berichten("email")) + len(berichten("sms"))
    for sample in sample_letters(HOUSE):
        notice = sample.notice
        require_postable(files[f"{notice.bericht}.pdf"], notice.kenmerk, pages(notice))


def test_the_same_settings_give_the_same_bytes(files):
    assert preview(HOUSE) == files


def test_each_notice_has_a_kenmerk_of_its_own():
    kenmerken = [one.notice.kenmerk for one in (*sample_letters(HOUSE), *sample_emails(HOUSE))]
    assert len(set(kenmerken)) == len(kenmerken)


def test_nobody_shows_in_a_file_name(files):
    names = [one.recipient.geslachtsnaam.lower() for one in PERSONAS]
    assert not [name for name in files if any(person in name for person in names)]


def test_the_settings_of_the_dienst_are_used_and_shown_as_text():
    house = House(dienst=HOSTILE, consulent="Bram Visser", telefoon="010 - 123 45 67")
    page = preview(house)[INDEX].decode()
    assert_accessible(page)
    assert HOSTILE in text(page)
    assert "Bel uw consulent Bram Visser: 010 - 123 45 67." in text(page)
    assert sample_texts(house)["sms_herinnering"].count("Bel 010-1234567") == 1


def test_the_command_writes_the_sheet_and_leaves_other_files(tmp_path, files):
    folder = tmp_path / "voorbeelden"
    folder.mkdir()
    (folder / "eigen.txt").write_text("van de gebruiker", encoding="utf-8")
    (tmp_path / "tijdig.toml").write_text("[huis]\nantwoordformulier = true\n", encoding="utf-8")
    asked = ["notices", "preview", "--map", str(folder), "--werkmap", str(tmp_path)]
    done = CliRunner().invoke(cli.app, asked)
    assert done.exit_code == 0
    assert {one.name for one in folder.iterdir()} == {*files, "eigen.txt"}
    assert (folder / INDEX).read_bytes() == files[INDEX]
    assert (folder / "eigen.txt").read_text(encoding="utf-8") == "van de gebruiker"
    assert str(Path(folder, INDEX).name) in done.output


def test_the_command_can_switch_the_form_on(tmp_path):
    asked = ["notices", "preview", "--map", str(tmp_path), "--werkmap", str(tmp_path)]
    assert CliRunner().invoke(cli.app, asked).exit_code == 0
    assert not (tmp_path / "kostendeler_erbij-2.png").exists()
    assert CliRunner().invoke(cli.app, [*asked, "--formulier"]).exit_code == 0
    assert (tmp_path / "kostendeler_erbij-2.png").exists()


def test_what_can_not_be_made_with_these_settings_is_shown_and_does_not_stop_the_rest():
    wide = House(
        dienst_kort="Intergemeentelijke Sociale Dienst", openingstijden=", ".join(["elke dag van 9 tot 17 uur"] * 40)
    )
    files = preview(wide)
    page = files[INDEX].decode()
    assert_accessible(page)
    assert f"{len(LETTERS) + 1} berichten kunnen met deze instellingen niet gemaakt worden" in text(page)
    assert "The letter does not fit on one page." in text(page)
    assert "The SMS takes 1" in text(page)
    assert set(files) == {INDEX} | {
        f"{one}.{kind}" for one in (*LETTERS, *berichten("email")) for kind in ("html", "txt")
    }
