-- View: huishouden
-- Grain: one row a running uitkering and a person who lives at its address by the BRP, or whom the dienst knows there
-- Reads: dossier, persoon, relatie, bekende_medebewoner, brp_persoon, koppeling, koppel_persoon, koppel_besluit,
--        samenloop, student
-- Purpose: the residents of the address in the BRP beside those the dienst knows, and what DUO adds where it delivers.
with bekend as (
    select
        k.uitkering_id,
        -- Whom the dienst names is that person, once that is certain; before that whoever has the number it wrote.
        case when l.zeker then l.anummer end as anummer,
        coalesce(case when l.zeker then l.bsn end, k.medebewoner_burgerservicenummer) as bsn,
        k.rol,
        k.datum_aanvang::date as sinds,
        l.zeker
    from bekende_medebewoner_op($stand, $peildatum) as k
    left join koppeling as l
        on
            l.soort = 'medebewoner'
            and concat_ws('|', k.uitkering_id, k.rol, k.datum_aanvang, k.vastgesteld_op) = l.bij
            and wie(
                k.medebewoner_burgerservicenummer, k.medebewoner_voorletters, k.medebewoner_voorvoegsel,
                k.medebewoner_geslachtsnaam, k.medebewoner_geboortedatum
            ) = l.wie
    where loopt(k.datum_aanvang, k.datum_einde, $peildatum) and (k.medebewoner_burgerservicenummer is not null or l.zeker)
    union all
    select
        uitkering_id,
        null as anummer,
        partner_bsn as bsn,
        'PARTNER' as rol,
        null as sinds,
        null as zeker
    from dossier
    where partner_bsn is not null
),

bewoner as (
    select
        d.uitkering_id,
        p.*
    from dossier as d
    inner join persoon as p on d.adres_brp = p.adres_sleutel and p.woont and d.anummer <> p.anummer
),

-- Two open rows for one person: what counts for the norm goes first.
bekende_bewoner as (
    select
        w.uitkering_id,
        w.anummer,
        min_by(k.rol, case when k.rol = 'KOSTENDELER' then 0 else 1 end) as rol,
        min(k.sinds) as sinds,
        min(coalesce(k.bsn, w.bsn, w.anummer)) as sleutel
    from bewoner as w
    inner join bekend as k
        on w.uitkering_id = k.uitkering_id and coalesce(w.anummer = k.anummer, w.bsn = k.bsn)
    group by w.uitkering_id, w.anummer
),

bekende_elders as (
    select
        k.uitkering_id,
        coalesce(k.bsn, k.anummer) as sleutel,
        min_by(k.rol, case when k.rol = 'KOSTENDELER' then 0 else 1 end) as rol,
        min(k.sinds) as sinds,
        coalesce(bool_or(not k.zeker), false) as onzeker
    from bekend as k
    where
        not exists (
            from bewoner as w
            where w.uitkering_id = k.uitkering_id and coalesce(k.anummer = w.anummer, k.bsn = w.bsn)
        )
    group by k.uitkering_id, coalesce(k.bsn, k.anummer)
),

-- A known person who is not registered at the address: where are they now?
elders as (
    select * from persoon
    where bsn is not null and bsn_uniek
),

-- Somebody the BRP knew on an earlier day and no longer holds; only a full delivery says so.
verdwenen as (
    select distinct burgerservicenummer as bsn
    from brp_persoon_bekend($stand)
    where
        weg and peil_tot <= $peildatum and burgerservicenummer is not null
        and anummer not in (select anummer from brp_persoon_op($stand, $peildatum))
),

