-- View: bewaard
-- Grain: one row a staged person that is kept
-- Reads: stage.brp_persoon, uitkering, bekende_medebewoner
-- Purpose: data minimisation: only persons with an uitkering, those the dienst knows with them, and whoever is
--          registered at an address of either (by BAG id or by the written address).
create or replace temp table bewaard_bsn as
select burgerservicenummer as bsn from uitkering_op($stand, $nieuwste)
union
select partner_burgerservicenummer from uitkering_op($stand, $nieuwste)
where partner_burgerservicenummer is not null
union
select medebewoner_burgerservicenummer from bekende_medebewoner_op($stand, $nieuwste)
where medebewoner_burgerservicenummer is not null;

create or replace temp table bewaard_adres as
with van_personen as (
    select
        adresseerbaar_object_id,
        nummeraanduiding_id,
        adres_tekst(postcode, huisnummer, huisletter, huisnummertoevoeging, aanduiding_bij_huisnummer) as adres
    from stage.brp_persoon
    where burgerservicenummer in (select bsn from bewaard_bsn)
),

van_dienst as (
    select
        nummeraanduiding_id,
        adres_tekst(postcode, huisnummer, huisletter, huisnummertoevoeging, null) as adres
    from uitkering_op($stand, $nieuwste)
)

select adresseerbaar_object_id as sleutel from van_personen
where adresseerbaar_object_id is not null
union
select nummeraanduiding_id from van_personen
where nummeraanduiding_id is not null
union
select adres from van_personen
where adres is not null
union
select nummeraanduiding_id from van_dienst
where nummeraanduiding_id is not null
union
select adres from van_dienst
where adres is not null;

create or replace temp table bewaard as
select rowid as rij
from stage.brp_persoon
where
    burgerservicenummer in (select bsn from bewaard_bsn)
    or adresseerbaar_object_id in (select sleutel from bewaard_adres)
    or nummeraanduiding_id in (select sleutel from bewaard_adres)
    or adres_tekst(postcode, huisnummer, huisletter, huisnummertoevoeging, aanduiding_bij_huisnummer) in (
        select sleutel from bewaard_adres
    )
