-- What IB and DUO deliver each month about the people of country.sql; $uitkeringen is its number of uitkeringen.

-- People without an uitkering whom UWV and IB tell about all the same.
create table ander as
select
    i,
    bsn,
    row_number() over (order by hash(i * 97)) as plaats
from mens
anti join client using (i)
where geboren between '19560101' and '20080101'
order by hash(i * 97)
limit $uitkeringen // 2;

-- Two months of every belanghebbende, one of the others: 2.5 rows an uitkering. Of most it is the bijstand itself.
create table opgave as
select
    i * 16 + m as nr,
    bsn,
    m as maand,
    hash(i * 101) % 100 as deel
from client, range(8, 10) as t (m)
union all
select
    i * 16 + 9 as nr,
    bsn,
    9 as maand,
    60 + hash(i * 101) % 40 as deel
from ander;

create view inkomsten_uwv as
with gemerkt as (
    select
        *,
        hash(nr * 5) % 100000 as fout,
        '2026' || lpad(maand::varchar, 2, '0') as begin
    from opgave
    union all
    -- The same row twice.
    select
        *,
        99999 as fout,
        '2026' || lpad(maand::varchar, 2, '0') as begin
    from opgave
    where hash(nr * 6) % 10000 = 0 and hash(nr * 5) % 100000 > 1000
)

