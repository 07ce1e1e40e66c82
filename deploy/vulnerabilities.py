"""``python deploy/vulnerabilities.py``: is anything known against a package of the lock file?

pip-audit asks its service about each. Exit code 1 where something is known that nobody accepted, or no longer; where
nothing could be asked that is said, and is no failure: nothing is known then, neither good nor bad. An answer is kept
for the day beside the list of materials, so that a check asks once.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
ACCEPTED = Path(__file__).with_name("accepted-vulnerabilities.yaml")
KEPT = ROOT / "dist" / "vulnerabilities.json"
#: Seconds: of one question, and of all of them.
_PATIENCE, _LONGEST = 5, 300


@dataclass(frozen=True)
class Accepted:
    """A vulnerability that somebody looked at and lives with, until a day: by package and id, with the reason."""

    package: str
    id: str
    reason: str
    until: date

    def __post_init__(self) -> None:
        """Refuse one that nobody gave a reason or a day for."""
        if not isinstance(self.until, date) or len(self.reason) < 10:  # noqa: PLR2004
            raise ValueError(f"{self.package} {self.id}: give a reason and until which day")


@dataclass(frozen=True)
class Verdict:
    """What came of it: lines to read, and whether a check fails."""

    lines: tuple[str, ...]
    fails: bool


def judge(answer: dict[str, Any] | None, accepted: list[Accepted], today: date) -> Verdict:
    """What an answer of pip-audit means; None = there was none."""
    packages = [] if answer is None else answer["dependencies"]
    asked = [one for one in packages if "skip_reason" not in one]
    if not asked:
        return Verdict(("Vulnerabilities: nothing could be asked from here, so nothing is known; no failure.",), False)
    known = [(one["name"], one["version"], vuln) for one in asked for vuln in one["vulns"]]
    lines, fails = [], False
    for name, version, vuln in known:
        ids = {vuln["id"], *vuln.get("aliases", ())}
        found = next((one for one in accepted if one.package == name and one.id in ids), None)
        mended = ", ".join(vuln.get("fix_versions", ())) or "no version yet"
        if found is not None and found.until >= today:
            lines.append(f"  accepted until {found.until}: {name} {version} {vuln['id']} ({found.reason})")
            continue
        fails = True
        why = "" if found is None else f"; accepted until {found.until}, which is over"
        lines.append(f"  KNOWN: {name} {version} {vuln['id']}, mended in {mended}{why}")
    left = f", {len(packages) - len(asked)} could not be asked" if len(asked) < len(packages) else ""
    head = f"Vulnerabilities: {len(asked)} packages asked{left}, {len(known)} known."
    return Verdict((head, *lines), fails)


def accepted_in(path: Path) -> list[Accepted]:
    """Those of the list."""
    return [Accepted(**one) for one in yaml.safe_load(path.read_text(encoding="utf-8")) or []]


def ask(lock: Path) -> dict[str, Any] | None:
    """The answer of pip-audit about a lock file; None = it did not get any."""
    command = [
        sys.executable, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip",
        "--format", "json", "--desc", "off", "--progress-spinner", "off", "--timeout", str(_PATIENCE),
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_LONGEST)
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        # What it says of a line that broke is long, and about the line.
        return None
    return answer


def asked_today(lock: Path, kept: Path, today: date) -> dict[str, Any] | None:
    """The answer for this lock and this day: asked once."""
    about = {"lock": sha256(lock.read_bytes()).hexdigest(), "day": today.isoformat()}
    if kept.is_file():
        known = json.loads(kept.read_text(encoding="utf-8"))
        if known["about"] == about:
            before: dict[str, Any] = known["answer"]
            return before
    answer = ask(lock)
    if answer is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps({"about": about, "answer": answer}), encoding="utf-8")
    return answer


if __name__ == "__main__":
    day = datetime.now(UTC).date()
    verdict = judge(asked_today(LOCK, KEPT, day), accepted_in(ACCEPTED), day)
    print("\n".join(verdict.lines))
    sys.exit(int(verdict.fails))
