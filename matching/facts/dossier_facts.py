"""What every fact view holds."""

import dataframely as dy


class DossierFacts(dy.Schema):
    """Columns that every view has: whom it is about, and what stands in the way of a letter."""

    uitkering_id = dy.String()
    dossiernummer = dy.String()
    consulent_id = dy.String(nullable=True)
    huishouden_in_onderzoek = dy.Bool(nullable=True)
    overlijden_in_huishouden = dy.Bool(nullable=True)
    geheim = dy.Bool(nullable=True)
    vertegenwoordiger = dy.Bool(nullable=True)
    gegevens_onvolledig = dy.Bool(description="a rejected row of the dienst was about this household")
    brief_mogelijk = dy.Bool(nullable=True)
    massa_adres = dy.Bool(nullable=True)
    instelling = dy.Bool(description="the address is one of the institutions in the settings")
    rij_bewoner = dy.String(nullable=True)
    rij_uitkering = dy.String()