samen as (
    select
        w.uitkering_id,
        coalesce(k.sleutel, w.anummer) as sleutel,
        case when w.bsn_uniek then w.bsn end as bsn,
        true as woont_op_adres,
        k.rol as bekende_rol,
        k.sinds as bekend_sinds,
        false as bekende_onzeker,
        w.persoon_sleutel,
        w.sinds as bewoner_sinds,
        w.sinds_geschreven,
        w.kostendelersleeftijd_bereikt,
        w.kostendelersleeftijd_op,
        w.in_onderzoek as bewoner_in_onderzoek,
        w.geheim as bewoner_geheim,
        w.anummer in (select over from onvolledig_op($stand)) as bewoner_onvolledig,
        w.bsn is null or not w.bsn_uniek as bewoner_zonder_sleutel,
        w.rij_hash
    from bewoner as w
    left join bekende_bewoner as k on w.uitkering_id = k.uitkering_id and w.anummer = k.anummer
    union all
    select
        k.uitkering_id,
        k.sleutel,
        k.sleutel as bsn,
        false as woont_op_adres,
        k.rol,
        k.sinds,
        k.onzeker,
        e.persoon_sleutel,
        null as bewoner_sinds,
        null as sinds_geschreven,
        null as kostendelersleeftijd_bereikt,
        null as kostendelersleeftijd_op,
        false as bewoner_in_onderzoek,
        false as bewoner_geheim,
        false as bewoner_onvolledig,
        false as bewoner_zonder_sleutel,
        null as rij_hash
    from bekende_elders as k
    left join elders as e on k.sleutel = e.bsn
),

-- Whoever the belanghebbende is married to by the BRP, or most likely is.
echtgenoot as (
    select distinct
        uitkering_id,
        ander_sleutel
    from relatie
    where
        van = 'belanghebbende' and soort = 'partner' and anummer is not null
        and coalesce(vroegst(datum_sluiting) <= $peildatum, true) and not gebeurd(datum_ontbinding, $peildatum)
),

studerend as (
    select
        persoon_sleutel,
        bool_or(uitgezonderd) as zeker,
        bool_or(misschien_uitgezonderd) as misschien
    from student
    group by persoon_sleutel
),

uitgezonderd as (
    select
        s.*,
        t.ander_sleutel is not null as echtgenoot,
        coalesce(d.zeker, false) as studeert,
        coalesce(d.misschien and not d.zeker, false) as studeert_misschien
    from samen as s
    left join echtgenoot as t on s.uitkering_id = t.uitkering_id and s.persoon_sleutel = t.ander_sleutel
    left join studerend as d on s.persoon_sleutel = d.persoon_sleutel
),

-- Whom the law leaves out is nobody whom the dienst would have counted.
geteld as (
    select
        *,
        row_number() over (order by uitkering_id, sleutel, persoon_sleutel) as rij,
        count(*) filter (
            where woont_op_adres and bekende_rol is null and kostendelersleeftijd_bereikt and not studeert and not echtgenoot
        ) over (partition by uitkering_id) as onbekende_bewoners
    from uitgezonderd
),

-- The same fact by another way: the Inlichtingenbureau says that somebody came or reached the age since they live here,
-- or left since the dienst knows them. Whom it names and the BRP does not show here is no row.
door_ib as (
    select distinct g.rij
    from geteld as g
    inner join dossier as d on g.uitkering_id = d.uitkering_id
    inner join samenloop as s on d.dossiernummer = s.dossiernummer and g.bsn = s.betreft_burgerservicenummer
    where
        s.signaalsoort = 'KOSTENDELERS' and s.koppeling_zeker
        and case
            when g.woont_op_adres
                then s.signaalreden in ('INWONING', '27E_VERJAARDAG') and s.aanvang_feit >= g.bewoner_sinds
            else s.signaalreden = 'VERTREK' and s.aanvang_feit >= g.bekend_sinds
        end
),

-- Housemates of whom the dienst does not say for certain who they are: each could be anybody who comes or goes, until
-- a human says no. Of more than one the likeliest is asked about first.
vraag as (
    select
        g.rij,
        k.links_sleutel,
        p.persoon_sleutel,
        p.inhoud,
        case when k.persoon_sleutel = p.persoon_sleutel then k.band else 'geen' end as band,
        case when k.persoon_sleutel = p.persoon_sleutel then k.gewicht end as gewicht
    from geteld as g
    inner join koppeling as k on g.uitkering_id = k.uitkering_id and k.soort = 'medebewoner' and not k.zeker
    left join koppel_persoon as p on g.persoon_sleutel = p.persoon_sleutel
    left join koppel_besluit as b on k.id = b.id and p.id = b.register_id and not b.zelfde
    where b.id is null
    qualify row_number() over (partition by g.rij order by gewicht desc nulls last, k.links_sleutel asc) = 1
)

