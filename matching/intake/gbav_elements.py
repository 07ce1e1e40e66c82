"""Which rubrieken of a persoonslijst are read, and what the contract calls them.

Not read at all: nationality, verblijfstitel, reisdocument, kiesrecht, places and countries.
"""

from typing import Final

_OTHER: Final = {
    "01.10": "gerelateerde_anummer",
    "01.20": "gerelateerde_burgerservicenummer",
    "02.30": "gerelateerde_voorvoegsel",
    "02.40": "gerelateerde_geslachtsnaam",
    "03.10": "gerelateerde_geboortedatum",
    "83.10": "aanduiding_in_onderzoek",
    "84.10": "onjuist",
}
#: Category to element to the name it gets; what is not named here does not leave the file.
ELEMENTS: Final[dict[str, dict[str, str]]] = {
    "01": {
        "01.10": "anummer", "01.20": "burgerservicenummer", "02.10": "voornamen",
        "02.20": "adellijke_titel_predicaat", "02.30": "voorvoegsel", "02.40": "geslachtsnaam",
        "03.10": "geboortedatum", "04.10": "geslachtsaanduiding",
        "61.10": "aanduiding_naamgebruik",
    },
    "02": _OTHER | {"62.10": "datum_ingang_betrekking"},
    "03": _OTHER | {"62.10": "datum_ingang_betrekking"},
    "05": _OTHER | {
        "02.20": "gerelateerde_adellijke_titel_predicaat", "06.10": "datum_sluiting", "07.10": "datum_ontbinding",
        "07.40": "reden_ontbinding",
        "15.10": "soort_verbintenis",
    },
    "06": {"08.10": "datum_overlijden"},
    "07": {"67.10": "datum_opschorting", "67.20": "reden_opschorting", "70.10": "indicatie_geheim"},
    "08": {
        "09.10": "gemeente_van_inschrijving", "10.10": "functie_adres", "10.30": "datum_aanvang_adreshouding",
        "11.10": "straatnaam", "11.20": "huisnummer", "11.30": "huisletter", "11.40": "huisnummertoevoeging",
        "11.50": "aanduiding_bij_huisnummer", "11.60": "postcode", "11.70": "woonplaats",
        "11.80": "adresseerbaar_object_id", "11.90": "nummeraanduiding_id", "12.10": "locatiebeschrijving",
        "13.10": "land_adres_buitenland", "13.20": "datum_aanvang_adres_buitenland",
        "83.10": "vp_aanduiding_in_onderzoek", "83.20": "vp_datum_ingang_onderzoek",
        "83.30": "vp_datum_einde_onderzoek", "84.10": "onjuist",
    },
    "09": _OTHER | {"89.10": "registratie_betrekking"},
    "11": {"33.10": "indicatie_curateleregister"},
}  # fmt: skip

#: Categories of which a list can hold several stacks: marriages, children.
REPEATED: Final = ("05", "09")
#: The elements of those that tell one partner or child from another; they do not leave the file.
IDENTITY: Final = ("02.10", "03.10")

_PLACES: Final = (
    ".03.20", ".03.30", ".06.20", ".06.30", ".07.20", ".07.30", ".08.20", ".08.30", ".14.10", ".14.20",
)  # fmt: skip


def is_read(rubriek: str) -> bool:
    """Whether a column of the file is read.

    All of the categories above are, as anything that fills a row counts for its links, but for places.
    """
    return rubriek[:2] in ELEMENTS and not rubriek.endswith(_PLACES)
