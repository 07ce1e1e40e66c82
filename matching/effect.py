"""What a finding means in euro per month: the norm by what the dienst believes, beside the norm after the change.

Always a range: where an exception can't be seen in the data, nothing at all is one of its ends. A rule names its
effect; what the facts do not settle widens the range, and where there is no norm there is no effect.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from contracts.dutch import euro
from contracts.errors import ParameterError
from contracts.finding import EffectBereik, Stap
from contracts.parameters import DatedValue, Used, Values, together
from matching.norm.ages import Leeftijd
from matching.norm.result import Norm, half_up
from matching.norm.table import SITUATION, Leefsituatie, Norms
from store.warehouse import Warehouse

#: The facts of a finding.
Facts = Mapping[str, str | int | bool | None]
#: R12 never says what a shared household would mean, and R13 nothing to who is left behind.
NEVER: Final = frozenset({"R12", "R13"})
_NOTHING: Final = "onder voorbehoud van wat niet uit de gegevens blijkt"


@dataclass(frozen=True)
class Case:
    """A finding whose effect is asked for: what the dienst believes, what was found, and the norms of the day."""

    nu: Leefsituatie
    feiten: Facts
    norms: "_Asked"

    def cents(self, name: str) -> int | None:
        """An amount among the facts."""
        value = self.feiten[name]
        return value if isinstance(value, int) else None


class _Asked:
    """The norms of the day, and the dated values that one finding asked for, in them or beside them."""

    def __init__(self, norms: Norms) -> None:
        self._norms, self._values = norms, Values(norms.day)
        self._read: list[tuple[Used, ...]] = []

    def of(self, situation: Leefsituatie) -> Norm | None:
        found = self._norms.of(situation)
        self._read.append(found.gebruikt if found else ())
        return found

    def value(self, naam: str) -> DatedValue:
        return self._values.value(naam)

    @property
    def used(self) -> tuple[Used, ...]:
        return together(self._values.used, *self._read)


@dataclass(frozen=True)
class Change:
    """A change per month in cents, from the lowest to the highest, with the steps that lead to it."""

    laagste: int
    hoogste: int
    stappen: tuple[Stap, ...] = ()

    def or_nothing(self) -> "Change":
        """The same where an exception that nobody can see may take it away."""
        step = Stap(wat=_NOTHING, uitkomst=euro(0))
        return Change(min(self.laagste, 0), max(self.hoogste, 0), (*self.stappen, step))


@dataclass(frozen=True)
class Effect:
    """A kind of effect.

    Attributes:
        of: the change; None where there is no saying.
        reads: the columns of the finding it needs.
        maanden: the dated value that says how many months it lasts at most, where the law limits that.
    """

    of: Callable[[Case], Change | None]
    reads: tuple[str, ...] = ()
    maanden: str | None = None


class Effects:
    """The effects of the findings of a night."""

    def __init__(self, situations: Mapping[str, Leefsituatie], norms: Norms, herziening_maanden: int) -> None:
        """What the dienst believes of each dossier, the norms of the day, and the months between two reviews."""
        self._situations, self._norms, self._months = situations, norms, herziening_maanden

    @classmethod
    def read(cls, warehouse: Warehouse, norms: Norms, herziening_maanden: int) -> "Effects":
        """From the view ``situatie`` of this connection; a dossier that is there twice has none."""
        frame = warehouse.read(f"select dossiernummer, {', '.join(SITUATION)} from situatie where lezing = 'dienst'")
        return cls(_by_dossier(frame), norms, herziening_maanden)

    def of(self, naam: str, dossiernummer: str, feiten: Facts) -> EffectBereik | None:
        """The effect of this name for a dossier; None where there is no norm to go by."""
        effect, now, asked = EFFECTS[naam], self._situations.get(dossiernummer), _Asked(self._norms)
        change = None if now is None else effect.of(Case(now, feiten, asked))
        if change is None:
            return None
        months = min(self._months, asked.value(effect.maanden).waarde if effect.maanden else self._months)
        said = Stap(wat="verschil per maand", uitkomst=_range(change.laagste, change.hoogste))
        return EffectBereik(
            laagste=change.laagste, hoogste=change.hoogste,
            tot_herziening=(change.laagste * months, change.hoogste * months), stappen=(*change.stappen, said),
            waarden=asked.used,
        )  # fmt: skip


def _by_dossier(frame: pl.DataFrame) -> dict[str, Leefsituatie]:
    """One object a distinct situation, whatever the number of dossiers."""
    once = frame.unique("dossiernummer", keep="none", maintain_order=True)
    known = {row: Leefsituatie(*row) for row in once.select(SITUATION).unique().iter_rows()}
    return dict(zip(once["dossiernummer"], map(known.__getitem__, once.select(SITUATION).iter_rows()), strict=True))


# -- how each is worked out ------------------------------------------------------------------------------


def _becomes(after: Callable[[Case], Leefsituatie | None]) -> Callable[[Case], Change | None]:
    """The norm in another situation, less the norm now: for each way in which what is unknown may turn out.

    So too for each of two ways to read the law: the lowest of both norms, and the highest.
    """

    def change(case: Case) -> Change | None:
        known = [replace(case, nu=nu) for nu in case.nu.settled()]
        pairs = [(now.nu, after(now)) for now in known]
        ways = [(now, way) for now, then in pairs if then is not None for way in then.settled()]
        changes = [_between(case.norms.of(now), case.norms.of(way)) for now, way in ways]
        found = [one for one in changes if one is not None]
        if not found:
            return None
        # Where it can't come about there is no change.
        ends = [*found, (0, 0)] if any(then is None for _, then in pairs) else found
        steps = _told_of(case, [then for _, then in pairs if then is not None])
        return Change(min(low for low, _ in ends), max(high for _, high in ends), steps)

    return change


def _between(now: Norm | None, then: Norm | None) -> tuple[int, int] | None:
    if now is None or then is None:
        return None
    ends = (then.laagste.bedrag - now.laagste.bedrag, then.hoogste.bedrag - now.hoogste.bedrag)
    return min(ends), max(ends)


def _told_of(case: Case, after: Sequence[Leefsituatie]) -> tuple[Stap, ...]:
    """The steps of the norm now, and of each norm that it may become."""
    now, then = case.norms.of(case.nu), (case.norms.of(one) for one in dict.fromkeys(after))
    return (*_told("norm nu", now), *(step for one in _distinct(then) for step in _told("norm na de wijziging", one)))


def _distinct(norms: Iterable[Norm | None]) -> Iterable[Norm]:
    """Each outcome once."""
    return {one.bereik: one for one in norms if one is not None}.values()


def _perhaps(of: Callable[[Case], Change | None]) -> Callable[[Case], Change | None]:
    def change(case: Case) -> Change | None:
        found = of(case)
        return None if found is None else found.or_nothing()

    return change


def _one_more(case: Case) -> Leefsituatie:
    return replace(case.nu, kostendelers=case.nu.kostendelers + 1)


def _one_less(case: Case) -> Leefsituatie | None:
    """None where the dienst's own count and list do not agree on anybody."""
    return replace(case.nu, kostendelers=case.nu.kostendelers - 1) if case.nu.kostendelers else None


