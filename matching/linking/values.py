"""Text in one spelling, and work done once per distinct value."""

from collections.abc import Callable

import polars as pl

#: Bytes that Windows-1252 does not have.
_UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
_LATIN = "".join(chr(code) for code in range(0xC0, 0x180))
#: UTF-8 that was once read as Latin-1 or Windows-1252.
_TWICE = {
    letter.encode().decode(codec): letter
    for codec in ("latin-1", "cp1252")
    for letter in _LATIN
    if codec == "latin-1" or not _UNDEFINED & set(letter.encode())
}
#: Teletex writes an accent before its letter; what is left of that are accents that stand alone.
_LOOSE_ACCENTS = r"[´`¨^~¸˝˚ˇ˛¯˘˙]"
#: What is no plain ASCII, or an accent of ASCII.
_STRANGE = r"[^\x00-\x5d\x5f\x61-\x7d]"
_OWN_LETTERS = {"ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}


def per_value(column: pl.Series, derive: Callable[[pl.DataFrame], pl.DataFrame]) -> pl.DataFrame:
    """What ``derive`` makes of a column of text, a row for each of its rows, computed once per distinct value.

    A million persons share far fewer surnames, first names, dates and addresses. Of null comes null.
    """
    known = pl.Categories.random()
    coded = column.cast(pl.Categorical(known))
    values = known.to_series().alias(column.name)  # in order of their codes, and only as long as ``coded`` is there
    return derive(values.to_frame()).select(pl.all().gather(coded.to_physical()))


def fold(text: pl.Expr) -> pl.Expr:
    """Small letters without diacritics; letters of other alphabets stay, double-encoded ones are mended."""
    return text.map_batches(_fold, return_dtype=pl.String)


def _fold(texts: pl.Series) -> pl.Series:
    small = texts.str.to_lowercase()
    strange = small.str.contains(_STRANGE).fill_null(value=False)
    if not strange.any():
        return small
    mended = texts.filter(strange).str.replace_many(_TWICE).str.replace_all(_LOOSE_ACCENTS, "")
    plain = mended.str.normalize("NFKD").str.replace_all(r"\p{M}+", "").str.to_lowercase()
    return small.scatter(strange.arg_true(), plain.str.replace_many(_OWN_LETTERS))


def squeezed(text: pl.Expr) -> pl.Expr:
    """With single spaces, none around."""
    return text.str.replace_all(r"\s+", " ").str.strip_chars()


def filled(text: pl.Expr) -> pl.Expr:
    """Null instead of an empty text."""
    return text.replace("", None)
