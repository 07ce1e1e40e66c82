-- Macros over register values; created in every warehouse connection.
-- Dates of 8 digits may be partial: `vroegst` and `laatst` are the first and last day such a date can mean.
-- Null in, or year 0000, gives null: unknown. An open end (year 9999) has no last day either.
create or replace temp macro vroegst(d8) as
    case
        when d8 is null or substr(d8, 1, 4) = '0000' then null
        when substr(d8, 5, 2) = '00' then make_date(substr(d8, 1, 4)::int, 1, 1)
        when substr(d8, 7, 2) = '00' then make_date(substr(d8, 1, 4)::int, substr(d8, 5, 2)::int, 1)
        else try_strptime(d8, '%Y%m%d')::date
    end;

create or replace temp macro laatst(d8) as
    case
        when d8 is null or substr(d8, 1, 4) in ('0000', '9999') then null
        when substr(d8, 5, 2) = '00' then make_date(substr(d8, 1, 4)::int, 12, 31)
        when substr(d8, 7, 2) = '00' then last_day(make_date(substr(d8, 1, 4)::int, substr(d8, 5, 2)::int, 1))
        else try_strptime(d8, '%Y%m%d')::date
    end;

-- The whole date, or null where it is partial, unknown or an open end: where `vroegst` and `laatst` are one day.
create or replace temp macro hele_datum(d8) as
    case
        when substr(d8, 1, 4) not in ('0000', '9999') and substr(d8, 5, 2) <> '00' and substr(d8, 7, 2) <> '00'
            then try_strptime(d8, '%Y%m%d')::date
    end;

-- Has somebody born between two days reached this age on the peildatum? true, false, or null (unknown).
-- Counting back from the peildatum makes 29 February count from 1 March in other years.
create or replace temp macro oud_genoeg(op_zijn_vroegst, op_zijn_laatst, jaren, peildatum) as
    case
        when op_zijn_laatst <= peildatum - to_years(jaren::int) then true
        when op_zijn_vroegst > peildatum - to_years(jaren::int) then false
    end;

create or replace temp macro leeftijd_bereikt(d8, jaren, peildatum) as
    oud_genoeg(vroegst(d8), laatst(d8), jaren, peildatum);

-- From which age another norm holds for somebody born between two days: 0, 18, 21 or (as 65) the AOW age, which everybody
-- born up to `aow_geboren` has. Null where the birth date leaves that open.
create or replace temp macro leeftijdsklasse(op_zijn_vroegst, op_zijn_laatst, aow_geboren, peildatum) as
    case
        when op_zijn_laatst <= aow_geboren::date then 65
        when op_zijn_vroegst > aow_geboren::date and oud_genoeg(op_zijn_vroegst, op_zijn_laatst, 21, peildatum) then 21
        when not oud_genoeg(op_zijn_vroegst, op_zijn_laatst, 18, peildatum) then 0
        when
            oud_genoeg(op_zijn_vroegst, op_zijn_laatst, 18, peildatum)
            and not oud_genoeg(op_zijn_vroegst, op_zijn_laatst, 21, peildatum)
            then 18
    end;

-- The day on which somebody born on a day is so many months old. A month without such a day (29 February) gives the
-- first of the next month, as counting back does above.
create or replace temp macro leeftijd_op(geboren, maanden) as
    (geboren + to_months(maanden::int))::date
    + case when day(geboren + to_months(maanden::int)) < day(geboren) then 1 else 0 end;

-- Did something dated d8 happen on or before the peildatum? A date that may be earlier counts: a death or a
-- suspension with a partial or unknown date has happened.
create or replace temp macro gebeurd(d8, peildatum) as
    d8 is not null and coalesce(vroegst(d8) <= peildatum, true);

-- Postcode, number, letter and addition, and to/by as one text; null without postcode or number. Letter and addition
-- are joined, since one register writes `A` in the one and another in the other.
create or replace temp macro adres_tekst(postcode, huisnummer, huisletter, toevoeging, aanduiding) as
    case
        when postcode is not null and huisnummer is not null then
            upper(replace(postcode, ' ', ''))
            || '|' || ltrim(huisnummer, '0')
            || '|' || regexp_replace(upper(coalesce(huisletter, '') || coalesce(toevoeging, '')), '[^A-Z0-9]', '', 'g')
            || '|' || coalesce(aanduiding, '')
    end;

-- A BAG id as 16 digits: spaces off, a lost leading zero back, all zeros is no id.
create or replace temp macro bag_id(id) as
    case when not regexp_full_match(trim(id), '0*') then
        case when length(trim(id)) = 15 then '0' || trim(id) else trim(id) end
    end;

-- Can post be brought to this address of an office? A postbus may have its number in the street.
create or replace temp macro postadres_heel(straat, huisnummer, postcode, plaats) as
    straat is not null and postcode is not null and plaats is not null
    and (huisnummer is not null or regexp_full_match(straat, '(?i)(postbus|antwoordnummer) +[0-9]+'));

-- An e-mail address or number that somebody showed to be theirs on or before the peildatum; null for any other.
create or replace temp macro geverifieerd(waarde, geverifieerd_op, peildatum) as
    case when geverifieerd_op::date <= peildatum then waarde end;

-- Does a period of the dienst hold on the peildatum? Dates as text, the last day inclusive, an empty one = running.
create or replace temp macro loopt(eerste_dag, laatste_dag, peildatum) as
    eerste_dag::date <= peildatum and coalesce(laatste_dag::date >= peildatum, true);

