-- View: achterstand
-- Grain: one row a running uitkering and a melding of who it is paid to that is not dealt with
-- Reads: dossier, uitkering, melding
-- Purpose: the dienst's own backlog: what an inwoner reported and still waits.
select
    d.uitkering_id,
    m.melding_id,
    -- What only a restricted group may know stands in no ordinary task.
    case when m.soort_wijziging = 'DETENTIE' then 'vertrouwelijk' else lower(replace(m.soort_wijziging, '_', ' ')) end
        as onderwerp,
    m.datum_ontvangst::date as ontvangen_op,
    m.datum_ontvangst::date + $achterstand_dagen::int < $peildatum as wacht_te_lang,
    null::text as rij_bewoner
from dossier as d
inner join uitkering_op($stand, $peildatum) as u on d.uitkering_id = u.uitkering_id
inner join melding_op($stand, $peildatum) as m
    on m.burgerservicenummer in (u.burgerservicenummer, u.partner_burgerservicenummer)
where m.status in ('ONTVANGEN', 'IN_BEHANDELING')
