"""What consulenten, handhavers and jurists can ask each other about a case: open questions, none about whose fault."""

from collections.abc import Iterator, Mapping
from typing import Final

from contracts.leerdialoog import Grond

CONSULENTEN, HANDHAVERS, JURISTEN = WIE = ("consulenten", "handhavers", "juristen")

_ALTIJD: Final[Mapping[str, tuple[str, ...]]] = {
    CONSULENTEN: (
        "Wat kon de inwoner op dat moment weten, en van wie?",
        "Hoe zou u dit gesprek beginnen?",
    ),
    HANDHAVERS: (
        "Wat zou u doen als dit morgen op uw bureau ligt?",
        "Waar past hier een vriendelijk gesprek, en waar houdt dat op?",
    ),
    JURISTEN: (
        "Welke ruimte geeft de wet hier?",
        "Hoe is aan de inwoner uit te leggen wat er gebeurde?",
    ),
}
_GROND: Final[Mapping[Grond, Mapping[str, str]]] = {
    Grond.VAAK_TERUG: {
        CONSULENTEN: "Wat maakt dat dit hier terugkomt?",
        HANDHAVERS: "Wat lost het op, zodat het niet nog eens komt?",
        JURISTEN: "Wat moet er anders: de regel, de brief of de administratie?",
    },
    Grond.ANDERS_BESLIST: {
        CONSULENTEN: "Wat wist de consulent dat de regel niet weet?",
        HANDHAVERS: "Wanneer had het wel gevolgen gehad?",
        JURISTEN: "Welke uitzondering hoort er in de regel?",
    },
    Grond.BEZWAAR_GEGROND: {
        CONSULENTEN: "Op welk moment had dit anders kunnen lopen?",
        HANDHAVERS: "Wat had u eerder willen zien?",
        JURISTEN: "Wat zegt de uitkomst over de regel en over de uitleg?",
    },
    Grond.LANG_IN_TWIJFEL: {
        CONSULENTEN: "Wat was er nodig om te kunnen beslissen?",
        HANDHAVERS: "Wie had kunnen helpen, en wanneer?",
        JURISTEN: "Wat betekent het wachten voor de inwoner en voor de termijn?",
    },
}


def questions(grond: Grond) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each of the three, that of the ground first."""
    for wie in WIE:
        yield wie, (_GROND[grond][wie], *_ALTIJD[wie])
