"""R29: the dienst has not spoken with somebody about who lives there for a year. Does it still hold?"""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import LETTER, PERSON


@rule(
    rule_id="R29",
    title="Jaarlijkse vraag of het nog klopt",
    version="2",
    view="administratie",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NEUTRAAL,
    route=Route.NUDGE,
    grondslagen=(pw("53a", 1),),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de dienst de inwoner een jaar niet sprak over wie er in de woning wonen. Zwijgt als niet bekend "
        "is wanneer dat was. Een andere brief gaat voor: daarna wacht deze vraag nog een kwartaal."
    ),
    told_once_per=("dossiernummer", "contact_op"),
    feitdatum="contact_op",
    bericht="klopt_dit_nog",
    seen="De dienst sprak de inwoner op {contact_op} voor het laatst over wie er in de woning wonen.",
    task="Bel en vraag of er iets veranderde in de woning, en leg vast wanneer dat gesprek was.",
    # Not what is too long ago: whoever was not spoken with for years is asked too.
    suppressors=(
        "overlijden", "in_onderzoek", "lopend_onderzoek", "lopend_bezwaar", "gemeld_leefsituatie",
        *PERSON, *LETTER,
    ),
)  # fmt: skip
def klopt_dit_nog() -> pl.Expr:
    """The key is the day of that talk: after the next one it is another question."""
    return pl.col("contact_lang_geleden")
