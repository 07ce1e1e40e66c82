"""The model: what each scenario costs whom, as formulas. In words: ``docs/mkba.md``.

A cost is above zero, a benefit below. What one party pays another stands twice, with both signs, so that it disappears
from the sum. Chances are taken as independent of each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from advice.mkba.case import Geval
from advice.mkba.formula import Formula
from advice.mkba.levers import BEDRAG, ONGEMELD, claim, months, months_at, unless
from advice.mkba.result import Kant, Post, Scenario
from contracts.finding import Route

Costs = dict[tuple[Post, Kant], Formula]
q = Formula.of

_INWONER, _DIENST, _REST = Kant.INWONER, Kant.DIENST, Kant.SAMENLEVING
_WITH_LETTER: Final = frozenset({Route.NUDGE, Route.NUDGE_THEN_TASK})
_BY_THE_DIENST: Final = frozenset({Route.PROPOSAL, Route.BACKLOG})


@dataclass(frozen=True)
class _Way:
    """How it ends: for how many months it was wrong, and whether there is anything to settle.

    Attributes:
        found: the dienst found out itself; otherwise the inwoner said so.
        boete: the parameter with the chance of a boete; None = the law asks for a warning, or nothing.
    """

    maanden: Formula
    iets: Formula
    found: bool
    boete: str | None


def scenarios(case: Geval, termijn_dagen: int) -> Mapping[Scenario, Costs]:
    """What each scenario costs, by item and party.

    Args:
        case: one that can be worked out.
        termijn_dagen: days within which somebody reports of their own accord (Boetebesluit 2aa).
    """
    nothing = _nothing_done(case)
    return {
        Scenario.GEEN: nothing,
        # Enforcement looks for what was paid too much; what somebody misses is nothing it asks about.
        Scenario.REPRESSIEF: _repressief() if case.te_veel else nothing,
        Scenario.SOCIAAL: _sociaal(case, nothing, in_time=case.dagen <= termijn_dagen),
    }


# -- scenarios -------------------------------------------------------------------------------------------


def _nothing_done(case: Geval) -> Costs:
    """The inwoner reports it, or the dienst finds it at the next review, or nobody does within the horizon."""
    reported = _after("melden_maanden", found=False, boete="kans_boete_na_melding")
    told = _settled(case, reported)
    never = _unsettled(case, _fixed(case, case.horizon_maanden))
    if case.herziening_maanden <= case.horizon_maanden:
        review = _fixed(case, case.herziening_maanden)
        seen = _given("kans_gevonden_bij_herziening", _settled(case, review))
        never = _together(seen, _given(unless("kans_gevonden_bij_herziening"), never))
    ends = _together(_given(unless(ONGEMELD), told), _given(ONGEMELD, never))
    return _given("kans_gegrond", ends)


def _repressief() -> Costs:
    """An onderzoek begins at once; who tells then no longer does so of their own accord (Boetebesluit 2aa)."""
    way = _after("onderzoek_maanden", found=True, boete="kans_boete_na_ontdekking")
    looked = {
        (Post.ONDERZOEK, _DIENST): q("onderzoek_uren") * q("uurtarief_dienst"),
        (Post.TIJD, _INWONER): q("uren_inwoner_onderzoek") * q("tijdwaarde_inwoner"),
    }
    return _together(looked, _given("kans_gegrond", _together(_wrong(way.maanden), _made_right(way))))


def _sociaal(case: Geval, nothing: Costs, *, in_time: bool) -> Costs:
    """What the route asks for; who is not reached goes on as if nothing was done."""
    boete = None if in_time else "kans_boete_na_melding"

    def told(after: str) -> Costs:
        way = _after(after, found=False, boete=boete)
        return _together(_contact(), _given("kans_gegrond", _settled(case, way, contact=False)))

    if case.route in _BY_THE_DIENST:
        return _together(_called(), told("voorstel_maanden"))
    if case.route not in _WITH_LETTER:
        return _together(_called(), _reached_or("kans_bereikt_telefoon", told("bellen_maanden"), nothing))
    letter = {(Post.BRIEF, _DIENST): q("brief_kosten")}
    silent = nothing
    if case.route is Route.NUDGE_THEN_TASK:
        by_phone = _reached_or("kans_bereikt_telefoon", told("brief_dan_bellen_maanden"), nothing)
        silent = _together(_called(), by_phone)
    return _together(letter, _reached_or("kans_antwoord_brief", told("antwoord_brief_maanden"), silent))


def _reached_or(chance: str, reached: Costs, otherwise: Costs) -> Costs:
    return _together(_given(chance, reached), _given(unless(chance), otherwise))


# -- what happens ----------------------------------------------------------------------------------------


def _settled(case: Geval, way: _Way, *, contact: bool = True) -> Costs:
    """It was wrong for some months and is put right; ``contact`` = the time of the inwoner is not counted yet."""
    right = _made_right(way) if case.te_veel else _paid_yet(way)
    return _together(_unsettled(case, way), right, _contact() if contact else {})


def _unsettled(case: Geval, way: _Way) -> Costs:
    return _wrong(way.maanden) if case.te_veel else _missed(way.maanden)


def _wrong(maanden: Formula) -> Costs:
    return _moved(Post.TE_VEEL_BETAALD, _DIENST, _INWONER, q(BEDRAG) * maanden)


def _missed(maanden: Formula) -> Costs:
    """Too little is paid; every month of it can be the one that leads to debts."""
    return _together(_moved(Post.TE_WEINIG_BETAALD, _INWONER, _DIENST, q(BEDRAG) * maanden), _schuldhulp(maanden))


def _paid_yet(way: _Way) -> Costs:
    paid = q("nabetaald_deel") * q(BEDRAG) * way.maanden
    return _together(_moved(Post.NABETAALD, _DIENST, _INWONER, paid), _processed())


def _made_right(way: _Way) -> Costs:
    """Processed, claimed back, collected; perhaps a boete, an objection, debts."""
    back = q("terugbetaald_deel") * q(BEDRAG) * way.maanden
    claimed: Costs = {
        (Post.TERUGVORDERING, _DIENST): _hours("terugvordering_uren") * way.iets,
        (Post.INVORDERING, _DIENST): q("invordering_kosten") * way.iets,
    }
    return _together(
        _processed(), _moved(Post.TERUGBETAALD, _INWONER, _DIENST, back), claimed, _boete(way, back), _bezwaar(way),
        _schuldhulp(way.maanden),
    )  # fmt: skip


def _boete(way: _Way, back: Formula) -> Costs:
    if way.boete is None:
        return {}
    moved = _moved(Post.BOETE, _INWONER, _DIENST, q(way.boete) * q("boete_deel") * back)
    return _together(moved, {(Post.BOETEBESLUIT, _DIENST): q(way.boete) * _hours("boete_uren") * way.iets})


def _bezwaar(way: _Way) -> Costs:
    objected = q("kans_bezwaar_na_ontdekking" if way.found else "kans_bezwaar_na_melding") * way.iets
    appealed = objected * q("kans_beroep")
    return {
        (Post.BEZWAAR, _INWONER): objected * q("uren_inwoner_bezwaar") * q("tijdwaarde_inwoner"),
        (Post.BEZWAAR, _DIENST): objected * q("bezwaar_kosten_dienst") + appealed * q("beroep_kosten_dienst"),
        (Post.BEZWAAR, _REST): objected * q("rechtsbijstand_kosten") + appealed * q("rechtspraak_kosten"),
    }


def _schuldhulp(maanden: Formula) -> Costs:
    trajects = q("schuldhulp_per_maand") * maanden
    return {
        (Post.SCHULDHULP, _DIENST): trajects * q("schuldhulp_kosten_dienst"),
        (Post.SCHULDHULP, _REST): trajects * q("schuldhulp_kosten_samenleving"),
    }


def _processed() -> Costs:
    return {(Post.VERWERKEN, _DIENST): _hours("verwerken_uren")}


def _called() -> Costs:
    return {(Post.BELLEN, _DIENST): _hours("bellen_uren")}


def _contact() -> Costs:
    return {(Post.TIJD, _INWONER): q("uren_inwoner_contact") * q("tijdwaarde_inwoner")}


def _hours(uren: str) -> Formula:
    return q(uren) * q("uurtarief_dienst")


# -- putting together ------------------------------------------------------------------------------------


def _after(name: str, *, found: bool, boete: str | None) -> _Way:
    return _Way(q(months(name)), q(claim(name)), found, boete)


def _fixed(case: Geval, settled: int) -> _Way:
    """Found by the dienst on a day that is known, or never."""
    wrong = months_at(case, Decimal(settled))
    one = Formula.number(1)
    return _Way(one.times(wrong), one.times(min(wrong, Decimal(1))), found=True, boete="kans_boete_na_ontdekking")


def _moved(post: Post, payer: Kant, receiver: Kant, amount: Formula) -> Costs:
    return {(post, payer): amount, (post, receiver): -amount}


def _given(chance: str, costs: Costs) -> Costs:
    return {key: q(chance) * formula for key, formula in costs.items()}


def _together(*costs: Costs) -> Costs:
    found: Costs = {}
    for key, formula in _items(costs):
        found[key] = found.get(key, Formula()) + formula
    return found


def _items(costs: Iterable[Costs]) -> Iterable[tuple[tuple[Post, Kant], Formula]]:
    return (item for one in costs for item in one.items())
