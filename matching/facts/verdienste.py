"""The fact view of which work or other income somebody with an uitkering has."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts, rests_on

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP, Bron.IB)


class Verdienste(DossierFacts):
    """A running uitkering, a person it is paid to, and an inkomstenverhouding of that person."""

    persoon_sleutel = dy.String(description="sleutel van deze persoon")
    rol = dy.String(description="belanghebbende of partner")
    partner_elders = dy.Bool(
        nullable=True,
        description="de partner, die niet op het adres van de inwoner woont; leeg = niet te zeggen",
    )
    inkomen_sleutel = dy.String(
        description="sleutel van de inkomstenverhouding bij werkgever of betaler, of van de eerste dag"
    )
    soort = dy.String(nullable=True, description="loon, uitkering, AOW of Anw, of pensioen; leeg = niet bekend welk")
    aanvang = dy.Date(nullable=True, description="eerste dag; leeg = geen hele datum")
    loopt = dy.Bool(
        nullable=True, description="het loopt door; leeg = niet te zeggen", metadata=rests_on("opgave_dagen")
    )
    bedrag_laagst_cent = dy.Int64(
        nullable=True,
        description="wat er per maand minstens te verrekenen is, in centen",
        metadata=rests_on("vrijlating_procent"),
    )
    bedrag_hoogst_cent = dy.Int64(nullable=True, description="de hoogste maand, bruto, in centen")
    verrekend_cent = dy.Int64(
        nullable=True, description="wat de dienst per maand verrekent, voor het hele huishouden, in centen"
    )
    niet_verrekend = dy.Bool(
        nullable=True,
        description="het kan niet in wat verrekend wordt zitten; leeg = niet te zeggen",
        metadata=rests_on("inkomen_drempel_cent", "vrijlating_procent"),
    )
    inkomen_onduidelijk = dy.Bool(description="soort of hoogte is niet bekend")
    bekend_bij = dy.String(description="wie het meldt: UWV, het Inlichtingenbureau of allebei")
    gemeld_inkomen = dy.Bool(nullable=True, description="de inwoner heeft inkomen gemeld")
    koppeling_onzeker = dy.Bool(
        nullable=True, description="het is niet zeker om wie het gaat", metadata=rests_on("koppelgewichten")
    )
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
