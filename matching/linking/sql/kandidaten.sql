-- View: kandidaten
-- Grain: one row a pair of a row and a register person, and blocking pass that found it
-- Reads: sleutel_rij, sleutel_register (the keys of both sides, as far as both have them)
-- Purpose: every pair that shares a key, except of a key that too many share: that says nothing about one person.
with omvang as (
    select
        r.sleutel,
        r.rijen,
        g.personen
    from (select sleutel, count(*) as rijen from sleutel_rij group by sleutel) as r
    inner join (select sleutel, count(*) as personen from sleutel_register group by sleutel) as g using (sleutel)
)

select distinct
    r.id,
    g.id as register_id,
    r.ronde
from sleutel_rij as r
inner join omvang as o on r.sleutel = o.sleutel and o.personen <= $hoogstens and o.rijen * o.personen <= $paren
inner join sleutel_register as g on r.sleutel = g.sleutel
