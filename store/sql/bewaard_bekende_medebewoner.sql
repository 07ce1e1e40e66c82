-- View: bewaard
-- Grain: one row a staged known housemate that is kept
-- Reads: stage.bekende_medebewoner, bewaard_uitkering
-- Purpose: data minimisation: only what belongs to an uitkering that is kept.
create or replace temp table bewaard as
select rowid as rij
from stage.bekende_medebewoner
where uitkering_id in (select uitkering_id from bewaard_uitkering)
