-- View: koppel_paar
-- Grain: one row a person named at an address and whom that could be
-- Reads: koppel_rij, koppel_persoon
-- Purpose: whom a housemate, a relation or the subject of a signal could be: anybody who lives there, and who has the
--          number that stands beside the name; not the one who is known to live there with them.
select
    r.id,
    p.id as register_id
from koppel_rij as r
inner join koppel_persoon as p on r.adres_sleutel = p.adres_sleutel and p.woont and r.niet_anummer <> p.anummer
where r.op_adres
union
select
    r.id,
    p.id as register_id
from koppel_rij as r
inner join koppel_persoon as p on r.burgerservicenummer = p.bsn and r.niet_anummer <> p.anummer
where r.op_adres
