"""The fact view of what inwoners reported and the dienst has not dealt with."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts, rests_on

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Achterstand(DossierFacts):
    """A running uitkering and a melding that waits."""

    melding_id = dy.String(description="nummer van de melding bij de dienst")
    onderwerp = dy.String(description="waar de melding over gaat; vertrouwelijk = kijk in de melding zelf")
    ontvangen_op = dy.Date(description="dag waarop de dienst de melding kreeg")
    wacht_te_lang = dy.Bool(
        description="langer dan de dienst zichzelf toestaat", metadata=rests_on("achterstand_dagen")
    )
