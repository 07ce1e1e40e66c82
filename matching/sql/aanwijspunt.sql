-- View: aanwijspunt
-- Grain: one row a running uitkering and somebody at its address of whom the law names a tie with the belanghebbende
-- Reads: dossier, relatie, persoon, koppel_persoon, brp_relatie, uitkering, bekende_medebewoner
-- Purpose: who lives with somebody they were married to or received bijstand with as a couple, or with the other parent of
--          a child (Pw 3 lid 4 a and b). What it means, only a person can say.
with bewoner as (
    select
        d.uitkering_id,
        d.anummer as klant,
        d.adres_brp_sinds,
        p.*
    from dossier as d
    inner join persoon as p on d.adres_brp = p.adres_sleutel and p.woont and d.anummer <> p.anummer
    where d.partner_anummer is null or d.partner_anummer <> p.anummer
),

eerder_gehuwd as (
    select
        r.uitkering_id,
        r.anummer,
        bool_or(r.zeker) as zeker,
        bool_or(r.in_onderzoek) as in_onderzoek,
        min(r.links_sleutel) as links_sleutel,
        min_by(r.band, r.links_sleutel) as band,
        min_by(r.gewicht, r.links_sleutel) as gewicht
    from relatie as r
    where
        r.van = 'belanghebbende' and r.soort = 'partner' and r.anummer is not null
        and gebeurd(r.datum_ontbinding, $peildatum)
    group by r.uitkering_id, r.anummer
),

-- Who is married now: that they live together is R10's.
echtgenoot as (
    select distinct
        uitkering_id,
        anummer
    from relatie
    where van = 'belanghebbende' and soort = 'partner' and zeker and not gebeurd(datum_ontbinding, $peildatum)
),

-- Whom the dienst paid bijstand as a couple until it did not: an uitkering that ended is not kept, what it was is.
paar as (
    select
        unnest([burgerservicenummer, partner_burgerservicenummer]) as een,
        unnest([partner_burgerservicenummer, burgerservicenummer]) as ander,
        least(datum_einde_uitkering::date, peil_tot) as tot
    from uitkering_bekend($stand)
    where partner_burgerservicenummer is not null and peil_tot <= $peildatum
),

-- In the two years before this uitkering began, which stands for the day it was asked for, or since.
als_paar as (
    select distinct
        d.uitkering_id,
        p.ander as bsn
    from dossier as d
    inner join koppel_persoon as k on d.anummer = k.anummer
    inner join paar as p on k.bsn = p.een and p.tot >= d.uitkering_sinds - to_years(2)
),

-- Of each parent the children, under every key a list gives: A-nummer, BSN with birth date, or only name and birth date.
ouderschap as (
    select
        r.anummer as ouder,
        unnest([
            'A' || r.gerelateerde_anummer,
            'B' || r.gerelateerde_burgerservicenummer || r.gerelateerde_geboortedatum,
            case
                when hele_datum(r.gerelateerde_geboortedatum) is not null
                    then 'N' || r.gerelateerde_geslachtsnaam || '|' || r.gerelateerde_geboortedatum
            end
        ]) as kind,
        unnest([true, true, false]) as zeker
    from brp_relatie_op($stand, $peildatum) as r
    where r.soort = 'kind'
    union all
    select
        coalesce(r.gerelateerde_anummer, p.anummer) as ouder,
        unnest(['A' || k.anummer, 'B' || k.bsn || k.geboortedatum]) as kind,
        true as zeker
    from brp_relatie_op($stand, $peildatum) as r
    inner join koppel_persoon as k on r.anummer = k.anummer
    left join koppel_persoon as p
        on
            r.gerelateerde_anummer is null
            and r.gerelateerde_burgerservicenummer = p.bsn
            and r.gerelateerde_geboortedatum = p.geboortedatum
            and r.gerelateerde_geslachtsnaam = p.geslachtsnaam
    where r.soort in ('ouder1', 'ouder2')
),

kind_samen as (
    select
        w.uitkering_id,
        w.anummer,
        bool_or(a.zeker) as zeker
    from bewoner as w
    inner join ouderschap as a on w.klant = a.ouder
    inner join ouderschap as b on w.anummer = b.ouder and a.kind = b.kind
    group by w.uitkering_id, w.anummer
),

eerste_graad as (
    select distinct
        uitkering_id,
        anummer
    from relatie
    where van = 'belanghebbende' and soort in ('kind', 'ouder') and anummer is not null
),

beoordeeld as (
    select
        k.uitkering_id,
        p.anummer,
        bool_or(k.rol in ('COMMERCIELE_RELATIE', 'TIJDELIJK_VERBLIJF', 'OVERIG_UITGEZONDERD')) as bekeken,
        bool_or(k.rol = 'PARTNER') as als_partner
    from bekende_medebewoner_op($stand, $peildatum) as k
    inner join persoon as p on k.medebewoner_burgerservicenummer = p.bsn and p.bsn_uniek
    where loopt(k.datum_aanvang, k.datum_einde, $peildatum)
    group by k.uitkering_id, p.anummer
)

select
    d.uitkering_id,
    w.persoon_sleutel as bewoner_sleutel,
    case
        when g.zeker or s.uitkering_id is not null then 'gehuwd'
        when k.zeker then 'kind'
        when g.anummer is not null then 'gehuwd'
        else 'kind'
    end as aanwijspunt,
    case when w.sinds is not null and w.adres_brp_sinds is not null then greatest(w.sinds, w.adres_brp_sinds) end
        as samen_sinds,
    not d.leefvorm_paar and not coalesce(b.als_partner, false) as dienst_alleen,
    f.anummer is not null as eerste_graad,
    coalesce(b.bekeken, false) as al_bekeken,
    w.in_onderzoek as bewoner_in_onderzoek,
    coalesce(g.in_onderzoek, false) as relatie_in_onderzoek,
    s.uitkering_id is null and not coalesce(g.zeker, false) and not coalesce(k.zeker, false) as koppeling_onzeker,
    case when not g.zeker then g.links_sleutel end as koppel_links,
    case when not g.zeker then w.persoon_sleutel end as koppel_rechts,
    case when not g.zeker then h.inhoud end as koppel_inhoud,
    case when not g.zeker then g.band end as koppel_band,
    case when not g.zeker then g.gewicht end::bigint as koppel_gewicht,
    d.geheim or w.geheim as geheim,
    w.rij_hash as rij_bewoner
from bewoner as w
inner join dossier as d on w.uitkering_id = d.uitkering_id
left join koppel_persoon as h on w.anummer = h.anummer
left join eerder_gehuwd as g on w.uitkering_id = g.uitkering_id and w.anummer = g.anummer
left join als_paar as s on w.uitkering_id = s.uitkering_id and w.bsn_uniek and w.bsn = s.bsn
left join kind_samen as k on w.uitkering_id = k.uitkering_id and w.anummer = k.anummer
left join eerste_graad as f on w.uitkering_id = f.uitkering_id and w.anummer = f.anummer
left join beoordeeld as b on w.uitkering_id = b.uitkering_id and w.anummer = b.anummer
left join echtgenoot as e on w.uitkering_id = e.uitkering_id and w.anummer = e.anummer
where e.anummer is null and (g.anummer is not null or s.uitkering_id is not null or k.anummer is not null)
