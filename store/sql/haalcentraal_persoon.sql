-- View: brp_persoon
-- Grain: one row a record of the file, in its order; a record that is no person is a row without values
-- Reads: haalcentraal
-- Purpose: the columns of the contract, values as the LO writes them. Names of fields differ between the API (datumVan,
--          verblijfadres) and raw LO values (datumAanvangAdreshouding, all of it in verblijfplaats); both are read.
with onderzoek as (
    select
        *,
        rowid as rij,
        verblijfplaats -> 'inOnderzoek' as onderzoek_verblijfplaats,
        adres -> 'inOnderzoek' as onderzoek_adres,
        -- Of what the API says about a person as a whole and about address lines, only this is category 08.
        hc_in_onderzoek(onderzoek -> 'gemeenteVanInschrijving')
        or hc_in_onderzoek(onderzoek -> 'datumInschrijvingInGemeente')
        or not hc_leeg(onderzoek -> 'datumIngangOnderzoekGemeente')
        or hc_geen_object(onderzoek) is not null as gemeente_in_onderzoek,
        not hc_leeg(onderzoek_adressering -> 'datumIngangOnderzoekVerblijfplaats')
        or hc_in_onderzoek(onderzoek_adressering -> 'adresregel1')
        or hc_in_onderzoek(onderzoek_adressering -> 'adresregel2')
        or hc_in_onderzoek(onderzoek_adressering -> 'adresregel3')
        or hc_in_onderzoek(onderzoek_adressering -> 'land')
        or hc_geen_object(onderzoek_adressering) is not null as adresregels_in_onderzoek,
        not hc_leeg(coalesce(adres -> 'land', verblijfplaats -> 'land'))
        or coalesce(verblijfplaats ->> 'type' in ('VerblijfplaatsBuitenland', 'VerblijfplaatsOnbekend'), false)
            as in_buitenland
    from haalcentraal
)

select
    hc_tekst(anummer) as anummer,
    hc_tekst(bsn) as burgerservicenummer,
    hc_tekst(naam -> 'voornamen') as voornamen,
    hc_code(naam -> 'adellijkeTitelPredicaat') as adellijke_titel_predicaat,
    hc_tekst(naam -> 'voorvoegsel') as voorvoegsel,
    hc_tekst(naam -> 'geslachtsnaam') as geslachtsnaam,
    hc_code(naam -> 'aanduidingNaamgebruik') as aanduiding_naamgebruik,
    hc_code(geslacht) as geslachtsaanduiding,
    hc_datum8(geboortedatum) as geboortedatum,
    -- The API gives true for 1 to 7, unasked, and leaves 0 out. Which of the seven it does not say: 7 is the strictest.
    case
        when not is_persoon then null
        when geheim is null or hc_tekst(geheim) = 'false' then '0'
        when hc_tekst(geheim) = 'true' then '7'
        else hc_tekst(geheim)
    end as indicatie_geheim,
    case
        when hc_geen_object(opschorting) is null then coalesce(
            hc_datum8(opschorting -> 'datum'),
            case when not hc_leeg(opschorting) and hc_leeg(opschorting -> 'reden') then '00000000' end
        )
    end as datum_opschorting,
    coalesce(hc_geen_object(opschorting), hc_code(opschorting -> 'reden')) as reden_opschorting,
    -- A death without a date has happened.
    case
        when json_type(overlijden) = 'OBJECT' and not hc_leeg(overlijden)
            then coalesce(hc_datum8(overlijden -> 'datum'), '00000000')
        else hc_datum8(overlijden)
    end as datum_overlijden,
    hc_code(gemeente) as gemeente_van_inschrijving,
    hc_code(verblijfplaats -> 'functieAdres') as functie_adres,
    coalesce(
        hc_datum8(verblijfplaats -> 'datumAanvangAdreshouding'),
        case when not in_buitenland then hc_datum8(verblijfplaats -> 'datumVan') end
    ) as datum_aanvang_adreshouding,
    hc_tekst(verblijfplaats -> 'adresseerbaarObjectIdentificatie') as adresseerbaar_object_id,
    hc_tekst(verblijfplaats -> 'nummeraanduidingIdentificatie') as nummeraanduiding_id,
    coalesce(
        hc_tekst(adres -> 'korteStraatnaam'), hc_tekst(verblijfplaats -> 'straat'),
        hc_tekst(adres -> 'officieleStraatnaam'), hc_tekst(verblijfplaats -> 'naamOpenbareRuimte')
    ) as straatnaam,
    hc_tekst(coalesce(adres -> 'huisnummer', verblijfplaats -> 'huisnummer')) as huisnummer,
    hc_tekst(coalesce(adres -> 'huisletter', verblijfplaats -> 'huisletter')) as huisletter,
    hc_tekst(coalesce(adres -> 'huisnummertoevoeging', verblijfplaats -> 'huisnummertoevoeging'))
        as huisnummertoevoeging,
    hc_code(coalesce(adres -> 'aanduidingBijHuisnummer', verblijfplaats -> 'aanduidingBijHuisnummer'))
        as aanduiding_bij_huisnummer,
    hc_tekst(coalesce(adres -> 'postcode', verblijfplaats -> 'postcode')) as postcode,
    hc_tekst(coalesce(adres -> 'woonplaats', verblijfplaats -> 'woonplaats')) as woonplaats,
    hc_tekst(coalesce(adres -> 'locatiebeschrijving', verblijfplaats -> 'locatiebeschrijving')) as locatiebeschrijving,
    -- The API leaves land out where it is 0000, and says so with the type.
    case
        when in_buitenland then coalesce(hc_code(coalesce(adres -> 'land', verblijfplaats -> 'land')), '0000')
    end as land_adres_buitenland,
    coalesce(
        hc_datum8(verblijfplaats -> 'datumAanvangAdresBuitenland'),
        case when in_buitenland then hc_datum8(verblijfplaats -> 'datumVan') end
    ) as datum_aanvang_adres_buitenland,
    -- The API says of each field it was asked for whether it is in onderzoek, not by which element: so all of them.
    case
        when not hc_leeg(verblijfplaats -> 'indicatieVastgesteldVerblijftNietOpAdres') or not hc_leeg(niet_op_adres)
            then '089999'
        else coalesce(
            hc_geen_object(verblijfplaats),
            hc_geen_object(adres),
            hc_tekst(onderzoek_verblijfplaats -> 'aanduidingGegevensInOnderzoek'),
            case
                when
                    hc_in_onderzoek(onderzoek_verblijfplaats) or hc_in_onderzoek(onderzoek_adres)
                    or hc_in_onderzoek(onderzoek_immigratie) or gemeente_in_onderzoek or adresregels_in_onderzoek
                    then '080000'
            end
        )
    end as vp_aanduiding_in_onderzoek,
    coalesce(
        hc_datum8(onderzoek_verblijfplaats -> 'datumIngangOnderzoek'),
        hc_datum8(onderzoek_adres -> 'datumIngangOnderzoek'),
        hc_datum8(onderzoek -> 'datumIngangOnderzoekGemeente'),
        hc_datum8(onderzoek_adressering -> 'datumIngangOnderzoekVerblijfplaats'),
        hc_datum8(onderzoek_immigratie -> 'datumIngangOnderzoek')
    ) as vp_datum_ingang_onderzoek,
    -- An onderzoek that ended is not in the API.
    null::varchar as vp_datum_einde_onderzoek,
    case hc_tekst(curatele) when 'true' then '1' when 'false' then null else hc_tekst(curatele) end
        as indicatie_curateleregister
from onderzoek
order by rij
