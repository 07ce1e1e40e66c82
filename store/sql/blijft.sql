-- View: blijft_uitkering, blijft_klant, blijft_adres, blijft_lijst, blijft_persoon
-- Grain: one row a key of what is kept
-- Reads: uitkering, bekende_medebewoner, brp_persoon, levering
-- Purpose: retention: whose rows are still needed, by the same rule as at the intake: uitkeringen that run or ended not
--          long ago, who they are of, whom the dienst knows with them, and who stands at one of their addresses. Those
--          of dossiers that something else still needs (`vast`) keep their whole history.
create or replace temp table einde_levering as
select
    volgnr,
    peildatum as dag
from levering;

create or replace temp table uitkering_einde as
select
    uitkering_id,
    any_value(dossiernummer) as dossiernummer,
    max(
        least(
            coalesce(peil_tot, date '9999-12-31'),
            coalesce(try_cast(datum_einde_uitkering as date), date '9999-12-31')
        )
    ) filter (where tot is null) as einde
from uitkering
group by uitkering_id;

create or replace temp table blijft_uitkering as
select distinct
    u.uitkering_id,
    u.dossiernummer,
    list_contains($dossiers, u.dossiernummer) as vast
from uitkering as u
inner join uitkering_einde as e on u.uitkering_id = e.uitkering_id
where list_contains($dossiers, u.dossiernummer) or coalesce(e.einde >= $weg_voor, false);

create or replace temp table blijft_klant as
select
    bsn,
    bool_or(vast) as vast
from (
    select
        u.burgerservicenummer as bsn,
        b.vast
    from uitkering as u
    inner join blijft_uitkering as b on u.uitkering_id = b.uitkering_id
    union all
    select
        u.partner_burgerservicenummer as bsn,
        b.vast
    from uitkering as u
    inner join blijft_uitkering as b on u.uitkering_id = b.uitkering_id
) as klant
where bsn is not null
group by bsn;

create or replace temp table blijft_bekende as
select
    bsn,
    bool_or(vast) as vast
from (
    select
        bsn,
        vast
    from blijft_klant
    union all
    select
        m.medebewoner_burgerservicenummer as bsn,
        b.vast
    from bekende_medebewoner as m
    inner join blijft_uitkering as b on m.uitkering_id = b.uitkering_id
) as bekende
where bsn is not null
group by bsn;

-- Rows of the register that a newer one replaced before the day.
create or replace temp table lijst_rij as
select
    p.rowid as rij,
    p.anummer,
    p.burgerservicenummer as bsn,
    p.adresseerbaar_object_id as object_id,
    p.nummeraanduiding_id as nummer_id,
    adres_tekst(p.postcode, p.huisnummer, p.huisletter, p.huisnummertoevoeging, p.aanduiding_bij_huisnummer) as geschreven,
    coalesce(least(p.peil_tot, e.dag) < $oud_voor, false) as oud
from brp_persoon as p
left join einde_levering as e on p.tot = e.volgnr;

create or replace temp table blijft_adres as
select
    sleutel,
    bool_or(vast) as vast
from (
    select
        unnest([l.object_id, l.nummer_id, l.geschreven]) as sleutel,
        b.vast
    from lijst_rij as l
    inner join blijft_bekende as b on l.bsn = b.bsn
    where b.vast or not l.oud
    union all
    select
        unnest([
            u.nummeraanduiding_id,
            adres_tekst(u.postcode, u.huisnummer, u.huisletter, u.huisnummertoevoeging, null)
        ]) as sleutel,
        b.vast
    from uitkering as u
    inner join blijft_uitkering as b on u.uitkering_id = b.uitkering_id
) as adres
where sleutel is not null
group by sleutel;

create or replace temp table blijft_lijst as
select
    l.anummer,
    coalesce(bool_or(b.vast), false) or coalesce(bool_or(a.vast), false) as vast
from lijst_rij as l
left join blijft_bekende as b on l.bsn = b.bsn
left join blijft_adres as a on a.sleutel in (l.object_id, l.nummer_id, l.geschreven)
where b.bsn is not null or (a.sleutel is not null and (a.vast or not l.oud))
group by l.anummer;

create or replace temp table blijft_persoon as
select
    bsn,
    bool_or(vast) as vast
from (
    select
        bsn,
        vast
    from blijft_bekende
    union all
    select
        l.bsn,
        b.vast
    from lijst_rij as l
    inner join blijft_lijst as b on l.anummer = b.anummer
) as persoon
where bsn is not null
group by bsn;

-- For rows that name somebody without a number.
create or replace temp table blijft_naam as
select
    naam,
    geboren,
    bool_or(vast) as vast
from (
    select
        lower(p.geslachtsnaam) as naam,
        p.geboortedatum as geboren,
        b.vast
    from brp_persoon as p
    inner join blijft_lijst as b on p.anummer = b.anummer
    union all
    select
        lower(m.medebewoner_geslachtsnaam) as naam,
        m.medebewoner_geboortedatum as geboren,
        b.vast
    from bekende_medebewoner as m
    inner join blijft_uitkering as b on m.uitkering_id = b.uitkering_id
) as naam
where naam is not null and geboren is not null
group by naam, geboren
