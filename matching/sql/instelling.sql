-- View: instelling
-- Grain: one row a dwelling that the settings call an institution
-- Reads: persoon; the addresses of institutions
-- Purpose: whichever key the BRP has for those addresses. Without a number it is all of the postcode.
with instelling_adres as (
    select
        upper(replace(split_part(adres, '|', 1), ' ', '')) as postcode,
        adres_tekst(
            split_part(adres, '|', 1), nullif(split_part(adres, '|', 2), ''), split_part(adres, '|', 3),
            split_part(adres, '|', 4), null
        ) as geschreven
    from unnest($instellingen::text[]) as i (adres)
)

select distinct p.adres_sleutel
from instelling_adres as i
inner join persoon as p on i.postcode = split_part(p.adres_geschreven, '|', 1)
where (p.woont or p.briefadres) and not p.bij_ander_huis and (i.geschreven is null or i.geschreven = p.adres_geschreven)
