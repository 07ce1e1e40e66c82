"""A year of nights over a small demo town: what happened is told once, closes when it is over, and opens again.

Letters go to the post three days after they were made, nobody answers one, and a night makes no more than it may.
"""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from contracts.finding import WAITS
from flows import mailroom, steps
from flows.demo.candidates import ALONE, candidates
from flows.demo.generate import found_town, set_apart
from flows.demo.numbers import stream
from flows.demo.town import Town
from flows.demo.write import write_night
from flows.settings import SETTINGS_FILE, Workplace
from store.casebook.tables import outbox

pytestmark = pytest.mark.slow

SEED = 7
FIRST, NIGHTS = date(2026, 1, 1), 365
#: Nobody in a story turns 21, 27 or gets AOW in this year.
GROWN = pl.col("leeftijd").is_between(30, 60)
Verb = Callable[["Story", Town], None]
#: Rule, first and last night; None = it still runs when the year ends.
Spell = tuple[str, int, int | None]


@dataclass
class Story:
    """What happens in some dossiers, by number of the night, and the spells in which each has a finding."""

    naam: str
    events: dict[int, Verb]
    expected: list[Spell]
    dossiers: pl.DataFrame = field(default_factory=pl.DataFrame)
    housemates: pl.DataFrame = field(default_factory=pl.DataFrame)


def moves_in(story, town):
    story.housemates = town.move_in(story.dossiers) if story.housemates.is_empty() else story.housemates
    town.move(story.housemates["nr"], story.dossiers["woning"])


def moves_out(story, town):
    town.move(story.housemates["nr"], town.empty_homes(len(story.housemates)))


def is_counted(story, town):
    town.know(story.housemates, "KOSTENDELER")
    town.change("uitkering", story.dossiers["uitkering_id"], aantal_kostendelers=2)


def is_counted_no_more(story, town):
    gone = story.housemates.select("uitkering_id", "nr")
    town.medebewoner = town.medebewoner.join(gone, on=["uitkering_id", "nr"], how="anti")
    town.change("uitkering", story.dossiers["uitkering_id"], aantal_kostendelers=0)


def moves_house(story, town):
    town.move_household(story.dossiers, town.empty_homes(len(story.dossiers)))


def dienst_takes_address(story, town):
    homes = story.dossiers.select("uitkering_id", "nr").join(town.persoon.select("nr", "woning"), on="nr")
    town.change("uitkering", homes["uitkering_id"], woning=homes["woning"])


def reports_a_housemate(story, town):
    town.report(story.dossiers, "HUISGENOOT_IN", "ONTVANGEN")


def melding_is_done(story, town):
    done = pl.col("nr").is_in(story.dossiers["nr"].implode()) & (pl.col("soort_wijziging") == "HUISGENOOT_IN")
    town.melding = town.melding.with_columns(status=pl.when(done).then(pl.lit("VERWERKT")).otherwise("status"))


def dies(story, town):
    town.die(story.dossiers["nr"])


def uitkering_ends(story, town):
    town.change("uitkering", story.dossiers["uitkering_id"], datum_einde_uitkering=town.dag - timedelta(days=1))


def address_is_looked_into(story, town):
    since = f"{town.dag:%Y%m%d}"
    town.change("persoon", story.dossiers["nr"], vp_aanduiding_in_onderzoek="080000", vp_datum_ingang_onderzoek=since)


def address_is_settled(story, town):
    town.change("persoon", story.dossiers["nr"], vp_datum_einde_onderzoek=f"{town.dag:%Y%m%d}")


def spoken_with_long_ago(story, town):
    """On 7 March of the year before: a year ago on night 65."""
    town.change("uitkering", story.dossiers["uitkering_id"], laatste_contact_leefsituatie=date(2025, 3, 7))


def is_spoken_with(story, town):
    town.change("uitkering", story.dossiers["uitkering_id"], laatste_contact_leefsituatie=town.dag)


