-- View: kind
-- Grain: one row a running uitkering and a child of the belanghebbende or the partner: by the BRP, or by the dienst (KIND)
-- Reads: dossier, relatie, persoon, koppel_persoon, koppeling, bekende_medebewoner, brp_relatie
-- Purpose: where each child lives and when it turns 18, beside what the dienst believes of children in this household.
with medebewoner as (
    select
        k.uitkering_id,
        k.rol,
        coalesce(case when l.zeker then l.anummer end, p.anummer) as anummer,
        coalesce(l.zeker, true) as zeker
    from bekende_medebewoner_op($stand, $peildatum) as k
    left join koppeling as l
        on
            l.soort = 'medebewoner'
            and concat_ws('|', k.uitkering_id, k.rol, k.datum_aanvang, k.vastgesteld_op) = l.bij
            and wie(
                k.medebewoner_burgerservicenummer, k.medebewoner_voorletters, k.medebewoner_voorvoegsel,
                k.medebewoner_geslachtsnaam, k.medebewoner_geboortedatum
            ) = l.wie
    left join persoon as p on k.medebewoner_burgerservicenummer = p.bsn and p.bsn_uniek
    where loopt(k.datum_aanvang, k.datum_einde, $peildatum)
),

-- A KIND of whom nobody knows who it is, or how old, may be any child: the dienst counts on one.
bekend_kind as (
    select
        m.uitkering_id,
        bool_or(leeftijd_bereikt(p.geboortedatum, 18, $peildatum) is distinct from true) as minderjarig
    from medebewoner as m
    left join koppel_persoon as p on m.anummer = p.anummer
    where m.rol = 'KIND'
    group by m.uitkering_id
),

bekend as (
    select distinct
        uitkering_id,
        anummer
    from medebewoner
    where anummer is not null
),

van_wie as (
    select
        uitkering_id,
        ander,
        ander_sleutel,
        anummer,
        zeker,
        geboortedatum,
        in_onderzoek,
        links_sleutel,
        band,
        gewicht
    from relatie
    where soort = 'kind'
    union all by name
    select
        m.uitkering_id,
        m.anummer as ander,
        p.persoon_sleutel as ander_sleutel,
        m.anummer,
        m.zeker,
        p.geboortedatum,
        false as in_onderzoek
    from medebewoner as m
    inner join koppel_persoon as p on m.anummer = p.anummer
    where m.rol = 'KIND'
),

-- One row a child. Whom one parent's list names without a key is the child that the other's names with one.
kinderen as (
    select
        uitkering_id,
        ander,
        min(ander_sleutel) as kind_sleutel,
        min(anummer) as anummer,
        bool_or(zeker) as zeker,
        min(geboortedatum) as geboortedatum,
        bool_or(in_onderzoek) as in_onderzoek,
        min(links_sleutel) as links_sleutel,
        min_by(band, links_sleutel) as band,
        min_by(gewicht, links_sleutel) as gewicht
    from van_wie
    group by uitkering_id, ander
    qualify
        min(anummer) is not null
        or not bool_or(min(anummer) is not null) over (partition by uitkering_id, min(geboortedatum))
),

gestorven as (
    select distinct
        k.uitkering_id,
        true as rouw
    from kinderen as k
    inner join persoon as p on k.anummer = p.anummer
    where p.misschien_overleden and coalesce(p.gestorven_voor_of_op > $peildatum - $rouw_dagen::int, true)
),

-- Of a child that was born dead there is a relation and no persoonslijst: more were born than live.
geboren as (
    select
        d.uitkering_id,
        count(*) as aantal
    from dossier as d
    inner join brp_relatie_op($stand, $peildatum) as r on d.anummer = r.anummer
    where r.soort = 'kind' and vroegst(r.gerelateerde_geboortedatum) > $peildatum - $rouw_dagen::int
    group by d.uitkering_id
),

gezin as (
    select
        k.*,
        d.adres_brp,
        d.adres_brp_geschreven,
        d.adres_brp_sinds,
        d.adres_dienst,
        p.persoon_sleutel,
        p.overleden,
        p.in_buitenland,
        p.opgeschort,
        p.gestorven_op,
        p.buitenland_sinds,
        p.opgeschort_op,
        p.adres_sleutel,
        p.sinds,
        p.in_onderzoek as adres_in_onderzoek,
        p.geheim as kind_geheim,
        p.rij_hash,
        h.inhoud,
        coalesce(p.woont and p.adres_sleutel = d.adres_brp, false) as thuis,
        coalesce(h.geboortedatum, k.geboortedatum) as geboren
    from kinderen as k
    inner join dossier as d on k.uitkering_id = d.uitkering_id
    left join persoon as p on k.anummer = p.anummer
    left join koppel_persoon as h on k.anummer = h.anummer
),

