"""The dienst's own administration; names after SuwiML *Bijstandsregelingen*. Dates of the dienst are whole."""

from typing import Final

import dataframely as dy

from contracts import columns as c

LEEFVORMEN: Final = ("00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "98")
ROLLEN: Final = (
    "KOSTENDELER", "PARTNER", "KIND", "STUDENT", "BBL", "COMMERCIELE_RELATIE", "TIJDELIJK_VERBLIJF",
    "JONGER_DAN_27", "OVERIG_UITGEZONDERD",
)  # fmt: skip
SOORTEN_WIJZIGING: Final = (
    "HUISGENOOT_IN", "HUISGENOOT_UIT", "PARTNER", "KIND", "VERHUIZING", "INKOMEN", "STUDIE",
    "VERBLIJF_BUITENLAND", "DETENTIE", "OPNAME", "OVERIG",
)  # fmt: skip

_ID = r"[A-Za-z0-9._-]{1,40}"


class Uitkering(dy.Schema):
    """One row an uitkering: one or two belanghebbenden, one address, one dossier."""

    uitkering_id = c.key("stable over deliveries", _ID)
    dossiernummer = c.key("what everybody outside this table calls it", _ID)
    burgerservicenummer = c.bsn("the belanghebbende", required=True)
    partner_burgerservicenummer = c.bsn("the partner, where there is one", soft=False)
    partner_rechthebbend = c.yes_no("whether the partner has a right of their own")
    wetcode = c.code("the law it is paid under", ("PW", "IOAW", "IOAZ", "BBZ"), required=True)
    datum_aanvang_uitkering = c.date("first day", required=True)
    datum_einde_uitkering = c.date("last day (inclusive); empty = running")
    reden_beeindiging = c.pattern("opaque code", r"[0-9A-Z]{1,2}")
    leefvorm = c.code("CdLeefvorm; 03, 04, 08 and 09 are all couples", LEEFVORMEN, required=True)
    aantal_kostendelers = c.number(
        "counts the belanghebbende(n) too; 0 or empty = no kostendelersnorm; not a head count", digits=2
    )
    gemeentecode = c.pattern("the gemeente of the address", r"\d{4}", required=True)
    postcode = c.pattern("of the address the dienst knows", r"[1-9]\d{3} ?[A-Za-z]{2}")
    huisnummer = c.number("of that address", soft=True, digits=5)
    huisletter = c.pattern("of that address", r"[A-Za-z]", soft=False)
    huisnummertoevoeging = c.text("of that address", 6, soft=False)
    nummeraanduiding_id = c.pattern("BAG id of that address; often missing here", r"\d{16}")
    relatie_bewoner_huisvesting = c.number("opaque code", soft=True, digits=2)
    indicatie_blokkering = c.yes_no("payment blocked")
    verwerkt_tot_en_met = c.date("last month already made payable")
    consulent_id = c.key("who follows this dossier", r"[A-Za-z0-9._-]{1,20}", required=False, soft=True)


class Uitkeringsperiode(dy.Schema):
    """One row a period within an uitkering with its norm."""

    uitkering_id = c.key("the uitkering it belongs to", _ID)
    datum_aanvang_periode = c.date("first day", required=True)
    datum_einde_periode = c.date("last day (inclusive); empty = running")
    norm_soort = c.pattern("opaque code", r"[0-9A-Z]{1,2}")
    norm_bedrag_cent = c.cents("the norm used, in cents a month")
    inkomsten_bedrag_cent = c.cents("income set off, in cents a month")
    betaalbaar_bedrag_cent = c.cents("what is paid, in cents a month, without holiday allowance")


class BekendeMedebewoner(dy.Schema):
    """One row a housemate the dienst already knows; without this table every known change becomes a false nudge."""

    uitkering_id = c.key("the uitkering it belongs to", _ID)
    medebewoner_burgerservicenummer = c.bsn("empty where only a name is known")
    rol = c.code("what the housemate counts as", ROLLEN, required=True)
    datum_aanvang = c.date("since when", required=True)
    datum_einde = c.date("last day (inclusive)")
    vastgesteld_op = c.date("date of the decision or report", required=True)


class Melding(dy.Schema):
    """One row a change somebody reported to the dienst."""

    melding_id = c.key("key", _ID)
    burgerservicenummer = c.bsn("who reported", required=True)
    soort_wijziging = c.code("what about", SOORTEN_WIJZIGING, required=True)
    ingangsdatum_wijziging = c.date("from when the change holds")
    datum_ontvangst = c.date("when the dienst received it", required=True)
    status = c.code("how far it is", ("ONTVANGEN", "IN_BEHANDELING", "VERWERKT", "AFGEWEZEN"), required=True)


class Klantvoorkeur(dy.Schema):
    """One row a person's wish about contact."""

    burgerservicenummer = c.bsn("whose wish", required=True)
    kanaal = c.code("wished channel", ("POST", "EMAIL", "BELLEN", "BERICHTENBOX"), required=True)
    geheimhouding = c.yes_no("address must stay secret", required=True)
    bewindvoerder_of_gemachtigde = c.text("reference of who acts for this person", 60, soft=False)
