-- View: relatie
-- Grain: one row a running uitkering, the belanghebbende or the partner, and whom the BRP calls their partner, kind or
--        ouder; of a partner one a verbintenis
-- Reads: dossier, koppel_persoon, brp_relatie, koppeling
-- Purpose: who is family of whom, from the list of either side: an A-nummer, a verified BSN or a human's word on one of
--          the two is certain. Whoever is named without such a key is the one that linking found, which is a question.
with lijst as (
    select
        d.uitkering_id,
        'belanghebbende' as van,
        p.*
    from dossier as d
    inner join koppel_persoon as p on d.anummer = p.anummer
    union all
    select
        d.uitkering_id,
        'partner' as van,
        p.*
    from dossier as d
    inner join koppel_persoon as p on d.partner_anummer = p.anummer
),

-- Whom a relation names by a key: the A-nummer, or a BSN with the name and the birth date of who has it.
genoemd as (
    select
        r.*,
        coalesce(r.gerelateerde_anummer, p.anummer) as naar,
        wie(
            r.gerelateerde_burgerservicenummer, null, r.gerelateerde_voorvoegsel, r.gerelateerde_geslachtsnaam,
            r.gerelateerde_geboortedatum
        ) as genoemde
    from brp_relatie_op($stand, $peildatum) as r
    left join koppel_persoon as p
        on
            r.gerelateerde_anummer is null
            and r.gerelateerde_burgerservicenummer = p.bsn
            and r.gerelateerde_geboortedatum = p.geboortedatum
            and r.gerelateerde_geslachtsnaam = p.geslachtsnaam
),

op_eigen_lijst as (
    select
        l.uitkering_id,
        l.van,
        case when r.soort in ('partner', 'kind') then r.soort else 'ouder' end as soort,
        r.genoemde,
        coalesce(r.gerelateerde_anummer, k.anummer) as anummer,
        coalesce(r.gerelateerde_anummer is not null or k.zeker, false) as zeker,
        r.gerelateerde_geboortedatum as geboortedatum,
        r.datum_sluiting,
        r.datum_ontbinding,
        r.reden_ontbinding,
        r.aanduiding_in_onderzoek,
        k.links_sleutel,
        k.band,
        k.gewicht
    from genoemd as r
    inner join lijst as l on r.anummer = l.anummer
    left join koppeling as k
        on
            k.soort = 'relatie'
            and concat_ws('|', l.uitkering_id, r.anummer, r.soort) = k.bij
            and r.genoemde = k.wie
),

op_andere_lijst as (
    select
        l.uitkering_id,
        l.van,
        case r.soort when 'partner' then 'partner' when 'kind' then 'ouder' else 'kind' end as soort,
        null as genoemde,
        r.anummer,
        true as zeker,
        p.geboortedatum,
        r.datum_sluiting,
        r.datum_ontbinding,
        r.reden_ontbinding,
        r.aanduiding_in_onderzoek
    from genoemd as r
    inner join lijst as l on r.naar = l.anummer
    inner join koppel_persoon as p on r.anummer = p.anummer
),

beide as (
    select * from op_eigen_lijst
    union all by name
    select * from op_andere_lijst
)

select
    uitkering_id,
    van,
    soort,
    coalesce(anummer, genoemde) as ander,
    substr(sha256($sleutel || '|' || coalesce(min(anummer), 'relatie|' || min(genoemde))), 1, 16) as ander_sleutel,
    min(anummer) as anummer,
    bool_or(zeker) as zeker,
    min(geboortedatum) as geboortedatum,
    datum_sluiting,
    min(datum_ontbinding) as datum_ontbinding,
    min(reden_ontbinding) as reden_ontbinding,
    -- Whatever of the relation is being looked into; a code of a historical category begins with a 5.
    coalesce(bool_or(aanduiding_in_onderzoek like '0%'), false) as in_onderzoek,
    min(links_sleutel) as links_sleutel,
    min_by(band, links_sleutel) as band,
    min_by(gewicht, links_sleutel) as gewicht
from beide
group by uitkering_id, van, soort, coalesce(anummer, genoemde), datum_sluiting
