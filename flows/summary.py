"""What a night came to, counted from casebook and warehouse for the report."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import Row

from advice.policy import policy_on
from advice.standing import place
from contracts.finding import REDEN_ZIN, Reden, Richting
from contracts.parameters import to_confirm
from contracts.rechten import ALARM_DAYS, VERZOEK_ZIN, Verzoek, Verzoeksoort
from flows.mailroom import Delivered
from flows.report.model import (
    ClosedLine,
    EffectLine,
    NightReport,
    ReasonLine,
    RefusedLine,
    RejectLine,
    RemarkLine,
    RequestLine,
    RuleLine,
    SourceLine,
    StepLine,
    TroubleLine,
)
from flows.sampling import sample_lines
from flows.settings import Workplace
from flows.standing import age_lines, standing_of, wait_lines
from flows.steps import Found, Sources, rules_on
from matching.gate import Gate
from matching.intake.take_in import Refused
from matching.rule import Rule
from store.casebook import LIVE, PRINT, Casebook, NightResult
from store.warehouse import TakenIn


@dataclass(frozen=True)
class Night:
    """What the steps of a night hand to its report."""

    peildatum: date
    sources: Sources
    found: Found
    result: NightResult
    steps: Sequence[StepLine]
    delivered: Delivered


def summarise(
    work: Workplace, night: Night, rejected: pl.DataFrame, remarks: pl.DataFrame, casebook: Casebook
) -> NightReport:
    """The report of a night; the same night again gives the same counts."""
    peildatum, found, result = night.peildatum, night.found, night.result
    new = casebook.findings_of(peildatum)
    tasks = casebook.tasks_of(peildatum)
    letters = casebook.letters_made_on(peildatum)
    by_rule = Counter((row.regel, row.richting, row.advies) for row in new)
    reasons = Counter((row.reden, row.advies) for row in new if row.reden is not None)
    sources = night.sources
    beleid = policy_on(peildatum)
    standing = [standing_of(row) for row in casebook.standing()]
    delivered = {taken.bron for taken in sources.taken}
    judged = {g.bron: g for g in sources.gates}
    return NightReport(
        gemeente=work.settings.gemeente,
        peildatum=peildatum,
        gemaakt_op=datetime.now(UTC),
        versie=version("tijdig"),
        bronnen=tuple(_source(taken, judged[taken.bron]) for taken in sources.taken),
        zonder_levering=tuple(
            ClosedLine(bron=g.bron, poort=g.reden, waarschuwing=g.warns)
            for g in sources.gates
            if g.bron not in delivered
        ),
        geweigerd=tuple(map(_refused, sources.refused)),
        opmerkingen=tuple(_remarks(remarks)),
        afkeur=tuple(_rejects(rejected)),
        regels=tuple(line for rule in rules_on(peildatum) for line in _rule_lines(rule, by_rule)),
        redenen=tuple(
            ReasonLine(reden=reden, zin=REDEN_ZIN[Reden(reden)], advies=advies, aantal=count)
            for (reden, advies), count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        ),
        uitkeringen=found.uitkeringen,
        niet_in_brp=found.niet_in_brp,
        nieuw=len(new),
        heropend=result.heropend,
        gesloten=len(casebook.closed_on(peildatum)),
        lopend=len(standing) - len(new),
        brieven=sum(row.status in LIVE for row in letters),
        anders=sum(row.status in LIVE and row.kanaal != PRINT for row in letters),
        taken=len(tasks),
        spoed=sum(row.spoed for row in tasks),
        ingetrokken=result.ingetrokken,
        bijgekomen=result.nieuw if casebook.was_run(peildatum) else None,
        storingen=tuple(TroubleLine.model_validate(one.model_dump()) for one in night.delivered.storingen),
        te_bevestigen=to_confirm(found.gebruikt),
        zonder_normen=bool(found.unusable),
        effecten=tuple(_effects(new)),
        te_doen=sum(place(one, beleid) is not None for one in standing),
        ouderdom=tuple(age_lines(standing, peildatum, beleid)),
        wachten=tuple(wait_lines(standing, beleid)),
        steekproeven=tuple(sample_lines(casebook, peildatum)),
        verzoeken=tuple(_requests(casebook.requests(open_only=True), peildatum)),
        stappen=tuple(night.steps),
    )


def _requests(waiting: Sequence[Verzoek], peildatum: date) -> Iterator[RequestLine]:
    """A line for each kind of request that waits for an answer."""
    for soort in Verzoeksoort:
        left = [one.days_left(peildatum) for one in waiting if one.soort is soort]
        if left:
            yield RequestLine(
                soort=soort, zin=VERZOEK_ZIN[soort], aantal=len(left), te_laat=sum(days < 0 for days in left),
                nabij=sum(0 <= days <= ALARM_DAYS for days in left),
                uiterlijk=min(one.uiterlijk for one in waiting if one.soort is soort),
            )  # fmt: skip


def _effects(new: Sequence[Row[Any]]) -> Iterator[EffectLine]:
    """What the new findings of each direction mean together, of those that say so."""
    for richting in Richting:
        told = [row.inhoud["effect"] for row in new if row.richting == richting and row.inhoud.get("effect")]
        if told:
            yield EffectLine(
                richting=richting, aantal=len(told), laagste=sum(one["laagste"] for one in told),
                hoogste=sum(one["hoogste"] for one in told),
            )  # fmt: skip


def _source(taken: TakenIn, judged: Gate) -> SourceLine:
    fields = set(SourceLine.model_fields) - {"open", "poort", "gelijk", "geminimaliseerd"}
    return SourceLine(
        **taken.model_dump(include=fields), geminimaliseerd=taken.geminimaliseerd,
        gelijk=taken.gelijk_aan is not None, open=judged.open, poort=judged.reden,
    )  # fmt: skip


def _refused(found: Refused) -> RefusedLine:
    error = found.error
    return RefusedLine(bron=found.bron, wat=error.what, waar="/".join(Path(error.where).parts[-2:]), doen=error.todo)


def _remarks(remarks: pl.DataFrame) -> list[RemarkLine]:
    return [RemarkLine.model_validate(row) for row in remarks.drop("levering_id").iter_rows(named=True)]


def _rejects(rejected: pl.DataFrame) -> list[RejectLine]:
    counted = rejected.group_by("tabel", "code", "zacht").agg(aantal=pl.len()).sort("tabel", "zacht", "code")
    return [RejectLine.model_validate(row) for row in counted.iter_rows(named=True)]


def _rule_lines(rule: Rule, counts: Counter[tuple[str, str, str]]) -> Iterator[RuleLine]:
    """One line a direction: a rule may have two."""
    for richting in dict.fromkeys(variant.richting for variant in rule.variants.values()):
        by_advice = {advice: counts[rule.rule_id, richting, advice] for advice in ("nudge", "taak", "geen_actie")}
        yield RuleLine(
            regel=rule.rule_id, titel=rule.title, richting=richting, nieuw=sum(by_advice.values()),
            grondslag=", ".join(map(str, rule.grondslagen)), **by_advice,
        )  # fmt: skip
