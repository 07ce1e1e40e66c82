-- View: brp_relatie
-- Grain: one row a partner, kind or ouder of a record, in the order of the file
-- Reads: haalcentraal
-- Purpose: the columns of the contract, values as the LO writes them. Something else than a relation, or than a list of
--          them, is a row without a soort. An empty relation is one of which nothing is known; it is there.
with lijst as (
    select
        rowid as rij,
        anummer,
        bsn,
        unnest([partners, kinderen, ouders]) as relaties,
        unnest(['partner', 'kind', 'ouder']) as lijst,
        unnest([5, 9, 2]) as categorie
    from haalcentraal
),

element as (
    select
        rij,
        anummer,
        bsn,
        lijst,
        categorie,
        unnest(relaties) as relatie,
        generate_subscripts(relaties, 1) as plaats
    from (
        select
            * exclude (relaties),
            case when json_type(relaties) = 'ARRAY' then json_extract(relaties, '$[*]') else ['null'::json] end
                as relaties
        from lijst
        where relaties is not null and relaties::varchar <> 'null'
    ) as gevuld
),

relatie as (
    select
        *,
        case
            when json_type(relatie) = 'OBJECT'
                -- An ouder who is not said to be the first or the second is no soort the contract knows.
                then lijst || if(lijst = 'ouder', coalesce(hc_tekst(relatie -> 'ouderAanduiding'), ''), '')
        end as soort,
        relatie -> 'inOnderzoek' as onderzoek,
        relatie -> 'naam' as naam,
        relatie -> 'geboorte' as geboorte,
        relatie -> 'aangaanHuwelijkPartnerschap' as sluiting,
        relatie -> 'ontbindingHuwelijkPartnerschap' as ontbinding
    from element
)

select
    hc_tekst(anummer) as anummer,
    hc_tekst(bsn) as burgerservicenummer,
    soort,
    -- Not in the API.
    null::varchar as gerelateerde_anummer,
    hc_tekst(relatie -> 'burgerservicenummer') as gerelateerde_burgerservicenummer,
    -- Of no other relation a name on a letter is made.
    case when soort = 'partner' then hc_code(naam -> 'adellijkeTitelPredicaat') end
        as gerelateerde_adellijke_titel_predicaat,
    hc_tekst(naam -> 'voorvoegsel') as gerelateerde_voorvoegsel,
    hc_tekst(naam -> 'geslachtsnaam') as gerelateerde_geslachtsnaam,
    hc_datum8(geboorte -> 'datum') as gerelateerde_geboortedatum,
    hc_code(relatie -> 'soortVerbintenis') as soort_verbintenis,
    hc_datum8(sluiting -> 'datum') as datum_sluiting,
    -- An ontbinding that is there without a date has happened, unless all it says is that it is in onderzoek.
    coalesce(
        hc_geen_object(ontbinding),
        hc_datum8(ontbinding -> 'datum'),
        case when not hc_leeg(ontbinding) and (ontbinding -> 'inOnderzoek') is null then '00000000' end
    ) as datum_ontbinding,
    -- Not in the API.
    null::varchar as reden_ontbinding,
    coalesce(
        hc_geen_object(naam),
        hc_geen_object(geboorte),
        hc_geen_object(sluiting),
        hc_tekst(onderzoek -> 'aanduidingGegevensInOnderzoek'),
        case
            when
                hc_in_onderzoek(onderzoek) or hc_in_onderzoek(naam -> 'inOnderzoek')
                or hc_in_onderzoek(geboorte -> 'inOnderzoek') or hc_in_onderzoek(sluiting -> 'inOnderzoek')
                or hc_in_onderzoek(ontbinding -> 'inOnderzoek')
                then '0' || (categorie + (coalesce(soort, '') = 'ouder2')::int) || '0000'
        end
    ) as aanduiding_in_onderzoek
from relatie
order by rij, categorie = 2, categorie = 9, plaats
