-- View: belanghebbende
-- Grain: one row a running uitkering and a person it is paid to: the belanghebbende or the partner
-- Reads: dossier, persoon
-- Purpose: what the BRP says of the persons themselves: alive, where registered, in onderzoek, and which age at which
--          another norm holds is near.
with personen as (
    select
        d.* replace (false as partner_zonder_recht, false as partner_elders),
        'belanghebbende' as rol,
        d.persoon_sleutel as wie,
        d.partner_sleutel as ander,
        d.instelling as in_instelling,
        d.partner_in_instelling as ander_in_instelling
    from dossier as d
    union all by name
    select
        d.*,
        'partner' as rol,
        d.partner_sleutel as wie,
        d.persoon_sleutel as ander,
        d.partner_in_instelling as in_instelling,
        d.instelling as ander_in_instelling
    from dossier as d
    where d.partner_sleutel is not null
)

select
    d.uitkering_id,
    d.dossiernummer,
    d.consulent_id,
    d.wie as persoon_sleutel,
    d.rol,
    p.overleden,
    p.gestorven_op,
    p.in_onderzoek,
    p.onderzoek_sinds,
    p.woont,
    p.woonadres,
    p.alleen_briefadres,
    p.vertrokken_naar,
    coalesce(p.buitenland_sinds, p.opgeschort_op) as vertrokken_op,
    p.vertrokken_geschreven,
    -- Equal by any kind of key is equal. Different only where both sides have the same kind; else unknown, as is a
    -- place opposite or near a house with that number.
    case
        when p.bij_ander_huis and p.adres_geschreven = d.adres_dienst_geschreven then null
        when p.adres_sleutel = d.adres_dienst then true
        when p.adres_geschreven = d.adres_dienst_geschreven then true
        when p.adres_nummer = d.adres_dienst_nummer then true
        when p.adres_geschreven <> d.adres_dienst_geschreven then false
        when p.adres_nummer <> d.adres_dienst_nummer then false
    end as adres_gelijk,
    p.sinds as adres_sinds,
    p.sinds_geschreven as adres_sinds_geschreven,
    p.gemeente_van_inschrijving in (select unnest($werkgebied::text[])) as in_werkgebied,
    -- Whom to call in the gemeente where they live now, if it takes part. Where somebody is hidden that is told nowhere.
    case
        when not d.geheim
            then ($overdracht_naar::text[])[list_position($overdracht_codes::text[], p.gemeente_van_inschrijving)]
    end as overdracht_naar,
    case when overdracht_naar is null then 'gewoon' else 'warm' end as overdracht,
    d.gemeld_verhuizing,
    d.gemeld_verblijf_buitenland,
    d.norm_verlaagd,
    d.gemeld_opname,
    -- Who stays there has another norm than who does not. That a stay is over is said once for a household.
    case
        when d.in_instelling and not d.norm_inrichting then 'begint'
        when
            d.rol = 'belanghebbende' and p.woont and not d.in_instelling and not d.ander_in_instelling and d.norm_inrichting
            then 'eindigt'
    end as inrichting,
    p.leeftijd_21_op,
    p.leeftijd_21_op <= $peildatum + $leeftijd_21_vooraf_dagen::int as leeftijd_21_nabij,
    -- The norm of a couple of which one is under 21 is no longer right when the younger one turns 21.
    d.norm_onder_21 or (d.norm_een_onder_21 and coalesce(a.leeftijd_21_op < p.leeftijd_21_op, false)) as jongerennorm,
    d.norm_ingepland,
    p.leeftijd_27_op,
    p.leeftijd_27_op between $peildatum - $leeftijd_27_na_dagen::int and $peildatum + $leeftijd_27_vooraf_dagen::int
        as leeftijd_27_nabij,
    d.verrekend_cent > 0 as inkomen_verrekend,
    d.partner_zonder_recht as zonder_recht,
    d.partner_elders,
    p.aow_op,
    p.aow_op > $peildatum and p.aow_op <= $peildatum + to_months($aow_vooraf_maanden::int) as aow_nadert,
    d.huishouden_in_onderzoek,
    d.overlijden_in_huishouden,
    d.geheim,
    d.vertegenwoordiger,
    d.gegevens_onvolledig,
    d.brief_mogelijk,
    d.massa_adres,
    d.instelling,
    p.rij_hash as rij_bewoner,
    d.rij_uitkering
from personen as d
inner join persoon as p on d.wie = p.persoon_sleutel
left join persoon as a on d.ander = a.persoon_sleutel
