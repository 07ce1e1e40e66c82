-- View: administratie
-- Grain: one row a running uitkering
-- Reads: dossier, persoon, uitkering, uitkeringsperiode, bekende_medebewoner, and `norm`, the norms by situation
-- Purpose: the dienst's own administration beside the law: the norm it uses and the norm by what it knows, and when
--          it last spoke with the household.
with toegepast as (
    select
        uitkering_id,
        min(norm_bedrag_cent::bigint) as norm_bedrag_cent,
        max(datum_aanvang_periode::date) as norm_sinds,
        coalesce(bool_or(is_ja(verlaagd_bij_besluit)), false) as verlaagd_bij_besluit
    from uitkeringsperiode_op($stand, $peildatum)
    where norm_bedrag_cent is not null and loopt(datum_aanvang_periode, datum_einde_periode, $peildatum)
    group by uitkering_id
    -- Two amounts at a time: nobody can say which one is used.
    having count(distinct norm_bedrag_cent) = 1
),

-- What the dienst believes and what the register shows: only what both allow is certain.
berekend as (
    select
        uitkering_id,
        case when count(laagste_cent) = 2 then min(laagste_cent) end as laagste_cent,
        flatten(list(gelijk)) as gelijk,
        flatten(list(vorige)) as vorige
    from norm
    group by uitkering_id
),

kind as (
    select distinct uitkering_id
    from bekende_medebewoner_op($stand, $peildatum)
    where rol = 'KIND' and loopt(datum_aanvang, datum_einde, $peildatum)
)

select
    d.uitkering_id,
    t.norm_bedrag_cent,
    t.norm_sinds,
    coalesce(t.verlaagd_bij_besluit, false) as verlaagd_bij_besluit,
    n.laagste_cent as norm_laagste_cent,
    -- A cent more or less is a way of rounding.
    list_has_any(n.gelijk, [t.norm_bedrag_cent - 1, t.norm_bedrag_cent, t.norm_bedrag_cent + 1]) as norm_gelijk,
    $peildatum < $normen_sinds::date + $indexering_dagen::int
    and list_has_any(n.vorige, [t.norm_bedrag_cent - 1, t.norm_bedrag_cent, t.norm_bedrag_cent + 1]) as norm_nog_vorige,
    -- R05 tells of who is 21 and has the norm of who is younger.
    (d.norm_onder_21 and (b.leeftijd_21_bereikt or p.leeftijd_21_bereikt))
    or (d.norm_een_onder_21 and b.leeftijd_21_bereikt and p.leeftijd_21_bereikt) as jongerennorm_voorbij,
    u.laatste_contact_leefsituatie::date as contact_op,
    u.laatste_contact_leefsituatie::date + to_months($contact_maanden::int) <= $peildatum as contact_lang_geleden,
    d.gemeld_huisgenoot_in or d.gemeld_huisgenoot_uit or d.gemeld_verhuizing or d.gemeld_partner or d.gemeld_kind
        as gemeld_leefsituatie,
    u.partner_rechthebbend = '2' and d.partner_bsn is not null as partner_zonder_recht,
    d.uitkering_id in (select uitkering_id from kind) as kind_bekend,
    b.rij_hash as rij_bewoner
from dossier as d
inner join uitkering_op($stand, $peildatum) as u on d.uitkering_id = u.uitkering_id
inner join persoon as b on d.persoon_sleutel = b.persoon_sleutel
left join persoon as p on d.partner_sleutel = p.persoon_sleutel
left join toegepast as t on d.uitkering_id = t.uitkering_id
left join berekend as n on d.uitkering_id = n.uitkering_id
