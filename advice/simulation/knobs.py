"""Every parameter of the model: which bands it reads, and where each stands in a run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from advice.simulation.kinds import SOORTEN, Register
from contracts.bands import FOLDER, PROCENT, SIMULATIE, Bands, band_parameters
from contracts.errors import ParameterError
from contracts.parameters import Used

RATES: Final = tuple(soort.naam for soort in SOORTEN)
#: Of the MKBA of one case: the same parameter, never a second one.
VAN_MKBA: Final = (
    "kans_gegrond", "kans_ongemeld", "kans_gevonden_bij_herziening", "kans_antwoord_brief", "kans_bereikt_telefoon",
    "kans_boete_na_ontdekking", "kans_boete_na_melding", "nabetaald_deel", "kans_bezwaar_na_ontdekking",
    "kans_bezwaar_na_melding", "kans_beroep", "melden_maanden", "antwoord_brief_maanden", "brief_dan_bellen_maanden",
    "bellen_maanden", "voorstel_maanden", "onderzoek_maanden", "uurtarief_dienst", "brief_kosten", "bellen_uren",
    "verwerken_uren", "onderzoek_uren", "terugvordering_uren", "invordering_kosten", "boete_uren",
    "bezwaar_kosten_dienst", "beroep_kosten_dienst",
)  # fmt: skip
VAN_SIMULATIE: Final = (
    *RATES, *Register, "deel_paar", "inkomsten_per_maand", "andere_uitkering_per_maand", "tijdelijk_maanden",
    "uitstroom_per_jaar", "kans_op_tijd_nadeel", "kans_op_tijd_voordeel", "zwijger_gaat_in_op_contact",
    "kans_in_register", "vooraf_dagen", "nacht_dagen", "heronderzoek_maanden", "kans_gevonden_bij_vergelijking",
    "deel_normale_verwijtbaarheid", "deel_verminderd_van_de_rest", "tijdig_kosten_per_huishouden",
)  # fmt: skip
#: Parameter -> its value: a share between 0 and 1, cents, days, months, hours, or a number per 100 households a year.
Knobs = Mapping[str, float]


@dataclass(frozen=True)
class Knob:
    """A parameter: low, base and high as the model takes them."""

    naam: str
    laag: float
    basis: float
    hoog: float


@dataclass(frozen=True)
class Panel:
    """All parameters of a run.

    Attributes:
        knobs: each with its band.
        gebruikt: the same in words, with status.
    """

    knobs: tuple[Knob, ...]
    gebruikt: tuple[Used, ...]

    @property
    def basis(self) -> dict[str, float]:
        """Every parameter in its base."""
        return {knob.naam: knob.basis for knob in self.knobs}

    @property
    def highest_rates(self) -> Knobs:
        """How often each kind of change happens at most."""
        return {knob.naam: knob.hoog for knob in self.knobs if knob.naam in RATES}

    def settings(self) -> Iterator[tuple[str, bool, Knobs]]:
        """Each parameter that has a band at its low (False) and at its high end, the others in the base."""
        for knob in self.knobs:
            if knob.laag < knob.hoog:
                yield knob.naam, False, self.basis | {knob.naam: knob.laag}
                yield knob.naam, True, self.basis | {knob.naam: knob.hoog}


def panel(mkba: Bands, simulatie: Bands) -> Panel:
    """The parameters of a day.

    Raises:
        ParameterError: one is missing.
    """
    parts = (*_knobs(mkba, VAN_MKBA), *_knobs(simulatie, VAN_SIMULATIE))
    names = {*VAN_MKBA, *VAN_SIMULATIE}
    used = tuple(one for one in (*simulatie.used, *mkba.used) if one.naam in names)
    return Panel(parts, used)


def _knobs(bands: Bands, names: tuple[str, ...]) -> Iterator[Knob]:
    known = {**band_parameters(), **band_parameters(SIMULATIE)}
    for name in names:
        if name not in bands.values:
            raise ParameterError(f"No band is called {name}.", where=FOLDER, todo="Add it, with its source and status.")
        band, scale = bands.values[name], 100 if known[name].eenheid == PROCENT else 1
        yield Knob(str(name), *(float(end / scale) for end in (band.laag, band.basis, band.hoog)))
