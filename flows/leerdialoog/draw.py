"""Which cases are drawn: by lot within each ground, the same for the same seed, and no dossier twice."""

from collections.abc import Iterator, Mapping
from typing import Final

from advice.sample import choose
from contracts.finding import Finding
from contracts.leerdialoog import Grond
from store.casebook import Casebook

#: So many letters there are to name cases by; after those come two.
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def drawn(
    casebook: Casebook, cases: Mapping[Grond, Mapping[str, str]], number: int, seed: int
) -> Iterator[tuple[Grond, Finding]]:
    """So many cases of each ground, or as many as there are.

    Args:
        casebook: where they are.
        cases: ground -> signaal_id -> dossiernummer.
        number: how many of each ground.
        seed: the lot; a case is chosen by its hash, and by nothing that is known of it.
    """
    resting = set(casebook.unused_dossiers())
    held = casebook.held_back(casebook.requests_in_force())
    for grond in Grond:
        here = {key: dossier for key, dossier in cases[grond].items() if key not in held}
        taken = 0
        for key in choose(here, len(here), f"leerdialoog|{seed}|{grond}|", resting):
            if taken == number:
                break
            found = Finding.model_validate(casebook.get(key).inhoud)
            if not (found.geheim or found.beperkt):
                taken += 1
                resting.add(here[key])
                yield grond, found


def letter(place: int) -> str:
    """``A`` to ``Z``, then ``AA``."""
    more, last = divmod(place, len(_LETTERS))
    return (letter(more - 1) if more else "") + _LETTERS[last]
