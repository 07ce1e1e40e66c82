"""The steps of a night, each a plain function of a work folder and a peildatum; ``nightly`` makes them a flow.

A step opens the databases it needs and closes them again, so that any step can be run again by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from advice.circumstances import CIRCUMSTANTIAL, Circumstances, Household, Made, by_whom, circumstantial
from advice.gesprek import gidsen
from advice.policy import FOLDER as POLICY_FOLDER
from advice.policy import Beleid, policy_on
from advice.route import advise
from contracts.decision import Decision
from contracts.delivery import MANIFEST_NAME, Delivery, read_manifest
from contracts.errors import CasebookError, DeliveryError, PolicyError, RuleError, TijdigError
from contracts.finding import Finding, Nudge, Richting
from contracts.parameters import Used, parameter, refuse_unseen, together
from contracts.receipt import Receipt
from contracts.tables import Bron, Doel
from contracts.verwerkingen import Activiteit
from flows.casebook import has_casebook, kept_casebook, open_casebook
from flows.dated import (
    ALONE,
    COUPLE,
    INRICHTING,
    LEEFVORMEN,
    ONE_UNDER_21,
    UNDER_21,
    amounts,
    dated_values,
    halves,
    if_known,
    totals,
)  # fmt: skip
from flows.gemeenten.transfer import transfers
from flows.logboek import in_findings, processing
from flows.memory import at_most
from flows.progress import show
from flows.settings import Workplace
from matching.effect import Effects
from matching.gate import Gate, judge_all
from matching.households import read_households
from matching.identify import Sides, require_weights
from matching.intake.take_in import Refused, take_in
from matching.norm.table import norms_since
from matching.receipt import make_receipts
from matching.rule import Reading, Rule, all_rules
from matching.suppressors import SUPPRESSORS
from matching.views import VIEWS, ViewParameters, build_views, keep_subjects, read_view, sides_to_link
from notifications.template import berichten
from notifications.template import load as load_template
from store import snapshot
from store.casebook import INWONER, ON_PAPER, REMINDER, REPRESENTATIVE, Casebook, NightResult, Way
from store.warehouse import REBUILD, TakenIn, Warehouse

#: The column that says what the norm of the law is.
NORM_OF_THE_LAW = "norm_laagste_cent"
_COMPARE = Activiteit.REGISTERVERGELIJKING


@dataclass(frozen=True)
class Sources:
    """The sources of a night: the newest delivery of each, its gate, and what was refused."""

    taken: tuple[TakenIn, ...]
    gates: tuple[Gate, ...]
    refused: tuple[Refused, ...] = ()

    @property
    def closed(self) -> frozenset[Bron]:
        """The sources that can't be used tonight."""
        return frozenset(gate.bron for gate in self.gates if not gate.open)

    @property
    def unusable(self) -> frozenset[str]:
        """The rules that need one of those."""
        return frozenset(rule.rule_id for rule in all_rules() if self.closed & set(rule.sources))

    @property
    def may_print(self) -> bool:
        """Whether names and addresses can be trusted tonight: they come from the dienst and the BRP."""
        return not self.closed & {Bron.UITKERINGSGEGEVENS, Bron.BRP}


@dataclass(frozen=True)
class Found:
    """What the rules found on a night."""

    findings: tuple[Finding, ...]
    uitkeringen: int
    niet_in_brp: int
    receipts: Mapping[str, Receipt] = field(default_factory=dict)
    """The receipt of each, by signaal_id."""
    gebruikt: tuple[Used, ...] = ()
    """The dated values that were used."""
    unusable: frozenset[str] = frozenset()
    """The rules that could not see, for the norms of the day are not known."""
    households: Mapping[str, Household] = field(default_factory=dict)
    """What is known of the households of these findings, by dossiernummer."""


def open_warehouse(work: Workplace, *, read_only: bool = False) -> Warehouse:
    """The warehouse of a work folder.

    Raises:
        TijdigError: it is in use or damaged; or it is gone, and there is what to rebuild it from: an empty one in its
            place would forget what deliveries said.
        SettingsError: the secret for person keys is damaged.
    """
    if not work.warehouse.exists() and snapshot.newest(work.snapshots) is not None:
        raise TijdigError("The warehouse is gone.", where=work.warehouse, todo=f"Run {REBUILD}.")
    if not work.warehouse.exists() and not read_only:
        _ = work.sleutel  # made before there is a warehouse, and never after
    return Warehouse(work.warehouse, memory=at_most(work.settings.geheugen), read_only=read_only)


def find_deliveries(work: Workplace, peildatum: date) -> tuple[list[Delivery], list[Refused]]:
    """Deliveries up to ``peildatum`` in ``leveringen/``, and the manifests there that can't be read."""
    deliveries: list[Delivery] = []
    refused: list[Refused] = []
    for path in sorted(work.leveringen.rglob(MANIFEST_NAME)):
        try:
            deliveries.append(read_manifest(path))
        except DeliveryError as error:
            refused.append(Refused(error))
    return [delivery for delivery in deliveries if delivery.manifest.peildatum <= peildatum], refused