-- Other usual written forms of a date, made the contract's: 2026-11-03, 03-11-2026 and 20261103. Anything else stays.
create or replace temp macro als_datum8(d) as
    case
        when strlen(d) <> 10 then d
        when regexp_full_match(d, '\d{4}-\d{2}-\d{2}') then replace(d, '-', '')
        when regexp_full_match(d, '\d{2}-\d{2}-\d{4}') then substr(d, 7, 4) || substr(d, 4, 2) || substr(d, 1, 2)
        else d
    end;

create or replace temp macro als_datum(d) as
    case
        when strlen(d) = 8 and regexp_full_match(d, '\d{8}') then
            substr(d, 1, 4) || '-' || substr(d, 5, 2) || '-' || substr(d, 7, 2)
        when strlen(d) = 10 and regexp_full_match(d, '\d{2}-\d{2}-\d{4}') then
            substr(d, 7, 4) || '-' || substr(d, 4, 2) || '-' || substr(d, 1, 2)
        else d
    end;

-- A boolean of a typed file as StandaardIndicatie.
create or replace temp macro als_janee(i) as
    case lower(i) when 'true' then '1' when 'false' then '2' else i end;

-- Is there no end yet? Nothing filled in, or any day of year 9999 (SuwiML: 99991230 and 99991231).
create or replace temp macro open_einde(d8) as
    d8 is null or substr(d8, 1, 4) = '9999';

-- A period of register dates certainly holds from `zeker_vanaf` to `zeker_tot` (perhaps no day at all), and possibly
-- from `kan_vanaf` to `kan_tot`. Never null: unknown may be any day from 1800, no end is the last day of 9999.
create or replace temp macro kan_vanaf(d8) as
    coalesce(vroegst(d8), date '1800-01-01');

create or replace temp macro zeker_vanaf(d8) as
    coalesce(laatst(d8), date '9999-12-31');

create or replace temp macro zeker_tot(d8) as
    case when open_einde(d8) then date '9999-12-31' else coalesce(vroegst(d8), date '1800-01-01') end;

create or replace temp macro kan_tot(d8) as
    coalesce(laatst(d8), date '9999-12-31');

-- The first 1 August after a day: a summer gap holds one.
create or replace temp macro augustus_na(dag) as
    case
        when dag < make_date(year(dag), 8, 1) then make_date(year(dag), 8, 1)
        else make_date(year(dag) + 1, 8, 1)
    end;

-- A StandaardIndicatie that stands in the way when it is so: nothing filled in is no, 0 is unknown.
create or replace temp macro is_ja(indicatie) as
    case coalesce(indicatie, '2') when '1' then true when '2' then false end;

-- An amount in cents with its sign: empty or + is positive; another sign than + and - makes the amount unknown.
create or replace temp macro bedrag(cent, teken) as
    case coalesce(teken, '+') when '+' then cent::bigint when '-' then -cent::bigint end;

-- An amount in cents per month, half a cent away from zero. The text of the code says which list it is of: one digit is
-- CdUitkeringsperiode, two digits CdPeriode (`4` is 4 weeks, `04` a week). A year has 12 months, 4 quarters, 13 times
-- 4 weeks, so 52 weeks. Null for once only, not applicable, another code, and a day: calendar days or the 261 days of a
-- dagloon, no source says which.
create or replace temp macro cent_per_maand(cent, teken, periode) as
    round(
        bedrag(cent, teken)
        * case
            when periode in ('2', '04') then 52
            when periode in ('3', '20') then 26
            when periode in ('4', '05') then 13
            when periode = '5' then 10.4
            when periode in ('6', '06') then 12
            when periode in ('7', '08') then 4
            when periode in ('8', '10') then 1
        end
        / 12
    )::bigint;

-- Does a row name somebody, besides a number?
create or replace temp macro noemt_iemand(voorletters, geslachtsnaam, geboortedatum) as
    coalesce(voorletters, geslachtsnaam) is not null or coalesce(geboortedatum, '00000000') <> '00000000';

-- Whom a row names as one text: rows that say the same name the same person.
create or replace temp macro wie(bsn, voorletters, voorvoegsel, geslachtsnaam, geboortedatum) as
    concat_ws(
        chr(31), coalesce(bsn, ''), coalesce(voorletters, ''), coalesce(voorvoegsel, ''), coalesce(geslachtsnaam, ''),
        coalesce(geboortedatum, '')
    );

-- How certain it is whom rows are about: each is 0 (a question), 1 (a number with nothing beside it) or 2 (a verified
-- key or a human's word), and the least certain one counts.
create or replace temp macro zekerheid(zeker) as
    case zeker when true then 2 when false then 0 else 1 end;

create or replace temp macro is_zeker(zekerheid) as
    case zekerheid when 2 then true when 0 then false end;

-- Does a text pass the elfproef of a burgerservicenummer (Wabb art. 1)? `000000000` passes the arithmetic and is none.
create or replace temp macro cijfer(t, plaats) as
    try_cast(t[plaats] as int);

create or replace temp macro is_bsn(t) as
    coalesce(
        regexp_full_match(t, '[0-9]{9}') and t <> '000000000'
        and (
            9 * cijfer(t, 1) + 8 * cijfer(t, 2) + 7 * cijfer(t, 3) + 6 * cijfer(t, 4) + 5 * cijfer(t, 5)
            + 4 * cijfer(t, 6) + 3 * cijfer(t, 7) + 2 * cijfer(t, 8) - cijfer(t, 9)
        ) % 11 = 0,
        false
    );