def _reaches(age: Leeftijd) -> Callable[[Case], Leefsituatie]:
    """Belanghebbende or partner, whichever ``rol`` says, reaches an age."""

    def after(case: Case) -> Leefsituatie:
        if case.feiten["rol"] == "partner":
            return replace(case.nu, leeftijd_partner=age)
        return replace(case.nu, leeftijd=age)

    return after


def _partner_came(case: Case) -> Leefsituatie | None:
    """A partner whose right is not known; income they may have comes off yet. Whom the dienst counts shares no more."""
    if case.nu.partner:
        return None
    fewer = min(case.nu.kostendelers, int(case.feiten["partner_kostendeler"] is True))
    return replace(
        case.nu, partner=True, leeftijd_partner=case.cents("partner_leeftijd"), partner_recht=None,
        kostendelers=case.nu.kostendelers - fewer,
    )  # fmt: skip


def _partner_left(case: Case) -> Change | None:
    """Who stays has the norm of one (21 a, 22a), and had half of the couple's, or all of it beside who has no right."""
    if not case.nu.partner:
        return None
    ways = [(nu, case.norms.of(nu), case.norms.of(_without_partner(nu))) for nu in case.nu.settled()]
    found = [(_share(nu, now), new.bereik) for nu, now, new in ways if now is not None and new is not None]
    if not found:
        return None
    had = [cents for share, _ in found for cents in share]
    ends = [after - before for share, new in found for before, after in zip(share, new, strict=True)]
    share = Stap(wat="daarvan voor wie blijft", uitkomst=_range(min(had), max(had)))
    nows, news = case.norms.of(case.nu), case.norms.of(_without_partner(case.nu))
    steps = (*_told("norm nu", nows), share, *_told("norm van wie blijft", news))
    return Change(min(ends), max(ends), steps)


def _without_partner(nu: Leefsituatie) -> Leefsituatie:
    return replace(nu, partner=False, leeftijd_partner=None)


def _share(nu: Leefsituatie, found: Norm) -> tuple[int, int]:
    """The part of a couple's norm that is for one of them."""
    low, high = found.bereik
    return (half_of(low), half_of(high)) if nu.partner_recht else (low, high)


def half_of(cents: int) -> int:
    """Half an amount; half a cent goes up, as for every norm."""
    return (cents + 1) // 2


def _stops(case: Case) -> Change | None:
    """From the whole norm to nothing: whether it stops is not in the data."""
    now = case.norms.of(case.nu)
    if now is None:
        return None
    return Change(-now.hoogste.bedrag, -now.hoogste.bedrag, _told("norm nu", now)).or_nothing()


