-- View: ontvanger
-- Grain: one row a dossier in $dossiers
-- Reads: uitkering, brp_persoon, brp_relatie
-- Purpose: name and address of the belanghebbende, for the few letters of a night. The partner whose name may be
--          used is the one of the oldest running relation; an unknown date goes first.
with relatie as (
    select
        anummer,
        min_by(
            { 'voorvoegsel': gerelateerde_voorvoegsel, 'naam': gerelateerde_geslachtsnaam },
            coalesce(datum_sluiting, '00000000')
        ) as partner
    from brp_relatie_op($stand, $peildatum)
    where soort = 'partner' and datum_ontbinding is null
    group by anummer
)

select
    u.dossiernummer,
    p.voornamen,
    p.voorvoegsel,
    p.geslachtsnaam,
    p.aanduiding_naamgebruik,
    p.geslachtsaanduiding,
    r.partner.voorvoegsel as partner_voorvoegsel,
    r.partner.naam as partner_geslachtsnaam,
    p.straatnaam,
    p.huisnummer,
    p.huisletter,
    p.huisnummertoevoeging,
    p.aanduiding_bij_huisnummer,
    p.postcode,
    p.woonplaats
from uitkering_op($stand, $peildatum) as u
inner join brp_persoon_op($stand, $peildatum) as p on u.burgerservicenummer = p.burgerservicenummer
left join relatie as r on p.anummer = r.anummer
where
    u.dossiernummer in (select unnest($dossiers::text[]))
    and loopt(u.datum_aanvang_uitkering, u.datum_einde_uitkering, $peildatum)
    and coalesce(p.reden_opschorting, '') not in ('F', 'W')
