"""The drietrapstoets of findings in the casebook: what lies there, handed to ``advice.toets``."""

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


def toets_of(casebook: Casebook, signaal_id: str) -> Toets:
    """What is known of one finding as of the last night.

    Raises:
        CasebookError: there is no such finding.
        PolicyError: its rule has no guide.
    """
    found = Finding.model_validate(casebook.get(signaal_id).inhoud)
    return toetsen_of(casebook, (found,), casebook.last_recorded())[signaal_id]
