"""The fact view of partners: by the BRP and by the dienst."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts, rests_on

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Partner(DossierFacts):
    """A running uitkering and a partner: whom the dienst pays too, or whom the belanghebbende is or was married to."""

    partner_sleutel = dy.String(nullable=True, description="sleutel van de partner")
    dienst_partner = dy.Bool(description="de dienst betaalt de uitkering ook aan deze partner")
    dienst_alleen = dy.Bool(nullable=True, description="de dienst ziet iemand die alleen is; leeg = niet bekend")
    verbintenis_loopt = dy.Bool(description="een huwelijk of geregistreerd partnerschap dat niet is geëindigd")
    verbintenis_nieuw = dy.Bool(nullable=True, description="het begon na de uitkering; leeg = niet te zeggen")
    verbintenis_sinds_geschreven = dy.String(description="wanneer het begon, zoals de BRP het schrijft")
    partner_woont_hier = dy.Bool(description="staat ingeschreven op het adres van de inwoner")
    partner_leeftijd = dy.Int32(
        nullable=True,
        description="leeftijd van de partner voor de norm: 0, 18, 21, of 65 voor de AOW-leeftijd; leeg = niet bekend",
        metadata=rests_on("aow_leeftijd"),
    )
    partner_kostendeler = dy.Bool(description="de dienst telt deze persoon als kostendeler")
    samen_op = dy.Date(
        nullable=True, description="de dag waarop het begon, of vanaf welke een ouder huwelijk samenwoont"
    )
    einde = dy.String(nullable=True, description="vertrokken of ontbonden; leeg = niets geëindigd")
    einde_op = dy.Date(nullable=True, description="de dag daarvan; leeg = geen hele datum")
    partner_tijdelijk_elders = dy.Bool(
        description="wie vertrok, staat ingeschreven bij een instelling of op een adres met heel veel mensen",
        metadata=rests_on("massa_adres_boven", "instellingen"),
    )
    bewoner_in_onderzoek = dy.Bool(description="de gemeente onderzoekt waar de partner woont")
    relatie_in_onderzoek = dy.Bool(description="de gemeente onderzoekt de verbintenis")
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
    gemeld_tijdelijk_elders = dy.Bool(nullable=True, description="de inwoner meldde dat iemand een tijd elders is")
