"""The fact view of who studies, or stopped."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP, Bron.DUO)


class Opleiding(DossierFacts):
    """A running uitkering, a person at its address or paid by it, and a study they follow, begin soon, or stopped."""

    rol = dy.String(description="belanghebbende, partner or medebewoner")
    persoon_sleutel = dy.String()
    bewoner_sleutel = dy.String(nullable=True, description="of a medebewoner: the dienst's own key where it knows them")
    bekende_rol = dy.String(nullable=True, description="what the dienst knows a medebewoner as; empty = unknown")
    bekend_sinds = dy.Date(nullable=True)
    kostendelersleeftijd_bereikt = dy.Bool(nullable=True, description="of a medebewoner; empty = can't be said")
    belanghebbende_21 = dy.Bool(nullable=True)
    bewoner_in_onderzoek = dy.Bool()
    vorm = dy.String(description="bbl, voltijd, deeltijd, bol of ho (which of the two is not known) or onbekend")
    geeft_recht = dy.String(description="to studiefinanciering or as BBL (19a lid 1 d): ja, nee or onbekend")
    verandering = dy.String(description="start: studies, or begins soon; stop: certainly stopped")
    veranderd_op = dy.Date(nullable=True, description="the first or the last day; empty = not known as a whole")
    gemeld_studie = dy.Bool(description="a melding about a study waits at the dienst")
    studie_verwerkt = dy.Bool(description="the dienst dealt with a melding about it")
    inkomen_verrekend = dy.Bool(nullable=True, description="income is set off, and the study stopped since")
    verlaging_mogelijk = dy.Bool(nullable=True, description="the norm is lower by a decision, as with 28 after a study")
    koppeling_onzeker = dy.Bool()
    koppel_links = dy.String(nullable=True, description="key of whom DUO names and this may be")
    koppel_rechts = dy.String(nullable=True, description="person key of this person, to decide about the two")
    koppel_inhoud = dy.String(nullable=True, description="hash of what the BRP says of this person")
    koppel_band = dy.String(nullable=True, description="what the comparisons make of the two")
    koppel_gewicht = dy.Int64(nullable=True, description="weight of the two in millibits")
