"""The figures of the evaluation counted once more: plain Python over the very rows, one after the other.

Nothing here calls the code that counts: the rows are read as the definitions in ``docs/begrippen.md`` say.
"""

from collections import Counter
from datetime import date, timedelta
from math import ceil

import sqlalchemy as sa

from store.casebook import OPEN, Casebook, tables
from tests.store.casebook_rows import Rows, by_key

LEFT = {"bezig", "onbekend", "bevestigd", "niet_ingetrokken"}
TAKEN_BACK, BY_HAND = {"ingetrokken", "in_te_trekken"}, {"handmatig", "mislukt"}
RIGHT = {"aangepast", "inwoner_geeft_zelf_door"}
OTHERWISE = {"al_bekend", "geen_gevolg", "bron_klopt_niet", "anders"}
STRETCHES = ("feit_gezien", "gezien_contact", "contact_verwerkt", "feit_verwerkt")


def rows_of(casebook: Casebook) -> Rows:
    """Every row of a casebook that is counted."""
    made = Rows()
    with casebook._engine.connect() as con:
        for name in vars(made):
            setattr(made, name, [row._asdict() for row in con.execute(sa.select(getattr(tables, name)))])
    return made


def nearest_rank(values: list[int], percent: int) -> int:
    return sorted(values)[ceil(percent * len(values) / 100) - 1]


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def months(first: date, second: date) -> int:
    whole = 12 * (second.year - first.year) + second.month - first.month
    return whole - (second.day < first.day)


def side(effect: dict | None) -> str:
    if effect is None:
        return "onbekend"
    low, high = effect["laagste"], effect["hoogste"]
    if low < 0 < high:
        return "beide"
    return "te_veel" if low < 0 else "te_weinig" if high > 0 else "geen"


