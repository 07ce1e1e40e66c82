-- View: instelling
-- Grain: one row a dwelling that the settings call an institution
-- Reads: persoon; the addresses of institutions
-- Purpose: whichever key the BRP has for those addresses.
select distinct p.adres_sleutel
from unnest($instellingen::text[]) as i (adres)
inner join persoon as p
    on p.adres_geschreven = adres_tekst(
        split_part(i.adres, '|', 1), split_part(i.adres, '|', 2), split_part(i.adres, '|', 3), split_part(i.adres, '|', 4),
        null
    )
where (p.woont or p.briefadres) and not p.bij_ander_huis