leeftijden as (
    select
        *,
        leeftijd_bereikt(geboren, 18, $peildatum) as bereikt,
        leeftijd_op(hele_datum(geboren), 12 * 18) as op_18
    from gezin
),

-- For each child at home whether another one there is younger; null = perhaps.
jonger as (
    select
        k.uitkering_id,
        k.ander,
        case
            when bool_or(vroegst(a.geboren) > laatst(k.geboren)) then true
            when bool_or(coalesce(laatst(a.geboren) <= vroegst(k.geboren), false) is false) then null
            else false
        end as thuis
    from leeftijden as k
    inner join leeftijden as a on k.uitkering_id = a.uitkering_id and k.ander <> a.ander and a.thuis
    group by k.uitkering_id, k.ander
),

per_dossier as (
    select
        uitkering_id,
        bool_or(thuis and bereikt is distinct from true) as minderjarig_thuis,
        bool_or(not thuis and coalesce(not bereikt, false)) as minderjarig_elders,
        max_by(ander, geboren || ander) filter (where not thuis and coalesce(not bereikt, false)) as jongste_elders,
        count(*) filter (
            where vroegst(geboren) > $peildatum - $rouw_dagen::int and anummer is not null and not coalesce(overleden, false)
        ) as in_leven
    from leeftijden
    group by uitkering_id
),

vertrek as (
    select
        uitkering_id,
        ander,
        case
            when thuis or persoon_sleutel is null then null
            when overleden then gestorven_op
            when in_buitenland then buitenland_sinds
            when opgeschort then opgeschort_op
            when adres_sleutel = adres_dienst then adres_brp_sinds
            else sinds
        end as op
    from leeftijden
    where coalesce(not bereikt, false)
)

select
    d.uitkering_id,
    k.kind_sleutel,
    k.thuis as woont_op_adres,
    d.adres_brp is not null as adres_bekend,
    not k.bereikt as minderjarig,
    k.op_18 as kind_18_op,
    k.op_18 <= $peildatum + $kind_18_vooraf_dagen::int as kind_18_nabij,
    k.bereikt as kind_18_bereikt,
    case when j.ander is null then false else j.thuis end as jonger_kind_thuis,
    w.minderjarig_thuis as minderjarig_kind_thuis,
    w.minderjarig_elders as minderjarig_kind_elders,
    coalesce(k.ander = w.jongste_elders, false) as jongste_elders,
    case when k.thuis then k.sinds end as kind_sinds,
    max(v.op) over (partition by d.uitkering_id) as vertrokken_op,
    m.anummer is not null as kind_bekend,
    case
        when b.minderjarig or d.leefvorm_met_kind then true
        when d.leefvorm_paar or not d.leefvorm_met_kind then false
    end as dienst_met_kind,
    d.leefvorm_met_kind and not d.leefvorm_paar as eenoudergezin,
    coalesce(g.rouw, false) or coalesce(n.aantal > w.in_leven, false) as rouw,
    coalesce(k.adres_in_onderzoek, false) as bewoner_in_onderzoek,
    k.in_onderzoek as relatie_in_onderzoek,
    not k.zeker as koppeling_onzeker,
    case when not k.zeker then k.links_sleutel end as koppel_links,
    case when not k.zeker then k.persoon_sleutel end as koppel_rechts,
    case when not k.zeker then k.inhoud end as koppel_inhoud,
    case when not k.zeker then k.band end as koppel_band,
    case when not k.zeker then k.gewicht end::bigint as koppel_gewicht,
    d.geheim or coalesce(k.kind_geheim, false) as geheim,
    d.gegevens_onvolledig or coalesce(k.anummer in (select over from onvolledig_op($stand)), false) as gegevens_onvolledig,
    k.rij_hash as rij_bewoner
from leeftijden as k
inner join dossier as d on k.uitkering_id = d.uitkering_id
inner join per_dossier as w on k.uitkering_id = w.uitkering_id
left join jonger as j on k.uitkering_id = j.uitkering_id and k.ander = j.ander
left join vertrek as v on k.uitkering_id = v.uitkering_id and k.ander = v.ander
left join bekend as m on k.uitkering_id = m.uitkering_id and k.anummer = m.anummer
left join bekend_kind as b on k.uitkering_id = b.uitkering_id
left join gestorven as g on k.uitkering_id = g.uitkering_id
left join geboren as n on k.uitkering_id = n.uitkering_id
