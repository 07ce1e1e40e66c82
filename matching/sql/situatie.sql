-- View: situatie
-- Grain: one row a running uitkering under the Participatiewet and a reading of its household: `dienst`, by what the
--        dienst believes, and `register`, by who is registered there
-- Reads: dossier, persoon, huishouden, uitkering, bekende_medebewoner
-- Purpose: what the norm depends on, as columns. A reading that the facts do not allow is not there: a partner whom
--          the dienst does not name, or who lives elsewhere; no address; a crowd.
with bekend as (
    select
        uitkering_id,
        count(*) filter (where rol = 'KOSTENDELER') as kostendelers,
        bool_or(rol = 'PARTNER') as partner
    from bekende_medebewoner_op($stand, $peildatum)
    where loopt(datum_aanvang, datum_einde, $peildatum)
    group by uitkering_id
),

-- Whom the dienst knows as something else than a kostendeler was looked at; a child or who was too young may count now.
bewoners as (
    select
        uitkering_id,
        coalesce(bool_or(woont_op_adres and bekende_rol = 'PARTNER'), false) as partner,
        count(*) filter (where woont_op_adres and bekende_rol = 'KOSTENDELER' and kostendelersleeftijd_bereikt) as kostendelers,
        count(*) filter (
            where woont_op_adres and (
                (bekende_rol = 'KOSTENDELER' and kostendelersleeftijd_bereikt is null)
                or (
                    coalesce(bekende_rol, 'KIND') in ('KIND', 'JONGER_DAN_27')
                    and coalesce(kostendelersleeftijd_bereikt, true)
                )
            )
        ) as misschien
    from huishouden
    group by uitkering_id
),

gezin as (
    select
        d.uitkering_id,
        d.dossiernummer,
        d.adres_brp is not null and not d.massa_adres as woont,
        d.instelling,
        d.partner_in_instelling,
        b.leeftijdsklasse as leeftijd,
        d.partner_bsn is not null as partner,
        p.leeftijdsklasse as leeftijd_partner,
        case
            when d.partner_bsn is null or u.partner_rechthebbend = '1' then true
            when u.partner_rechthebbend = '2' then false
        end as partner_recht,
        case u.leefvorm when '02' then true when '01' then false end as kinderen,
        -- The amounts of article 20 lid 1 and 2 are those without the raise of lid 3.
        case when d.norm_onder_21 or d.norm_een_onder_21 then false end as geen_beroep_op_ouders,
        -- The norm of who stays in an inrichting; of a couple it does not say which of the two.
        case when not coalesce(d.norm_inrichting, false) then false when d.partner_bsn is null then true end as in_inrichting,
        -- The count of article 22a has the belanghebbende in it, and a partner of 21 or older.
        greatest(
            0,
            coalesce(u.aantal_kostendelers::int, 0) - 1
            - case when d.partner_bsn is not null and coalesce(p.leeftijdsklasse >= 21, true) then 1 else 0 end
        ) as geteld,
        coalesce(k.kostendelers, 0) as genoemd
    from dossier as d
    inner join uitkering_op($stand, $peildatum) as u on d.uitkering_id = u.uitkering_id
    inner join persoon as b on d.persoon_sleutel = b.persoon_sleutel
    left join persoon as p on d.partner_sleutel = p.persoon_sleutel
    left join bekend as k on d.uitkering_id = k.uitkering_id
    where
        u.wetcode = 'PW'
        and case
            when d.partner_bsn is null then u.leefvorm in ('01', '02', '05', '06', '07') and not coalesce(k.partner, false)
            else u.leefvorm in ('03', '04', '08', '09')
        end
)

select
    uitkering_id,
    dossiernummer,
    'dienst' as lezing,
    leeftijd,
    partner,
    leeftijd_partner,
    partner_recht,
    kinderen,
    geen_beroep_op_ouders,
    in_inrichting,
    least(geteld, genoemd)::int as kostendelers,
    abs(geteld - genoemd)::int as misschien
from gezin
union all
select
    g.uitkering_id,
    g.dossiernummer,
    'register' as lezing,
    g.leeftijd,
    g.partner,
    g.leeftijd_partner,
    g.partner_recht,
    g.kinderen,
    g.geen_beroep_op_ouders,
    case when not g.instelling and not g.partner_in_instelling then false end as in_inrichting,
    coalesce(b.kostendelers, 0)::int as kostendelers,
    coalesce(b.misschien, 0)::int as misschien
from gezin as g
left join bewoners as b on g.uitkering_id = b.uitkering_id
where g.woont and (not g.partner or b.partner)
