"""Numbers, dates and addresses in parts; what can't be is null."""

import polars as pl

from matching.linking.values import filled

#: From the last digit to the first (Wabb art. 1).
_BSN_WEIGHTS = (-1, 2, 3, 4, 5, 6, 7, 8, 9)
_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH_WORDS = {name: number for number, name in enumerate(_MONTHS, start=1)} | {"mrt": 3, "may": 5, "oct": 10}
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9"}
_YEAR_FIRST = r"^(\d{4})(?:[-/. ]?(\d{1,2})[-/. ]?(\d{1,2}))?$"
_YEAR_LAST = r"^(\d{1,2})[-/. ]?(\d{1,2}|[a-z]{3,9})[-/. ]*(\d{4})$"


def bsn(frame: pl.DataFrame) -> pl.DataFrame:
    """``bsn`` of ``burgerservicenummer``: a number, a leading zero lost in a spreadsheet or not; null where it is none.

    The elfproef of ``contracts.columns``, by arithmetic: a register of a million takes a twentieth of the time.
    """
    text = pl.col("burgerservicenummer").str.strip_suffix(".0").str.replace_many({" ": "", ".": "", "-": ""})
    tidy = frame.select(number=text.str.extract("^([0-9]{8,9})$").cast(pl.Int32, strict=False))
    digits = [pl.col("number") // 10**place % 10 for place in range(9)]
    total = pl.sum_horizontal(digit * weight for digit, weight in zip(digits, _BSN_WEIGHTS, strict=True))
    return tidy.select(bsn=pl.when((pl.col("number") > 0) & (total % 11 == 0)).then("number"))


def sex(written: pl.Expr) -> pl.Expr:
    """``m`` or ``v``; O (onbekend) says nothing."""
    letter = written.str.slice(0, 1).str.to_lowercase()
    return pl.when(letter.is_in(["m", "v"])).then(letter)


def postcode(frame: pl.DataFrame) -> pl.DataFrame:
    """``postcode`` (``1234AB``, or ``1234`` where only that is known); ``cijfers``: its digits in order of size."""
    tight = pl.col("postcode").str.replace_all(r"\s", "").str.to_uppercase()
    known = frame.select(postcode=tight.str.extract(r"^([1-9]\d{3}(?:[A-Z]{2})?)$"))
    digits = pl.col("postcode").str.slice(0, 4)
    return known.with_columns(cijfers=digits.str.split("").list.sort().list.join("") + pl.col("postcode").str.slice(4))


def house_number(frame: pl.DataFrame) -> pl.DataFrame:
    """``huisnummer`` and ``toevoeging`` of ``nummer``, all that is written of it: ``9-2``, ``35 III``, ``103 c``."""
    tidy = frame.select(pl.col("nummer").str.to_uppercase().str.replace_all(r"[^A-Z0-9]+", " ").str.strip_chars())
    number = pl.col("nummer").str.extract(r"^(\d+)").cast(pl.Int32, strict=False)
    addition = pl.col("nummer").str.replace(r"^\d+ ?", "").replace(_ROMAN).str.replace_all(" ", "")
    return tidy.select(huisnummer=pl.when(number > 0).then(number), toevoeging=filled(addition))


def birth_date(frame: pl.DataFrame) -> pl.DataFrame:
    """``datum`` (whole dates as a number, 19800301), ``jaar``, ``maand``, ``dag`` of ``geboortedatum``.

    Reads ``19800301``, ``19800000`` (year only), ``01031980``, ``1980-03-01``, ``01-03-1980``, ``1-3-1980``,
    ``1980/3/1``, ``1 maart 1980``, ``1980``. The day comes before the month, unless it then is no month. A part that
    is zero or can't be is null; so is a day that its month does not have. Without signs between them it takes eight
    digits: seven have lost their first zero in a spreadsheet, and six may mean anything.
    """
    plain = pl.col("geboortedatum").str.strip_chars().str.to_lowercase().str.replace(r"[t ]\d{1,2}:.*$", "")
    bare = plain.str.contains(r"^[0-9]{5,7}$")
    whole = pl.when(bare).then(pl.when(plain.str.len_bytes() == 7).then(plain.str.zfill(8))).otherwise(plain)  # noqa: PLR2004
    read = frame.select(whole=whole).select(
        first=pl.col("whole").str.extract_groups(_YEAR_FIRST), last=pl.col("whole").str.extract_groups(_YEAR_LAST)
    )
    first, last = (pl.col(name).struct for name in ("first", "last"))
    written = read.select(
        *(first[place].cast(pl.Int32, strict=False).alias(name) for place, name in enumerate("jmd")),
        month_word=last[1].str.slice(0, 3).replace_strict(_MONTH_WORDS, default=None, return_dtype=pl.Int32),
        **{f"last_{name}": last[place].cast(pl.Int32, strict=False) for place, name in enumerate("dmj")},
    )
    year_first = pl.col("j").is_between(1800, 2199)
    month_last = pl.coalesce("month_word", "last_m")
    swapped = (month_last > 12) & (pl.col("last_d") <= 12)  # noqa: PLR2004 - months in a year
    parts = written.select(
        j=pl.when(year_first).then("j").when(pl.col("last_j").is_between(1800, 2199)).then("last_j"),
        m=pl.when(year_first).then("m").when(swapped).then("last_d").otherwise(month_last),
        d=pl.when(year_first).then("d").when(swapped).then(month_last).otherwise("last_d"),
    )
    return _that_exist(parts).select(
        datum=(pl.col("j") * 10_000 + pl.col("m") * 100 + pl.col("d")).cast(pl.Int32),
        jaar=pl.col("j").cast(pl.Int16), maand=pl.col("m").cast(pl.Int8), dag=pl.col("d").cast(pl.Int8),
    )  # fmt: skip


def _that_exist(parts: pl.DataFrame) -> pl.DataFrame:
    """Without months that are none, and days that their month does not have."""
    known = parts.with_columns(m=pl.when(pl.col("j").is_not_null() & pl.col("m").is_between(1, 12)).then("m"))
    text = pl.format("{}-{}-{}", "j", "m", "d")
    return known.with_columns(d=pl.when(text.str.to_date("%Y-%m-%d", strict=False).is_not_null()).then("d"))
