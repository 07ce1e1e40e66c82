"""R20: another gemeente pays bijstand as well, for longer than a removal takes."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import rule
from matching.suppressors import STOPS


@rule(
    rule_id="R20",
    title="Dubbele bijstand andere gemeente",
    version="1",
    view="signaal_ib",
    doel=Doel.ACTUALISEREN,
    richting=Richting.NADEEL,
    route=Route.TASK,
    grondslagen=(pw("40", 1),),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als het Inlichtingenbureau een uitkering van een andere gemeente ziet die langer dan een maand naast "
        "die van hier loopt. Zwijgt bij een overlap van hoogstens een maand, zoals na een verhuizing. Zonder einddatum "
        "telt de overlap tot de laatste levering: misschien is het einde daar nog niet verwerkt."
    ),
    told_once_per=("dossiernummer", "feit_sleutel"),
    feitdatum="samenloop_sinds",
    effect="uitkering_stopt",
    seen="Sinds {samenloop_sinds} loopt ook een bijstandsuitkering van een andere gemeente.",
    task="Vraag de andere gemeente of die uitkering nog loopt, of dat de einddatum daar nog niet verwerkt is.",
    suppressors=(*STOPS, "signaal_onzeker"),
)
def dubbele_bijstand() -> pl.Expr:
    """One gemeente pays (article 40); two administrations and one removal may overlap for a month."""
    return (pl.col("soort") == "UITKERING_ANDERE_GEMEENTE") & pl.col("langer_dan_een_maand")
