-- View: sleutels
-- Grain: one row a record, blocking pass and key of that pass
-- Reads: records (the standardised records of one side)
-- Purpose: two records are candidates when they share a key of a pass. A record that misses a part of a key does not
--          have it; one with two surnames has a key for each. The numbers are those of `PASSES`. One scan makes all
--          keys: a register of a million is read once.
with delen as (
    select
        *,
        voorletters[1] as letter,
        stam[1] as begin,
        datum is not null as met_datum,
        voorletters is not null as met_letter,
        postcode is not null and huisnummer is not null as met_adres
    from records
),

sleutel as (
    select
        id,
        unnest([1, 2, 3, 3, 4, 5, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 12, 12, 13, 14, 15]) as ronde,
        unnest([
            case when bsn is not null then hash(1, bsn) end,
            case when met_datum and met_letter then hash(2, datum, letter) end,
            case when met_datum and klank is not null then hash(3, datum, klank) end,
            case when met_datum and klank2 is not null then hash(3, datum, klank2) end,
            case when met_datum and postcode is not null then hash(4, datum, postcode) end,
            -- Day and month may have changed places, or first name and surname, or the digits of a postcode.
            case when met_datum and met_letter then hash(5, jaar, least(maand, dag), greatest(maand, dag), letter) end,
            case
                when met_datum and met_letter and begin is not null
                    then hash(6, datum, least(letter, begin), greatest(letter, begin))
            end,
            case when maand is not null and met_letter and klank is not null then hash(7, jaar, maand, klank, letter) end,
            case when maand is not null and met_letter and klank2 is not null then hash(7, jaar, maand, klank2, letter) end,
            case when met_datum and met_letter and klank is not null then hash(8, maand, dag, klank, letter) end,
            case when met_datum and met_letter and klank2 is not null then hash(8, maand, dag, klank2, letter) end,
            case when jaar is not null and met_letter and stam is not null then hash(9, jaar, stam, letter) end,
            case when jaar is not null and met_letter and stam2 is not null then hash(9, jaar, stam2, letter) end,
            case
                when stam is not null and voornaam is not null
                    then hash(10, least(stam, voornaam), greatest(stam, voornaam))
            end,
            case
                when stam2 is not null and voornaam is not null
                    then hash(10, least(stam2, voornaam), greatest(stam2, voornaam))
            end,
            case
                when met_adres and met_letter and begin is not null
                    then hash(11, cijfers[1:4], huisnummer, least(letter, begin), greatest(letter, begin))
            end,
            case when postcode is not null and klank is not null then hash(12, cijfers, klank) end,
            case when postcode is not null and klank2 is not null then hash(12, cijfers, klank2) end,
            case when postcode is not null and voornaam is not null then hash(13, cijfers, voornaam) end,
            case when met_adres then hash(14, cijfers, huisnummer) end,
            case when met_datum and huisnummer is not null then hash(15, datum, huisnummer) end
        ]) as sleutel
    from delen
)

select
    id,
    ronde,
    sleutel
from sleutel
where sleutel is not null
