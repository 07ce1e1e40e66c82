-- The levels of every comparison for every candidate pair, in SQL: an independent reading of what a level means.
-- Reads: paren (id, register_id), rijen and register (standardised). A level is null where a side misses it.
with paar as (
    select
        p.id,
        p.register_id,
        columns(l.* exclude (id)) as 'r_\0',
        columns(g.* exclude (id)) as 'g_\0'
    from paren as p
    inner join rijen as l on p.id = l.id
    inner join register as g on p.register_id = g.id
),

deel as (
    select
        *,
        coalesce(r_stam = g_stam, false) as aa,
        coalesce(r_stam = g_stam2, false) as ab,
        coalesce(r_stam2 = g_stam, false) as ba,
        coalesce(r_stam2 = g_stam2, false) as bb,
        round(greatest(
            coalesce(jaro_winkler_similarity(r_stam, g_stam), 0), coalesce(jaro_winkler_similarity(r_stam, g_stam2), 0),
            coalesce(jaro_winkler_similarity(r_stam2, g_stam), 0), coalesce(jaro_winkler_similarity(r_stam2, g_stam2), 0)
        ), 9) as lijkt,
        coalesce(
            r_stam is distinct from g_stam and r_voornaam is distinct from g_voornaam
            and round(jaro_winkler_similarity(r_stam, g_voornaam), 9) >= 0.92
            and round(jaro_winkler_similarity(r_voornaam, g_stam), 9) >= 0.92, false
        ) as gewisseld,
        r_voornaam is not null and g_voornaam is not null as met_naam,
        nullif(substr(r_voorletters, 2), '') as r_rest,
        nullif(substr(g_voorletters, 2), '') as g_rest,
        coalesce(r_jaar = g_jaar, false) as jaar,
        coalesce(r_maand = g_maand, false) as maand,
        coalesce(r_dag = g_dag, false) as dag,
        r_maand is not null and g_maand is not null as maanden,
        r_dag is not null and g_dag is not null as dagen,
        coalesce(length(r_postcode) = 6 and r_postcode = g_postcode, false) as code
    from paar
)

select
    id,
    register_id,
    case
        when r_stam is null or g_stam is null then null
        when (aa and bb) or (ab and ba) then 5
        when aa or ab or ba or bb then 4
        when gewisseld then 3
        when lijkt >= 0.92 then 2
        when lijkt >= 0.84 then 1
        else 0
    end as geslachtsnaam,
    case
        when r_voorletters is null or g_voorletters is null or gewisseld then null
        when met_naam and r_voornaam = g_voornaam then 4
        when met_naam and round(jaro_winkler_similarity(r_voornaam, g_voornaam), 9) >= 0.9 then 3
        when r_voorletters[1] <> g_voorletters[1] then 0
        when met_naam then 1
        else 2
    end as voornaam,
    case
        when r_rest is null or g_rest is null then null
        when r_rest = g_rest then 2
        when starts_with(r_rest, g_rest) or starts_with(g_rest, r_rest) then 1
        else 0
    end as voorletters,
    case
        when r_jaar is null or g_jaar is null then null
        when dagen and jaar and maand and dag then 6
        when dagen and jaar and r_maand = g_dag and r_dag = g_maand then 3
        when dagen and jaar::int + maand::int + dag::int = 2 then 2
        when jaar and not maanden then 4
        when jaar and maanden and not dagen and maand then 5
        when jaar then 1
        else 0
    end as geboortedatum,
    case
        when r_postcode is null or g_postcode is null then null
        when code and r_huisnummer = g_huisnummer and r_toevoeging is not distinct from g_toevoeging then 4
        when code and r_huisnummer = g_huisnummer then 3
        when code then 2
        when left(r_postcode, 4) = left(g_postcode, 4) then 1
        else 0
    end as adres,
    case when r_geslacht is null or g_geslacht is null then null else (r_geslacht = g_geslacht)::int end as geslacht,
    (r_bsn = g_bsn)::int as bsn
from deel
order by id, register_id
