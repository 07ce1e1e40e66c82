-- View: bewaard
-- Grain: one row a staged vertegenwoordiger that is kept
-- Reads: stage.vertegenwoordiger, stage.klantvoorkeur, stage.klantvoorkeur_goed, klantvoorkeur
-- Purpose: data minimisation: only who acts for somebody whose wishes are kept now, or were and were not delivered again.
create or replace temp table bewaard as
select rowid as rij
from stage.vertegenwoordiger
where
    verwijzing in (
        select bewindvoerder_of_gemachtigde from stage.klantvoorkeur_goed
        union
        select bewindvoerder_of_gemachtigde from klantvoorkeur_op($stand, $nieuwste)
        where burgerservicenummer not in (
            select burgerservicenummer from stage.klantvoorkeur
            where burgerservicenummer is not null
        )
    )
