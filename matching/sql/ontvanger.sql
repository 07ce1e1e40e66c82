-- View: ontvanger
-- Grain: one row a dossier in $dossiers
-- Reads: uitkering, brp_persoon, brp_relatie, klantvoorkeur
-- Purpose: name and address of the belanghebbende, and how else to reach who showed that it is theirs, for the few letters of a night. The partner whose name may be
--          used is the one of the oldest running relation, where an unknown date goes first, or else the last of those
--          that ended.
with relatie as (
    select
        anummer,
        bool_or(datum_ontbinding is null) as heeft_partner,
        min_by(
            {
                'titel': gerelateerde_adellijke_titel_predicaat,
                'voorvoegsel': gerelateerde_voorvoegsel,
                'naam': gerelateerde_geslachtsnaam
            },
            case
                when datum_ontbinding is null then { 'over': 0, 'dagen': coalesce(datum_sluiting, '00000000')::int }
                else { 'over': 1, 'dagen': -datum_ontbinding::int }
            end
        ) as partner
    from brp_relatie_op($stand, $peildatum)
    where soort = 'partner'
    group by anummer
)

select
    u.dossiernummer,
    p.voornamen,
    p.adellijke_titel_predicaat,
    p.voorvoegsel,
    p.geslachtsnaam,
    p.aanduiding_naamgebruik,
    p.geslachtsaanduiding,
    r.partner.voorvoegsel as partner_voorvoegsel,
    r.partner.naam as partner_geslachtsnaam,
    r.partner.titel as partner_adellijke_titel_predicaat,
    coalesce(r.heeft_partner, false) as heeft_partner,
    p.straatnaam,
    p.huisnummer,
    p.huisletter,
    p.huisnummertoevoeging,
    p.aanduiding_bij_huisnummer,
    p.postcode,
    p.woonplaats,
    p.locatiebeschrijving,
    geverifieerd(v.emailadres, v.emailadres_geverifieerd_op, $peildatum) as emailadres,
    -- As every provider takes it: +31612345678.
    '+31' || right(geverifieerd(replace(v.mobiel_nummer, '-', ''), v.mobiel_geverifieerd_op, $peildatum), 9) as mobiel
from uitkering_op($stand, $peildatum) as u
inner join brp_persoon_op($stand, $peildatum) as p on u.burgerservicenummer = p.burgerservicenummer
left join relatie as r on p.anummer = r.anummer
left join klantvoorkeur_op($stand, $peildatum) as v on u.burgerservicenummer = v.burgerservicenummer
where
    u.dossiernummer in (select unnest($dossiers::text[]))
    and loopt(u.datum_aanvang_uitkering, u.datum_einde_uitkering, $peildatum)
    and coalesce(p.reden_opschorting, '') not in ('F', 'W')
