"""Why a case is worth talking about. A ground is about how a case went; none is about a person."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Grond(StrEnum):
    """A ground; each has a Dutch sentence in ``GROND_ZIN``."""

    VAAK_TERUG = "vaak_terug"
    ANDERS_BESLIST = "anders_beslist"
    BEZWAAR_GEGROND = "bezwaar_gegrond"
    LANG_IN_TWIJFEL = "lang_in_twijfel"


#: So often one kind of finding came in one dossier; each time that one came back counts.
KEREN: Final = 3
#: So often it was postponed, and so many days it stood open: the second alarm of the policy.
UITSTEL: Final = 2
DAGEN: Final = 50

GROND_ZIN: Final[Mapping[Grond, str]] = {
    Grond.VAAK_TERUG: f"In dit dossier kwam hetzelfde soort signaal {KEREN} keer of vaker.",
    Grond.ANDERS_BESLIST: "Een consulent besliste anders dan de regel verwacht.",
    Grond.BEZWAAR_GEGROND: "Een bezwaar tegen wat erop volgde, was gegrond.",
    Grond.LANG_IN_TWIJFEL: (
        f"Het stond {DAGEN} dagen of langer open, werd {UITSTEL} keer of vaker uitgesteld, of een collega is om raad "
        "gevraagd."
    ),
}
