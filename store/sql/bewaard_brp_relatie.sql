-- View: bewaard
-- Grain: one row a staged relation that is kept
-- Reads: stage.brp_relatie, stage.brp_persoon, stage.brp_persoon_goed, brp_persoon
-- Purpose: data minimisation: only relations of persons that are kept now, or were and were not delivered again.
create or replace temp table bewaard as
select rowid as rij
from stage.brp_relatie
where
    anummer in (select anummer from stage.brp_persoon_goed)
    or anummer in (
        select anummer from brp_persoon_op($stand, $nieuwste)
        where anummer not in (
            select anummer from stage.brp_persoon
            where anummer is not null
        )
    )
