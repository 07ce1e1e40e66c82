-- A made-up country: who lives where, what the dienst knows and what the BRP says.
-- Its size comes in as $persons, $addresses and $uitkeringen. What is delivered are views: `volgorde` puts their rows in
-- random order. About one row in a thousand holds something a contract objects to.

-- BSNs that pass the elfproef: ten of eleven numbers of eight digits have a ninth that makes it.
create table nummer as
with cijfers as (
    select
        acht,
        (
            9 * (acht // 10000000 % 10) + 8 * (acht // 1000000 % 10) + 7 * (acht // 100000 % 10)
            + 6 * (acht // 10000 % 10) + 5 * (acht // 1000 % 10) + 4 * (acht // 100 % 10)
            + 3 * (acht // 10 % 10) + 2 * (acht % 10)
        ) % 11 as rest
    from range(20000000, 20000000 + $persons + $persons // 8 + 100) as t (acht)
)

select
    row_number() over (order by acht) as i,
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

-- An address by its number: both sides write it the same way, and one in twenty has no BAG id.
create macro postcode_van(adres) as
    lpad((1000 + adres // 200 % 8999)::varchar, 4, '0') || chr((65 + adres // 1799800 % 26)::int) || 'B';

create macro huisletter_van(adres) as
    case when adres % 17 = 0 then chr((65 + adres % 3)::int) end;

create macro bag_van(soort, adres) as
    case when hash(adres) % 20 > 0 then '9901' || soort || lpad(adres::varchar, 10, '0') end;

-- A day of 8 digits in one of so many years from the first.
create macro dag_van(zaad, eerste_jaar, jaren) as
    (
        eerste_jaar * 10000 + 101 + (hash(zaad) % jaren)::bigint * 10000 + (hash(zaad + 1) % 12)::bigint * 100
        + (hash(zaad + 2) % 28)::bigint
    )::varchar;

-- A BSN that fails the elfproef.
create macro mis_bsn(bsn) as
    substr(bsn, 1, 8) || ((substr(bsn, 9, 1)::int + 1) % 10)::varchar;

create view brp_persoon as
with staat as (
    select
        *,
        hash(i * 79) % 100000 as fout,
        hash(i * 83) % 1000 = 0 as overleden,
        hash(i * 89) % 2000 = 0 as vertrokken
    from mens
),

waar as (
    select
        * exclude (adres),
        case when not vertrokken then adres end as adres
    from staat
)

select
    hash(i * 47) as volgorde,
    case when fout = 0 then '0' else '1' end || lpad(i::varchar, 9, '0') as anummer,
    case when fout between 1 and 50 then mis_bsn(bsn) else bsn end as burgerservicenummer,
    ['Noor', 'Jan Willem', 'Fatima', 'Sem', 'Johanna Maria', 'Ahmet', 'Lotte', 'Piet', 'Zoë', 'José'][
        1 + (hash(i * 3) % 10)::int
    ] as voornamen,
    case when hash(i * 91) % 2000 = 0 then 'JH' end as adellijke_titel_predicaat,
    [null, null, 'de', 'van', 'van der'][1 + (hash(i * 5) % 5)::int] as voorvoegsel,
    ['Jansen', 'Bakker', 'Yilmaz', 'Vries', 'Berg', 'Dijk', 'Visser', 'Smit', 'Daniëls'][1 + (hash(i * 17) % 9)::int]
    || (hash(i * 19) % 5000)::varchar as geslachtsnaam,
    'E' as aanduiding_naamgebruik,
    ['M', 'V'][1 + (hash(i * 23) % 2)::int] as geslachtsaanduiding,
    case when fout between 100 and 199 then substr(geboren, 1, 4) || '0000' else geboren end as geboortedatum,
    case when hash(i * 29) % 50 = 0 then '7' else '0' end as indicatie_geheim,
    case when overleden or vertrokken then dag_van(i * 10, 2025, 1) end as datum_opschorting,
    case when overleden then 'O' when vertrokken then 'E' end as reden_opschorting,
    case when overleden then dag_van(i * 10, 2025, 1) end as datum_overlijden,
    '9901' as gemeente_van_inschrijving,
    case when not vertrokken then 'W' end as functie_adres,
    case when fout between 60 and 69 then '20230231' else dag_van(i * 31, 2000, 26) end as datum_aanvang_adreshouding,
    bag_van('01', adres) as adresseerbaar_object_id,
    bag_van('20', adres) as nummeraanduiding_id,
    'Straat ' || (adres // 200)::varchar as straatnaam,
    (adres % 200 + 1)::varchar as huisnummer,
    case when fout between 70 and 79 then '1' else huisletter_van(adres) end as huisletter,
    null as huisnummertoevoeging,
    null as aanduiding_bij_huisnummer,
    case when fout between 80 and 99 then '0999' else postcode_van(adres) end as postcode,
    'Plaats ' || (adres // 40000)::varchar as woonplaats,
    null as locatiebeschrijving,
    case when vertrokken then '5010' end as land_adres_buitenland,
    case when vertrokken then dag_van(i * 10, 2025, 1) end as datum_aanvang_adres_buitenland,
    case when hash(i * 43) % 500 = 0 then '080000' end as vp_aanduiding_in_onderzoek,
    case when hash(i * 43) % 500 = 0 then dag_van(i * 43, 2025, 1) end as vp_datum_ingang_onderzoek,
    null as vp_datum_einde_onderzoek,
    case when hash(i * 44) % 1000 = 0 then '1' end as indicatie_curateleregister
from waar;

create view brp_relatie as
select
    hash(a.i * 59) as volgorde,
    (1000000000 + a.i)::varchar as anummer,
    a.bsn as burgerservicenummer,
    case when hash(a.i * 54) % 5000 = 0 then 'broer' else 'partner' end as soort,
    (1000000000 + b.i)::varchar as gerelateerde_anummer,
    case
        when hash(a.i * 55) % 2000 = 0 then mis_bsn(b.bsn)
        when hash(a.i * 53) % 5 > 0 then b.bsn
    end as gerelateerde_burgerservicenummer,
    null as gerelateerde_adellijke_titel_predicaat,
    null as gerelateerde_voorvoegsel,
    'Jansen' as gerelateerde_geslachtsnaam,
    b.geboren as gerelateerde_geboortedatum,
    'H' as soort_verbintenis,
    case when hash(a.i * 56) % 1000 = 0 then '20100000' else '20100515' end as datum_sluiting,
    null as datum_ontbinding,
    null as reden_ontbinding,
    null as aanduiding_in_onderzoek
from mens as a
inner join mens as b on a.i + 1 = b.i
where a.i % 3 = 0;

-- Who gets an uitkering; with the next number when they live together: that is the partner.
create table client as
with gekozen as (
    select
        i,
        bsn,
        adres
    from mens
    where geboren between '19600101' and '20050101'
    order by hash(i * 61)
    limit $uitkeringen
)

select
    g.*,
    p.bsn as partner_bsn
from gekozen as g
left join mens as p on g.i + 1 = p.i and g.adres = p.adres and g.i % 3 = 0 and p.geboren < '20050101';

create view uitkering as
select
    hash(i * 62) as volgorde,
    'U-' || i::varchar as uitkering_id,
    'D-' || i::varchar as dossiernummer,
    case when hash(i * 63) % 5000 = 0 then mis_bsn(bsn) else bsn end as burgerservicenummer,
    partner_bsn as partner_burgerservicenummer,
    case when partner_bsn is not null then '1' end as partner_rechthebbend,
    case when hash(i * 64) % 5000 = 0 then 'WWB' else 'PW' end as wetcode,
    '2020-01-01' as datum_aanvang_uitkering,
    case when hash(i * 65) % 100 = 0 then '2026-09-30' end as datum_einde_uitkering,
    case when hash(i * 65) % 100 = 0 then '31' end as reden_beeindiging,
    case when hash(i * 66) % 5000 = 0 then '77' when partner_bsn is null then '01' else '09' end as leefvorm,
    case when hash(i) % 4 > 0 then '0' end as aantal_kostendelers,
    '9901' as gemeentecode,
    case
        when hash(i * 68) % 3000 = 0 then '0999'
        when hash(i * 68) % 10 = 0 then substr(postcode_van(adres), 1, 4) || ' ' || substr(postcode_van(adres), 5)
        else postcode_van(adres)
    end as postcode,
    (adres % 200 + 1)::varchar as huisnummer,
    huisletter_van(adres) as huisletter,
    null as huisnummertoevoeging,
    case when hash(i) % 3 = 0 then bag_van('20', adres) end as nummeraanduiding_id,
    null as relatie_bewoner_huisvesting,
    '2' as indicatie_blokkering,
    case when hash(i * 69) % 200 = 0 then '1' else '2' end as lopend_bezwaar,
    case when hash(i * 70) % 200 = 0 then '1' else '2' end as lopend_onderzoek,
    case when hash(i) % 20 > 0 then '2026-03-15' else '2025-06-15' end as laatste_contact_leefsituatie,
    '2026-10-31' as verwerkt_tot_en_met,
    'C-' || (hash(i) % 4000)::varchar as consulent_id
from client;

create view uitkeringsperiode as
select
    hash(i * 8 + j) as volgorde,
    case when hash(i * 9 + j) % 20000 = 0 then 'X-' else 'U-' end || i::varchar as uitkering_id,
    (2020 + j)::varchar || '-01-01' as datum_aanvang_periode,
    case when j < 6 then (2020 + j)::varchar || '-12-31' end as datum_einde_periode,
    '01' as norm_soort,
    case when hash(i * 10 + j) % 3000 = 0 then '1419,46' else '141946' end as norm_bedrag_cent,
    '2' as verlaagd_bij_besluit,
    case when hash(i * 10 + j) % 5 = 0 then (hash(i * 12 + j) % 60000)::varchar else '0' end as inkomsten_bedrag_cent,
    '134849' as betaalbaar_bedrag_cent
from client, range(7) as t (j);

create view bekende_medebewoner as
select
    hash(c.i * 14 + m.i) as volgorde,
    'U-' || c.i::varchar as uitkering_id,
    case when hash(c.i * 15 + m.i) % 2000 = 0 then mis_bsn(m.bsn) else m.bsn end as medebewoner_burgerservicenummer,
    null as medebewoner_voorletters,
    null as medebewoner_voorvoegsel,
    null as medebewoner_geslachtsnaam,
    null as medebewoner_geboortedatum,
    'OVERIG_UITGEZONDERD' as rol,
    case when hash(c.i * 16 + m.i) % 3000 = 0 then '2021-02-31' else '2021-01-01' end as datum_aanvang,
    case when hash(c.i * 18 + m.i) % 50 = 0 then '2024-06-30' end as datum_einde,
    '2021-01-15' as vastgesteld_op
from client as c
inner join mens as m on c.adres = m.adres and c.i <> m.i
where hash(c.i * 67 + m.i) % 100 > 2 and m.bsn is distinct from c.partner_bsn;

create view melding as
select
    hash(i * 72) as volgorde,
    'M-' || i::varchar as melding_id,
    bsn as burgerservicenummer,
    ['HUISGENOOT_IN', 'HUISGENOOT_UIT', 'VERHUIZING', 'INKOMEN'][1 + (hash(i) % 4)::int] as soort_wijziging,
    null as ingangsdatum_wijziging,
    '2026-10-20' as datum_ontvangst,
    case when hash(i * 74) % 1000 = 0 then 'NIEUW' else 'ONTVANGEN' end as status
from client
where hash(i * 71) % 50 = 0;

create view klantvoorkeur as
select
    hash(i * 75) as volgorde,
    bsn as burgerservicenummer,
    case when hash(i * 76) % 1000 = 0 then 'FAX' else 'POST' end as kanaal,
    '2' as geheimhouding,
    case when hash(i * 79) % 50 = 0 then '1' else '2' end as hulp_bij_lezen,
    case when hash(i * 92) % 3 = 0 then 'klant' || i::varchar || '@voorbeeld.example' end as emailadres,
    case when hash(i * 93) % 4 > 0 then '2026-05-01' end as emailadres_geverifieerd_op,
    case when hash(i * 94) % 2 = 0 then '06' || lpad((i % 10000)::varchar, 8, '0') end as mobiel_nummer,
    case when hash(i * 95) % 4 > 0 then '2026-05-01' end as mobiel_geverifieerd_op,
    case when hash(i * 77) % 20 = 0 then 'B-' || (hash(i) % 500)::varchar end as bewindvoerder_of_gemachtigde
from client
where hash(i * 73) % 10 = 0;

create view vertegenwoordiger as
select
    hash(i * 96) as volgorde,
    'B-' || i::varchar as verwijzing,
    case when hash(i * 97) % 10 = 0 then 'MENTOR' else 'BEWINDVOERDER' end as soort,
    'Kantoor ' || i::varchar as naam,
    null as ter_attentie_van,
    'Postbus' as straatnaam_of_postbus,
    (1 + i)::varchar as huisnummer,
    null as huisletter,
    null as huisnummertoevoeging,
    '1234AB' as postcode,
    'Voorbeeldstad' as woonplaats,
    null as datum_einde
from range(500) as kantoor (i);

create view vordering as
select
    hash(i * 78) as volgorde,
    'V-' || i::varchar as identificatienummer_vordering,
    'D-' || i::varchar as dossiernummer,
    '2026-04-14' as datum_besluit,
    '07' as reden,
    case when hash(i * 80) % 1000 = 0 then '12,50' else (10000 + hash(i) % 400000)::varchar end as bedrag_aanvang_cent,
    (hash(i) % 10000)::varchar as bedrag_saldo_cent,
    '1' as status
from client
where hash(i * 81) % 20 = 0
