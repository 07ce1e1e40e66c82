"""Deliberately bad and odd values in what IB and DUO deliver each month, in a few rows of each table.

A value that breaks the contract is rejected with its row or becomes unknown. A code that an open list does not
hold, a date that is known in part and an amount with a minus are right, and easy to read wrong.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

_BAD_BSN, _SHORT_BSN = "912345678", "12345678"
_NO_DAY, _LONG_PAST, _YEAR_ONLY, _UNKNOWN = "19990231", "20150101", "20190000", "00000000"
_MONTHS = 12

#: Table -> for each spoiled row what it holds instead.
FAULTS: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "inkomsten_uwv": (
        {"burgerservicenummer": _BAD_BSN},
        {"datum_einde_opgave": _LONG_PAST},
        {"datum_aanvang_opgave": _NO_DAY},
        {"datum_einde_periode": _NO_DAY},
        {"datum_aanvang_ikv": _YEAR_ONLY},
        {"datum_aanvang_ikv": _UNKNOWN},
        {"loon_lb_cent": "12,50"},
        {"loon_lb_teken": "*"},
        {"loonheffingennummer": "901000001"},
        {"soort_ikv": "99"},
    ),
    "ib_samenloopsignaal": (
        {"burgerservicenummer": _BAD_BSN},
        {"datum_einde_samenloop": _LONG_PAST},
        {"datum_einde_feit": _NO_DAY},
        {"datum_aanvang_feit": _YEAR_ONLY},
        {"signaalsoort": "WOZ_WAARDE"},
        {"bron": "KVK"},
        {"bedrag_periode": "12"},
    ),
    "duo_inschrijving": (
        {"burgerservicenummer": _BAD_BSN},
        {"burgerservicenummer": _SHORT_BSN},
        {"brin": "9AAA"},
        {"datum_einde_deelname": _LONG_PAST},
        {"datum_einde_deelname": _NO_DAY},
        {"bpv_datum_aanvang": _YEAR_ONLY},
        {"niveau": "MBO-9"},
        {"inschrijvingsvorm": "X"},
        {"leerweg_mbo": "OVO"},
    ),
    "duo_studiefinanciering": (
        {"burgerservicenummer": _BAD_BSN},
        {"datum_einde_toekenning": _LONG_PAST},
        {"datum_einde_toekenning": _NO_DAY},
        {"toekenning_basisbeurs": "9"},
        {"indicatie_wtos_18plus": "J"},
    ),
}


def spoil_table(table: str, rows: pl.DataFrame, pool: pl.Expr, maand: int = 0) -> pl.DataFrame:
    """Put the bad values of ``table`` into rows of ``pool``, spread over it; fewer where it has fewer rows.

    In another ``maand`` others have them: nobody has the same every time.
    """
    places = rows.with_row_index("rij").filter(pool)["rij"].to_numpy()
    places = np.roll(places, len(places) * maand // _MONTHS)
    faults = FAULTS[table][: len(places)]
    chosen = places[np.linspace(0, len(places) - 1, len(faults)).astype(np.int64)]
    for place, fault in zip(chosen.tolist(), faults, strict=True):
        here = pl.int_range(pl.len()) == place
        rows = rows.with_columns(
            pl.when(here).then(pl.lit(value)).otherwise(name).alias(name) for name, value in fault.items()
        )
    return rows
