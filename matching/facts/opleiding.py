"""The fact view of who studies, or stopped."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts, rests_on

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP, Bron.DUO)


class Opleiding(DossierFacts):
    """A running uitkering, a person at its address or paid by it, and a study they follow, begin soon, or stopped."""

    rol = dy.String(description="belanghebbende, partner of medebewoner")
    persoon_sleutel = dy.String(description="sleutel van deze persoon")
    bewoner_sleutel = dy.String(
        nullable=True, description="van een medebewoner: de sleutel van de dienst, als die hem of haar kent"
    )
    bekende_rol = dy.String(nullable=True, description="als wie de dienst een medebewoner kent; leeg = niet bekend")
    bekend_sinds = dy.Date(nullable=True, description="sinds wanneer de dienst deze persoon zo kent")
    kostendelersleeftijd_bereikt = dy.Bool(
        nullable=True,
        description="van een medebewoner: heeft de leeftijd om mee te tellen; leeg = niet te zeggen",
        metadata=rests_on("kostendelersleeftijd"),
    )
    belanghebbende_21 = dy.Bool(nullable=True, description="de inwoner is 21 jaar of ouder; leeg = niet te zeggen")
    bewoner_in_onderzoek = dy.Bool(description="de gemeente onderzoekt het adres van deze persoon")
    vorm = dy.String(description="bbl, voltijd, deeltijd, bol of ho (niet bekend welke van de twee) of onbekend")
    geeft_recht = dy.String(
        description="op studiefinanciering, of als bbl (artikel 19a lid 1 onderdeel d): ja, nee of onbekend",
        metadata=rests_on("studiefinanciering_leeftijd"),
    )
    verandering = dy.String(
        description="start: studeert, of begint binnenkort; stop: zeker gestopt",
        metadata=rests_on("duo_dagen", "studie_vooraf_dagen", "zomergat_dagen", "vervolg_dagen"),
    )
    veranderd_op = dy.Date(nullable=True, description="de eerste of de laatste dag; leeg = geen hele datum")
    gemeld_studie = dy.Bool(description="een melding over een studie wacht bij de dienst")
    studie_verwerkt = dy.Bool(description="de dienst heeft er een melding over verwerkt")
    verrekend_cent = dy.Int64(nullable=True, description="wat de dienst per maand verrekent, van het hele huishouden")
    inkomen_verrekend = dy.Bool(nullable=True, description="er wordt inkomen verrekend, en de studie stopte daarna")
    verlaging_mogelijk = dy.Bool(
        nullable=True,
        description="de norm is lager door een besluit, zoals bij artikel 28 na een studie",
        metadata=rests_on("schoolverlater_maanden"),
    )
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
