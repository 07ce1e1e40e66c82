"""What every fact view holds."""

import dataframely as dy


class DossierFacts(dy.Schema):
    """Columns that every view has: whom it is about, and what stands in the way of a letter.

    A view that says nothing else of one of them has it from the view ``dossier``.
    """

    uitkering_id = dy.String()
    dossiernummer = dy.String()
    consulent_id = dy.String(nullable=True)
    huishouden_in_onderzoek = dy.Bool(nullable=True)
    overlijden_in_huishouden = dy.Bool(nullable=True, description="of whom it is paid to, or recently at the address")
    lopend_onderzoek = dy.Bool(nullable=True, description="the dienst looks into the right to this uitkering")
    lopend_bezwaar = dy.Bool(nullable=True, description="bezwaar or beroep against a decision about it")
    geblokkeerd = dy.Bool(nullable=True, description="payment is blocked")
    terugkijkgrens = dy.Date(description="what happened before this day is let rest")
    geheim = dy.Bool(nullable=True)
    vertegenwoordiger = dy.Bool(nullable=True)
    gegevens_onvolledig = dy.Bool(description="a rejected row of the dienst was about this household")
    brief_mogelijk = dy.Bool(nullable=True)
    massa_adres = dy.Bool(nullable=True)
    instelling = dy.Bool(description="the address is one of the institutions in the settings")
    rij_bewoner = dy.String(nullable=True)
    rij_uitkering = dy.String()
