-- View: kandidaten
-- Grain: one row a pair of a row and a register person, and blocking pass that found it
-- Reads: sleutel_rij, sleutel_register, omvang
-- Purpose: every pair that shares a key, except of a key that too many share.
select distinct
    r.id,
    g.id as register_id,
    r.ronde
from sleutel_rij as r
inner join omvang as o on r.sleutel = o.sleutel and o.past
inner join sleutel_register as g on r.sleutel = g.sleutel
