"""What the casebook knows of the finding of a task, handed to ``advice.toets``."""

from datetime import date

from advice.gesprek import gidsen
from advice.policy import policy_on
from advice.toets import toets
from contracts.finding import Finding
from contracts.toets import Toets
from store.casebook import Casebook


def toets_of(casebook: Casebook, finding: Finding, op: date) -> Toets:
    """What is known for the three questions, on a day.

    Raises:
        PolicyError: no policy holds on that day, or its rule has no guide.
    """
    known = casebook.known_of((finding.signaal_id,))[finding.signaal_id]
    return toets(finding, known, policy_on(op), gidsen(), op)
