"""Small made-up registers for linking, and weights of round numbers whose sums can be made by heart."""

from datetime import date

import polars as pl

from matching.linking.levels import COMPARISONS
from matching.linking.weights import Calibration, Counts, Level, Thresholds, Weights
from tests.world import bsn

#: Ten persons of a town: what goes wrong between registers, goes wrong with one of them.
JAN, THEODORA, EMMA, SOFIE, FATHER, SON, ANNA, KARIM, ZOE, JOSE = range(1, 11)
_TOWN = (
    ("Jan", "van der", "Bergh", "19800301", "M", "1234AB", "9-2"),
    ("Theodora", None, "Vandenbroucke", "19751112", "V", "2511AA", "35 III"),
    ("Emma", "de", "Boer", "20000515", "V", "3011BC", "103 c"),  # twins
    ("Sofie", "de", "Boer", "20000515", "V", "3011BC", "103 c"),
    ("Willem", None, "Jansen", "19500102", "M", "1011AA", "1"),  # father and son
    ("Willem", None, "Jansen", "19800615", "M", "1011AA", "1"),
    ("Anna", None, "Jansen", "19850704", "V", "5611ZZ", "7"),
    ("Karim", "El", "Haddad", "19900909", "M", "1234AB", "9-2"),  # lives with Jan
    ("Zoë", None, "IJsselmuiden", "19990203", "V", "9711XX", "12"),
    ("José", None, "Núñez", "19700000", "M", "6211GH", "20"),
)


def records(*rows, first=1):
    """Rows as records: numbered from ``first``; what no row names is no column."""
    columns = dict.fromkeys(name for row in rows for name in row)
    frame = pl.DataFrame(
        [{name: row.get(name) for name in columns} for row in rows], schema=dict.fromkeys(columns, pl.String)
    )
    return frame.with_row_index("id", offset=first)


def town():
    """The ten persons as a register; Anna is married to a De Vries."""
    made = [
        {
            "burgerservicenummer": bsn(number), "voornamen": first, "voorvoegsel": prefix, "geslachtsnaam": surname,
            "geboortedatum": born, "geslachtsaanduiding": sex, "postcode": code, "huisnummer": house,
            "partner_geslachtsnaam": "de Vries" if number == ANNA else None,
        }
        for number, (first, prefix, surname, born, sex, code, house) in enumerate(_TOWN, start=1)
    ]  # fmt: skip
    return records(*made)


def weights(**changes):
    """Weights in whole bits for a register of at most 1024 (a pair starts with -10); ``changes`` replace fields."""
    bits = {
        "geslachtsnaam": (-8, 0, 4, 5, 8, 12), "voornaam": (-8, -3, 3, 4, 7), "voorletters": (-6, -2, 4),
        "geboortedatum": (-10, -5, 1, 8, 5, 9, 12), "adres": (-3, 0, 7, 11, 13), "geslacht": (-6, 1), "bsn": (0, 5),
    }  # fmt: skip
    tables = {
        c.name: tuple(
            Level(naam=name, m=0.5, u=0.5 / 2**weight, paren_m=100, paren_u=100, gewicht=1000 * weight)
            for name, weight in zip(c.levels, bits[c.name], strict=True)
        )
        for c in COMPARISONS
    }
    fields = {
        "versie": "rond", "datum": date(2026, 1, 1), "herkomst": "met de hand",
        "aantallen": Counts(personen=10, rijen=10, geverifieerd=10, willekeurige_paren=100), "kleinste_register": 1024,
        "vergelijkingen": tables, "drempels": Thresholds(automatisch=6000, controleren=-2000, marge=3000),
        "ijking": (Calibration(vanaf=-2000, kans=0.25, rijen=10), Calibration(vanaf=6000, kans=0.99, rijen=10)),
    }  # fmt: skip
    return Weights(**(fields | changes))
