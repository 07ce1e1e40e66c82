-- View: partner
-- Grain: one row a running uitkering and a partner: whom the dienst pays it to as well, and whoever the belanghebbende is
--        or was married to, of one person the newest verbintenis
-- Reads: dossier, relatie, persoon, koppel_persoon, instelling, bekende_medebewoner
-- Purpose: which verbintenis the BRP knows and whether the two live at one address, beside whom the dienst takes for a
--          couple.
with verbintenis as (
    select *
    from relatie
    where van = 'belanghebbende' and soort = 'partner' and coalesce(vroegst(datum_sluiting) <= $peildatum, true)
    qualify row_number() over (partition by uitkering_id, ander order by vroegst(datum_sluiting) desc nulls last) = 1
),

van_dienst as (
    select
        uitkering_id,
        partner_anummer as ander
    from dossier
    where partner_anummer is not null
),

paren as (
    select
        coalesce(v.uitkering_id, d.uitkering_id) as uitkering_id,
        coalesce(v.anummer, d.ander) as anummer,
        v.ander_sleutel,
        d.ander is not null as van_dienst,
        v.ander is not null as in_brp,
        v.zeker,
        v.geboortedatum,
        v.datum_sluiting,
        v.datum_ontbinding,
        v.reden_ontbinding,
        coalesce(v.in_onderzoek, false) as in_onderzoek,
        v.links_sleutel,
        v.band,
        v.gewicht
    from verbintenis as v
    full outer join van_dienst as d on v.uitkering_id = d.uitkering_id and v.ander = d.ander
),

bekend as (
    select distinct uitkering_id
    from bekende_medebewoner_op($stand, $peildatum)
    where rol = 'PARTNER' and loopt(datum_aanvang, datum_einde, $peildatum)
),

-- Whom the dienst counts among those who share costs.
kostendeler as (
    select distinct
        uitkering_id,
        medebewoner_burgerservicenummer as bsn
    from bekende_medebewoner_op($stand, $peildatum)
    where rol = 'KOSTENDELER' and loopt(datum_aanvang, datum_einde, $peildatum)
),

bewoners as (
    select
        adres_sleutel,
        count(*) as aantal
    from persoon
    where woont
    group by adres_sleutel
),

beoordeeld as (
    select
        w.*,
        d.adres_brp,
        d.adres_brp_sinds,
        d.adres_dienst,
        d.uitkering_sinds,
        d.leefvorm_gehuwd,
        d.partner_bsn,
        p.persoon_sleutel,
        p.adres_sleutel,
        p.sinds,
        p.in_buitenland,
        p.buitenland_sinds,
        p.opgeschort,
        p.opgeschort_op,
        p.in_onderzoek as adres_in_onderzoek,
        p.rij_hash,
        h.inhoud,
        coalesce(h.geboortedatum, w.geboortedatum) as geboren,
        k.bsn is not null as kostendeler,
        coalesce(p.misschien_overleden, false) as overleden,
        -- Another key for the same written address is no other home; of a briefadres R28 speaks.
        d.adres_brp is not null
        and (
            p.in_buitenland or p.opgeschort
            or (p.woont and p.adres_sleutel <> d.adres_brp and p.adres_geschreven is distinct from d.adres_brp_geschreven)
        ) as elders,
        coalesce(p.woont and p.adres_sleutel = d.adres_brp, false) as hier,
        gebeurd(w.datum_ontbinding, $peildatum) as ontbonden,
        -- What was so when the uitkering began the dienst has looked at then.
        case
            when vroegst(w.datum_sluiting) > d.uitkering_sinds then true
            when laatst(w.datum_sluiting) <= d.uitkering_sinds then false
        end as nieuw,
        coalesce(b.aantal > $massa_adres_boven, false) or i.adres_sleutel is not null as bij_instelling
    from paren as w
    inner join dossier as d on w.uitkering_id = d.uitkering_id
    left join persoon as p on w.anummer = p.anummer
    left join koppel_persoon as h on w.anummer = h.anummer
    left join kostendeler as k on w.uitkering_id = k.uitkering_id and p.bsn = k.bsn and p.bsn_uniek
    left join bewoners as b on p.woont and p.adres_sleutel = b.adres_sleutel
    left join instelling as i on p.adres_sleutel = i.adres_sleutel
),

-- What ended: first the living together, for that is what the norm of a couple stands on.
geeindigd as (
    select
        *,
        case
            when not van_dienst or overleden then null
            when elders then 'vertrokken'
            when
                in_brp and ontbonden and coalesce(reden_ontbinding, '') <> 'O'
                and leefvorm_gehuwd and vroegst(datum_ontbinding) > uitkering_sinds
                then 'ontbonden'
        end as einde
    from beoordeeld
)

select
    d.uitkering_id,
    coalesce(g.persoon_sleutel, g.ander_sleutel) as partner_sleutel,
    g.van_dienst as dienst_partner,
    g.in_brp and not g.ontbonden and not g.overleden as verbintenis_loopt,
    coalesce(g.datum_sluiting, 'onbekend') as verbintenis_sinds_geschreven,
    g.nieuw as verbintenis_nieuw,
    g.hier as partner_woont_hier,
    leeftijdsklasse(vroegst(g.geboren), laatst(g.geboren), $aow_geboren, $peildatum) as partner_leeftijd,
    g.kostendeler as partner_kostendeler,
    -- The day it began, or from which who was married already lives here.
    case
        when g.nieuw then hele_datum(g.datum_sluiting)
        when g.hier and g.sinds is not null and d.adres_brp_sinds is not null then greatest(g.sinds, d.adres_brp_sinds)
    end as samen_op,
    case
        when g.partner_bsn is not null or b.uitkering_id is not null then false
        else not d.leefvorm_paar
    end as dienst_alleen,
    g.einde,
    case
        when g.einde = 'ontbonden' then hele_datum(g.datum_ontbinding)
        when g.einde is null then null
        when g.in_buitenland then g.buitenland_sinds
        when g.opgeschort then g.opgeschort_op
        when g.adres_sleutel = g.adres_dienst then g.adres_brp_sinds
        else g.sinds
    end as einde_op,
    coalesce(g.einde = 'vertrokken' and g.bij_instelling, false) as partner_tijdelijk_elders,
    -- Which of the two it is, says nobody here: a detention is for a restricted group.
    d.gemeld_opname or d.gemeld_detentie as gemeld_tijdelijk_elders,
    coalesce(g.adres_in_onderzoek, false) as bewoner_in_onderzoek,
    g.in_onderzoek as relatie_in_onderzoek,
    -- Whom the dienst pays is known by a checked number, and of a new verbintenis it does not matter with whom it is.
    case
        when g.einde = 'vertrokken' or (g.einde is null and g.nieuw) then false
        else coalesce(not g.zeker, false)
    end as koppeling_onzeker,
    case when not g.zeker then g.links_sleutel end as koppel_links,
    case when not g.zeker then g.persoon_sleutel end as koppel_rechts,
    case when not g.zeker then g.inhoud end as koppel_inhoud,
    case when not g.zeker then g.band end as koppel_band,
    case when not g.zeker then g.gewicht end::bigint as koppel_gewicht,
    g.rij_hash as rij_bewoner
from geeindigd as g
inner join dossier as d on g.uitkering_id = d.uitkering_id
left join bekend as b on g.uitkering_id = b.uitkering_id
