"""Rows about people as files of others hold them: with errors, in many notations, some about nobody in the register.

Each error has a share in ``SHARES``, of the rows in which it is possible; what was done to a row is kept with its
truth. Nothing here knows how a linker compares.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from bench.linking_people import ADDRESS
from flows.demo.numbers import stream

#: Of the rows in which it is possible, the share that has it.
SHARES: Mapping[str, float] = {
    "vorig_adres": 0.07, "adres_ontbreekt": 0.06, "postcode_ontbreekt": 0.04, "postcode_anders_geschreven": 0.2,
    "postcode_cijfer": 0.02, "huisnummer_cijfer": 0.015, "huisnummer_samen": 0.5, "toevoeging_ontbreekt": 0.25,
    "datum_ontbreekt": 0.03, "datum_deels": 0.015, "dag_maand_om": 0.02, "datum_cijfer": 0.02,
    "geslacht_ontbreekt": 0.12, "geslacht_fout": 0.007,
    "achternaam_tikfout": 0.06, "achternaam_y": 0.1, "achternaam_ontbreekt": 0.005, "zonder_accent": 0.7, "hoofdletters": 0.12,
    "voorvoegsel_in_naam": 0.12, "voorvoegsel_kwijt": 0.04, "voorvoegsel_vast": 0.02,
    "hele_naam": 0.25, "voorvoegsel_afgekort": 0.5, "voorvoegsel_achter": 0.3, "letters_in_naam": 0.3,
    "voornaam_tikfout": 0.04, "roepnaam": 0.03, "alleen_eerste": 0.35, "voorletters": 0.35, "voornaam_als_letters": 0.06,
    "voornaam_ontbreekt": 0.03,
}  # fmt: skip
#: How the name is written by who uses the name this way: own, partner's, partner's-own, own-partner's.
NAME_USED: Mapping[str, tuple[float, float, float, float]] = {
    "E": (0.985, 0.015, 0.0, 0.0), "P": (0.28, 0.6, 0.1, 0.02), "V": (0.22, 0.18, 0.58, 0.02), "N": (0.3, 0.08, 0.1, 0.52),
}  # fmt: skip
#: What is wrong with the BSN of a row without a sound key; the rest has none.
BSN_FAULTS: Mapping[str, float] = {"tikfout": 0.22, "nullen": 0.05, "van_huisgenoot": 0.1, "onbekend_nummer": 0.06}
#: Rows about people who are not in the register at all.
NOT_THERE = 0.12
_OWN, _PARTNERS, _PARTNERS_OWN, _OWN_PARTNERS = range(4)
_VERIFIED_ABSENT = 0.01

_CALLED = {
    "Johannes": "Hans", "Cornelis": "Kees", "Hendrik": "Henk", "Willem": "Wim", "Pieter": "Piet", "Gerrit": "Gert",
    "Petrus": "Piet", "Jacobus": "Koos", "Adrianus": "Ad", "Antonius": "Toon", "Theodorus": "Theo", "Maria": "Ria",
    "Johanna": "Annie", "Cornelia": "Corrie", "Wilhelmina": "Mien", "Hendrika": "Riek", "Elisabeth": "Betsy",
    "Catharina": "Toos", "Geertruida": "Truus", "Robert": "Rob", "Mohamed": "Mo", "Jacqueline": "Jacky",
    "Thomas": "Tom", "Daniëlle": "Daan", "Kimberley": "Kim", "Jeffrey": "Jeff",
}  # fmt: skip
_DIGRAPHS = "^(Th|Ch|Ph|IJ|Sj|Tj|St)"


def pools(people: pl.DataFrame, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split a population in the register and those it does not hold, by whole households and by single persons.

    A person who is missing while twin, father or partner is there is the hardest one not to link.
    """
    rng = stream(seed, "niet in het register")
    out = rng.random(people["huishouden"].max() + 1) < 0.003  # type: ignore[operator]
    gone = pl.Series(out).gather(people["huishouden"]) | pl.Series(rng.random(people.height) < 0.003)
    return people.filter(~gone), people.filter(gone)


