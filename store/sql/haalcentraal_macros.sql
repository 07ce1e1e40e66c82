-- Macros over values of the Haal Centraal BRP Personen API (JSON); made when such a file is read.
-- A value of a type that does not belong is never made empty: it stays as it is written, and the contract rejects it.
-- Nothing at all: absent, null, or without content (an API leaves an empty object where it left all its fields out).
create or replace temp macro hc_leeg(j) as j is null or j::varchar in ('null', 'false', '""', '{}');

-- What stands where an object belongs, as the name of its JSON type; null where all is well.
create or replace temp macro hc_geen_object(j) as
case when not hc_leeg(j) and json_type(j) <> 'OBJECT' then json_type(j) end;

create or replace temp macro hc_tekst(j) as nullif(json_extract_string(j, '$'), '');

-- A waardetabel {"code", "omschrijving"} gives its code.
create or replace temp macro hc_code(j) as
case
    when hc_leeg(j) then null
    when json_type(j) = 'OBJECT' then coalesce(hc_tekst(json_extract(j, 'code')), j::varchar)
    else hc_tekst(j)
end;

-- 2014 and 3 give 20140300, 2014 alone 20140000; null where they are no year and month.
create or replace temp macro hc_jaar_maand(jaar, maand) as
case
    when regexp_full_match(jaar, '\d{1,4}') and regexp_full_match(maand, '\d{1,2}')
        then lpad(jaar, 4, '0') || lpad(maand, 2, '0') || '00'
end;

-- A date of 8 digits as the LO writes it, of a text that is one or of the API's four types: Datum, JaarMaandDatum,
-- JaarDatum and DatumOnbekend.
create or replace temp macro hc_datum8(j) as
case
    when hc_leeg(j) then null
    when json_type(j) <> 'OBJECT' then hc_tekst(j)
    else coalesce(
        case
            when regexp_full_match(json_extract_string(j, 'datum'), '\d{4}-\d{2}-\d{2}')
                then replace(json_extract_string(j, 'datum'), '-', '')
        end,
        hc_jaar_maand(json_extract_string(j, 'jaar'), coalesce(json_extract_string(j, 'maand'), '0')),
        case
            when json_extract_string(j, 'type') = 'DatumOnbekend' or json_extract_string(j, 'onbekend') = 'true'
                then '00000000'
        end,
        j::varchar
    )
end;

-- Whether an inOnderzoek says that something is: anything but absent, null, false, or an object of such values only.
-- What is not understood counts, as empty would mean that nothing is the matter.
create or replace temp macro hc_in_onderzoek(j) as
coalesce(
    j::varchar not in ('null', 'false') and not regexp_full_match(j::varchar, '\{("[^"]*":(false|null),?)+\}'), false
);
