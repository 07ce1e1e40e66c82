"""Figures about time: what was found, month after month, and how long it took."""

from collections.abc import Mapping, Sequence
from typing import Final

from contracts.finding import Richting
from flows.evaluation.asked import Asked
from flows.evaluation.charts import Column, bars, column_chart
from flows.evaluation.masking import STEP, sheet, shown
from flows.evaluation.model import Cel, Cijfer, Rij, Tabel, tabel
from flows.report.charts import Bar
from flows.report.figures import DIRECTIONS
from flows.report.words import capital
from store.casebook.evaluation import Duration, Month, Traject

_GOT: Final = (("brief", "Brief"), ("taak", "Taak"), ("niets", "Niets"))
_TRAJECT: Final = {
    Traject.FEIT_GEZIEN: (
        "Van feit tot gezien",
        "van de dag waarop iets veranderde tot de nacht waarin Tijdig het zag",
    ),
    Traject.GEZIEN_CONTACT: ("Van gezien tot contact", "tot de eerste brief weg was, of het eerste gesprek"),
    Traject.CONTACT_VERWERKT: ("Van contact tot verwerkt", "tot het was afgerond of het verschil weg was"),
    Traject.FEIT_VERWERKT: ("Van feit tot verwerkt", "het hele traject"),
}
_MONTHS: Final = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ByMonth = Mapping[tuple[Traject, Month | None], Duration]
_FEW: Final = Cel(f"minder dan {STEP} signalen", "")


def month_label(month: Month) -> str:
    """``nov 26``."""
    return f"{_MONTHS[month.first.month - 1]} {month.first:%y}"


def gevonden(asked: Asked) -> Tabel:
    """New findings: voordeel beside nadeel, and what is done with each."""
    found = asked.found
    counts = [
        [sum(f.aantal for f in found if (f.richting, f.kreeg) == (richting, kreeg)) for kreeg, _ in _GOT]
        for richting in Richting
    ]
    told = sheet(counts)
    rows = [
        Rij(capital(DIRECTIONS[richting][1]), richting, tuple(map(Cel.of, (*told.cells[place], told.rows[place]))))
        for place, richting in enumerate(Richting)
    ]
    rows.append(Rij("Samen", "samen", tuple(map(Cel.of, (*told.columns, told.whole))), samen=True))
    drawn = [
        Bar(capital(DIRECTIONS[richting][1]), told.rows[place].low, told.rows[place].text, richting)
        for place, richting in enumerate(Richting)
        if not told.rows[place].left_out and told.rows[place].low >= STEP
    ]
    return tabel(
        Cijfer.GEVONDEN, [*((kop, kreeg) for kreeg, kop in _GOT), ("Samen", "samen")], rows if found else (),
        grafieken=bars("gevonden", "Nieuwe signalen: voordeel naast nadeel", drawn),
    )  # fmt: skip


def verloop(asked: Asked) -> Tabel:
    """New and handled findings, month after month."""
    found, handled = asked.casebook.found_by_month(asked.trend), asked.casebook.handled_by_month(asked.trend)
    rows = tuple(
        Rij(month_label(month), str(month), (Cel.of(shown(found.get(month, 0))), Cel.of(shown(handled.get(month, 0)))))
        for month in asked.trend.months
    )
    charts = [
        column_chart(f"{name}-verloop", f"{kop} signalen per maand", drawn, fill)
        for name, kop, counts, fill in (
            ("gevonden", "Nieuwe", found, "vol"),
            ("afgehandeld", "Afgehandelde", handled, "licht"),
        )
        if _enough(drawn := _counted(asked, counts))
    ]
    return tabel(
        Cijfer.VERLOOP, [("Nieuw", "nieuw"), ("Afgehandeld", "afgehandeld")], rows if found or handled else (),
        grafieken=charts,
    )  # fmt: skip


def _counted(asked: Asked, counts: Mapping[Month, int]) -> list[Column]:
    told = [(month, shown(counts.get(month, 0))) for month in asked.trend.months]
    return [Column(month_label(month), None if one.masked else one.low, one.text) for month, one in told]


def _enough(columns: Sequence[Column]) -> bool:
    """Whether there is more than one month to draw: one column shows no course."""
    return sum(one.value is not None for one in columns) > 1


def doorlooptijd(asked: Asked) -> Tabel:
    """Median and 90th percentile of each stretch, over the whole period."""
    found = {one.traject: one for one in asked.durations_of_period}
    rows = tuple(
        Rij(kop, traject, _spread(found.get(traject)), uitleg=uitleg) for traject, (kop, uitleg) in _TRAJECT.items()
    )
    heads = [("Signalen", "aantal"), ("Helft binnen", "mediaan_dagen"), ("Negen van de tien binnen", "p90_dagen")]
    return tabel(Cijfer.DOORLOOPTIJD, heads, rows if found else ())


def _spread(one: Duration | None) -> tuple[Cel, ...]:
    count = shown(0 if one is None else one.aantal)
    if one is None:
        return (Cel.of(count), Cel("niet gemeten", ""), Cel("niet gemeten", ""))
    if count.masked:
        return (Cel.of(count), _FEW, _FEW)
    return (Cel.of(count), _days(one.mediaan), _days(one.p90))


def _days(days: int) -> Cel:
    return Cel("1 dag" if days == 1 else f"{days} dagen", str(days))


def doorlooptijd_verloop(asked: Asked) -> Tabel:
    """The same by month."""
    found: _ByMonth = {(one.traject, one.maand): one for one in asked.durations}
    rows = tuple(
        Rij(month_label(month), str(month), tuple(_both(found.get((traject, month))) for traject in Traject))
        for month in asked.trend.months
    )
    charts = [
        column_chart(f"dagen-{traject}", f"{_TRAJECT[traject][0]}: dagen per maand", drawn, fill)
        for traject, fill in ((Traject.FEIT_GEZIEN, "vol"), (Traject.FEIT_VERWERKT, "licht"))
        if _enough(drawn := _columns(asked, traject, found))
    ]
    heads = [(_TRAJECT[traject][0], str(traject)) for traject in Traject]
    return tabel(Cijfer.DOORLOOPTIJD_VERLOOP, heads, rows if found else (), grafieken=charts)


def _both(one: Duration | None) -> Cel:
    if one is None:
        return Cel("niet gemeten", "")
    if one.aantal < STEP:
        return Cel("te weinig", "")
    return Cel(f"{one.mediaan} en {one.p90}", f"{one.mediaan}|{one.p90}")


def _columns(asked: Asked, traject: Traject, found: _ByMonth) -> list[Column]:
    return [_of_month(month, found.get((traject, month))) for month in asked.trend.months]


def _of_month(month: Month, one: Duration | None) -> Column:
    if one is None or one.aantal < STEP:
        return Column(month_label(month), None, "niet getoond")
    text = f"de helft binnen {one.mediaan}, negen van de tien binnen {one.p90} dagen"
    return Column(month_label(month), one.mediaan, text, one.p90)


def vooraf_gezien(asked: Asked) -> Tabel:
    """Findings that were seen before the day itself."""
    count = asked.casebook.seen_ahead(asked.period)
    row = Rij("Vooraf gezien", "vooraf_gezien", (Cel.of(shown(count)),))
    return tabel(Cijfer.VOORAF_GEZIEN, [("Signalen", "aantal")], [row] if count else [])
