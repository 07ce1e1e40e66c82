-- View: koppeling
-- Grain: one row a koppel_rij
-- Reads: koppel_rij, koppel_gevonden, koppel_mogelijk, koppel_besluit, koppel_persoon
-- Purpose: which person each row names, as a human decided or else as the comparisons say, and whether that is
--          certain: by a verified exact key or by a human. Everything else is a question. A housemate's number, which
--          the dienst checked itself, is certain too, unless somebody else fits the name beside it or its holder does
--          not.
with besloten as (
    select
        id,
        -- Who said of two persons that it is this one is asked again.
        case when count(*) = 1 then min(register_id) end as register_id
    from koppel_besluit
    where zelfde
    group by id
),

mogelijk as (
    select
        m.id,
        list(p.bsn order by p.bsn) filter (where p.bsn is not null) as nummers
    from koppel_mogelijk as m
    inner join koppel_persoon as p on m.register_id = p.id
    group by m.id
),

houder as (
    select distinct bsn
    from koppel_persoon
    where bsn is not null
),

gekoppeld as (
    select
        r.*,
        coalesce(b.register_id, g.register_id) as register_id,
        case when b.register_id is not null then 'besluit' else g.band end as band,
        g.gewicht
    from koppel_rij as r
    inner join koppel_gevonden as g on r.id = g.id
    left join besloten as b on r.id = b.id
),

gewogen as (
    select
        k.id,
        k.soort,
        k.bij,
        k.wie,
        k.links_sleutel,
        k.uitkering_id,
        k.burgerservicenummer,
        k.band,
        k.gewicht,
        p.anummer,
        p.bsn,
        p.persoon_sleutel,
        k.band in ('exact', 'besluit')
        or (
            k.soort = 'medebewoner'
            and k.burgerservicenummer is not null
            and coalesce(k.burgerservicenummer = p.bsn, p.anummer is null and h.bsn is null)
        ) as zeker
    from gekoppeld as k
    left join koppel_persoon as p on k.register_id = p.id
    left join houder as h on k.burgerservicenummer = h.bsn
)

select
    w.*,
    -- A row that is not certain counts for everybody it may be about: who fits, and whose number it has.
    case
        when w.zeker then list_filter([w.bsn], lambda nummer: nummer is not null)
        else list_distinct(
            list_concat(
                coalesce(m.nummers, []),
                list_filter([w.burgerservicenummer], lambda nummer: nummer is not null)
            )
        )
    end as mogelijk
from gewogen as w
left join mogelijk as m on w.id = m.id
