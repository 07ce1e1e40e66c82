"""The fact view of whom an uitkering is paid to."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts, rests_on

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Belanghebbende(DossierFacts):
    """A running uitkering and a person it is paid to."""

    persoon_sleutel = dy.String(description="sleutel van deze persoon")
    rol = dy.String(description="belanghebbende of partner")
    overleden = dy.Bool(nullable=True, description="is overleden volgens de BRP")
    gestorven_op = dy.Date(nullable=True, description="dag van overlijden; leeg = geen hele datum")
    in_onderzoek = dy.Bool(nullable=True, description="de gemeente onderzoekt het adres van deze persoon")
    onderzoek_sinds = dy.Date(nullable=True, description="begin van dat onderzoek; leeg = geen hele datum")
    woont = dy.Bool(nullable=True, description="heeft in de BRP een woonadres dat te vergelijken is")
    woonadres = dy.Bool(nullable=True, description="heeft in de BRP een woonadres, te vergelijken of niet")
    alleen_briefadres = dy.Bool(nullable=True, description="heeft een briefadres en geen woonadres")
    vertrokken_naar = dy.String(
        nullable=True, description="buitenland of onbekend; leeg = niet als vertrokken ingeschreven"
    )
    vertrokken_op = dy.Date(nullable=True, description="dag van dat vertrek; leeg = geen hele datum")
    vertrokken_geschreven = dy.String(nullable=True, description="die dag zoals de BRP haar schrijft")
    adres_gelijk = dy.Bool(
        nullable=True,
        description="het adres in de BRP en dat bij de dienst zijn een en dezelfde woning; leeg = niet te zeggen",
    )
    adres_sinds = dy.Date(
        nullable=True, description="begin van het verblijf op het adres in de BRP; leeg = geen hele datum"
    )
    adres_sinds_geschreven = dy.String(nullable=True, description="dat begin zoals de BRP het schrijft")
    in_werkgebied = dy.Bool(
        nullable=True,
        description="staat ingeschreven in een gemeente waarvoor de dienst werkt",
        metadata=rests_on("werkgebied"),
    )
    overdracht_naar = dy.String(
        nullable=True,
        description="wie te bellen is in de gemeente van inschrijving, als die meedoet aan de warme overdracht",
        metadata=rests_on("overdracht"),
    )
    overdracht = dy.String(
        description="warm als die gemeente meedoet en het adres niet geheim is, anders gewoon",
        metadata=rests_on("overdracht"),
    )
    gemeld_verhuizing = dy.Bool(nullable=True, description="de inwoner heeft een verhuizing gemeld")
    gemeld_verblijf_buitenland = dy.Bool(
        nullable=True, description="de inwoner heeft een verblijf in het buitenland gemeld"
    )
    gemeld_opname = dy.Bool(nullable=True, description="de inwoner heeft een opname gemeld")
    norm_verlaagd = dy.Bool(
        nullable=True,
        description="het bedrag is geen norm uit de wet; leeg = norm niet bekend",
        metadata=rests_on("normen_vol"),
    )
    inrichting = dy.String(
        nullable=True,
        description="begint of eindigt: een verblijf in een inrichting dat de norm niet volgt",
        metadata=rests_on("normen_inrichting", "instellingen"),
    )
    leeftijd_21_op = dy.Date(nullable=True, description="de 21e verjaardag; leeg = geen hele geboortedatum")
    leeftijd_21_nabij = dy.Bool(
        nullable=True, description="die dag is dichtbij of geweest", metadata=rests_on("leeftijd_21_vooraf_dagen")
    )
    jongerennorm = dy.Bool(
        nullable=True,
        description="de norm is er een voor wie jonger is dan 21; leeg = norm niet bekend",
        metadata=rests_on("normen_onder_21", "normen_een_onder_21"),
    )
    norm_ingepland = dy.Bool(
        description="de dienst heeft een andere norm klaargezet",
        metadata=rests_on("normen_onder_21", "normen_een_onder_21"),
    )
    leeftijd_27_op = dy.Date(nullable=True, description="de 27e verjaardag; leeg = geen hele geboortedatum")
    leeftijd_27_nabij = dy.Bool(
        nullable=True,
        description="die dag is dichtbij, of nog niet lang geleden",
        metadata=rests_on("leeftijd_27_vooraf_dagen", "leeftijd_27_na_dagen"),
    )
    verrekend_cent = dy.Int64(nullable=True, description="wat de dienst per maand verrekent, van het hele huishouden")
    inkomen_verrekend = dy.Bool(nullable=True, description="de dienst verrekent inkomen; leeg = niet bekend")
    zonder_recht = dy.Bool(nullable=True, description="deze partner heeft geen recht op bijstand; leeg = niet bekend")
    partner_elders = dy.Bool(
        nullable=True,
        description="de partner, die niet op het adres van de inwoner woont; leeg = niet te zeggen",
    )
    aow_op = dy.Date(
        nullable=True,
        description="de dag waarop de AOW-leeftijd bereikt is; leeg = nog niet bekend",
        metadata=rests_on("aow_leeftijd"),
    )
    aow_nadert = dy.Bool(
        nullable=True,
        description="die dag komt nog, en is dichtbij",
        metadata=rests_on("aow_leeftijd", "aow_vooraf_maanden"),
    )
