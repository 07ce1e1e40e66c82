"""The fact view of who lives together and has a tie that article 3 lid 4 Pw names."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Aanwijspunt(DossierFacts):
    """A running uitkering and a resident of its address with such a tie; it concludes nothing."""

    bewoner_sleutel = dy.String()
    aanwijspunt = dy.String(description="gehuwd: married before, or a couple for bijstand; kind: parents of one child")
    samen_sinds = dy.Date(nullable=True, description="since when both are registered here; empty = unknown")
    dienst_alleen = dy.Bool(nullable=True, description="the dienst sees one single person; empty = unknown")
    eerste_graad = dy.Bool(description="the two are parent and child")
    al_bekeken = dy.Bool(description="the dienst knows the resident in a role in which it looked at how they live")
    bewoner_in_onderzoek = dy.Bool(nullable=True)
    relatie_in_onderzoek = dy.Bool()
    koppeling_onzeker = dy.Bool(description="the tie rests on a name and a birth date")
    koppel_links = dy.String(nullable=True, description="key of the former partner as the relation names them")
    koppel_rechts = dy.String(nullable=True, description="person key of who it may be, to decide about the two")
    koppel_inhoud = dy.String(nullable=True, description="hash of what the BRP says of this person")
    koppel_band = dy.String(nullable=True, description="what the comparisons make of the two")
    koppel_gewicht = dy.Int64(nullable=True, description="weight of the two in millibits")
    gemeld_partner = dy.Bool(nullable=True)
