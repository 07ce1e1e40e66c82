-- View: omstandigheid
-- Grain: one row a dossier with a running uitkering
-- Reads: dossier, kind, persoon, signaal_ib, brp_relatie, klantvoorkeur, vertegenwoordiger
-- Purpose: what decides how somebody is spoken to, whatever is found: whether one of them is detained, a child lives
--          with neither of its parents, and what they asked for themselves. Null = nobody can say.
with ouder as (
    select
        anummer,
        gerelateerde_anummer as van_anummer,
        gerelateerde_burgerservicenummer as van_bsn
    from brp_relatie_op($stand, $peildatum)
    where soort in ('ouder1', 'ouder2')
),

-- The dwellings in which a parent of a child lives.
bij_ouder as (
    select distinct
        k.kind_sleutel,
        o.adres_sleutel
    from (select distinct kind_sleutel from kind) as k
    inner join persoon as c on k.kind_sleutel = c.persoon_sleutel
    inner join ouder as r on c.anummer = r.anummer
    inner join persoon as o on o.woont and (r.van_anummer = o.anummer or (r.van_bsn = o.bsn and o.bsn_uniek))
),

-- A child under 18 that does not live here: with another parent, elsewhere, or nobody knows where. Of a dwelling in
-- which nobody has an uitkering nothing is kept.
elders as (
    select
        k.uitkering_id,
        case
            when b.kind_sleutel is not null then false
            when p.woont and k.minderjarig then true
        end as uit_huis
    from kind as k
    left join persoon as p on k.kind_sleutel = p.persoon_sleutel
    left join bij_ouder as b on k.kind_sleutel = b.kind_sleutel and p.adres_sleutel = b.adres_sleutel
    where not k.woont_op_adres and coalesce(k.minderjarig, true) and not coalesce(p.overleden, false)
),

kinderen as (
    select
        uitkering_id,
        -- One that certainly is weighs more than one of whom nobody knows.
        case when bool_or(coalesce(uit_huis, false)) then true when bool_or(uit_huis is null) then null else false end
            as elders
    from elders
    group by uitkering_id
),

detentie as (
    select
        uitkering_id,
        case
            when bool_or(loopt_nog and not signaal_onzeker) then true
            when bool_or(loopt_nog) then null
            else false
        end as nu
    from signaal_ib
    where soort = 'DETENTIE'
    group by uitkering_id
),

-- Who may know all about the money of a client, and can be written to. Under curatele that is a curator alone, and of a
-- couple the one who acts for both, where somebody acts for the partner.
bereikbaar as (
    select d.uitkering_id
    from dossier as d
    inner join uitkering_op($stand, $peildatum) as u on d.uitkering_id = u.uitkering_id
    inner join klantvoorkeur_op($stand, $peildatum) as v on u.burgerservicenummer = v.burgerservicenummer
    inner join vertegenwoordiger_op($stand, $peildatum) as w on v.bewindvoerder_of_gemachtigde = w.verwijzing
    left join klantvoorkeur_op($stand, $peildatum) as vp on u.partner_burgerservicenummer = vp.burgerservicenummer
    left join persoon as b on d.persoon_sleutel = b.persoon_sleutel
    left join persoon as p on d.partner_sleutel = p.persoon_sleutel
    where
        w.naam is not null
        and postadres_heel(w.straatnaam_of_postbus, w.huisnummer, w.postcode, w.woonplaats)
        and coalesce(w.datum_einde::date >= $peildatum, true)
        and w.soort in ('BEWINDVOERDER', 'CURATOR')
        and (w.soort = 'CURATOR' or not (coalesce(b.curatele, true) or coalesce(p.curatele, false)))
        and coalesce(vp.bewindvoerder_of_gemachtigde, w.verwijzing) = w.verwijzing
        and (vp.bewindvoerder_of_gemachtigde is not null or not coalesce(p.curatele, false))
)

select
    d.dossiernummer,
    case when bool_or(t.uitkering_id is not null) then bool_or(t.nu) else false end as gedetineerd,
    case when bool_or(k.uitkering_id is not null) then bool_or(k.elders) else false end as kind_elders,
    bool_or(coalesce(v.kanaal = 'BELLEN', false)) as wil_gebeld,
    bool_or(coalesce(v.hulp_bij_lezen <> '2', false)) as hulp_bij_lezen,
    bool_or(
        coalesce(v.kanaal = 'EMAIL', false)
        and geverifieerd(v.emailadres, v.emailadres_geverifieerd_op, $peildatum) is not null
    ) as wil_email,
    bool_or(geverifieerd(v.mobiel_nummer, v.mobiel_geverifieerd_op, $peildatum) is not null) as mobiel,
    bool_or(w.uitkering_id is not null) as vertegenwoordiger_bereikbaar
from dossier as d
inner join uitkering_op($stand, $peildatum) as u on d.uitkering_id = u.uitkering_id
left join detentie as t on d.uitkering_id = t.uitkering_id
left join kinderen as k on d.uitkering_id = k.uitkering_id
left join bereikbaar as w on d.uitkering_id = w.uitkering_id
left join klantvoorkeur_op($stand, $peildatum) as v on u.burgerservicenummer = v.burgerservicenummer
group by d.dossiernummer
