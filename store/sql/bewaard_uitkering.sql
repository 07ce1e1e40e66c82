-- View: bewaard
-- Grain: one row a staged uitkering that is kept
-- Reads: stage.uitkering
-- Purpose: data minimisation: an uitkering that ended before the peildatum is not kept; one whose end can't be read
--          is, and the contract says what is wrong with it.
create or replace temp table bewaard as
select rowid as rij
from stage.uitkering
where coalesce(try_cast(datum_einde_uitkering as date) >= $peildatum, true)
