-- View: signaal_ib
-- Grain: one row a running uitkering and a fact elsewhere that overlaps with it; of vermogen one row a tax year
-- Reads: dossier, persoon, samenloop, uitkering, melding; the vermogensgrenzen by date
-- Purpose: detention, an uitkering of another gemeente and balances, as the Inlichtingenbureau passes them on, beside
--          what the dienst was told. A signal is certain where dossier and person come back as the dienst gave them.
with wie as (
    select
        d.uitkering_id,
        p.bsn,
        'belanghebbende' as rol,
        d.persoon_sleutel
    from dossier as d
    inner join persoon as p on d.anummer = p.anummer
    union all
    select
        d.uitkering_id,
        d.partner_bsn as bsn,
        'partner' as rol,
        d.partner_sleutel as persoon_sleutel
    from dossier as d
    where d.partner_bsn is not null
),

gelezen as (
    select
        *,
        coalesce(betreft_burgerservicenummer, burgerservicenummer) as bsn
    from samenloop
    where signaalsoort in ('DETENTIE', 'UITKERING_ANDERE_GEMEENTE', 'VERMOGEN') and vanaf <= $peildatum
),

-- By person; and by dossier where the person is on no running uitkering: then nobody can say who is meant.
gevonden as (
    select
        w.uitkering_id,
        w.rol,
        w.persoon_sleutel,
        s.*,
        coalesce(s.koppeling_zeker, false) and d.dossiernummer = s.dossiernummer as zeker
    from gelezen as s
    inner join wie as w on s.bsn = w.bsn
    inner join dossier as d on w.uitkering_id = d.uitkering_id
    union all by name
    select
        d.uitkering_id,
        s.*,
        false as zeker
    from gelezen as s
    inner join dossier as d on s.dossiernummer = d.dossiernummer
    left join wie as w on s.bsn = w.bsn
    where w.bsn is null
),

-- What was over before this uitkering began is about an earlier one.
signaal as (
    select
        g.*,
        substr(
            sha256(concat_ws('|', $sleutel, g.bsn, g.signaalsoort, g.bron, g.bronkenmerk, g.belastingjaar, g.vanaf)), 1, 16
        ) as feit_sleutel,
        -- An overlap without an end lasts at least until the last delivery: an end may be on its way.
        case
            when g.einde_samenloop_open then bekend_tot('ib', $stand, $peildatum)
            when g.einde_samenloop > $peildatum then $peildatum
            else g.einde_samenloop
        end as loopt_tot
    from gevonden as g
    inner join dossier as d on g.uitkering_id = d.uitkering_id
    where coalesce(g.einde_samenloop >= d.uitkering_sinds, true)
),

-- A detention that was reported, and that the dienst has dealt with.
afgehandeld as (
    select distinct s.feit_sleutel
    from signaal as s
    inner join melding_op($stand, $peildatum) as m on s.bsn = m.burgerservicenummer
    where
        s.signaalsoort = 'DETENTIE' and m.soort_wijziging = 'DETENTIE' and m.status in ('VERWERKT', 'AFGEWEZEN')
        and (
            m.ingangsdatum_wijziging::date between s.vanaf and coalesce(s.einde_samenloop, date '9999-12-31')
            or m.datum_ontvangst::date between s.vanaf and coalesce(s.einde_samenloop, date '9999-12-31')
        )
),

-- An account of both partners comes twice and is one; of two signals about it the last one counts.
rekening as (
    select
        uitkering_id,
        make_date(belastingjaar::int, 12, 31) as peil,
        coalesce(bronkenmerk, bsn) as rekening,
        max_by({ 'cent': bedrag_cent }, { 'op': leveringsdatum, 'cent': bedrag_cent }).cent as cent,
        bool_and(zeker) as zeker,
        sha256(array_to_string(list_sort(list(rijen)), '')) as rijen
    from signaal
    where signaalsoort = 'VERMOGEN' and bedragsoort = 'SALDO' and belastingjaar is not null
    group by all
),

-- A balance that can't be read makes the sum unknown. IOAW and IOAZ have no vermogensgrens of article 34.
vermogen as (
    select
        r.uitkering_id,
        r.peil,
        case when count(*) = count(r.cent) then sum(r.cent)::bigint end as cent,
        bool_and(r.zeker) as zeker,
        sha256(array_to_string(list_sort(list(r.rijen)), '')) as rijen
    from rekening as r
    inner join dossier as d on r.uitkering_id = d.uitkering_id and r.peil >= d.uitkering_sinds and not d.andere_regeling
    group by r.uitkering_id, r.peil
),

-- The leefvorm of that 31 December as the dienst had it; where that is not known any more, the one of now.
leefvorm as (
    select
        v.uitkering_id,
        v.peil,
        min(coalesce(toen.leefvorm, nu.leefvorm)) as code
    from vermogen as v
    inner join uitkering_op($stand, $peildatum) as nu on v.uitkering_id = nu.uitkering_id
    left join uitkering_bekend($stand) as toen
        on
            v.uitkering_id = toen.uitkering_id and v.peil >= toen.peil_van
            and (toen.peil_tot is null or v.peil < toen.peil_tot)
    group by v.uitkering_id, v.peil
),

grens as (
    select
        unnest($grens_vorm::text[]) as vorm,
        unnest($grens_van::date[]) as van,
        unnest($grens_tot::date[]) as tot,
        unnest($grens_cent::bigint[]) as cent
),

-- A leefvorm that says nothing certain gets the highest grens.
boven as (
    select
        v.*,
        v.cent - g.cent as boven_cent
    from vermogen as v
    inner join leefvorm as l on v.uitkering_id = l.uitkering_id and v.peil = l.peil
    left join grens as g
        on
            v.peil between g.van and g.tot
            and g.vorm
            = case l.code when '01' then 'alleenstaande' when '02' then 'alleenstaande_ouder' else 'gehuwden' end
),

feit as (
    select
        s.uitkering_id,
        s.rol,
        s.persoon_sleutel,
        s.feit_sleutel,
        s.signaalsoort as soort,
        s.aanvang_samenloop as samenloop_sinds,
        s.loopt_tot >= s.aanvang_samenloop + to_months(1) as langer_dan_een_maand,
        a.feit_sleutel is not null as al_afgehandeld,
        -- Without an end that is known it goes on.
        coalesce(s.einde_feit >= $peildatum, true) as loopt_nog,
        not s.zeker as signaal_onzeker,
        s.rijen as rij_bewoner
    from signaal as s
    left join afgehandeld as a on s.feit_sleutel = a.feit_sleutel
    where s.signaalsoort <> 'VERMOGEN'
    union all by name
    select
        b.uitkering_id,
        substr(sha256(concat_ws('|', $sleutel, b.uitkering_id, b.peil)), 1, 16) as feit_sleutel,
        'VERMOGEN' as soort,
        b.peil as vermogen_op,
        b.boven_cent > 0 as boven_grens,
        (b.boven_cent // 100)::int as boven_grens_euro,
        $peildatum <= b.peil + to_months($vermogen_hoogstens_maanden::int) as vermogen_recent,
        false as al_afgehandeld,
        not b.zeker as signaal_onzeker,
        b.rijen as rij_bewoner
    from boven as b
)

select
    d.* exclude (persoon_sleutel),
    f.* exclude (uitkering_id)
from feit as f
inner join dossier as d on f.uitkering_id = d.uitkering_id
