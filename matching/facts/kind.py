"""The fact view of the children of a household."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Kind(DossierFacts):
    """A running uitkering and a child of the belanghebbende or the partner, wherever it lives."""

    kind_sleutel = dy.String(description="person key; of a child that nobody is found for, a key of how it is named")
    woont_op_adres = dy.Bool(description="registered at the address of the belanghebbende")
    adres_bekend = dy.Bool(description="the belanghebbende has a woonadres with a key in the BRP")
    minderjarig = dy.Bool(nullable=True, description="certainly under 18, or certainly not")
    kind_18_op = dy.Date(nullable=True, description="the 18th birthday; empty = no whole birth date")
    kind_18_nabij = dy.Bool(nullable=True, description="that day is near or past")
    kind_18_bereikt = dy.Bool(nullable=True, description="that day is past; empty = can't be said")
    jonger_kind_thuis = dy.Bool(nullable=True, description="a younger child lives here too; empty = perhaps")
    minderjarig_kind_thuis = dy.Bool(description="a child lives here that is or may be under 18")
    minderjarig_kind_elders = dy.Bool(description="a child under 18 does not live here")
    jongste_elders = dy.Bool(description="this is the youngest of those")
    kind_sinds = dy.Date(nullable=True, description="registered here since, of a child that lives here")
    vertrokken_op = dy.Date(nullable=True, description="the day the last child under 18 left; empty = unknown")
    kind_bekend = dy.Bool(description="the dienst knows this child, in any role")
    dienst_met_kind = dy.Bool(nullable=True, description="the dienst counts on a child under 18; empty = can't be said")
    eenoudergezin = dy.Bool(nullable=True, description="the dienst takes them for one parent with children")
    leefvorm_paar = dy.Bool(nullable=True, description="the dienst sees a couple; empty = unknown")
    iemand_onder_21 = dy.Bool(description="the belanghebbende or the partner is certainly under 21")
    rouw = dy.Bool(description="a child of theirs died not long ago, or was born dead")
    bewoner_in_onderzoek = dy.Bool(description="where the child lives is being looked into")
    relatie_in_onderzoek = dy.Bool(description="whether it is their child is being looked into")
    koppeling_onzeker = dy.Bool(description="that this is the child rests on a name and a birth date")
    koppel_links = dy.String(nullable=True, description="key of the child as the relation names it")
    koppel_rechts = dy.String(nullable=True, description="person key of who it may be, to decide about the two")
    koppel_inhoud = dy.String(nullable=True, description="hash of what the BRP says of this person")
    koppel_band = dy.String(nullable=True, description="what the comparisons make of the two")
    koppel_gewicht = dy.Int64(nullable=True, description="weight of the two in millibits")
    gemeld_kind = dy.Bool(nullable=True)
