"""DUO: enrolments and studiefinanciering. A row may be about a housemate instead of the inwoner.

Rows are cut at the turn of the year and of the school year; ``matching/sql/studie.sql`` joins them first.
"""

import dataframely as dy
import polars as pl

from contracts import columns as c
from contracts.over_wie import IDENTITY, OverWie


def _person() -> dy.String:
    return c.derived(
        "berekend: wie de rij betreft, volgens het BSN of anders volgens naam en geboortedatum",
        "burgerservicenummer", instead_of="burgerservicenummer", instead=IDENTITY,
    )  # fmt: skip


class DuoInschrijving(OverWie):
    """Eén rij per inschrijving aan een opleiding, geknipt per schooljaar of leerjaar."""

    wie_sleutel = _person()
    brin = c.key("nummer van de onderwijsinstelling", "[0-9]{2}[A-Z]{2}")
    datum_inschrijving = c.date8("eerste dag van de inschrijving", required=True)
    datum_uitschrijving = c.date8("laatste dag van de inschrijving")
    datum_aanvang_deelname = c.date8("eerste dag van de deelname", required=True)
    datum_einde_deelname = c.date8("laatste dag van de deelname; geknipt per schooljaar")
    leerjaar = c.text("leerjaar; alleen basis- en voortgezet onderwijs", 2)
    inschrijvingsvorm = c.code("vorm van de inschrijving", "CdInschrijvingsvorm")
    onderwijsvorm = c.text("voltijd, deeltijd of duaal; ongeduide code", 70)
    leerweg_mbo = c.code("leerweg in het mbo", "CdLeerwegMbo")
    niveau = c.code("niveau van de opleiding", "CdNiveauOpleidingDuo")
    opleiding_naam_kort = c.text("korte naam van de opleiding", 40)
    bpv_datum_aanvang = c.date8("begin van de beroepspraktijkvorming; bewijs van BBL")
    bpv_datum_einde_werkelijk = c.date8("werkelijk einde van de beroepspraktijkvorming")

    @dy.rule()
    def einde_voor_aanvang(cls) -> pl.Expr:
        """Neither enrolment nor participation ends before it starts."""
        return c.not_before("datum_uitschrijving", "datum_inschrijving") & c.not_before(
            "datum_einde_deelname", "datum_aanvang_deelname"
        )


class DuoStudiefinanciering(OverWie):
    """Eén rij per toekenning van studiefinanciering of WTOS, geknipt op jaar en schooljaar."""

    wie_sleutel = _person()
    datum_aanvang_toekenning = c.date8("eerste dag van de toekenning", required=True)
    datum_einde_toekenning = c.date8("laatste dag; geknipt op 31-12 en 31-07")
    toekenning_basisbeurs = c.code("betekenis niet bekend: alleen doorgeven", "CdToekenningBasisbeursStufi")
    indicatie_aanvullende_beurs = c.yes_no("aanvullende beurs", soft=True)
    status_partnertoeslag = c.pattern("ongeduide code", ".")
    status_eenoudertoeslag = c.pattern("ongeduide code", ".")
    indicatie_wtos_18plus = c.yes_no("tegemoetkoming voor scholieren van 18 jaar en ouder (WTOS)", soft=True)

    @dy.rule()
    def einde_voor_aanvang(cls) -> pl.Expr:
        """The last day is not before the first."""
        return c.not_before("datum_einde_toekenning", "datum_aanvang_toekenning")
