-- View: betrokkene
-- Grain: one row a person whose data are laid side by side on the peildatum
-- Reads: persoon, brp_relatie, uitkering, bekende_medebewoner, melding, klantvoorkeur, vertegenwoordiger,
--        ib_samenloopsignaal, inkomsten_uwv, duo_inschrijving, duo_studiefinanciering
-- Purpose: everybody about whom the night reads something, once, for the log of processings: by A-nummer, else by BSN,
--          else by how a source names them; who acts for somebody by their reference. Each by a keyed hash.
with genoemd as (
    select
        gerelateerde_anummer as anummer,
        gerelateerde_burgerservicenummer as bsn,
        null as voorletters,
        gerelateerde_voorvoegsel as voorvoegsel,
        gerelateerde_geslachtsnaam as geslachtsnaam,
        gerelateerde_geboortedatum as geboortedatum
    from brp_relatie_op($stand, $peildatum)
    union all by name
    select burgerservicenummer as bsn from uitkering_op($stand, $peildatum)
    union all by name
    select partner_burgerservicenummer as bsn from uitkering_op($stand, $peildatum)
    union all by name
    select
        medebewoner_burgerservicenummer as bsn,
        medebewoner_voorletters as voorletters,
        medebewoner_voorvoegsel as voorvoegsel,
        medebewoner_geslachtsnaam as geslachtsnaam,
        medebewoner_geboortedatum as geboortedatum
    from bekende_medebewoner_op($stand, $peildatum)
    union all by name
    select burgerservicenummer as bsn from melding_op($stand, $peildatum)
    union all by name
    select burgerservicenummer as bsn from klantvoorkeur_op($stand, $peildatum)
    union all by name
    select burgerservicenummer as bsn from ib_samenloopsignaal_op($stand, $peildatum)
    union all by name
    select
        betreft_burgerservicenummer as bsn,
        betreft_voorletters as voorletters,
        betreft_voorvoegsel as voorvoegsel,
        betreft_geslachtsnaam as geslachtsnaam,
        betreft_geboortedatum as geboortedatum
    from ib_samenloopsignaal_op($stand, $peildatum)
    union all by name
    select
        burgerservicenummer as bsn,
        voorletters,
        voorvoegsel,
        geslachtsnaam,
        geboortedatum
    from inkomsten_uwv_op($stand, $peildatum)
    union all by name
    select
        burgerservicenummer as bsn,
        voorletters,
        voorvoegsel,
        geslachtsnaam,
        geboortedatum
    from duo_inschrijving_op($stand, $peildatum)
    union all by name
    select
        burgerservicenummer as bsn,
        voorletters,
        voorvoegsel,
        geslachtsnaam,
        geboortedatum
    from duo_studiefinanciering_op($stand, $peildatum)
),

-- Whom a list already shows by number is that person.
anders as (
    select distinct
        anummer,
        case when anummer is null then bsn end as bsn,
        case when anummer is null and bsn is null then wie(null, voorletters, voorvoegsel, geslachtsnaam, geboortedatum) end
            as naam
    from genoemd
    where
        (anummer is not null or bsn is not null or noemt_iemand(voorletters, geslachtsnaam, geboortedatum))
        and (anummer is null or anummer not in (select p.anummer from persoon as p))
        and (
            anummer is not null
            or bsn is null
            or bsn not in (
                select p.bsn from persoon as p
                where p.bsn is not null
            )
        )
)

select persoon_sleutel from persoon
union
select
    substr(
        sha256(
            case
                when anummer is not null then $sleutel || '|' || anummer
                when bsn is not null then $sleutel || '|bsn|' || bsn
                else $sleutel || '|naam|' || naam
            end
        ),
        1, 16
    ) as persoon_sleutel
from anders
union
select substr(sha256($sleutel || '|vertegenwoordiger|' || verwijzing), 1, 16) as persoon_sleutel
from vertegenwoordiger_op($stand, $peildatum)