select
    d.uitkering_id,
    d.dossiernummer,
    d.consulent_id,
    -- Whom the dienst knows goes by the dienst's own key, so that the BRP losing sight of them makes no new finding.
    case
        when g.bekende_rol is not null then substr(sha256($sleutel || '|bsn|' || g.sleutel), 1, 16)
        else g.persoon_sleutel
    end as bewoner_sleutel,
    case when g.woont_op_adres then g.persoon_sleutel end as persoon_sleutel,
    g.woont_op_adres,
    g.bekende_rol,
    g.bekend_sinds,
    g.bewoner_sinds,
    g.sinds_geschreven as bewoner_sinds_geschreven,
    coalesce(g.kostendelersleeftijd_bereikt, e.kostendelersleeftijd_bereikt) as kostendelersleeftijd_bereikt,
    g.kostendelersleeftijd_op,
    case
        when g.bewoner_sinds is not null and d.adres_brp_sinds is not null and g.kostendelersleeftijd_op is not null
            then greatest(g.bewoner_sinds, d.adres_brp_sinds, g.kostendelersleeftijd_op)
    end as telt_mee_sinds,
    g.kostendelersleeftijd_op <= $peildatum + $kostendeler_vooraf_dagen::int as kostendelersleeftijd_nabij,
    -- Who was younger when they came to live together, and when the uitkering began: then the birthday is the change.
    -- Since when they live together may be unknown: then perhaps. Of a birthday that is not known R03 did not tell.
    coalesce(g.kostendelersleeftijd_op <= $peildatum and g.kostendelersleeftijd_op > d.uitkering_sinds, false)
    and g.kostendelersleeftijd_op > g.bewoner_sinds
    and g.kostendelersleeftijd_op > d.adres_brp_sinds as kostendelersleeftijd_hier,
    g.bewoner_in_onderzoek or coalesce(e.in_onderzoek, false) as bewoner_in_onderzoek,
    coalesce(e.briefadres, false) as bewoner_briefadres,
    case
        when g.woont_op_adres then null
        when e.overleden then 'overleden'
        when e.in_buitenland then 'naar het buitenland'
        when e.opgeschort then 'uitgeschreven'
        -- Another key for the same written address is no move.
        when (e.woont and e.adres_geschreven is distinct from d.adres_brp_geschreven) or e.briefadres then 'verhuisd'
        when v.bsn is not null then 'niet meer in de BRP van deze gemeente'
    end as vertrek,
    case
        when g.woont_op_adres then null
        when e.overleden then e.gestorven_op
        when e.in_buitenland then e.buitenland_sinds
        when e.opgeschort then e.opgeschort_op
        when e.adres_sleutel = d.adres_dienst then d.adres_brp_sinds
        else e.sinds
    end as vertrokken_op,
    d.adres_brp is not null as adres_bekend,
    d.belanghebbende_21,
    g.onbekende_bewoners::int as onbekende_bewoners,
    d.onbenoemde_kostendelers,
    i.rij is not null as ib_gezien,
    g.bewoner_zonder_sleutel or q.rij is not null as koppeling_onzeker,
    g.bekende_onzeker,
    g.echtgenoot,
    q.links_sleutel as koppel_links,
    q.persoon_sleutel as koppel_rechts,
    q.inhoud as koppel_inhoud,
    q.band as koppel_band,
    q.gewicht::bigint as koppel_gewicht,
    g.studeert,
    g.studeert_misschien,
    d.gemeld_huisgenoot_in,
    d.gemeld_huisgenoot_uit,
    d.huishouden_in_onderzoek,
    d.overlijden_in_huishouden,
    d.geheim or g.bewoner_geheim as geheim,
    d.vertegenwoordiger,
    d.gegevens_onvolledig or g.bewoner_onvolledig as gegevens_onvolledig,
    d.brief_mogelijk,
    d.bewoners_op_adres::int as bewoners_op_adres,
    d.massa_adres,
    d.instelling,
    coalesce(g.rij_hash, e.rij_hash) as rij_bewoner,
    d.rij_uitkering
from geteld as g
inner join dossier as d on g.uitkering_id = d.uitkering_id
left join elders as e on not g.woont_op_adres and g.sleutel = e.bsn
left join verdwenen as v on not g.woont_op_adres and g.sleutel = v.bsn
left join door_ib as i on g.rij = i.rij
left join vraag as q on g.rij = q.rij
