"""A year of nights over a small demo town: what happened is told once, closes when it is over, and opens again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl
import pytest

from flows import steps
from flows.demo.candidates import ALONE, candidates
from flows.demo.generate import found_town, set_apart
from flows.demo.numbers import stream
from flows.demo.town import Town
from flows.demo.write import write_night
from flows.settings import Workplace

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
            "an address is looked into, a housemate comes meanwhile",
            {130: address_is_looked_into, 140: moves_in, 210: address_is_settled, 240: is_counted},
            [("R17", 130, 209), ("R01", 140, 239)],
        ),
    ]


#: How many letters each dossier of a story gets; who told, or died, gets none.
LETTERS = {
    "a housemate comes, is counted, leaves and is counted no more": 1,
    "a housemate comes, leaves by themselves, and comes back": 2,
    "the household moves, and months later again": 2,
    "who told the dienst gets no letter": 0,
    "nobody spoke with them for a year": 1,
    "a belanghebbende dies": 0,
    "an address is looked into, a housemate comes meanwhile": 1,
}
EACH = 3


@dataclass
class Year:
    """What a year of nights left: of each finding the nights on which it was open, and every letter and task."""

    stories: list[Story]
    open_on: dict[tuple[str, str, str], list[int]]
    letters: list[tuple[str, str]]
    tasks: list[tuple[str, str]]


def settle(town: Town) -> list[Story]:
    told = stories()
    free = candidates(town).filter(ALONE, GROWN).head(EACH * len(told))
    for number, story in enumerate(told):
        story.dossiers = free[EACH * number : EACH * (number + 1)]
        assert len(story.dossiers) == EACH
    return told


def run_night(work: Workplace, day: date) -> Iterator[tuple[str, str, str]]:
    """One night; the findings that are open after it: dossier, rule and signaal."""
    sources = steps.take_in_all(work, day)
    found = steps.find(work, day)
    steps.decide_and_record(work, day, found, unusable=sources.unusable)
    steps.deliver(work, day, usable=sources.may_print)
    steps.clear_deliveries(work, day)
    with steps.Casebook.at(work.casebook) as casebook:
        rows = casebook.open_findings()
    assert {row.signaal_id for row in rows} == {finding.signaal_id for finding in found.findings}
    return ((row.dossiernummer, row.regel, row.signaal_id) for row in rows)


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> Year:
    work = Workplace(tmp_path_factory.mktemp("jaar"))
    town = found_town(2_000, 160, SEED, FIRST + timedelta(days=1))
    set_apart(town, SEED)
    # What only waits is no story: the dienst has dealt with every melding, and nobody wrote down when it spoke with whom.
    town.melding = town.melding.filter(pl.col("status") == "VERWERKT")
    town.uitkering = town.uitkering.with_columns(laatste_contact_leefsituatie=pl.lit(None, pl.Date))
    told = settle(town)
    lived = Year(told, {}, [], [])
    for night in range(NIGHTS):
        town.dag, town.rng = FIRST + timedelta(days=night), stream(SEED, f"nacht {night}")
        for story in told:
            if night in story.events:
                story.events[night](story, town)
        write_night(work.leveringen, town)
        for signal in run_night(work, town.dag):
            lived.open_on.setdefault(signal, []).append(night)
        with steps.Casebook.at(work.casebook) as casebook:
            lived.letters += [(row.signaal_id, row.kenmerk) for row in casebook.letters_made_on(town.dag)]
            lived.tasks += [(row.signaal_id, row.soort) for row in casebook.tasks_of(town.dag)]
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
def test_each_story_gets_its_letters(year, number):
    story = year.stories[number]
    signals = {signal for about, _, signal in year.open_on if about in set(story.dossiers["dossiernummer"])}
    assert sum(signal in signals for signal, _ in year.letters) == EACH * LETTERS[story.naam]


def test_nothing_is_told_twice(year):
    assert len(year.letters) == len({signal for signal, _ in year.letters}) == len({mark for _, mark in year.letters})
    assert len(year.tasks) == len(set(year.tasks))


def test_a_finding_that_is_not_over_stays_and_nothing_flickers(year):
    for nights in year.open_on.values():
        assert len(spells(nights)) == 1
