"""The fact view of partners: by the BRP and by the dienst."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Partner(DossierFacts):
    """A running uitkering and a partner: whom the dienst pays too, or whom the belanghebbende is or was married to."""

    partner_sleutel = dy.String(nullable=True)
    dienst_partner = dy.Bool(description="the dienst pays the uitkering to this partner too")
    dienst_alleen = dy.Bool(nullable=True, description="the dienst sees one single person; empty = unknown")
    verbintenis_loopt = dy.Bool(description="a marriage or geregistreerd partnerschap that has not ended")
    verbintenis_nieuw = dy.Bool(nullable=True, description="it began after the uitkering did; empty = can't be said")
    verbintenis_sinds_geschreven = dy.String(description="when it began, as written: 8 characters")
    partner_woont_hier = dy.Bool(description="registered at the address of the belanghebbende")
    samen_op = dy.Date(nullable=True, description="the day it began, or from which an older one has them live together")
    einde = dy.String(nullable=True, description="vertrokken or ontbonden; empty = nothing ended")
    einde_op = dy.Date(nullable=True, description="the day of that")
    partner_tijdelijk_elders = dy.Bool(description="who left is registered at an institution or a mass address")
    bewoner_in_onderzoek = dy.Bool(description="where the partner lives is being looked into")
    relatie_in_onderzoek = dy.Bool(description="the verbintenis is being looked into")
    koppeling_onzeker = dy.Bool(description="that it is this person rests on a name and a birth date")
    koppel_links = dy.String(nullable=True, description="key of the partner as the relation names them")
    koppel_rechts = dy.String(nullable=True, description="person key of who it may be, to decide about the two")
    koppel_inhoud = dy.String(nullable=True, description="hash of what the BRP says of this person")
    koppel_band = dy.String(nullable=True, description="what the comparisons make of the two")
    koppel_gewicht = dy.Int64(nullable=True, description="weight of the two in millibits")
    gemeld_partner = dy.Bool(nullable=True)
    gemeld_opname = dy.Bool(nullable=True)
    gemeld_detentie = dy.Bool(nullable=True)
