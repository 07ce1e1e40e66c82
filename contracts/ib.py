"""What the Inlichtingenbureau passes on: samenloopsignalen, and income as UWV knows it (polisadministratie).

A samenloop is a fact that overlaps an uitkeringsperiode: worth a look, no more. The exact columns that reach a
gemeente are not published; a column mapping in the settings brings them to these names.
"""

import dataframely as dy
import polars as pl

from contracts import columns as c
from contracts.over_wie import IDENTITY, OverWie
from contracts.uitkeringsgegevens import ID


class IbSamenloopsignaal(dy.Schema):
    """Eén rij per signaal: een feit bij een andere organisatie dat samenloopt met een uitkering."""

    signaal_sleutel = c.derived(
        "berekend uit de kolommen die het signaal uniek maken; een verbeterd signaal vervangt zo het eerdere",
        "dossiernummer", "burgerservicenummer", "signaalsoort", "signaalreden", "betreft_burgerservicenummer",
        "bronkenmerk", "datum_aanvang_feit",
        instead_of="betreft_burgerservicenummer", instead=tuple(f"betreft_{name}" for name in IDENTITY),
    )  # fmt: skip
    leveringsdatum = c.date8("wanneer het Inlichtingenbureau leverde", required=True)
    peilmaand = c.pattern("maand waarop de aanlevering van de gemeente zag", "[0-9]{4}-(0[1-9]|1[0-2])", required=True)
    gemeentecode = c.pattern("gemeente", "[0-9]{4}", required=True)
    dossiernummer = c.key("dossiernummer dat de gemeente aanleverde; kan inmiddels gesloten of overgedragen zijn", ID)
    burgerservicenummer = c.bsn("BSN van wie de uitkering krijgt")
    signaalsoort = c.code("product van het Inlichtingenbureau", "InformatieproductIB", required=True)
    signaalreden = c.code("aanleiding", "SignaalredenIB")
    betreft_burgerservicenummer = c.bsn("BSN van de medebewoner of partner over wie het gaat")
    betreft_voorletters = c.text("voorletters van die persoon, om het BSN te controleren", 20, free=True)
    betreft_voorvoegsel = c.text("voorvoegsel van de geslachtsnaam van die persoon", 10, free=True)
    betreft_geslachtsnaam = c.text("geslachtsnaam van die persoon, om het BSN te controleren", 200, free=True)
    betreft_geboortedatum = c.date8("geboortedatum van die persoon, om het BSN te controleren", free=True)
    bron = c.code("organisatie waar het feit vandaan komt", "BronIB", required=True)
    bronkenmerk = c.text("kenmerk bij de bron, om dubbele signalen te herkennen", 80)
    datum_aanvang_feit = c.date8("wanneer het feit begon; niet de leverdatum")
    datum_einde_feit = c.date8("laatste dag van het feit")
    datum_aanvang_samenloop = c.date8("begin van de overlap met de uitkering", required=True)
    datum_einde_samenloop = c.date8("laatste dag van de overlap")
    bedrag_cent = c.cents("bedrag zonder teken", soft=True)
    bedrag_teken = c.code("teken van het bedrag; leeg is positief", "CdPositiefNegatief")
    bedrag_periode = c.code("periode waarop het bedrag ziet", "CdPeriode", soft=True)
    bedragsoort = c.code("wat voor bedrag", "BedragsoortIB")
    belastingjaar = c.pattern("belastingjaar; vermogen en box 3 zien op een afgesloten jaar", "[0-9]{4}")
    tags = c.text("kenmerken bij OIB, zoals loon in natura", 400)
    is_correctie = c.yes_no("verbetert een eerder signaal", required=True)

    @dy.rule()
    def einde_voor_aanvang(cls) -> pl.Expr:
        """Neither fact nor overlap ends before it starts."""
        return c.not_before("datum_einde_feit", "datum_aanvang_feit") & c.not_before(
            "datum_einde_samenloop", "datum_aanvang_samenloop"
        )


class InkomstenUwv(OverWie):
    """Eén rij per inkomstenopgave: wat een werkgever of uitkeringsinstantie over een maand of vier weken opgaf."""

    inkomsten_sleutel = c.derived(
        "berekend uit persoon, werkgever, inkomstenverhouding, periode en opgave; een verbetering vervangt de eerdere",
        "burgerservicenummer", "loonheffingennummer", "volgnummer_ikv", "datum_aanvang_periode", "datum_aanvang_opgave",
        instead_of="burgerservicenummer", instead=IDENTITY,
    )  # fmt: skip
    loonheffingennummer = c.pattern("nummer van de werkgever of instantie", "[0-9]{9}L[0-9]{2}")
    volgnummer_ikv = c.number("nummer van de inkomstenverhouding bij die werkgever", soft=True, digits=4)
    naam_werkgever = c.text("naam van de werkgever of instantie", 200)
    datum_aanvang_ikv = c.date8("begin van de inkomstenverhouding")
    datum_einde_ikv = c.date8("laatste dag ervan; 99991230 en 99991231 zijn open")
    datum_aanvang_periode = c.date8("begin van de periode met dezelfde gegevens", required=True)
    datum_einde_periode = c.date8("laatste dag ervan; periodes kunnen overlappen")
    soort_ikv = c.code("soort inkomstenverhouding; 43 is de bijstand zelf", "CdSrtIkv")
    datum_aanvang_opgave = c.date8("eerste dag van de opgave: een maand of vier weken", required=True)
    datum_einde_opgave = c.date8("laatste dag van de opgave")
    loon_lb_cent = c.cents("loon voor de loonheffing, zonder teken", soft=True)
    loon_lb_teken = c.code("teken van dat loon; leeg is positief", "CdPositiefNegatief")
    ingehouden_lb_cent = c.cents("ingehouden loonheffing", soft=True)
    vakantietoeslag_cent = c.cents("vakantietoeslag", soft=True)
    verloonde_uren = c.number("verloonde uren", soft=True, digits=4, eenheid="uur")
    loonheffingskorting_toegepast = c.yes_no("is de loonheffingskorting toegepast", soft=True)

    @dy.rule()
    def einde_voor_aanvang(cls) -> pl.Expr:
        """No period ends before it starts."""
        return (
            c.not_before("datum_einde_ikv", "datum_aanvang_ikv")
            & c.not_before("datum_einde_periode", "datum_aanvang_periode")
            & c.not_before("datum_einde_opgave", "datum_aanvang_opgave")
        )
