"""Round parameters without width and one plain case, so that an MKBA can be worked out by hand."""

from datetime import date
from decimal import Decimal

from advice.mkba import Geval
from contracts.bands import Bands, DatedBand, band_parameters
from contracts.finding import Richting, Route
from contracts.parameters import Status

DAY = date(2026, 11, 1)
#: Percent, months, hours and euro.
ROUND = {
    "kans_gegrond": 100, "kans_ongemeld": 50, "kans_gevonden_bij_herziening": 50, "kans_antwoord_brief": 50,
    "kans_bereikt_telefoon": 50, "kans_boete_na_ontdekking": 50, "kans_boete_na_melding": 0, "boete_deel": 50,
    "terugbetaald_deel": 50, "nabetaald_deel": 100, "kans_bezwaar_na_ontdekking": 10, "kans_bezwaar_na_melding": 0,
    "kans_beroep": 10, "schuldhulp_per_maand": 1, "melden_maanden": 3, "antwoord_brief_maanden": 1,
    "brief_dan_bellen_maanden": 2, "bellen_maanden": 1, "voorstel_maanden": 1, "onderzoek_maanden": 4,
    "uurtarief_dienst": 60, "brief_kosten": 2, "bellen_uren": "0.5", "verwerken_uren": 1, "onderzoek_uren": 10,
    "terugvordering_uren": 2, "invordering_kosten": 100, "boete_uren": 3, "bezwaar_kosten_dienst": 1000,
    "beroep_kosten_dienst": 2000, "rechtsbijstand_kosten": 300, "rechtspraak_kosten": 1500,
    "schuldhulp_kosten_dienst": 2000, "schuldhulp_kosten_samenleving": 5000, "uren_inwoner_contact": "0.5",
    "uren_inwoner_onderzoek": 5, "uren_inwoner_bezwaar": 10, "tijdwaarde_inwoner": 10,
}  # fmt: skip


def band(laag, basis, hoog) -> DatedBand:
    return DatedBand(
        laag=laag, basis=basis, hoog=hoog, geldig_van=date(2026, 1, 1), geldig_tot=None, bron="test",
        status=Status.TE_BEVESTIGEN,
    )  # fmt: skip


def bands(**changes) -> Bands:
    """The round parameters, some of them changed: one number, or low, base and high (percent, months, hours, euro)."""
    values = {}
    for name, given in (ROUND | changes).items():
        ends = [Decimal(str(end)) for end in (given if isinstance(given, tuple | list) else (given,) * 3)]
        cents = 100 if band_parameters()[name].eenheid.startswith("euro") else 1
        values[name] = band(*(end * cents for end in ends))
    used = tuple(band_parameters()[name].used(value) for name, value in values.items())
    return Bands(DAY, values, used)


def case(**changes) -> Geval:
    """Somebody gets 100 euro a month too much, for two whole months now."""
    given = {
        "richting": Richting.NADEEL, "route": Route.NUDGE_THEN_TASK, "per_maand": (-10_000, -10_000),
        "feitdatum": date(2026, 9, 1), "peildatum": DAY,
    }  # fmt: skip
    return Geval(**given | changes)