def take_in_all(work: Workplace, peildatum: date) -> Sources:
    """Take in every delivery that is not known yet, and judge each source.

    Raises:
        DeliveryError: there is nothing to work with: no delivery was ever taken in.
    """
    if work.settings.koppelgewichten:
        require_weights(work.settings.koppelgewichten)
    deliveries, unread = find_deliveries(work, peildatum)
    # Whose data these are is known, and written down, when they are laid side by side: of others nothing stays.
    with processing(work, _COMPARE, "leveringen innemen"), open_warehouse(work) as warehouse:
        came = take_in(
            warehouse, deliveries, now=datetime.now(UTC), mappings=work.settings.leveringen,
            gewichten=work.settings.koppelgewichten,
            progress=lambda what: show(f"Leveringen innemen: {what} ..."),
        )  # fmt: skip
        # Before anything is judged by it, and long before the files of a delivery go.
        snapshot.keep(warehouse, work.snapshots, datetime.now(UTC))
        refused = (*unread, *came.refused)
        _require_something(work, warehouse, refused)
        known = [taken for taken in warehouse.deliveries() if taken.peildatum <= peildatum]
    newest = {taken.bron: taken for taken in known}
    return Sources(
        taken=tuple(newest[bron] for bron in Bron if bron in newest),
        gates=judge_all(known, refused, peildatum, work.settings.gate_limits),
        refused=refused,
    )


def _require_something(work: Workplace, warehouse: Warehouse, refused: Sequence[Refused]) -> None:
    if warehouse.stand():
        return
    if refused:
        raise refused[0].error
    raise DeliveryError(
        "No delivery up to this day.", where=work.leveringen,
        todo=f"Put each delivery in a folder of its own there, with its {MANIFEST_NAME}.",
    )  # fmt: skip


def find(work: Workplace, peildatum: date) -> Found:
    """Make the fact views and run every rule that holds on ``peildatum``.

    Raises:
        ParameterError: this counts, and a dated value that was used is from memory.
    """
    findings: list[Finding] = []
    rules, parameters = rules_on(peildatum), view_parameters(work, peildatum)
    with processing(work, _COMPARE, "gegevens vergelijken") as step, open_warehouse(work) as warehouse:
        reading = read_now(warehouse, peildatum)
        show("Feiten leggen ...")
        norms = build_views(warehouse, parameters)
        keep_subjects(warehouse, parameters)
        step.about_all(warehouse)
        effects = Effects.read(warehouse, norms, work.settings.herziening_maanden)
        views = {name: read_view(warehouse, name) for name in VIEWS}
        for rule in rules:
            show(f"Regel {rule.rule_id} toepassen ...")
            findings += rule.find(views[rule.view], reading, effects)
        receipts = make_receipts(warehouse, rules, findings, parameters, work.settings.herziening_maanden)
        households = households_of(warehouse, findings)
        running, unknown = warehouse.running(peildatum)
    of_effects = (finding.effect.waarden for finding in findings if finding.effect)
    used = together(*parameters.waarden.values(), norms.used, *of_effects)
    if work.settings.productie:
        refuse_unseen(used)
    return Found(
        tuple(findings), running, unknown, receipts, used, _without_norms(peildatum),
        households,
    )  # fmt: skip


def _without_norms(peildatum: date) -> frozenset[str]:
    """The rules that need the norms of a day on which they are not known: what they do not find is not gone."""
    if norms_since(peildatum) is not None:
        return frozenset()
    return frozenset(rule.rule_id for rule in all_rules() if NORM_OF_THE_LAW in rule.reads)


def households_of(warehouse: Warehouse, findings: Iterable[Finding]) -> dict[str, Household]:
    """What is known of the households of these findings, by dossiernummer; with the views of the night."""
    known = read_households(warehouse, {finding.dossiernummer for finding in findings})
    return {dossiernummer: Household(**said) for dossiernummer, said in known.items()}


def read_now(warehouse: Warehouse, peildatum: date) -> Reading:
    """What the views of tonight are made from."""
    newest = warehouse.newest(until=peildatum)
    return Reading(peildatum, warehouse.stand(), {bron: taken.levering_id for bron, taken in newest.items()})


