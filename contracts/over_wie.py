"""Who a row of a monthly delivery is about, for sources that may lack a sound burgerservicenummer.

A burgerservicenummer can be missing, mistyped, or somebody else's. Name and birth date (SuwiML: Voorletters,
Voorvoegsel, SignificantDeelVanDeAchternaam, Geboortedat) prove it, or say who is meant without it. They may be left
out: then a number can't be proven.
"""

import dataframely as dy
import polars as pl

from contracts import columns as c

#: The columns by which a person is told apart where the burgerservicenummer is no help.
IDENTITY = ("voorletters", "voorvoegsel", "geslachtsnaam", "geboortedatum")


class OverWie(dy.Schema):
    """The person a row is about."""

    burgerservicenummer = c.bsn("BSN van wie het is; leeg als het niet bekend is")
    voorletters = c.text("voorletters, om het BSN te controleren", 20, free=True)
    voorvoegsel = c.text("voorvoegsel van de geslachtsnaam", 10, free=True)
    geslachtsnaam = c.text("geslachtsnaam, om het BSN te controleren", 200, free=True)
    geboortedatum = c.date8("geboortedatum, om het BSN te controleren", free=True)

    @dy.rule()
    def over_niemand(cls) -> pl.Expr:
        """There is a burgerservicenummer, or a surname and a birth date to look for."""
        named = pl.col("geslachtsnaam").is_not_null() & (pl.col("geboortedatum").fill_null("") > c.UNKNOWN_DATE)
        return pl.col("burgerservicenummer").is_not_null() | named
