-- A made-up country. Its size comes in as parameters. Rows come out in random order.
create table nummer as
with kandidaat as (
    select
        i,
        (200000000 + i * 9) // 10 as acht
    from range(cast($persons * 1.25 as bigint) * 2) as t (i)
),

cijfers as (
    select distinct
        acht,
        (
            9 * (acht // 10000000 % 10) + 8 * (acht // 1000000 % 10) + 7 * (acht // 100000 % 10)
            + 6 * (acht // 10000 % 10) + 5 * (acht // 1000 % 10) + 4 * (acht // 100 % 10)
            + 3 * (acht // 10 % 10) + 2 * (acht % 10)
        ) % 11 as rest
    from kandidaat
)

select
    row_number() over (order by acht) - 1 as i,
    (acht * 10 + rest)::varchar as bsn
from cijfers
where rest < 10
limit $persons;

create table mens as
select
    i,
    bsn,
    -- 2.25 residents an address on average, 1 to 6
    ((i * 4) // 9 + (hash(i) % 3)::bigint) % $addresses as adres,
    (19300101 + (hash(i * 7) % 90)::bigint * 10000 + (hash(i * 11) % 12)::bigint * 100 + (hash(i * 13) % 28)::bigint)::varchar
        as geboren
from nummer;

create table brp_persoon as
select
    (1000000000 + i)::varchar as anummer,
    bsn as burgerservicenummer,
    ['Noor', 'Jan Willem', 'Fatima', 'Sem', 'Johanna Maria', 'Ahmet', 'Lotte', 'Piet'][1 + (hash(i * 3) % 8)::int] as voornamen,
    [null, null, 'de', 'van', 'van der'][1 + (hash(i * 5) % 5)::int] as voorvoegsel,
    ['Jansen', 'Bakker', 'Yilmaz', 'Vries', 'Berg', 'Dijk', 'Visser', 'Smit'][1 + (hash(i * 17) % 8)::int]
    || (hash(i * 19) % 5000)::varchar as geslachtsnaam,
    'E' as aanduiding_naamgebruik,
    ['M', 'V'][1 + (hash(i * 23) % 2)::int] as geslachtsaanduiding,
    geboren as geboortedatum,
    case when hash(i * 29) % 50 = 0 then '7' else '0' end as indicatie_geheim,
    null as datum_opschorting,
    null as reden_opschorting,
    null as datum_overlijden,
    '9901' as gemeente_van_inschrijving,
    'W' as functie_adres,
    (20000101 + (hash(i * 31) % 26)::bigint * 10000 + (hash(i * 37) % 12)::bigint * 100 + (hash(i * 41) % 28)::bigint)::varchar
        as datum_aanvang_adreshouding,
    case when hash(adres) % 20 > 0 then '990101' || lpad(adres::varchar, 10, '0') end as adresseerbaar_object_id,
    case when hash(adres) % 20 > 0 then '990120' || lpad(adres::varchar, 10, '0') end as nummeraanduiding_id,
    'Straat ' || (adres // 200)::varchar as straatnaam,
    (adres % 200 + 1)::varchar as huisnummer,
    null as huisletter,
    null as huisnummertoevoeging,
    null as aanduiding_bij_huisnummer,
    lpad((1000 + adres // 200 % 8999)::varchar, 4, '0') || chr((65 + adres // 1799800 % 26)::int) || 'B' as postcode,
    'Plaats ' || (adres // 40000)::varchar as woonplaats,
    null as locatiebeschrijving,
    null as land_adres_buitenland,
    null as datum_aanvang_adres_buitenland,
    case when hash(i * 43) % 500 = 0 then '080000' end as vp_aanduiding_in_onderzoek,
    null as vp_datum_ingang_onderzoek,
    null as vp_datum_einde_onderzoek,
    null as indicatie_curateleregister
from mens
order by hash(i * 47);

create table brp_relatie as
select
    (1000000000 + a.i)::varchar as anummer,
    a.bsn as burgerservicenummer,
    'partner' as soort,
    (1000000000 + b.i)::varchar as gerelateerde_anummer,
    case when hash(a.i * 53) % 5 > 0 then b.bsn end as gerelateerde_burgerservicenummer,
    null as gerelateerde_voorvoegsel,
    'Jansen' as gerelateerde_geslachtsnaam,
    b.geboren as gerelateerde_geboortedatum,
    'H' as soort_verbintenis,
    '20100515' as datum_sluiting,
    null as datum_ontbinding,
    null as reden_ontbinding,
    null as aanduiding_in_onderzoek
from mens as a
inner join mens as b on a.i + 1 = b.i
where a.i % 3 = 0 and a.geboren < '19990101'
order by hash(a.i * 59);

create table client as
select
    i,
    bsn,
    adres
from mens
where geboren between '19600101' and '20050101'
order by hash(i * 61)
limit $uitkeringen;

create table uitkering as
select
    'U-' || i::varchar as uitkering_id,
    'D-' || i::varchar as dossiernummer,
    bsn as burgerservicenummer,
    null as partner_burgerservicenummer,
    null as partner_rechthebbend,
    'PW' as wetcode,
    '2020-01-01' as datum_aanvang_uitkering,
    null as datum_einde_uitkering,
    null as reden_beeindiging,
    '01' as leefvorm,
    null as aantal_kostendelers,
    '9901' as gemeentecode,
    lpad((1000 + adres // 200 % 8999)::varchar, 4, '0') || chr((65 + adres // 1799800 % 26)::int) || 'B' as postcode,
    (adres % 200 + 1)::varchar as huisnummer,
    null as huisletter,
    null as huisnummertoevoeging,
    case when hash(i) % 3 = 0 then '990120' || lpad(adres::varchar, 10, '0') end as nummeraanduiding_id,
    null as relatie_bewoner_huisvesting,
    null as indicatie_blokkering,
    null as verwerkt_tot_en_met,
    'C-' || (hash(i) % 4000)::varchar as consulent_id
from client;

create table uitkeringsperiode as
select
    'U-' || i::varchar as uitkering_id,
    (2020 + j)::varchar || '-01-01' as datum_aanvang_periode,
    case when j < 6 then (2020 + j)::varchar || '-12-31' end as datum_einde_periode,
    '01' as norm_soort,
    '141946' as norm_bedrag_cent,
    '0' as inkomsten_bedrag_cent,
    '134849' as betaalbaar_bedrag_cent
from client, range(7) as t (j);

create table bekende_medebewoner as
select
    'U-' || c.i::varchar as uitkering_id,
    m.bsn as medebewoner_burgerservicenummer,
    'OVERIG_UITGEZONDERD' as rol,
    '2021-01-01' as datum_aanvang,
    null as datum_einde,
    '2021-01-15' as vastgesteld_op
from client as c
inner join mens as m on c.adres = m.adres and c.i <> m.i
where hash(c.i * 67 + m.i) % 100 > 2;

create table melding as
select
    'M-' || i::varchar as melding_id,
    bsn as burgerservicenummer,
    'HUISGENOOT_IN' as soort_wijziging,
    null as ingangsdatum_wijziging,
    '2026-10-20' as datum_ontvangst,
    'ONTVANGEN' as status
from client
where hash(i * 71) % 50 = 0;

create table klantvoorkeur as
select
    bsn as burgerservicenummer,
    'POST' as kanaal,
    '2' as geheimhouding,
    null as bewindvoerder_of_gemachtigde
from client
where hash(i * 73) % 10 = 0
