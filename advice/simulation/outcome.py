"""What the course of the changes comes to in one world: days, euro, claims, contact and cost, over all years."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from advice.simulation.changes import Bools, Changes
from advice.simulation.draw import DAYS_A_YEAR, Ints
from advice.simulation.knobs import Knobs
from advice.simulation.result import Maat, Wereld
from advice.simulation.worlds import Course
from contracts.parameters import Values

Totals = Mapping[Maat, float]


@dataclass(frozen=True)
class Law:
    """What the law says of a boete: shares in percent, an amount in cents, days."""

    verminderd: int
    normaal: int
    grof: int
    waarschuwing: int
    termijn: int

    @classmethod
    def on(cls, values: Values) -> "Law":
        """As it is on a day.

        Raises:
            ParameterError: one of them has no value then.
        """
        return cls(
            verminderd=values.whole("boete_verminderde_verwijtbaarheid"),
            normaal=values.whole("boete_normale_verwijtbaarheid"), grof=values.whole("boete_grove_schuld"),
            waarschuwing=values.whole("waarschuwing_hoogstens"), termijn=values.whole("uit_eigen_beweging_dagen"),
        )  # fmt: skip


@dataclass(frozen=True)
class Effects:
    """What comes of each change.

    Attributes:
        dagen: days that were paid wrong.
        bedrag: in cents.
        bekend: whether it became known.
        vordering: whether there is something to claim back.
        boete: in cents; 0 = none.
    """

    dagen: Ints
    bedrag: Ints
    bekend: Bools
    vordering: Bools
    boete: Ints


def effects(them: Changes, course: Course, knobs: Knobs, law: Law) -> Effects:
    """From the day it is known to days, euro, a claim and a boete."""
    known = course.bekend < them.tot
    wrong = np.minimum(np.minimum(course.bekend, them.einde), them.tot) - them.dag
    dagen = np.where(them.cent > 0, np.maximum(wrong, 0), 0)
    bedrag = dagen * them.cent
    claim = known & them.nadeel & (bedrag > 0)
    return Effects(dagen, bedrag, known, claim, np.where(claim, _fines(them, course, bedrag, knobs, law), 0))


def totals(wereld: Wereld, them: Changes, course: Course, knobs: Knobs, law: Law) -> Totals:
    """Every measure of a world: cents where it is money."""
    each = effects(them, course, knobs, law)
    te_veel, te_weinig = np.where(them.nadeel, each.bedrag, 0), np.where(them.voordeel, each.bedrag, 0)
    unpaid = np.where(each.bekend, 1 - knobs["nabetaald_deel"], 1.0)
    counts = {
        Maat.VORDERINGEN: _count(each.vordering), Maat.BOETES: _count(each.boete > 0),
        Maat.BRIEVEN: _count(course.brief) * (1 + course.meer),
        Maat.GESPREKKEN: _count(course.gesprek) * (1 + course.meer),
        Maat.ONDERZOEKEN: _count(course.onderzoek) * (1 + course.meer),
    }  # fmt: skip
    uren = _hours(counts, _count(each.bekend), knobs)
    return {
        Maat.DAGEN_TE_VEEL: int(np.sum(each.dagen, where=them.nadeel)),
        Maat.EURO_TE_VEEL: int(te_veel.sum()),
        Maat.GEVORDERD: int(np.sum(each.bedrag, where=each.vordering)),
        Maat.BOETEBEDRAG: int(each.boete.sum()),
        Maat.DAGEN_TE_WEINIG: int(np.sum(each.dagen, where=them.voordeel)),
        Maat.EURO_TE_WEINIG: int(te_weinig.sum()),
        Maat.NIET_HERSTELD: float((te_weinig * unpaid).sum()),
        Maat.UREN: uren,
        Maat.KOSTEN: uren * knobs["uurtarief_dienst"] + _other_cost(wereld, them, course, each, knobs),
    } | counts


def _fines(them: Changes, course: Course, bedrag: Ints, knobs: Knobs, law: Law) -> Ints:
    """A boete by degree of blame; none where it was told in time, and a warning where it is little."""
    told_late = np.where(course.bekend - them.dag > law.termijn, knobs["kans_boete_na_melding"], 0.0)
    chance = np.where(course.door_dienst, knobs["kans_boete_na_ontdekking"], told_late)
    normal = knobs["deel_normale_verwijtbaarheid"]
    less = normal + (1 - normal) * knobs["deel_verminderd_van_de_rest"]
    share = np.select([them.lot_verwijt < normal, them.lot_verwijt < less], [law.normaal, law.verminderd], law.grof)
    fined = (bedrag > law.waarschuwing) & (them.lot_boete < chance)
    return np.where(fined, (bedrag * share + 50) // 100, 0)


def _hours(counts: Mapping[Maat, float], processed: float, knobs: Knobs) -> float:
    """Hours of the dienst, without those for an objection, which have a price of their own."""
    return (
        processed * knobs["verwerken_uren"]
        + counts[Maat.VORDERINGEN] * knobs["terugvordering_uren"]
        + counts[Maat.BOETES] * knobs["boete_uren"]
        + counts[Maat.GESPREKKEN] * knobs["bellen_uren"]
        + counts[Maat.ONDERZOEKEN] * knobs["onderzoek_uren"]
    )


def _other_cost(wereld: Wereld, them: Changes, course: Course, each: Effects, knobs: Knobs) -> float:
    """Letters, collecting, objections as they are to be expected, and what Tijdig itself costs."""
    found = _count(each.vordering & course.door_dienst)
    told = _count(each.vordering) - found
    objections = found * knobs["kans_bezwaar_na_ontdekking"] + told * knobs["kans_bezwaar_na_melding"]
    objection = knobs["bezwaar_kosten_dienst"] + knobs["kans_beroep"] * knobs["beroep_kosten_dienst"]
    system = knobs["tijdig_kosten_per_huishouden"] * them.huishoudens * them.dagen / DAYS_A_YEAR
    letters = _count(course.brief) * (1 + course.meer)
    return (
        letters * knobs["brief_kosten"]
        + (found + told) * knobs["invordering_kosten"]
        + objections * objection
        + (system if wereld is Wereld.TIJDIG else 0.0)
    )


def _count(which: Bools) -> float:
    return float(np.count_nonzero(which))
