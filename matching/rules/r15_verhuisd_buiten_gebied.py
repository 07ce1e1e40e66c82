"""R15: the belanghebbende is registered in a gemeente of another dienst. Who applies there in time misses nothing."""

from datetime import date

import polars as pl

from contracts.finding import Richting, Route
from contracts.law import pw
from contracts.tables import Doel
from matching.rule import Variant, rule
from matching.suppressors import LETTER, PERSON, STOPS


@rule(
    rule_id="R15",
    title="Verhuisd buiten het werkgebied",
    version="3",
    view="belanghebbende",
    doel=Doel.ACTUALISEREN,
    grondslagen=(pw("40", 1), pw("53a", 1)),
    valid_from=date(2015, 1, 1),
    uitleg=(
        "Spreekt als de inwoner een woonadres heeft in een gemeente waarvoor deze dienst niet werkt. Zwijgt bij een "
        "gemeente van dezelfde dienst, bij een briefadres elders en als alleen de partner verhuisde. Doet de nieuwe "
        "gemeente mee aan de warme overdracht, dan is het een taak: samen met de inwoner die gemeente bellen."
    ),
    told_once_per=("dossiernummer", "persoon_sleutel", "adres_sinds_geschreven"),
    feitdatum="adres_sinds",
    varies_by="overdracht",
    variants={
        "gewoon": Variant(
            richting=Richting.NADEEL,
            route=Route.NUDGE_THEN_TASK,
            bericht="verhuisd_buiten_gebied",
            seen="De inwoner staat sinds {adres_sinds} ingeschreven in een gemeente buiten het werkgebied.",
            task="Help om op tijd aan te vragen bij de nieuwe gemeente en spreek af wanneer de uitkering hier stopt.",
            effect="uitkering_stopt",
        ),
        # A person who calls together with somebody loses nothing on the way; what is told there the inwoner decides.
        "warm": Variant(
            richting=Richting.NADEEL,
            route=Route.TASK,
            seen="De inwoner staat sinds {adres_sinds} ingeschreven in een gemeente die meedoet aan warme overdracht.",
            task=(
                "Bied aan om samen met de inwoner te bellen met {overdracht_naar}. Vertel daar alleen wat de inwoner "
                "goed vindt. Spreek af wanneer de uitkering hier stopt."
            ),
            effect="uitkering_stopt",
        ),
    },
    suppressors=(
        *STOPS, "gemeld_verhuizing", "naar_massa_adres", "instelling",
        *PERSON, *LETTER,
    ),
)  # fmt: skip
def verhuisd_buiten_gebied() -> pl.Expr:
    """The gemeente where somebody lives pays (article 40): a woonadres there, also one without a key.

    A gemeente of the same dienst is R14's, a briefadres R28's, abroad R16's. Nothing is sent to the other gemeente
    (docs/besluiten/0057).
    """
    return (pl.col("rol") == "belanghebbende") & pl.col("woonadres") & ~pl.col("in_werkgebied")
