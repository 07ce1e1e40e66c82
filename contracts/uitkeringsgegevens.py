"""The dienst's own administration; names after SuwiML *Bijstandsregelingen*. Dates of the dienst are whole."""

import dataframely as dy
import polars as pl

from contracts import columns as c

ID = "[A-Za-z0-9._-]{1,40}"
#: No more than what a mail server takes from everybody: no quotes, no comments, no other alphabets.
EMAILADRES = r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}[.]){1,4}[A-Za-z]{2,24}"
#: A Dutch mobile number; a dash is how people write it.
MOBIEL_NUMMER = r"(?:[+]316|06)-?[0-9]{8}"


class Uitkering(dy.Schema):
    """Eén rij per uitkering: een of twee belanghebbenden, één adres, één dossier."""

    uitkering_id = c.key("sleutel, gelijk in elke levering", ID)
    dossiernummer = c.key("nummer waaronder iedereen het dossier kent", ID)
    burgerservicenummer = c.bsn("BSN van de belanghebbende", required=True)
    partner_burgerservicenummer = c.bsn("BSN van de partner, als die er is", soft=False)
    partner_rechthebbend = c.yes_no("heeft de partner zelf recht op bijstand")
    wetcode = c.code("de wet waaronder betaald wordt", "CdSzWet", required=True)
    datum_aanvang_uitkering = c.date("eerste dag", required=True)
    datum_einde_uitkering = c.date("laatste dag; leeg is lopend")
    reden_beeindiging = c.pattern("reden van het einde; ongeduide code", "[0-9A-Z]{1,2}")
    leefvorm = c.code("leefvorm; 03, 04, 08 en 09 zijn alle vier een paar", "CdLeefvorm", required=True)
    aantal_kostendelers = c.number(
        "telt de belanghebbende(n) mee; 0 of leeg is geen kostendelersnorm; geen telling van huisgenoten", digits=2
    )
    gemeentecode = c.pattern("gemeente van het adres", "[0-9]{4}", required=True)
    postcode = c.pattern("postcode van het adres dat de dienst kent", "[1-9][0-9]{3} ?[A-Za-z]{2}")
    huisnummer = c.number("huisnummer van dat adres", soft=True, digits=5)
    huisletter = c.pattern(
        "huisletter van dat adres; mag in de toevoeging staan", "[A-Za-z]", soft=False, absent_ok=True
    )
    huisnummertoevoeging = c.text("toevoeging van dat adres", 6, soft=False)
    nummeraanduiding_id = c.pattern("BAG-nummer van dat adres; ontbreekt hier vaak", "[0-9]{16}")
    relatie_bewoner_huisvesting = c.number("ongeduide code", soft=True, digits=2)
    indicatie_blokkering = c.yes_no("is de betaling geblokkeerd")
    lopend_bezwaar = c.yes_no("loopt er bezwaar of beroep tegen een besluit over deze uitkering", absent_ok=True)
    lopend_onderzoek = c.yes_no("loopt er een onderzoek naar het recht op deze uitkering", absent_ok=True)
    laatste_contact_leefsituatie = c.date(
        "wanneer de dienst voor het laatst met de inwoner sprak over wie er woont", absent_ok=True
    )
    verwerkt_tot_en_met = c.date("laatste maand die al betaalbaar is gesteld")
    consulent_id = c.key("wie dit dossier volgt", "[A-Za-z0-9._-]{1,20}", required=False, soft=True)

    @dy.rule()
    def einde_voor_aanvang(cls) -> pl.Expr:
        """The last day is not before the first."""
        return c.not_before("datum_einde_uitkering", "datum_aanvang_uitkering")


class Uitkeringsperiode(dy.Schema):
    """Eén rij per periode binnen een uitkering, met de norm van die periode."""

    uitkering_id = c.key("de uitkering waar de periode bij hoort", ID)
    datum_aanvang_periode = c.date("eerste dag", required=True)
    datum_einde_periode = c.date("laatste dag; leeg is lopend")
    norm_soort = c.pattern("soort norm; ongeduide code", "[0-9A-Z]{1,2}")
    norm_bedrag_cent = c.cents("gebruikte norm per maand, met vakantietoeslag")
    verlaagd_bij_besluit = c.yes_no("is de norm verlaagd door een besluit (Pw 18, 27, 28)", absent_ok=True)
    inkomsten_bedrag_cent = c.cents("verrekend inkomen per maand")
    betaalbaar_bedrag_cent = c.cents("wat betaald wordt per maand, zonder vakantietoeslag")

    @dy.rule()
    def einde_voor_aanvang(cls) -> pl.Expr:
        """The last day is not before the first."""
        return c.not_before("datum_einde_periode", "datum_aanvang_periode")


