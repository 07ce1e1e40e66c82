"""Names in one spelling: stems of surnames without voorvoegsel, the first of the first names, initials."""

import polars as pl

from matching.linking.values import filled, fold, per_value, squeezed

#: Voorvoegsels word by word (LO BRP table 36), as they are once folded.
_WORDS = (
    "aan|af|al|am|as|auf|aus|bij|boven|da|dal|das|de|degli|dei|del|della|dem|den|der|des|deze|di|die|do|don|dos|du|"
    "el|het|im|in|la|las|le|les|lo|los|naar|of|onder|op|over|te|ten|ter|tho|thoe|thor|to|toe|tot|uit|uijt|unter|van|"
    "vande|vanden|vander|vd|vdr|vom|von|voor|vor|zu|zum|zur"
)
#: One voorvoegsel with what separates it from the next word. One letter counts only where it is written small.
_WRITTEN = rf"(?:(?i:{_WORDS})|[vdtsl])\b[.'’]*[\s./]*|'[ts]\b\s*"
_PREFIXES = rf"^(?:(?:{_WORDS}|[vdtsl]) )+"
#: Belgian spelling: the voorvoegsel is part of the word.
_GLUED = r"^van(?:(?:den|der|de)(\p{L}{3,})|(\p{L}{4,}))$"
_TITLES = r"(?i)^(?:(?:de heer|dhr|heer|mevrouw|mevr|mw|drs|dr|ir|ing|mr|prof)(?:\.\s*|\s+))+"
#: "Jansen e/v de Vries", "de Vries geb. Jansen".
#: "Jansen J.P.", "Bergh v.d.": what follows a surname with dots in it alone.
_BEHIND = r"^([^.,]*\p{Ll}[^.,]*) ((?:\p{L}\p{L}?\.[ -]?)+)$"
_MARRIED = r"(?i)\s+(?:e/v|ev|geb\.?|geboren|echtgenote van|weduwe van)\s+"
#: How a surname sounds, roughly: for finding candidates, never for comparing them.
_SOUNDS = {
    "sch": "s", "ch": "g", "ck": "k", "ph": "f", "th": "t", "dt": "t", "ou": "au", "ei": "y", "ae": "a", "ue": "u",
    "x": "ks", "q": "k", "c": "k", "z": "s", "v": "f", "d": "t", "j": "y",
}  # fmt: skip
_DOUBLES = {letter * 2: letter for letter in "bdfgklmnprstw"}


def with_split_names(frame: pl.DataFrame) -> pl.DataFrame:
    """Records with surname, initials and first names taken out of ``naam`` where they have none of their own."""
    if frame["naam"].null_count() == frame.height:
        return frame
    rows = frame.with_columns(met_voornaam=pl.coalesce("voornamen", "voorletters").is_not_null())
    return pl.concat([frame, split_name(rows)], how="horizontal").with_columns(
        geslachtsnaam=pl.coalesce("geslachtsnaam", "achter"),
        voornamen=pl.coalesce("voornamen", "voor"),
        voorletters=pl.coalesce("voorletters", "letters"),
    )


def split_name(frame: pl.DataFrame) -> pl.DataFrame:
    """A whole name as people write it, as ``achter`` (surname), ``voor`` (first names) and ``letters`` (initials).

    Args:
        frame: ``naam`` (``J. v.d. Bergh``, ``Bergh, Jan van der``, ``Mw. A. Jansen-de Vries``, ``Jan Jansen``,
            ``Jansen J.``), and ``met_voornaam``: whether first names or initials are known from elsewhere; then a name
            without comma or initials is a surname, also where it has more than one word.
    """
    plain = squeezed(pl.col("naam").str.replace(_TITLES, "").str.replace(_MARRIED, "-")).str.replace(
        _BEHIND, "${1}, ${2}"
    )
    tidy = frame.select("met_voornaam", naam=plain.str.replace_all(rf"\s*-\s*(?:{_WRITTEN})*\s*", "-"))
    comma = pl.col("naam").str.contains(",", literal=True)
    return pl.concat([tidy.select(comma=comma), _split_at_comma(tidy), _split_in_order(tidy)], how="horizontal").select(
        achter=pl.when("comma").then("na").otherwise("rest"),
        voor=filled(pl.when("comma").then("na_voor").otherwise("voor")),
        letters=filled(pl.when("comma").then("na_letters").otherwise("letters")),
    )


def _split_at_comma(tidy: pl.DataFrame) -> pl.DataFrame:
    """``Bergh, Jan van der``: the surname before the comma; after it first names or initials, and voorvoegsels."""
    after = pl.col("naam").str.extract(r",\s*(.*)$").str.replace(rf"(?:^|\s)(?:{_WRITTEN})+$", "").str.strip_chars()
    capitals = ~pl.col("naam").str.contains(
        r"\p{Ll}"
    )  # then JAN is a first name, and only JP still looks like initials
    initials = after.str.contains(r"^(?:\p{L}\p{Ll}{0,2}\.|\p{Lu}{1,2}$)") | (
        after.str.contains(r"^\p{Lu}{3,4}$") & ~capitals
    )
    return tidy.select(
        na=pl.col("naam").str.extract(r"^([^,]*)"),
        na_voor=pl.when(~initials).then(after),
        na_letters=pl.when(initials).then(after),
    )


