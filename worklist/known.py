"""What the casebook knows of findings, handed to ``advice.toets``."""

from collections.abc import Iterable
from datetime import date

from advice.gesprek import gidsen
from advice.policy import policy_on
from advice.toets import toets
from contracts.finding import Finding
from contracts.toets import Toets
from store.casebook import Casebook


def toetsen_of(casebook: Casebook, findings: Iterable[Finding], op: date) -> dict[str, Toets]:
    """Signaal_id -> what is known for the three questions, on a day.

    Raises:
        PolicyError: no policy holds on that day, or a rule has no guide.
    """
    found = {one.signaal_id: one for one in findings}
    beleid, guides = policy_on(op), gidsen()
    return {key: toets(found[key], known, beleid, guides, op) for key, known in casebook.known_of(found).items()}


def toets_of(casebook: Casebook, finding: Finding, op: date) -> Toets:
    """The same of one finding."""
    return toetsen_of(casebook, (finding,), op)[finding.signaal_id]