def _too_low(case: Case) -> Change | None:
    """At least what both readings of the household give, at most what goes by what the dienst believes."""
    now, applied, least = case.norms.of(case.nu), case.cents("norm_bedrag_cent"), case.cents("norm_laagste_cent")
    if now is None or applied is None or least is None:
        return None
    steps = (
        Stap(wat="norm in de administratie", uitkomst=euro(applied)), *_told("norm volgens de wet", now),
        Stap(wat="ten minste, ook naar wie er ingeschreven staat", uitkomst=euro(least)),
    )  # fmt: skip
    return Change(min(least, now.laagste.bedrag) - applied, now.hoogste.bedrag - applied, steps)


def _income_came(case: Case) -> Change | None:
    """Between what is certainly not set off yet and all of it, and never more than is paid."""
    now, lowest, highest = case.norms.of(case.nu), case.cents("bedrag_laagst_cent"), case.cents("bedrag_hoogst_cent")
    if now is None:
        return None
    set_off = case.cents("verrekend_cent") or 0
    paid = max(0, now.hoogste.bedrag - set_off)
    at_most = paid if highest is None else min(highest, paid)
    at_least = min(max(0, (lowest or 0) - set_off), at_most)
    steps = (*_told("norm nu", now), Stap(wat="verrekend inkomen", uitkomst=euro(set_off)))
    known = "onbekend" if lowest is None or highest is None else _range(lowest, highest)
    return Change(-at_most, -at_least, (*steps, Stap(wat="inkomen per maand", uitkomst=known)))


def _income_free(case: Case) -> Change | None:
    """31 lid 2 n for who is 27 now; and a partner whom a study kept without right may have it (13 lid 2 c)."""
    share, most = (_value(naam, case) for naam in ("inkomstenvrijlating", "inkomstenvrijlating_maximum"))
    without = case.nu.partner_recht is False
    gain = _becomes(lambda each: replace(each.nu, partner_recht=True) if without else each.nu)(case)
    if share is None or most is None or gain is None:
        return None
    free = min(half_up((case.cents("verrekend_cent") or 0) * share.deel), most.waarde)
    step = Stap(wat="vrij deel van het inkomen", uitkomst=euro(free), artikel=share.artikel)
    return Change(0, free + gain.hoogste, (step,))


def _set_off_ends(case: Case) -> Change | None:
    """Up to all that is set off; what a lowering by a decision is, no column says."""
    set_off = case.cents("verrekend_cent")
    if set_off is None or case.feiten["verlaging_mogelijk"]:
        return None
    return Change(0, set_off, (Stap(wat="verrekend inkomen", uitkomst=euro(set_off)),))


def _value(naam: str, case: Case) -> DatedValue | None:
    """A value of the law on the day; None where it is not known then."""
    try:
        return case.norms.value(naam)
    except ParameterError:
        return None


#: By the name a rule gives.
EFFECTS: Final[Mapping[str, Effect]] = {
    "kostendeler_erbij": Effect(_perhaps(_becomes(_one_more))),
    "kostendeler_weg": Effect(_becomes(_one_less)),
    "wordt_21": Effect(_becomes(_reaches(Leeftijd.VOLWASSEN)), reads=("rol",)),
    "wordt_aow": Effect(_becomes(_reaches(Leeftijd.AOW)), reads=("rol",)),
    "kind_erbij": Effect(_perhaps(_becomes(lambda case: replace(case.nu, kinderen=True)))),
    "kind_weg": Effect(_perhaps(_becomes(lambda case: replace(case.nu, kinderen=False)))),
    "partner_erbij": Effect(_becomes(_partner_came), reads=("partner_leeftijd", "partner_kostendeler")),
    "partner_weg": Effect(_partner_left),
    "inrichting_in": Effect(_perhaps(_becomes(lambda case: replace(case.nu, in_inrichting=True)))),
    "inrichting_uit": Effect(_perhaps(_becomes(lambda case: replace(case.nu, in_inrichting=False)))),
    "uitkering_stopt": Effect(_stops),
    "inkomen_erbij": Effect(_income_came, reads=("bedrag_laagst_cent", "bedrag_hoogst_cent", "verrekend_cent")),
    "vrijlating": Effect(_income_free, reads=("verrekend_cent",), maanden="inkomstenvrijlating_maanden"),
    "verrekening_stopt": Effect(_set_off_ends, reads=("verrekend_cent", "verlaging_mogelijk")),
    "norm_te_laag": Effect(_too_low, reads=("norm_bedrag_cent", "norm_laagste_cent")),
}


# -- how it is told --------------------------------------------------------------------------------------


def _told(what: str, found: Norm | None) -> tuple[Stap, ...]:
    """The steps of the lowest norm, of the highest where that is another, and the outcome."""
    if found is None:
        return ()
    ends = (found.laagste,) if found.zeker else (found.laagste, found.hoogste)
    unknown = tuple(Stap(wat=f"onbekend: {reden}", uitkomst="een bereik") for reden in found.redenen)
    steps = tuple(step for end in ends for step in end.stappen)
    return (*steps, *unknown, Stap(wat=what, uitkomst=_range(*found.bereik)))


def _range(low: int, high: int) -> str:
    return euro(low) if low == high else f"{euro(low)} tot {euro(high)}"
