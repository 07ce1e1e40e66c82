"""Makes the demo gemeente: deliveries of two or three nights, and what those nights must find."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from contracts.errors import SettingsError

# Importing the plants registers them.
from flows.demo import (  # noqa: F401
    plants_administratie,
    plants_elders,
    plants_huisgenoot,
    plants_inkomen,
    plants_kind,
    plants_leeftijd,
    plants_leven,
    plants_omstandig,
    plants_onderdrukt,
    plants_partner,
    plants_studie,
    plants_taak,
    plants_verblijf,
    plants_vertegenwoordigd,
    traps_adres,
    traps_bewoner,
)
from flows.demo.administration import bekende_medebewoners, klantvoorkeuren, meldingen, vorderingen
from flows.demo.benefits import uitkeringen
from flows.demo.dirt import Dirt, spoil
from flows.demo.dwellings import dwellings
from flows.demo.elders import known_elsewhere
from flows.demo.households import households
from flows.demo.key import KEY_COLUMNS, TRAP_COLUMNS, Dag, write_key
from flows.demo.life import live_one_day
from flows.demo.members import members
from flows.demo.numbers import MOST_PERSONS, stream
from flows.demo.planting import lay_out
from flows.demo.population import population
from flows.demo.quirks import with_quirks
from flows.demo.studie import studies
from flows.demo.tables_dienst import FIRST_DAY, LAST_DAY
from flows.demo.town import Town
from flows.demo.werk import jobs
from flows.demo.write import write_monthly, write_night

#: The second night, "vandaag".
PEILDATUM = date(2026, 11, 3)
_EMPTY_HOMES = 0.05
_FEWEST_EMPTY_HOMES = 150
_MOVABLE = 0.8
_TWO, _THREE = 2, 3


@dataclass(frozen=True)
class DemoGemeente:
    """What was made, and where it lies."""

    leveringen: tuple[Path, ...]
    """Folders of the deliveries by peildatum, and of one day in the order of ``Bron``."""
    antwoordsleutel: Path
    """One line a finding the nights must make; see ``key.read_key``."""
    valkuilen: Path
    """One line a dossier in which something looks like a finding and is none."""
    inwoners: int
    huishoudens: int
    """Running uitkeringen on the first day."""
    vallen: Mapping[str, int]
    """Lines of the two files, per case."""
    vuil: Dirt
    """The deliberately bad rows of each BRP extract."""


def generate(
    folder: Path,
    *,
    inwoners: int = 120_000,
    huishoudens: int = 6_300,
    seed: int = 2026,
    peildatum: date = PEILDATUM,
    dagen: int = 2,
) -> DemoGemeente:
    """Write the demo gemeente into ``folder``. The same arguments give byte-identical files.

    Args:
        folder: where ``<YYYY-MM-DD>/<bron>/``, ``antwoordsleutel.csv`` and ``valkuilen.csv`` come.
        inwoners: persons in the BRP extract of the first day.
        huishoudens: households with a running uitkering.
        seed: where chance comes from.
        peildatum: the second day, "vandaag"; within the year whose norms the demo knows.
        dagen: 2, or 3 to have "morgen" as well.

    Raises:
        SettingsError: the arguments do not make a gemeente; the message says what to change.
    """
    nights = nights_of(peildatum, dagen)
    _check(inwoners, dagen, nights)
    town = found_town(inwoners, huishoudens, seed, peildatum)
    dirt = spoil(town, seed)
    set_apart(town, seed)
    town.studie, town.werk = studies(town, peildatum, seed), jobs(town.uitkering, peildatum, seed)
    running = int(town.uitkering["datum_einde_uitkering"].is_null().sum())
    garden = lay_out(town, huishoudens, seed, nights)
    town.elders = known_elsewhere(town, garden.taken(), peildatum, seed)
    garden.prepare(town)
    deliveries = write_monthly(folder, town, peildatum, before=town.dag)
    for night, day in nights.items():
        town.dag = day
        if night is Dag.VANDAAG:
            live_one_day(town, seed)
        garden.grow(town, night)
        deliveries += write_night(folder, town)
        if night is Dag.VANDAAG:
            deliveries += write_monthly(folder, town, peildatum)
    key, traps = folder / "antwoordsleutel.csv", folder / "valkuilen.csv"
    lines = [write_key(key, garden.key, KEY_COLUMNS), write_key(traps, garden.traps, TRAP_COLUMNS)]
    cases = pl.concat([frame.select("val") for frame in lines])["val"].value_counts(sort=True)
    return DemoGemeente(tuple(deliveries), key, traps, inwoners, running, dict(sorted(cases.iter_rows())), dirt)


def nights_of(peildatum: date, dagen: int) -> dict[Dag, date]:
    """The nights of the demo: the day before ``peildatum``, that day, and the day after where there are three."""
    return dict(zip(Dag, (peildatum + timedelta(days=n) for n in range(-1, dagen - 1)), strict=False))


def found_town(inwoners: int, huishoudens: int, seed: int, peildatum: date) -> Town:
    """The town on the day before ``peildatum``: register and dienst agree, and nothing is planted yet."""
    homes, mates = households(inwoners, huishoudens, stream(seed, "huishoudens"))
    everybody = members(homes, mates, stream(seed, "leden"))
    count = len(homes) + max(_FEWEST_EMPTY_HOMES, round(len(homes) * _EMPTY_HOMES))
    woningen = dwellings(count, stream(seed, "adressen"))
    persons = with_quirks(population(homes, everybody, woningen, peildatum, seed), seed)
    dossiers = uitkeringen(persons, homes, peildatum, seed)
    return Town(
        dag=peildatum - timedelta(days=1),
        rng=stream(seed, "stad"),
        woningen=woningen,
        persoon=persons,
        uitkering=dossiers,
        medebewoner=bekende_medebewoners(persons, dossiers, peildatum),
        melding=meldingen(dossiers, peildatum, seed),
        voorkeur=klantvoorkeuren(persons, dossiers, seed),
        vordering=vorderingen(dossiers, peildatum, seed),
    )


def set_apart(town: Town, seed: int) -> None:
    """Set apart the empty dwellings, and persons who live alone and may turn up as somebody's housemate."""
    rng = stream(seed, "apart")
    empty = town.woningen.join(town.persoon, on="woning", how="anti", maintain_order="left")["woning"]
    town.empty = rng.permutation(empty.to_numpy()).tolist()
    alone = pl.len().over("huishouden") == 1
    free = town.people(~pl.col("bezet"), alone, pl.col("leeftijd").is_between(28, 66))
    town.movable = rng.permutation(free["nr"].to_numpy())[: round(len(free) * _MOVABLE)].tolist()
    town.change("persoon", town.movable, bezet=True)


def _check(inwoners: int, dagen: int, nights: Mapping[Dag, date]) -> None:
    if dagen not in (_TWO, _THREE):
        raise SettingsError(f"The demo can't have {dagen} days.", where="dagen", todo="Ask for 2 or 3.")
    if inwoners > MOST_PERSONS:
        raise SettingsError(
            f"The demo has no numbers for {inwoners} inwoners.",
            where="inwoners",
            todo=f"Ask for {MOST_PERSONS} or fewer.",
        )
    if min(nights.values()) < FIRST_DAY or max(nights.values()) >= LAST_DAY:
        raise SettingsError(
            "The demo does not know the norms of that time.",
            where="peildatum",
            todo=f"Choose a day between {FIRST_DAY} and {LAST_DAY}.",
        )
