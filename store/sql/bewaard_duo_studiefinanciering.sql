-- View: bewaard
-- Grain: one row a staged toekenning that is kept
-- Reads: stage.duo_studiefinanciering, bewaard_persoon
-- Purpose: data minimisation: the same persons as for duo_inschrijving, by number (bewaard_persoon) and by name
--          (bewaard_bij_naam, made there too).
create or replace temp table bewaard as
select rowid as rij
from stage.duo_studiefinanciering
where burgerservicenummer in (select bsn from bewaard_persoon)