def delivery(inside: pl.DataFrame, outside: pl.DataFrame, keyless: int, keyed: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """``keyless`` rows whose BSN is missing or wrong, and ``keyed`` with a BSN (295 in 16,295 somebody else's).

    Returns:
        The rows, and their truth: ``id``, ``register_id`` (null: not in the register), ``sleutel`` (whether the row
        was given a BSN as it is), what is wrong with it (``bsn_<fault>``, ``fout_<error>``), and the groups it is in.
    """
    rng = stream(seed, "wie")
    absent = rng.binomial(keyless, NOT_THERE), rng.binomial(keyed, _VERIFIED_ABSENT)
    about = pl.concat(
        [
            _sample(inside, keyless - absent[0], rng, inside=True, keyed=False),
            _sample(outside, absent[0], rng, inside=False, keyed=False),
            _sample(inside, keyed - absent[1], rng, inside=True, keyed=True),
            _sample(outside, absent[1], rng, inside=False, keyed=True),
        ]
    ).with_columns(id=pl.Series(rng.permutation(keyless + keyed) + 1)).sort("id")
    rows = _Rows(about, seed)
    rows.address()
    rows.date_and_sex()
    rows.surname()
    rows.first_names()
    rows.bsn()
    return rows.written(), rows.truth()


def _sample(people: pl.DataFrame, count: int, rng: np.random.Generator, *, inside: bool, keyed: bool) -> pl.DataFrame:
    chosen = people[np.sort(rng.choice(people.height, count, replace=False))]
    return chosen.with_columns(
        register_id=pl.col("id") if inside else pl.lit(None, pl.Int64), sleutel=pl.lit(keyed),
    )  # fmt: skip


class _Rows:
    """The rows while they are being written: each step does its errors and keeps where."""

    def __init__(self, about: pl.DataFrame, seed: int) -> None:
        self._f, self._rng = about, stream(seed, "fouten")
        self._about = about

    def _hit(self, error: str, possible: pl.Expr | None = None) -> pl.Expr:
        """Draw for which rows an error happens, keep it as ``fout_<error>`` and ``kan_<error>``."""
        can = pl.lit(value=True) if possible is None else possible.fill_null(value=False)
        drawn = pl.Series(self._rng.random(self._f.height) < SHARES[error])
        self._f = self._f.with_columns(can.alias(f"kan_{error}")).with_columns(
            (pl.col(f"kan_{error}") & drawn).alias(f"fout_{error}")
        )
        return pl.col(f"fout_{error}")

    def _where(self, hit: pl.Expr, **values: pl.Expr) -> None:
        self._f = self._f.with_columns(pl.when(hit).then(value).otherwise(pl.col(name)).alias(name) for name, value in values.items())

    def _integers(self, high: int) -> pl.Expr:
        return pl.lit(pl.Series(self._rng.integers(0, high, self._f.height)))

    def _chance(self) -> pl.Expr:
        return pl.lit(pl.Series(self._rng.random(self._f.height)))

    def _other_digit(self, column: str, low: int, high: pl.Expr | int) -> pl.Expr:
        """The text of ``column`` with the digit at a random place from ``low`` to before ``high`` changed."""
        place = low + self._integers(1_000_000) % (high - low)
        digit = pl.col(column).str.slice(place, 1).cast(pl.Int64, strict=False)
        new = ((digit + 1 + self._integers(9)) % 10).cast(pl.String)
        return pl.concat_str(pl.col(column).str.slice(0, place), new, pl.col(column).str.slice(place + 1))

    def _misspelt(self, column: str) -> pl.Expr:
        """A letter left out, doubled, replaced or swapped with the next, anywhere but at the start."""
        text, size = pl.col(column), pl.col(column).str.len_chars().cast(pl.Int64)
        place = 1 + self._integers(1_000_000) % pl.max_horizontal(size - 2, pl.lit(1))
        kind = self._integers(4)
        letter = pl.lit(pl.Series(self._rng.choice(list("aeiournsltdkm"), self._f.height)))
        before, sign, after = text.str.slice(0, place), text.str.slice(place, 1), text.str.slice(place + 1)
        next_one, rest = text.str.slice(place + 1, 1), text.str.slice(place + 2)
        return (
            pl.when(kind == 0).then(before + after).when(kind == 1).then(before + sign + sign + after)
            .when(kind == 2).then(before + letter + after).otherwise(before + next_one + sign + rest)
        )  # fmt: skip

    def address(self) -> None:
        """A former address, missing parts, and numbers as people write them."""
        self._where(self._hit("vorig_adres"), **{name: pl.col(f"vorig_{name}") for name in ADDRESS})
        suffix = pl.coalesce("huisletter", "huisnummertoevoeging")
        gone = self._hit("toevoeging_ontbreekt", suffix.is_not_null())
        self._where(gone, huisletter=pl.lit(None), huisnummertoevoeging=pl.lit(None))
        self._where(self._hit("huisnummer_cijfer"), huisnummer=self._other_digit("huisnummer", 0, pl.col("huisnummer").str.len_chars().cast(pl.Int64)))
        sign = pl.when(self._chance() < 0.5).then(pl.lit(" ")).otherwise(pl.lit("-"))
        lower = pl.when(self._chance() < 0.6).then(pl.col("huisletter").str.to_lowercase()).otherwise(pl.col("huisletter"))
        together = self._hit("huisnummer_samen", suffix.is_not_null())
        self._where(
            together, huisnummer=pl.col("huisnummer") + sign + pl.coalesce(lower, "huisnummertoevoeging"),
            huisletter=pl.lit(None), huisnummertoevoeging=pl.lit(None),
        )  # fmt: skip
        self._where(self._hit("postcode_cijfer"), postcode=self._other_digit("postcode", 0, 4))
        spaced = pl.col("postcode").str.slice(0, 4) + " " + pl.col("postcode").str.slice(4).str.to_lowercase()
        self._where(self._hit("postcode_anders_geschreven", pl.col("postcode").is_not_null()), postcode=spaced)
        self._where(self._hit("postcode_ontbreekt"), postcode=pl.lit(None))
        self._where(self._hit("adres_ontbreekt"), **{name: pl.lit(None) for name in ADDRESS})

    def date_and_sex(self) -> None:
        """Day and month swapped, a wrong digit, only the year, nothing."""
        date = pl.col("geboortedatum")
        year, month, day = date.str.slice(0, 4), date.str.slice(4, 2), date.str.slice(6, 2)
        swappable = (day <= "12") & (day != month) & (day > "00")
        self._where(self._hit("dag_maand_om", swappable), geboortedatum=year + day + month)
        self._where(self._hit("datum_cijfer", ~pl.col("fout_dag_maand_om")), geboortedatum=self._other_digit("geboortedatum", 2, 8))
        self._where(self._hit("datum_deels"), geboortedatum=year + "0000")
        self._where(self._hit("datum_ontbreekt"), geboortedatum=pl.lit(None))
        other = pl.col("geslachtsaanduiding").replace({"M": "V", "V": "M"})
        self._where(self._hit("geslacht_fout"), geslachtsaanduiding=other)
        self._where(self._hit("geslacht_ontbreekt"), geslachtsaanduiding=pl.lit(None))

    def surname(self) -> None:
        """Whose name is used, misspellings, and the ways to write a voorvoegsel."""
        self._use_name()
        long = pl.col("geslachtsnaam").str.len_chars() > 3
        self._where(self._hit("achternaam_tikfout", long), geslachtsnaam=self._misspelt("geslachtsnaam"))
        ij = pl.col("geslachtsnaam").str.contains("ij")
        self._where(self._hit("achternaam_y", ij), geslachtsnaam=pl.col("geslachtsnaam").str.replace("ij", "y", literal=True))
        prefixed = pl.col("voorvoegsel").is_not_null()
        self._where(self._hit("voorvoegsel_kwijt", prefixed), voorvoegsel=pl.lit(None))
        prefixed = pl.col("voorvoegsel").is_not_null()
        glued = (pl.col("voorvoegsel").str.replace_all("[ ']", "") + pl.col("geslachtsnaam").str.to_lowercase()).str.to_titlecase()
        self._where(self._hit("voorvoegsel_vast", prefixed), geslachtsnaam=glued, voorvoegsel=pl.lit(None))
        inside = self._hit("voorvoegsel_in_naam", pl.col("voorvoegsel").is_not_null())
        self._where(inside, geslachtsnaam=pl.col("voorvoegsel") + " " + pl.col("geslachtsnaam"), voorvoegsel=pl.lit(None))
        whole = self._hit("hele_naam")
        name = self._whole_name()
        self._f = self._f.with_columns(pl.when(whole).then(name).alias("naam"))

    def _use_name(self) -> None:
        """Put the name a person goes by where a file has its surname; the other one is seldom told."""
        draw = self._rng.random(self._f.height)
        bounds = np.array([np.cumsum(NAME_USED[use]) for use in self._f["naamgebruik"]]).reshape(-1, 4)
        used = pl.Series("naam_als", (draw[:, None] > bounds).sum(axis=1).clip(0, 3))
        self._f = self._f.with_columns(used).with_columns(
            pl.when(pl.col("partner_geslachtsnaam").is_null()).then(_OWN).otherwise("naam_als").alias("naam_als")
        )
        told = self._chance() < 0.2
        partner = pl.concat_str("partner_voorvoegsel", "partner_geslachtsnaam", separator=" ", ignore_nulls=True)
        own = pl.concat_str("voorvoegsel", "geslachtsnaam", separator=" ", ignore_nulls=True)
        used_as = pl.col("naam_als")
        self._f = self._f.with_columns(
            voorvoegsel=pl.when(used_as.is_in([_PARTNERS, _PARTNERS_OWN])).then("partner_voorvoegsel").otherwise("voorvoegsel"),
            geslachtsnaam=pl.when(used_as == _PARTNERS).then("partner_geslachtsnaam")
            .when(used_as == _PARTNERS_OWN).then(pl.col("partner_geslachtsnaam") + "-" + own)
            .when(used_as == _OWN_PARTNERS).then(pl.col("geslachtsnaam") + "-" + partner).otherwise("geslachtsnaam"),
            partner_voorvoegsel=pl.when(told & (used_as == _OWN)).then("partner_voorvoegsel"),
            partner_geslachtsnaam=pl.when(told & (used_as == _OWN)).then("partner_geslachtsnaam"),
        )  # fmt: skip

    def _whole_name(self) -> pl.Expr:
        """``v.d. Berg``, ``Berg, van der``, ``van der Berg``."""
        prefixed = pl.col("fout_hele_naam") & pl.col("voorvoegsel").is_not_null()
        short = pl.col("voorvoegsel").replace(
            {"van der": "v.d.", "van den": "v.d.", "van de": "v.d.", "van": "v.", "de": "d.", "van 't": "v.'t"}
        )
        self._where(self._hit("voorvoegsel_afgekort", prefixed), voorvoegsel=short)
        behind = self._hit("voorvoegsel_achter", prefixed)
        front = pl.concat_str("voorvoegsel", "geslachtsnaam", separator=" ", ignore_nulls=True)
        return pl.when(behind).then(pl.concat_str("geslachtsnaam", "voorvoegsel", separator=", ")).otherwise(front)

    def first_names(self) -> None:
        """All first names, the first, the name a person is called by, initials in several notations, or nothing."""
        names = pl.col("voornamen")
        self._where(self._hit("voornaam_tikfout", names.str.len_chars() > 3), voornamen=self._misspelt("voornamen"))
        first = names.str.split(" ").list.first()
        called = first.replace_strict(_CALLED, default=None)
        self._where(self._hit("alleen_eerste"), voornamen=first)
        self._where(self._hit("roepnaam", called.is_not_null()), voornamen=called)
        letters = self._hit("voorletters", ~pl.col("fout_roepnaam"))
        initial = pl.coalesce(pl.element().str.extract(_DIGRAPHS), pl.element().str.slice(0, 1))
        style = self._integers(3)
        signs = (
            pl.when(style == 0).then(names.str.split(" ").list.eval(initial).list.join(".") + ".")
            .when(style == 1).then(names.str.split(" ").list.eval(pl.element().str.slice(0, 1)).list.join(""))
            .otherwise(names.str.split(" ").list.eval(pl.element().str.slice(0, 1)).list.join(" "))
        )  # fmt: skip
        self._f = self._f.with_columns(voorletters=pl.when(letters).then(signs))
        named = self._hit("voornaam_als_letters", letters)
        self._where(named, voorletters=first)
        self._where(pl.col("fout_voorletters"), voornamen=pl.lit(None))
        gone = self._hit("voornaam_ontbreekt")
        self._where(gone, voornamen=pl.lit(None), voorletters=pl.lit(None))
        inside = self._hit("letters_in_naam", pl.col("naam").is_not_null() & pl.col("voorletters").is_not_null() & ~pl.col("fout_voornaam_als_letters"))
        behind = pl.col("naam").str.contains(", ", literal=True)
        with_letters = (
            pl.when(behind).then(pl.col("naam").str.replace(", ", pl.lit(", ") + pl.col("voorletters") + " ", literal=True))
            .otherwise(pl.col("voorletters") + " " + pl.col("naam"))
        )  # fmt: skip
        self._where(inside, naam=with_letters, voorletters=pl.lit(None))

    def bsn(self) -> None:
        """A missing or wrong BSN for rows without a key; for the others a lost zero, or a housemate's number."""
        draw, keyed, bsn = self._chance(), pl.col("sleutel"), pl.col("burgerservicenummer")
        edges = np.cumsum(list(BSN_FAULTS.values()))
        fault = pl.lit(None, pl.String)
        for name, edge in reversed(list(zip(BSN_FAULTS, edges, strict=True))):
            fault = pl.when(draw < float(edge)).then(pl.lit(name)).otherwise(fault)
        somebody = self._chance() < 295 / 16_295
        fault = pl.when(keyed).then(pl.when(somebody).then(pl.lit("van_huisgenoot"))).otherwise(fault.fill_null("ontbreekt"))
        alone = (fault == "van_huisgenoot") & pl.col("huisgenoot_bsn").is_null()
        # Who lives alone has nobody's number to be taken for the own one.
        self._f = self._f.with_columns(pl.when(alone).then(pl.when(~keyed).then(pl.lit("ontbreekt"))).otherwise(fault).alias("bsn_fout"))
        unknown = pl.col("burgerservicenummer").str.slice(0, 7) + (90 + self._integers(10)).cast(pl.String)
        self._f = self._f.with_columns(
            pl.when(pl.col("bsn_fout") == "tikfout").then(self._other_digit("burgerservicenummer", 0, 9))
            .when(pl.col("bsn_fout") == "nullen").then(pl.lit("000000000"))
            .when(pl.col("bsn_fout") == "van_huisgenoot").then("huisgenoot_bsn")
            .when(pl.col("bsn_fout") == "onbekend_nummer").then(unknown)
            .when(pl.col("bsn_fout").is_null()).then(bsn).alias("burgerservicenummer")
        )  # fmt: skip
        zero = bsn.str.starts_with("0") & (bsn != "000000000") & (self._chance() < 0.5)
        self._f = self._f.with_columns(zero.fill_null(value=False).alias("fout_nul_kwijt"))
        self._where(zero, burgerservicenummer=bsn.str.strip_chars_start("0"))

    def written(self) -> pl.DataFrame:
        """The rows as they are handed over."""
        folded = self._hit("zonder_accent")
        upper = self._hit("hoofdletters")
        no_name = self._hit("achternaam_ontbreekt")
        texts = ("naam", "voornamen", "voorletters", "voorvoegsel", "geslachtsnaam", "partner_voorvoegsel", "partner_geslachtsnaam")
        for name in texts:
            plain = pl.col(name).str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.replace_many(["ł", "ı"], ["l", "i"])
            self._where(folded, **{name: plain})
            self._where(upper, **{name: pl.col(name).str.to_uppercase()})
        whole = pl.col("naam").is_not_null()
        self._where(whole, geslachtsnaam=pl.lit(None), voorvoegsel=pl.lit(None))
        self._where(no_name, naam=pl.lit(None), geslachtsnaam=pl.lit(None), voorvoegsel=pl.lit(None))
        return self._f.select("id", "burgerservicenummer", *texts, "geboortedatum", "geslachtsaanduiding", *ADDRESS)

    def truth(self) -> pl.DataFrame:
        """What is true of each row; call it after :meth:`written`."""
        fixed = self._about["geboortedatum"].str.slice(4).is_in(["0101", "0701"])
        size = self._about["geslachtsnaam"].str.len_chars()
        parts = ("naam", "geslachtsnaam"), ("voornamen", "voorletters"), ("geboortedatum",), ("postcode",), ("huisnummer",)
        missing = pl.sum_horizontal(pl.all_horizontal(pl.col(part).is_null() for part in several) for several in parts)
        return self._f.select(
            "id", "register_id", "sleutel", "bsn_fout", "naamgebruik", "tweeling", "naamgenoot", "soort", "naam_als",
            missing.alias("ontbreekt"), "^fout_.*$", "^kan_.*$",
        ).with_columns(geboren_1_jan_jul=fixed, naamlengte=size)  # fmt: skip
