"""What advice needs to know besides the findings: of the night, of each household, and of what was done before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from contracts.finding import Finding, Reden, Verdict
from contracts.outcome import Closing
from contracts.rechten import Verzoek, Verzoeksoort, Verzoekstand, keys_in

#: The tests that no fact view can answer, before and after those of the rule; see ``circumstantial``.
_BEFORE = (
    "beperking", "bezwaar_verwerking", "afgedaan", "bewering_gegrond", "bewering", "gedetineerd", "kind_elders",
    "vertegenwoordiger_onbereikbaar", "wil_gebeld", "hulp_bij_lezen", "geen_berichten",
)  # fmt: skip
_AFTER = ("eerder_afgedaan", "bron_dicht")
CIRCUMSTANTIAL = (*_BEFORE, *_AFTER)
#: Their codes: O.. are those of the catalogue, P = the person, A = an article of the AVG.
CODES = {
    "beperking": "A18", "bezwaar_verwerking": "A21", "bewering": "A16", "bewering_gegrond": "A16",
    "geen_berichten": "P05",
    "afgedaan": "O03", "gedetineerd": "P01", "kind_elders": "P02", "wil_gebeld": "P03", "hulp_bij_lezen": "P04",
    "vertegenwoordiger_onbereikbaar": "O08",
    "eerder_afgedaan": "O03", "bron_dicht": "O05",
}  # fmt: skip


@dataclass(frozen=True)
class Household:
    """What is known of a household whatever its findings are; None = nobody can say.

    What stands in the way of a letter then counts as yes, and what is another way to reach them as no.

    Attributes:
        gedetineerd: whether one of them is detained.
        kind_elders: whether a child lives with neither of its parents.
        wil_gebeld: whether they asked to be called.
        hulp_bij_lezen: whether they asked for help with reading, or for an interpreter.
        wil_email: whether they asked for e-mail, at an address they showed to be theirs.
        mobiel: whether there is a mobile number they showed to be theirs.
        vertegenwoordiger_bereikbaar: whether who acts for them may know of it and has a whole postal address.
    """

    gedetineerd: bool | None = None
    kind_elders: bool | None = None
    wil_gebeld: bool | None = None
    hulp_bij_lezen: bool | None = None
    wil_email: bool | None = None
    mobiel: bool | None = None
    vertegenwoordiger_bereikbaar: bool | None = None


#: A household of which nothing special is known for sure.
PLAIN = Household(
    gedetineerd=False,
    kind_elders=False,
    wil_gebeld=False,
    hulp_bij_lezen=False,
    wil_email=False,
    mobiel=False,
    vertegenwoordiger_bereikbaar=False,
)


@dataclass(frozen=True)
class Capacity:
    """How many letters and tasks a night may make; None = as many as there are. What can't wait does not count."""

    brieven: int | None = None
    taken: int | None = None
    taken_per_consulent: int | None = None


@dataclass(frozen=True)
class Made:
    """What this very night made before, when it is run again."""

    brieven: int = 0
    taken: Mapping[str | None, int] = field(default_factory=dict)
    """By consulent; None = tasks that are nobody's yet."""


@dataclass(frozen=True)
class Circumstances:
    """What a night knows besides its findings.

    Attributes:
        peildatum: the night.
        unusable: rules that read a source which is too old or incomplete tonight: nothing goes out on them.
        closings: the last thing a human said to close or open a finding, by its id.
        letters: the nights of the letters that told of a finding and were not taken back, by its id, the oldest first.
        addressees: whom the last of those letters was addressed to, by finding; not there = the inwoner.
        answered: findings to which the inwoner answered, or about which there was contact.
        tasks: the open tasks: signaal_id and soort.
        last_letter: dossiernummer -> night of the last letter to that household, tonight's included.
        rest_days: a household gets at most one letter in so many days (E18).
        patient: rules that ask about nothing that happened -> so many days they wait after any letter.
        households: what is known of each household, by dossiernummer.
        cheerful: the letters that would hurt where a child is placed elsewhere.
        answer_days: so many days a letter gives to answer: nobody calls before they are over.
        quiet: whether tonight no letter goes out.
        capacity: how much a night may make.
        made: what tonight made already.
        verzoeken: what inwoners asked about their own data, by dossiernummer and by person key.
    """

    peildatum: date
    unusable: frozenset[str] = frozenset()
    closings: Mapping[str, Closing] = field(default_factory=dict)
    letters: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    addressees: Mapping[str, str] = field(default_factory=dict)
    answered: frozenset[str] = frozenset()
    tasks: frozenset[tuple[str, str]] = frozenset()
    last_letter: Mapping[str, date] = field(default_factory=dict)
    rest_days: int = 30
    patient: Mapping[str, int] = field(default_factory=dict)
    households: Mapping[str, Household] = field(default_factory=dict)
    cheerful: frozenset[str] = frozenset()
    answer_days: int = 0
    quiet: bool = False
    capacity: Capacity = Capacity()
    made: Made = Made()
    verzoeken: Mapping[str, tuple[Verzoek, ...]] = field(default_factory=dict)

    def asked(self, finding: Finding) -> tuple[Verzoek, ...]:
        """The requests that are about a finding."""
        if not self.verzoeken:
            return ()
        keys = (finding.dossiernummer, *sorted(keys_in(finding)))
        found = {one.verzoek_id: one for key in keys for one in self.verzoeken.get(key, ())}
        return tuple(one for one in found.values() if one.concerns(finding))

    def rests(self, finding: Finding) -> bool:
        """Whether the household had a letter too short a time ago for one about this; a reminder waits no longer."""
        last = self.last_letter.get(finding.dossiernummer)
        patience = 0 if finding.signaal_id in self.letters else self.patient.get(finding.regel, 0)
        days = max(self.rest_days, patience)
        return last is not None and self.peildatum < last + timedelta(days=days)


