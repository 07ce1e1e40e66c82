"""Figures about whether it is right: decided otherwise, bezwaren, what is held back, what is missed."""

from collections import Counter
from typing import Final

from advice.sample import wilson
from contracts.desk import STEEKPROEF_ZIN, Bevinding, Steekproefsoort
from contracts.finding import REDEN_ZIN, WAITS, Reden
from contracts.work import Bezwaar
from flows.evaluation.asked import Asked
from flows.evaluation.charts import bars
from flows.evaluation.masking import Shown, share, sheet, shown
from flows.evaluation.model import Cel, Cijfer, Rij, Tabel, tabel
from flows.evaluation.origin import title
from flows.evaluation.over_afloop import totals
from flows.report.charts import Bar
from store.casebook.evaluation import CONFIRMED, OTHERWISE

_KINDS: Final = {
    Steekproefsoort.ONDERDRUKT: "Signalen waar niets mee gebeurt",
    Steekproefsoort.ZONDER_SIGNAAL: "Dossiers zonder signaal",
}  # fmt: skip
_BEZWAAR: Final = {Bezwaar.GEGROND: "Gegrond", Bezwaar.ONGEGROND: "Ongegrond"}
_UNKNOWN: Final = Cel("te weinig bekeken", "")


def anders_besloten(asked: Asked) -> Tabel:
    """How often a consulent ends it otherwise than the finding supposed, by rule."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in asked.handled:
        # That a rule of which few may know spoke at all, is not told of one rule.
        if one.uitkomst is not None and not one.beperkt:
            how = "anders" if one.uitkomst in OTHERWISE else "gevolgd" if one.uitkomst in CONFIRMED else "geen_contact"
            counts[one.regel, how] += one.aantal
    rules = sorted({regel for regel, _ in counts})
    kinds = (("Klopte", "gevolgd"), ("Anders besloten", "anders"), ("Geen contact", "geen_contact"))
    told = sheet([[counts[regel, code] for _, code in kinds] for regel in rules]) if rules else None
    rows: tuple[Rij, ...] = ()
    drawn: list[Bar] = []
    if told is not None:
        parts = [share(told.cells[place][1], told.rows[place]) for place in range(len(rules))]
        rows = tuple(
            Rij(title(regel), regel, (*map(Cel.of, (*told.cells[place], told.rows[place])), _part(parts[place])))
            for place, regel in enumerate(rules)
        )
        whole = share(told.columns[1], told.whole)
        rows += (Rij("Samen", "samen", (*totals(told).cellen, _part(whole)), samen=True),)
        drawn = [
            Bar(title(regel), told.cells[place][1].low / told.rows[place].low, parts[place], "licht")
            for place, regel in enumerate(rules)
            if parts[place] != "–"
        ]
    return tabel(
        Cijfer.ANDERS_BESLOTEN, [*kinds, ("Samen", "samen"), ("Aandeel anders", "aandeel_anders")], rows,
        grafieken=bars("anders", "Welk deel anders besloten werd, per regel", drawn),
    )  # fmt: skip


def _part(text: str) -> Cel:
    return Cel(text, "" if text == "–" else text.removeprefix("ongeveer "))


def bezwaren(asked: Asked) -> Tabel:
    """What came of bezwaren, by rule and its version."""
    found = [one for one in asked.casebook.objections(asked.period) if not one.beperkt]
    counts = {(one.regel, one.regelversie, one.uitkomst): one.aantal for one in found}
    versions = sorted({(one.regel, one.regelversie) for one in found})
    told = sheet([[counts.get((*version, end), 0) for end in _BEZWAAR] for version in versions]) if versions else None
    rows: tuple[Rij, ...] = ()
    if told is not None:
        rows = tuple(
            Rij(
                f"{title(regel)}, versie {versie}", f"{regel} versie {versie}",
                tuple(map(Cel.of, (*told.cells[place], told.rows[place]))),
            )
            for place, (regel, versie) in enumerate(versions)
        )  # fmt: skip
        rows += (totals(told),)
    return tabel(Cijfer.BEZWAREN, [*((kop, str(end)) for end, kop in _BEZWAAR.items()), ("Samen", "samen")], rows)


def onderdrukt(asked: Asked) -> Tabel:
    """New findings with which nothing is done, or not yet, and why."""
    counts: Counter[Reden] = Counter()
    for one in asked.found:
        # What somebody finished was not held back.
        if one.reden is not None and one.reden != Reden.AFGEDAAN:
            counts[Reden(one.reden)] += one.aantal
    reasons = sorted(counts, key=lambda reden: (-shown(counts[reden]).low, reden))
    told = sheet([[counts[reden]] for reden in reasons]) if reasons else None
    rows: tuple[Rij, ...] = ()
    if told is not None:
        rows = tuple(
            Rij(
                REDEN_ZIN[reden],
                reden,
                (_kind(reden), Cel.of(told.cells[place][0])),
            )
            for place, reden in enumerate(reasons)
        )
        rows += (Rij("Samen", "samen", (Cel("", ""), Cel.of(told.whole)), samen=True),)
    return tabel(Cijfer.ONDERDRUKT, [("Wacht of blijft", "soort"), ("Signalen", "aantal")], rows)


def _kind(reden: Reden) -> Cel:
    word = "wacht" if reden in WAITS else "blijft"
    return Cel(word, word)


def steekproef(asked: Asked) -> Tabel:
    """What the desk samples of the period came to, with the interval of the share that was missed."""
    first, last = asked.period.first.first, asked.period.last.last
    counts = asked.casebook.sample_counts(first, last)
    rows = tuple(_sampled(kind, counts) for kind in Steekproefsoort)
    looked = any(counts.get((kind, end)) for kind in Steekproefsoort for end in (Bevinding.TERECHT, Bevinding.GEMIST))
    waiting = shown(sum(count for (_, end), count in counts.items() if end is None))
    heads = [
        ("Bekeken", "bekeken"), ("Gemist", "gemist"), ("Niet te zeggen", "niet_te_zeggen"),
        ("Aandeel gemist", "aandeel_gemist"),
    ]  # fmt: skip
    notes = [f"Nog te bekijken: {waiting.text}."] if waiting.high else []
    return tabel(Cijfer.STEEKPROEF, heads, rows if looked else (), noten=notes)


def _sampled(kind: Steekproefsoort, counts: dict[tuple[Steekproefsoort, Bevinding | None], int]) -> Rij:
    ends = {end: counts.get((kind, end), 0) for end in Bevinding}
    seen, missed = shown(ends[Bevinding.TERECHT] + ends[Bevinding.GEMIST]), shown(ends[Bevinding.GEMIST])
    cells = (Cel.of(seen), Cel.of(missed), Cel.of(shown(ends[Bevinding.NIET_TE_ZEGGEN])), interval(missed, seen))
    return Rij(_KINDS[kind], kind, cells, uitleg=STEEKPROEF_ZIN[kind])


def interval(missed: Shown, seen: Shown) -> Cel:
    """Between which bounds a share lies, for whatever the numbers that are told can be."""
    if seen.low < 1 or seen.masked:
        return _UNKNOWN
    low, _ = wilson(missed.low, seen.high)
    _, high = wilson(min(missed.high, seen.low), seen.low)
    ends = [f"{100 * end:.1f}".replace(".", ",") for end in (low, high)]
    return Cel(f"{ends[0]} tot {ends[1]} %", "|".join(ends))
