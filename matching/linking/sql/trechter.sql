-- View: trechter
-- Grain: one row a blocking pass that met anybody
-- Reads: kandidaten, sleutel_rij, sleutel_register
-- Purpose: what each pass brings: its keys, those left out because too many share them, its pairs, and the pairs that
--          no earlier pass had found.
with omvang as (
    select
        r.ronde,
        r.sleutel,
        r.rijen,
        g.personen
    from (select ronde, sleutel, count(*) as rijen from sleutel_rij group by ronde, sleutel) as r
    inner join (select sleutel, count(*) as personen from sleutel_register group by sleutel) as g using (sleutel)
),

per_ronde as (
    select
        ronde,
        count(*) as sleutels,
        count(*) filter (where personen > $hoogstens or rijen * personen > $paren) as overgeslagen
    from omvang
    group by ronde
),

eerste as (
    select
        id,
        register_id,
        min(ronde) as ronde
    from kandidaten
    group by id, register_id
)

select
    p.ronde,
    p.sleutels,
    p.overgeslagen,
    (select count(*) from kandidaten as k where k.ronde = p.ronde) as paren,
    (select count(*) from eerste as e where e.ronde = p.ronde) as nieuw
from per_ronde as p
order by p.ronde