def view_parameters(work: Workplace, peildatum: date) -> ViewParameters:
    """What the views need besides the deliveries: thresholds and dated values of the day."""
    settings = work.settings
    return ViewParameters(
        peildatum=peildatum,
        kostendelersleeftijd=parameter("kostendelersleeftijd").on(peildatum).waarde,
        massa_adres_boven=settings.massa_adres_boven,
        werkgebied=settings.werkgebied,
        sleutel=work.sleutel,
        overdracht=transfers(work),
        zomergat_dagen=settings.zomergat_dagen,
        vervolg_dagen=settings.vervolgopleiding_dagen,
        studie_vooraf_dagen=settings.studie_vooraf_dagen,
        duo_dagen=settings.duo_hoogstens_dagen_oud,
        studiefinanciering_leeftijd=parameter("studiefinanciering_leeftijd").on(peildatum).waarde,
        schoolverlater_maanden=parameter("verlaging_schoolverlater_maanden").on(peildatum).waarde,
        opgave_dagen=settings.opgave_dagen,
        kostendeler_vooraf_dagen=settings.kostendeler_vooraf_dagen,
        leeftijd_21_vooraf_dagen=settings.leeftijd_21_vooraf_dagen,
        leeftijd_27_vooraf_dagen=settings.leeftijd_27_vooraf_dagen,
        leeftijd_27_na_dagen=settings.leeftijd_27_na_dagen,
        inkomen_drempel_cent=settings.inkomen_drempel_cent,
        vrijlating_procent=if_known("inkomstenvrijlating", peildatum),
        aow_vooraf_maanden=settings.aow_vooraf_maanden,
        kind_18_vooraf_dagen=settings.kind_18_vooraf_dagen,
        rouw_dagen=settings.rouw_dagen,
        overlijden_dagen=settings.overlijden_dagen,
        contact_maanden=settings.contact_maanden,
        achterstand_dagen=settings.achterstand_dagen,
        indexering_dagen=settings.indexering_dagen,
        terugkijkgrens_dagen=settings.terugkijkgrens_dagen,
        aow_leeftijd=parameter("aow_leeftijd").waarden,
        normen_onder_21=amounts(*UNDER_21),
        normen_een_onder_21=amounts(*ONE_UNDER_21),
        normen_inrichting=totals(*INRICHTING),
        normen_vol=(*amounts(*ALONE, *COUPLE), *halves(*COUPLE), *totals(*INRICHTING)),
        vermogensgrenzen={vorm: parameter(f"vermogensgrens_{vorm}").waarden for vorm in LEEFVORMEN},
        vermogen_hoogstens_maanden=settings.vermogen_hoogstens_maanden,
        koppelgewichten=settings.koppelgewichten,
        besluiten=decisions_on(work, peildatum),
        instellingen=tuple(
            (a.postcode, str(a.huisnummer or ""), a.huisletter, a.toevoeging) for a in settings.instellingen
        ),
        waarden=dated_values(peildatum, settings.aow_vooraf_maanden),
    )


def decisions_on(work: Workplace, peildatum: date) -> tuple[Decision, ...]:
    """What humans decided about links in the nights before this one."""
    if not has_casebook(work):
        return ()
    with open_casebook(work) as casebook:
        return casebook.link_decisions(before=peildatum)


def sides_of_last_night(work: Workplace) -> Sides:
    """Who was to be linked to whom on the last night of a work folder, as known now.

    Raises:
        CasebookError: no night was run.
    """
    with kept_casebook(work) as casebook:
        peildatum = casebook.last_night()
    if peildatum is None:
        raise CasebookError("No night was run here.", where=work.folder, todo="Run `tijdig run` first, or give files.")
    parameters = view_parameters(work, peildatum)
    with processing(work, Activiteit.KOPPELING, "koppelingen nagaan") as step, open_warehouse(work) as warehouse:
        sides = sides_to_link(warehouse, parameters)
        keep_subjects(warehouse, parameters)
        step.about_all(warehouse)
        return sides


def rules_on(peildatum: date) -> list[Rule]:
    """The rules that run on a night: they hold by then, and their purpose is allowed (E13).

    Raises:
        NoticeError: a rule names a letter that does not exist.
        RuleError: rules of one direction only would run (E03).
    """
    for rule in all_rules():
        for variant in rule.variants.values():
            if variant.bericht is not None:
                load_template(variant.bericht)
    running = [rule for rule in all_rules() if rule.holds_on(peildatum) and rule.doel is Doel.ACTUALISEREN]
    said = {variant.richting for rule in running for variant in rule.variants.values()}
    if (Richting.VOORDEEL in said) != (Richting.NADEEL in said):
        raise RuleError(
            "Rules to the advantage of an inwoner and rules to the disadvantage run together, or not at all.",
            where=f"matching/rules on {peildatum}", todo="Give back the rules of the other direction.",
        )  # fmt: skip
    return running


