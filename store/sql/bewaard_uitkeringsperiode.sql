-- View: bewaard
-- Grain: one row a staged period that is kept
-- Reads: stage.uitkeringsperiode, stage.uitkering, stage.uitkering_goed, uitkering
-- Purpose: data minimisation: only what belongs to an uitkering that is kept now or was and was not delivered again.
create or replace temp table bewaard_uitkering as
select
    uitkering_id,
    dossiernummer,
    burgerservicenummer,
    partner_burgerservicenummer
from stage.uitkering_goed
union
select
    uitkering_id,
    dossiernummer,
    burgerservicenummer,
    partner_burgerservicenummer
from uitkering_op($stand, $nieuwste)
where uitkering_id not in (
    select uitkering_id from stage.uitkering
    where uitkering_id is not null
);

create or replace temp table bewaard_klant as
select burgerservicenummer as bsn from bewaard_uitkering
union
select partner_burgerservicenummer from bewaard_uitkering
where partner_burgerservicenummer is not null;

create or replace temp table bewaard as
select rowid as rij
from stage.uitkeringsperiode
where uitkering_id in (select uitkering_id from bewaard_uitkering)
