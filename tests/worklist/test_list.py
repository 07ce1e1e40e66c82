"""The list: what each sees in it, the most pressing first, and nobody's name."""

import re
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from contracts.finding import ContactTask, Richting
from store.casebook import Casebook
from tests.worklist.desk import ANNA, BEA, BO, BRAM, CARD, HANNE, JOOST, LEA, NIGHT, TODAY, ZOE, Desk, fill, finding
from tests.worklist.reading import assert_sound, said
from worklist import words


def dossiers(answer):
    return re.findall(r"dossier (D-\d+)", answer.text)


@pytest.mark.parametrize(
    ("who", "bak", "seen"),
    [
        (ANNA, "mijn", ["D-101", "D-100"]),
        (ANNA, "team", ["D-101", "D-100", "D-200"]),
        (BRAM, "mijn", ["D-200"]),
        (ZOE, "team", ["D-300"]),
        (LEA, "team", ["D-101", "D-100", "D-400", "D-200"]),
        (BO, "mijn", ["D-500"]),
        (HANNE, "vragen", []),
    ],
)
def test_each_sees_their_own(desk, who, bak, seen):
    assert sorted(dossiers(desk.at(who).get(f"/?bak={bak}"))) == sorted(seen)


def test_spoed_comes_first_then_the_term_and_never_the_effect(desk):
    assert dossiers(desk.get("/?bak=team")) == ["D-101", "D-100", "D-200"]


@pytest.mark.parametrize(
    ("who", "heading"),
    [(ANNA, "Mijn taken"), (LEA, "Taken van mijn team"), (JOOST, "Vragen van collega's"), (BEA, "Taken van mijn team")],
)
def test_each_begins_where_their_work_is(desk, who, heading):
    assert f'<h2 class="utrecht-heading-2">{heading.replace(chr(39), "&#39;")}</h2>' in desk.at(who).get("/").text


def test_a_line_says_what_since_when_by_when_and_who(desk):
    shown = said(desk.get("/"))
    assert "Kostendeler erbij, dossier D-101 Spoed: vandaag Termijn voorbij" in shown
    assert "Contact opnemen. De inwoner vroeg om gebeld te worden." in shown
    assert "Ligt er sinds 20 november 2026 (3 dagen)" in shown
    assert "Uiterlijk 21 november 2026 (2 dagen geleden)" in shown
    assert "Uiterlijk 4 december 2026 (over 11 dagen)" in shown
    assert "Van wie Anna Jansen, team Noord" in shown


def test_nobody_is_named_in_the_list(desk):
    html = desk.get("/?bak=team").text
    assert not [value for value in ("Dijk", "Lindelaan", "06 - 12", *CARD["adres"]) if value in html]


def test_the_baks_are_counted(desk):
    shown = said(desk.get("/"))
    assert "Mijn taken : 2 Taken van mijn team : 3 Ligt te lang : 0 Uitgesteld : 0 Klaar : 0" in shown


def test_what_lies_too_long_is_counted_by_the_days_of_the_dienst(tmp_path):
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook:
        fill(casebook)
        assert dossiers(Desk(casebook, te_lang_dagen=3).get("/?bak=te_lang")) == ["D-101", "D-100", "D-200"]
        assert dossiers(Desk(casebook, te_lang_dagen=4).get("/?bak=te_lang")) == []


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ("soort=hulp", ["D-200"]),
        ("dossier=D-10", ["D-101", "D-100"]),
        ("dossier=%25", []),
        ("ouder_dan_dagen=7", []),
        ("richting=voordeel", []),
        ("regel=R01&richting=nadeel&dossier=D-2", ["D-200"]),
        ("regel=R02", []),
    ],
)
def test_a_filter_makes_the_list_shorter(desk, asked, seen):
    assert dossiers(desk.get(f"/?bak=team&{asked}")) == seen


@pytest.mark.parametrize(
    "asked", ["bak=onzin", "soort=x", "richting=x", "regel=R1", "ouder_dan_dagen=-1", "ouder_dan_dagen=x", "pagina=0"]
)
def test_what_fits_no_filter_is_left_out_and_said(desk, asked):
    answer = desk.get(f"/?{asked}")
    assert answer.status_code == 200
    assert f"kennen wij niet ({asked.partition('=')[0]})" in answer.text
    assert dossiers(answer) == ["D-101", "D-100"]


def test_empty_is_kind_and_says_what_can_be_done(desk):
    assert words.LEEG[words.Bak.UITGESTELD] in desk.get("/?bak=uitgesteld").text
    found = desk.get("/?bak=team&dossier=D-9").text
    assert words.LEEG_FILTER in found
    assert 'href="/?bak=team">Wis het filter</a>' in found


