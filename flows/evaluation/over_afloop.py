"""Figures about how things ended: by origin and outcome, and what became of notices, rest and complaints."""

from collections import Counter
from typing import Final

from contracts.outcome import UITKOMST_ZIN, Uitkomst
from contracts.registers import HERKOMST_NAAM, KLACHTONDERWERP_NAAM, Herkomst, Klachtonderwerp, Klachtuitkomst
from flows.evaluation.asked import Asked
from flows.evaluation.charts import bars
from flows.evaluation.masking import STEP, Sheet, Shown, share, sheet, shown
from flows.evaluation.model import Cel, Cijfer, Rij, Tabel, tabel
from flows.evaluation.origin import origin
from flows.report.charts import Bar
from flows.report.words import capital
from store.casebook.evaluation import NOTICE_ENDS

#: The heading of a column by origin.
_SHORT: Final = {
    Herkomst.BRP: "BRP", Herkomst.IB: "IB", Herkomst.DUO: "DUO", Herkomst.EIGEN_ORGANISATIE: "Eigen dienst",
    Herkomst.NETWERKPARTNER: "Partner", Herkomst.SAMENLEVING: "Samen\u00adleving", Herkomst.ONBEKEND: "Onbekend",
}  # fmt: skip
#: What these say, Tijdig counts itself.
_REGISTERS: Final = frozenset({Herkomst.BRP, Herkomst.IB, Herkomst.DUO, Herkomst.EIGEN_ORGANISATIE})
#: Nobody said anything, and the difference went away.
_GONE: Final = "verschil_weg"
_GONE_ZIN: Final = "Het verschil verdween vanzelf."
_NOTICE: Final = {"brief": "Eerste bericht", "herinnering": "Herinnering"}
_ENDS: Final = dict(zip(
    NOTICE_ENDS,
    (
        "Beantwoord", "Verwerkt zonder genoteerd antwoord", "Nog niets bekend", "Teruggehaald, niet meer nodig",
        "Niet gelukt, een mens belt", "Nog te maken",
    ),
    strict=True,
))  # fmt: skip
_COMPLAINT: Final = {
    Klachtuitkomst.GEGROND: "Gegrond", Klachtuitkomst.DEELS_GEGROND: "Deels gegrond",
    Klachtuitkomst.ONGEGROND: "Ongegrond", Klachtuitkomst.OPGELOST: "Opgelost in gesprek", None: "Loopt nog",
}  # fmt: skip


def totals(told: Sheet) -> Rij:
    """The last line of a table: what its columns add up to."""
    return Rij("Samen", "samen", tuple(map(Cel.of, (*told.columns, told.whole))), samen=True)


def afgehandeld(asked: Asked) -> Tabel:
    """Handled signals by origin and outcome: those of Tijdig and those that were written down by hand."""
    counts: Counter[tuple[Herkomst, Uitkomst | None]] = Counter()
    for one in asked.handled:
        counts[origin(one.regel), one.uitkomst] += one.aantal
    waiting = 0
    for other in asked.casebook.from_elsewhere(asked.period):
        if other.uitkomst is None:
            waiting += other.aantal
        else:
            counts[other.herkomst, other.uitkomst] += other.aantal
    # Of whom nothing was written down nobody can say that there was nothing.
    origins = [one for one in Herkomst if one in _REGISTERS or any(key[0] is one for key in counts)]
    outcomes: list[Uitkomst | None] = [*Uitkomst, None]
    told = sheet([[counts[one, uitkomst] for one in origins] for uitkomst in outcomes])
    rows = [
        Rij(_outcome(uitkomst), uitkomst or _GONE, tuple(map(Cel.of, (*told.cells[place], told.rows[place]))))
        for place, uitkomst in enumerate(outcomes)
    ]
    drawn = [
        Bar(capital(HERKOMST_NAAM[one]), column.low, column.text, "vol")
        for one, column in zip(origins, told.columns, strict=True)
        if not column.left_out and column.low >= STEP
    ]
    return tabel(
        Cijfer.AFGEHANDELD, [*((_SHORT[one], str(one)) for one in origins), ("Samen", "samen")],
        (*rows, totals(told)) if counts else (), noten=_by_hand(counts, waiting),
        grafieken=bars("herkomst", "Afgehandelde signalen naar herkomst", drawn),
    )  # fmt: skip


