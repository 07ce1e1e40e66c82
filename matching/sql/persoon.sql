-- View: persoon
-- Grain: one row a persoonslijst that is kept
-- Reads: brp_persoon; the AOW ages by date of birth
-- Purpose: each person with one address key, whether they live there on the peildatum, and what is unknown.
--          The key is the BAG object; where a row has none, the one object that its nummeraanduiding or its
--          written address has elsewhere; else what is written. `to` and `by` never share a key with a dwelling.
with gelezen as (
    select
        *,
        adres_tekst(postcode, huisnummer, huisletter, huisnummertoevoeging, aanduiding_bij_huisnummer) as geschreven,
        case when aanduiding_bij_huisnummer is null then adresseerbaar_object_id end as object_id,
        case when aanduiding_bij_huisnummer is null then nummeraanduiding_id end as nummer_id,
        vroegst(geboortedatum) as geboren_vroegst,
        laatst(geboortedatum) as geboren_laatst
    from brp_persoon_op($stand, $peildatum)
    where coalesce(reden_opschorting, '') not in ('F', 'W')
),

object_bij_tekst as (
    select
        geschreven,
        min(object_id) as object_id
    from gelezen
    where geschreven is not null and object_id is not null
    group by geschreven
    having count(distinct object_id) = 1
),

nummer_bij_tekst as (
    select
        geschreven,
        min(nummer_id) as nummer_id
    from gelezen
    where geschreven is not null and nummer_id is not null
    group by geschreven
    having count(distinct nummer_id) = 1
),

object_bij_nummer as (
    select
        nummer_id,
        min(object_id) as object_id
    from gelezen
    where nummer_id is not null and object_id is not null
    group by nummer_id
    having count(distinct object_id) = 1
),

aow_leeftijd as (
    select
        unnest($aow_van::date[]) as van,
        unnest($aow_tot::date[]) as tot,
        unnest($aow_maanden::int[]) as maanden
),

persoon as (
    select
        g.*,
        a.maanden as aow_maanden,
        case when g.geboren_vroegst = g.geboren_laatst then g.geboren_vroegst end as geboren,
        coalesce(g.object_id, n.object_id, t.object_id, g.nummer_id, tn.nummer_id, g.geschreven) as adres_sleutel,
        -- A death date that can't be read is no death, but no letter goes out either.
        coalesce(vroegst(g.datum_overlijden) <= $peildatum, false)
        or (coalesce(g.reden_opschorting, '') = 'O' and gebeurd(coalesce(g.datum_opschorting, '00000000'), $peildatum))
            as overleden,
        coalesce(vroegst(g.datum_overlijden) is null and g.datum_overlijden is not null, false) as overlijden_onduidelijk,
        coalesce(g.reden_opschorting, g.datum_opschorting) is not null and gebeurd(coalesce(g.datum_opschorting, '00000000'), $peildatum)
            as opgeschort,
        coalesce(g.land_adres_buitenland, g.datum_aanvang_adres_buitenland) is not null as in_buitenland,
        coalesce(g.vp_aanduiding_in_onderzoek like '08%', false)
        and gebeurd(coalesce(g.vp_datum_ingang_onderzoek, '00000000'), $peildatum)
        and not gebeurd(g.vp_datum_einde_onderzoek, $peildatum) as in_onderzoek
    from gelezen as g
    left join aow_leeftijd as a on g.geboren_vroegst = g.geboren_laatst and g.geboren_vroegst between a.van and a.tot
    left join object_bij_nummer as n on g.nummer_id = n.nummer_id
    left join object_bij_tekst as t on g.geschreven = t.geschreven
    left join nummer_bij_tekst as tn on g.geschreven = tn.geschreven
)

select
    substr(sha256($sleutel || '|' || anummer), 1, 16) as persoon_sleutel,
    anummer,
    burgerservicenummer as bsn,
    count(*) over (partition by burgerservicenummer) = 1 as bsn_uniek,
    adres_sleutel,
    -- For comparing with the dienst's address: without to/by, which the dienst can't write.
    adres_tekst(postcode, huisnummer, huisletter, huisnummertoevoeging, null) as adres_geschreven,
    nummeraanduiding_id as adres_nummer,
    aanduiding_bij_huisnummer is not null as bij_ander_huis,
    overleden,
    overleden or overlijden_onduidelijk as misschien_overleden,
    in_buitenland,
    opgeschort and not overleden as opgeschort,
    coalesce(functie_adres = 'B', false) as briefadres,
    coalesce(functie_adres = 'W', false) and adres_sleutel is not null and not in_buitenland and not opgeschort
    and not overleden and not overlijden_onduidelijk as woont,
    coalesce(functie_adres = 'W', false) and not in_buitenland and not opgeschort and not overleden
    and not overlijden_onduidelijk as woonadres,
    coalesce(functie_adres = 'B', false) and not in_buitenland and not opgeschort and not overleden
    and not overlijden_onduidelijk as alleen_briefadres,
    -- Registered as gone: E is emigrated, R is kept as who does not live in the country. Country 0000 is unknown.
    case
        when not overleden and (in_buitenland or (opgeschort and reden_opschorting in ('E', 'R'))) then
            case when coalesce(land_adres_buitenland, '0000') = '0000' then 'onbekend' else 'buitenland' end
    end as vertrokken_naar,
    coalesce(datum_aanvang_adres_buitenland, datum_opschorting, 'onbekend') as vertrokken_geschreven,
    in_onderzoek,
    hele_datum(vp_datum_ingang_onderzoek) as onderzoek_sinds,
    coalesce(hele_datum(datum_overlijden), hele_datum(datum_opschorting)) as gestorven_op,
    coalesce(laatst(datum_overlijden), laatst(datum_opschorting)) as gestorven_voor_of_op,
    hele_datum(datum_opschorting) as opgeschort_op,
    hele_datum(datum_aanvang_adreshouding) as sinds,
    hele_datum(datum_aanvang_adres_buitenland) as buitenland_sinds,
    coalesce(datum_aanvang_adreshouding, 'onbekend') as sinds_geschreven,
    oud_genoeg(geboren_vroegst, geboren_laatst, $kostendelersleeftijd, $peildatum) as kostendelersleeftijd_bereikt,
    oud_genoeg(geboren_vroegst, geboren_laatst, 21, $peildatum) as leeftijd_21_bereikt,
    leeftijd_op(geboren, 12 * $kostendelersleeftijd::int) as kostendelersleeftijd_op,
    leeftijdsklasse(geboren_vroegst, geboren_laatst, $aow_geboren, $peildatum) as leeftijdsklasse,
    leeftijd_op(geboren, 12 * 21) as leeftijd_21_op,
    leeftijd_op(geboren, 12 * 27) as leeftijd_27_op,
    leeftijd_op(geboren, 12 * $studiefinanciering_leeftijd::int) as studiefinanciering_tot,
    leeftijd_op(geboren, aow_maanden) as aow_op,
    coalesce(indicatie_geheim, 'onbekend') <> '0' as geheim,
    coalesce(indicatie_curateleregister = '1', false) as curatele,
    gemeente_van_inschrijving,
    -- Whatever address a list still holds of who left: others live there now.
    coalesce(geslachtsnaam, '.') <> '.' and postcode is not null and huisnummer is not null
    and coalesce(straatnaam, '.') <> '.' and woonplaats is not null and not in_buitenland and not opgeschort
        as brief_mogelijk,
    rij_hash
from persoon
