"""Who may see what: one table, held against what is decided, what is listed, and what each page answers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain, combinations, product
from pathlib import Path

import pytest
import yaml
from starlette.testclient import TestClient

from contracts.finding import ContactTask, Reden, Route, Verdict
from contracts.outcome import Uitkomst
from contracts.work import Afronding, Bak, Filter, Recht, Rol, Taak, User, rights
from store.casebook import Casebook, Deed
from tests.worklist.desk import CARD, Desk, finding
from worklist.app import create_app
from worklist.desk import FORMS

NIGHT = date(2026, 11, 20)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TABLE = yaml.safe_load(Path(__file__).with_name("toegang.yaml").read_text(encoding="utf-8"))
LETTERS = {"Z": Recht.ZIEN, "P": Recht.PERSOON_ZIEN, "D": Recht.DOEN, "A": Recht.ANTWOORDEN, "H": Recht.HEROPENEN}
KINDS = TABLE["taken"]
OF_TEAM = {"Noord": "C-01", "Zuid": "C-09", None: None}
TEAMS = {"Noord": ["C-01"], "Zuid": ["C-09"]}


def person(row):
    return User(gebruiker="iemand", naam="Iemand", rollen=frozenset(map(Rol, row["rollen"])), team=row.get("team"))


def scope(kind):
    return Taak(
        team=kind.get("team"), beperkt=kind.get("beperkt", False), geheim=kind.get("geheim", False),
        gevraagd_aan=frozenset(kind.get("gevraagd", ())), open=kind.get("open", True),
    )  # fmt: skip


def said(letters):
    return frozenset(LETTERS[letter] for letter in letters if letter != "-")


CELLS = [
    pytest.param(
        person(row), name, said(letters), id=f"{'+'.join(row['rollen']) or 'geen rol'} {row.get('team', '')}: {name}"
    )
    for row in TABLE["medewerkers"]
    for name, letters in zip(KINDS, row["mag"], strict=True)
]


@pytest.mark.parametrize(("user", "kind", "mag"), CELLS)
def test_the_table_is_what_is_decided(user, kind, mag):
    assert rights(user, scope(KINDS[kind])) == mag


def test_every_role_is_in_the_table():
    assert {rol for row in TABLE["medewerkers"] for rol in row["rollen"]} == set(Rol)


def fill(casebook, scopes):
    """A task of each kind, by its number; returns number -> id of the task."""
    made = {}
    for nth, one in enumerate(scopes):
        verdicts = [Verdict(naam="geheim", code="O06", reden=Reden.GEHEIM, geldt=True)] if one.geheim else []
        made[nth] = finding(
            f"{nth:03d}", f"D-{nth}", OF_TEAM[one.team], onderdrukkers=tuple(verdicts),
            route=Route.RESTRICTED_TASK if one.beperkt else Route.TASK,
        )  # fmt: skip
    advice = {one.signaal_id: ContactTask(soort="contact") for one in made.values()}
    casebook.record(NIGHT, list(made.values()), advice)
    casebook.set_teams(TEAMS)
    ids = {nth: casebook.about(one.signaal_id)[0][0].taak_id for nth, one in made.items()}
    for nth, one in enumerate(scopes):
        deeds = [lambda deed, aan=aan: casebook.ask(deed, aan, "Mag dit?") for aan in sorted(one.gevraagd_aan)]
        if not one.open:
            deeds.append(lambda deed: casebook.finish(deed, Afronding(uitkomst=Uitkomst.AANGEPAST)))
        for step, do in enumerate(deeds):
            do(Deed(ids[nth], step + 1, "lea", f"{nth * 10 + step:032x}", NOW))
    return ids


def every_scope():
    """All that can be said of a task, together."""
    asked = [frozenset(), frozenset({"jurist"}), frozenset({"handhaver"}), frozenset({"jurist", "handhaver"})]
    for team, beperkt, geheim, to, is_open in product(OF_TEAM, (False, True), (False, True), asked, (True, False)):
        yield Taak(team=team, beperkt=beperkt, geheim=geheim, gevraagd_aan=to, open=is_open)


def everybody():
    """Every set of roles, in every team, with and without tasks of their own."""
    sets = chain.from_iterable(combinations(Rol, size) for size in range(len(Rol) + 1))
    for rollen, (team, consulent) in product(sets, [(None, None), ("Noord", "C-01"), ("Zuid", None), ("Elders", None)]):
        yield User(
            gebruiker="iemand", naam="Iemand", rollen=frozenset(rollen), team=team, consulent_id=consulent
        )  # fmt: skip


def test_a_list_shows_what_may_be_seen_and_all_of_it_for_everybody(anywhere):
    """Not a few chosen at random: every set of roles and teams over every kind of task, in both databases."""
    import sqlalchemy as sa

    from store.casebook.work import task, visible

    scopes = list(every_scope())
    ids = fill(anywhere, scopes)
    rows = {nth: anywhere.task(taak_id) for nth, taak_id in ids.items()}
    assert [anywhere.scope_of(rows[nth]) for nth in ids] == scopes
    with anywhere._engine.connect() as con:
        for user in everybody():
            seen = set(con.execute(sa.select(task.c.taak_id).where(visible(user))).scalars())
            assert seen == {ids[nth] for nth, one in enumerate(scopes) if Recht.ZIEN in rights(user, one)}, user


def test_no_list_shows_what_may_not_be_seen_and_counts_are_of_what_it_shows(tmp_path):
    scopes = list(every_scope())
    with Casebook.at(tmp_path / "casebook.sqlite") as casebook:
        ids = fill(casebook, scopes)
        for row in TABLE["medewerkers"]:
            user = person(row)
            may = {ids[nth] for nth, one in enumerate(scopes) if Recht.ZIEN in rights(user, one)}
            counts = casebook.work_counts(user, NIGHT)
            for bak in Bak:
                pages = [casebook.listed(user, Filter(bak=bak, pagina=nth), NIGHT) for nth in range(1, 6)]
                found = [one.taak_id for page in pages for one in page.rows]
                assert set(found) <= may
                assert len(found) == len(set(found)) == pages[0].total == counts[bak]


class Rows:
    """The pages over one task of each kind of the table."""

    def __init__(self, casebook):
        self.casebook, self.user = casebook, None
        self.ids = dict(zip(KINDS, fill(casebook, [scope(kind) for kind in KINDS.values()]).values(), strict=True))
        casebook.keep_cards({f"D-{nth}": CARD for nth in range(len(KINDS))}, NIGHT)
        services = replace(Desk(casebook).services, identify=lambda _: self.user)
        self.client = TestClient(create_app(services), follow_redirects=False)


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    with Casebook.at(tmp_path_factory.mktemp("toegang") / "casebook.sqlite") as casebook:
        yield Rows(casebook)


@pytest.mark.parametrize(("user", "kind", "mag"), CELLS)
def test_each_page_answers_who_may_see_it_and_is_not_there_for_others(rows, user, kind, mag):
    rows.user = user
    here = f"/taken/{rows.ids[kind]}"
    sees = Recht.ZIEN in mag
    page = rows.client.get(here)
    assert page.status_code == (200 if sees else 404)
    assert ("06 - 12 34 56 78" in page.text) is (Recht.PERSOON_ZIEN in mag)
    assert rows.client.get(f"{here}/brief").status_code == (200 if sees else 404)
    status = "open" if scope(KINDS[kind]).open else "afgerond"
    for path, form in FORMS.items():
        asked = rows.client.get(f"{here}/{path}")
        if not sees:
            assert asked.status_code == 404, path
            assert "Deze pagina is er niet" in asked.text
        elif form.recht not in mag or status not in form.status:
            assert asked.status_code == 409, path
        else:
            assert asked.status_code in {200, 409}, path


@pytest.mark.parametrize(("user", "kind", "mag"), CELLS)
def test_what_somebody_may_not_do_is_not_done_whatever_is_sent(rows, user, kind, mag):
    rows.user = user
    taak_id = rows.ids[kind]
    before = rows.casebook.events_of(taak_id), tuple(rows.casebook.task(taak_id))
    typed = {
        "csrf": "sessie-1", "versie": str(rows.casebook.task(taak_id).versie), "formulier": "a" * 32, "tekst": "Tekst.",
        "behandelaar": "anna", "team": "Zuid", "aan": "jurist", "vraag": "Mag dit?", "antwoord": "Ja.", "volgnr": "1",
        "uitkomst": "aangepast", "tot": "2026-12-01", "datum": "2026-11-21",
    }  # fmt: skip
    for path, form in FORMS.items():
        if form.recht in mag:
            continue
        answer = rows.client.post(f"/taken/{taak_id}/{path}", data=typed)
        assert answer.status_code == (409 if Recht.ZIEN in mag else 404), path
    assert (rows.casebook.events_of(taak_id), tuple(rows.casebook.task(taak_id))) == before


@pytest.mark.parametrize("row", TABLE["medewerkers"], ids=lambda row: "+".join(row["rollen"]) or "geen rol")
def test_the_list_page_links_to_what_its_reader_may_see_and_nothing_else(rows, row):
    rows.user = person(row)
    may = {rows.ids[name] for name, letters in zip(KINDS, row["mag"], strict=True) if "Z" in letters}
    for bak in Bak:
        page = rows.client.get("/", params={"bak": bak.value})
        assert page.status_code == 200
        assert {taak_id for taak_id in rows.ids.values() if taak_id in page.text} <= may
