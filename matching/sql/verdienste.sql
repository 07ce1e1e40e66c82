-- View: verdienste
-- Grain: one row a running uitkering, a person it is paid to and an income of theirs: an inkomstenverhouding
-- Reads: dossier, persoon, inkomen, samenloop, koppeling, koppel_persoon, koppel_besluit
-- Purpose: which income UWV or the Inlichtingenbureau knows of, and whether the dienst sets it off. The two tell of one
--          inkomstenverhouding where the bronkenmerk of the one is loonheffingennummer and volgnummer of the other.
--          Income over days before the uitkering began does not count (32 lid 1 b Pw), nor does that of a child
--          (31 lid 2 h), who is nobody an uitkering is paid to.
--          Loon is gross and what is set off is net. So that this alone makes no difference, the least is compared that
--          may be left to set off: the lowest month, less loonheffing and vakantietoeslag, less the largest vrijlating.
--          Of more incomes the dienst knows those that come to what it sets off, and then those of the older employers.
with betrokkene as (
    select
        d.*,
        p.bsn
    from (
        select
            uitkering_id,
            dossiernummer,
            uitkering_sinds,
            verrekend_cent,
            'belanghebbende' as rol,
            persoon_sleutel,
            false as partner_elders
        from dossier
        union all
        select
            uitkering_id,
            dossiernummer,
            uitkering_sinds,
            verrekend_cent,
            'partner' as rol,
            partner_sleutel,
            partner_elders
        from dossier
        where partner_sleutel is not null
    ) as d
    inner join persoon as p on d.persoon_sleutel = p.persoon_sleutel
),

uwv as (
    select
        b.uitkering_id,
        b.persoon_sleutel,
        i.loonheffingennummer || ltrim(coalesce(i.volgnummer_ikv, ''), '0') as kenmerk,
        case
            when i.soort_ikv in ('11', '12', '13', '14', '15', '16', '17') then 'loon'
            when
                i.soort_ikv in ('18', '31', '32', '33', '35', '36', '37', '38', '39', '40', '46', '50', '52')
                then 'uitkering'
            when i.soort_ikv in ('22', '24') then 'AOW of Anw'
            when i.soort_ikv in ('21', '23', '53', '55', '56', '57', '58', '59', '60', '63') then 'pensioen'
        end as soort,
        i.aanvang,
        i.aanvang_geschreven,
        i.loopt,
        list_filter(i.bedragen, lambda m: greatest(m['vanaf'], i.aanvang) >= b.uitkering_sinds) as bedragen,
        i.koppeling_zeker,
        i.rijen
    from betrokkene as b
    inner join inkomen as i on b.bsn = i.burgerservicenummer
),

-- A month that began before the uitkering says nothing; a signal is about the last of the months that it is about.
signaal as (
    select
        b.uitkering_id,
        b.persoon_sleutel,
        regexp_replace(
            regexp_replace(upper(s.bronkenmerk), '[^0-9A-Z]', '', 'g'), '^([0-9]{9}L[0-9]{2})0+', '\1'
        ) as kenmerk,
        case when bool_and(s.bron = 'SVB') then 'AOW of Anw' end as soort,
        coalesce(min(s.aanvang_feit) filter (where s.signaalsoort = 'INKOMEN'), min(s.aanvang_feit)) as aanvang,
        max_by(s.bedrag_maand_cent, coalesce(s.einde_samenloop, s.leveringsdatum))
        filter (where s.bedragsoort = 'INDICATIEF_NETTO') as netto,
        case
            when bool_or(s.einde_feit < $peildatum) filter (where s.signaalsoort = 'INKOMEN') then false
            when
                max(s.leveringsdatum) >= $peildatum - $opgave_dagen
                and coalesce(
                    bool_and(s.einde_feit_open or s.einde_feit >= $peildatum) filter (where s.signaalsoort = 'INKOMEN'),
                    true
                ) then true
        end as loopt,
        is_zeker(min(zekerheid(s.koppeling_zeker))) as koppeling_zeker,
        sha256(array_to_string(list_sort(list(s.rijen)), '')) as rijen
    from betrokkene as b
    inner join samenloop as s
        on b.dossiernummer = s.dossiernummer and coalesce(s.betreft_burgerservicenummer, s.burgerservicenummer) = b.bsn
    where
        s.signaalsoort in ('INKOMEN', 'OIB')
        and (
            s.aanvang_feit >= b.uitkering_sinds or s.einde_samenloop_open or s.einde_samenloop > last_day(b.uitkering_sinds)
        )
    group by b.uitkering_id, b.persoon_sleutel, kenmerk
),

