-- View: bronrij
-- Grain: one row a dossier that is asked for and a stored row of a source that its facts can rest on
-- Reads: dossier, persoon, koppeling, uitkering, uitkeringsperiode, bekende_medebewoner, melding, klantvoorkeur,
--        brp_persoon, brp_relatie, ib_samenloopsignaal, inkomsten_uwv, duo_inschrijving, duo_studiefinanciering
-- Purpose: for the receipt of a finding: every row about the household, by a hash that only who has the secret can make
--          again, for the plain hash of a row with little but a BSN would give that BSN away. Whom it is about: to whom
--          it is paid, who lives there by the BRP, whom the dienst knows there, and to whom the BRP relates the former.
with gevraagd as (
    select
        d.dossiernummer,
        d.uitkering_id,
        d.anummer,
        d.partner_bsn,
        d.adres_brp,
        p.bsn
    from dossier as d
    inner join persoon as p on d.anummer = p.anummer
    where d.dossiernummer in (select unnest($dossiers::text[]))
),

klant as (
    select
        dossiernummer,
        unnest([bsn, partner_bsn]) as bsn
    from gevraagd
),

relatie as (
    select
        k.dossiernummer,
        r.gerelateerde_burgerservicenummer as bsn,
        r.rij_hash
    from klant as k
    inner join persoon as p on k.bsn = p.bsn
    inner join brp_relatie_op($stand, $peildatum) as r on p.anummer = r.anummer
),

iemand as (
    select * from klant
    where bsn is not null
    union
    select
        dossiernummer,
        bsn
    from relatie
    where bsn is not null
    union
    select
        d.dossiernummer,
        k.medebewoner_burgerservicenummer
    from gevraagd as d
    inner join bekende_medebewoner_op($stand, $peildatum) as k on d.uitkering_id = k.uitkering_id
    where k.medebewoner_burgerservicenummer is not null
    union
    select
        d.dossiernummer,
        p.bsn
    from gevraagd as d
    inner join persoon as p on d.adres_brp = p.adres_sleutel
    where p.bsn is not null
),

-- By A-number as well: a resident may have no BSN.
lijst as (
    select
        i.dossiernummer,
        p.anummer
    from iemand as i
    inner join persoon as p on i.bsn = p.bsn
    union
    select
        d.dossiernummer,
        p.anummer
    from gevraagd as d
    inner join persoon as p on d.adres_brp = p.adres_sleutel
),

-- Rows by what they say whom they are about. Of whom a source names without a sound key: anybody it may be.
per_uitkering as (
    select
        'uitkering' as tabel,
        uitkering_id,
        rij_hash
    from uitkering_op($stand, $peildatum)
    union all
    select
        'uitkeringsperiode' as tabel,
        uitkering_id,
        rij_hash
    from uitkeringsperiode_op($stand, $peildatum)
    union all
    select
        'bekende_medebewoner' as tabel,
        uitkering_id,
        rij_hash
    from bekende_medebewoner_op($stand, $peildatum)
),

per_klant as (
    select
        'melding' as tabel,
        burgerservicenummer as bsn,
        rij_hash
    from melding_op($stand, $peildatum)
    union all
    select
        'klantvoorkeur' as tabel,
        burgerservicenummer as bsn,
        rij_hash
    from klantvoorkeur_op($stand, $peildatum)
    -- By person too: a closed dossier may stand in the signal.
    union all
    select
        'ib_samenloopsignaal' as tabel,
        unnest([burgerservicenummer, betreft_burgerservicenummer]) as bsn,
        rij_hash
    from ib_samenloopsignaal_op($stand, $peildatum)
),

genoemd as (
    select
        'inkomsten_uwv' as tabel,
        'uwv' as soort,
        burgerservicenummer as bsn,
        wie(burgerservicenummer, voorletters, voorvoegsel, geslachtsnaam, geboortedatum) as wie,
        rij_hash
    from inkomsten_uwv_op($stand, $peildatum)
    union all
    select
        'duo_inschrijving' as tabel,
        'duo' as soort,
        burgerservicenummer as bsn,
        wie(burgerservicenummer, voorletters, voorvoegsel, geslachtsnaam, geboortedatum) as wie,
        rij_hash
    from duo_inschrijving_op($stand, $peildatum)
    union all
    select
        'duo_studiefinanciering' as tabel,
        'duo' as soort,
        burgerservicenummer as bsn,
        wie(burgerservicenummer, voorletters, voorvoegsel, geslachtsnaam, geboortedatum) as wie,
        rij_hash
    from duo_studiefinanciering_op($stand, $peildatum)
),

per_iemand as (
    select
        g.tabel,
        unnest(coalesce(k.mogelijk, [g.bsn])) as bsn,
        g.rij_hash
    from genoemd as g left join koppeling as k on g.soort = k.soort and g.wie = k.wie
),

rijen as (
    select
        d.dossiernummer,
        t.tabel,
        t.rij_hash
    from gevraagd as d inner join per_uitkering as t on d.uitkering_id = t.uitkering_id
    union all
    select
        k.dossiernummer,
        t.tabel,
        t.rij_hash
    from klant as k inner join per_klant as t on k.bsn = t.bsn
    union all
    select
        i.dossiernummer,
        t.tabel,
        t.rij_hash
    from iemand as i inner join per_iemand as t on i.bsn = t.bsn
    union all
    select
        l.dossiernummer,
        'brp_persoon' as tabel,
        t.rij_hash
    from lijst as l inner join brp_persoon_op($stand, $peildatum) as t on l.anummer = t.anummer
    union all
    select
        dossiernummer,
        'brp_relatie' as tabel,
        rij_hash
    from relatie
    union all
    select
        d.dossiernummer,
        'ib_samenloopsignaal' as tabel,
        t.rij_hash
    from gevraagd as d inner join ib_samenloopsignaal_op($stand, $peildatum) as t on d.dossiernummer = t.dossiernummer
)

select distinct
    dossiernummer,
    tabel,
    substr(sha256($sleutel || '|' || rij_hash), 1, 32) as rij
from rijen
order by dossiernummer, tabel, rij
