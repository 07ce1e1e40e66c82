"""What a rule is: a predicate over one fact view, the law it stands on, and what is said when it speaks."""

import hashlib
import importlib
import importlib.util
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from types import ModuleType

import polars as pl

from contracts.dutch import calendar_date, euro
from contracts.errors import RuleError
from contracts.finding import Finding, Richting, Route, Verdict
from contracts.law import Artikel, Uitzondering
from contracts.tables import Bron, Doel
from matching import rules as rules_package
from matching.effect import EFFECTS, NEVER, Effects
from matching.suppressors import COMMON, SUPPRESSORS
from matching.views import SOURCES, VIEWS

Predicate = Callable[[], pl.Expr]


@dataclass(frozen=True)
class Reading:
    """What the fact views of a night were made from: enough to make them again.

    Attributes:
        peildatum: the day that was judged.
        stand: the number of the newest delivery at that moment.
        leveringen: the newest delivery of each source by then.
    """

    peildatum: date
    stand: int = 0
    leveringen: Mapping[Bron, str] = field(default_factory=dict)

    def of(self, sources: Iterable[Bron]) -> tuple[str, ...]:
        """The deliveries of these sources."""
        return tuple(sorted(self.leveringen[bron] for bron in sources if bron in self.leveringen))


@dataclass(frozen=True)
class Variant:
    """What a rule says and asks for.

    Attributes:
        richting: what the change means for the inwoner.
        route: what it asks for when nothing stands in the way.
        seen: Dutch sentence, what the register says; ``{column}`` is filled in.
        task: Dutch sentence, what a consulent could look at.
        bericht: template of its letter, for a nudge.
        effect: what it means in euro, by its name in ``matching.effect``; None where the law or the data say nothing.
    """

    richting: Richting
    route: Route
    seen: str
    task: str
    bericht: str | None = None
    effect: str | None = None

    @property
    def nudges(self) -> bool:
        """Whether it asks for a letter."""
        return self.route in (Route.NUDGE, Route.NUDGE_THEN_TASK)

    @property
    def named(self) -> set[str]:
        """The columns that its sentences and its effect name."""
        effect = EFFECTS.get(self.effect or "")
        return {*_fields(self.seen), *_fields(self.task), *(effect.reads if effect else ())}