-- A signal without a mark that can be read is perhaps about what UWV tells of as well: then it is left to UWV.
samen as (
    select
        coalesce(u.uitkering_id, s.uitkering_id) as uitkering_id,
        coalesce(u.persoon_sleutel, s.persoon_sleutel) as persoon_sleutel,
        coalesce(u.kenmerk, s.kenmerk, '') as kenmerk,
        coalesce(u.soort, s.soort) as soort,
        case when u.rijen is null then s.aanvang else u.aanvang end as aanvang,
        coalesce(u.aanvang_geschreven, strftime(s.aanvang, '%Y%m%d'), 'onbekend') as aanvang_geschreven,
        case when u.rijen is null then s.loopt else u.loopt end as loopt,
        case
            when u.rijen is null then s.netto
            else list_min(list_transform(u.bedragen, lambda m: m['netto']))
        end as netto,
        coalesce(list_max(list_transform(u.bedragen, lambda m: m['loon'])), s.netto) as hoogst,
        -- What UWV says without a name beside the number, a signal can prove; what it contradicts it can't.
        coalesce(u.koppeling_zeker, s.koppeling_zeker) as koppeling_zeker,
        case
            when s.rijen is null then 'UWV'
            when u.rijen is null then 'het Inlichtingenbureau'
            else 'UWV en het Inlichtingenbureau'
        end as bekend_bij,
        sha256(concat_ws('|', u.rijen, s.rijen)) as rijen
    from uwv as u
    full join signaal as s
        on u.uitkering_id = s.uitkering_id and u.persoon_sleutel = s.persoon_sleutel and u.kenmerk = s.kenmerk
    where
        len(u.bedragen) > 0
        or (
            s.rijen is not null
            and (
                coalesce(regexp_matches(s.kenmerk, '^[0-9]{9}L[0-9]{2}'), false)
                or s.persoon_sleutel not in (select persoon_sleutel from uwv)
            )
        )
),

begrensd as (
    select
        s.*,
        b.* exclude (uitkering_id, persoon_sleutel),
        -- A next contract with the same employer is no new work.
        min(s.aanvang) over (partition by s.uitkering_id, s.persoon_sleutel, substr(s.kenmerk, 1, 12)) as werkgever_sinds,
        s.netto * (100 - $vrijlating_procent::int) // 100 as laagst
    from samen as s
    inner join betrokkene as b on s.uitkering_id = b.uitkering_id and s.persoon_sleutel = b.persoon_sleutel
),

opgeteld as (
    select
        *,
        sum(greatest(laagst, 0)) filter (where loopt) over (
            partition by uitkering_id
            order by
                coalesce(koppeling_zeker, false) desc, coalesce(verrekend_cent between laagst and hoogst + $inkomen_drempel_cent::bigint, false) desc,
                werkgever_sinds asc nulls last, aanvang asc nulls last, kenmerk asc, persoon_sleutel asc
            rows between unbounded preceding and current row
        ) as samen_laagst
    from begrensd
),

-- Rows of UWV of which it is a question whether they are about this person: the likeliest is asked about first.
vraag as (
    select
        p.persoon_sleutel,
        k.links_sleutel,
        p.inhoud,
        case when k.persoon_sleutel = p.persoon_sleutel then k.band else 'geen' end as band,
        case when k.persoon_sleutel = p.persoon_sleutel then k.gewicht end as gewicht
    from koppeling as k
    inner join koppel_persoon as p on list_contains(k.mogelijk, p.bsn)
    left join koppel_besluit as b on k.id = b.id and p.id = b.register_id and not b.zelfde
    where k.soort = 'uwv' and not k.zeker and b.id is null
    qualify row_number() over (partition by p.persoon_sleutel order by gewicht desc nulls last, k.links_sleutel asc) = 1
)

select
    o.uitkering_id,
    o.persoon_sleutel,
    o.rol,
    o.partner_elders,
    -- Of an income without a mark only the first day tells it from another one.
    substr(sha256($sleutel || '|inkomen|' || coalesce(nullif(o.kenmerk, ''), o.aanvang_geschreven)), 1, 16) as inkomen_sleutel,
    o.soort,
    o.aanvang,
    o.loopt,
    o.laagst as bedrag_laagst_cent,
    o.hoogst as bedrag_hoogst_cent,
    -- Of an income of unknown size it is certain only where nothing is set off at all.
    case
        when o.laagst is null then o.verrekend_cent = 0
        else o.laagst > 0 and o.samen_laagst > o.verrekend_cent + $inkomen_drempel_cent::bigint
    end as niet_verrekend,
    o.soort is null or o.laagst is null as inkomen_onduidelijk,
    o.bekend_bij,
    not o.koppeling_zeker as koppeling_onzeker,
    q.links_sleutel as koppel_links,
    case when q.links_sleutel is not null then o.persoon_sleutel end as koppel_rechts,
    q.inhoud as koppel_inhoud,
    q.band as koppel_band,
    q.gewicht::bigint as koppel_gewicht,
    o.rijen as rij_bewoner
from opgeteld as o
left join vraag as q on not coalesce(o.koppeling_zeker, false) and o.persoon_sleutel = q.persoon_sleutel