def _split_in_order(tidy: pl.DataFrame) -> pl.DataFrame:
    """``Th. van der Bergh`` or ``Jan van der Bergh``: initials or first names, then the surname."""
    dotted = pl.col("naam").str.extract(r"^((?:(?:\p{Lu}\p{L}{0,2}|[a-ce-uw-z])\.[\s-]?)+)\s*\S")
    bare = pl.col("naam").str.extract(r"^(\p{Lu}{1,4}) \S*\p{Ll}")
    found = tidy.with_columns(letters=pl.coalesce(dotted, bare)).with_columns(rest=_after("naam", "letters"))
    given = pl.col("rest").str.extract(rf"^(.+?) (?:(?:{_WRITTEN})+\S.*|\S+)$")
    is_surname = pl.col("met_voornaam") | pl.col("letters").is_not_null()
    starts_it = pl.col("rest").str.contains(rf"^(?:{_WRITTEN})\S")
    named = found.with_columns(voor=pl.when(~is_surname & ~starts_it).then(given))
    return named.select("letters", "voor", rest=_after("rest", "voor"))


def _after(text: str, start: str) -> pl.Expr:
    """What is left of ``text`` behind ``start``, which it begins with (null: nothing)."""
    return pl.col(text).str.slice(pl.col(start).fill_null("").str.len_chars()).str.strip_chars()


def surnames(frame: pl.DataFrame) -> pl.DataFrame:
    """``stam``, ``stam2`` and how they sound: own and partner's name, or the two parts of a double name."""
    halves = per_value(pl.concat([frame["geslachtsnaam"], frame["partner_geslachtsnaam"]]), _halves)
    own, partner = halves.head(frame.height), halves.tail(frame.height).select(pl.all().name.prefix("partner_"))
    both = pl.concat([own, partner], how="horizontal")
    first = pl.col("stam1").is_not_null()
    other = pl.coalesce("partner_stam1", "stam2")
    second = pl.when(first & (other != pl.col("stam1")))
    return (
        both.lazy()
        .select(
            stam=pl.coalesce("stam1", "partner_stam1"),
            stam2=second.then(other),
            klank=pl.coalesce("klank1", "partner_klank1"),
            klank2=second.then(pl.coalesce("partner_klank1", "klank2")),
        )
        .collect()
    )


def _halves(names: pl.DataFrame) -> pl.DataFrame:
    """``stam1`` and ``stam2``, the stems of a surname and of what follows its hyphen, and how they sound.

    A hyphen in front, or behind ``'s``, parts nothing.
    """
    written = pl.nth(0).str.replace(r"^([^,]+),\s*(.*)$", "${2} ${1}")
    spaced = fold(written).str.replace_all(r"[^\p{L}\d-]+", " ").str.replace_all("ij", "y")
    whole = spaced.str.replace(r"^[ -]*(?:s-)?[ -]*", "")
    parts = names.select(whole.str.split_exact("-", 1).alias("parts")).unnest("parts")
    stems = parts.select(stam1=_stem("field_0"), stam2=_stem("field_1"))
    return stems.with_columns(klank1=_sound("stam1"), klank2=_sound("stam2"))


def _stem(part: str) -> pl.Expr:
    bare = pl.col(part).str.strip_chars().str.replace(_PREFIXES, "").str.replace_all(" ", "")
    return filled(bare.str.replace(_GLUED, "${1}${2}"))


def _sound(stem: str) -> pl.Expr:
    """Consonants as they sound, without doubles; a vowel only in front."""
    heard = pl.col(stem).str.replace_many(_SOUNDS)
    later = heard.str.slice(1).str.replace_all("[aeiouyh]+", "").str.replace_many(_DOUBLES)
    return heard.str.slice(0, 1) + later


def first_names(frame: pl.DataFrame) -> pl.DataFrame:
    """``voornaam`` (the first) and ``voorletters``, of the first names or else as written."""
    names = per_value(frame["voornamen"], _of_first_names)
    written = per_value(frame["voorletters"], lambda values: values.select(letters=filled(_initials("voorletters"))))
    together = pl.concat([names, written], how="horizontal")
    return together.select("voornaam", voorletters=pl.coalesce("uit_namen", "letters"))


def _of_first_names(names: pl.DataFrame) -> pl.DataFrame:
    """``Jan-Willem Theodoor`` gives ``janwillem`` and ``jt``; what holds dots are initials, not names."""
    folded = fold(pl.col("voornamen")).str.strip_chars().str.replace_all("ij", "y", literal=True)
    read = names.select("voornamen", gevouwen=folded, punt=pl.col("voornamen").str.contains(".", literal=True))
    found = read.select(gepunt=pl.when("punt").then("voornamen"), namen=pl.when(~pl.col("punt")).then("gevouwen"))
    first = pl.col("namen").str.extract(r"^(\S{2,})").str.replace_all(r"[^\p{L}]", "")
    heads = pl.col("namen").str.split(" ").list.eval(pl.element().str.head(1)).list.join("")
    letters = pl.coalesce(_initials("gepunt"), heads.str.replace_all(r"[^\p{L}]", ""))
    return found.select(voornaam=filled(first), uit_namen=filled(letters))


def _initials(column: str) -> pl.Expr:
    """``Th.J.`` gives ``tj``, ``JP`` gives ``jp``, ``IJ.`` gives ``y``."""
    short = pl.col(column).str.replace_all("IJ|Ij", "Y").str.replace_all(r"(\p{Lu})\p{Ll}+", "${1}")
    return fold(short).str.replace_all(r"[^\p{L}]", "")