def decide_and_record(
    work: Workplace, peildatum: date, found: Found, *, unusable: frozenset[str] = frozenset()
) -> NightResult:
    """Advise on every finding and write the night to the casebook, in one transaction."""
    unusable |= found.unusable
    beleid = policy_on(peildatum)
    require_whole(beleid)
    gidsen().require(rule.rule_id for rule in all_rules())
    with processing(work, _COMPARE, "signalen vastleggen") as step, open_casebook(work) as casebook:
        mark = casebook.mark()
        circumstances = circumstances_of(work, casebook, peildatum, found, unusable)
        findings = [circumstantial(one, circumstances, beleid.vraag(one.route).kolom) for one in found.findings]
        receipts = {f.signaal_id: found.receipts[f.signaal_id].about(f, beleid.kenmerk) for f in findings}
        advice = advise(findings, circumstances, beleid)
        readers = {key: one.aan for key, one in advice.items() if isinstance(one, Nudge)}
        on_paper = casebook.told_on_paper()
        term = timedelta(days=work.settings.huis.reactietermijn_dagen)
        step.about(in_findings(findings))
        return casebook.record(
            peildatum, findings, advice, unusable=unusable, receipts=receipts, read_before=peildatum - term,
            mark=mark, held=casebook.held_back(casebook.requests_in_force()),
            way=lambda head, soort: way(
                work, found.households.get(head.dossiernummer, Household()), soort, readers[head.signaal_id],
                had_letter=head.signaal_id in on_paper,
            ),
        )  # fmt: skip


def way(
    work: Workplace, household: Household, soort: str, aan: str = INWONER, *, had_letter: bool = True
) -> Way:  # fmt: skip
    """How a notice to a household goes: a letter, unless somebody wants another form and can surely be reached so.

    Args:
        work: the work folder, for its channels.
        household: what is known of it.
        soort: a letter or a reminder.
        aan: who reads it.
        had_letter: whether the inwoner had a letter about it before.
    """
    kanalen = work.settings.kanalen
    if aan == REPRESENTATIVE:
        # To an office, by post: an e-mail address or number is the inwoner's own.
        return Way("brief", kanalen.brief, REPRESENTATIVE)
    if kanalen.email is not None and household.wil_email:
        return Way("email", kanalen.email, "email_herinnering" if soort == REMINDER else "email_vraag")
    # It speaks of the letter that came before.
    if soort == REMINDER and had_letter and kanalen.sms is not None and household.mobiel:
        return Way("sms", kanalen.sms, "sms_herinnering")
    return ON_PAPER._replace(kanaal=kanalen.brief)


def circumstances_of(
    work: Workplace, casebook: Casebook, peildatum: date, found: Found, unusable: frozenset[str]
) -> Circumstances:
    """What advice needs to know of a night besides its findings."""
    settings = work.settings
    return Circumstances(
        peildatum=peildatum,
        unusable=unusable,
        closings=casebook.closings(before=peildatum),
        letters=casebook.sent(),
        addressees=casebook.addressees(),
        answered=casebook.answered(),
        tasks=casebook.open_tasks(),
        last_letter=casebook.last_letters(),
        rest_days=settings.rust_dagen,
        patient=settings.patient,
        households=found.households,
        cheerful=cheerful(),
        answer_days=settings.huis.reactietermijn_dagen,
        quiet=settings.is_quiet(peildatum),
        capacity=settings.capacity,
        made=Made(*casebook.made_on(peildatum)),
        verzoeken=by_whom(casebook.requests_in_force()),
    )


def cheerful() -> frozenset[str]:
    """The letters that would hurt where a child is placed elsewhere."""
    return frozenset(bericht for bericht in berichten() if load_template(bericht).vrolijk)


def require_whole(beleid: Beleid) -> None:
    """Refuse a policy that does not say what becomes of everything that is tested.

    Raises:
        PolicyError: a suppressor is missing in it, or stands under another reason.
    """
    known = {*SUPPRESSORS, *CIRCUMSTANTIAL}
    wrong = sorted(known ^ beleid.tested) or sorted(
        name for name, one in SUPPRESSORS.items() if beleid.reden(name) is not one.reden
    )
    if wrong:
        raise PolicyError(
            f"Policy and suppressors do not fit: {wrong}.", where=f"{POLICY_FOLDER}, version {beleid.versie}",
            todo="Name each suppressor once, under its own reason.",
        )  # fmt: skip


def clear_deliveries(work: Workplace, peildatum: date) -> int:
    """Remove the files of deliveries that were taken in and whose term is over; returns how many deliveries.

    A BRP file is about a whole gemeente: it does not outlive the night that took it in, unless the settings say so.
    """
    with open_warehouse(work) as warehouse:
        taken = {found.levering_id for found in warehouse.deliveries()}
    term = timedelta(days=work.settings.leveringen_bewaren_dagen)
    due = [
        delivery
        for delivery in find_deliveries(work, peildatum)[0]
        if delivery.manifest.levering_id in taken and delivery.manifest.peildatum + term <= peildatum
    ]
    for delivery in due:
        delivery.remove()
    return len(due)
