"""The fact view of what inwoners reported and the dienst has not dealt with."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Achterstand(DossierFacts):
    """A running uitkering and a melding that waits."""

    melding_id = dy.String()
    onderwerp = dy.String(description="what the melding is about")
    ontvangen_op = dy.Date()
    wacht_te_lang = dy.Bool(description="longer than the dienst allows itself")