class BekendeMedebewoner(dy.Schema):
    """Eén rij per huisgenoot die de dienst al kent; zonder deze tabel wordt elke bekende wijziging een brief."""

    uitkering_id = c.key("de uitkering waar de huisgenoot bij hoort", ID)
    medebewoner_burgerservicenummer = c.bsn("BSN; leeg als alleen een naam bekend is")
    medebewoner_voorletters = c.text("voorletters", 20, free=True)
    medebewoner_voorvoegsel = c.text("voorvoegsel van de geslachtsnaam", 10, free=True)
    medebewoner_geslachtsnaam = c.text(
        "geslachtsnaam; waar het BSN leeg is, wordt de persoon zo gezocht", 200, free=True
    )
    medebewoner_geboortedatum = c.date8("geboortedatum", free=True)
    rol = c.code("waarvoor de huisgenoot telt", "RolMedebewoner", required=True)
    datum_aanvang = c.date("sinds wanneer", required=True)
    datum_einde = c.date("laatste dag; leeg is nog steeds")
    vastgesteld_op = c.date("datum van het besluit of rapport", required=True)

    @dy.rule()
    def einde_voor_aanvang(cls) -> pl.Expr:
        """The last day is not before the first."""
        return c.not_before("datum_einde", "datum_aanvang")


class Melding(dy.Schema):
    """Eén rij per wijziging die iemand aan de dienst doorgaf."""

    melding_id = c.key("sleutel", ID)
    burgerservicenummer = c.bsn("BSN van wie meldde", required=True)
    soort_wijziging = c.code("waarover", "SoortWijziging", required=True)
    ingangsdatum_wijziging = c.date("vanaf wanneer de wijziging geldt")
    datum_ontvangst = c.date("wanneer de dienst de melding ontving", required=True)
    status = c.code("hoever de melding is", "StatusMelding", required=True)


class Klantvoorkeur(dy.Schema):
    """Eén rij per persoon met een wens over het contact."""

    burgerservicenummer = c.bsn("BSN van wie de wens is", required=True)
    kanaal = c.code("het kanaal dat iemand wil", "Kanaal", required=True)
    geheimhouding = c.yes_no("het adres moet geheim blijven", required=True)
    hulp_bij_lezen = c.yes_no("wil hulp bij lezen, of een tolk", absent_ok=True)
    emailadres = c.pattern("e-mailadres; alleen gelezen op het moment dat er een bericht is", EMAILADRES)
    emailadres_geverifieerd_op = c.date(
        "wanneer de inwoner liet zien dat dit e-mailadres klopt; leeg is nog niet, en dan gaat er niets heen", soft=True
    )
    mobiel_nummer = c.pattern("mobiel nummer; alleen gelezen op het moment dat er een bericht is", MOBIEL_NUMMER)
    mobiel_geverifieerd_op = c.date(
        "wanneer de inwoner liet zien dat dit nummer klopt; leeg is nog niet, en dan gaat er niets heen", soft=True
    )
    bewindvoerder_of_gemachtigde = c.text(
        "verwijzing naar wie voor deze persoon optreedt; zie tabel `vertegenwoordiger`", 60, soft=False
    )


class Vertegenwoordiger(dy.Schema):
    """Eén rij per vertegenwoordiger; met een heel postadres gaat een brief naar wie het geld of alles regelt."""

    verwijzing = c.key("sleutel; waar `klantvoorkeur.bewindvoerder_of_gemachtigde` naar verwijst", ID)
    soort = c.code("wat deze vertegenwoordiger is", "SoortVertegenwoordiger", required=True)
    naam = c.text("naam van het kantoor of van de persoon", 80)
    ter_attentie_van = c.text("wie het leest, als dat een ander is", 80)
    straatnaam_of_postbus = c.text("straat, of postbus met of zonder het nummer", 80)
    huisnummer = c.number("huisnummer, of nummer van de postbus", soft=True, digits=5)
    huisletter = c.pattern("huisletter", "[A-Za-z]", soft=False, absent_ok=True)
    huisnummertoevoeging = c.text("toevoeging", 6, soft=False, absent_ok=True)
    postcode = c.pattern("postcode", "[1-9][0-9]{3} ?[A-Za-z]{2}")
    woonplaats = c.text("plaats", 80)
    datum_einde = c.date("laatste dag; leeg is nog steeds", absent_ok=True)


class Vordering(dy.Schema):
    """Eén rij per vordering; alleen om te meten of Tijdig helpt, nooit om te vergelijken of te kiezen."""

    identificatienummer_vordering = c.key("sleutel", "[A-Za-z0-9._-]{1,15}")
    dossiernummer = c.key("het dossier waar de vordering bij hoort", ID, required=False, soft=True)
    datum_besluit = c.date("datum van het besluit")
    reden = c.pattern("ongeduide code", "[0-9A-Z]{1,2}")
    bedrag_aanvang_cent = c.cents("bedrag bij het begin")
    bedrag_saldo_cent = c.cents("wat nog openstaat")
    status = c.pattern("ongeduide code", "[0-9A-Z]{1,2}")
