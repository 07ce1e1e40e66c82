"""A draw of the simulation, its parameters in their base, and one household that can be worked out by hand."""

from datetime import date

import numpy as np

from advice.simulation import Maat, Wereld
from advice.simulation.amounts import per_dag
from advice.simulation.changes import NOOIT, Changes, changes
from advice.simulation.draw import draw
from advice.simulation.knobs import panel
from advice.simulation.outcome import Law, Totals, totals
from advice.simulation.worlds import niets, repressief, tijdig
from contracts.bands import SIMULATIE, bands_on
from contracts.parameters import Values

DAY = date(2026, 11, 3)
PANEL = panel(bands_on(DAY), bands_on(DAY, SIMULATIE))
LAW = Law.on(Values(DAY))
BASE = PANEL.basis
CENTS = per_dag(Values(DAY), BASE)
#: Some of everything: two years of 400 households.
DRAWN = draw(400, 2, PANEL.highest_rates, (1, 0))
#: What contact and work come to.
WORK = {Maat.BRIEVEN, Maat.GESPREKKEN, Maat.ONDERZOEKEN, Maat.UREN, Maat.KOSTEN}


def happen(**knobs: float) -> Changes:
    return changes(DRAWN, BASE | knobs, CENTS)


def counted(them: Changes, **more: float) -> dict[Wereld, Totals]:
    """Every measure in every world."""
    knobs = BASE | more
    courses = {
        Wereld.NIETS: niets(them), Wereld.REPRESSIEF: repressief(them, knobs), Wereld.TIJDIG: tijdig(them, knobs)
    }  # fmt: skip
    return {wereld: totals(wereld, them, course, knobs, LAW) for wereld, course in courses.items()}


#: Every parameter that the household meets.
HAND = {
    "kans_gegrond": 0.65, "kans_antwoord_brief": 0.5, "kans_bereikt_telefoon": 0.7, "kans_boete_na_ontdekking": 0.5,
    "kans_boete_na_melding": 0.05, "nabetaald_deel": 0.8, "kans_bezwaar_na_ontdekking": 0.12,
    "kans_bezwaar_na_melding": 0.03, "kans_beroep": 0.15, "antwoord_brief_maanden": 0.75, "voorstel_maanden": 0.5,
    "onderzoek_maanden": 4.0, "uurtarief_dienst": 7500.0, "brief_kosten": 250.0, "bellen_uren": 0.5,
    "verwerken_uren": 1.0, "onderzoek_uren": 12.0, "terugvordering_uren": 4.0, "invordering_kosten": 20000.0,
    "boete_uren": 4.0, "bezwaar_kosten_dienst": 150000.0, "beroep_kosten_dienst": 200000.0, "nacht_dagen": 1.0,
    "zwijger_gaat_in_op_contact": 0.7, "deel_normale_verwijtbaarheid": 0.75, "tijdig_kosten_per_huishouden": 1000.0,
}  # fmt: skip


def household() -> Changes:
    """Alone, five years: a housemate comes on day 100, 21 on day 50, and work on day 10, which is told in time.

    405.56 a month is 13.33 a day, 1069.04 is 35.15, 489.00 is 16.08. The housemate is never reported, and found at the
    review of day 400; the birthday at that of day 100.
    """
    yes, no = np.array([True]), np.array([False])
    day = np.array([100, 50, 10])
    none, never = np.repeat(no, 3), np.repeat(NOOIT, 3)
    return Changes(
        dagen=1825, huishoudens=1, dag=day, cent=np.array([1333, 3515, 1608]), nadeel=np.concatenate([yes, no, yes]),
        voordeel=np.concatenate([no, yes, no]), einde=never, tot=np.repeat(1825, 3),
        meldt=np.array([NOOIT, NOOIT, 10]), zichtbaar=np.array([114, 50, 60]), aangekondigd=np.array([114, -6, 60]),
        herziening=np.array([400, 100, 100]), vergelijking=never, zwijgt=np.concatenate([yes, yes, no]),
        brief=np.concatenate([yes, no, yes]), bellen=none, bellen_na=np.concatenate([yes, no, yes]),
        voorstel=np.concatenate([no, yes, no]), lot_antwoord=np.full(3, 0.2), lot_bereikt=np.full(3, 0.9),
        lot_boete=np.full(3, 0.3), lot_verwijt=np.full(3, 0.5),
    )  # fmt: skip
