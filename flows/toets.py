"""The drietrapstoets of a finding in the casebook as of the last night."""

from contracts.finding import Finding
from contracts.toets import Toets
from store.casebook import Casebook
from worklist import known


def toets_of(casebook: Casebook, signaal_id: str) -> Toets:
    """What is known of one finding as of the last night.

    Raises:
        CasebookError: there is no such finding.
        PolicyError: its rule has no guide.
    """
    found = Finding.model_validate(casebook.get(signaal_id).inhoud)
    return known.toets_of(casebook, found, casebook.last_recorded())