def stories() -> list[Story]:
    return [
        Story(
            "a housemate comes, is counted, leaves and is counted no more",
            {20: moves_in, 41: is_counted, 160: moves_out, 190: is_counted_no_more},
            [("R01", 20, 40), ("R02", 160, 189)],
        ),
        Story(
            "a housemate comes, leaves by themselves, and comes back",
            {30: moves_in, 45: moves_out, 120: moves_in},
            [("R01", 30, 44), ("R01", 120, None)],
        ),
        Story(
            "the household moves, and months later again",
            {50: moves_house, 64: dienst_takes_address, 200: moves_house, 230: dienst_takes_address},
            [("R14", 50, 63), ("R14", 200, 229)],
        ),
        Story(
            "who told the dienst gets no letter",
            {70: reports_a_housemate, 75: moves_in, 95: is_counted, 96: melding_is_done},
            # After two weeks the melding is the dienst's own backlog.
            [("R01", 75, 94), ("R31", 82, 95)],
        ),
        Story("nobody spoke with them for a year", {0: spoken_with_long_ago, 200: is_spoken_with}, [("R29", 65, 199)]),
        Story("a belanghebbende dies", {100: dies, 112: uitkering_ends}, [("R13", 100, 111)]),
        Story(
            "somebody stays for two nights: the letter about it never leaves",
            {150: moves_in, 152: moves_out},
            [("R01", 150, 151)],
        ),
        Story(
            "an address is looked into, a housemate comes meanwhile",
            {130: address_is_looked_into, 140: moves_in, 210: address_is_settled, 240: is_counted},
            [("R17", 130, 209), ("R01", 140, 239)],
        ),
    ]


#: The letters that each dossier of a story gets, by the message; who told, or died, gets none. Nobody answers, so that
#: a letter without hurry is followed by one reminder.
LETTERS = {
    "a housemate comes, is counted, leaves and is counted no more": ["kostendeler_erbij"],
    "a housemate comes, leaves by themselves, and comes back": ["kostendeler_erbij", "kostendeler_erbij"],
    "the household moves, and months later again": ["verhuisd_binnen_gebied", "verhuisd_binnen_gebied"],
    "who told the dienst gets no letter": [],
    "nobody spoke with them for a year": ["klopt_dit_nog", "herinnering"],
    "a belanghebbende dies": [],
    "somebody stays for two nights: the letter about it never leaves": ["kostendeler_erbij"],
    "an address is looked into, a housemate comes meanwhile": ["kostendeler_erbij"],
}
#: Why somebody is called in each dossier of a story, besides what its rules ask a person for.
CALLS = {
    # Counted after 21 nights: before the term of the letter was over. The letter was posted by then.
    "a housemate comes, is counted, leaves and is counted no more": ["niet_ingetrokken"],
    "a housemate comes, leaves by themselves, and comes back": ["geen_antwoord", "niet_ingetrokken"],
    # The second time the dienst took thirty days: by then the letter had done its work.
    "the household moves, and months later again": ["niet_ingetrokken"],
    "nobody spoke with them for a year": ["geen_antwoord"],
    "an address is looked into, a housemate comes meanwhile": ["geen_antwoord"],
}
REST, TERM, ALARM = 30, 21, 30
#: What a night may make; less than a story gives, so that something has to wait.
LETTERS_A_NIGHT, TASKS_A_NIGHT = 2, 2
POSTED_AFTER = 3
EACH = 3


@dataclass
class Letter:
    """A letter of a night."""

    night: int
    dossier: str
    kenmerk: str
    bericht: str
    about: tuple[str, ...]


@dataclass
class Call:
    """A task of a night."""

    night: int
    signaal: str
    dossier: str
    soort: str
    reden: str | None
    spoed: bool


@dataclass
class Year:
    """What a year of nights left: of each finding the nights on which it was open or waited; letters and tasks."""

    stories: list[Story]
    open_on: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    waited: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    tasks: list[Call] = field(default_factory=list)
    withdrawn: set[str] = field(default_factory=set)

    def of(self, story: Story) -> set[str]:
        return set(story.dossiers["dossiernummer"])


