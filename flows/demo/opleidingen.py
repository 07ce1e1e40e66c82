"""The courses people in the demo follow, and which kind of course people of an age choose.

Shares are rounded guesses: no figure of who studies what was found, and nothing hangs on them.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from flows.demo.numbers import Ints

#: Kinds of course that give a housemate of 27 or older the place of a student or BBL (Pw 19a lid 1 onder d).
UITGEZONDERD = ("bol", "bbl", "hbo", "wo")
#: Kinds that studiefinanciering is given for.
BEURS = ("bol", "hbo", "wo")
#: Higher education: enrolled by the studiejaar, which begins on 1 September.
HOGER = ("hbo", "wo", "deeltijd", "los")

_COURSES = (
    # soort, inschrijvingsvorm, niveau, leerweg_mbo, onderwijsvorm, years, name
    ("vo", "L", "VO-PRO", None, None, 1, "Praktijkonderwijs"),
    ("vo", "L", "VO-VMBO-BB", None, None, 1, "Vmbo basisberoepsgericht"),
    ("vo", "L", "VO-HAVO", None, None, 2, "Havo bovenbouw"),
    ("vo", "L", "VO-HAVO", None, None, 2, "Havo avondschool"),
    ("bol", "S", "MBO-1", "BOL", "voltijd", 1, "Entree"),
    ("bol", "S", "MBO-2", "BOL", "voltijd", 2, "Helpende zorg en welzijn"),
    ("bol", "S", "MBO-3", "BOL", "voltijd", 3, "Verkoopspecialist"),
    ("bol", "S", "MBO-4", "BOL", "voltijd", 3, "Mbo-verpleegkundige"),
    ("bol", "S", "MBO-4", "BOL", "voltijd", 4, "Software developer"),
    ("bbl", "S", "MBO-2", "BBL", None, 2, "Monteur elektrotechniek"),
    ("bbl", "S", "MBO-3", "BBL", None, 3, "Verzorgende IG"),
    ("bbl", "S", "MBO-3", "BBL", None, 3, "Timmerman"),
    ("bbl", "S", "MBO-4", "BBL", None, 3, "Persoonlijk begeleider"),
    ("hbo", "S", "HBO-BA", None, "voltijd", 4, "B Social Work"),
    ("hbo", "S", "HBO-BA", None, "voltijd", 4, "B Verpleegkunde"),
    ("hbo", "S", "HBO-BA", None, "duaal", 4, "B Bouwkunde"),
    ("wo", "S", "WO-BA", None, "voltijd", 3, "B Rechtsgeleerdheid"),
    ("wo", "S", "WO-BA", None, "voltijd", 3, "B Psychologie"),
    ("wo", "S", "WO-MA", None, "voltijd", 2, "M Bedrijfskunde"),
    ("deeltijd", "S", "HBO-BA", None, "deeltijd", 4, "B Lerarenopleiding Nederlands"),
    ("deeltijd", "S", "HBO-MA", None, "deeltijd", 2, "M Pedagogiek"),
    ("los", "E", "HBO-BA", None, "deeltijd", 2, "B Accountancy, alleen tentamens"),
    ("los", "A", "WO-BA", None, None, 2, "B Geschiedenis, als toehoorder"),
)

#: Every course: ``opleiding`` (its number), ``soort``, what DUO says of it, and the ``jaren`` it takes.
OPLEIDINGEN = (
    pl.DataFrame(
        _COURSES,
        schema=[
            "soort", "inschrijvingsvorm", "niveau", "leerweg_mbo", "onderwijsvorm", "jaren", "opleiding_naam_kort",
        ],
        orient="row",
    )
    .with_row_index("opleiding")
    .cast({"opleiding": pl.Int64})
)  # fmt: skip

#: Share of people of an age who follow a course; from 29 on as for 29.
_STUDYING = {17: 0.95, 18: 0.82, 19: 0.72, 20: 0.66, 21: 0.58, 22: 0.48, 23: 0.38, 24: 0.28, 25: 0.18, 26: 0.12,
             27: 0.08, 28: 0.06, 29: 0.03}  # fmt: skip
#: Which kind they follow: (up to and including this age, shares).
_CHOICE = (
    (17, {"vo": 0.50, "bol": 0.42, "bbl": 0.03, "hbo": 0.05}),
    (20, {"vo": 0.10, "bol": 0.40, "bbl": 0.06, "hbo": 0.29, "wo": 0.15}),
    (24, {"bol": 0.16, "bbl": 0.09, "hbo": 0.43, "wo": 0.29, "deeltijd": 0.02, "los": 0.01}),
    (35, {"bol": 0.06, "bbl": 0.24, "hbo": 0.20, "wo": 0.18, "deeltijd": 0.26, "los": 0.06}),
)
_OF_SOORT = {soort: OPLEIDINGEN.filter(soort=soort)["opleiding"].to_numpy() for soort in OPLEIDINGEN["soort"].unique()}
_JAREN = OPLEIDINGEN["jaren"].to_numpy()
_NOTHING = ""


def chosen_kinds(age: Ints, rng: np.random.Generator) -> npt.NDArray[np.str_]:
    """For people of these ages the kind of course they follow; empty for who follows none."""
    kinds = np.full(len(age), _NOTHING, dtype="U8")
    youngest = 0
    for oldest, shares in _CHOICE:
        here = (age > youngest) & (age <= oldest)
        kinds[here] = rng.choice(list(shares), int(here.sum()), p=list(shares.values()))
        youngest = oldest
    chance = np.array([_STUDYING[min(max(years, 17), 29)] for years in range(120)])
    return np.where(rng.random(len(age)) < chance[age], kinds, _NOTHING)


def courses(kinds: npt.NDArray[np.str_], rng: np.random.Generator) -> Ints:
    """A course of each of these kinds."""
    drawn = np.zeros(len(kinds), np.int64)
    for soort, numbers in sorted(_OF_SOORT.items()):
        here = kinds == soort
        drawn[here] = rng.choice(numbers, int(here.sum()))
    return drawn


def years_of(course: Ints) -> Ints:
    """How many years each of these courses takes."""
    return _JAREN[course].astype(np.int64)
