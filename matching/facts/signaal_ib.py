"""The fact view of what other organisations know of whom an uitkering is paid to."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP, Bron.IB)


class SignaalIb(DossierFacts):
    """A running uitkering and a fact elsewhere that overlaps with it; balances are added up by tax year."""

    feit_sleutel = dy.String(description="the same for one fact, however often it is signalled")
    soort = dy.String(description="DETENTIE, UITKERING_ANDERE_GEMEENTE or VERMOGEN")
    rol = dy.String(nullable=True, description="belanghebbende or partner; empty = both, or nobody can say who")
    persoon_sleutel = dy.String(nullable=True)
    samenloop_sinds = dy.Date(nullable=True, description="the first day of the overlap where it is a whole date")
    langer_dan_een_maand = dy.Bool(nullable=True, description="the overlap lasted so long as far as it is known")
    al_afgehandeld = dy.Bool(description="reported, and dealt with by the dienst")
    gemeld_detentie = dy.Bool(nullable=True)
    vermogen_op = dy.Date(nullable=True, description="31 December of the tax year")
    boven_grens = dy.Bool(nullable=True, description="all balances together are above the vermogensgrens of that day")
    boven_grens_euro = dy.Int32(nullable=True, description="by how much, in whole euro")
    vermogen_recent = dy.Bool(nullable=True, description="that day is not too long ago to say anything about now")
    signaal_onzeker = dy.Bool(nullable=True, description="dossier and person do not prove each other")
