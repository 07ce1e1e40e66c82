"""The desk sample of a night: drawn once, after the findings were recorded and before anything is reported."""

from collections.abc import Iterator, Sequence
from datetime import date

from advice.policy import Beleid, policy_on
from advice.sample import choose, prefix, resting_since, seed
from advice.standing import Standing, suppressed
from contracts.desk import STEEKPROEF_ZIN, Bevinding, Steekproefsoort
from contracts.verwerkingen import Activiteit
from flows.casebook import open_casebook
from flows.logboek import in_dossiers, processing
from flows.report.model import SampleLine
from flows.settings import Workplace
from flows.standing import standing_of
from flows.steps import open_warehouse
from matching.without_finding import choose_without_finding
from store.casebook import Casebook, Sampled


def draw_sample(work: Workplace, peildatum: date) -> None:
    """Choose what is looked at after this night, at the desk and without contact; a night that has it keeps it.

    What humans do after a night does not change what was chosen for it, when it is run again.
    """
    with processing(work, Activiteit.STEEKPROEF, "steekproef trekken") as log, open_casebook(work) as casebook:
        if casebook.has_sample(peildatum) or casebook.was_run(peildatum):
            return
        zaad, resting = (
            seed(work.sleutel),
            casebook.sampled_since(resting_since(peildatum)) | casebook.unused_dossiers(),
        )
        first = _suppressed(work, casebook, peildatum, zaad, resting)
        second = _without(work, casebook, peildatum, zaad, resting)
        log.about(in_dossiers(one.dossiernummer for one in (*first, *second)))
        casebook.draw(peildatum, [*first, *second])


def _suppressed(
    work: Workplace, casebook: Casebook, peildatum: date, zaad: str, resting: frozenset[str]
) -> Sequence[Sampled]:
    """Findings of which nothing comes, in households of which everybody may know."""
    soort, beleid = Steekproefsoort.ONDERDRUKT, policy_on(peildatum)
    found = {one.finding.signaal_id: one for one in _silent(casebook, beleid)}
    left_out = resting | casebook.restricted_dossiers()
    dossiers = {key: one.finding.dossiernummer for key, one in found.items()}
    chosen = choose(dossiers, work.settings.steekproef_onderdrukt, prefix(zaad, peildatum, soort), left_out)
    return [Sampled(soort, dossiers[key], key, found[key].reden) for key in chosen]


def _silent(casebook: Casebook, beleid: Beleid) -> Iterator[Standing]:
    """The open findings of which nothing comes."""
    # Only those are read whole.
    known = (standing_of(row) for row in casebook.standing() if row.advies == "geen_actie")
    return (one for one in known if suppressed(one, beleid))


def _without(
    work: Workplace, casebook: Casebook, peildatum: date, zaad: str, resting: frozenset[str]
) -> Sequence[Sampled]:
    """Households with a running uitkering in which nothing is found."""
    soort, size = Steekproefsoort.ZONDER_SIGNAAL, work.settings.steekproef_zonder_signaal
    if not size:
        return []
    others = casebook.dossiers_with_findings() | resting
    with open_warehouse(work) as warehouse:
        chosen = choose_without_finding(warehouse, peildatum, size, prefix(zaad, peildatum, soort), others)
    return [Sampled(soort, dossiernummer) for dossiernummer in chosen]


def sample_lines(casebook: Casebook, peildatum: date) -> Iterator[SampleLine]:
    """What the samples of a year up to this night came to: a line for each kind."""
    counts = casebook.sample_counts(resting_since(peildatum), peildatum)
    tonight = casebook.sample_counts(peildatum, peildatum)
    for soort in Steekproefsoort:
        yield SampleLine(
            soort=soort, zin=STEEKPROEF_ZIN[soort],
            vannacht=sum(count for (kind, _), count in tonight.items() if kind is soort),
            te_bekijken=counts.get((soort, None), 0), terecht=counts.get((soort, Bevinding.TERECHT), 0),
            gemist=counts.get((soort, Bevinding.GEMIST), 0),
            niet_te_zeggen=counts.get((soort, Bevinding.NIET_TE_ZEGGEN), 0),
        )  # fmt: skip
