"""The fact view of which work or other income somebody with an uitkering has."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP, Bron.IB)


class Verdienste(DossierFacts):
    """A running uitkering, a person it is paid to, and an inkomstenverhouding of that person."""

    persoon_sleutel = dy.String()
    rol = dy.String(description="belanghebbende or partner")
    inkomen_sleutel = dy.String(description="of employer or payer and the number of the inkomstenverhouding there")
    soort = dy.String(nullable=True, description="loon, uitkering, AOW of Anw, or pensioen; empty = not known which")
    aanvang = dy.Date(nullable=True)
    aanvang_geschreven = dy.String(description="that day as written: 8 characters, or onbekend")
    loopt = dy.Bool(nullable=True, description="it goes on; empty = can't be said")
    bedrag_laagst_cent = dy.Int64(nullable=True, description="what is to be set off a month at least")
    bedrag_hoogst_cent = dy.Int64(nullable=True, description="the highest month, gross")
    verrekend_cent = dy.Int64(nullable=True, description="what the dienst sets off a month, for the whole household")
    niet_verrekend = dy.Bool(nullable=True, description="it can't be in what is set off; empty = can't be said")
    inkomen_onduidelijk = dy.Bool(description="its kind or its size is not known")
    bekend_bij = dy.String(description="who told of it: UWV, het Inlichtingenbureau or both")
    gemeld_inkomen = dy.Bool(nullable=True)
    koppeling_onzeker = dy.Bool(nullable=True)
    koppel_links = dy.String(nullable=True, description="key of whom UWV names and this may be")
    koppel_rechts = dy.String(nullable=True, description="person key of this person, to decide about the two")
    koppel_inhoud = dy.String(nullable=True, description="hash of what the BRP says of this person")
    koppel_band = dy.String(nullable=True, description="what the comparisons make of the two")
    koppel_gewicht = dy.Int64(nullable=True, description="weight of the two in millibits")