def many(casebook, count):
    """So many tasks of one consulent, each in a dossier of its own."""
    pairs = [
        (finding(f"n{place:04}", f"D-{place:04}", richting=Richting.VOORDEEL), ContactTask(soort="contact"))
        for place in range(count)
    ]
    fill(casebook, pairs)


def test_a_long_list_is_in_pages(tmp_path):
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook:
        many(casebook, 60)
        desk = Desk(casebook)
        pages = [desk.get(f"/?pagina={place}") for place in (1, 2, 3)]
        assert [len(dossiers(one)) for one in pages] == [25, 25, 10]
        assert len({name for one in pages for name in dossiers(one)}) == 60
        assert "60 taken; u ziet 26 tot en met 50" in pages[1].text
        assert 'rel="prev" href="/?bak=mijn"' in pages[1].text
        assert 'rel="next" href="/?bak=mijn&amp;pagina=3"' in pages[1].text
        assert 'rel="next"' not in pages[2].text
        beyond = desk.get("/?pagina=99")
        assert "Zo veel taken zijn er niet" in said(beyond)


def counted(casebook, ask):
    """How many statements the database had."""
    seen = []
    sa.event.listen(casebook._engine, "before_cursor_execute", lambda *parts: seen.append(parts[2]))
    assert ask().status_code == 200
    return len([one for one in seen if not one.startswith(("BEGIN", "PRAGMA"))])


def test_more_lines_ask_no_more_of_the_database(tmp_path):
    counts = []
    for place, rows in enumerate((1, 25)):
        with Casebook.at(tmp_path / str(place) / "casebook.sqlite") as casebook:
            many(casebook, rows)
            counts.append(counted(casebook, partial(Desk(casebook).get, "/")))
    assert counts == [3, 3]


def test_a_task_page_asks_no_more_when_more_happened(desk):
    def ask():
        return desk.get(f"/taken/{desk.task('anna')}")

    desk.send("anna", "oppakken", number="f" * 32)
    first = counted(desk.casebook, ask)
    for place in range(12):
        desk.send("anna", "contact", number=f"{place:032x}", tekst="Gebeld.")
    assert counted(desk.casebook, ask) == first


def test_a_day_that_comes_is_in_uitgesteld_and_comes_back(desk):
    desk.send("anna", "uitstellen", tot=(TODAY + timedelta(days=5)).isoformat(), tekst="Wacht op stukken.")
    assert dossiers(desk.get("/?bak=mijn")) == ["D-101"]
    later = desk.get("/?bak=uitgesteld")
    assert dossiers(later) == ["D-100"]
    assert "Uitgesteld tot 28 november 2026" in later.text


def test_who_is_not_logged_in_goes_to_log_in_and_comes_back(desk):
    answer = desk.at(None).get("/?bak=team&dossier=D-1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/inloggen?naar=/%3Fbak%3Dteam%26dossier%3DD-1")
    htmx = desk.get("/?bak=team", headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx.headers["HX-Redirect"]) == (401, "/inloggen?naar=/%3Fbak%3Dteam")


def test_only_known_words_can_be_confirmed_by_an_address(desk):
    assert words.GEDAAN["afgerond"] in desk.get("/?gedaan=afgerond").text
    assert "zomaar" not in desk.get("/?gedaan=zomaar").text


@pytest.mark.parametrize(
    "path", ["/", "/?bak=team&soort=hulp", "/?bak=klaar", "/?bak=onzin", "/?gedaan=afgerond&pagina=4"]
)
def test_every_list_is_sound(desk, path):
    assert_sound(desk.get(path))


def test_the_night_of_the_desk_is_before_today():
    assert (TODAY - NIGHT).days == 3


def test_the_way_back_leads_to_the_list_as_it_was(desk):
    desk.get("/?bak=team&richting=nadeel&dossier=D-1")
    back = re.search(
        r'<p class="terug"><a class="utrecht-link" href="([^"]*)"', desk.get(f"/taken/{desk.task('anna')}").text
    )
    assert back[1].replace("&amp;", "&") == "/?bak=team&richting=nadeel&dossier=D-1"


@pytest.mark.parametrize("kept", ["", "//elders.nl", 'bak=team"><script>', "x" * 301])
def test_what_a_browser_says_of_its_last_list_leads_nowhere_else(desk, kept):
    page = desk.get(f"/taken/{desk.task('anna')}", headers={"Cookie": f"lijst={kept}"}).text
    assert '<p class="terug"><a class="utrecht-link" href="/">' in page


def test_what_only_few_may_know_is_not_offered_to_others(desk):
    theirs, ours = desk.get("/").text, desk.at(BO).get("/").text
    for choice in ("Detentie", "Alleen voor een beperkte groep"):
        assert choice not in theirs
        assert choice in ours
