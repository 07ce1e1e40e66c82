-- View: bewaard
-- Grain: one row a staged income that is kept
-- Reads: stage.inkomsten_uwv, bewaard_klant, brp_persoon
-- Purpose: data minimisation: only of who receives bijstand, or is the partner of who does.
create or replace temp table bewaard as
select rowid as rij
from stage.inkomsten_uwv
where burgerservicenummer in (select bsn from bewaard_klant);

-- For whom a row is kept that names them without a number.
create or replace temp table bewaard_bij_naam as
select anummer
from brp_persoon_op($stand, $nieuwste)
where burgerservicenummer in (select bsn from bewaard_klant)
