-- View: studiefinanciering
-- Grain: one row a person and joined period of toekenning
-- Reads: duo_studiefinanciering, koppeling, levering
-- Purpose: since when and until when somebody has studiefinanciering or WTOS, although DUO cuts its rows at the turn of
--          the year and of the school year. A toekenning may be lengthened late: that there is none any more is said
--          $vervolg_dagen days after the last day, and when DUO was heard after that. What the codes of
--          toekenning_basisbeurs mean is not known: they are not read. koppeling_zeker as in studie.
with gelezen as (
    select
        unnest(coalesce(k.mogelijk, list_filter([t.burgerservicenummer], lambda nummer: nummer is not null)))
            as burgerservicenummer,
        zekerheid(k.zeker) as zekerheid,
        kan_vanaf(datum_aanvang_toekenning) as kan_vanaf,
        zeker_vanaf(datum_aanvang_toekenning) as zeker_vanaf,
        zeker_tot(datum_einde_toekenning) as zeker_tot,
        kan_tot(datum_einde_toekenning) as kan_tot,
        hele_datum(datum_aanvang_toekenning) as hele_aanvang,
        hele_datum(datum_einde_toekenning) as heel_einde,
        coalesce(indicatie_wtos_18plus, '0') as wtos,
        rij_hash
    from duo_studiefinanciering_op($stand, $peildatum) as t
    left join koppeling as k
        on
            k.soort = 'duo'
            and wie(
                t.burgerservicenummer, t.voorletters, t.voorvoegsel, t.geslachtsnaam,
                t.geboortedatum
            ) = k.wie
),

naast_eerdere as (
    select
        *,
        max(kan_tot) over (
            partition by burgerservicenummer
            order by kan_vanaf
            rows between unbounded preceding and 1 preceding
        ) as eerder_tot
    from gelezen
),

-- Rows that begin on the same day are in the same period, in whatever order they come.
genummerd as (
    select
        *,
        count(*) filter (where coalesce(kan_vanaf > eerder_tot + 1, true)) over (
            partition by burgerservicenummer
            order by kan_vanaf
            range between unbounded preceding and current row
        ) as periode
    from naast_eerdere
),

-- The toekenning that began last says whether it is WTOS.
gemerkt as (
    select
        *,
        kan_vanaf = coalesce(
            max(kan_vanaf) filter (where kan_vanaf <= $peildatum) over toekenning, min(kan_vanaf) over toekenning
        ) as begon_het_laatst
    from genummerd
    window toekenning as (partition by burgerservicenummer, periode)
),

samengevoegd as (
    select
        burgerservicenummer,
        min(kan_vanaf) as kan_vanaf,
        max(kan_tot) as kan_tot,
        case when min(kan_vanaf) = min(hele_aanvang) then min(hele_aanvang) end as aanvang,
        case when max(kan_tot) = max(heel_einde) then max(heel_einde) end as einde,
        bool_or(zeker_tot = date '9999-12-31') as einde_open,
        bool_or($peildatum between zeker_vanaf and zeker_tot) as zeker_nu,
        min(wtos) filter (where begon_het_laatst) as wtos_eerst,
        max(wtos) filter (where begon_het_laatst) as wtos_laatst,
        min(zekerheid) as zekerheid,
        sha256(array_to_string(list_sort(list(rij_hash)), '')) as rijen
    from gemerkt
    group by burgerservicenummer, periode
),

naast_elkaar as (
    select
        *,
        row_number() over (
            partition by burgerservicenummer
            order by case when kan_vanaf <= $peildatum then kan_vanaf end desc nulls last, kan_vanaf asc
        ) = 1 as laatste_periode,
        case
            when not laatste_periode then null
            when zeker_nu then true
            when
                kan_vanaf > $peildatum
                or (
                    kan_tot + $vervolg_dagen < $peildatum
                    and kan_tot + $vervolg_dagen < bekend_tot('duo', $stand, $peildatum)
                )
                then false
        end as toegekend
    from samengevoegd
)

select
    burgerservicenummer,
    aanvang,
    einde,
    einde_open,
    laatste_periode,
    bool_or(toegekend) over (partition by burgerservicenummer) as heeft_toekenning,
    case when wtos_eerst = wtos_laatst and wtos_eerst <> '0' then wtos_eerst = '1' end as wtos_18plus,
    is_zeker(min(zekerheid) over (partition by burgerservicenummer)) as koppeling_zeker,
    rijen
from naast_elkaar