def settle(town: Town) -> list[Story]:
    told = stories()
    free = candidates(town).filter(ALONE, GROWN).head(EACH * len(told))
    for number, story in enumerate(told):
        story.dossiers = free[EACH * number : EACH * (number + 1)]
        assert len(story.dossiers) == EACH
    return told


def run_night(work: Workplace, night: int, year: Year) -> None:
    """One night, and what it left."""
    day = FIRST + timedelta(days=night)
    sources = steps.take_in_all(work, day)
    found = steps.find(work, day)
    steps.decide_and_record(work, day, found, unusable=sources.unusable)
    mailroom.deliver(work, day, usable=sources.may_print)
    steps.clear_deliveries(work, day)
    with steps.Casebook.at(work.casebook) as casebook:
        rows = casebook.open_findings()
        letters, tasks = casebook.letters_made_on(day), casebook.tasks_of(day)
        told = casebook.tells_of([row.kenmerk for row in letters])
        withdrawn = casebook._all(sa.select(outbox.c.kenmerk).where(outbox.c.status == "ingetrokken"))
    assert {row.signaal_id for row in rows} == {finding.signaal_id for finding in found.findings}
    for row in rows:
        year.open_on.setdefault((row.dossiernummer, row.regel, row.signaal_id), []).append(night)
        if row.reden in WAITS:
            year.waited.setdefault(row.signaal_id, []).append((night, row.reden))
    year.letters += [
        Letter(night, row.dossiernummer, row.kenmerk, row.bericht, tuple(f.signaal_id for f in told[row.kenmerk]))
        for row in letters
    ]
    year.tasks += [Call(night, row.signaal_id, row.dossiernummer, row.soort, row.reden, row.spoed) for row in tasks]
    year.withdrawn |= {row.kenmerk for row in withdrawn}
    _post(work.uitvoer(day - timedelta(days=POSTED_AFTER)) / mailroom.PRINT_FOLDER)


def _post(folder: Path) -> None:
    """The post takes what lies in a print folder."""
    if folder.exists():
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> Year:
    work = Workplace(tmp_path_factory.mktemp("jaar"))
    caps = f"brieven_per_nacht = {LETTERS_A_NIGHT}\ntaken_per_nacht = {TASKS_A_NIGHT}\n"
    (work.folder / SETTINGS_FILE).write_text(caps, encoding="utf-8")
    town = found_town(2_000, 160, SEED, FIRST + timedelta(days=1))
    set_apart(town, SEED)
    # What only waits is no story: the dienst has dealt with every melding, and nobody wrote down when it spoke with whom.
    town.melding = town.melding.filter(pl.col("status") == "VERWERKT")
    town.uitkering = town.uitkering.with_columns(laatste_contact_leefsituatie=pl.lit(None, pl.Date))
    lived = Year(settle(town))
    for night in range(NIGHTS):
        town.dag, town.rng = FIRST + timedelta(days=night), stream(SEED, f"nacht {night}")
        for story in lived.stories:
            if night in story.events:
                story.events[night](story, town)
        write_night(work.leveringen, town)
        run_night(work, night, lived)
    return lived


def spells(nights: list[int]) -> list[tuple[int, int]]:
    """The runs of consecutive nights."""
    starts = [night for night in nights if night - 1 not in nights]
    return [(start, next(night for night in range(start, NIGHTS + 1) if night + 1 not in nights)) for start in starts]


@pytest.mark.parametrize("number", range(len(stories())), ids=[story.naam for story in stories()])
def test_each_story_is_found_when_it_happens_and_closes_when_it_is_over(year, number):
    story = year.stories[number]
    expected = sorted((rule, first, NIGHTS - 1 if last is None else last) for rule, first, last in story.expected)
    for dossier in story.dossiers["dossiernummer"]:
        seen = [
            (rule, first, last)
            for (about, rule, _), nights in year.open_on.items()
            if about == dossier
            for first, last in spells(nights)
        ]
        assert sorted(seen) == expected


