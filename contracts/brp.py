"""BRP (Basisregistratie Personen): persons and their relations, as two tables of one delivery.

Names are those of Logisch Ontwerp BRP; the element number stands in each meaning. Left out on purpose:
nationality, birthplace, verblijfstitel, reisdocument, kiesrecht (see ``tables.FORBIDDEN``).
"""

import dataframely as dy

from contracts import columns as c

_ANUMMER = "[1-9][0-9]{9}"


class BrpPersoon(dy.Schema):
    """Eén rij per persoonslijst: wie iemand is en waar die op de peildatum ingeschreven staat."""

    anummer = c.key("A-nummer (LO 01.10); de sleutel van een persoonslijst", _ANUMMER)
    burgerservicenummer = c.bsn("BSN (LO 01.20); een kenmerk, geen sleutel: het kan ontbreken of dubbel zijn")
    voornamen = c.text("voornamen (LO 02.10)", 200)
    adellijke_titel_predicaat = c.code(
        "adellijke titel of predicaat (LO 02.20); alleen voor een brief",
        "AdellijkeTitelPredicaat",
        soft=True,
    )
    voorvoegsel = c.text("voorvoegsel van de geslachtsnaam (LO 02.30)", 10)
    geslachtsnaam = c.text("geslachtsnaam (LO 02.40)", 200)
    aanduiding_naamgebruik = c.code("welke naam iemand gebruikt (LO 61.10)", "Naamgebruik", soft=True)
    geslachtsaanduiding = c.code("alleen voor de aanhef van een brief (LO 04.10)", "Geslachtsaanduiding", soft=True)
    geboortedatum = c.date8("geboortedatum (LO 03.10)")
    indicatie_geheim = c.code("geheimhouding (LO 70.10); leeg is onbekend", "IndicatieGeheim", soft=True)
    datum_opschorting = c.date8("sinds wanneer de bijhouding is opgeschort (LO 67.10)")
    reden_opschorting = c.code("waarom de bijhouding is opgeschort (LO 67.20)", "RedenOpschorting")
    datum_overlijden = c.date8("datum van overlijden (LO 08.10 van categorie 06)")
    gemeente_van_inschrijving = c.pattern("gemeentecode (LO 09.10)", "[0-9]{4}")
    functie_adres = c.code("woonadres of briefadres (LO 10.10)", "FunctieAdres", soft=True)
    datum_aanvang_adreshouding = c.date8("sinds wanneer dit adres geldt (LO 10.30)")
    adresseerbaar_object_id = c.pattern("BAG-nummer van de woning (LO 11.80)", "[0-9]{16}")
    nummeraanduiding_id = c.pattern("BAG-nummer van het adres (LO 11.90)", "[0-9]{16}")
    straatnaam = c.text("straatnaam (LO 11.10)", 80)
    huisnummer = c.number("huisnummer (LO 11.20)", soft=True, digits=5)
    huisletter = c.pattern("huisletter (LO 11.30)", "[A-Za-z]", soft=False)
    huisnummertoevoeging = c.text("huisnummertoevoeging (LO 11.40)", 4, soft=False)
    aanduiding_bij_huisnummer = c.code("niet dit huis, maar ertegenover of erbij (LO 11.50)", "AanduidingBijHuisnummer")
    postcode = c.pattern("postcode (LO 11.60)", "[1-9][0-9]{3} ?[A-Za-z]{2}")
    woonplaats = c.text("woonplaats (LO 11.70)", 80)
    locatiebeschrijving = c.text("een plek zonder adres, zoals een woonboot (LO 12.10)", 35)
    land_adres_buitenland = c.pattern(
        "landcode (LO 13.10); 0000 is in het buitenland, land onbekend", "[0-9]{4}", soft=False
    )
    datum_aanvang_adres_buitenland = c.date8("sinds wanneer in het buitenland (LO 13.20)")
    vp_aanduiding_in_onderzoek = c.pattern(
        "wat van het adres in onderzoek is (LO 83.10 van categorie 08); 089999 is vastgesteld: woont daar niet",
        "[0-9]{6}", soft=False,
    )  # fmt: skip
    vp_datum_ingang_onderzoek = c.date8("begin van het onderzoek (LO 83.20 van categorie 08)")
    vp_datum_einde_onderzoek = c.date8("einde van het onderzoek (LO 83.30 van categorie 08)", soft=False)
    indicatie_curateleregister = c.code("onder curatele (LO 33.10)", "IndicatieCuratele")


class BrpRelatie(dy.Schema):
    """Eén rij per relatie op een persoonslijst; het BSN van de ander ontbreekt vaak."""

    anummer = c.key("A-nummer van wie deze lijst is (LO 01.10)", _ANUMMER)
    burgerservicenummer = c.bsn("BSN van wie deze lijst is (LO 01.20)")
    soort = c.code("wat de ander is", "SoortRelatie", required=True)
    gerelateerde_anummer = c.key("A-nummer van de ander (LO 01.10)", _ANUMMER, required=False, soft=True)
    gerelateerde_burgerservicenummer = c.bsn("BSN van de ander (LO 01.20)")
    gerelateerde_adellijke_titel_predicaat = c.code(
        "adellijke titel of predicaat van een partner (LO 02.20)", "AdellijkeTitelPredicaat", soft=True
    )
    gerelateerde_voorvoegsel = c.text("voorvoegsel van de ander (LO 02.30)", 10)
    gerelateerde_geslachtsnaam = c.text("geslachtsnaam van de ander (LO 02.40)", 200)
    gerelateerde_geboortedatum = c.date8("geboortedatum van de ander (LO 03.10)")
    soort_verbintenis = c.code("huwelijk of geregistreerd partnerschap (LO 15.10)", "SoortVerbintenis", soft=True)
    datum_sluiting = c.date8("begin van huwelijk of partnerschap (LO 06.10)")
    datum_ontbinding = c.date8("einde ervan (LO 07.10); leeg is nog samen", soft=False)
    reden_ontbinding = c.pattern("reden van het einde (LO 07.40)", "[A-Z.]")
    aanduiding_in_onderzoek = c.pattern("wat in onderzoek is (LO 83.10)", "[0-9]{6}", soft=False)
