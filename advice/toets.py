"""The facts of the drietrapstoets: what the system knows of a finding, and what it does not.

A function of its inputs, without a clock. It answers nothing: that is for a human (``contracts.oordeel``), and there
is no place for an answer in what it makes. It tells no more of a housemate than the finding itself does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from advice.gesprek import Gidsen
from advice.policy import Beleid
from contracts.dutch import calendar_date, euro, number
from contracts.finding import Finding, Reden, Richting, Route
from contracts.message import STAND_ZIN, named
from contracts.outcome import UITKOMST_ZIN
from contracts.publish_words import BRON_NAAM
from contracts.tables import Bron
from contracts.toets import Bekend, Brief, Eigen, Feit, FeitSoort, Toets

#: Facts of a finding that say that another source saw the same.
SEEN_TOO: Final[Mapping[str, Bron]] = {"ib_gezien": Bron.IB}
#: Facts that say something of a housemate that nobody is told, and the source that said it: that goes unnamed too.
UNTOLD: Final[Mapping[str, Bron]] = {"studeert": Bron.DUO, "studeert_misschien": Bron.DUO}

#: The day of the last talk about who lives there, where a finding holds it.
TALK: Final = "contact_op"


class _Test(NamedTuple):
    """Something that was tested: who can answer it, and the sentence for each answer."""

    soort: FeitSoort
    bronnen: tuple[Bron, ...]
    ja: str
    nee: str
    of: str
    """Whether it is so, to say that this is not known."""


#: Who or what helps, by the name of its test.
_HELPS: Final = (
    _Test(
        "vertegenwoordiger", (Bron.UITKERINGSGEGEVENS, Bron.BRP),
        ja="Er is een bewindvoerder, curator of gemachtigde.",
        nee="De dienst kent geen bewindvoerder, curator of gemachtigde.",
        of="of er een bewindvoerder, curator of gemachtigde is",
    ),
    _Test(
        "wil_gebeld", (Bron.UITKERINGSGEGEVENS,),
        ja="De inwoner vroeg om gebeld te worden.",
        nee="De inwoner vroeg niet om gebeld te worden.",
        of="of de inwoner vroeg om gebeld te worden",
    ),
    _Test(
        "hulp_bij_lezen", (Bron.UITKERINGSGEGEVENS,),
        ja="De inwoner vroeg om hulp bij lezen of om een tolk.",
        nee="De inwoner vroeg niet om hulp bij lezen of om een tolk.",
        of="of de inwoner vroeg om hulp bij lezen of om een tolk",
    ),
)  # fmt: skip
_MELDING: Final = _Test(
    "melding", (Bron.UITKERINGSGEGEVENS,),
    ja="Er ligt een melding hierover die de dienst nog niet verwerkte. De dienst kon het dus weten.",
    nee="Er ligt geen melding hierover die nog verwerkt moet worden.",
    of="of er een melding over ligt",
)  # fmt: skip
_RICHTING: Final = {
    Richting.VOORDEEL: "Wordt dit verwerkt, dan kan de uitkering hoger worden.",
    Richting.NADEEL: "Wordt dit verwerkt, dan kan de uitkering lager worden.",
    Richting.GEMENGD: "Wordt dit verwerkt, dan kan de uitkering hoger of lager worden.",
    Richting.NEUTRAAL: "Het bedrag van de uitkering hangt hier niet rechtstreeks van af.",
}


def toets(finding: Finding, bekend: Bekend, beleid: Beleid, gidsen: Gidsen, op: date) -> Toets:
    """The three questions about a finding, each with what is known for it.

    Args:
        finding: as it was last found.
        bekend: what the casebook knows of it.
        beleid: the policy of that day.
        gidsen: the conversation guides.
        op: the day on which it is asked: what is days ago is so from here.

    Raises:
        PolicyError: its rule has no guide.
    """
    gids = gidsen.onderwerp(finding.regel)
    return Toets(
        signaal_id=finding.signaal_id, op=op, gids=gids,
        kon_weten=tuple(_could_know(finding, bekend, gidsen.onderwerpen[gids].regels)),
        context=tuple(_context(finding, bekend, beleid, op)),
        impact=tuple(_impact(finding, bekend, beleid, op)),
    )  # fmt: skip


def _could_know(finding: Finding, bekend: Bekend, regels: tuple[str, ...]) -> Iterator[Feit]:
    """Whether there was ever information about the subject, and when."""
    about = [letter for letter in bekend.brieven if set(letter.regels) & set(regels)]
    yield from map(_letter, about)
    if about:
        yield _unknown("bezorging", "Of een brief is aangekomen en gelezen, weet Tijdig niet.", Eigen.CASEBOOK)
    else:
        yield _known("brief", "Tijdig maakte in dit huishouden nog geen brief over dit onderwerp.", Eigen.CASEBOOK)
    yield _unknown(
        "buiten_tijdig", "Wat de dienst buiten Tijdig over dit onderwerp vertelde, is niet bekend.",
        Bron.UITKERINGSGEGEVENS,
    )  # fmt: skip
    yield _talk(finding)
    for night in bekend.contacten:
        said = f"Na de nacht van {calendar_date(night)} is genoteerd dat er contact was."
        yield _known("contact", said, Eigen.CASEBOOK)
    if not bekend.contacten:
        yield _known("contact", "Er is nog geen contact genoteerd over dit signaal.", Eigen.CASEBOOK)


def _letter(letter: Brief) -> Feit:
    day, what = calendar_date(letter.nacht), named(letter.bericht)
    said = f"In de nacht van {day} was er {what} over dit onderwerp, kenmerk {letter.kenmerk}."
    return _known("brief", f"{said} {STAND_ZIN[letter.status]}", Eigen.CASEBOOK)


def _talk(finding: Finding) -> Feit:
    day = finding.feiten.get(TALK)
    source, delivered = (Bron.UITKERINGSGEGEVENS,), finding.bronnen
    if isinstance(day, str):
        said = (
            f"De dienst sprak de inwoner op {calendar_date(date.fromisoformat(day))} voor het laatst over wie er wonen."
        )
        return _known("gesprek", said, *source, delivered=delivered)
    return _unknown(
        "gesprek", "Wanneer de dienst voor het laatst sprak over wie er wonen, is hier niet bekend.", *source
    )


def _context(finding: Finding, bekend: Bekend, beleid: Beleid, op: date) -> Iterator[Feit]:
    """How long ago it is, what the dienst could know, and who helps."""
    yield _happened(finding, op)
    first = f"Tijdig zag dit voor het eerst in de nacht van {_ago(bekend.eerste_nacht, op)}."
    yield _known("eerste_nacht", f"{first} Vanaf die nacht kon de dienst het weten.", Eigen.CASEBOOK)
    if bekend.bekend_sinds > bekend.eerste_nacht:
        back = f"Het was weg of afgerond, en kwam terug in de nacht van {_ago(bekend.bekend_sinds, op)}."
        yield _known("terug", back, Eigen.CASEBOOK)
    yield _alarm(bekend, beleid, op)
    yield _reported(finding)
    yield from _seen_too(finding)
    for helper in _HELPS:
        yield _tested(helper, [v.geldt for v in finding.onderdrukkers if v.naam == helper.soort], finding.bronnen)
    for closed in bekend.afgerond:
        when = f"Na de nacht van {calendar_date(closed.nacht)} is dit afgerond."
        yield _known("afgerond", f"{when} {UITKOMST_ZIN[closed.uitkomst]}", Eigen.CASEBOOK)


def _happened(finding: Finding, op: date) -> Feit:
    sources, delivered = _told_sources(finding), _told_deliveries(finding)
    if finding.feitdatum is None:
        return _unknown("feitdatum", "De dag van het feit is niet precies bekend.", *sources, delivered=delivered)
    if finding.feitdatum > op:
        said = f"Het feit moet nog komen: {calendar_date(finding.feitdatum)}, over {_days(finding.feitdatum, op)}."
    else:
        said = f"Het feit is van {_ago(finding.feitdatum, op)}."
    return _known("feitdatum", said, *sources, delivered=delivered)


def _alarm(bekend: Bekend, beleid: Beleid, op: date) -> Feit:
    if not bekend.open:
        return _known("alarm", "Dit signaal staat niet meer open.", Eigen.CASEBOOK)
    alarm = beleid.alarm(bekend.bekend_sinds, op)
    if alarm is None:
        return _known("alarm", "Dit signaal staat nog niet zo lang open dat er een alarm is.", Eigen.BELEID)
    return _known("alarm", f"Dit signaal staat al {alarm.naam} of langer open. {alarm.waarom}", Eigen.BELEID)


def _reported(finding: Finding) -> Feit:
    """Whether the inwoner told it already: every test that has this reason, together."""
    source, delivered = (Bron.UITKERINGSGEGEVENS,), finding.bronnen
    if finding.route is Route.BACKLOG:
        when = "" if finding.feitdatum is None else f" op {calendar_date(finding.feitdatum)}"
        said = f"De inwoner meldde dit zelf. De dienst kreeg de melding{when} en kon het dus weten."
        return _known("melding", said, *source, delivered=delivered)
    tests = [verdict.geldt for verdict in finding.onderdrukkers if verdict.reden is Reden.AL_GEMELD]
    return _tested(_MELDING, tests, delivered)


def _seen_too(finding: Finding) -> Iterator[Feit]:
    for column, bron in SEEN_TOO.items():
        if finding.feiten.get(column) is True:
            said = f"{BRON_NAAM[bron]} zegt hetzelfde. De dienst kon het dus op twee manieren weten."
            yield _known("ook_gezien", said, bron, delivered=finding.bronnen)


def _impact(finding: Finding, bekend: Bekend, beleid: Beleid, op: date) -> Iterator[Feit]:
    """What it means in euro, and when what must have been done."""
    yield _known("richting", _RICHTING[finding.richting], Eigen.REGEL)
    yield from _euros(finding)
    term = bekend.uiterlijk or beleid.uiterlijk(finding)
    if term < op:
        said = f"De termijn was {calendar_date(term)}; die dag is {_days(term, op)} geleden."
    else:
        said = f"Uiterlijk op {calendar_date(term)} hoort iemand iets gedaan te hebben, over {_days(term, op)}."
    yield _known("uiterlijk", said, Eigen.BELEID)
    command = f"tijdig mkba {finding.signaal_id}{' --beperkt' if finding.beperkt else ''}"
    said = f"Wat drie manieren om hiermee om te gaan kosten, en voor wie: {command}"
    yield _known("mkba", said, Eigen.BEREKENING)


def _euros(finding: Finding) -> Iterator[Feit]:
    effect = finding.effect
    if effect is None:
        yield _unknown("effect", "Wat dit per maand scheelt, is niet bekend.", Eigen.BEREKENING)
        yield _unknown("tot_herziening", "Wat het kost als niemand iets doet, is niet bekend.", Eigen.BEREKENING)
        return
    month = _between(effect.laagste, effect.hoogste)
    total = _between(*effect.tot_herziening)
    yield _known("effect", f"Per maand scheelt dit {month}. Een min is minder voor de inwoner.", Eigen.BEREKENING)
    said = f"Doet niemand iets, dan is dat tot de volgende herziening samen {total}."
    yield _known("tot_herziening", said, Eigen.BEREKENING)


def _tested(test: _Test, answers: Sequence[bool | None], delivered: Iterable[str]) -> Feit:
    """What tests of one thing say together: it holds, it does not, nobody can say, or none was done."""
    if True in answers:
        return _known(test.soort, test.ja, *test.bronnen, delivered=delivered)
    if not answers:
        return _unknown(test.soort, f"Bij deze regel is niet nagegaan {test.of}.", *test.bronnen)
    if None in answers:
        return _unknown(test.soort, f"Niet te zeggen is {test.of}.", *test.bronnen, delivered=delivered)
    return _known(test.soort, test.nee, *test.bronnen, delivered=delivered)


def _told_sources(finding: Finding) -> tuple[Bron, ...]:
    """The registers a finding rests on, in order, without what may not be told."""
    named = {_bron(levering) for levering in _told_deliveries(finding)}
    return tuple(bron for bron in Bron if bron in named)


def _told_deliveries(finding: Finding) -> tuple[str, ...]:
    untold = {bron for column, bron in UNTOLD.items() if finding.feiten.get(column) is not None}
    return tuple(levering for levering in finding.bronnen if _bron(levering) not in untold)


def _bron(levering: str) -> str:
    """The source of a delivery, which its id begins with."""
    return levering.partition("-")[0]


def _known(soort: FeitSoort, zin: str, *bronnen: Bron | Eigen, delivered: Iterable[str] = ()) -> Feit:
    leveringen = tuple(levering for levering in delivered if _bron(levering) in bronnen)
    return Feit(soort=soort, zin=zin, bekend=True, bronnen=bronnen, leveringen=leveringen)


def _unknown(soort: FeitSoort, zin: str, *bronnen: Bron | Eigen, delivered: Iterable[str] = ()) -> Feit:
    return _known(soort, zin, *bronnen, delivered=delivered).model_copy(update={"bekend": False})


def _ago(day: date, op: date) -> str:
    return f"{calendar_date(day)}, {_days(day, op)} geleden" if day < op else f"{calendar_date(day)}, vandaag"


def _days(one: date, other: date) -> str:
    count = abs((other - one).days)
    return "1 dag" if count == 1 else f"{number(count)} dagen"


def _between(low: int, high: int) -> str:
    return euro(low) if low == high else f"{euro(low)} tot {euro(high)}"
