"""What is not known exactly about a case: the amount of the finding and every parameter, as levers with their bands."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from advice.mkba.case import MOST_AHEAD, MOST_BEFORE, Geval
from advice.mkba.formula import Lever, Setting
from contracts.bands import FOLDER, PROCENT, Bands, DatedBand, band_parameters
from contracts.errors import ParameterError

#: The amount of the finding, per month.
BEDRAG: Final = "bedrag_per_maand"
#: The chance in which the break-even is expressed.
ONGEMELD: Final = "kans_ongemeld"
#: Parameters that say when it is settled.
DUREN: Final = (
    "melden_maanden", "antwoord_brief_maanden", "brief_dan_bellen_maanden", "bellen_maanden", "voorstel_maanden",
    "onderzoek_maanden",
)  # fmt: skip
KANSEN: Final = (
    "kans_gegrond", ONGEMELD, "kans_gevonden_bij_herziening", "kans_antwoord_brief", "kans_bereikt_telefoon",
    "kans_boete_na_ontdekking", "kans_boete_na_melding", "boete_deel", "terugbetaald_deel", "nabetaald_deel",
    "kans_bezwaar_na_ontdekking", "kans_bezwaar_na_melding", "kans_beroep", "schuldhulp_per_maand",
)  # fmt: skip
KOSTEN: Final = (
    "uurtarief_dienst", "brief_kosten", "bellen_uren", "verwerken_uren", "onderzoek_uren", "terugvordering_uren",
    "invordering_kosten", "boete_uren", "bezwaar_kosten_dienst", "beroep_kosten_dienst", "rechtsbijstand_kosten",
    "rechtspraak_kosten", "schuldhulp_kosten_dienst", "schuldhulp_kosten_samenleving", "uren_inwoner_contact",
    "uren_inwoner_onderzoek", "uren_inwoner_bezwaar", "tijdwaarde_inwoner",
)  # fmt: skip


def months(name: str) -> str:
    """The quantity: months in which too much or too little is paid, if it is settled after this parameter."""
    return f"maanden bij {name}"


def claim(name: str) -> str:
    """The quantity: whether there is anything to settle then: 1 from a month on, less than that in proportion."""
    return f"vordering bij {name}"


def unless(name: str) -> str:
    """The quantity: the chance that it is not so."""
    return f"niet {name}"


def levers_of(case: Geval, bands: Bands) -> tuple[Lever, ...]:
    """Every lever of a case.

    Raises:
        ParameterError: a parameter is missing, has another unit than the model takes it for, or is too large to be a
            chance over all months.
    """
    _check(bands)
    low, high = (Decimal(end) for end in case.bedrag)
    return (
        _lever(BEDRAG, low, (low + high) / 2, high),
        *(_chance(name, band) for name, band in _of(bands, KANSEN)),
        *(_lever(name, band.laag, band.basis, band.hoog) for name, band in _of(bands, KOSTEN)),
        *(_time(name, band, case) for name, band in _of(bands, DUREN)),
    )


def months_at(case: Geval, settled: Decimal) -> Decimal:
    """Months in which too much or too little is paid within the horizon, if it is settled so long after peildatum."""
    ahead = max(Decimal(0), min(settled, Decimal(case.horizon_maanden)) - case.komt_over)
    return min(case.voorbij + ahead, Decimal(_at_most(case)))


def _at_most(case: Geval) -> int:
    return min(case.hoogstens_maanden or MOST_BEFORE + MOST_AHEAD, MOST_BEFORE + MOST_AHEAD)


def _of(bands: Bands, names: Iterable[str]) -> Iterator[tuple[str, DatedBand]]:
    return ((name, bands.values[name]) for name in names)


def _lever(name: str, low: Decimal, base: Decimal, high: Decimal) -> Lever:
    return Lever(name, {name: base}, tuple({name: end} for end in _ends(low, high)))


def _chance(name: str, band: DatedBand) -> Lever:
    def at(percent: Decimal) -> Setting:
        return {name: percent / 100, unless(name): 1 - percent / 100}

    return Lever(name, at(band.basis), tuple(at(end) for end in _ends(band.laag, band.hoog)))


def _time(name: str, band: DatedBand, case: Geval) -> Lever:
    def at(settled: Decimal) -> Setting:
        wrong = months_at(case, settled)
        return {months(name): wrong, claim(name): min(wrong, Decimal(1))}

    bends = [Decimal(bend) for bend in _bends(case) if band.laag < bend < band.hoog]
    return Lever(name, at(band.basis), tuple(at(one) for one in sorted({*_ends(band.laag, band.hoog), *bends})))


def _bends(case: Geval) -> Iterator[int]:
    """Where the months stop going up with the time, begin to, or fill the first month."""
    yield case.komt_over
    yield case.komt_over + 1
    yield case.komt_over + _at_most(case) - case.voorbij
    yield case.horizon_maanden


def _ends(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    return (low,) if low == high else (low, high)


def _check(bands: Bands) -> None:
    units = dict.fromkeys(KANSEN, PROCENT) | dict.fromkeys(DUREN, "maanden")
    known = band_parameters()
    for name in (*KANSEN, *KOSTEN, *DUREN):
        if name not in bands.values:
            raise ParameterError(f"No band is called {name}.", where=FOLDER, todo="Add it, with its source and status.")
        if known[name].eenheid != units.get(name, known[name].eenheid):
            raise ParameterError(f"{name} has another unit.", where=FOLDER, todo=f"Write it in {units[name]}.")
    most = bands.values["schuldhulp_per_maand"].hoog * (MOST_BEFORE + MOST_AHEAD)
    if most > 100:  # noqa: PLR2004 - percent
        raise ParameterError(
            "schuldhulp_per_maand is more than a whole chance over all months that count.", where=FOLDER,
            todo=f"Keep it at 100 / {MOST_BEFORE + MOST_AHEAD} percent or less.",
        )  # fmt: skip
