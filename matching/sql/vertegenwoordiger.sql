-- View: vertegenwoordiger
-- Grain: one row a dossier in $dossiers of whose belanghebbende somebody acts
-- Reads: uitkering, klantvoorkeur, vertegenwoordiger
-- Purpose: name and address of who acts for the belanghebbende, for the few letters of a night. Whether a letter may go
--          there is what `omstandigheid` says.
select
    u.dossiernummer,
    w.naam,
    w.ter_attentie_van,
    w.straatnaam_of_postbus,
    w.huisnummer,
    w.huisletter,
    w.huisnummertoevoeging,
    w.postcode,
    w.woonplaats
from uitkering_op($stand, $peildatum) as u
inner join klantvoorkeur_op($stand, $peildatum) as v on u.burgerservicenummer = v.burgerservicenummer
inner join vertegenwoordiger_op($stand, $peildatum) as w on v.bewindvoerder_of_gemachtigde = w.verwijzing
where
    u.dossiernummer in (select unnest($dossiers::text[]))
    and loopt(u.datum_aanvang_uitkering, u.datum_einde_uitkering, $peildatum)
    and coalesce(w.datum_einde::date >= $peildatum, true)
