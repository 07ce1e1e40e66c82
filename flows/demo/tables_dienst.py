"""What the dienst knows of a town as the tables of its delivery, all text."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from contracts.tables import TABLES
from flows.demo.dwellings import CITY
from flows.demo.identity import with_identity
from flows.demo.numbers import spread
from flows.demo.representatives import offices
from flows.demo.town import Town

#: Norms in cents a month with vakantietoeslag: Pw 20 lid 1 a, 21 a, 21 b and 23 (lid 1 a with lid 2 a), as the law
#: text gives them.
_NORMS = (
    (date(2026, 1, 1), date(2026, 6, 30), {"20_1a": 34_599, "21a": 140_150, "21b": 200_213, "23": 44_376 + 4_700}),
    (date(2026, 7, 1), date(2026, 12, 31), {"20_1a": 35_042, "21a": 141_946, "21b": 202_779, "23": 44_944 + 4_700}),
)
#: Pw 21 a of 2025-01-01.
_LAST_YEARS = 134_545
FIRST_DAY, LAST_DAY = _NORMS[0][0], _NORMS[-1][1]
_MOST_SHARING = 99
_HAS_EMAIL, _HAS_EMAIL_AND_WANTS_IT, _HAS_MOBILE, _VERIFIED = 0.6, 0.97, 0.8, 0.85
_HOUSEMATE = "medebewoner_burgerservicenummer"


def uitkering(town: Town) -> pl.DataFrame:
    """One row an uitkering."""
    rows = town.uitkering.join(town.woningen, on="woning", how="left", maintain_order="left")
    rows = _with_bsn(town, _with_bsn(town, rows), person="partner_nr", name="partner_burgerservicenummer")
    style, code = pl.col("postcode_stijl"), pl.col("postcode")
    spaced = pl.concat_str(code.str.head(4), pl.lit(" "), code.str.slice(4))
    typed = pl.when(style.str.contains(" ")).then(spaced).otherwise(code)
    rows = rows.with_columns(
        gemeentecode=pl.col("gemeente").fill_null(CITY),
        postcode=pl.when(style.str.contains("ab")).then(typed.str.to_lowercase()).otherwise(typed),
        nummeraanduiding_id=pl.when("met_bag").then("nummeraanduiding_id"),
        relatie_bewoner_huisvesting=pl.lit(None, pl.String),
        verwerkt_tot_en_met=pl.when(pl.col("datum_einde_uitkering").is_null()).then(_end_of_last_month(town.dag)),
    )
    return _deliver("uitkering", rows)


def uitkeringsperiode(town: Town) -> pl.DataFrame:
    """One row a half-year of this year in which an uitkering ran, and one for a norm that is planned."""
    rows = pl.concat([_periods_in(town, *half_year) for half_year in _NORMS if half_year[0] <= town.dag])
    planned = rows.filter(pl.col("datum_einde_periode").is_null(), pl.col("norm_21_vanaf").is_not_null())
    adult = next(norms["21a"] for first, last, norms in _NORMS if first <= town.dag <= last)
    planned = planned.with_columns(datum_aanvang_periode="norm_21_vanaf", norm_bedrag_cent=pl.lit(adult, pl.Int64))
    until = pl.col("norm_21_vanaf") - timedelta(days=1)
    rows = rows.with_columns(pl.coalesce("datum_einde_periode", until).alias("datum_einde_periode"))
    return _deliver("uitkeringsperiode", pl.concat([rows, planned.pipe(_paid)])).sort(
        "uitkering_id", maintain_order=True
    )


def bekende_medebewoner(town: Town) -> pl.DataFrame:
    """One row a housemate the dienst knows: by number and name, or by name only (``zonder_bsn``)."""
    rows = with_identity(town, _with_bsn(town, town.medebewoner, name=_HOUSEMATE), prefix="medebewoner_")
    numbered = ~pl.col("zonder_bsn").fill_null(value=False)
    rows = rows.with_columns(pl.when(numbered).then(_HOUSEMATE).alias(_HOUSEMATE))
    return _deliver("bekende_medebewoner", rows).sort("uitkering_id", maintain_order=True)


def melding(town: Town) -> pl.DataFrame:
    """One row a melding."""
    return _deliver("melding", _with_bsn(town, town.melding)).sort("melding_id")


def klantvoorkeur(town: Town) -> pl.DataFrame:
    """One row a client with a wish, with the ways to reach them that most who have a wish gave too."""
    return _deliver("klantvoorkeur", _with_bsn(town, town.voorkeur).with_columns(**_ways(town.dag))).sort(
        "burgerservicenummer"
    )


def _ways(dag: date) -> dict[str, pl.Expr]:
    """E-mail address and mobile number, made up from the person's number; most were verified in the last two years."""
    email = spread(pl.col("nr"), 31) < pl.when(pl.col("kanaal") == "EMAIL").then(_HAS_EMAIL_AND_WANTS_IT).otherwise(
        _HAS_EMAIL
    )
    mobile = spread(pl.col("nr"), 32) < _HAS_MOBILE
    return {
        "emailadres": pl.when(email).then(pl.format("inwoner{}@voorbeeld.example", "nr")),
        "emailadres_geverifieerd_op": pl.when(email).then(_verified(dag, 33)),
        "mobiel_nummer": pl.when(mobile).then(pl.format("06-{}", pl.col("nr").cast(pl.String).str.zfill(8))),
        "mobiel_geverifieerd_op": pl.when(mobile).then(_verified(dag, 35)),
    }


