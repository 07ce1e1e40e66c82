"""Records made comparable: one spelling of names, dates in parts, addresses in parts; unknown is null."""

import polars as pl

from contracts.errors import TijdigError
from matching.linking import parts
from matching.linking.names import first_names, surnames, with_split_names
from matching.linking.values import per_value

#: What a record may hold, besides ``id``; whatever is missing is null everywhere.
COLUMNS = (
    "burgerservicenummer", "naam", "voornamen", "voorletters", "voorvoegsel", "geslachtsnaam", "partner_voorvoegsel",
    "partner_geslachtsnaam", "geboortedatum", "geslachtsaanduiding", "postcode", "huisnummer", "huisletter",
    "huisnummertoevoeging",
)  # fmt: skip
#: An addition without a number is none: `2` of `9-2` is no house.
_NUMBER = pl.when(pl.col("huisnummer").is_not_null()).then(
    pl.concat_str("huisnummer", "huisletter", "huisnummertoevoeging", separator=" ", ignore_nulls=True)
)


def standardise(frame: pl.DataFrame) -> pl.DataFrame:
    """Records in comparable form, one row a record, in the order given.

    Args:
        frame: records: ``id`` (whole number, unique) and any of ``COLUMNS`` as text.

    Returns:
        ``id``; ``bsn`` (number; null where missing, ``000000000`` or failing the elfproef); ``stam`` and ``stam2``
        (surnames without voorvoegsel: own and partner's, or the two parts of a double name); ``klank`` and
        ``klank2`` (how they sound); ``voornaam`` (the first); ``voorletters``; ``datum`` (whole birth dates as a
        number, 19800301), ``jaar``, ``maand``, ``dag``; ``geslacht`` (m, v); ``postcode`` and ``cijfers`` (with its
        digits in order of size, the same when two have changed places); ``huisnummer`` (number)
        and ``toevoeging`` (letter and addition together).

    Raises:
        TijdigError: ``id`` is missing, empty or not unique, or a column is no text.
    """
    checked = _checked(frame)
    named = with_split_names(checked)
    return pl.concat(
        [
            checked.select("id"),
            parts.bsn(checked),
            surnames(named),
            first_names(named),
            per_value(checked["geboortedatum"], parts.birth_date),
            per_value(checked["geslachtsaanduiding"], lambda values: values.select(geslacht=parts.sex(pl.first()))),
            per_value(checked["postcode"], parts.postcode),
            per_value(checked.select(nummer=_NUMBER)["nummer"], parts.house_number),
        ],
        how="horizontal",
    )


def _checked(frame: pl.DataFrame) -> pl.DataFrame:
    if "id" not in frame.columns or not frame.schema["id"].is_integer():
        raise _unfit("A record needs a whole number as id.", "Number the rows.")
    if frame["id"].null_count() or frame["id"].n_unique() != frame.height:
        raise _unfit("Two records share an id, or one has none.", "Number the rows.")
    wrong = [c for c in COLUMNS if c in frame.columns and frame.schema[c] not in (pl.String, pl.Null)]
    if wrong:
        raise _unfit(f"No text: {', '.join(wrong)}.", "Read every column as text, so that leading zeros stay.")
    present = [pl.col(c).cast(pl.String) if c in frame.columns else pl.lit(None, pl.String).alias(c) for c in COLUMNS]
    return frame.select(pl.col("id").cast(pl.Int64), *present)


def _unfit(what: str, todo: str) -> TijdigError:
    return TijdigError(what, where="matching.linking", todo=todo)
