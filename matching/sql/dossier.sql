-- View: dossier
-- Grain: one row an uitkering that runs on the peildatum
-- Reads: uitkering, uitkeringsperiode, bekende_medebewoner, melding, klantvoorkeur, brp_persoon, persoon,
--        instelling
-- Purpose: what holds for the household as a whole: who it is about, where they live by either side, what has
--          been reported already, and what stands in the way of a letter.
with lopend as (
    select
        *,
        adres_tekst(postcode, huisnummer, huisletter, huisnummertoevoeging, null) as geschreven
    from uitkering_op($stand, $peildatum)
    where loopt(datum_aanvang_uitkering, datum_einde_uitkering, $peildatum)
),

-- Where the BRP knows which dwelling a written address or a nummeraanduiding is, both sides use its key.
sleutel_bij_tekst as (
    select
        adres_tekst(b.postcode, b.huisnummer, b.huisletter, b.huisnummertoevoeging, b.aanduiding_bij_huisnummer)
            as geschreven,
        min(p.adres_sleutel) as adres_sleutel
    from brp_persoon_op($stand, $peildatum) as b
    inner join persoon as p on b.anummer = p.anummer
    where b.aanduiding_bij_huisnummer is null
    group by geschreven
    having count(distinct p.adres_sleutel) = 1
),

sleutel_bij_nummer as (
    select
        b.nummeraanduiding_id,
        min(p.adres_sleutel) as adres_sleutel
    from brp_persoon_op($stand, $peildatum) as b
    inner join persoon as p on b.anummer = p.anummer
    where b.aanduiding_bij_huisnummer is null and b.nummeraanduiding_id is not null
    group by b.nummeraanduiding_id
    having count(distinct p.adres_sleutel) = 1
),

op_naam as (
    select * from persoon
    where bsn is not null and bsn_uniek
),

bewoners as (
    select
        adres_sleutel,
        count(*) as aantal
    from persoon
    where woont
    group by adres_sleutel
),

-- Who gets post at an institution may be hiding there.
post_bij_instelling as (
    select p.persoon_sleutel
    from persoon as p
    inner join instelling as i on p.adres_sleutel = i.adres_sleutel
    where p.briefadres
),

-- Homes in which somebody died not long ago, or may have.
rouw as (
    select distinct adres_sleutel
    from persoon
    where
        misschien_overleden and not briefadres
        and coalesce(gestorven_voor_of_op > $peildatum - $overlijden_dagen::int, true)
),

gemeld as (
    select
        burgerservicenummer as bsn,
        bool_or(soort_wijziging = 'HUISGENOOT_IN') as huisgenoot_in,
        bool_or(soort_wijziging = 'HUISGENOOT_UIT') as huisgenoot_uit,
        bool_or(soort_wijziging = 'PARTNER') as partner,
        bool_or(soort_wijziging = 'KIND') as kind,
        bool_or(soort_wijziging = 'VERHUIZING') as verhuizing,
        bool_or(soort_wijziging = 'INKOMEN') as inkomen,
        bool_or(soort_wijziging = 'STUDIE') as studie,
        bool_or(soort_wijziging = 'VERBLIJF_BUITENLAND') as verblijf_buitenland,
        bool_or(soort_wijziging = 'DETENTIE') as detentie,
        bool_or(soort_wijziging = 'OPNAME') as opname,
        bool_or(soort_wijziging = 'OVERIG') as overig
    from melding_op($stand, $peildatum)
    where status in ('ONTVANGEN', 'IN_BEHANDELING')
    group by burgerservicenummer
),

verwerkt as (
    select
        burgerservicenummer as bsn,
        max(datum_ontvangst::date) filter (where soort_wijziging = 'STUDIE') as studie_op
    from melding_op($stand, $peildatum)
    where status in ('VERWERKT', 'AFGEWEZEN')
    group by burgerservicenummer
),

bekend as (
    select
        uitkering_id,
        count(*) filter (where rol = 'KOSTENDELER') as kostendelers
    from bekende_medebewoner_op($stand, $peildatum)
    where loopt(datum_aanvang, datum_einde, $peildatum)
    group by uitkering_id
),

-- Each period with what its amount says: the amounts of article 20 Pw are those of who is under 21, of a couple both or
-- one of the two. Without an amount nothing is said.
periode as (
    select
        uitkering_id,
        loopt(datum_aanvang_periode, datum_einde_periode, $peildatum) as loopt_nu,
        datum_aanvang_periode::date > $peildatum as komt,
        norm_bedrag_cent::bigint in (select unnest($normen_onder_21::bigint[])) as onder_21,
        norm_bedrag_cent::bigint in (select unnest($normen_een_onder_21::bigint[])) as een_onder_21,
        norm_bedrag_cent::bigint in (select unnest($normen_inrichting::bigint[])) as inrichting,
        norm_bedrag_cent::bigint in (select unnest($normen_vol::bigint[])) as vol
    from uitkeringsperiode_op($stand, $peildatum)
    where norm_bedrag_cent is not null
),

