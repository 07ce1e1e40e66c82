"""R10: the belanghebbende married, or lives with whom they are married to, and the dienst takes them for single."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Uitzondering, pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import STOPS


@rule(
    rule_id="R10",
    title="Huwelijk of geregistreerd partnerschap",
    version="2",
    view="partner",
    doel=Doel.ACTUALISEREN,
    richting=Richting.GEMENGD,
    route=Route.TASK,
    grondslagen=(pw("3", 1), pw("3", 2), pw("21", onderdeel="b"), pw("24"), pw("32", 3)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de BRP een huwelijk of geregistreerd partnerschap van de inwoner kent dat na het begin van de "
        "uitkering gesloten is, en de dienst geen partner kent. Ook als wie al getrouwd was nu op hetzelfde adres "
        "staat. Zwijgt over een ouder huwelijk van wie apart wonen: daar keek de dienst bij de aanvraag naar."
    ),
    uitzonderingen=(
        Uitzondering(pw("3", 2, "b"), "wie duurzaam gescheiden leeft telt als ongehuwd"),
        Uitzondering(pw("24"), "een partner zonder recht op bijstand, zoals in het buitenland: de halve norm"),
    ),
    # Not with whom: who is named without a key gets another one once a spelling is mended.
    told_once_per=("dossiernummer", "verbintenis_sinds_geschreven"),
    feitdatum="samen_op",
    seen="Volgens de BRP heeft de belanghebbende een echtgenoot of geregistreerd partner; nieuw sinds {samen_op}.",
    task="Bespreek wat er verandert: waar de partner woont, of die inkomen heeft, of zij duurzaam gescheiden leven.",
    effect="partner_erbij",
    suppressors=(*STOPS, "bewoner_in_onderzoek", "relatie_in_onderzoek", "gemeld_partner", "koppeling_onzeker"),
)
def huwelijk() -> pl.Expr:
    """Who had married when the uitkering began and lives apart was looked at: duurzaam gescheiden (article 3 lid 2 b).

    Once the two are registered at one address that can't be why any more.
    """
    news = pl.col("verbintenis_nieuw") | pl.col("partner_woont_hier")
    return pl.col("dienst_alleen") & pl.col("verbintenis_loopt") & news