#: The key of the one variant of a rule that always says the same.
ALWAYS = ""


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue.

    Attributes:
        rule_id: ``R01``; also the start of its file name.
        version: changes whenever what it finds may change.
        view: the fact view it reads.
        told_once_per: the columns that make a fact the same fact tomorrow.
        feitdatum: the column with the day it happened.
        variants: what it says: one under ``ALWAYS``, or one for each value of ``varies_by``.
        varies_by: the column that says which variant a row is; a null is no finding.
        suppressors: what can stand in the way, in the order in which the first one counts.
        also_seen_by: the columns that say that another source saw the same, with that source: a finding then names its
            delivery too. It may be missing: the rule does not need it.
        predicate: the condition; a null is no finding.
        uitleg: Dutch, for a jurist: when it speaks and when it stays silent, in two or three sentences.
        uitzonderingen: what the law leaves out.
        valid_to: the last night on which it runs; None = it still does.
    """

    rule_id: str
    title: str
    version: str
    view: str
    doel: Doel
    grondslagen: tuple[Artikel, ...]
    valid_from: date
    told_once_per: tuple[str, ...]
    feitdatum: str
    predicate: Predicate
    variants: Mapping[str, Variant]
    varies_by: str | None = None
    suppressors: tuple[str, ...] = COMMON
    also_seen_by: Mapping[str, Bron] = field(default_factory=dict)
    uitleg: str = ""
    uitzonderingen: tuple[Uitzondering, ...] = ()
    valid_to: date | None = None
    reads: tuple[str, ...] = field(init=False)
    shows: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Hold the rule against its view; a rule that does not fit never reaches a night."""
        said = {name for variant in self.variants.values() for name in variant.named}
        read = {*self.condition().meta.root_names(), *self.told_once_per, self.feitdatum, *self.also_seen_by, *said}
        object.__setattr__(self, "reads", tuple(sorted(read)))
        shown = [column for name in self.suppressors if name in SUPPRESSORS for column in SUPPRESSORS[name].shows]
        object.__setattr__(self, "shows", tuple(shown))
        self._require(re.fullmatch(r"R\d{2}", self.rule_id) is not None, "An id is R and two digits.")
        self._require(self.view in VIEWS, f"Views are: {', '.join(VIEWS)}.")
        unknown = read - set(VIEWS[self.view].column_names())
        self._require(not unknown, f"View {self.view} has no column {sorted(unknown)}; see matching/facts.")
        nameless = set(self.suppressors) - set(SUPPRESSORS)
        self._require(not nameless, f"No suppressor is called {sorted(nameless)}; see matching/suppressors.py.")
        for name in self.suppressors:
            needed = SUPPRESSORS[name].reads(self.feitdatum) | set(SUPPRESSORS[name].shows)
            unanswered = needed - set(VIEWS[self.view].column_names())
            self._require(not unanswered, f"View {self.view} can't answer suppressor {name}: {sorted(unanswered)}.")
        letters = all(variant.nudges == (variant.bericht is not None) for variant in self.variants.values())
        self._require(letters, "A rule that nudges names its letter, another does not.")
        known = bool(self.variants) and (self.varies_by is None) == (set(self.variants) == {ALWAYS})
        self._require(known, "Name the column in varies_by and each of its values in variants, or neither.")
        effects = {variant.effect for variant in self.variants.values() if variant.effect is not None}
        self._require(effects <= set(EFFECTS), f"No effect is called {sorted(effects - set(EFFECTS))}.")
        self._require(not effects or self.rule_id not in NEVER, "What this rule finds never has an amount.")

    def _require(self, holds: bool, todo: str) -> None:  # noqa: FBT001
        if not holds:
            raise RuleError("Rule does not fit.", where=self.rule_id, todo=todo)

    def condition(self) -> pl.Expr:
        """What a row must hold: the predicate, and a known variant."""
        return self.predicate() if self.varies_by is None else self.predicate() & pl.col(self.varies_by).is_not_null()

    def holds_on(self, peildatum: date) -> bool:
        """Whether it runs on this night."""
        return self.valid_from <= peildatum and (self.valid_to is None or peildatum <= self.valid_to)

    @property
    def tests(self) -> tuple[str, ...]:
        """The columns that decide what becomes of a row: those it reads, and those of its suppressors."""
        tested = {column for name in self.suppressors for column in SUPPRESSORS[name].reads(self.feitdatum)}
        return tuple(sorted({*self.reads, *tested}))

    @property
    def sources(self) -> tuple[Bron, ...]:
        """The sources it needs: where one can't be used tonight, nothing is told or closed on this rule."""
        return SOURCES[self.view]

    @property
    def every_source(self) -> frozenset[Bron]:
        """Those, and who may see the same."""
        return frozenset({*self.sources, *self.also_seen_by.values()})

    def find(self, view: pl.DataFrame, reading: Reading, effects: Effects | None = None) -> list[Finding]:
        """The findings of this rule in a fact view.

        Args:
            view: a frame with the columns of ``self.view``.
            reading: what the view was made from.
            effects: what findings mean in euro; without it none of them says so.

        Raises:
            RuleError: a row is of a variant that the rule does not have.
        """
        hits = view.filter(self.condition().fill_null(value=False))
        tested = hits.select(
            pl.lit(value=None).alias("_"),
            *(SUPPRESSORS[name].holds(self.feitdatum).alias(name) for name in self.suppressors),
        )
        verdicts = tested.to_dicts() if self.suppressors else [{}] * hits.height
        rows = zip(hits.iter_rows(named=True), verdicts, strict=True)
        found: dict[str, Finding] = {}
        made = (self._finding(row, verdict, reading, effects) for row, verdict in rows)
        for finding in sorted(made, key=_in_order):
            same = found.get(finding.signaal_id)
            found[finding.signaal_id] = finding if same is None else _merged(same, finding)
        return list(found.values())

    def _finding(
        self, row: dict[str, object], verdict: dict[str, bool | None], reading: Reading, effects: Effects | None
    ) -> Finding:
        facts = {name: _plain(row[name]) for name in self.reads}
        facts |= {name: _plain(row[name]) for name in self.shows if row[name] is not None}
        happened, said = row[self.feitdatum], self._variant(row)
        return Finding(
            signaal_id=signaal_id(self.rule_id, (row[name] for name in self.told_once_per)),
            regel=self.rule_id,
            regelversie=self.version,
            dossiernummer=str(row["dossiernummer"]),
            consulent_id=_consulent(row, said.route),
            richting=said.richting,
            route=said.route,
            bericht=said.bericht,
            feitdatum=happened if isinstance(happened, date) else None,
            gezien=_sentence(said.seen, row),
            taak=_sentence(said.task, row),
            feiten=facts,
            onderdrukkers=tuple(_verdict(name, verdict[name], said.richting) for name in self.suppressors),
            effect=effects.of(said.effect, str(row["dossiernummer"]), facts) if effects and said.effect else None,
            bronnen=reading.of({*self.sources, *(bron for column, bron in self.also_seen_by.items() if row[column])}),
            stand=reading.stand,
            peildatum=reading.peildatum,
        )

    def _variant(self, row: dict[str, object]) -> Variant:
        which = ALWAYS if self.varies_by is None else str(row[self.varies_by])
        if which not in self.variants:
            raise RuleError(
                f"Column {self.varies_by} holds a value that is no variant.", where=self.rule_id,
                todo="Name it in variants, or leave such rows out in the predicate.",
            )  # fmt: skip
        return self.variants[which]


