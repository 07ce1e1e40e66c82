-- View: bewaard
-- Grain: one row a staged melding that is kept
-- Reads: stage.melding, bewaard_klant
-- Purpose: data minimisation: only of who receives bijstand, or is the partner of who does.
create or replace temp table bewaard as
select rowid as rij
from stage.melding
where burgerservicenummer in (select bsn from bewaard_klant)
