-- View: koppel_rij
-- Grain: one row a person that a source names, and the dossier or source that names them
-- Reads: dossier, bekende_medebewoner, brp_relatie, ib_samenloopsignaal, duo_inschrijving, duo_studiefinanciering,
--        inkomsten_uwv
-- Purpose: everybody who is to be linked to the BRP because no key says for certain who they are: housemates and
--          relations the dienst and the BRP know by name, and whom IB, DUO and UWV name beside a BSN or without one.
--          A number with nothing beside it can't be verified: it is not here, and its rows stay uncertain; except a
--          housemate's, which the dienst checked itself when it wrote it down.
--          Who is named at an address is looked for among its residents (adres_sleutel), others among everybody.
with dossier_van as (
    select
        uitkering_id,
        adres_brp,
        unnest(list_distinct([persoon_sleutel, partner_sleutel])) as wie
    from dossier
),

-- Of two uitkeringen in one dossier nobody can say at which address somebody is meant.
een_dossier as (
    select * from dossier
    qualify count(*) over (partition by dossiernummer) = 1
),

bedoeld as (
    select
        'medebewoner' as soort,
        concat_ws('|', k.uitkering_id, k.rol, k.datum_aanvang, k.vastgesteld_op) as bij,
        k.medebewoner_burgerservicenummer as burgerservicenummer,
        k.medebewoner_voorletters as voorletters,
        k.medebewoner_voorvoegsel as voorvoegsel,
        k.medebewoner_geslachtsnaam as geslachtsnaam,
        k.medebewoner_geboortedatum as geboortedatum,
        k.uitkering_id,
        d.adres_brp as adres_sleutel,
        d.anummer as niet_anummer
    from bekende_medebewoner_op($stand, $peildatum) as k
    inner join dossier as d on k.uitkering_id = d.uitkering_id
    where
        loopt(k.datum_aanvang, k.datum_einde, $peildatum)
        and (
            k.medebewoner_burgerservicenummer is null
            or (k.medebewoner_geslachtsnaam is not null and vroegst(k.medebewoner_geboortedatum) is not null)
        )
    union all
    select
        'relatie' as soort,
        concat_ws('|', d.uitkering_id, r.anummer, r.soort) as bij,
        r.gerelateerde_burgerservicenummer as burgerservicenummer,
        null as voorletters,
        r.gerelateerde_voorvoegsel as voorvoegsel,
        r.gerelateerde_geslachtsnaam as geslachtsnaam,
        r.gerelateerde_geboortedatum as geboortedatum,
        d.uitkering_id,
        d.adres_brp as adres_sleutel,
        r.anummer as niet_anummer
    from brp_relatie_op($stand, $peildatum) as r
    inner join persoon as p on r.anummer = p.anummer
    inner join dossier_van as d on p.persoon_sleutel = d.wie
    where
        r.gerelateerde_anummer is null
        and noemt_iemand(null, r.gerelateerde_geslachtsnaam, r.gerelateerde_geboortedatum)
    union all
    select
        'betreft' as soort,
        s.dossiernummer as bij,
        s.betreft_burgerservicenummer as burgerservicenummer,
        s.betreft_voorletters as voorletters,
        s.betreft_voorvoegsel as voorvoegsel,
        s.betreft_geslachtsnaam as geslachtsnaam,
        s.betreft_geboortedatum as geboortedatum,
        d.uitkering_id,
        d.adres_brp as adres_sleutel,
        d.anummer as niet_anummer
    from ib_samenloopsignaal_op($stand, $peildatum) as s
    inner join een_dossier as d on s.dossiernummer = d.dossiernummer
    where noemt_iemand(s.betreft_voorletters, s.betreft_geslachtsnaam, s.betreft_geboortedatum)
    union all
    select
        'duo' as soort,
        '' as bij,
        burgerservicenummer,
        voorletters,
        voorvoegsel,
        geslachtsnaam,
        geboortedatum,
        null as uitkering_id,
        null as adres_sleutel,
        null as niet_anummer
    from (
        select
            burgerservicenummer,
            voorletters,
            voorvoegsel,
            geslachtsnaam,
            geboortedatum
        from duo_inschrijving_op($stand, $peildatum)
        union all
        select
            burgerservicenummer,
            voorletters,
            voorvoegsel,
            geslachtsnaam,
            geboortedatum
        from duo_studiefinanciering_op($stand, $peildatum)
    ) as duo
    where noemt_iemand(voorletters, geslachtsnaam, geboortedatum)
    union all
    select
        'uwv' as soort,
        '' as bij,
        burgerservicenummer,
        voorletters,
        voorvoegsel,
        geslachtsnaam,
        geboortedatum,
        null as uitkering_id,
        null as adres_sleutel,
        null as niet_anummer
    from inkomsten_uwv_op($stand, $peildatum)
    where noemt_iemand(voorletters, geslachtsnaam, geboortedatum)
),

een_keer as (
    select distinct
        *,
        wie(burgerservicenummer, voorletters, voorvoegsel, geslachtsnaam, geboortedatum) as wie
    from bedoeld
)

select
    row_number() over (order by soort, bij, wie) as id,
    *,
    soort in ('medebewoner', 'relatie', 'betreft') as op_adres,
    substr(sha256(concat_ws('|', $sleutel, 'koppeling', soort, bij, wie)), 1, 16) as links_sleutel
from een_keer
