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
        datum is not null as met_datum,
        voorletters is not null as met_letter,
        postcode is not null and huisnummer is not null as met_adres
    from records
),

sleutel as (
    select
        id,
        unnest([1, 2, 3, 3, 4, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 11, 11, 12]) as ronde,
        unnest([
            case when bsn is not null then hash(1, bsn) end,
            case when met_datum and met_letter then hash(2, datum, letter) end,
            case when met_datum and klank is not null then hash(3, datum, klank) end,
            case when met_datum and klank2 is not null then hash(3, datum, klank2) end,
            case when met_datum and postcode is not null then hash(4, datum, postcode) end,
            -- Day and month may have changed places.
            case when met_datum and met_letter then hash(5, jaar, least(maand, dag), greatest(maand, dag), letter) end,
            case when maand is not null and met_letter and klank is not null then hash(6, jaar, maand, klank, letter) end,
            case when maand is not null and met_letter and klank2 is not null then hash(6, jaar, maand, klank2, letter) end,
            case when met_datum and met_letter and klank is not null then hash(7, maand, dag, klank, letter) end,
            case when met_datum and met_letter and klank2 is not null then hash(7, maand, dag, klank2, letter) end,
            case when jaar is not null and met_letter and stam is not null then hash(8, jaar, stam, letter) end,
            case when jaar is not null and met_letter and stam2 is not null then hash(8, jaar, stam2, letter) end,
            case when stam is not null and voornaam is not null then hash(9, stam, voornaam) end,
            case when stam2 is not null and voornaam is not null then hash(9, stam2, voornaam) end,
            case when met_adres and met_letter then hash(10, postcode, huisnummer, letter) end,
            case when met_adres and klank is not null then hash(11, postcode, huisnummer, klank) end,
            case when met_adres and klank2 is not null then hash(11, postcode, huisnummer, klank2) end,
            case when met_adres and jaar is not null then hash(12, postcode, huisnummer, jaar) end
        ]) as sleutel
    from delen
)

select
    id,
    ronde,
    sleutel
from sleutel
where sleutel is not null