select
    hash(nr * 7) as volgorde,
    case when fout < 30 then mis_bsn(bsn) else bsn end as burgerservicenummer,
    null as voorletters,
    null as voorvoegsel,
    null as geslachtsnaam,
    null as geboortedatum,
    case when deel < 60 then '990100001' else (100000000 + hash(nr // 16 * 103) % 400000)::varchar end || 'L01'
        as loonheffingennummer,
    '1' as volgnummer_ikv,
    case
        when deel < 60 then 'Gemeente Voorbeeldstad'
        when deel = 61 then 'Bakkerij "De Ster"'
        else 'Bedrijf ' || (hash(nr // 16 * 103) % 400000)::varchar
    end as naam_werkgever,
    case when fout between 30 and 129 then '20190000' else dag_van(nr // 16 * 10, 2015, 11) end as datum_aanvang_ikv,
    case when deel % 10 = 0 then '99991231' when deel % 10 = 1 then '20260930' end as datum_einde_ikv,
    begin || '01' as datum_aanvang_periode,
    begin || case maand when 8 then '31' else '30' end as datum_einde_periode,
    case
        when deel < 60 then '43'
        when deel < 80 then '15'
        when deel < 85 then '11'
        when deel < 93 then '31'
        when deel < 97 then '21'
        else '24'
    end as soort_ikv,
    case when fout between 130 and 139 then '20260231' else begin || '01' end as datum_aanvang_opgave,
    case when fout between 140 and 149 then '20150101' else begin || case maand when 8 then '31' else '30' end end
        as datum_einde_opgave,
    case when fout between 150 and 169 then '12,50' else (20000 + hash(nr * 9) % 130000)::varchar end as loon_lb_cent,
    case when fout between 170 and 669 then '-' when fout between 670 and 679 then '*' when deel % 2 = 0 then '+' end
        as loon_lb_teken,
    (hash(nr * 10) % 20000)::varchar as ingehouden_lb_cent,
    case when deel >= 60 then (hash(nr * 11) % 9000)::varchar end as vakantietoeslag_cent,
    case when deel between 60 and 84 then (20 + hash(nr * 12) % 140)::varchar end as verloonde_uren,
    ['1', '2'][1 + (hash(nr * 13) % 2)::int] as loonheffingskorting_toegepast
from gemerkt;

-- None, one or two signals of a belanghebbende; the others are of dossiers that this dienst does not have any more.
create table signaal as
select
    i * 16 + k as nr,
    'D-' || i::varchar as dossiernummer,
    bsn,
    coalesce(partner_bsn, bsn) as ander_bsn
from client, range(2) as t (k)
where hash(i * 107) % 8 > k * 3 + 1
union all
select
    i * 16 as nr,
    'A-' || i::varchar as dossiernummer,
    bsn,
    bsn as ander_bsn
from ander
where plaats <= $uitkeringen // 8;

create view ib_samenloopsignaal as
with soort as (
    select
        *,
        hash(nr * 109) % 100 as deel,
        hash(nr * 17) % 100000 as fout
    from signaal
),

geleverd as (
    select
        *,
        '20261002' as leveringsdatum,
        '2' as is_correctie
    from soort
    union all
    -- A later signal takes the place of an earlier one.
    select
        *,
        '20261102' as leveringsdatum,
        '1' as is_correctie
    from soort
    where hash(nr * 18) % 50 = 0
)

select
    hash(nr * 19 + is_correctie::int) as volgorde,
    leveringsdatum,
    '2026-09' as peilmaand,
    '9901' as gemeentecode,
    dossiernummer,
    case when fout < 30 then mis_bsn(bsn) else bsn end as burgerservicenummer,
    case
        when fout between 30 and 39 then 'WOZ_WAARDE'
        when deel < 35 then 'INKOMEN'
        when deel < 70 then 'OIB'
        when deel < 80 then 'HEFFINGSKORTINGEN'
        when deel < 88 then 'KOSTENDELERS'
        when deel < 92 then 'STUDIEFINANCIERING'
        when deel < 96 then 'VOERTUIGBEZIT'
        else 'VERMOGEN'
    end as signaalsoort,
    case when deel < 35 then 'NIEUWE_IKV' when deel between 80 and 87 then 'INWONING' end as signaalreden,
    case when deel between 80 and 87 then ander_bsn end as betreft_burgerservicenummer,
    null as betreft_voorletters,
    null as betreft_voorvoegsel,
    null as betreft_geslachtsnaam,
    null as betreft_geboortedatum,
    case
        when deel < 70 then 'UWV'
        when deel < 80 then 'BELASTINGDIENST'
        when deel < 88 then 'RVIG'
        when deel < 92 then 'DUO'
        when deel < 96 then 'RDW'
        else 'BELASTINGDIENST'
    end as bron,
    (100000000 + hash(nr * 20) % 400000)::varchar || 'L01-' || (nr % 16)::varchar as bronkenmerk,
    case when fout between 40 and 139 then '20250000' else dag_van(nr * 10, 2025, 1) end as datum_aanvang_feit,
    -- Of most income the end is known: few have some that the dienst does not set off.
    case
        when fout between 140 and 149 then '20230231'
        when deel % 4 = 0 or (deel < 70 and deel % 8 > 0) then '20260930'
    end as datum_einde_feit,
    '20260901' as datum_aanvang_samenloop,
    case
        when fout between 150 and 169 then '20150101'
        when deel % 4 = 0 or (deel < 70 and deel % 8 > 0) then '20260930'
    end as datum_einde_samenloop,
    case when deel < 80 or deel >= 96 then (10000 + hash(nr * 21 + is_correctie::int) % 200000)::varchar end as bedrag_cent,
    case when fout between 170 and 669 then '-' when deel % 3 = 0 then '+' end as bedrag_teken,
    case when deel < 70 then '6' when deel < 80 then '10' end as bedrag_periode,
    case when deel < 35 then 'BRUTO' when deel < 70 then 'INDICATIEF_NETTO' when deel >= 96 then 'SALDO' end as bedragsoort,
    case when deel >= 96 then '2024' end as belastingjaar,
    case when deel between 35 and 39 then 'loon in natura' end as tags,
    is_correctie
from geleverd;

-- One course each, begun one to four school years ago; mbo begins on 1 August, higher education on 1 September.
create table student as
select
    i,
    bsn,
    2026 - (hash(i * 114) % 4)::int as begonnen,
    hash(i * 115) % 100 as deel
from mens
where geboren between '19901104' and '20101103' and hash(i * 113) % 10 = 0;

create view duo_inschrijving as
with jaar as (
    select
        s.*,
        t.j,
        i * 8 + j - 2020 as nr,
        deel >= 45 as hoger,
        hash(i * 8 + j) % 100000 as fout,
        case when deel >= 45 then '09' else '08' end as maand,
        case when deel >= 45 then '0831' else '0731' end as einde
    from student as s, range(2023, 2027) as t (j)
    where t.j >= s.begonnen
)

select
    hash(nr * 23) as volgorde,
    case when fout < 30 then mis_bsn(bsn) else bsn end as burgerservicenummer,
    null as voorletters,
    null as voorvoegsel,
    null as geslachtsnaam,
    null as geboortedatum,
    case when fout between 30 and 39 then '9AAA' else lpad((hash(i * 24) % 90 + 10)::varchar, 2, '0') || ['MB', 'HB', 'WO'][
        1 + (deel // 34)::int
    ] end as brin,
    case when hoger then j else begonnen end::varchar || maand || '01' as datum_inschrijving,
    case when hoger and j < 2026 then (j + 1)::varchar || einde end as datum_uitschrijving,
    j::varchar || maand || '01' as datum_aanvang_deelname,
    case
        when fout between 40 and 49 then '20150101'
        when fout between 50 and 59 then '20260231'
        when j < 2026 then (j + 1)::varchar || einde
        when deel % 5 > 0 then '2027' || einde
        when deel % 10 = 5 then '20260930'
    end as datum_einde_deelname,
    null as leerjaar,
    case when deel = 99 then 'E' when fout between 60 and 79 then 'X' else 'S' end as inschrijvingsvorm,
    case when deel < 95 then 'voltijd' else 'deeltijd' end as onderwijsvorm,
    case when deel < 10 then 'BBL' when deel < 45 then 'BOL' end as leerweg_mbo,
    case
        when fout between 80 and 99 then 'MBO-9'
        when deel < 15 then 'MBO-2'
        when deel < 45 then 'MBO-4'
        when deel < 75 then 'HBO-BA'
        else 'WO-BA'
    end as niveau,
    ['Verzorgende', 'Timmerman', 'B Verpleegkunde', 'B Informática', 'B Rechtsgeleerdheid'][1 + (deel // 20)::int]
        as opleiding_naam_kort,
    case when fout between 100 and 199 then '20240000' when deel < 10 then begonnen::varchar || '0915' end
        as bpv_datum_aanvang,
    null as bpv_datum_einde_werkelijk
from jaar;

create view duo_studiefinanciering as
with seizoen as (
    select
        s.*,
        t.k,
        i * 4 + k as nr,
        hash(i * 26 + k) % 100000 as fout
    from student as s, range(3) as t (k)
    where s.deel % 2 = 0 and (s.begonnen < 2026 or t.k = 2)
)

select
    hash(nr * 27) as volgorde,
    case when fout < 30 then mis_bsn(bsn) else bsn end as burgerservicenummer,
    null as voorletters,
    null as voorvoegsel,
    null as geslachtsnaam,
    null as geboortedatum,
    ['20250801', '20260101', '20260801'][1 + k] as datum_aanvang_toekenning,
    case
        when fout between 30 and 39 then '20150101'
        when fout between 40 and 49 then '20260231'
        when k = 2 and fout between 100 and 2099 then null
        else ['20251231', '20260731', '20261231'][1 + k]
    end as datum_einde_toekenning,
    case when fout between 50 and 69 then '9' else (deel % 4)::varchar end as toekenning_basisbeurs,
    ['1', '2'][1 + (deel % 3 // 2)::int] as indicatie_aanvullende_beurs,
    null as status_partnertoeslag,
    null as status_eenoudertoeslag,
    case when fout between 70 and 89 then 'J' else '2' end as indicatie_wtos_18plus
from seizoen
