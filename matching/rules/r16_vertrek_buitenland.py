"""R16: the belanghebbende is registered as gone, abroad or nobody knows where. A person calls, and helps first."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import Artikel, pw
from contracts.tables import Doel
from matching.rule import Variant, rule
from matching.suppressors import STOPS


@rule(
    rule_id="R16",
    title="Vertrek naar buitenland of onbekend",
    version="1",
    view="belanghebbende",
    doel=Doel.ACTUALISEREN,
    grondslagen=(pw("11", 1), pw("13", 1, "e"), pw("40", 1), Artikel("Wet BRP", "2.23")),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de inwoner in de BRP als vertrokken staat: naar het buitenland, of niemand weet waarheen. In het "
        "laatste geval is het een hulptaak, want misschien is iemand dakloos. Is de inschrijving hersteld, dan is het "
        "signaal weg."
    ),
    told_once_per=("dossiernummer", "persoon_sleutel", "vertrokken_geschreven"),
    feitdatum="vertrokken_op",
    varies_by="vertrokken_naar",
    variants={
        "buitenland": Variant(
            richting=Richting.NADEEL,
            route=Route.TASK,
            seen="De inwoner staat sinds {vertrokken_op} ingeschreven als vertrokken naar het buitenland.",
            task="Bel en vraag of dit klopt en hoe lang het duurt. Klopt het niet, help dan bij het herstel.",
            effect="uitkering_stopt",
        ),
        "onbekend": Variant(
            richting=Richting.NADEEL,
            route=Route.HELP_TASK,
            seen="De gemeente schreef de inwoner op {vertrokken_op} uit, omdat niet bekend is waar die verblijft.",
            task="Zoek contact. Is de inwoner dakloos, help dan eerst aan een briefadres; daarna pas de uitkering.",
            effect="uitkering_stopt",
        ),
    },
    suppressors=(*STOPS, "gemeld_verhuizing", "gemeld_verblijf_buitenland"),
)
def vertrek_buitenland() -> pl.Expr:
    """A registration that is restored is no finding any more. Who left together with another is one finding.

    The partner alone is not this rule's: then the household changed.
    """
    return pl.col("rol") == "belanghebbende"
