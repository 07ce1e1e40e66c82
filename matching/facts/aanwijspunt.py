"""The fact view of who lives together and has a tie that article 3 lid 4 Pw names."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts, rests_on

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Aanwijspunt(DossierFacts):
    """A running uitkering and a resident of its address with such a tie; it concludes nothing."""

    bewoner_sleutel = dy.String(description="sleutel van de bewoner, voor de dienst")
    aanwijspunt = dy.String(
        description="gehuwd: eerder gehuwd, of een paar voor de bijstand; kind: ouders van hetzelfde kind"
    )
    samen_sinds = dy.Date(
        nullable=True, description="sinds wanneer allebei hier ingeschreven staan; leeg = niet bekend"
    )
    dienst_alleen = dy.Bool(nullable=True, description="de dienst ziet iemand die alleen is; leeg = niet bekend")
    eerste_graad = dy.Bool(description="de twee zijn ouder en kind")
    al_bekeken = dy.Bool(description="de dienst kent de bewoner in een rol waarbij al gekeken is hoe zij wonen")
    bewoner_in_onderzoek = dy.Bool(nullable=True, description="de gemeente onderzoekt het adres van de bewoner")
    relatie_in_onderzoek = dy.Bool(description="de gemeente onderzoekt de relatie")
    koppeling_onzeker = dy.Bool(description="het is niet zeker om wie het gaat", metadata=rests_on("koppelgewichten"))
    koppel_links = dy.String(
        nullable=True,
        description="sleutel van wie genoemd wordt en wie dit kan zijn",
        metadata=rests_on("koppelgewichten"),
    )
    koppel_rechts = dy.String(
        nullable=True,
        description="sleutel van deze persoon, om over die twee te besluiten",
        metadata=rests_on("koppelgewichten"),
    )
    koppel_inhoud = dy.String(nullable=True, description="hash van wat de BRP van deze persoon zegt")
    koppel_band = dy.String(
        nullable=True, description="wat de vergelijking van die twee maakt", metadata=rests_on("koppelgewichten")
    )
    koppel_gewicht = dy.Int64(
        nullable=True,
        description="gewicht van die twee, in duizendsten van een bit",
        metadata=rests_on("koppelgewichten"),
    )
    gemeld_partner = dy.Bool(nullable=True, description="de inwoner heeft iets over een partner gemeld")
