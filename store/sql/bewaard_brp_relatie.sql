-- View: bewaard
-- Grain: one row a staged relation that is kept
-- Reads: stage.brp_relatie, stage.brp_persoon_goed
-- Purpose: data minimisation: only relations of persons that are kept.
create or replace temp table bewaard as
select rowid as rij
from stage.brp_relatie
where anummer in (select anummer from stage.brp_persoon_goed)
