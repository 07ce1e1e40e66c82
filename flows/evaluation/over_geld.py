"""Figures about money: what was prevented and repaired as far as that can be expected, and the MKBA added up."""

from typing import Final

from advice.mkba import Alike, Band, Geval, Kant, Opgeteld, Scenario, mkba_of_many
from contracts.bands import bands_on
from contracts.errors import ParameterError
from contracts.parameters import Values, refuse_unseen
from flows.evaluation.asked import Asked
from flows.evaluation.charts import BandRow, band_chart
from flows.evaluation.masking import STEP, amount, shown
from flows.evaluation.model import Cel, Cijfer, Grafiek, Rij, Tabel, tabel
from flows.mkba_words import KANT, SCENARIO, whole
from flows.report.words import capital
from store.casebook.evaluation import Group, Money

#: Sides that have an amount, and what it is called.
_SIDES: Final = {"te_veel": "Te veel betalen, voorkomen", "te_weinig": "Te weinig betalen, hersteld"}
_WITHOUT: Final = {
    "beide": "Kan meer of minder worden", "geen": "Verandert niets", "onbekend": "Bedrag niet bekend",
}  # fmt: skip
_HOW: Final = {True: "een consulent bevestigde het", False: "het verschil verdween na een brief of taak"}
_TERM: Final = "uit_eigen_beweging_dagen"
_TOO_FEW: Final = Cel(f"niet getoond: minder dan {STEP}", "")
_FILLS: Final = {Scenario.GEEN: "grijs", Scenario.REPRESSIEF: "oker", Scenario.SOCIAAL: "vol"}


def bedragen(asked: Asked) -> Tabel:
    """Expected overpayment prevented and underpayment repaired, each with its band."""
    found = asked.casebook.money(asked.period)
    with_amount = [(f"{_SIDES[one.kant]}: {_HOW[one.bevestigd]}", one) for side in _SIDES for one in _of(found, side)]
    rows = [Rij(label, _code(one), _amounts(one)) for label, one in with_amount]
    rows += [
        Rij(label, side, (Cel.of(shown(sum(one.aantal for one in _of(found, side)))), Cel("–", ""), Cel("–", "")))
        for side, label in _WITHOUT.items()
        if _of(found, side)
    ]
    bars = [
        BandRow(label, band, _ends(band), "vol" if one.kant == "te_weinig" else "oker", dot=False)
        for label, one in with_amount
        if (band := _band(one)) is not None
    ]
    return tabel(
        Cijfer.BEDRAGEN, [("Signalen", "aantal"), ("Laagste", "laagste_euro"), ("Hoogste", "hoogste_euro")], rows,
        grafieken=[band_chart("bedragen", "Verwacht bedrag, van laagste tot hoogste", bars)] if bars else (),
    )  # fmt: skip


def _of(found: list[Money], side: str) -> list[Money]:
    return sorted((one for one in found if one.kant == side), key=lambda one: not one.bevestigd)


def _code(one: Money) -> str:
    return f"{one.kant}_{'bevestigd' if one.bevestigd else 'verdwenen'}"


def _band(one: Money) -> Band | None:
    """The amounts without their sign, from low to high, as they are told; nothing lies between that means anything."""
    low, high = sorted(abs(cents) for cents in (one.laagste, one.hoogste))
    ends = amount(low, one.aantal), amount(high, one.aantal)
    if ends[0] is None or ends[1] is None:
        return None
    return Band(laag=ends[0], basis=ends[0], hoog=ends[1])


def _amounts(one: Money) -> tuple[Cel, ...]:
    band = _band(one)
    ends = (_TOO_FEW, _TOO_FEW) if band is None else (_euro(band.laag), _euro(band.hoog))
    return (Cel.of(shown(one.aantal)), *ends)


def _euro(cents: int) -> Cel:
    return Cel(_text(cents), str(cents // 100))


def _text(cents: int) -> str:
    """Whole euros, with a minus in front of what is negative, as in any amount."""
    return f"{'-' if cents < 0 else ''}€ {whole(abs(cents))}"


def _ends(band: Band) -> str:
    return f"{_text(band.laag)} tot {_text(band.hoog)}"


def _scenario(scenario: Scenario, band: Band) -> BandRow:
    return BandRow(capital(SCENARIO[scenario]), band, f"{_text(band.basis)} ({_ends(band)})", _FILLS[scenario])


def mkba(asked: Asked) -> Tabel:
    """What three ways to deal with what was put right cost whom, all cases together."""
    why_not, found = _worked_out(asked)
    rows: tuple[Rij, ...] = ()
    charts: tuple[Grafiek, ...] = ()
    if found is not None and found.aantal >= STEP:
        told = {(s, k): _told(found.totaal[s][k], found.aantal) for s in Scenario for k in Kant}
        rows = tuple(
            Rij(f"{capital(KANT[kant])}: {SCENARIO[scenario]}", f"{kant}_{scenario}", _three(told[scenario, kant]))
            for kant in Kant
            for scenario in Scenario
        )  # fmt: skip
        less = _told(found.verschil, found.aantal)
        rows += (Rij("Sociaal handhaven min geen interventie, samen", "verschil", _three(less), samen=True),)
        bars = [_scenario(scenario, told[scenario, Kant.SAMEN]) for scenario in Scenario]
        charts = (band_chart("mkba", "Kosten van allen samen, van laag tot hoog", bars),)
    heads = [("Laag", "laag_euro"), ("Basis", "basis_euro"), ("Hoog", "hoog_euro")]
    count = shown(0 if found is None else found.aantal).text
    return tabel(Cijfer.MKBA, heads, rows, grafieken=charts, waarom=why_not, aantal=count)


def _worked_out(asked: Asked) -> tuple[str, Opgeteld | None]:
    """Why there is nothing to tell, and what was worked out."""
    try:
        parameters = bands_on(asked.until)
        if asked.settings.productie:
            refuse_unseen(parameters.used)
        groups = list(asked.casebook.mkba_groups(asked.period, Values(asked.until).whole(_TERM)))
    except ParameterError:
        return ("De parameters van de MKBA gelden niet op deze dagen, of zijn nog niet bevestigd.", None)
    found = mkba_of_many([Alike(_case(asked, group), group.aantal) for group in groups], parameters)
    few = f"Er zijn minder dan {STEP} signalen waarvan dit uit te rekenen is."
    return (few, found)


def _case(asked: Asked, group: Group) -> Geval:
    months = asked.settings.herziening_maanden
    return Geval(
        richting=group.richting, route=group.route, per_maand=(group.laagste, group.hoogste), feitdatum=group.feitdatum,
        peildatum=group.gezien_op, herziening_maanden=months, horizon_maanden=asked.settings.mkba_horizon_maanden,
        hoogstens_maanden=group.maanden if group.maanden < months else None,
    )  # fmt: skip


def _told(band: Band, count: int) -> Band:
    low, base, high = (amount(cents, count) or 0 for cents in (band.laag, band.basis, band.hoog))
    return Band(laag=low, basis=base, hoog=high)


def _three(band: Band) -> tuple[Cel, ...]:
    return (_euro(band.laag), _euro(band.basis), _euro(band.hoog))
