-- View: student
-- Grain: one row a person of the BRP and study that matters today: the last one that began, and one that begins within
--        $studie_vooraf_dagen days; what somebody does as extraneus or auditor apart
-- Reads: studie, studiefinanciering, persoon, koppeling, koppel_persoon, levering
-- Purpose: what DUO says of a person today: that they study or stopped, whether that study gives a right (19a lid 1 d),
--          and whether it is certain that it is this person. A bol or higher course gives a right to who was young enough
--          on its first day; that a course began too late is never said, for DUO may have left out its first years. What
--          is uncertain (the person, the days, the right, or DUO not heard for $duo_dagen days) may be an exception.
with toegekend as (
    select
        burgerservicenummer,
        coalesce(bool_or(heeft_toekenning and koppeling_zeker), false) as nu
    from studiefinanciering
    group by burgerservicenummer
),

-- Of the rows that may be about somebody, the likeliest is asked about first.
mogelijk as (
    select
        unnest(mogelijk) as bsn,
        links_sleutel,
        persoon_sleutel as beste,
        band,
        gewicht
    from koppeling
    where soort = 'duo' and not zeker
),

vraag as (
    select * from mogelijk
    qualify row_number() over (partition by bsn order by gewicht desc nulls last, links_sleutel asc) = 1
),

gelezen as (
    select
        p.persoon_sleutel,
        s.extraneus_of_auditor,
        s.aanvang,
        coalesce(s.aanvang > $peildatum, false) as komt,
        s.volgt_opleiding,
        s.gestopt_op,
        s.vorm,
        case
            when s.vorm = 'bbl' or (t.nu and s.volgt_opleiding and not komt) then 'ja'
            when s.vorm = 'voltijd' and s.aanvang < p.studiefinanciering_tot then 'ja'
            when s.vorm = 'deeltijd' then 'nee'
            else 'onbekend'
        end as geeft_recht,
        coalesce(s.koppeling_zeker, false) and p.bsn_uniek as zeker,
        coalesce(bekend_tot('duo', $stand, $peildatum) >= $peildatum - $duo_dagen::int, false) as vers,
        v.links_sleutel,
        v.beste,
        v.band,
        v.gewicht,
        k.inhoud,
        s.rijen
    from studie as s
    inner join persoon as p on s.burgerservicenummer = p.bsn
    left join toegekend as t on s.burgerservicenummer = t.burgerservicenummer
    left join vraag as v on s.burgerservicenummer = v.bsn
    left join koppel_persoon as k on p.persoon_sleutel = k.persoon_sleutel
    where s.laatste_periode or (s.aanvang > $peildatum and s.aanvang <= $peildatum + $studie_vooraf_dagen::int)
)

select
    persoon_sleutel,
    extraneus_of_auditor,
    aanvang,
    gestopt_op,
    case
        when extraneus_of_auditor then null
        when komt and aanvang > $peildatum + $studie_vooraf_dagen::int then null
        when komt or volgt_opleiding then 'start'
        when gestopt_op is not null then 'stop'
    end as verandering,
    vorm,
    geeft_recht,
    zeker,
    coalesce(volgt_opleiding, false) and not komt and not extraneus_of_auditor and geeft_recht = 'ja' and zeker and vers
        as uitgezonderd,
    coalesce(volgt_opleiding, true) and not komt and geeft_recht <> 'nee' as misschien_uitgezonderd,
    links_sleutel as koppel_links,
    case when links_sleutel is not null then persoon_sleutel end as koppel_rechts,
    case when links_sleutel is not null then inhoud end as koppel_inhoud,
    case when links_sleutel is not null then if(beste = persoon_sleutel, band, 'geen') end as koppel_band,
    case when beste = persoon_sleutel then gewicht end as koppel_gewicht,
    rijen
from gelezen
