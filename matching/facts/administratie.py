"""The fact view of the dienst's own administration."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts, rests_on

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Administratie(DossierFacts):
    """A running uitkering: the norm that is used beside the norm of the law, and when the dienst last asked."""

    norm_bedrag_cent = dy.Int64(
        nullable=True, description="de norm die de dienst gebruikt, in centen; leeg = niet bekend, of twee tegelijk"
    )
    norm_sinds = dy.Date(nullable=True, description="sinds wanneer")
    verlaagd_bij_besluit = dy.Bool(
        description="verlaagd door een besluit dat de administratie noemt (artikel 18, 27 of 28 Pw)"
    )
    norm_laagste_cent = dy.Int64(
        nullable=True,
        description="de laagste norm volgens de wet, bij wat de dienst weet en het register toont, in centen",
        metadata=rests_on("kostendelersleeftijd", "normen_vol"),
    )
    norm_gelijk = dy.Bool(
        nullable=True,
        description="het is de norm van de wet, met of zonder vakantietoeslag",
        metadata=rests_on("kostendelersleeftijd", "normen_vol"),
    )
    norm_nog_vorige = dy.Bool(
        nullable=True,
        description="het is die van het halfjaar ervoor, en de nieuwe geldt nog kort",
        metadata=rests_on("kostendelersleeftijd", "normen_vol", "indexering_dagen"),
    )
    jongerennorm_voorbij = dy.Bool(
        nullable=True,
        description="voor wie de norm is, is 21 geworden: daarover gaat R05",
        metadata=rests_on("normen_onder_21", "normen_een_onder_21"),
    )
    contact_op = dy.Date(nullable=True, description="het laatste gesprek over wie er woont")
    contact_lang_geleden = dy.Bool(
        nullable=True,
        description="dat gesprek is lang geleden; leeg = niet bekend",
        metadata=rests_on("contact_maanden"),
    )
    gemeld_leefsituatie = dy.Bool(description="een melding over wie er woont, is nog niet verwerkt")
    partner_zonder_recht = dy.Bool(nullable=True, description="de partner heeft geen recht op bijstand")
    kind_bekend = dy.Bool(description="de dienst kent hier een kind")
