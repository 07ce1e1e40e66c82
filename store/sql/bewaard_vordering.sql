-- View: bewaard
-- Grain: one row a staged vordering that is kept
-- Reads: stage.vordering, bewaard_uitkering
-- Purpose: data minimisation: only of a dossier that is kept.
create or replace temp table bewaard as
select rowid as rij
from stage.vordering
where dossiernummer in (select dossiernummer from bewaard_uitkering)
