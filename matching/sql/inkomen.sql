-- View: inkomen
-- Grain: one row a person and inkomstenverhouding: loonheffingennummer and volgnummer_ikv, empty parts included
-- Reads: inkomsten_uwv, koppeling
-- Purpose: where somebody has income, since when and until when, what it comes to in a month, and whether it goes on.
--          Of what can change the newest opgave tells. An inkomstenverhouding without an end and without an opgave in
--          the last $opgave_dagen days may have stopped. What the dienst pays itself is left out: the
--          bijstand (kind 43), IOAW (34), Bbz (42) and IOAZ (45).
--          Its netto is the loon less loonheffing and less the vakantietoeslag in it.
--          koppeling_zeker says whether it is certain that all of it is about this person.
with per_persoon as (
    select
        i.* exclude (burgerservicenummer),
        unnest(coalesce(k.mogelijk, list_filter([i.burgerservicenummer], lambda nummer: nummer is not null)))
            as burgerservicenummer,
        zekerheid(k.zeker) as zekerheid
    from inkomsten_uwv_op($stand, $peildatum) as i
    left join koppeling as k
        on
            k.soort = 'uwv'
            and wie(
                i.burgerservicenummer, i.voorletters, i.voorvoegsel, i.geslachtsnaam,
                i.geboortedatum
            ) = k.wie
),

gelezen as (
    select
        *,
        -- Where one opgave of an inkomstenverhouding says so, one without a kind or with a strange one is too.
        coalesce(bool_or(soort_ikv in ('34', '42', '43', '45')) over ikv, false) as is_bijstand,
        hele_datum(datum_aanvang_opgave) as aanvang_opgave,
        hele_datum(datum_einde_opgave) as einde_opgave
    from per_persoon
    window ikv as (partition by burgerservicenummer, loonheffingennummer, volgnummer_ikv)
),

-- A month or four weeks; of another length nobody knows what it comes to in a month.
met_tijdvak as (
    select
        *,
        case
            when day(aanvang_opgave) = 1 and einde_opgave = last_day(aanvang_opgave) then '06'
            when einde_opgave = aanvang_opgave + 27 then '05'
        end as tijdvak
    from gelezen
    where not is_bijstand
),

opgave as (
    select
        * exclude (aanvang_opgave, einde_opgave),
        case when einde_opgave is not null then aanvang_opgave end as vanaf,
        case when aanvang_opgave is not null then einde_opgave end as opgave_tot,
        cent_per_maand(loon_lb_cent, loon_lb_teken, tijdvak) as loon_maand_cent,
        cent_per_maand(
            loon_lb_cent::bigint - ingehouden_lb_cent::bigint - coalesce(vakantietoeslag_cent::bigint, 0),
            loon_lb_teken,
            tijdvak
        ) as netto_maand_cent,
        coalesce(einde_opgave >= $peildatum - $opgave_dagen, true) as recent
    from met_tijdvak
),

naast_eerdere as (
    select
        *,
        max(opgave_tot) over (
            partition by burgerservicenummer, loonheffingennummer, volgnummer_ikv
            order by vanaf nulls last
            rows between unbounded preceding and 1 preceding
        ) as eerder_tot
    from opgave
),

-- Rows that begin on the same day are in the same period, in whatever order they come.
genummerd as (
    select
        *,
        count(*) filter (where vanaf > eerder_tot + 1) over (
            partition by burgerservicenummer, loonheffingennummer, volgnummer_ikv
            order by vanaf nulls last
            range between unbounded preceding and current row
        ) as periode
    from naast_eerdere
),

samengevoegd as (
    select
        burgerservicenummer,
        loonheffingennummer,
        volgnummer_ikv,
        min(vanaf) as vanaf,
        max(opgave_tot) as opgave_tot,
        max(datum_aanvang_opgave) as nieuwste,
        max_by(soort_ikv, datum_aanvang_opgave) as soort_ikv,
        max_by(datum_aanvang_ikv, datum_aanvang_opgave) as aanvang,
        -- In a struct, for an end that is not filled in is an answer too.
        max_by({ 'd8': datum_einde_ikv }, datum_aanvang_opgave) as einde,
        min(loon_maand_cent) filter (where recent) as loon_laagst,
        max(loon_maand_cent) filter (where recent) as loon_hoogst,
        bool_and(loon_maand_cent is not null) filter (where recent) as loon_bekend,
        list({ 'vanaf': vanaf, 'loon': loon_maand_cent, 'netto': netto_maand_cent } order by vanaf, rij_hash)
        filter (where recent and vanaf is not null) as bedragen,
        min(zekerheid) as zekerheid,
        list(rij_hash) as rijen
    from genummerd
    group by burgerservicenummer, loonheffingennummer, volgnummer_ikv, periode
),

verhouding as (
    select
        burgerservicenummer,
        loonheffingennummer,
        volgnummer_ikv,
        max_by(soort_ikv, nieuwste) as soort_ikv,
        max_by(aanvang, nieuwste) as aanvang,
        max_by(einde, nieuwste).d8 as einde,
        list({ 'aanvang': vanaf, 'einde': opgave_tot } order by vanaf) filter (where vanaf is not null) as opgaven,
        min(vanaf) as eerste_opgave,
        max(opgave_tot) as laatste_opgave,
        min(loon_laagst) as loon_laagst,
        max(loon_hoogst) as loon_hoogst,
        bool_and(loon_bekend) as loon_bekend,
        flatten(list(bedragen order by vanaf)) as bedragen,
        min(zekerheid) as zekerheid,
        sha256(array_to_string(list_sort(flatten(list(rijen))), '')) as rijen
    from samengevoegd
    group by burgerservicenummer, loonheffingennummer, volgnummer_ikv
)

select
    burgerservicenummer,
    loonheffingennummer,
    volgnummer_ikv,
    soort_ikv,
    hele_datum(aanvang) as aanvang,
    coalesce(aanvang, 'onbekend') as aanvang_geschreven,
    hele_datum(einde) as einde,
    open_einde(einde) as einde_open,
    case
        when kan_vanaf(aanvang) > $peildatum or kan_tot(einde) < $peildatum then false
        when
            zeker_tot(einde) >= $peildatum
            and least(zeker_vanaf(aanvang), eerste_opgave) <= $peildatum
            and laatste_opgave >= $peildatum - $opgave_dagen then true
    end as loopt,
    opgaven,
    laatste_opgave as opgaven_tot,
    loon_laagst as loon_maand_laagst_cent,
    loon_hoogst as loon_maand_hoogst_cent,
    coalesce(loon_bekend, false) as loon_volledig,
    bedragen,
    is_zeker(min(zekerheid) over (partition by burgerservicenummer)) as koppeling_zeker,
    rijen
from verhouding