normen as (
    select
        uitkering_id,
        bool_or(onder_21) filter (where loopt_nu) as norm_onder_21,
        bool_or(een_onder_21) filter (where loopt_nu) as norm_een_onder_21,
        bool_or(inrichting) filter (where loopt_nu) as norm_inrichting,
        bool_or(vol) filter (where loopt_nu) as norm_vol,
        coalesce(bool_or(not onder_21) filter (where komt), false) as komt_niet_onder_21,
        coalesce(bool_or(not onder_21 and not een_onder_21) filter (where komt), false) as komt_21
    from periode
    group by uitkering_id
),

-- The most that is set off a month, from the month before this one on: some set income off a month later, or have
-- written down already what they will.
verrekening as (
    select
        uitkering_id,
        max(inkomsten_bedrag_cent::bigint) as verrekend_cent
    from uitkeringsperiode_op($stand, $peildatum)
    where coalesce(datum_einde_periode::date >= date_trunc('month', $peildatum::date) - to_months(1), true)
    group by uitkering_id
),

-- Whom a rejected row of the dienst's own data was about: a wish or a report of theirs may be missing here.
onvolledig_over as (
    select distinct over as wie
    from onvolledig_op($stand)
),

-- More than one running uitkering in a dossier, or of a person: nobody can say to whom a letter should go.
dubbel as (
    select dossiernummer
    from lopend
    group by dossiernummer
    having count(*) > 1
    union
    select l.dossiernummer
    from lopend as l
    where
        burgerservicenummer in (
            select burgerservicenummer from lopend
            group by burgerservicenummer
            having count(*) > 1
        )
)