def _outcome(uitkomst: Uitkomst | None) -> str:
    return _GONE_ZIN if uitkomst is None else UITKOMST_ZIN[uitkomst]


def _by_hand(counts: Counter[tuple[Herkomst, Uitkomst | None]], waiting: int) -> tuple[str, ...]:
    """What must be known of signals that somebody writes down."""
    notes = []
    if not any(key[0] in (Herkomst.NETWERKPARTNER, Herkomst.SAMENLEVING) for key in counts):
        notes.append(
            "Er is geen afgehandeld signaal van een partner of de samenleving opgeschreven. Dat is iets anders dan: er "
            "kwamen er geen."
        )
    if waiting:
        notes.append(f"Van elders binnengekomen en nog niet afgehandeld: {shown(waiting).text}.")
    return tuple(notes)


def berichten(asked: Asked) -> Tabel:
    """What became of notices: answered, dealt with, nothing known, taken back, with a human."""
    found = {(one.soort, one.einde): one.aantal for one in asked.casebook.notices(asked.period)}
    kinds = list(_NOTICE)
    told = sheet([[found.get((soort, einde), 0) for soort in kinds] for einde in NOTICE_ENDS])
    rows = [
        Rij(_ENDS[einde], einde, tuple(map(Cel.of, (*told.cells[place], told.rows[place]))))
        for place, einde in enumerate(NOTICE_ENDS)
    ]
    left = shown(sum(found.get((soort, einde), 0) for soort in kinds for einde in NOTICE_ENDS[:3]))
    return tabel(
        Cijfer.BERICHTEN, [*((_NOTICE[soort], soort) for soort in kinds), ("Samen", "samen")],
        (*rows, totals(told)) if found else (),
        noten=[_answered(told.rows[0], left)],
    )  # fmt: skip


def _answered(answered: Shown, left: Shown) -> str:
    """How large a part was answered; of none nobody can say whether nobody answered or nobody noted it."""
    if not answered.high:
        return "Er is nog geen antwoord genoteerd. Dat is iets anders dan: niemand antwoordde."
    part = share(answered, left)
    return (
        "Welk deel beantwoord is, is bij zo weinig niet te zeggen."
        if part == "–"
        else f"Beantwoord is {part} van wat weg is."
    )


def rust(asked: Asked) -> Tabel:
    """Whether households had their rest between two notices."""
    days = asked.settings.rust_dagen
    kept, broken = asked.casebook.rest_kept(asked.period, days)
    told = sheet([[kept], [broken]])
    labels = (("Rust gehouden", "gehouden"), ("Te snel na het vorige", "te_snel"))
    rows = tuple(Rij(kop, code, (Cel.of(told.cells[place][0]),)) for place, (kop, code) in enumerate(labels))
    return tabel(Cijfer.RUST, [("Berichten", "aantal")], rows if kept + broken else (), dagen=str(days))


def klachten(asked: Asked) -> Tabel:
    """Complaints by subject, and what came of them by now."""
    found = {(one.onderwerp, one.uitkomst): one.aantal for one in asked.casebook.complaints(asked.period)}
    told = sheet([[found.get((onderwerp, end), 0) for end in _COMPLAINT] for onderwerp in Klachtonderwerp])
    rows = [
        Rij(capital(KLACHTONDERWERP_NAAM[one]), one, tuple(map(Cel.of, (*told.cells[place], told.rows[place]))))
        for place, one in enumerate(Klachtonderwerp)
        if _any(told.rows[place], told.cells[place])
    ]
    heads = [*((kop, str(end or "loopt_nog")) for end, kop in _COMPLAINT.items()), ("Samen", "samen")]
    return tabel(Cijfer.KLACHTEN, heads, (*rows, totals(told)) if found else ())


def _any(total: Shown, cells: tuple[Shown, ...]) -> bool:
    return total.high > 0 or any(cell.high for cell in cells)
