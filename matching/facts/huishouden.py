"""The fact view of who lives at an address."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Huishouden(DossierFacts):
    """A running uitkering and a person at its address, by the BRP or by the dienst."""

    bewoner_sleutel = dy.String()
    persoon_sleutel = dy.String(nullable=True, description="of who lives here: the same whether the dienst knows them")
    woont_op_adres = dy.Bool(description="registered at the address of the belanghebbende")
    bekende_rol = dy.String(nullable=True, description="what the dienst knows this person as; empty = unknown")
    bekend_sinds = dy.Date(nullable=True)
    bewoner_sinds = dy.Date(nullable=True, description="start of the stay where it is a whole date")
    bewoner_sinds_geschreven = dy.String(nullable=True, description="start of the stay as written: 8 characters")
    telt_mee_sinds = dy.Date(nullable=True, description="since when this person can count: both live here, and the age")
    kostendelersleeftijd_bereikt = dy.Bool(nullable=True, description="empty = can't be said")
    kostendelersleeftijd_op = dy.Date(nullable=True, description="the day of that birthday, of who lives here")
    kostendelersleeftijd_nabij = dy.Bool(nullable=True, description="that day is near or past; empty = unknown")
    kostendelersleeftijd_hier = dy.Bool(description="that day is past, and came while they lived here together")
    bewoner_in_onderzoek = dy.Bool(nullable=True)
    bewoner_briefadres = dy.Bool(nullable=True)
    vertrek = dy.String(nullable=True, description="how a known person left; empty = not known to have left")
    vertrokken_op = dy.Date(nullable=True)
    adres_bekend = dy.Bool(description="the belanghebbende has a woonadres with a key in the BRP")
    belanghebbende_21 = dy.Bool(nullable=True)
    onbekende_bewoners = dy.Int32(description="residents of kostendelersleeftijd the dienst does not know")
    onbenoemde_kostendelers = dy.Int32(description="kostendelers the dienst counts without naming them")
    ib_gezien = dy.Bool(description="the Inlichtingenbureau signalled the same of this person")
    koppeling_onzeker = dy.Bool(nullable=True)
    echtgenoot = dy.Bool(description="the BRP has, or most likely has, the belanghebbende married to them")
    bekende_onzeker = dy.Bool(nullable=True, description="the dienst's number of this person is in question itself")
    koppel_links = dy.String(nullable=True, description="key of whom the dienst knows by name and this may be")
    koppel_rechts = dy.String(nullable=True, description="person key of this person, to decide about the two")
    koppel_inhoud = dy.String(nullable=True, description="hash of what the BRP says of this person")
    koppel_band = dy.String(nullable=True, description="what the comparisons make of the two")
    koppel_gewicht = dy.Int64(nullable=True, description="weight of the two in millibits")
    studeert = dy.Bool(description="by DUO certainly follows a course for which nobody shares costs (19a lid 1 d)")
    studeert_misschien = dy.Bool(description="by DUO may follow one; false too where DUO does not deliver")
    gemeld_huisgenoot_in = dy.Bool(nullable=True)
    gemeld_huisgenoot_uit = dy.Bool(nullable=True)
    bewoners_op_adres = dy.Int32()
