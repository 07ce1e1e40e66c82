-- View: koppel_persoon
-- Grain: one row a persoonslijst that is kept
-- Reads: brp_persoon, brp_relatie, persoon
-- Purpose: the register to link to: who somebody is, with the surname of a partner they may use, and a hash of what
--          the BRP says of that, so that a decision about this person can tell whether it still is. The hash is made
--          with the secret of the work folder, for it is kept with findings.
select
    row_number() over (order by b.anummer) as id,
    b.anummer,
    p.persoon_sleutel,
    p.bsn,
    p.adres_sleutel,
    p.woont,
    b.burgerservicenummer,
    b.voornamen,
    b.voorvoegsel,
    b.geslachtsnaam,
    r.voorvoegsel as partner_voorvoegsel,
    r.geslachtsnaam as partner_geslachtsnaam,
    b.geboortedatum,
    b.geslachtsaanduiding,
    sha256(
        concat_ws(
            chr(31), $sleutel, coalesce(b.burgerservicenummer, ''), coalesce(b.voornamen, ''), coalesce(b.voorvoegsel, ''),
            coalesce(b.geslachtsnaam, ''), coalesce(b.geboortedatum, ''), coalesce(b.geslachtsaanduiding, '')
        )
    ) as inhoud
from brp_persoon_op($stand, $peildatum) as b
inner join persoon as p on b.anummer = p.anummer
left join partner_op($stand, $peildatum) as r on b.anummer = r.anummer