select
    u.uitkering_id,
    u.dossiernummer,
    u.consulent_id,
    u.partner_burgerservicenummer as partner_bsn,
    b.anummer,
    b.persoon_sleutel,
    p.persoon_sleutel as partner_sleutel,
    p.anummer as partner_anummer,
    -- What a leefvorm says; other codes (CdLeefvorm is an open list) and 00 and 98 say nothing, of a couple's no code
    -- says whether there are children.
    case
        when u.partner_burgerservicenummer is not null or u.leefvorm in ('03', '04', '08', '09') then true
        when u.leefvorm in ('01', '02', '05', '06', '07') then false
    end as leefvorm_paar,
    case when u.leefvorm in ('02', '05') then true when u.leefvorm in ('01', '06', '07') then false end
        as leefvorm_met_kind,
    u.leefvorm in ('08', '09') as leefvorm_gehuwd,
    coalesce(not b.leeftijd_21_bereikt, false) or coalesce(not p.leeftijd_21_bereikt, false) as iemand_onder_21,
    coalesce(sn.adres_sleutel, st.adres_sleutel, u.nummeraanduiding_id, u.geschreven) as adres_dienst,
    u.geschreven as adres_dienst_geschreven,
    u.nummeraanduiding_id as adres_dienst_nummer,
    case when b.woont then b.adres_sleutel end as adres_brp,
    case when b.woont then b.adres_geschreven end as adres_brp_geschreven,
    case when b.woont then b.sinds end as adres_brp_sinds,
    coalesce(b.leeftijd_21_bereikt, false) as belanghebbende_21,
    b.in_onderzoek or coalesce(p.in_onderzoek, false) as huishouden_in_onderzoek,
    -- A death in a home of many is none in the family.
    b.misschien_overleden or coalesce(p.misschien_overleden, false)
    or (r.adres_sleutel is not null and i.adres_sleutel is null and a.aantal <= $massa_adres_boven)
        as overlijden_in_huishouden,
    b.geheim or coalesce(p.geheim, false) or coalesce(v.geheimhouding <> '2', false) or coalesce(vp.geheimhouding <> '2', false)
    or b.persoon_sleutel in (select persoon_sleutel from post_bij_instelling)
    or coalesce(p.persoon_sleutel in (select persoon_sleutel from post_bij_instelling), false)
        as geheim,
    is_ja(u.indicatie_blokkering) as geblokkeerd,
    u.wetcode in ('IOAW', 'IOAZ') as andere_regeling,
    is_ja(u.lopend_bezwaar) as lopend_bezwaar,
    is_ja(u.lopend_onderzoek) as lopend_onderzoek,
    ($peildatum - $terugkijkgrens_dagen::int)::date as terugkijkgrens,
    b.curatele or coalesce(p.curatele, false) or v.bewindvoerder_of_gemachtigde is not null
    or vp.bewindvoerder_of_gemachtigde is not null as vertegenwoordiger,
    b.brief_mogelijk,
    coalesce(a.aantal, 0) as bewoners_op_adres,
    coalesce(a.aantal, 0) > $massa_adres_boven and i.adres_sleutel is null as massa_adres,
    i.adres_sleutel is not null as instelling,
    coalesce(mb.huisgenoot_in, false) or coalesce(mp.huisgenoot_in, false) as gemeld_huisgenoot_in,
    coalesce(mb.huisgenoot_uit, false) or coalesce(mp.huisgenoot_uit, false) as gemeld_huisgenoot_uit,
    coalesce(mb.partner, false) or coalesce(mp.partner, false) as gemeld_partner,
    coalesce(mb.kind, false) or coalesce(mp.kind, false) as gemeld_kind,
    coalesce(mb.verhuizing, false) or coalesce(mp.verhuizing, false) as gemeld_verhuizing,
    coalesce(mb.inkomen, false) or coalesce(mp.inkomen, false) as gemeld_inkomen,
    coalesce(mb.studie, false) or coalesce(mp.studie, false) as gemeld_studie,
    coalesce(mb.verblijf_buitenland, false) or coalesce(mp.verblijf_buitenland, false) as gemeld_verblijf_buitenland,
    coalesce(mb.detentie, false) or coalesce(mp.detentie, false) as gemeld_detentie,
    coalesce(mb.opname, false) or coalesce(mp.opname, false) as gemeld_opname,
    coalesce(mb.overig, false) or coalesce(mp.overig, false) as gemeld_overig,
    greatest(vb.studie_op, vwp.studie_op) as studie_verwerkt_op,
    u.uitkering_id in (select wie from onvolledig_over)
    or u.burgerservicenummer in (select wie from onvolledig_over)
    or b.anummer in (select wie from onvolledig_over)
    or coalesce(u.partner_burgerservicenummer in (select wie from onvolledig_over), false)
    or coalesce(p.anummer in (select wie from onvolledig_over), false)
    or u.dossiernummer in (select dossiernummer from dubbel)
    -- A partner who is named and can't be found by an exact key may be dead, geheim or in onderzoek.
    or (u.partner_burgerservicenummer is not null and p.anummer is null) as gegevens_onvolledig,
    greatest(
        0,
        coalesce(u.aantal_kostendelers::int, 0)
        -- A partner counts from 21 on (22a lid 3).
        - case when u.partner_burgerservicenummer is null or not coalesce(p.leeftijd_21_bereikt, true) then 1 else 2 end
        - coalesce(k.kostendelers, 0)
    )::int as onbenoemde_kostendelers,
    n.norm_onder_21,
    n.norm_een_onder_21,
    case when u.wetcode in ('PW', 'BBZ') then n.norm_inrichting end as norm_inrichting,
    not n.norm_vol and coalesce(u.aantal_kostendelers::int, 0) = 0 as norm_verlaagd,
    ip.adres_sleutel is not null as partner_in_instelling,
    -- Null where an address has no key to compare. Another key for the same written address is no other home.
    case
        when b.woont and p.woont
            then (b.adres_sleutel <> p.adres_sleutel and b.adres_geschreven is distinct from p.adres_geschreven)
        when not (b.woonadres and p.woonadres) then true
    end as partner_elders,
    coalesce(n.komt_21 or (n.komt_niet_onder_21 and n.norm_onder_21), false) as norm_ingepland,
    x.verrekend_cent,
    u.partner_rechthebbend = '2' as partner_zonder_recht,
    u.datum_aanvang_uitkering::date as uitkering_sinds,
    u.rij_hash as rij_uitkering
from lopend as u
inner join op_naam as b on u.burgerservicenummer = b.bsn
left join op_naam as p on u.partner_burgerservicenummer = p.bsn
left join sleutel_bij_nummer as sn on u.nummeraanduiding_id = sn.nummeraanduiding_id
left join sleutel_bij_tekst as st on u.geschreven = st.geschreven
left join bewoners as a on b.woont and b.adres_sleutel = a.adres_sleutel
left join instelling as i on b.woont and b.adres_sleutel = i.adres_sleutel
left join rouw as r on b.woont and b.adres_sleutel = r.adres_sleutel
left join instelling as ip on p.woont and p.adres_sleutel = ip.adres_sleutel
left join gemeld as mb on u.burgerservicenummer = mb.bsn
left join gemeld as mp on u.partner_burgerservicenummer = mp.bsn
left join verwerkt as vb on u.burgerservicenummer = vb.bsn
left join verwerkt as vwp on u.partner_burgerservicenummer = vwp.bsn
left join klantvoorkeur_op($stand, $peildatum) as v on u.burgerservicenummer = v.burgerservicenummer
left join klantvoorkeur_op($stand, $peildatum) as vp on u.partner_burgerservicenummer = vp.burgerservicenummer
left join bekend as k on u.uitkering_id = k.uitkering_id
left join normen as n on u.uitkering_id = n.uitkering_id
left join verrekening as x on u.uitkering_id = x.uitkering_id
