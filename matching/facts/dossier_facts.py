"""What every fact view holds."""

from typing import Any

import dataframely as dy

_RESTS_ON = "rust_op"


def rests_on(*parameters: str) -> dict[str, Any]:
    """Metadata of a column: the parameters of the views that decide it, so that a receipt can name them."""
    return {_RESTS_ON: parameters}


def parameters_behind(column: dy.Column) -> tuple[str, ...]:
    """The parameters that ``rests_on`` named for a column."""
    return tuple((column.metadata or {}).get(_RESTS_ON, ()))


class DossierFacts(dy.Schema):
    """Columns that every view has: whom it is about, and what stands in the way of a letter.

    Descriptions are Dutch: a jurist reads them in ``docs/regels.md``.

    A view that says nothing else of one of them has it from the view ``dossier``.
    """

    uitkering_id = dy.String(description="nummer van de uitkering")
    dossiernummer = dy.String(description="nummer van het dossier bij de dienst")
    consulent_id = dy.String(nullable=True, description="consulent van het dossier; leeg = niemand genoemd")
    huishouden_in_onderzoek = dy.Bool(
        nullable=True, description="de gemeente onderzoekt het adres van de inwoner of de partner"
    )
    overlijden_in_huishouden = dy.Bool(
        nullable=True,
        description="de inwoner of de partner is overleden, of kort geleden iemand op het adres",
        metadata=rests_on("overlijden_dagen"),
    )
    lopend_onderzoek = dy.Bool(nullable=True, description="de dienst onderzoekt het recht op deze uitkering")
    lopend_bezwaar = dy.Bool(
        nullable=True, description="er loopt bezwaar of beroep tegen een besluit over deze uitkering"
    )
    geblokkeerd = dy.Bool(nullable=True, description="de betaling is geblokkeerd")
    andere_regeling = dy.Bool(description="de uitkering is geen bijstand maar IOAW of IOAZ")
    terugkijkgrens = dy.Date(
        description="wat voor deze dag gebeurde, laat Tijdig rusten", metadata=rests_on("terugkijkgrens_dagen")
    )
    geheim = dy.Bool(nullable=True, description="het adres van iemand in het huishouden is geheim")
    vertegenwoordiger = dy.Bool(nullable=True, description="er is een bewindvoerder, curator of gemachtigde")
    gegevens_onvolledig = dy.Bool(
        description="een rij van de dienst over dit huishouden is afgekeurd, dubbel of niet te vinden"
    )
    brief_mogelijk = dy.Bool(nullable=True, description="naam en adres zijn geschikt voor een brief")
    massa_adres = dy.Bool(
        nullable=True,
        description="op het adres wonen meer mensen dan een huishouden heeft",
        metadata=rests_on("massa_adres_boven", "instellingen"),
    )
    instelling = dy.Bool(
        description="het adres is een instelling volgens de instellingen van Tijdig", metadata=rests_on("instellingen")
    )
    rij_bewoner = dy.String(nullable=True, description="hash van de BRP-rij waar het om gaat")
    rij_uitkering = dy.String(description="hash van de rij van de uitkering")
