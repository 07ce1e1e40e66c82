-- View: omvang
-- Grain: one row a key that a row and a register person share
-- Reads: sleutel_rij, sleutel_register
-- Purpose: how many share a key, and whether that is few enough: a key of too many says nothing about one person.
with rij as (
    select
        ronde,
        sleutel,
        count(*) as rijen
    from sleutel_rij
    group by ronde, sleutel
),

persoon as (
    select
        sleutel,
        count(*) as personen
    from sleutel_register
    group by sleutel
)

select
    r.ronde,
    r.sleutel,
    coalesce(p.personen <= $hoogstens and r.rijen * p.personen <= $paren, false) as past
from rij as r
inner join persoon as p on r.sleutel = p.sleutel