@pytest.mark.parametrize("number", range(len(stories())), ids=[story.naam for story in stories()])
def test_each_story_gets_its_letters_and_its_calls(year, number):
    story = year.stories[number]
    why = ("geen_antwoord", "niet_ingetrokken")
    for dossier in year.of(story):
        letters = [letter.bericht for letter in year.letters if letter.dossier == dossier]
        calls = [call.reden for call in year.tasks if call.dossier == dossier and call.reden in why]
        assert (letters, sorted(calls)) == (LETTERS[story.naam], CALLS.get(story.naam, []))


def test_nothing_is_told_twice(year):
    marks = [letter.kenmerk for letter in year.letters]
    assert len(marks) == len(set(marks))
    # A reminder tells of the same once more; nothing else does.
    told = Counter(signal for letter in year.letters for signal in letter.about if letter.bericht != "herinnering")
    assert max(told.values()) == 1
    tasks = [(call.signaal, call.soort, call.reden) for call in year.tasks]
    assert len(tasks) == len(set(tasks))


def test_a_finding_that_is_not_over_stays_and_nothing_flickers(year):
    for nights in year.open_on.values():
        assert len(spells(nights)) == 1


def test_a_household_gets_at_most_two_letters_a_year_and_rests_between_them(year):
    nights: dict[str, list[int]] = {}
    for letter in year.letters:
        nights.setdefault(letter.dossier, []).append(letter.night)
    # Of 24 households in eight stories six get none, nine one and nine two. Others have a birthday.
    in_stories = set().union(*(year.of(story) for story in year.stories))
    assert Counter(len(nights[each]) for each in in_stories if each in nights) == {1: 9, 2: 9}
    assert max(len(each) for each in nights.values()) == 2
    gaps = [later - earlier for each in nights.values() for earlier, later in pairwise(each)]
    assert min(gaps) >= REST


def test_no_letter_goes_out_on_a_friday_a_holiday_or_in_the_week_before_christmas(year):
    for letter in year.letters:
        day = FIRST + timedelta(days=letter.night)
        assert day.weekday() != 4
        assert not date(2026, 12, 18) <= day <= date(2026, 12, 26)
        assert day not in (date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 14), date(2026, 5, 25))


def test_who_does_not_answer_is_called_a_day_after_the_term_of_the_last_letter(year):
    last = {signal: letter.night for letter in year.letters for signal in letter.about}
    calls = [call for call in year.tasks if call.reden == "geen_antwoord"]
    in_stories = set().union(*(year.of(story) for story in year.stories))
    assert sum(call.dossier in in_stories for call in calls) == 9
    # A day more for each night on which there was no place for it.
    late = {call.signaal: call.night - last[call.signaal] - TERM for call in calls}
    assert set(late.values()) <= {1, 2}
    assert min(late.values()) == 1


def test_no_night_makes_more_than_it_may(year):
    assert max(Counter(letter.night for letter in year.letters).values()) == LETTERS_A_NIGHT
    # What asks back a letter that was posted comes besides: it can't wait for a place.
    asked = [call.night for call in year.tasks if not call.spoed and call.reden != "niet_ingetrokken"]
    assert max(Counter(asked).values()) == TASKS_A_NIGHT


def test_what_waits_has_its_turn_before_its_alarm(year):
    reasons = {reden for nights in year.waited.values() for _, reden in nights}
    assert {"capaciteit", "rustige_dag"} <= reasons
    for signal, nights in year.waited.items():
        assert len(nights) < ALARM, signal
        assert any(signal in letter.about for letter in year.letters) or any(
            call.signaal == signal for call in year.tasks
        )


def test_a_letter_whose_difference_is_gone_is_taken_out_of_the_post_while_it_is_there(year):
    stayed = next(story for story in year.stories if story.naam.startswith("somebody stays for two nights"))
    made = {letter.kenmerk for letter in year.letters if letter.dossier in year.of(stayed)}
    assert len(made) == EACH
    assert made <= year.withdrawn
