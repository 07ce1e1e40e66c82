-- View: studie
-- Grain: one row a person and joined study period; what somebody does as extraneus or auditor is joined by itself
-- Reads: duo_inschrijving, koppeling, levering
-- Purpose: since when and until when somebody studies, although DUO cuts its rows at the turn of the year and of the
--          school year. Somebody certainly studies while enrolment and participation both hold, and possibly while one
--          of them may. A gap is no stop when it holds 1 August and lasts at most $zomergat_dagen days, or when a course
--          starts at most $vervolg_dagen days after the last day. That somebody stopped is said only when the last day
--          is certain, no course can make it such a gap any more, and DUO was heard after that. koppeling_zeker says
--          whether it is certain that all of it is about this person. vorm is bbl; voltijd or deeltijd, of the bol or of
--          higher education; bol of ho where which of the two is not known; or onbekend.
with gelezen as (
    select
        unnest(coalesce(k.mogelijk, list_filter([i.burgerservicenummer], lambda nummer: nummer is not null)))
            as burgerservicenummer,
        zekerheid(k.zeker) as zekerheid,
        coalesce(inschrijvingsvorm in ('E', 'A'), false) as extraneus_of_auditor,
        kan_vanaf(datum_aanvang_deelname) as kan_deelnemen_vanaf,
        hele_datum(datum_aanvang_deelname) as neemt_deel_vanaf,
        least(kan_vanaf(datum_inschrijving), kan_vanaf(datum_aanvang_deelname)) as kan_vanaf,
        greatest(zeker_vanaf(datum_inschrijving), zeker_vanaf(datum_aanvang_deelname)) as zeker_vanaf,
        least(zeker_tot(datum_uitschrijving), zeker_tot(datum_einde_deelname)) as zeker_tot,
        -- An end that is not filled in says nothing as long as the other one is.
        greatest(
            kan_tot(coalesce(datum_uitschrijving, datum_einde_deelname)),
            kan_tot(coalesce(datum_einde_deelname, datum_uitschrijving))
        ) as kan_tot,
        greatest(hele_datum(datum_uitschrijving), hele_datum(datum_einde_deelname)) as heel_einde,
        leerweg_mbo = 'BOL' or niveau in ('HBO-BA', 'HBO-MA', 'WO-BA', 'WO-MA') as bol_of_ho,
        case
            when leerweg_mbo = 'BBL' then 'bbl'
            when bol_of_ho and onderwijsvorm = 'deeltijd' then 'deeltijd'
            when leerweg_mbo = 'BOL' and onderwijsvorm is null then 'voltijd'
            when bol_of_ho and onderwijsvorm in ('voltijd', 'duaal') then 'voltijd'
            when bol_of_ho then 'bol of ho'
            else 'onbekend'
        end as vorm,
        rij_hash
    from duo_inschrijving_op($stand, $peildatum) as i
    left join koppeling as k
        on
            k.soort = 'duo'
            and wie(
                i.burgerservicenummer, i.voorletters, i.voorvoegsel, i.geslachtsnaam,
                i.geboortedatum
            ) = k.wie
),

naast_eerdere as (
    select
        *,
        max(kan_tot) over (
            partition by burgerservicenummer, extraneus_of_auditor
            order by kan_vanaf, zeker_vanaf
            rows between unbounded preceding and 1 preceding
        ) as eerder_tot
    from gelezen
),

-- Rows that begin on the same day are in the same period, in whatever order they come.
genummerd as (
    select
        *,
        count(*) filter (
            where eerder_tot is null
            or not (
                kan_vanaf <= eerder_tot + greatest(1, $vervolg_dagen)
                or (zeker_vanaf > augustus_na(eerder_tot) and kan_vanaf <= eerder_tot + 1 + $zomergat_dagen)
            )
        ) over (
            partition by burgerservicenummer, extraneus_of_auditor
            order by kan_vanaf, zeker_vanaf
            range between unbounded preceding and current row
        ) as periode
    from naast_eerdere
),

-- The course that began last says what kind of study it is.
gemerkt as (
    select
        *,
        kan_vanaf = coalesce(max(kan_vanaf) filter (where kan_vanaf <= $peildatum) over studie, min(kan_vanaf) over studie)
            as begon_het_laatst
    from genummerd
    window studie as (partition by burgerservicenummer, extraneus_of_auditor, periode)
),

samengevoegd as (
    select
        burgerservicenummer,
        extraneus_of_auditor,
        min(kan_vanaf) as kan_vanaf,
        max(kan_tot) as kan_tot,
        case when min(kan_deelnemen_vanaf) = min(neemt_deel_vanaf) then min(neemt_deel_vanaf) end as aanvang,
        case when max(kan_tot) = max(heel_einde) then max(heel_einde) end as einde,
        bool_or(zeker_tot = date '9999-12-31') as einde_open,
        bool_and(kan_vanaf = zeker_vanaf and kan_tot = zeker_tot) as precies,
        bool_or($peildatum between zeker_vanaf and zeker_tot) as zeker_nu,
        min(vorm) filter (where begon_het_laatst) as vorm_eerst,
        max(vorm) filter (where begon_het_laatst) as vorm_laatst,
        min(zekerheid) as zekerheid,
        sha256(array_to_string(list_sort(list(rij_hash)), '')) as rijen
    from gemerkt
    group by burgerservicenummer, extraneus_of_auditor, periode
),

naast_elkaar as (
    select
        *,
        einde + greatest(
            1, $vervolg_dagen, case when augustus_na(einde) - einde <= $zomergat_dagen then $zomergat_dagen + 1 end
        ) as uiterlijk_hervat,
        row_number() over (
            partition by burgerservicenummer, extraneus_of_auditor
            order by case when kan_vanaf <= $peildatum then kan_vanaf end desc nulls last, kan_vanaf asc
        ) = 1 as laatste_periode,
        bekend_tot('duo', $stand, $peildatum) as gehoord_tot,
        -- Whether an extraneus counts as a student is to be confirmed: until then nothing is certain while one may be.
        extraneus_of_auditor
        or coalesce(
            max(kan_tot) filter (where extraneus_of_auditor) over (partition by burgerservicenummer)
            <= least(einde, $peildatum - 1),
            true
        ) as niets_anders
    from samengevoegd
),

beoordeeld as (
    select
        *,
        laatste_periode and niets_anders and uiterlijk_hervat < $peildatum
        and uiterlijk_hervat < gehoord_tot as zeker_gestopt,
        case
            when not laatste_periode then null
            when zeker_nu or (precies and $peildatum between kan_vanaf and kan_tot) then true
            when zeker_gestopt or (niets_anders and kan_vanaf > $peildatum) then false
        end as volgt_nu
    from naast_elkaar
)

select
    burgerservicenummer,
    extraneus_of_auditor,
    aanvang,
    einde,
    einde_open,
    laatste_periode,
    bool_or(volgt_nu) over (partition by burgerservicenummer, extraneus_of_auditor) as volgt_opleiding,
    case when zeker_gestopt and not extraneus_of_auditor then einde end as gestopt_op,
    case
        when vorm_eerst = vorm_laatst then vorm_eerst
        when 'bbl' not in (vorm_eerst, vorm_laatst) and 'onbekend' not in (vorm_eerst, vorm_laatst) then 'bol of ho'
        else 'onbekend'
    end as vorm,
    is_zeker(min(zekerheid) over (partition by burgerservicenummer)) as koppeling_zeker,
    rijen
from beoordeeld
