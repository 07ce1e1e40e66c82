"""What Tijdig saw about one person and what came of it: findings, tasks, notices, requests, and who looked."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from contracts.desk import BEVINDING_ZIN, STEEKPROEF_ZIN, Bevinding, Steekproefsoort
from contracts.finding import REDEN_ZIN, Finding, Reden
from contracts.message import STAND_ZIN, UITSLAG_ZIN, Uitslag, named
from contracts.outcome import UITKOMST_ZIN, WAAROM_ZIN, Uitkomst, Waarom
from contracts.rechten import GEGEVENS, VERZOEK_ZIN, VERZOEKDAAD_ZIN, VERZOEKSTAND_ZIN
from contracts.rechten import Verzoekdaad as Did
from contracts.rechten import Verzoeksoort as Asked
from contracts.rechten import Verzoekstand as Stood
from contracts.registers import ELDERSOORT_NAAM, HERKOMST_NAAM, Eldersoort, Herkomst
from contracts.work import DAAD_ZIN, Daad
from flows.overview.facts import ABOUT_ANOTHER, HOUSEMATE, OWN, SUBJECT
from flows.overview.words import Words, day
from matching.rule import Rule, all_rules
from store.casebook.overview import Rows
from worklist.sides import shown
from worklist.words import SOORT_NAAM

_ADVICE: Final = {
    "nudge": "Hierover gaat een bericht.", "taak": "Hier kijkt een medewerker naar.",
    "geen_actie": "Hier gebeurt niets mee.",
}  # fmt: skip
#: What is told of a finding about somebody else: the letter says the rest.
_OF_ANOTHER: Final = "Dit gaat ook over iemand anders. Daarom staat hier alleen wat een brief u hierover vertelde."
#: What a finding about somebody else is called of which no letter told, by its view.
_SUBJECT_OF: Final = {
    "huishouden": "Iets over wie er op uw adres woont", "opleiding": "Iets over wie er op uw adres woont",
    "aanwijspunt": "Iets over wie er op uw adres woont", "kind": "Iets over een kind",
    "partner": "Iets over een partner",
}  # fmt: skip
_SOMETHING: Final = "Iets over iemand in uw huishouden"
#: A notice that may have been read.
_LEFT: Final = ("bezig", "onbekend", "bevestigd", "niet_ingetrokken")
#: And to somebody who lives with a client.
_WITH_A_CLIENT: Final = "Dit hoort bij een uitkering die niet van u alleen is. Hier staat alleen wat over u gaat."


class Whose(NamedTuple):
    """Who asks: the dossiers in which they are the belanghebbende, and their person keys."""

    dossiers: frozenset[str]
    sleutels: frozenset[str]


class Casework:
    """The rows of the casebook about one person, in words."""

    def __init__(self, rows: Rows, whose: Whose, words: Words, columns: Mapping[str, Mapping[str, str]]) -> None:
        """The rows of ``Overview.rows_about``, who asks, and what each column of a rule means."""
        self._rows, self._whose, self._words, self._columns = rows, whose, words, columns
        self._rules = {rule.rule_id: rule for rule in all_rules()}
        self._findings = {row.signaal_id: Finding.model_validate(row.inhoud) for row in rows["finding"]}

    @property
    def rules(self) -> list[dict[str, str]]:
        """The rules that touched them, in the words that a jurist reads; not where that says something of another."""
        touched = sorted({row.regel for row in self._rows["finding"] if self._may_name(row)})
        return [
            {"regel": rule.rule_id, "titel": rule.title, "uitleg": rule.uitleg,
             "grondslag": ", ".join(map(str, rule.grondslagen))}
            for rule in (self._rules[name] for name in touched if name in self._rules)
        ]  # fmt: skip

    def findings(self) -> list[dict[str, Any]]:
        """Each finding, with what came of it."""
        return [self._finding(row) for row in self._rows["finding"]]

    def _finding(self, row: sa.Row[Any]) -> dict[str, Any]:
        found, rule = self._findings[row.signaal_id], self._rules.get(row.regel)
        mine = row.dossiernummer in self._whose.dossiers
        about_me, named = self.about_me(found, rule), self._may_name(row)
        told = {
            "nummer": row.signaal_id if named else None, "regel": row.regel if named else None,
            "titel": rule.title if rule and named else _SUBJECT_OF.get(rule.view if rule else "", _SOMETHING),
            "eerste_nacht": day(row.eerste_nacht), "laatste_nacht": day(row.laatste_nacht),
            "gaat_over_u": about_me, "feiten": list(self._facts(found, rule, mine=mine)) if about_me else [],
        }  # fmt: skip
        if not mine:
            return told | {"gezien": _WITH_A_CLIENT}
        return told | self._what_came(row, found, about_me=about_me)

    def _what_came(self, row: sa.Row[Any], found: Finding, *, about_me: bool) -> dict[str, Any]:
        """What became of a finding; why, by when and by which article can say something of somebody else."""
        key = row.signaal_id
        return {
            "gezien": found.gezien if about_me else _OF_ANOTHER, "advies": _ADVICE[row.advies],
            "reden": REDEN_ZIN[Reden(row.reden)] if row.reden and about_me else None,
            "gesloten_op": day(row.gesloten_op), "verloop": list(self._life(key)),
            "taken": list(self._tasks(key, about_me=about_me)),
            "uitkomsten": list(self._outcomes(key, about_me=about_me)),
            "oordelen": list(self._oordelen(key, about_me=about_me)), "bezwaren": list(self._objections(key)),
            "bon": self._receipt(key, about_me=about_me),
            "terugmelding": list(self._feedback(key)) if about_me else [],
            "koppelingen": list(self._links(key)) if about_me else [],
        }  # fmt: skip

    def _may_name(self, row: sa.Row[Any]) -> bool:
        """Whether the rule of a finding can be named: it is about who asks, or a letter told them of it."""
        if self.about_me(self._findings[row.signaal_id], self._rules.get(row.regel)):
            return True
        left = {one.kenmerk for one in self._rows["outbox"] if one.status in _LEFT}
        return any(one.kenmerk in left for one in self._of("told", row.signaal_id))

    def about_me(self, found: Finding, rule: Rule | None) -> bool:
        """Whether a finding is about who asks and about nobody else."""
        keys = {str(found.feiten[name]) for name in SUBJECT if found.feiten.get(name)}
        if rule is None:
            return False
        if rule.view in ABOUT_ANOTHER or found.dossiernummer not in self._whose.dossiers:
            return bool(keys) and keys <= self._whose.sleutels
        return keys <= self._whose.sleutels

    def _facts(self, found: Finding, rule: Rule | None, *, mine: bool) -> Iterator[dict[str, str]]:
        if rule is None:
            return
        partner = not mine and rule.view not in HOUSEMATE
        allowed = OWN if (mine and rule.view not in ABOUT_ANOTHER) or partner else HOUSEMATE.get(rule.view, frozenset())
        for name, value in sorted(found.feiten.items()):
            if name in allowed:
                meaning = self._columns[found.regel].get(name, name).partition("; ")[0]
                yield {"naam": name, "betekenis": meaning, "waarde": shown(name, value, "niet bekend")}

    def _of(self, table: str, signaal_id: str) -> list[sa.Row[Any]]:
        return [row for row in self._rows[table] if row.signaal_id == signaal_id]

    def _life(self, signaal_id: str) -> Iterator[dict[str, Any]]:
        for row in self._of("history", signaal_id):
            ended = UITKOMST_ZIN[Uitkomst(row.uitkomst)] if row.uitkomst else None
            yield {
                "nacht": day(row.nacht), "stand": row.naar, "waarom": WAAROM_ZIN[Waarom(row.waarom)],
                "door": self._words.who(row.door) if row.door else None, "uitkomst": ended,
            }  # fmt: skip

    def _tasks(self, signaal_id: str, *, about_me: bool) -> Iterator[dict[str, Any]]:
        events: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self._rows["task_event"]:
            if any(one.taak_id == row.taak_id for one in self._of("task", signaal_id)):
                text = self._words.typed(f"taak {row.taak_id}", row.tekst, about_me=about_me)
                events[row.taak_id].append({
                    "moment": day(row.moment), "wie": self._words.who(row.door), "wat": DAAD_ZIN[Daad(row.wat)],
                    "tekst": text,
                })  # fmt: skip
        there = {row.taak_id: row.status for row in self._rows["internetaak"]}
        for row in self._of("task", signaal_id):
            yield {
                "taak": row.taak_id, "soort": SOORT_NAAM[row.soort], "stand": row.status, "nacht": day(row.nacht),
                "uiterlijk": day(row.uiterlijk) if about_me else None, "spoed": row.spoed,
                "wat_er_gebeurde": events[row.taak_id],
                "reden": REDEN_ZIN[Reden(row.reden)] if row.reden and about_me else None,
                "ook_in_open_klant": row.taak_id in there,
            }  # fmt: skip

    def _outcomes(self, signaal_id: str, *, about_me: bool) -> Iterator[dict[str, Any]]:
        for row in self._of("task_outcome", signaal_id):
            yield {
                "moment": day(row.moment), "wie": self._words.who(row.door),
                "uitkomst": UITKOMST_ZIN[Uitkomst(row.uitkomst)],
                "effect_cent": row.effect_cent if about_me else None,
                "tekst": self._words.typed(f"taak {row.taak_id}", row.toelichting, about_me=about_me),
            }  # fmt: skip

    def _oordelen(self, signaal_id: str, *, about_me: bool) -> Iterator[dict[str, Any]]:
        for row in self._of("oordeel", signaal_id):
            where = f"oordeel {row.volgnr}"
            yield {
                "moment": day(row.moment), "wie": self._words.who(row.door), "kon_weten": row.bewust,
                "context": self._words.typed(where, row.context, about_me=about_me),
                "impact": self._words.typed(where, row.impact, about_me=about_me),
            }  # fmt: skip

    def _objections(self, signaal_id: str) -> Iterator[dict[str, Any]]:
        for row in self._of("objection", signaal_id):
            yield {"datum": day(row.datum), "uitkomst": row.uitkomst, "regelversie": row.regelversie}

    def _feedback(self, signaal_id: str) -> Iterator[dict[str, Any]]:
        for row in self._of("feedback", signaal_id):
            text = self._words.typed(f"terugmelding {signaal_id}", row.tekst, about_me=True)
            yield {"bron": row.bron, "moment": day(row.moment), "gemeld_op": day(row.gemeld_op), "tekst": text}

    def _links(self, signaal_id: str) -> Iterator[dict[str, Any]]:
        for row in self._of("link_decision", signaal_id):
            yield {"moment": day(row.besloten_op), "wie": self._words.who(row.door), "zelfde_persoon": row.zelfde}

    def _receipt(self, signaal_id: str, *, about_me: bool) -> list[dict[str, Any]]:
        return [
            {"nacht": day(row.nacht), "controlesom": row.hash,
             "wet": [one["artikel"] for one in row.inhoud["gronden"]["grondslagen"]] if about_me else []}
            for row in self._of("receipt", signaal_id)
        ]  # fmt: skip

    def notices(self, letter_of: Callable[[sa.Row[Any]], str | None]) -> list[dict[str, Any]]:
        """Each message; ``letter_of`` gives the name of its file where the letter is still kept."""
        tells: dict[str, list[str]] = defaultdict(list)
        for row in self._rows["told"]:
            found = self._findings.get(row.signaal_id)
            if found is not None and found.regel in self._rules:
                tells[row.kenmerk].append(self._rules[found.regel].title)
        tries: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self._rows["attempt"]:
            tries[row.kenmerk].append({
                "moment": day(row.moment), "wat": row.wat, "uitslag": UITSLAG_ZIN[Uitslag(row.uitslag)]
            })  # fmt: skip
        return [
            {
                "kenmerk": row.kenmerk, "nacht": day(row.nacht), "wat": named(row.bericht).partition(" (")[0],
                "vorm": row.vorm, "kanaal": row.kanaal, "aan": row.aan, "stand": STAND_ZIN[row.status],
                "hash": row.inhoud_hash,
                "bezorgd_op": day(row.bevestigd_op), "vertelt_over": sorted(set(tells[row.kenmerk])),
                "pogingen": tries[row.kenmerk], "brief": letter_of(row),
            }
            for row in self._rows["outbox"]
        ]  # fmt: skip

    def requests(self) -> list[dict[str, Any]]:
        """What they asked before."""
        events: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self._rows["request_event"]:
            events[row.verzoek_id].append({
                "moment": day(row.moment), "wie": self._words.who(row.door), "wat": VERZOEKDAAD_ZIN[Did(row.wat)],
                "tekst": self._words.typed(f"verzoek {row.verzoek_id}", row.tekst, about_me=True),
            })  # fmt: skip
        return [
            {"verzoek": row.verzoek_id, "wat": VERZOEK_ZIN[Asked(row.soort)],
             "stand": VERZOEKSTAND_ZIN[Stood(row.stand)], "ontvangen": day(row.ontvangen),
             "uiterlijk": day(row.uiterlijk), "gegeven": GEGEVENS[row.gegeven].zin if row.gegeven else None,
             "wat_er_gebeurde": events[row.verzoek_id]}
            for row in self._rows["request"]
        ]  # fmt: skip

    def samples(self) -> list[dict[str, Any]]:
        """When their dossier was looked at by lot, and what was seen."""
        seen = {row.nummer: row for row in self._rows["sample_outcome"]}
        return [self._sample(row, seen.get(row.nummer)) for row in self._rows["sample"]]

    def _sample(self, row: sa.Row[Any], seen: sa.Row[Any] | None) -> dict[str, Any]:
        told = {"nacht": day(row.nacht), "wat": STEEKPROEF_ZIN[Steekproefsoort(row.soort)]}
        if seen is None:
            return told | {"bevinding": None, "tekst": None}
        text = self._words.typed(f"steekproef {row.nummer}", seen.toelichting, about_me=True)
        return told | {"bevinding": BEVINDING_ZIN[Bevinding(seen.uitkomst)], "tekst": text}

    def elsewhere(self) -> list[dict[str, Any]]:
        """Signals that somebody wrote down by hand about their dossier; of a person who told it nothing is said."""
        return [
            {"ontvangen_op": day(row.ontvangen_op), "herkomst": HERKOMST_NAAM[Herkomst(row.herkomst)],
             "wat": ELDERSOORT_NAAM[Eldersoort(row.soort)], "afgehandeld_op": day(row.afgehandeld_op),
             "uitkomst": UITKOMST_ZIN[Uitkomst(row.uitkomst)] if row.uitkomst else None,
             "tekst": self._words.typed(f"signaal van elders {row.nummer}", row.toelichting, about_me=False)}
            for row in self._rows["elsewhere"]
        ]  # fmt: skip

    def looked(self) -> list[dict[str, Any]]:
        """Who looked at their data or did something with it, by what they are."""
        return [
            {"moment": row.moment, "wie": self._words.who(row.wie), "wat": row.wat.replace("_", " ")}
            for row in self._rows["audit"]
        ]  # fmt: skip

    def card(self) -> list[dict[str, Any]]:
        """The contact card beside an open task: their own name, address and numbers. Not who acts for them."""
        kept = ("naam", "adres", "telefoon", "email")
        return [
            {"van_nacht": day(row.van_nacht)} | {name: row.kaart.get(name) for name in kept}
            for row in self._rows["contact_card"]
        ]  # fmt: skip
