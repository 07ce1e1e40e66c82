"""The fact view of whom an uitkering is paid to."""

import dataframely as dy

from contracts.tables import Bron
from matching.facts.dossier_facts import DossierFacts

#: The sources that decide what it says: where one of them can't be used, neither can the view.
BRONNEN = (Bron.UITKERINGSGEGEVENS, Bron.BRP)


class Belanghebbende(DossierFacts):
    """A running uitkering and a person it is paid to."""

    persoon_sleutel = dy.String()
    rol = dy.String(description="belanghebbende or partner")
    overleden = dy.Bool(nullable=True)
    gestorven_op = dy.Date(nullable=True)
    in_onderzoek = dy.Bool(nullable=True)
    onderzoek_sinds = dy.Date(nullable=True)
    woont = dy.Bool(nullable=True, description="has a woonadres with a key in the BRP")
    woonadres = dy.Bool(nullable=True, description="has a woonadres in the BRP, with or without a key")
    alleen_briefadres = dy.Bool(nullable=True, description="has a briefadres and no woonadres")
    vertrokken_naar = dy.String(nullable=True, description="buitenland, or onbekend; empty = not registered as gone")
    vertrokken_op = dy.Date(nullable=True)
    vertrokken_geschreven = dy.String(nullable=True)
    adres_gelijk = dy.Bool(nullable=True, description="BRP address and the dienst's address are one dwelling")
    adres_sinds = dy.Date(nullable=True)
    adres_sinds_geschreven = dy.String(nullable=True)
    in_werkgebied = dy.Bool(nullable=True)
    gemeld_verhuizing = dy.Bool(nullable=True)
    gemeld_verblijf_buitenland = dy.Bool(nullable=True)
    gemeld_opname = dy.Bool(nullable=True)
    norm_verlaagd = dy.Bool(nullable=True, description="the amount is no norm of the law; empty = no norm known")
    inrichting = dy.String(nullable=True, description="begint or eindigt: a stay that the norm does not follow")
    leeftijd_21_op = dy.Date(nullable=True, description="the 21st birthday; empty = no whole birth date")
    leeftijd_21_nabij = dy.Bool(nullable=True, description="that day is near or past")
    jongerennorm = dy.Bool(nullable=True, description="the norm is one for who is younger; empty = no norm known")
    norm_ingepland = dy.Bool(description="another norm is planned from a later day")
    leeftijd_27_op = dy.Date(nullable=True, description="the 27th birthday; empty = no whole birth date")
    leeftijd_27_nabij = dy.Bool(nullable=True, description="that day is near, or not long past")
    inkomen_verrekend = dy.Bool(nullable=True, description="the dienst sets off income; empty = not known")
    zonder_recht = dy.Bool(nullable=True, description="this partner has no right to bijstand; empty = not known")
    aow_op = dy.Date(nullable=True, description="the day AOW begins; empty = not known yet")
    aow_nadert = dy.Bool(nullable=True, description="that day is to come, and soon")
