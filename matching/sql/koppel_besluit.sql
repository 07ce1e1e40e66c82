-- View: koppel_besluit
-- Grain: one row a pair that a human decided about and of which both sides are as they were then
-- Reads: besluit, koppel_rij, koppel_persoon
-- Purpose: the newest decision about each pair. What a source names is in its key: named otherwise, it is another
--          question. What the BRP says of the person may change; then the decision is about somebody else.
select
    r.id,
    p.id as register_id,
    b.zelfde
from besluit as b
inner join koppel_rij as r on b.links_sleutel = r.links_sleutel
inner join koppel_persoon as p on b.rechts_sleutel = p.persoon_sleutel and b.inhoud = p.inhoud
qualify row_number() over (partition by r.id, p.id order by b.volgnr desc) = 1
