-- View: koppeling
-- Grain: one row a koppel_rij
-- Reads: koppel_rij, koppel_gevonden, koppel_besluit, koppel_persoon
-- Purpose: which person each row names, as a human decided or else as the comparisons say, and whether that is
--          certain: by a verified exact key or by a human. Everything else is a question.
with besloten as (
    select
        b.id,
        -- Who said of two persons that it is this one is asked again.
        case when count(*) = 1 then min(b.register_id) end as register_id
    from koppel_besluit as b
    where b.zelfde
    group by b.id
)

select
    r.id,
    r.soort,
    r.bij,
    r.wie,
    r.links_sleutel,
    r.uitkering_id,
    r.burgerservicenummer,
    case when b.register_id is not null then 'besluit' else g.band end as band,
    g.gewicht,
    g.kans,
    g.wacht,
    p.anummer,
    p.bsn,
    p.persoon_sleutel,
    b.register_id is not null or g.band = 'exact' as zeker,
    -- A row counts for everybody it may be about: who fits best, who fits nearly as well, and whose number it has.
    list_distinct(
        list_filter(
            [p.bsn, case when b.register_id is null and g.band = 'controleren' then t.bsn end, r.burgerservicenummer],
            lambda nummer: nummer is not null and (not zeker or nummer = p.bsn)
        )
    ) as mogelijk
from koppel_rij as r
inner join koppel_gevonden as g on r.id = g.id
left join besloten as b on r.id = b.id
left join koppel_persoon as p on coalesce(b.register_id, g.register_id) = p.id
left join koppel_persoon as t on g.tweede_id = t.id