def rule(*, variants: Mapping[str, Variant] | None = None, **parts: object) -> Callable[[Predicate], Rule]:
    """Make a rule of a function that returns its predicate; see ``Rule`` for the parts.

    A rule that always says the same gives the parts of its one ``Variant`` among them. Another names the column that
    decides in ``varies_by`` and has a ``Variant`` for each of its values in ``variants``.
    """
    if variants is None:
        said = {part.name: parts.pop(part.name) for part in fields(Variant) if part.name in parts}
        variants = {ALWAYS: Variant(**said)}  # type: ignore[arg-type]
    return lambda predicate: Rule(predicate=predicate, variants=variants, **parts)  # type: ignore[arg-type]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule in ``matching/rules``, by id.

    Raises:
        RuleError: a file holds no rule or several, or an id is used twice or is not its file's name.
    """
    modules = sorted(pkgutil.iter_modules(rules_package.__path__), key=lambda module: module.name)
    return _rules_in(importlib.import_module(f"{rules_package.__name__}.{module.name}") for module in modules)


def rules_in(folder: Path) -> tuple[Rule, ...]:
    """The rules of a folder outside the catalogue, which are tried and not used; their files are named ``r*.py``.

    Raises:
        RuleError: there is none, or a file does not fit.
    """
    rules = _rules_in(_loaded(file) for file in sorted(folder.glob("r*.py")))
    if not rules:
        raise RuleError("No rule files here.", where=folder.name, todo="Name them as in matching/rules: r32_name.py.")
    return rules


def _loaded(file: Path) -> ModuleType:
    """A file as a module of its own, which imports nothing of its folder."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None  # the name ends in .py
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rules_in(modules: Iterable[ModuleType]) -> tuple[Rule, ...]:
    found: dict[str, Rule] = {}
    for module in modules:
        name = module.__name__.rpartition(".")[2]
        here = [value for value in vars(module).values() if isinstance(value, Rule)]
        if len(here) != 1 or not name.startswith(here[0].rule_id.lower()) or here[0].rule_id in found:
            raise RuleError(
                "A rule file holds one rule, is named after its id, and an id occurs once.",
                where=f"{name}.py", todo="Rename the file or the rule.",
            )  # fmt: skip
        found[here[0].rule_id] = here[0]
    return tuple(found.values())


def signaal_id(rule_id: str, values: Iterable[object]) -> str:
    """A stable, opaque id of a fact: the rule and the values that make it that fact."""
    text = "\x1f".join([rule_id, *("" if value is None else str(value) for value in values)])
    return f"S-{rule_id}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _in_order(finding: Finding) -> tuple[str, str]:
    return finding.signaal_id, finding.model_dump_json()


def _consulent(row: dict[str, object], route: Route) -> str | None:
    """Whose dossier it is; a restricted group shares out its own work."""
    whose = row["consulent_id"]
    return None if whose is None or route is Route.RESTRICTED_TASK else str(whose)


def _merged(one: Finding, other: Finding) -> Finding:
    """One fact by two rows of a view: what stands in the way of either stands in the way, and both saw it."""
    both = zip(one.onderdrukkers, other.onderdrukkers, strict=True)
    return one.model_copy(update={
        "onderdrukkers": tuple(a if a.geldt is not False else b for a, b in both),
        "bronnen": tuple(sorted({*one.bronnen, *other.bronnen})),
    })  # fmt: skip


@cache
def _verdict(name: str, holds: bool | None, richting: Richting) -> Verdict:  # noqa: FBT001
    """One for each name, answer and richting: every finding of a night shares them."""
    suppressor = SUPPRESSORS[name]
    return Verdict(
        naam=name, code=suppressor.code, reden=suppressor.reden,
        geldt=False if richting in suppressor.never_for else holds,
    )  # fmt: skip


def _fields(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name]


def _sentence(text: str, row: dict[str, object]) -> str:
    return text.format_map({name: _shown(name, row[name]) for name in _fields(text)})


def _shown(name: str, value: object) -> str:
    """A value in a sentence: a date and an amount (a column that ends in ``_cent``) as Dutch text writes them."""
    if isinstance(value, date):
        return calendar_date(value)
    if isinstance(value, int) and name.endswith("_cent"):
        return euro(value)
    return "een onbekende datum" if value is None else str(value)


def _plain(value: object) -> str | int | bool | None:
    return value if value is None or isinstance(value, (bool, int)) else str(value)
