"""The fact view of who lives at an address."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts, rests_on

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Huishouden(DossierFacts):
    """A running uitkering and a person at its address, by the BRP or by the dienst."""

    bewoner_sleutel = dy.String(description="sleutel van de bewoner, voor de dienst")
    persoon_sleutel = dy.String(
        nullable=True, description="sleutel van wie hier woont: dezelfde of de dienst die persoon kent of niet"
    )
    woont_op_adres = dy.Bool(description="staat ingeschreven op het adres van de inwoner")
    bekende_rol = dy.String(nullable=True, description="als wie de dienst deze persoon kent; leeg = niet bekend")
    bekend_sinds = dy.Date(nullable=True, description="sinds wanneer de dienst deze persoon zo kent")
    bewoner_sinds = dy.Date(nullable=True, description="begin van het verblijf op dit adres; leeg = geen hele datum")
    bewoner_sinds_geschreven = dy.String(nullable=True, description="begin van het verblijf zoals de BRP het schrijft")
    telt_mee_sinds = dy.Date(
        nullable=True,
        description="sinds wanneer deze persoon kan meetellen: allebei op dit adres, en op leeftijd",
        metadata=rests_on("kostendelersleeftijd"),
    )
    kostendelersleeftijd_bereikt = dy.Bool(
        nullable=True,
        description="heeft de leeftijd vanaf welke een medebewoner meetelt; leeg = niet te zeggen",
        metadata=rests_on("kostendelersleeftijd"),
    )
    kostendelersleeftijd_op = dy.Date(
        nullable=True,
        description="de dag van die verjaardag, van wie hier woont",
        metadata=rests_on("kostendelersleeftijd"),
    )
    kostendelersleeftijd_nabij = dy.Bool(
        nullable=True,
        description="die dag is dichtbij of geweest; leeg = niet te zeggen",
        metadata=rests_on("kostendelersleeftijd", "kostendeler_vooraf_dagen"),
    )
    kostendelersleeftijd_hier = dy.Bool(
        nullable=True,
        description="die dag is geweest, en viel terwijl zij hier samen woonden; leeg = niet te zeggen",
        metadata=rests_on("kostendelersleeftijd"),
    )
    bewoner_in_onderzoek = dy.Bool(nullable=True, description="de gemeente onderzoekt het adres van deze persoon")
    bewoner_briefadres = dy.Bool(nullable=True, description="deze persoon heeft een briefadres")
    vertrek = dy.String(nullable=True, description="hoe een bekende persoon vertrok; leeg = niet te zeggen")
    vertrokken_op = dy.Date(nullable=True, description="de dag van dat vertrek; leeg = geen hele datum")
    adres_bekend = dy.Bool(description="de inwoner heeft in de BRP een woonadres dat te vergelijken is")
    belanghebbende_21 = dy.Bool(nullable=True, description="de inwoner is 21 jaar of ouder; leeg = niet te zeggen")
    onbekende_bewoners = dy.Int32(
        description="hoeveel bewoners die kunnen meetellen de dienst niet kent; geen echtgenoot, geen student",
        metadata=rests_on(
            "kostendelersleeftijd",
            "koppelgewichten",
            "duo_dagen",
            "studie_vooraf_dagen",
            "studiefinanciering_leeftijd",
            "zomergat_dagen",
            "vervolg_dagen",
        ),
    )
    onbenoemde_kostendelers = dy.Int32(description="hoeveel kostendelers de dienst meetelt zonder naam")
    ib_gezien = dy.Bool(description="het Inlichtingenbureau meldt hetzelfde over deze persoon")
    koppeling_onzeker = dy.Bool(
        nullable=True, description="het is niet zeker wie deze bewoner is", metadata=rests_on("koppelgewichten")
    )
    echtgenoot = dy.Bool(
        description="volgens de BRP de echtgenoot van de inwoner, of heel waarschijnlijk",
        metadata=rests_on("koppelgewichten"),
    )
    bekende_onzeker = dy.Bool(
        nullable=True,
        description="het nummer dat de dienst van deze persoon heeft, is zelf de vraag",
        metadata=rests_on("koppelgewichten"),
    )
    koppel_links = dy.String(
        nullable=True,
        description="sleutel van wie de dienst bij naam kent en wie dit kan zijn",
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
    studeert = dy.Bool(
        description="volgt volgens DUO zeker een opleiding waarbij niemand kosten deelt (19a lid 1 onderdeel d)",
        metadata=rests_on(
            "duo_dagen", "studie_vooraf_dagen", "studiefinanciering_leeftijd", "zomergat_dagen", "vervolg_dagen"
        ),
    )
    studeert_misschien = dy.Bool(
        description="volgt er volgens DUO misschien een; ook nee waar DUO niet levert",
        metadata=rests_on(
            "duo_dagen", "studie_vooraf_dagen", "studiefinanciering_leeftijd", "zomergat_dagen", "vervolg_dagen"
        ),
    )
    gemeld_huisgenoot_in = dy.Bool(nullable=True, description="de inwoner heeft een nieuwe huisgenoot gemeld")
    gemeld_huisgenoot_uit = dy.Bool(nullable=True, description="de inwoner heeft gemeld dat een huisgenoot vertrok")
    bewoners_op_adres = dy.Int32(description="hoeveel mensen volgens de BRP op het adres wonen")
