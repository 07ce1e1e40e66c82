"""The fact view of what other organisations know of whom an uitkering is paid to."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts, rests_on

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP, Bron.IB)


class SignaalIb(DossierFacts):
    """A running uitkering and a fact elsewhere that overlaps with it; balances are added up by tax year."""

    feit_sleutel = dy.String(description="hetzelfde voor een en hetzelfde feit, hoe vaak het ook gemeld wordt")
    soort = dy.String(description="DETENTIE, UITKERING_ANDERE_GEMEENTE of VERMOGEN")
    rol = dy.String(nullable=True, description="belanghebbende of partner; leeg = allebei, of niet te zeggen wie")
    persoon_sleutel = dy.String(nullable=True, description="sleutel van deze persoon")
    samenloop_sinds = dy.Date(nullable=True, description="eerste dag van de samenloop; leeg = geen hele datum")
    langer_dan_een_maand = dy.Bool(
        nullable=True, description="de samenloop duurde langer dan een maand, voor zover bekend"
    )
    al_afgehandeld = dy.Bool(description="gemeld, en door de dienst afgehandeld")
    gemeld_detentie = dy.Bool(nullable=True, description="de inwoner heeft een detentie gemeld")
    vermogen_op = dy.Date(nullable=True, description="31 december van het belastingjaar")
    boven_grens = dy.Bool(
        nullable=True,
        description="alle saldi samen zijn hoger dan de vermogensgrens van die dag",
        metadata=rests_on("vermogensgrenzen"),
    )
    boven_grens_euro = dy.Int32(
        nullable=True, description="hoeveel hoger, in hele euro", metadata=rests_on("vermogensgrenzen")
    )
    vermogen_recent = dy.Bool(
        nullable=True,
        description="die dag is niet te lang geleden om iets over nu te zeggen",
        metadata=rests_on("vermogen_hoogstens_maanden"),
    )
    signaal_onzeker = dy.Bool(
        nullable=True, description="dossiernummer en persoon bewijzen elkaar niet", metadata=rests_on("koppelgewichten")
    )
