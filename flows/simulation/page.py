"""``simulatie.html``: one page without script or reference, in which the warning stands first."""

from typing import Final

from advice.simulation import Maat, Simulatie, Tegen, Wereld
from advice.simulation.kinds import NIET_IN_HET_MODEL
from advice.simulation.result import ANDERE
from flows.report.template import fill
from flows.simulation import words
from flows.simulation.charts import DRIJVERS, differences_chart, tornado, worlds_chart
from flows.simulation.known import beside
from flows.simulation.parameters import told

#: Measures that are drawn for the three worlds.
_DRAWN = (Maat.EURO_TE_VEEL, Maat.GEVORDERD, Maat.BOETEBEDRAG, Maat.NIET_HERSTELD, Maat.UREN, Maat.KOSTEN)
#: Differences of which is drawn what makes them; what is never repaired is the same in both other worlds.
_SENSITIVE: Final[tuple[tuple[Tegen, Maat], ...]] = (
    (Wereld.NIETS, Maat.EURO_TE_VEEL), (Wereld.NIETS, Maat.NIET_HERSTELD), (Wereld.NIETS, Maat.KOSTEN),
    (Wereld.REPRESSIEF, Maat.EURO_TE_VEEL), (Wereld.REPRESSIEF, Maat.BOETEBEDRAG), (Wereld.REPRESSIEF, Maat.KOSTEN),
)  # fmt: skip


def render(found: Simulatie, gemaakt_op: str, versie: str) -> str:
    """The page as HTML.

    Args:
        found: the simulation.
        gemaakt_op: when, in words.
        versie: of the program.
    """
    heads = {one: list(words.headlines(found, one)) for one in ANDERE}
    return fill(
        "simulatie.html.j2", sim=found, gemaakt_op=gemaakt_op, versie=versie, titel=words.GEEN_METING,
        onbevestigd=words.unconfirmed(found), WERELD=words.WERELD, WERELD_UITLEG=words.WERELD_UITLEG, MAAT=words.MAAT,
        MAAT_UITLEG=words.MAAT_UITLEG, bedrag=words.amount, einden=words.ends, maten=tuple(Maat),
        werelden=tuple(Wereld), anderen=ANDERE, koppen=heads,
        keert=list(words.turning(found)), bekend=list(beside(found)), drijvers=DRIJVERS,
        grafieken=[(maat, worlds_chart(found, maat)) for maat in _DRAWN],
        verschillen={one: differences_chart(found, one) for one in ANDERE},
        gevoelig=[(one, maat, tornado(found, one, maat)) for one, maat in _SENSITIVE],
        parameters=told(found), weggelaten=NIET_IN_HET_MODEL,
    )  # fmt: skip