def _verified(dag: date, salt: int) -> pl.Expr:
    # Counted from the first of the year: what was verified stays so from one night to the next.
    since = pl.lit(dag.replace(month=1, day=1)) - pl.duration(days=(spread(pl.col("nr"), salt) * 730).cast(pl.Int64))
    return pl.when(spread(pl.col("nr"), salt + 1) < _VERIFIED).then(since)


def vertegenwoordiger(town: Town) -> pl.DataFrame:
    """One row an office or person that acts for a client, where the dienst knows more than the reference."""
    return _deliver("vertegenwoordiger", offices(town.voorkeur["bewindvoerder_of_gemachtigde"]))


def vordering(town: Town) -> pl.DataFrame:
    """One row a vordering."""
    return _deliver("vordering", town.vordering).sort("identificatienummer_vordering")


def _with_bsn(town: Town, rows: pl.DataFrame, *, person: str = "nr", name: str = "burgerservicenummer") -> pl.DataFrame:
    numbers = town.persoon.select(pl.col("nr").alias(person), pl.col("burgerservicenummer").alias(name))
    return rows.join(numbers, on=person, how="left", maintain_order="left")


def _deliver(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(TABLES[table].columns).cast(pl.String)


def _end_of_last_month(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


def _periods_in(town: Town, first: date, last: date, norms: dict[str, int]) -> pl.DataFrame:
    start, end = pl.col("datum_aanvang_uitkering"), pl.col("datum_einde_uitkering")
    closing = pl.lit(last) if last < town.dag else pl.lit(None, pl.Date)
    rows = town.uitkering.filter(start <= min(last, town.dag), (end >= first).fill_null(value=True)).with_columns(
        datum_aanvang_periode=pl.max_horizontal(start, pl.lit(first)),
        datum_einde_periode=pl.min_horizontal(end, closing),
        norm_soort=pl.lit(None, pl.String),
        norm_bedrag_cent=pl.when(pl.col("wetcode") == "PW").then(pl.coalesce(_other_norm(norms), _norm(norms))),
        inkomsten_bedrag_cent=pl.col("inkomsten"),
    )
    return _paid(rows)


def _paid(rows: pl.DataFrame) -> pl.DataFrame:
    """What is paid without vakantietoeslag: 5 percent of the norm, half-up to cents."""
    holiday = (pl.col("norm_bedrag_cent") * 5 + 50) // 100
    paid = pl.max_horizontal(pl.col("norm_bedrag_cent") - holiday - pl.col("inkomsten"), 0)
    return rows.with_columns(betaalbaar_bedrag_cent=pl.when(pl.col("norm_bedrag_cent").is_not_null()).then(paid))


def _other_norm(norms: dict[str, int]) -> pl.Expr:
    """Where the dienst uses another norm of a single person than the law gives."""
    others = {
        "van_twee": _shared(2, norms["21b"], 1), "van_2025": _LAST_YEARS,
        "zonder_toeslag": norms["21a"] - (norms["21a"] * 5 + 50) // 100,
    }  # fmt: skip
    return pl.col("norm_anders").replace_strict(others, default=None, return_dtype=pl.Int64)


def _norm(norms: dict[str, int]) -> pl.Expr:
    """The norm: with kostendelers (Pw 22a), in an inrichting (23), under 21 (20), of a couple or of one (21)."""
    couple = pl.col("partner_nr").is_not_null()
    single_shares, couple_shares = (
        pl.col("aantal_kostendelers").replace_strict(
            {count: _shared(count, norms["21b"], persons) for count in range(1, _MOST_SHARING + 1)},
            default=None, return_dtype=pl.Int64,
        )
        for persons in (1, 2)
    )  # fmt: skip
    return (
        pl.when(pl.col("aantal_kostendelers").fill_null(0) > 0)
        .then(pl.when(couple).then(couple_shares).otherwise(single_shares))
        .when("in_inrichting")
        .then(norms["23"])
        .when("jong")
        .then(norms["20_1a"])
        .when(couple)
        .then(norms["21b"])
        .otherwise(norms["21a"])
    )


def _shared(count: int, couple_norm: int, persons: int) -> int:
    """((40 % + A x 30 %) / A) x B for each person, rounded half-up once, at the end."""
    exact = Decimal(persons * (40 + 30 * count) * couple_norm) / (100 * count)
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
