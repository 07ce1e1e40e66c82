-- View: bewaard
-- Grain: one row a staged klantvoorkeur that is kept
-- Reads: stage.klantvoorkeur, bewaard_klant
-- Purpose: data minimisation: only of who receives bijstand, or is the partner of who does.
create or replace temp table bewaard as
select rowid as rij
from stage.klantvoorkeur
where burgerservicenummer in (select bsn from bewaard_klant)
