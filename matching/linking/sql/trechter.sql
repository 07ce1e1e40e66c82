-- View: trechter
-- Grain: one row a blocking pass that met anybody
-- Reads: omvang, kandidaten
-- Purpose: what each pass brings: its keys, those left out because too many share them, its pairs, and the pairs that
--          no earlier pass had found.
with sleutels as (
    select
        ronde,
        count(*) as sleutels,
        count(*) filter (not past) as overgeslagen
    from omvang
    group by ronde
),

eerste as (
    select
        id,
        register_id,
        ronde,
        min(ronde) over (partition by id, register_id) as eerste_ronde
    from kandidaten
),

paren as (
    select
        ronde,
        count(*) as paren,
        count(*) filter (ronde = eerste_ronde) as nieuw
    from eerste
    group by ronde
)

select
    s.ronde,
    s.sleutels,
    s.overgeslagen,
    coalesce(p.paren, 0) as paren,
    coalesce(p.nieuw, 0) as nieuw
from sleutels as s
left join paren as p on s.ronde = p.ronde
order by s.ronde
