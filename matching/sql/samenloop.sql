-- View: samenloop
-- Grain: one row a dossier, person, signaalsoort, person it is about, bron, bronkenmerk and joined period; a tax year and
--        each change among medebewoners (signaalreden) are facts of their own
-- Reads: ib_samenloopsignaal, uitkering, koppeling
-- Purpose: monthly signals of one fact as one fact: since when, over which days it overlaps with the uitkering, and what
--          the signal of the last days says of it. A signal that corrects one with the same key has already taken its
--          place. koppeling_zeker says whether it is certain who all of it is about.
with aangeleverd as (
    select distinct
        dossiernummer,
        unnest([burgerservicenummer, partner_burgerservicenummer]) as bsn
    from uitkering_op($stand, $peildatum)
),

gelezen as (
    select
        s.* exclude (betreft_burgerservicenummer),
        case when len(k.mogelijk) = 1 then k.mogelijk[1] else s.betreft_burgerservicenummer end
            as betreft_burgerservicenummer,
        -- The dienst itself named dossier and person; where both come back together they prove each other.
        least(
            case when (s.dossiernummer, s.burgerservicenummer) in (from aangeleverd) then 2 else 0 end,
            case
                when k.id is not null or s.betreft_burgerservicenummer is not null then zekerheid(k.zeker)
                else 2
            end
        ) as zekerheid,
        case when signaalsoort = 'KOSTENDELERS' then signaalreden end as verandering,
        case when betreft_burgerservicenummer is null then k.links_sleutel end as genoemde,
        kan_vanaf(datum_aanvang_samenloop) as kan_vanaf,
        kan_tot(datum_einde_samenloop) as kan_tot
    from ib_samenloopsignaal_op($stand, $peildatum) as s
    left join koppeling as k
        on
            k.soort = 'betreft'
            and s.dossiernummer = k.bij
            and wie(
                s.betreft_burgerservicenummer, s.betreft_voorletters, s.betreft_voorvoegsel, s.betreft_geslachtsnaam,
                s.betreft_geboortedatum
            ) = k.wie
),

naast_eerdere as (
    select
        *,
        max(kan_tot) over (
            partition by
                dossiernummer, burgerservicenummer, signaalsoort, betreft_burgerservicenummer, genoemde, bron, bronkenmerk,
                belastingjaar, verandering
            order by kan_vanaf
            rows between unbounded preceding and 1 preceding
        ) as eerder_tot
    from gelezen
),

-- Rows that begin on the same day are in the same period, in whatever order they come.
genummerd as (
    select
        *,
        count(*) filter (where kan_vanaf > eerder_tot + 1) over (
            partition by
                dossiernummer, burgerservicenummer, signaalsoort, betreft_burgerservicenummer, genoemde, bron, bronkenmerk,
                belastingjaar, verandering
            order by kan_vanaf
            range between unbounded preceding and current row
        ) as periode
    from naast_eerdere
),

samengevoegd as (
    select
        dossiernummer,
        burgerservicenummer,
        signaalsoort,
        betreft_burgerservicenummer,
        bron,
        bronkenmerk,
        belastingjaar,
        min(kan_vanaf) as vanaf,
        -- Signals that do not say when the fact began leave that to those that do.
        case
            when min(vroegst(datum_aanvang_feit)) = min(hele_datum(datum_aanvang_feit))
                then min(hele_datum(datum_aanvang_feit))
        end as aanvang_feit,
        case
            when min(kan_vanaf) = min(hele_datum(datum_aanvang_samenloop))
                then min(hele_datum(datum_aanvang_samenloop))
        end as aanvang_samenloop,
        case
            when max(kan_tot) = max(hele_datum(datum_einde_samenloop)) then max(hele_datum(datum_einde_samenloop))
        end as einde_samenloop,
        max(leveringsdatum) as leveringsdatum,
        max_by(
            {
                'signaalreden': signaalreden,
                'einde_feit': datum_einde_feit,
                'einde_samenloop': datum_einde_samenloop,
                'cent': bedrag_cent,
                'teken': bedrag_teken,
                'periode': bedrag_periode,
                'bedragsoort': bedragsoort,
                'is_correctie': is_correctie
            },
            -- The last period; of one period the last delivery; the key, so that it is always the same one.
            datum_aanvang_samenloop || leveringsdatum || signaal_sleutel
        ) as laatste,
        count(*)::int as signalen,
        min(zekerheid) as zekerheid,
        sha256(array_to_string(list_sort(list(rij_hash)), '')) as rijen
    from genummerd
    group by
        dossiernummer, burgerservicenummer, signaalsoort, betreft_burgerservicenummer, genoemde, bron, bronkenmerk,
        belastingjaar, verandering, periode
)

select
    s.dossiernummer,
    s.burgerservicenummer,
    s.signaalsoort,
    s.laatste.signaalreden,
    s.betreft_burgerservicenummer,
    s.bron,
    s.bronkenmerk,
    s.belastingjaar,
    s.vanaf,
    s.aanvang_feit,
    hele_datum(s.laatste.einde_feit) as einde_feit,
    open_einde(s.laatste.einde_feit) as einde_feit_open,
    s.aanvang_samenloop,
    s.einde_samenloop,
    open_einde(s.laatste.einde_samenloop) as einde_samenloop_open,
    hele_datum(s.leveringsdatum) as leveringsdatum,
    bedrag(s.laatste.cent, s.laatste.teken) as bedrag_cent,
    cent_per_maand(s.laatste.cent, s.laatste.teken, s.laatste.periode) as bedrag_maand_cent,
    s.laatste.bedragsoort,
    case s.laatste.is_correctie when '1' then true when '2' then false end as is_correctie,
    s.signalen,
    is_zeker(s.zekerheid) as koppeling_zeker,
    s.rijen
from samengevoegd as s
