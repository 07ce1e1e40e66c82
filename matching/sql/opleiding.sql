-- View: opleiding
-- Grain: one row a running uitkering, a person (belanghebbende, partner, or who lives at the address) and a study of theirs
-- Reads: dossier, huishouden, student, uitkeringsperiode
-- Purpose: who studies or stopped, beside what the dienst counts, knows, and pays. The administration does not hold
--          whether a trajectafspraak allows a study, nor which income is set off: those are for a person to see.
with personen as (
    select
        uitkering_id,
        'belanghebbende' as rol,
        persoon_sleutel
    from dossier
    union all
    select
        uitkering_id,
        'partner' as rol,
        partner_sleutel as persoon_sleutel
    from dossier
    where partner_sleutel is not null
    union all by name
    select
        uitkering_id,
        'medebewoner' as rol,
        persoon_sleutel,
        bewoner_sleutel,
        bekende_rol,
        bekend_sinds,
        kostendelersleeftijd_bereikt,
        bewoner_in_onderzoek,
        koppeling_onzeker,
        geheim,
        gegevens_onvolledig
    from huishouden
    where woont_op_adres and coalesce(bekende_rol, '') <> 'PARTNER'
),

betaling as (
    select
        uitkering_id,
        bool_or(inkomsten_bedrag_cent::bigint > 0) as inkomen,
        bool_or(is_ja(verlaagd_bij_besluit)) as verlaagd
    from uitkeringsperiode_op($stand, $peildatum)
    where loopt(datum_aanvang_periode, datum_einde_periode, $peildatum)
    group by uitkering_id
)

select
    p.uitkering_id,
    p.rol,
    p.persoon_sleutel,
    p.bewoner_sleutel,
    p.bekende_rol,
    p.bekend_sinds,
    p.kostendelersleeftijd_bereikt,
    coalesce(p.bewoner_in_onderzoek, false) as bewoner_in_onderzoek,
    s.vorm,
    s.geeft_recht,
    s.verandering,
    case s.verandering when 'start' then s.aanvang when 'stop' then s.gestopt_op end as veranderd_op,
    coalesce(d.studie_verwerkt_op >= veranderd_op - $vervolg_dagen::int, false) as studie_verwerkt,
    b.inkomen and s.gestopt_op >= d.uitkering_sinds as inkomen_verrekend,
    b.verlaagd and d.uitkering_sinds < s.gestopt_op + to_months($schoolverlater_maanden::int) as verlaging_mogelijk,
    coalesce(p.koppeling_onzeker, false) or not s.zeker as koppeling_onzeker,
    s.koppel_links,
    s.koppel_rechts,
    s.koppel_inhoud,
    s.koppel_band,
    s.koppel_gewicht::bigint as koppel_gewicht,
    coalesce(p.geheim, d.geheim) as geheim,
    coalesce(p.gegevens_onvolledig, d.gegevens_onvolledig) as gegevens_onvolledig,
    s.rijen as rij_bewoner
from personen as p
inner join student as s on p.persoon_sleutel = s.persoon_sleutel
inner join dossier as d on p.uitkering_id = d.uitkering_id
left join betaling as b on p.uitkering_id = b.uitkering_id
where s.verandering is not null
