-- Macros over register values; created in every warehouse connection.
-- Dates of 8 digits may be partial: `vroegst` and `laatst` are the first and last day such a date can mean.
-- Null in, or year 0000, gives null: unknown.
create or replace temp macro vroegst(d8) as
    case
        when d8 is null or substr(d8, 1, 4) = '0000' then null
        when substr(d8, 5, 2) = '00' then make_date(substr(d8, 1, 4)::int, 1, 1)
        when substr(d8, 7, 2) = '00' then make_date(substr(d8, 1, 4)::int, substr(d8, 5, 2)::int, 1)
        else try_strptime(d8, '%Y%m%d')::date
    end;

create or replace temp macro laatst(d8) as
    case
        when d8 is null or substr(d8, 1, 4) = '0000' then null
        when substr(d8, 5, 2) = '00' then make_date(substr(d8, 1, 4)::int, 12, 31)
        when substr(d8, 7, 2) = '00' then last_day(make_date(substr(d8, 1, 4)::int, substr(d8, 5, 2)::int, 1))
        else try_strptime(d8, '%Y%m%d')::date
    end;

-- The whole date, or null where it is partial or unknown.
create or replace temp macro hele_datum(d8) as
    case when vroegst(d8) = laatst(d8) then vroegst(d8) end;

-- Has somebody born on d8 reached this age on the peildatum? true, false, or null (unknown).
-- Counting back from the peildatum makes 29 February count from 1 March in other years.
create or replace temp macro leeftijd_bereikt(d8, jaren, peildatum) as
    case
        when laatst(d8) <= peildatum - to_years(jaren::int) then true
        when vroegst(d8) > peildatum - to_years(jaren::int) then false
    end;

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

-- Does a period of the dienst hold on the peildatum? Dates as text, the last day inclusive, an empty one = running.
create or replace temp macro loopt(eerste_dag, laatste_dag, peildatum) as
    eerste_dag::date <= peildatum and coalesce(laatste_dag::date >= peildatum, true);
