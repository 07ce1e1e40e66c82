"""BRP (Basisregistratie Personen): persons and their relations, as two tables of one delivery.

Names are those of Logisch Ontwerp BRP; the element number stands in each meaning. Left out on purpose:
nationality, birthplace, verblijfstitel, reisdocument, kiesrecht (see ``tables.FORBIDDEN``).
"""

import dataframely as dy

from contracts import columns as c

_ANUMMER = r"[1-9]\d{9}"


class BrpPersoon(dy.Schema):
    """One row a persoonslijst: who, and where they are registered on the peildatum."""

    anummer = c.key("01.10 A-nummer; the key of a persoonslijst", _ANUMMER)
    burgerservicenummer = c.bsn("01.20; an attribute: it can be missing and is not always unique")
    voornamen = c.text("02.10", 200)
    voorvoegsel = c.text("02.30", 10)
    geslachtsnaam = c.text("02.40", 200)
    aanduiding_naamgebruik = c.code("61.10 E own, P partner's, V partner's-own, N own-partner's", "EPVN", soft=True)
    geslachtsaanduiding = c.code("04.10 M, V or O; read for the salutation only", "MVO", soft=True)
    geboortedatum = c.date8("03.10")
    indicatie_geheim = c.code("70.10: 0 none to 7; empty = unknown", "01234567", soft=True)
    datum_opschorting = c.date8("67.10")
    reden_opschorting = c.code("67.20: O overleden, E emigratie, M ministerieel, R rni, F fout, W wissen", "OEMRFW.")
    datum_overlijden = c.date8("08.10 of category 06")
    gemeente_van_inschrijving = c.pattern("09.10", r"\d{4}")
    functie_adres = c.code("10.10: W woonadres, B briefadres", "WB", soft=True)
    datum_aanvang_adreshouding = c.date8("10.30")
    adresseerbaar_object_id = c.pattern("11.80 BAG", r"\d{16}")
    nummeraanduiding_id = c.pattern("11.90 BAG", r"\d{16}")
    straatnaam = c.text("11.10", 80)
    huisnummer = c.number("11.20", soft=True, digits=5)
    huisletter = c.pattern("11.30", r"[A-Za-z]", soft=False)
    huisnummertoevoeging = c.text("11.40", 4, soft=False)
    aanduiding_bij_huisnummer = c.code("11.50: to (opposite) or by (near): not that dwelling", ("to", "by"))
    postcode = c.pattern("11.60", r"[1-9]\d{3} ?[A-Za-z]{2}")
    woonplaats = c.text("11.70", 80)
    locatiebeschrijving = c.text("12.10; a place without an address, such as a houseboat", 35)
    land_adres_buitenland = c.pattern("13.10; 0000 = abroad, country unknown", r"\d{4}", soft=False)
    datum_aanvang_adres_buitenland = c.date8("13.20")
    vp_aanduiding_in_onderzoek = c.pattern(
        "83.10 of category 08; 089999 = found not to live there", r"\d{6}", soft=False
    )
    vp_datum_ingang_onderzoek = c.date8("83.20 of category 08")
    vp_datum_einde_onderzoek = c.date8("83.30 of category 08", soft=False)
    indicatie_curateleregister = c.code("33.10: 1 = under curatele", "1")


class BrpRelatie(dy.Schema):
    """One row a relation on a persoonslijst; the related person's BSN is often missing."""

    anummer = c.key("01.10 of the person whose list this is", _ANUMMER)
    burgerservicenummer = c.bsn("01.20 of that person")
    soort = c.code("partner, kind, ouder1 or ouder2", ("partner", "kind", "ouder1", "ouder2"), required=True)
    gerelateerde_anummer = c.key("01.10 of the other", _ANUMMER, required=False, soft=True)
    gerelateerde_burgerservicenummer = c.bsn("01.20 of the other")
    gerelateerde_voorvoegsel = c.text("02.30 of the other", 10)
    gerelateerde_geslachtsnaam = c.text("02.40 of the other", 200)
    gerelateerde_geboortedatum = c.date8("03.10 of the other")
    soort_verbintenis = c.code("15.10: H huwelijk, P partnerschap", "HP.", soft=True)
    datum_sluiting = c.date8("06.10")
    datum_ontbinding = c.date8("07.10; empty = still together", soft=False)
    reden_ontbinding = c.pattern("07.40", r"[A-Z.]")
    aanduiding_in_onderzoek = c.pattern("83.10", r"\d{6}", soft=False)
