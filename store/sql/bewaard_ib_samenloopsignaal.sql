-- View: bewaard
-- Grain: one row a staged samenloopsignaal that is kept
-- Reads: stage.ib_samenloopsignaal, uitkering
-- Purpose: data minimisation: only of who receives bijstand, by person or by dossier.
create or replace temp table bewaard_klant as
select burgerservicenummer as bsn from uitkering_op($stand, $nieuwste)
union
select partner_burgerservicenummer from uitkering_op($stand, $nieuwste)
where partner_burgerservicenummer is not null;

create or replace temp table bewaard as
select rowid as rij
from stage.ib_samenloopsignaal
where
    burgerservicenummer in (select bsn from bewaard_klant)
    or dossiernummer in (select dossiernummer from uitkering_op($stand, $nieuwste))
