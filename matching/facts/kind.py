"""The fact view of the children of a household."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts, rests_on

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Kind(DossierFacts):
    """A running uitkering and a child of the belanghebbende or the partner, wherever it lives."""

    kind_sleutel = dy.String(
        description="sleutel van het kind; van een kind dat niet gevonden is, van hoe het genoemd wordt"
    )
    woont_op_adres = dy.Bool(description="staat ingeschreven op het adres van de inwoner")
    adres_bekend = dy.Bool(description="de inwoner heeft in de BRP een woonadres dat te vergelijken is")
    minderjarig = dy.Bool(nullable=True, description="zeker jonger dan 18, of zeker niet; leeg = niet te zeggen")
    kind_18_op = dy.Date(nullable=True, description="de 18e verjaardag; leeg = geen hele geboortedatum")
    kind_18_nabij = dy.Bool(
        nullable=True, description="die dag is dichtbij of geweest", metadata=rests_on("kind_18_vooraf_dagen")
    )
    kind_18_bereikt = dy.Bool(nullable=True, description="die dag is geweest; leeg = niet te zeggen")
    jonger_kind_thuis = dy.Bool(nullable=True, description="er woont hier ook een jonger kind; leeg = misschien")
    minderjarig_kind_thuis = dy.Bool(description="er woont hier een kind dat jonger is dan 18, of kan zijn")
    minderjarig_kind_elders = dy.Bool(description="een kind jonger dan 18 woont niet hier")
    jongste_elders = dy.Bool(description="dit is de jongste van die kinderen")
    kind_sinds = dy.Date(nullable=True, description="hier ingeschreven sinds, van een kind dat hier woont")
    vertrokken_op = dy.Date(
        nullable=True, description="de dag waarop het laatste kind jonger dan 18 vertrok; leeg = niet bekend"
    )
    kind_bekend = dy.Bool(description="de dienst kent dit kind, in welke rol ook")
    dienst_met_kind = dy.Bool(
        nullable=True, description="de dienst rekent met een kind jonger dan 18; leeg = niet te zeggen"
    )
    eenoudergezin = dy.Bool(
        nullable=True, description="de dienst ziet een ouder alleen met kinderen; leeg = niet bekend"
    )
    leefvorm_paar = dy.Bool(nullable=True, description="de dienst ziet een paar; leeg = niet bekend")
    iemand_onder_21 = dy.Bool(description="de inwoner of de partner is zeker jonger dan 21")
    rouw = dy.Bool(
        description="een kind van hen is kort geleden overleden, of dood geboren", metadata=rests_on("rouw_dagen")
    )
    bewoner_in_onderzoek = dy.Bool(description="de gemeente onderzoekt waar het kind woont")
    relatie_in_onderzoek = dy.Bool(description="de gemeente onderzoekt of het hun kind is")
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
    gemeld_kind = dy.Bool(nullable=True, description="de inwoner heeft iets over een kind gemeld")
