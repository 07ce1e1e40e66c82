"""The fact view of the dienst's own administration."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Administratie(DossierFacts):
    """A running uitkering: the norm that is used beside the norm of the law, and when the dienst last asked."""

    norm_bedrag_cent = dy.Int64(nullable=True, description="the norm that is used; empty = not known, or two at a time")
    norm_sinds = dy.Date(nullable=True, description="since when")
    verlaagd_bij_besluit = dy.Bool(description="by a decision that the administration names (18, 27, 28 Pw)")
    norm_laagste_cent = dy.Int64(
        nullable=True, description="the lowest norm of the law by what the dienst knows and the register shows"
    )
    norm_gelijk = dy.Bool(nullable=True, description="it is the norm of the law, with or without holiday allowance")
    norm_nog_vorige = dy.Bool(nullable=True, description="it is that of the half year before, and the new one is young")
    jongerennorm_voorbij = dy.Bool(nullable=True, description="who it is for has turned 21: R05")
    contact_op = dy.Date(nullable=True, description="the last talk about who lives there")
    contact_lang_geleden = dy.Bool(nullable=True)
    gemeld_leefsituatie = dy.Bool(description="a melding about who lives there is not dealt with yet")
    partner_zonder_recht = dy.Bool(nullable=True, description="the partner has no right to bijstand")
    kind_bekend = dy.Bool(description="the dienst knows a child here")
