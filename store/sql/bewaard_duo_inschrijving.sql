-- View: bewaard
-- Grain: one row a staged enrolment that is kept
-- Reads: stage.duo_inschrijving, uitkering, bekende_medebewoner, brp_persoon
-- Purpose: data minimisation: only of who receives bijstand, of their partner, and of who lives with them by the
--          dienst or by the BRP. Those are kept as bewaard_persoon, and by A-nummer as bewaard_bij_naam, for rows
--          that name them without a number.
create or replace temp table bewaard_persoon as
select burgerservicenummer as bsn from uitkering_op($stand, $nieuwste)
union
select partner_burgerservicenummer from uitkering_op($stand, $nieuwste)
where partner_burgerservicenummer is not null
union
select medebewoner_burgerservicenummer from bekende_medebewoner_op($stand, $nieuwste)
where medebewoner_burgerservicenummer is not null
union
select burgerservicenummer from brp_persoon_op($stand, $nieuwste)
where burgerservicenummer is not null;

create or replace temp table bewaard as
select rowid as rij
from stage.duo_inschrijving
where burgerservicenummer in (select bsn from bewaard_persoon);

-- For whom a row is kept that names them without a number: any of those who are kept.
create or replace temp table bewaard_bij_naam as
select anummer from brp_persoon_op($stand, $nieuwste)