class Plain:
    """The counts of the days from ``first`` to ``last``."""

    def __init__(self, rows: Rows, first: date, last: date) -> None:
        self.rows, self.first, self.last = rows, first, last
        self.findings = {row["signaal_id"]: row for row in rows.finding}
        self.life = by_key(sorted(rows.history, key=lambda row: row.get("volgnr", 0)), "signaal_id")
        self.notices = {row["kenmerk"]: row for row in rows.outbox}
        self.letters = {
            key: [self.notices[row["kenmerk"]] for row in told] for key, told in by_key(rows.told, "signaal_id").items()
        }
        self.tells = {key: [row["signaal_id"] for row in told] for key, told in by_key(rows.told, "kenmerk").items()}
        self.tasked = {row["signaal_id"] for row in rows.task}
        self.new = [row for row in rows.finding if self.holds(row["eerste_nacht"])]

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @staticmethod
    def ends(move: dict) -> bool:
        return move["waarom"] == "afgerond" or (move["waarom"] == "weg" and move["van"] in OPEN)

    def got(self, row: dict) -> str:
        """What became of a new finding: a letter that was not taken back and did not fail, a task, or nothing."""
        letters = [one["status"] for one in self.letters.get(row["signaal_id"], [])]
        if any(status not in TAKEN_BACK | BY_HAND for status in letters):
            return "brief"
        return "taak" if row["signaal_id"] in self.tasked else "niets"

    def found(self) -> Counter:
        return Counter(
            (row["richting"], got := self.got(row), row["reden"] if got == "niets" else None) for row in self.new
        )

    def ahead(self) -> int:
        return sum(row["feitdatum"] is not None and row["feitdatum"] > row["eerste_nacht"] for row in self.new)

    def handled(self) -> dict[str, dict]:
        """signaal_id -> the move that counts."""
        found = {}
        for key, life in self.life.items():
            ends = [move for move in life if self.ends(move) and self.holds(move["nacht"])]
            said = [move for move in ends if move["uitkomst"] is not None]
            if ends:
                found[key] = (said or ends)[-1]
        return found

    def contact(self) -> dict[str, date]:
        found = {}
        for key in self.findings:
            days = [row["bevestigd_op"] or row["nacht"] for row in self.letters.get(key, []) if row["status"] in LEFT]
            days += [move["nacht"] for move in self.life[key] if move["waarom"] == "contact"]
            if days:
                found[key] = min(days)
        return found

    def days(self) -> dict[str, list[tuple[str, int]]]:
        """Stretch -> the month in which each ended, and the days it took."""
        contact, handled = self.contact(), {key: move["nacht"] for key, move in self.handled().items()}
        found: dict[str, list[tuple[str, int]]] = {name: [] for name in STRETCHES}
        for key, row in self.findings.items():
            points = (row["feitdatum"], row["eerste_nacht"], contact.get(key), handled.get(key))
            for name, (first, second) in zip(STRETCHES, ((0, 1), (1, 2), (2, 3), (0, 3)), strict=True):
                begin, end = points[first], points[second]
                if begin is not None and self.holds(end) and begin <= end:
                    found[name].append((month_of(end), (end - begin).days))
        return found

    def notice_ends(self) -> Counter:
        wanted = Counter()
        names = (
            {"klaar": "nog_te_maken"}
            | dict.fromkeys(TAKEN_BACK, "ingetrokken")
            | dict.fromkeys(BY_HAND, "bij_een_mens")
        )
        for letter in self.rows.outbox:
            if self.holds(letter["nacht"]):
                life = [move for key in self.tells[letter["kenmerk"]] for move in self.life[key]]
                after = [move for move in life if move["nacht"] >= letter["nacht"]]
                answered = any(m["waarom"] == "contact" or m["uitkomst"] == "inwoner_geeft_zelf_door" for m in after)
                settled = any(self.ends(m) and m["uitkomst"] != "geen_contact_gekregen" for m in after)
                end = "beantwoord" if answered else "verwerkt" if settled else "niets_bekend"
                wanted[letter["soort"], names.get(letter["status"], end)] += 1
        return wanted

    def rest(self, days: int) -> tuple[int, int]:
        kept = broken = 0
        for letters in by_key([row for row in self.rows.outbox if row["status"] in LEFT], "dossiernummer").values():
            nights = sorted(row["nacht"] for row in letters)
            for before, night in zip((None, *nights), nights, strict=False):
                if self.holds(night):
                    enough = before is None or night - before >= timedelta(days=days)
                    kept, broken = kept + enough, broken + (not enough)
        return kept, broken

    def objections(self) -> Counter:
        return Counter(
            (row["regel"], self.findings[row["signaal_id"]]["beperkt"], row["regelversie"], row["uitkomst"])
            for row in self.rows.objection
            if self.holds(row["datum"])
        )

    def put_right(self) -> list[tuple[dict, bool]]:
        """The findings that were handled and were so; whether somebody said that."""
        found = []
        for key, move in self.handled().items():
            acted = key in self.tasked or any(row["status"] in LEFT for row in self.letters.get(key, []))
            if move["uitkomst"] in RIGHT or (move["uitkomst"] is None and acted):
                found.append((self.findings[key], move["uitkomst"] is not None))
        return found

    def money(self) -> dict[tuple[str, bool], tuple[int, int, int]]:
        wanted: dict[tuple[str, bool], tuple[int, int, int]] = {}
        for found, sure in self.put_right():
            effect = found["inhoud"]["effect"]
            low, high = effect["tot_herziening"] if effect else (0, 0)
            n, lows, highs = wanted.get((side(effect), sure), (0, 0, 0))
            wanted[side(effect), sure] = (n + 1, lows + low, highs + high)
        return wanted

    def workable(self) -> list[dict]:
        """The findings that were put right and whose MKBA can be worked out."""
        return [
            found
            for found, _ in self.put_right()
            if found["feitdatum"] is not None
            and (found["richting"] != "voordeel" if side(found["inhoud"]["effect"]) == "te_veel" else
                 found["richting"] != "nadeel" and side(found["inhoud"]["effect"]) == "te_weinig")
        ]  # fmt: skip