def circumstantial(found: Finding, now: Circumstances, kolom: str) -> Finding:
    """A finding with what no fact view can say tested too.

    Args:
        found: as its rule made it.
        now: the circumstances.
        kolom: the column of the policy for what it asks: what is about letters only is tested for letters only.
    """
    home = now.households.get(found.dossiernummer, Household())
    closing = now.closings.get(found.signaal_id)
    cheerful = found.bericht in now.cheerful
    asked = {(one.soort, one.stand) for one in now.asked(found) if one.geldt}
    first = [
        _verdict("beperking", Reden.BEPERKING, _asks(asked, Verzoeksoort.BEPERKING)),
        _verdict("bezwaar_verwerking", Reden.BEZWAAR_VERWERKING, _asks(asked, Verzoeksoort.BEZWAAR)),
        _verdict("afgedaan", Reden.AFGEDAAN, closing is not None and closing.covers(found)),
        _verdict("bewering_gegrond", Reden.BEWERING_GEGROND, (Verzoeksoort.BEWERING, Verzoekstand.GEGROND) in asked),
        _verdict("bewering", Reden.BEWERING, (Verzoeksoort.BEWERING, Verzoekstand.OPEN) in asked),
    ]
    last = [
        _verdict("eerder_afgedaan", Reden.EERDER_AFGEDAAN, closing is not None),
        _verdict("bron_dicht", Reden.BRON_NIET_BRUIKBAAR, found.regel in now.unusable),
    ]
    if kolom in ("brief", "taak"):
        first.append(_verdict("gedetineerd", Reden.GEDETINEERD, home.gedetineerd))
    if kolom == "brief":
        first.append(_verdict("kind_elders", Reden.KIND_ELDERS, home.kind_elders if cheerful else False))
        out_of_reach = _out_of_reach(found, home)
        first.append(_verdict("vertegenwoordiger_onbereikbaar", Reden.VERTEGENWOORDIGER, out_of_reach))
    if kolom in ("brief", "taak"):
        # For a task they stand in no way: whoever calls should know.
        first += [
            _verdict("wil_gebeld", Reden.WIL_GEBELD, home.wil_gebeld),
            _verdict("hulp_bij_lezen", Reden.HULP_BIJ_LEZEN, home.hulp_bij_lezen),
        ]
    if kolom == "brief":
        first.append(_verdict("geen_berichten", Reden.GEEN_BERICHTEN, _asks(asked, Verzoeksoort.GEEN_BERICHTEN)))
    return _tested(found, first, last)


def by_whom(verzoeken: Iterable[Verzoek]) -> dict[str, tuple[Verzoek, ...]]:
    """Requests by dossiernummer and by person key, for ``Circumstances.verzoeken``."""
    found: dict[str, tuple[Verzoek, ...]] = {}
    for one in verzoeken:
        for key in filter(None, (one.dossiernummer, one.persoon_sleutel)):
            found[key] = (*found.get(key, ()), one)
    return found


def _asks(asked: Iterable[tuple[Verzoeksoort, Verzoekstand]], soort: Verzoeksoort) -> bool:
    return any(kind is soort for kind, _ in asked)


def _out_of_reach(found: Finding, home: Household) -> bool | None:
    """Whether somebody acts for them to whom no letter can go; where nobody can say whether somebody does, nor this."""
    acts = next((verdict.geldt for verdict in found.onderdrukkers if verdict.naam == "vertegenwoordiger"), False)
    return not home.vertegenwoordiger_bereikbaar if acts else acts


def as_circumstanced(found: Finding, then: Finding) -> Finding:
    """A finding with what no fact view can say as it was tested for the same finding on another moment."""
    said = {verdict.naam: verdict for verdict in then.onderdrukkers}
    before, after = ([said[naam] for naam in names if naam in said] for names in (_BEFORE, _AFTER))
    return _tested(found, before, after)


def _tested(found: Finding, before: Iterable[Verdict], after: Iterable[Verdict]) -> Finding:
    tested = found.model_copy(update={"onderdrukkers": (*before, *found.onderdrukkers, *after)})
    # A restricted group shares out its own work.
    return tested.model_copy(update={"consulent_id": None}) if tested.beperkt else tested


@cache
def _verdict(naam: str, reden: Reden, holds: bool | None) -> Verdict:  # noqa: FBT001
    return Verdict(naam=naam, code=CODES[naam], reden=reden, geldt=holds)
